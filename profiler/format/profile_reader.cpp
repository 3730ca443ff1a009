// Text to profile. A total function: any bytes give a profile or the place and reason of the first fault.
#include "profiler/format/profile_text.h"

#include "profiler/format/text_cursor.h"

namespace krait {

std::string ProfileError::describe(std::string_view file) const {
  std::string out(file);
  if (line != 0)
    out += ':' + std::to_string(line) + ':' + std::to_string(column);
  return out + ": " + message;
}

namespace {

/// Reads line by line; the current module and function are where lines of facts go.
class ProfileReader {
public:
  ProfileReader(std::string_view text, Profile &profile, ProfileError &error)
      : text_(text), profile_(profile), error_(error) {}

  bool read();

private:
  bool nextLine();
  bool header();
  bool line();
  bool moduleLine();
  bool countLine(std::map<std::string, uint64_t> ModuleProfile::*counts);
  bool functionLine();
  bool argumentLine();
  bool returnLine();
  bool siteLine();
  bool factsOf(Facts &facts);
  bool detail(Facts &facts);
  bool kinds(KindCounts &kinds);
  bool kindEntry(KindCounts &kinds);
  bool space();
  bool lineEnd();
  bool fail(std::string message);

  std::string_view text_;
  Profile &profile_;
  ProfileError &error_;
  size_t next_ = 0; // start of the next line
  uint64_t lineNumber_ = 0;
  TextCursor cursor_{{}};
  ModuleProfile *module_ = nullptr;
  FunctionProfile *function_ = nullptr;
};

bool ProfileReader::fail(std::string message) {
  if (error_.message.empty())
    error_ = {lineNumber_, cursor_.position() + 1, std::move(message)};
  return false;
}

bool ProfileReader::nextLine() {
  if (next_ >= text_.size())
    return false;
  size_t end = text_.find('\n', next_);
  std::string_view line = text_.substr(next_, end == std::string_view::npos ? end : end - next_);
  next_ = end == std::string_view::npos ? text_.size() : end + 1;
  ++lineNumber_;
  if (!line.empty() && line.back() == '\r')
    line.remove_suffix(1);
  cursor_ = TextCursor(line);
  cursor_.skipSpaces();
  return true;
}

bool ProfileReader::space() {
  if (cursor_.peek() != ' ')
    return fail("a space is missing here");
  cursor_.skipSpaces();
  return true;
}

bool ProfileReader::lineEnd() {
  cursor_.skipSpaces();
  return cursor_.atEnd() || fail("unexpected text at the end of the line");
}

bool ProfileReader::read() {
  if (text_.size() > kMaxProfileText)
    return fail("the file is too large for a profile");
  if (!nextLine() || !header())
    return fail("not a Krait profile: the first line must be 'kprof VERSION abi HASH'");
  while (nextLine()) {
    if (cursor_.atEnd() || cursor_.peek() == '#')
      continue;
    if (!line())
      return fail("this line is malformed");
  }
  if (text_.back() != '\n')
    return fail("the last line is not complete: the file was cut off");
  return true;
}

bool ProfileReader::header() {
  uint64_t version;
  if (!cursor_.takeKeyword("kprof") || !space() || !cursor_.number(version))
    return false;
  if (version != kProfileFormatVersion)
    return fail("profile format version " + std::to_string(version) +
                " is not known; this Krait reads version " + std::to_string(kProfileFormatVersion));
  return space() && cursor_.takeKeyword("abi") && space() && cursor_.hash(profile_.abi) && lineEnd();
}

bool ProfileReader::line() {
  if (cursor_.takeKeyword("site"))
    return siteLine();
  if (cursor_.takeKeyword("argument"))
    return argumentLine();
  if (cursor_.takeKeyword("return"))
    return returnLine();
  if (cursor_.takeKeyword("function"))
    return functionLine();
  if (cursor_.takeKeyword("module"))
    return moduleLine();
  if (cursor_.takeKeyword("import"))
    return countLine(&ModuleProfile::imports);
  if (cursor_.takeKeyword("open"))
    return countLine(&ModuleProfile::opens);
  return fail("expected module, import, open, function, argument, return or site");
}

bool ProfileReader::moduleLine() {
  std::string name;
  if (!space())
    return false;
  if (!cursor_.name(name))
    return fail("expected the name of a module");
  auto [place, isNew] = profile_.modules.try_emplace(std::move(name));
  if (!isNew)
    return fail("this module stands in the file twice");
  module_ = &place->second;
  function_ = nullptr;
  return lineEnd();
}

bool ProfileReader::countLine(std::map<std::string, uint64_t> ModuleProfile::*counts) {
  std::string name;
  uint64_t count;
  if (!module_)
    return fail("this line belongs to a module, but none was begun");
  if (!space() || !cursor_.name(name))
    return fail("expected a name");
  if (!space() || !cursor_.number(count))
    return fail("expected a count");
  if (!(module_->*counts).try_emplace(std::move(name), count).second)
    return fail("this name stands in the module twice");
  return lineEnd();
}

bool ProfileReader::functionLine() {
  FunctionKey key;
  uint64_t entries;
  if (!module_)
    return fail("a function belongs to a module, but none was begun");
  if (!space() || !cursor_.name(key.qualname))
    return fail("expected the qualified name of a function");
  if (!cursor_.ordinal(key.ordinal))
    return fail("expected an ordinal above zero after '#'");
  if (!space() || !cursor_.hash(key.hash))
    return fail("expected the hash of the code, 16 hexadecimal digits");
  if (!space() || !cursor_.number(entries))
    return fail("expected how often the function was entered");
  auto [place, isNew] = module_->functions.try_emplace(std::move(key));
  if (!isNew)
    return fail("this function stands in the module twice");
  function_ = &place->second;
  function_->entries = entries;
  return lineEnd();
}

bool ProfileReader::argumentLine() {
  uint32_t index;
  if (!function_)
    return fail("an argument belongs to a function, but none was begun");
  if (!space() || !cursor_.number(index))
    return fail("expected the index of an argument");
  auto [place, isNew] = function_->arguments.try_emplace(index);
  return isNew ? factsOf(place->second) : fail("this argument stands in the function twice");
}

bool ProfileReader::returnLine() {
  if (!function_)
    return fail("a return belongs to a function, but none was begun");
  if (function_->result != Facts())
    return fail("the return stands in the function twice");
  return factsOf(function_->result);
}

bool ProfileReader::siteLine() {
  SiteKey key;
  if (!function_)
    return fail("a site belongs to a function, but none was begun");
  if (!space() || !cursor_.number(key.ordinal))
    return fail("expected the ordinal of a site");
  if (!space() || cursor_.peek() == '"' || !cursor_.name(key.opcode))
    return fail("expected the name of an opcode");
  auto [place, isNew] = function_->sites.try_emplace(std::move(key));
  return isNew ? factsOf(place->second) : fail("this site stands in the function twice");
}

bool ProfileReader::factsOf(Facts &facts) {
  if (!space() || !cursor_.number(facts.count))
    return fail("expected a count");
  while (!cursor_.atEnd()) {
    if (!space())
      return false;
    if (!cursor_.atEnd() && !detail(facts))
      return fail("expected types[...], taken=N, overflow, raises[...] or finals[...], each once");
  }
  return true;
}

bool ProfileReader::detail(Facts &facts) {
  if (facts.types.isEmpty() && cursor_.takeKeyword("types"))
    return kinds(facts.types);
  if (facts.raises.isEmpty() && cursor_.takeKeyword("raises"))
    return kinds(facts.raises);
  if (facts.finals.isEmpty() && cursor_.takeKeyword("finals"))
    return kinds(facts.finals);
  if (facts.taken == 0 && cursor_.takeKeyword("taken"))
    return (cursor_.take("=") && cursor_.number(facts.taken)) || fail("expected '=' and a count");
  if (!facts.overflow && cursor_.takeKeyword("overflow"))
    return facts.overflow = true;
  return false;
}

bool ProfileReader::kinds(KindCounts &kinds) {
  if (!cursor_.take("["))
    return fail("expected '['");
  for (;;) {
    if (cursor_.take("*]"))
      return kinds.many = true;
    if (!kindEntry(kinds))
      return false;
    if (cursor_.take("]"))
      return true;
    if (cursor_.peek() != ' ')
      return fail("expected a space or ']'");
    cursor_.skipSpaces();
  }
}

bool ProfileReader::kindEntry(KindCounts &kinds) {
  KindCounts::Key key;
  uint64_t count;
  do {
    if (key.size() == 2)
      return fail("an entry has at most two symbols");
    if (!cursor_.symbol(key.emplace_back()))
      return fail("expected a type, shape, @function(...), @class(...), @module(...), @builtin(...) or "
                  "@constant(...)");
  } while (cursor_.take(","));
  if (!cursor_.take("=") || !cursor_.number(count))
    return fail("expected '=' and a count");
  if (kinds.entries.size() == KindCounts::kLimit)
    return fail("more than " + std::to_string(KindCounts::kLimit) + " entries");
  if (!kinds.entries.try_emplace(std::move(key), count).second)
    return fail("this entry stands here twice");
  return true;
}

} // namespace

bool readProfile(std::string_view text, Profile &profile, ProfileError &error) {
  profile = Profile();
  error = ProfileError();
  if (ProfileReader(text, profile, error).read())
    return true;
  profile = Profile();
  return false;
}

} // namespace krait

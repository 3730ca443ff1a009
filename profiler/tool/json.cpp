// show --json.
#include "profiler/tool/views.h"

namespace krait {

namespace {

/// Writes JSON with two spaces of indentation a level.
class JsonWriter {
public:
  void open(char bracket) {
    out_ += bracket;
    levels_.push_back(bracket == '{' ? '}' : ']');
    first_ = true;
  }

  void close() {
    char bracket = levels_.back();
    levels_.pop_back();
    if (!first_)
      newLine();
    out_ += bracket;
    first_ = false;
  }

  /// Begins the next element of an array.
  void element() {
    if (!first_)
      out_ += ',';
    first_ = false;
    newLine();
  }

  void key(std::string_view name) {
    element();
    string(name);
    out_ += ": ";
  }

  void string(std::string_view text) {
    static const char digits[] = "0123456789abcdef";
    out_ += '"';
    for (char c : text) {
      auto byte = static_cast<unsigned char>(c);
      if (c == '"' || c == '\\')
        (out_ += '\\') += c;
      else if (byte < 0x20)
        ((out_ += "\\u00") += digits[byte >> 4]) += digits[byte & 15];
      else
        out_ += c;
    }
    out_ += '"';
  }

  void number(uint64_t value) { out_ += std::to_string(value); }
  void boolean(bool value) { out_ += value ? "true" : "false"; }
  std::string take() { return std::move(out_) + '\n'; }

private:
  void newLine() {
    out_ += '\n';
    out_.append(levels_.size() * 2, ' ');
  }

  std::string out_;
  std::string levels_;
  bool first_ = true;
};

std::string hex(uint64_t value) {
  std::string out(16, '0');
  for (size_t i = 16; i-- > 0; value >>= 4)
    out[i] = "0123456789abcdef"[value & 15];
  return out;
}

/// Names that are not valid UTF-8 are given as they are spelled in the text form, in quotes with escapes.
std::string printable(const std::string &name) {
  std::string spelled;
  appendName(spelled, name);
  return spelled.find("\\x") == std::string::npos ? name : spelled;
}

void writeKinds(JsonWriter &json, const char *word, const KindCounts &kinds) {
  if (kinds.isEmpty())
    return;
  json.key(word);
  json.open('{');
  json.key("complete");
  json.boolean(!kinds.many);
  json.key("entries");
  json.open('[');
  for (const auto &[key, count] : kinds.entries) {
    json.element();
    json.open('{');
    json.key("kinds");
    json.open('[');
    for (const ProfileSymbol &symbol : key) {
      json.element();
      json.string(spellSymbol(symbol));
    }
    json.close();
    json.key("count");
    json.number(count);
    json.close();
  }
  json.close();
  json.close();
}

void writeFactsBody(JsonWriter &json, const Facts &facts) {
  json.key("count");
  json.number(facts.count);
  json.key("taken");
  json.number(facts.taken);
  json.key("overflow");
  json.boolean(facts.overflow);
  writeKinds(json, "types", facts.types);
  writeKinds(json, "raises", facts.raises);
  writeKinds(json, "finals", facts.finals);
}

void writeFunction(JsonWriter &json, const FunctionKey &key, const FunctionProfile &function) {
  json.open('{');
  json.key("name");
  json.string(printable(key.qualname));
  json.key("ordinal");
  json.number(key.ordinal);
  json.key("hash");
  json.string(hex(key.hash));
  json.key("entries");
  json.number(function.entries);
  json.key("arguments");
  json.open('[');
  for (const auto &[index, facts] : function.arguments) {
    json.element();
    json.open('{');
    json.key("index");
    json.number(index);
    writeFactsBody(json, facts);
    json.close();
  }
  json.close();
  json.key("return");
  json.open('{');
  writeFactsBody(json, function.result);
  json.close();
  json.key("sites");
  json.open('[');
  for (const auto &[site, facts] : function.sites) {
    json.element();
    json.open('{');
    json.key("ordinal");
    json.number(site.ordinal);
    json.key("opcode");
    json.string(site.opcode);
    writeFactsBody(json, facts);
    json.close();
  }
  json.close();
  json.close();
}

void writeCounts(JsonWriter &json, const char *word, const std::map<std::string, uint64_t> &counts) {
  json.key(word);
  json.open('{');
  for (const auto &[name, count] : counts) {
    json.key(printable(name));
    json.number(count);
  }
  json.close();
}

} // namespace

std::string jsonProfile(const Profile &profile, const ProfileFilter &filter) {
  JsonWriter json;
  json.open('{');
  json.key("version");
  json.number(kProfileFormatVersion);
  json.key("abi");
  json.string(hex(profile.abi));
  json.key("modules");
  json.open('[');
  for (const auto &[name, module] : profile.modules) {
    if (!filter.module.empty() && filter.module != name)
      continue;
    json.element();
    json.open('{');
    json.key("name");
    json.string(printable(name));
    writeCounts(json, "imports", module.imports);
    writeCounts(json, "opens", module.opens);
    json.key("functions");
    json.open('[');
    for (const auto &[key, function] : module.functions) {
      if (!filter.function.empty() && filter.function != key.qualname)
        continue;
      json.element();
      writeFunction(json, key, function);
    }
    json.close();
    json.close();
  }
  json.close();
  json.close();
  return json.take();
}

} // namespace krait

// Source files compiled for check and annotate.
#include "profiler/tool/source_code.h"

#include "compiler/frontend/compile.h"
#include "profiler/tool/views.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <map>

namespace krait {

namespace {

bool readText(const std::string &path, std::string &text, std::string &error) {
  std::FILE *file = std::fopen(path.c_str(), "rb");
  if (!file) {
    error = path + ": cannot read: " + std::strerror(errno);
    return false;
  }
  char buffer[1 << 14];
  while (size_t got = std::fread(buffer, 1, sizeof buffer, file))
    text.append(buffer, got);
  std::fclose(file);
  return true;
}

/// Appends [unit] and the code objects in its constants, in preorder, numbering those of equal name.
class CodeCollector {
public:
  explicit CodeCollector(SourceModule &module) : module_(module) {}

  void add(const CodeUnit &unit) {
    SourceCode code;
    code.description.module = module_.module;
    code.description.key = {unit.qualname, ordinals_[unit.qualname]++, unit.hash};
    code.firstLine = unit.firstLine;
    for (uint32_t offset : unit.siteOffsets()) {
      code.description.siteOpcodes.push_back(opcodeInfo(Opcode(unit.units[offset])).name);
      code.siteLines.push_back(static_cast<uint32_t>(std::max(0, unit.positionAt(offset).line)));
    }
    module_.codes.push_back(std::move(code));
    for (const Constant &constant : unit.consts)
      if (constant.code)
        add(*constant.code);
  }

private:
  SourceModule &module_;
  std::map<std::string, uint32_t> ordinals_;
};

/// What is printed around one source line.
struct LineNotes {
  uint64_t count = 0;
  bool hasCount = false;
  std::vector<std::string> below;

  void see(uint64_t events) {
    count = std::max(count, events);
    hasCount = true;
  }
};

void addNotes(const SourceCode &code, const FunctionProfile &function, std::map<uint32_t, LineNotes> &notes) {
  LineNotes &first = notes[code.firstLine];
  first.see(function.entries);
  for (const auto &[index, facts] : function.arguments)
    first.below.push_back("argument " + std::to_string(index) + ": " + describeFacts(facts));
  if (!function.result.types.isEmpty() || !function.result.raises.isEmpty())
    first.below.push_back("return: " + describeFacts(function.result));
  for (const auto &[site, facts] : function.sites) {
    LineNotes &line = notes[code.siteLines[site.ordinal]];
    line.see(facts.count);
    if (std::string what = describeFacts(facts); !what.empty())
      line.below.push_back(site.opcode + ": " + what);
  }
}

constexpr size_t kMargin = 16;

std::string margin(const std::string &text) {
  return std::string(kMargin - std::min(kMargin, text.size()), ' ') + text;
}

} // namespace

bool loadSource(const std::string &path, const std::string &module, SourceModule &result,
                std::string &error) {
  result = {module, path, "", {}};
  if (!readText(path, result.text, error))
    return false;
  CompileResult compiled = compileSource(result.text, path);
  if (!compiled) {
    error = path + ':' + std::to_string(compiled.error.line) + ':' + std::to_string(compiled.error.column) +
            ": " + compiled.error.message;
    return false;
  }
  CodeCollector(result).add(*compiled.code);
  return true;
}

std::string annotateSource(const SourceModule &source, const Profile &profile) {
  std::map<uint32_t, LineNotes> notes;
  for (const SourceCode &code : source.codes)
    if (const FunctionProfile *function = findMatch(profile, code.description))
      addNotes(code, *function, notes);
  std::string out;
  uint32_t number = 0;
  for (size_t at = 0; at < source.text.size();) {
    size_t end = std::min(source.text.find('\n', at), source.text.size());
    LineNotes &line = notes[++number];
    out += margin(line.hasCount ? groupDigits(line.count) : "") + "  | " + source.text.substr(at, end - at) +
           '\n';
    for (const std::string &note : line.below)
      out += margin("") + "  #   " + note + '\n';
    at = end + 1;
  }
  return out;
}

std::string describeMatch(const MatchReport &report, const std::vector<std::string> &checkedModules) {
  std::string out;
  size_t checked = 0;
  for (const FunctionMatch &match : report.functions) {
    if (std::find(checkedModules.begin(), checkedModules.end(), match.module) == checkedModules.end())
      continue;
    ++checked;
    if (match.kind == MatchKind::Exact)
      continue;
    out += match.module + ':' + match.key.qualname;
    if (match.key.ordinal != 0)
      out += '#' + std::to_string(match.key.ordinal);
    out += match.kind == MatchKind::Missing
               ? ": no such function any more\n"
               : ": changed; " + std::to_string(match.sitePercent) + " % of its sites are as they were\n";
  }
  if (report.otherAbi)
    out += "recorded by another version of Krait: nothing of it is used\n";
  out += std::to_string(report.exactFunctions) + " of " + std::to_string(checked) + " functions fit, with " +
         std::to_string(report.percent()) + " % of what was recorded\n";
  return out;
}

} // namespace krait

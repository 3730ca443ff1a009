// Profile to text.
#include "profiler/format/profile_text.h"

namespace krait {

namespace {
std::string hex16(uint64_t value) {
  std::string out(16, '0');
  for (size_t i = 16; i-- > 0; value >>= 4)
    out[i] = "0123456789abcdef"[value & 15];
  return out;
}

void appendKinds(std::string &out, const char *word, const KindCounts &kinds) {
  if (kinds.isEmpty())
    return;
  out += ' ';
  out += word;
  out += '[';
  const char *separator = "";
  for (const auto &[key, count] : kinds.entries) {
    out += separator;
    for (size_t i = 0; i < key.size(); ++i) {
      if (i != 0)
        out += ',';
      out += spellSymbol(key[i]);
    }
    out += '=' + std::to_string(count);
    separator = " ";
  }
  if (kinds.many) {
    out += separator;
    out += '*';
  }
  out += ']';
}

void appendFactsLine(std::string &out, const std::string &head, const Facts &facts) {
  out += "    " + writeFacts(head, facts) + '\n';
}

void appendCounts(std::string &out, const char *word, const std::map<std::string, uint64_t> &counts) {
  for (const auto &[name, count] : counts) {
    out += "  ";
    out += word;
    out += ' ';
    appendName(out, name);
    out += ' ' + std::to_string(count) + '\n';
  }
}

void appendFunction(std::string &out, const FunctionKey &key, const FunctionProfile &function) {
  out += "  function ";
  appendName(out, key.qualname);
  if (key.ordinal != 0)
    out += '#' + std::to_string(key.ordinal);
  out += ' ' + hex16(key.hash) + ' ' + std::to_string(function.entries) + '\n';
  for (const auto &[index, facts] : function.arguments)
    appendFactsLine(out, "argument " + std::to_string(index), facts);
  if (function.result != Facts())
    appendFactsLine(out, "return", function.result);
  for (const auto &[site, facts] : function.sites)
    appendFactsLine(out, "site " + std::to_string(site.ordinal) + ' ' + site.opcode, facts);
}
} // namespace

std::string writeFacts(std::string_view head, const Facts &facts) {
  std::string out(head);
  out += ' ' + std::to_string(facts.count);
  appendKinds(out, "types", facts.types);
  if (facts.taken != 0)
    out += " taken=" + std::to_string(facts.taken);
  if (facts.overflow)
    out += " overflow";
  appendKinds(out, "raises", facts.raises);
  appendKinds(out, "finals", facts.finals);
  return out;
}

std::string writeProfile(const Profile &profile) {
  std::string out = "kprof " + std::to_string(kProfileFormatVersion) + " abi " + hex16(profile.abi) + '\n';
  for (const auto &[name, module] : profile.modules) {
    out += "module ";
    appendName(out, name);
    out += '\n';
    appendCounts(out, "import", module.imports);
    appendCounts(out, "open", module.opens);
    for (const auto &[key, function] : module.functions)
      appendFunction(out, key, function);
  }
  return out;
}

} // namespace krait

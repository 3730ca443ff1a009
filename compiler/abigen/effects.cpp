// effects.cpp - the effect words of annotations.
#include "compiler/abigen/reader.h"

#include <cctype>

namespace krait::abigen {

namespace {

const char *const kAliases[] = {
#define ALIAS(Name, ...) #Name,
#include "compiler/hir/AliasClasses.def"
};

bool isAlias(const std::string &name) {
  for (const char *alias : kAliases)
    if (name == alias)
      return true;
  return false;
}

std::string addAliases(const std::string &list, std::vector<std::string> &out) {
  std::string name;
  for (size_t i = 0; i <= list.size(); ++i) {
    if (i < list.size() && list[i] != ',') {
      if (!std::isspace(static_cast<unsigned char>(list[i])))
        name += list[i];
      continue;
    }
    if (!name.empty() && !isAlias(name))
      return "unknown alias class '" + name + "' (compiler/hir/AliasClasses.def lists them)";
    if (!name.empty())
      out.push_back(name);
    name.clear();
  }
  return "";
}

} // namespace

std::string addEffect(const std::string &text, Effects &effects) {
  if (text == "raises")
    effects.raises = true;
  else if (text == "collects")
    effects.collects = true;
  else if (text == "runs_py")
    effects.runsPy = effects.raises = effects.collects = true;
  else if (text == "pure")
    effects.pure = true;
  else if (text == "inline")
    effects.inlined = true;
  else if (text == "null_ok")
    effects.nullOk = true;
  else if (text == "null_error")
    effects.nullOk = false;
  else if (text == "no_signature")
    effects.noSignature = true;
  else if (text == "call_counts")
    effects.callCounts = true;
  else if (text == "cold")
    effects.cold = true;
  else if (text.starts_with("result:"))
    effects.result = text.substr(7);
  else if (text.starts_with("reads:"))
    return effects.limitsReads = true, addAliases(text.substr(6), effects.reads);
  else if (text.starts_with("writes:"))
    return effects.limitsWrites = true, addAliases(text.substr(7), effects.writes);
  else
    return "unknown effect '" + text + "'";
  return "";
}

std::string classOfStruct(const std::string &name) {
  static const std::pair<const char *, const char *> kOdd[] = {{"Class", "type"}, {"BoundMethod", "method"},
      {"ByteArray", "bytearray"}, {"Exception", "BaseException"}, {"StaticMethod", "staticmethod"}};
  for (const auto &[from, to] : kOdd)
    if (name == from)
      return to;
  std::string out;
  for (char c : name) {
    if (std::isupper(static_cast<unsigned char>(c)) && !out.empty())
      out += '_';
    out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return out;
}

} // namespace krait::abigen

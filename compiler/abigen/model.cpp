// model.cpp - small helpers over the facts.
#include "compiler/abigen/model.h"

#include <cctype>
#include <cstdio>
#include <fstream>
#include <sstream>

namespace krait::abigen {

void Errors::report(const Location &at, const std::string &message) {
  std::fprintf(stderr, "%s:%u:%u: error: %s\n", at.file.c_str(), at.line, at.column, message.c_str());
  ++count_;
}

const char *bindKindName(BindKind kind) {
  switch (kind) {
  case BindKind::Function: return "function";
  case BindKind::Method: return "method";
  case BindKind::Slot: return "slot";
  case BindKind::ClassMethod: return "classmethod";
  case BindKind::StaticMethod: return "staticmethod";
  case BindKind::Getter: return "getter";
  case BindKind::Setter: return "setter";
  case BindKind::New: return "new";
  case BindKind::Init: return "init";
  }
  return "?";
}

bool isInteger(TypeKind kind) {
  switch (kind) {
  case TypeKind::Int8:
  case TypeKind::UInt8:
  case TypeKind::Int16:
  case TypeKind::UInt16:
  case TypeKind::Int32:
  case TypeKind::UInt32:
  case TypeKind::Int64:
  case TypeKind::UInt64: return true;
  default: return false;
  }
}

std::string typedKind(const Function &function) {
  std::string text(1, static_cast<char>(function.result.kind));
  text += '(';
  for (const Param &param : function.params)
    text += static_cast<char>(param.type.kind);
  return text + ')';
}

std::string callName(const std::string &cppName) {
  std::string rest = cppName.starts_with("krt_") ? cppName.substr(4) : cppName;
  std::string out;
  bool upper = false;
  for (char c : rest) {
    if (c == '_') {
      upper = !out.empty();
      continue;
    }
    out += upper ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
    upper = false;
  }
  return out;
}

std::string quoted(const std::string &text) {
  std::string out = "\"";
  for (char c : text) {
    switch (c) {
    case '"': out += "\\\""; break;
    case '\\': out += "\\\\"; break;
    case '\n': out += "\\n"; break;
    case '\t': out += "\\t"; break;
    case '?': out += "\\?"; break; // no trigraphs
    default: out += c;
    }
  }
  return out + "\"";
}

bool writeIfChanged(const std::string &path, const std::string &content) {
  {
    std::ifstream in(path, std::ios::binary);
    std::stringstream old;
    if (in && (old << in.rdbuf(), old.str() == content))
      return true;
  }
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << content;
  out.flush();
  if (!out)
    std::fprintf(stderr, "abigen: cannot write %s\n", path.c_str());
  return static_cast<bool>(out);
}

} // namespace krait::abigen

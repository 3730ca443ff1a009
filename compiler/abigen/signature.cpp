// signature.cpp - see signature.h.
#include "compiler/abigen/signature.h"

#include <cctype>
#include <cstdlib>
#include <set>

namespace krait::abigen {

namespace {

std::string trim(const std::string &text) {
  size_t begin = text.find_first_not_of(" \t\n");
  if (begin == std::string::npos)
    return "";
  return text.substr(begin, text.find_last_not_of(" \t\n") - begin + 1);
}

bool isIdentifier(const std::string &text) {
  if (text.empty() || std::isdigit(static_cast<unsigned char>(text[0])))
    return false;
  for (char c : text)
    if (!std::isalnum(static_cast<unsigned char>(c)) && c != '_')
      return false;
  return true;
}

/// Splits at commas outside brackets and quotes.
bool splitParams(const std::string &text, std::vector<std::string> &out) {
  std::string current;
  int depth = 0;
  char quote = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (quote) {
      if (c == '\\' && i + 1 < text.size())
        current += text[i++];
      else if (c == quote)
        quote = 0;
      current += text[i];
      continue;
    }
    if (c == '\'' || c == '"')
      quote = c;
    else if (c == '(' || c == '[' || c == '{')
      ++depth;
    else if (c == ')' || c == ']' || c == '}')
      --depth;
    if (c == ',' && depth == 0) {
      out.push_back(trim(current));
      current.clear();
      continue;
    }
    current += c;
  }
  if (quote || depth != 0)
    return false;
  if (!trim(current).empty() || !out.empty())
    out.push_back(trim(current));
  return true;
}

bool isNumber(const std::string &text) {
  if (text.empty())
    return false;
  char *end = nullptr;
  std::strtod(text.c_str(), &end);
  return *end == 0 && (std::isdigit(static_cast<unsigned char>(text.back())) || text.back() == '.');
}

bool isString(const std::string &text) {
  size_t start = !text.empty() && text[0] == 'b' ? 1 : 0;
  return text.size() >= start + 2 && (text[start] == '\'' || text[start] == '"') && text.back() == text[start];
}

bool isDefault(const std::string &text) {
  return text == "None" || text == "True" || text == "False" || text == "()" || text == "<null>" || isNumber(text) ||
         isString(text);
}

/// What the second half of a signature may still hold.
struct Walk {
  bool star = false, kwargs = false, slash = false, sawDefault = false;
};

std::string parseParam(const std::string &item, Walk &walk, Signature &out) {
  if (walk.kwargs)
    return "nothing may follow **" + out.params.back().name;
  if (item == "/") {
    if (walk.slash || walk.star || out.params.empty())
      return "'/' must stand once, after a parameter and before '*'";
    walk.slash = true;
    for (PyParam &param : out.params)
      param.kind = ParamKind::PositionalOnly;
    return "";
  }
  if (item == "*") {
    if (walk.star)
      return "'*' may stand only once";
    walk.star = true;
    return "";
  }
  PyParam param;
  if (item.starts_with("**")) {
    param.kind = ParamKind::VarKeywords;
    param.name = item.substr(2);
    walk.kwargs = true;
  } else if (item.starts_with("*")) {
    if (walk.star)
      return "'*' may stand only once";
    param.kind = ParamKind::VarArgs;
    param.name = item.substr(1);
    walk.star = true;
  } else {
    size_t equals = item.find('=');
    param.name = trim(item.substr(0, equals));
    param.kind = walk.star ? ParamKind::KeywordOnly : ParamKind::PositionalOrKeyword;
    if (equals != std::string::npos) {
      param.hasDefault = true;
      param.defaultText = trim(item.substr(equals + 1));
      if (!isDefault(param.defaultText))
        return "default '" + param.defaultText + "' of '" + param.name +
               "' is not None, True, False, a number, a string, () or <null>";
      walk.sawDefault |= !walk.star;
    } else if (walk.sawDefault && !walk.star) {
      return "parameter '" + param.name + "' without a default follows one with a default";
    }
  }
  if (!isIdentifier(param.name))
    return "'" + item + "' is not a parameter";
  for (const PyParam &other : out.params)
    if (other.name == param.name)
      return "parameter '" + param.name + "' stands twice";
  out.params.push_back(param);
  return "";
}

std::string checkDefault(const PyParam &param, const Type &type) {
  const std::string &text = param.defaultText;
  bool scalar = type.kind == TypeKind::Double || type.kind == TypeKind::Bool || isInteger(type.kind);
  if (scalar && defaultExpression(text, type).empty())
    return "the default " + text + " of '" + param.name + "' cannot be passed as " + type.spelling + "; take a Value";
  return "";
}

std::string checkParam(const PyParam &param, const Type &type) {
  if (param.kind == ParamKind::VarArgs)
    return type.kind == TypeKind::Span ? "" : "*" + param.name + " needs a parameter of type ArgSpan";
  if (param.kind == ParamKind::VarKeywords)
    return type.kind == TypeKind::Object && type.pointee == "Dict" ? "" : "**" + param.name + " needs a parameter of type Dict*";
  switch (type.kind) {
  case TypeKind::Value:
  case TypeKind::Object:
  case TypeKind::Double:
  case TypeKind::Bool:
  case TypeKind::Int32:
  case TypeKind::Int64: break;
  case TypeKind::Span: return "'" + param.name + "' is an ArgSpan, so the signature must say *" + param.name;
  default: return "parameter '" + param.name + "' has type " + type.spelling + ", to which no argument can be converted";
  }
  return param.hasDefault ? checkDefault(param, type) : "";
}

} // namespace

std::string parseSignature(const std::string &text, Signature &out) {
  size_t open = text.find('(');
  if (open == std::string::npos || text.back() != ')')
    return "signature must look like name(parameters)";
  out.name = trim(text.substr(0, open));
  if (!isIdentifier(out.name))
    return "'" + out.name + "' is not a name";
  std::vector<std::string> items;
  if (!splitParams(text.substr(open + 1, text.size() - open - 2), items))
    return "unbalanced brackets or quotes in the signature";
  Walk walk;
  for (const std::string &item : items) {
    std::string wrong = parseParam(item, walk, out);
    if (!wrong.empty())
      return wrong;
  }
  if (!items.empty() && items.back() == "*")
    return "a parameter must follow '*'";
  return "";
}

bool hasReceiver(BindKind kind) {
  return kind == BindKind::Method || kind == BindKind::Slot || kind == BindKind::ClassMethod;
}

std::string matchSignature(const Function &function, const Binding &binding) {
  const std::vector<PyParam> &params = binding.signature.params;
  if (binding.kind == BindKind::Getter || binding.kind == BindKind::Setter) {
    size_t wanted = binding.kind == BindKind::Getter ? 1 : 2;
    if (function.params.size() != wanted)
      return std::string("a ") + bindKindName(binding.kind) + " has " + std::to_string(wanted) + " parameter(s), " +
             function.name + " has " + std::to_string(function.params.size());
    if (wanted == 2 && function.params[1].type.kind != TypeKind::Value)
      return "the value handed to a setter is a Value (null on deletion)";
    return "";
  }
  bool make = binding.kind == BindKind::New || binding.kind == BindKind::Init;
  size_t hidden = make ? 1 : 0; // the class or the object is not in the text
  if (hasReceiver(binding.kind) && params.empty())
    return std::string("a ") + bindKindName(binding.kind) + " names its receiver first: " + binding.signature.name + "(self, ...)";
  if (function.params.size() != params.size() + hidden)
    return "signature has " + std::to_string(params.size()) + " parameter(s) but " + function.name + " takes " +
           std::to_string(function.params.size()) + (!hidden ? "" : binding.kind == BindKind::New ? " (the first is the class)" : " (the first is the object)");
  if (binding.kind == BindKind::New || binding.kind == BindKind::ClassMethod) {
    const Type &first = function.params[0].type;
    if (first.kind != TypeKind::Value && !(first.kind == TypeKind::Object && first.pointee == "Class"))
      return "the first parameter is the class: Class* or Value, not " + first.spelling;
  }
  for (size_t i = hasReceiver(binding.kind) ? 1 : 0; i < params.size(); ++i) {
    std::string wrong = checkParam(params[i], function.params[i + hidden].type);
    if (!wrong.empty())
      return wrong;
  }
  if ((hasReceiver(binding.kind) && binding.kind != BindKind::ClassMethod) || binding.kind == BindKind::Init) {
    TypeKind kind = function.params[0].type.kind;
    if (kind != TypeKind::Value && kind != TypeKind::Object)
      return "the receiver is a Value or a pointer to an object, not " + function.params[0].type.spelling;
  }
  return "";
}

std::string textSignature(const Binding &binding) {
  std::vector<std::string> parts;
  const std::vector<PyParam> &params = binding.signature.params;
  size_t first = hasReceiver(binding.kind) ? 1 : 0;
  if (binding.kind == BindKind::Function)
    parts.push_back("$module");
  else if (binding.kind == BindKind::ClassMethod)
    parts.push_back("$type");
  else if (first)
    parts.push_back("$self");
  // The receiver is positional-only; the slash goes behind the last positional-only parameter.
  bool slash = !parts.empty();
  bool star = false;
  for (size_t i = first; i < params.size(); ++i) {
    const PyParam &param = params[i];
    if (param.kind == ParamKind::PositionalOnly) {
      slash = true;
    } else if (slash) {
      parts.push_back("/");
      slash = false;
    }
    if (param.kind == ParamKind::VarArgs)
      star = true;
    if (param.kind == ParamKind::KeywordOnly && !star) {
      parts.push_back("*");
      star = true;
    }
    std::string text = param.name;
    if (param.kind == ParamKind::VarArgs)
      text = "*" + text;
    else if (param.kind == ParamKind::VarKeywords)
      text = "**" + text;
    else if (param.hasDefault)
      text += "=" + (param.defaultText == "<null>" ? "<unrepresentable>" : param.defaultText);
    parts.push_back(text);
  }
  if (slash)
    parts.push_back("/");
  std::string out = "(";
  for (size_t i = 0; i < parts.size(); ++i)
    out += (i ? ", " : "") + parts[i];
  return out + ")";
}

std::string defaultExpression(const std::string &text, const Type &type) {
  bool truth = text == "True" || text == "False";
  switch (type.kind) {
  case TypeKind::Value:
    if (text == "None")
      return "kNone";
    if (truth)
      return text == "True" ? "kTrue" : "kFalse";
    if (isNumber(text) && text.find_first_of(".eE") == std::string::npos)
      return "krt_result_int64(" + text + ")";
    if (isNumber(text))
      return "krt_result_double(" + text + ")";
    return "";
  case TypeKind::Bool: return truth ? (text == "True" ? "true" : "false") : "";
  case TypeKind::Double: return isNumber(text) ? text : "";
  case TypeKind::Int32:
  case TypeKind::Int64:
    if (truth)
      return text == "True" ? "1" : "0";
    return isNumber(text) && text.find_first_of(".eE") == std::string::npos ? text : "";
  default: return "";
  }
}

} // namespace krait::abigen

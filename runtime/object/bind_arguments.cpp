// bind_arguments.cpp - the arguments of a call put into the parameters of a Python function, and what can be wrong with them.
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/function.h"
#include "runtime/object/protocol.h"
#include "runtime/object/str.h"

#include <cstring>

namespace krait {
namespace {

Value parameterName(Code *code, int64_t i) { return code->varnames->items[i]; }

/// "'a', 'b', and 'c'".
Str *listing(const GcVector<Value> &names) {
  StrBuilder out;
  for (size_t i = 0; i < names.size(); ++i) {
    if (i)
      out.append(std::string_view(names.size() == 2 ? " and " : i + 1 == names.size() ? ", and " : ", "));
    out.append(krt_str_format("%R", names[i]));
  }
  return out.finish();
}

bool missing(Function *f, const GcVector<Value> &names, const char *kind) {
  krt_raise(kTypeError, "%S() missing %zu required %s argument%s: %S", Value(f->qualname), names.size(), kind,
            names.size() == 1 ? "" : "s", Value(listing(names)));
  return false;
}

bool tooMany(Function *f, size_t given, const Value *registers) {
  Code *code = f->code;
  int64_t defaults = f->defaults ? f->defaults->length : 0, takes = code->argCount;
  int64_t keywordOnly = 0;
  for (int64_t i = takes; i < takes + code->kwOnlyCount; ++i)
    keywordOnly += static_cast<bool>(registers[i]);
  Str *range = defaults ? krt_str_format("from %lld to %lld", static_cast<long long>(takes - defaults), static_cast<long long>(takes))
                        : krt_str_format("%lld", static_cast<long long>(takes));
  bool plural = defaults ? true : takes != 1;
  if (keywordOnly)
    krt_raise(kTypeError, "%S() takes %S positional argument%s but %zu positional argument%s (and %lld keyword-only argument%s) were given",
              Value(f->qualname), Value(range), plural ? "s" : "", given, given != 1 ? "s" : "",
              static_cast<long long>(keywordOnly), keywordOnly != 1 ? "s" : "");
  else
    krt_raise(kTypeError, "%S() takes %S positional argument%s but %zu %s given", Value(f->qualname), Value(range), plural ? "s" : "",
              given, given == 1 ? "was" : "were");
  return false;
}

/// Keywords that name positional-only parameters; true if there were some (TypeError pending).
bool positionalByKeyword(Function *f, Tuple *kwnames) {
  Code *code = f->code;
  StrBuilder out;
  bool any = false;
  for (int64_t i = 0; i < code->posOnlyCount; ++i)
    for (int64_t k = 0; k < kwnames->length; ++k)
      if (krt_str_equal(parameterName(code, i).as<Str>(), kwnames->items[k].as<Str>())) {
        if (any)
          out.append(std::string_view(", "));
        any = true;
        out.append(kwnames->items[k].as<Str>());
      }
  if (any)
    krt_raise(kTypeError, "%S() got some positional-only arguments passed as keyword arguments: '%S'", Value(f->qualname),
              Value(out.finish()));
  return any;
}

bool bindKeywords_py(Function *f, const Value *values, Tuple *kwnames, Value *registers, Dict *rest) {
  Code *code = f->code;
  int64_t total = code->argCount + code->kwOnlyCount;
  for (int64_t k = 0; k < kwnames->length; ++k) {
    Value name = kwnames->items[k];
    if (!strCheck(name)) {
      krt_raise(kTypeError, "%S() keywords must be strings", Value(f->qualname));
      return false;
    }
    int64_t at = code->posOnlyCount;
    while (at < total && parameterName(code, at) != name)
      ++at;
    if (at == total && !name.as<Str>()->isInterned()) {
      at = code->posOnlyCount;
      while (at < total && !krt_str_equal(parameterName(code, at).as<Str>(), name.as<Str>()))
        ++at;
    }
    if (at < total) {
      if (registers[at]) {
        krt_raise(kTypeError, "%S() got multiple values for argument '%S'", Value(f->qualname), name);
        return false;
      }
      registers[at] = values[k];
    } else if (rest) {
      if (krt_dict_set_py(rest, name, values[k]) < 0)
        return false;
    } else {
      if (!code->posOnlyCount || !positionalByKeyword(f, kwnames))
        krt_raise(kTypeError, "%S() got an unexpected keyword argument '%S'", Value(f->qualname), name);
      return false;
    }
  }
  return true;
}

} // namespace

bool krt_bind_arguments_py(Function *f, const Value *args, size_t nargs, Tuple *kwnames, Value *registers) {
  Code *code = f->code;
  size_t positional = code->argCount, total = positional + code->kwOnlyCount;
  size_t taken = nargs < positional ? nargs : positional;
  if (taken)
    std::memcpy(static_cast<void *>(registers), args, taken * sizeof(Value));
  bool varArgs = code->flags & kCodeVarArgs;
  if (varArgs)
    registers[total] = nargs > taken ? krt_tuple_from(args + taken, nargs - taken) : krt_tuple_empty;
  Dict *rest = nullptr;
  if (code->flags & kCodeVarKeywords)
    registers[total + varArgs] = rest = krt_dict_new();
  if (kwnames && kwnames->length && !bindKeywords_py(f, args + nargs, kwnames, registers, rest))
    return false;
  if (nargs > positional && !varArgs)
    return tooMany(f, nargs, registers);
  if (nargs < positional) {
    size_t defaults = f->defaults ? static_cast<size_t>(f->defaults->length) : 0;
    size_t required = positional > defaults ? positional - defaults : 0;
    GcVector<Value> absent;
    for (size_t i = nargs; i < required; ++i)
      if (!registers[i])
        absent.push(parameterName(code, static_cast<int64_t>(i)));
    if (!absent.empty())
      return missing(f, absent, "positional");
    for (size_t i = nargs < required ? required : nargs; i < positional; ++i)
      if (!registers[i])
        registers[i] = f->defaults->items[i + defaults - positional];
  }
  if (code->kwOnlyCount) {
    GcVector<Value> absent;
    for (size_t i = positional; i < total; ++i) {
      if (registers[i])
        continue;
      Value name = parameterName(code, static_cast<int64_t>(i));
      Value v = f->kwdefaults ? krt_dict_get_py(f->kwdefaults, name) : Value();
      if (!v && errorPending())
        return false;
      if (v)
        registers[i] = v;
      else
        absent.push(name);
    }
    if (!absent.empty())
      return missing(f, absent, "keyword-only");
  }
  return true;
}

} // namespace krait

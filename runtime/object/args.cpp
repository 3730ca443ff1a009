// args.cpp - see args.h. The slow half: calls with keywords, wrong numbers of arguments, arguments of other types.
#include "runtime/object/args.h"

#include "runtime/object/class.h"
#include "runtime/object/containers.h"

#include <cstring>

namespace krait {

namespace {

/// "sqrt() takes exactly one argument": the name as CPython's calls spell it, with the module or class in front.
/// Arguments for the format "%s%s%s".
struct Qualified {
  const char *owner, *dot, *name;
};

const char *afterLastDot(const char *name) {
  const char *dot = std::strrchr(name, '.');
  return dot ? dot + 1 : name;
}

Qualified qualified(const SignatureInfo &info) {
  if (info.kind == NativeKind::New || (!info.cls && std::strcmp(info.owner, "builtins") == 0))
    return {"", "", info.name};
  return {info.cls ? afterLastDot(info.cls->nativeName) : info.owner, ".", info.name};
}

const char *plural(size_t n) { return n == 1 ? "" : "s"; }

bool fail() { return false; }

/// All parameters positional-only, nothing collected or keyword-only.
bool isPlain(const SignatureInfo &info) {
  return info.positionalOnly == info.total && !info.varKeywords;
}

bool badKeywords(const SignatureInfo &info) {
  if (info.kind == NativeKind::Slot) {
    krt_raise(kTypeError, "wrapper %s() takes no keyword arguments", info.name);
    return fail();
  }
  Qualified q = qualified(info);
  if (info.callCounts)
    q.owner = q.dot = "";
  krt_raise(kTypeError, "%s%s%s() takes no keyword arguments", q.owner, q.dot, q.name);
  return fail();
}

/// Wrong number of arguments for a function of positional-only parameters.
bool badCount(const SignatureInfo &info, size_t nargs) {
  Qualified q = qualified(info);
  size_t low = info.required, high = info.positional;
  bool called = info.kind != NativeKind::New && !info.varArgs;
  if (info.kind == NativeKind::Slot && low == high) {
    krt_raise(kTypeError, "expected %zu argument%s, got %zu", low, plural(low), nargs);
    return fail();
  }
  if (called && high == 0) {
    krt_raise(kTypeError, "%s%s%s() takes no arguments (%zu given)", q.owner, q.dot, q.name, nargs);
    return fail();
  }
  if (called && low == 1 && high == 1) {
    krt_raise(kTypeError, "%s%s%s() takes exactly one argument (%zu given)", q.owner, q.dot, q.name, nargs);
    return fail();
  }
  if (info.kind == NativeKind::New && high == 0) {
    krt_raise(kTypeError, "%s() takes no arguments", info.name);
    return fail();
  }
  if (info.callCounts && !info.varArgs) {
    size_t count = nargs < low ? low : high;
    krt_raise(kTypeError, "%s() takes %s %zu argument%s (%zu given)", info.name, low == high ? "exactly" : nargs < low ? "at least" : "at most",
              count, plural(count), nargs);
    return fail();
  }
  const char *bound = !info.varArgs && low == high ? "" : nargs < low ? "at least " : "at most ";
  size_t wanted = nargs < low ? low : high;
  krt_raise(kTypeError, "%s expected %s%zu argument%s, got %zu", info.name, bound, wanted, plural(wanted), nargs);
  return fail();
}

bool nameIs(Str *key, const char *name) {
  std::string_view text = strView(key);
  return text == name;
}

/// Position of keyword [key] among the parameters that have a name, or -1.
int findParam(const SignatureInfo &info, Str *key) {
  for (int i = info.positionalOnly; i < info.total; ++i)
    if (nameIs(key, info.params[i].name))
      return i;
  return -1;
}

/// The numbers, before any name is looked at. *args takes whatever is left over.
bool checkNumbers(const SignatureInfo &info, size_t nargs, size_t nkeywords) {
  size_t given = nargs + nkeywords;
  if (!info.varArgs && !info.varKeywords && given > info.total) {
    krt_raise(kTypeError, "%s() takes at most %d %sargument%s (%zu given)", info.name, static_cast<int>(info.total),
              nargs == 0 ? "keyword " : "", plural(info.total), given);
    return fail();
  }
  if (size_t named = info.total - info.positionalOnly; info.callCounts && info.varArgs && !info.varKeywords && nkeywords > named) {
    krt_raise(kTypeError, "%s() takes at most %zu keyword argument%s (%zu given)", info.name, named, plural(named), nkeywords);
    return fail();
  }
  if (!info.varArgs && nargs > info.positional) {
    if (info.positional == 0)
      krt_raise(kTypeError, "%s() takes no positional arguments", info.name);
    else
      krt_raise(kTypeError, "%s() takes %s %d positional argument%s (%zu given)", info.name,
                info.required < info.positional ? "at most" : "exactly", static_cast<int>(info.positional), plural(info.positional), nargs);
    return fail();
  }
  size_t unnamed = info.required < info.positionalOnly ? info.required : info.positionalOnly;
  if (nargs < unnamed) {
    // With *args CPython counts in the other form ("min expected at least 1 argument, got 0").
    if (info.varArgs)
      return badCount(info, nargs);
    krt_raise(kTypeError, "%s() takes %s %zu positional argument%s (%zu given)", info.name,
              unnamed < info.positional ? "at least" : "exactly", unnamed, plural(unnamed), nargs);
    return fail();
  }
  return true;
}

bool checkRequired(const SignatureInfo &info, const Value *out) {
  for (int i = 0; i < info.total; ++i) {
    if (!info.params[i].required || out[i])
      continue;
    krt_raise(kTypeError, "%s() missing required argument '%s' (pos %d)", info.name, info.params[i].name, i + 1);
    return fail();
  }
  return true;
}

bool giveExtra(Dict **extra, Str *key, Value value) {
  if (!*extra)
    *extra = krt_dict_new();
  krt_dict_set_str(*extra, key, value);
  return true;
}

/// Keywords that found no free parameter: known and already given, collected, or unknown.
bool handleLeftover(const SignatureInfo &info, Str *key, Value value, size_t nargs, Dict **extra) {
  int at = findParam(info, key);
  if (at >= 0 && static_cast<size_t>(at) < nargs) {
    krt_raise(kTypeError, "argument for %s() given by name ('%S') and position (%d)", info.name, Value(key), at + 1);
    return fail();
  }
  if (extra)
    return giveExtra(extra, key, value);
  krt_raise(kTypeError, "'%S' is an invalid keyword argument for %s()", Value(key), info.name);
  return fail();
}

} // namespace

extern "C" {

bool krt_args_parse(const SignatureInfo *signature, const Value *args, size_t nargs, Tuple *kwnames, Value *out, ArgSpan *rest,
                    Dict **extra) {
  const SignatureInfo &info = *signature;
  size_t nkeywords = kwnames ? kwnames->length : 0;
  if (isPlain(info)) {
    if (nkeywords)
      return badKeywords(info);
    if (nargs < info.required || (!info.varArgs && nargs > info.positional))
      return badCount(info, nargs);
  } else if (!checkNumbers(info, nargs, nkeywords)) {
    return false;
  }
  size_t fixed = nargs < info.positional ? nargs : info.positional;
  for (size_t i = 0; i < info.total; ++i)
    out[i] = i < fixed ? args[i] : Value();
  if (rest)
    *rest = {args + fixed, nargs - fixed};

  // First those that fit, so that a missing argument is reported before an unknown one, as CPython does.
  size_t leftover = 0;
  for (size_t i = 0; i < nkeywords; ++i) {
    int at = findParam(info, kwnames->items[i].as<Str>());
    if (at >= 0 && static_cast<size_t>(at) >= fixed)
      out[at] = args[nargs + i];
    else
      ++leftover;
  }
  if (!checkRequired(info, out))
    return false;
  for (size_t i = 0; leftover && i < nkeywords; ++i) {
    Str *key = kwnames->items[i].as<Str>();
    int at = findParam(info, key);
    if (at >= 0 && static_cast<size_t>(at) >= fixed)
      continue;
    --leftover;
    if (!handleLeftover(info, key, args[nargs + i], fixed, extra))
      return false;
  }
  return true;
}

Value krt_args_badReceiver(const char *name, NativeKind kind, const Class &cls, const Value *args, size_t nargs) {
  const char *owner = afterLastDot(cls.nativeName);
  if (nargs == 0 && kind == NativeKind::Slot)
    return krt_raise(kTypeError, "descriptor '%s' of '%s' object needs an argument", name, owner);
  if (nargs == 0)
    return krt_raise(kTypeError, "unbound method %s.%s() needs an argument", owner, name);
  if (kind == NativeKind::Slot)
    return krt_raise(kTypeError, "descriptor '%s' requires a '%s' object but received a '%T'", name, cls.nativeName, args[0]);
  return krt_raise(kTypeError, "descriptor '%s' for '%s' objects doesn't apply to a '%T' object", name, cls.nativeName, args[0]);
}

Value krt_args_badType(const SignatureInfo &info, size_t index, const Class &wanted, Value got) {
  const char *orNone = info.params[index].noneAllowed ? " or None" : "";
  const char *have = got == kNone ? "None" : krt_class_name(classOf(got));
  if (index >= info.positionalOnly)
    return krt_raise(kTypeError, "%s() argument '%s' must be %s%s, not %s", info.name, info.params[index].name, wanted.nativeName, orNone, have);
  if (info.total == 1)
    return krt_raise(kTypeError, "%s() argument must be %s%s, not %s", info.name, wanted.nativeName, orNone, have);
  return krt_raise(kTypeError, "%s() argument %d must be %s%s, not %s", info.name, static_cast<int>(index + 1), wanted.nativeName, orNone, have);
}

bool krt_arg_double_slow_py(Value v, double *out) {
  *out = krt_double_py(v);
  return *out != -1.0 || !errorPending();
}

bool krt_arg_int64_slow_py(Value v, int64_t *out) {
  Value exact = krt_index_py(v);
  if (!exact)
    return false;
  if (exact.isInt()) {
    *out = exact.asInt();
    return true;
  }
  if (krt_int_to_i64(exact, out))
    return true;
  krt_raise(kOverflowError, "Python int too large to convert to C ssize_t");
  return false;
}

bool krt_arg_int32_slow_py(Value v, int32_t *out) {
  Value exact = krt_index_py(v);
  if (!exact)
    return false;
  int64_t wide = 0;
  if (!krt_int_to_i64(exact, &wide) || wide != static_cast<int32_t>(wide)) {
    krt_raise(kOverflowError, "Python int too large to convert to C int");
    return false;
  }
  *out = static_cast<int32_t>(wide);
  return true;
}

bool krt_arg_bool_slow_py(Value v, bool *out) {
  int truth = krt_truth_py(v);
  *out = truth > 0;
  return truth >= 0;
}

bool krt_arg_isInstance_slow(Value v, const Class &cls) { return krt_subclass(classOf(v), &cls); }

} // extern "C"

} // namespace krait

// core_builtins.cpp - see core_builtins.h.
#include "runtime/builtins/core_builtins.h"

#include "runtime/abi/native.h"
#include "runtime/object/args.h"
#include "runtime/object/containers.h"
#include "runtime/object/state.h"

#include <cstdio>

#include "runtime/builtins/core_builtins.bind.inc"

namespace krait {

int (*krt_stream_write_hook_py)(Value stream, Str *text) = nullptr;

namespace {

/// Writes to a Python stream, or before there are streams to the C library's stdout. False = exception pending.
bool writeText(Value file, Str *text) {
  if (file) {
    if (int done = krt_stream_write_hook_py ? krt_stream_write_hook_py(file, text) : 0)
      return done > 0;
    Value argument = text;
    return !!krt_call_method_py(file, KSTR(write), &argument, 1);
  }
  std::string_view view = strView(text);
  std::fwrite(view.data(), 1, view.size(), stdout);
  return true;
}

/// A separator argument: str or None; null with TypeError pending.
bool separator(Value given, const char *name, const char *fallback, Str **out) {
  if (!given || given == kNone) {
    *out = strIntern(fallback);
    return true;
  }
  if (!strCheck(given)) {
    krt_raise(kTypeError, "%s must be None or a string, not %T", name, given);
    return false;
  }
  *out = given.as<Str>();
  return true;
}

} // namespace

extern "C" {

Value krt_builtins_print_py(ArgSpan args, Value sep, Value end, Value file, bool flush) {
  if (!file || file == kNone) {
    file = krt_sys_get(KSTR(stdout));
    if (file == kNone)
      return kNone;
  }
  Str *between, *last;
  if (!separator(sep, "sep", " ", &between) || !separator(end, "end", "\n", &last))
    return {};
  for (size_t i = 0; i < args.size; ++i) {
    if (i && !writeText(file, between))
      return {};
    if (!writeText(file, TRY(krt_str_of_py(args.data[i]))))
      return {};
  }
  if (!writeText(file, last))
    return {};
  if (flush && file)
    TRY(krt_call_method_py(file, KSTR(flush), nullptr, 0));
  return kNone;
}

Value krt_builtins_len_py(Value object) {
  int64_t length = TRY_INT(krt_length_py(object));
  return krt_int_from_i64(length);
}

} // extern "C"
} // namespace krait

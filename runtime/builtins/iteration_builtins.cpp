// iteration_builtins.cpp - see iteration_builtins.h.
#include "runtime/builtins/iteration_builtins.h"
#include "runtime/builtins/anext_awaitable.h"

#include "runtime/abi/native.h"
#include "runtime/object/args.h"
#include "runtime/object/audit.h"
#include "runtime/object/containers.h"
#include "runtime/object/iteration.h"
#include "runtime/object/iterators.h"
#include "runtime/object/slots.h"
#include "runtime/object/state.h"

#include <cstdio>

#include "runtime/builtins/iteration_builtins.bind.inc"

namespace krait {

namespace {

/// 1 if a op b, 0, -1.
inline int ordered(Value a, Value b, CompareOp op) {
  if (bothInts(a, b))
    return op == CompareOp::Lt ? a.asInt() < b.asInt() : a.asInt() > b.asInt();
  return krt_compare_truth_py(a, b, op);
}

/// The extreme seen so far, compared by key.
struct Extreme {
  Value item, key;
  /// False = exception pending.
  bool offer(Value candidate, Value function, CompareOp op) {
    Value candidateKey = candidate;
    if (function != kNone && !(candidateKey = krt_call_py(function, &candidate, 1, nullptr)))
      return false;
    int better = item ? ordered(candidateKey, key, op) : 1;
    if (better > 0) {
      item = candidate;
      key = candidateKey;
    }
    return better >= 0;
  }
};

Value extremeOf(ArgSpan args, Value key, Value fallback, const char *name, CompareOp op) {
  if (args.size == 0)
    return krt_raise(kTypeError, "%s expected at least 1 argument, got 0", name);
  Extreme extreme;
  if (args.size > 1) {
    if (fallback)
      return krt_raise(kTypeError, "Cannot specify a default for %s() with multiple positional arguments",
                       name);
    for (size_t i = 0; i < args.size; ++i)
      if (!extreme.offer(args.data[i], key, op))
        return {};
    return extreme.item;
  }
  Value iterator = TRY(krt_iter_py(args.data[0]));
  while (Value item = nextOf(iterator))
    if (!extreme.offer(item, key, op))
      return {};
  if (errorPending())
    return {};
  if (extreme.item)
    return extreme.item;
  return fallback ? fallback : krt_raise(kValueError, "%s() arg is an empty sequence", name);
}

/// any (wanted true) or all (wanted false): whether an item with the [wanted] truth comes.
Value search(Value iterable, bool wanted) {
  Value iterator = TRY(krt_iter_py(iterable));
  while (Value item = nextOf(iterator)) {
    bool truth = isBool(item) ? item == kTrue : TRY_INT(krt_truth_py(item));
    if (truth == wanted)
      return boolean(wanted);
  }
  return errorPending() ? Value() : boolean(!wanted);
}

/// A line of the C library's standard input, before there are streams.
Value inputPlain(Str *prompt) {
  if (prompt) {
    std::string_view text = strView(prompt);
    std::fwrite(text.data(), 1, text.size(), stdout);
  }
  std::fflush(stdout);
  char *line = nullptr;
  size_t capacity = 0;
  ssize_t length = getline(&line, &capacity, stdin);
  if (length < 0) {
    std::free(line);
    return krt_raise(kEOFError, "EOF when reading a line");
  }
  if (length && line[length - 1] == '\n')
    --length;
  Value result = krt_str_from_utf8(line, static_cast<size_t>(length));
  std::free(line);
  return result;
}

/// A standard stream for input(); RuntimeError if it was removed.
Value stream(Str *name) {
  Value file = krt_sys_get(name);
  if (!file || file == kNone)
    return krt_raise(kRuntimeError, "input(): lost sys.%S", Value(name));
  return file;
}

} // namespace

extern "C" {

Value krt_builtins_iter_py(Value object, Value sentinel) {
  if (!sentinel)
    return krt_iter_py(object);
  if (!krt_callable(object))
    return krt_raise(kTypeError, "iter(v, w): v must be callable");
  return krt_callable_iter_new(object, sentinel);
}

Value krt_builtins_next_py(Value iterator, Value fallback) {
  const TypeSlots &slots = classOf(iterator)->slots;
  if (!slots.next)
    return krt_raise(kTypeError, "'%.200T' object is not an iterator", iterator);
  if (!fallback) {
    // These tell the value that comes with the end.
    if (slots.next == slotNext)
      return callSpecial_py(iterator, KSTR(__next__));
    if (slots.send) {
      Value result;
      SendStatus status = slots.send(iterator, kNone, &result);
      if (status == SendStatus::Yield)
        return result;
      return status == SendStatus::Return ? krt_raise_stop_iteration(result) : Value();
    }
  }
  Value item = slots.next(iterator);
  if (item || errorPending())
    return item;
  return fallback ? fallback : krt_raise_stop_iteration(Value());
}

Value krt_builtins_min_py(ArgSpan args, Value key, Value fallback) {
  return extremeOf(args, key, fallback, "min", CompareOp::Lt);
}
Value krt_builtins_max_py(ArgSpan args, Value key, Value fallback) {
  return extremeOf(args, key, fallback, "max", CompareOp::Gt);
}
Value krt_builtins_any_py(Value iterable) { return search(iterable, true); }
Value krt_builtins_all_py(Value iterable) { return search(iterable, false); }

Value krt_builtins_sorted_py(Value iterable, Value key, int32_t reverse) {
  List *list = TRY(krt_list_from_py(iterable));
  return krt_list_sort_py(list, key, reverse != 0) < 0 ? Value() : Value(list);
}

Value krt_builtins_anext_py(Value iterator, Value fallback) {
  auto anext = classOf(iterator)->slots.anext;
  if (!anext)
    return krt_raise(kTypeError, "'%.200T' object is not an async iterator", iterator);
  Value awaitable = TRY(anext(iterator));
  return fallback ? krt_anext_awaitable(awaitable, fallback) : awaitable;
}

Value krt_builtins_aiter_py(Value iterable) {
  auto aiter = classOf(iterable)->slots.aiter;
  if (!aiter)
    return krt_raise(kTypeError, "'%.200T' object is not an async iterable", iterable);
  Value iterator = TRY(aiter(iterable));
  if (!classOf(iterator)->slots.anext)
    return krt_raise(kTypeError, "aiter() returned not an async iterator of type '%.200T'", iterator);
  return iterator;
}

static Value input_py(Value prompt) {
  if (!krt_sys_get(KSTR(__stdin__)) && !krt_sys_get(KSTR(stdin)) && !krt_sys_get(KSTR(stdout)))
    return inputPlain(prompt ? TRY(krt_str_of_py(prompt)) : nullptr);
  Value in = TRY(stream(KSTR(stdin))), out = TRY(stream(KSTR(stdout))), err = TRY(stream(KSTR(stderr)));
  if (!krt_call_method_py(err, KSTR(flush), nullptr, 0))
    krt_error_clear();
  if (prompt) {
    Value text = TRY(krt_str_of_py(prompt));
    TRY(krt_call_method_py(out, KSTR(write), &text, 1));
  }
  if (!krt_call_method_py(out, KSTR(flush), nullptr, 0))
    krt_error_clear();
  Value line = TRY(krt_call_method_py(in, KSTR(readline), nullptr, 0));
  if (!strCheck(line))
    return krt_raise(kTypeError, "object.readline() returned non-string");
  Str *text = line.as<Str>();
  int64_t length = text->length();
  if (!length)
    return krt_raise(kEOFError, "EOF when reading a line");
  return text->at(length - 1) == '\n' ? krt_str_substring(text, 0, length - 1) : text;
}

Value krt_builtins_input_py(Value prompt) {
  TRY_AUDIT("builtins.input", auditValue(prompt));
  Value line = TRY(input_py(prompt));
  TRY_AUDIT("builtins.input/result", line);
  return line;
}

Value krt_builtins_breakpoint_py(ArgSpan args, Dict *keywords) {
  Value hook = krt_sys_get(KSTR(breakpointhook));
  if (!hook)
    return krt_raise(kRuntimeError, "lost sys.breakpointhook");
  TRY_AUDIT("builtins.breakpoint", hook);
  return krt_call_ex_py(hook, krt_tuple_from(args.data, args.size), keywords);
}

} // extern "C"
} // namespace krait

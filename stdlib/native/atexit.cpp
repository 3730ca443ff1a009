// atexit.cpp - see atexit.h.
#include "stdlib/native/atexit.h"

#include "runtime/object/args.h"
#include "runtime/object/containers.h"
#include "stdlib/native/atexit.bind.inc"

namespace krait {

/// Tuples (function, args, kwargs or None).
static List *callbacks = nullptr;

Value krt_atexit_register(ArgSpan args, Dict *kwargs) {
  if (args.size == 0)
    return krt_raise(kTypeError, "register() takes at least 1 argument (0 given)");
  if (!krt_callable(args.data[0]))
    return krt_raise(kTypeError, "the first argument must be callable");
  Value row[3] = {args.data[0], krt_tuple_from(args.data + 1, args.size - 1), kwargs ? Value(kwargs) : kNone};
  if (!callbacks)
    callbacks = krt_list_new(4);
  krt_list_append(callbacks, krt_tuple_from(row, 3));
  return args.data[0];
}

Value krt_atexit_unregister_py(Value function) {
  for (int64_t i = 0; callbacks && i < callbacks->length; ++i) {
    int same = TRY_INT(krt_equal_py(callbacks->items[i].as<Tuple>()->items[0], function));
    if (same && i < callbacks->length)
      krt_list_erase(callbacks, i, i + 1), --i;
  }
  return kNone;
}

Value krt_atexit_clear() {
  callbacks = nullptr;
  return kNone;
}

Value krt_atexit_run_py() {
  while (callbacks && callbacks->length) {
    auto *row = callbacks->items[callbacks->length - 1].as<Tuple>();
    krt_list_erase(callbacks, callbacks->length - 1, callbacks->length);
    Dict *kwargs = row->items[2] == kNone ? nullptr : row->items[2].as<Dict>();
    if (!krt_call_ex_py(row->items[0], row->items[1].as<Tuple>(), kwargs))
      krt_error_unraisable_message("Exception ignored in atexit callback", row->items[0]);
  }
  return kNone;
}

int64_t krt_atexit_count() { return callbacks ? callbacks->length : 0; }

} // namespace krait

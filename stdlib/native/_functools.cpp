// _functools.cpp - see _functools.h.
#include "stdlib/native/_functools.h"

#include "runtime/abi/native.h"
#include "runtime/object/args.h"
#include "runtime/object/containers.h"
#include "runtime/object/iteration.h"

#include "stdlib/native/_functools.bind.inc"

namespace krait {

extern "C" {

Value krt__functools_reduce_py(Value function, Value iterable, Value initial) {
  Value iterator = krt_iter_py(iterable);
  if (!iterator) {
    if (krt_error_clear_if(kTypeError))
      krt_raise(kTypeError, "reduce() arg 2 must support iteration");
    return {};
  }
  Value result = initial;
  while (Value item = nextOf(iterator)) {
    Value both[2] = {result, item};
    result = result ? TRY(krt_call_py(function, both, 2, nullptr)) : item;
  }
  if (errorPending())
    return {};
  return result ? result : krt_raise(kTypeError, "reduce() of empty iterable with no initial value");
}

} // extern "C"
} // namespace krait

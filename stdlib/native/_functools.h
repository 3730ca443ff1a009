// _functools.h - the module _functools: reduce. What is not here functools has in Python.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(_functools, "Tools for functions.");

extern "C" {
/// reduce(function, iterable[, initial]) -> value
///
/// Combine the items from left to right by a function of two arguments.
KRT_FUNCTION(_functools, "reduce(function, iterable, initial=<null>, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt__functools_reduce_py(Value function, Value iterable, Value initial);
}

} // namespace krait

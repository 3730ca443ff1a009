// iteration_builtins.h - built-in functions that iterate: iter, next, min, max, any, all, sorted, aiter, anext; and input, breakpoint.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

extern "C" {
/// iter(iterable) -> iterator
/// iter(callable, sentinel) -> iterator
///
/// An iterator over the iterable; or one that calls the callable until it gives the sentinel.
KRT_FUNCTION(builtins, "iter(object, sentinel=<null>, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_builtins_iter_py(Value object, Value sentinel);
/// next(iterator[, default])
///
/// The next item of the iterator; when it is exhausted, default, or without one StopIteration is raised.
KRT_FUNCTION(builtins, "next(iterator, default=<null>, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_builtins_next_py(Value iterator, Value fallback);
/// min(iterable, *[, default=obj, key=func]) -> value
/// min(arg1, arg2, *args, *[, key=func]) -> value
///
/// The smallest item of the iterable (default if there is none) or the smallest of the arguments.
KRT_FUNCTION(builtins, "min(*args, key=None, default=<null>)", KRT_RUNS_PY, KRT_NO_SIGNATURE, KRT_CALL_COUNTS)
Value krt_builtins_min_py(ArgSpan args, Value key, Value fallback);
/// max(iterable, *[, default=obj, key=func]) -> value
/// max(arg1, arg2, *args, *[, key=func]) -> value
///
/// The largest item of the iterable (default if there is none) or the largest of the arguments.
KRT_FUNCTION(builtins, "max(*args, key=None, default=<null>)", KRT_RUNS_PY, KRT_NO_SIGNATURE, KRT_CALL_COUNTS)
Value krt_builtins_max_py(ArgSpan args, Value key, Value fallback);
/// Tell whether any item of the iterable is true.
KRT_FUNCTION(builtins, "any(iterable, /)", KRT_RUNS_PY)
Value krt_builtins_any_py(Value iterable);
/// Tell whether all items of the iterable are true.
KRT_FUNCTION(builtins, "all(iterable, /)", KRT_RUNS_PY)
Value krt_builtins_all_py(Value iterable);
/// Return a new list with the items of the iterable in ascending order.
///
/// A key function is applied once to each item; reverse asks for descending order.
KRT_FUNCTION(builtins, "sorted(iterable, /, *, key=None, reverse=False)", KRT_RUNS_PY)
Value krt_builtins_sorted_py(Value iterable, Value key, int32_t reverse);
/// Return an asynchronous iterator for an asynchronous iterable.
KRT_FUNCTION(builtins, "aiter(async_iterable, /)", KRT_RUNS_PY)
Value krt_builtins_aiter_py(Value iterable);
/// An awaitable for the next item of an asynchronous iterator; when it is exhausted, awaiting gives default, or without one raises
/// StopAsyncIteration.
KRT_FUNCTION(builtins, "anext(aiterator, default=<null>, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_builtins_anext_py(Value iterator, Value fallback);
/// Read a line from standard input, without its newline.
///
/// The prompt, if given, is written to standard output first. At the end of the input EOFError is raised.
KRT_FUNCTION(builtins, "input(prompt='', /)", KRT_RUNS_PY)
Value krt_builtins_input_py(Value prompt);
/// breakpoint(*args, **kws)
///
/// Call sys.breakpointhook(*args, **kws).
KRT_FUNCTION(builtins, "breakpoint(*args, **kws)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_builtins_breakpoint_py(ArgSpan args, Dict *keywords);
}

} // namespace krait

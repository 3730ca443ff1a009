// _functools.h - the module _functools: partial, reduce, cmp_to_key and the callable behind lru_cache. functools has the rest in Python.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(_functools, "Tools for functions.");
KRT_CLASS(partial, "A function with some of its arguments given already: partial(func, *args, **keywords).");
KRT_CLASS(lru_cache_wrapper, "A function whose results are kept: for all calls or the ones made last.");

extern "C" {
extern Class krt_partial_class, krt_lru_cache_wrapper_class, krt_key_wrapper_class;

KRT_MODULE_INIT(_functools)
bool krt__functools_init(Module *module);

/// reduce(function, iterable[, initial]) -> value
///
/// Combine the items from left to right by a function of two arguments.
KRT_FUNCTION(_functools, "reduce(function, iterable, initial=<null>, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt__functools_reduce_py(Value function, Value iterable, Value initial);
/// Make a key function of a comparison that gives a negative, zero or positive number.
KRT_FUNCTION(_functools, "cmp_to_key(mycmp)", KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt__functools_cmpToKey(Value mycmp);

KRT_METHOD(partial, "__reduce__(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_partial_reduce_py(Value self);
KRT_METHOD(partial, "__setstate__(self, state, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_partial_setState_py(Value self, Value state);
/// See PEP 585
KRT_CLASSMETHOD(partial, "__class_getitem__(cls, item, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_partial_classGetItem_py(Value cls, Value item);

KRT_GETTER(key_wrapper, "obj", KRT_RAISES)
Value krt_key_wrapper_object(Value self);
KRT_SETTER(key_wrapper, "obj")
void krt_key_wrapper_setObject(Value self, Value value);

KRT_NEW(lru_cache_wrapper, "_lru_cache_wrapper(user_function, maxsize, typed, cache_info_type)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_lru_cache_wrapper_create_py(Class *cls, Value function, Value maxsize, bool typed, Value infoType);
/// Report how the cache did.
KRT_METHOD(lru_cache_wrapper, "cache_info(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_lru_cache_wrapper_info_py(Value self);
/// Empty the cache and its statistics.
KRT_METHOD(lru_cache_wrapper, "cache_clear(self, /)", KRT_COLLECTS, KRT_NO_SIGNATURE)
void krt_lru_cache_wrapper_clear(Value self);
KRT_METHOD(lru_cache_wrapper, "__copy__(self, /)", KRT_NO_SIGNATURE)
Value krt_lru_cache_wrapper_copy(Value self);
KRT_METHOD(lru_cache_wrapper, "__deepcopy__(self, memo, /)", KRT_NO_SIGNATURE)
Value krt_lru_cache_wrapper_deepcopy(Value self, Value memo);
KRT_METHOD(lru_cache_wrapper, "__reduce__(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_lru_cache_wrapper_reduce_py(Value self);
}

} // namespace krait

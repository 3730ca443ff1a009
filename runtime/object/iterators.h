// iterators.h - enumerate, zip, map, filter, reversed and the iterator that iter(callable, sentinel) gives.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

struct Zip : Object {
  Tuple *iterators;
  bool strict; // all must end together
};
struct Map : Object {
  Value function;
  Tuple *iterators;
};
struct Filter : Object {
  Value function; // None or bool: the truth of the item itself
  Value iterator;
};
struct Reversed : Object {
  Value sequence; // null when exhausted
  int64_t index;  // of the next item
};
struct CallableIter : Object {
  Value callable; // null when exhausted
  Value sentinel;
};

extern "C" {
extern Class krt_enumerate_class, krt_zip_class, krt_map_class, krt_filter_class, krt_reversed_class, krt_callable_iter_class;
/// iter(callable, sentinel).
Value krt_callable_iter_new(Value callable, Value sentinel);

KRT_CLASS(enumerate, "An iterator over pairs of a count, which begins at start, and the items of an iterable.");
KRT_CLASS(zip, "zip(*iterables, strict=False)\n\nAn iterator over tuples of the next items of all iterables, as long as none of them "
               "is exhausted. With strict, ValueError is raised if they do not end together.");
KRT_CLASS(map, "map(func, *iterables)\n\nAn iterator over the results of the function for the next items of all iterables.");
KRT_CLASS(filter, "filter(function or None, iterable)\n\nAn iterator over the items for which the function is true (which are true, with None).");
KRT_CLASS(reversed, "An iterator over the items of a sequence, last first.");

/// See PEP 585.
KRT_CLASSMETHOD(enumerate, "__class_getitem__(cls, item, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_enumerate_classGetitem_py(Value cls, Value item);
/// Return state information for pickling.
KRT_METHOD(enumerate, "__reduce__(self, /)", KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_enumerate_reduce(Enumerate *self);
/// Return state information for pickling.
KRT_METHOD(zip, "__reduce__(self, /)", KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_zip_reduce(Zip *self);
/// Set state information for unpickling.
KRT_METHOD(zip, "__setstate__(self, state, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_zip_setstate_py(Zip *self, Value state);
/// Return state information for pickling.
KRT_METHOD(map, "__reduce__(self, /)", KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_map_reduce(Map *self);
/// Return state information for pickling.
KRT_METHOD(filter, "__reduce__(self, /)", KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_filter_reduce(Filter *self);
/// Return the number of items left.
KRT_METHOD(reversed, "__length_hint__(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_reversed_lengthHint_py(Reversed *self);
/// Return state information for pickling.
KRT_METHOD(reversed, "__reduce__(self, /)", KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_reversed_reduce(Reversed *self);
/// Set state information for unpickling.
KRT_METHOD(reversed, "__setstate__(self, state, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_reversed_setstate_py(Reversed *self, Value state);
/// Return state information for pickling.
KRT_METHOD(callable_iter, "__reduce__(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_callable_iter_reduce_py(CallableIter *self);
}

} // namespace krait

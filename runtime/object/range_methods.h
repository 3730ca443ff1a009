// range_methods.h - the methods of range, of its iterators and of slice.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

extern "C" {
KRT_CLASS(range, "range(stop) -> range object\nrange(start, stop[, step]) -> range object\n\n"
                 "An immutable sequence of integers from start up to, but not including, stop.");
KRT_CLASS(slice, "slice(stop)\nslice(start, stop[, step])\n\nThe bounds of an extended subscription such as a[0:10:2].");

/// Return the number of items equal to value.
KRT_METHOD(range, "count(self, value, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_range_count_py(Range *self, Value value);
/// Return the position of value; raise ValueError if there is none.
KRT_METHOD(range, "index(self, value, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_range_index_py(Range *self, Value value);
/// Return an iterator over the items, last first.
KRT_METHOD(range, "__reversed__(self, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_range_reversed(Range *self);
KRT_METHOD(range, "__reduce__(self, /)", KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_range_reduce(Range *self);

/// Return the number of items left.
KRT_METHOD(range_iter, "__length_hint__(self, /)", KRT_NO_SIGNATURE)
int64_t krt_range_iter_lengthHint(RangeIter *self);
/// Return state information for pickling.
KRT_METHOD(range_iter, "__reduce__(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_range_iter_reduce_py(RangeIter *self);
/// Set state information for unpickling.
KRT_METHOD(range_iter, "__setstate__(self, state, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_range_iter_setstate_py(RangeIter *self, Value state);
/// Return the number of items left.
KRT_METHOD(long_range_iter, "__length_hint__(self, /)", KRT_NO_SIGNATURE)
Value krt_long_range_iter_lengthHint(Value self);
/// Return state information for pickling.
KRT_METHOD(long_range_iter, "__reduce__(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_long_range_iter_reduce_py(Value self);
/// Set state information for unpickling.
KRT_METHOD(long_range_iter, "__setstate__(self, state, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_long_range_iter_setstate_py(Value self, Value state);

/// Return the tuple (start, stop, step) of the slice for a sequence of the given length.
KRT_METHOD(slice, "indices(self, length, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_slice_indices_py(Slice *self, Value length);
/// Return state information for pickling.
KRT_METHOD(slice, "__reduce__(self, /)", KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_slice_reduce(Slice *self);
}

} // namespace krait

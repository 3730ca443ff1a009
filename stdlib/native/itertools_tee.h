// itertools_tee.h - itertools.tee and itertools.groupby.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_CLASS(itertools_tee, "An iterator that shares the items of another with its copies.");
KRT_CLASS(itertools_grouper, "The items of one group of groupby.");
KRT_CLASS(itertools_groupby,
          "Pairs of a key and an iterator over the items, following each other, that have it.");

extern "C" {
extern Class krt_itertools_tee_class, krt_itertools_groupby_class, krt_itertools_grouper_class;

/// tee(iterable, n=2, /)
///
/// Return a tuple of n independent iterators over the items of one iterable.
KRT_FUNCTION(itertools, "tee(iterable, n=2, /)", KRT_RUNS_PY)
Value krt_itertools_tee_py(Value iterable, int64_t n);

KRT_NEW(itertools_tee, "_tee(iterable, /)", KRT_RUNS_PY)
Value krt_itertools_tee_create_py(Class *cls, Value iterable);
/// Return an independent iterator over the same items.
KRT_METHOD(itertools_tee, "__copy__(self, /)", KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_itertools_tee_copy(Value self);

KRT_NEW(itertools_grouper, "_grouper(parent, tgtkey, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_itertools_grouper_create(Class *cls, Value parent, Value key);
/// Return state information for pickling.
KRT_METHOD(itertools_grouper, "__reduce__(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_itertools_grouper_reduce_py(Value self);

KRT_NEW(itertools_groupby, "groupby(iterable, key=None)", KRT_RUNS_PY)
Value krt_itertools_groupby_create_py(Class *cls, Value iterable, Value key);
/// Return state information for pickling.
KRT_METHOD(itertools_groupby, "__reduce__(self, /)", KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_itertools_groupby_reduce(Value self);
/// Set state information for unpickling.
KRT_METHOD(itertools_groupby, "__setstate__(self, state, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_itertools_groupby_setstate(Value self, Value state);
}

} // namespace krait

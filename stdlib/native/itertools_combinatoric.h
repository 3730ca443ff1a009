// itertools_combinatoric.h - itertools.product, permutations, combinations, combinations_with_replacement.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_CLASS(itertools_product, "The Cartesian product of the iterables: tuples as nested loops give them.");
KRT_CLASS(itertools_permutations, "The permutations of r of the items, as tuples.");
KRT_CLASS(itertools_combinations, "The combinations of r of the items, as tuples.");
KRT_CLASS(itertools_combinations_with_replacement, "The combinations of r of the items, which may repeat, as tuples.");

extern "C" {
extern Class krt_itertools_product_class, krt_itertools_permutations_class, krt_itertools_combinations_class,
    krt_itertools_combinations_with_replacement_class;

KRT_NEW(itertools_product, "product(*iterables, repeat=1)", KRT_RUNS_PY, KRT_NO_SIGNATURE, KRT_CALL_COUNTS)
Value krt_itertools_product_create_py(Class *cls, ArgSpan iterables, int64_t repeat);
KRT_NEW(itertools_permutations, "permutations(iterable, r=None)", KRT_RUNS_PY)
Value krt_itertools_permutations_create_py(Class *cls, Value iterable, Value r);
KRT_NEW(itertools_combinations, "combinations(iterable, r)", KRT_RUNS_PY)
Value krt_itertools_combinations_create_py(Class *cls, Value iterable, int64_t r);
KRT_NEW(itertools_combinations_with_replacement, "combinations_with_replacement(iterable, r)", KRT_RUNS_PY)
Value krt_itertools_combinations_with_replacement_create_py(Class *cls, Value iterable, int64_t r);

/// Return state information for pickling.
KRT_METHOD(itertools_product, "__reduce__(self, /)", KRT_COLLECTS, KRT_NO_SIGNATURE)
KRT_METHOD(itertools_permutations, "__reduce__(self, /)", KRT_COLLECTS, KRT_NO_SIGNATURE)
KRT_METHOD(itertools_combinations, "__reduce__(self, /)", KRT_COLLECTS, KRT_NO_SIGNATURE)
KRT_METHOD(itertools_combinations_with_replacement, "__reduce__(self, /)", KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_itertools_combinatoric_reduce(Value self);
/// Set state information for unpickling.
KRT_METHOD(itertools_product, "__setstate__(self, state, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
KRT_METHOD(itertools_permutations, "__setstate__(self, state, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
KRT_METHOD(itertools_combinations, "__setstate__(self, state, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
KRT_METHOD(itertools_combinations_with_replacement, "__setstate__(self, state, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_itertools_combinatoric_setstate_py(Value self, Value state);
/// Return the size of the object in bytes.
KRT_METHOD(itertools_product, "__sizeof__(self, /)", KRT_NO_SIGNATURE)
KRT_METHOD(itertools_permutations, "__sizeof__(self, /)", KRT_NO_SIGNATURE)
KRT_METHOD(itertools_combinations, "__sizeof__(self, /)", KRT_NO_SIGNATURE)
KRT_METHOD(itertools_combinations_with_replacement, "__sizeof__(self, /)", KRT_NO_SIGNATURE)
int64_t krt_itertools_combinatoric_sizeof(Value self);
}

} // namespace krait

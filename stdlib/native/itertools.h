// itertools.h - the module itertools: the iterators over other iterators. Also itertools_combinatoric.h and itertools_tee.h.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(itertools, "Building blocks for iterators: infinite ones, ones that end with their shortest input, and combinatoric ones.");

KRT_CLASS(itertools_count, "Evenly spaced numbers without end: start, start + step, ...");
KRT_CLASS(itertools_cycle, "The items of the iterable, again and again.");
KRT_CLASS(itertools_repeat, "The same object, without end or so many times.");
KRT_CLASS(itertools_accumulate, "Sums of the items so far, or what a function of two arguments makes of them.");
KRT_CLASS(itertools_chain, "The items of the first iterable, then those of the next, and so on.");
KRT_CLASS(itertools_compress, "The items of data for which the selector at the same place is true.");
KRT_CLASS(itertools_dropwhile, "The items from the first one on for which the predicate is false.");
KRT_CLASS(itertools_takewhile, "The items before the first one for which the predicate is false.");
KRT_CLASS(itertools_filterfalse, "The items for which the function is false (which are false, with None).");
KRT_CLASS(itertools_starmap, "The results of the function with the arguments that each item holds.");
KRT_CLASS(itertools_islice, "The items at the places that range(start, stop, step) gives.");
KRT_CLASS(itertools_zip_longest, "Tuples of the next items of all iterables; those that are exhausted give the fill value.");
KRT_CLASS(itertools_pairwise, "The overlapping pairs of items that follow each other.");

extern "C" {
KRT_MODULE_INIT(itertools)
bool krt_itertools_init(Module *module);

extern Class krt_itertools_count_class, krt_itertools_cycle_class, krt_itertools_repeat_class, krt_itertools_accumulate_class, krt_itertools_chain_class, krt_itertools_compress_class, krt_itertools_dropwhile_class, krt_itertools_takewhile_class, krt_itertools_filterfalse_class, krt_itertools_starmap_class, krt_itertools_islice_class, krt_itertools_zip_longest_class, krt_itertools_pairwise_class;

KRT_NEW(itertools_count, "count(start=0, step=1)", KRT_RUNS_PY)
Value krt_itertools_count_create_py(Class *cls, Value start, Value step);
KRT_NEW(itertools_cycle, "cycle(iterable, /)", KRT_RUNS_PY)
Value krt_itertools_cycle_create_py(Class *cls, Value iterable);
KRT_NEW(itertools_repeat, "repeat(object, times=<null>)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_itertools_repeat_create_py(Class *cls, Value object, Value times);
KRT_NEW(itertools_accumulate, "accumulate(iterable, func=None, *, initial=None)", KRT_RUNS_PY)
Value krt_itertools_accumulate_create_py(Class *cls, Value iterable, Value func, Value initial);
KRT_NEW(itertools_chain, "chain(*iterables)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_itertools_chain_create_py(Class *cls, ArgSpan iterables);
KRT_NEW(itertools_compress, "compress(data, selectors)", KRT_RUNS_PY)
Value krt_itertools_compress_create_py(Class *cls, Value data, Value selectors);
KRT_NEW(itertools_dropwhile, "dropwhile(predicate, iterable, /)", KRT_RUNS_PY)
Value krt_itertools_dropwhile_create_py(Class *cls, Value predicate, Value iterable);
KRT_NEW(itertools_takewhile, "takewhile(predicate, iterable, /)", KRT_RUNS_PY)
Value krt_itertools_takewhile_create_py(Class *cls, Value predicate, Value iterable);
KRT_NEW(itertools_filterfalse, "filterfalse(function, iterable, /)", KRT_RUNS_PY)
Value krt_itertools_filterfalse_create_py(Class *cls, Value function, Value iterable);
KRT_NEW(itertools_starmap, "starmap(function, iterable, /)", KRT_RUNS_PY)
Value krt_itertools_starmap_create_py(Class *cls, Value function, Value iterable);
KRT_NEW(itertools_islice, "islice(*args)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_itertools_islice_create_py(Class *cls, ArgSpan args);
KRT_NEW(itertools_zip_longest, "zip_longest(*iterables, **keywords)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_itertools_zip_longest_create_py(Class *cls, ArgSpan iterables, Dict *keywords);
KRT_NEW(itertools_pairwise, "pairwise(iterable, /)", KRT_RUNS_PY)
Value krt_itertools_pairwise_create_py(Class *cls, Value iterable);

/// The items of the iterables that an iterable gives, one after the other.
KRT_CLASSMETHOD(itertools_chain, "from_iterable(cls, iterable, /)", KRT_RUNS_PY)
Value krt_itertools_chain_fromIterable_py(Class *cls, Value iterable);
/// See PEP 585.
KRT_CLASSMETHOD(itertools_chain, "__class_getitem__(cls, item, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_itertools_chain_classGetitem_py(Value cls, Value item);
/// Return the number of repetitions left.
KRT_METHOD(itertools_repeat, "__length_hint__(self, /)", KRT_RAISES, KRT_NO_SIGNATURE)
Value krt_itertools_repeat_lengthHint(Value self);

/// Return state information for pickling.
KRT_METHOD(itertools_count, "__reduce__(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_itertools_count_reduce_py(Value self);
/// Return state information for pickling.
KRT_METHOD(itertools_cycle, "__reduce__(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_itertools_cycle_reduce_py(Value self);
/// Return state information for pickling.
KRT_METHOD(itertools_repeat, "__reduce__(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_itertools_repeat_reduce_py(Value self);
/// Return state information for pickling.
KRT_METHOD(itertools_accumulate, "__reduce__(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_itertools_accumulate_reduce_py(Value self);
/// Return state information for pickling.
KRT_METHOD(itertools_chain, "__reduce__(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_itertools_chain_reduce_py(Value self);
/// Return state information for pickling.
KRT_METHOD(itertools_compress, "__reduce__(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_itertools_compress_reduce_py(Value self);
/// Return state information for pickling.
KRT_METHOD(itertools_dropwhile, "__reduce__(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_itertools_dropwhile_reduce_py(Value self);
/// Return state information for pickling.
KRT_METHOD(itertools_takewhile, "__reduce__(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_itertools_takewhile_reduce_py(Value self);
/// Return state information for pickling.
KRT_METHOD(itertools_filterfalse, "__reduce__(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_itertools_filterfalse_reduce_py(Value self);
/// Return state information for pickling.
KRT_METHOD(itertools_starmap, "__reduce__(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_itertools_starmap_reduce_py(Value self);
/// Return state information for pickling.
KRT_METHOD(itertools_islice, "__reduce__(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_itertools_islice_reduce_py(Value self);
/// Return state information for pickling.
KRT_METHOD(itertools_zip_longest, "__reduce__(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_itertools_zip_longest_reduce_py(Value self);
/// Set state information for unpickling.
KRT_METHOD(itertools_cycle, "__setstate__(self, state, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_itertools_cycle_setstate_py(Value self, Value state);
/// Set state information for unpickling.
KRT_METHOD(itertools_accumulate, "__setstate__(self, state, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_itertools_accumulate_setstate_py(Value self, Value state);
/// Set state information for unpickling.
KRT_METHOD(itertools_chain, "__setstate__(self, state, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_itertools_chain_setstate_py(Value self, Value state);
/// Set state information for unpickling.
KRT_METHOD(itertools_dropwhile, "__setstate__(self, state, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_itertools_dropwhile_setstate_py(Value self, Value state);
/// Set state information for unpickling.
KRT_METHOD(itertools_takewhile, "__setstate__(self, state, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_itertools_takewhile_setstate_py(Value self, Value state);
/// Set state information for unpickling.
KRT_METHOD(itertools_islice, "__setstate__(self, state, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_itertools_islice_setstate_py(Value self, Value state);
/// Set state information for unpickling.
KRT_METHOD(itertools_zip_longest, "__setstate__(self, state, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_itertools_zip_longest_setstate_py(Value self, Value state);
}

} // namespace krait

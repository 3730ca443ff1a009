// tuple_methods.h - the methods of tuple and of its iterator (whose code is the list iterator's).
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

extern "C" {
KRT_CLASS(tuple, "An immutable sequence.\n\nWithout an argument the tuple is empty; otherwise it has the items of the iterable.");
/// Return the number of items equal to value.
KRT_METHOD(tuple, "count(self, value, /)", KRT_RUNS_PY)
int64_t krt_tuple_count_py(Tuple *self, Value value);
/// Return the first position of value; raise ValueError if there is none.
KRT_METHOD(tuple, "index(self, value, start=0, stop=9223372036854775807, /)", KRT_RUNS_PY)
Value krt_tuple_index_py(Tuple *self, Value value, Value start, Value stop);
/// Return the arguments for a new equal object.
KRT_METHOD(tuple, "__getnewargs__(self, /)", KRT_COLLECTS)
Value krt_tuple_getnewargs(Tuple *self);
/// See PEP 585.
KRT_CLASSMETHOD(tuple, "__class_getitem__(cls, item, /)", KRT_RUNS_PY)
Value krt_tuple_classGetitem_py(Value cls, Value item);

/// Return an estimate of the number of items left.
KRT_METHOD(tuple_iter, "__length_hint__(self, /)")
int64_t krt_list_iter_lengthHint(Value self);
/// Return state information for pickling.
KRT_METHOD(tuple_iter, "__reduce__(self, /)", KRT_RUNS_PY)
Value krt_list_iter_reduce_py(Value self);
/// Set state information for unpickling.
KRT_METHOD(tuple_iter, "__setstate__(self, state, /)", KRT_RUNS_PY)
Value krt_list_iter_setstate_py(Value self, Value state);
}

} // namespace krait

// list_methods.h - the methods of list and of its iterators.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

extern "C" {
KRT_CLASS(list, "A mutable sequence.\n\nWithout an argument the list is empty; otherwise it has the items of the iterable.");

/// Append an object to the end of the list.
KRT_METHOD(list, "append(self, object, /)", KRT_RAISES, KRT_COLLECTS)
void krt_list_appendMethod(List *self, Value object);
/// Remove all items.
KRT_METHOD(list, "clear(self, /)")
void krt_list_clear(List *self);
/// Return a shallow copy.
KRT_METHOD(list, "copy(self, /)", KRT_RAISES, KRT_COLLECTS, KRT_RESULT("list"))
List *krt_list_copy(List *self);
/// Return the number of items equal to value.
KRT_METHOD(list, "count(self, value, /)", KRT_RUNS_PY)
int64_t krt_list_count_py(List *self, Value value);
/// Append the items of the iterable.
KRT_METHOD(list, "extend(self, iterable, /)", KRT_RUNS_PY)
void krt_list_extendMethod_py(List *self, Value iterable);
/// Return the first position of value; raise ValueError if there is none.
KRT_METHOD(list, "index(self, value, start=0, stop=9223372036854775807, /)", KRT_RUNS_PY)
Value krt_list_index_py(List *self, Value value, Value start, Value stop);
/// Insert an object before the position.
KRT_METHOD(list, "insert(self, index, object, /)", KRT_RAISES, KRT_COLLECTS)
void krt_list_insertMethod(List *self, int64_t index, Value object);
/// Remove and return the item at the position (the last by default); raise IndexError if there is none.
KRT_METHOD(list, "pop(self, index=-1, /)", KRT_RAISES)
Value krt_list_pop(List *self, int64_t index);
/// Remove the first item equal to value; raise ValueError if there is none.
KRT_METHOD(list, "remove(self, value, /)", KRT_RUNS_PY)
void krt_list_remove_py(List *self, Value value);
/// Reverse the list in place.
KRT_METHOD(list, "reverse(self, /)")
void krt_list_reverse(List *self);
/// Sort in ascending order and in place. The sort is stable. A key function is applied once to each item.
KRT_METHOD(list, "sort(self, /, *, key=None, reverse=False)", KRT_RUNS_PY)
void krt_list_sortMethod_py(List *self, Value key, int32_t reverse);
/// Return an iterator over the items from the last to the first.
KRT_METHOD(list, "__reversed__(self, /)", KRT_COLLECTS)
Value krt_list_reversed(List *self);
/// Return the size of the object in bytes.
KRT_METHOD(list, "__sizeof__(self, /)")
int64_t krt_list_sizeof(List *self);
/// See PEP 585.
KRT_CLASSMETHOD(list, "__class_getitem__(cls, item, /)", KRT_RUNS_PY)
Value krt_list_classGetitem_py(Value cls, Value item);

/// Return an estimate of the number of items left.
KRT_METHOD(list_iter, "__length_hint__(self, /)")
int64_t krt_list_iter_lengthHint(Value self);
/// Return state information for pickling.
KRT_METHOD(list_iter, "__reduce__(self, /)", KRT_RUNS_PY)
Value krt_list_iter_reduce_py(Value self);
/// Set state information for unpickling.
KRT_METHOD(list_iter, "__setstate__(self, state, /)", KRT_RUNS_PY)
Value krt_list_iter_setstate_py(Value self, Value state);

extern Class krt_list_reverse_iter_class;
KRT_METHOD(list_reverse_iter, "__length_hint__(self, /)")
int64_t krt_list_reverse_iter_lengthHint(ListIter *self);
KRT_METHOD(list_reverse_iter, "__reduce__(self, /)", KRT_RUNS_PY)
Value krt_list_reverse_iter_reduce_py(ListIter *self);
KRT_METHOD(list_reverse_iter, "__setstate__(self, state, /)", KRT_RUNS_PY)
Value krt_list_reverse_iter_setstate_py(ListIter *self, Value state);
}

} // namespace krait

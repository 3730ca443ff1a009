// set_methods.h - the methods of set, frozenset and their iterator.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

/// Iterator over a set.
struct SetIter : Object {
  Set *set; // null when exhausted
  uint32_t position;
  uint32_t expectedUsed; // RuntimeError when the size changed
};

extern "C" {
extern Class krt_set_iter_class;

KRT_CLASS(set, "A mutable collection of distinct hashable items.\n\nWithout an argument the set is empty; otherwise it has the items of the iterable.");
KRT_CLASS(frozenset, "An immutable, hashable collection of distinct hashable items.");

/// Add an item; nothing happens if it is there already.
KRT_METHOD(set, "add(self, item, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
void krt_set_addMethod_py(Set *self, Value item);
/// Remove all items.
KRT_METHOD(set, "clear(self, /)", KRT_NO_SIGNATURE)
void krt_set_clearMethod(Set *self);
/// Remove an item if it is there.
KRT_METHOD(set, "discard(self, item, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
void krt_set_discardMethod_py(Set *self, Value item);
/// Remove an item; raise KeyError if it is not there.
KRT_METHOD(set, "remove(self, item, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
void krt_set_remove_py(Set *self, Value item);
/// Remove and return some item; raise KeyError if the set is empty.
KRT_METHOD(set, "pop(self, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_set_pop(Set *self);
/// Add the items of the iterables.
KRT_METHOD(set, "update(self, *others)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
void krt_set_updateMethod_py(Set *self, ArgSpan others);
/// Keep only items that are in all the iterables too.
KRT_METHOD(set, "intersection_update(self, *others)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
void krt_set_intersectionUpdate_py(Set *self, ArgSpan others);
/// Remove the items of the iterables.
KRT_METHOD(set, "difference_update(self, *others)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
void krt_set_differenceUpdate_py(Set *self, ArgSpan others);
/// Keep the items that are in exactly one of the set and the iterable.
KRT_METHOD(set, "symmetric_difference_update(self, other, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
void krt_set_symmetricDifferenceUpdate_py(Set *self, Value other);

/// Return a shallow copy.
KRT_METHOD(set, "copy(self, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
KRT_METHOD(frozenset, "copy(self, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_set_copy(Value self);
/// Return the set of items in this set or any of the iterables.
KRT_METHOD(set, "union(self, *others)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
KRT_METHOD(frozenset, "union(self, *others)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_set_union_py(Value self, ArgSpan others);
/// Return the set of items in this set and all of the iterables.
KRT_METHOD(set, "intersection(self, *others)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
KRT_METHOD(frozenset, "intersection(self, *others)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_set_intersection_py(Value self, ArgSpan others);
/// Return the set of items in this set and none of the iterables.
KRT_METHOD(set, "difference(self, *others)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
KRT_METHOD(frozenset, "difference(self, *others)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_set_difference_py(Value self, ArgSpan others);
/// Return the set of items in exactly one of this set and the iterable.
KRT_METHOD(set, "symmetric_difference(self, other, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
KRT_METHOD(frozenset, "symmetric_difference(self, other, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_set_symmetricDifference_py(Value self, Value other);
/// Tell whether no item is in both.
KRT_METHOD(set, "isdisjoint(self, other, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
KRT_METHOD(frozenset, "isdisjoint(self, other, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_set_isdisjoint_py(Value self, Value other);
/// Tell whether all items of this set are in the other.
KRT_METHOD(set, "issubset(self, other, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
KRT_METHOD(frozenset, "issubset(self, other, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_set_issubset_py(Value self, Value other);
/// Tell whether all items of the other are in this set.
KRT_METHOD(set, "issuperset(self, other, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
KRT_METHOD(frozenset, "issuperset(self, other, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_set_issuperset_py(Value self, Value other);
/// x.__contains__(y) is y in x.
KRT_METHOD(set, "__contains__(self, item, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
KRT_METHOD(frozenset, "__contains__(self, item, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_set_containsMethod_py(Value self, Value item);
/// Return state information for pickling.
KRT_METHOD(set, "__reduce__(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
KRT_METHOD(frozenset, "__reduce__(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_set_reduce_py(Value self);
/// Return the size of the object in bytes.
KRT_METHOD(set, "__sizeof__(self, /)", KRT_NO_SIGNATURE)
KRT_METHOD(frozenset, "__sizeof__(self, /)", KRT_NO_SIGNATURE)
int64_t krt_set_sizeof(Value self);
/// See PEP 585.
KRT_CLASSMETHOD(set, "__class_getitem__(cls, item, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
KRT_CLASSMETHOD(frozenset, "__class_getitem__(cls, item, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_set_classGetitem_py(Value cls, Value item);

/// Return the number of items left.
KRT_METHOD(set_iter, "__length_hint__(self, /)", KRT_NO_SIGNATURE)
int64_t krt_set_iter_lengthHint(Value self);
/// Return state information for pickling.
KRT_METHOD(set_iter, "__reduce__(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_set_iter_reduce_py(Value self);
}

} // namespace krait

// _collections.h - deque, defaultdict and what namedtuple and Counter are made of. Also _collections_ordered.h: OrderedDict.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

/// Ring buffer; the items are at (first + i) mod capacity, which is a power of two.
struct Deque : Object {
  Value *items; // collector-owned; null when capacity is 0
  int64_t first, length, capacity;
  int64_t maxLength;    // -1: none
  uint64_t modifications; // iterators notice changes
};
struct DefaultDict : Dict {
  Value factory; // callable, None or null
};
struct DequeIter : Object {
  Deque *deque;
  int64_t position; // items given so far
  uint64_t modifications;
};

extern "C" {
extern Class krt_deque_class, krt_defaultdict_class, krt_deque_iter_class, krt_deque_reverse_iter_class, krt_tuplegetter_class;

KRT_MODULE(_collections, "High performance data structures.");
KRT_CLASS(tuplegetter, "The attribute of a named tuple that shows one of its items.");
/// Count the items of an iterable in a mapping.
KRT_FUNCTION(_collections, "_count_elements(mapping, iterable, /)", KRT_RUNS_PY)
Value krt__collections_countElements_py(Value mapping, Value iterable);
KRT_NEW(tuplegetter, "_tuplegetter(index, doc, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_tuplegetter_create(Class *cls, int64_t index, Value doc);
KRT_METHOD(tuplegetter, "__reduce__(self, /)", KRT_COLLECTS, KRT_RAISES, KRT_NO_SIGNATURE) Value krt_tuplegetter_reduce(Value self);

KRT_MODULE_INIT(_collections) bool krt__collections_init(Module *module);

KRT_CLASS(deque, "A list-like sequence with fast appends and pops at both ends.");
/// Add an element to the right side.
KRT_METHOD(deque, "append(self, object, /)", KRT_RAISES, KRT_COLLECTS) void krt_deque_append(Deque *self, Value object);
/// Add an element to the left side.
KRT_METHOD(deque, "appendleft(self, object, /)", KRT_RAISES, KRT_COLLECTS) void krt_deque_appendLeft(Deque *self, Value object);
/// Remove and return the rightmost element.
KRT_METHOD(deque, "pop(self, /)", KRT_RAISES) Value krt_deque_pop(Deque *self);
/// Remove and return the leftmost element.
KRT_METHOD(deque, "popleft(self, /)", KRT_RAISES) Value krt_deque_popLeft(Deque *self);
/// Extend the right side with the elements of the iterable.
KRT_METHOD(deque, "extend(self, iterable, /)", KRT_RUNS_PY) void krt_deque_extend_py(Deque *self, Value iterable);
/// Extend the left side with the elements of the iterable, one after the other.
KRT_METHOD(deque, "extendleft(self, iterable, /)", KRT_RUNS_PY) void krt_deque_extendLeft_py(Deque *self, Value iterable);
/// Rotate the deque n steps to the right; to the left if n is negative.
KRT_METHOD(deque, "rotate(self, n=1, /)", KRT_RAISES) void krt_deque_rotate(Deque *self, int64_t n);
/// Remove all elements.
KRT_METHOD(deque, "clear(self, /)") void krt_deque_clear(Deque *self);
/// Return a shallow copy.
KRT_METHOD(deque, "copy(self, /)", KRT_RUNS_PY) KRT_METHOD(deque, "__copy__(self, /)", KRT_RUNS_PY) Value krt_deque_copy_py(Deque *self);
/// Return the number of elements equal to value.
KRT_METHOD(deque, "count(self, value, /)", KRT_RUNS_PY) int64_t krt_deque_count_py(Deque *self, Value value);
/// Return the first position of value; raise ValueError if there is none.
KRT_METHOD(deque, "index(self, value, start=0, stop=9223372036854775807, /)", KRT_RUNS_PY)
Value krt_deque_index_py(Deque *self, Value value, Value start, Value stop);
/// Insert an object before the position.
KRT_METHOD(deque, "insert(self, index, object, /)", KRT_RAISES, KRT_COLLECTS) void krt_deque_insert(Deque *self, int64_t index, Value object);
/// Remove the first element equal to value.
KRT_METHOD(deque, "remove(self, value, /)", KRT_RUNS_PY) void krt_deque_remove_py(Deque *self, Value value);
/// Reverse in place.
KRT_METHOD(deque, "reverse(self, /)") void krt_deque_reverse(Deque *self);
/// Return an iterator from the right to the left.
KRT_METHOD(deque, "__reversed__(self, /)", KRT_COLLECTS) Value krt_deque_reversed(Deque *self);
/// Return state information for pickling.
KRT_METHOD(deque, "__reduce__(self, /)", KRT_RUNS_PY) Value krt_deque_reduce_py(Deque *self);
KRT_CLASSMETHOD(deque, "__class_getitem__(cls, item, /)", KRT_RUNS_PY) Value krt_deque_classGetitem_py(Value cls, Value item);
KRT_GETTER(deque, "maxlen") Value krt_deque_maxlen(Deque *self);
/// Private method returning an estimate of len(list(it)).
KRT_METHOD(deque_iter, "__length_hint__(self, /)", KRT_NO_SIGNATURE) KRT_METHOD(deque_reverse_iter, "__length_hint__(self, /)", KRT_NO_SIGNATURE)
int64_t krt_deque_iter_lengthHint(Value self);

/// Return state information for pickling.
KRT_METHOD(deque_iter, "__reduce__(self, /)", KRT_COLLECTS, KRT_NO_SIGNATURE) KRT_METHOD(deque_reverse_iter, "__reduce__(self, /)", KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_deque_iter_reduce(Value self);

KRT_CLASS(defaultdict, "A dict that calls a factory for the values of missing keys.");
/// The value for a missing key: made by the factory and stored; without a factory a KeyError.
KRT_METHOD(defaultdict, "__missing__(self, key, /)", KRT_RUNS_PY) Value krt_defaultdict_missing_py(Dict *self, Value key);
/// Return a shallow copy.
KRT_METHOD(defaultdict, "copy(self, /)", KRT_RUNS_PY) KRT_METHOD(defaultdict, "__copy__(self, /)", KRT_RUNS_PY)
Value krt_defaultdict_copy_py(Dict *self);
/// Return state information for pickling.
KRT_METHOD(defaultdict, "__reduce__(self, /)", KRT_RUNS_PY) Value krt_defaultdict_reduce_py(Dict *self);
KRT_CLASSMETHOD(defaultdict, "__class_getitem__(cls, item, /)", KRT_RUNS_PY) Value krt_defaultdict_classGetitem_py(Value cls, Value item);
KRT_GETTER(defaultdict, "default_factory") Value krt_defaultdict_factory(Dict *self);
KRT_SETTER(defaultdict, "default_factory") bool krt_defaultdict_setFactory(Dict *self, Value value);
}

} // namespace krait

// _collections_ordered.h - OrderedDict: a dict whose order is part of its value and can be changed.
//
// The order is that of the dict's own entries, so every operation of dict keeps it, also those called past an overriding method.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

struct OrderedDict : Dict {
  DictEntry *hintEntries; // [hint] is good as long as this is `entries`
  uint32_t hint;          // no live entry lies before this position
  Value extra;            // instance attributes
};
struct OrderedDictIter : Object {
  Dict *dict; // null when exhausted
  uint64_t version;
  uint32_t position; // of the next item
  bool backwards;
  DictIterKind kind;
};

KRT_CLASS(ordered_dict, "A dict that remembers the order in which its items were inserted, and can change it.");

extern "C" {
extern Class krt_ordered_dict_class, krt_ordered_dict_iter_class, krt_ordered_dict_keys_class, krt_ordered_dict_values_class, krt_ordered_dict_items_class;
void krt_ordered_dict_start();

/// Make an ordered dictionary with the items of the iterable as keys, all with the same value.
KRT_CLASSMETHOD(ordered_dict, "fromkeys(cls, /, iterable, value=None)", KRT_RUNS_PY) Value krt_ordered_dict_fromkeys_py(Class *cls, Value iterable, Value value);
/// Return the value for key; if there is none, insert default and return it.
KRT_METHOD(ordered_dict, "setdefault(self, /, key, default=None)", KRT_RUNS_PY) Value krt_ordered_dict_setdefault_py(Value self, Value key, Value fallback);
/// Remove key and return its value; if there is none, return default or raise KeyError.
KRT_METHOD(ordered_dict, "pop(self, /, key, default=<null>)", KRT_RUNS_PY) Value krt_ordered_dict_pop_py(Value self, Value key, Value fallback);
/// Remove and return a (key, value) pair: the last one, or the first if last is false.
KRT_METHOD(ordered_dict, "popitem(self, /, last=True)", KRT_RUNS_PY) Value krt_ordered_dict_popitem_py(Value self, bool last);
/// Move an existing element to the end, or to the beginning if last is false. Raise KeyError if it is not there.
KRT_METHOD(ordered_dict, "move_to_end(self, /, key, last=True)", KRT_RUNS_PY) Value krt_ordered_dict_moveToEnd_py(Value self, Value key, bool last);
/// Insert the items of a mapping or an iterable of pairs, then those of the keyword arguments.
KRT_METHOD(ordered_dict, "update(self, /, *args, **kwargs)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_ordered_dict_update_py(Value self, ArgSpan args, Dict *kwargs);
/// Return a view of the keys.
KRT_METHOD(ordered_dict, "keys(self, /)", KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_ordered_dict_keys(Value self);
/// Return a view of the values.
KRT_METHOD(ordered_dict, "values(self, /)", KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_ordered_dict_values(Value self);
/// Return a view of the (key, value) pairs.
KRT_METHOD(ordered_dict, "items(self, /)", KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_ordered_dict_items(Value self);
/// Remove all items.
KRT_METHOD(ordered_dict, "clear(self, /)", KRT_NO_SIGNATURE) Value krt_ordered_dict_clear(Value self);
/// Return a shallow copy.
KRT_METHOD(ordered_dict, "copy(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_ordered_dict_copy_py(Value self);
/// Return state information for pickling
KRT_METHOD(ordered_dict, "__reduce__(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_ordered_dict_reduce_py(Value self);
/// Return an iterator over the keys, last first.
KRT_METHOD(ordered_dict, "__reversed__(self, /)", KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_ordered_dict_reversed(Value self);

/// Return state information for pickling
KRT_METHOD(ordered_dict_iter, "__reduce__(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_ordered_dict_iter_reduce_py(Value self);
KRT_METHOD(ordered_dict_keys, "__reversed__(self, /)", KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_ordered_dict_keys_reversed(Value self);
KRT_METHOD(ordered_dict_values, "__reversed__(self, /)", KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_ordered_dict_values_reversed(Value self);
KRT_METHOD(ordered_dict_items, "__reversed__(self, /)", KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_ordered_dict_items_reversed(Value self);
}

} // namespace krait

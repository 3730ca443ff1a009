// dict_methods.h - the methods of dict, its views and its iterators.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

extern "C" {
extern Class krt_dict_keys_class, krt_dict_values_class, krt_dict_items_class;
extern Class krt_dict_reverse_iter_class, krt_dict_reverse_value_iter_class, krt_dict_reverse_item_iter_class;

KRT_CLASS(dict, "A mutable mapping from hashable keys to values, in order of insertion.\n\n"
                "dict() is empty; dict(mapping) has its items; dict(iterable) has the pairs that the iterable gives; "
                "keyword arguments add items.");

/// Return the value for key, or default if there is none.
KRT_METHOD(dict, "get(self, key, default=None, /)", KRT_RUNS_PY)
Value krt_dict_getMethod_py(Dict *self, Value key, Value fallback);
/// Return the value for key; if there is none, insert default and return it.
KRT_METHOD(dict, "setdefault(self, key, default=None, /)", KRT_RUNS_PY)
Value krt_dict_setdefault_py(Dict *self, Value key, Value fallback);
/// Remove key and return its value; if there is none, return default or raise KeyError.
KRT_METHOD(dict, "pop(self, key, default=<null>, /)", KRT_RUNS_PY)
Value krt_dict_popMethod_py(Dict *self, Value key, Value fallback);
/// Remove and return the last (key, value) pair; raise KeyError if the dict is empty.
KRT_METHOD(dict, "popitem(self, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_dict_popitem(Dict *self);
/// Return a view of the keys.
KRT_METHOD(dict, "keys(self, /)", KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_dict_keys(Dict *self);
/// Return a view of the values.
KRT_METHOD(dict, "values(self, /)", KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_dict_values(Dict *self);
/// Return a view of the (key, value) pairs.
KRT_METHOD(dict, "items(self, /)", KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_dict_items(Dict *self);
/// Insert the items of a mapping or an iterable of pairs, then those of the keyword arguments.
KRT_METHOD(dict, "update(self, /, *args, **kwargs)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_dict_updateMethod_py(Dict *self, ArgSpan args, Dict *kwargs);
/// Remove all items.
KRT_METHOD(dict, "clear(self, /)", KRT_NO_SIGNATURE)
void krt_dict_clearMethod(Dict *self);
/// Return a shallow copy.
KRT_METHOD(dict, "copy(self, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_dict_copyMethod(Dict *self);
/// Make a dict with the items of the iterable as keys, all with the same value.
KRT_CLASSMETHOD(dict, "fromkeys(cls, iterable, value=None, /)", KRT_RUNS_PY)
Value krt_dict_fromkeys_py(Class *cls, Value iterable, Value value);
/// Return an iterator over the keys, last first.
KRT_METHOD(dict, "__reversed__(self, /)", KRT_COLLECTS)
Value krt_dict_reversed(Dict *self);
/// Tell whether there is a value for key.
KRT_METHOD(dict, "__contains__(self, key, /)", KRT_RUNS_PY)
Value krt_dict_containsMethod_py(Dict *self, Value key);
/// x.__getitem__(y) is x[y].
KRT_METHOD(dict, "__getitem__(self, key, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_dict_getitemMethod_py(Value self, Value key);
/// Return the size of the object in bytes.
KRT_METHOD(dict, "__sizeof__(self, /)", KRT_NO_SIGNATURE)
int64_t krt_dict_sizeof(Dict *self);
/// See PEP 585.
KRT_CLASSMETHOD(dict, "__class_getitem__(cls, item, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_dict_classGetitem_py(Value cls, Value item);

/// Tell whether no item is in both.
KRT_METHOD(dict_keys, "isdisjoint(self, other, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
KRT_METHOD(dict_items, "isdisjoint(self, other, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_dict_keys_isdisjoint_py(Value self, Value other);
/// Return an iterator over the view, last first.
KRT_METHOD(dict_keys, "__reversed__(self, /)", KRT_COLLECTS, KRT_NO_SIGNATURE)
KRT_METHOD(dict_values, "__reversed__(self, /)", KRT_COLLECTS, KRT_NO_SIGNATURE)
KRT_METHOD(dict_items, "__reversed__(self, /)", KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_dict_keys_reversed(Value self);
/// A read-only proxy of the dict that the view shows.
KRT_GETTER(dict_keys, "mapping", KRT_COLLECTS)
KRT_GETTER(dict_values, "mapping", KRT_COLLECTS)
KRT_GETTER(dict_items, "mapping", KRT_COLLECTS)
Value krt_dict_keys_mapping(Value self);

/// Return the number of items left.
KRT_METHOD(dict_iter, "__length_hint__(self, /)", KRT_NO_SIGNATURE)
KRT_METHOD(dict_value_iter, "__length_hint__(self, /)", KRT_NO_SIGNATURE)
KRT_METHOD(dict_item_iter, "__length_hint__(self, /)", KRT_NO_SIGNATURE)
KRT_METHOD(dict_reverse_iter, "__length_hint__(self, /)", KRT_NO_SIGNATURE)
KRT_METHOD(dict_reverse_value_iter, "__length_hint__(self, /)", KRT_NO_SIGNATURE)
KRT_METHOD(dict_reverse_item_iter, "__length_hint__(self, /)", KRT_NO_SIGNATURE)
int64_t krt_dict_iter_lengthHint(Value self);
/// Return state information for pickling.
KRT_METHOD(dict_iter, "__reduce__(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
KRT_METHOD(dict_value_iter, "__reduce__(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
KRT_METHOD(dict_item_iter, "__reduce__(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
KRT_METHOD(dict_reverse_iter, "__reduce__(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
KRT_METHOD(dict_reverse_value_iter, "__reduce__(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
KRT_METHOD(dict_reverse_item_iter, "__reduce__(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_dict_iter_reduce_py(Value self);
}

} // namespace krait

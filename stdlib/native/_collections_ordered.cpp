// _collections_ordered.cpp - see _collections_ordered.h.
#include "stdlib/native/_collections_ordered.h"

#include "runtime/abi/native.h"
#include "runtime/object/dict_methods.h"
#include "runtime/object/iteration.h"
#include "runtime/object/sequence.h"
#include "stdlib/native/class_module.h"

#include <cstddef>

#include "stdlib/native/_collections_ordered.bind.inc"

namespace krait {

namespace {

bool exact(Value v) { return isExact(v, krt_ordered_dict_class); }

/// Position of the first live entry at or after [from], or of the last one before it; `fill` / -1 if there is none.
uint32_t forwards(const Dict *dict, uint32_t from) {
  while (from < dict->fill && !dict->entries[from].key)
    ++from;
  return from;
}
uint32_t backwards(const Dict *dict, uint32_t before) {
  while (before > 0 && !dict->entries[before - 1].key)
    --before;
  return before - 1;
}

/// The first live entry, found from where the last search ended: a queue that is emptied from the front stays linear.
uint32_t firstEntry(OrderedDict *self) {
  if (self->hintEntries != self->entries || self->hint > self->fill)
    self->hint = 0;
  self->hintEntries = self->entries;
  return self->hint = forwards(self, self->hint);
}

Value newIterator(Dict *dict, DictIterKind kind, bool reverse) {
  auto *iterator = gcNew<OrderedDictIter>(krt_ordered_dict_iter_class);
  iterator->position = reverse ? backwards(dict, dict->fill) : forwards(dict, 0);
  iterator->dict = dict->used ? dict : nullptr;
  iterator->version = dict->version;
  iterator->backwards = reverse;
  iterator->kind = kind;
  return iterator;
}

Value iterNext(Value self) {
  auto *iterator = self.as<OrderedDictIter>();
  Dict *dict = iterator->dict;
  if (!dict)
    return {};
  if (dict->version != iterator->version) {
    iterator->dict = nullptr;
    return krt_raise(kRuntimeError, "OrderedDict mutated during iteration");
  }
  DictEntry entry = dict->entries[iterator->position];
  // The place of the next item is known already when this one is given, as a program can tell by adding to the last one.
  uint32_t next = iterator->backwards ? backwards(dict, iterator->position) : forwards(dict, iterator->position + 1);
  if (next >= dict->fill)
    iterator->dict = nullptr;
  iterator->position = next;
  if (iterator->kind == DictIterKind::Keys)
    return entry.key;
  if (iterator->kind == DictIterKind::Values) {
    // A subclass may have its own way to its values.
    return exact(dict) ? entry.value : krt_getitem_py(dict, entry.key);
  }
  Value pair[2] = {entry.key, exact(dict) ? entry.value : TRY(krt_getitem_py(dict, entry.key))};
  return krt_tuple_from(pair, 2);
}

Value iter(Value self) { return newIterator(self.as<Dict>(), DictIterKind::Keys, false); }

// ---- Updates, as MutableMapping words them ----

int addPairs_py(Value self, Value pairs) {
  Value iterator = TRY_OR_MINUS(krt_iter_py(pairs));
  while (Value pair = krt_next_py(iterator)) {
    Value items = TRY_OR_MINUS(krt_iter_py(pair));
    Value key = krt_next_py(items);
    if (!key)
      return errorPending() ? -1 : raiseInt(kValueError, "need more than 0 values to unpack");
    Value value = krt_next_py(items);
    if (!value)
      return errorPending() ? -1 : raiseInt(kValueError, "need more than 1 value to unpack");
    if (krt_next_py(items))
      return raiseInt(kValueError, "too many values to unpack (expected 2)");
    if (errorPending() || krt_setitem_py(self, key, value) < 0)
      return -1;
  }
  return errorPending() ? -1 : 0;
}

int addAll_py(Value self, Value other) {
  if (isExact(other, krt_dict_class))
    return exact(self) ? krt_dict_update_py(self.as<Dict>(), other, true) : addPairs_py(self, krt_dict_items(other.as<Dict>()));
  Value keys = krt_getattr_optional_py(other, KSTR(keys));
  if (errorPending())
    return -1;
  if (keys) {
    Value iterator = TRY_OR_MINUS(krt_iter_py(TRY_OR_MINUS(krt_call0_py(keys))));
    while (Value key = krt_next_py(iterator)) {
      Value value = TRY_OR_MINUS(krt_getitem_py(other, key));
      if (krt_setitem_py(self, key, value) < 0)
        return -1;
    }
    return errorPending() ? -1 : 0;
  }
  Value items = krt_getattr_optional_py(other, KSTR(items));
  if (errorPending())
    return -1;
  return addPairs_py(self, items ? TRY_OR_MINUS(krt_call0_py(items)) : other);
}

int init(Value self, const Value *args, size_t nargs, Tuple *kwnames) {
  if (nargs > 1)
    return raiseInt(kTypeError, "expected at most 1 arguments, got %zu", nargs);
  if (nargs && addAll_py(self, args[0]) < 0)
    return -1;
  for (int64_t i = 0; kwnames && i < kwnames->length; ++i)
    if (krt_setitem_py(self, kwnames->items[i], args[nargs + static_cast<size_t>(i)]) < 0)
      return -1;
  return 0;
}

Value merge(Value a, Value b) {
  if (!hasClassFlag(a, kClassDictSub) || !hasClassFlag(b, kClassDictSub))
    return kNotImplemented;
  Value like = krt_instance(a, &krt_ordered_dict_class) ? a : b;
  Value result = TRY(krt_call1_py(classOf(like), a));
  return addAll_py(result, b) < 0 ? Value() : result;
}
Value mergeInPlace(Value a, Value b) { return addAll_py(a, b) < 0 ? Value() : a; }

Value compare(Value a, Value b, CompareOp op) {
  if ((op != CompareOp::Eq && op != CompareOp::Ne) || !hasClassFlag(b, kClassDictSub))
    return kNotImplemented;
  Value same = TRY(krt_dict_class.slots.richcompare(a, b, CompareOp::Eq));
  if (same == kTrue && krt_instance(b, &krt_ordered_dict_class)) {
    Value left = newIterator(a.as<Dict>(), DictIterKind::Keys, false), right = newIterator(b.as<Dict>(), DictIterKind::Keys, false);
    for (;;) {
      Value x = iterNext(left), y = x || !errorPending() ? iterNext(right) : Value();
      if (errorPending())
        return {};
      if (!x || !y)
        break;
      if (!TRY_INT(equalItems(x, y))) {
        same = kFalse;
        break;
      }
    }
  }
  return same == kNotImplemented ? same : boolean((same == kTrue) == (op == CompareOp::Eq));
}

Value repr(Value self) {
  if (!self.as<Dict>()->used)
    return krt_str_format("%S()", Value(classOf(self)->name));
  if (reprEnter(self))
    return strFrom("...");
  Value items = exact(self) ? krt_ordered_dict_items(self) : krt_call_method_py(self, KSTR(items), nullptr, 0);
  List *list = items ? krt_list_from_py(items) : nullptr;
  Value text = list ? Value(krt_str_format("%S(%R)", Value(classOf(self)->name), Value(list))) : Value();
  reprLeave(self);
  return text;
}

Value newView(const Class &cls, Value dict) {
  auto *view = gcNew<DictView>(cls);
  view->dict = dict.as<Dict>();
  return view;
}
template <DictIterKind kind> Value viewIter(Value self) { return newIterator(self.as<DictView>()->dict, kind, false); }

Value make(Class *cls, const Value *args, size_t nargs, Tuple *kwnames) { return krt_dict_class.slots.make(cls, args, nargs, kwnames); }

/// Takes [key] out; [fallback] (null: KeyError) if it is not there.
Value popKey_py(Value self, Value key, Value fallback) {
  Value value = krt_dict_pop_py(self.as<Dict>(), key);
  if (value || errorPending())
    return value;
  return fallback ? fallback : krt_raise_key_error(key);
}

} // namespace

extern "C" {

Value krt_ordered_dict_fromkeys_py(Class *cls, Value iterable, Value value) {
  Value result = TRY(krt_call0_py(cls));
  Value iterator = TRY(krt_iter_py(iterable));
  while (Value key = krt_next_py(iterator))
    TRY_INT(krt_setitem_py(result, key, value));
  return errorPending() ? Value() : result;
}

Value krt_ordered_dict_setdefault_py(Value self, Value key, Value fallback) {
  if (exact(self))
    return krt_dict_setdefault_py(self.as<Dict>(), key, fallback);
  if (TRY_INT(krt_contains_py(self, key)))
    return krt_getitem_py(self, key);
  TRY_INT(krt_setitem_py(self, key, fallback));
  return fallback;
}

Value krt_ordered_dict_pop_py(Value self, Value key, Value fallback) { return popKey_py(self, key, fallback); }

Value krt_ordered_dict_popitem_py(Value self, bool last) {
  auto *dict = self.as<OrderedDict>();
  if (!dict->used)
    return krt_raise(kKeyError, "dictionary is empty");
  Value pair[2];
  if (exact(self) && last) {
    krt_dict_pop_last(dict, &pair[0], &pair[1]);
    if (dict->hint > dict->fill)
      dict->hint = 0;
  } else {
    pair[0] = dict->entries[last ? backwards(dict, dict->fill) : firstEntry(dict)].key;
    pair[1] = TRY(popKey_py(self, pair[0], Value()));
  }
  return krt_tuple_from(pair, 2);
}

Value krt_ordered_dict_moveToEnd_py(Value self, Value key, bool last) {
  auto *dict = self.as<OrderedDict>();
  int64_t position = krt_dict_find_py(dict, key);
  if (position < 0)
    return position == -1 ? krt_raise_key_error(key) : Value();
  if (!last && position == firstEntry(dict))
    return kNone;
  if (!krt_dict_move(dict, position, last))
    return {};
  if (!last)
    dict->hintEntries = nullptr;
  return kNone;
}

Value krt_ordered_dict_update_py(Value self, ArgSpan args, Dict *kwargs) {
  if (args.size > 1)
    return krt_raise(kTypeError, "update() takes at most 1 positional argument (%zu given)", args.size);
  if (args.size)
    TRY_INT(addAll_py(self, args.data[0]));
  if (kwargs)
    TRY_INT(addAll_py(self, kwargs));
  return kNone;
}

Value krt_ordered_dict_keys(Value self) { return newView(krt_ordered_dict_keys_class, self); }
Value krt_ordered_dict_values(Value self) { return newView(krt_ordered_dict_values_class, self); }
Value krt_ordered_dict_items(Value self) { return newView(krt_ordered_dict_items_class, self); }
Value krt_ordered_dict_clear(Value self) {
  krt_dict_clear(self.as<Dict>());
  return kNone;
}

Value krt_ordered_dict_copy_py(Value self) {
  if (exact(self)) {
    Value copy = make(&krt_ordered_dict_class, nullptr, 0, nullptr);
    return krt_dict_update_py(copy.as<Dict>(), self, true) < 0 || addAll_py(copy, self) < 0 ? Value() : copy;
  }
  Value copy = TRY(krt_call0_py(classOf(self)));
  Value iterator = newIterator(self.as<Dict>(), DictIterKind::Keys, false);
  while (Value key = iterNext(iterator)) {
    Value value = TRY(krt_getitem_py(self, key));
    TRY_INT(krt_setitem_py(copy, key, value));
  }
  return errorPending() ? Value() : copy;
}

Value krt_ordered_dict_reduce_py(Value self) {
  Value state = TRY(krt_call_method_py(self, KSTR(__getstate__), nullptr, 0));
  if (isExact(state, krt_dict_class) && !state.as<Dict>()->used)
    state = kNone;
  Value items = TRY(krt_call_method_py(self, KSTR(items), nullptr, 0));
  Value parts[5] = {classOf(self), krt_tuple_empty, state, kNone, TRY(krt_iter_py(items))};
  return krt_tuple_from(parts, 5);
}

Value krt_ordered_dict_reversed(Value self) { return newIterator(self.as<Dict>(), DictIterKind::Keys, true); }
Value krt_ordered_dict_keys_reversed(Value self) { return newIterator(self.as<DictView>()->dict, DictIterKind::Keys, true); }
Value krt_ordered_dict_values_reversed(Value self) { return newIterator(self.as<DictView>()->dict, DictIterKind::Values, true); }
Value krt_ordered_dict_items_reversed(Value self) { return newIterator(self.as<DictView>()->dict, DictIterKind::Items, true); }

Value krt_ordered_dict_iter_reduce_py(Value self) {
  auto *copy = static_cast<OrderedDictIter *>(gcAllocate(sizeof(OrderedDictIter)));
  *copy = *self.as<OrderedDictIter>();
  return reduceBuiltin("iter", TRY(krt_list_from_py(copy)));
}

Class krt_ordered_dict_iter_class = {
    .nativeName = "odict_iterator",
    .basicSize = sizeof(OrderedDictIter),
    .slots = {.iter = iteratorSelf, .next = iterNext},
    .methods = krt_ordered_dict_iter_defs,
};
Class krt_ordered_dict_keys_class = {
    .nativeName = "odict_keys",
    .base = &krt_dict_keys_class,
    .basicSize = sizeof(DictView),
    .slots = {.iter = viewIter<DictIterKind::Keys>},
    .methods = krt_ordered_dict_keys_defs,
};
Class krt_ordered_dict_values_class = {
    .nativeName = "odict_values",
    .base = &krt_dict_values_class,
    .basicSize = sizeof(DictView),
    .slots = {.iter = viewIter<DictIterKind::Values>},
    .methods = krt_ordered_dict_values_defs,
};
Class krt_ordered_dict_items_class = {
    .nativeName = "odict_items",
    .base = &krt_dict_items_class,
    .basicSize = sizeof(DictView),
    .slots = {.iter = viewIter<DictIterKind::Items>},
    .methods = krt_ordered_dict_items_defs,
};
Class krt_ordered_dict_class = {
    .flags = kClassBase | kClassWeakref,
    .nativeName = "collections.OrderedDict",
    .base = &krt_dict_class,
    .basicSize = sizeof(OrderedDict),
    .extraOffset = offsetof(OrderedDict, extra),
    .slots = {.repr = repr, .richcompare = compare, .iter = iter,
              .binary = {[static_cast<int>(BinaryOp::Or)] = merge}, .inplace = {[static_cast<int>(BinaryOp::Or)] = mergeInPlace},
              .init = init, .make = make},
    .methods = krt_ordered_dict_defs,
    .doc = krt_ordered_dict_doc,
};

} // extern "C"

void krt_ordered_dict_start() {
  for (Class *cls : {&krt_ordered_dict_iter_class, &krt_ordered_dict_keys_class, &krt_ordered_dict_values_class, &krt_ordered_dict_items_class})
    krt_class_ready(cls);
}

} // namespace krait

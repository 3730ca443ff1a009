// dict_methods.cpp - class dict: operators, methods, views and iterators. The hash table is in dict.cpp.
#include "runtime/object/dict_methods.h"

#include "runtime/abi/native.h"
#include "runtime/object/args.h"
#include "runtime/object/containers.h"
#include "runtime/object/mapping_proxy.h"
#include "runtime/object/sequence.h"
#include "runtime/object/set_methods.h"
#include "runtime/object/slots.h"
#include "runtime/object/typed_calls.h"
#include "runtime/object/union.h"

#include "runtime/object/dict_methods.bind.inc"

namespace krait {

namespace {

// ---- Slots of class dict ----

Value getItem(Value self, Value key) {
  Value value = krt_dict_get_py(self.as<Dict>(), key);
  if (value || errorPending())
    return value;
  if (!isExact(self, krt_dict_class)) {
    Value receiver, missing = krt_special_lookup_py(self, KSTR(__missing__), &receiver);
    if (missing)
      return krt_call_with_self_py(missing, receiver, &key, 1, nullptr);
    if (errorPending())
      return {};
  }
  return krt_raise_key_error(key);
}

int setItem(Value self, Value key, Value value) {
  if (value)
    return krt_dict_set_py(self.as<Dict>(), key, value);
  int removed = krt_dict_delete_py(self.as<Dict>(), key);
  if (removed == 0)
    krt_raise_key_error(key);
  return removed == 1 ? 0 : -1;
}

int contains(Value self, Value key) {
  if (krt_dict_get_py(self.as<Dict>(), key))
    return 1;
  return errorPending() ? -1 : 0;
}

Value repr(Value self) {
  Dict *dict = self.as<Dict>();
  if (!dict->used)
    return krt_str_format("{}");
  if (reprEnter(self))
    return krt_str_format("{...}");
  StrBuilder text;
  text.append(uint32_t{'{'});
  uint32_t position = 0;
  bool ok = !recursionCheck(" while getting the repr of an object"), first = true;
  while (ok) {
    DictEntry *entry = krt_dict_next(dict, &position);
    if (!entry)
      break;
    if (!first)
      text.append(std::string_view(", "));
    first = false;
    Value value = entry->value;
    Str *keyText = krt_repr_py(entry->key);
    Str *valueText = keyText ? krt_repr_py(value) : nullptr;
    ok = valueText != nullptr;
    if (ok) {
      text.append(keyText);
      text.append(std::string_view(": "));
      text.append(valueText);
    }
  }
  reprLeave(self);
  if (!ok)
    return {};
  text.append(uint32_t{'}'});
  return text.finish();
}

/// 1 equal, 0 not, -1 error.
int equalDicts(Dict *a, Dict *b) {
  if (a->used != b->used)
    return 0;
  uint32_t position = 0;
  while (DictEntry *entry = krt_dict_next(a, &position)) {
    Value value = entry->value;
    Value other = krt_dict_get_hashed_py(b, entry->key, entry->hash);
    if (!other)
      return errorPending() ? -1 : 0;
    int equal = equalQuick(value, other);
    if (equal < 0)
      equal = krt_equal_py(value, other);
    if (equal <= 0)
      return equal;
  }
  return 1;
}

Value compare(Value a, Value b, CompareOp op) {
  if (!hasClassFlag(a, kClassDictSub) || !hasClassFlag(b, kClassDictSub) ||
      (op != CompareOp::Eq && op != CompareOp::Ne))
    return kNotImplemented;
  int equal = TRY_INT(equalDicts(a.as<Dict>(), b.as<Dict>()));
  return boolean(equal == (op == CompareOp::Eq));
}

Value merge(Value a, Value b) {
  if (!hasClassFlag(a, kClassDictSub) || !hasClassFlag(b, kClassDictSub))
    return kNotImplemented;
  Dict *result = TRY(krt_dict_copy(a.as<Dict>()));
  if (krt_dict_update_py(result, b, true) < 0)
    return {};
  return result;
}

Value mergeInPlace(Value a, Value b) {
  if (krt_dict_update_py(a.as<Dict>(), b, true) < 0)
    return {};
  return a;
}

Value iter(Value self) { return krt_dict_iter_new(self.as<Dict>(), DictIterKind::Keys); }

Value make(Class *cls, const Value *, size_t, Tuple *) {
  auto *dict = reinterpret_cast<Dict *>(krt_instance_new(cls, 0));
  dict->keyKinds = kDictOnlyInterned | kDictOnlyStr;
  return dict;
}

int init(Value self, const Value *args, size_t nargs, Tuple *kwnames) {
  if (nargs > 1)
    return raiseInt(kTypeError, "dict expected at most 1 argument, got %zu", nargs);
  if (nargs && krt_dict_update_py(self.as<Dict>(), args[0], true) < 0)
    return -1;
  for (int64_t i = 0; kwnames && i < kwnames->length; ++i)
    if (krt_dict_set_py(self.as<Dict>(), kwnames->items[i], args[nargs + i]) < 0)
      return -1;
  return 0;
}

// ---- Iterators ----

/// The entry as the kind of iterator shows it.
template <DictIterKind kind> Value shown(const DictEntry *entry) {
  if constexpr (kind == DictIterKind::Keys)
    return entry->key;
  if constexpr (kind == DictIterKind::Values)
    return entry->value;
  Tuple *pair = gcNew<Tuple>(krt_tuple_class, 2 * sizeof(Value));
  pair->length = 2;
  pair->items[0] = entry->key;
  pair->items[1] = entry->value;
  return pair;
}

Value sizeChanged(DictIter *iterator) {
  iterator->expectedUsed = UINT32_MAX; // the error is sticky
  return krt_raise(kRuntimeError, "dictionary changed size during iteration");
}

Value keysChanged(DictIter *iterator) {
  iterator->dict = nullptr;
  return krt_raise(kRuntimeError, "dictionary keys changed during iteration");
}

template <DictIterKind kind> Value iterNext(Value self) {
  DictIter *iterator = self.as<DictIter>();
  Dict *dict = iterator->dict;
  if (!dict)
    return {};
  if (__builtin_expect(dict->used != iterator->expectedUsed, 0))
    return sizeChanged(iterator);
  const DictEntry *entries = dict->entries;
  for (uint32_t position = iterator->position, fill = dict->fill; position < fill; ++position)
    if (__builtin_expect(!!entries[position].key, 1)) {
      if (__builtin_expect(iterator->remaining-- == 0, 0))
        return keysChanged(iterator);
      iterator->position = position + 1;
      return shown<kind>(&entries[position]);
    }
  iterator->dict = nullptr;
  return {};
}

/// Reverse iterators: position is one past the next entry.
template <DictIterKind kind> Value reverseNext(Value self) {
  DictIter *iterator = self.as<DictIter>();
  Dict *dict = iterator->dict;
  if (!dict)
    return {};
  if (__builtin_expect(dict->used != iterator->expectedUsed, 0))
    return sizeChanged(iterator);
  uint32_t position = iterator->position < dict->fill ? iterator->position : dict->fill;
  while (position-- > 0)
    if (dict->entries[position].key) {
      if (__builtin_expect(iterator->remaining-- == 0, 0))
        return keysChanged(iterator);
      iterator->position = position;
      return shown<kind>(&dict->entries[position]);
    }
  iterator->dict = nullptr;
  return {};
}

Value newIterator(Class &cls, Dict *dict, DictIterKind kind, uint32_t position) {
  auto *iterator = gcNew<DictIter>(cls);
  iterator->dict = dict;
  iterator->position = position;
  iterator->expectedUsed = iterator->remaining = dict->used;
  iterator->kind = kind;
  return iterator;
}

Value newReverseIterator(Dict *dict, DictIterKind kind) {
  Class *classes[] = {&krt_dict_reverse_iter_class, &krt_dict_reverse_value_iter_class,
                      &krt_dict_reverse_item_iter_class};
  return newIterator(*classes[static_cast<int>(kind)], dict, kind, dict->fill);
}

// ---- Views ----

Value newView(const Class &cls, Dict *dict) {
  auto *view = gcNew<DictView>(cls);
  view->dict = dict;
  return view;
}

Dict *viewed(Value view) { return view.as<DictView>()->dict; }
bool isSetView(Value v) {
  return krt_instance(v, &krt_dict_keys_class) || krt_instance(v, &krt_dict_items_class);
}
DictIterKind kindOf(Value view) {
  return isExact(view, krt_dict_keys_class)     ? DictIterKind::Keys
         : isExact(view, krt_dict_values_class) ? DictIterKind::Values
                                                : DictIterKind::Items;
}

int64_t viewLength(Value self) { return viewed(self)->used; }
Value viewIter(Value self) { return krt_dict_iter_new(viewed(self), kindOf(self)); }

Value viewRepr(Value self) {
  if (reprEnter(self))
    return krt_str_format("...");
  List *items = krt_list_from_py(self);
  Value result = items ? Value(krt_str_format("%T(%R)", self, Value(items))) : Value();
  reprLeave(self);
  return result;
}

int keysContains(Value self, Value key) { return contains(viewed(self), key); }

int itemsContains(Value self, Value item) {
  if (!hasClassFlag(item, kClassTupleSub) || item.as<Tuple>()->length != 2)
    return 0;
  Value found = krt_dict_get_py(viewed(self), item.as<Tuple>()->items[0]);
  if (!found)
    return errorPending() ? -1 : 0;
  return equalItems(found, item.as<Tuple>()->items[1]);
}

/// 1 all items of [a] are in [b], 0, -1.
int allContained(Value a, Value b) {
  Value iterator = TRY_OR_MINUS(krt_iter_py(a));
  while (Value item = krt_next_py(iterator)) {
    int found = krt_contains_py(b, item);
    if (found <= 0)
      return found;
  }
  return errorPending() ? -1 : 1;
}

Value viewCompare(Value a, Value b, CompareOp op) {
  if (!isSetView(b) && !hasClassFlag(b, kClassSetSub))
    return kNotImplemented;
  int64_t left = TRY_INT(krt_length_py(a)), right = TRY_INT(krt_length_py(b));
  switch (op) {
  case CompareOp::Eq:
    return left == right ? boolean(TRY_INT(allContained(a, b))) : kFalse;
  case CompareOp::Ne:
    return left == right ? boolean(!TRY_INT(allContained(a, b))) : kTrue;
  case CompareOp::Lt:
    return left < right ? boolean(TRY_INT(allContained(a, b))) : kFalse;
  case CompareOp::Le:
    return left <= right ? boolean(TRY_INT(allContained(a, b))) : kFalse;
  case CompareOp::Gt:
    return left > right ? boolean(TRY_INT(allContained(b, a))) : kFalse;
  default:
    return left >= right ? boolean(TRY_INT(allContained(b, a))) : kFalse;
  }
}

/// set(a), for the operators of views, whose other operand may be any iterable.
Set *setOf(Value a) {
  Set *set = krt_set_new(&krt_set_class);
  return krt_set_update_py(set, a) < 0 ? nullptr : set;
}
Value viewOr(Value a, Value b) {
  Set *result = TRY(setOf(a));
  return krt_set_update_py(result, b) < 0 ? Value() : Value(result);
}
Value viewSub(Value a, Value b) {
  Set *result = TRY(setOf(a));
  krt_set_differenceUpdate_py(result, {&b, 1});
  return errorPending() ? Value() : Value(result);
}
Value viewXor(Value a, Value b) {
  Set *result = TRY(setOf(a));
  krt_set_symmetricDifferenceUpdate_py(result, b);
  return errorPending() ? Value() : Value(result);
}
Value viewAnd(Value a, Value b) {
  // The items of one operand that are in the other, which must be a view: the larger if both are.
  if (!isSetView(a) || (isSetView(b) && viewed(b)->used > viewed(a)->used))
    std::swap(a, b);
  Set *result = krt_set_new(&krt_set_class);
  Value iterator = TRY(krt_iter_py(b));
  while (Value item = krt_next_py(iterator))
    if (TRY_INT(krt_contains_py(a, item)) && krt_set_add_py(result, item) < 0)
      return {};
  return errorPending() ? Value() : Value(result);
}

} // namespace

extern "C" {

Value krt_dict_iter_new(Dict *dict, DictIterKind kind) {
  Class *classes[] = {&krt_dict_iter_class, &krt_dict_value_iter_class, &krt_dict_item_iter_class};
  return newIterator(*classes[static_cast<int>(kind)], dict, kind, 0);
}

bool krt_typed_isItemIter(Value value) { return isExact(value, krt_dict_item_iter_class); }
Value krt_typed_itemIterKey(Value iterator) { return iterNext<DictIterKind::Keys>(iterator); }
Value krt_typed_itemIterValue(Value iterator) {
  auto *at = iterator.as<DictIter>();
  return at->dict->entries[at->position - 1].value;
}

Value krt_dict_getMethod_py(Dict *self, Value key, Value fallback) {
  Value value = krt_dict_get_py(self, key);
  if (value)
    return value;
  return errorPending() ? Value() : fallback;
}

Value krt_dict_setdefault_py(Dict *self, Value key, Value fallback) {
  int64_t hash;
  if (hashOf(key, &hash) < 0)
    return {};
  return krt_dict_setdefault_hashed_py(self, key, hash, fallback);
}

Value krt_dict_popMethod_py(Dict *self, Value key, Value fallback) {
  // An empty dict does not even ask for the hash.
  Value value = self->used || !fallback ? krt_dict_pop_py(self, key) : Value();
  if (value || errorPending())
    return value;
  return fallback ? fallback : krt_raise_key_error(key);
}

Value krt_dict_popitem(Dict *self) {
  Value pair[2];
  if (!krt_dict_pop_last(self, &pair[0], &pair[1]))
    return krt_raise(kKeyError, "popitem(): dictionary is empty");
  return krt_tuple_from(pair, 2);
}

Value krt_dict_keys(Dict *self) { return newView(krt_dict_keys_class, self); }
Value krt_dict_values(Dict *self) { return newView(krt_dict_values_class, self); }
Value krt_dict_items(Dict *self) { return newView(krt_dict_items_class, self); }

Value krt_dict_updateMethod_py(Dict *self, ArgSpan args, Dict *kwargs) {
  if (args.size > 1)
    return krt_raise(kTypeError, "update expected at most 1 argument, got %zu", args.size);
  if (args.size && krt_dict_update_py(self, args.data[0], true) < 0)
    return {};
  if (kwargs && krt_dict_update_py(self, kwargs, true) < 0)
    return {};
  return kNone;
}

void krt_dict_clearMethod(Dict *self) { krt_dict_clear(self); }
Value krt_dict_copyMethod(Dict *self) { return krt_dict_copy(self); }

Value krt_dict_fromkeys_py(Class *cls, Value iterable, Value value) {
  Value result = cls == &krt_dict_class ? Value(krt_dict_new()) : TRY(krt_call0_py(cls));
  bool plain = isExact(result, krt_dict_class);
  // The keys of a dictionary or set were hashed before.
  if (plain && isExact(iterable, krt_dict_class)) {
    uint32_t position = 0;
    while (DictEntry *entry = krt_dict_next(iterable.as<Dict>(), &position))
      if (krt_dict_set_hashed_py(result.as<Dict>(), entry->key, entry->hash, value) < 0)
        return {};
    return result;
  }
  if (plain && (isExact(iterable, krt_set_class) || isExact(iterable, krt_frozenset_class))) {
    uint32_t position = 0;
    while (SetEntry *entry = krt_set_next(iterable.as<Set>(), &position))
      if (krt_dict_set_hashed_py(result.as<Dict>(), entry->key, entry->hash, value) < 0)
        return {};
    return result;
  }
  Value iterator = TRY(krt_iter_py(iterable));
  while (Value key = krt_next_py(iterator))
    if ((plain ? krt_dict_set_py(result.as<Dict>(), key, value) : krt_setitem_py(result, key, value)) < 0)
      return {};
  return errorPending() ? Value() : result;
}

Value krt_dict_reversed(Dict *self) { return newReverseIterator(self, DictIterKind::Keys); }
Value krt_dict_containsMethod_py(Dict *self, Value key) { return boolean(TRY_INT(contains(self, key))); }
Value krt_dict_getitemMethod_py(Value self, Value key) { return getItem(self, key); }

int64_t krt_dict_sizeof(Dict *self) {
  if (!self->entries)
    return sizeof(Dict);
  return static_cast<int64_t>(sizeof(Dict) + self->capacity * sizeof(DictEntry) +
                              (IndexTable::width(self->log2Size) << self->log2Size));
}

Value krt_dict_classGetitem_py(Value cls, Value item) { return krt_generic_alias_new_py(cls, item); }

Value krt_dict_keys_isdisjoint_py(Value self, Value other) {
  if (self == other)
    return boolean(viewed(self)->used == 0);
  if (isSetView(other) && viewed(other)->used > viewed(self)->used)
    std::swap(self, other);
  Value iterator = TRY(krt_iter_py(other));
  while (Value item = krt_next_py(iterator))
    if (TRY_INT(krt_contains_py(self, item)))
      return kFalse;
  return errorPending() ? Value() : kTrue;
}

Value krt_dict_keys_reversed(Value self) { return newReverseIterator(viewed(self), kindOf(self)); }
Value krt_dict_keys_mapping(Value self) { return krt_mapping_proxy_new(viewed(self)); }

int64_t krt_dict_iter_lengthHint(Value self) {
  DictIter *iterator = self.as<DictIter>();
  return iterator->dict && iterator->dict->used == iterator->expectedUsed ? iterator->remaining : 0;
}

Value krt_dict_iter_reduce_py(Value self) {
  auto *copy = static_cast<DictIter *>(gcAllocate(sizeof(DictIter)));
  *copy = *self.as<DictIter>();
  return reduceBuiltin("iter", TRY(krt_list_from_py(copy)));
}

} // extern "C"

Class krt_dict_iter_class = {
    .nativeName = "dict_keyiterator",
    .basicSize = sizeof(DictIter),
    .slots = {.iter = iteratorSelf, .next = iterNext<DictIterKind::Keys>},
    .methods = krt_dict_iter_defs,
};
Class krt_dict_value_iter_class = {
    .nativeName = "dict_valueiterator",
    .basicSize = sizeof(DictIter),
    .slots = {.iter = iteratorSelf, .next = iterNext<DictIterKind::Values>},
    .methods = krt_dict_value_iter_defs,
};
Class krt_dict_item_iter_class = {
    .nativeName = "dict_itemiterator",
    .basicSize = sizeof(DictIter),
    .slots = {.iter = iteratorSelf, .next = iterNext<DictIterKind::Items>},
    .methods = krt_dict_item_iter_defs,
};
Class krt_dict_reverse_iter_class = {
    .nativeName = "dict_reversekeyiterator",
    .basicSize = sizeof(DictIter),
    .slots = {.iter = iteratorSelf, .next = reverseNext<DictIterKind::Keys>},
    .methods = krt_dict_reverse_iter_defs,
};
Class krt_dict_reverse_value_iter_class = {
    .nativeName = "dict_reversevalueiterator",
    .basicSize = sizeof(DictIter),
    .slots = {.iter = iteratorSelf, .next = reverseNext<DictIterKind::Values>},
    .methods = krt_dict_reverse_value_iter_defs,
};
Class krt_dict_reverse_item_iter_class = {
    .nativeName = "dict_reverseitemiterator",
    .basicSize = sizeof(DictIter),
    .slots = {.iter = iteratorSelf, .next = reverseNext<DictIterKind::Items>},
    .methods = krt_dict_reverse_item_iter_defs,
};

Class krt_dict_keys_class = {
    .nativeName = "dict_keys",
    .basicSize = sizeof(DictView),
    .slots = {.repr = viewRepr,
              .richcompare = viewCompare,
              .iter = viewIter,
              .length = viewLength,
              .contains = keysContains,
              .binary = {[static_cast<int>(BinaryOp::Sub)] = viewSub,
                         [static_cast<int>(BinaryOp::And)] = viewAnd,
                         [static_cast<int>(BinaryOp::Or)] = viewOr,
                         [static_cast<int>(BinaryOp::Xor)] = viewXor}},
    .methods = krt_dict_keys_defs,
};

Class krt_dict_items_class = {
    .nativeName = "dict_items",
    .basicSize = sizeof(DictView),
    .slots = {.repr = viewRepr,
              .richcompare = viewCompare,
              .iter = viewIter,
              .length = viewLength,
              .contains = itemsContains,
              .binary = {[static_cast<int>(BinaryOp::Sub)] = viewSub,
                         [static_cast<int>(BinaryOp::And)] = viewAnd,
                         [static_cast<int>(BinaryOp::Or)] = viewOr,
                         [static_cast<int>(BinaryOp::Xor)] = viewXor}},
    .methods = krt_dict_items_defs,
};

Class krt_dict_values_class = {
    .nativeName = "dict_values",
    .basicSize = sizeof(DictView),
    .slots = {.repr = viewRepr, .iter = viewIter, .length = viewLength},
    .methods = krt_dict_values_defs,
};

Class krt_dict_class = {
    .flags = kClassBase | kClassMapping | kClassMatchSelf | kClassDictSub,
    .nativeName = "dict",
    .basicSize = sizeof(Dict),
    .slots = {.repr = repr,
              .richcompare = compare,
              .iter = iter,
              .length = [](Value self) -> int64_t { return self.as<Dict>()->used; },
              .contains = contains,
              .getitem = getItem,
              .setitem = setItem,
              .binary = {[static_cast<int>(BinaryOp::Or)] = merge},
              .inplace = {[static_cast<int>(BinaryOp::Or)] = mergeInPlace},
              .init = init,
              .make = make},
    .methods = krt_dict_defs,
    .doc = krt_dict_doc,
};

} // namespace krait

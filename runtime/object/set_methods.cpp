// set_methods.cpp - the classes set and frozenset: operators, methods, iteration. The hash table is in
// set.cpp.
//
// Results of operators and methods are plain sets or frozensets, whichever the left operand is, also for
// subclasses.
#include "runtime/object/set_methods.h"

#include "runtime/abi/native.h"
#include "runtime/object/args.h"
#include "runtime/object/containers.h"
#include "runtime/object/sequence.h"
#include "runtime/object/slots.h"
#include "runtime/object/state.h"
#include "runtime/object/union.h"

#include "runtime/object/set_methods.bind.inc"

namespace krait {

namespace {

bool isSet(Value v) { return hasClassFlag(v, kClassSetSub); }
bool isFrozen(Value v) { return krt_subclass(classOf(v), &krt_frozenset_class); }
Class *plainClass(Value self) { return isFrozen(self) ? &krt_frozenset_class : &krt_set_class; }

/// The order of the items does not matter: their hashes are scattered and combined by xor.
int64_t contentHash(Set *set) {
  uint64_t hash = 1927868237u * (static_cast<uint64_t>(set->used) + 1);
  uint32_t position = 0;
  while (SetEntry *entry = krt_set_next(set, &position)) {
    uint64_t item = static_cast<uint64_t>(entry->hash);
    hash ^= (item ^ (item << 16) ^ 89869747u) * 3644798167u;
  }
  hash ^= (hash >> 11) ^ (hash >> 25);
  hash = hash * 69069u + 907133923u;
  return hash == UINT64_MAX ? 590923713 : static_cast<int64_t>(hash);
}

/// Hash of an item to be looked for; a set, which has none, is looked for as the frozenset equal to it.
int searchHash(Value item, int64_t *hash) {
  if (hashOf(item, hash) == 0)
    return 0;
  if (!isSet(item) || !krt_error_clear_if(kTypeError))
    return -1;
  *hash = contentHash(item.as<Set>());
  return 0;
}

int contains(Value self, Value item) {
  int64_t hash;
  return searchHash(item, &hash) < 0 ? -1 : krt_set_contains_hashed_py(self.as<Set>(), item, hash);
}

/// A new plain set with the items of [source].
Set *copyAs(Class *cls, Set *source) {
  Set *result = krt_set_new(cls);
  return krt_set_copy_table(result, source) ? result : nullptr;
}

/// [other] itself when it is a set, else a set of its items.
Set *toSet(Value other) {
  if (isSet(other))
    return other.as<Set>();
  Set *result = krt_set_new(&krt_set_class);
  return krt_set_update_py(result, other) < 0 ? nullptr : result;
}

/// Puts the items of [self] for which "is in [other]" is [wanted] into [result].
bool filterInto(Set *result, Set *self, Set *other, bool wanted) {
  uint32_t position = 0;
  while (SetEntry *entry = krt_set_next(self, &position)) {
    Value key = entry->key;
    int64_t hash = entry->hash;
    int found = krt_set_contains_hashed_py(other, key, hash);
    if (found < 0 || (found == wanted && krt_set_add_hashed_py(result, key, hash) < 0))
      return false;
  }
  return true;
}

Set *intersect(Class *cls, Set *self, Value other) {
  Set *result = krt_set_new(cls);
  if (isSet(other)) {
    Set *right = other.as<Set>();
    if (right->used < self->used)
      std::swap(self, right);
    return filterInto(result, self, right, true) ? result : nullptr;
  }
  Value iterator = TRY(krt_iter_py(other));
  while (Value item = krt_next_py(iterator)) {
    int64_t hash;
    if (hashOf(item, &hash) < 0)
      return nullptr;
    int found = krt_set_contains_hashed_py(self, item, hash);
    if (found < 0 || (found && krt_set_add_hashed_py(result, item, hash) < 0))
      return nullptr;
  }
  return errorPending() ? nullptr : result;
}

bool removeAll(Set *self, Value other) {
  if (Value(self) == other) {
    krt_set_clear(self);
    return true;
  }
  if (isSet(other)) {
    uint32_t position = 0;
    while (SetEntry *entry = krt_set_next(other.as<Set>(), &position))
      if (krt_set_discard_hashed_py(self, entry->key, entry->hash) < 0)
        return false;
    return true;
  }
  Value iterator = TRY(krt_iter_py(other));
  while (Value item = krt_next_py(iterator))
    if (krt_set_discard_py(self, item) < 0)
      return false;
  return !errorPending();
}

Set *subtract(Class *cls, Set *self, Value other) {
  // Asking for each own item beats removing each of the other's when that is a large set.
  if (isSet(other) && other.as<Set>()->used >= self->used / 4) {
    Set *result = krt_set_new(cls);
    return filterInto(result, self, other.as<Set>(), false) ? result : nullptr;
  }
  if (isExact(other, krt_dict_class)) {
    Set *result = krt_set_new(cls);
    uint32_t position = 0;
    while (SetEntry *entry = krt_set_next(self, &position)) {
      Value key = entry->key;
      int64_t hash = entry->hash;
      bool found = !!krt_dict_get_hashed_py(other.as<Dict>(), key, hash);
      if (errorPending() || (!found && krt_set_add_hashed_py(result, key, hash) < 0))
        return nullptr;
    }
    return result;
  }
  Set *result = copyAs(cls, self);
  return result && removeAll(result, other) ? result : nullptr;
}

/// Turns [self] into the symmetric difference with [other].
bool toggleAll(Set *self, Value otherValue) {
  if (Value(self) == otherValue) {
    krt_set_clear(self);
    return true;
  }
  Set *other = TRY(toSet(otherValue));
  uint32_t position = 0;
  while (SetEntry *entry = krt_set_next(other, &position)) {
    Value key = entry->key;
    int64_t hash = entry->hash;
    int removed = krt_set_discard_hashed_py(self, key, hash);
    if (removed < 0 || (!removed && krt_set_add_hashed_py(self, key, hash) < 0))
      return false;
  }
  return true;
}

/// Gives [self] the table of [source], which is not used any more.
void takeTable(Set *self, Set *source) {
  self->entries = source->entries;
  self->indices = source->indices;
  self->used = source->used;
  self->fill = source->fill;
  self->capacity = source->capacity;
  self->log2Size = source->log2Size;
  self->hash = -1;
}

/// 1 all items of [a] are in [b], 0, -1.
int subset(Set *a, Set *b) {
  if (a->used > b->used)
    return 0;
  uint32_t position = 0;
  while (SetEntry *entry = krt_set_next(a, &position)) {
    int found = krt_set_contains_hashed_py(b, entry->key, entry->hash);
    if (found <= 0)
      return found;
  }
  return 1;
}

int equalSets(Set *a, Set *b) {
  if (a == b)
    return 1;
  if (a->used != b->used)
    return 0;
  bool hashesKnown = isFrozen(a) && isFrozen(b) && a->hash != -1 && b->hash != -1;
  return hashesKnown && a->hash != b->hash ? 0 : subset(a, b);
}

Value compare(Value a, Value b, CompareOp op) {
  if (!isSet(b) || !isSet(a))
    return kNotImplemented;
  Set *left = a.as<Set>(), *right = b.as<Set>();
  switch (op) {
  case CompareOp::Eq:
    return boolean(TRY_INT(equalSets(left, right)));
  case CompareOp::Ne:
    return boolean(!TRY_INT(equalSets(left, right)));
  case CompareOp::Le:
    return boolean(TRY_INT(subset(left, right)));
  case CompareOp::Ge:
    return boolean(TRY_INT(subset(right, left)));
  case CompareOp::Lt:
    return left->used < right->used ? boolean(TRY_INT(subset(left, right))) : kFalse;
  default:
    return right->used < left->used ? boolean(TRY_INT(subset(right, left))) : kFalse;
  }
}

// ---- Operators: both operands must be sets ----

Value binaryOr(Value a, Value b) {
  if (!isSet(a) || !isSet(b))
    return kNotImplemented;
  Set *result = TRY(copyAs(plainClass(a), a.as<Set>()));
  if (a != b && krt_set_update_py(result, b) < 0)
    return {};
  return result;
}
Value binaryAnd(Value a, Value b) {
  return !isSet(a) || !isSet(b) ? kNotImplemented : Value(intersect(plainClass(a), a.as<Set>(), b));
}
Value binarySub(Value a, Value b) {
  return !isSet(a) || !isSet(b) ? kNotImplemented : Value(subtract(plainClass(a), a.as<Set>(), b));
}
Value binaryXor(Value a, Value b) {
  if (!isSet(a) || !isSet(b))
    return kNotImplemented;
  Set *result = TRY(copyAs(plainClass(a), a.as<Set>()));
  if (a == b)
    krt_set_clear(result);
  else if (!toggleAll(result, b))
    return {};
  return result;
}

Value inplaceOr(Value a, Value b) {
  if (!isSet(b))
    return kNotImplemented;
  return a != b && krt_set_update_py(a.as<Set>(), b) < 0 ? Value() : a;
}
Value inplaceAnd(Value a, Value b) {
  if (!isSet(b))
    return kNotImplemented;
  takeTable(a.as<Set>(), TRY(intersect(&krt_set_class, a.as<Set>(), b)));
  return a;
}
Value inplaceSub(Value a, Value b) {
  if (!isSet(b))
    return kNotImplemented;
  return removeAll(a.as<Set>(), b) ? a : Value();
}
Value inplaceXor(Value a, Value b) {
  if (!isSet(b))
    return kNotImplemented;
  return toggleAll(a.as<Set>(), b) ? a : Value();
}

// ---- Making, showing, hashing, iterating ----

Value makeSet(Class *cls, const Value *, size_t, Tuple *) { return krt_set_new(cls); }

bool checkArguments(Class *cls, const Class &plain, bool ownInit, size_t nargs, Tuple *kwnames) {
  if (kwnames && kwnames->length && !ownInit) {
    krt_raise(kTypeError, "%s() takes no keyword arguments", plain.nativeName);
    return false;
  }
  if (nargs > 1) {
    krt_raise(kTypeError, "%s expected at most 1 argument, got %zu", plain.nativeName, nargs);
    return false;
  }
  return true;
}

int initSet(Value self, const Value *args, size_t nargs, Tuple *kwnames) {
  if (!checkArguments(classOf(self), krt_set_class, false, nargs, kwnames))
    return -1;
  Set *set = self.as<Set>();
  if (set->fill)
    krt_set_clear(set);
  return nargs ? krt_set_update_py(set, args[0]) : 0;
}

Set *emptyFrozenset; // there is one; static data is scanned

Value makeFrozenset(Class *cls, const Value *args, size_t nargs, Tuple *kwnames) {
  bool ownInit = cls != &krt_frozenset_class && cls->slots.init != krt_frozenset_class.slots.init;
  if (!checkArguments(cls, krt_frozenset_class, ownInit, nargs, kwnames))
    return {};
  bool exact = cls == &krt_frozenset_class;
  if (nargs && exact && isExact(args[0], krt_frozenset_class))
    return args[0];
  Set *set = krt_set_new(cls);
  if (nargs && krt_set_update_py(set, args[0]) < 0)
    return {};
  if (exact && !set->used) {
    if (!emptyFrozenset)
      emptyFrozenset = set;
    return emptyFrozenset;
  }
  return set;
}

Value repr(Value self) {
  Set *set = self.as<Set>();
  if (!set->used)
    return krt_str_format("%T()", self);
  if (reprEnter(self))
    return krt_str_format("%T(...)", self);
  bool braces = isExact(self, krt_set_class);
  // The items first: showing one may change the set.
  List *items = krt_list_new(set->used);
  uint32_t position = 0;
  while (SetEntry *entry = krt_set_next(set, &position))
    krt_list_append(items, entry->key);
  StrBuilder text;
  if (!braces) {
    text.append(krt_str_format("%T", self));
    text.append(uint32_t{'('});
  }
  text.append(uint32_t{'{'});
  bool ok = !recursionCheck(" while getting the repr of an object");
  for (int64_t i = 0; ok && i < items->length; ++i) {
    if (i)
      text.append(std::string_view(", "));
    Str *item = krt_repr_py(items->items[i]);
    ok = item != nullptr;
    if (ok)
      text.append(item);
  }
  reprLeave(self);
  if (!ok)
    return {};
  text.append(std::string_view(braces ? "}" : "})"));
  return text.finish();
}

int hashFrozen(Value self, int64_t *out) {
  Set *set = self.as<Set>();
  if (set->hash == -1)
    set->hash = contentHash(set);
  *out = set->hash;
  return 0;
}

Value iter(Value self) {
  auto *iterator = gcNew<SetIter>(krt_set_iter_class);
  iterator->set = self.as<Set>();
  iterator->expectedUsed = iterator->set->used;
  return iterator;
}

Value iterNext(Value self) {
  auto *iterator = self.as<SetIter>();
  Set *set = iterator->set;
  if (!set)
    return {};
  if (set->used != iterator->expectedUsed) {
    iterator->expectedUsed = UINT32_MAX; // the error is sticky
    return krt_raise(kRuntimeError, "Set changed size during iteration");
  }
  if (SetEntry *entry = krt_set_next(set, &iterator->position))
    return entry->key;
  iterator->set = nullptr;
  return {};
}

int64_t length(Value self) { return self.as<Set>()->used; }

List *itemList(Set *set, uint32_t position) {
  List *items = TRY(krt_list_new(set->used));
  while (SetEntry *entry = krt_set_next(set, &position))
    krt_list_append(items, entry->key);
  return items;
}

} // namespace

extern "C" {

void krt_set_addMethod_py(Set *self, Value item) { krt_set_add_py(self, item); }
void krt_set_clearMethod(Set *self) { krt_set_clear(self); }

void krt_set_discardMethod_py(Set *self, Value item) {
  int64_t hash;
  if (searchHash(item, &hash) == 0)
    krt_set_discard_hashed_py(self, item, hash);
}

void krt_set_remove_py(Set *self, Value item) {
  int64_t hash;
  if (searchHash(item, &hash) == 0 && krt_set_discard_hashed_py(self, item, hash) == 0)
    krt_raise_key_error(item);
}

Value krt_set_pop(Set *self) {
  if (!self->used)
    return krt_raise(kKeyError, "pop from an empty set");
  // A mutable set has no hash: the field holds where to begin, so that emptying a set by pop is linear.
  uint32_t position = self->hash < 0 ? 0 : static_cast<uint32_t>(self->hash);
  Value key = krt_set_next(self, &position)->key;
  krt_set_remove_at(self, position - 1);
  self->hash = position;
  return key;
}

void krt_set_updateMethod_py(Set *self, ArgSpan others) {
  for (size_t i = 0; i < others.size; ++i)
    if (krt_set_update_py(self, others.data[i]) < 0)
      return;
}

void krt_set_intersectionUpdate_py(Set *self, ArgSpan others) {
  Value result = krt_set_intersection_py(self, others);
  if (result)
    takeTable(self, result.as<Set>());
}

void krt_set_differenceUpdate_py(Set *self, ArgSpan others) {
  for (size_t i = 0; i < others.size; ++i)
    if (!removeAll(self, others.data[i]))
      return;
}

void krt_set_symmetricDifferenceUpdate_py(Set *self, Value other) { toggleAll(self, other); }

Value krt_set_copy(Value self) {
  return isExact(self, krt_frozenset_class) ? self : Value(copyAs(plainClass(self), self.as<Set>()));
}

Value krt_set_union_py(Value self, ArgSpan others) {
  Set *result = TRY(copyAs(plainClass(self), self.as<Set>()));
  for (size_t i = 0; i < others.size; ++i)
    if (krt_set_update_py(result, others.data[i]) < 0)
      return {};
  return result;
}

Value krt_set_intersection_py(Value self, ArgSpan others) {
  if (others.size == 0)
    return krt_set_copy(self);
  Set *result = self.as<Set>();
  for (size_t i = 0; i < others.size; ++i)
    result = TRY(intersect(plainClass(self), result, others.data[i]));
  return result;
}

Value krt_set_difference_py(Value self, ArgSpan others) {
  if (others.size == 0)
    return krt_set_copy(self);
  Set *result = TRY(subtract(plainClass(self), self.as<Set>(), others.data[0]));
  for (size_t i = 1; i < others.size; ++i)
    if (!removeAll(result, others.data[i]))
      return {};
  return result;
}

Value krt_set_symmetricDifference_py(Value self, Value other) {
  Set *result = TRY(copyAs(plainClass(self), self.as<Set>()));
  return toggleAll(result, other) ? Value(result) : Value();
}

Value krt_set_isdisjoint_py(Value self, Value other) {
  Set *set = self.as<Set>();
  if (isSet(other)) {
    Set *right = other.as<Set>();
    if (right->used < set->used)
      std::swap(set, right);
    uint32_t position = 0;
    while (SetEntry *entry = krt_set_next(set, &position))
      if (TRY_INT(krt_set_contains_hashed_py(right, entry->key, entry->hash)))
        return kFalse;
    return kTrue;
  }
  Value iterator = TRY(krt_iter_py(other));
  while (Value item = krt_next_py(iterator))
    if (TRY_INT(krt_set_contains_py(set, item)))
      return kFalse;
  return errorPending() ? Value() : kTrue;
}

Value krt_set_issubset_py(Value self, Value other) {
  if (isSet(other))
    return boolean(TRY_INT(subset(self.as<Set>(), other.as<Set>())));
  // The items of [self] that occur in the iterable must be as many as there are.
  Set *common = TRY(intersect(&krt_set_class, self.as<Set>(), other));
  return boolean(common->used == self.as<Set>()->used);
}

Value krt_set_issuperset_py(Value self, Value other) {
  if (isSet(other))
    return boolean(TRY_INT(subset(other.as<Set>(), self.as<Set>())));
  Value iterator = TRY(krt_iter_py(other));
  while (Value item = krt_next_py(iterator))
    if (!TRY_INT(krt_set_contains_py(self.as<Set>(), item)))
      return kFalse;
  return errorPending() ? Value() : kTrue;
}

Value krt_set_containsMethod_py(Value self, Value item) { return boolean(TRY_INT(contains(self, item))); }

Value krt_set_reduce_py(Value self) {
  Value items = TRY(itemList(self.as<Set>(), 0));
  bool plain = isExact(self, krt_set_class) || isExact(self, krt_frozenset_class);
  Value state = plain ? kNone : TRY(krt_call_method_py(self, KSTR(__getstate__), nullptr, 0));
  Value parts[3] = {classOf(self), krt_tuple_from(&items, 1), state};
  return krt_tuple_from(parts, 3);
}

int64_t krt_set_sizeof(Value self) {
  Set *set = self.as<Set>();
  if (!set->entries)
    return sizeof(Set);
  return static_cast<int64_t>(sizeof(Set) + set->capacity * sizeof(SetEntry) +
                              (IndexTable::width(set->log2Size) << set->log2Size));
}

Value krt_set_classGetitem_py(Value cls, Value item) { return krt_generic_alias_new_py(cls, item); }

int64_t krt_set_iter_lengthHint(Value self) {
  auto *iterator = self.as<SetIter>();
  if (!iterator->set || iterator->set->used != iterator->expectedUsed)
    return 0;
  int64_t left = 0;
  uint32_t position = iterator->position;
  while (krt_set_next(iterator->set, &position))
    ++left;
  return left;
}

Value krt_set_iter_reduce_py(Value self) {
  auto *iterator = self.as<SetIter>();
  if (iterator->set && iterator->set->used != iterator->expectedUsed)
    return iterNext(self);
  Value items = TRY(iterator->set ? itemList(iterator->set, iterator->position) : krt_list_new(0));
  return reduceBuiltin("iter", items);
}

} // extern "C"

Class krt_set_iter_class = {
    .nativeName = "set_iterator",
    .basicSize = sizeof(SetIter),
    .slots = {.iter = iteratorSelf, .next = iterNext},
    .methods = krt_set_iter_defs,
};

Class krt_set_class = {
    .flags = kClassBase | kClassMatchSelf | kClassSetSub | kClassWeakref,
    .nativeName = "set",
    .basicSize = sizeof(Set),
    .slots = {.repr = repr,
              .hash = slotHashNone,
              .richcompare = compare,
              .iter = iter,
              .length = length,
              .contains = contains,
              .binary = {[static_cast<int>(BinaryOp::Sub)] = binarySub,
                         [static_cast<int>(BinaryOp::And)] = binaryAnd,
                         [static_cast<int>(BinaryOp::Or)] = binaryOr,
                         [static_cast<int>(BinaryOp::Xor)] = binaryXor},
              .inplace = {[static_cast<int>(BinaryOp::Sub)] = inplaceSub,
                          [static_cast<int>(BinaryOp::And)] = inplaceAnd,
                          [static_cast<int>(BinaryOp::Or)] = inplaceOr,
                          [static_cast<int>(BinaryOp::Xor)] = inplaceXor},
              .init = initSet,
              .make = makeSet},
    .methods = krt_set_defs,
    .doc = krt_set_doc,
};

Class krt_frozenset_class = {
    .flags = kClassBase | kClassMatchSelf | kClassSetSub | kClassWeakref,
    .nativeName = "frozenset",
    .basicSize = sizeof(Set),
    .slots = {.repr = repr,
              .hash = hashFrozen,
              .richcompare = compare,
              .iter = iter,
              .length = length,
              .contains = contains,
              .binary = {[static_cast<int>(BinaryOp::Sub)] = binarySub,
                         [static_cast<int>(BinaryOp::And)] = binaryAnd,
                         [static_cast<int>(BinaryOp::Or)] = binaryOr,
                         [static_cast<int>(BinaryOp::Xor)] = binaryXor},
              .make = makeFrozenset},
    .methods = krt_frozenset_defs,
    .doc = krt_frozenset_doc,
};

} // namespace krait

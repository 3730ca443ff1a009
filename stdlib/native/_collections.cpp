// _collections.cpp - see _collections.h.
#include "stdlib/native/_collections.h"

#include "runtime/abi/native.h"
#include "runtime/object/args.h"
#include "runtime/object/class.h"
#include "runtime/object/descriptors.h"
#include "runtime/object/dict_methods.h"
#include "runtime/object/iteration.h"
#include "runtime/object/sequence.h"
#include "runtime/object/union.h"
#include "stdlib/native/_collections_ordered.h"
#include "stdlib/native/class_module.h"

#include <algorithm>

#include "stdlib/native/_collections.bind.inc"

namespace krait {

namespace {

Deque *deque(Value v) { return v.as<Deque>(); }
DefaultDict *defaultDict(Dict *dict) { return static_cast<DefaultDict *>(dict); }

Value &at(Deque *self, int64_t i) { return self->items[(self->first + i) & (self->capacity - 1)]; }

/// Room for one more; false = MemoryError pending.
bool grow(Deque *self) {
  if (self->length < self->capacity)
    return true;
  int64_t capacity = self->capacity ? self->capacity * 2 : 8;
  auto *items = static_cast<Value *>(krt_gc_try(static_cast<size_t>(capacity) * sizeof(Value), false));
  if (!items) {
    krt_raise_memory();
    return false;
  }
  for (int64_t i = 0; i < self->length; ++i)
    items[i] = at(self, i);
  self->items = items;
  self->first = 0;
  self->capacity = capacity;
  return true;
}

Value takeLast(Deque *self) {
  Value &place = at(self, --self->length);
  Value item = place;
  place = Value();
  ++self->modifications;
  return item;
}

Value takeFirst(Deque *self) {
  Value &place = at(self, 0);
  Value item = place;
  place = Value();
  self->first = (self->first + 1) & (self->capacity - 1);
  --self->length;
  ++self->modifications;
  return item;
}

void pushLast(Deque *self, Value item) {
  if (!grow(self))
    return;
  at(self, self->length++) = item;
  ++self->modifications;
  if (self->maxLength >= 0 && self->length > self->maxLength)
    takeFirst(self);
}

void pushFirst(Deque *self, Value item) {
  if (!grow(self))
    return;
  self->first = (self->first - 1) & (self->capacity - 1);
  ++self->length;
  at(self, 0) = item;
  ++self->modifications;
  if (self->maxLength >= 0 && self->length > self->maxLength)
    takeLast(self);
}

/// Position of [value] from [start] on; -1 not there, -2 exception.
int64_t search(Deque *self, Value value, int64_t start, int64_t stop) {
  uint64_t modifications = self->modifications;
  for (int64_t i = start; i < stop && i < self->length; ++i) {
    int equal = equalItems(at(self, i), value);
    if (equal < 0)
      return -2;
    if (self->modifications != modifications) {
      krt_raise(kRuntimeError, "deque mutated during iteration");
      return -2;
    }
    if (equal)
      return i;
  }
  return -1;
}

Value make(Class *cls, const Value *, size_t, Tuple *) {
  auto *self = reinterpret_cast<Deque *>(krt_instance_new(cls, 0));
  self->maxLength = -1;
  return self;
}

/// deque(iterable=(), maxlen=None)
int init(Value self, const Value *args, size_t nargs, Tuple *kwnames) {
  static const ParamInfo params[] = {{"iterable", false, false}, {"maxlen", false, false}};
  static const SignatureInfo signature = {
      "deque", "deque", &krt_deque_class, NativeKind::New, 0, 2, 0, 2, false, false, params};
  Value out[2];
  if (!krt_args_parse(&signature, args, nargs, kwnames, out, nullptr, nullptr))
    return -1;
  deque(self)->maxLength = -1;
  if (out[1] && out[1] != kNone) {
    if (!krt_int_check(out[1]))
      return raiseInt(kTypeError, "an integer is required");
    int64_t limit = krt_index_i64_py(out[1], kOverflowError);
    if (limit < 0)
      return errorPending() ? -1 : raiseInt(kValueError, "maxlen must be non-negative");
    deque(self)->maxLength = limit;
  }
  if (deque(self)->length)
    krt_deque_clear(deque(self));
  if (out[0])
    krt_deque_extend_py(deque(self), out[0]);
  return errorPending() ? -1 : 0;
}

Value getItem(Value self, Value key) {
  int64_t index;
  if (!sequenceIndex(key, deque(self)->length, "sequence index must be integer, not '%T'",
                     "deque index out of range", &index))
    return {};
  return at(deque(self), index);
}

/// Removes the item at [index] by closing the gap.
void eraseAt(Deque *self, int64_t index) {
  for (int64_t i = index; i + 1 < self->length; ++i)
    at(self, i) = at(self, i + 1);
  takeLast(self);
}

int setItem(Value self, Value key, Value value) {
  int64_t index;
  if (!sequenceIndex(key, deque(self)->length, "sequence index must be integer, not '%T'",
                     "deque index out of range", &index))
    return -1;
  if (value)
    at(deque(self), index) = value;
  else
    eraseAt(deque(self), index);
  return 0;
}

int contains(Value self, Value item) {
  int64_t position = search(deque(self), item, 0, INT64_MAX);
  return position == -2 ? -1 : position >= 0;
}

Value compare(Value a, Value b, CompareOp op) {
  if (!krt_instance(a, &krt_deque_class) || !krt_instance(b, &krt_deque_class))
    return kNotImplemented;
  List *left = TRY(krt_list_from_py(a)), *right = TRY(krt_list_from_py(b));
  return krt_compare_py(left, right, op);
}

Value repr(Value self) {
  if (reprEnter(self))
    return strFrom("[...]");
  List *items = krt_list_from_py(self);
  Str *text = items ? krt_repr_py(items) : nullptr;
  reprLeave(self);
  if (!text)
    return {};
  if (deque(self)->maxLength >= 0)
    return krt_str_format("%S(%S, maxlen=%lld)", Value(classOf(self)->name), Value(text),
                          static_cast<long long>(deque(self)->maxLength));
  return krt_str_format("%S(%S)", Value(classOf(self)->name), Value(text));
}

/// type(iterator)(deque, position=0), as pickle makes iterators again.
Value makeIterator(Class *cls, const Value *args, size_t nargs, Tuple *kwnames) {
  if (kwnames && kwnames->length)
    return krt_raise(kTypeError, "%N() takes no keyword arguments", cls);
  if (nargs < 1 || nargs > 2)
    return krt_raise(kTypeError, "function takes %s (%zu given)",
                     nargs ? "at most 2 arguments" : "at least 1 argument", nargs);
  if (!krt_instance(args[0], &krt_deque_class))
    return krt_raise(kTypeError, "argument 1 must be collections.deque, not %T", args[0]);
  int64_t position = nargs > 1 ? krt_index_i64_py(args[1], kOverflowError) : 0;
  if (position == -1 && errorPending())
    return {};
  auto *iterator = reinterpret_cast<DequeIter *>(krt_instance_new(cls, 0));
  iterator->deque = deque(args[0]);
  iterator->position = std::clamp<int64_t>(position, 0, iterator->deque->length);
  iterator->modifications = iterator->deque->modifications;
  return iterator;
}

Value iter(Value self) {
  auto *iterator = gcNew<DequeIter>(krt_deque_iter_class);
  iterator->deque = deque(self);
  iterator->modifications = deque(self)->modifications;
  return iterator;
}

template <bool backwards> Value iterNext(Value self) {
  auto *iterator = self.as<DequeIter>();
  Deque *source = iterator->deque;
  if (!source)
    return {};
  if (source->modifications != iterator->modifications) {
    iterator->deque = nullptr;
    return krt_raise(kRuntimeError, "deque mutated during iteration");
  }
  if (iterator->position >= source->length) {
    iterator->deque = nullptr;
    return {};
  }
  int64_t i = iterator->position++;
  return at(source, backwards ? source->length - 1 - i : i);
}

Value concat(Value a, Value b) {
  if (!krt_instance(b, &krt_deque_class))
    return krt_raise(kTypeError, "can only concatenate deque (not \"%T\") to deque", b);
  Value copy = TRY(krt_deque_copy_py(deque(a)));
  krt_deque_extend_py(deque(copy), b);
  return errorPending() ? Value() : copy;
}

Value inplaceConcat(Value a, Value b) {
  krt_deque_extend_py(deque(a), b);
  return errorPending() ? Value() : a;
}

Value inplaceRepeat(Value a, int64_t n) {
  List *items = TRY(krt_list_from_py(a));
  if (n <= 0)
    krt_deque_clear(deque(a));
  // Memory for all of it is asked for before the work.
  constexpr int64_t kSurelyFits = int64_t{1} << 24;
  int64_t total;
  if (__builtin_mul_overflow(items->length, n, &total) || total > (int64_t{1} << 40) ||
      (total > kSurelyFits && !krt_gc_try(static_cast<size_t>(total) * sizeof(Value), true)))
    return krt_raise_memory();
  for (int64_t i = 1; i < n; ++i)
    krt_deque_extend_py(deque(a), items);
  return errorPending() ? Value() : a;
}

Value repeat(Value a, int64_t n) { return inplaceRepeat(TRY(krt_deque_copy_py(deque(a))), n); }

int unhashable(Value self, int64_t *) { return raiseInt(kTypeError, "unhashable type: '%T'", self); }

// ---- defaultdict ----

Value makeDefault(Class *cls, const Value *args, size_t nargs, Tuple *kwnames) {
  return krt_dict_class.slots.make(cls, args, nargs, kwnames);
}

int initDefault(Value self, const Value *args, size_t nargs, Tuple *kwnames) {
  Value factory = nargs ? args[0] : kNone;
  if (factory != kNone && !krt_callable(factory))
    return raiseInt(kTypeError, "first argument must be callable or None");
  self.as<DefaultDict>()->factory = factory;
  size_t skip = nargs ? 1 : 0;
  return krt_dict_class.slots.init(self, args + skip, nargs - skip, kwnames);
}

Value reprDefault(Value self) {
  Value factory = krt_defaultdict_factory(self.as<Dict>());
  Str *items = TRY(krt_dict_class.slots.repr(self)).as<Str>();
  if (reprEnter(factory))
    return krt_str_format("%S(..., %S)", Value(classOf(self)->name), Value(items));
  Str *made = krt_repr_py(factory);
  reprLeave(factory);
  return krt_str_format("%S(%S, %S)", Value(classOf(self)->name), Value(TRY(made)), Value(items));
}

Value mergeDefault(Value a, Value b) {
  if (!hasClassFlag(a, kClassDictSub) || !hasClassFlag(b, kClassDictSub))
    return kNotImplemented;
  Value keeper = krt_instance(a, &krt_defaultdict_class) ? a : b;
  Value args[2] = {krt_defaultdict_factory(keeper.as<Dict>()), a};
  Value result = TRY(krt_call_py(classOf(keeper), args, 2, nullptr));
  if (krt_dict_update_py(result.as<Dict>(), b, true) < 0)
    return {};
  return result;
}

// ---- _tuplegetter ----

struct TupleGetter : Object {
  int64_t index;
  Value doc;
};

Value getField(Value descr, Value object, Value) {
  auto *getter = descr.as<TupleGetter>();
  if (!object || object == kNone)
    return descr;
  if (!hasClassFlag(object, kClassTupleSub))
    return krt_raise(kTypeError,
                     "descriptor for index '%lld' for tuple subclasses doesn't apply to '%T' object",
                     static_cast<long long>(getter->index), object);
  auto *tuple = object.as<Tuple>();
  if (getter->index < 0 || getter->index >= tuple->length)
    return krt_raise(kIndexError, "tuple index out of range");
  return tuple->items[getter->index];
}

int setField(Value, Value, Value value) {
  return raiseInt(kAttributeError, value ? "can't set attribute" : "can't delete attribute");
}

Value reprField(Value self) {
  auto *getter = self.as<TupleGetter>();
  return krt_str_format("%S(%lld, %R)", Value(classOf(self)->name), static_cast<long long>(getter->index),
                        getter->doc);
}

} // namespace

extern "C" {

Value krt_tuplegetter_create(Class *cls, int64_t index, Value doc) {
  auto *getter = newInstance<TupleGetter>(krt_tuplegetter_class, cls);
  getter->index = index;
  getter->doc = doc;
  return getter;
}
Value krt_tuplegetter_reduce(Value self) {
  auto *getter = self.as<TupleGetter>();
  Value parts[2] = {krt_int_from_i64(getter->index), getter->doc};
  return reduceTo(self, krt_tuple_from(parts, 2));
}

Value krt__collections_countElements_py(Value mapping, Value iterable) {
  Value iterator = TRY(krt_iter_py(iterable));
  // A mapping that gets and stores as dict does is counted in directly.
  bool direct = hasClassFlag(mapping, kClassDictSub) &&
                classOf(mapping)->slots.setitem == krt_dict_class.slots.setitem &&
                krt_class_lookup(classOf(mapping), KSTR(get)) == krt_class_lookup(&krt_dict_class, KSTR(get));
  Value one = smallInt(1);
  if (direct) {
    auto *dict = mapping.as<Dict>();
    while (Value key = nextOf(iterator)) {
      int64_t hash;
      if (hashOf(key, &hash) < 0)
        return {};
      Value count = krt_dict_get_hashed_py(dict, key, hash);
      if (!count && errorPending())
        return {};
      count = !count                                          ? one
              : count.isInt() && count.asInt() < kSmallIntMax ? smallInt(count.asInt() + 1)
                                                              : TRY(krt_binary_py(count, one, BinaryOp::Add));
      if (krt_dict_set_hashed_py(dict, key, hash, count) < 0)
        return {};
    }
    return errorPending() ? Value() : kNone;
  }
  Value get = TRY(krt_getattr_py(mapping, KSTR(get)));
  while (Value key = nextOf(iterator)) {
    Value count = TRY(krt_call2_py(get, key, smallInt(0)));
    count = TRY(krt_binary_py(count, one, BinaryOp::Add));
    if (krt_setitem_py(mapping, key, count) < 0)
      return {};
  }
  return errorPending() ? Value() : kNone;
}

bool krt__collections_init(Module *module) {
  addClass(module, &krt_deque_class);
  addClass(module, &krt_defaultdict_class);
  addClass(module, &krt_ordered_dict_class);
  addClass(module, &krt_tuplegetter_class);
  krt_dict_set_str(
      krt_tuplegetter_class.dict, KSTR(__doc__),
      krt_member_descriptor_new(&krt_tuplegetter_class, KSTR(__doc__), offsetof(TupleGetter, doc)));
  krt_ordered_dict_start();
  krt_class_ready(&krt_deque_iter_class);
  krt_class_ready(&krt_deque_reverse_iter_class);
  krt_dict_set_str(module->dict, strIntern("_deque_iterator"), &krt_deque_iter_class);
  krt_dict_set_str(module->dict, strIntern("_deque_reverse_iterator"), &krt_deque_reverse_iter_class);
  return true;
}

void krt_deque_append(Deque *self, Value object) { pushLast(self, object); }
void krt_deque_appendLeft(Deque *self, Value object) { pushFirst(self, object); }
Value krt_deque_pop(Deque *self) {
  return self->length ? takeLast(self) : krt_raise(kIndexError, "pop from an empty deque");
}
Value krt_deque_popLeft(Deque *self) {
  return self->length ? takeFirst(self) : krt_raise(kIndexError, "pop from an empty deque");
}

void krt_deque_extend_py(Deque *self, Value iterable) {
  if (iterable == Value(self)) { // its own items, as they are now
    List *items = krt_list_from_py(iterable);
    if (!items)
      return;
    iterable = items;
  }
  Value iterator = krt_iter_py(iterable);
  if (!iterator)
    return;
  while (Value item = krt_next_py(iterator))
    pushLast(self, item);
}

void krt_deque_extendLeft_py(Deque *self, Value iterable) {
  List *items = krt_list_from_py(iterable);
  for (int64_t i = 0; items && i < items->length; ++i)
    pushFirst(self, items->items[i]);
}

void krt_deque_rotate(Deque *self, int64_t n) {
  if (self->length < 2)
    return;
  n %= self->length;
  if (n < 0)
    n += self->length;
  // A full ring turns by moving its start; otherwise the shorter way, item by item.
  if (n <= self->length / 2) {
    for (int64_t i = 0; i < n; ++i) {
      Value item = takeLast(self);
      pushFirst(self, item);
    }
  } else {
    for (int64_t i = self->length - n; i > 0; --i) {
      Value item = takeFirst(self);
      pushLast(self, item);
    }
  }
}

void krt_deque_clear(Deque *self) {
  self->items = nullptr;
  self->first = self->length = self->capacity = 0;
  ++self->modifications;
}

Value krt_deque_copy_py(Deque *self) {
  if (isExact(self, krt_deque_class)) {
    Value copy = make(&krt_deque_class, nullptr, 0, nullptr);
    deque(copy)->maxLength = self->maxLength;
    for (int64_t i = 0; i < self->length; ++i)
      pushLast(deque(copy), at(self, i));
    return copy;
  }
  Value args[2] = {self, krt_deque_maxlen(self)};
  return krt_call_py(classOf(self), args, self->maxLength >= 0 ? 2 : 1, nullptr);
}

int64_t krt_deque_count_py(Deque *self, Value value) {
  int64_t count = 0;
  for (int64_t i = 0;; ++i) {
    i = search(self, value, i, INT64_MAX);
    if (i < 0)
      return i == -2 ? -1 : count;
    ++count;
  }
}

Value krt_deque_index_py(Deque *self, Value value, Value start, Value stop) {
  int64_t from, to;
  if (!searchBound(start, self->length, 0, &from) || !searchBound(stop, self->length, INT64_MAX, &to))
    return {};
  int64_t position = search(self, value, from, to);
  if (position == -1)
    return krt_raise(kValueError, "%R is not in deque", value);
  return position < 0 ? Value() : smallInt(position);
}

void krt_deque_insert(Deque *self, int64_t index, Value object) {
  if (self->maxLength >= 0 && self->length >= self->maxLength) {
    krt_raise(kIndexError, "deque already at its maximum size");
    return;
  }
  if (index < 0)
    index = index + self->length < 0 ? 0 : index + self->length;
  if (index > self->length)
    index = self->length;
  pushLast(self, object);
  for (int64_t i = self->length - 1; i > index; --i)
    std::swap(at(self, i), at(self, i - 1));
}

void krt_deque_remove_py(Deque *self, Value value) {
  uint64_t modifications = self->modifications;
  int64_t position = search(self, value, 0, INT64_MAX);
  if (self->modifications != modifications && (position != -2 || krt_error_clear_if(kRuntimeError)))
    krt_raise(kIndexError, "deque mutated during remove().");
  else if (position == -1)
    krt_raise(kValueError, "%R is not in deque", value);
  else if (position >= 0)
    eraseAt(self, position);
}

void krt_deque_reverse(Deque *self) {
  for (int64_t i = 0, j = self->length - 1; i < j; ++i, --j)
    std::swap(at(self, i), at(self, j));
}

Value krt_deque_reversed(Deque *self) {
  auto *iterator = gcNew<DequeIter>(krt_deque_reverse_iter_class);
  iterator->deque = self;
  iterator->modifications = self->modifications;
  return iterator;
}

Value krt_deque_reduce_py(Deque *self) {
  Value state = TRY(krt_call_method_py(self, KSTR(__getstate__), nullptr, 0));
  Value arguments[2] = {krt_tuple_empty, krt_deque_maxlen(self)};
  Tuple *args = self->maxLength >= 0 ? krt_tuple_from(arguments, 2) : krt_tuple_empty;
  Value parts[4] = {classOf(self), args, state, TRY(krt_iter_py(self))};
  return krt_tuple_from(parts, 4);
}

Value krt_deque_classGetitem_py(Value cls, Value item) { return krt_generic_alias_new_py(cls, item); }
Value krt_deque_maxlen(Deque *self) { return self->maxLength < 0 ? kNone : smallInt(self->maxLength); }

int64_t krt_deque_iter_lengthHint(Value self) {
  auto *iterator = self.as<DequeIter>();
  return iterator->deque && iterator->deque->length > iterator->position
             ? iterator->deque->length - iterator->position
             : 0;
}
Value krt_deque_iter_reduce(Value self) {
  auto *iterator = self.as<DequeIter>();
  Value parts[2] = {iterator->deque ? Value(iterator->deque) : make(&krt_deque_class, nullptr, 0, nullptr),
                    smallInt(iterator->position)};
  return reduceTo(self, krt_tuple_from(parts, 2));
}

Value krt_defaultdict_missing_py(Dict *self, Value key) {
  Value factory = krt_defaultdict_factory(self);
  if (factory == kNone)
    return krt_raise_key_error(key);
  Value value = TRY(krt_call0_py(factory));
  if (krt_setitem_py(self, key, value) < 0)
    return {};
  return value;
}

Value krt_defaultdict_copy_py(Dict *self) {
  Value args[2] = {krt_defaultdict_factory(self), self};
  return krt_call_py(classOf(self), args, 2, nullptr);
}

Value krt_defaultdict_reduce_py(Dict *self) {
  Value factory = krt_defaultdict_factory(self);
  Tuple *args = factory == kNone ? krt_tuple_empty : krt_tuple_from(&factory, 1);
  Value items = TRY(krt_call_method_py(self, KSTR(items), nullptr, 0));
  Value parts[5] = {classOf(self), args, kNone, kNone, TRY(krt_iter_py(items))};
  return krt_tuple_from(parts, 5);
}

Value krt_defaultdict_classGetitem_py(Value cls, Value item) { return krt_generic_alias_new_py(cls, item); }
Value krt_defaultdict_factory(Dict *self) {
  return defaultDict(self)->factory ? defaultDict(self)->factory : kNone;
}
bool krt_defaultdict_setFactory(Dict *self, Value value) {
  defaultDict(self)->factory = value;
  return true;
}

Class krt_deque_iter_class = {
    .nativeName = "_collections._deque_iterator",
    .basicSize = sizeof(DequeIter),
    .slots = {.iter = iteratorSelf, .next = iterNext<false>, .make = makeIterator},
    .methods = krt_deque_iter_defs,
};
Class krt_deque_reverse_iter_class = {
    .nativeName = "_collections._deque_reverse_iterator",
    .basicSize = sizeof(DequeIter),
    .slots = {.iter = iteratorSelf, .next = iterNext<true>, .make = makeIterator},
    .methods = krt_deque_reverse_iter_defs,
};
Class krt_tuplegetter_class = {
    .nativeName = "_collections._tuplegetter",
    .basicSize = sizeof(TupleGetter),
    .slots = {.repr = reprField, .descrGet = getField, .descrSet = setField, .make = krt_tuplegetter_make},
    .methods = krt_tuplegetter_defs,
};
Class krt_deque_class = {
    .flags = kClassBase | kClassSequence | kClassWeakref,
    .nativeName = "collections.deque",
    .basicSize = sizeof(Deque),
    .slots = {.repr = repr,
              .hash = unhashable,
              .richcompare = compare,
              .iter = iter,
              .length = [](Value self) { return deque(self)->length; },
              .contains = contains,
              .getitem = getItem,
              .setitem = setItem,
              .concat = concat,
              .repeat = repeat,
              .inplaceConcat = inplaceConcat,
              .inplaceRepeat = inplaceRepeat,
              .init = init,
              .make = make},
    .methods = krt_deque_defs,
    .doc = krt_deque_doc,
};
Class krt_defaultdict_class = {
    .flags = kClassBase,
    .nativeName = "collections.defaultdict",
    .base = &krt_dict_class,
    .basicSize = sizeof(DefaultDict),
    .slots = {.repr = reprDefault,
              .binary = {[static_cast<int>(BinaryOp::Or)] = mergeDefault},
              .init = initDefault,
              .make = makeDefault},
    .methods = krt_defaultdict_defs,
    .doc = krt_defaultdict_doc,
};

} // extern "C"
} // namespace krait

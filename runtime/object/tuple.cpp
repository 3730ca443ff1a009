// tuple.cpp - the tuple and its methods.
#include "runtime/object/tuple_methods.h"

#include "runtime/abi/native.h"
#include "runtime/object/args.h"
#include "runtime/object/containers.h"
#include "runtime/object/sequence.h"
#include "runtime/object/union.h"

#include "runtime/object/tuple_methods.bind.inc"

namespace krait {

namespace {

Value getItem(Value self, Value key) {
  Tuple *tuple = self.as<Tuple>();
  if (isExact(key, krt_slice_class)) {
    int64_t start, stop, step;
    int64_t count = TRY_INT(krt_slice_adjust_py(key.as<Slice>(), tuple->length, &start, &stop, &step));
    if (count == tuple->length && step == 1 && isExact(self, krt_tuple_class))
      return self;
    if (step == 1)
      return krt_tuple_from(tuple->items + start, count);
    Tuple *result = krt_tuple_new(count);
    for (int64_t i = 0; i < count; ++i)
      result->items[i] = tuple->items[start + i * step];
    return result;
  }
  int64_t index;
  if (!sequenceIndex(key, tuple->length, "tuple indices must be integers or slices, not %T",
                     "tuple index out of range", &index))
    return {};
  return tuple->items[index];
}

Value concat(Value a, Value b) {
  if (!hasClassFlag(b, kClassTupleSub))
    return krt_raise(kTypeError, "can only concatenate tuple (not \"%T\") to tuple", b);
  Tuple *left = a.as<Tuple>(), *right = b.as<Tuple>();
  if (left->length == 0 && isExact(b, krt_tuple_class))
    return b;
  if (right->length == 0 && isExact(a, krt_tuple_class))
    return a;
  Tuple *result = krt_tuple_new(left->length + right->length);
  std::memcpy(static_cast<void *>(result->items), left->items, left->length * sizeof(Value));
  std::memcpy(static_cast<void *>(result->items + left->length), right->items, right->length * sizeof(Value));
  return result;
}

Value repeat(Value a, int64_t n) {
  Tuple *tuple = a.as<Tuple>();
  if (n <= 0 || tuple->length == 0)
    return krt_tuple_empty;
  if (n == 1 && isExact(a, krt_tuple_class))
    return a;
  int64_t total, bytes;
  if (__builtin_mul_overflow(tuple->length, n, &total) || __builtin_mul_overflow(total, 8, &bytes))
    return krt_raise_memory();
  auto *result = static_cast<Tuple *>(krt_gc_try(sizeof(Tuple) + bytes, false));
  if (!result)
    return krt_raise_memory();
  result->shape = krt_tuple_class.rootShape;
  result->length = total;
  sequenceRepeat(result->items, tuple->items, tuple->length, n);
  return result;
}

int contains(Value self, Value item) {
  Tuple *tuple = self.as<Tuple>();
  for (int64_t i = 0; i < tuple->length; ++i) {
    int equal = equalItems(tuple->items[i], item);
    if (equal)
      return equal;
  }
  return 0;
}

Value compare(Value a, Value b, CompareOp op) {
  if (!hasClassFlag(a, kClassTupleSub) || !hasClassFlag(b, kClassTupleSub))
    return kNotImplemented;
  return sequenceCompare(
      [a] { return std::pair(static_cast<Value *>(a.as<Tuple>()->items), a.as<Tuple>()->length); },
      [b] { return std::pair(static_cast<Value *>(b.as<Tuple>()->items), b.as<Tuple>()->length); }, op);
}

/// xxHash's accumulation over the items' hashes (the 64-bit constants are xxHash's primes), as hash((...)) is
/// defined in 3.11.
int hash(Value self, int64_t *out) {
  constexpr uint64_t prime1 = 11400714785074694791u, prime2 = 14029467366897019727u,
                     prime5 = 2870177450012600261u;
  Tuple *tuple = self.as<Tuple>();
  uint64_t sum = prime5;
  for (int64_t i = 0; i < tuple->length; ++i) {
    int64_t item;
    if (hashOf(tuple->items[i], &item) < 0)
      return -1;
    sum = std::rotl(sum + static_cast<uint64_t>(item) * prime2, 31) * prime1;
  }
  sum += static_cast<uint64_t>(tuple->length) ^ (prime5 ^ 3527539u);
  *out = sum == UINT64_MAX ? 1546275796 : static_cast<int64_t>(sum);
  return 0;
}

Value iter(Value self) {
  auto *iterator = gcNew<ListIter>(krt_tuple_iter_class);
  iterator->container = self;
  return iterator;
}

Value iterNext(Value self) {
  ListIter *iterator = self.as<ListIter>();
  if (!iterator->container)
    return {};
  Tuple *tuple = iterator->container.as<Tuple>();
  if (iterator->index < tuple->length)
    return tuple->items[iterator->index++];
  iterator->container = Value();
  return {};
}

Value repr(Value self) {
  return sequenceRepr(
      self,
      [self] { return std::pair(static_cast<Value *>(self.as<Tuple>()->items), self.as<Tuple>()->length); },
      "(", ")", true);
}

Value make(Class *cls, const Value *args, size_t nargs, Tuple *kwnames) {
  if (kwnames && kwnames->length && (cls == &krt_tuple_class || cls->slots.init == krt_tuple_class.slots.init))
    return krt_raise(kTypeError, "tuple() takes no keyword arguments");
  if (nargs > 1)
    return krt_raise(kTypeError, "tuple expected at most 1 argument, got %zu", nargs);
  Tuple *items = nargs ? TRY(krt_tuple_from_py(args[0])) : krt_tuple_empty;
  if (cls == &krt_tuple_class)
    return items;
  auto *result = reinterpret_cast<Tuple *>(krt_instance_new(cls, items->length));
  result->length = items->length;
  std::memcpy(static_cast<void *>(result->items), items->items, items->length * sizeof(Value));
  return result;
}

struct EmptyTuple : Object {
  int64_t length;
};
constinit Shape tupleShape = {.cls = &krt_tuple_class};
constinit EmptyTuple emptyTuple = {{&tupleShape}, 0};

} // namespace

extern "C" {

Tuple *const krt_tuple_empty = reinterpret_cast<Tuple *>(&emptyTuple);

Tuple *krt_tuple_new(size_t length) {
  if (length == 0)
    return krt_tuple_empty;
  Tuple *tuple = gcNew<Tuple>(krt_tuple_class, length * sizeof(Value));
  tuple->length = static_cast<int64_t>(length);
  return tuple;
}

Tuple *krt_tuple_from(const Value *items, size_t length) {
  Tuple *tuple = krt_tuple_new(length);
  if (length)
    std::memcpy(static_cast<void *>(tuple->items), items, length * sizeof(Value));
  return tuple;
}

Tuple *krt_tuple_from_py(Value iterable) {
  if (isExact(iterable, krt_tuple_class))
    return iterable.as<Tuple>();
  if (isExact(iterable, krt_list_class))
    return krt_tuple_from(iterable.as<List>()->items, iterable.as<List>()->length);
  List *list = TRY(krt_list_from_py(iterable));
  return krt_tuple_from(list->items, list->length);
}

} // extern "C"

// ---- Methods ----

namespace {
auto itemsOf(Tuple *tuple) {
  return [tuple] { return std::pair(static_cast<Value *>(tuple->items), tuple->length); };
}

} // namespace

extern "C" {

int64_t krt_tuple_count_py(Tuple *self, Value value) { return countItems(itemsOf(self), value); }

Value krt_tuple_index_py(Tuple *self, Value value, Value start, Value stop) {
  int64_t from, to;
  if (!searchBound(start, self->length, 0, &from) || !searchBound(stop, self->length, INT64_MAX, &to))
    return {};
  int64_t position = searchItems(itemsOf(self), value, from, to);
  if (position == -1)
    return krt_raise(kValueError, "tuple.index(x): x not in tuple");
  return position < 0 ? Value() : smallInt(position);
}

Value krt_tuple_getnewargs(Tuple *self) {
  Value plain = krt_tuple_from(self->items, self->length);
  return krt_tuple_from(&plain, 1);
}
Value krt_tuple_classGetitem_py(Value cls, Value item) { return krt_generic_alias_new_py(cls, item); }

} // extern "C"

Class krt_tuple_iter_class = {
    .nativeName = "tuple_iterator",
    .basicSize = sizeof(ListIter),
    .slots = {.iter = iteratorSelf, .next = iterNext},
    .methods = krt_tuple_iter_defs,
};

Class krt_tuple_class = {
    .flags = kClassBase | kClassSequence | kClassMatchSelf | kClassTupleSub,
    .nativeName = "tuple",
    .rootShape = &tupleShape,
    .basicSize = sizeof(Tuple),
    .itemSize = sizeof(Value),
    .slots = {.repr = repr,
              .hash = hash,
              .richcompare = compare,
              .iter = iter,
              .length = [](Value self) { return self.as<Tuple>()->length; },
              .contains = contains,
              .getitem = getItem,
              .concat = concat,
              .repeat = repeat,
              .make = make},
    .methods = krt_tuple_defs,
    .doc = krt_tuple_doc,
    .newSignature = "(iterable=(), /)",
};

} // namespace krait

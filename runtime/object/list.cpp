// list.cpp - the list's core: growth, items, slices, comparison, iteration; and its methods. Sorting:
// sort.cpp.
#include "runtime/object/list_methods.h"

#include "runtime/abi/native.h"
#include "runtime/object/args.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/hash_table.h"
#include "runtime/object/sequence.h"
#include "runtime/object/state.h"
#include "runtime/object/union.h"

#include <algorithm>

#include "runtime/object/list_methods.bind.inc"

namespace krait {

namespace {

/// Room for [wanted] items; grows by an eighth, long lists by a quarter (each larger block has to be found in
/// one piece), so that appending is linear. False = MemoryError pending.
bool reserve(List *list, int64_t wanted) {
  if (wanted <= list->capacity)
    return true;
  int64_t capacity = (wanted + (wanted >> (wanted < 256 ? 3 : 2)) + 6) & ~int64_t{3};
  auto *items = static_cast<Value *>(gcTryAllocate(static_cast<size_t>(capacity) * sizeof(Value), false));
  if (!items) {
    krt_raise_memory();
    return false;
  }
  Value *old = list->items;
  if (list->length)
    std::memcpy(static_cast<void *>(items), old, list->length * sizeof(Value));
  list->items = items;
  if (old)
    krt_gc_free(old, static_cast<size_t>(list->capacity) * sizeof(Value), false);
  list->capacity = capacity;
  return true;
}

/// Replaces items [start, end) by the [count] values at [source], which does not alias the list.
bool splice(List *list, int64_t start, int64_t end, const Value *source, int64_t count) {
  int64_t tail = list->length - end, change = count - (end - start);
  if (!reserve(list, list->length + change))
    return false;
  if (tail && change)
    std::memmove(static_cast<void *>(list->items + start + count), list->items + end, tail * sizeof(Value));
  if (count)
    std::memcpy(static_cast<void *>(list->items + start), source, count * sizeof(Value));
  int64_t length = list->length + change;
  for (int64_t i = length; i < list->length; ++i)
    list->items[i] = Value(); // lets the collector have what was dropped
  list->length = length;
  return true;
}

Value getItem(Value self, Value key) {
  List *list = self.as<List>();
  if (isExact(key, krt_slice_class)) {
    int64_t start, stop, step;
    Slice *slice = TRY(sliceSettled_py(key.as<Slice>()));
    int64_t count = TRY_INT(krt_slice_adjust_py(slice, list->length, &start, &stop, &step));
    List *result = TRY(krt_list_new(count));
    for (int64_t i = 0; i < count && start + i * step < list->length; ++i)
      result->items[result->length++] = list->items[start + i * step];
    return result;
  }
  int64_t index;
  if (!sequenceIndex(key, list->length, "list indices must be integers or slices, not %T",
                     "list index out of range", &index))
    return {};
  return list->items[index];
}

int setSlice(List *list, Slice *slice, Value value) {
  int64_t start, stop, step;
  // The source first: evaluating it may change the list.
  List *source = nullptr;
  if (value) {
    if (!krt_special_iterable(value))
      return raiseInt(kTypeError, slice->step == kNone ? "can only assign an iterable"
                                                       : "must assign iterable to extended slice");
    source = TRY_OR_MINUS(krt_list_from_py(value));
  }
  slice = TRY_OR_MINUS(sliceSettled_py(slice));
  int64_t count = TRY_INT_OR_MINUS(krt_slice_adjust_py(slice, list->length, &start, &stop, &step));
  if (step == 1)
    return splice(list, start, start + count, source ? source->items : nullptr, source ? source->length : 0)
               ? 0
               : -1;
  if (source) {
    if (source->length != count)
      return raiseInt(kValueError, "attempt to assign sequence of size %lld to extended slice of size %lld",
                      (long long)source->length, (long long)count);
    for (int64_t i = 0; i < count; ++i)
      list->items[start + i * step] = source->items[i];
    return 0;
  }
  if (count == 0)
    return 0;
  if (step < 0) {
    start += step * (count - 1);
    step = -step;
  }
  int64_t to = start, next = start;
  for (int64_t from = start; from < list->length; ++from) {
    if (from == next && from <= start + step * (count - 1))
      next += step;
    else
      list->items[to++] = list->items[from];
  }
  while (list->length > to)
    list->items[--list->length] = Value();
  return 0;
}

int setItem(Value self, Value key, Value value) {
  List *list = self.as<List>();
  if (isExact(key, krt_slice_class))
    return setSlice(list, key.as<Slice>(), value);
  int64_t index;
  if (!sequenceIndex(key, list->length, "list indices must be integers or slices, not %T",
                     "list assignment index out of range", &index))
    return -1;
  if (value)
    list->items[index] = value;
  else
    splice(list, index, index + 1, nullptr, 0);
  return 0;
}

Value concat(Value a, Value b) {
  if (!hasClassFlag(b, kClassListSub))
    return krt_raise(kTypeError, "can only concatenate list (not \"%T\") to list", b);
  List *left = a.as<List>(), *right = b.as<List>();
  List *result = TRY(krt_list_new(left->length + right->length));
  std::memcpy(static_cast<void *>(result->items), left->items, left->length * sizeof(Value));
  std::memcpy(static_cast<void *>(result->items + left->length), right->items, right->length * sizeof(Value));
  result->length = left->length + right->length;
  return result;
}

/// The size in bytes of more does not fit.
constexpr int64_t kMostItems = INT64_MAX / static_cast<int64_t>(2 * sizeof(Value));

Value repeat(Value a, int64_t n) {
  List *list = a.as<List>();
  int64_t total;
  if (n <= 0 || list->length == 0)
    return krt_list_new(0);
  if (__builtin_mul_overflow(list->length, n, &total) || total > kMostItems)
    return krt_raise_memory();
  List *result = TRY(krt_list_new(total));
  sequenceRepeat(result->items, list->items, list->length, n);
  result->length = total;
  return result;
}

Value inplaceConcat(Value a, Value b) {
  if (krt_list_extend_py(a.as<List>(), b) < 0)
    return {};
  return a;
}

Value inplaceRepeat(Value a, int64_t n) {
  List *list = a.as<List>();
  int64_t total;
  if (n <= 0) {
    splice(list, 0, list->length, nullptr, 0);
    return a;
  }
  if (__builtin_mul_overflow(list->length, n, &total) || total > kMostItems)
    return krt_raise_memory();
  if (!reserve(list, total))
    return {};
  sequenceRepeat(list->items, list->items, list->length, n);
  list->length = total;
  return a;
}

int contains(Value self, Value item) {
  List *list = self.as<List>();
  for (int64_t i = 0; i < list->length; ++i) {
    int equal = equalItems(list->items[i], item);
    if (equal)
      return equal;
  }
  return 0;
}

Value compare(Value a, Value b, CompareOp op) {
  if (!hasClassFlag(a, kClassListSub) || !hasClassFlag(b, kClassListSub))
    return kNotImplemented;
  return sequenceCompare([a] { return std::pair(a.as<List>()->items, a.as<List>()->length); },
                         [b] { return std::pair(b.as<List>()->items, b.as<List>()->length); }, op);
}

Value iter(Value self) {
  auto *iterator = gcNew<ListIter>(krt_list_iter_class);
  iterator->container = self;
  return iterator;
}

Value iterNext(Value self) {
  ListIter *iterator = self.as<ListIter>();
  if (!iterator->container)
    return {};
  List *list = iterator->container.as<List>();
  if (iterator->index < list->length)
    return list->items[iterator->index++];
  iterator->container = Value();
  return {};
}

Value repr(Value self) {
  return sequenceRepr(
      self, [self] { return std::pair(self.as<List>()->items, self.as<List>()->length); }, "[", "]", false);
}

Value make(Class *cls, const Value *, size_t, Tuple *) { return krt_instance_new(cls, 0); }

int init(Value self, const Value *args, size_t nargs, Tuple *kwnames) {
  // A subclass with a __new__ of its own may take keywords there.
  if (kwnames && kwnames->length && classOf(self)->slots.make == make)
    return raiseInt(kTypeError, "list() takes no keyword arguments");
  if (nargs > 1)
    return raiseInt(kTypeError, "list expected at most 1 argument, got %zu", nargs);
  List *list = self.as<List>();
  krt_list_erase(list, 0, list->length);
  return nargs ? krt_list_extend_py(list, args[0]) : 0;
}

} // namespace

extern "C" {

List *krt_list_new(size_t capacity) {
  List *list = gcNew<List>(krt_list_class);
  if (capacity) {
    list->items =
        static_cast<Value *>(capacity * sizeof(Value) <= 512 ? gcAllocate(capacity * sizeof(Value))
                                                             : krt_gc_try(capacity * sizeof(Value), false));
    if (!list->items) {
      krt_raise_memory();
      return nullptr;
    }
    list->capacity = static_cast<int64_t>(capacity);
  }
  return list;
}

List *krt_list_from(const Value *items, size_t length) {
  List *list = krt_list_new(length);
  if (list && length) {
    std::memcpy(static_cast<void *>(list->items), items, length * sizeof(Value));
    list->length = static_cast<int64_t>(length);
  }
  return list;
}

int krt_list_append_slow(List *list, Value item) {
  if (!reserve(list, list->length + 1))
    return -1;
  list->items[list->length++] = item;
  return 0;
}

int krt_list_insert(List *list, int64_t index, Value item) {
  if (index < 0)
    index = index + list->length < 0 ? 0 : index + list->length;
  if (index > list->length)
    index = list->length;
  return splice(list, index, index, &item, 1) ? 0 : -1;
}

void krt_list_erase(List *list, int64_t start, int64_t end) {
  // Comparing may have made the list shorter since [start] was found.
  end = std::min(end, list->length);
  splice(list, std::min(start, end), end, nullptr, 0);
}

List *krt_list_slice(List *list, int64_t start, int64_t end) {
  return start < end ? krt_list_from(list->items + start, end - start) : krt_list_new(0);
}

int krt_list_extend_py(List *list, Value iterable) {
  if (isExact(iterable, krt_list_class) || isExact(iterable, krt_tuple_class)) {
    bool isList = isExact(iterable, krt_list_class);
    int64_t count = isList ? iterable.as<List>()->length : iterable.as<Tuple>()->length;
    if (!reserve(list, list->length + count))
      return -1;
    const Value *source =
        isList ? iterable.as<List>()->items : iterable.as<Tuple>()->items; // may be the list itself
    if (count)
      std::memcpy(static_cast<void *>(list->items + list->length), source, count * sizeof(Value));
    list->length += count;
    return 0;
  }
  Value iterator = TRY_OR_MINUS(krt_iter_py(iterable));
  int64_t hint = TRY_INT_OR_MINUS(krt_length_hint_py(iterable, 8));
  if (hint < (int64_t{1} << 40) && !reserve(list, list->length + hint))
    return -1;
  while (Value item = krt_next_py(iterator))
    krt_list_append(list, item);
  return errorPending() ? -1 : 0;
}

List *krt_list_from_py(Value iterable) {
  List *list = krt_list_new(0);
  if (krt_list_extend_py(list, iterable) < 0)
    return nullptr;
  return list;
}

} // extern "C"

// ---- Methods ----

namespace {

auto itemsOf(List *list) {
  return [list] { return std::pair(list->items, list->length); };
}
Value reverseNext(Value self) {
  ListIter *iterator = self.as<ListIter>();
  if (!iterator->container)
    return {};
  List *list = iterator->container.as<List>();
  if (iterator->index >= 0 && iterator->index < list->length)
    return list->items[iterator->index--];
  iterator->container = Value();
  return {};
}

/// (builtin [name], (argument,)[, index]) as pickle wants it.
Value reduceTo(const char *name, Value argument, const int64_t *index) {
  Value function = krt_dict_get_str(krt_builtins_dict(), strIntern(name));
  Value parts[3] = {function, krt_tuple_from(&argument, 1)};
  if (index)
    parts[2] = smallInt(*index);
  return krt_tuple_from(parts, index ? 3 : 2);
}

} // namespace

extern "C" {

void krt_list_appendMethod(List *self, Value object) { krt_list_append(self, object); }
void krt_list_clear(List *self) {
  self->items = nullptr;
  self->length = self->capacity = 0;
}
List *krt_list_copy(List *self) { return krt_list_from(self->items, self->length); }
int64_t krt_list_count_py(List *self, Value value) { return countItems(itemsOf(self), value); }
void krt_list_extendMethod_py(List *self, Value iterable) { krt_list_extend_py(self, iterable); }

Value krt_list_index_py(List *self, Value value, Value start, Value stop) {
  int64_t from, to;
  if (!searchBound(start, self->length, 0, &from) || !searchBound(stop, self->length, INT64_MAX, &to))
    return {};
  int64_t position = searchItems(itemsOf(self), value, from, to);
  if (position == -1)
    return krt_raise(kValueError, "%R is not in list", value);
  return position < 0 ? Value() : smallInt(position);
}

void krt_list_insertMethod(List *self, int64_t index, Value object) { krt_list_insert(self, index, object); }

Value krt_list_pop(List *self, int64_t index) {
  if (!self->length)
    return krt_raise(kIndexError, "pop from empty list");
  if (index < 0)
    index += self->length;
  if (index < 0 || index >= self->length)
    return krt_raise(kIndexError, "pop index out of range");
  Value item = self->items[index];
  if (index == self->length - 1)
    self->items[--self->length] = Value();
  else
    krt_list_erase(self, index, index + 1);
  return item;
}

void krt_list_remove_py(List *self, Value value) {
  int64_t position = searchItems(itemsOf(self), value, 0, INT64_MAX);
  if (position == -1)
    krt_raise(kValueError, "list.remove(x): x not in list");
  else if (position >= 0)
    krt_list_erase(self, position, position + 1);
}

void krt_list_reverse(List *self) { std::reverse(self->items, self->items + self->length); }
void krt_list_sortMethod_py(List *self, Value key, int32_t reverse) {
  krt_list_sort_py(self, key, reverse != 0);
}

Value krt_list_reversed(List *self) {
  auto *iterator = gcNew<ListIter>(krt_list_reverse_iter_class);
  iterator->container = self;
  iterator->index = self->length - 1;
  return iterator;
}

int64_t krt_list_sizeof(List *self) { return static_cast<int64_t>(sizeof(List)) + self->capacity * 8; }
Value krt_list_classGetitem_py(Value cls, Value item) { return krt_generic_alias_new_py(cls, item); }

int64_t krt_list_iter_lengthHint(Value self) {
  auto *iterator = self.as<ListIter>();
  if (!iterator->container)
    return 0;
  int64_t length = hasClassFlag(iterator->container, kClassListSub) ? iterator->container.as<List>()->length
                                                                    : iterator->container.as<Tuple>()->length;
  return std::max<int64_t>(length - iterator->index, 0);
}

Value krt_list_iter_reduce_py(Value self) {
  auto *iterator = self.as<ListIter>();
  if (!iterator->container)
    return reduceTo("iter",
                    isExact(self, krt_list_iter_class) ? Value(krt_list_new(0)) : Value(krt_tuple_empty),
                    nullptr);
  return reduceTo("iter", iterator->container, &iterator->index);
}

Value krt_list_iter_setstate_py(Value self, Value state) {
  int64_t index = krt_index_i64_py(state, kOverflowError);
  if (index == -1 && errorPending())
    return {};
  auto *iterator = self.as<ListIter>();
  if (iterator->container) {
    int64_t length = hasClassFlag(iterator->container, kClassListSub)
                         ? iterator->container.as<List>()->length
                         : iterator->container.as<Tuple>()->length;
    iterator->index = std::clamp<int64_t>(index, 0, length);
  }
  return kNone;
}

int64_t krt_list_reverse_iter_lengthHint(ListIter *self) {
  if (!self->container || self->container.as<List>()->length < self->index + 1)
    return 0;
  return self->index + 1;
}

Value krt_list_reverse_iter_reduce_py(ListIter *self) {
  if (!self->container)
    return reduceTo("iter", krt_list_new(0), nullptr);
  return reduceTo("reversed", self->container, &self->index);
}

Value krt_list_reverse_iter_setstate_py(ListIter *self, Value state) {
  int64_t index = krt_index_i64_py(state, kOverflowError);
  if (index == -1 && errorPending())
    return {};
  if (self->container)
    self->index = std::clamp<int64_t>(index, -1, self->container.as<List>()->length - 1);
  return kNone;
}

} // extern "C"

Class krt_list_iter_class = {
    .nativeName = "list_iterator",
    .basicSize = sizeof(ListIter),
    .slots = {.iter = iteratorSelf, .next = iterNext},
    .methods = krt_list_iter_defs,
};
Class krt_list_reverse_iter_class = {
    .nativeName = "list_reverseiterator",
    .basicSize = sizeof(ListIter),
    .slots = {.iter = iteratorSelf, .next = reverseNext},
    .methods = krt_list_reverse_iter_defs,
};

Class krt_list_class = {
    .flags = kClassBase | kClassSequence | kClassMatchSelf | kClassListSub,
    .nativeName = "list",
    .basicSize = sizeof(List),
    .slots = {.repr = repr,
              .richcompare = compare,
              .iter = iter,
              .length = [](Value self) { return self.as<List>()->length; },
              .contains = contains,
              .getitem = getItem,
              .setitem = setItem,
              .concat = concat,
              .repeat = repeat,
              .inplaceConcat = inplaceConcat,
              .inplaceRepeat = inplaceRepeat,
              .make = make,
              .init = init},
    .methods = krt_list_defs,
    .doc = krt_list_doc,
    .newSignature = "(iterable=(), /)",
};

} // namespace krait

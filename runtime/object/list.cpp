// list.cpp - the list's core: growth, items, slices, comparison, iteration. Methods: list_methods.h.
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/hash_table.h"
#include "runtime/object/sequence.h"

namespace krait {

namespace {

/// Room for [wanted] items; grows by an eighth, so that appending is linear. False = MemoryError pending.
bool reserve(List *list, int64_t wanted) {
  if (wanted <= list->capacity)
    return true;
  int64_t capacity = (wanted + (wanted >> 3) + 6) & ~int64_t{3};
  auto *items = static_cast<Value *>(krt_gc_try(static_cast<size_t>(capacity) * sizeof(Value), false));
  if (!items) {
    krt_raise_memory();
    return false;
  }
  if (list->length)
    std::memcpy(static_cast<void *>(items), list->items, list->length * sizeof(Value));
  list->items = items;
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
    int64_t count = TRY_INT(krt_slice_adjust_py(key.as<Slice>(), list->length, &start, &stop, &step));
    List *result = TRY(krt_list_new(count));
    for (int64_t i = 0; i < count && start + i * step < list->length; ++i)
      result->items[result->length++] = list->items[start + i * step];
    return result;
  }
  int64_t index;
  if (!sequenceIndex(key, list->length, "list indices must be integers or slices, not %T", "list index out of range", &index))
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
  int64_t count = TRY_INT_OR_MINUS(krt_slice_adjust_py(slice, list->length, &start, &stop, &step));
  if (step == 1)
    return splice(list, start, start + count, source ? source->items : nullptr, source ? source->length : 0) ? 0 : -1;
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

Value repeat(Value a, int64_t n) {
  List *list = a.as<List>();
  int64_t total;
  if (n <= 0 || list->length == 0)
    return krt_list_new(0);
  if (__builtin_mul_overflow(list->length, n, &total))
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
  if (__builtin_mul_overflow(list->length, n, &total))
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
  return sequenceRepr(self, [self] { return std::pair(self.as<List>()->items, self.as<List>()->length); }, "[", "]", false);
}


Value make(Class *cls, const Value *, size_t, Tuple *) { return krt_instance_new(cls, 0); }

} // namespace

extern "C" {

List *krt_list_new(size_t capacity) {
  List *list = gcNew<List>(krt_list_class);
  if (capacity) {
    list->items = static_cast<Value *>(capacity * sizeof(Value) <= 512 ? gcAllocate(capacity * sizeof(Value))
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

void krt_list_erase(List *list, int64_t start, int64_t end) { splice(list, start, end, nullptr, 0); }

List *krt_list_slice(List *list, int64_t start, int64_t end) {
  return start < end ? krt_list_from(list->items + start, end - start) : krt_list_new(0);
}

int krt_list_extend_py(List *list, Value iterable) {
  if (isExact(iterable, krt_list_class) || isExact(iterable, krt_tuple_class)) {
    bool isList = isExact(iterable, krt_list_class);
    int64_t count = isList ? iterable.as<List>()->length : iterable.as<Tuple>()->length;
    if (!reserve(list, list->length + count))
      return -1;
    const Value *source = isList ? iterable.as<List>()->items : iterable.as<Tuple>()->items; // may be the list itself
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

Class krt_list_iter_class = {
    .flags = 0, .nativeName = "list_iterator", .basicSize = sizeof(ListIter),
    .slots = {.iter = iteratorSelf, .next = iterNext}};

Class krt_list_class = {
    .flags = kClassBase | kClassSequence | kClassMatchSelf | kClassListSub,
    .nativeName = "list",
    .basicSize = sizeof(List),
    .slots = {.repr = repr, .richcompare = compare, .iter = iter,
              .length = [](Value self) { return self.as<List>()->length; },
              .contains = contains, .getitem = getItem, .setitem = setItem, .concat = concat, .repeat = repeat,
              .inplaceConcat = inplaceConcat, .inplaceRepeat = inplaceRepeat, .make = make},
};

} // namespace krait

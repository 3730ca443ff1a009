// itertools_combinatoric.cpp - see itertools_combinatoric.h.
//
// All four walk an array of indices into pools of items. A step changes the indices from some place on and
// gives a new tuple, which keeps the items before that place.
#include "stdlib/native/itertools_combinatoric.h"

#include "runtime/abi/native.h"
#include "runtime/object/args.h"
#include "runtime/object/containers.h"
#include "runtime/object/iteration.h"
#include "runtime/object/sequence.h"
#include "stdlib/native/class_module.h"

#include "stdlib/native/itertools_combinatoric.bind.inc"

namespace krait {

namespace {

struct Combinatoric : Object {
  Tuple *pools;     // product: a tuple per place; others: the one pool
  int64_t *indices; // product, combinations: [length]; permutations: of the whole pool
  int64_t *cycles;  // permutations: [length]
  int64_t length;   // of the results
  Tuple *result;    // given last; null: none yet
  bool stopped;
};

int64_t *newIndices(int64_t count) {
  auto *indices =
      static_cast<int64_t *>(gcAllocateAtomic(static_cast<size_t>(count ? count : 1) * sizeof(int64_t)));
  std::memset(indices, 0, static_cast<size_t>(count) * sizeof(int64_t));
  return indices;
}

Value stop(Combinatoric *walk) {
  walk->stopped = true;
  return {};
}

Tuple *poolAt(Combinatoric *walk, bool product, int64_t place) {
  return product ? walk->pools->items[place].as<Tuple>() : walk->pools;
}

/// The tuple that the indices tell, places before [from] taken from the last result.
Value give(Combinatoric *walk, bool product, int64_t from) {
  Tuple *result = krt_tuple_new(walk->length);
  for (int64_t i = 0; i < from; ++i)
    result->items[i] = walk->result->items[i];
  for (int64_t i = from; i < walk->length; ++i)
    result->items[i] = poolAt(walk, product, i)->items[walk->indices[i]];
  return walk->result = result;
}

Value nextProduct(Value self) {
  auto *walk = self.as<Combinatoric>();
  if (walk->stopped)
    return {};
  if (!walk->result) {
    for (int64_t i = 0; i < walk->length; ++i)
      if (!poolAt(walk, true, i)->length)
        return stop(walk);
    return give(walk, true, 0);
  }
  for (int64_t i = walk->length - 1; i >= 0; --i) {
    if (++walk->indices[i] < poolAt(walk, true, i)->length)
      return give(walk, true, i);
    walk->indices[i] = 0;
  }
  return stop(walk);
}

Value nextCombination(Value self) {
  auto *walk = self.as<Combinatoric>();
  int64_t n = walk->pools->length, r = walk->length;
  if (walk->stopped)
    return {};
  if (!walk->result)
    return r > n ? stop(walk) : give(walk, false, 0);
  int64_t i = r - 1;
  while (i >= 0 && walk->indices[i] == i + n - r)
    --i;
  if (i < 0)
    return stop(walk);
  ++walk->indices[i];
  for (int64_t j = i + 1; j < r; ++j)
    walk->indices[j] = walk->indices[j - 1] + 1;
  return give(walk, false, i);
}

Value nextWithReplacement(Value self) {
  auto *walk = self.as<Combinatoric>();
  int64_t n = walk->pools->length, r = walk->length;
  if (walk->stopped)
    return {};
  if (!walk->result)
    return r > 0 && n == 0 ? stop(walk) : give(walk, false, 0);
  int64_t i = r - 1;
  while (i >= 0 && walk->indices[i] == n - 1)
    --i;
  if (i < 0)
    return stop(walk);
  int64_t index = walk->indices[i] + 1;
  for (int64_t j = i; j < r; ++j)
    walk->indices[j] = index;
  return give(walk, false, i);
}

/// As the reference in the documentation: place i cycles through the items not used before it.
Value nextPermutation(Value self) {
  auto *walk = self.as<Combinatoric>();
  int64_t n = walk->pools->length, r = walk->length;
  if (walk->stopped)
    return {};
  if (!walk->result)
    return r > n ? stop(walk) : give(walk, false, 0);
  for (int64_t i = r - 1; i >= 0; --i) {
    if (--walk->cycles[i] == 0) {
      int64_t first = walk->indices[i];
      std::memmove(walk->indices + i, walk->indices + i + 1,
                   static_cast<size_t>(n - i - 1) * sizeof(int64_t));
      walk->indices[n - 1] = first;
      walk->cycles[i] = n - i;
      continue;
    }
    std::swap(walk->indices[i], walk->indices[n - walk->cycles[i]]);
    return give(walk, false, i);
  }
  return stop(walk);
}

Combinatoric *start(const Class &plain, Class *cls, Tuple *pools, int64_t length, int64_t indices) {
  auto *walk = newInstance<Combinatoric>(plain, cls);
  walk->pools = pools;
  walk->length = length;
  walk->indices = newIndices(indices);
  return walk;
}

Tuple *numbers(const int64_t *values, int64_t count) {
  Tuple *result = krt_tuple_new(count);
  for (int64_t i = 0; i < count; ++i)
    result->items[i] = smallInt(values[i]);
  return result;
}

bool isKind(Value self, const Class &cls) { return krt_subclass(classOf(self), &cls); }

/// Reads [count] indices below what [limit] tells, clipped; false = exception pending.
template <typename Limit> bool readIndices(Value state, int64_t count, int64_t *out, Limit limit) {
  if (!hasClassFlag(state, kClassTupleSub) || state.as<Tuple>()->length != count) {
    krt_raise(kValueError, "invalid arguments");
    return false;
  }
  for (int64_t i = 0; i < count; ++i) {
    int64_t index = krt_index_i64_py(state.as<Tuple>()->items[i], nullptr);
    if (index == -1 && errorPending())
      return false;
    int64_t last = limit(i) - 1;
    out[i] = index < 0 ? 0 : index > last ? last : index;
  }
  return true;
}

} // namespace

extern "C" {

Value krt_itertools_product_create_py(Class *cls, ArgSpan iterables, int64_t repeat) {
  if (repeat < 0)
    return krt_raise(kValueError, "repeat argument cannot be negative");
  int64_t count = static_cast<int64_t>(iterables.size), length;
  if (__builtin_mul_overflow(count, repeat, &length) || length > (int64_t{1} << 40))
    return krt_raise(kOverflowError, "repeat argument too large");
  constexpr int64_t kSurelyFits = int64_t{1} << 20;
  if (length > kSurelyFits && !krt_gc_try(static_cast<size_t>(length) * sizeof(Value), false))
    return krt_raise_memory();
  Tuple *pools = krt_tuple_new(length);
  for (int64_t i = 0; i < count && repeat; ++i)
    pools->items[i] = TRY(krt_tuple_from_py(iterables.data[i]));
  for (int64_t i = count; i < length; ++i)
    pools->items[i] = pools->items[i - count];
  return start(krt_itertools_product_class, cls, pools, length, length);
}

Value krt_itertools_permutations_create_py(Class *cls, Value iterable, Value r) {
  Tuple *pool = TRY(krt_tuple_from_py(iterable));
  int64_t length = pool->length;
  if (r != kNone) {
    if (!krt_int_check(r))
      return krt_raise(kTypeError, "Expected int as r");
    length = krt_index_i64_py(r, kOverflowError);
    if (length == -1 && errorPending())
      return {};
    if (length < 0)
      return krt_raise(kValueError, "r must be non-negative");
  }
  Combinatoric *walk = start(krt_itertools_permutations_class, cls, pool, length, pool->length);
  walk->cycles = newIndices(length > pool->length ? 0 : length);
  for (int64_t i = 0; i < pool->length; ++i)
    walk->indices[i] = i;
  for (int64_t i = 0; i < length && length <= pool->length; ++i)
    walk->cycles[i] = pool->length - i;
  return walk;
}

Value krt_itertools_combinations_create_py(Class *cls, Value iterable, int64_t r) {
  Tuple *pool = TRY(krt_tuple_from_py(iterable));
  if (r < 0)
    return krt_raise(kValueError, "r must be non-negative");
  Combinatoric *walk = start(krt_itertools_combinations_class, cls, pool, r, r > pool->length ? 0 : r);
  for (int64_t i = 0; i < r && r <= pool->length; ++i)
    walk->indices[i] = i;
  return walk;
}

Value krt_itertools_combinations_with_replacement_create_py(Class *cls, Value iterable, int64_t r) {
  Tuple *pool = TRY(krt_tuple_from_py(iterable));
  if (r < 0)
    return krt_raise(kValueError, "r must be non-negative");
  if (r > (int64_t{1} << 40))
    return krt_raise_memory();
  return start(krt_itertools_combinations_with_replacement_class, cls, pool, r, r);
}

Value krt_itertools_combinatoric_reduce(Value self) {
  auto *walk = self.as<Combinatoric>();
  Value pair[2] = {walk->stopped ? krt_tuple_empty : walk->pools, smallInt(walk->length)};
  if (isKind(self, krt_itertools_product_class)) {
    Value none = krt_tuple_empty;
    if (walk->stopped)
      return reduceTo(self, krt_tuple_from(&none, 1));
    return reduceTo(self, walk->pools, walk->result ? Value(numbers(walk->indices, walk->length)) : Value());
  }
  Tuple *arguments = krt_tuple_from(pair, 2);
  if (walk->stopped || !walk->result)
    return reduceTo(self, arguments);
  if (!isKind(self, krt_itertools_permutations_class))
    return reduceTo(self, arguments, numbers(walk->indices, walk->length));
  Value state[2] = {numbers(walk->indices, walk->pools->length), numbers(walk->cycles, walk->length)};
  return reduceTo(self, arguments, krt_tuple_from(state, 2));
}

Value krt_itertools_combinatoric_setstate_py(Value self, Value state) {
  auto *walk = self.as<Combinatoric>();
  bool product = isKind(self, krt_itertools_product_class);
  int64_t n = walk->pools->length, r = walk->length;
  if (product) {
    for (int64_t i = 0; i < r; ++i)
      if (!poolAt(walk, true, i)->length) {
        walk->stopped = true;
        return kNone;
      }
    if (!readIndices(state, r, walk->indices, [&](int64_t i) { return poolAt(walk, true, i)->length; }))
      return {};
  } else if (isKind(self, krt_itertools_permutations_class)) {
    if (!hasClassFlag(state, kClassTupleSub) || state.as<Tuple>()->length != 2 || r > n)
      return krt_raise(kValueError, "invalid arguments");
    Tuple *parts = state.as<Tuple>();
    if (!readIndices(parts->items[0], n, walk->indices, [&](int64_t) { return n; }) ||
        !readIndices(parts->items[1], r, walk->cycles, [&](int64_t i) { return n - i + 1; }))
      return {};
    for (int64_t i = 0; i < r; ++i)
      walk->cycles[i] = walk->cycles[i] < 1 ? 1 : walk->cycles[i];
  } else {
    bool replacement = isKind(self, krt_itertools_combinations_with_replacement_class);
    if ((!replacement && r > n) || (replacement && r && !n))
      return krt_raise(kValueError, "invalid arguments");
    if (!readIndices(state, r, walk->indices, [&](int64_t i) { return replacement ? n : n - r + i + 1; }))
      return {};
  }
  give(walk, product, 0);
  return kNone;
}

int64_t krt_itertools_combinatoric_sizeof(Value self) {
  return static_cast<int64_t>(sizeof(Combinatoric)) + self.as<Combinatoric>()->length * 8;
}

} // extern "C"

#define WALK(name, nextSlot)                                                                                 \
  Class krt_itertools_##name##_class = {                                                                     \
      .flags = kClassBase,                                                                                   \
      .nativeName = "itertools." #name,                                                                      \
      .basicSize = sizeof(Combinatoric),                                                                     \
      .slots = {.iter = iteratorSelf, .next = nextSlot, .make = krt_itertools_##name##_make},                \
      .methods = krt_itertools_##name##_defs,                                                                \
      .doc = krt_itertools_##name##_doc,                                                                     \
      .newSignature = krt_itertools_##name##_new_signature,                                                  \
  };
WALK(product, nextProduct)
WALK(permutations, nextPermutation)
WALK(combinations, nextCombination)
WALK(combinations_with_replacement, nextWithReplacement)
#undef WALK

} // namespace krait

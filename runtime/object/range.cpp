// range.cpp - range, its iterators, and slice.
#include "runtime/object/range_methods.h"

#include "runtime/abi/native.h"
#include "runtime/object/args.h"
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/descriptors.h"
#include "runtime/object/int.h"
#include "runtime/object/sequence.h"

#include <cstddef>

#include "runtime/object/range_methods.bind.inc"

namespace krait {

namespace {

/// Number of items of range(start, stop, step), exact for integers of any size.
Value rangeLength(Value start, Value stop, Value step) {
  int64_t a, b, s;
  if (krt_int_to_i64(start, &a) && krt_int_to_i64(stop, &b) && krt_int_to_i64(step, &s)) {
    __int128 distance = s > 0 ? static_cast<__int128>(b) - a : static_cast<__int128>(a) - b;
    __int128 magnitude = s > 0 ? s : -static_cast<__int128>(s);
    if (distance <= 0)
      return smallInt(0);
    __int128 length = (distance - 1) / magnitude + 1;
    return length >> 64 ? Value() : krt_int_from_u64(static_cast<uint64_t>(length));
  }
  bool up = krt_int_sign(step) > 0;
  Value distance = TRY(up ? krt_int_sub(stop, start) : krt_int_sub(start, stop));
  if (krt_int_sign(distance) <= 0)
    return smallInt(0);
  Value magnitude = up ? step : TRY(krt_int_neg(step));
  Value quotient = TRY(krt_int_floordiv(TRY(krt_int_sub(distance, smallInt(1))), magnitude));
  return krt_int_add(quotient, smallInt(1));
}

/// The [index]th item; [index] is a plain int known to be in range.
Value itemAt(Range *range, Value index) {
  return krt_int_add(range->start, TRY(krt_int_mul(index, range->step)));
}

Value iter(Value self) {
  Range *range = self.as<Range>();
  int64_t start, step, length;
  int64_t distance, last;
  if (krt_int_to_i64(range->start, &start) && krt_int_to_i64(range->step, &step) && krt_int_to_i64(range->length, &length) &&
      fitsSmallInt(start) && fitsSmallInt(step) && !__builtin_mul_overflow(length - 1, step, &distance) &&
      !__builtin_add_overflow(start, distance, &last) && fitsSmallInt(last)) {
    auto *iterator = gcNewAtomic<RangeIter>(krt_range_iter_class);
    iterator->next = start;
    iterator->step = step;
    iterator->remaining = length;
    return iterator;
  }
  auto *iterator = gcNew<Range>(krt_long_range_iter_class);
  iterator->start = range->start;
  iterator->step = range->step;
  iterator->length = range->length;
  return iterator;
}

Value iterNext(Value self) {
  RangeIter *iterator = self.as<RangeIter>();
  if (iterator->remaining <= 0)
    return {};
  int64_t value = iterator->next;
  if (--iterator->remaining)
    iterator->next += iterator->step;
  return smallInt(value);
}

Value longIterNext(Value self) {
  Range *iterator = self.as<Range>();
  if (krt_int_sign(iterator->length) <= 0)
    return {};
  Value value = iterator->start;
  iterator->start = TRY(krt_int_add(value, iterator->step));
  iterator->length = TRY(krt_int_sub(iterator->length, smallInt(1)));
  return value;
}

Value sliceIndex(Value bound) {
  if (!bound.isInt() && !krt_int_check(bound) && !classOf(bound)->slots.index)
    return krt_raise(kTypeError, "slice indices must be integers or None or have an __index__ method");
  return krt_index_py(bound);
}

/// A slice bound as range needs it: integers of any size, clipped to [low, high].
Value clippedBound(Value bound, Value length, Value low, Value high) {
  Value index = TRY(sliceIndex(bound));
  if (krt_int_sign(index) < 0)
    index = TRY(krt_int_add(index, length));
  if (krt_int_compare(index, low) < 0)
    return low;
  return krt_int_compare(index, high) > 0 ? high : index;
}

/// The slice's bounds for a sequence of [length] items; integers of any size. False = exception pending.
bool sliceBounds(Slice *slice, Value length, Value *start, Value *stop, Value *step) {
  *step = slice->step == kNone ? smallInt(1) : sliceIndex(slice->step);
  if (!*step)
    return false;
  int sign = krt_int_sign(*step);
  if (sign == 0) {
    krt_raise(kValueError, "slice step cannot be zero");
    return false;
  }
  Value low = smallInt(sign < 0 ? -1 : 0);
  Value high = sign < 0 ? TRY(krt_int_sub(length, smallInt(1))) : length;
  *start = slice->start == kNone ? (sign < 0 ? high : low) : TRY(clippedBound(slice->start, length, low, high));
  *stop = slice->stop == kNone ? (sign < 0 ? low : high) : TRY(clippedBound(slice->stop, length, low, high));
  return true;
}

Value sliceOf(Range *range, Slice *slice) {
  Value start, stop, step;
  if (!sliceBounds(slice, range->length, &start, &stop, &step))
    return {};
  return krt_range_new(TRY(itemAt(range, start)), TRY(itemAt(range, stop)), TRY(krt_int_mul(range->step, step)));
}

Value getItem(Value self, Value key) {
  Range *range = self.as<Range>();
  if (isExact(key, krt_slice_class))
    return sliceOf(range, key.as<Slice>());
  if (!key.isInt() && !krt_int_check(key) && !classOf(key)->slots.index)
    return krt_raise(kTypeError, "range indices must be integers or slices, not %T", key);
  Value index = TRY(krt_index_py(key));
  if (krt_int_sign(index) < 0)
    index = TRY(krt_int_add(index, range->length));
  if (krt_int_sign(index) < 0 || krt_int_compare(index, range->length) >= 0)
    return krt_raise(kIndexError, "range object index out of range");
  return itemAt(range, index);
}

int contains(Value self, Value item) {
  Range *range = self.as<Range>();
  if (!item.isInt() && !isBool(item) && !isExact(item, krt_int_class)) {
    Value iterator = TRY_OR_MINUS(iter(self));
    while (Value candidate = krt_next_py(iterator)) {
      int equal = equalItems(candidate, item);
      if (equal)
        return equal;
    }
    return errorPending() ? -1 : 0;
  }
  Value plain = krt_int_plain(item);
  bool up = krt_int_sign(range->step) > 0;
  int fromStart = krt_int_compare(plain, range->start), toStop = krt_int_compare(plain, range->stop);
  if (up ? fromStart < 0 || toStop >= 0 : fromStart > 0 || toStop <= 0)
    return 0;
  Value offset = TRY_OR_MINUS(krt_int_sub(plain, range->start));
  return krt_int_sign(TRY_OR_MINUS(krt_int_mod(offset, range->step))) == 0;
}

/// Ranges are equal when they are as sequences.
Value compare(Value a, Value b, CompareOp op) {
  if (!isExact(b, krt_range_class) || (op != CompareOp::Eq && op != CompareOp::Ne))
    return kNotImplemented;
  Range *left = a.as<Range>(), *right = b.as<Range>();
  bool equal = krt_int_compare(left->length, right->length) == 0;
  if (equal && krt_int_sign(left->length) > 0) {
    equal = krt_int_compare(left->start, right->start) == 0;
    if (equal && krt_int_compare(left->length, smallInt(1)) > 0)
      equal = krt_int_compare(left->step, right->step) == 0;
  }
  return boolean(equal == (op == CompareOp::Eq));
}

int hash(Value self, int64_t *out) {
  Range *range = self.as<Range>();
  Value parts[3] = {range->length, kNone, kNone};
  if (krt_int_sign(range->length) > 0)
    parts[1] = range->start;
  if (krt_int_compare(range->length, smallInt(1)) > 0)
    parts[2] = range->step;
  return krt_hash_py(krt_tuple_from(parts, 3), out);
}

Value repr(Value self) {
  Range *range = self.as<Range>();
  if (range->step == smallInt(1))
    return krt_str_format("range(%R, %R)", range->start, range->stop);
  return krt_str_format("range(%R, %R, %R)", range->start, range->stop, range->step);
}

int64_t length(Value self) {
  int64_t length;
  if (!krt_int_to_i64(self.as<Range>()->length, &length))
    return raiseInt(kOverflowError, "Python int too large to convert to C ssize_t");
  return length;
}

int truth(Value self) { return krt_int_sign(self.as<Range>()->length) != 0; }

Value makeRange(Class *, const Value *args, size_t nargs, Tuple *kwnames) {
  if (kwnames)
    return krt_raise(kTypeError, "range() takes no keyword arguments");
  if (nargs < 1)
    return krt_raise(kTypeError, "range expected at least 1 argument, got 0");
  if (nargs > 3)
    return krt_raise(kTypeError, "range expected at most 3 arguments, got %zu", nargs);
  Value first = TRY(krt_index_py(args[0]));
  if (nargs == 1)
    return krt_range_new(smallInt(0), first, smallInt(1));
  Value stop = TRY(krt_index_py(args[1]));
  Value step = nargs == 3 ? TRY(krt_index_py(args[2])) : smallInt(1);
  if (krt_int_sign(step) == 0)
    return krt_raise(kValueError, "range() arg 3 must not be zero");
  return krt_range_new(first, stop, step);
}

// ---- slice ----

Value makeSlice(Class *, const Value *args, size_t nargs, Tuple *kwnames) {
  if (kwnames)
    return krt_raise(kTypeError, "slice() takes no keyword arguments");
  if (nargs < 1)
    return krt_raise(kTypeError, "slice expected at least 1 argument, got 0");
  if (nargs > 3)
    return krt_raise(kTypeError, "slice expected at most 3 arguments, got %zu", nargs);
  if (nargs == 1)
    return krt_slice_new(kNone, args[0], kNone);
  return krt_slice_new(args[0], args[1], nargs == 3 ? args[2] : kNone);
}

Tuple *sliceParts(Slice *slice) {
  Value parts[3] = {slice->start, slice->stop, slice->step};
  return krt_tuple_from(parts, 3);
}

Value compareSlices(Value a, Value b, CompareOp op) {
  if (!isExact(b, krt_slice_class))
    return kNotImplemented;
  if (a == b)
    return boolean(op == CompareOp::Eq || op == CompareOp::Le || op == CompareOp::Ge);
  return krt_compare_py(sliceParts(a.as<Slice>()), sliceParts(b.as<Slice>()), op);
}

int hashSlice(Value, int64_t *) { return raiseInt(kTypeError, "unhashable type: 'slice'"); }

Value reprSlice(Value self) {
  Slice *slice = self.as<Slice>();
  return krt_str_format("slice(%R, %R, %R)", slice->start, slice->stop, slice->step);
}

/// One bound of slice.indices as int64, clipped; false = exception pending.
bool sliceBound(Value bound, int64_t length, int64_t low, int64_t high, int64_t *out) {
  if (bound != kNone && !bound.isInt() && !krt_int_check(bound) && !classOf(bound)->slots.index) {
    krt_raise(kTypeError, "slice indices must be integers or None or have an __index__ method");
    return false;
  }
  int64_t index = bound.isInt() ? bound.asInt() : krt_index_i64_py(bound, nullptr);
  if (index == -1 && errorPending())
    return false;
  if (index < 0)
    index = index + length < low ? low : index + length;
  *out = index > high ? high : index;
  return true;
}

} // namespace

extern "C" {

Value krt_range_new(Value start, Value stop, Value step) {
  Value length = TRY(rangeLength(start, stop, step));
  Range *range = gcNew<Range>(krt_range_class);
  range->start = start;
  range->stop = stop;
  range->step = step;
  range->length = length;
  return range;
}

Slice *krt_slice_new(Value start, Value stop, Value step) {
  Slice *slice = gcNew<Slice>(krt_slice_class);
  slice->start = start;
  slice->stop = stop;
  slice->step = step;
  return slice;
}

int64_t krt_slice_adjust_py(Slice *slice, int64_t length, int64_t *start, int64_t *stop, int64_t *step) {
  *step = 1;
  if (slice->step != kNone) {
    if (!sliceBound(slice->step, 0, INT64_MIN + 1, INT64_MAX, step))
      return -1;
    if (*step == 0)
      return raiseInt(kValueError, "slice step cannot be zero");
  }
  bool down = *step < 0;
  int64_t low = down ? -1 : 0, high = down ? length - 1 : length;
  *start = down ? high : low;
  *stop = down ? low : high;
  if (slice->start != kNone && !sliceBound(slice->start, length, low, high, start))
    return -1;
  if (slice->stop != kNone && !sliceBound(slice->stop, length, low, high, stop))
    return -1;
  if (down)
    return *stop < *start ? (*start - *stop - 1) / -*step + 1 : 0;
  return *start < *stop ? (*stop - *start - 1) / *step + 1 : 0;
}

} // extern "C"

// ---- Methods ----

namespace {

bool plainInt(Value v) { return v.isInt() || isBool(v) || isExact(v, krt_int_class); }

/// The position of a plain integer that is in the range.
Value positionOf(Range *range, Value plain) {
  return krt_int_floordiv(TRY(krt_int_sub(plain, range->start)), range->step);
}

/// Steps through the range as a sequence of unknown items.
Value searchSlowly(Range *range, Value value, bool count) {
  Value iterator = TRY(iter(range));
  int64_t found = 0;
  for (int64_t i = 0;; ++i) {
    Value item = krt_next_py(iterator);
    if (!item)
      break;
    if (TRY_INT(equalItems(item, value))) {
      if (!count)
        return smallInt(i);
      ++found;
    }
  }
  if (errorPending())
    return {};
  return count ? smallInt(found) : krt_raise(kValueError, "sequence.index(x): x not in sequence");
}

/// A range iterator from [start] on, for any integers.
Value iterateFrom(Value start, Value step, Value length) {
  Range range;
  range.start = start;
  range.step = step;
  range.length = length;
  return iter(&range);
}

/// range(start, start + length * step, step), behind what is left of an iterator.
Value rangeLeft(Value start, Value step, Value length) {
  return krt_range_new(start, TRY(krt_int_add(start, TRY(krt_int_mul(length, step)))), step);
}

/// Clips the state given to __setstate__ to [0, length].
Value clippedState(Value state, Value length) {
  Value index = TRY(krt_index_py(state));
  if (krt_int_sign(index) < 0)
    return smallInt(0);
  return krt_int_compare(index, length) > 0 ? length : index;
}

void addMember(Class &cls, const char *name, size_t offset) {
  MemberDescriptor *member = krt_member_descriptor_new(&cls, strIntern(name), static_cast<uint32_t>(offset));
  member->readOnly = true;
  krt_dict_set_str(cls.dict, strIntern(name), member);
}

} // namespace

extern "C" void krt_range_start() {
  addMember(krt_range_class, "start", offsetof(Range, start));
  addMember(krt_range_class, "stop", offsetof(Range, stop));
  addMember(krt_range_class, "step", offsetof(Range, step));
  addMember(krt_slice_class, "start", offsetof(Slice, start));
  addMember(krt_slice_class, "stop", offsetof(Slice, stop));
  addMember(krt_slice_class, "step", offsetof(Slice, step));
}

extern "C" {

Value krt_range_count_py(Range *self, Value value) {
  return plainInt(value) ? smallInt(contains(self, value)) : searchSlowly(self, value, true);
}

Value krt_range_index_py(Range *self, Value value) {
  if (!plainInt(value))
    return searchSlowly(self, value, false);
  if (!contains(self, value))
    return krt_raise(kValueError, "%R is not in range", value);
  return positionOf(self, krt_int_plain(value));
}

Value krt_range_reversed(Range *self) {
  Value last = TRY(itemAt(self, TRY(krt_int_sub(self->length, smallInt(1)))));
  return iterateFrom(last, TRY(krt_int_neg(self->step)), self->length);
}

Value krt_range_reduce(Range *self) {
  Value arguments[3] = {self->start, self->stop, self->step};
  Value parts[2] = {&krt_range_class, krt_tuple_from(arguments, 3)};
  return krt_tuple_from(parts, 2);
}

int64_t krt_range_iter_lengthHint(RangeIter *self) { return self->remaining; }

Value krt_range_iter_reduce_py(RangeIter *self) {
  Value range = TRY(rangeLeft(krt_int_from_i64(self->next), krt_int_from_i64(self->step), krt_int_from_i64(self->remaining)));
  return reduceBuiltin("iter", range, smallInt(0));
}

Value krt_range_iter_setstate_py(RangeIter *self, Value state) {
  int64_t steps;
  krt_int_to_i64(TRY(clippedState(state, krt_int_from_i64(self->remaining))), &steps);
  self->remaining -= steps;
  self->next += steps * self->step;
  return kNone;
}

Value krt_long_range_iter_lengthHint(Value self) { return self.as<Range>()->length; }

Value krt_long_range_iter_reduce_py(Value self) {
  auto *iterator = self.as<Range>();
  return reduceBuiltin("iter", TRY(rangeLeft(iterator->start, iterator->step, iterator->length)), smallInt(0));
}

Value krt_long_range_iter_setstate_py(Value self, Value state) {
  auto *iterator = self.as<Range>();
  Value steps = TRY(clippedState(state, iterator->length));
  Value start = TRY(krt_int_add(iterator->start, TRY(krt_int_mul(steps, iterator->step))));
  iterator->length = TRY(krt_int_sub(iterator->length, steps));
  iterator->start = start;
  return kNone;
}

Value krt_slice_indices_py(Slice *self, Value length) {
  Value plain = TRY(krt_index_py(length));
  if (krt_int_sign(plain) < 0)
    return krt_raise(kValueError, "length should not be negative");
  Value parts[3];
  return sliceBounds(self, plain, &parts[0], &parts[1], &parts[2]) ? Value(krt_tuple_from(parts, 3)) : Value();
}

Value krt_slice_reduce(Slice *self) {
  Value parts[2] = {&krt_slice_class, sliceParts(self)};
  return krt_tuple_from(parts, 2);
}

} // extern "C"

Class krt_range_iter_class = {
    .nativeName = "range_iterator", .basicSize = sizeof(RangeIter), .slots = {.iter = iteratorSelf, .next = iterNext},
    .methods = krt_range_iter_defs};
Class krt_long_range_iter_class = {
    .nativeName = "longrange_iterator", .basicSize = sizeof(Range), .slots = {.iter = iteratorSelf, .next = longIterNext},
    .methods = krt_long_range_iter_defs};

Class krt_range_class = {
    .flags = kClassSequence,
    .nativeName = "range",
    .basicSize = sizeof(Range),
    .slots = {.repr = repr, .hash = hash, .richcompare = compare, .iter = iter, .truth = truth, .length = length,
              .contains = contains, .getitem = getItem, .make = makeRange},
    .methods = krt_range_defs,
    .doc = krt_range_doc,
};
Class krt_slice_class = {
    .nativeName = "slice",
    .basicSize = sizeof(Slice),
    .slots = {.repr = reprSlice, .hash = hashSlice, .richcompare = compareSlices, .make = makeSlice},
    .methods = krt_slice_defs,
    .doc = krt_slice_doc,
};

} // namespace krait

// sequence.h - what list, tuple and their like share: index arguments, comparison, repr, repetition.
#pragma once

#include "runtime/object/class.h"
#include "runtime/object/errors.h"
#include "runtime/object/hash_table.h"
#include "runtime/object/protocol.h"

#include <utility>

namespace krait {

/// An index operand brought into [0, length); false with TypeError ([badType], takes %T) or IndexError
/// ([outOfRange]) pending. [length] is the sequence's own: it is read when the index is known, since asking
/// for that may run Python code which changes the sequence.
bool sequenceIndex(Value key, const int64_t &length, const char *badType, const char *outOfRange,
                   int64_t *index);
/// [slice] with its bounds as integers, for krt_slice_adjust_py of sequences that can change: asking for the
/// bounds may run Python code. Null with an exception pending.
Slice *sliceSettled_py(Slice *slice);
/// repr guard: true if [object] is being shown further up (then "[...]" is to be printed); otherwise notes
/// it.
bool reprEnter(Value object);
void reprLeave(Value object);
Value iteratorSelf(Value self);
/// (builtins.[name], (argument,)[, state]) as pickle wants it of iterators.
Value reduceBuiltin(const char *name, Value argument, Value stateOrNull = Value());
extern "C" {
/// Whether iter(object) would find a way, without calling anything.
bool krt_special_iterable(Value object);
}

/// Identity or equality of items: 1, 0, -1.
inline int equalItems(Value a, Value b) {
  int quick = equalQuick(a, b);
  return quick >= 0 ? quick : krt_equal_py(a, b);
}

/// [n] copies of the [count] values at [source] to [target] (which may be [source]).
inline void sequenceRepeat(Value *target, const Value *source, int64_t count, int64_t n) {
  if (target != source)
    std::memcpy(static_cast<void *>(target), source, count * sizeof(Value));
  for (int64_t done = count; done < count * n;) {
    int64_t step = done < count * n - done ? done : count * n - done;
    std::memcpy(static_cast<void *>(target + done), target, step * sizeof(Value));
    done += step;
  }
}

/// Lexicographic comparison; the operands are read anew after each item, since comparing may change a list.
template <typename Left, typename Right> Value sequenceCompare(Left left, Right right, CompareOp op) {
  if ((op == CompareOp::Eq || op == CompareOp::Ne) && left().second != right().second)
    return boolean(op == CompareOp::Ne);
  int64_t i = 0;
  for (; i < left().second && i < right().second; ++i) {
    Value a = left().first[i], b = right().first[i];
    int equal = equalItems(a, b);
    if (equal < 0)
      return {};
    if (!equal) {
      if (i >= left().second || i >= right().second) // comparing took the items away
        break;
      if (op == CompareOp::Eq)
        return kFalse;
      if (op == CompareOp::Ne)
        return kTrue;
      return krt_compare_py(a, b, op);
    }
  }
  int64_t m = left().second, n = right().second;
  switch (op) {
  case CompareOp::Lt:
    return boolean(m < n);
  case CompareOp::Le:
    return boolean(m <= n);
  case CompareOp::Eq:
    return boolean(m == n);
  case CompareOp::Ne:
    return boolean(m != n);
  case CompareOp::Gt:
    return boolean(m > n);
  default:
    return boolean(m >= n);
  }
}

/// A start or stop argument of index(): any integer, clipped, negative from the end; [fallback] if null.
/// False = exception pending.
bool searchBound(Value bound, int64_t length, int64_t fallback, int64_t *out);

/// Position of [value] in [start, stop) of the sequence that [items] gives anew each time; -1 not there, -2
/// exception.
template <typename Items> int64_t searchItems(Items items, Value value, int64_t start, int64_t stop) {
  for (int64_t i = start; i < stop && i < items().second; ++i) {
    int equal = equalItems(items().first[i], value);
    if (equal)
      return equal < 0 ? -2 : i;
  }
  return -1;
}

template <typename Items> int64_t countItems(Items items, Value value) {
  int64_t count = 0;
  for (int64_t i = 0; i < items().second; ++i) {
    int equal = equalItems(items().first[i], value);
    if (equal < 0)
      return -1;
    count += equal;
  }
  return count;
}

template <typename Items>
Value sequenceRepr(Value self, Items items, const char *open, const char *close, bool tuple) {
  if (items().second == 0)
    return krt_str_format("%s%s", open, close);
  if (reprEnter(self))
    return krt_str_format("%s...%s", open, close);
  if (recursionCheck(" while getting the repr of an object")) {
    reprLeave(self);
    return {};
  }
  StrBuilder text;
  text.append(std::string_view(open));
  for (int64_t i = 0; i < items().second; ++i) {
    if (i)
      text.append(std::string_view(", "));
    Str *item = krt_repr_py(items().first[i]);
    if (!item) {
      reprLeave(self);
      return {};
    }
    text.append(item);
  }
  if (tuple && items().second == 1)
    text.append(uint32_t{','});
  text.append(std::string_view(close));
  reprLeave(self);
  return text.finish();
}

} // namespace krait

// sequence.cpp - see sequence.h.
#include "runtime/object/sequence.h"
#include "runtime/object/containers.h"
#include "runtime/object/protocol.h"

#include <algorithm>

namespace krait {

bool sequenceIndex(Value key, const int64_t &length, const char *badType, const char *outOfRange,
                   int64_t *index) {
  int64_t i;
  if (key.isInt()) {
    i = key.asInt();
  } else {
    if (!key.isInt() && !isBool(key) && !krt_int_check(key) && !classOf(key)->slots.index) {
      krt_raise(kTypeError, badType, key);
      return false;
    }
    i = krt_index_i64_py(key, kIndexError);
    if (i == -1 && errorPending())
      return false;
  }
  if (i < 0)
    i += length;
  if (static_cast<uint64_t>(i) >= static_cast<uint64_t>(length)) {
    krt_raise(kIndexError, outOfRange);
    return false;
  }
  *index = i;
  return true;
}

Slice *sliceSettled_py(Slice *slice) {
  Value parts[3] = {slice->start, slice->stop, slice->step};
  bool settled = true;
  for (Value &part : parts)
    if (part != kNone && !part.isInt()) {
      settled = false;
      if (!krt_int_check(part) && !classOf(part)->slots.index) {
        krt_raise(kTypeError, "slice indices must be integers or None or have an __index__ method");
        return nullptr;
      }
      part = TRY(krt_index_py(part));
    }
  return settled ? slice : krt_slice_new(parts[0], parts[1], parts[2]);
}

bool reprEnter(Value object) {
  auto *&stack = krt_thread.reprStack;
  if (!stack)
    stack = gcAllocate(sizeof(GcVector<Value>)); // all zero: an empty vector
  auto *reprStack = static_cast<GcVector<Value> *>(stack);
  for (Value &seen : *reprStack)
    if (seen == object)
      return true;
  reprStack->push(object);
  return false;
}

void reprLeave(Value object) {
  auto *reprStack = static_cast<GcVector<Value> *>(krt_thread.reprStack);
  for (size_t i = reprStack->size(); i-- > 0;)
    if ((*reprStack)[i] == object) {
      while (reprStack->size() > i)
        reprStack->pop();
      return;
    }
}

bool searchBound(Value bound, int64_t length, int64_t fallback, int64_t *out) {
  *out = fallback;
  if (!bound)
    return true;
  if (!bound.isInt() && !classOf(bound)->slots.index) {
    krt_raise(kTypeError, "slice indices must be integers or have an __index__ method");
    return false;
  }
  int64_t index = krt_index_i64_py(bound, nullptr);
  if (index == -1 && errorPending())
    return false;
  if (index < 0)
    index = std::max<int64_t>(index + length, 0);
  *out = index;
  return true;
}

Value iteratorSelf(Value self) { return self; }

Value reduceBuiltin(const char *name, Value argument, Value state) {
  Value parts[3] = {TRY(krt_builtin_py(strIntern(name))), krt_tuple_from(&argument, 1), state};
  return krt_tuple_from(parts, state ? 3 : 2);
}

extern "C" bool krt_special_iterable(Value object) {
  const TypeSlots &slots = classOf(object)->slots;
  return slots.iter || slots.getitem;
}

} // namespace krait

// items.cpp - length, items, membership and iteration of any object.
#include "runtime/object/args.h"
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/exceptions.h"
#include "runtime/object/function.h"
#include "runtime/object/int.h"
#include "runtime/object/protocol.h"
#include "runtime/object/sequence_iter.h"
#include "runtime/object/slots.h"
#include "runtime/object/str.h"
#include "runtime/object/union.h"

#include "runtime/object/sequence_iter.bind.inc"

namespace krait {

int64_t krt_length_py(Value v) {
  auto length = classOf(v)->slots.length;
  return length ? length(v) : raiseInt(kTypeError, "object of type '%.200T' has no len()", v);
}

Value krt_getitem_py(Value v, Value key) {
  if (auto getitem = classOf(v)->slots.getitem)
    return getitem(v, key);
  if (hasClassFlag(v, kClassTypeSub)) {
    if (v == Value(&krt_type_class))
      return krt_generic_alias_new_py(v, key);
    Value method = krt_getattr_optional_py(v, KSTR(__class_getitem__));
    if (method && method != kNone)
      return krt_call1_py(method, key);
    if (errorPending())
      return {};
    return krt_raise(kTypeError, "type '%.200N' is not subscriptable", v.as<Class>());
  }
  return krt_raise(kTypeError, "'%.200T' object is not subscriptable", v);
}

int krt_setitem_py(Value v, Value key, Value value) {
  if (auto setitem = classOf(v)->slots.setitem)
    return setitem(v, key, value);
  if (value)
    return raiseInt(kTypeError, "'%.200T' object does not support item assignment", v);
  // CPython has two texts: one for what it takes for a sequence, with an index, one for the rest.
  Class *cls = classOf(v);
  bool sequence = (cls->flags & kClassHeap) || cls->slots.getitem || cls->slots.contains || cls->slots.length;
  return sequence && classOf(key)->slots.index
             ? raiseInt(kTypeError, "'%.200T' object doesn't support item deletion", v)
             : raiseInt(kTypeError, "'%.200T' object does not support item deletion", v);
}

int krt_contains_py(Value container, Value item) {
  Class *cls = classOf(container);
  if (cls->slots.contains)
    return cls->slots.contains(container, item);
  if (!cls->slots.iter && !cls->slots.getitem)
    return raiseInt(kTypeError, "argument of type '%.200T' is not iterable", container);
  Value iterator = krt_iter_py(container);
  if (!iterator) {
    if (krt_error_clear_if(kTypeError))
      return raiseInt(kTypeError, "argument of type '%.200T' is not iterable", container);
    return -1;
  }
  while (Value next = krt_next_py(iterator)) {
    int same = krt_equal_py(next, item);
    if (same)
      return same;
  }
  return errorPending() ? -1 : 0;
}

// ---- Iterator over __getitem__(0), (1), ... until IndexError ----------------------------------------

namespace {
Value sequenceIterNext(Value self) {
  auto *it = self.as<SequenceIter>();
  if (!it->sequence)
    return {};
  if (it->index == INT64_MAX)
    return krt_raise(kOverflowError, "iter index too large");
  Value item = krt_getitem_py(it->sequence, krt_int_from_i64(it->index));
  if (item) {
    ++it->index;
    return item;
  }
  if (krt_error_clear_if(kIndexError) || krt_error_clear_if(kStopIteration))
    it->sequence = Value();
  return {};
}
Value selfIter(Value self) { return self; }
} // namespace

Class krt_sequence_iter_class = {
    .nativeName = "iterator",
    .basicSize = sizeof(SequenceIter),
    .slots = {.iter = selfIter, .next = sequenceIterNext},
    .methods = krt_sequence_iter_defs,
};

Value krt_sequence_iter_lengthHint_py(Value self) {
  auto *it = self.as<SequenceIter>();
  if (!it->sequence)
    return smallInt(0);
  if (!classOf(it->sequence)->slots.length)
    return kNotImplemented;
  int64_t length = TRY_INT(krt_length_py(it->sequence));
  return krt_int_from_i64(length > it->index ? length - it->index : 0);
}
Value krt_sequence_iter_reduce_py(Value self) {
  auto *it = self.as<SequenceIter>();
  Value iter = TRY(krt_builtin_py(KSTR(iter)));
  Value argument = it->sequence ? it->sequence : Value(krt_tuple_empty);
  Value parts[] = {iter, krt_tuple_from(&argument, 1), krt_int_from_i64(it->index)};
  return krt_tuple_from(parts, it->sequence ? 3 : 2);
}
Value krt_sequence_iter_setState_py(Value self, Value state) {
  int64_t index = krt_index_i64_py(state, kOverflowError);
  if (index == -1 && errorPending())
    return {};
  if (self.as<SequenceIter>()->sequence)
    self.as<SequenceIter>()->index = index < 0 ? 0 : index;
  return kNone;
}

Value krt_iter_py(Value v) {
  Class *cls = classOf(v);
  if (auto iter = cls->slots.iter) {
    Value result = TRY(iter(v));
    if (!classOf(result)->slots.next)
      return krt_raise(kTypeError, "iter() returned non-iterator of type '%.100T'", result);
    return result;
  }
  if (cls->slots.getitem && !hasClassFlag(v, kClassDictSub)) {
    auto *it = gcNew<SequenceIter>(krt_sequence_iter_class);
    it->sequence = v;
    return it;
  }
  return krt_raise(kTypeError, "'%.200T' object is not iterable", v);
}

Value krt_next_py(Value iterator) {
  if (auto next = classOf(iterator)->slots.next)
    return next(iterator);
  return krt_raise(kTypeError, "'%.200T' object is not an iterator", iterator);
}

SendStatus krt_send_py(Value receiver, Value value, Value *result) {
  TypeSlots &slots = classOf(receiver)->slots;
  if (slots.send)
    return slots.send(receiver, value, result);
  if (value == kNone && slots.next && slots.next != slotNext)
    *result = slots.next(receiver);
  else // only iterators are asked for the next item: a coroutine that is none has send() alone
    *result = value == kNone && slots.next ? callSpecial_py(receiver, KSTR(__next__))
                                           : krt_call_method_py(receiver, KSTR(send), &value, 1);
  if (*result)
    return SendStatus::Yield;
  if (!errorPending()) { // an iterator's plain end
    *result = kNone;
    return SendStatus::Return;
  }
  if (!krt_error_matches(kStopIteration))
    return SendStatus::Error;
  *result = krt_error_take().as<StopIterationObject>()->value;
  if (!*result)
    *result = kNone;
  return SendStatus::Return;
}

int64_t krt_length_hint_py(Value v, int64_t fallback) {
  Class *cls = classOf(v);
  if (cls->slots.length) {
    int64_t length = cls->slots.length(v);
    if (length >= 0)
      return length;
    if (!krt_error_clear_if(kTypeError))
      return -1;
  }
  Value self;
  Value hint = krt_special_lookup_py(v, KSTR(__length_hint__), &self);
  if (!hint)
    return errorPending() ? -1 : fallback;
  Value result = krt_call_with_self_py(hint, self, nullptr, 0, nullptr);
  if (!result)
    return krt_error_clear_if(kTypeError) ? fallback : -1;
  if (result == kNotImplemented)
    return fallback;
  if (!krt_int_check(result))
    return raiseInt(kTypeError, "__length_hint__ must be an integer, not %.100T", result);
  int64_t length;
  if (!krt_int_to_i64(krt_int_plain(result), &length))
    return raiseInt(kOverflowError, "cannot fit 'int' into an index-sized integer");
  if (length < 0)
    return raiseInt(kValueError, "__length_hint__() should return >= 0");
  return length;
}

} // namespace krait

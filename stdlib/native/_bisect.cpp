// _bisect.cpp - see _bisect.h.
#include "stdlib/native/_bisect.h"

#include "runtime/abi/native.h"
#include "runtime/object/args.h"
#include "runtime/object/containers.h"

#include "stdlib/native/_bisect.bind.inc"

namespace krait {

namespace {

/// The place of [x] in [a], right of equal items or left of them; -1 = exception pending.
int64_t search(Value a, Value x, int64_t lo, Value hiOrNone, Value key, bool right) {
  int64_t hi = -1;
  if (hiOrNone != kNone) {
    hi = krt_index_i64_py(hiOrNone, kOverflowError);
    if (hi == -1 && errorPending())
      return -1;
  }
  if (lo < 0)
    return raiseInt(kValueError, "lo must be non-negative");
  if (hi == -1)
    hi = TRY_INT_OR_MINUS(krt_length_py(a));
  bool isList = isExact(a, krt_list_class);
  while (lo < hi) {
    int64_t middle = lo + (hi - lo) / 2;
    bool quick = isList && middle < a.as<List>()->length;
    Value item =
        quick ? a.as<List>()->items[middle] : TRY_OR_MINUS(krt_getitem_py(a, krt_int_from_i64(middle)));
    if (key != kNone)
      item = TRY_OR_MINUS(krt_call1_py(key, item));
    Value first = right ? x : item, second = right ? item : x;
    int less = bothInts(first, second) ? first.asInt() < second.asInt()
                                       : krt_compare_truth_py(first, second, CompareOp::Lt);
    if (less < 0)
      return -1;
    // To the right of equal items: left of the middle only if x < item. To the left: right of it only if item
    // < x.
    if (less == right)
      hi = middle;
    else
      lo = middle + 1;
  }
  return lo;
}

Value place(Value a, Value x, int64_t lo, Value hi, Value key, bool right) {
  return krt_int_from_i64(TRY_INT(search(a, x, lo, hi, key, right)));
}

Value insert(Value a, Value x, int64_t lo, Value hi, Value key, bool right) {
  Value wanted = key == kNone ? x : TRY(krt_call1_py(key, x));
  int64_t index = TRY_INT(search(a, wanted, lo, hi, key, right));
  if (isExact(a, krt_list_class))
    return krt_list_insert(a.as<List>(), index, x) < 0 ? Value() : kNone;
  Value arguments[2] = {krt_int_from_i64(index), x};
  TRY(krt_call_method_py(a, KSTR(insert), arguments, 2));
  return kNone;
}

} // namespace

extern "C" {

Value krt__bisect_left_py(Value a, Value x, int64_t lo, Value hi, Value key) {
  return place(a, x, lo, hi, key, false);
}
Value krt__bisect_right_py(Value a, Value x, int64_t lo, Value hi, Value key) {
  return place(a, x, lo, hi, key, true);
}
Value krt__bisect_insortLeft_py(Value a, Value x, int64_t lo, Value hi, Value key) {
  return insert(a, x, lo, hi, key, false);
}
Value krt__bisect_insortRight_py(Value a, Value x, int64_t lo, Value hi, Value key) {
  return insert(a, x, lo, hi, key, true);
}

} // extern "C"
} // namespace krait

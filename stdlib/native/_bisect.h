// _bisect.h - the module _bisect: binary search in sorted sequences.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(_bisect, "Binary search in sorted sequences.");

extern "C" {
/// Return where x would go before items equal to it, so that a stays sorted. The key function is not applied to x.
KRT_FUNCTION(_bisect, "bisect_left(a, x, lo=0, hi=None, *, key=None)", KRT_RUNS_PY)
Value krt__bisect_left_py(Value a, Value x, int64_t lo, Value hi, Value key);
/// Return where x would go after items equal to it, so that a stays sorted. The key function is not applied to x.
KRT_FUNCTION(_bisect, "bisect_right(a, x, lo=0, hi=None, *, key=None)", KRT_RUNS_PY)
Value krt__bisect_right_py(Value a, Value x, int64_t lo, Value hi, Value key);
/// Insert x before items equal to it, so that a stays sorted.
KRT_FUNCTION(_bisect, "insort_left(a, x, lo=0, hi=None, *, key=None)", KRT_RUNS_PY)
Value krt__bisect_insortLeft_py(Value a, Value x, int64_t lo, Value hi, Value key);
/// Insert x after items equal to it, so that a stays sorted.
KRT_FUNCTION(_bisect, "insort_right(a, x, lo=0, hi=None, *, key=None)", KRT_RUNS_PY)
Value krt__bisect_insortRight_py(Value a, Value x, int64_t lo, Value hi, Value key);
}

} // namespace krait

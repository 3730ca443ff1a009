// int.h - integers of any size: small (immediate) or Long (limbs of the collector, arithmetic by GMP's mpn).
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"
#include "runtime/object/float.h"

#include <string_view>

namespace krait {

extern "C" {
extern Shape krt_int_shape; // of all Longs
extern int64_t krt_int_max_str_digits; // sys.set_int_max_str_digits; 0: no limit
KRT_RT_BEGIN(KRT_RAISES, KRT_COLLECTS)
KRT_RT(KRT_RAISES, KRT_COLLECTS, KRT_PURE) Value krt_int_from_i64(int64_t i);
KRT_RT(KRT_RAISES, KRT_COLLECTS, KRT_PURE) Value krt_int_from_u64(uint64_t i);
/// The integral part of [d]; OverflowError/ValueError for infinities and NaN.
Value krt_int_from_double(double d);
/// Whether [v] is an int or an instance of a subclass (bool included).
KRT_RT(KRT_PURE) bool krt_int_check(Value v);
/// The plain integer (small or Long) behind an int, bool or instance of a subclass of int.
KRT_RT(KRT_PURE) Value krt_int_plain(Value v);
/// int64 of a plain integer; false when it does not fit.
KRT_RT(KRT_READS(), KRT_WRITES()) bool krt_int_to_i64(Value plain, int64_t *out);
KRT_RT(KRT_READS(), KRT_WRITES()) bool krt_int_to_u64(Value plain, uint64_t *out);
/// Nearest double, ties to even; OverflowError (pending, returns -1.0) when too large.
double krt_int_to_double(Value plain);
KRT_RT(KRT_PURE) int krt_int_sign(Value plain); // -1, 0, 1
KRT_RT(KRT_PURE) int krt_int_compare(Value a, Value b); // -1, 0, 1; plain integers
KRT_RT(KRT_RAISES, KRT_COLLECTS, KRT_PURE) Value krt_int_add(Value a, Value b);   // plain integers from here on
KRT_RT(KRT_RAISES, KRT_COLLECTS, KRT_PURE) Value krt_int_sub(Value a, Value b);
KRT_RT(KRT_RAISES, KRT_COLLECTS, KRT_PURE) Value krt_int_mul(Value a, Value b);
KRT_RT(KRT_RAISES, KRT_COLLECTS, KRT_PURE) Value krt_int_floordiv(Value a, Value b); // ZeroDivisionError
KRT_RT(KRT_RAISES, KRT_COLLECTS, KRT_PURE) Value krt_int_mod(Value a, Value b);
KRT_RT(KRT_RAISES, KRT_COLLECTS, KRT_PURE) Value krt_int_truediv(Value a, Value b);
Value krt_int_pow(Value a, Value b);
Value krt_int_pow_mod(Value a, Value b, Value mod);
KRT_RT(KRT_RAISES, KRT_COLLECTS, KRT_PURE) Value krt_int_lshift(Value a, Value b);
KRT_RT(KRT_RAISES, KRT_COLLECTS, KRT_PURE) Value krt_int_rshift(Value a, Value b);
/// As without "taking", for operands that nobody uses afterwards and that were made by one of these functions for this one use (bit 0
/// of [mine]: a, bit 1: b): their storage is used again.
Value krt_int_add_taking(Value a, Value b, int32_t mine);
Value krt_int_sub_taking(Value a, Value b, int32_t mine);
Value krt_int_mul_taking(Value a, Value b, int32_t mine);
Value krt_int_floordiv_taking(Value a, Value b, int32_t mine);
KRT_RT(KRT_READS(), KRT_WRITES()) int krt_int_compare_taking(Value a, Value b, int32_t mine);
KRT_RT(KRT_RAISES, KRT_COLLECTS, KRT_PURE) Value krt_int_and(Value a, Value b);
KRT_RT(KRT_RAISES, KRT_COLLECTS, KRT_PURE) Value krt_int_or(Value a, Value b);
KRT_RT(KRT_RAISES, KRT_COLLECTS, KRT_PURE) Value krt_int_xor(Value a, Value b);
KRT_RT(KRT_RAISES, KRT_COLLECTS, KRT_PURE) Value krt_int_neg(Value a);
KRT_RT(KRT_RAISES, KRT_COLLECTS, KRT_PURE) Value krt_int_invert(Value a);
KRT_RT(KRT_PURE) int64_t krt_int_hash(Value plain);
KRT_RT(KRT_PURE) int64_t krt_int_bit_length(Value plain);
/// Text in base 2..36; decimal honours sys.set_int_max_str_digits.
Str *krt_int_to_str(Value plain, int base);
/// Little-endian magnitude limbs with sign, normalised.
Value krt_int_from_limbs(const uint64_t *limbs, size_t count, bool negative);
/// Floor quotient and remainder at once; false with ZeroDivisionError pending.
bool krt_int_divmod(Value a, Value b, Value *quotient, Value *remainder);
KRT_RT(KRT_RAISES, KRT_COLLECTS, KRT_PURE) Value krt_int_abs(Value a);
/// As frexp, of any size.
double krt_int_frexp(Value plain, int64_t *exponent);
KRT_RT_END
}
/// int(text, base): null and ValueError on bad text.
Value intParse(std::string_view text, int base, Value original);

} // namespace krait

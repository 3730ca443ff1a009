// _decimal_class.h - the class Decimal.
#pragma once

#include "stdlib/native/_decimal.h"

namespace krait {

KRT_CLASS(decimal, "A decimal number: Decimal(value='0', context=None).\n\nThe value may be an integer, a text, a float, a tuple of sign, digits and "
                   "exponent, or a Decimal; it is taken exactly.");

extern "C" {
/// e raised to this number, correctly rounded (half to even).
KRT_METHOD(decimal, "exp(self, /, context=None)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_exp(Value self, Value context);
/// The natural logarithm, correctly rounded (half to even).
KRT_METHOD(decimal, "ln(self, /, context=None)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_ln(Value self, Value context);
/// The logarithm to base ten, correctly rounded (half to even).
KRT_METHOD(decimal, "log10(self, /, context=None)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_log10(Value self, Value context);
/// The adjusted exponent as a Decimal.
KRT_METHOD(decimal, "logb(self, /, context=None)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_logb(Value self, Value context);
/// Every digit inverted; all of them must be 0 or 1.
KRT_METHOD(decimal, "logical_invert(self, /, context=None)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_logicalInvert(Value self, Value context);
/// The largest number of the context that is smaller.
KRT_METHOD(decimal, "next_minus(self, /, context=None)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_nextMinus(Value self, Value context);
/// The smallest number of the context that is larger.
KRT_METHOD(decimal, "next_plus(self, /, context=None)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_nextPlus(Value self, Value context);
/// The same value without trailing zeros.
KRT_METHOD(decimal, "normalize(self, /, context=None)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_normalize(Value self, Value context);
/// The square root, correctly rounded (half to even).
KRT_METHOD(decimal, "sqrt(self, /, context=None)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_sqrt(Value self, Value context);
/// Is this a normal number in the context?
KRT_METHOD(decimal, "is_normal(self, /, context=None)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_isNormal(Value self, Value context);
/// Is this a subnormal number in the context?
KRT_METHOD(decimal, "is_subnormal(self, /, context=None)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_isSubnormal(Value self, Value context);
/// One of the ten names of classes of numbers.
KRT_METHOD(decimal, "number_class(self, /, context=None)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_numberClass(Value self, Value context);
/// The number as text, with an exponent that is a multiple of three.
KRT_METHOD(decimal, "to_eng_string(self, /, context=None)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_toEngString(Value self, Value context);
/// -1, 0 or 1 as a Decimal: how the numbers compare; NaN if one is a NaN.
KRT_METHOD(decimal, "compare(self, /, other, context=None)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_compare(Value self, Value other, Value context);
/// As compare, but every NaN signals.
KRT_METHOD(decimal, "compare_signal(self, /, other, context=None)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_compareSignal(Value self, Value other, Value context);
/// -1, 0 or 1 as a Decimal, by the total order of representations.
KRT_METHOD(decimal, "compare_total(self, /, other, context=None)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_compareTotal(Value self, Value other, Value context);
/// As compare_total, without regard to signs.
KRT_METHOD(decimal, "compare_total_mag(self, /, other, context=None)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_compareTotalMag(Value self, Value other, Value context);
/// This number with the sign of the other one.
KRT_METHOD(decimal, "copy_sign(self, /, other, context=None)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_copySign(Value self, Value other, Value context);
/// Digit by digit and; all digits must be 0 or 1.
KRT_METHOD(decimal, "logical_and(self, /, other, context=None)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_logicalAnd(Value self, Value other, Value context);
/// Digit by digit or; all digits must be 0 or 1.
KRT_METHOD(decimal, "logical_or(self, /, other, context=None)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_logicalOr(Value self, Value other, Value context);
/// Digit by digit exclusive or; all digits must be 0 or 1.
KRT_METHOD(decimal, "logical_xor(self, /, other, context=None)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_logicalXor(Value self, Value other, Value context);
/// The larger number; a number rather than a quiet NaN.
KRT_METHOD(decimal, "max(self, /, other, context=None)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_max(Value self, Value other, Value context);
/// The number of larger magnitude.
KRT_METHOD(decimal, "max_mag(self, /, other, context=None)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_maxMag(Value self, Value other, Value context);
/// The smaller number; a number rather than a quiet NaN.
KRT_METHOD(decimal, "min(self, /, other, context=None)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_min(Value self, Value other, Value context);
/// The number of smaller magnitude.
KRT_METHOD(decimal, "min_mag(self, /, other, context=None)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_minMag(Value self, Value other, Value context);
/// The neighbour in the context towards the other number.
KRT_METHOD(decimal, "next_toward(self, /, other, context=None)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_nextToward(Value self, Value other, Value context);
/// What is left after the nearest multiple of the other number is taken off.
KRT_METHOD(decimal, "remainder_near(self, /, other, context=None)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_remainderNear(Value self, Value other, Value context);
/// The digits rotated to the left, or with a negative count to the right.
KRT_METHOD(decimal, "rotate(self, /, other, context=None)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_rotate(Value self, Value other, Value context);
/// Have both the same exponent?
KRT_METHOD(decimal, "same_quantum(self, /, other, context=None)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_sameQuantum(Value self, Value other, Value context);
/// This number with its exponent increased.
KRT_METHOD(decimal, "scaleb(self, /, other, context=None)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_scaleb(Value self, Value other, Value context);
/// The digits shifted to the left, or with a negative count to the right.
KRT_METHOD(decimal, "shift(self, /, other, context=None)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_shift(Value self, Value other, Value context);
/// self * other + third, rounded once.
KRT_METHOD(decimal, "fma(self, /, other, third, context=None)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_fma(Value self, Value other, Value third, Value context);
/// The number rounded to the exponent of another one.
KRT_METHOD(decimal, "quantize(self, /, exp, rounding=None, context=None)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_quantize(Value self, Value exp, Value rounding, Value context);
/// As to_integral_value.
KRT_METHOD(decimal, "to_integral(self, /, rounding=None, context=None)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_toIntegral(Value self, Value rounding, Value context);
/// The nearest integer, without signals that it was rounded.
KRT_METHOD(decimal, "to_integral_value(self, /, rounding=None, context=None)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_toIntegralValue(Value self, Value rounding, Value context);
/// The nearest integer; Inexact and Rounded are signalled.
KRT_METHOD(decimal, "to_integral_exact(self, /, rounding=None, context=None)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_toIntegralExact(Value self, Value rounding, Value context);
/// True: all are.
KRT_METHOD(decimal, "is_canonical(self, /)") bool krt_decimal_isCanonical(Value self);
/// Neither infinite nor a NaN?
KRT_METHOD(decimal, "is_finite(self, /)") bool krt_decimal_isFinite(Value self);
/// An infinity?
KRT_METHOD(decimal, "is_infinite(self, /)") bool krt_decimal_isInfinite(Value self);
/// A quiet or signaling NaN?
KRT_METHOD(decimal, "is_nan(self, /)") bool krt_decimal_isNan(Value self);
/// A quiet NaN?
KRT_METHOD(decimal, "is_qnan(self, /)") bool krt_decimal_isQnan(Value self);
/// Has the number a minus sign? Zeros and NaNs may.
KRT_METHOD(decimal, "is_signed(self, /)") bool krt_decimal_isSigned(Value self);
/// A signaling NaN?
KRT_METHOD(decimal, "is_snan(self, /)") bool krt_decimal_isSnan(Value self);
/// A zero of either sign?
KRT_METHOD(decimal, "is_zero(self, /)") bool krt_decimal_isZero(Value self);
/// The exponent of the first digit; 0 for infinities and NaNs.
KRT_METHOD(decimal, "adjusted(self, /)") int64_t krt_decimal_adjusted(Value self);
/// The number itself.
KRT_METHOD(decimal, "canonical(self, /)") Value krt_decimal_canonical(Value self);
/// The number itself.
KRT_METHOD(decimal, "conjugate(self, /)") Value krt_decimal_conjugate(Value self);
/// The number without its sign.
KRT_METHOD(decimal, "copy_abs(self, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_copyAbs(Value self);
/// The number with the other sign.
KRT_METHOD(decimal, "copy_negate(self, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_copyNegate(Value self);
/// Decimal(10).
KRT_METHOD(decimal, "radix(self, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_radix(Value self);
/// Sign, digits and exponent as a named tuple.
KRT_METHOD(decimal, "as_tuple(self, /)", KRT_RUNS_PY) Value krt_decimal_asTuple_py(Value self);
/// Numerator and denominator of the same value, in lowest terms.
KRT_METHOD(decimal, "as_integer_ratio(self, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_asIntegerRatio(Value self);
/// The exact value of a float (or int).
KRT_CLASSMETHOD(decimal, "from_float(cls, f, /)", KRT_RUNS_PY) Value krt_decimal_fromFloat_py(Class *cls, Value f);
KRT_METHOD(decimal, "__copy__(self, /)", KRT_NO_SIGNATURE) Value krt_decimal_copySelf(Value self);
KRT_METHOD(decimal, "__deepcopy__(self, memo, /)", KRT_NO_SIGNATURE) Value krt_decimal_deepCopy(Value self, Value memo);
KRT_METHOD(decimal, "__complex__(self, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_decimal_toComplex(Value self);
KRT_METHOD(decimal, "__floor__(self, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_decimal_floor(Value self);
KRT_METHOD(decimal, "__ceil__(self, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_decimal_ceil(Value self);
KRT_METHOD(decimal, "__trunc__(self, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_decimal_trunc(Value self);
KRT_METHOD(decimal, "__reduce__(self, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_decimal_reduce(Value self);
KRT_METHOD(decimal, "__sizeof__(self, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_decimal_sizeOf(Value self);
KRT_METHOD(decimal, "__round__(self, ndigits=None, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_decimal_round(Value self, Value ndigits);
KRT_METHOD(decimal, "__format__(self, format_spec, override=None, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_decimal_format_py(Value self, Value format_spec, Value override);
KRT_GETTER(decimal, "real") Value krt_decimal_real(Value self);
KRT_GETTER(decimal, "imag", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_imag(Value self);
/// A decimal number. The value may be an integer, a text, a float, a tuple of sign, digits and exponent, or a Decimal; it is taken
/// exactly. The context only says whether InvalidOperation is trapped.
KRT_NEW(decimal, "Decimal(value='0', context=None)", KRT_RUNS_PY) Value krt_decimal_create_py(Class *cls, Value value, Value context);
}

} // namespace krait

// _decimal_context.h - the class Context, the dict-like views of its flags and traps, and the context manager.
#pragma once

#include "stdlib/native/_decimal.h"

namespace krait {

KRT_CLASS(decimal_context, "Precision, rounding, limits of exponents, and which conditions raise exceptions: what arithmetic depends on.");
KRT_CLASS(signal_dict_mixin, "The signals of a context, with a truth value each.");
KRT_CLASS(decimal_manager, "Makes a context the current one inside a with statement.");

extern "C" {
/// The magnitude, rounded.
KRT_METHOD(decimal_context, "abs(self, x, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_abs(Value self, Value x);
/// The number itself.
KRT_METHOD(decimal_context, "canonical(self, x, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_canonical(Value self, Value x);
/// The number without its sign, not rounded.
KRT_METHOD(decimal_context, "copy_abs(self, x, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_copyAbs(Value self, Value x);
/// The number as it is, not rounded.
KRT_METHOD(decimal_context, "copy_decimal(self, x, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_copyDecimal(Value self, Value x);
/// The number with the other sign, not rounded.
KRT_METHOD(decimal_context, "copy_negate(self, x, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_copyNegate(Value self, Value x);
/// e raised to x, correctly rounded (half to even).
KRT_METHOD(decimal_context, "exp(self, x, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_exp(Value self, Value x);
/// The natural logarithm, correctly rounded (half to even).
KRT_METHOD(decimal_context, "ln(self, x, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_ln(Value self, Value x);
/// The logarithm to base ten, correctly rounded (half to even).
KRT_METHOD(decimal_context, "log10(self, x, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_log10(Value self, Value x);
/// The adjusted exponent as a Decimal.
KRT_METHOD(decimal_context, "logb(self, x, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_logb(Value self, Value x);
/// Every digit inverted; all of them must be 0 or 1.
KRT_METHOD(decimal_context, "logical_invert(self, x, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_logicalInvert(Value self, Value x);
/// The unary minus, rounded.
KRT_METHOD(decimal_context, "minus(self, x, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_minus(Value self, Value x);
/// The largest number of the context that is smaller.
KRT_METHOD(decimal_context, "next_minus(self, x, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_nextMinus(Value self, Value x);
/// The smallest number of the context that is larger.
KRT_METHOD(decimal_context, "next_plus(self, x, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_nextPlus(Value self, Value x);
/// The same value without trailing zeros.
KRT_METHOD(decimal_context, "normalize(self, x, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_normalize(Value self, Value x);
/// One of the ten names of classes of numbers.
KRT_METHOD(decimal_context, "number_class(self, x, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_numberClass(Value self, Value x);
/// The unary plus: the number rounded.
KRT_METHOD(decimal_context, "plus(self, x, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_plus(Value self, Value x);
/// The square root, correctly rounded (half to even).
KRT_METHOD(decimal_context, "sqrt(self, x, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_sqrt(Value self, Value x);
/// The number as text, with an exponent that is a multiple of three.
KRT_METHOD(decimal_context, "to_eng_string(self, x, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_toEngString(Value self, Value x);
/// As to_integral_value.
KRT_METHOD(decimal_context, "to_integral(self, x, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_toIntegral(Value self, Value x);
/// The nearest integer; Inexact and Rounded are signalled.
KRT_METHOD(decimal_context, "to_integral_exact(self, x, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_toIntegralExact(Value self, Value x);
/// The nearest integer.
KRT_METHOD(decimal_context, "to_integral_value(self, x, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_toIntegralValue(Value self, Value x);
/// The number as text.
KRT_METHOD(decimal_context, "to_sci_string(self, x, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_toSciString(Value self, Value x);
KRT_METHOD(decimal_context, "_apply(self, x, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_decimal_context_apply(Value self, Value x);
/// True: all are.
KRT_METHOD(decimal_context, "is_canonical(self, x, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_isCanonical(Value self, Value x);
/// Neither infinite nor a NaN?
KRT_METHOD(decimal_context, "is_finite(self, x, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_isFinite(Value self, Value x);
/// An infinity?
KRT_METHOD(decimal_context, "is_infinite(self, x, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_isInfinite(Value self, Value x);
/// A quiet or signaling NaN?
KRT_METHOD(decimal_context, "is_nan(self, x, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_isNan(Value self, Value x);
/// A normal number?
KRT_METHOD(decimal_context, "is_normal(self, x, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_isNormal(Value self, Value x);
/// A quiet NaN?
KRT_METHOD(decimal_context, "is_qnan(self, x, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_isQnan(Value self, Value x);
/// Has it a minus sign?
KRT_METHOD(decimal_context, "is_signed(self, x, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_isSigned(Value self, Value x);
/// A signaling NaN?
KRT_METHOD(decimal_context, "is_snan(self, x, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_isSnan(Value self, Value x);
/// A subnormal number?
KRT_METHOD(decimal_context, "is_subnormal(self, x, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_isSubnormal(Value self, Value x);
/// A zero?
KRT_METHOD(decimal_context, "is_zero(self, x, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_isZero(Value self, Value x);
/// x + y
KRT_METHOD(decimal_context, "add(self, x, y, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_add(Value self, Value x, Value y);
/// -1, 0 or 1 as a Decimal: how the numbers compare; NaN if one is a NaN.
KRT_METHOD(decimal_context, "compare(self, x, y, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_compare(Value self, Value x, Value y);
/// As compare, but every NaN signals.
KRT_METHOD(decimal_context, "compare_signal(self, x, y, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_compareSignal(Value self, Value x, Value y);
/// -1, 0 or 1 as a Decimal, by the total order of representations.
KRT_METHOD(decimal_context, "compare_total(self, x, y, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_compareTotal(Value self, Value x, Value y);
/// As compare_total, without regard to signs.
KRT_METHOD(decimal_context, "compare_total_mag(self, x, y, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_compareTotalMag(Value self, Value x, Value y);
/// x with the sign of y.
KRT_METHOD(decimal_context, "copy_sign(self, x, y, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_copySign(Value self, Value x, Value y);
/// x / y
KRT_METHOD(decimal_context, "divide(self, x, y, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_divide(Value self, Value x, Value y);
/// x / y, cut to an integer.
KRT_METHOD(decimal_context, "divide_int(self, x, y, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_divideInt(Value self, Value x, Value y);
/// Integer quotient and remainder of x / y.
KRT_METHOD(decimal_context, "divmod(self, x, y, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_divmod(Value self, Value x, Value y);
/// Digit by digit and; all digits must be 0 or 1.
KRT_METHOD(decimal_context, "logical_and(self, x, y, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_logicalAnd(Value self, Value x, Value y);
/// Digit by digit or; all digits must be 0 or 1.
KRT_METHOD(decimal_context, "logical_or(self, x, y, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_logicalOr(Value self, Value x, Value y);
/// Digit by digit exclusive or; all digits must be 0 or 1.
KRT_METHOD(decimal_context, "logical_xor(self, x, y, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_logicalXor(Value self, Value x, Value y);
/// The larger number; a number rather than a quiet NaN.
KRT_METHOD(decimal_context, "max(self, x, y, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_max(Value self, Value x, Value y);
/// The number of larger magnitude.
KRT_METHOD(decimal_context, "max_mag(self, x, y, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_maxMag(Value self, Value x, Value y);
/// The smaller number; a number rather than a quiet NaN.
KRT_METHOD(decimal_context, "min(self, x, y, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_min(Value self, Value x, Value y);
/// The number of smaller magnitude.
KRT_METHOD(decimal_context, "min_mag(self, x, y, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_minMag(Value self, Value x, Value y);
/// x * y
KRT_METHOD(decimal_context, "multiply(self, x, y, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_multiply(Value self, Value x, Value y);
/// The neighbour in the context towards y.
KRT_METHOD(decimal_context, "next_toward(self, x, y, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_nextToward(Value self, Value x, Value y);
/// x rounded to the exponent of y.
KRT_METHOD(decimal_context, "quantize(self, x, y, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_quantize(Value self, Value x, Value y);
/// What the integer division of x by y leaves.
KRT_METHOD(decimal_context, "remainder(self, x, y, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_remainder(Value self, Value x, Value y);
/// What is left after the nearest multiple of y is taken off.
KRT_METHOD(decimal_context, "remainder_near(self, x, y, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_remainderNear(Value self, Value x, Value y);
/// The digits rotated to the left, or with a negative count to the right.
KRT_METHOD(decimal_context, "rotate(self, x, y, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_rotate(Value self, Value x, Value y);
/// Have both the same exponent?
KRT_METHOD(decimal_context, "same_quantum(self, x, y, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_sameQuantum(Value self, Value x, Value y);
/// x with its exponent increased.
KRT_METHOD(decimal_context, "scaleb(self, x, y, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_scaleb(Value self, Value x, Value y);
/// The digits shifted to the left, or with a negative count to the right.
KRT_METHOD(decimal_context, "shift(self, x, y, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_shift(Value self, Value x, Value y);
/// x - y
KRT_METHOD(decimal_context, "subtract(self, x, y, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_subtract(Value self, Value x, Value y);
/// x * y + z, rounded once.
KRT_METHOD(decimal_context, "fma(self, x, y, z, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_fma(Value self, Value x, Value y, Value z);
/// a raised to b, almost always correctly rounded; with a modulo, of integers and exactly.
KRT_METHOD(decimal_context, "power(self, /, a, b, modulo=None)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_power(Value self, Value a, Value b, Value modulo);
/// The exponent of the smallest subnormal number.
KRT_METHOD(decimal_context, "Etiny(self, /)") int64_t krt_decimal_context_etiny(Value self);
/// The exponent of the largest number.
KRT_METHOD(decimal_context, "Etop(self, /)") int64_t krt_decimal_context_etop(Value self);
/// Decimal(10).
KRT_METHOD(decimal_context, "radix(self, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_radix(Value self);
/// Set all flags to False.
KRT_METHOD(decimal_context, "clear_flags(self, /)") Value krt_decimal_context_clearFlags(Value self);
/// Set all traps to False.
KRT_METHOD(decimal_context, "clear_traps(self, /)") Value krt_decimal_context_clearTraps(Value self);
/// The same settings, traps and flags.
KRT_METHOD(decimal_context, "copy(self, /)", KRT_RAISES, KRT_COLLECTS) Value krt_decimal_context_copy(Value self);
/// A Decimal of what the constructor takes, rounded as this context says.
KRT_METHOD(decimal_context, "create_decimal(self, num='0', /)", KRT_RUNS_PY) Value krt_decimal_context_createDecimal_py(Value self, Value num);
/// A Decimal of a float or int, rounded as this context says.
KRT_METHOD(decimal_context, "create_decimal_from_float(self, f, /)", KRT_RUNS_PY) Value krt_decimal_context_createDecimalFromFloat_py(Value self, Value f);
KRT_METHOD(decimal_context, "__copy__(self, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_decimal_context_copySelf(Value self);
KRT_METHOD(decimal_context, "__reduce__(self, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_decimal_context_reduce(Value self);
KRT_GETTER(decimal_context, "prec") Value krt_decimal_context_prec(Value self);
KRT_SETTER(decimal_context, "prec", KRT_RUNS_PY) bool krt_decimal_context_setPrec_py(Value self, Value value);
KRT_GETTER(decimal_context, "Emax") Value krt_decimal_context_Emax(Value self);
KRT_SETTER(decimal_context, "Emax", KRT_RUNS_PY) bool krt_decimal_context_setEmax_py(Value self, Value value);
KRT_GETTER(decimal_context, "Emin") Value krt_decimal_context_Emin(Value self);
KRT_SETTER(decimal_context, "Emin", KRT_RUNS_PY) bool krt_decimal_context_setEmin_py(Value self, Value value);
KRT_GETTER(decimal_context, "rounding") Value krt_decimal_context_rounding(Value self);
KRT_SETTER(decimal_context, "rounding", KRT_RUNS_PY) bool krt_decimal_context_setRounding_py(Value self, Value value);
KRT_GETTER(decimal_context, "capitals") Value krt_decimal_context_capitals(Value self);
KRT_SETTER(decimal_context, "capitals", KRT_RUNS_PY) bool krt_decimal_context_setCapitals_py(Value self, Value value);
KRT_GETTER(decimal_context, "clamp") Value krt_decimal_context_clamp(Value self);
KRT_SETTER(decimal_context, "clamp", KRT_RUNS_PY) bool krt_decimal_context_setClamp_py(Value self, Value value);
KRT_INIT(decimal_context, "Context(prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, traps=None)",
         KRT_RUNS_PY)
bool krt_decimal_context_start_py(Value self, Value prec, Value rounding, Value Emin, Value Emax, Value capitals, Value clamp,
                                  Value flags, Value traps);
KRT_METHOD(signal_dict_mixin, "copy(self, /)", KRT_RAISES, KRT_COLLECTS) Value krt_signal_dict_mixin_copy(Value self);

KRT_METHOD(decimal_manager, "__enter__(self, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_decimal_manager_enter(Value self);
KRT_METHOD(decimal_manager, "__exit__(self, /, *args)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_decimal_manager_exit(Value self, ArgSpan args);
}

} // namespace krait

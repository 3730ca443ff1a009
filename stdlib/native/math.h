// math.h - the module math.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(math, "Mathematical functions of the C standard and some on integers.");

extern "C" {
KRT_MODULE_INIT(math)
bool krt_math_init(Module *module);

/// Arc cosine, in radians.
KRT_FUNCTION(math, "acos(x, /)", KRT_RAISES, KRT_PURE)
double krt_math_acos(double x);

/// Inverse hyperbolic cosine.
KRT_FUNCTION(math, "acosh(x, /)", KRT_RAISES, KRT_PURE)
double krt_math_acosh(double x);

/// Arc sine, in radians.
KRT_FUNCTION(math, "asin(x, /)", KRT_RAISES, KRT_PURE)
double krt_math_asin(double x);

/// Inverse hyperbolic sine.
KRT_FUNCTION(math, "asinh(x, /)", KRT_PURE)
double krt_math_asinh(double x);

/// Arc tangent, in radians.
KRT_FUNCTION(math, "atan(x, /)", KRT_PURE)
double krt_math_atan(double x);

/// Inverse hyperbolic tangent.
KRT_FUNCTION(math, "atanh(x, /)", KRT_RAISES, KRT_PURE)
double krt_math_atanh(double x);

/// Cube root.
KRT_FUNCTION(math, "cbrt(x, /)", KRT_PURE)
double krt_math_cbrt(double x);

/// Cosine of x radians.
KRT_FUNCTION(math, "cos(x, /)", KRT_RAISES, KRT_PURE)
double krt_math_cos(double x);

/// Hyperbolic cosine.
KRT_FUNCTION(math, "cosh(x, /)", KRT_RAISES, KRT_PURE)
double krt_math_cosh(double x);

/// Error function.
KRT_FUNCTION(math, "erf(x, /)", KRT_PURE)
double krt_math_erf(double x);

/// Complementary error function.
KRT_FUNCTION(math, "erfc(x, /)", KRT_PURE)
double krt_math_erfc(double x);

/// e to the power x.
KRT_FUNCTION(math, "exp(x, /)", KRT_RAISES, KRT_PURE)
double krt_math_exp(double x);

/// 2 to the power x.
KRT_FUNCTION(math, "exp2(x, /)", KRT_RAISES, KRT_PURE)
double krt_math_exp2(double x);

/// exp(x) - 1, precise for small x.
KRT_FUNCTION(math, "expm1(x, /)", KRT_RAISES, KRT_PURE)
double krt_math_expm1(double x);

/// Absolute value as a float.
KRT_FUNCTION(math, "fabs(x, /)", KRT_PURE)
double krt_math_fabs(double x);

/// Gamma function.
KRT_FUNCTION(math, "gamma(x, /)", KRT_RAISES, KRT_PURE)
double krt_math_gamma(double x);

/// Logarithm of the absolute value of the gamma function.
KRT_FUNCTION(math, "lgamma(x, /)", KRT_RAISES, KRT_PURE)
double krt_math_lgamma(double x);

/// Natural logarithm of 1 + x, precise for small x.
KRT_FUNCTION(math, "log1p(x, /)", KRT_RAISES, KRT_PURE)
double krt_math_log1p(double x);

/// Sine of x radians.
KRT_FUNCTION(math, "sin(x, /)", KRT_RAISES, KRT_PURE)
double krt_math_sin(double x);

/// Hyperbolic sine.
KRT_FUNCTION(math, "sinh(x, /)", KRT_RAISES, KRT_PURE)
double krt_math_sinh(double x);

/// Square root.
KRT_FUNCTION(math, "sqrt(x, /)", KRT_RAISES, KRT_PURE)
double krt_math_sqrt(double x);

/// Tangent of x radians.
KRT_FUNCTION(math, "tan(x, /)", KRT_RAISES, KRT_PURE)
double krt_math_tan(double x);

/// Hyperbolic tangent.
KRT_FUNCTION(math, "tanh(x, /)", KRT_PURE)
double krt_math_tanh(double x);

/// An angle in radians as degrees.
KRT_FUNCTION(math, "degrees(x, /)", KRT_PURE)
double krt_math_degrees(double x);

/// An angle in degrees as radians.
KRT_FUNCTION(math, "radians(x, /)", KRT_PURE)
double krt_math_radians(double x);

/// The value of the least significant bit of x.
KRT_FUNCTION(math, "ulp(x, /)", KRT_PURE)
double krt_math_ulp(double x);

/// Whether x is neither infinite nor NaN.
KRT_FUNCTION(math, "isfinite(x, /)", KRT_PURE)
bool krt_math_isfinite(double x);

/// Whether x is infinite.
KRT_FUNCTION(math, "isinf(x, /)", KRT_PURE)
bool krt_math_isinf(double x);

/// Whether x is NaN.
KRT_FUNCTION(math, "isnan(x, /)", KRT_PURE)
bool krt_math_isnan(double x);

/// Arc tangent of y/x in the quadrant of both.
KRT_FUNCTION(math, "atan2(y, x, /)", KRT_PURE)
double krt_math_atan2(double y, double x);

/// x with the sign of y.
KRT_FUNCTION(math, "copysign(x, y, /)", KRT_PURE)
double krt_math_copysign(double x, double y);

/// Remainder of x/y with the sign of x.
KRT_FUNCTION(math, "fmod(x, y, /)", KRT_RAISES, KRT_PURE)
double krt_math_fmod(double x, double y);

/// The next float after x towards y.
KRT_FUNCTION(math, "nextafter(x, y, /)", KRT_PURE)
double krt_math_nextafter(double x, double y);

/// x to the power y, as a float.
KRT_FUNCTION(math, "pow(x, y, /)", KRT_RAISES, KRT_PURE)
double krt_math_pow(double x, double y);

/// Difference of x and the nearest multiple of y.
KRT_FUNCTION(math, "remainder(x, y, /)", KRT_RAISES, KRT_PURE)
double krt_math_remainder(double x, double y);

/// x * 2**i.
KRT_FUNCTION(math, "ldexp(x, i, /)", KRT_RUNS_PY)
Value krt_math_ldexp_py(double x, Value i);

/// Mantissa and exponent: x == m * 2**e.
KRT_FUNCTION(math, "frexp(x, /)", KRT_COLLECTS, KRT_PURE)
Value krt_math_frexp(double x);

/// Fractional and integral part, both with the sign of x.
KRT_FUNCTION(math, "modf(x, /)", KRT_COLLECTS, KRT_PURE)
Value krt_math_modf(double x);

/// Whether two numbers are close to each other.
KRT_FUNCTION(math, "isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)", KRT_RAISES, KRT_PURE)
bool krt_math_isclose(double a, double b, double relTol, double absTol);

/// The smallest integer that is not less than x.
KRT_FUNCTION(math, "ceil(x, /)", KRT_RUNS_PY)
Value krt_math_ceil_py(Value x);

/// The largest integer that is not greater than x.
KRT_FUNCTION(math, "floor(x, /)", KRT_RUNS_PY)
Value krt_math_floor_py(Value x);

/// The integral part of x.
KRT_FUNCTION(math, "trunc(x, /)", KRT_RUNS_PY)
Value krt_math_trunc_py(Value x);

/// Logarithm of x to a base, or the natural one.
KRT_FUNCTION(math, "log(x, base=<null>, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_math_log_py(Value x, Value base);

/// Logarithm of x to base 2.
KRT_FUNCTION(math, "log2(x, /)", KRT_RUNS_PY)
Value krt_math_log2_py(Value x);

/// Logarithm of x to base 10.
KRT_FUNCTION(math, "log10(x, /)", KRT_RUNS_PY)
Value krt_math_log10_py(Value x);

/// The product of the integers from 1 to n.
KRT_FUNCTION(math, "factorial(n, /)", KRT_RUNS_PY)
Value krt_math_factorial_py(Value n);

/// Greatest common divisor.
KRT_FUNCTION(math, "gcd(*integers)", KRT_RUNS_PY)
Value krt_math_gcd_py(ArgSpan integers);

/// Least common multiple.
KRT_FUNCTION(math, "lcm(*integers)", KRT_RUNS_PY)
Value krt_math_lcm_py(ArgSpan integers);

/// Integral part of the square root of an integer.
KRT_FUNCTION(math, "isqrt(n, /)", KRT_RUNS_PY)
Value krt_math_isqrt_py(Value n);

/// Ways to choose k of n items, without order or repetition.
KRT_FUNCTION(math, "comb(n, k, /)", KRT_RUNS_PY)
Value krt_math_comb_py(Value n, Value k);

/// Ways to choose k of n items in order, without repetition.
KRT_FUNCTION(math, "perm(n, k=None, /)", KRT_RUNS_PY)
Value krt_math_perm_py(Value n, Value k);

/// Euclidean distance between two points.
KRT_FUNCTION(math, "dist(p, q, /)", KRT_RUNS_PY)
Value krt_math_dist_py(Value p, Value q);

/// Euclidean distance from the origin.
KRT_FUNCTION(math, "hypot(*coordinates)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_math_hypot_py(ArgSpan coordinates);

/// Sum of floats without loss of precision.
KRT_FUNCTION(math, "fsum(seq, /)", KRT_RUNS_PY)
Value krt_math_fsum_py(Value seq);

/// start and the items of the iterable multiplied.
KRT_FUNCTION(math, "prod(iterable, /, *, start=1)", KRT_RUNS_PY)
Value krt_math_prod_py(Value iterable, Value start);
}

} // namespace krait

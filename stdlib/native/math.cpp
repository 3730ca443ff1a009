// math.cpp - the module math. Domain errors are ValueError, overflow is OverflowError, as CPython has them.
#include "stdlib/native/math.h"

#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/float.h"
#include "runtime/object/int.h"
#include "runtime/object/int_limbs.h"
#include "runtime/object/protocol.h"
#include "runtime/object/str.h"
#include "stdlib/native/math.bind.inc"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace krait {

bool krt_math_init(Module *module) {
  auto add = [&](const char *name, double d) { krt_dict_set_str(module->dict, strIntern(name), floatBox(d)); };
  add("pi", std::numbers::pi);
  add("e", std::numbers::e);
  add("tau", 2 * std::numbers::pi);
  add("inf", HUGE_VAL);
  add("nan", std::nan(""));
  return true;
}

// ---- Functions of one double ----------------------------------------------------------------------------------

static double domainError() {
  krt_raise(kValueError, "math domain error");
  return 0;
}
static double rangeError() {
  krt_raise(kOverflowError, "math range error");
  return 0;
}
/// A NaN from a number is a domain error; an infinity from a finite number overflow, or a domain error at a pole.
static inline double checked(double result, double x, bool canOverflow) {
  if (__builtin_expect(std::isnan(result), 0) && !std::isnan(x))
    return domainError();
  if (__builtin_expect(std::isinf(result), 0) && std::isfinite(x))
    return canOverflow ? rangeError() : domainError();
  return result;
}

#define CHECKED(name, canOverflow)                                                                                     \
  double krt_math_##name(double x) { return checked(std::name(x), x, canOverflow); }
#define PLAIN(name)                                                                                                    \
  double krt_math_##name(double x) { return std::name(x); }
CHECKED(acos, false)
CHECKED(acosh, false)
CHECKED(asin, false)
CHECKED(atanh, false)
CHECKED(cos, false)
CHECKED(cosh, true)
CHECKED(exp, true)
CHECKED(exp2, true)
CHECKED(expm1, true)
CHECKED(log1p, false)
CHECKED(sin, false)
CHECKED(sinh, true)
CHECKED(sqrt, false)
CHECKED(tan, false)
PLAIN(asinh)
PLAIN(atan)
PLAIN(cbrt)
PLAIN(erf)
PLAIN(erfc)
PLAIN(fabs)
PLAIN(tanh)

double krt_math_degrees(double x) { return x * (180.0 / std::numbers::pi); }
double krt_math_radians(double x) { return x * (std::numbers::pi / 180.0); }
bool krt_math_isfinite(double x) { return std::isfinite(x); }
bool krt_math_isinf(double x) { return std::isinf(x); }
bool krt_math_isnan(double x) { return std::isnan(x); }
double krt_math_ulp(double x) {
  if (std::isnan(x))
    return x;
  x = std::fabs(x);
  if (std::isinf(x))
    return x;
  double next = std::nextafter(x, HUGE_VAL);
  return std::isinf(next) ? x - std::nextafter(x, -HUGE_VAL) : next - x;
}

/// sin(pi*x), exact at halves, for the reflection of gamma.
static double sinPi(double x) {
  double y = std::fmod(std::fabs(x), 2.0), r;
  switch (static_cast<int>(std::round(2.0 * y))) {
  case 0:
    r = std::sin(std::numbers::pi * y);
    break;
  case 1:
    r = std::cos(std::numbers::pi * (y - 0.5));
    break;
  case 2:
    r = std::sin(std::numbers::pi * (1.0 - y));
    break;
  case 3:
    r = -std::cos(std::numbers::pi * (y - 1.5));
    break;
  default:
    r = std::sin(std::numbers::pi * (y - 2.0));
  }
  return std::copysign(1.0, x) * r;
}

/// Lanczos' rational approximation with N = 13, g = 6.0246800407767296 (Boost's coefficients).
constexpr double kLanczosG = 6.024680040776729583740234375;
static double lanczosSum(double x) {
  constexpr double num[13] = {23531376880.410759688572007674451636754734846804940, 42919803642.649098768957899047001988850926355848959,
                              35711959237.355668049440185451547166705960488635843, 17921034426.037209699919755754458931112671403265390,
                              6039542586.3520280050642916443072979210699388420708, 1439720407.3117216736632230727949123939715485786372,
                              248874557.86205415651146038641322942321632125127801, 31426415.585400194380614231628318205362874684987640,
                              2876370.6289353724412254090516208496135991145378768, 186056.26539522349504029498971604569928220784236328,
                              8071.6720023658162106380029022722506138218516325024, 210.82427775157934587250973392071336271166969580291,
                              2.5066282746310002701649081771338373386264310793408};
  constexpr double den[13] = {0.0,       39916800.0, 120543840.0, 150917976.0, 105258076.0, 45995730.0, 13339535.0,
                              2637558.0, 357423.0,   32670.0,     1925.0,      66.0,        1.0};
  double n = 0, d = 0;
  if (x < 5.0) {
    for (int i = 12; i >= 0; i--) {
      n = n * x + num[i];
      d = d * x + den[i];
    }
  } else { // in powers of 1/x, so that nothing overflows
    for (int i = 0; i < 13; i++) {
      n = n / x + num[i];
      d = d / x + den[i];
    }
  }
  return n / d;
}

double krt_math_gamma(double x) {
  if (!std::isfinite(x))
    return std::isnan(x) || x > 0 ? x : domainError();
  if (x == 0)
    return domainError();
  if (x == std::floor(x)) {
    if (x < 0)
      return domainError();
    if (x <= 23) {
      double product = 1;
      for (int i = 2; i < static_cast<int>(x); i++)
        product *= i;
      return product;
    }
  }
  double size = std::fabs(x);
  if (size < 1e-20) {
    double r = 1.0 / x;
    return std::isinf(r) ? rangeError() : r;
  }
  if (size > 200.0)
    return x < 0 ? 0.0 / sinPi(x) : rangeError();
  double y = size + kLanczosG - 0.5, z; // z: the error made in y
  if (size > kLanczosG - 0.5)
    z = (y - size) - (kLanczosG - 0.5);
  else
    z = (y - (kLanczosG - 0.5)) - size;
  z = z * kLanczosG / y;
  double r;
  if (x < 0) {
    r = -std::numbers::pi / sinPi(size) / size * std::exp(y) / lanczosSum(size);
    r -= z * r;
    if (size < 140.0)
      r /= std::pow(y, size - 0.5);
    else {
      double root = std::pow(y, size / 2.0 - 0.25);
      r = r / root / root;
    }
  } else {
    r = lanczosSum(size) / std::exp(y);
    r += z * r;
    if (size < 140.0)
      r *= std::pow(y, size - 0.5);
    else {
      double root = std::pow(y, size / 2.0 - 0.25);
      r = r * root * root;
    }
  }
  return std::isinf(r) ? rangeError() : r;
}

double krt_math_lgamma(double x) {
  if (!std::isfinite(x))
    return std::isnan(x) ? x : HUGE_VAL;
  if (x == std::floor(x) && x <= 2.0)
    return x <= 0 ? domainError() : 0.0;
  double size = std::fabs(x);
  if (size < 1e-20)
    return -std::log(size);
  double r = std::log(lanczosSum(size)) - kLanczosG;
  r += (size - 0.5) * (std::log(size + kLanczosG - 0.5) - 1);
  if (x < 0)
    r = std::log(std::numbers::pi) - std::log(std::fabs(sinPi(size))) - std::log(size) - r;
  return std::isinf(r) ? rangeError() : r;
}

// ---- Functions of two doubles -----------------------------------------------------------------------------------

double krt_math_atan2(double y, double x) { return std::atan2(y, x); }
double krt_math_copysign(double x, double y) { return std::copysign(x, y); }
double krt_math_nextafter(double x, double y) { return std::nextafter(x, y); }
double krt_math_fmod(double x, double y) {
  if (std::isinf(y) && std::isfinite(x))
    return x;
  double r = std::fmod(x, y);
  return std::isnan(r) && !std::isnan(x) && !std::isnan(y) ? domainError() : r;
}
double krt_math_pow(double x, double y) {
  double r = std::pow(x, y);
  if (!std::isfinite(r) && std::isfinite(x) && std::isfinite(y)) {
    if (std::isnan(r) || x == 0)
      return domainError();
    return rangeError();
  }
  return r;
}
double krt_math_remainder(double x, double y) {
  if (std::isnan(x) || std::isnan(y))
    return x + y;
  if (std::isinf(x) || y == 0)
    return domainError();
  return std::remainder(x, y);
}
bool krt_math_isclose(double a, double b, double relTol, double absTol) {
  if (relTol < 0 || absTol < 0) {
    krt_raise(kValueError, "tolerances must be non-negative");
    return false;
  }
  if (a == b)
    return true;
  if (std::isinf(a) || std::isinf(b))
    return false;
  double difference = std::fabs(b - a);
  return difference <= std::fabs(relTol * b) || difference <= std::fabs(relTol * a) || difference <= absTol;
}

static Value pairOf(Value a, Value b) {
  Value both[2] = {a, b};
  return krt_tuple_from(both, 2);
}
Value krt_math_frexp(double x) {
  int exponent = 0;
  double m = std::isfinite(x) && x != 0 ? std::frexp(x, &exponent) : x;
  return pairOf(floatBox(m), smallInt(exponent));
}
Value krt_math_modf(double x) {
  if (std::isinf(x))
    return pairOf(floatBox(std::copysign(0.0, x)), floatBox(x));
  double whole, fraction = std::modf(x, &whole);
  return pairOf(floatBox(fraction), floatBox(whole));
}
Value krt_math_ldexp_py(double x, Value i) {
  if (!krt_int_check(i))
    return krt_raise(kTypeError, "Expected an int as second argument to ldexp.");
  int64_t exponent;
  Value plain = krt_int_plain(i);
  if (!krt_int_to_i64(plain, &exponent))
    exponent = krt_int_sign(plain) < 0 ? INT64_MIN : INT64_MAX;
  if (x == 0 || !std::isfinite(x))
    return floatBox(x);
  double r = std::ldexp(x, static_cast<int>(std::clamp<int64_t>(exponent, -100000, 100000)));
  if (std::isinf(r))
    return krt_raise(kOverflowError, "math range error");
  return floatBox(r);
}

// ---- Rounding ---------------------------------------------------------------------------------------------------------

/// A float's own result, else the special method, else [fallback] of the float value.
static Value rounded_py(Value x, Str *name, double (*round)(double), bool floatFallback) {
  if (isFloat(x))
    return krt_int_from_double(round(floatValue(x)));
  if (x.isInt())
    return x;
  Value self, method = krt_special_lookup_py(x, name, &self);
  if (method)
    return krt_call_with_self_py(method, self, nullptr, 0, nullptr);
  if (errorPending())
    return {};
  if (!floatFallback)
    return krt_raise(kTypeError, "type %.100T doesn't define %S method", x, Value(name));
  double d = krt_double_py(x);
  return d == -1.0 && errorPending() ? Value() : krt_int_from_double(round(d));
}
Value krt_math_ceil_py(Value x) {
  return rounded_py(x, KSTR(__ceil__), [](double d) { return std::ceil(d); }, true);
}
Value krt_math_floor_py(Value x) {
  return rounded_py(x, KSTR(__floor__), [](double d) { return std::floor(d); }, true);
}
Value krt_math_trunc_py(Value x) {
  return rounded_py(x, KSTR(__trunc__), [](double d) { return std::trunc(d); }, false);
}

// ---- Logarithms, of integers of any size ---------------------------------------------------------------------------------

/// False with an exception pending.
static bool logOf_py(Value x, double (*log)(double), double ofTwo, double *out) {
  if (krt_int_check(x)) {
    Value plain = krt_int_plain(x);
    if (krt_int_sign(plain) <= 0) {
      domainError();
      return false;
    }
    int64_t exponent;
    double m = krt_int_frexp(plain, &exponent);
    if (exponent <= 1024) // a double holds it
      *out = log(std::ldexp(m, static_cast<int>(exponent)));
    else
      *out = log(m) + ofTwo * static_cast<double>(exponent);
    return true;
  }
  double d = floatCheck(x) ? floatValue(x) : krt_double_py(x);
  if (d == -1.0 && errorPending())
    return false;
  if (d <= 0 || std::isnan(d)) {
    if (std::isnan(d)) {
      *out = d;
      return true;
    }
    domainError();
    return false;
  }
  *out = log(d);
  return true;
}
static double naturalLog(double d) { return std::log(d); }
Value krt_math_log_py(Value x, Value base) {
  double numerator, denominator;
  if (!logOf_py(x, naturalLog, std::numbers::ln2, &numerator))
    return {};
  if (!base)
    return floatBox(numerator);
  if (!logOf_py(base, naturalLog, std::numbers::ln2, &denominator))
    return {};
  if (denominator == 0)
    return krt_raise(kZeroDivisionError, "float division by zero");
  return floatBox(numerator / denominator);
}
Value krt_math_log2_py(Value x) {
  double r;
  return logOf_py(x, [](double d) { return std::log2(d); }, 1.0, &r) ? floatBox(r) : Value();
}
Value krt_math_log10_py(Value x) {
  double r;
  return logOf_py(x, [](double d) { return std::log10(d); }, std::log10(2.0), &r) ? floatBox(r) : Value();
}

// ---- Integers -------------------------------------------------------------------------------------------------------------

Value krt_math_factorial_py(Value n) {
  Value plain = TRY(krt_index_py(n));
  if (krt_int_sign(plain) < 0)
    return krt_raise(kValueError, "factorial() not defined for negative values");
  int64_t count;
  if (!krt_int_to_i64(plain, &count) || count > INT64_C(1) << 40)
    return krt_raise(kOverflowError, "factorial() argument should not exceed %lld", static_cast<long long>(INT64_MAX));
  MpzResult result;
  mpz_fac_ui(result.get(), static_cast<unsigned long>(count));
  return result.take();
}

Value krt_math_gcd_py(ArgSpan integers) {
  Value total = smallInt(0);
  for (size_t i = 0; i < integers.size; i++) {
    Value n = TRY(krt_index_py(integers.data[i]));
    if (bothInts(total, n)) {
      uint64_t a = static_cast<uint64_t>(std::abs(total.asInt())), b = static_cast<uint64_t>(std::abs(n.asInt()));
      while (b) {
        uint64_t r = a % b;
        a = b;
        b = r;
      }
      total = krt_int_from_u64(a);
      continue;
    }
    MpzView a(total), b(n);
    MpzResult result;
    mpz_gcd(result.get(), a.get(), b.get());
    total = result.take();
  }
  return total;
}
Value krt_math_lcm_py(ArgSpan integers) {
  Value total = smallInt(1);
  for (size_t i = 0; i < integers.size; i++) {
    Value n = TRY(krt_index_py(integers.data[i]));
    MpzView a(total), b(n);
    MpzResult result;
    mpz_lcm(result.get(), a.get(), b.get());
    total = result.take();
  }
  return total;
}
Value krt_math_isqrt_py(Value n) {
  Value plain = TRY(krt_index_py(n));
  if (krt_int_sign(plain) < 0)
    return krt_raise(kValueError, "isqrt() argument must be nonnegative");
  MpzView view(plain);
  MpzResult result;
  mpz_sqrt(result.get(), view.get());
  return result.take();
}

/// n and k as non-negative integers for comb and perm; false with an exception pending.
static bool choices_py(Value *n, Value *k) {
  *n = krt_index_py(*n);
  if (!*n)
    return false;
  *k = krt_index_py(*k);
  if (!*k)
    return false;
  if (krt_int_sign(*n) < 0) {
    krt_raise(kValueError, "n must be a non-negative integer");
    return false;
  }
  if (krt_int_sign(*k) < 0) {
    krt_raise(kValueError, "k must be a non-negative integer");
    return false;
  }
  return true;
}
Value krt_math_comb_py(Value n, Value k) {
  if (!choices_py(&n, &k))
    return {};
  Value other = krt_int_sub(n, k);
  if (krt_int_sign(other) < 0)
    return smallInt(0);
  if (krt_int_compare(other, k) < 0)
    k = other;
  if (!k.isInt())
    return krt_raise(kOverflowError, "min(n - k, k) must not exceed %lld", static_cast<long long>(INT64_MAX));
  MpzView view(n);
  MpzResult result;
  mpz_bin_ui(result.get(), view.get(), static_cast<unsigned long>(k.asInt()));
  return result.take();
}
/// n * (n-1) * ... * (n-k+1), by halves so that the factors stay of like size.
static Value fallingProduct(Value n, int64_t from, int64_t to) {
  if (to - from == 1)
    return krt_int_sub(n, smallInt(from));
  int64_t middle = from + (to - from) / 2;
  Value left = TRY(fallingProduct(n, from, middle)), right = TRY(fallingProduct(n, middle, to));
  return krt_int_mul(left, right);
}
Value krt_math_perm_py(Value n, Value k) {
  if (k == kNone)
    return krt_math_factorial_py(n);
  if (!choices_py(&n, &k))
    return {};
  if (krt_int_compare(n, k) < 0)
    return smallInt(0);
  if (!k.isInt())
    return krt_raise(kOverflowError, "k must not exceed %lld", static_cast<long long>(INT64_MAX));
  return k == smallInt(0) ? smallInt(1) : fallingProduct(n, 0, k.asInt());
}

// ---- Many numbers ------------------------------------------------------------------------------------------------------------

/// Length of a vector whose largest component is [max]: scaled by a power of two, squares summed with their rounding errors,
/// and the root corrected once from the exact residue.
static double vectorNorm(double *v, size_t n, double max, bool nan) {
  if (std::isinf(max))
    return max;
  if (nan)
    return NAN;
  if (max == 0 || n <= 1)
    return max;
  int exponent;
  std::frexp(max, &exponent);
  if (exponent < -1023) { // subnormal: enlarge first
    for (size_t i = 0; i < n; i++)
      v[i] /= 0x1p-1022;
    return 0x1p-1022 * vectorNorm(v, n, max / 0x1p-1022, false);
  }
  double scale = std::ldexp(1.0, -exponent), sum = 1.0, low = 0, lower = 0;
  auto add = [&](double x) { // sum += x, the error into `lower`
    double s = sum + x;
    lower += (sum - s) + x;
    sum = s;
  };
  for (size_t i = 0; i < n; i++) {
    double x = v[i] * scale, square = x * x;
    low += std::fma(x, x, -square);
    add(square);
  }
  double root = std::sqrt(sum - 1.0 + (low + lower));
  double square = root * root;
  low += -std::fma(root, root, -square);
  add(-square);
  return (root + (sum - 1.0 + (low + lower)) / (2.0 * root)) / scale;
}

static bool doubles_py(const Value *items, size_t count, double *out, double *max, bool *nan) {
  for (size_t i = 0; i < count; i++) {
    double d = floatCheck(items[i]) ? floatValue(items[i]) : krt_double_py(items[i]);
    if (d == -1.0 && errorPending())
      return false;
    out[i] = std::fabs(d);
    *nan |= std::isnan(d);
    *max = std::max(*max, out[i]);
  }
  return true;
}
Value krt_math_hypot_py(ArgSpan coordinates) {
  auto *v = static_cast<double *>(gcAllocateAtomic(coordinates.size * 8 + 8));
  double max = 0;
  bool nan = false;
  if (!doubles_py(coordinates.data, coordinates.size, v, &max, &nan))
    return {};
  return floatBox(vectorNorm(v, coordinates.size, max, nan));
}
Value krt_math_dist_py(Value p, Value q) {
  Tuple *a = TRY(krt_tuple_from_py(p)), *b = TRY(krt_tuple_from_py(q));
  if (a->length != b->length)
    return krt_raise(kValueError, "both points must have the same number of dimensions");
  auto n = static_cast<size_t>(a->length);
  auto *v = static_cast<double *>(gcAllocateAtomic(n * 8 + 8));
  double max = 0;
  bool nan = false;
  for (size_t i = 0; i < n; i++) {
    double x = krt_double_py(a->items[i]);
    double y = x == -1.0 && errorPending() ? 0 : krt_double_py(b->items[i]);
    if (errorPending())
      return {};
    v[i] = std::fabs(x - y);
    nan |= std::isnan(v[i]);
    max = std::max(max, v[i]);
  }
  return floatBox(vectorNorm(v, n, max, nan));
}

/// Shewchuk's exact sum: partial sums that do not overlap, rounded once at the end.
Value krt_math_fsum_py(Value seq) {
  Value iterator = TRY(krt_iter_py(seq));
  GcVector<double> partials;
  double specials = 0, infinities = 0;
  while (Value item = krt_next_py(iterator)) {
    double x = krt_double_py(item), original = x;
    if (x == -1.0 && errorPending())
      return {};
    size_t used = 0;
    for (size_t i = 0; i < partials.size(); i++) {
      double y = partials[i];
      if (std::fabs(x) < std::fabs(y))
        std::swap(x, y);
      double high = x + y, low = y - (high - x);
      if (low != 0)
        partials[used++] = low;
      x = high;
    }
    GcVector<double> kept;
    for (size_t i = 0; i < used; i++)
      kept.push(partials[i]);
    partials = kept;
    if (x == 0)
      continue;
    if (!std::isfinite(x)) {
      if (std::isfinite(original))
        return krt_raise(kOverflowError, "intermediate overflow in fsum");
      if (std::isinf(original))
        infinities += original;
      specials += original;
      partials.clear();
    } else {
      partials.push(x);
    }
  }
  if (errorPending())
    return {};
  if (specials != 0) {
    if (std::isnan(infinities))
      return krt_raise(kValueError, "-inf + inf in fsum");
    return floatBox(specials);
  }
  double high = 0, low = 0;
  size_t n = partials.size();
  if (n > 0) {
    high = partials[--n];
    while (n > 0) {
      double x = high, y = partials[--n];
      high = x + y;
      low = y - (high - x);
      if (low != 0)
        break;
    }
    // Half-way between two doubles: the sign of what is left below decides.
    if (n > 0 && ((low < 0 && partials[n - 1] < 0) || (low > 0 && partials[n - 1] > 0))) {
      double y = low * 2, x = high + y;
      if (y == x - high)
        high = x;
    }
  }
  return floatBox(high);
}

Value krt_math_prod_py(Value iterable, Value start) {
  Value iterator = TRY(krt_iter_py(iterable)), total = start ? start : smallInt(1);
  while (Value item = krt_next_py(iterator))
    total = TRY(krt_binary_py(total, item, BinaryOp::Mul));
  return errorPending() ? Value() : total;
}

} // namespace krait

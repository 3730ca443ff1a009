// cmath.cpp - the module cmath, on the C library's complex functions (C99 Annex G). What they report through errno becomes
// ValueError and OverflowError as CPython has them.
#include "stdlib/native/cmath.h"

#include "runtime/object/complex.h"
#include "runtime/object/complex_methods.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/float.h"
#include "runtime/object/str.h"
#include "stdlib/native/cmath.bind.inc"

#include <cmath>
#include <complex>
#include <numbers>

namespace krait {

using Z = std::complex<double>;

bool krt_cmath_init(Module *module) {
  auto add = [&](const char *name, Value v) { krt_dict_set_str(module->dict, strIntern(name), v); };
  add("pi", floatBox(std::numbers::pi));
  add("e", floatBox(std::numbers::e));
  add("tau", floatBox(2 * std::numbers::pi));
  add("inf", floatBox(HUGE_VAL));
  add("nan", floatBox(std::nan("")));
  add("infj", krt_complex_new(0, HUGE_VAL));
  add("nanj", krt_complex_new(0, std::nan("")));
  return true;
}

static bool valueOf_py(Value v, Z *out) {
  double real, imag;
  if (!complexValue_py(v, &real, &imag))
    return false;
  *out = {real, imag};
  return true;
}
static Value made(Z z) { return krt_complex_new(z.real(), z.imag()); }
static bool finite(Z z) { return std::isfinite(z.real()) && std::isfinite(z.imag()); }

/// Finite arguments with an infinite result overflowed; [pole] marks arguments where the function has no value.
template <typename F> static Value applied_py(Value v, F f, bool (*pole)(Z) = nullptr) {
  Z z;
  if (!valueOf_py(v, &z))
    return {};
  if (pole && pole(z))
    return krt_raise(kValueError, "math domain error");
  Z result = f(z);
  if (finite(z) && !finite(result))
    return krt_raise(kOverflowError, "math range error");
  return made(result);
}
static bool atZero(Z z) { return z.real() == 0 && z.imag() == 0; }
/// exp, cosh and sinh have no value at an infinite imaginary part, unless the real part is -inf (or NaN).
static bool infiniteTurn(Z z) { return std::isinf(z.imag()) && !std::isnan(z.real()) && !(std::isinf(z.real()) && z.real() < 0); }
static bool infiniteImag(Z z) { return std::isinf(z.imag()) && !std::isnan(z.real()) && z.real() != 0; }

Value krt_cmath_acos_py(Value z) {
  return applied_py(z, [](Z a) { return std::acos(a); });
}
Value krt_cmath_acosh_py(Value z) {
  return applied_py(z, [](Z a) { return std::acosh(a); });
}
Value krt_cmath_asin_py(Value z) {
  return applied_py(z, [](Z a) { return std::asin(a); });
}
Value krt_cmath_asinh_py(Value z) {
  return applied_py(z, [](Z a) { return std::asinh(a); });
}
Value krt_cmath_atan_py(Value z) {
  return applied_py(z, [](Z a) { return std::atan(a); }, [](Z a) { return a.real() == 0 && std::fabs(a.imag()) == 1; });
}
Value krt_cmath_atanh_py(Value z) {
  return applied_py(z, [](Z a) { return std::atanh(a); }, [](Z a) { return a.imag() == 0 && std::fabs(a.real()) == 1; });
}
Value krt_cmath_cos_py(Value z) {
  return applied_py(z, [](Z a) { return std::cos(a); },
                    [](Z a) { return std::isinf(a.real()) && !std::isnan(a.imag()); });
}
Value krt_cmath_cosh_py(Value z) {
  return applied_py(z, [](Z a) { return std::cosh(a); }, infiniteImag);
}
Value krt_cmath_exp_py(Value z) {
  return applied_py(z, [](Z a) { return std::exp(a); }, infiniteTurn);
}
Value krt_cmath_log10_py(Value z) {
  return applied_py(z, [](Z a) { return std::log(a) / std::numbers::ln10; }, atZero);
}
Value krt_cmath_sin_py(Value z) {
  return applied_py(z, [](Z a) { return std::sin(a); },
                    [](Z a) { return std::isinf(a.real()) && !std::isnan(a.imag()); });
}
Value krt_cmath_sinh_py(Value z) {
  return applied_py(z, [](Z a) { return std::sinh(a); }, infiniteImag);
}
Value krt_cmath_sqrt_py(Value z) {
  return applied_py(z, [](Z a) { return std::sqrt(a); });
}
Value krt_cmath_tan_py(Value z) {
  return applied_py(z, [](Z a) { return std::tan(a); }, [](Z a) { return std::isinf(a.real()) && std::isfinite(a.imag()); });
}
Value krt_cmath_tanh_py(Value z) {
  return applied_py(z, [](Z a) { return std::tanh(a); }, [](Z a) { return std::isinf(a.imag()) && std::isfinite(a.real()); });
}

Value krt_cmath_log_py(Value z, Value base) {
  Value result = TRY(applied_py(z, [](Z a) { return std::log(a); }, atZero));
  if (!base)
    return result;
  Value below = TRY(applied_py(base, [](Z a) { return std::log(a); }, atZero));
  auto *a = result.as<Complex>(), *b = below.as<Complex>();
  if (b->real == 0 && b->imag == 0)
    return krt_raise(kValueError, "math domain error");
  return made(Z(a->real, a->imag) / Z(b->real, b->imag));
}

Value krt_cmath_phase_py(Value v) {
  Z z;
  return valueOf_py(v, &z) ? floatBox(std::atan2(z.imag(), z.real())) : Value();
}
Value krt_cmath_polar_py(Value v) {
  Z z;
  if (!valueOf_py(v, &z))
    return {};
  double length = std::hypot(z.real(), z.imag());
  if (std::isinf(length) && finite(z))
    return krt_raise(kOverflowError, "math range error");
  Value both[2] = {floatBox(length), floatBox(std::atan2(z.imag(), z.real()))};
  return krt_tuple_from(both, 2);
}
Value krt_cmath_rect_py(double r, double phi) {
  if (std::isinf(phi) && !std::isnan(r) && r != 0)
    return krt_raise(kValueError, "math domain error");
  if (phi == 0)
    return krt_complex_new(r, r * phi);
  if (r == 0 && !std::isfinite(phi))
    return krt_complex_new(0, 0);
  if (std::isinf(r) && std::isfinite(phi)) {
    double c = std::copysign(HUGE_VAL, std::cos(phi)), s = std::copysign(HUGE_VAL, std::sin(phi));
    return r > 0 ? krt_complex_new(c, s) : krt_complex_new(-c, -s);
  }
  return krt_complex_new(r * std::cos(phi), r * std::sin(phi));
}

Value krt_cmath_isfinite_py(Value v) {
  Z z;
  return valueOf_py(v, &z) ? boolean(finite(z)) : Value();
}
Value krt_cmath_isinf_py(Value v) {
  Z z;
  return valueOf_py(v, &z) ? boolean(std::isinf(z.real()) || std::isinf(z.imag())) : Value();
}
Value krt_cmath_isnan_py(Value v) {
  Z z;
  return valueOf_py(v, &z) ? boolean(std::isnan(z.real()) || std::isnan(z.imag())) : Value();
}
Value krt_cmath_isclose_py(Value a, Value b, double relTol, double absTol) {
  Z x, y;
  if (!valueOf_py(a, &x) || !valueOf_py(b, &y))
    return {};
  if (relTol < 0 || absTol < 0)
    return krt_raise(kValueError, "tolerances must be non-negative");
  if (x == y)
    return kTrue;
  auto infinite = [](Z z) { return std::isinf(z.real()) || std::isinf(z.imag()); };
  if (infinite(x) || infinite(y))
    return kFalse;
  double difference = std::abs(x - y);
  return boolean(difference <= relTol * std::abs(y) || difference <= relTol * std::abs(x) || difference <= absTol);
}

} // namespace krait

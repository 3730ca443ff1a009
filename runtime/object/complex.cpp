// complex.cpp - complex arithmetic and the class complex.
#include "runtime/object/complex.h"

#include "runtime/object/class.h"
#include "runtime/object/complex_methods.bind.inc"
#include "runtime/object/errors.h"
#include "runtime/object/float.h"
#include "runtime/object/int.h"
#include "runtime/object/str.h"

#include <cerrno>
#include <cmath>

namespace krait {

Value krt_complex_new(double real, double imag) {
  auto *z = gcNewAtomic<Complex>(krt_complex_class);
  z->real = real;
  z->imag = imag;
  return z;
}

namespace {

struct Z {
  double real, imag;
};

/// The complex value of a complex, float or int operand: 1, 0 not a number of these, -1 error.
int operand(Value v, Z *out) {
  if (hasClassFlag(v, kClassComplexSub)) {
    *out = {v.as<Complex>()->real, v.as<Complex>()->imag};
    return 1;
  }
  out->imag = 0;
  if (floatCheck(v)) {
    out->real = floatValue(v);
    return 1;
  }
  if (!krt_int_check(v))
    return 0;
  out->real = krt_int_to_double(krt_int_plain(v));
  return out->real == -1.0 && errorPending() ? -1 : 1;
}

template <typename F> Value arithmetic(Value a, Value b, F op) {
  Z x, y;
  int known = operand(a, &x);
  if (known > 0)
    known = operand(b, &y);
  if (known <= 0)
    return known < 0 ? Value() : kNotImplemented;
  return op(x, y);
}

Z product(Z x, Z y) { return {x.real * y.real - x.imag * y.imag, x.real * y.imag + x.imag * y.real}; }

/// Smith's method: scales by the larger part of the divisor so that nothing overflows on the way. False for
/// 0.
bool quotient(Z x, Z y, Z *out) {
  double re = std::fabs(y.real), im = std::fabs(y.imag);
  if (re >= im) {
    if (re == 0)
      return false;
    double ratio = y.imag / y.real, scale = y.real + y.imag * ratio;
    *out = {(x.real + x.imag * ratio) / scale, (x.imag - x.real * ratio) / scale};
  } else if (im >= re) {
    double ratio = y.real / y.imag, scale = y.real * ratio + y.imag;
    *out = {(x.real * ratio + x.imag) / scale, (x.imag * ratio - x.real) / scale};
  } else { // a NaN in the divisor
    *out = {NAN, NAN};
  }
  return true;
}

Z integerPower(Z base, unsigned n) {
  Z result{1, 0}, square = base;
  for (; n; n >>= 1) {
    if (n & 1)
      result = product(result, square);
    if (n > 1)
      square = product(square, square);
  }
  return result;
}

Value complexAdd(Value a, Value b) {
  return arithmetic(a, b, [](Z x, Z y) { return krt_complex_new(x.real + y.real, x.imag + y.imag); });
}
Value complexSub(Value a, Value b) {
  return arithmetic(a, b, [](Z x, Z y) { return krt_complex_new(x.real - y.real, x.imag - y.imag); });
}
Value complexMul(Value a, Value b) {
  return arithmetic(a, b, [](Z x, Z y) {
    Z z = product(x, y);
    return krt_complex_new(z.real, z.imag);
  });
}
Value complexTrueDiv(Value a, Value b) {
  return arithmetic(a, b, [](Z x, Z y) {
    Z z;
    if (!quotient(x, y, &z))
      return krt_raise(kZeroDivisionError, "complex division by zero");
    return krt_complex_new(z.real, z.imag);
  });
}
Value complexPow(Value a, Value b) {
  return arithmetic(a, b, [](Z x, Z y) { return krt_complex_pow(x.real, x.imag, y.real, y.imag); });
}
Value complexPower(Value a, Value b, Value mod) {
  if (mod != kNone)
    return krt_raise(kValueError, "complex modulo");
  return complexPow(a, b);
}

Value complexCompare(Value a, Value b, CompareOp op) {
  if (op != CompareOp::Eq && op != CompareOp::Ne)
    return kNotImplemented;
  if (!hasClassFlag(a, kClassComplexSub))
    std::swap(a, b);
  if (!hasClassFlag(a, kClassComplexSub))
    return kNotImplemented;
  auto *z = a.as<Complex>();
  bool equal;
  if (hasClassFlag(b, kClassComplexSub))
    equal = z->real == b.as<Complex>()->real && z->imag == b.as<Complex>()->imag;
  else if (floatCheck(b))
    equal = z->imag == 0 && z->real == floatValue(b);
  else if (krt_int_check(b))
    equal = z->imag == 0 && krt_float_compare_int(z->real, krt_int_plain(b)) == 0;
  else
    return kNotImplemented;
  return boolean(equal == (op == CompareOp::Eq));
}

Value complexRepr(Value self) { return krt_complex_repr(self.as<Complex>()->real, self.as<Complex>()->imag); }
int complexHash(Value self, int64_t *out) {
  auto *z = self.as<Complex>();
  uint64_t hash = static_cast<uint64_t>(krt_float_hash(z->real, self)) +
                  1000003u * static_cast<uint64_t>(krt_float_hash(z->imag, self));
  *out = static_cast<int64_t>(hash) == -1 ? -2 : static_cast<int64_t>(hash);
  return 0;
}
int complexTruth(Value self) { return self.as<Complex>()->real != 0 || self.as<Complex>()->imag != 0; }
Value complexNegative(Value self) {
  return krt_complex_new(-self.as<Complex>()->real, -self.as<Complex>()->imag);
}
Value complexPositive(Value self) {
  return krt_complex_new(self.as<Complex>()->real, self.as<Complex>()->imag);
}
Value complexAbsolute(Value self) {
  auto *z = self.as<Complex>();
  double size = std::hypot(z->real, z->imag);
  if (std::isinf(size) && std::isfinite(z->real) && std::isfinite(z->imag))
    return krt_raise(kOverflowError, "absolute value too large");
  return floatBox(size);
}

constexpr int slotOf(BinaryOp op) { return static_cast<int>(op); }

} // namespace

Value krt_complex_pow(double ar, double ai, double br, double bi) {
  Z result;
  errno = 0; // a domain error inside the C library's functions is one here
  if (br == 0 && bi == 0) {
    result = {1, 0};
  } else if (ar == 0 && ai == 0) {
    if (bi != 0 || br < 0)
      return krt_raise(kZeroDivisionError, "0.0 to a negative or complex power");
    result = {0, 0};
  } else if (bi == 0 && br == std::floor(br) && std::fabs(br) <= 100) {
    auto n = static_cast<int>(br);
    if (n > 0)
      result = integerPower({ar, ai}, static_cast<unsigned>(n));
    else if (!quotient({1, 0}, integerPower({ar, ai}, static_cast<unsigned>(-n)), &result))
      return krt_raise(kZeroDivisionError, "0.0 to a negative or complex power");
  } else {
    double size = std::hypot(ar, ai), angle = std::atan2(ai, ar);
    double length = std::pow(size, br), phase = angle * br;
    if (bi != 0) {
      length /= std::exp(angle * bi);
      phase += bi * std::log(size);
    }
    result = {length * std::cos(phase), length * std::sin(phase)};
  }
  if (errno == EDOM)
    return krt_raise(kZeroDivisionError, "0.0 to a negative or complex power");
  if (std::isinf(result.real) || std::isinf(result.imag))
    return krt_raise(kOverflowError, "complex exponentiation");
  return krt_complex_new(result.real, result.imag);
}

Str *krt_complex_repr(double real, double imag) {
  std::string text;
  std::string imagText = doubleToText(imag, 'r', 0, false, false);
  if (real == 0 && !std::signbit(real)) {
    text = imagText + "j";
  } else {
    text = "(" + doubleToText(real, 'r', 0, false, false);
    if (imagText[0] != '-')
      text += '+';
    text += imagText + "j)";
  }
  return strFrom(text);
}

extern "C" {
constinit Shape krt_complex_shape = {.cls = &krt_complex_class};
constinit Class krt_complex_class = {
    .flags = kClassBase | kClassComplexSub,
    .nativeName = "complex",
    .rootShape = &krt_complex_shape,
    .basicSize = sizeof(Complex),
    .slots =
        {
            .repr = complexRepr,
            .hash = complexHash,
            .richcompare = complexCompare,
            .truth = complexTruth,
            .binary =
                {
                    [slotOf(BinaryOp::Add)] = complexAdd,
                    [slotOf(BinaryOp::Sub)] = complexSub,
                    [slotOf(BinaryOp::Mul)] = complexMul,
                    [slotOf(BinaryOp::TrueDiv)] = complexTrueDiv,
                    [slotOf(BinaryOp::Pow)] = complexPow,
                },
            .power = complexPower,
            .negative = complexNegative,
            .positive = complexPositive,
            .absolute = complexAbsolute,
            .make = krt_complex_make,
        },
    .methods = krt_complex_defs,
    .doc = krt_complex_doc,
    .newSignature = "(real=0, imag=0)",
};
}

} // namespace krait

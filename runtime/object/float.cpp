// float.cpp - floats: boxing, hash, arithmetic with Python's special cases, and the class. Text is in
// float_text.cpp.
#include "runtime/object/float.h"

#include "runtime/object/class.h"
#include "runtime/object/complex.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/float_methods.bind.inc"
#include "runtime/object/int.h"
#include "runtime/object/str.h"

#include <cmath>

namespace krait {

Value krt_float_box_slow(double d) {
  if (d == 0)
    return std::signbit(d) ? kNegZero : kPosZero;
  auto *box = static_cast<Float *>(gcAllocateAtomic(sizeof(Float)));
  box->shape = &krt_float_shape;
  box->value = d;
  return box;
}

int64_t krt_float_hash(double d, Value identity) {
  if (std::fabs(d) < 0x1p60 &&
      d == static_cast<double>(static_cast<int64_t>(d))) { // an integer below the modulus
    auto i = static_cast<int64_t>(d);
    return i == -1 ? -2 : i;
  }
  if (std::isinf(d))
    return d > 0 ? 314159 : -314159;
  if (std::isnan(d))
    return static_cast<int64_t>(std::rotr(identity.bits, 4));
  // |d| = m * 2^e; modulo 2^61 - 1 a power of two is a rotation of 61 bits.
  constexpr uint64_t kModulus = (uint64_t{1} << 61) - 1;
  int e;
  auto m = static_cast<uint64_t>(std::ldexp(std::frexp(std::fabs(d), &e), 53));
  int turn = ((e - 53) % 61 + 61) % 61;
  uint64_t hash = m;
  if (turn)
    hash = (m << turn & kModulus) | m >> (61 - turn);
  auto result = static_cast<int64_t>(hash);
  if (d < 0)
    result = -result;
  return result == -1 ? -2 : result;
}

// ---- Arithmetic ------------------------------------------------------------------------------------------

double krt_float_mod(double d, double e) {
  double r = std::fmod(d, e);
  if (r == 0)
    return std::copysign(0.0, e);
  return (e < 0) != (r < 0) ? r + e : r;
}

double krt_float_floordiv(double d, double e) {
  // From the exact remainder, so that the quotient agrees with it.
  double r = std::fmod(d, e), q = (d - r) / e;
  if (r != 0 && (e < 0) != (r < 0))
    q -= 1;
  if (q == 0)
    return std::copysign(0.0, d / e);
  double floored = std::floor(q);
  return q - floored > 0.5 ? floored + 1 : floored;
}

static Value raiseRange() {
  Value args[2] = {smallInt(34), strFrom("Numerical result out of range")};
  return krt_raise_args(kOverflowError, args, 2);
}

Value krt_float_pow(double d, double e) {
  if (d == 0 && e < 0 && std::isfinite(e))
    return krt_raise(kZeroDivisionError, "0.0 cannot be raised to a negative power");
  if (d < 0 && std::isfinite(d) && std::isfinite(e) && e != std::floor(e))
    return krt_complex_pow(d, 0, e, 0);
  double result = std::pow(d, e);
  if (std::isinf(result) && std::isfinite(d) && std::isfinite(e))
    return raiseRange();
  return floatBox(result);
}

// ---- Slots ------------------------------------------------------------------------------------------

/// The double of a float or int operand: 1, 0 not one of these, -1 error (int too large).
static inline int operand(Value v, double *out) {
  if (floatCheck(v)) {
    *out = floatValue(v);
    return 1;
  }
  if (v.isInt()) {
    *out = static_cast<double>(v.asInt());
    return 1;
  }
  if (!krt_int_check(v))
    return 0;
  *out = krt_int_to_double(krt_int_plain(v));
  return *out == -1.0 && errorPending() ? -1 : 1;
}

template <typename F> static inline Value arithmetic(Value a, Value b, F op) {
  double x, y;
  int known = operand(a, &x);
  if (known > 0)
    known = operand(b, &y);
  if (known <= 0)
    return known < 0 ? Value() : kNotImplemented;
  return op(x, y);
}

static Value floatAdd(Value a, Value b) {
  return arithmetic(a, b, [](double x, double y) { return floatBox(x + y); });
}
static Value floatSub(Value a, Value b) {
  return arithmetic(a, b, [](double x, double y) { return floatBox(x - y); });
}
static Value floatMul(Value a, Value b) {
  return arithmetic(a, b, [](double x, double y) { return floatBox(x * y); });
}
static Value floatTrueDiv(Value a, Value b) {
  return arithmetic(a, b, [](double x, double y) {
    return y == 0 ? krt_raise(kZeroDivisionError, "float division by zero") : floatBox(x / y);
  });
}
static Value floatFloorDiv(Value a, Value b) {
  return arithmetic(a, b, [](double x, double y) {
    return y == 0 ? krt_raise(kZeroDivisionError, "float floor division by zero")
                  : floatBox(krt_float_floordiv(x, y));
  });
}
static Value floatMod(Value a, Value b) {
  return arithmetic(a, b, [](double x, double y) {
    return y == 0 ? krt_raise(kZeroDivisionError, "float modulo") : floatBox(krt_float_mod(x, y));
  });
}
static Value floatPow(Value a, Value b) {
  return arithmetic(a, b, [](double x, double y) { return krt_float_pow(x, y); });
}
static Value floatDivMod(Value a, Value b) {
  return arithmetic(a, b, [](double x, double y) -> Value {
    if (y == 0)
      return krt_raise(kZeroDivisionError, "float divmod()");
    Value both[2] = {floatBox(krt_float_floordiv(x, y)), floatBox(krt_float_mod(x, y))};
    return krt_tuple_from(both, 2);
  });
}
static Value floatPower(Value a, Value b, Value mod) {
  if (mod != kNone)
    return krt_raise(kTypeError, "pow() 3rd argument not allowed unless all arguments are integers");
  return floatPow(a, b);
}

int32_t krt_float_compare_int(double d, Value plain) {
  if (std::isnan(d))
    return 2;
  int64_t i;
  if (plain.isInt() && std::fabs(d) < 0x1p62) {
    i = plain.asInt();
    auto whole = static_cast<int64_t>(d); // exact order: by the integral part, then by what is left
    if (whole != i)
      return whole < i ? -1 : 1;
    double rest = d - static_cast<double>(whole);
    return rest < 0 ? -1 : rest > 0;
  }
  if (std::isinf(d))
    return d < 0 ? -1 : 1;
  Value whole = krt_int_from_double(d);
  int order = krt_int_compare(whole, plain);
  if (order)
    return order;
  double rest = d - std::trunc(d);
  return rest < 0 ? -1 : rest > 0;
}

static Value ordered(bool less, bool equal, bool greater, CompareOp op) {
  switch (op) {
  case CompareOp::Lt:
    return boolean(less);
  case CompareOp::Le:
    return boolean(less || equal);
  case CompareOp::Eq:
    return boolean(equal);
  case CompareOp::Ne:
    return boolean(!equal);
  case CompareOp::Gt:
    return boolean(greater);
  case CompareOp::Ge:
    return boolean(greater || equal);
  }
  __builtin_unreachable();
}

static Value floatCompare(Value a, Value b, CompareOp op) {
  if (floatCheck(a) && floatCheck(b)) {
    double x = floatValue(a), y = floatValue(b);
    return ordered(x < y, x == y, x > y, op);
  }
  bool floatFirst = floatCheck(a);
  Value other = floatFirst ? b : a;
  if (!krt_int_check(other))
    return kNotImplemented;
  int order = krt_float_compare_int(floatValue(floatFirst ? a : b), krt_int_plain(other));
  if (order == 2)
    return boolean(op == CompareOp::Ne);
  if (!floatFirst)
    order = -order;
  return ordered(order < 0, order == 0, order > 0, op);
}

static Value floatRepr(Value self) { return krt_float_repr(floatValue(self)); }
static int floatHash(Value self, int64_t *out) {
  *out = krt_float_hash(floatValue(self), self);
  return 0;
}
static int floatTruth(Value self) { return floatValue(self) != 0; }
static Value floatNegative(Value self) { return floatBox(-floatValue(self)); }
static Value floatPlain(Value self) { return floatBox(floatValue(self)); }
static Value floatAbsolute(Value self) { return floatBox(std::fabs(floatValue(self))); }
static Value floatToInt(Value self) { return krt_int_from_double(floatValue(self)); }
static Value floatToFloat(Value self) { return isFloat(self) ? self : floatBox(floatValue(self)); }

constexpr int slotOf(BinaryOp op) { return static_cast<int>(op); }

extern "C" {
constinit Shape krt_float_shape = {.cls = &krt_float_class};
constinit Class krt_float_class = {
    .flags = kClassBase | kClassFloatSub | kClassMatchSelf,
    .nativeName = "float",
    .rootShape = &krt_float_shape,
    .basicSize = sizeof(Float),
    .slots =
        {
            .repr = floatRepr,
            .hash = floatHash,
            .richcompare = floatCompare,
            .truth = floatTruth,
            .binary =
                {
                    [slotOf(BinaryOp::Add)] = floatAdd,
                    [slotOf(BinaryOp::Sub)] = floatSub,
                    [slotOf(BinaryOp::Mul)] = floatMul,
                    [slotOf(BinaryOp::TrueDiv)] = floatTrueDiv,
                    [slotOf(BinaryOp::FloorDiv)] = floatFloorDiv,
                    [slotOf(BinaryOp::Mod)] = floatMod,
                    [slotOf(BinaryOp::Pow)] = floatPow,
                    [slotOf(BinaryOp::DivMod)] = floatDivMod,
                },
            .power = floatPower,
            .negative = floatNegative,
            .positive = floatPlain,
            .absolute = floatAbsolute,
            .toInt = floatToInt,
            .toFloat = floatToFloat,
            .make = krt_float_make,
        },
    .methods = krt_float_defs,
    .doc = krt_float_doc,
    .newSignature = "(x=0, /)",
};
}

} // namespace krait

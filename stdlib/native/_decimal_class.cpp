// _decimal_class.cpp - see _decimal_class.h.
#include "stdlib/native/_decimal_class.h"

#include "runtime/object/complex.h"
#include "runtime/object/float.h"
#include "runtime/object/ordering.h"
#include "stdlib/native/_decimal_parts.h"
#include "stdlib/native/class_module.h"

#include <cmath>
#include <limits>

#include "stdlib/native/_decimal_class.bind.inc"

namespace krait {

using namespace decimals;

namespace {

using Unary = void (*)(Number &, const View &, const Settings &, uint32_t *);
using Binary = void (*)(Number &, const View &, const View &, const Settings &, uint32_t *);

// ---- Operators ----

template <Unary operation> Value unaryOperator(Value self) {
  DecimalContext *c = TRY(currentContext());
  Number r;
  uint32_t status = 0;
  operation(r, viewOf(self), c->settings, &status);
  return result(r, status, c);
}
// Most operands are exact Decimals of few digits with results that need no rounding: these go from object to
// object.

bool isSmall(Value v) {
  return v.isObject() && v.asObject()->shape == krt_decimal_class.rootShape && !decimal(v)->apart &&
         decimal(v)->kind == Kind::Finite;
}
Wide coefficientOf(const Decimal *d) { return Wide{d->inside[1]} * kBase + d->inside[0]; }

/// The Decimal with this value, or null if the context would change it. [n] is below 10^38.
Value unrounded(Wide n, bool negative, int64_t exponent, const Settings &s) {
  Limb low, high = divideByBase(n, &low);
  int64_t digits = high ? kLimbDigits + digitsOf(high) : digitsOf(low), adjusted = exponent + digits - 1;
  if (digits > s.precision || adjusted > s.emax || adjusted < s.emin || s.clamp)
    return {};
  auto *d = gcNewAtomic<Decimal>(krt_decimal_class);
  d->kind = Kind::Finite;
  d->negative = negative;
  d->apart = false;
  d->digits = digits;
  d->exponent = exponent;
  d->inside[0] = low;
  d->inside[1] = high;
  return d;
}
Value quickSum(const Decimal *a, const Decimal *b, bool negativeB, const Settings &s) {
  int64_t distance = a->exponent - b->exponent;
  if (distance > kLimbDigits || distance < -kLimbDigits)
    return {};
  int64_t raiseA = std::max<int64_t>(distance, 0), raiseB = std::max<int64_t>(-distance, 0);
  if (a->digits + raiseA > 37 || b->digits + raiseB > 37)
    return {};
  Wide x = coefficientOf(a) * kPowersOfTen[raiseA], y = coefficientOf(b) * kPowersOfTen[raiseB];
  int64_t exponent = std::min(a->exponent, b->exponent);
  if (a->negative == negativeB)
    return unrounded(x + y, negativeB, exponent, s);
  bool negative = x > y ? a->negative : x < y ? negativeB : s.rounding == Rounding::Floor;
  return unrounded(x > y ? x - y : y - x, negative, exponent, s);
}
Value quickProduct(const Decimal *a, const Decimal *b, const Settings &s) {
  if (a->digits + b->digits > 38 || a->digits > kLimbDigits || b->digits > kLimbDigits)
    return {};
  return unrounded(Wide{a->inside[0]} * b->inside[0], a->negative != b->negative, a->exponent + b->exponent,
                   s);
}
/// The result of what is quick to do, or null without an exception.
template <Binary operation> Value quickly(Value a, Value b) {
  if (!isSmall(a) || !isSmall(b))
    return {};
  DecimalContext *c = TRY(currentContext());
  if constexpr (operation == multiply)
    return quickProduct(decimal(a), decimal(b), c->settings);
  else
    return quickSum(decimal(a), decimal(b), decimal(b)->negative != (operation == subtract), c->settings);
}

template <Binary operation> Value binaryOperator(Value a, Value b) {
  if constexpr (operation == add || operation == subtract || operation == multiply)
    if (Value quick = quickly<operation>(a, b))
      return quick;
  Operand x, y;
  if (!x.take(a) || !y.take(b))
    return kNotImplemented;
  DecimalContext *c = TRY(currentContext());
  Number r;
  uint32_t status = 0;
  operation(r, x.view, y.view, c->settings, &status);
  return result(r, status, c);
}

Value divmodOperator(Value a, Value b) {
  Operand x, y;
  if (!x.take(a) || !y.take(b))
    return kNotImplemented;
  DecimalContext *c = TRY(currentContext());
  Number q, r;
  uint32_t status = 0;
  divideWithRemainder(q, r, x.view, y.view, c->settings, &status);
  if (!signalled(c, status))
    return {};
  Value pair[2] = {TRY(newDecimal(q)), TRY(newDecimal(r))};
  return krt_tuple_from(pair, 2);
}

Value powerOperator(Value a, Value b, Value modulus) {
  if (modulus == kNone)
    return binaryOperator<power>(a, b);
  Operand x, y, m;
  if (!x.take(a) || !y.take(b) || !m.take(modulus))
    return kNotImplemented;
  DecimalContext *c = TRY(currentContext());
  Number r;
  uint32_t status = 0;
  powerModulo(r, x.view, y.view, m.view, c->settings, &status);
  return result(r, status, c);
}

// ---- Comparison with any number ----

bool isOrdering(CompareOp op) { return op != CompareOp::Eq && op != CompareOp::Ne; }

Value compared(const View &a, const View &b, CompareOp op) {
  if (a.isNan() || b.isNan()) {
    if (isOrdering(op) || a.kind == Kind::SignalingNan || b.kind == Kind::SignalingNan) {
      DecimalContext *c = TRY(currentContext());
      if (!signal(c, kInvalidOperation))
        return {};
    }
    return boolean(op == CompareOp::Ne);
  }
  int order = compareValues(a, b);
  return orderingResult(op, order);
}

Value compareWithDouble(const View &a, double d, CompareOp op) {
  DecimalContext *c = TRY(currentContext());
  if (!isOrdering(op))
    c->flags |= kFloatOperation; // equality only takes notice
  else if (!signal(c, kFloatOperation))
    return {};
  Number b;
  uint32_t status = 0;
  numberFromDouble(b, d, &status);
  return compared(a, b, op);
}

/// self * denominator with numerator, exactly.
Value compareWithRational_py(const View &a, Value rational, CompareOp op) {
  Value numerator = TRY(krt_getattr_py(rational, KSTR(numerator)));
  Value denominator = TRY(krt_getattr_py(rational, KSTR(denominator)));
  Operand n, d;
  if (!n.convert(numerator) || !d.convert(denominator))
    return {};
  if (!a.isFinite())
    return compared(a, n.view, op);
  Number product;
  uint32_t status = 0;
  multiply(product, a, d.view, kExactSettings, &status);
  if (status & kNoMemory)
    return krt_raise_memory();
  return compared(product, n.view, op);
}

Value compareOperator_py(Value self, Value other, CompareOp op) {
  View a = viewOf(self);
  Operand b;
  if (b.take(other))
    return compared(a, b.view, op);
  if (floatCheck(other))
    return compareWithDouble(a, floatValue(other), op);
  if (hasClassFlag(other, kClassComplexSub) && !isOrdering(op)) {
    if (other.as<Complex>()->imag != 0)
      return boolean(op == CompareOp::Ne);
    return compareWithDouble(a, other.as<Complex>()->real, op);
  }
  int rational = krt_isinstance_py(other, rationalClass);
  if (rational < 0)
    return {};
  return rational ? compareWithRational_py(a, other, op) : kNotImplemented;
}

// ---- Conversions ----

Value integerOf(Value self, Rounding rounding) {
  View v = viewOf(self);
  if (!v.isFinite())
    return v.isNan() ? krt_raise(kValueError, "cannot convert NaN to integer")
                     : krt_raise(kOverflowError, "cannot convert Infinity to integer");
  if (rounding == Rounding::Down || v.exponent >= 0)
    return intFromNumber(v);
  Number whole;
  uint32_t status = 0;
  rescale(whole, v, 0, rounding, &status);
  if (status & kNoMemory)
    return krt_raise_memory();
  return intFromNumber(whole);
}
Value toInt(Value self) { return integerOf(self, Rounding::Down); }

bool doubleOf(Value self, double *out) {
  View v = viewOf(self);
  if (v.isNan()) {
    if (v.kind == Kind::SignalingNan) {
      krt_raise(kValueError, "cannot convert signaling NaN to float");
      return false;
    }
    *out = std::copysign(std::numeric_limits<double>::quiet_NaN(), v.negative ? -1.0 : 1.0);
    return true;
  }
  if (v.isInfinite()) {
    *out = v.negative ? -HUGE_VAL : HUGE_VAL;
    return true;
  }
  if (v.count == 1 && v.limbs[0] <= uint64_t{1} << 53 && v.exponent <= 0 && v.exponent >= -22) {
    // Both are exact, so their quotient is correctly rounded.
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    double d = static_cast<double>(v.limbs[0]) / powers[-v.exponent];
    *out = v.negative ? -d : d;
    return true;
  }
  std::string text;
  if (!toText(text, v, true, false)) {
    krt_raise_memory();
    return false;
  }
  if (!doubleFromText(text, out)) {
    krt_raise(kValueError, "could not convert string to float: %s", text.c_str());
    return false;
  }
  return true;
}
Value toFloat(Value self) {
  double d;
  return doubleOf(self, &d) ? floatBox(d) : Value();
}

Value decimalStr(Value self) {
  DecimalContext *c = TRY(currentContext());
  return textOf(viewOf(self), c->capitals, false);
}
Value decimalRepr(Value self) {
  Value text = TRY(decimalStr(self));
  return krt_str_format("Decimal('%S')", text);
}
int decimalHash(Value self, int64_t *out) {
  View v = viewOf(self);
  if (v.isNan()) {
    if (v.kind == Kind::SignalingNan)
      return raiseInt(kTypeError, "Cannot hash a signaling NaN value");
    return krt_object_class.slots.hash(self, out);
  }
  *out = hashOf(v);
  return 0;
}
int decimalTruth(Value self) { return !viewOf(self).isZero(); }

// ---- Methods ----

template <Unary operation> Value unaryMethod(Value self, Value given) {
  DecimalContext *c = TRY(contextOr(given));
  Number r;
  uint32_t status = 0;
  operation(r, viewOf(self), c->settings, &status);
  return result(r, status, c);
}
template <Binary operation> Value binaryMethod(Value self, Value other, Value given) {
  DecimalContext *c = TRY(contextOr(given));
  Operand y;
  if (!y.convert(other))
    return {};
  Number r;
  uint32_t status = 0;
  operation(r, viewOf(self), y.view, c->settings, &status);
  return result(r, status, c);
}
Value signedCopy(Value self, bool negative) {
  View v = viewOf(self);
  v.negative = negative;
  return newDecimal(v);
}

/// The settings of a context with the rounding asked for.
bool roundedSettings(DecimalContext *c, Value rounding, Settings *out) {
  *out = c->settings;
  return !rounding || rounding == kNone || roundingFrom(rounding, &out->rounding);
}
template <Unary operation> Value integralMethod(Value self, Value rounding, Value given) {
  DecimalContext *c = TRY(contextOr(given));
  Settings s;
  if (!roundedSettings(c, rounding, &s))
    return {};
  Number r;
  uint32_t status = 0;
  operation(r, viewOf(self), s, &status);
  return result(r, status, c);
}

} // namespace

extern "C" {

#define UNARY(name, operation)                                                                               \
  Value krt_decimal_##name(Value self, Value context) { return unaryMethod<operation>(self, context); }
UNARY(exp, exponential)
UNARY(ln, naturalLogarithm)
UNARY(log10, commonLogarithm)
UNARY(logb, logB)
UNARY(logicalInvert, logicalInvert)
UNARY(nextMinus, nextMinus)
UNARY(nextPlus, nextPlus)
UNARY(normalize, reduce)
UNARY(sqrt, squareRoot)
#undef UNARY

#define BINARY(name, operation)                                                                              \
  Value krt_decimal_##name(Value self, Value other, Value context) {                                         \
    return binaryMethod<operation>(self, other, context);                                                    \
  }
BINARY(compare, compare)
BINARY(compareSignal, compareSignal)
BINARY(compareTotal, compareTotal)
BINARY(compareTotalMag, compareTotalMagnitude)
BINARY(logicalAnd, logicalAnd)
BINARY(logicalOr, logicalOr)
BINARY(logicalXor, logicalXor)
BINARY(max, maximum)
BINARY(maxMag, maximumMagnitude)
BINARY(min, minimum)
BINARY(minMag, minimumMagnitude)
BINARY(nextToward, nextToward)
BINARY(remainderNear, remainderNear)
BINARY(rotate, rotate)
BINARY(scaleb, scaleB)
BINARY(shift, shift)
#undef BINARY

Value krt_decimal_copySign(Value self, Value other, Value context) {
  TRY(contextOr(context));
  Operand y;
  return y.convert(other) ? signedCopy(self, y.view.negative) : Value();
}
Value krt_decimal_sameQuantum(Value self, Value other, Value context) {
  TRY(contextOr(context));
  Operand y;
  return y.convert(other) ? boolean(sameQuantum(viewOf(self), y.view)) : Value();
}
Value krt_decimal_isNormal(Value self, Value context) {
  return boolean(isNormal(viewOf(self), TRY(contextOr(context))->settings));
}
Value krt_decimal_isSubnormal(Value self, Value context) {
  return boolean(isSubnormal(viewOf(self), TRY(contextOr(context))->settings));
}
Value krt_decimal_numberClass(Value self, Value context) {
  return strFrom(numberClass(viewOf(self), TRY(contextOr(context))->settings));
}
Value krt_decimal_toEngString(Value self, Value context) {
  return textOf(viewOf(self), TRY(contextOr(context))->capitals, true);
}
Value krt_decimal_fma(Value self, Value other, Value third, Value context) {
  DecimalContext *c = TRY(contextOr(context));
  Operand y, z;
  if (!y.convert(other) || !z.convert(third))
    return {};
  Number r;
  uint32_t status = 0;
  fusedMultiplyAdd(r, viewOf(self), y.view, z.view, c->settings, &status);
  return result(r, status, c);
}
Value krt_decimal_quantize(Value self, Value exp, Value rounding, Value context) {
  DecimalContext *c = TRY(contextOr(context));
  Settings s;
  Operand y;
  if (!roundedSettings(c, rounding, &s) || !y.convert(exp))
    return {};
  Number r;
  uint32_t status = 0;
  quantize(r, viewOf(self), y.view, s, &status);
  return result(r, status, c);
}
Value krt_decimal_toIntegral(Value self, Value rounding, Value context) {
  return integralMethod<toIntegralValue>(self, rounding, context);
}
Value krt_decimal_toIntegralValue(Value self, Value rounding, Value context) {
  return integralMethod<toIntegralValue>(self, rounding, context);
}
Value krt_decimal_toIntegralExact(Value self, Value rounding, Value context) {
  return integralMethod<toIntegralExact>(self, rounding, context);
}

bool krt_decimal_isCanonical(Value) { return true; }
bool krt_decimal_isFinite(Value self) { return viewOf(self).isFinite(); }
bool krt_decimal_isInfinite(Value self) { return viewOf(self).isInfinite(); }
bool krt_decimal_isNan(Value self) { return viewOf(self).isNan(); }
bool krt_decimal_isQnan(Value self) { return decimal(self)->kind == Kind::QuietNan; }
bool krt_decimal_isSigned(Value self) { return decimal(self)->negative; }
bool krt_decimal_isSnan(Value self) { return decimal(self)->kind == Kind::SignalingNan; }
bool krt_decimal_isZero(Value self) { return viewOf(self).isZero(); }
int64_t krt_decimal_adjusted(Value self) { return viewOf(self).isFinite() ? viewOf(self).adjusted() : 0; }
Value krt_decimal_canonical(Value self) { return self; }
Value krt_decimal_conjugate(Value self) { return self; }
Value krt_decimal_copyAbs(Value self) { return signedCopy(self, false); }
Value krt_decimal_copyNegate(Value self) { return signedCopy(self, !decimal(self)->negative); }
Value krt_decimal_radix(Value) {
  Number ten;
  ten.setInt(10);
  return newDecimal(ten);
}
Value krt_decimal_asTuple_py(Value self) { return tupleOf_py(viewOf(self)); }
Value krt_decimal_asIntegerRatio(Value self) { return ratioOf(viewOf(self)); }
Value krt_decimal_fromFloat_py(Class *cls, Value f) {
  return decimalFromNumber_py(cls, f, TRY(currentContext()), false);
}
Value krt_decimal_copySelf(Value self) { return self; }
Value krt_decimal_deepCopy(Value self, Value) { return self; }
Value krt_decimal_toComplex(Value self) {
  double d;
  return doubleOf(self, &d) ? krt_complex_new(d, 0) : Value();
}
Value krt_decimal_floor(Value self) { return integerOf(self, Rounding::Floor); }
Value krt_decimal_ceil(Value self) { return integerOf(self, Rounding::Ceiling); }
Value krt_decimal_trunc(Value self) { return integerOf(self, Rounding::Down); }
Value krt_decimal_round(Value self, Value ndigits) {
  if (ndigits == kNone)
    return integerOf(self, Rounding::HalfEven);
  if (!krt_int_check(ndigits))
    return krt_raise(kTypeError, "optional arg must be an integer");
  int64_t n;
  if (!krt_int_to_i64(krt_int_plain(ndigits), &n))
    return krt_raise(kOverflowError, "Python int too large to convert to C ssize_t");
  DecimalContext *c = TRY(currentContext());
  Limb one = 1;
  View unit{&one, 1, 1, n == INT64_MIN ? INT64_MAX : -n, Kind::Finite, false};
  Number r;
  uint32_t status = 0;
  quantize(r, viewOf(self), unit, c->settings, &status);
  return result(r, status, c);
}
Value krt_decimal_reduce(Value self) {
  Value text = TRY(textOf(viewOf(self), true, false));
  return reduceTo(self, krt_tuple_from(&text, 1));
}
Value krt_decimal_sizeOf(Value self) {
  View v = viewOf(self);
  return smallInt(static_cast<int64_t>(classOf(self)->basicSize) +
                  (v.count > 2 ? v.count * int64_t{sizeof(Limb)} : 0));
}
Value krt_decimal_format_py(Value self, Value format_spec, Value override) {
  if (!strCheck(format_spec))
    return krt_raise(kTypeError, "format arg must be str");
  DecimalContext *c = TRY(currentContext());
  return formatted_py(viewOf(self), format_spec.as<Str>(), override == kNone ? Value() : override, c);
}
Value krt_decimal_real(Value self) { return self; }
Value krt_decimal_imag(Value) {
  Number zero;
  zero.setInt(0);
  return newDecimal(zero);
}
Value krt_decimal_create_py(Class *cls, Value value, Value context) {
  DecimalContext *c = TRY(contextOr(context));
  if (!value) {
    Number zero;
    zero.setInt(0);
    return newDecimal(zero, cls);
  }
  return decimalFrom_py(cls, value, c, false);
}

#define OPERATOR(name) [static_cast<int>(BinaryOp::name)]
Class krt_decimal_class = {
    .flags = kClassBase,
    .nativeName = "decimal.Decimal",
    .basicSize = sizeof(Decimal),
    .slots = {.repr = decimalRepr,
              .str = decimalStr,
              .hash = decimalHash,
              .richcompare = compareOperator_py,
              .truth = decimalTruth,
              .binary = {OPERATOR(Add) = binaryOperator<add>, OPERATOR(Sub) = binaryOperator<subtract>,
                         OPERATOR(Mul) = binaryOperator<multiply>, OPERATOR(TrueDiv) = binaryOperator<divide>,
                         OPERATOR(FloorDiv) = binaryOperator<divideInteger>,
                         OPERATOR(Mod) = binaryOperator<remainder>, OPERATOR(Pow) = binaryOperator<power>,
                         OPERATOR(DivMod) = divmodOperator},
              .power = powerOperator,
              .negative = unaryOperator<minus>,
              .positive = unaryOperator<plus>,
              .absolute = unaryOperator<absolute>,
              .toInt = toInt,
              .toFloat = toFloat,
              .make = krt_decimal_make},
    .methods = krt_decimal_defs,
    .doc = krt_decimal_doc,
    .newSignature = krt_decimal_new_signature,
};
#undef OPERATOR

} // extern "C"

} // namespace krait

// _decimal_number.h - decimal numbers and the operations of the General Decimal Arithmetic specification
// (Mike Cowlishaw, version 1.70) on them, without Python objects. Every operation takes its operands as
// views, puts the result into a Number that is none of them, and adds the conditions it meets to *status.
// Where memory is not to be had the result is a NaN and kNoMemory is set.
#pragma once

#include "stdlib/native/_decimal_limbs.h"

#include <string>

namespace krait::decimals {

/// Conditions.
enum Status : uint32_t {
  kClamped = 1,
  kConversionSyntax = 2,
  kDivisionByZero = 4,
  kDivisionImpossible = 8,
  kDivisionUndefined = 16,
  kInexact = 32,
  kInvalidContext = 64,
  kInvalidOperation = 128,
  kNoMemory = 256,
  kOverflow = 512,
  kRounded = 1024,
  kSubnormal = 2048,
  kUnderflow = 4096,
  kFloatOperation = 8192, // of Python, not of the specification
};
/// What the signal InvalidOperation stands for.
constexpr uint32_t kAnyInvalid = kConversionSyntax | kDivisionImpossible | kDivisionUndefined |
                                 kInvalidContext | kInvalidOperation | kNoMemory;
constexpr uint32_t kAnyError = kAnyInvalid | kDivisionByZero;

enum class Rounding : uint8_t { Up, Down, Ceiling, Floor, HalfUp, HalfDown, HalfEven, ZeroFiveUp };
constexpr int kRoundings = 8;

constexpr int64_t kMaxPrecision = 999'999'999'999'999'999, kMaxEmax = kMaxPrecision,
                  kMinEmin = -kMaxPrecision;
constexpr int64_t kMinEtiny = kMinEmin - (kMaxPrecision - 1);

struct Settings {
  int64_t precision, emax, emin;
  Rounding rounding;
  bool clamp;
  int64_t etiny() const { return emin - (precision - 1); }
  int64_t etop() const { return emax - (precision - 1); }
};
/// The widest settings: what the constructor of Decimal knows.
constexpr Settings kExactSettings{kMaxPrecision, kMaxEmax, kMinEmin, Rounding::HalfEven, false};

enum class Kind : uint8_t { Finite, Infinite, QuietNan, SignalingNan };

/// An operand. Finite: the coefficient has `count` limbs, normalised (a zero has one), and `digits` digits.
/// NaN: the payload, no limbs and digits if it has none. Infinite: no limbs.
struct View {
  const Limb *limbs;
  int64_t count, digits, exponent;
  Kind kind;
  bool negative;
  bool isFinite() const { return kind == Kind::Finite; }
  bool isInfinite() const { return kind == Kind::Infinite; }
  bool isNan() const { return kind >= Kind::QuietNan; }
  bool isZero() const { return isFinite() && count == 1 && limbs[0] == 0; }
  int64_t adjusted() const { return exponent + digits - 1; }
  bool isInteger() const;
  bool isOdd() const; // of an integer
};

/// A number being made.
class Number {
public:
  Limbs limbs;
  int64_t count = 0, digits = 0, exponent = 0;
  Kind kind = Kind::Finite;
  bool negative = false;

  View view() const { return {limbs.data(), count, digits, exponent, kind, negative}; }
  operator View() const { return view(); }
  bool isFinite() const { return kind == Kind::Finite; }
  bool isZero() const { return view().isZero(); }
  int64_t adjusted() const { return exponent + digits - 1; }

  void set(bool negative, Limb coefficient, int64_t exponent);
  void setInt(int64_t n);
  void setInfinite(bool negative) { special(Kind::Infinite, negative); }
  void setNan() { special(Kind::QuietNan, false); }
  /// A copy; NaN and kNoMemory without memory.
  bool copy(const View &from, uint32_t *status);
  /// The first [count] limbs were written.
  void settle(int64_t newCount) {
    count = normalized(limbs.data(), newCount);
    digits = digitsOf(limbs.data(), count);
  }
  /// Coefficient times 10^n; the exponent stays.
  bool raise(int64_t n, uint32_t *status);
  /// Coefficient without its last [n] digits; what to round by (see shiftRight).
  int lower(int64_t n);
  /// Keeps the [n] lowest digits.
  void cap(int64_t n);
  /// Without room in memory.
  bool outOfMemory(uint32_t *status);
  void invalid(uint32_t *status, uint32_t condition = kInvalidOperation) {
    setNan();
    *status |= condition;
  }
  void swap(Number &other);

private:
  void special(Kind newKind, bool isNegative) {
    kind = newKind;
    negative = isNegative;
    count = digits = exponent = 0;
  }
};

/// Fits a result into the settings: rounds, over- and underflows, clamps.
void finishSlow(Number &r, const Settings &s, uint32_t *status);
inline void finish(Number &r, const Settings &s, uint32_t *status) {
  if (__builtin_expect(r.isFinite() && r.digits <= s.precision && r.adjusted() <= s.emax &&
                           r.adjusted() >= s.emin && !s.clamp,
                       1))
    return;
  finishSlow(r, s, status);
}
/// If a or b (or c) is a NaN: the result, and true.
bool takeNan(Number &r, const View &a, const Settings &s, uint32_t *status);
bool takeNan(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status);

// ---- Arithmetic ----

void add(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status);
void subtract(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status);
void multiply(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status);
void divide(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status);
void divideInteger(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status);
void remainder(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status);
void divideWithRemainder(Number &q, Number &r, const View &a, const View &b, const Settings &s,
                         uint32_t *status);
void remainderNear(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status);
void fusedMultiplyAdd(Number &r, const View &a, const View &b, const View &c, const Settings &s,
                      uint32_t *status);
void plus(Number &r, const View &a, const Settings &s, uint32_t *status);
void minus(Number &r, const View &a, const Settings &s, uint32_t *status);
void absolute(Number &r, const View &a, const Settings &s, uint32_t *status);
void squareRoot(Number &r, const View &a, const Settings &s, uint32_t *status);
void reduce(Number &r, const View &a, const Settings &s, uint32_t *status);
void quantize(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status);
/// quantize without limit of digits: to the exponent given.
void rescale(Number &r, const View &a, int64_t exponent, Rounding rounding, uint32_t *status);
void toIntegralExact(Number &r, const View &a, const Settings &s, uint32_t *status);
void toIntegralValue(Number &r, const View &a, const Settings &s, uint32_t *status);
/// The integer part of a finite number: the coefficient times 10^exponent, cut.
bool truncate(Number &r, const View &a, uint32_t *status);

// ---- Comparison ----

/// -1, 0, 1 by value; no NaNs.
int compareValues(const View &a, const View &b);
int compareMagnitudes(const View &a, const View &b);
/// The total order, NaNs included.
int compareTotals(const View &a, const View &b);
int compareTotalMagnitudes(View a, View b);
void compare(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status);
void compareSignal(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status);
void compareTotal(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status);
void compareTotalMagnitude(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status);
void maximum(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status);
void minimum(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status);
void maximumMagnitude(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status);
void minimumMagnitude(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status);
bool sameQuantum(const View &a, const View &b);

// ---- Neighbours, exponents, digits ----

void nextMinus(Number &r, const View &a, const Settings &s, uint32_t *status);
void nextPlus(Number &r, const View &a, const Settings &s, uint32_t *status);
void nextToward(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status);
void logB(Number &r, const View &a, const Settings &s, uint32_t *status);
void scaleB(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status);
void shift(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status);
void rotate(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status);
void logicalAnd(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status);
void logicalOr(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status);
void logicalXor(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status);
void logicalInvert(Number &r, const View &a, const Settings &s, uint32_t *status);
bool isNormal(const View &a, const Settings &s);
bool isSubnormal(const View &a, const Settings &s);
const char *numberClass(const View &a, const Settings &s);

// ---- Functions (_decimal_functions.cpp): correctly rounded, half to even ----

void exponential(Number &r, const View &a, const Settings &s, uint32_t *status);
void naturalLogarithm(Number &r, const View &a, const Settings &s, uint32_t *status);
void commonLogarithm(Number &r, const View &a, const Settings &s, uint32_t *status);
void power(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status);
void powerModulo(Number &r, const View &a, const View &b, const View &modulus, const Settings &s,
                 uint32_t *status);

// ---- Text (_decimal_text.cpp) ----

/// A number as the specification's numeric string has it (ASCII), exactly, whatever its size. False: not one.
bool parse(Number &r, const char *text, size_t size, uint32_t *status);
/// Scientific (or engineering) notation. False: no memory.
bool toText(std::string &out, const View &a, bool capitals, bool engineering);

// ---- For Python ----

/// hash(), as for ints and floats of the same value. No NaNs.
int64_t hashOf(const View &a);

} // namespace krait::decimals

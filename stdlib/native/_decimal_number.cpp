// _decimal_number.cpp - see _decimal_number.h: making numbers, rounding, arithmetic.
#include "stdlib/native/_decimal_number.h"

#include <algorithm>
#include <utility>

namespace krait::decimals {

bool View::isInteger() const {
  return isFinite() && (exponent >= 0 || isZero() || trailingZeros(limbs, count) >= -exponent);
}
bool View::isOdd() const { return exponent <= 0 && -exponent < digits && digitAt(limbs, -exponent) % 2; }

// ---- Making numbers ----

void Number::set(bool isNegative, Limb coefficient, int64_t newExponent) {
  kind = Kind::Finite;
  negative = isNegative;
  exponent = newExponent;
  limbs[0] = coefficient % kBase;
  limbs[1] = coefficient / kBase;
  settle(2);
}
void Number::setInt(int64_t n) { set(n < 0, n < 0 ? -static_cast<Limb>(n) : static_cast<Limb>(n), 0); }

bool Number::outOfMemory(uint32_t *status) {
  invalid(status, kNoMemory);
  return false;
}
bool Number::copy(const View &from, uint32_t *status) {
  if (!limbs.reserve(from.count))
    return outOfMemory(status);
  std::memcpy(limbs.data(), from.limbs, static_cast<size_t>(from.count) * sizeof(Limb));
  count = from.count;
  digits = from.digits;
  exponent = from.exponent;
  kind = from.kind;
  negative = from.negative;
  return true;
}
bool Number::raise(int64_t n, uint32_t *status) {
  if (!limbs.reserve(count + n / kLimbDigits + 1))
    return outOfMemory(status);
  if (!isZero())
    digits += n;
  count = shiftLeft(limbs.data(), limbs.data(), count, n);
  return true;
}
int Number::lower(int64_t n) {
  int tail;
  count = shiftRight(limbs.data(), limbs.data(), count, n, &tail);
  digits = digitsOf(limbs.data(), count);
  return tail;
}
void Number::cap(int64_t n) {
  if (digits <= n)
    return;
  if (n <= 0) {
    limbs[0] = 0;
    return settle(1);
  }
  int64_t needed = limbsFor(n);
  if (auto rest = n % kLimbDigits)
    limbs[needed - 1] %= kPowersOfTen[rest];
  settle(needed);
}
void Number::swap(Number &other) {
  limbs.swap(other.limbs);
  std::swap(count, other.count);
  std::swap(digits, other.digits);
  std::swap(exponent, other.exponent);
  std::swap(kind, other.kind);
  std::swap(negative, other.negative);
}

// ---- Rounding ----

namespace {

/// Is the magnitude to be increased whose last digit is [last], where [tail] was cut off?
bool roundsUp(Rounding rounding, bool negative, unsigned last, int tail) {
  if (!tail)
    return false;
  switch (rounding) {
  case Rounding::Up:
    return true;
  case Rounding::Down:
    return false;
  case Rounding::Ceiling:
    return !negative;
  case Rounding::Floor:
    return negative;
  case Rounding::HalfUp:
    return tail >= 5;
  case Rounding::HalfDown:
    return tail > 5;
  case Rounding::HalfEven:
    return tail > 5 || (tail == 5 && last % 2);
  case Rounding::ZeroFiveUp:
    return last % 5 == 0;
  }
  return false;
}

/// One more in the last place. False: no memory.
bool increment(Number &r, uint32_t *status) {
  if (incrementLimbs(r.limbs.data(), r.count)) {
    if (!r.limbs.reserve(r.count + 1))
      return r.outOfMemory(status);
    r.limbs[r.count++] = 1;
  }
  r.digits = digitsOf(r.limbs.data(), r.count);
  return true;
}
bool roundBy(Number &r, int tail, Rounding rounding, uint32_t *status) {
  return !roundsUp(rounding, r.negative, static_cast<unsigned>(r.limbs[0] % 10), tail) ||
         increment(r, status);
}

/// 99...9 of [digits] digits.
bool setNines(Number &r, bool negative, int64_t digits, int64_t exponent, uint32_t *status) {
  int64_t count = limbsFor(digits);
  if (!r.limbs.reserve(count))
    return r.outOfMemory(status);
  std::fill(r.limbs.data(), r.limbs.data() + count, kBase - 1);
  r.kind = Kind::Finite;
  r.negative = negative;
  r.exponent = exponent;
  r.count = count;
  r.digits = count * kLimbDigits;
  r.cap(digits);
  return true;
}

void setZero(Number &r, bool negative, int64_t exponent) { r.set(negative, 0, exponent); }

void overflow(Number &r, const Settings &s, uint32_t *status) {
  bool nines = s.rounding == Rounding::Down || s.rounding == Rounding::ZeroFiveUp ||
               s.rounding == (r.negative ? Rounding::Ceiling : Rounding::Floor);
  *status |= kOverflow | kInexact | kRounded;
  if (nines)
    setNines(r, r.negative, s.precision, s.etop(), status);
  else
    r.setInfinite(r.negative);
}

/// The exponent brought within its limits.
void fitExponent(Number &r, const Settings &s, uint32_t *status) {
  int64_t adjusted = r.adjusted();
  if (r.isZero()) {
    int64_t fitted = std::clamp(r.exponent, s.etiny(), s.clamp ? s.etop() : s.emax);
    if (fitted != r.exponent)
      *status |= kClamped;
    r.exponent = fitted;
  } else if (adjusted > s.emax) {
    overflow(r, s, status);
  } else if (s.clamp && r.exponent > s.etop()) {
    int64_t shift = r.exponent - s.etop();
    if (!r.raise(shift, status))
      return;
    r.exponent -= shift;
    *status |= kClamped;
    if (adjusted < s.emin)
      *status |= kSubnormal;
  } else if (adjusted < s.emin) {
    *status |= kSubnormal;
    if (r.exponent >= s.etiny())
      return;
    int tail = r.lower(s.etiny() - r.exponent);
    r.exponent = s.etiny();
    if (!roundBy(r, tail, s.rounding, status))
      return;
    *status |= kRounded;
    if (tail) {
      *status |= kInexact | kUnderflow;
      if (r.isZero())
        *status |= kClamped;
    }
  }
}

} // namespace

void finishSlow(Number &r, const Settings &s, uint32_t *status) {
  if (!r.isFinite()) {
    if (r.kind != Kind::Infinite && r.digits) {
      r.cap(s.precision - s.clamp);
      if (r.count && allZero(r.limbs.data(), r.count))
        r.count = r.digits = 0;
    }
    return;
  }
  fitExponent(r, s, status);
  if (!r.isFinite() || r.digits <= s.precision)
    return;
  int64_t excess = r.digits - s.precision;
  int tail = r.lower(excess);
  r.exponent += excess;
  *status |= kRounded;
  if (tail)
    *status |= kInexact;
  if (!roundBy(r, tail, s.rounding, status))
    return;
  if (r.digits > s.precision) {
    r.lower(1);
    ++r.exponent;
    fitExponent(r, s, status);
  } else if (r.adjusted() > s.emax || (s.clamp && r.exponent > s.etop())) {
    fitExponent(r, s, status);
  }
}

// ---- NaNs ----

static bool nanFrom(Number &r, const View &a, const Settings &s, uint32_t *status) {
  if (a.kind == Kind::SignalingNan)
    *status |= kInvalidOperation;
  if (r.copy(a, status)) {
    r.kind = Kind::QuietNan;
    r.exponent = 0;
    finishSlow(r, s, status);
  }
  return true;
}
bool takeNan(Number &r, const View &a, const Settings &s, uint32_t *status) {
  return a.isNan() && nanFrom(r, a, s, status);
}
bool takeNan(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status) {
  if (__builtin_expect(!a.isNan() && !b.isNan(), 1))
    return false;
  bool first = a.kind == Kind::SignalingNan || (a.isNan() && b.kind != Kind::SignalingNan);
  return nanFrom(r, first ? a : b, s, status);
}

// ---- Sums ----

/// Exact sums of up to 37 digits fit the machine's widest integers: most sums of money do. False: not
/// settled.
static bool addSmall(Number &r, const View &a, const View &b, bool negativeB, const Settings &s) {
  if (a.count > 2 || b.count > 2)
    return false;
  int64_t distance = a.exponent - b.exponent;
  int64_t raiseA = std::max<int64_t>(distance, 0), raiseB = std::max<int64_t>(-distance, 0);
  constexpr int64_t most = 37;
  if (raiseA > most || raiseB > most || a.digits + raiseA > most || b.digits + raiseB > most)
    return false;
  auto value = [](const View &v, int64_t raise) {
    Wide n = v.count == 2 ? Wide{v.limbs[1]} * kBase + v.limbs[0] : Wide{v.limbs[0]};
    for (; raise > kLimbDigits; raise -= kLimbDigits)
      n *= kBase;
    return n * kPowersOfTen[raise];
  };
  Wide x = value(a, raiseA), y = value(b, raiseB), sum;
  if (a.negative == negativeB) {
    sum = x + y;
    r.negative = a.negative;
  } else {
    sum = x > y ? x - y : y - x;
    r.negative = x > y ? a.negative : x < y ? negativeB : s.rounding == Rounding::Floor;
  }
  Limb low, high = divideByBase(sum, &low);
  r.limbs[0] = low;
  r.limbs[1] = high;
  r.kind = Kind::Finite;
  r.exponent = std::min(a.exponent, b.exponent);
  r.settle(2);
  return true;
}

static void addFinite(Number &r, const View &a, const View &b, bool negativeB, const Settings &s,
                      uint32_t *status) {
  if (addSmall(r, a, b, negativeB, s))
    return finish(r, s, status);
  bool swapped = a.exponent < b.exponent; // so that high has the larger exponent
  const View *high = swapped ? &b : &a, *low = swapped ? &a : &b;
  bool negativeHigh = swapped ? negativeB : a.negative, negativeLow = swapped ? a.negative : negativeB;
  View tiny;
  Limb one;
  Number aligned;
  View raised = *high;
  if (high->exponent != low->exponent && !high->isZero()) {
    // What lies wholly below the digit after the guard digit only says that there is something.
    int64_t limit = high->exponent - 1 + std::min<int64_t>(0, high->digits - s.precision - 1);
    if (low->adjusted() < limit) {
      one = !low->isZero();
      tiny = {&one, 1, 1, limit, Kind::Finite, negativeLow};
      low = &tiny;
    }
    int64_t distance = high->exponent - low->exponent;
    if (!aligned.limbs.reserve(high->count + distance / kLimbDigits + 1)) {
      r.outOfMemory(status);
      return;
    }
    raised.count = shiftLeft(aligned.limbs.data(), high->limbs, high->count, distance);
    raised.limbs = aligned.limbs.data();
  }
  const Limb *x = raised.limbs, *y = low->limbs;
  int64_t nx = raised.count, ny = low->count;
  r.kind = Kind::Finite;
  r.exponent = low->exponent;
  if (!r.limbs.reserve(std::max(nx, ny) + 1)) {
    r.outOfMemory(status);
    return;
  }
  if (negativeHigh == negativeLow) {
    if (nx < ny) {
      std::swap(x, y);
      std::swap(nx, ny);
    }
    r.negative = negativeHigh;
    r.limbs[nx] = addLimbs(r.limbs.data(), x, nx, y, ny);
    r.settle(nx + 1);
  } else {
    int order = compareLimbs(x, nx, y, ny);
    if (order < 0) {
      std::swap(x, y);
      std::swap(nx, ny);
    }
    r.negative = order > 0 ? negativeHigh : order < 0 ? negativeLow : s.rounding == Rounding::Floor;
    subtractLimbs(r.limbs.data(), x, nx, y, ny);
    r.settle(nx);
  }
  finish(r, s, status);
}

static void addOrSubtract(Number &r, const View &a, const View &b, bool negativeB, const Settings &s,
                          uint32_t *status) {
  if (__builtin_expect(a.isFinite() && b.isFinite(), 1))
    return addFinite(r, a, b, negativeB, s, status);
  if (takeNan(r, a, b, s, status))
    return;
  if (a.isInfinite() && b.isInfinite() && a.negative != negativeB)
    return r.invalid(status);
  r.setInfinite(a.isInfinite() ? a.negative : negativeB);
}

void add(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status) {
  addOrSubtract(r, a, b, b.negative, s, status);
}
void subtract(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status) {
  addOrSubtract(r, a, b, !b.negative, s, status);
}

static void signedCopy(Number &r, const View &a, bool negative, const Settings &s, uint32_t *status) {
  if (takeNan(r, a, s, status) || !r.copy(a, status))
    return;
  r.negative = negative;
  finish(r, s, status);
}
void plus(Number &r, const View &a, const Settings &s, uint32_t *status) {
  signedCopy(r, a, a.isZero() ? a.negative && s.rounding == Rounding::Floor : a.negative, s, status);
}
void minus(Number &r, const View &a, const Settings &s, uint32_t *status) {
  signedCopy(r, a, a.isZero() ? !a.negative && s.rounding == Rounding::Floor : !a.negative, s, status);
}
void absolute(Number &r, const View &a, const Settings &s, uint32_t *status) {
  if (a.negative)
    minus(r, a, s, status);
  else
    plus(r, a, s, status);
}

// ---- Products ----

/// Unrounded; no NaNs.
static bool multiplyExact(Number &r, const View &a, const View &b, uint32_t *status) {
  bool negative = a.negative != b.negative;
  if (a.isInfinite() || b.isInfinite()) {
    if (a.isZero() || b.isZero())
      r.invalid(status);
    else
      r.setInfinite(negative);
    return true;
  }
  if (!r.limbs.reserve(a.count + b.count) ||
      !multiplyLimbs(r.limbs.data(), a.limbs, a.count, b.limbs, b.count))
    return r.outOfMemory(status);
  r.kind = Kind::Finite;
  r.negative = negative;
  r.exponent = a.exponent + b.exponent;
  r.settle(a.count + b.count);
  return true;
}

void multiply(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status) {
  if (!takeNan(r, a, b, s, status) && multiplyExact(r, a, b, status))
    finish(r, s, status);
}

void fusedMultiplyAdd(Number &r, const View &a, const View &b, const View &c, const Settings &s,
                      uint32_t *status) {
  Number product;
  uint32_t met = 0;
  if (!takeNan(product, a, b, s, &met))
    multiplyExact(product, a, b, &met);
  *status |= met;
  if (met & (kInvalidOperation | kNoMemory))
    r.swap(product);
  else
    add(r, product, c, s, status);
}

// ---- Quotients ----

/// a / b of finite numbers, b not zero, a not zero, to [precision] digits and one or two more, the last of
/// which tells what is to come. True if the result is exact: it then has the exponent nearest to that of a
/// less that of b.
static bool quotient(Number &r, const View &a, const View &b, int64_t precision, uint32_t *status) {
  int64_t shift = b.digits - a.digits + precision + 1;
  Number raised, rest;
  View x = a, y = b;
  if (shift) {
    if (!raised.copy(shift > 0 ? a : b, status) || !raised.raise(shift > 0 ? shift : -shift, status)) {
      r.outOfMemory(status);
      return false;
    }
    (shift > 0 ? x : y) = raised.view();
  }
  int64_t room = std::max<int64_t>(1, x.count - y.count + 1);
  if (!r.limbs.reserve(room) || !rest.limbs.reserve(y.count) ||
      !divideLimbs(r.limbs.data(), rest.limbs.data(), x.limbs, x.count, y.limbs, y.count)) {
    r.outOfMemory(status);
    return false;
  }
  r.kind = Kind::Finite;
  r.negative = a.negative != b.negative;
  r.exponent = a.exponent - b.exponent - shift;
  r.settle(room);
  bool exact = allZero(rest.limbs.data(), y.count);
  if (!exact) {
    if (r.limbs[0] % 5 == 0)
      ++r.limbs[0];
  } else if (shift > 0) {
    int64_t zeros = std::min(shift, trailingZeros(r.limbs.data(), r.count));
    r.lower(zeros);
    r.exponent += zeros;
  }
  return exact;
}

void divide(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status) {
  if (takeNan(r, a, b, s, status))
    return;
  bool negative = a.negative != b.negative;
  if (a.isInfinite() || b.isInfinite()) {
    if (a.isInfinite() && b.isInfinite())
      return r.invalid(status);
    if (a.isInfinite())
      return r.setInfinite(negative);
    setZero(r, negative, s.etiny());
    *status |= kClamped;
    return;
  }
  if (b.isZero()) {
    if (a.isZero())
      return r.invalid(status, kDivisionUndefined);
    *status |= kDivisionByZero;
    return r.setInfinite(negative);
  }
  if (a.isZero()) {
    setZero(r, negative, a.exponent - b.exponent);
  } else {
    // An exact quotient has no more digits than this, whatever the precision.
    int64_t enough = a.digits + 4 * b.digits;
    if (s.precision <= enough || !quotient(r, a, b, enough, status))
      if (!(*status & kNoMemory))
        quotient(r, a, b, s.precision, status);
    if (*status & kNoMemory)
      return r.setNan();
  }
  finish(r, s, status);
}

/// Integer quotient and rest of finite numbers, b not zero. False: kDivisionImpossible or no memory.
static bool integerQuotient(Number &q, Number &r, const View &a, const View &b, const Settings &s,
                            uint32_t *status) {
  bool negative = a.negative != b.negative;
  int64_t exponent = std::min(a.exponent, b.exponent), places = a.adjusted() - b.adjusted();
  if (a.isZero() || places < 0 || compareMagnitudes(a, b) < 0) {
    setZero(q, negative, 0);
    if (!r.copy(a, status) || (!a.isZero() && !r.raise(a.exponent - exponent, status)))
      return false;
    r.exponent = exponent;
    return true;
  }
  if (places > s.precision) {
    q.invalid(status, kDivisionImpossible);
    r.setNan();
    return false;
  }
  Number raised;
  View x = a, y = b;
  if (a.exponent != b.exponent) {
    bool first = a.exponent > b.exponent;
    if (!raised.copy(first ? a : b, status) || !raised.raise(std::abs(a.exponent - b.exponent), status))
      return false;
    (first ? x : y) = raised.view();
  }
  int64_t room = x.count - y.count + 1;
  if (!q.limbs.reserve(room) || !r.limbs.reserve(y.count) ||
      !divideLimbs(q.limbs.data(), r.limbs.data(), x.limbs, x.count, y.limbs, y.count)) {
    r.setNan();
    return q.outOfMemory(status);
  }
  q.kind = r.kind = Kind::Finite;
  q.settle(room);
  r.settle(y.count);
  if (q.digits > s.precision) {
    q.invalid(status, kDivisionImpossible);
    r.setNan();
    return false;
  }
  q.negative = negative;
  q.exponent = 0;
  r.negative = a.negative;
  r.exponent = exponent;
  return true;
}

void divideInteger(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status) {
  if (takeNan(r, a, b, s, status))
    return;
  bool negative = a.negative != b.negative;
  if (a.isInfinite()) {
    if (b.isInfinite())
      return r.invalid(status);
    return r.setInfinite(negative);
  }
  if (b.isInfinite())
    return setZero(r, negative, 0);
  if (b.isZero()) {
    if (a.isZero())
      return r.invalid(status, kDivisionUndefined);
    *status |= kDivisionByZero;
    return r.setInfinite(negative);
  }
  Number rest;
  if (integerQuotient(r, rest, a, b, s, status))
    finish(r, s, status);
  else
    r.setNan();
}

/// The remainder's special cases: true when they settled it.
static bool remainderSpecial(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status) {
  if (takeNan(r, a, b, s, status))
    return true;
  if (a.isInfinite()) {
    r.invalid(status);
  } else if (b.isInfinite()) {
    if (r.copy(a, status))
      finish(r, s, status);
  } else if (b.isZero()) {
    r.invalid(status, a.isZero() ? kDivisionUndefined : kInvalidOperation);
  } else {
    return false;
  }
  return true;
}

void remainder(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status) {
  if (remainderSpecial(r, a, b, s, status))
    return;
  Number q;
  if (integerQuotient(q, r, a, b, s, status))
    finish(r, s, status);
  else
    r.setNan();
}

void divideWithRemainder(Number &q, Number &r, const View &a, const View &b, const Settings &s,
                         uint32_t *status) {
  if (takeNan(q, a, b, s, status)) {
    r.copy(q, status);
    return;
  }
  bool negative = a.negative != b.negative;
  if (a.isInfinite()) {
    if (b.isInfinite())
      q.setNan();
    else
      q.setInfinite(negative);
    return r.invalid(status);
  }
  if (b.isInfinite()) {
    if (!r.copy(a, status))
      return q.setNan();
    finish(r, s, status);
    return setZero(q, negative, 0);
  }
  if (b.isZero()) {
    r.setNan();
    if (a.isZero())
      return q.invalid(status, kDivisionUndefined);
    *status |= kDivisionByZero | kInvalidOperation;
    return q.setInfinite(negative);
  }
  if (!integerQuotient(q, r, a, b, s, status)) {
    q.setNan();
    return r.setNan();
  }
  finish(q, s, status);
  finish(r, s, status);
}

void remainderNear(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status) {
  if (remainderSpecial(r, a, b, s, status))
    return;
  Number q, rest;
  if (!integerQuotient(q, rest, a, b, s, status))
    return r.setNan();
  bool odd = q.limbs[0] % 2;
  // Nearer to the next multiple? Twice the rest against the divisor tells.
  Number twice;
  Number *taken = &rest;
  if (!rest.isZero()) {
    if (!twice.limbs.reserve(rest.count + 1))
      return (void)r.outOfMemory(status);
    twice.limbs[rest.count] =
        addLimbs(twice.limbs.data(), rest.limbs.data(), rest.count, rest.limbs.data(), rest.count);
    twice.exponent = rest.exponent;
    twice.settle(rest.count + 1);
    int order = compareMagnitudes(twice, b);
    if (order > 0 || (order == 0 && odd)) {
      if (!increment(q, status))
        return r.setNan();
      if (q.digits > s.precision)
        return r.invalid(status, kDivisionImpossible);
      View divisor = b;
      divisor.negative = a.negative;
      uint32_t met = 0;
      subtract(twice, rest, divisor, kExactSettings, &met);
      if (met & kNoMemory)
        return r.invalid(status, kNoMemory);
      taken = &twice;
    }
  }
  r.swap(*taken);
  finish(r, s, status);
}

// ---- Square root ----

/// The root of a positive number to [precision] digits and one more that tells what is to come. True if it is
/// exact: it then has the exponent nearest to half that of a.
static bool root(Number &r, const View &a, int64_t precision, uint32_t *status) {
  int64_t ideal = a.exponent >> 1;
  int odd = static_cast<int>(a.exponent & 1);
  int64_t pairs =
      precision + 1 - (a.digits + odd + 1) / 2; // zeros to append, in pairs; negative: digits to cut off
  Number n;
  bool exact = n.copy(a, status);
  int64_t shift = 2 * pairs + odd;
  if (!exact || (shift > 0 && !n.raise(shift, status))) {
    r.outOfMemory(status);
    return false;
  }
  if (shift < 0)
    exact = n.lower(-shift) == 0;
  if (n.count > 1 << 20 && !affordable(static_cast<Wide>(n.count) * 64)) {
    r.outOfMemory(status);
    return false;
  }
  mpz_t z, rest;
  mpz_init(z);
  mpz_init(rest);
  int64_t count = -1;
  if (toBinary(z, n.limbs.data(), n.count)) {
    mpz_sqrtrem(z, rest, z);
    exact &= mpz_sgn(rest) == 0;
    count = fromBinary(r.limbs, z);
  }
  mpz_clear(z);
  mpz_clear(rest);
  if (count < 0) {
    r.outOfMemory(status);
    return false;
  }
  r.kind = Kind::Finite;
  r.negative = false;
  r.exponent = ideal - pairs;
  r.settle(count);
  if (!exact) {
    if (r.limbs[0] % 5 == 0)
      ++r.limbs[0];
  } else if (pairs > 0) {
    int64_t zeros = std::min(pairs, trailingZeros(r.limbs.data(), r.count));
    r.lower(zeros);
    r.exponent += zeros;
  }
  return exact;
}

void squareRoot(Number &r, const View &a, const Settings &s, uint32_t *status) {
  if (takeNan(r, a, s, status))
    return;
  if (a.isZero()) {
    setZero(r, a.negative, a.exponent >> 1);
    return finish(r, s, status);
  }
  if (a.negative)
    return r.invalid(status);
  if (a.isInfinite())
    return r.setInfinite(false);
  int64_t enough = a.digits + 1; // for an exact one
  if (s.precision <= enough || !root(r, a, enough, status))
    if (!(*status & kNoMemory))
      root(r, a, s.precision, status);
  if (*status & kNoMemory)
    return r.setNan();
  Settings nearest = s;
  nearest.rounding = Rounding::HalfEven;
  finish(r, nearest, status);
}

// ---- Other roundings ----

void reduce(Number &r, const View &a, const Settings &s, uint32_t *status) {
  if (takeNan(r, a, s, status) || !r.copy(a, status))
    return;
  finish(r, s, status);
  if (!r.isFinite())
    return;
  if (r.isZero())
    return setZero(r, r.negative, 0);
  int64_t most = s.clamp ? s.etop() : s.emax;
  int64_t zeros = std::min(trailingZeros(r.limbs.data(), r.count), most - r.exponent);
  r.lower(zeros);
  r.exponent += zeros;
}

void rescale(Number &r, const View &a, int64_t exponent, Rounding rounding, uint32_t *status) {
  if (!r.copy(a, status))
    return;
  if (a.isZero()) {
    r.exponent = exponent;
  } else if (a.exponent >= exponent) {
    if (r.raise(a.exponent - exponent, status))
      r.exponent = exponent;
  } else {
    int tail = r.lower(exponent - a.exponent);
    r.exponent = exponent;
    *status |= kRounded;
    if (tail)
      *status |= kInexact;
    roundBy(r, tail, rounding, status);
  }
}

void quantize(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status) {
  if (takeNan(r, a, b, s, status))
    return;
  if (a.isInfinite() || b.isInfinite()) {
    if (a.isInfinite() && b.isInfinite())
      r.setInfinite(a.negative);
    else
      r.invalid(status);
    return;
  }
  if (b.exponent > s.emax || b.exponent < s.etiny())
    return r.invalid(status);
  if (!a.isZero() && a.digits + (a.exponent - b.exponent) > s.precision)
    return r.invalid(status);
  uint32_t met = 0;
  rescale(r, a, b.exponent, s.rounding, &met);
  if (met & kNoMemory)
    return r.invalid(status, kNoMemory);
  if (r.digits > s.precision || (!r.isZero() && (r.adjusted() > s.emax || r.adjusted() < s.etiny())))
    return r.invalid(status);
  *status |= met;
  finish(r, s, status);
}

static void toIntegral(Number &r, const View &a, const Settings &s, uint32_t *status, bool tells) {
  if (takeNan(r, a, s, status))
    return;
  uint32_t met = 0;
  if (!a.isFinite() || a.exponent >= 0) {
    r.copy(a, &met);
  } else {
    rescale(r, a, 0, s.rounding, &met);
    if (a.isZero())
      met = 0;
  }
  *status |= tells ? met : met & kNoMemory;
}
void toIntegralExact(Number &r, const View &a, const Settings &s, uint32_t *status) {
  toIntegral(r, a, s, status, true);
}
void toIntegralValue(Number &r, const View &a, const Settings &s, uint32_t *status) {
  toIntegral(r, a, s, status, false);
}

bool truncate(Number &r, const View &a, uint32_t *status) {
  uint32_t met = 0;
  rescale(r, a, 0, Rounding::Down, &met);
  *status |= met & kNoMemory;
  return !(met & kNoMemory);
}

} // namespace krait::decimals

// _decimal_digits.cpp - see _decimal_number.h: operations on exponents and on single digits.
#include "stdlib/native/_decimal_number.h"

#include <algorithm>

namespace krait::decimals {

void logB(Number &r, const View &a, const Settings &s, uint32_t *status) {
  if (takeNan(r, a, s, status))
    return;
  if (a.isInfinite()) {
    r.setInfinite(false);
  } else if (a.isZero()) {
    r.setInfinite(true);
    *status |= kDivisionByZero;
  } else {
    r.setInt(a.adjusted());
    finish(r, s, status);
  }
}

/// The value of an integer operand with exponent 0 of magnitude up to [most].
static bool smallOperand(const View &b, Limb most, int64_t *out) {
  if (!b.isFinite() || b.exponent || b.count > 1 || b.limbs[0] > most)
    return false;
  *out = b.negative ? -static_cast<int64_t>(b.limbs[0]) : static_cast<int64_t>(b.limbs[0]);
  return true;
}

void scaleB(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status) {
  if (takeNan(r, a, b, s, status))
    return;
  int64_t n;
  if (!smallOperand(b, 2 * static_cast<Limb>(s.emax + s.precision), &n))
    return r.invalid(status);
  if (!r.copy(a, status) || a.isInfinite())
    return;
  // Far beyond any limit is far enough: the sum must not wrap around.
  r.exponent = std::clamp(a.exponent + n, 4 * kMinEmin, 4 * kMaxEmax);
  finish(r, s, status);
}

void shift(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status) {
  if (takeNan(r, a, b, s, status))
    return;
  int64_t n;
  if (!smallOperand(b, static_cast<Limb>(s.precision), &n))
    return r.invalid(status);
  if (!r.copy(a, status) || a.isInfinite())
    return;
  r.cap(s.precision);
  if (n >= 0) {
    // Digits that would leave on the left need not be moved.
    r.cap(s.precision - n);
    if (!r.isZero())
      r.raise(n, status);
  } else {
    r.lower(-n);
  }
}

void rotate(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status) {
  if (takeNan(r, a, b, s, status))
    return;
  int64_t n;
  if (!smallOperand(b, static_cast<Limb>(s.precision), &n))
    return r.invalid(status);
  if (a.isInfinite()) {
    r.copy(a, status);
    return;
  }
  // To the left by n: the lower precision - n digits go up, the others down.
  if (n < 0)
    n += s.precision;
  Number upper, lower;
  if (!upper.copy(a, status) || !lower.copy(a, status))
    return r.setNan();
  lower.cap(s.precision);
  lower.lower(s.precision - n);
  upper.cap(s.precision - n);
  if (!upper.isZero() && !upper.raise(n, status))
    return r.setNan();
  uint32_t met = 0;
  upper.exponent = lower.exponent = 0;
  upper.negative = lower.negative = false;
  add(r, upper, lower, kExactSettings, &met);
  r.exponent = a.exponent;
  r.negative = a.negative;
}

// ---- Logical operations: digits that are 0 or 1 ----

static bool isLogical(const View &a) {
  if (!a.isFinite() || a.negative || a.exponent)
    return false;
  for (int64_t i = 0; i < a.count; ++i)
    for (Limb limb = a.limbs[i]; limb; limb /= 10)
      if (limb % 10 > 1)
        return false;
  return true;
}

template <typename F>
static void logical(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status, F f) {
  if (!isLogical(a) || !isLogical(b))
    return r.invalid(status);
  int64_t count = std::max(a.count, b.count);
  if (!r.limbs.reserve(count))
    return (void)r.outOfMemory(status);
  for (int64_t i = 0; i < count; ++i) {
    Limb x = i < a.count ? a.limbs[i] : 0, y = i < b.count ? b.limbs[i] : 0, limb = 0;
    for (int digit = 0; digit < kLimbDigits; ++digit, x /= 10, y /= 10)
      limb += static_cast<Limb>(f(x % 10, y % 10)) * kPowersOfTen[digit];
    r.limbs[i] = limb;
  }
  r.kind = Kind::Finite;
  r.negative = false;
  r.exponent = 0;
  r.settle(count);
  r.cap(s.precision);
}

void logicalAnd(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status) {
  logical(r, a, b, s, status, [](Limb x, Limb y) { return x & y; });
}
void logicalOr(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status) {
  logical(r, a, b, s, status, [](Limb x, Limb y) { return x | y; });
}
void logicalXor(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status) {
  logical(r, a, b, s, status, [](Limb x, Limb y) { return x ^ y; });
}
void logicalInvert(Number &r, const View &a, const Settings &s, uint32_t *status) {
  if (!isLogical(a))
    return r.invalid(status);
  int64_t digits = std::max(s.precision, a.digits), count = limbsFor(digits);
  Number ones;
  if (!ones.limbs.reserve(count))
    return (void)r.outOfMemory(status);
  std::fill(ones.limbs.data(), ones.limbs.data() + count, (kBase - 1) / 9);
  ones.settle(count);
  ones.cap(digits);
  logicalXor(r, a, ones, s, status);
}

} // namespace krait::decimals

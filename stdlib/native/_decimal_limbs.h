// _decimal_limbs.h - coefficients of decimal numbers: unsigned integers as limbs in base 10^19,
// little-endian. Decimal limbs (not GMP's binary ones) make what decimals do most, rounding, aligning and
// text, linear; large products and square roots go through GMP.
//
// No Python objects here. Functions that need scratch memory answer false when it cannot be had.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <gmp.h>

namespace krait::decimals {

using Limb = uint64_t;
using Wide = unsigned __int128;

constexpr int kLimbDigits = 19;
constexpr Limb kBase = 10'000'000'000'000'000'000u;
extern const Limb kPowersOfTen[kLimbDigits + 1];

/// Storage for limbs: a few inside, more by malloc. Contents are undefined until written.
class Limbs {
public:
  Limbs() : data_(local_) {}
  ~Limbs() {
    if (data_ != local_)
      std::free(data_);
  }
  Limbs(const Limbs &) = delete;
  Limbs &operator=(const Limbs &) = delete;
  /// Room for [count]; what was there is kept. False: no memory.
  [[nodiscard]] bool reserve(int64_t count) { return __builtin_expect(count <= capacity_, 1) || grow(count); }
  Limb *data() { return data_; }
  const Limb *data() const { return data_; }
  Limb &operator[](int64_t i) { return data_[i]; }
  Limb operator[](int64_t i) const { return data_[i]; }
  void swap(Limbs &other);

private:
  static constexpr int64_t kLocal = 8;
  Limb *data_;
  int64_t capacity_ = kLocal;
  Limb local_[kLocal];
  bool grow(int64_t count);
};

/// May so much be asked for? What exceeds the machine's memory may not, so that the system need not refuse it
/// later.
bool affordable(Wide bytes);

/// high * 2^64 + low divided by 10^19, [high] below 10^19: by a multiplication (Moller and Granlund,
/// "Improved division by invariant integers", 2011), as 10^19 has the top bit set.
inline Limb divideByBase(Limb high, Limb low, Limb *rest) {
  constexpr Limb inverse = static_cast<Limb>(~Wide{0} / kBase - (Wide{1} << 64));
  Wide q = Wide{high} * inverse + (Wide{high} << 64 | low);
  Limb quotient = static_cast<Limb>(q >> 64) + 1, r = low - quotient * kBase;
  if (r > static_cast<Limb>(q)) {
    --quotient;
    r += kBase;
  }
  if (__builtin_expect(r >= kBase, 0)) {
    ++quotient;
    r -= kBase;
  }
  *rest = r;
  return quotient;
}
inline Limb divideByBase(Wide n, Limb *rest) {
  return divideByBase(static_cast<Limb>(n >> 64), static_cast<Limb>(n), rest);
}

/// Number of decimal digits; 1 for zero.
inline int digitsOf(Limb limb) {
  int guess = (64 - __builtin_clzll(limb | 1)) * 1233 >> 12;
  return guess + (limb >= kPowersOfTen[guess]) + (limb == 0);
}
inline int64_t limbsFor(int64_t digits) { return (digits + kLimbDigits - 1) / kLimbDigits; }
/// Count without leading zero limbs, at least 1.
inline int64_t normalized(const Limb *a, int64_t count) {
  while (count > 1 && !a[count - 1])
    --count;
  return count;
}
inline int64_t digitsOf(const Limb *a, int64_t count) {
  return (count - 1) * kLimbDigits + digitsOf(a[count - 1]);
}
inline bool isZero(const Limb *a, int64_t count) { return count == 1 && a[0] == 0; }
/// All of the limbs zero, whatever their number.
bool allZero(const Limb *a, int64_t count);
/// Digit number [index], counted from the lowest.
inline unsigned digitAt(const Limb *a, int64_t index) {
  return static_cast<unsigned>(a[index / kLimbDigits] / kPowersOfTen[index % kLimbDigits] % 10);
}
/// Of a number that is not zero.
int64_t trailingZeros(const Limb *a, int64_t count);

// ---- Arithmetic. Operands are normalised unless stated; r may be an operand itself where its limbs are in
// the same place ----

int compareLimbs(const Limb *a, int64_t na, const Limb *b, int64_t nb);
/// r = a + b, na >= nb, max(na, nb) limbs; the carry.
Limb addLimbs(Limb *r, const Limb *a, int64_t na, const Limb *b, int64_t nb);
/// r = a - b, a >= b, na limbs; not normalised.
void subtractLimbs(Limb *r, const Limb *a, int64_t na, const Limb *b, int64_t nb);
/// a += 1; the carry.
Limb incrementLimbs(Limb *a, int64_t count);
/// r = a * factor + carry, n limbs; the carry out.
Limb multiplyByLimb(Limb *r, const Limb *a, int64_t n, Limb factor, Limb carry);
/// r = a / divisor, n limbs (0 < divisor < 10^19); the rest.
Limb divideByLimb(Limb *r, const Limb *a, int64_t n, Limb divisor);
/// r = a * b, na + nb limbs, none of the operands' own; not normalised.
[[nodiscard]] bool multiplyLimbs(Limb *r, const Limb *a, int64_t na, const Limb *b, int64_t nb);
/// q = a / b (na - nb + 1 limbs), rest = a % b (nb limbs), na >= nb; neither normalised; q and rest lie apart
/// from a and b.
[[nodiscard]] bool divideLimbs(Limb *q, Limb *rest, const Limb *a, int64_t na, const Limb *b, int64_t nb);
/// r = a * 10^digits in na + digits / 19 + 1 limbs (or one less where the top one would be zero); the count.
/// From the top down, so r may be a.
int64_t shiftLeft(Limb *r, const Limb *a, int64_t na, int64_t digits);
/// r = a / 10^digits; the count. *tail is the first digit cut off, made 1 or 6 if it is 0 or 5 and others
/// that are not zero follow: enough to round by. r may be a.
int64_t shiftRight(Limb *r, const Limb *a, int64_t na, int64_t digits, int *tail);

// ---- To and from binary ----

/// Sets [out]; false: no memory.
[[nodiscard]] bool toBinary(mpz_ptr out, const Limb *a, int64_t count);
/// |in| as limbs, normalised; the count, or -1: no memory.
int64_t fromBinary(Limbs &out, mpz_srcptr in);

// ---- Text ----

/// The [digits] lowest digits as characters.
void writeDigits(char *out, const Limb *a, int64_t digits);
/// [length] ASCII digits (at least one) to limbsFor(length) limbs, not normalised.
void readDigits(Limb *out, const char *text, int64_t length);

} // namespace krait::decimals

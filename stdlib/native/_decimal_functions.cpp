// _decimal_functions.cpp - see _decimal_number.h: exponential, logarithms, powers.
//
// Values are worked out in binary fixed point (GMP) with a known bound of the error, and with more bits again
// while the digits do not yet say which way to round (Ziv, "Fast evaluation of elementary mathematical
// functions with correctly rounded last bit", 1991). exp and log of a decimal are never exact nor half way
// but in the few cases that are settled beforehand, so that comes to an end.
#include "stdlib/native/_decimal_number.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace krait::decimals {

namespace {

class Integer {
public:
  Integer() { mpz_init(z_); }
  ~Integer() { mpz_clear(z_); }
  Integer(const Integer &) = delete;
  operator mpz_ptr() { return z_; }
  operator mpz_srcptr() const { return z_; }

private:
  mpz_t z_;
};
using Bits = mp_bitcnt_t;
int signOf(mpz_srcptr n) { return mpz_sgn(n); } // GMP's own is a macro that wants a pointer

Bits bitsOf(mpz_srcptr n) { return signOf(n) ? mpz_sizeinbase(n, 2) : 0; }
/// n * 2^bits, rounded down.
void scaleBinary(mpz_ptr r, mpz_srcptr n, int64_t bits) {
  if (bits >= 0)
    mpz_mul_2exp(r, n, static_cast<Bits>(bits));
  else
    mpz_fdiv_q_2exp(r, n, static_cast<Bits>(-bits));
}
Bits bitsForDigits(int64_t digits) {
  return static_cast<Bits>(static_cast<double>(digits) * 3.3219280948873626) + 4;
}
/// Is a calculation with numbers of so many bits to be had? GMP ends the process if it is not.
bool bitsAffordable(Wide bits) { return bits < Wide{1} << 30 || affordable(bits * 4); }

/// p / (q * factor) = sum of 1 / ((2n + 1) * base^(2 (n - from))) for n in [from, to), where factor = base^(2
/// (to - from)) and q is the product of the 2n + 1: split in halves.
void splitInverse(mpz_ptr p, mpz_ptr q, mpz_ptr factor, unsigned long base, unsigned long from,
                  unsigned long to) {
  if (to - from == 1) {
    mpz_set_ui(factor, base * base);
    mpz_set_ui(q, 2 * from + 1);
    mpz_set(p, factor);
    return;
  }
  Integer p2, q2, factor2;
  unsigned long middle = from + (to - from) / 2;
  splitInverse(p, q, factor, base, from, middle);
  splitInverse(p2, q2, factor2, base, middle, to);
  // p/(q f) + p2/(q2 f2 f)
  mpz_mul(p, p, q2);
  mpz_mul(p, p, factor2);
  mpz_mul(p2, p2, q);
  mpz_add(p, p, p2);
  mpz_mul(q, q, q2);
  mpz_mul(factor, factor, factor2);
}
/// r += times * artanh(1 / base) * 2^bits, within one unit per addition.
void addInverse(mpz_ptr r, unsigned long times, unsigned long base, Bits bits) {
  auto terms =
      static_cast<unsigned long>(static_cast<double>(bits) / (2 * std::log2(static_cast<double>(base)))) + 2;
  Integer p, q, factor;
  splitInverse(p, q, factor, base, 0, terms);
  mpz_mul_ui(p, p, times);
  mpz_mul_2exp(p, p, bits);
  mpz_mul(q, q, factor);
  mpz_mul_ui(q, q, base); // artanh(1 / base) is the sum over base
  mpz_tdiv_q(p, p, q);
  mpz_add(r, r, p);
}

/// ln(10) * 2^bits, within two units; kept from one use to the next. Only with the interpreter's lock.
mpz_srcptr lnTen(Integer &scaled, Bits bits) {
  static Integer known;
  static Bits knownBits = 0;
  if (knownBits < bits + 16) {
    Bits wanted = std::max<Bits>(bits + bits / 4, 512) + 24;
    Integer sum;
    addInverse(sum, 46, 31, wanted);
    addInverse(sum, 34, 49, wanted);
    addInverse(sum, 20, 161, wanted);
    mpz_swap(known, sum);
    knownBits = wanted;
  }
  mpz_fdiv_q_2exp(scaled, known, knownBits - bits);
  return scaled;
}

/// a * 2^bits, rounded down; of magnitude only.
bool toFixed(mpz_ptr r, const View &a, Bits bits) {
  if (!toBinary(r, a.limbs, a.count))
    return false;
  Integer power;
  if (a.exponent >= 0) {
    mpz_ui_pow_ui(power, 10, static_cast<unsigned long>(a.exponent));
    mpz_mul(r, r, power);
    mpz_mul_2exp(r, r, bits);
  } else {
    mpz_ui_pow_ui(power, 10, static_cast<unsigned long>(-a.exponent));
    mpz_mul_2exp(r, r, bits);
    mpz_tdiv_q(r, r, power);
  }
  return true;
}

/// r = exp(x / 2^bits) * 2^bits for |x / 2^bits| below 2, with a relative error below 2^-(bits -
/// extraBits(bits)).
int extraBits(Bits bits) {
  return 12 + static_cast<int>(std::sqrt(static_cast<double>(bits))) +
         static_cast<int>(std::log2(static_cast<double>(bits)));
}
void expFixed(mpz_ptr r, mpz_srcptr x, Bits bits) {
  // exp(x) = exp(x / 2^s)^(2^s).
  auto s = static_cast<Bits>(std::sqrt(static_cast<double>(bits)) * 0.7) + 1;
  Integer y, term, sum;
  mpz_fdiv_q_2exp(y, x, s);
  mpz_set_ui(term, 1);
  mpz_mul_2exp(term, term, bits);
  mpz_set(sum, term);
  for (unsigned long n = 1;; ++n) {
    mpz_mul(term, term, y);
    mpz_tdiv_q_2exp(term, term, bits);
    mpz_tdiv_q_ui(term, term, n);
    if (!signOf(term))
      break;
    mpz_add(sum, sum, term);
  }
  for (Bits i = 0; i < s; ++i) {
    mpz_mul(sum, sum, sum);
    mpz_fdiv_q_2exp(sum, sum, bits);
  }
  mpz_swap(r, sum);
}

/// Takes value * 2^-bits * 10^exponent, with an error in the last of its [digits] digits, as result if that
/// is enough to round it to [precision] digits.
bool takeResult(Number &r, mpz_srcptr value, Bits bits, int64_t places, int64_t exponent, int64_t precision,
                uint32_t *status) {
  Integer scaled;
  mpz_ui_pow_ui(scaled, 10, static_cast<unsigned long>(places));
  mpz_mul(scaled, scaled, value);
  mpz_tdiv_q_2exp(scaled, scaled, bits);
  bool negative = signOf(scaled) < 0;
  int64_t count = fromBinary(r.limbs, scaled);
  if (count < 0) {
    r.outOfMemory(status);
    return true;
  }
  r.kind = Kind::Finite;
  r.negative = negative;
  r.exponent = exponent - places;
  r.settle(count);
  // The digits behind the precision, but for the last two, must not be 000, 499, 500 or 999.
  int64_t excess = r.digits - precision;
  if (excess < 4)
    return false;
  unsigned first = digitAt(r.limbs.data(), excess - 1), second = digitAt(r.limbs.data(), excess - 2);
  bool same = second == 0 || second == 9;
  for (int64_t i = excess - 3; same && i >= 2; --i)
    same = digitAt(r.limbs.data(), i) == second;
  bool doubtful = same && (second == 0 ? first == 0 || first == 5 : first == 9 || first == 4);
  if (doubtful)
    return false;
  if (r.limbs[0] % 5 == 0)
    ++r.limbs[0];
  return true;
}

void finishNearest(Number &r, const Settings &s, uint32_t *status) {
  Settings nearest = s;
  nearest.rounding = Rounding::HalfEven;
  finish(r, nearest, status);
}

/// 1 with [zeros] zeros behind the point.
static void paddedOne(Number &r, bool negative, int64_t zeros, uint32_t *status) {
  r.set(negative, 1, 0);
  if (r.raise(zeros, status))
    r.exponent = -zeros;
}

// ---- Logarithms ----

/// ln(1 + z) by 2 artanh(z / (2 + z)); [z] and the result are scaled by 2^bits * 2^up, where |z| < 2^-up / 2.
void lnNearOne(mpz_ptr r, mpz_srcptr z, Bits bits, Bits up) {
  Integer t, square, term, sum;
  // t = z / (2 + z), kept with the scale of z.
  mpz_set_ui(t, 2);
  mpz_mul_2exp(t, t, bits + up);
  mpz_add(t, t, z);
  mpz_mul_2exp(term, z, bits + up);
  mpz_tdiv_q(t, term, t);
  mpz_mul(square, t, t);
  mpz_tdiv_q_2exp(square, square, bits + 2 * up); // scale 2^bits
  mpz_set(term, t);
  mpz_set(sum, t);
  for (unsigned long n = 3; signOf(term); n += 2) {
    mpz_mul(term, term, square);
    mpz_tdiv_q_2exp(term, term, bits);
    mpz_tdiv_q_ui(t, term, n);
    mpz_add(sum, sum, t);
  }
  mpz_mul_2exp(r, sum, 1);
}

/// ln(a) for a positive a that is not 1: r * 2^-*scale, with a relative error below 2^-bits.
bool logarithm(mpz_ptr r, Bits *scale, const View &a, Bits bits) {
  // a = m * 10^k with m in about 0.3 .. 3.
  int64_t k = a.adjusted();
  if (digitAt(a.limbs, a.digits - 1) >= 3)
    ++k;
  View m = a;
  m.exponent -= k;
  Bits work = bits + 40;
  Integer x, one;
  // More digits of m than this do not count, unless it is close to 1.
  if (k == 0) {
    // z = m - 1 exactly, by decimal arithmetic.
    Number z;
    uint32_t status = 0;
    Limb unit = 1;
    subtract(z, m, View{&unit, 1, 1, 0, Kind::Finite, false}, kExactSettings, &status);
    if (status)
      return false;
    if (z.adjusted() < -2) {
      auto up = static_cast<Bits>(static_cast<double>(-z.adjusted() - 1) * 3.3219280948873622) - 2;
      if (!toFixed(x, z, work + up))
        return false;
      if (z.negative)
        mpz_neg(x, x);
      lnNearOne(r, x, work, up);
      *scale = work + up;
      return true;
    }
  }
  if (m.digits > static_cast<int64_t>(work) + 40) {
    // Cut: the value changes by less than 10^-work.
    Number cut;
    uint32_t status = 0;
    if (!cut.copy(m, &status))
      return false;
    int64_t excess = m.digits - static_cast<int64_t>(work) - 40;
    cut.lower(excess);
    cut.exponent += excess;
    if (!toFixed(x, cut, work))
      return false;
  } else if (!toFixed(x, m, work)) {
    return false;
  }
  // y by the machine's logarithm, the rest by ln(m exp(-y)).
  long exponent;
  double mantissa = mpz_get_d_2exp(&exponent, x);
  double guess = std::log(std::ldexp(mantissa, static_cast<int>(exponent - static_cast<long>(work))));
  Integer y, e;
  Bits inner = work + static_cast<Bits>(extraBits(work));
  mpz_set_d(y, std::ldexp(guess, 60));
  scaleBinary(y, y, static_cast<int64_t>(inner) - 60);
  Integer minus;
  mpz_neg(minus, y);
  expFixed(e, minus, inner);
  mpz_mul(e, e, x); // scale inner + work
  scaleBinary(e, e, -static_cast<int64_t>(work));
  mpz_set_ui(one, 1);
  mpz_mul_2exp(one, one, inner);
  mpz_sub(e, e, one);
  // |e| is far below 2^-40: the guess has about 50 bits.
  mpz_mul_2exp(e, e, 40);
  lnNearOne(e, e, inner, 40);
  scaleBinary(e, e, -40);
  mpz_add(r, y, e);
  if (k) {
    Integer ten, product;
    lnTen(ten, inner);
    mpz_mul_si(product, ten, k);
    mpz_add(r, r, product);
  }
  *scale = inner;
  return true;
}

/// Repeats with more digits until the result can be rounded. attempt(digits) gives value, bits, places and
/// exponent for takeResult.
template <typename F> void correctlyRounded(Number &r, const Settings &s, uint32_t *status, F attempt) {
  for (int64_t guard = 7;; guard *= 2) {
    int64_t digits = s.precision + guard;
    if (digits > int64_t{1} << 50 || !bitsAffordable(static_cast<Wide>(digits) * 32)) {
      r.outOfMemory(status);
      return;
    }
    Integer value;
    Bits bits = 0;
    int64_t places = 0, exponent = 0;
    if (!attempt(digits, value, &bits, &places, &exponent)) {
      r.outOfMemory(status);
      return;
    }
    if (takeResult(r, value, bits, places, exponent, s.precision, status))
      break;
  }
  if (r.isFinite())
    finishNearest(r, s, status);
}

/// Digits before the point of value * 2^-bits, or minus the number of zeros behind it, within one.
int64_t magnitude(mpz_srcptr value, Bits bits) {
  return static_cast<int64_t>(
      std::floor((static_cast<double>(bitsOf(value)) - static_cast<double>(bits)) * 0.30102999566398120));
}

} // namespace

void exponential(Number &r, const View &a, const Settings &s, uint32_t *status) {
  if (takeNan(r, a, s, status))
    return;
  if (a.isInfinite()) {
    if (a.negative)
      r.set(false, 0, 0);
    else
      r.setInfinite(false);
    return;
  }
  if (a.isZero())
    return r.set(false, 1, 0);
  if (a.adjusted() >= 19) { // beyond all exponents
    r.set(false, 1, a.negative ? 4 * kMinEmin : 4 * kMaxEmax);
    return finishNearest(r, s, status);
  }
  Limb nine = 9;
  if (compareMagnitudes(a, View{&nine, 1, 1, -(s.precision + 4), Kind::Finite, false}) <=
      0) { // too little to be seen
    *status |= kInexact | kRounded;
    paddedOne(r, false, s.precision - 1, status);
    return finish(r, s, status);
  }
  correctlyRounded(r, s, status,
                   [&](int64_t digits, mpz_ptr value, Bits *bits, int64_t *places, int64_t *exponent) {
                     Bits work = bitsForDigits(digits) + 8,
                          reach = 70; // bits of the number of times ln(10) fits, and some
                     work += static_cast<Bits>(extraBits(work));
                     Integer x, ten, k;
                     Number cut;
                     View given = a;
                     int64_t needed = digits + 25 + std::max<int64_t>(0, a.adjusted());
                     if (a.digits > 4 * needed) {
                       uint32_t met = 0;
                       if (!cut.copy(a, &met))
                         return false;
                       cut.lower(a.digits - 2 * needed);
                       cut.exponent += a.digits - 2 * needed;
                       given = cut.view();
                     }
                     if (!toFixed(x, given, work + reach))
                       return false;
                     if (a.negative)
                       mpz_neg(x, x);
                     lnTen(ten, work + reach);
                     mpz_fdiv_q(k, x, ten);
                     mpz_submul(x, k, ten);
                     // In 0 .. ln(10), which is more than expFixed takes: half of it.
                     mpz_fdiv_q_2exp(x, x, reach + 1);
                     expFixed(value, x, work);
                     mpz_mul(value, value, value);
                     mpz_fdiv_q_2exp(value, value, work);
                     *bits = work;
                     *places = digits;
                     *exponent = mpz_get_si(k);
                     return true;
                   });
}

/// Logarithms of what is no positive finite number; false for those that are.
static bool logarithmOfSpecial(Number &r, const View &a, const Settings &s, uint32_t *status) {
  if (takeNan(r, a, s, status))
    return true;
  if (a.isZero())
    r.setInfinite(true);
  else if (a.negative)
    r.invalid(status);
  else if (a.isInfinite())
    r.setInfinite(false);
  else
    return false;
  return true;
}

void naturalLogarithm(Number &r, const View &a, const Settings &s, uint32_t *status) {
  if (logarithmOfSpecial(r, a, s, status))
    return;
  Limb one = 1;
  if (!compareValues(a, View{&one, 1, 1, 0, Kind::Finite, false}))
    return r.set(false, 0, 0);
  correctlyRounded(r, s, status, [&](int64_t digits, mpz_ptr value, Bits *bits, int64_t *places, int64_t *) {
    if (!logarithm(value, bits, a, bitsForDigits(digits) + 8))
      return false;
    *places = std::max<int64_t>(0, digits - magnitude(value, *bits));
    return true;
  });
}

void commonLogarithm(Number &r, const View &a, const Settings &s, uint32_t *status) {
  if (logarithmOfSpecial(r, a, s, status))
    return;
  if (trailingZeros(a.limbs, a.count) == a.digits - 1 && digitAt(a.limbs, a.digits - 1) == 1) {
    r.setInt(a.adjusted());
    return finishNearest(r, s, status);
  }
  correctlyRounded(r, s, status, [&](int64_t digits, mpz_ptr value, Bits *bits, int64_t *places, int64_t *) {
    Bits wanted = bitsForDigits(digits) + 10;
    if (!logarithm(value, bits, a, wanted))
      return false;
    Integer ten;
    lnTen(ten, wanted + 8);
    mpz_mul_2exp(value, value, wanted + 8);
    mpz_tdiv_q(value, value, ten);
    *places = std::max<int64_t>(0, digits - magnitude(value, *bits));
    return true;
  });
}

// ---- Powers ----

/// |a| compared with 1.
static int compareToOne(View a) {
  Limb one = 1;
  a.negative = false;
  return compareValues(a, View{&one, 1, 1, 0, Kind::Finite, false});
}

/// base^n by squaring, each product rounded.
static void powerOfInteger(Number &r, const View &base, const View &exponent, bool negative,
                           const Settings &s, uint32_t *status) {
  Settings work = s;
  work.precision =
      std::min(kMaxPrecision, s.precision + exponent.digits + exponent.exponent + 2 + exponent.negative);
  work.rounding = Rounding::HalfEven;
  work.clamp = false;
  Number factor;
  uint32_t met = 0;
  View magnitude = base;
  magnitude.negative = false;
  if (exponent.negative) {
    Limb one = 1;
    divide(factor, View{&one, 1, 1, 0, Kind::Finite, false}, magnitude, work, status);
  } else if (factor.copy(magnitude, status)) {
    // As it is.
  }
  if (!factor.isFinite())
    return r.swap(factor);
  // The bits of the exponent, from the highest one.
  Integer large;
  Limb small = 0;
  bool isSmall = exponent.adjusted() < 18;
  if (isSmall) {
    small = exponent.exponent >= 0 ? exponent.limbs[0] * kPowersOfTen[exponent.exponent] : 0;
    Number whole;
    if (exponent.exponent < 0 && truncate(whole, exponent, status))
      small = whole.limbs[0];
  } else if (exponent.exponent > 10'000'000 || !toFixed(large, exponent, 0)) {
    return (void)r.outOfMemory(status);
  }
  Bits bits = isSmall ? 64 - static_cast<Bits>(__builtin_clzll(small | 1)) : bitsOf(large);
  Number spare;
  Number *so = &r, *next = &spare; // the power so far, and where the next one is made
  if (!r.copy(factor, &met))
    return;
  for (Bits i = bits - 1; i-- > 0 && so->isFinite() && !so->isZero();) {
    multiply(*next, *so, *so, work, &met);
    std::swap(so, next);
    if (isSmall ? small >> i & 1 : mpz_tstbit(large, i)) {
      if (!so->isFinite() || so->isZero())
        break;
      multiply(*next, *so, factor, work, &met);
      std::swap(so, next);
    }
  }
  if (so != &r)
    r.swap(spare);
  *status |= met;
  if (r.isFinite() || r.kind == Kind::Infinite)
    r.negative = negative;
}

/// Settles a power that is far out of range. [base] is not 1 nor zero, [exponent] not zero.
static bool powerOutOfRange(Number &r, const View &base, const View &exponent, bool negative,
                            const Settings &s) {
  int order = compareToOne(base);
  bool large = (order > 0) != exponent.negative;
  // |log10(base^exponent)| is at least 10^least.
  int64_t adjusted = base.adjusted(), least;
  int64_t reach = order > 0 ? adjusted : -adjusted - 1; // whole powers of ten
  if (reach > 0) {
    least = exponent.adjusted() + digitsOf(static_cast<Limb>(reach)) - 1;
  } else {
    // 1 + z: log10 is at least z / 10.
    Number z;
    Limb one = 1;
    uint32_t met = 0;
    View magnitude = base;
    magnitude.negative = false;
    subtract(z, magnitude, View{&one, 1, 1, 0, Kind::Finite, false}, kExactSettings, &met);
    if (met & kNoMemory)
      return false;
    least = exponent.adjusted() + z.adjusted() - (adjusted == 0 ? 2 : 1);
  }
  int64_t limit = large ? s.emax : -s.etiny();
  if (least <= digitsOf(static_cast<Limb>(limit)))
    return false;
  r.set(negative, 1, large ? 4 * kMaxEmax : 4 * kMinEmin);
  return true;
}

void power(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status) {
  if (takeNan(r, a, b, s, status))
    return;
  bool integral = b.isInteger(), negative = a.negative && integral && b.isOdd();
  if (a.isZero()) {
    if (b.isZero())
      r.invalid(status);
    else if (b.negative)
      r.setInfinite(negative);
    else
      r.set(negative, 0, 0);
    return;
  }
  if (a.negative && (!integral || b.isInfinite()))
    return r.invalid(status);
  if (b.isInfinite()) {
    int order = compareToOne(a);
    if (!order) {
      *status |= kInexact | kRounded;
      paddedOne(r, negative, s.precision - 1, status);
    } else if ((order > 0) == b.negative) {
      r.set(negative, 0, 0);
    } else {
      r.setInfinite(negative);
    }
    return;
  }
  if (a.isInfinite()) {
    if (b.isZero())
      r.set(negative, 1, 0);
    else if (b.negative)
      r.set(negative, 0, 0);
    else
      r.setInfinite(negative);
    return;
  }
  if (b.isZero())
    return r.set(negative, 1, 0);
  if (!compareToOne(a)) {
    int64_t zeros = s.precision - 1;
    if (!integral) {
      *status |= kInexact | kRounded;
    } else if (b.negative) {
      zeros = 0;
    } else if (a.exponent == 0) {
      zeros = 0;
    } else {
      // -a.exponent * b, as far as it matters.
      Number n;
      uint32_t met = 0;
      bool huge = b.adjusted() >= 18;
      if (!huge && !truncate(n, b, &met))
        return (void)r.outOfMemory(status);
      Wide product = huge ? Wide{1} << 100 : static_cast<Wide>(-a.exponent) * n.limbs[0];
      // As CPython: a number of zeros that the context itself could not hold is too much, too.
      if (product > static_cast<Wide>(zeros) || digitsOf(static_cast<Limb>(product)) > s.emax + 1)
        *status |= kRounded;
      else
        zeros = static_cast<int64_t>(product);
    }
    return paddedOne(r, negative, zeros, status);
  }
  if (powerOutOfRange(r, a, b, negative, s))
    return finish(r, s, status);
  if (integral) {
    powerOfInteger(r, a, b, negative, s, status);
  } else {
    Settings work = kExactSettings;
    work.precision = std::min(kMaxPrecision, std::max(a.digits, s.precision) + 23);
    Number log, product;
    uint32_t met = 0;
    naturalLogarithm(log, a, work, &met);
    multiply(product, log, b, work, &met);
    *status |= met & kNoMemory;
    exponential(r, product, work, status);
    if (*status & kNoMemory)
      return r.setNan();
    *status |= kInexact | kRounded;
    if (r.isFinite() && !compareToOne(r))
      paddedOne(r, false, s.precision - 1, status);
  }
  if (r.kind == Kind::Infinite)
    r.set(negative, 1, 4 * kMaxEmax); // rounding down, it is the largest number
  finish(r, s, status);
}

void powerModulo(Number &r, const View &a, const View &b, const View &modulus, const Settings &s,
                 uint32_t *status) {
  if (a.isNan() || b.isNan() || modulus.isNan()) {
    const View *chosen = nullptr;
    for (Kind kind : {Kind::SignalingNan, Kind::QuietNan})
      for (const View *v : {&a, &b, &modulus})
        if (!chosen && v->kind == kind)
          chosen = v;
    takeNan(r, *chosen, s, status);
    return;
  }
  if (!a.isInteger() || !b.isInteger() || !modulus.isInteger() || modulus.isZero() ||
      modulus.adjusted() >= s.precision || (b.negative && !b.isZero()) || (a.isZero() && b.isZero()))
    return r.invalid(status);
  bool negative = a.negative && b.isOdd();
  Integer base, exponent, m, product;
  auto integer = [](mpz_ptr out, const View &v) {
    Number n;
    uint32_t met = 0;
    return truncate(n, v, &met) && toBinary(out, n.limbs.data(), n.count);
  };
  if (!integer(m, modulus) || !toBinary(base, a.limbs, a.count) || !toBinary(exponent, b.limbs, b.count))
    return (void)r.outOfMemory(status);
  // Powers of ten that exponents stand for are taken modulo too.
  Integer ten, times;
  if (a.exponent > 0) {
    mpz_set_ui(ten, 10);
    mpz_set_ui(times, static_cast<unsigned long>(a.exponent));
    mpz_powm(ten, ten, times, m);
    mpz_mul(base, base, ten);
  } else if (a.exponent < 0 && !a.isZero()) {
    if (!integer(base, a))
      return (void)r.outOfMemory(status);
  }
  mpz_mod(base, base, m);
  if (b.exponent < 0 && !b.isZero()) {
    if (!integer(exponent, b))
      return (void)r.outOfMemory(status);
  }
  mpz_powm(product, base, exponent, m);
  for (int64_t i = 0; i < b.exponent; ++i) {
    mpz_powm_ui(ten, product, 10, m);
    if (!mpz_cmp(ten, product))
      break; // it stays
    mpz_swap(ten, product);
  }
  int64_t count = fromBinary(r.limbs, product);
  if (count < 0)
    return (void)r.outOfMemory(status);
  r.kind = Kind::Finite;
  r.negative = negative;
  r.exponent = 0;
  r.settle(count);
}

} // namespace krait::decimals

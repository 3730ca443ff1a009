// _decimal_compare.cpp - see _decimal_number.h: comparing, classes, neighbours, hashes.
#include "stdlib/native/_decimal_number.h"

#include <algorithm>

namespace krait::decimals {

/// Limb number [index] of the coefficient of [a] times 10^shift.
static Limb limbAt(const View &a, int64_t shift, int64_t index) {
  int64_t words = shift / kLimbDigits, at = index - words;
  auto limb = [&a](int64_t i) { return i >= 0 && i < a.count ? a.limbs[i] : 0; };
  auto within = static_cast<int>(shift % kLimbDigits);
  if (!within)
    return limb(at);
  Limb factor = kPowersOfTen[within], low, high;
  divideByBase(Wide{limb(at)} * factor, &low);
  Limb unused;
  high = divideByBase(Wide{limb(at - 1)} * factor, &unused);
  return low + high;
}

/// Finite numbers that are not zero.
static int compareFinite(const View &a, const View &b) {
  if (a.adjusted() != b.adjusted())
    return a.adjusted() < b.adjusted() ? -1 : 1;
  if (a.exponent == b.exponent)
    return compareLimbs(a.limbs, a.count, b.limbs, b.count);
  int64_t low = std::min(a.exponent, b.exponent), shiftA = a.exponent - low, shiftB = b.exponent - low;
  for (int64_t i = limbsFor(std::max(a.digits + shiftA, b.digits + shiftB)) - 1; i >= 0; --i) {
    Limb x = limbAt(a, shiftA, i), y = limbAt(b, shiftB, i);
    if (x != y)
      return x < y ? -1 : 1;
  }
  return 0;
}

int compareMagnitudes(const View &a, const View &b) {
  if (a.isInfinite() || b.isInfinite())
    return a.isInfinite() - b.isInfinite();
  if (a.isZero() || b.isZero())
    return !a.isZero() - !b.isZero();
  return compareFinite(a, b);
}

int compareValues(const View &a, const View &b) {
  int signA = a.isZero() ? 0 : a.negative ? -1 : 1, signB = b.isZero() ? 0 : b.negative ? -1 : 1;
  if (signA != signB)
    return signA < signB ? -1 : 1;
  return signA ? signA * compareMagnitudes(a, b) : 0;
}

int compareTotalMagnitudes(View a, View b) {
  a.negative = b.negative = false;
  return compareTotals(a, b);
}

int compareTotals(const View &a, const View &b) {
  if (a.negative != b.negative)
    return a.negative ? -1 : 1;
  int order;
  if (a.isNan() || b.isNan()) {
    auto rank = [](const View &v) {
      return v.kind == Kind::QuietNan ? 2 : v.kind == Kind::SignalingNan ? 1 : 0;
    };
    order = rank(a) - rank(b);
    if (!order)
      order = a.count && b.count ? compareLimbs(a.limbs, a.count, b.limbs, b.count)
                                 : (a.count > 0) - (b.count > 0);
  } else {
    order = compareMagnitudes(a, b);
    if (!order && a.exponent != b.exponent)
      order = a.exponent < b.exponent ? -1 : 1;
  }
  order = (order > 0) - (order < 0);
  return a.negative ? -order : order;
}

void compare(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status) {
  if (!takeNan(r, a, b, s, status))
    r.setInt(compareValues(a, b));
}
void compareSignal(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status) {
  if (takeNan(r, a, b, s, status))
    *status |= kInvalidOperation;
  else
    r.setInt(compareValues(a, b));
}
void compareTotal(Number &r, const View &a, const View &b, const Settings &, uint32_t *) {
  r.setInt(compareTotals(a, b));
}
void compareTotalMagnitude(Number &r, const View &a, const View &b, const Settings &, uint32_t *) {
  r.setInt(compareTotalMagnitudes(a, b));
}

/// The operand that [order] chooses; a number is preferred to a quiet NaN.
static void choose(Number &r, const View &a, const View &b, int (*order)(const View &, const View &),
                   bool larger, const Settings &s, uint32_t *status) {
  bool first;
  if (a.kind == Kind::QuietNan && !b.isNan()) {
    first = false;
  } else if (b.kind == Kind::QuietNan && !a.isNan()) {
    first = true;
  } else {
    if (takeNan(r, a, b, s, status))
      return;
    int c = order(a, b);
    if (!c)
      c = compareTotals(a, b);
    first = larger ? c >= 0 : c <= 0;
  }
  if (r.copy(first ? a : b, status))
    finish(r, s, status);
}
void maximum(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status) {
  choose(r, a, b, compareValues, true, s, status);
}
void minimum(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status) {
  choose(r, a, b, compareValues, false, s, status);
}
void maximumMagnitude(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status) {
  choose(r, a, b, compareMagnitudes, true, s, status);
}
void minimumMagnitude(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status) {
  choose(r, a, b, compareMagnitudes, false, s, status);
}

bool sameQuantum(const View &a, const View &b) {
  if (!a.isFinite() || !b.isFinite())
    return (a.isNan() && b.isNan()) || (a.isInfinite() && b.isInfinite());
  return a.exponent == b.exponent;
}

bool isNormal(const View &a, const Settings &s) {
  return a.isFinite() && !a.isZero() && a.adjusted() >= s.emin;
}
bool isSubnormal(const View &a, const Settings &s) {
  return a.isFinite() && !a.isZero() && a.adjusted() < s.emin;
}
const char *numberClass(const View &a, const Settings &s) {
  if (a.isNan())
    return a.kind == Kind::QuietNan ? "NaN" : "sNaN";
  if (a.isInfinite())
    return a.negative ? "-Infinity" : "+Infinity";
  if (a.isZero())
    return a.negative ? "-Zero" : "+Zero";
  if (isNormal(a, s))
    return a.negative ? "-Normal" : "+Normal";
  return a.negative ? "-Subnormal" : "+Subnormal";
}

// ---- Neighbours ----

/// The neighbour towards plus or minus infinity; conditions other than errors are not told.
static void neighbour(Number &r, const View &a, bool up, const Settings &s, uint32_t *status) {
  if (takeNan(r, a, s, status))
    return;
  if (a.isInfinite()) {
    if (a.negative != up) {
      r.setInfinite(a.negative);
      return;
    }
    // The largest number.
    Settings inward = s;
    inward.rounding = Rounding::Down;
    uint32_t met = 0;
    r.set(a.negative, 1, s.emax + 1);
    finishSlow(r, inward, &met);
    *status |= met & kAnyError;
    return;
  }
  Settings outward = s;
  outward.rounding = up ? Rounding::Ceiling : Rounding::Floor;
  uint32_t met = 0;
  if (!r.copy(a, status))
    return;
  finish(r, outward, &met);
  if (!(met & (kInexact | kAnyError))) {
    met = 0;
    Limb one = 1;
    View tiny{&one, 1, 1, s.etiny() - 1, Kind::Finite, !up};
    add(r, a, tiny, outward, &met);
  }
  *status |= met & kAnyError;
}
void nextMinus(Number &r, const View &a, const Settings &s, uint32_t *status) {
  neighbour(r, a, false, s, status);
}
void nextPlus(Number &r, const View &a, const Settings &s, uint32_t *status) {
  neighbour(r, a, true, s, status);
}

void nextToward(Number &r, const View &a, const View &b, const Settings &s, uint32_t *status) {
  if (takeNan(r, a, b, s, status))
    return;
  int order = compareValues(a, b);
  if (!order) {
    if (r.copy(a, status))
      r.negative = b.negative;
    return;
  }
  neighbour(r, a, order < 0, s, status);
  if (r.kind == Kind::Infinite) {
    *status |= kOverflow | kRounded | kInexact;
  } else if (r.isFinite() && r.adjusted() < s.emin) {
    *status |= kUnderflow | kSubnormal | kRounded | kInexact;
    if (r.isZero())
      *status |= kClamped;
  }
}

// ---- Hash ----

int64_t hashOf(const View &a) {
  constexpr uint64_t modulus = (uint64_t{1} << 61) - 1;
  auto times = [](uint64_t x, uint64_t y) {
    Wide p = Wide{x} * y;
    uint64_t sum = (static_cast<uint64_t>(p) & modulus) + static_cast<uint64_t>(p >> 61);
    return sum >= modulus ? sum - modulus : sum;
  };
  auto raised = [&times](uint64_t x, uint64_t n) {
    uint64_t result = 1;
    for (; n; n >>= 1, x = times(x, x))
      if (n & 1)
        result = times(result, x);
    return result;
  };
  if (a.isInfinite())
    return a.negative ? -314159 : 314159;
  uint64_t hash = 0;
  for (int64_t i = a.count - 1; i >= 0; --i) {
    hash = times(hash, kBase % modulus) + a.limbs[i] % modulus;
    if (hash >= modulus)
      hash -= modulus;
  }
  constexpr uint64_t tenth = 2075258708292324556; // 10 * tenth is 1
  static_assert(static_cast<uint64_t>(Wide{10} * tenth % modulus) == 1);
  auto places = static_cast<uint64_t>(a.exponent < 0 ? -a.exponent : a.exponent) % (modulus - 1);
  if (places)
    hash = times(hash, raised(a.exponent < 0 ? tenth : 10, places));
  auto result = static_cast<int64_t>(hash);
  if (a.negative)
    result = -result;
  return result == -1 ? -2 : result;
}

} // namespace krait::decimals

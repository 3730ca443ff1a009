// int.cpp - integer arithmetic: small operands first, then GMP's mpn on limbs that the collector owns.
// The class, its methods and text are in int_type.cpp, int_methods.cpp and int_text.cpp.
#include "runtime/object/int.h"

#include "runtime/object/errors.h"
#include "runtime/object/int_limbs.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace krait {

using Wide = __int128;

// ---- GMP's scratch space: its own functions would abort the process without a word about whose memory it
// was ----

namespace {

void *limbsGot(void *limbs, size_t bytes) {
  if (!limbs) {
    std::fprintf(stderr, "krait: out of memory (%zu bytes requested)\n", bytes);
    std::_Exit(70);
  }
  return limbs;
}
void *limbsNew(size_t bytes) { return limbsGot(std::malloc(bytes), bytes); }
void *limbsResize(void *limbs, size_t, size_t bytes) { return limbsGot(std::realloc(limbs, bytes), bytes); }
void limbsFree(void *limbs, size_t) { std::free(limbs); }
[[maybe_unused]] const bool scratchSet = (mp_set_memory_functions(limbsNew, limbsResize, limbsFree), true);

} // namespace

// ---- Making -------------------------------------------------------------------------------------------

namespace {

/// Large numbers that were given back (discard), for the next ones of about their size: a program whose
/// intermediate results are large otherwise collects all the time. Guarded by the one lock of the runtime;
/// static data, so that the collector sees it.
struct Spare {
  Long *big;
  size_t capacity;
};
constexpr size_t kSpares = 4, kLeastSpare = 512, kMostSpare = size_t{1} << 20;
Spare spares[kSpares];
size_t nextSpare = 0;

Long *takeSpare(size_t bytes) {
  for (Spare &spare : spares)
    if (spare.capacity >= bytes && spare.capacity <= bytes + bytes / 2 + 512) {
      Long *big = spare.big;
      spare = {};
      return big;
    }
  return nullptr;
}

/// [v] is referred to by nobody else.
void discard(Value v) {
  if (v.isInt())
    return;
  auto *big = v.as<Long>();
  size_t bytes = sizeof(Long) + static_cast<size_t>(std::abs(big->size)) * 8;
  if (bytes > kLeastSpare && bytes <= kMostSpare) {
    Spare &spare = spares[nextSpare++ % kSpares];
    std::swap(big, spare.big);
    spare.capacity = krt_gc_capacity(spare.big);
    bytes = kLeastSpare + 1;
  }
  if (big)
    krt_gc_free(big, bytes, true);
}

} // namespace

Long *longNew(int64_t count) {
  size_t bytes = sizeof(Long) + static_cast<size_t>(count) * 8;
  Long *big;
  if (bytes > kLeastSpare && (big = takeSpare(bytes)))
    return big;
  if (bytes < 1u << 20) {
    big = static_cast<Long *>(gcAllocateAtomic(bytes));
  } else {
    big = count > INT64_C(1) << 40 ? nullptr : static_cast<Long *>(krt_gc_try(bytes, true));
    if (!big) {
      krt_raise_memory();
      return nullptr;
    }
  }
  big->shape = &krt_int_shape;
  return big;
}

Value longFinish(Long *big, int64_t count, bool negative) {
  while (count > 0 && big->limbs[count - 1] == 0)
    count--;
  if (count == 0)
    return smallInt(0);
  if (count == 1 && big->limbs[0] <= uint64_t{1} << 62) {
    uint64_t magnitude = big->limbs[0];
    if (magnitude < uint64_t{1} << 62 || negative)
      return smallInt(negative ? -static_cast<int64_t>(magnitude) : static_cast<int64_t>(magnitude));
  }
  big->size = negative ? -count : count;
  return big;
}

Value krt_int_from_limbs(const uint64_t *limbs, size_t count, bool negative) {
  Long *big = TRY(longNew(static_cast<int64_t>(count)));
  std::memcpy(big->limbs, limbs, count * 8);
  return longFinish(big, static_cast<int64_t>(count), negative);
}

static Value fromOneLimb(uint64_t magnitude, bool negative) {
  Long *big = longNew(1);
  big->limbs[0] = magnitude;
  return longFinish(big, 1, negative);
}

Value krt_int_from_i64(int64_t i) {
  if (__builtin_expect(fitsSmallInt(i), 1))
    return smallInt(i);
  return fromOneLimb(i < 0 ? -static_cast<uint64_t>(i) : static_cast<uint64_t>(i), i < 0);
}

Value krt_int_from_u64(uint64_t i) {
  if (__builtin_expect(i <= static_cast<uint64_t>(kSmallIntMax), 1))
    return smallInt(static_cast<int64_t>(i));
  return fromOneLimb(i, false);
}

static Value fromWide(Wide w) {
  bool negative = w < 0;
  auto magnitude = negative ? -static_cast<unsigned __int128>(w) : static_cast<unsigned __int128>(w);
  Long *big = longNew(2);
  big->limbs[0] = static_cast<uint64_t>(magnitude);
  big->limbs[1] = static_cast<uint64_t>(magnitude >> 64);
  return longFinish(big, 2, negative);
}

Value krt_int_from_double(double d) {
  if (__builtin_expect(std::fabs(d) < 0x1p62, 1))
    return smallInt(static_cast<int64_t>(d));
  if (std::isinf(d))
    return krt_raise(kOverflowError, "cannot convert float infinity to integer");
  if (std::isnan(d))
    return krt_raise(kValueError, "cannot convert float NaN to integer");
  int exponent;
  double fraction = std::frexp(std::fabs(d), &exponent); // d = fraction * 2^exponent, exponent >= 63
  auto mantissa = static_cast<uint64_t>(std::ldexp(fraction, 64));
  int64_t count = (exponent + 63) / 64;
  Long *big = TRY(longNew(count));
  std::memset(big->limbs, 0, static_cast<size_t>(count) * 8);
  int top = exponent % 64; // bits of the mantissa in the top limb
  big->limbs[count - 1] = top ? mantissa >> (64 - top) : mantissa;
  if (top && count > 1)
    big->limbs[count - 2] = mantissa << top;
  return longFinish(big, count, d < 0);
}

// ---- Looking at -----------------------------------------------------------------------------------------

bool krt_int_check(Value v) { return v.isInt() || isBool(v) || hasClassFlag(v, kClassIntSub); }

Value krt_int_plain(Value v) {
  if (v.isInt())
    return v;
  if (isBool(v))
    return smallInt(v == kTrue);
  return v.as<Object>()->shape == &krt_int_shape ? v : v.as<IntSub>()->value;
}

bool krt_int_to_i64(Value plain, int64_t *out) {
  if (plain.isInt()) {
    *out = plain.asInt();
    return true;
  }
  auto *big = plain.as<Long>();
  uint64_t limb = big->limbs[0];
  if (big->size == 1 && limb <= uint64_t{INT64_MAX}) {
    *out = static_cast<int64_t>(limb);
    return true;
  }
  if (big->size == -1 && limb <= uint64_t{1} << 63) {
    *out = static_cast<int64_t>(-limb);
    return true;
  }
  return false;
}

bool krt_int_to_u64(Value plain, uint64_t *out) {
  if (plain.isInt()) {
    *out = static_cast<uint64_t>(plain.asInt());
    return plain.asInt() >= 0;
  }
  *out = plain.as<Long>()->limbs[0];
  return plain.as<Long>()->size == 1;
}

int krt_int_sign(Value plain) {
  int64_t i = plain.isInt() ? plain.asInt() : plain.as<Long>()->size;
  return i < 0 ? -1 : i > 0;
}

int krt_int_compare(Value a, Value b) {
  if (bothInts(a, b)) {
    int64_t x = static_cast<int64_t>(a.bits), y = static_cast<int64_t>(b.bits);
    return x < y ? -1 : x > y;
  }
  IntView x(a), y(b);
  if (x.negative != y.negative)
    return x.negative ? -1 : 1;
  int order;
  if (x.count != y.count)
    order = x.count < y.count ? -1 : 1;
  else
    order = mpn_cmp(x.mp(), y.mp(), x.count);
  return x.negative ? -order : order;
}

int64_t krt_int_hash(Value plain) {
  constexpr uint64_t kModulus = (uint64_t{1} << 61) - 1;
  IntView v(plain);
  uint64_t hash = v.count == 0   ? 0
                  : v.count == 1 ? v.limbs[0] % kModulus
                                 : mpn_mod_1(v.mp(), v.count, kModulus);
  int64_t result = v.negative ? -static_cast<int64_t>(hash) : static_cast<int64_t>(hash);
  return result == -1 ? -2 : result;
}

int64_t krt_int_bit_length(Value plain) {
  IntView v(plain);
  return v.count ? v.count * 64 - __builtin_clzll(v.limbs[v.count - 1]) : 0;
}

/// The top [count] limbs of a magnitude as a double, rounded to even; bits below count as sticky.
static double magnitudeToDouble(const uint64_t *limbs, int64_t count) {
  if (count == 0)
    return 0;
  if (count == 1)
    return static_cast<double>(limbs[0]);
  uint64_t high = limbs[count - 1];
  int shift = __builtin_clzll(high);
  uint64_t top = shift ? high << shift | limbs[count - 2] >> (64 - shift) : high;
  bool sticky = shift ? limbs[count - 2] << shift : limbs[count - 2];
  for (int64_t i = 0; i < count - 2 && !sticky; i++)
    sticky = limbs[i] != 0;
  // 64 bits round to 53 correctly when anything below makes the last bit odd.
  return std::ldexp(static_cast<double>(top | sticky), static_cast<int>((count - 1) * 64 - shift));
}

double krt_int_to_double(Value plain) {
  if (plain.isInt())
    return static_cast<double>(plain.asInt());
  IntView v(plain);
  double d = v.count > 16 ? HUGE_VAL : magnitudeToDouble(v.limbs, v.count);
  if (std::isinf(d)) {
    krt_raise(kOverflowError, "int too large to convert to float");
    return -1.0;
  }
  return v.negative ? -d : d;
}

double krt_int_frexp(Value plain, int64_t *exponent) {
  IntView v(plain);
  if (v.count == 0) {
    *exponent = 0;
    return 0;
  }
  int64_t count = std::min<int64_t>(v.count, 3);
  uint64_t top[3];
  std::memcpy(top, v.limbs + v.count - count, static_cast<size_t>(count) * 8);
  for (int64_t i = 0; i < v.count - count; i++)
    if (v.limbs[i]) {
      top[0] |= 1; // sticky
      break;
    }
  int small;
  double d = std::frexp(magnitudeToDouble(top, count), &small);
  *exponent = small + (v.count - count) * 64;
  return v.negative ? -d : d;
}

// ---- Sum and difference -----------------------------------------------------------------------------------

/// a + b, or a - b when [flip]: adds magnitudes of equal sign, else subtracts the smaller from the larger.
static Value addViews(const IntView &a, const IntView &b, bool flip) {
  bool bNegative = b.negative != flip;
  const IntView &x = a.count >= b.count ? a : b, &y = a.count >= b.count ? b : a;
  bool xNegative = &x == &a ? a.negative : bNegative;
  Long *big = TRY(longNew(x.count + 1));
  if (a.negative == bNegative) {
    big->limbs[x.count] = y.count ? mpn_add(asMp(big->limbs), x.mp(), x.count, y.mp(), y.count) : 0;
    if (!y.count)
      std::memcpy(big->limbs, x.limbs, static_cast<size_t>(x.count) * 8);
    return longFinish(big, x.count + 1, xNegative);
  }
  if (!y.count) {
    std::memcpy(big->limbs, x.limbs, static_cast<size_t>(x.count) * 8);
    return longFinish(big, x.count, xNegative);
  }
  if (x.count == y.count && mpn_cmp(x.mp(), y.mp(), x.count) < 0) {
    mpn_sub_n(asMp(big->limbs), y.mp(), x.mp(), x.count);
    return longFinish(big, x.count, !xNegative);
  }
  mpn_sub(asMp(big->limbs), x.mp(), x.count, y.mp(), y.count);
  return longFinish(big, x.count, xNegative);
}

Value krt_int_add(Value a, Value b) {
  if (bothInts(a, b))
    return krt_int_from_i64(a.asInt() + b.asInt());
  return addViews(IntView(a), IntView(b), false);
}

Value krt_int_sub(Value a, Value b) {
  if (bothInts(a, b))
    return krt_int_from_i64(a.asInt() - b.asInt());
  return addViews(IntView(a), IntView(b), true);
}

// ---- Product and power ------------------------------------------------------------------------------------

Value krt_int_mul(Value a, Value b) {
  if (bothInts(a, b)) {
    int64_t product;
    if (!__builtin_mul_overflow(a.asInt(), b.asInt(), &product))
      return krt_int_from_i64(product);
    return fromWide(static_cast<Wide>(a.asInt()) * b.asInt());
  }
  IntView x(a), y(b);
  if (x.count == 0 || y.count == 0)
    return smallInt(0);
  Long *big = TRY(longNew(x.count + y.count));
  if (a == b)
    mpn_sqr(asMp(big->limbs), x.mp(), x.count);
  else if (y.count == 1)
    big->limbs[x.count] = mpn_mul_1(asMp(big->limbs), x.mp(), x.count, y.limbs[0]);
  else if (x.count == 1)
    big->limbs[y.count] = mpn_mul_1(asMp(big->limbs), y.mp(), y.count, x.limbs[0]);
  else if (x.count >= y.count)
    mpn_mul(asMp(big->limbs), x.mp(), x.count, y.mp(), y.count);
  else
    mpn_mul(asMp(big->limbs), y.mp(), y.count, x.mp(), x.count);
  return longFinish(big, x.count + y.count, x.negative != y.negative);
}

Value krt_int_pow(Value a, Value b) {
  if (krt_int_sign(b) < 0) {
    if (krt_int_sign(a) == 0)
      return krt_raise(kZeroDivisionError, "0.0 cannot be raised to a negative power");
    double x = krt_int_to_double(a), y = errorPending() ? 0 : krt_int_to_double(b);
    if (errorPending())
      return {};
    return krt_float_pow(x, y);
  }
  if (a == smallInt(1) || b == smallInt(0))
    return smallInt(1);
  if (a == smallInt(0))
    return a;
  uint64_t exponent;
  bool small = krt_int_to_u64(b, &exponent);
  if (a == smallInt(-1))
    return smallInt(IntView(b).limbs[0] & 1 ? -1 : 1);
  if (!small)
    return krt_raise_memory();
  if (a == smallInt(2))
    return krt_int_lshift(smallInt(1), b);
  Value result = smallInt(1);
  for (int bit = 63 - __builtin_clzll(exponent);; bit--) {
    if (exponent >> bit & 1)
      result = TRY(krt_int_mul(result, a));
    if (bit == 0)
      return result;
    result = TRY(krt_int_mul(result, result));
  }
}

Value krt_int_pow_mod(Value a, Value b, Value mod) {
  if (krt_int_sign(mod) == 0)
    return krt_raise(kValueError, "pow() 3rd argument cannot be 0");
  MpzView base(a), exponent(b), modulus(mod);
  MpzResult result;
  if (krt_int_sign(b) < 0) {
    if (!mpz_invert(result.get(), base.get(), modulus.get()) && mpz_cmpabs_ui(modulus.get(), 1) != 0)
      return krt_raise(kValueError, "base is not invertible for the given modulus");
    MpzResult positive;
    mpz_neg(positive.get(), exponent.get());
    mpz_powm(result.get(), result.get(), positive.get(), modulus.get());
  } else {
    mpz_powm(result.get(), base.get(), exponent.get(), modulus.get());
  }
  if (mpz_sgn(modulus.get()) < 0 && mpz_sgn(result.get()) > 0) // the sign of the modulus
    mpz_add(result.get(), result.get(), modulus.get());
  return result.take();
}

// ---- Division ---------------------------------------------------------------------------------------------

static Value raiseDivision(const char *message) { return krt_raise(kZeroDivisionError, "%s", message); }

/// Floor quotient and remainder (either may be null) of operands that are not both small.
static bool divideViews(Value a, Value b, Value *quotient, Value *remainder) {
  IntView x(a), y(b);
  bool signs = x.negative != y.negative;
  if (x.count < y.count || (x.count == y.count && mpn_cmp(x.mp(), y.mp(), x.count) < 0)) {
    bool adjust = signs && x.count;
    if (quotient)
      *quotient = smallInt(adjust ? -1 : 0);
    if (remainder)
      *remainder = adjust ? krt_int_add(a, b) : a;
    return !remainder || *remainder;
  }
  Long *q = longNew(x.count - y.count + 2);
  Long *r = q ? longNew(y.count) : nullptr;
  if (!r)
    return false;
  if (y.count == 1)
    r->limbs[0] = mpn_divrem_1(asMp(q->limbs), 0, x.mp(), x.count, y.limbs[0]);
  else
    mpn_tdiv_qr(asMp(q->limbs), asMp(r->limbs), 0, x.mp(), x.count, y.mp(), y.count);
  int64_t qCount = x.count - y.count + 1;
  bool exact = mpn_zero_p(asMp(r->limbs), y.count);
  if (signs && !exact) { // floor: one step further from zero, remainder with the sign of the divisor
    q->limbs[qCount] = mpn_add_1(asMp(q->limbs), asMp(q->limbs), qCount, 1);
    qCount++;
    mpn_sub_n(asMp(r->limbs), y.mp(), asMp(r->limbs), y.count);
  }
  if (quotient)
    *quotient = longFinish(q, qCount, signs);
  Value rest = longFinish(r, y.count, y.negative);
  if (remainder)
    *remainder = rest;
  else
    discard(rest);
  return true;
}

bool krt_int_divmod(Value a, Value b, Value *quotient, Value *remainder) {
  if (b == smallInt(0)) {
    raiseDivision("integer division or modulo by zero");
    return false;
  }
  if (!bothInts(a, b))
    return divideViews(a, b, quotient, remainder);
  int64_t x = a.asInt(), y = b.asInt(), q = x / y, r = x % y;
  if (r && (r < 0) != (y < 0)) {
    q--;
    r += y;
  }
  *quotient = krt_int_from_i64(q);
  *remainder = smallInt(r);
  return true;
}

Value krt_int_floordiv(Value a, Value b) {
  if (b == smallInt(0))
    return raiseDivision("integer division or modulo by zero");
  if (bothInts(a, b)) {
    int64_t x = a.asInt(), y = b.asInt(), q = x / y;
    if (q * y != x && (x < 0) != (y < 0))
      q--;
    return krt_int_from_i64(q);
  }
  Value quotient;
  return divideViews(a, b, &quotient, nullptr) ? quotient : Value();
}

Value krt_int_mod(Value a, Value b) {
  if (b == smallInt(0))
    return raiseDivision("integer modulo by zero");
  if (bothInts(a, b)) {
    int64_t x = a.asInt(), y = b.asInt(), r = x % y;
    if (r && (r < 0) != (y < 0))
      r += y;
    return smallInt(r);
  }
  Value remainder;
  return divideViews(a, b, nullptr, &remainder) ? remainder : Value();
}

/// |x| / |y| rounded to nearest even. The quotient is computed to at least 55 bits with a sticky bit for the
/// rest, and rounded once at the position the result's exponent (or the smallest exponent there is) gives.
static double divideRounded(const IntView &x, const IntView &y, bool *overflow) {
  int64_t xBits = x.count * 64 - __builtin_clzll(x.limbs[x.count - 1]);
  int64_t yBits = y.count * 64 - __builtin_clzll(y.limbs[y.count - 1]);
  int64_t difference = xBits - yBits; // quotient in (2^(difference-1), 2^(difference+1))
  *overflow = difference > 1025;
  if (*overflow || difference < -1080)
    return 0;
  // q = floor(x / y * 2^-shift) has 55 or 56 bits, or fewer where the result is subnormal.
  int64_t shift = std::max<int64_t>(difference - 55, -1074 - 2);
  mpz_t zx, zy;
  mpz_roinit_n(zx, x.mp(), x.count);
  mpz_roinit_n(zy, y.mp(), y.count);
  MpzResult scaled, quotient, remainder;
  if (shift <= 0) {
    mpz_mul_2exp(scaled.get(), zx, static_cast<mp_bitcnt_t>(-shift));
    mpz_tdiv_qr(quotient.get(), remainder.get(), scaled.get(), zy);
  } else {
    mpz_mul_2exp(scaled.get(), zy, static_cast<mp_bitcnt_t>(shift));
    mpz_tdiv_qr(quotient.get(), remainder.get(), zx, scaled.get());
  }
  uint64_t q = mpz_get_ui(quotient.get());
  bool sticky = mpz_sgn(remainder.get()) != 0;
  if (q == 0)
    return 0;
  int64_t bits = 64 - __builtin_clzll(q);
  int64_t drop = std::max<int64_t>(bits - 53, -1074 - shift);
  if (drop > 0) {
    uint64_t half = uint64_t{1} << (drop - 1), low = q & (half * 2 - 1);
    q >>= drop;
    if (low > half || (low == half && (sticky || (q & 1))))
      q++;
    shift += drop;
  }
  double result = std::ldexp(static_cast<double>(q), static_cast<int>(shift));
  *overflow = std::isinf(result);
  return result;
}

Value krt_int_truediv(Value a, Value b) {
  if (b == smallInt(0))
    return raiseDivision("division by zero");
  constexpr int64_t kExact = INT64_C(1) << 53;
  if (bothInts(a, b)) {
    int64_t x = a.asInt(), y = b.asInt();
    if (x >= -kExact && x <= kExact && y >= -kExact && y <= kExact)
      return floatBox(static_cast<double>(x) / static_cast<double>(y));
  }
  IntView x(a), y(b);
  if (x.count == 0)
    return y.negative ? kNegZero : kPosZero;
  bool overflow;
  double result = divideRounded(x, y, &overflow);
  if (overflow)
    return krt_raise(kOverflowError, "integer division result too large for a float");
  return floatBox(x.negative != y.negative ? -result : result);
}

// ---- Shifts -----------------------------------------------------------------------------------------

Value krt_int_lshift(Value a, Value b) {
  if (krt_int_sign(b) < 0)
    return krt_raise(kValueError, "negative shift count");
  if (krt_int_sign(a) == 0)
    return smallInt(0);
  if (!b.isInt()) // CPython's limit on the number of digits is 2^61
    return krt_int_bit_length(b) > 66 ? krt_raise(kOverflowError, "too many digits in integer")
                                      : krt_raise_memory();
  int64_t n = b.asInt();
  if (a.isInt() && n < 62) {
    int64_t i = a.asInt();
    if (i << n >> n == i)
      return krt_int_from_i64(i << n);
  }
  IntView x(a);
  int64_t whole = n / 64, count = x.count + whole + 1;
  Long *big = TRY(longNew(count));
  std::memset(big->limbs, 0, static_cast<size_t>(whole) * 8);
  if (n % 64) {
    big->limbs[count - 1] =
        mpn_lshift(asMp(big->limbs) + whole, x.mp(), x.count, static_cast<unsigned>(n % 64));
  } else {
    std::memcpy(big->limbs + whole, x.limbs, static_cast<size_t>(x.count) * 8);
    big->limbs[count - 1] = 0;
  }
  return longFinish(big, count, x.negative);
}

Value krt_int_rshift(Value a, Value b) {
  if (krt_int_sign(b) < 0)
    return krt_raise(kValueError, "negative shift count");
  if (a.isInt())
    return smallInt(a.asInt() >> (b.isInt() && b.asInt() < 63 ? b.asInt() : 63));
  IntView x(a);
  int64_t n = b.isInt() ? b.asInt() : INT64_MAX, whole = n / 64;
  if (whole >= x.count)
    return smallInt(x.negative ? -1 : 0);
  int64_t count = x.count - whole;
  Long *big = TRY(longNew(count + 1));
  bool lost = whole && !mpn_zero_p(x.mp(), whole);
  if (n % 64)
    lost |= mpn_rshift(asMp(big->limbs), x.mp() + whole, count, static_cast<unsigned>(n % 64)) != 0;
  else
    std::memcpy(big->limbs, x.limbs + whole, static_cast<size_t>(count) * 8);
  big->limbs[count] =
      x.negative && lost ? mpn_add_1(asMp(big->limbs), asMp(big->limbs), count, 1) : 0; // floor
  return longFinish(big, count + 1, x.negative);
}

// ---- Operands that nobody else uses -----------------------------------------------------------------

/// Gives back the operands that [mine] names (bit 0: a, bit 1: b), once the result is there.
static Value taking(Value result, Value a, Value b, int32_t mine) {
  if (result) {
    if (mine & 1)
      discard(a);
    if (mine & 2)
      discard(b);
  }
  return result;
}

Value krt_int_add_taking(Value a, Value b, int32_t mine) { return taking(krt_int_add(a, b), a, b, mine); }
Value krt_int_sub_taking(Value a, Value b, int32_t mine) { return taking(krt_int_sub(a, b), a, b, mine); }
Value krt_int_mul_taking(Value a, Value b, int32_t mine) { return taking(krt_int_mul(a, b), a, b, mine); }
Value krt_int_floordiv_taking(Value a, Value b, int32_t mine) {
  return taking(krt_int_floordiv(a, b), a, b, mine);
}
int krt_int_compare_taking(Value a, Value b, int32_t mine) {
  int order = krt_int_compare(a, b);
  taking(kNone, a, b, mine);
  return order;
}

// ---- Bits of the two's complement view --------------------------------------------------------------

namespace {

/// Limbs of a number's infinite two's complement, from the lowest.
class TwosComplement {
public:
  explicit TwosComplement(const IntView &v) : view_(v), carry_(v.negative) {}
  uint64_t next() {
    uint64_t limb = at_ < view_.count ? view_.limbs[at_] : 0;
    at_++;
    if (!view_.negative)
      return limb;
    limb = ~limb + carry_;
    carry_ = carry_ && limb == 0;
    return limb;
  }

private:
  const IntView &view_;
  int64_t at_ = 0;
  uint64_t carry_;
};

template <typename F> Value bitwise(Value a, Value b, F op) {
  IntView x(a), y(b);
  TwosComplement p(x), q(y);
  int64_t count = std::max(x.count, y.count) + 1;
  Long *big = TRY(longNew(count));
  for (int64_t i = 0; i < count; i++)
    big->limbs[i] = op(p.next(), q.next());
  bool negative = big->limbs[count - 1] >> 63;
  if (negative)
    mpn_neg(asMp(big->limbs), asMp(big->limbs), count);
  return longFinish(big, count, negative);
}

} // namespace

Value krt_int_and(Value a, Value b) {
  if (bothInts(a, b))
    return Value(a.bits & b.bits);
  return bitwise(a, b, [](uint64_t x, uint64_t y) { return x & y; });
}
Value krt_int_or(Value a, Value b) {
  if (bothInts(a, b))
    return Value(a.bits | b.bits);
  return bitwise(a, b, [](uint64_t x, uint64_t y) { return x | y; });
}
Value krt_int_xor(Value a, Value b) {
  if (bothInts(a, b))
    return Value((a.bits ^ b.bits) | 1);
  return bitwise(a, b, [](uint64_t x, uint64_t y) { return x ^ y; });
}

Value krt_int_neg(Value a) {
  if (a.isInt())
    return krt_int_from_i64(-a.asInt());
  IntView x(a);
  return krt_int_from_limbs(x.limbs, static_cast<size_t>(x.count), !x.negative);
}

Value krt_int_abs(Value a) { return krt_int_sign(a) < 0 ? krt_int_neg(a) : a; }

Value krt_int_invert(Value a) {
  if (a.isInt())
    return smallInt(~a.asInt());
  return krt_int_sub(smallInt(-1), a);
}

} // namespace krait

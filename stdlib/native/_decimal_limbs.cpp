// _decimal_limbs.cpp - see _decimal_limbs.h.
#include "stdlib/native/_decimal_limbs.h"

#include <algorithm>
#include <unistd.h>
#include <utility>

namespace krait::decimals {

static_assert(GMP_NUMB_BITS == 64 && sizeof(mp_limb_t) == sizeof(Limb));

namespace {

constexpr int64_t kBinaryProduct = 400; // from so many limbs on products are GMP's
constexpr int64_t kRecursiveDivision = 40;
constexpr int64_t kRadixConversion =
    48; // from so many limbs on by GMP's conversion, which is faster than quadratic

mp_limb_t *mp(Limb *a) { return reinterpret_cast<mp_limb_t *>(a); }

/// r += a, both of n limbs; the carry.
Limb addTo(Limb *r, const Limb *a, int64_t n) { return addLimbs(r, r, n, a, n); }
/// r -= a, both of n limbs; the borrow.
Limb subtractFrom(Limb *r, const Limb *a, int64_t n) {
  Limb borrow = 0;
  for (int64_t i = 0; i < n; ++i) {
    Limb t = r[i] - a[i] - borrow;
    borrow = r[i] < a[i] || (r[i] == a[i] && borrow);
    r[i] = borrow ? t + kBase : t;
  }
  return borrow;
}

/// a -= 1 for a number that is not zero.
void decrement(Limb *a) {
  for (; !*a; ++a)
    *a = kBase - 1;
  --*a;
}

// ---- Products ----

/// Column by column: a sum of products has three binary words, cut into limbs once per column.
void multiplySmall(Limb *r, const Limb *a, int64_t na, const Limb *b, int64_t nb) {
  Wide carry = 0;
  for (int64_t k = 0; k < na + nb - 1; ++k) {
    Wide sum = carry;
    Limb top = 0;
    for (int64_t i = std::max<int64_t>(0, k - nb + 1), end = std::min(k, na - 1); i <= end; ++i) {
      Wide product = Wide{a[i]} * b[k - i];
      sum += product;
      top += sum < product;
    }
    Limb rest, high = divideByBase(top, static_cast<Limb>(sum >> 64), &rest);
    Limb low = divideByBase(rest, static_cast<Limb>(sum), &rest);
    r[k] = rest;
    carry = Wide{high} << 64 | low;
  }
  r[na + nb - 1] = static_cast<Limb>(carry);
}

// Kronecker substitution: groups of four limbs are put nine binary words apart, where the sums of their
// products have room.
constexpr int64_t kGroup = 4, kStride = 2 * kGroup + 1;

int64_t groupsOf(int64_t limbs) { return (limbs + kGroup - 1) / kGroup; }
int64_t spreadSize(int64_t limbs) { return (groupsOf(limbs) - 1) * kStride + kGroup; }

void spread(Limb *out, const Limb *a, int64_t count) {
  std::memset(out, 0, static_cast<size_t>(spreadSize(count)) * sizeof(Limb));
  for (int64_t at = 0; at < count; at += kGroup, out += kStride)
    for (int64_t i = std::min(at + kGroup, count) - 1, size = 0; i >= at; --i) {
      Limb carry = a[i];
      for (int64_t k = 0; k < size; ++k) {
        Wide t = Wide{out[k]} * kBase + carry;
        out[k] = static_cast<Limb>(t);
        carry = static_cast<Limb>(t >> 64);
      }
      out[size++] = carry;
    }
}

void gather(Limb *r, int64_t count, const Limb *product, int64_t size) {
  Limb sum[kStride + 1] = {};
  for (int64_t at = 0; at < count; at += kGroup, product += kStride, size -= kStride) {
    Limb carry = 0;
    for (int64_t k = 0; k < kStride; ++k) {
      Wide t = Wide{sum[k]} + carry + (k < size ? product[k] : 0);
      sum[k] = static_cast<Limb>(t);
      carry = static_cast<Limb>(t >> 64);
    }
    sum[kStride] = carry;
    int64_t top = kStride;
    for (int64_t i = at; i < std::min(at + kGroup, count); ++i) {
      while (top > 0 && !sum[top])
        --top;
      Limb rest = 0;
      for (int64_t k = top; k >= 0; --k)
        sum[k] = divideByBase(rest, sum[k], &rest);
      r[i] = rest;
    }
  }
}

bool multiplyLarge(Limb *r, const Limb *a, int64_t na, const Limb *b, int64_t nb) {
  int64_t sa = spreadSize(na), sb = spreadSize(nb);
  bool square = a == b && na == nb;
  Limbs work;
  if (!work.reserve(square ? 3 * sa : 2 * (sa + sb)))
    return false;
  Limb *xa = work.data(), *xb = xa + sa, *product = square ? xb : xb + sb;
  spread(xa, a, na);
  if (square) {
    mpn_sqr(mp(product), mp(xa), sa);
  } else {
    spread(xb, b, nb);
    mpn_mul(mp(product), mp(xa), sa, mp(xb), sb);
  }
  gather(r, na + nb, product, sa + sb);
  return true;
}

// ---- Quotients ----

/// q = a / b, a is left the rest: Knuth's algorithm D. [b] has nb >= 2 limbs, the top one at least 10^19 / 2;
/// [a] has na > nb limbs and is below b * 10^(19 (na - nb)).
void divideSmall(Limb *q, Limb *a, int64_t na, const Limb *b, int64_t nb) {
  Limb b1 = b[nb - 1], b2 = b[nb - 2];
  for (int64_t j = na - nb - 1; j >= 0; --j) {
    Limb *u = a + j;
    Limb guess;
    Wide rest;
    Wide top = Wide{u[nb]} * kBase + u[nb - 1];
    if (u[nb] >= b1) {
      guess = kBase - 1;
      rest = top - Wide{guess} * b1;
    } else {
#if defined(__x86_64__)
      Limb remainder;
      __asm__("divq %4"
              : "=a"(guess), "=d"(remainder)
              : "0"(static_cast<Limb>(top)), "1"(static_cast<Limb>(top >> 64)), "r"(b1)
              : "cc");
      rest = remainder;
#else
      guess = static_cast<Limb>(top / b1);
      rest = top % b1;
#endif
    }
    while (rest < kBase && Wide{guess} * b2 > rest * kBase + u[nb - 2]) {
      --guess;
      rest += b1;
    }
    Limb carry = 0, borrow = 0;
    for (int64_t i = 0; i < nb; ++i) {
      // The carry is added late, so that divisions do not wait for each other; low is up to 10^19 then.
      Limb low, high = divideByBase(Wide{guess} * b[i], &low);
      bool over = low >= kBase - carry;
      low = (over ? low - (kBase - carry) : low + carry) + borrow;
      carry = high + over;
      borrow = u[i] < low;
      u[i] = borrow ? u[i] + (kBase - low) : u[i] - low;
    }
    bool negative = u[nb] < carry + borrow;
    u[nb] -= carry + borrow; // 0 or, if negative, -1, which adding back makes 0
    if (negative) {
      --guess;
      u[nb] += addTo(u, b, nb);
    }
    q[j] = guess;
  }
}

// Recursive division (Burnikel and Ziegler, 1998). The rest takes the place of the dividend.

bool divideTwoByOne(Limb *q, Limb *a, const Limb *b, int64_t n, Limb *work);

/// q (n limbs) = a (3n) / b (2n), a < b * 10^(19n); the rest in a's lower 2n limbs, the others become zero.
bool divideThreeByTwo(Limb *q, Limb *a, const Limb *b, int64_t n, Limb *work) {
  Limb *a1 = a + 2 * n;
  const Limb *b1 = b + n;
  Limb over = 0; // what the rest has above its 2n limbs
  if (compareLimbs(a1, normalized(a1, n), b1, normalized(b1, n)) < 0) {
    if (!divideTwoByOne(q, a + n, b1, n, work))
      return false;
  } else {
    // The upper thirds are equal: q = 10^(19n) - 1 leaves their difference, which is zero, and b1.
    std::fill(q, q + n, kBase - 1);
    std::memset(a1, 0, static_cast<size_t>(n) * sizeof(Limb));
    over = addTo(a + n, b1, n);
  }
  if (!multiplyLimbs(work, q, n, b, n))
    return false;
  for (Limb borrow = subtractFrom(a, work, 2 * n); borrow > over; borrow -= addTo(a, b, 2 * n))
    decrement(q);
  return true;
}

/// q (n limbs) = a (2n) / b (n), a < b * 10^(19n); the rest in a's lower half, the upper half becomes zero.
/// [work]: 2n limbs.
bool divideTwoByOne(Limb *q, Limb *a, const Limb *b, int64_t n, Limb *work) {
  if (n % 2 || n < kRecursiveDivision) {
    divideSmall(q, a, 2 * n, b, n);
    return true;
  }
  int64_t half = n / 2;
  return divideThreeByTwo(q + half, a + half, b, half, work) && divideThreeByTwo(q, a, b, half, work);
}

} // namespace

const Limb kPowersOfTen[kLimbDigits + 1] = {1u,
                                            10u,
                                            100u,
                                            1000u,
                                            10000u,
                                            100000u,
                                            1000000u,
                                            10000000u,
                                            100000000u,
                                            1000000000u,
                                            10000000000u,
                                            100000000000u,
                                            1000000000000u,
                                            10000000000000u,
                                            100000000000000u,
                                            1000000000000000u,
                                            10000000000000000u,
                                            100000000000000000u,
                                            1000000000000000000u,
                                            10000000000000000000u};

void Limbs::swap(Limbs &other) {
  Limb *heap = data_ == local_ ? nullptr : data_,
       *otherHeap = other.data_ == other.local_ ? nullptr : other.data_;
  std::swap_ranges(local_, local_ + kLocal, other.local_);
  data_ = otherHeap ? otherHeap : local_;
  other.data_ = heap ? heap : other.local_;
  std::swap(capacity_, other.capacity_);
}

bool affordable(Wide bytes) {
  static const Wide memory =
      static_cast<Wide>(sysconf(_SC_PHYS_PAGES)) * static_cast<Wide>(sysconf(_SC_PAGESIZE));
  return bytes < memory;
}

bool Limbs::grow(int64_t count) {
  Wide bytes = static_cast<Wide>(count) * sizeof(Limb);
  if (count > 1 << 20 && !affordable(bytes))
    return false;
  auto size = static_cast<size_t>(bytes);
  auto *grown = static_cast<Limb *>(data_ == local_ ? std::malloc(size) : std::realloc(data_, size));
  if (!grown)
    return false;
  if (data_ == local_)
    std::memcpy(grown, local_, sizeof local_);
  data_ = grown;
  capacity_ = count;
  return true;
}

bool allZero(const Limb *a, int64_t count) {
  return std::all_of(a, a + count, [](Limb limb) { return limb == 0; });
}

int64_t trailingZeros(const Limb *a, int64_t count) {
  int64_t zeros = 0;
  while (!*a && count-- > 1)
    zeros += kLimbDigits, ++a;
  for (Limb limb = *a; limb && limb % 10 == 0; limb /= 10)
    ++zeros;
  return zeros;
}

int compareLimbs(const Limb *a, int64_t na, const Limb *b, int64_t nb) {
  if (na != nb)
    return na < nb ? -1 : 1;
  for (int64_t i = na - 1; i >= 0; --i)
    if (a[i] != b[i])
      return a[i] < b[i] ? -1 : 1;
  return 0;
}

Limb addLimbs(Limb *r, const Limb *a, int64_t na, const Limb *b, int64_t nb) {
  Limb carry = 0;
  for (int64_t i = 0; i < na; ++i) {
    // Written so that no sum exceeds 64 bits: 2 * 10^19 would.
    Limb limb = i < nb ? b[i] + carry : carry, room = kBase - a[i];
    carry = limb >= room;
    r[i] = carry ? limb - room : a[i] + limb;
  }
  return carry;
}

void subtractLimbs(Limb *r, const Limb *a, int64_t na, const Limb *b, int64_t nb) {
  Limb borrow = 0;
  for (int64_t i = 0; i < na; ++i) {
    Limb limb = i < nb ? b[i] + borrow : borrow;
    borrow = a[i] < limb;
    r[i] = borrow ? a[i] + (kBase - limb) : a[i] - limb;
  }
}

Limb incrementLimbs(Limb *a, int64_t count) {
  for (int64_t i = 0; i < count; ++i) {
    if (a[i] != kBase - 1) {
      ++a[i];
      return 0;
    }
    a[i] = 0;
  }
  return 1;
}

Limb multiplyByLimb(Limb *r, const Limb *a, int64_t n, Limb factor, Limb carry) {
  for (int64_t i = 0; i < n; ++i) {
    Limb low, high = divideByBase(Wide{a[i]} * factor, &low);
    bool over = low >= kBase - carry;
    r[i] = over ? low - (kBase - carry) : low + carry;
    carry = high + over;
  }
  return carry;
}

Limb divideByLimb(Limb *r, const Limb *a, int64_t n, Limb divisor) {
  Limb rest = 0;
  for (int64_t i = n - 1; i >= 0; --i) {
    if (!rest) {
      r[i] = a[i] / divisor;
      rest = a[i] % divisor;
      continue;
    }
    Wide top = Wide{rest} * kBase + a[i];
#if defined(__x86_64__)
    Limb quotient;
    __asm__("divq %4"
            : "=a"(quotient), "=d"(rest)
            : "0"(static_cast<Limb>(top)), "1"(static_cast<Limb>(top >> 64)), "r"(divisor)
            : "cc");
    r[i] = quotient;
#else
    r[i] = static_cast<Limb>(top / divisor);
    rest = static_cast<Limb>(top % divisor);
#endif
  }
  return rest;
}

bool multiplyLimbs(Limb *r, const Limb *a, int64_t na, const Limb *b, int64_t nb) {
  if (na < nb) {
    std::swap(a, b);
    std::swap(na, nb);
  }
  if (nb == 1) {
    r[na] = multiplyByLimb(r, a, na, b[0], 0);
    return true;
  }
  if (nb < kBinaryProduct) {
    multiplySmall(r, a, na, b, nb);
    return true;
  }
  return multiplyLarge(r, a, na, b, nb);
}

bool divideLimbs(Limb *q, Limb *rest, const Limb *a, int64_t na, const Limb *b, int64_t nb) {
  if (nb == 1) {
    rest[0] = divideByLimb(q, a, na, b[0]);
    return true;
  }
  int64_t nq = na - nb + 1;
  Limb factor = kBase / (b[nb - 1] + 1);
  if (nb < kRecursiveDivision || nq < kRecursiveDivision) {
    Limbs scaled;
    if (!scaled.reserve(na + 1 + nb))
      return false;
    Limb *u = scaled.data(), *v = u + na + 1;
    u[na] = multiplyByLimb(u, a, na, factor, 0);
    multiplyByLimb(v, b, nb, factor, 0);
    divideSmall(q, u, na + 1, v, nb);
    divideByLimb(rest, u, nb, factor);
    return true;
  }
  // The divisor is padded to a length n that halves evenly; the quotient comes in pieces of n limbs, but for
  // the first.
  int levels = 0;
  while ((nb >> levels) >= kRecursiveDivision)
    ++levels;
  int64_t n = (((nb - 1) >> levels) + 1) << levels, pad = n - nb, first = nq % n;
  bool shortFirst = first < kRecursiveDivision; // not worth a whole piece
  int64_t pieces = nq / n + !shortFirst, size = std::max(pieces * n + n, na + 1 + pad);
  Limbs space;
  if (!space.reserve(size + n + pieces * n + 2 * n))
    return false;
  Limb *u = space.data(), *v = u + size, *quotient = v + n, *work = quotient + pieces * n;
  std::memset(u, 0, static_cast<size_t>(size + n) * sizeof(Limb));
  u[pad + na] = multiplyByLimb(u + pad, a, na, factor, 0);
  multiplyByLimb(v + pad, b, nb, factor, 0);
  if (shortFirst && first)
    divideSmall(q + nq - first, u + nq - first, n + first, v, n);
  for (int64_t i = pieces - 1; i >= 0; --i)
    if (!divideTwoByOne(quotient + i * n, u + i * n, v, n, work))
      return false;
  std::memcpy(q, quotient, static_cast<size_t>(shortFirst ? nq - first : nq) * sizeof(Limb));
  divideByLimb(rest, u + pad, nb, factor);
  return true;
}

int64_t shiftLeft(Limb *r, const Limb *a, int64_t na, int64_t digits) {
  if (isZero(a, na)) {
    r[0] = 0;
    return 1;
  }
  int64_t words = digits / kLimbDigits;
  if (int within = static_cast<int>(digits % kLimbDigits)) {
    Limb above = 0;
    for (int64_t i = na - 1; i >= 0; --i) {
      Limb low, high = divideByBase(Wide{a[i]} * kPowersOfTen[within], &low);
      if (i < na - 1 || high)
        r[i + words + 1] = above + high;
      if (i == na - 1)
        na += high != 0;
      above = low;
    }
    r[words] = above;
  } else {
    std::memmove(r + words, a, static_cast<size_t>(na) * sizeof(Limb));
  }
  std::fill(r, r + words, 0);
  return na + words;
}

int64_t shiftRight(Limb *r, const Limb *a, int64_t na, int64_t digits, int *tail) {
  int64_t words = digits / kLimbDigits;
  int within = static_cast<int>(digits % kLimbDigits);
  *tail = 0;
  if (!digits) {
    std::memmove(r, a, static_cast<size_t>(na) * sizeof(Limb));
    return na;
  }
  if (words > na || (words == na && within)) {
    *tail = !isZero(a, na);
    r[0] = 0;
    return 1;
  }
  Limb cut;
  bool below;
  int64_t count = na - words;
  if (within) {
    Limb factor = kPowersOfTen[kLimbDigits - within];
    Limb high = divideByBase(Wide{a[words]} * factor, &cut);
    below = !allZero(a, words);
    for (int64_t i = words + 1; i < na; ++i) {
      Limb low, next = divideByBase(Wide{a[i]} * factor, &low);
      r[i - words - 1] = high + low;
      high = next;
    }
    r[count - 1] = high;
  } else {
    cut = a[words - 1];
    below = !allZero(a, words - 1);
    if (count)
      std::memmove(r, a + words, static_cast<size_t>(count) * sizeof(Limb));
    else
      r[count++] = 0;
  }
  *tail = static_cast<int>(cut / kPowersOfTen[kLimbDigits - 1]);
  if (*tail % 5 == 0 && (below || cut % kPowersOfTen[kLimbDigits - 1]))
    ++*tail;
  return normalized(r, count);
}

bool toBinary(mpz_ptr out, const Limb *a, int64_t count) {
  if (count > 1 << 20 && !affordable(static_cast<Wide>(count) * (kLimbDigits + 3 * sizeof(Limb))))
    return false;
  mp_limb_t *limbs = mpz_limbs_write(out, count + 1);
  if (count < kRadixConversion) {
    int64_t size = 0;
    for (int64_t i = count - 1; i >= 0; --i) {
      Limb carry = a[i];
      for (int64_t k = 0; k < size; ++k) {
        Wide t = Wide{limbs[k]} * kBase + carry;
        limbs[k] = static_cast<Limb>(t);
        carry = static_cast<Limb>(t >> 64);
      }
      if (carry)
        limbs[size++] = carry;
    }
    mpz_limbs_finish(out, size);
    return true;
  }
  int64_t digits = digitsOf(a, count);
  auto *text = static_cast<char *>(std::malloc(static_cast<size_t>(digits)));
  if (!text)
    return false;
  writeDigits(text, a, digits);
  for (int64_t i = 0; i < digits; ++i)
    text[i] -= '0';
  mp_size_t size =
      mpn_set_str(limbs, reinterpret_cast<unsigned char *>(text), static_cast<size_t>(digits), 10);
  std::free(text);
  mpz_limbs_finish(out, size);
  return true;
}

int64_t fromBinary(Limbs &out, mpz_srcptr in) {
  auto size = static_cast<int64_t>(mpz_size(in));
  if (!size) {
    out[0] = 0;
    return 1;
  }
  if (size < kRadixConversion) {
    mp_limb_t work[kRadixConversion];
    std::memcpy(work, mpz_limbs_read(in), static_cast<size_t>(size) * sizeof(Limb));
    if (!out.reserve(size + size / 32 + 1))
      return -1;
    int64_t count = 0;
    while (size) {
      Limb rest = 0;
      for (int64_t k = size - 1; k >= 0; --k)
        work[k] = divideByBase(rest, work[k], &rest);
      out[count++] = rest;
      while (size && !work[size - 1])
        --size;
    }
    return count;
  }
  auto room = static_cast<int64_t>(mpz_sizeinbase(in, 10)) + 2;
  if (size > 1 << 20 && !affordable(static_cast<Wide>(room) + static_cast<Wide>(size) * 3 * sizeof(Limb)))
    return -1;
  auto *text = static_cast<char *>(std::malloc(static_cast<size_t>(room)));
  auto *copy = static_cast<mp_limb_t *>(std::malloc(static_cast<size_t>(size + 1) * sizeof(Limb)));
  int64_t count = -1;
  if (text && copy) {
    std::memcpy(copy, mpz_limbs_read(in), static_cast<size_t>(size) * sizeof(Limb));
    auto length = static_cast<int64_t>(mpn_get_str(reinterpret_cast<unsigned char *>(text), 10, copy, size));
    for (int64_t i = 0; i < length; ++i)
      text[i] += '0';
    count = limbsFor(length);
    if (out.reserve(count)) {
      readDigits(out.data(), text, length);
      count = normalized(out.data(), count);
    } else {
      count = -1;
    }
  }
  std::free(text);
  std::free(copy);
  return count;
}

void writeDigits(char *out, const Limb *a, int64_t digits) {
  char *at = out + digits;
  while (at > out) {
    Limb limb = *a++;
    char text[20];
    for (int i = 18; i > 0; i -= 2, limb /= 100) {
      auto two = static_cast<unsigned>(limb % 100);
      text[i - 1] = static_cast<char>('0' + two / 10);
      text[i] = static_cast<char>('0' + two % 10);
    }
    text[0] = static_cast<char>('0' + limb);
    auto part = std::min<int64_t>(kLimbDigits, at - out);
    at -= part;
    std::memcpy(at, text + kLimbDigits - part, static_cast<size_t>(part));
  }
}

void readDigits(Limb *out, const char *text, int64_t length) {
  while (length > 0) {
    auto part = std::min<int64_t>(kLimbDigits, length);
    length -= part;
    Limb limb = 0;
    for (int64_t i = 0; i < part; ++i)
      limb = limb * 10 + static_cast<Limb>(text[length + i] - '0');
    *out++ = limb;
  }
}

} // namespace krait::decimals

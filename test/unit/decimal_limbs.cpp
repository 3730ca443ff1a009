// Arithmetic on decimal limbs against GMP's on binary ones: sizes around the changes of algorithm, limbs of
// nines and zeros among them.
#include "stdlib/native/_decimal_limbs.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

using namespace krait::decimals;

namespace {

std::mt19937_64 randomBits(20261121);

using Number = std::vector<Limb>;

Number randomNumber(int64_t count) {
  Number n(static_cast<size_t>(count));
  auto style = randomBits() % 4;
  for (auto &limb : n)
    limb = style == 0 ? kBase - 1 : style == 1 ? (randomBits() % 3 ? 0 : kBase - 1) : randomBits() % kBase;
  if (style == 3)
    n[0] = 0;
  if (!n.back())
    n.back() = 1 + randomBits() % (kBase - 1);
  return n;
}
int64_t size(const Number &n) { return static_cast<int64_t>(n.size()); }

std::string digitText(const Number &n) {
  int64_t count = normalized(n.data(), size(n)), digits = digitsOf(n.data(), count);
  std::string s(static_cast<size_t>(digits), ' ');
  writeDigits(s.data(), n.data(), digits);
  return s;
}

struct Binary {
  mpz_t z;
  Binary() { mpz_init(z); }
  explicit Binary(const Number &n) { mpz_init_set_str(z, digitText(n).c_str(), 10); }
  ~Binary() { mpz_clear(z); }
  Binary(const Binary &) = delete;
  std::string text() const {
    std::string s(mpz_sizeinbase(z, 10) + 2, 0);
    mpz_get_str(s.data(), 10, z);
    return s.c_str();
  }
};

const int64_t kSizes[] = {1, 2, 3, 5, 8, 47, 48, 79, 80, 81, 39, 40, 41, 159, 333, 399, 400, 403, 641, 1300};

TEST(DecimalLimbs, Products) {
  for (int64_t na : kSizes)
    for (int64_t nb : kSizes) {
      Number a = randomNumber(na), b = randomNumber(nb), r(a.size() + b.size());
      ASSERT_TRUE(multiplyLimbs(r.data(), a.data(), na, b.data(), nb));
      Binary x(a), y(b);
      mpz_mul(x.z, x.z, y.z);
      ASSERT_EQ(digitText(r), x.text()) << na << " " << nb;
    }
  for (int64_t n : kSizes) {
    Number a = randomNumber(n), r(2 * a.size());
    ASSERT_TRUE(multiplyLimbs(r.data(), a.data(), n, a.data(), n));
    Binary x(a);
    mpz_mul(x.z, x.z, x.z);
    ASSERT_EQ(digitText(r), x.text());
  }
}

TEST(DecimalLimbs, Quotients) {
  for (int repeat = 0; repeat < 3; ++repeat)
    for (int64_t nq : kSizes)
      for (int64_t nb : kSizes) {
        Number b = randomNumber(nb), a = randomNumber(nq + nb - 1);
        if (repeat % 2 == 0) { // dividends close to a multiple
          Number q = randomNumber(nq);
          a.resize(static_cast<size_t>(nq + nb));
          ASSERT_TRUE(multiplyLimbs(a.data(), q.data(), nq, b.data(), nb));
          if (repeat && a[0])
            --a[0];
          a.resize(static_cast<size_t>(normalized(a.data(), size(a))));
        }
        int64_t na = size(a);
        if (compareLimbs(a.data(), na, b.data(), nb) < 0)
          continue;
        Number q(static_cast<size_t>(na - nb + 1)), rest(b.size());
        ASSERT_TRUE(divideLimbs(q.data(), rest.data(), a.data(), na, b.data(), nb));
        Binary x(a), y(b), p, r;
        mpz_tdiv_qr(p.z, r.z, x.z, y.z);
        ASSERT_EQ(digitText(q), p.text()) << nq << " " << nb;
        ASSERT_EQ(digitText(rest), r.text()) << nq << " " << nb;
      }
}

TEST(DecimalLimbs, SumsAndDifferences) {
  for (int64_t na : kSizes)
    for (int64_t nb : kSizes) {
      if (na < nb)
        continue;
      Number a = randomNumber(na), b = randomNumber(nb), r(a.size() + 1);
      r.back() = addLimbs(r.data(), a.data(), na, b.data(), nb);
      Binary x(a), y(b), sum, difference;
      mpz_add(sum.z, x.z, y.z);
      ASSERT_EQ(digitText(r), sum.text());
      if (compareLimbs(a.data(), na, b.data(), nb) < 0)
        continue;
      r.pop_back();
      subtractLimbs(r.data(), a.data(), na, b.data(), nb);
      mpz_sub(difference.z, x.z, y.z);
      ASSERT_EQ(digitText(r), difference.text());
    }
}

TEST(DecimalLimbs, Shifts) {
  for (int64_t n : {1, 2, 3, 7})
    for (int64_t digits = 0; digits < 160; ++digits) {
      Number a = randomNumber(n), r(a);
      r.resize(static_cast<size_t>(n + digits / kLimbDigits + 1));
      int64_t count = shiftLeft(r.data(), r.data(), n, digits);
      r.resize(static_cast<size_t>(count));
      std::string whole = digitText(a);
      ASSERT_EQ(digitText(r), whole + std::string(static_cast<size_t>(digits), '0'));
      ASSERT_NE(r.back(), 0u);
      ASSERT_EQ(trailingZeros(r.data(), count), digits + trailingZeros(a.data(), n));

      int tail;
      r = a;
      count = shiftRight(r.data(), r.data(), n, digits, &tail);
      r.resize(static_cast<size_t>(count));
      auto cut = static_cast<size_t>(digits), length = whole.size();
      std::string padded = std::string(cut + 1, '0') + whole;
      ASSERT_EQ(digitText(r), cut < length ? whole.substr(0, length - cut) : "0");
      int expected = cut ? padded[padded.size() - cut] - '0' : 0;
      bool more = cut && padded.find_first_not_of('0', padded.size() - cut + 1) != std::string::npos;
      ASSERT_EQ(tail, expected + (expected % 5 == 0 && more)) << whole << " " << digits;
    }
}

TEST(DecimalLimbs, Binary) {
  for (int64_t n : kSizes) {
    Number a = randomNumber(n);
    Binary x;
    ASSERT_TRUE(toBinary(x.z, a.data(), n));
    ASSERT_EQ(x.text(), digitText(a));
    Limbs back;
    ASSERT_EQ(fromBinary(back, x.z), n);
    ASSERT_EQ(compareLimbs(back.data(), n, a.data(), n), 0);
    std::string digits = digitText(a);
    Number read(a.size());
    readDigits(read.data(), digits.data(), static_cast<int64_t>(digits.size()));
    ASSERT_EQ(read, a);
  }
}

TEST(DecimalLimbs, Digits) {
  for (int digits = 1; digits <= kLimbDigits; ++digits) {
    ASSERT_EQ(digitsOf(kPowersOfTen[digits - 1]), digits);
    ASSERT_EQ(digitsOf(kPowersOfTen[digits] - 1), digits);
  }
  ASSERT_EQ(digitsOf(0), 1);
}

} // namespace

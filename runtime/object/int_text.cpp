// int_text.cpp - integers to text and back. GMP's conversions are subquadratic; the limit of
// sys.set_int_max_str_digits applies to bases that are not powers of two.
#include "runtime/object/errors.h"
#include "runtime/object/int_limbs.h"
#include "runtime/object/str.h"

#include <charconv>

namespace krait {

constinit int64_t krt_int_max_str_digits = 4300;

Str *krt_int_to_str(Value plain, int base) {
  if (plain.isInt()) {
    char text[80];
    auto end = std::to_chars(text, text + sizeof text, plain.asInt(), base);
    return krt_str_from_latin1(reinterpret_cast<uint8_t *>(text), static_cast<size_t>(end.ptr - text));
  }
  IntView v(plain);
  bool limited = (base & (base - 1)) != 0 && krt_int_max_str_digits > 0;
  // mpn_sizeinbase is at most one too large; a number with far too many digits is refused before the work.
  size_t size = mpn_sizeinbase(v.mp(), v.count, base);
  auto tooLong = [&] {
    krt_raise(kValueError,
              "Exceeds the limit (%lld digits) for integer string conversion; use sys.set_int_max_str_digits() to "
              "increase the limit",
              static_cast<long long>(krt_int_max_str_digits));
    return nullptr;
  };
  if (limited && size > static_cast<size_t>(krt_int_max_str_digits) + 1)
    return tooLong();
  Str *text = krt_str_new_raw(size + v.negative, 1, true);
  Long *copy = text ? longNew(v.count + 1) : nullptr; // mpn_get_str destroys its operand
  if (!copy)
    return nullptr;
  std::memcpy(copy->limbs, v.limbs, static_cast<size_t>(v.count) * 8);
  uint8_t *digits = text->inline1 + v.negative;
  size_t length = mpn_get_str(digits, base, asMp(copy->limbs), v.count);
  size_t skip = 0;
  while (skip + 1 < length && digits[skip] == 0)
    skip++;
  length -= skip;
  if (limited && length > static_cast<size_t>(krt_int_max_str_digits))
    return tooLong();
  if (v.negative)
    text->inline1[0] = '-';
  for (size_t i = 0; i < length; i++)
    digits[i] = static_cast<uint8_t>("0123456789abcdefghijklmnopqrstuvwxyz"[digits[i + skip]]);
  length += v.negative;
  text->inline1[length] = 0;
  text->lengthAndFlags = length << kStrFlagBits | kStrAscii | 1;
  return text;
}

static int digitValue(char c) {
  if (c >= '0' && c <= '9')
    return c - '0';
  if (c >= 'a' && c <= 'z')
    return c - 'a' + 10;
  if (c >= 'A' && c <= 'Z')
    return c - 'A' + 10;
  return 99;
}
static bool isAsciiSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/// Digit values of the literal's digits in [digits]; 0 if malformed (never valid: there is at least one digit).
static size_t scanDigits(std::string_view text, int base, uint8_t *digits) {
  size_t count = 0;
  bool lastUnderscore = true; // none in front
  for (char c : text) {
    if (c == '_') {
      if (lastUnderscore)
        return 0;
      lastUnderscore = true;
      continue;
    }
    int value = digitValue(c);
    if (value >= base)
      return 0;
    digits[count++] = static_cast<uint8_t>(value);
    lastUnderscore = false;
  }
  return lastUnderscore ? 0 : count;
}

static Value fromDigits(const uint8_t *digits, size_t count, int base, bool negative) {
  while (count > 1 && *digits == 0) {
    digits++;
    count--;
  }
  if (count <= 11) { // 36^11 fits 63 bits
    int64_t value = 0;
    for (size_t i = 0; i < count; i++)
      value = value * base + digits[i];
    return smallInt(negative ? -value : value);
  }
  // 36 < 2^5.17, so 6 bits a digit are always enough.
  Long *big = TRY(longNew(static_cast<int64_t>(count * 6 / 64 + 2)));
  auto limbs = mpn_set_str(asMp(big->limbs), digits, count, base);
  return longFinish(big, limbs, negative);
}

Value intParse(std::string_view text, int base, Value original) {
  int shownBase = base;
  auto bad = [&] { return krt_raise(kValueError, "invalid literal for int() with base %d: %.200R", shownBase, original); };
  while (!text.empty() && isAsciiSpace(text.front()))
    text.remove_prefix(1);
  while (!text.empty() && isAsciiSpace(text.back()))
    text.remove_suffix(1);
  bool negative = false;
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) {
    negative = text[0] == '-';
    text.remove_prefix(1);
  }
  char mark = text.size() > 1 && text[0] == '0' ? static_cast<char>(text[1] | 0x20) : '\0';
  int marked = mark == 'x' ? 16 : mark == 'o' ? 8 : mark == 'b' ? 2 : 0;
  bool zeroOnly = false; // base 0 without prefix: a leading zero is only good for zero
  if (base == 0) {
    base = marked ? marked : 10;
    zeroOnly = !marked && text.size() > 1 && text[0] == '0';
  } else if (marked != base) {
    marked = 0;
  }
  if (marked) {
    text.remove_prefix(2);
    if (!text.empty() && text[0] == '_')
      text.remove_prefix(1);
  }
  if (text.empty())
    return bad();
  uint8_t local[128];
  uint8_t *digits = text.size() <= sizeof local ? local : static_cast<uint8_t *>(gcAllocateAtomic(text.size()));
  size_t count = scanDigits(text, base, digits);
  if (count == 0)
    return bad();
  if ((base & (base - 1)) != 0 && krt_int_max_str_digits > 0 && count > static_cast<size_t>(krt_int_max_str_digits))
    return krt_raise(kValueError,
                     "Exceeds the limit (%lld digits) for integer string conversion: value has %zu digits; use "
                     "sys.set_int_max_str_digits() to increase the limit",
                     static_cast<long long>(krt_int_max_str_digits), count);
  Value result = fromDigits(digits, count, base, negative);
  if (zeroOnly && result && result != smallInt(0))
    return bad();
  return result;
}

} // namespace krait

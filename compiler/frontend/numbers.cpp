// Number literals to constants.
#include "compiler/frontend/parser.h"

#include <charconv>
#include <cmath>

namespace krait {

using namespace ast;

// value = value * factor + addend, in limbs
static void multiplyAdd(std::vector<uint64_t> &value, uint64_t factor, uint64_t addend) {
  unsigned __int128 carry = addend;
  for (uint64_t &limb : value) {
    carry += static_cast<unsigned __int128>(limb) * factor;
    limb = uint64_t(carry);
    carry >>= 64;
  }
  if (carry)
    value.push_back(uint64_t(carry));
}

// Digits of a power-of-two base, most significant first.
static std::vector<uint64_t> packBits(std::string_view digits, int bitsPerDigit) {
  std::vector<uint64_t> limbs;
  size_t bit = 0;
  for (size_t i = digits.size(); i-- > 0; bit += size_t(bitsPerDigit)) {
    char c = digits[i];
    uint64_t digit = uint64_t(c <= '9' ? c - '0' : (c | 32) - 'a' + 10);
    size_t limb = bit / 64, shift = bit % 64;
    if (limb >= limbs.size())
      limbs.push_back(0);
    limbs[limb] |= digit << shift;
    if (shift + size_t(bitsPerDigit) > 64 && digit >> (64 - shift))
      limbs.push_back(digit >> (64 - shift));
  }
  while (!limbs.empty() && !limbs.back())
    limbs.pop_back();
  return limbs;
}

static std::vector<uint64_t> packDecimal(std::string_view digits) {
  std::vector<uint64_t> limbs;
  for (size_t i = 0; i < digits.size();) {
    uint64_t chunk = 0, factor = 1;
    for (int n = 0; n < 19 && i < digits.size(); n++, i++) {
      chunk = chunk * 10 + uint64_t(digits[i] - '0');
      factor *= 10;
    }
    if (limbs.empty() && !chunk)
      continue;
    if (limbs.empty())
      limbs.push_back(chunk);
    else
      multiplyAdd(limbs, factor, chunk);
  }
  return limbs;
}

static double toDouble(std::string_view text) {
  double value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc::result_out_of_range)
    return value;
  // Too large or too small: the decimal exponent of the first non-zero digit tells which.
  long point = -1, firstDigit = -1, index = 0;
  size_t i = 0;
  for (; i < text.size() && (text[i] | 32) != 'e'; i++) {
    if (text[i] == '.') {
      point = index;
      continue;
    }
    if (firstDigit < 0 && text[i] != '0')
      firstDigit = index;
    index++;
  }
  double exponent = 0;
  if (i < text.size()) {
    bool negative = text[i + 1] == '-';
    for (size_t j = i + 1; j < text.size(); j++)
      if (text[j] >= '0' && text[j] <= '9')
        exponent = exponent * 10 + (text[j] - '0');
    exponent = negative ? -exponent : exponent;
  }
  exponent += double((point < 0 ? index : point) - firstDigit);
  return exponent > 0 ? HUGE_VAL : 0.0;
}

Expr *Parser::number(const Token &token) {
  std::string digits;
  for (char c : token.text())
    if (c != '_')
      digits += c;
  auto *node = context_.make<ConstantExpr>(where(token));
  if (digits.size() != token.text().size() && !since(6, "Underscores in numeric literals are"))
    return nullptr;
  std::string_view text = digits;
  const char last = text.back() | 32;
  const char radix = text.size() > 1 && text[0] == '0' ? text[1] | 32 : 0;
  if (radix != 'x' && last == 'j') {
    node->value = context_.makeConstant(ConstantKind::Complex);
    node->value->imag = toDouble(text.substr(0, text.size() - 1));
    return node;
  }
  if (radix != 'x' && text.find_first_of(".eE") != text.npos) {
    node->value = context_.makeConstant(ConstantKind::Float);
    node->value->real = toDouble(text);
    return node;
  }
  const int bits = radix == 'x' ? 4 : radix == 'o' ? 3 : radix == 'b' ? 1 : 0;
  if (!bits && text.size() <= 18) {
    int64_t value = 0;
    for (char c : text)
      value = value * 10 + (c - '0');
    node->value = context_.makeInt(value);
    return node;
  }
  // Leading zeros do not count against the limit of digits; sources have none anyway.
  if (!bits && flags_.maxIntDigits && text.size() > size_t(flags_.maxIntDigits)) {
    raise(
        ParseErrorType::SyntaxError, token.line, 0, token.endLine, 0,
        "Exceeds the limit (" + std::to_string(flags_.maxIntDigits) +
            " digits) for integer string conversion: value has " + std::to_string(text.size()) +
            " digits; use sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge "
            "integer literals to avoid decimal conversion limits.");
    return nullptr;
  }
  std::vector<uint64_t> limbs = bits ? packBits(text.substr(2), bits) : packDecimal(text);
  node->value = context_.makeConstant(ConstantKind::Int);
  Seq<uint64_t> stored = context_.makeSeq(limbs);
  node->value->limbs = stored.items;
  node->value->limbCount = stored.count;
  return node;
}

} // namespace krait

// _decimal_text.cpp - see _decimal_number.h: numbers from and to ASCII text.
#include "stdlib/native/_decimal_number.h"

#include <algorithm>
#include <new>

namespace krait::decimals {

namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// Takes [word] (lower case letters) off the text, whatever its case.
bool takeWord(const char *&at, const char *end, const char *word) {
  const char *p = at;
  for (; *word; ++word, ++p)
    if (p == end || (*p | 0x20) != *word)
      return false;
  at = p;
  return true;
}

/// Digits of [at, end) but for [point], if that is not null, as coefficient without leading zeros.
bool readCoefficient(Number &r, const char *at, const char *end, const char *point, uint32_t *status) {
  while (at < end && (*at == '0' || at == point))
    ++at;
  int64_t length = end - at, before = point && point >= at ? point - at : length;
  int64_t digits = before < length ? length - 1 : length;
  if (!digits) {
    r.set(r.negative, 0, 0);
    return true;
  }
  int64_t count = limbsFor(digits);
  if (!r.limbs.reserve(count))
    return r.outOfMemory(status);
  if (before == length) {
    readDigits(r.limbs.data(), at, length);
  } else if (digits < 64) {
    char plain[64];
    std::memcpy(plain, at, static_cast<size_t>(before));
    std::memcpy(plain + before, point + 1, static_cast<size_t>(digits - before));
    readDigits(r.limbs.data(), plain, digits);
  } else {
    auto *plain = static_cast<char *>(std::malloc(static_cast<size_t>(digits)));
    if (!plain)
      return r.outOfMemory(status);
    std::memcpy(plain, at, static_cast<size_t>(before));
    std::memcpy(plain + before, point + 1, static_cast<size_t>(digits - before));
    readDigits(r.limbs.data(), plain, digits);
    std::free(plain);
  }
  r.kind = Kind::Finite;
  r.exponent = 0;
  r.settle(count);
  return true;
}

bool parseSpecial(Number &r, const char *at, const char *end, uint32_t *status) {
  bool negative = r.negative;
  if (takeWord(at, end, "inf")) {
    takeWord(at, end, "inity");
    r.setInfinite(negative);
    return at == end;
  }
  Kind kind = Kind::QuietNan;
  if (at < end && (*at | 0x20) == 's') {
    kind = Kind::SignalingNan;
    ++at;
  }
  if (!takeWord(at, end, "nan") || !std::all_of(at, end, isDigit))
    return false;
  if (!readCoefficient(r, at, end, nullptr, status))
    return true;
  if (r.isZero())
    r.count = r.digits = 0;
  r.kind = kind;
  r.exponent = 0;
  r.negative = negative;
  return true;
}

} // namespace

bool parse(Number &r, const char *text, size_t size, uint32_t *status) {
  const char *at = text, *end = text + size;
  r.negative = at < end && *at == '-';
  if (at < end && (*at == '-' || *at == '+'))
    ++at;
  if (at < end && !isDigit(*at) && *at != '.')
    return parseSpecial(r, at, end, status);
  const char *first = at, *point = nullptr;
  for (; at < end && (isDigit(*at) || (*at == '.' && !point)); ++at)
    if (*at == '.')
      point = at;
  const char *last = at;
  if (last - first == (point ? 1 : 0))
    return false;
  int64_t exponent = 0;
  if (at < end) {
    if ((*at | 0x20) != 'e')
      return false;
    ++at;
    bool below = at < end && *at == '-';
    if (at < end && (*at == '-' || *at == '+'))
      ++at;
    if (at == end || !std::all_of(at, end, isDigit))
      return false;
    // Larger ones are as far out of range.
    constexpr int64_t most = 4 * kMaxEmax;
    for (; at < end; ++at)
      exponent = std::min(most, exponent > most / 10 ? most : exponent * 10 + (*at - '0'));
    if (below)
      exponent = -exponent;
  }
  if (!readCoefficient(r, first, last, point, status))
    return true;
  r.exponent = exponent - (point ? last - point - 1 : 0);
  return true;
}

bool toText(std::string &out, const View &a, bool capitals, bool engineering) {
  out.clear();
  if (a.negative)
    out += '-';
  if (!a.isFinite()) {
    out += a.isInfinite() ? "Infinity" : a.kind == Kind::QuietNan ? "NaN" : "sNaN";
    if (a.digits) {
      size_t at = out.size();
      out.resize(at + static_cast<size_t>(a.digits));
      writeDigits(out.data() + at, a.limbs, a.digits);
    }
    return true;
  }
  // Digits before the point; what is then left of the exponent is written.
  int64_t leading = a.exponent + a.digits, rest = 0;
  if (a.exponent > 0 || leading <= -6) {
    if (!engineering) {
      leading = 1;
    } else {
      int64_t adjusted = a.adjusted();
      if (a.isZero()) {
        // The exponent becomes a multiple of three by zeros behind the point.
        int64_t up = ((a.exponent % 3) + 3) % 3;
        leading = up == 0 ? 1 : up == 1 ? -1 : 0;
      } else {
        leading = ((adjusted % 3) + 3) % 3 + 1;
      }
    }
    rest = a.exponent + a.digits - leading;
  }
  int64_t zeros = std::max<int64_t>(0, leading <= 0 ? -leading : leading - a.digits);
  if (static_cast<Wide>(a.digits) + static_cast<Wide>(zeros) > 1 << 26 &&
      !affordable(static_cast<Wide>(a.digits) + static_cast<Wide>(zeros)))
    return false;
  size_t at = out.size();
  if (leading <= 0) {
    out.append("0.").append(static_cast<size_t>(-leading), '0');
    at = out.size();
    out.resize(at + static_cast<size_t>(a.digits));
    writeDigits(out.data() + at, a.limbs, a.digits);
  } else if (leading >= a.digits) {
    out.resize(at + static_cast<size_t>(a.digits));
    writeDigits(out.data() + at, a.limbs, a.digits);
    out.append(static_cast<size_t>(leading - a.digits), '0');
  } else {
    out.resize(at + static_cast<size_t>(a.digits) + 1);
    writeDigits(out.data() + at + 1, a.limbs, a.digits);
    std::memmove(out.data() + at, out.data() + at + 1, static_cast<size_t>(leading));
    out[at + static_cast<size_t>(leading)] = '.';
  }
  if (rest) {
    out += capitals ? 'E' : 'e';
    if (rest > 0)
      out += '+';
    out += std::to_string(rest);
  }
  return true;
}

} // namespace krait::decimals

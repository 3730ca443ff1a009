// float_text.cpp - doubles to text and back. Digits come from std::to_chars; their layout is Python's.
#include "runtime/object/float.h"
#include "runtime/object/str.h"

#include <charconv>
#include <cmath>

namespace krait {

/// Significant digits and the decimal exponent of the first one.
struct Decimal {
  std::string digits;
  int exponent;
};

/// [precision] digits after the first; -1 asks for the shortest that reads back.
static Decimal decimalOf(double magnitude, int precision) {
  char local[64];
  std::string large;
  char *out = local;
  size_t room = sizeof local;
  if (precision > 40) {
    large.resize(static_cast<size_t>(precision) + 16);
    out = large.data();
    room = large.size();
  }
  auto end = precision < 0 ? std::to_chars(out, out + room, magnitude, std::chars_format::scientific)
                           : std::to_chars(out, out + room, magnitude, std::chars_format::scientific, precision);
  std::string_view text(out, static_cast<size_t>(end.ptr - out));
  size_t e = text.rfind('e');
  Decimal result;
  result.digits = text.substr(0, 1);
  if (e > 2)
    result.digits += text.substr(2, e - 2);
  int exponent = 0;
  const char *digits = text.data() + e + 2;
  std::from_chars(digits, text.data() + text.size(), exponent);
  result.exponent = text[e + 1] == '-' ? -exponent : exponent;
  return result;
}

static void appendExponent(std::string &out, int exponent) {
  out += exponent < 0 ? "e-" : "e+";
  exponent = std::abs(exponent);
  if (exponent < 10)
    out += '0';
  out += std::to_string(exponent);
}

/// digits with the point behind the first [point] of them, zeros added where needed.
static std::string positional(const std::string &digits, int point) {
  auto count = static_cast<int>(digits.size());
  if (point <= 0)
    return "0." + std::string(static_cast<size_t>(-point), '0') + digits;
  if (point >= count)
    return digits + std::string(static_cast<size_t>(point - count), '0');
  return digits.substr(0, static_cast<size_t>(point)) + "." + digits.substr(static_cast<size_t>(point));
}

static std::string fixedText(double magnitude, int precision) {
  char local[400];
  if (precision < 60) {
    auto end = std::to_chars(local, local + sizeof local, magnitude, std::chars_format::fixed, precision);
    return {local, end.ptr};
  }
  std::string out(static_cast<size_t>(precision) + 320, '\0');
  auto end = std::to_chars(out.data(), out.data() + out.size(), magnitude, std::chars_format::fixed, precision);
  out.resize(static_cast<size_t>(end.ptr - out.data()));
  return out;
}

static std::string exponentText(const Decimal &d) {
  std::string out = d.digits.substr(0, 1);
  if (d.digits.size() > 1)
    out += "." + d.digits.substr(1);
  return out;
}

static void stripZeros(std::string &digits) {
  while (digits.size() > 1 && digits.back() == '0')
    digits.pop_back();
}

std::string doubleToText(double d, char format, int precision, bool alternate, bool addDotZero) {
  if (std::isnan(d))
    return "nan";
  if (std::isinf(d))
    return d < 0 ? "-inf" : "inf";
  std::string out = std::signbit(d) ? "-" : "";
  double magnitude = std::fabs(d);
  auto needPoint = [&](std::string &text) {
    if (alternate && text.find('.') == std::string::npos)
      text += '.';
  };
  if (format == 'e') {
    Decimal digits = decimalOf(magnitude, precision);
    std::string text = exponentText(digits);
    needPoint(text);
    appendExponent(text, digits.exponent);
    return out + text;
  }
  if (format == 'f') {
    std::string text = fixedText(magnitude, precision);
    needPoint(text);
    return out + text;
  }
  // 'r' and 'g': an exponent for the small and the large, positions in between.
  if (format == 'g' && precision == 0)
    precision = 1;
  Decimal digits = decimalOf(magnitude, format == 'r' ? -1 : precision - 1);
  int limit = format == 'r' ? 16 : precision;
  if (!(format == 'g' && alternate))
    stripZeros(digits.digits);
  // With `addDotZero` (str-like 'g' without a type) the exponent form begins one earlier.
  bool exponent = digits.exponent < -4 || digits.exponent >= limit;
  if (format == 'g' && addDotZero && digits.exponent == limit - 1 && precision > 0)
    exponent = true;
  std::string text = exponent ? exponentText(digits) : positional(digits.digits, digits.exponent + 1);
  if (addDotZero && !exponent && text.find('.') == std::string::npos)
    text += ".0";
  needPoint(text);
  if (exponent)
    appendExponent(text, digits.exponent);
  return out + text;
}

/// Lays out the shortest digits in a buffer of its own: repr is the hot one.
Str *krt_float_repr(double d) {
  if (!std::isfinite(d))
    return strFrom(std::isnan(d) ? "nan" : d < 0 ? "-inf" : "inf");
  char text[48], *out = text;
  if (std::signbit(d))
    *out++ = '-';
  char raw[32];
  auto rawEnd = std::to_chars(raw, raw + sizeof raw, std::fabs(d), std::chars_format::scientific).ptr;
  char digits[20];
  int count = 0, exponent = 0;
  const char *p = raw;
  for (; *p != 'e'; p++)
    if (*p != '.')
      digits[count++] = *p;
  bool negative = p[1] == '-';
  std::from_chars(p + 2, rawEnd, exponent);
  if (negative)
    exponent = -exponent;
  if (exponent >= -4 && exponent < 16) {
    int point = exponent + 1;
    if (point <= 0) {
      *out++ = '0';
      *out++ = '.';
      for (int i = point; i < 0; i++)
        *out++ = '0';
      for (int i = 0; i < count; i++)
        *out++ = digits[i];
    } else {
      for (int i = 0; i < point; i++)
        *out++ = i < count ? digits[i] : '0';
      *out++ = '.';
      for (int i = point; i < count; i++)
        *out++ = digits[i];
      if (count <= point)
        *out++ = '0';
    }
  } else {
    *out++ = digits[0];
    if (count > 1) {
      *out++ = '.';
      for (int i = 1; i < count; i++)
        *out++ = digits[i];
    }
    *out++ = 'e';
    *out++ = negative ? '-' : '+';
    if (std::abs(exponent) < 10)
      *out++ = '0';
    out = std::to_chars(out, text + sizeof text, std::abs(exponent)).ptr;
  }
  return krt_str_from_latin1(reinterpret_cast<uint8_t *>(text), static_cast<size_t>(out - text));
}

static bool equalsIgnoringCase(std::string_view text, std::string_view lower) {
  if (text.size() != lower.size())
    return false;
  for (size_t i = 0; i < text.size(); i++)
    if ((text[i] | 0x20) != lower[i])
      return false;
  return true;
}

bool doubleFromText(std::string_view text, double *out) {
  bool negative = false;
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) {
    negative = text[0] == '-';
    text.remove_prefix(1);
  }
  if (equalsIgnoringCase(text, "inf") || equalsIgnoringCase(text, "infinity")) {
    *out = negative ? -HUGE_VAL : HUGE_VAL;
    return true;
  }
  if (equalsIgnoringCase(text, "nan")) {
    *out = std::copysign(std::nan(""), negative ? -1.0 : 1.0);
    return true;
  }
  if (text.empty() || !((text[0] >= '0' && text[0] <= '9') || text[0] == '.'))
    return false;
  double value;
  const char *end = text.data() + text.size();
  auto result = std::from_chars(text.data(), end, value);
  if (result.ptr != end || result.ec == std::errc::invalid_argument)
    return false;
  if (result.ec == std::errc::result_out_of_range) {
    // Too large or too small: the sign of the decimal exponent of the first digit that is not 0 tells.
    int64_t exponent = 0;
    size_t e = text.find_first_of("eE");
    std::string_view digits = text.substr(0, e);
    if (e != std::string_view::npos) {
      const char *from = text.data() + e + 1 + (text[e + 1] == '+');
      if (std::from_chars(from, end, exponent).ec == std::errc::result_out_of_range)
        exponent = text[e + 1] == '-' ? INT64_MIN / 2 : INT64_MAX / 2;
    }
    size_t point = digits.find('.'), first = digits.find_first_of("123456789");
    if (point == std::string_view::npos)
      point = digits.size();
    exponent += first < point ? static_cast<int64_t>(point - first) : -static_cast<int64_t>(first - point);
    value = exponent > 0 ? HUGE_VAL : 0.0;
  }
  *out = negative ? -value : value;
  return true;
}

} // namespace krait

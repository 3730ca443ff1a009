// format_quick.cpp - see format_quick.h. Everything is written into one array on the stack; what does not fit, or is not
// simple, is left to format_spec.cpp and format_percent.cpp, which also word the errors.
#include "runtime/object/format_quick.h"

#include "runtime/object/containers.h"
#include "runtime/object/str.h"

#include <cmath>

namespace krait {

namespace {

constexpr int kMostDigits = 15; // of precision; 10^15 < 2^53
constexpr int64_t kMostWidth = 64;

struct Quick {
  uint8_t fill = ' ';
  char align = 0; // '<' '>' '^' '=' or 0
  int64_t width = 0, precision = -1;
  char type = 0;
};

/// [[fill]align][0][width][.precision][type]; false: anything else.
bool parse(const uint8_t *text, int64_t length, Quick *out) {
  auto isAlign = [](uint8_t c) { return c == '<' || c == '>' || c == '^' || c == '='; };
  auto isDigit = [](uint8_t c) { return c - '0' < 10u; };
  int64_t at = 0;
  if (length >= 2 && isAlign(text[1])) {
    out->fill = text[0];
    out->align = static_cast<char>(text[1]);
    at = 2;
  } else if (length >= 1 && isAlign(text[0])) {
    out->align = static_cast<char>(text[0]);
    at = 1;
  }
  if (at < length && text[at] == '0') {
    if (out->align)
      return false;
    out->fill = '0';
    out->align = '=';
    ++at;
  }
  for (; at < length && isDigit(text[at]); ++at)
    if ((out->width = out->width * 10 + (text[at] - '0')) > kMostWidth)
      return false;
  if (at < length && text[at] == '.') {
    if (++at == length || !isDigit(text[at]))
      return false;
    for (out->precision = 0; at < length && isDigit(text[at]); ++at)
      if ((out->precision = out->precision * 10 + (text[at] - '0')) > kMostDigits)
        return false;
  }
  if (at < length)
    out->type = static_cast<char>(text[at++]);
  return at == length;
}

/// Digits of [value] in front of [end]; where they begin.
uint8_t *digitsOf(uint64_t value, unsigned base, uint8_t *end) {
  if (base == 16) {
    do
      *--end = static_cast<uint8_t>("0123456789abcdef"[value & 15]);
    while (value >>= 4);
    return end;
  }
  do
    *--end = static_cast<uint8_t>('0' + value % 10);
  while (value /= 10);
  return end;
}

/// [d] >= 0 with [precision] decimals in front of [end], correctly rounded (ties to even); null: too large for this.
///
/// With t = d * 10^p rounded and r its exact error, d * 10^p = t + r. Below 2^52 the fraction of t is exact, and only where it
/// is one half does r decide.
uint8_t *fixedDigits(double d, int64_t precision, uint8_t *end) {
  static constexpr double kTens[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  double scale = kTens[precision], t = d * scale;
  if (!(t < 4503599627370496.0))
    return nullptr;
  double r = std::fma(d, scale, -t), whole = std::floor(t), fraction = t - whole;
  auto n = static_cast<uint64_t>(whole);
  if (fraction > 0.5 || (fraction == 0.5 && (r > 0 || (r == 0 && (n & 1)))))
    ++n;
  if (precision == 0)
    return digitsOf(n, 10, end);
  for (int64_t i = 0; i < precision; ++i, n /= 10)
    *--end = static_cast<uint8_t>('0' + n % 10);
  *--end = '.';
  return digitsOf(n, 10, end);
}

/// Lays [size] characters behind an optional minus sign out at [to]; the end.
uint8_t *layOut(const Quick &spec, char align, bool negative, const uint8_t *text, int64_t size, uint8_t *to) {
  int64_t pad = spec.width - size - negative;
  if (pad < 0)
    pad = 0;
  int64_t before = align == '>' ? pad : align == '^' ? pad / 2 : 0, inside = align == '=' ? pad : 0;
  std::memset(to, spec.fill, static_cast<size_t>(before));
  to += before;
  if (negative)
    *to++ = '-';
  std::memset(to, spec.fill, static_cast<size_t>(inside));
  to += inside;
  std::memcpy(to, text, static_cast<size_t>(size));
  to += size;
  std::memset(to, spec.fill, static_cast<size_t>(pad - before - inside));
  return to + (pad - before - inside);
}

/// A number or a string of at most [room] bytes at [to]; null: not quick. Nothing longer than kMostWidth + 40 comes of numbers.
uint8_t *putInt(const Quick &spec, int64_t value, uint8_t *to) {
  uint8_t digits[24], *end = digits + sizeof digits;
  uint64_t magnitude = value < 0 ? -static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
  uint8_t *start = digitsOf(magnitude, spec.type == 'x' ? 16 : 10, end);
  return layOut(spec, spec.align ? spec.align : '>', value < 0, start, end - start, to);
}

Str *finished(const uint8_t *text, const uint8_t *end) { return krt_str_from_latin1(text, static_cast<size_t>(end - text)); }

} // namespace

Str *formatQuick(Value value, Str *specText) {
  Quick spec;
  if (!specText->isAscii() || !parse(specText->data1(), specText->length(), &spec))
    return nullptr;
  uint8_t out[kMostWidth * 2 + 64];
  if (value.isInt()) {
    if (spec.precision >= 0 || (spec.type && spec.type != 'd' && spec.type != 'x'))
      return nullptr;
    return finished(out, putInt(spec, value.asInt(), out));
  }
  if (value.isImmediateFloat()) {
    double d = value.asImmediateFloat();
    if (spec.type != 'f')
      return nullptr;
    uint8_t digits[48], *end = digits + sizeof digits;
    uint8_t *start = fixedDigits(std::fabs(d), spec.precision < 0 ? 6 : spec.precision, end);
    if (!start)
      return nullptr;
    return finished(out, layOut(spec, spec.align ? spec.align : '>', std::signbit(d), start, end - start, out));
  }
  if (isExact(value, krt_str_class)) {
    Str *text = value.as<Str>();
    if (!text->isAscii() || text->length() > kMostWidth || spec.precision >= 0 || (spec.type && spec.type != 's') || spec.align == '=')
      return nullptr;
    return finished(out, layOut(spec, spec.align ? spec.align : '<', false, text->data1(), text->length(), out));
  }
  return nullptr;
}

Str *percentQuick(Str *format, Value values) {
  if (!format->isAscii())
    return nullptr;
  const Value *next = &values, *last = &values + 1;
  if (isExact(values, krt_tuple_class)) {
    next = values.as<Tuple>()->items;
    last = next + values.as<Tuple>()->length;
  } else if (!values.isInt() && !isExact(values, krt_str_class)) {
    return nullptr;
  }
  uint8_t out[512], *to = out, *const limit = out + sizeof out - kMostWidth - 40;
  const uint8_t *at = format->data1(), *const end = at + format->length();
  while (at < end) {
    if (to >= limit)
      return nullptr;
    if (*at != '%') {
      *to++ = *at++;
      continue;
    }
    if (++at == end)
      return nullptr;
    if (*at == '%') {
      *to++ = *at++;
      continue;
    }
    Quick spec;
    spec.align = '>';
    for (; at < end && (*at == '-' || *at == '0'); ++at) {
      if (*at == '-')
        spec.align = '<', spec.fill = ' ';
      else if (spec.align != '<')
        spec.align = '=', spec.fill = '0';
    }
    for (; at < end && *at - '0' < 10u; ++at)
      if ((spec.width = spec.width * 10 + (*at - '0')) > kMostWidth)
        return nullptr;
    if (at + 2 < end && *at == '.' && at[1] - '0' < 10u) {
      spec.precision = at[1] - '0';
      at += 2;
    }
    if (at == end || next == last)
      return nullptr;
    spec.type = static_cast<char>(*at++);
    Value value = *next++;
    if (spec.type == 'f' && value.isImmediateFloat()) {
      double d = value.asImmediateFloat();
      uint8_t digits[48], *stop = digits + sizeof digits;
      uint8_t *start = fixedDigits(std::fabs(d), spec.precision < 0 ? 6 : spec.precision, stop);
      if (!start)
        return nullptr;
      to = layOut(spec, spec.align, std::signbit(d), start, stop - start, to);
      continue;
    }
    if (spec.precision >= 0)
      return nullptr;
    if (value.isInt() && (spec.type == 'd' || spec.type == 'i' || spec.type == 'x' || spec.type == 's')) {
      if (spec.type == 's' && spec.align == '=')
        spec.align = '>', spec.fill = ' ';
      to = putInt(spec, value.asInt(), to);
      continue;
    }
    if (spec.type != 's' || !isExact(value, krt_str_class))
      return nullptr;
    Str *text = value.as<Str>();
    if (!text->isAscii() || text->length() >= limit - to)
      return nullptr;
    if (spec.align == '=')
      spec.align = '>', spec.fill = ' ';
    to = layOut(spec, spec.align, false, text->data1(), text->length(), to);
  }
  return next == last ? finished(out, to) : nullptr;
}

} // namespace krait

// format_spec.cpp - format() of int, float, complex and str: parsing specifications and laying the text out.
#include "runtime/object/format_spec.h"

#include "runtime/object/errors.h"
#include "runtime/object/float.h"
#include "runtime/object/format.h"
#include "runtime/object/int.h"
#include "runtime/object/protocol.h"
#include "runtime/unicode/properties.h"

#include <algorithm>
#include <charconv>
#include <climits>
#include <clocale>
#include <cmath>

namespace krait {

// ---- Parsing ---------------------------------------------------------------------------------------------

static bool isAlign(uint32_t c) { return c == '<' || c == '>' || c == '=' || c == '^'; }

/// Digits at *at: the number, -1 if there are none, -2 with ValueError pending.
static int64_t parseNumber(Str *text, int64_t *at) {
  int64_t start = *at, value = 0;
  for (; *at < text->length(); ++*at) {
    int digit = charDecimal(text->at(*at));
    if (digit < 0)
      break;
    if (value > (INT64_MAX - digit) / 10) {
      krt_raise(kValueError, "Too many decimal digits in format string");
      return -2;
    }
    value = value * 10 + digit;
  }
  return *at == start ? -1 : value;
}

static std::string shownChar(uint32_t c) {
  char text[16];
  if (c > 32 && c < 128)
    std::snprintf(text, sizeof text, "'%c'", static_cast<char>(c));
  else
    std::snprintf(text, sizeof text, "'\\x%x'", c);
  return text;
}

Str *raiseUnknownFormat(uint32_t type, Value object) {
  krt_raise(kValueError, "Unknown format code %s for object of type '%.200T'", shownChar(type).c_str(),
            object);
  return nullptr;
}

static bool checkGrouping(const FormatSpec &spec) {
  if (!spec.grouping || spec.type == 0)
    return true;
  if (spec.type < 128 && std::strchr("deEfFgG%", static_cast<int>(spec.type)))
    return true;
  if (spec.grouping == '_' && spec.type < 128 && std::strchr("boxX", static_cast<int>(spec.type)))
    return true;
  krt_raise(kValueError, "Cannot specify '%c' with %s.", static_cast<int>(spec.grouping),
            shownChar(spec.type).c_str());
  return false;
}

bool parseFormatSpec(Str *text, Value object, char defaultAlign, FormatSpec *out) {
  int64_t at = 0, length = text->length();
  FormatSpec &spec = *out;
  spec.align = static_cast<uint8_t>(defaultAlign);
  bool fillGiven = false;
  auto next = [&] { return at < length ? text->at(at) : 0; };
  if (length >= 2 && isAlign(text->at(1))) {
    spec.fill = text->at(0);
    spec.align = text->at(1);
    spec.alignGiven = fillGiven = true;
    at = 2;
  } else if (length >= 1 && isAlign(text->at(0))) {
    spec.align = text->at(0);
    spec.alignGiven = true;
    at = 1;
  }
  if (uint32_t c = next(); c == '+' || c == '-' || c == ' ') {
    spec.sign = static_cast<char>(c);
    at++;
  }
  if (next() == 'z') {
    spec.noNegativeZero = true;
    at++;
  }
  if (next() == '#') {
    spec.alternate = true;
    at++;
  }
  if (!fillGiven && next() == '0') {
    spec.fill = '0';
    if (!spec.alignGiven && defaultAlign == '>')
      spec.align = '=';
    at++;
  }
  spec.width = parseNumber(text, &at);
  if (spec.width == -2)
    return false;
  if (next() == ',') {
    spec.grouping = ',';
    at++;
  }
  if (next() == '_') {
    if (spec.grouping) {
      krt_raise(kValueError, "Cannot specify both ',' and '_'.");
      return false;
    }
    spec.grouping = '_';
    at++;
  }
  if (next() == ',' && spec.grouping == '_') {
    krt_raise(kValueError, "Cannot specify both ',' and '_'.");
    return false;
  }
  if (next() == '.') {
    at++;
    spec.precision = parseNumber(text, &at);
    if (spec.precision == -2)
      return false;
    if (spec.precision < 0) {
      krt_raise(kValueError, "Format specifier missing precision");
      return false;
    }
  }
  if (length - at > 1) {
    krt_raise(kValueError, "Invalid format specifier '%S' for object of type '%.200T'", Value(text), object);
    return false;
  }
  if (at < length)
    spec.type = text->at(at);
  return checkGrouping(spec);
}

// ---- Layout -----------------------------------------------------------------------------------------

Grouping groupingFor(const FormatSpec &spec) {
  Grouping grouping;
  if (spec.type == 'n') {
    const lconv *locale = std::localeconv();
    grouping.separator = locale->thousands_sep;
    grouping.point = locale->decimal_point;
    grouping.sizes = grouping.separator.empty() ? "" : locale->grouping;
  } else if (spec.grouping) {
    grouping.separator = static_cast<char>(spec.grouping);
    bool binary = spec.type == 'b' || spec.type == 'o' || spec.type == 'x' || spec.type == 'X';
    grouping.sizes = binary ? "\4" : "\3";
  }
  return grouping;
}

/// Groups digits from the right, with zeros in front until there are [minimum] characters.
static std::string groupDigits(const std::string &digits, int64_t minimum, const Grouping &grouping) {
  auto separator = static_cast<int64_t>(strFrom(grouping.separator)->length()); // in characters
  std::string reversed;
  auto left = static_cast<int64_t>(digits.size());
  size_t index = 0;
  int64_t room = grouping.sizes.empty() ? INT64_MAX : static_cast<int64_t>(grouping.sizes[0]), width = 0;
  while (left > 0 || width < minimum) {
    if (room == 0) {
      reversed.append(grouping.separator.rbegin(), grouping.separator.rend());
      width += separator;
      if (index + 1 < grouping.sizes.size())
        index++;
      room = grouping.sizes[index] == CHAR_MAX ? INT64_MAX : grouping.sizes[index];
    }
    reversed += left > 0 ? digits[static_cast<size_t>(--left)] : '0';
    width++;
    room--;
  }
  return {reversed.rbegin(), reversed.rend()};
}

void layOutNumber(StrBuilder &out, const FormatSpec &spec, const NumberText &number,
                  const Grouping &grouping) {
  char sign = number.negative ? '-' : spec.sign == '+' || spec.sign == ' ' ? spec.sign : '\0';
  auto around = static_cast<int64_t>((sign != 0) + number.prefix.size() + number.rest.size());
  int64_t zeros = spec.fill == '0' && spec.align == '=' ? spec.width - around : 0;
  std::string grouped;
  const std::string *digits = &number.digits;
  if (!grouping.sizes.empty() && !number.digits.empty()) {
    grouped = groupDigits(number.digits, zeros, grouping);
    digits = &grouped;
  }
  int64_t width =
      around + (digits == &grouped ? strFrom(grouped)->length() : static_cast<int64_t>(digits->size()));
  int64_t pad = std::max<int64_t>(spec.width - width, 0);
  int64_t before = spec.align == '>' ? pad : spec.align == '^' ? pad / 2 : 0;
  int64_t inside = spec.align == '=' ? pad : 0;
  out.fill(spec.fill, before);
  if (sign)
    out.append(static_cast<uint8_t>(sign));
  out.append(std::string_view(number.prefix));
  out.fill(spec.fill, inside);
  out.append(std::string_view(*digits));
  out.append(std::string_view(number.rest));
  out.fill(spec.fill, pad - before - inside);
}

void layOutPlain(StrBuilder &out, const FormatSpec &spec, bool negative, std::string_view text) {
  char sign = negative ? '-' : spec.sign == '+' || spec.sign == ' ' ? spec.sign : '\0';
  int64_t pad = std::max<int64_t>(spec.width - static_cast<int64_t>(text.size()) - (sign != 0), 0);
  int64_t before = spec.align == '>' ? pad : spec.align == '^' ? pad / 2 : 0;
  int64_t inside = spec.align == '=' ? pad : 0;
  out.fill(spec.fill, before);
  if (sign)
    out.append(static_cast<uint8_t>(sign));
  out.fill(spec.fill, inside);
  out.append(text);
  out.fill(spec.fill, pad - before - inside);
}

NumberText splitNumber(const std::string &text) {
  NumberText number;
  size_t at = 0;
  if (!text.empty() && text[0] == '-') {
    number.negative = true;
    at = 1;
  }
  size_t end = at;
  while (end < text.size() && text[end] >= '0' && text[end] <= '9')
    end++;
  number.digits = text.substr(at, end - at);
  number.rest = text.substr(end);
  return number;
}

/// Pads [text] (cut to the precision) with the fill.
static Str *layOutText(const FormatSpec &spec, Str *text) {
  int64_t length = text->length();
  if (spec.precision >= 0)
    length = std::min(length, spec.precision);
  int64_t pad = std::max<int64_t>(spec.width - length, 0);
  if (pad > INT64_MAX / 16) {
    krt_raise_memory();
    return nullptr;
  }
  int64_t before = spec.align == '>' ? pad : spec.align == '^' ? pad / 2 : 0;
  StrBuilder out;
  out.fill(spec.fill, before);
  out.append(text, 0, length);
  out.fill(spec.fill, pad - before);
  return out.finish();
}

static bool widthTooBig(const FormatSpec &spec) {
  if (spec.width <= INT64_MAX / 16)
    return false;
  krt_raise_memory();
  return true;
}

// ---- str --------------------------------------------------------------------------------------------

Str *krt_str_format_spec(Str *text, Str *specText) {
  if (specText->length() == 0)
    return strPlain(text);
  FormatSpec spec;
  if (!parseFormatSpec(specText, text, '<', &spec))
    return nullptr;
  auto refuse = [](const char *message) -> Str * {
    krt_raise(kValueError, "%s", message);
    return nullptr;
  };
  if (spec.type != 0 && spec.type != 's')
    return raiseUnknownFormat(spec.type, text);
  if (spec.sign)
    return refuse(spec.sign == ' ' ? "Space not allowed in string format specifier"
                                   : "Sign not allowed in string format specifier");
  if (spec.noNegativeZero)
    return refuse("Negative zero coercion (z) not allowed in string format specifier");
  if (spec.alternate)
    return refuse("Alternate form (#) not allowed in string format specifier");
  if (spec.grouping) {
    krt_raise(kValueError, "Cannot specify '%c' with 's'.", static_cast<int>(spec.grouping));
    return nullptr;
  }
  if (spec.align == '=')
    return refuse("'=' alignment not allowed in string format specifier");
  return layOutText(spec, text);
}

// ---- int --------------------------------------------------------------------------------------------

static Str *formatIntChar(Value plain, const FormatSpec &spec) {
  auto refuse = [](const char *message) -> Str * {
    krt_raise(kValueError, "%s", message);
    return nullptr;
  };
  if (spec.sign)
    return refuse("Sign not allowed with integer format specifier 'c'");
  if (spec.alternate)
    return refuse("Alternate form (#) not allowed with integer format specifier 'c'");
  if (int64_t number; !krt_int_to_i64(plain, &number)) {
    krt_raise(kOverflowError, "Python int too large to convert to C long");
    return nullptr;
  }
  if (!plain.isInt() || plain.asInt() < 0 || plain.asInt() > 0x10ffff) {
    krt_raise(kOverflowError, "%%c arg not in range(0x110000)");
    return nullptr;
  }
  FormatSpec layout = spec;
  if (layout.align == '=')
    layout.align = '>';
  return layOutText(layout, krt_str_from_char(static_cast<uint32_t>(plain.asInt())));
}

static Str *formatDouble(double d, const FormatSpec &spec, Value object);

Str *krt_int_format(Value object, Str *specText) {
  Value plain = krt_int_plain(object);
  FormatSpec spec;
  if (!parseFormatSpec(specText, object, '>', &spec))
    return nullptr;
  int base = 10;
  switch (spec.type) {
  case 'b':
    base = 2;
    break;
  case 'o':
    base = 8;
    break;
  case 'x':
  case 'X':
    base = 16;
    break;
  case 0:
  case 'd':
  case 'n':
  case 'c':
    break;
  case 'e':
  case 'E':
  case 'f':
  case 'F':
  case 'g':
  case 'G':
  case '%': {
    double d = krt_int_to_double(plain);
    if (d == -1.0 && errorPending())
      return nullptr;
    return formatDouble(d, spec, object);
  }
  default:
    return raiseUnknownFormat(spec.type, object);
  }
  if (spec.precision >= 0) {
    krt_raise(kValueError, "Precision not allowed in integer format specifier");
    return nullptr;
  }
  if (spec.noNegativeZero) {
    krt_raise(kValueError, "Negative zero coercion (z) not allowed in integer format specifier");
    return nullptr;
  }
  if (widthTooBig(spec))
    return nullptr;
  if (spec.type == 'c')
    return formatIntChar(plain, spec);
  if (plain.isInt() && base == 10 && spec.type != 'n' && !spec.grouping) {
    char digits[24];
    auto end = std::to_chars(digits, digits + sizeof digits, plain.asInt());
    bool negative = digits[0] == '-';
    StrBuilder out;
    layOutPlain(out, spec, negative, {digits + negative, static_cast<size_t>(end.ptr - digits - negative)});
    return out.finish();
  }
  Str *text = krt_int_to_str(plain, base);
  if (!text)
    return nullptr;
  NumberText number = splitNumber("");
  auto *chars = reinterpret_cast<const char *>(text->data1());
  number.negative = chars[0] == '-';
  number.digits.assign(chars + number.negative, static_cast<size_t>(text->length() - number.negative));
  if (spec.alternate && base != 10)
    number.prefix = base == 2 ? "0b" : base == 8 ? "0o" : spec.type == 'X' ? "0X" : "0x";
  if (spec.type == 'X')
    for (char &c : number.digits)
      if (c >= 'a')
        c = static_cast<char>(c - 32);
  StrBuilder out;
  layOutNumber(out, spec, number, groupingFor(spec));
  return out.finish();
}

// ---- float ------------------------------------------------------------------------------------------

std::string doubleForType(double d, uint32_t type, int64_t precision, bool alternate) {
  auto digits = static_cast<int>(precision < 0 ? 6 : precision);
  std::string text;
  switch (type) {
  case 0: // as repr, or as 'g' that never looks like an integer
    text = precision < 0 ? doubleToText(d, 'r', 0, alternate, true)
                         : doubleToText(d, 'g', digits, alternate, true);
    break;
  case 'e':
  case 'E':
    text = doubleToText(d, 'e', digits, alternate, false);
    break;
  case '%':
    text = doubleToText(d * 100, 'f', digits, alternate, false) + "%";
    break;
  case 'f':
  case 'F':
    text = doubleToText(d, 'f', digits, alternate, false);
    break;
  default:
    text = doubleToText(d, 'g', digits, alternate, false);
  }
  if (type == 'E' || type == 'F' || type == 'G')
    for (char &c : text)
      if (c >= 'a' && c <= 'z')
        c = static_cast<char>(c - 32);
  return text;
}

static bool isZeroText(const std::string &text) {
  for (char c : text) {
    if (c >= '1' && c <= '9')
      return false;
    if (c == 'e' || c == 'E')
      break;
  }
  return true;
}

/// Option z: a number that rounds to zero has no sign.
static void dropNegativeZero(const FormatSpec &spec, NumberText *number, double d) {
  if (spec.noNegativeZero && number->negative && isZeroText(number->digits + number->rest) &&
      std::isfinite(d))
    number->negative = false;
}

static Str *formatDouble(double d, const FormatSpec &spec, Value object) {
  bool known = spec.type == 0 || (spec.type < 128 && std::strchr("eEfFgGn%", static_cast<int>(spec.type)));
  if (!known)
    return raiseUnknownFormat(spec.type, object);
  if (spec.precision > INT_MAX - 100) {
    krt_raise(kValueError, "precision too big");
    return nullptr;
  }
  if (widthTooBig(spec))
    return nullptr;
  if ((spec.type == 'f' || spec.type == 'F') && spec.precision < 40 && !spec.grouping && !spec.alternate &&
      !spec.noNegativeZero && std::isfinite(d)) {
    char text[400];
    auto end = std::to_chars(text, text + sizeof text, std::fabs(d), std::chars_format::fixed,
                             spec.precision < 0 ? 6 : static_cast<int>(spec.precision));
    StrBuilder out;
    layOutPlain(out, spec, std::signbit(d), {text, static_cast<size_t>(end.ptr - text)});
    return out.finish();
  }
  NumberText number = splitNumber(doubleForType(d, spec.type, spec.precision, spec.alternate));
  dropNegativeZero(spec, &number, d);
  Grouping grouping = groupingFor(spec);
  if (grouping.point != "." && !number.rest.empty() && number.rest[0] == '.')
    number.rest.replace(0, 1, grouping.point);
  StrBuilder out;
  layOutNumber(out, spec, number, grouping);
  return out.finish();
}

Str *krt_float_format(Value object, Str *specText) {
  FormatSpec spec;
  if (!parseFormatSpec(specText, object, '>', &spec))
    return nullptr;
  return formatDouble(floatValue(object), spec, object);
}

// ---- complex ----------------------------------------------------------------------------------------

Str *krt_complex_format(Value object, Str *specText) {
  auto *z = object.as<Complex>();
  FormatSpec spec;
  if (!parseFormatSpec(specText, object, '>', &spec))
    return nullptr;
  bool known = spec.type == 0 || (spec.type < 128 && std::strchr("eEfFgGn", static_cast<int>(spec.type)));
  if (!known)
    return raiseUnknownFormat(spec.type, object);
  if (spec.fill == '0') {
    krt_raise(kValueError, "Zero padding is not allowed in complex format specifier");
    return nullptr;
  }
  if (spec.align == '=') {
    krt_raise(kValueError, "'=' alignment flag is not allowed in complex format specifier");
    return nullptr;
  }
  if (widthTooBig(spec))
    return nullptr;
  // Without a type: as repr, in parentheses unless the real part is +0.
  bool bare = spec.type == 0, skipReal = bare && z->real == 0 && !std::signbit(z->real);
  auto part = [&](double d) {
    std::string digits = !bare ? doubleForType(d, spec.type, spec.precision, spec.alternate)
                         : spec.precision < 0
                             ? doubleToText(d, 'r', 0, spec.alternate, false)
                             : doubleToText(d, 'g', static_cast<int>(spec.precision), spec.alternate, false);
    NumberText number = splitNumber(digits);
    dropNegativeZero(spec, &number, d);
    return number;
  };
  Grouping grouping = groupingFor(spec);
  FormatSpec inner = spec;
  inner.width = -1;
  StrBuilder text;
  if (bare && !skipReal)
    text.append('(');
  if (!skipReal) {
    layOutNumber(text, inner, part(z->real), grouping);
    inner.sign = '+';
  }
  layOutNumber(text, inner, part(z->imag), grouping);
  text.append('j');
  if (bare && !skipReal)
    text.append(')');
  FormatSpec outer = spec;
  outer.precision = -1;
  return layOutText(outer, text.finish());
}

} // namespace krait

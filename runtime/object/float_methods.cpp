// float_methods.cpp - construction and methods of float.
#include "runtime/object/float_methods.h"

#include "runtime/object/bytes.h"
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/format.h"
#include "runtime/object/int.h"
#include "runtime/object/protocol.h"
#include "runtime/object/str.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace krait {

std::string numberText(Str *text); // int_methods.cpp: digits of any script as ASCII

// ---- Construction ----------------------------------------------------------------------------------------

static Value floatInstance(Class *cls, double d) {
  if (cls == &krt_float_class)
    return floatBox(d);
  auto *object = static_cast<Float *>(krt_instance_new(cls, 0));
  object->value = d;
  return object;
}

/// Removes underscores between digits; false where one stands elsewhere.
static bool dropUnderscores(std::string_view text, std::string &out) {
  auto digit = [&](size_t i) { return i < text.size() && text[i] >= '0' && text[i] <= '9'; };
  for (size_t i = 0; i < text.size(); i++) {
    if (text[i] != '_')
      out += text[i];
    else if (i == 0 || !digit(i - 1) || !digit(i + 1))
      return false;
  }
  return true;
}

bool floatParse(std::string_view text, Value original, double *out) {
  auto space = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  while (!text.empty() && space(text.front()))
    text.remove_prefix(1);
  while (!text.empty() && space(text.back()))
    text.remove_suffix(1);
  std::string clean;
  bool good = true;
  if (text.find('_') != std::string_view::npos) {
    good = dropUnderscores(text, clean);
    text = clean;
  }
  if (good && doubleFromText(text, out))
    return true;
  krt_raise(kValueError, "could not convert string to float: %R", original);
  return false;
}

Value krt_float_create_py(Class *cls, Value x) {
  double d;
  if (strCheck(x) && (isExact(x, krt_str_class) || !classOf(x)->slots.toFloat)) {
    if (!floatParse(numberText(x.as<Str>()), x, &d))
      return {};
    return floatInstance(cls, d);
  }
  if (isFloat(x) && cls == &krt_float_class)
    return x;
  const TypeSlots &slots = classOf(x)->slots;
  if (!slots.toFloat && !slots.index) {
    if (!krt_buffer_check(x))
      return krt_raise(kTypeError, "float() argument must be a string or a real number, not '%.200T'", x);
    BytesLike bytes;
    if (!bytes.acquire_py(x) || !floatParse(bytes.view(), x, &d))
      return {};
    return floatInstance(cls, d);
  }
  d = doubleFromSlots_py(x); // a subclass may have its own __float__
  if (d == -1.0 && errorPending())
    return {};
  return floatInstance(cls, d);
}

// ---- Methods ------------------------------------------------------------------------------------------------

Value krt_float_conjugate(Value self) { return floatBox(floatValue(self)); }
Value krt_float_real(Value self) { return floatBox(floatValue(self)); }
Value krt_float_imag(Value) { return kPosZero; }
bool krt_float_isInteger(Value self) {
  double d = floatValue(self);
  return std::isfinite(d) && d == std::floor(d);
}
Value krt_float_trunc(Value self) { return krt_int_from_double(floatValue(self)); }
Value krt_float_floor(Value self) { return krt_int_from_double(std::floor(floatValue(self))); }
Value krt_float_ceil(Value self) { return krt_int_from_double(std::ceil(floatValue(self))); }
Value krt_float_getNewArgs(Value self) {
  Value plain = floatBox(floatValue(self));
  return krt_tuple_from(&plain, 1);
}
Str *krt_float_formatMethod_py(Value self, Str *spec) {
  if (spec->length())
    return krt_float_format(self, spec);
  return isFloat(self) ? krt_float_repr(floatValue(self)) : krt_str_of_py(self);
}
Value krt_float_getFormat(Class *, Str *kind) {
  if (!krt_str_equal(kind, KSTR(double)) && !krt_str_equal(kind, KSTR(float)))
    return krt_raise(kValueError, "__getformat__() argument 1 must be 'double' or 'float'");
  return strFrom("IEEE, little-endian");
}

Value krt_float_asIntegerRatio(Value self) {
  double d = floatValue(self);
  if (std::isinf(d))
    return krt_raise(kOverflowError, "cannot convert Infinity to integer ratio");
  if (std::isnan(d))
    return krt_raise(kValueError, "cannot convert NaN to integer ratio");
  int exponent;
  double fraction = std::frexp(d, &exponent);
  auto mantissa = static_cast<int64_t>(std::ldexp(fraction, 53));
  exponent -= 53;
  while (mantissa && !(mantissa & 1) && exponent < 0) {
    mantissa >>= 1;
    exponent++;
  }
  if (mantissa == 0)
    exponent = 0;
  Value both[2] = {smallInt(mantissa), smallInt(1)};
  Value power = smallInt(exponent < 0 ? -exponent : exponent);
  both[exponent < 0] = TRY(krt_int_lshift(both[exponent < 0], power));
  return krt_tuple_from(both, 2);
}

Value krt_float_round_py(Value self, Value ndigits) {
  double d = floatValue(self);
  if (ndigits == kNone)
    return krt_int_from_double(std::nearbyint(d));
  int64_t digits = krt_index_i64_py(ndigits, nullptr);
  if (digits == -1 && errorPending())
    return {};
  if (!std::isfinite(d) || digits > 323)
    return floatBox(d);
  if (digits < -308)
    return floatBox(0.0 * d);
  // Correctly rounded through decimal text; negative counts round at a digit before the point.
  double rounded;
  if (digits >= 0) {
    doubleFromText(doubleToText(d, 'f', static_cast<int>(digits), false, false), &rounded);
  } else {
    int exponent10 = d == 0 ? 0 : static_cast<int>(std::floor(std::log10(std::fabs(d))));
    std::string text = doubleToText(d, 'e', std::max(0, exponent10 + 2), false, false);
    int e = std::stoi(text.substr(text.find('e') + 1)); // the exact exponent
    int64_t keep = e + digits; // digits after the first that stay
    if (keep < -1) {
      rounded = 0.0 * d;
    } else if (keep == -1) { // between 0 and one unit: more than half goes up, half goes to even (0)
      double unit = std::pow(10.0, static_cast<double>(-digits));
      rounded = std::fabs(d) > unit / 2 ? std::copysign(unit, d) : 0.0 * d;
    } else {
      doubleFromText(doubleToText(d, 'e', static_cast<int>(keep), false, false), &rounded);
    }
  }
  if (std::isinf(rounded))
    return krt_raise(kOverflowError, "rounded value too large to represent");
  return floatBox(rounded);
}

// ---- Hexadecimal ----------------------------------------------------------------------------------------------

Value krt_float_hex(Value self) {
  double d = floatValue(self);
  if (!std::isfinite(d))
    return krt_float_repr(d);
  std::string sign = std::signbit(d) ? "-" : "";
  if (d == 0)
    return strFrom(sign + "0x0.0p+0");
  auto bits = std::bit_cast<uint64_t>(d);
  auto exponent = static_cast<int>(bits >> 52 & 0x7ff);
  char text[32];
  std::snprintf(text, sizeof text, "0x%d.%013llxp%+d", exponent != 0, static_cast<unsigned long long>(bits & 0xfffffffffffffu),
                (exponent ? exponent : 1) - 1023);
  return strFrom(sign + text);
}

static int hexValue(char c) {
  if (c >= '0' && c <= '9')
    return c - '0';
  c |= 0x20;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/// [sign] [0x] hex digits [. digits] [p exponent]. 1 good, 0 malformed, -1 too large.
static int parseHex(std::string_view text, double *out) {
  bool negative = false;
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) {
    negative = text[0] == '-';
    text.remove_prefix(1);
  }
  if (double special; !text.empty() && (text[0] | 0x20) != 'e' && doubleFromText(text, &special) && !std::isfinite(special) &&
                      (text[0] | 0x20) >= 'a' && (text[0] | 0x20) <= 'z') {
    *out = negative ? -special : special;
    return 1;
  }
  if (text.size() > 1 && text[0] == '0' && (text[1] | 0x20) == 'x')
    text.remove_prefix(2);
  // The first 64 significant bits are kept, the rest is sticky; `scale` counts bits below the point.
  uint64_t mantissa = 0;
  bool sticky = false, point = false, any = false;
  int64_t scale = 0;
  size_t i = 0;
  for (; i < text.size(); i++) {
    if (text[i] == '.') {
      if (point)
        return 0;
      point = true;
      continue;
    }
    int value = hexValue(text[i]);
    if (value < 0)
      break;
    any = true;
    if (mantissa >> 60) {
      sticky |= value != 0;
      scale += point ? 0 : 4;
    } else {
      mantissa = mantissa << 4 | static_cast<uint64_t>(value);
      scale -= point ? 4 : 0;
    }
  }
  if (!any)
    return 0;
  int64_t exponent = 0;
  if (i < text.size()) {
    if ((text[i] | 0x20) != 'p')
      return 0;
    i++;
    bool minus = i < text.size() && text[i] == '-';
    if (i < text.size() && (text[i] == '+' || text[i] == '-'))
      i++;
    if (i == text.size())
      return 0;
    for (; i < text.size(); i++) {
      if (text[i] < '0' || text[i] > '9')
        return 0;
      exponent = std::min<int64_t>(exponent * 10 + (text[i] - '0'), INT64_C(1) << 40);
    }
    if (minus)
      exponent = -exponent;
  }
  double d = 0;
  if (mantissa) {
    exponent += scale;
    int64_t top = exponent + 63 - __builtin_clzll(mantissa); // exponent of the highest bit
    if (top >= 1024)
      return -1;
    if (top < -1075) {
      d = 0;
    } else {
      // Round once, at the last bit the result can have.
      int64_t lowest = std::max<int64_t>(top - 52, -1074), drop = lowest - exponent;
      if (drop > 0) {
        uint64_t half = drop > 64 ? 0 : uint64_t{1} << (drop - 1);
        uint64_t low = drop >= 64 ? mantissa : mantissa & (half * 2 - 1), kept = drop >= 64 ? 0 : mantissa >> drop;
        bool up = half && (low > half || (low == half && (sticky || (kept & 1))));
        d = std::ldexp(static_cast<double>(kept + up), static_cast<int>(lowest));
      } else {
        d = std::ldexp(static_cast<double>(mantissa), static_cast<int>(exponent));
      }
      if (std::isinf(d))
        return -1;
    }
  }
  *out = negative ? -d : d;
  return 1;
}

Value krt_float_fromhex_py(Class *cls, Value string) {
  if (!strCheck(string))
    return krt_raise(kTypeError, "bad argument type for built-in operation");
  std::string_view text = strView(string.as<Str>());
  auto space = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  while (!text.empty() && space(text.front()))
    text.remove_prefix(1);
  while (!text.empty() && space(text.back()))
    text.remove_suffix(1);
  double d;
  int good = parseHex(text, &d);
  if (good < 0)
    return krt_raise(kOverflowError, "hexadecimal value too large to represent as a float");
  if (!good)
    return krt_raise(kValueError, "invalid hexadecimal floating-point string");
  Value result = floatBox(d);
  return cls == &krt_float_class ? result : krt_call1_py(Value(cls), result);
}

} // namespace krait

// _decimal_format.cpp - see _decimal_parts.h: format(number, spec). The mini-language of decimals differs a
// little from that of floats: no '_' and no '#', and 'n' takes its separators also from a dict.
#include "stdlib/native/_decimal_parts.h"

#include <climits>
#include <clocale>

namespace krait::decimals {

namespace {

struct Spec {
  uint32_t fill = ' ', align = '>', sign = '-';
  uint32_t type = 0; // 0: as str()
  bool zeroPadding = false, noNegativeZero = false;
  int64_t width = 0, precision = -1;
  Str *separator = krt_str_empty, *point = nullptr;
  std::string sizes; // of groups, from the right; the last repeats
};

class SpecReader {
public:
  explicit SpecReader(Str *text) : text_(text) {}
  bool read(Spec *out) {
    bool aligned = false;
    if (isAlign(peek(1))) {
      out->fill = next();
      aligned = true;
    } else if (isAlign(peek())) {
      aligned = true;
    }
    if (aligned)
      out->align = next();
    if (peek() == '+' || peek() == '-' || peek() == ' ')
      out->sign = next();
    out->noNegativeZero = take('z');
    if (take('0')) {
      if (aligned)
        return false;
      out->zeroPadding = true;
      out->fill = '0';
      out->align = '=';
    }
    if (peek() == '0' || (isDigit(peek()) && !number(&out->width)))
      return false;
    bool grouped = take(',');
    if (take('.') && !(isDigit(peek()) && number(&out->precision)))
      return false;
    if (at_ < text_->length()) {
      out->type = next();
      switch (out->type) {
      case 'N':
        out->type = 'n';
        break;
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G':
      case 'n':
      case '%':
        break;
      default:
        return false;
      }
    }
    if (grouped) {
      if (out->type == 'n')
        return false;
      static Str *const comma = strIntern(","), *const dot = strIntern(".");
      out->separator = comma;
      out->point = dot;
      out->sizes = "\3";
    }
    return at_ == text_->length();
  }

private:
  Str *text_;
  int64_t at_ = 0;
  static bool isAlign(int64_t c) { return c == '<' || c == '>' || c == '=' || c == '^'; }
  static bool isDigit(int64_t c) { return c >= '0' && c <= '9'; }
  int64_t peek(int64_t ahead = 0) const {
    return at_ + ahead < text_->length() ? text_->at(at_ + ahead) : -1;
  }
  uint32_t next() { return text_->at(at_++); }
  bool take(uint32_t c) {
    bool there = peek() == c;
    at_ += there;
    return there;
  }
  bool number(int64_t *out) {
    int64_t n = 0;
    while (isDigit(peek())) {
      n = n * 10 + (next() - '0');
      if (n > kMaxPrecision)
        return false;
    }
    *out = n;
    return true;
  }
};

/// What the settings of the locale, or of [overrides], make of type 'n'.
bool takeLocale_py(Spec *spec, Value overrides) {
  if (spec->type == 'n') {
    const lconv *locale = std::localeconv();
    spec->point = strFrom(locale->decimal_point);
    spec->separator = strFrom(locale->thousands_sep);
    spec->sizes = locale->grouping;
  }
  if (!overrides)
    return true;
  if (!hasClassFlag(overrides, kClassDictSub)) {
    krt_raise(kTypeError, "optional argument must be a dict");
    return false;
  }
  auto text = [overrides](Str *key, Str **out) {
    Value value = krt_dict_get_str(overrides.as<Dict>(), key);
    if (!value)
      return !errorPending();
    if (!strCheck(value)) {
      krt_raise(kTypeError, "bad argument type for built-in operation");
      return false;
    }
    *out = value.as<Str>();
    return true;
  };
  Str *sizes = nullptr;
  if (!text(KSTR(decimal_point), &spec->point) || !text(KSTR(thousands_sep), &spec->separator) ||
      !text(KSTR(grouping), &sizes))
    return false;
  if (sizes)
    spec->sizes = std::string(strView(sizes).substr(0, strView(sizes).find('\0')));
  bool good = spec->point && spec->point->length() && strView(spec->point).size() <= 4 &&
              strView(spec->separator).size() <= 4;
  for (char size : spec->sizes)
    good &= static_cast<signed char>(size) >= 0;
  if (!good)
    krt_raise(kValueError, "invalid override dict");
  return good;
}

/// The number as its type and precision say, in two parts: digits before the point, and what follows.
bool textParts(const View &given, const Spec &spec, DecimalContext *c, bool *negative, std::string *whole,
               std::string *rest) {
  Number n;
  uint32_t status = 0;
  *negative = given.negative;
  if (!n.copy(given, &status))
    return false;
  uint32_t type = spec.type | 0x20;
  bool fixed = type == 'f' || spec.type == '%', scientific = type == 'e', zero = n.isZero();
  if (spec.type == '%')
    n.exponent += 2;
  Settings s = kExactSettings;
  s.rounding = c->settings.rounding;
  auto roundTo = [&](int64_t digits) {
    if (n.digits <= digits)
      return;
    s.precision = digits;
    s.emin = 2 * kMinEtiny; // no number is too small here
    finishSlow(n, s, &status);
  };
  if (fixed) {
    int64_t exponent = spec.precision >= 0 ? -spec.precision : std::min<int64_t>(n.exponent, 0);
    if (exponent != n.exponent) {
      Number r;
      rescale(r, n, exponent, s.rounding, &status);
      n.swap(r);
    }
  } else if (scientific) {
    if (spec.precision >= 0 && !zero)
      roundTo(spec.precision + 1);
  } else if (spec.precision >= 0 && !zero) {
    roundTo(std::max<int64_t>(spec.precision, 1));
  }
  if (status & kNoMemory)
    return false;
  if (spec.noNegativeZero && n.isZero())
    *negative = false;
  n.negative = false;
  std::string text;
  if (fixed || scientific) {
    int64_t behind = fixed ? -n.exponent : n.digits - 1;
    int64_t padding = 0; // zeros: in front of fixed ones, after the others
    if (fixed)
      padding = std::max<int64_t>(0, behind + 1 - n.digits);
    else if (spec.precision >= 0)
      padding = std::max<int64_t>(0, spec.precision - behind);
    if (padding > int64_t{1} << 28 && !affordable(static_cast<Wide>(padding)))
      return false;
    text.resize(static_cast<size_t>(n.digits + padding), '0');
    writeDigits(text.data() + (fixed ? padding : 0), n.limbs.data(), n.digits);
    if (scientific)
      behind += padding;
    size_t cut = text.size() - static_cast<size_t>(behind);
    if (behind)
      text.insert(cut, 1, '.');
    if (scientific) {
      int64_t exponent = zero ? n.exponent + padding : n.adjusted();
      text += static_cast<char>(spec.type);
      if (exponent >= 0)
        text += '+';
      text += std::to_string(exponent);
    } else if (spec.type == '%') {
      text += '%';
    }
  } else {
    bool capitals = spec.type ? spec.type == 'G' : c->capitals;
    if (!toText(text, n, capitals, false))
      return false;
  }
  size_t end = 0;
  while (end < text.size() && text[end] >= '0' && text[end] <= '9')
    ++end;
  *whole = text.substr(0, end);
  *rest = text.substr(end);
  return true;
}

/// Characters from the last to the first; most numbers are short.
class Characters {
public:
  void push(uint32_t c) {
    if (size_ < kLocal)
      local_[size_] = c;
    else
      more_.push(c);
    ++size_;
  }
  int64_t size() const { return size_; }
  uint32_t operator[](int64_t i) const {
    return i < kLocal ? local_[i] : more_[static_cast<size_t>(i - kLocal)];
  }

private:
  static constexpr int64_t kLocal = 64;
  int64_t size_ = 0;
  uint32_t local_[kLocal];
  GcVector<uint32_t> more_;
};

/// The digits before the point, grouped, with zeros in front up to [width] characters.
void groupDigits(Characters &out, const std::string &digits, int64_t width, const Spec &spec) {
  auto left = static_cast<int64_t>(digits.size());
  size_t index = 0;
  auto size = [&spec, &index] {
    unsigned char n = index < spec.sizes.size() ? static_cast<unsigned char>(spec.sizes[index]) : 0;
    return n && n != CHAR_MAX ? static_cast<int64_t>(n) : INT64_MAX;
  };
  int64_t room = spec.separator->length() ? size() : INT64_MAX;
  while (left > 0 || out.size() < width) {
    if (!room) {
      for (int64_t i = spec.separator->length() - 1; i >= 0; --i)
        out.push(spec.separator->at(i));
      if (index + 1 < spec.sizes.size())
        ++index;
      room = size();
    }
    out.push(left > 0 ? static_cast<uint32_t>(digits[static_cast<size_t>(--left)]) : '0');
    room -= room != INT64_MAX;
  }
}

} // namespace

Value formatted_py(const View &n, Str *text, Value overrides, DecimalContext *c) {
  Spec spec;
  if (!SpecReader(text).read(&spec))
    return krt_raise(kValueError, "invalid format string");
  if (!takeLocale_py(&spec, overrides))
    return {};
  bool negative = n.negative;
  std::string whole, rest;
  if (n.isFinite()) {
    if (!textParts(n, spec, c, &negative, &whole, &rest))
      return krt_raise_memory();
  } else {
    View plain = n;
    plain.negative = false;
    if (!toText(rest, plain, true, false))
      return krt_raise_memory();
    if (spec.type == '%')
      rest += '%';
    if (spec.zeroPadding) {
      spec.fill = ' ';
      spec.align = '>';
      spec.zeroPadding = false;
    }
  }
  char sign = negative ? '-' : spec.sign != '-' ? static_cast<char>(spec.sign) : '\0';
  Str *point = rest.starts_with('.') && spec.point ? spec.point : nullptr;
  int64_t behind = static_cast<int64_t>(rest.size()) + (point ? point->length() - 1 : 0);
  if (spec.width > int64_t{1} << 28 && !affordable(static_cast<Wide>(spec.width) * 4))
    return krt_raise_memory();
  Characters front;
  if (!whole.empty())
    groupDigits(front, whole, spec.zeroPadding ? spec.width - behind - (sign != 0) : 0, spec);
  int64_t length = front.size();
  int64_t pad = std::max<int64_t>(0, spec.width - length - behind - (sign != 0));
  int64_t before = spec.align == '>'   ? pad
                   : spec.align == '^' ? pad / 2
                                       : 0,
          inside = spec.align == '=' ? pad : 0;
  StrBuilder out;
  out.fill(spec.fill, before);
  if (sign)
    out.append(static_cast<uint32_t>(sign));
  out.fill(spec.fill, inside);
  for (int64_t i = length; i-- > 0;)
    out.append(front[i]);
  if (point)
    out.append(point);
  out.append(std::string_view(rest).substr(point ? 1 : 0));
  out.fill(spec.fill, pad - before - inside);
  return out.finish();
}

} // namespace krait::decimals

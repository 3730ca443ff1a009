// format_percent.cpp - `format % values` for str and bytes. The bytes form runs over Latin-1 text and differs
// in what %s takes and in messages.
#include "runtime/object/bytes.h"
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/float.h"
#include "runtime/object/format.h"
#include "runtime/object/format_quick.h"
#include "runtime/object/format_spec.h"
#include "runtime/object/int.h"
#include "runtime/object/protocol.h"

#include <algorithm>
#include <charconv>
#include <climits>
#include <cmath>

namespace krait {

namespace {

struct Directive {
  bool left = false, plus = false, space = false, alternate = false, zero = false;
  bool bare = true; // nothing between % and the letter
  int64_t width = -1, precision = -1;
  uint32_t letter = 0;
  int64_t letterAt = 0;
};

class PercentFormatter {
public:
  PercentFormatter(Str *format, Value values, bool bytes) : format_(format), values_(values), bytes_(bytes) {
    if (hasClassFlag(values, kClassTupleSub)) {
      tuple_ = values.as<Tuple>();
      count_ = tuple_->length;
    } else {
      count_ = 1;
    }
  }
  Str *run_py();

private:
  Str *format_;
  Value values_;
  Tuple *tuple_ = nullptr; // null: one value
  int64_t count_, used_ = 0, at_ = 0;
  Value keyed_; // the value of %(key)
  bool mappingUsed_ = false;
  bool bytes_;
  StrBuilder out_;

  bool isMapping() const {
    const Class *cls = classOf(values_);
    return cls->slots.getitem && !tuple_ && !strCheck(values_) &&
           !(bytes_ && (bytesCheck(values_) || byteArrayCheck(values_)));
  }
  bool fail(const char *message) {
    krt_raise(kValueError, "%s", message);
    return false;
  }
  /// Next value, or null with TypeError pending.
  Value next() {
    if (keyed_) {
      Value v = keyed_;
      keyed_ = {};
      return v;
    }
    if (mappingUsed_ && !tuple_ && used_ == 0)
      return values_; // %(a)s %s: the mapping itself
    if (used_ >= count_)
      return krt_raise(kTypeError, "not enough arguments for format string");
    return tuple_ ? tuple_->items[used_++] : (used_++, values_);
  }
  bool parseKey_py();
  bool parseNumber_py(const char *tooBig, int64_t *out, bool *negative);
  bool parse_py(Directive *d);
  bool convert_py(const Directive &d);
  FormatSpec layout(const Directive &d) const {
    FormatSpec spec;
    spec.width = d.width;
    spec.sign = d.plus ? '+' : d.space ? ' ' : '\0';
    spec.align = d.left ? '<' : d.zero ? '=' : '>';
    spec.fill = d.zero && !d.left ? '0' : ' ';
    return spec;
  }
  bool convertInt_py(const Directive &d, Value v);
  bool convertFloat_py(const Directive &d, Value v);
  bool convertChar_py(const Directive &d, Value v);
  Str *textOf_py(uint32_t letter, Value v);
  void padded(const Directive &d, Str *text, int64_t length);
  void number(const Directive &d, const NumberText &text);
};

bool PercentFormatter::parseKey_py() {
  if (!isMapping()) {
    krt_raise(kTypeError, "format requires a mapping");
    return false;
  }
  int64_t start = ++at_, depth = 1;
  for (; at_ < format_->length(); at_++) {
    uint32_t c = format_->at(at_);
    if (c == '(')
      depth++;
    else if (c == ')' && --depth == 0)
      break;
  }
  if (depth > 0)
    return fail("incomplete format key");
  Str *text = krt_str_substring(format_, start, at_++);
  Value key = text;
  if (bytes_)
    key = krt_bytes_new(text->data1(), static_cast<size_t>(text->length()));
  keyed_ = krt_getitem_py(values_, key);
  mappingUsed_ = true;
  return static_cast<bool>(keyed_);
}

/// Digits or `*`; -1 stays when there is none. A width is limited as sizes are, a precision as a C int.
bool PercentFormatter::parseNumber_py(const char *tooBig, int64_t *out, bool *negative) {
  *negative = false;
  bool isWidth = tooBig[0] == 'w';
  int64_t limit = isWidth ? INT64_MAX : INT_MAX;
  if (at_ < format_->length() && format_->at(at_) == '*') {
    at_++;
    Value v = next();
    if (!v)
      return false;
    if (!krt_int_check(v)) {
      krt_raise(kTypeError, "* wants int");
      return false;
    }
    if (!krt_int_to_i64(krt_int_plain(v), out) || *out > limit || *out < -limit) {
      krt_raise(kOverflowError, "Python int too large to convert to C %s", isWidth ? "ssize_t" : "int");
      return false;
    }
    *negative = *out < 0;
    return true;
  }
  int64_t value = -1;
  for (; at_ < format_->length(); at_++) {
    uint32_t c = format_->at(at_);
    if (c - '0' > 9)
      break;
    int64_t digit = c - '0';
    value = std::max<int64_t>(value, 0);
    if (value > (limit - digit) / 10)
      return fail(tooBig);
    value = value * 10 + digit;
  }
  if (value >= 0)
    *out = value;
  return true;
}

bool PercentFormatter::parse_py(Directive *d) {
  int64_t length = format_->length(), first = at_;
  if (at_ < length && format_->at(at_) == '(' && !parseKey_py())
    return false;
  for (; at_ < length; at_++) {
    uint32_t c = format_->at(at_);
    if (c == '-')
      d->left = true;
    else if (c == '+')
      d->plus = true;
    else if (c == ' ')
      d->space = true;
    else if (c == '#')
      d->alternate = true;
    else if (c == '0')
      d->zero = true;
    else
      break;
  }
  bool negative;
  if (!parseNumber_py("width too big", &d->width, &negative))
    return false;
  if (negative) {
    d->left = true;
    d->width = -d->width;
  }
  if (at_ < length && format_->at(at_) == '.') {
    at_++;
    d->precision = 0;
    if (!parseNumber_py("precision too big", &d->precision, &negative))
      return false;
    d->precision = std::max<int64_t>(d->precision, 0);
  }
  if (at_ < length && (format_->at(at_) == 'h' || format_->at(at_) == 'l' || format_->at(at_) == 'L'))
    at_++;
  if (at_ >= length)
    return fail("incomplete format");
  d->bare = at_ == first;
  d->letterAt = at_;
  d->letter = format_->at(at_++);
  return true;
}

void PercentFormatter::padded(const Directive &d, Str *text, int64_t length) {
  int64_t pad = std::max<int64_t>(d.width - length, 0);
  if (!d.left)
    out_.fill(' ', pad);
  out_.append(text, 0, length);
  if (d.left)
    out_.fill(' ', pad);
}

void PercentFormatter::number(const Directive &d, const NumberText &text) {
  layOutNumber(out_, layout(d), text, Grouping());
}

/// The integer for d i u (through __int__ too) or x X o (through __index__ only).
Value integerFor_py(uint32_t letter, Value v, bool bytes) {
  if (krt_int_check(v))
    return krt_int_plain(v);
  bool realToo = letter == 'd' || letter == 'i' || letter == 'u';
  const TypeSlots &slots = classOf(v)->slots;
  Value result;
  if (realToo && slots.toInt)
    result = slots.toInt(v);
  else if (slots.index)
    result = krt_index_py(v);
  else
    return krt_raise(kTypeError, "%%%c format: %s is required, not %.200T", static_cast<int>(letter),
                     realToo ? "a real number" : "an integer", v);
  if (!result)
    return {};
  if (!krt_int_check(result))
    return krt_raise(kTypeError, "__int__ returned non-int (type %.200T)", result);
  return krt_int_plain(result);
}

bool PercentFormatter::convertInt_py(const Directive &d, Value v) {
  Value plain = integerFor_py(d.letter, v, bytes_);
  if (!plain)
    return false;
  int base = d.letter == 'o' ? 8 : d.letter == 'x' || d.letter == 'X' ? 16 : 10;
  if (plain.isInt() && base == 10 && d.precision < 0) {
    char digits[24];
    auto end = std::to_chars(digits, digits + sizeof digits, plain.asInt());
    bool negative = digits[0] == '-';
    layOutPlain(out_, layout(d), negative,
                {digits + negative, static_cast<size_t>(end.ptr - digits - negative)});
    return true;
  }
  Str *digits = krt_int_to_str(plain, base);
  if (!digits)
    return false;
  NumberText text;
  auto *chars = reinterpret_cast<const char *>(digits->data1());
  text.negative = chars[0] == '-';
  text.digits.assign(chars + text.negative, static_cast<size_t>(digits->length() - text.negative));
  if (d.precision > static_cast<int64_t>(text.digits.size()))
    text.digits.insert(0, static_cast<size_t>(d.precision) - text.digits.size(), '0');
  if (d.alternate && base != 10)
    text.prefix = base == 8 ? "0o" : d.letter == 'X' ? "0X" : "0x";
  if (d.letter == 'X')
    for (char &c : text.digits)
      if (c >= 'a')
        c = static_cast<char>(c - 32);
  number(d, text);
  return true;
}

bool PercentFormatter::convertFloat_py(const Directive &d, Value v) {
  double value;
  if (floatCheck(v)) {
    value = floatValue(v);
  } else {
    value = krt_double_py(v);
    if (value == -1.0 && errorPending()) {
      if (bytes_ && krt_error_matches(kTypeError)) {
        krt_error_clear();
        krt_raise(kTypeError, "float argument required, not %.200T", v);
      }
      return false;
    }
  }
  if (d.precision > INT_MAX - 400)
    return fail("precision too big");
  if (d.letter == 'f' && d.precision < 40 && !d.alternate && std::isfinite(value)) {
    char text[400];
    auto end = std::to_chars(text, text + sizeof text, std::fabs(value), std::chars_format::fixed,
                             d.precision < 0 ? 6 : static_cast<int>(d.precision));
    layOutPlain(out_, layout(d), std::signbit(value), {text, static_cast<size_t>(end.ptr - text)});
    return true;
  }
  number(d, splitNumber(doubleForType(value, d.letter, d.precision, d.alternate)));
  return true;
}

bool PercentFormatter::convertChar_py(const Directive &d, Value v) {
  uint32_t c = 0;
  if (!bytes_ && strCheck(v)) {
    if (v.as<Str>()->length() != 1) {
      krt_raise(kTypeError, "%%c requires int or char");
      return false;
    }
    c = v.as<Str>()->at(0);
  } else if (bytes_ && bytesCheck(v) && v.as<Bytes>()->length == 1) {
    c = v.as<Bytes>()->data[0];
  } else if (bytes_ && byteArrayCheck(v) && v.as<ByteArray>()->length == 1) {
    c = v.as<ByteArray>()->data[0];
  } else {
    if (!krt_int_check(v) && !classOf(v)->slots.index) {
      krt_raise(kTypeError, bytes_ ? "%%c requires an integer in range(256) or a single byte"
                                   : "%%c requires int or char");
      return false;
    }
    Value plain = krt_index_py(v);
    if (!plain)
      return false;
    int64_t i;
    if (!krt_int_to_i64(plain, &i) || i < 0 || i > (bytes_ ? 0xff : 0x10ffff)) {
      krt_raise(kOverflowError, "%%c arg not in range(%s)", bytes_ ? "256" : "0x110000");
      return false;
    }
    c = static_cast<uint32_t>(i);
  }
  Directive layout = d;
  padded(layout, krt_str_from_char(c), 1);
  return true;
}

Str *PercentFormatter::textOf_py(uint32_t letter, Value v) {
  if (letter == 'a' || (bytes_ && letter == 'r'))
    return krt_ascii_py(v);
  if (letter == 'r')
    return krt_repr_py(v);
  if (!bytes_)
    return isExact(v, krt_str_class) ? v.as<Str>() : krt_str_of_py(v);
  if (!krt_buffer_check(v)) {
    Value self;
    Value method = krt_special_lookup_py(v, KSTR(__bytes__), &self);
    if (!method) {
      if (!errorPending())
        krt_raise(kTypeError,
                  "%%b requires a bytes-like object, or an object that implements __bytes__, not '%.100T'",
                  v);
      return nullptr;
    }
    v = krt_call_with_self_py(method, self, nullptr, 0, nullptr);
    if (!v)
      return nullptr;
    if (!bytesCheck(v)) {
      krt_raise(kTypeError, "__bytes__ returned non-bytes (type %.200T)", v);
      return nullptr;
    }
  }
  BytesLike bytes;
  if (!bytes.acquire_py(v))
    return nullptr;
  return krt_str_from_latin1(bytes.data(), static_cast<size_t>(bytes.size()));
}

bool PercentFormatter::convert_py(const Directive &d) {
  if (d.letter == '%' && d.bare) {
    out_.append('%');
    return true;
  }
  Value v = next();
  if (!v)
    return false;
  switch (d.letter) {
  case 'b':
    if (!bytes_)
      break;
    [[fallthrough]];
  case 's':
  case 'r':
  case 'a': {
    Str *text = textOf_py(d.letter, v);
    if (!text)
      return false;
    padded(d, text, d.precision < 0 ? text->length() : std::min(text->length(), d.precision));
    return true;
  }
  case 'd':
  case 'i':
  case 'u':
  case 'o':
  case 'x':
  case 'X':
    return convertInt_py(d, v);
  case 'e':
  case 'E':
  case 'f':
  case 'F':
  case 'g':
  case 'G':
    return convertFloat_py(d, v);
  case 'c':
    return convertChar_py(d, v);
  default:
    break;
  }
  uint32_t shown = d.letter > 31 && d.letter < 128 ? d.letter : '?';
  krt_raise(kValueError, "unsupported format character '%c' (0x%x) at index %lld", static_cast<int>(shown),
            d.letter, static_cast<long long>(d.letterAt));
  return false;
}

Str *PercentFormatter::run_py() {
  Str *percent = krt_str_from_char('%');
  int64_t length = format_->length();
  while (at_ < length) {
    int64_t mark = krt_str_find(format_, percent, at_, length);
    out_.append(format_, at_, mark < 0 ? length : mark);
    if (mark < 0)
      break;
    at_ = mark + 1;
    Directive d;
    if (!parse_py(&d) || !convert_py(d))
      return nullptr;
  }
  bool allUsed = used_ >= count_ || (!tuple_ && isMapping());
  if (!allUsed) {
    krt_raise(kTypeError, "not all arguments converted during %s formatting", bytes_ ? "bytes" : "string");
    return nullptr;
  }
  return out_.finish();
}

} // namespace

Value krt_str_percent_py(Str *format, Value values) {
  if (Str *text = percentQuick(format, values))
    return text;
  Str *result = PercentFormatter(format, values, false).run_py();
  return result ? Value(result) : Value();
}

Value krt_bytes_percent_py(const uint8_t *format, size_t size, Value values, bool asByteArray) {
  Str *text = krt_str_from_latin1(format, size);
  Str *result = text ? PercentFormatter(text, values, true).run_py() : nullptr;
  if (!result)
    return {};
  auto length = static_cast<size_t>(result->length());
  if (asByteArray)
    return krt_bytearray_new(result->data1(), length);
  return krt_bytes_new(result->data1(), length);
}

} // namespace krait

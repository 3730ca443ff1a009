// format_message.cpp - the printf-like engine of krt_raise and krt_str_format; formats are documented in errors.h.
#include "runtime/object/errors.h"
#include "runtime/object/class.h"
#include "runtime/object/format.h"
#include "runtime/object/protocol.h"
#include "runtime/object/str.h"

#include <algorithm>
#include <charconv>

namespace krait {

namespace {

struct Directive {
  int width = 0;
  int precision = -1;
  bool zeroPad = false, left = false;
  int longs = 0; // number of l, or 2 for z
};

const char *parseDirective(const char *p, Directive &d, va_list args) {
  for (;; p++) {
    if (*p == '0')
      d.zeroPad = true;
    else if (*p == '-')
      d.left = true;
    else
      break;
  }
  for (; *p >= '0' && *p <= '9'; p++)
    d.width = d.width * 10 + (*p - '0');
  if (*p == '.') {
    p++;
    d.precision = 0;
    if (*p == '*') {
      d.precision = va_arg(args, int);
      p++;
    }
    for (; *p >= '0' && *p <= '9'; p++)
      d.precision = d.precision * 10 + (*p - '0');
  }
  for (; *p == 'l' || *p == 'z'; p++)
    d.longs += *p == 'z' ? 2 : 1;
  return p;
}

void appendNumber(StrBuilder &out, const Directive &d, const char *text, size_t size) {
  auto pad = static_cast<int64_t>(d.width) - static_cast<int64_t>(size);
  if (d.zeroPad && size && *text == '-') {
    out.append('-');
    text++;
    size--;
  }
  if (!d.left)
    out.fill(d.zeroPad ? '0' : ' ', pad);
  out.append(std::string_view(text, size));
  if (d.left)
    out.fill(' ', pad);
}

/// A null text is an error that is already pending.
bool appendText(StrBuilder &out, const Directive &d, Str *text) {
  if (!text)
    return false;
  int64_t length = d.precision < 0 ? text->length() : std::min<int64_t>(text->length(), d.precision);
  out.append(text, 0, length);
  return true;
}
/// Cuts behind whole characters.
void appendUtf8(StrBuilder &out, const Directive &d, const char *text) {
  std::string_view view(text ? text : "(null)");
  if (d.precision >= 0 && view.size() > static_cast<size_t>(d.precision)) {
    auto cut = static_cast<size_t>(d.precision);
    while (cut > 0 && (view[cut] & 0xc0) == 0x80)
      cut--;
    view = view.substr(0, cut);
  }
  appendNumber(out, Directive{.width = d.width, .left = d.left}, view.data(), view.size());
}

template <typename T> void appendInteger(StrBuilder &out, const Directive &d, T value, int base) {
  char text[72];
  auto end = std::to_chars(text, text + sizeof text, value, base);
  appendNumber(out, d, text, static_cast<size_t>(end.ptr - text));
}

} // namespace

Str *krt_str_format_va(const char *format, va_list given) {
  KRT_ALLOW_PY("none but the __str__ or __repr__ of an object that a message quotes, as its author knows");
  va_list args;
  va_copy(args, given);
  StrBuilder out;
  bool good = true;
  for (const char *p = format; *p && good; p++) {
    const char *plain = p;
    while (*p && *p != '%')
      p++;
    out.append(std::string_view(plain, static_cast<size_t>(p - plain)));
    if (!*p)
      break;
    Directive d;
    p = parseDirective(p + 1, d, args);
    switch (*p) {
    case '%':
      out.append('%');
      break;
    case 'c':
      out.append(static_cast<uint32_t>(va_arg(args, int)));
      break;
    case 'd':
    case 'i':
      if (d.longs)
        appendInteger(out, d, va_arg(args, long long), 10);
      else
        appendInteger(out, d, va_arg(args, int), 10);
      break;
    case 'u':
    case 'x':
      if (d.longs)
        appendInteger(out, d, va_arg(args, unsigned long long), *p == 'x' ? 16 : 10);
      else
        appendInteger(out, d, va_arg(args, unsigned), *p == 'x' ? 16 : 10);
      break;
    case 'p':
      out.append(std::string_view("0x"));
      appendInteger(out, d, reinterpret_cast<uint64_t>(va_arg(args, void *)), 16);
      break;
    case 's':
      appendUtf8(out, d, va_arg(args, const char *));
      break;
    case 'S':
      good = appendText(out, d, krt_str_of_py(Value(va_arg(args, uint64_t))));
      break;
    case 'R':
      good = appendText(out, d, krt_repr_py(Value(va_arg(args, uint64_t))));
      break;
    case 'A':
      good = appendText(out, d, krt_ascii_py(Value(va_arg(args, uint64_t))));
      break;
    case 'T':
      appendUtf8(out, d, krt_class_name(classOf(Value(va_arg(args, uint64_t)))));
      break;
    case 'N':
      appendUtf8(out, d, krt_class_name(va_arg(args, Class *)));
      break;
    default:
      __builtin_trap(); // an unknown directive in our own source
    }
  }
  va_end(args);
  return good ? out.finish() : nullptr;
}

Str *krt_str_format(const char *format, ...) {
  va_list args;
  va_start(args, format);
  Str *result = krt_str_format_va(format, args);
  va_end(args);
  return result;
}

} // namespace krait

// str_repr.cpp - repr and ascii of text.
#include "runtime/object/format.h"
#include "runtime/object/str.h"
#include "runtime/unicode/properties.h"

namespace krait {

static const char kHex[] = "0123456789abcdef";

void appendHexEscape(StrBuilder &out, uint32_t c) {
  int digits = c < 0x100 ? 2 : c < 0x10000 ? 4 : 8;
  out.append('\\');
  out.append(digits == 2 ? 'x' : digits == 4 ? 'u' : 'U');
  for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4)
    out.append(static_cast<uint8_t>(kHex[c >> shift & 15]));
}

static Str *quoted(Str *text, bool asciiOnly) {
  int64_t length = text->length();
  bool hasSingle = krt_str_find(text, krt_str_from_char('\''), 0, length) >= 0;
  uint32_t quote = hasSingle && krt_str_find(text, krt_str_from_char('"'), 0, length) < 0 ? '"' : '\'';
  StrBuilder out;
  out.append(quote);
  int64_t plain = 0; // start of the characters that go out as they are
  for (int64_t i = 0; i < length; i++) {
    uint32_t c = text->at(i);
    if (c != quote && c != '\\' && charIsPrintable(c) && (c < 128 || !asciiOnly))
      continue;
    out.append(text, plain, i);
    plain = i + 1;
    if (c == quote || c == '\\') {
      out.append('\\');
      out.append(c);
    } else if (c == '\n' || c == '\r' || c == '\t') {
      out.append('\\');
      out.append(c == '\n' ? 'n' : c == '\r' ? 'r' : 't');
    } else {
      appendHexEscape(out, c);
    }
  }
  out.append(text, plain, length);
  out.append(quote);
  return out.finish();
}

Str *krt_str_repr(Str *text) { return quoted(text, false); }
Str *krt_str_ascii(Str *text) { return quoted(text, true); }

} // namespace krait

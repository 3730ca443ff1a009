// codecs_text.cpp - ASCII, Latin-1, unicode_escape, raw_unicode_escape and charmap.
#include "runtime/object/class.h"
#include "runtime/object/codec_state.h"
#include "runtime/object/containers.h"
#include "runtime/object/format.h"
#include "runtime/object/int.h"
#include "runtime/object/protocol.h"
#include "runtime/object/utf8.h"
#include "runtime/unicode/names.h"

namespace krait {

// ---- ASCII and Latin-1 ---------------------------------------------------------------------------------

bool encodeLatin1_py(Encoder &e, uint32_t limit) {
  e.put = limit == 128 ? [](Encoder &run, uint32_t c) {
    if (c < 128)
      run.out.append(static_cast<uint8_t>(c));
    return c < 128;
  } : [](Encoder &run, uint32_t c) {
    if (c < 256)
      run.out.append(static_cast<uint8_t>(c));
    return c < 256;
  };
  const char *reason = limit == 128 ? "ordinal not in range(128)" : "ordinal not in range(256)";
  Str *text = e.text;
  if (text->isAscii() || (limit == 256 && text->kind() == 1)) {
    e.out.append(text->data1(), static_cast<size_t>(text->length()));
    return true;
  }
  for (int64_t i = 0; i < text->length();) {
    uint32_t c = text->at(i);
    if (c < limit) {
      e.out.append(static_cast<uint8_t>(c));
      i++;
      continue;
    }
    int64_t end = i + 1;
    while (end < text->length() && text->at(end) >= limit)
      end++;
    if (!e.fail_py(i, end, reason, &i))
      return false;
  }
  return true;
}

bool decodeAscii_py(Decoder &d) {
  int64_t at = 0;
  while (at < d.size) {
    size_t good = asciiPrefix(d.data + at, static_cast<size_t>(d.size - at));
    d.out.append(std::string_view(reinterpret_cast<const char *>(d.data + at), good));
    at += static_cast<int64_t>(good);
    if (at < d.size && !d.fail_py(at, at + 1, "ordinal not in range(128)", &at))
      return false;
  }
  d.consumed = d.size;
  return true;
}

bool decodeLatin1(Decoder &d) {
  d.out.append(krt_str_from_latin1(d.data, static_cast<size_t>(d.size)));
  d.consumed = d.size;
  return true;
}

// ---- Escapes ---------------------------------------------------------------------------------------------

static void putHex(BytesBuilder &out, char letter, uint32_t c, int digits) {
  out.append('\\');
  out.append(static_cast<uint8_t>(letter));
  for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4)
    out.append(static_cast<uint8_t>("0123456789abcdef"[c >> shift & 15]));
}

bool encodeUnicodeEscape(Encoder &e) {
  for (int64_t i = 0; i < e.text->length(); i++) {
    uint32_t c = e.text->at(i);
    switch (c) {
    case '\\':
      e.out.append("\\\\");
      continue;
    case '\t':
      e.out.append("\\t");
      continue;
    case '\n':
      e.out.append("\\n");
      continue;
    case '\r':
      e.out.append("\\r");
      continue;
    default:
      break;
    }
    if (c >= 0x10000)
      putHex(e.out, 'U', c, 8);
    else if (c >= 0x100)
      putHex(e.out, 'u', c, 4);
    else if (c < 32 || c >= 127)
      putHex(e.out, 'x', c, 2);
    else
      e.out.append(static_cast<uint8_t>(c));
  }
  return true;
}

bool encodeRawUnicodeEscape(Encoder &e) {
  for (int64_t i = 0; i < e.text->length(); i++) {
    uint32_t c = e.text->at(i);
    if (c >= 0x10000)
      putHex(e.out, 'U', c, 8);
    else if (c >= 0x100)
      putHex(e.out, 'u', c, 4);
    else
      e.out.append(static_cast<uint8_t>(c));
  }
  return true;
}

static int hexDigit(uint8_t c) {
  if (c - '0' < 10u)
    return c - '0';
  uint8_t lower = c | 0x20;
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// \xNN, \uNNNN, \UNNNNNNNN with [digits]; *at stands behind the letter.
static bool hexEscape_py(Decoder &d, int64_t start, int64_t *at, int digits) {
  uint32_t c = 0;
  int64_t p = *at;
  int seen = 0;
  for (; seen < digits && p < d.size; seen++, p++) {
    int value = hexDigit(d.data[p]);
    if (value < 0)
      break;
    c = c << 4 | static_cast<uint32_t>(value);
  }
  if (seen == digits && c <= 0x10ffff) {
    d.out.append(c);
    *at = p;
    return true;
  }
  const char *reason = seen == digits ? "illegal Unicode character"
                       : digits == 2  ? "truncated \\xXX escape"
                       : digits == 4  ? "truncated \\uXXXX escape"
                                      : "truncated \\UXXXXXXXX escape";
  return d.fail_py(start, p, reason, at);
}

static bool namedEscape_py(Decoder &d, int64_t start, int64_t *at) {
  int64_t p = *at;
  if (p < d.size && d.data[p] == '{') {
    int64_t nameStart = ++p;
    while (p < d.size && d.data[p] != '}')
      p++;
    if (p < d.size && p > nameStart) {
      uint32_t c[4];
      std::string_view name(reinterpret_cast<const char *>(d.data + nameStart),
                            static_cast<size_t>(p - nameStart));
      p++;
      if (unicodeLookup(name, c, false) == 1) {
        d.out.append(c[0]);
        *at = p;
        return true;
      }
      return d.fail_py(start, p, "unknown Unicode character name", at);
    }
  }
  return d.fail_py(start, p, "malformed \\N character escape", at);
}

/// Whether an escape that begins at [start] is cut off by the end of data that will go on.
static bool cutOff(const Decoder &d, int64_t start, int64_t need) {
  return !d.final && d.size - start < need;
}

bool decodeUnicodeEscape_py(Decoder &d, int64_t *firstBadEscape) {
  *firstBadEscape = -1;
  int64_t at = 0;
  while (at < d.size) {
    uint8_t c = d.data[at];
    if (c != '\\') {
      d.out.append(c);
      at++;
      continue;
    }
    int64_t start = at++;
    if (at >= d.size) {
      if (!d.final) {
        d.consumed = start;
        return true;
      }
      if (!d.fail_py(start, d.size, "\\ at end of string", &at))
        return false;
      continue;
    }
    c = d.data[at++];
    switch (c) {
    case '\n':
      continue;
    case '\\':
    case '\'':
    case '"':
      d.out.append(c);
      continue;
    case 'a':
      d.out.append(7);
      continue;
    case 'b':
      d.out.append(8);
      continue;
    case 'f':
      d.out.append(12);
      continue;
    case 'n':
      d.out.append('\n');
      continue;
    case 'r':
      d.out.append('\r');
      continue;
    case 't':
      d.out.append('\t');
      continue;
    case 'v':
      d.out.append(11);
      continue;
    case 'x':
    case 'u':
    case 'U': {
      int digits = c == 'x' ? 2 : c == 'u' ? 4 : 8;
      if (cutOff(d, start, digits + 2)) {
        d.consumed = start;
        return true;
      }
      if (!hexEscape_py(d, start, &at, digits))
        return false;
      continue;
    }
    case 'N':
      if (!d.final && !std::memchr(d.data + at, '}', static_cast<size_t>(d.size - at))) {
        d.consumed = start;
        return true;
      }
      if (!namedEscape_py(d, start, &at))
        return false;
      continue;
    default:
      break;
    }
    if (c >= '0' && c <= '7') {
      uint32_t value = c - '0';
      for (int i = 0; i < 2 && at < d.size && d.data[at] - '0' < 8u; i++)
        value = value * 8 + (d.data[at++] - '0');
      if (value > 0377 && *firstBadEscape < 0)
        *firstBadEscape = start;
      d.out.append(value);
      continue;
    }
    if (*firstBadEscape < 0)
      *firstBadEscape = start;
    d.out.append('\\');
    d.out.append(c);
  }
  d.consumed = d.size;
  return true;
}

bool decodeRawUnicodeEscape_py(Decoder &d) {
  int64_t at = 0;
  while (at < d.size) {
    uint8_t c = d.data[at];
    bool last = at + 1 >= d.size;
    if (c != '\\' || (last && d.final)) {
      d.out.append(c);
      at++;
      continue;
    }
    if (last)
      break;
    uint8_t letter = d.data[at + 1];
    if (letter != 'u' && letter != 'U') {
      d.out.append('\\');
      d.out.append(letter);
      at += 2;
      continue;
    }
    int digits = letter == 'u' ? 4 : 8;
    if (cutOff(d, at, digits + 2))
      break;
    int64_t start = at;
    at += 2;
    if (!hexEscape_py(d, start, &at, digits))
      return false;
  }
  d.consumed = at;
  return true;
}

// ---- charmap ----------------------------------------------------------------------------------------

/// 1: encoded; 0: the mapping has nothing for [c]; -1: error.
static int charmapPut_py(Encoder &e, uint32_t c) {
  Value item = krt_getitem_py(e.mapping, smallInt(c));
  if (!item)
    return krt_error_clear_if(kLookupError) ? 0 : -1;
  if (item == kNone)
    return 0;
  if (krt_int_check(item)) {
    int64_t byte;
    if (!krt_int_to_i64(krt_int_plain(item), &byte) || byte < 0 || byte > 255)
      return raiseInt(kTypeError, "character mapping must be in range(256)");
    e.out.append(static_cast<uint8_t>(byte));
    return 1;
  }
  if (bytesCheck(item)) {
    e.out.append(bytesView(item.as<Bytes>()));
    return 1;
  }
  return raiseInt(kTypeError, "character mapping must return integer, bytes or None, not %.400T", item);
}

bool encodeCharmap_py(Encoder &e, Value mapping) {
  if (mapping == kNone)
    return encodeLatin1_py(e, 256);
  e.mapping = mapping;
  e.put = [](Encoder &run, uint32_t c) { return charmapPut_py(run, c) == 1; };
  for (int64_t i = 0; i < e.text->length();) {
    int done = charmapPut_py(e, e.text->at(i));
    if (done < 0)
      return false;
    if (done) {
      i++;
      continue;
    }
    int64_t end = i + 1;
    for (; end < e.text->length(); end++) { // how far the run of unknown characters goes
      Value item = krt_getitem_py(mapping, smallInt(e.text->at(end)));
      if (!item && !krt_error_clear_if(kLookupError))
        return false;
      if (item && item != kNone)
        break;
    }
    if (!e.fail_py(i, end, "character maps to <undefined>", &i))
      return false;
  }
  return true;
}

/// The mapping's answer for a byte: 1 appended, 0 undefined, -1 error.
static int charmapGet_py(Decoder &d, Value mapping, uint8_t byte) {
  Value item;
  if (isExact(mapping, krt_str_class)) {
    Str *table = mapping.as<Str>();
    if (byte >= table->length() || table->at(byte) == 0xfffe)
      return 0;
    d.out.append(table->at(byte));
    return 1;
  }
  item = krt_getitem_py(mapping, smallInt(byte));
  if (!item)
    return krt_error_clear_if(kLookupError) ? 0 : -1;
  if (item == kNone)
    return 0;
  if (krt_int_check(item)) {
    int64_t c;
    if (!krt_int_to_i64(krt_int_plain(item), &c) || c < 0 || c > 0x10ffff)
      return raiseInt(kTypeError, "character mapping must be in range(0x110000)");
    if (c == 0xfffe)
      return 0;
    d.out.append(static_cast<uint32_t>(c));
    return 1;
  }
  if (!strCheck(item))
    return raiseInt(kTypeError, "character mapping must return integer, None or str");
  if (item.as<Str>()->length() == 1 && item.as<Str>()->at(0) == 0xfffe)
    return 0;
  d.out.append(item.as<Str>());
  return 1;
}

bool decodeCharmap_py(Decoder &d, Value mapping) {
  if (mapping == kNone)
    return decodeLatin1(d);
  for (int64_t at = 0; at < d.size;) {
    int done = charmapGet_py(d, mapping, d.data[at]);
    if (done < 0)
      return false;
    if (done)
      at++;
    else if (!d.fail_py(at, at + 1, "character maps to <undefined>", &at))
      return false;
  }
  d.consumed = d.size;
  return true;
}

} // namespace krait

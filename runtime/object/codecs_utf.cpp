// codecs_utf.cpp - UTF-8, UTF-16, UTF-32 and UTF-7.
#include "runtime/object/codec_state.h"
#include "runtime/object/str_chars.h"
#include "runtime/object/utf8.h"

#include <algorithm>
#include <bit>

namespace krait {

static const char kNoSurrogates[] = "surrogates not allowed";

// ---- UTF-8 ---------------------------------------------------------------------------------------------

static void putUtf8(BytesBuilder &out, uint32_t c) {
  uint8_t bytes[4];
  out.append(bytes, static_cast<size_t>(utf8Put(bytes, c) - bytes));
}

Bytes *encodeCleanUtf8(Str *text) {
  return withChars(text, [&](auto *chars) -> Bytes * {
    int64_t length = text->length();
    size_t size = 0;
    for (int64_t i = 0; i < length; i++) {
      if (isSurrogate(chars[i]))
        return nullptr;
      size += utf8Size(chars[i]);
    }
    Bytes *bytes = krt_bytes_raw(size);
    if (!bytes)
      return nullptr;
    uint8_t *p = bytes->data;
    for (int64_t i = 0; i < length; i++)
      p = utf8Put(p, chars[i]);
    return bytes;
  });
}

bool encodeUtf8_py(Encoder &e) {
  Str *text = e.text;
  e.put = [](Encoder &run, uint32_t c) {
    if (isSurrogate(c))
      return false;
    putUtf8(run.out, c);
    return true;
  };
  for (int64_t i = 0; i < text->length();) {
    uint32_t c = text->at(i);
    if (!isSurrogate(c)) {
      putUtf8(e.out, c);
      i++;
      continue;
    }
    int64_t end = i + 1;
    while (end < text->length() && isSurrogate(text->at(end)))
      end++;
    if (!e.fail_py(i, end, kNoSurrogates, &i))
      return false;
  }
  return true;
}

/// Result of looking at one sequence: its length, or what is wrong.
struct Utf8Look {
  int length;         // of a good sequence; 0: not good
  int bad;            // bytes that belong to the fault
  const char *reason; // null: the data ends inside a sequence that is good so far
};
static Utf8Look lookUtf8(const uint8_t *p, int64_t left) {
  uint8_t c = p[0];
  int need = c < 0x80 ? 1 : c < 0xc2 ? 0 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : c < 0xf5 ? 4 : 0;
  if (need == 0)
    return {0, 1, "invalid start byte"};
  // The second byte carries the limits against overlong forms, surrogates and numbers that are too large.
  uint8_t low = c == 0xe0 ? 0xa0 : c == 0xf0 ? 0x90 : 0x80, high = c == 0xed ? 0x9f : c == 0xf4 ? 0x8f : 0xbf;
  for (int i = 1; i < need; i++) {
    if (i >= left)
      return {0, i, nullptr};
    if (p[i] < low || p[i] > high)
      return {0, i, "invalid continuation byte"};
    low = 0x80;
    high = 0xbf;
  }
  return {need, 0, nullptr};
}

/// Whether all of the text is good: characters of two and three bytes are looked at in line.
static bool isValidUtf8(const uint8_t *p, int64_t size) {
  const uint8_t *end = p + size;
  while (p < end) {
    p += asciiPrefix(p, static_cast<size_t>(end - p));
    while (p < end && *p >= 0x80) {
      Utf8Look look = lookUtf8(p, end - p);
      if (!look.length)
        return false;
      p += look.length;
    }
  }
  return true;
}

Str *decodeValidUtf8(const uint8_t *data, int64_t size) {
  return isValidUtf8(data, size)
             ? krt_str_from_utf8(reinterpret_cast<const char *>(data), static_cast<size_t>(size))
             : nullptr;
}

bool decodeUtf8_py(Decoder &d) {
  int64_t at = 0;
  while (at < d.size) {
    size_t ascii = asciiPrefix(d.data + at, static_cast<size_t>(d.size - at));
    if (ascii) {
      d.out.append(std::string_view(reinterpret_cast<const char *>(d.data + at), ascii));
      at += static_cast<int64_t>(ascii);
      continue;
    }
    Utf8Look look = lookUtf8(d.data + at, d.size - at);
    if (look.length) {
      const uint8_t *p = d.data + at;
      d.out.append(utf8Next(p));
      at += look.length;
      continue;
    }
    // Of a surrogate, which a handler may let pass, the third byte is waited for too.
    if (!d.final && d.size - at == 2 && d.data[at] == 0xed && d.data[at + 1] >= 0xa0 &&
        d.data[at + 1] <= 0xbf)
      break;
    if (!look.reason) {
      if (!d.final)
        break;
      look.reason = "unexpected end of data";
    }
    if (!d.fail_py(at, at + look.bad, look.reason, &at))
      return false;
  }
  d.consumed = at;
  return true;
}

// ---- UTF-16 and UTF-32 -----------------------------------------------------------------------------------

template <typename Unit> static void putUnit(BytesBuilder &out, Unit unit, bool big) {
  if (big)
    unit = sizeof(Unit) == 2 ? static_cast<Unit>(__builtin_bswap16(static_cast<uint16_t>(unit)))
                             : static_cast<Unit>(__builtin_bswap32(static_cast<uint32_t>(unit)));
  out.append(&unit, sizeof unit);
}
static void putUtf16(BytesBuilder &out, uint32_t c, bool big) {
  if (c >= 0x10000) {
    putUnit(out, static_cast<uint16_t>(0xd800 + ((c - 0x10000) >> 10)), big);
    c = 0xdc00 + ((c - 0x10000) & 0x3ff);
  }
  putUnit(out, static_cast<uint16_t>(c), big);
}

template <bool Wide, bool Big> static bool encodeUnits_py(Encoder &e) {
  auto put = [](Encoder &run, uint32_t c) {
    if (isSurrogate(c))
      return false;
    if constexpr (Wide)
      putUnit(run.out, c, Big);
    else
      putUtf16(run.out, c, Big);
    return true;
  };
  e.put = put;
  for (int64_t i = 0; i < e.text->length();) {
    if (put(e, e.text->at(i))) {
      i++;
      continue;
    }
    int64_t end = i + 1;
    while (end < e.text->length() && isSurrogate(e.text->at(end)))
      end++;
    if (!e.fail_py(i, end, kNoSurrogates, &i))
      return false;
  }
  return true;
}

bool encodeUtf16_py(Encoder &e, int byteOrder) {
  if (byteOrder == 0)
    putUnit(e.out, uint16_t{0xfeff}, false);
  return byteOrder > 0 ? encodeUnits_py<false, true>(e) : encodeUnits_py<false, false>(e);
}
bool encodeUtf32_py(Encoder &e, int byteOrder) {
  if (byteOrder == 0)
    putUnit(e.out, uint32_t{0xfeff}, false);
  return byteOrder > 0 ? encodeUnits_py<true, true>(e) : encodeUnits_py<true, false>(e);
}

template <typename Unit> static Unit unitAt(const uint8_t *p, bool big) {
  Unit unit;
  std::memcpy(&unit, p, sizeof unit);
  if (!big)
    return unit;
  return sizeof(Unit) == 2 ? static_cast<Unit>(__builtin_bswap16(static_cast<uint16_t>(unit)))
                           : static_cast<Unit>(__builtin_bswap32(static_cast<uint32_t>(unit)));
}

/// Byte order 0: read from a mark at the front, which is skipped; stays native (and 0) while there is no mark
/// to see.
template <typename Unit> static bool readMark(Decoder &d, int *byteOrder, int64_t *at) {
  if (*byteOrder == 0 && d.size >= static_cast<int64_t>(sizeof(Unit))) {
    Unit first = unitAt<Unit>(d.data, false);
    if (first == 0xfeff)
      *byteOrder = -1;
    else if (first == (sizeof(Unit) == 2 ? static_cast<Unit>(0xfffe) : static_cast<Unit>(0xfffe0000u)))
      *byteOrder = 1;
    if (*byteOrder)
      *at = sizeof(Unit);
    else
      *byteOrder = -1;
  }
  return *byteOrder > 0;
}

bool decodeUtf16_py(Decoder &d, int *byteOrder) {
  int64_t at = 0;
  bool big = readMark<uint16_t>(d, byteOrder, &at);
  d.encoding = big ? "utf-16-be" : "utf-16-le"; // as messages have it
  while (at < d.size) {
    if (d.size - at < 2) {
      if (!d.final)
        break;
      if (!d.fail_py(at, d.size, "truncated data", &at))
        return false;
      continue;
    }
    uint16_t unit = unitAt<uint16_t>(d.data + at, big);
    if (!isSurrogate(unit)) {
      d.out.append(unit);
      at += 2;
      continue;
    }
    const char *reason = "illegal encoding";
    int64_t end = at + 2;
    if (unit < 0xdc00) {
      if (d.size - at < 4) {
        if (!d.final)
          break;
        reason = "unexpected end of data";
        end = d.size;
      } else {
        uint16_t second = unitAt<uint16_t>(d.data + at + 2, big);
        if (second >= 0xdc00 && second <= 0xdfff) {
          d.out.append(0x10000 + ((unit - 0xd800u) << 10) + (second - 0xdc00u));
          at += 4;
          continue;
        }
        reason = "illegal UTF-16 surrogate";
      }
    }
    if (!d.fail_py(at, end, reason, &at))
      return false;
  }
  d.consumed = at;
  return true;
}

bool decodeUtf32_py(Decoder &d, int *byteOrder) {
  int64_t at = 0;
  bool big = readMark<uint32_t>(d, byteOrder, &at);
  d.encoding = big ? "utf-32-be" : "utf-32-le";
  while (at < d.size) {
    if (d.size - at < 4) {
      if (!d.final)
        break;
      if (!d.fail_py(at, d.size, "truncated data", &at))
        return false;
      continue;
    }
    uint32_t c = unitAt<uint32_t>(d.data + at, big);
    if (c <= 0x10ffff && !isSurrogate(c)) {
      d.out.append(c);
      at += 4;
      continue;
    }
    const char *reason = c > 0x10ffff ? "code point not in range(0x110000)"
                                      : "code point in surrogate code point range(0xd800, 0xe000)";
    if (!d.fail_py(at, at + 4, reason, &at))
      return false;
  }
  d.consumed = at;
  return true;
}

// ---- UTF-7 ------------------------------------------------------------------------------------------

static const char kBase64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static int base64Value(uint32_t c) {
  if (c >= 'A' && c <= 'Z')
    return static_cast<int>(c - 'A');
  if (c >= 'a' && c <= 'z')
    return static_cast<int>(c - 'a') + 26;
  if (c >= '0' && c <= '9')
    return static_cast<int>(c - '0') + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}
/// Characters that stand for themselves (RFC 2152's direct and optional direct characters, and white space).
static bool isDirect(uint32_t c) {
  return c < 128 && c != 0 &&
         (std::strchr("'(),-./:? \t\r\n!\"#$%&*;<=>@[]^_`{|}", static_cast<int>(c)) ||
          (c | 0x20) - 'a' < 26 || c - '0' < 10);
}

bool encodeUtf7_py(Encoder &e) {
  uint32_t bits = 0;
  int count = 0;
  bool shifted = false;
  auto flush = [&](bool last) {
    while (count >= 6) {
      count -= 6;
      e.out.append(static_cast<uint8_t>(kBase64[bits >> count & 63]));
    }
    if (last && count) {
      e.out.append(static_cast<uint8_t>(kBase64[bits << (6 - count) & 63]));
      count = 0;
    }
  };
  auto unit = [&](uint32_t u) {
    bits = bits << 16 | u;
    count += 16;
    flush(false);
  };
  for (int64_t i = 0; i < e.text->length(); i++) {
    uint32_t c = e.text->at(i);
    if (isDirect(c)) {
      if (shifted) {
        flush(true);
        shifted = false;
        if (base64Value(c) >= 0 || c == '-')
          e.out.append('-');
      }
      e.out.append(static_cast<uint8_t>(c));
      continue;
    }
    if (!shifted) {
      e.out.append('+');
      if (c == '+') {
        e.out.append('-');
        continue;
      }
      shifted = true;
      bits = 0;
      count = 0;
    }
    if (c >= 0x10000) {
      unit(0xd800 + ((c - 0x10000) >> 10));
      c = 0xdc00 + ((c - 0x10000) & 0x3ff);
    }
    unit(c);
  }
  if (shifted) {
    flush(true);
    e.out.append('-');
  }
  return true;
}

bool decodeUtf7_py(Decoder &d) {
  int64_t at = 0, shiftStart = 0;
  bool shifted = false;
  uint32_t bits = 0, high = 0;
  int count = 0;
  auto wrong = [&](int64_t start, const char *reason) {
    shifted = false;
    return d.fail_py(start, at, reason, &at);
  };
  auto endHigh = [&] {
    if (high)
      d.out.append(high);
    high = 0;
  };
  int64_t safe = 0, safeLength = 0; // not final: the text before the last unfinished shift
  while (at < d.size) {
    uint8_t c = d.data[at];
    if (shifted) {
      int value = base64Value(c);
      if (value >= 0) {
        bits = bits << 6 | static_cast<uint32_t>(value);
        count += 6;
        at++;
        if (count >= 16) {
          count -= 16;
          uint32_t u = bits >> count & 0xffff;
          if (high && u >= 0xdc00 && u <= 0xdfff) {
            d.out.append(0x10000 + ((high - 0xd800) << 10) + (u - 0xdc00));
            high = 0;
          } else {
            endHigh();
            if (u >= 0xd800 && u < 0xdc00)
              high = u;
            else
              d.out.append(u);
          }
        }
        continue;
      }
      shifted = false;
      if (count >= 6) {
        at++;
        high = 0;
        if (!wrong(shiftStart, "partial character in base64 sequence"))
          return false;
        continue;
      }
      if (count && bits & ((1u << count) - 1)) {
        at++;
        high = 0;
        if (!wrong(shiftStart, "non-zero padding bits in base64 sequence"))
          return false;
        continue;
      }
      if (c < 128 && c != '+')
        endHigh();
      high = 0;
      if (c == '-')
        at++;
    } else if (c == '+') {
      safe = at;
      safeLength = d.out.length();
      shiftStart = at++;
      if (at < d.size && d.data[at] == '-') {
        d.out.append('+');
        at++;
      } else if (at < d.size && base64Value(d.data[at]) < 0) {
        at++;
        if (!wrong(shiftStart, "ill-formed sequence"))
          return false;
      } else {
        shifted = true;
        bits = 0;
        count = 0;
        high = 0;
      }
    } else if (c < 128) {
      d.out.append(c);
      at++;
    } else {
      shiftStart = at++;
      if (!wrong(shiftStart, "unexpected special character"))
        return false;
    }
  }
  if (shifted && !d.final) {
    Str *all = d.out.finish();
    d.out.clear();
    d.out.append(all, 0, safeLength);
    d.consumed = safe;
    return true;
  }
  if (shifted && (high || count >= 6 || (count && bits & ((1u << count) - 1)))) {
    int64_t end = d.size;
    at = end;
    if (!d.fail_py(shiftStart, end, "unterminated shift sequence", &at))
      return false;
  }
  d.consumed = d.size;
  return true;
}

} // namespace krait

// utf8.h - single characters of UTF-8 (lone surrogates as WTF-8 included), and a fast test for ASCII.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace krait {

/// Number of leading bytes below 128.
inline size_t asciiPrefix(const uint8_t *text, size_t size) {
  size_t i = 0;
  for (; i + 8 <= size; i += 8) {
    uint64_t word;
    std::memcpy(&word, text + i, 8);
    if (word & 0x8080808080808080u)
      return i + static_cast<size_t>(__builtin_ctzll(word & 0x8080808080808080u)) / 8;
  }
  while (i < size && text[i] < 0x80)
    i++;
  return i;
}
/// The next character of valid UTF-8; advances [p].
inline uint32_t utf8Next(const uint8_t *&p) {
  uint32_t c = *p++;
  if (c < 0x80)
    return c;
  if (c < 0xe0)
    return (c & 0x1f) << 6 | (*p++ & 0x3f);
  if (c < 0xf0) {
    uint32_t b = *p++ & 0x3f;
    return (c & 0x0f) << 12 | b << 6 | (*p++ & 0x3f);
  }
  uint32_t b = *p++ & 0x3f, d = *p++ & 0x3f;
  return (c & 7) << 18 | b << 12 | d << 6 | (*p++ & 0x3f);
}
/// Writes [c], surrogates too; returns the byte after.
inline uint8_t *utf8Put(uint8_t *out, uint32_t c) {
  if (c < 0x80) {
    *out++ = static_cast<uint8_t>(c);
  } else if (c < 0x800) {
    *out++ = static_cast<uint8_t>(0xc0 | c >> 6);
    *out++ = static_cast<uint8_t>(0x80 | (c & 0x3f));
  } else if (c < 0x10000) {
    *out++ = static_cast<uint8_t>(0xe0 | c >> 12);
    *out++ = static_cast<uint8_t>(0x80 | (c >> 6 & 0x3f));
    *out++ = static_cast<uint8_t>(0x80 | (c & 0x3f));
  } else {
    *out++ = static_cast<uint8_t>(0xf0 | c >> 18);
    *out++ = static_cast<uint8_t>(0x80 | (c >> 12 & 0x3f));
    *out++ = static_cast<uint8_t>(0x80 | (c >> 6 & 0x3f));
    *out++ = static_cast<uint8_t>(0x80 | (c & 0x3f));
  }
  return out;
}
inline size_t utf8Size(uint32_t c) { return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4; }

} // namespace krait

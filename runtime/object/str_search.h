// str_search.h - finding runs of characters in runs of characters of the same or another width.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace krait {

template <typename C> int64_t findChar(const C *text, int64_t length, uint32_t c) {
  if constexpr (sizeof(C) == 1) {
    if (c > 0xff)
      return -1;
    auto *at = static_cast<const uint8_t *>(std::memchr(text, static_cast<int>(c), static_cast<size_t>(length)));
    return at ? at - text : -1;
  } else {
    for (int64_t i = 0; i < length; i++)
      if (text[i] == c)
        return i;
    return -1;
  }
}
template <typename C> int64_t findCharBack(const C *text, int64_t length, uint32_t c) {
  if constexpr (sizeof(C) == 1) {
    if (c > 0xff)
      return -1;
    auto *at = static_cast<const uint8_t *>(memrchr(text, static_cast<int>(c), static_cast<size_t>(length)));
    return at ? at - text : -1;
  } else {
    while (length-- > 0)
      if (text[length] == c)
        return length;
    return -1;
  }
}
template <typename A, typename B> bool sameChars(const A *a, const B *b, int64_t length) {
  if constexpr (sizeof(A) == sizeof(B)) {
    return std::memcmp(a, b, static_cast<size_t>(length) * sizeof(A)) == 0;
  } else {
    for (int64_t i = 0; i < length; i++)
      if (a[i] != b[i])
        return false;
    return true;
  }
}
/// Position of [needle] in [text], or -1. Two characters at the ends are looked at before the whole; for bytes the C
/// library's two-way search keeps the worst case linear.
template <typename A, typename B> int64_t findRun(const A *text, int64_t length, const B *needle, int64_t size) {
  if (size == 0)
    return 0;
  if (size > length)
    return -1;
  if (size == 1)
    return findChar(text, length, needle[0]);
  if constexpr (sizeof(A) == 1 && sizeof(B) == 1) {
    auto *at = static_cast<const uint8_t *>(memmem(text, static_cast<size_t>(length), needle, static_cast<size_t>(size)));
    return at ? at - text : -1;
  } else {
    int64_t last = length - size;
    for (int64_t i = 0; i <= last; i++) {
      int64_t skip = findChar(text + i, last - i + 1, needle[0]);
      if (skip < 0)
        return -1;
      i += skip;
      if (text[i + size - 1] == needle[size - 1] && sameChars(text + i, needle, size))
        return i;
    }
    return -1;
  }
}
template <typename A, typename B> int64_t findRunBack(const A *text, int64_t length, const B *needle, int64_t size) {
  if (size > length)
    return -1;
  if (size == 0)
    return length;
  for (int64_t i = length - size; i >= 0; i--) {
    i = findCharBack(text, i + 1, needle[0]);
    if (i < 0)
      return -1;
    if (text[i + size - 1] == needle[size - 1] && sameChars(text + i, needle, size))
      return i;
  }
  return -1;
}
/// Number of non-overlapping occurrences, at most [limit]; [needle] is not empty.
template <typename A, typename B>
int64_t countRun(const A *text, int64_t length, const B *needle, int64_t size, int64_t limit = INT64_MAX) {
  int64_t count = 0;
  for (int64_t at = 0; count < limit; count++) {
    int64_t next = findRun(text + at, length - at, needle, size);
    if (next < 0)
      break;
    at += next + size;
  }
  return count;
}

} // namespace krait

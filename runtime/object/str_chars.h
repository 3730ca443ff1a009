// str_chars.h - running a template over the characters of a string in their own width.
#pragma once

#include "runtime/object/str.h"

namespace krait {

/// f(pointer to the characters), with uint8_t, uint16_t or uint32_t.
template <typename F> inline auto withChars(const Str *text, F &&f) {
  switch (text->kind()) {
  case 1:
    return f(text->data1());
  case 2:
    return f(text->data2());
  default:
    return f(text->data4());
  }
}

} // namespace krait

// carets.h - the two lines under `File "...", line N` of a syntax error, alike at run time and at compile time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace krait {

struct LineWithCarets {
  std::string text;   ///< Without the space at both ends, indented by four.
  std::string carets; ///< Below it; empty if the error has no column.
};

/// [line] is UTF-8; [column] and [endColumn] count characters from 1 as SyntaxError.offset and end_offset do (0: unknown). An
/// [endColumn] behind the line's end means its end.
LineWithCarets lineWithCarets(std::string_view line, int64_t column, int64_t endColumn);

/// Characters of UTF-8.
inline size_t utf8Length(std::string_view text) {
  size_t n = 0;
  for (char c : text)
    n += (c & 0xc0) != 0x80;
  return n;
}

} // namespace krait

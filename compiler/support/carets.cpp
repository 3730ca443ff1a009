#include "compiler/support/carets.h"

#include <algorithm>

namespace krait {

LineWithCarets lineWithCarets(std::string_view line, int64_t column, int64_t endColumn) {
  while (!line.empty() && line.back() == '\n')
    line.remove_suffix(1);
  if (endColumn == 0 || endColumn == -1 || endColumn == column)
    endColumn = column + 1;
  endColumn = std::min(endColumn, static_cast<int64_t>(utf8Length(line)) + 1);
  size_t spaces = std::min(line.find_first_not_of(" \t\n\f"), line.size());
  line.remove_prefix(spaces);
  LineWithCarets out{"    " + std::string(line), {}};
  int64_t from = column - 1 - static_cast<int64_t>(spaces), to = endColumn - 1 - static_cast<int64_t>(spaces);
  if (column < 1 || from < 0)
    return out;
  out.carets = "    ";
  size_t byte = 0;
  for (int64_t i = 0; i < from; ++i) { // tabs stay tabs, so that the caret stands below its character
    bool blank = byte < line.size() && (line[byte] == ' ' || line[byte] == '\t' || line[byte] == '\f');
    out.carets += blank ? line[byte] : ' ';
    if (byte < line.size())
      for (++byte; byte < line.size() && (line[byte] & 0xc0) == 0x80;)
        ++byte;
  }
  out.carets.append(static_cast<size_t>(std::max<int64_t>(to - from, 1)), '^');
  return out;
}

} // namespace krait

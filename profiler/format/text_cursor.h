// A position in profile text, with the reading of its tokens: spaces, words, numbers, names, symbols.
// Every member leaves the cursor where it found the fault when it returns false.
#pragma once

#include "profiler/format/symbol.h"

namespace krait {

class TextCursor {
public:
  explicit TextCursor(std::string_view text) : text_(text) {}

  size_t position() const { return at_; }
  bool atEnd() const { return at_ == text_.size(); }
  char peek() const { return atEnd() ? '\0' : text_[at_]; }

  void skipSpaces();
  /// Passes [word] if it stands here.
  bool take(std::string_view word);
  /// Passes [keyword] if it stands here as a whole word (followed by neither letter nor digit).
  bool takeKeyword(std::string_view keyword);
  /// A decimal number without leading zeros that fits 64 bits.
  bool number(uint64_t &value);
  bool number(uint32_t &value);
  /// Exactly 16 lower-case hexadecimal digits.
  bool hash(uint64_t &value);
  /// A bare or quoted name.
  bool name(std::string &value);
  /// '#' and a number above zero, or nothing.
  bool ordinal(uint32_t &value);
  bool symbol(ProfileSymbol &value);

private:
  bool quotedName(std::string &value);
  bool escape(std::string &value);
  bool qualified(ProfileSymbol &value);
  bool identity(ProfileSymbol &value);

  std::string_view text_;
  size_t at_ = 0;
};

} // namespace krait

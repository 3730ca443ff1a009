// format_spec.h - the format specification mini-language, shared by the number types, str and `%`.
#pragma once

#include "runtime/object/str.h"

#include <string>

namespace krait {

struct FormatSpec {
  uint32_t fill = ' ';
  uint32_t align = 0; // '<' '>' '=' '^'; the type's default if none was given
  char sign = 0;      // '+', '-', ' ' or 0
  bool alternate = false, noNegativeZero = false;
  bool alignGiven = false;
  int64_t width = -1, precision = -1;
  uint32_t grouping = 0; // ',' '_' or 0
  uint32_t type = 0;     // 0: none given
};

/// Parses [text] for an object of the class of [object] (for messages); false with ValueError pending.
bool parseFormatSpec(Str *text, Value object, char defaultAlign, FormatSpec *out);
/// ValueError: unknown format code.
Str *raiseUnknownFormat(uint32_t type, Value object);

/// A number to lay out: sign, prefix, digits that are grouped, and what follows them.
struct NumberText {
  bool negative = false;
  std::string prefix; // "0x"
  std::string digits; // of the integral part
  std::string rest;   // ".5e+10", "%", "j"
};
/// How digits are grouped: sizes from the right as localeconv has them (the last repeats).
struct Grouping {
  std::string separator, point = ".";
  std::string sizes;
};
/// Appends the number padded to the width of [spec].
void layOutNumber(StrBuilder &out, const FormatSpec &spec, const NumberText &number, const Grouping &grouping);
/// The same without grouping: [text] is digits and what follows them.
void layOutPlain(StrBuilder &out, const FormatSpec &spec, bool negative, std::string_view text);
Grouping groupingFor(const FormatSpec &spec);
/// [text] as doubleToText gives it, cut into parts.
NumberText splitNumber(const std::string &text);
/// Text of a double for format letter [type] (e E f F g G % n, 0), without layout.
std::string doubleForType(double d, uint32_t type, int64_t precision, bool alternate);

} // namespace krait

// format_template.h - the text side of str.format: replacement fields and their names. Used by str.format and _string.
#pragma once

#include "runtime/object/str.h"

namespace krait {

/// A part of a format string: literal text, then perhaps a field.
struct FormatPart {
  int64_t literalStart, literalEnd; // text that goes out as it is ("{{" counts as one brace)
  bool hasField, hasConversion, hasSpec;
  int64_t nameStart, nameEnd;
  uint32_t conversion; // 0: none
  int64_t specStart, specEnd;
  bool specNested; // the spec has fields of its own
};
/// Walks the parts of [text] in [at, end).
class FormatParts {
public:
  FormatParts(Str *text, int64_t start, int64_t end) : text_(text), at_(start), end_(end) {}
  /// 1: a part in [out]; 0: done; -1: ValueError pending.
  int next(FormatPart *out);

private:
  Str *text_;
  int64_t at_, end_;
  int field(FormatPart *out);
};

/// The first piece of a field name ("a" of "a.b[0]") ends at *firstEnd; the rest is walked by FieldRest.
void fieldNameFirst(Str *text, int64_t start, int64_t end, int64_t *firstEnd);
/// A piece like ".b" or "[0]".
struct FieldPiece {
  bool attribute;
  int64_t start, end;
  int64_t index; // of an item that is a number, or -1
};
/// 1, 0 at the end, -1 with ValueError pending; advances *at.
int fieldNameNext(Str *text, int64_t *at, int64_t end, FieldPiece *out);
/// The number in text[start, end), or -1 if it is none; -2 with ValueError pending when too large.
int64_t fieldNumber(Str *text, int64_t start, int64_t end);

} // namespace krait

// _string.cpp - the module _string.
#include "stdlib/native/_string.h"

#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/format_template.h"
#include "runtime/object/protocol.h"
#include "stdlib/native/_string.bind.inc"

namespace krait {

Value krt__string_formatterParser_py(Value given) {
  if (!strCheck(given))
    return krt_raise(kTypeError, "expected str, got %T", given);
  Str *text = given.as<Str>();
  List *list = krt_list_new(0);
  FormatParts parts(text, 0, text->length());
  FormatPart part;
  while (int more = parts.next(&part)) {
    if (more < 0)
      return {};
    Value row[4] = {krt_str_substring(text, part.literalStart, part.literalEnd), kNone, kNone, kNone};
    if (part.hasField) {
      row[1] = krt_str_substring(text, part.nameStart, part.nameEnd);
      row[2] = krt_str_substring(text, part.specStart, part.specEnd);
      if (part.hasConversion)
        row[3] = krt_str_from_char(part.conversion);
    }
    krt_list_append(list, krt_tuple_from(row, 4));
  }
  return krt_iter_py(list);
}

Value krt__string_fieldNameSplit_py(Value given) {
  if (!strCheck(given))
    return krt_raise(kTypeError, "expected str, got %T", given);
  Str *text = given.as<Str>();
  int64_t length = text->length(), at;
  fieldNameFirst(text, 0, length, &at);
  int64_t number = fieldNumber(text, 0, at);
  if (number == -2)
    return {};
  Value first = number >= 0 ? smallInt(number) : Value(krt_str_substring(text, 0, at));
  List *rest = krt_list_new(0);
  FieldPiece piece;
  while (int more = fieldNameNext(text, &at, length, &piece)) {
    if (more < 0)
      return {};
    Value name = !piece.attribute && piece.index >= 0 ? smallInt(piece.index) : Value(krt_str_substring(text, piece.start, piece.end));
    Value row[2] = {boolean(piece.attribute), name};
    krt_list_append(rest, krt_tuple_from(row, 2));
  }
  Value both[2] = {first, TRY(krt_iter_py(rest))};
  return krt_tuple_from(both, 2);
}

} // namespace krait

// format_template.cpp - str.format: finding replacement fields, looking values up, formatting them.
#include "runtime/object/format_template.h"

#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/format.h"
#include "runtime/object/protocol.h"
#include "runtime/unicode/properties.h"

namespace krait {

static int badFormat(const char *message) { return raiseInt(kValueError, "%s", message); }

// ---- Parts -----------------------------------------------------------------------------------------------

int FormatParts::next(FormatPart *out) {
  *out = {};
  if (at_ >= end_)
    return 0;
  out->literalStart = out->literalEnd = at_;
  while (at_ < end_) {
    uint32_t c = text_->at(at_++);
    if (c != '{' && c != '}') {
      out->literalEnd = at_;
      continue;
    }
    if (at_ < end_ && text_->at(at_) == c) { // doubled: one goes out, and the part ends behind it
      out->literalEnd = at_++;
      return 1;
    }
    if (c == '}')
      return badFormat("Single '}' encountered in format string");
    if (at_ >= end_)
      return badFormat("Single '{' encountered in format string");
    return field(out);
  }
  return 1;
}

int FormatParts::field(FormatPart *out) {
  // The name reaches to '!' or ':' outside of brackets, or to the closing brace; braces nest inside.
  int64_t start = at_, depth = 1;
  bool inBracket = false;
  out->hasField = true;
  out->nameStart = start;
  uint32_t stop = 0;
  for (; at_ < end_; at_++) {
    uint32_t c = text_->at(at_);
    if (c == '{' && !inBracket)
      return badFormat("unexpected '{' in field name");
    if (c == '[') {
      inBracket = true;
      continue;
    }
    if (c == ']')
      inBracket = false;
    if (inBracket || (c != '}' && c != ':' && c != '!'))
      continue;
    stop = c;
    break;
  }
  out->nameEnd = at_;
  if (!stop)
    return badFormat("expected '}' before end of string");
  at_++;
  if (stop == '!') {
    if (at_ >= end_)
      return badFormat("end of string while looking for conversion specifier");
    out->hasConversion = true;
    out->conversion = text_->at(at_++);
    if (at_ >= end_)
      return badFormat("unmatched '{' in format spec");
    stop = text_->at(at_++);
    if (stop != ':' && stop != '}')
      return badFormat("expected ':' after conversion specifier");
  }
  if (stop == '}')
    return 1;
  out->hasSpec = true;
  out->specStart = at_;
  for (; at_ < end_; at_++) {
    uint32_t c = text_->at(at_);
    if (c == '{') {
      out->specNested = true;
      depth++;
    } else if (c == '}' && --depth == 0) {
      out->specEnd = at_++;
      return 1;
    }
  }
  return badFormat("unmatched '{' in format spec");
}

int64_t fieldNumber(Str *text, int64_t start, int64_t end) {
  if (start >= end)
    return -1;
  int64_t value = 0;
  for (int64_t i = start; i < end; i++) {
    int digit = charDecimal(text->at(i));
    if (digit < 0)
      return -1;
    if (value > (INT64_MAX - digit) / 10) {
      krt_raise(kValueError, "Too many decimal digits in format string");
      return -2;
    }
    value = value * 10 + digit;
  }
  return value;
}

void fieldNameFirst(Str *text, int64_t start, int64_t end, int64_t *firstEnd) {
  while (start < end && text->at(start) != '.' && text->at(start) != '[')
    start++;
  *firstEnd = start;
}

int fieldNameNext(Str *text, int64_t *at, int64_t end, FieldPiece *out) {
  if (*at >= end)
    return 0;
  uint32_t c = text->at((*at)++);
  out->attribute = c == '.';
  out->index = -1;
  out->start = *at;
  if (c == '.') {
    while (*at < end && text->at(*at) != '.' && text->at(*at) != '[')
      ++*at;
    out->end = *at;
  } else if (c == '[') {
    while (*at < end && text->at(*at) != ']')
      ++*at;
    if (*at >= end)
      return badFormat("Missing ']' in format string");
    out->end = (*at)++;
    out->index = fieldNumber(text, out->start, out->end);
    if (out->index == -2)
      return -1;
  } else {
    return badFormat("Only '.' or '[' may follow ']' in format field specifier");
  }
  if (out->start == out->end)
    return badFormat("Empty attribute in format string");
  return 1;
}

// ---- str.format -------------------------------------------------------------------------------------

namespace {

class Formatter {
public:
  Formatter(Str *format, const Value *args, size_t count, Value mapping)
      : text_(format), args_(args), count_(count), mapping_(mapping) {}
  bool run_py(int64_t start, int64_t end, int depth, StrBuilder &out);

private:
  Str *text_;
  const Value *args_;
  size_t count_; // SIZE_MAX: format_map
  Value mapping_;
  int64_t nextAuto_ = 0;
  enum { Unknown, Automatic, Manual } numbering_ = Unknown;

  Value fetch_py(const FormatPart &part);
  Value first_py(int64_t start, int64_t end);
  bool field_py(const FormatPart &part, int depth, StrBuilder &out);
};

Value Formatter::first_py(int64_t start, int64_t end) {
  int64_t index = fieldNumber(text_, start, end);
  if (index == -2)
    return {};
  if (index == -1 && start < end) {
    Str *key = TRY(krt_str_substring(text_, start, end));
    if (!mapping_)
      return krt_raise_key_error(key);
    return krt_getitem_py(mapping_, key);
  }
  auto now = start == end ? Automatic : Manual;
  if (numbering_ == Unknown)
    numbering_ = now;
  else if (numbering_ != now)
    return krt_raise(kValueError,
                     now == Automatic
                         ? "cannot switch from manual field specification to automatic field numbering"
                         : "cannot switch from automatic field numbering to manual field specification");
  if (now == Automatic)
    index = nextAuto_++;
  if (count_ == SIZE_MAX)
    return krt_raise(kValueError, "Format string contains positional fields");
  if (index >= static_cast<int64_t>(count_))
    return krt_raise(kIndexError, "Replacement index %lld out of range for positional args tuple",
                     static_cast<long long>(index));
  return args_[index];
}

Value Formatter::fetch_py(const FormatPart &part) {
  int64_t firstEnd;
  fieldNameFirst(text_, part.nameStart, part.nameEnd, &firstEnd);
  Value value = TRY(first_py(part.nameStart, firstEnd));
  FieldPiece piece;
  int64_t at = firstEnd;
  while (int more = fieldNameNext(text_, &at, part.nameEnd, &piece)) {
    if (more < 0)
      return {};
    if (!piece.attribute && piece.index >= 0) {
      value = TRY(krt_getitem_py(value, smallInt(piece.index)));
      continue;
    }
    Str *name = TRY(krt_str_substring(text_, piece.start, piece.end));
    value = TRY(piece.attribute ? krt_getattr_py(value, krt_str_intern(name)) : krt_getitem_py(value, name));
  }
  return value;
}

bool Formatter::field_py(const FormatPart &part, int depth, StrBuilder &out) {
  Value value = fetch_py(part);
  if (!value)
    return false;
  if (part.hasConversion) {
    Str *converted;
    switch (part.conversion) {
    case 'r':
      converted = krt_repr_py(value);
      break;
    case 's':
      converted = krt_str_of_py(value);
      break;
    case 'a':
      converted = krt_ascii_py(value);
      break;
    default:
      if (part.conversion > 32 && part.conversion < 127)
        krt_raise(kValueError, "Unknown conversion specifier %c", static_cast<int>(part.conversion));
      else
        krt_raise(kValueError, "Unknown conversion specifier \\x%x", part.conversion);
      return false;
    }
    if (!converted)
      return false;
    value = converted;
  }
  Str *spec = nullptr;
  if (part.specNested) {
    StrBuilder inner;
    if (!run_py(part.specStart, part.specEnd, depth - 1, inner))
      return false;
    spec = inner.finish();
  } else if (part.hasSpec && part.specEnd > part.specStart) {
    spec = krt_str_substring(text_, part.specStart, part.specEnd);
  }
  Value result = krt_format_py(value, spec);
  if (!result)
    return false;
  out.append(result.as<Str>());
  return true;
}

bool Formatter::run_py(int64_t start, int64_t end, int depth, StrBuilder &out) {
  if (depth <= 0) {
    krt_raise(kValueError, "Max string recursion exceeded");
    return false;
  }
  FormatParts parts(text_, start, end);
  FormatPart part;
  while (int more = parts.next(&part)) {
    if (more < 0)
      return false;
    out.append(text_, part.literalStart, part.literalEnd);
    if (part.hasField && !field_py(part, depth, out))
      return false;
  }
  return true;
}

} // namespace

Value krt_str_format_fields_py(Str *format, const Value *args, size_t count, Value mapping) {
  StrBuilder out;
  Formatter formatter(format, args, count, mapping);
  if (!formatter.run_py(0, format->length(), 2, out))
    return {};
  return out.finish();
}

} // namespace krait

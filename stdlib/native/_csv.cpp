// _csv.cpp - the module _csv. Rows are read by a small state machine; runs of plain characters are copied at once.
#include "stdlib/native/_csv.h"

#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/int.h"
#include "runtime/object/protocol.h"
#include "runtime/object/sequence.h"
#include "runtime/object/str_chars.h"
#include "stdlib/native/_csv.bind.inc"

namespace krait {

enum Quoting : int64_t { kQuoteMinimal, kQuoteAll, kQuoteNonNumeric, kQuoteNone };

static constinit Class *errorClass = nullptr; // _csv.Error
static constinit Dict *dialects = nullptr;    // name -> Dialect
static int64_t fieldLimit = 128 * 1024;

template <typename... Args> static Value fail(const char *format, Args... args) { return krt_raise(errorClass, format, args...); }

// ---- Dialects --------------------------------------------------------------------------------------------------

Value krt__csv_getDialect_py(Value name) {
  Value found = krt_dict_get_py(dialects, name);
  return found || errorPending() ? found : fail("unknown dialect");
}

/// Takes one or two positional arguments as [out]; false with TypeError pending.
static bool oneOrTwo(ArgSpan args, Value *out) {
  if (args.size < 1 || args.size > 2) {
    krt_raise(kTypeError, args.size < 1 ? " expected at least 1 argument, got %zu" : " expected at most 2 arguments, got %zu", args.size);
    return false;
  }
  out[0] = args.data[0];
  out[1] = args.size == 2 ? args.data[1] : Value();
  return true;
}

namespace {

/// The settings of a new dialect: each from the keywords, else from the attributes of another dialect.
struct Settings {
  Value delimiter, doublequote, escapechar, lineterminator, quotechar, quoting, skipinitialspace, strict;

  /// False with an exception pending.
  bool collect_py(Value dialect, Dict *kwargs);
  bool apply_py(CsvDialect *out) const;

private:
  static bool character(const char *name, Value given, bool mayBeNone, uint32_t fallback, uint32_t *out);
};

bool Settings::collect_py(Value dialect, Dict *kwargs) {
  struct {
    Str *name;
    Value *slot;
  } all[] = {{KSTR(delimiter), &delimiter},           {KSTR(doublequote), &doublequote}, {KSTR(escapechar), &escapechar},
             {KSTR(lineterminator), &lineterminator}, {KSTR(quotechar), &quotechar},     {KSTR(quoting), &quoting},
             {KSTR(skipinitialspace), &skipinitialspace}, {KSTR(strict), &strict}};
  uint32_t position = 0;
  while (DictEntry *entry = kwargs ? krt_dict_next(kwargs, &position) : nullptr) {
    bool known = false;
    for (auto &setting : all)
      if (krt_str_equal(setting.name, entry->key.as<Str>())) {
        *setting.slot = entry->value;
        known = true;
      }
    if (!known && !krt_str_equal(entry->key.as<Str>(), KSTR(dialect))) {
      krt_raise(kTypeError, "'%S' is an invalid keyword argument for this function", entry->key);
      return false;
    }
  }
  if (dialect)
    for (auto &setting : all)
      if (!*setting.slot) {
        *setting.slot = krt_getattr_optional_py(dialect, setting.name);
        if (!*setting.slot && errorPending())
          return false;
      }
  return true;
}

bool Settings::character(const char *name, Value given, bool mayBeNone, uint32_t fallback, uint32_t *out) {
  *out = fallback;
  if (!given)
    return true;
  if (mayBeNone && given == kNone) {
    *out = kCsvNoChar;
    return true;
  }
  if (!strCheck(given)) {
    krt_raise(kTypeError, mayBeNone ? "\"%s\" must be string or None, not %.200T" : "\"%s\" must be string, not %.200T", name, given);
    return false;
  }
  if (given.as<Str>()->length() != 1) {
    krt_raise(kTypeError, "\"%s\" must be a 1-character string", name);
    return false;
  }
  *out = given.as<Str>()->at(0);
  return true;
}

bool Settings::apply_py(CsvDialect *out) const {
  auto truth = [](Value given, bool fallback, bool *to) {
    int answer = given ? krt_truth_py(given) : fallback;
    *to = answer > 0;
    return answer >= 0;
  };
  auto bad = [](const char *message) {
    krt_raise(kTypeError, message);
    return false;
  };
  if (!character("delimiter", delimiter, false, ',', &out->delimiter) || !truth(doublequote, true, &out->doubleQuote) ||
      !character("escapechar", escapechar, true, kCsvNoChar, &out->escape))
    return false;
  out->terminator = strFrom("\r\n");
  if (lineterminator && lineterminator != kNone && !strCheck(lineterminator))
    return bad("\"lineterminator\" must be a string");
  if (lineterminator)
    out->terminator = lineterminator == kNone ? nullptr : lineterminator.as<Str>();
  if (!character("quotechar", quotechar, true, '"', &out->quote))
    return false;
  if (quoting && !isExact(quoting, krt_int_class) && !quoting.isInt())
    return bad("\"quoting\" must be an integer");
  out->quoting = !quoting ? kQuoteMinimal : quoting.isInt() ? quoting.asInt() : -1;
  if (!truth(skipinitialspace, false, &out->skipSpace) || !truth(strict, false, &out->strict))
    return false;
  if (out->quoting < kQuoteMinimal || out->quoting > kQuoteNone)
    return bad("bad \"quoting\" value");
  if (quotechar && quotechar == kNone && !quoting)
    out->quoting = kQuoteNone;
  if (out->quoting != kQuoteNone && out->quote == kCsvNoChar)
    return bad("quotechar must be set if quoting enabled");
  if (!out->terminator)
    return bad("lineterminator must be set");
  return true;
}

} // namespace

/// The dialect that a base (may be null: none, a name, a Dialect or an object with such attributes) and keywords describe.
static CsvDialect *makeDialect_py(Class *cls, Value base, Dict *kwargs) {
  if (base && base == kNone)
    base = Value();
  if (kwargs && !base) {
    base = krt_dict_get_str(kwargs, KSTR(dialect));
    if (base && base == kNone)
      base = Value();
  }
  if (base && strCheck(base)) {
    base = krt__csv_getDialect_py(base);
    if (!base)
      return nullptr;
  }
  if (base && krt_instance(base, &krt_csv_dialect_class) && (!kwargs || kwargs->used == (krt_dict_get_str(kwargs, KSTR(dialect)) ? 1 : 0)))
    return base.as<CsvDialect>();
  Settings settings;
  if (!settings.collect_py(base, kwargs))
    return nullptr;
  auto *made = static_cast<CsvDialect *>(krt_instance_new(cls, 0));
  return settings.apply_py(made) ? made : nullptr;
}

Value krt_csv_dialect_create_py(Class *cls, ArgSpan args, Dict *kwargs) {
  if (args.size > 1)
    return krt_raise(kTypeError, "function takes at most 1 positional argument (%zu given)", args.size);
  return makeDialect_py(cls, args.size ? args.data[0] : Value(), kwargs);
}
Value krt_csv_dialect_reduce(CsvDialect *self) { return krt_raise(kTypeError, "cannot pickle '%S' instances", Value(classOf(self)->name)); }
Value krt_csv_dialect_reduceEx(CsvDialect *self, Value) { return krt_csv_dialect_reduce(self); }

static Value characterOrNone(uint32_t c) { return c == kCsvNoChar ? kNone : Value(krt_str_from_char(c)); }
Value krt_csv_dialect_delimiter(Value self) { return characterOrNone(self.as<CsvDialect>()->delimiter); }
Value krt_csv_dialect_quotechar(Value self) { return characterOrNone(self.as<CsvDialect>()->quote); }
Value krt_csv_dialect_escapechar(Value self) { return characterOrNone(self.as<CsvDialect>()->escape); }
Value krt_csv_dialect_lineterminator(Value self) { return self.as<CsvDialect>()->terminator; }
Value krt_csv_dialect_quoting(Value self) { return smallInt(self.as<CsvDialect>()->quoting); }
Value krt_csv_dialect_doublequote(Value self) { return boolean(self.as<CsvDialect>()->doubleQuote); }
Value krt_csv_dialect_skipinitialspace(Value self) { return boolean(self.as<CsvDialect>()->skipSpace); }
Value krt_csv_dialect_strict(Value self) { return boolean(self.as<CsvDialect>()->strict); }

Value krt__csv_register_py(ArgSpan args, Dict *kwargs) {
  Value given[2];
  if (!oneOrTwo(args, given))
    return {};
  if (!strCheck(given[0]))
    return krt_raise(kTypeError, "dialect name must be a string");
  CsvDialect *dialect = TRY(makeDialect_py(&krt_csv_dialect_class, given[1], kwargs));
  return krt_dict_set_py(dialects, given[0], dialect) < 0 ? Value() : kNone;
}
Value krt__csv_unregister_py(Value name) {
  Value old = krt_dict_pop_py(dialects, name);
  if (!old)
    return errorPending() ? Value() : fail("unknown dialect");
  return kNone;
}
Value krt__csv_listDialects_py() { return krt_list_from_py(dialects); }

Value krt__csv_fieldSizeLimit(Value limit) {
  int64_t old = fieldLimit;
  if (limit) {
    if (!limit.isInt())
      return krt_raise(kTypeError, "limit must be an integer");
    fieldLimit = limit.asInt();
  }
  return krt_int_from_i64(old);
}

// ---- Reading -----------------------------------------------------------------------------------------------------

namespace {

enum class Place { RecordStart, FieldStart, Escaped, Field, Quoted, EscapedInQuotes, QuoteInQuotes, LineEnd, AfterEscapedNewline };
constexpr uint32_t kLineOver = 0xfffffffe; // stands behind the last character of a line

/// Reads one record, which may go on over several lines. Methods: false with an exception pending.
class RecordReader {
public:
  explicit RecordReader(CsvReader *reader) : reader_(*reader), dialect_(*reader->dialect), row_(krt_list_new(8)) {}
  Value read_py();

private:
  CsvReader &reader_;
  const CsvDialect &dialect_;
  List *row_;
  StrBuilder field_;
  Place place_ = Place::RecordStart;
  bool numeric_ = false;

  template <typename C> bool line_py(Str *text, const C *chars);
  bool step_py(uint32_t c);
  bool tooLong() { return fail("field larger than field limit (%lld)", static_cast<long long>(fieldLimit)), false; }
  bool add(uint32_t c) {
    if (field_.length() >= fieldLimit)
      return tooLong();
    field_.append(c);
    return true;
  }
  bool save_py(Str *text) {
    Value value = text;
    if (numeric_)
      value = krt_call1_py(Value(&krt_float_class), value);
    numeric_ = false;
    return value && krt_list_append(row_, value) == 0;
  }
  bool save_py() {
    Str *text = field_.finish();
    field_.clear();
    return text && save_py(text);
  }
  bool endField_py(uint32_t c) {
    place_ = c == kLineOver ? Place::RecordStart : c == dialect_.delimiter ? Place::FieldStart : Place::LineEnd;
    return save_py();
  }
};

bool isLineEnd(uint32_t c) { return c == '\n' || c == '\r' || c == kLineOver; }

bool RecordReader::step_py(uint32_t c) {
  const CsvDialect &d = dialect_;
  bool quote = c == d.quote && d.quoting != kQuoteNone;
  switch (place_) {
  case Place::RecordStart:
    if (c == kLineOver)
      return true; // an empty line is an empty row
    if (isLineEnd(c)) {
      place_ = Place::LineEnd;
      return true;
    }
    [[fallthrough]];
  case Place::FieldStart:
    if (isLineEnd(c))
      return endField_py(c);
    if (quote) {
      place_ = Place::Quoted;
    } else if (c == d.escape) {
      place_ = Place::Escaped;
    } else if (c == ' ' && d.skipSpace) {
      place_ = Place::FieldStart;
    } else if (c == d.delimiter) {
      return endField_py(c);
    } else {
      numeric_ = d.quoting == kQuoteNonNumeric;
      place_ = Place::Field;
      return add(c);
    }
    return true;
  case Place::Escaped:
    place_ = c == '\n' || c == '\r' ? Place::AfterEscapedNewline : Place::Field;
    return add(c == kLineOver ? '\n' : c);
  case Place::AfterEscapedNewline:
    if (c == kLineOver)
      return true;
    [[fallthrough]];
  case Place::Field:
    if (isLineEnd(c) || c == d.delimiter)
      return endField_py(c);
    if (c == d.escape) {
      place_ = Place::Escaped;
      return true;
    }
    place_ = Place::Field;
    return add(c);
  case Place::Quoted:
    if (c == kLineOver)
      return true;
    if (c == d.escape) {
      place_ = Place::EscapedInQuotes;
      return true;
    }
    if (quote) {
      place_ = d.doubleQuote ? Place::QuoteInQuotes : Place::Field;
      return true;
    }
    return add(c);
  case Place::EscapedInQuotes:
    place_ = Place::Quoted;
    return add(c == kLineOver ? '\n' : c);
  case Place::QuoteInQuotes:
    if (quote) {
      place_ = Place::Quoted;
      return add(c);
    }
    if (isLineEnd(c) || c == d.delimiter)
      return endField_py(c);
    if (d.strict) {
      fail("'%S' expected after '%S'", characterOrNone(d.delimiter), characterOrNone(d.quote));
      return false;
    }
    place_ = Place::Field;
    return add(c);
  case Place::LineEnd:
    if (c == kLineOver) {
      place_ = Place::RecordStart;
      return true;
    }
    if (isLineEnd(c))
      return true;
    fail("new-line character seen in unquoted field - do you need to open the file in universal-newline mode?");
    return false;
  }
  return true;
}

template <typename C> bool RecordReader::line_py(Str *text, const C *chars) {
  const CsvDialect &d = dialect_;
  int64_t length = text->length();
  for (int64_t i = 0; i < length;) {
    uint32_t c = chars[i];
    if (place_ == Place::RecordStart || place_ == Place::FieldStart) {
      // A field without quotes and escapes that ends in this line is a part of the line.
      bool plain = c != d.quote && c != d.escape && c != d.delimiter && !isLineEnd(c) && !(c == ' ' && d.skipSpace);
      if (plain && d.quoting != kQuoteNonNumeric) {
        int64_t stop = i + 1;
        while (stop < length && chars[stop] != d.delimiter && chars[stop] != d.escape && chars[stop] != '\n' && chars[stop] != '\r')
          stop++;
        if (stop < length && chars[stop] != d.escape) {
          if (stop - i > fieldLimit)
            return tooLong();
          if (!save_py(krt_str_substring(text, i, stop)))
            return false;
          place_ = chars[stop] == d.delimiter ? Place::FieldStart : Place::LineEnd;
          i = stop + 1;
          continue;
        }
      }
    } else if (place_ == Place::Quoted) {
      int64_t stop = i;
      while (stop < length && chars[stop] != d.quote && chars[stop] != d.escape)
        stop++;
      if (stop > i) {
        if (field_.length() + (stop - i) > fieldLimit)
          return tooLong();
        field_.append(text, i, stop);
        i = stop;
        continue;
      }
    }
    if (!step_py(c))
      return false;
    i++;
  }
  return step_py(kLineOver);
}

Value RecordReader::read_py() {
  do {
    Value line = krt_next_py(reader_.iterator);
    if (!line) {
      if (errorPending() || (field_.length() == 0 && place_ != Place::Quoted))
        return {};
      if (dialect_.strict)
        return fail("unexpected end of data");
      return save_py() ? Value(row_) : Value();
    }
    if (!strCheck(line))
      return fail("iterator should return strings, not %.200T (the file should be opened in text mode)", line);
    reader_.lines++;
    auto *text = line.as<Str>();
    if (!withChars(text, [&](auto *chars) { return line_py(text, chars); }))
      return {};
  } while (place_ != Place::RecordStart);
  return row_;
}

} // namespace

Value krt__csv_reader_py(ArgSpan args, Dict *kwargs) {
  Value given[2];
  if (!oneOrTwo(args, given))
    return {};
  auto *reader = gcNew<CsvReader>(krt_csv_reader_class);
  reader->iterator = TRY(krt_iter_py(given[0]));
  reader->dialect = TRY(makeDialect_py(&krt_csv_dialect_class, given[1], kwargs));
  return reader;
}
static Value readerNext_py(Value self) { return RecordReader(self.as<CsvReader>()).read_py(); }
Value krt_csv_reader_dialect(Value self) { return self.as<CsvReader>()->dialect; }
Value krt_csv_reader_lineNum(Value self) { return smallInt(self.as<CsvReader>()->lines); }

// ---- Writing ---------------------------------------------------------------------------------------------------------

namespace {

bool isNumber(Value value) {
  const TypeSlots &slots = classOf(value)->slots;
  return slots.index || slots.toInt || slots.toFloat || (classOf(value)->flags & kClassComplexSub);
}

/// Collects one row. False with an exception pending.
class RowWriter {
public:
  explicit RowWriter(const CsvDialect &dialect) : dialect_(dialect) {}
  bool field_py(Value value);
  bool finish();
  Str *text() { return out_.finish(); }

private:
  const CsvDialect &dialect_;
  StrBuilder out_;
  int64_t fields_ = 0;

  bool inTerminator(uint32_t c) const {
    for (int64_t i = 0; i < dialect_.terminator->length(); i++)
      if (dialect_.terminator->at(i) == c)
        return true;
    return false;
  }
  bool isSpecial(uint32_t c) const { return c == dialect_.delimiter || c == dialect_.escape || c == dialect_.quote || inTerminator(c); }
  bool append(Str *text, bool quoted);
};

bool RowWriter::append(Str *text, bool quoted) {
  const CsvDialect &d = dialect_;
  int64_t length = text->length();
  if (fields_++)
    out_.append(d.delimiter);
  // Whether there must be quotes is known only at the end of the field.
  bool plain = true;
  for (int64_t i = 0; i < length; i++) {
    uint32_t c = text->at(i);
    if (!isSpecial(c))
      continue;
    plain = false;
    if (d.quoting != kQuoteNone && (c == d.quote ? d.doubleQuote : c != d.escape))
      quoted = true;
  }
  if (quoted)
    out_.append(d.quote);
  if (plain) {
    out_.append(text);
  } else {
    for (int64_t i = 0; i < length; i++) {
      uint32_t c = text->at(i);
      if (isSpecial(c)) {
        bool escape = d.quoting == kQuoteNone || (c == d.quote ? !d.doubleQuote : c == d.escape);
        if (escape) {
          if (d.escape == kCsvNoChar)
            return fail("need to escape, but no escapechar set"), false;
          out_.append(d.escape);
        } else if (c == d.quote) {
          out_.append(c);
        }
      }
      out_.append(c);
    }
  }
  if (quoted)
    out_.append(d.quote);
  return true;
}

bool RowWriter::field_py(Value value) {
  bool quoted = dialect_.quoting == kQuoteAll || (dialect_.quoting == kQuoteNonNumeric && !isNumber(value));
  if (strCheck(value))
    return append(value.as<Str>(), quoted);
  if (value == kNone)
    return append(krt_str_empty, quoted);
  Str *text = krt_str_of_py(value);
  return text && append(text, quoted);
}

bool RowWriter::finish() {
  if (fields_ > 0 && out_.length() == 0) {
    if (dialect_.quoting == kQuoteNone)
      return fail("single empty field record must be quoted"), false;
    fields_--;
    append(krt_str_empty, true);
  }
  out_.append(dialect_.terminator);
  return true;
}

} // namespace

Value krt__csv_writer_py(ArgSpan args, Dict *kwargs) {
  Value given[2];
  if (!oneOrTwo(args, given))
    return {};
  auto *writer = gcNew<CsvWriter>(krt_csv_writer_class);
  writer->dialect = TRY(makeDialect_py(&krt_csv_dialect_class, given[1], kwargs));
  writer->write = krt_getattr_optional_py(given[0], KSTR(write));
  if (!writer->write)
    return errorPending() ? Value() : krt_raise(kTypeError, "argument 1 must have a \"write\" method");
  if (!krt_callable(writer->write))
    return krt_raise(kTypeError, "argument 1 must have a \"write\" method");
  return writer;
}

Value krt_csv_writer_writerow_py(CsvWriter *self, Value row) {
  Value iterator = krt_iter_py(row);
  if (!iterator)
    return krt_error_clear_if(kTypeError) ? fail("iterable expected, not %.200T", row) : Value();
  RowWriter writer(*self->dialect);
  while (Value item = krt_next_py(iterator))
    if (!writer.field_py(item))
      return {};
  if (errorPending() || !writer.finish())
    return {};
  return krt_call1_py(self->write, TRY(writer.text()));
}

Value krt_csv_writer_writerows_py(CsvWriter *self, Value rows) {
  Value iterator = TRY(krt_iter_py(rows));
  while (Value row = krt_next_py(iterator))
    if (!krt_csv_writer_writerow_py(self, row))
      return {};
  return errorPending() ? Value() : kNone;
}
Value krt_csv_writer_dialect(Value self) { return self.as<CsvWriter>()->dialect; }

// ---- Classes, module ------------------------------------------------------------------------------------------------------

constinit Class krt_csv_dialect_class = {
    .flags = kClassBase,
    .nativeName = "_csv.Dialect",
    .basicSize = sizeof(CsvDialect),
    .slots = {.make = krt_csv_dialect_make},
    .methods = krt_csv_dialect_defs,
    .doc = krt_csv_dialect_doc,
};
constinit Class krt_csv_reader_class = {
    .flags = kClassDisallowNew,
    .nativeName = "_csv.reader",
    .basicSize = sizeof(CsvReader),
    .slots = {.iter = iteratorSelf, .next = readerNext_py},
    .methods = krt_csv_reader_defs,
    .doc = krt_csv_reader_doc,
};
constinit Class krt_csv_writer_class = {
    .flags = kClassDisallowNew,
    .nativeName = "_csv.writer",
    .basicSize = sizeof(CsvWriter),
    .methods = krt_csv_writer_defs,
    .doc = krt_csv_writer_doc,
};

bool krt__csv_init(Module *module) {
  for (Class *cls : {&krt_csv_dialect_class, &krt_csv_reader_class, &krt_csv_writer_class})
    krt_class_ready(cls);
  if (!errorClass) {
    Value base = kException;
    Dict *ns = krt_dict_new();
    krt_dict_set_str(ns, KSTR(__module__), KSTR(_csv));
    Value made = krt_class_make_py(&krt_type_class, KSTR(Error), krt_tuple_from(&base, 1), ns, nullptr, nullptr);
    if (!made)
      return false;
    errorClass = made.as<Class>();
    dialects = krt_dict_new();
  }
  Dict *dict = module->dict;
  krt_dict_set_str(dict, KSTR(Error), Value(errorClass));
  krt_dict_set_str(dict, KSTR(Dialect), Value(&krt_csv_dialect_class));
  krt_dict_set_str(dict, KSTR(Reader), Value(&krt_csv_reader_class));
  krt_dict_set_str(dict, KSTR(Writer), Value(&krt_csv_writer_class));
  krt_dict_set_str(dict, KSTR(_dialects), dialects);
  krt_dict_set_str(dict, KSTR(__version__), strFrom("1.0"));
  krt_dict_set_str(dict, KSTR(QUOTE_MINIMAL), smallInt(kQuoteMinimal));
  krt_dict_set_str(dict, KSTR(QUOTE_ALL), smallInt(kQuoteAll));
  krt_dict_set_str(dict, KSTR(QUOTE_NONNUMERIC), smallInt(kQuoteNonNumeric));
  krt_dict_set_str(dict, KSTR(QUOTE_NONE), smallInt(kQuoteNone));
  return true;
}

} // namespace krait

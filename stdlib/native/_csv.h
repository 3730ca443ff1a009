// _csv.h - the module _csv: reading and writing of rows separated by characters.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/object/str.h"

namespace krait {

struct CsvDialect : Object {
  uint32_t delimiter, quote, escape; // kCsvNoChar: none
  int64_t quoting;
  bool doubleQuote, skipSpace, strict;
  Str *terminator;
};
struct CsvReader : Object {
  Value iterator;
  CsvDialect *dialect;
  int64_t lines;
};
struct CsvWriter : Object {
  Value write;
  CsvDialect *dialect;
};
constexpr uint32_t kCsvNoChar = 0xffffffff;

KRT_MODULE(_csv, "Reading and writing of CSV files, for the module csv.");
KRT_CLASS(csv_dialect, "How rows are written: separators, quotes and escapes.");
KRT_CLASS(csv_reader, "Iterator over the rows of a text.");
KRT_CLASS(csv_writer, "Writer of rows.");

extern "C" {
extern Class krt_csv_dialect_class, krt_csv_reader_class, krt_csv_writer_class;
KRT_MODULE_INIT(_csv)
bool krt__csv_init(Module *module);

/// An iterator over the rows that the lines of an iterable make up.
KRT_FUNCTION(_csv, "reader(*args, **kwargs)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt__csv_reader_py(ArgSpan args, Dict *kwargs);
/// A writer of rows to an object with a method write.
KRT_FUNCTION(_csv, "writer(*args, **kwargs)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt__csv_writer_py(ArgSpan args, Dict *kwargs);
/// Give a dialect a name.
KRT_FUNCTION(_csv, "register_dialect(*args, **kwargs)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt__csv_register_py(ArgSpan args, Dict *kwargs);
/// Forget a named dialect.
KRT_FUNCTION(_csv, "unregister_dialect(name)", KRT_RUNS_PY)
Value krt__csv_unregister_py(Value name);
/// The dialect of that name.
KRT_FUNCTION(_csv, "get_dialect(name)", KRT_RUNS_PY)
Value krt__csv_getDialect_py(Value name);
/// Names of all dialects.
KRT_FUNCTION(_csv, "list_dialects()", KRT_RUNS_PY)
Value krt__csv_listDialects_py();
/// Set how long a field may be, if given; the limit before.
KRT_FUNCTION(_csv, "field_size_limit(new_limit=<null>)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt__csv_fieldSizeLimit(Value limit);

KRT_NEW(csv_dialect, "Dialect(*args, **kwargs)", KRT_RUNS_PY)
Value krt_csv_dialect_create_py(Class *cls, ArgSpan args, Dict *kwargs);
KRT_METHOD(csv_dialect, "__reduce__(self, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_csv_dialect_reduce(CsvDialect *self);
KRT_METHOD(csv_dialect, "__reduce_ex__(self, protocol, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_csv_dialect_reduceEx(CsvDialect *self, Value protocol);
KRT_GETTER(csv_dialect, "delimiter", KRT_RAISES, KRT_COLLECTS) Value krt_csv_dialect_delimiter(Value self);
KRT_GETTER(csv_dialect, "quotechar", KRT_RAISES, KRT_COLLECTS) Value krt_csv_dialect_quotechar(Value self);
KRT_GETTER(csv_dialect, "escapechar", KRT_RAISES, KRT_COLLECTS) Value krt_csv_dialect_escapechar(Value self);
KRT_GETTER(csv_dialect, "lineterminator") Value krt_csv_dialect_lineterminator(Value self);
KRT_GETTER(csv_dialect, "quoting") Value krt_csv_dialect_quoting(Value self);
KRT_GETTER(csv_dialect, "doublequote") Value krt_csv_dialect_doublequote(Value self);
KRT_GETTER(csv_dialect, "skipinitialspace") Value krt_csv_dialect_skipinitialspace(Value self);
KRT_GETTER(csv_dialect, "strict") Value krt_csv_dialect_strict(Value self);

/// The dialect in use.
KRT_GETTER(csv_reader, "dialect") Value krt_csv_reader_dialect(Value self);
/// Number of lines read.
KRT_GETTER(csv_reader, "line_num") Value krt_csv_reader_lineNum(Value self);

/// Write one row; what the method write gave.
KRT_METHOD(csv_writer, "writerow(self, row, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_csv_writer_writerow_py(CsvWriter *self, Value row);
/// Write several rows.
KRT_METHOD(csv_writer, "writerows(self, rows, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_csv_writer_writerows_py(CsvWriter *self, Value rows);
/// The dialect in use.
KRT_GETTER(csv_writer, "dialect") Value krt_csv_writer_dialect(Value self);
}

} // namespace krait

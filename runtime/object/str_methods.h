// str_methods.h - what Python sees of str. Bound in str_type.cpp.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/object/str.h"

namespace krait {

KRT_CLASS(str, "Immutable text, a sequence of Unicode characters.");

extern "C" {
/// A new string: the text of object, or bytes decoded.
KRT_NEW(str, "str(object='', encoding='utf-8', errors='strict')", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_str_create_py(Class *cls, Value object, Value encoding, Value errors);

/// The strings of iterable one after the other, with this one between them.
KRT_METHOD(str, "join(self, iterable, /)", KRT_RUNS_PY)
Str *krt_str_joinMethod_py(Str *self, Value iterable);

/// A table for translate, from one mapping, or two strings of equal length and a third of characters to delete.
KRT_STATICMETHOD(str, "maketrans(x, y=<null>, z=<null>, /)", KRT_RUNS_PY)
Value krt_str_maketrans_py(Value x, Value y, Value z);

/// A copy with the first character in title case and the rest in lower case.
KRT_METHOD(str, "capitalize(self, /)", KRT_RAISES, KRT_COLLECTS, KRT_PURE)
Str * krt_str_capitalize(Str *self);

/// A copy for comparing without regard to case.
KRT_METHOD(str, "casefold(self, /)", KRT_RAISES, KRT_COLLECTS, KRT_PURE)
Str * krt_str_casefold(Str *self);

/// A copy in which every word begins with a title-case character and goes on in lower case.
KRT_METHOD(str, "title(self, /)", KRT_RAISES, KRT_COLLECTS, KRT_PURE)
Str * krt_str_title(Str *self);

/// A copy in lower case.
KRT_METHOD(str, "lower(self, /)", KRT_RAISES, KRT_COLLECTS, KRT_PURE)
Str * krt_str_lower(Str *self);

/// A copy in upper case.
KRT_METHOD(str, "upper(self, /)", KRT_RAISES, KRT_COLLECTS, KRT_PURE)
Str * krt_str_upper(Str *self);

/// A copy with upper case made lower and lower case made upper.
KRT_METHOD(str, "swapcase(self, /)", KRT_RAISES, KRT_COLLECTS, KRT_PURE)
Str * krt_str_swapcase(Str *self);

/// A copy centred in width characters, padded with fillchar.
KRT_METHOD(str, "center(self, width, fillchar=' ', /)", KRT_RAISES, KRT_COLLECTS, KRT_PURE)
Str * krt_str_center(Str *self, int64_t width, Value fillchar);

/// A copy at the left of width characters, padded with fillchar.
KRT_METHOD(str, "ljust(self, width, fillchar=' ', /)", KRT_RAISES, KRT_COLLECTS, KRT_PURE)
Str * krt_str_ljust(Str *self, int64_t width, Value fillchar);

/// A copy at the right of width characters, padded with fillchar.
KRT_METHOD(str, "rjust(self, width, fillchar=' ', /)", KRT_RAISES, KRT_COLLECTS, KRT_PURE)
Str * krt_str_rjust(Str *self, int64_t width, Value fillchar);

/// A copy filled with zeros to width characters, behind the sign if there is one.
KRT_METHOD(str, "zfill(self, width, /)", KRT_RAISES, KRT_COLLECTS, KRT_PURE)
Str * krt_str_zfill(Str *self, int64_t width);

/// The number of non-overlapping occurrences of sub in self[start:end].
KRT_METHOD(str, "count(self, sub, start=None, end=None, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE, KRT_CALL_COUNTS)
Value krt_str_count_py(Str *self, Value sub, Value start, Value end);

/// The lowest index of sub in self[start:end], or -1.
KRT_METHOD(str, "find(self, sub, start=None, end=None, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE, KRT_CALL_COUNTS)
Value krt_str_find_py(Str *self, Value sub, Value start, Value end);

/// The highest index of sub in self[start:end], or -1.
KRT_METHOD(str, "rfind(self, sub, start=None, end=None, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE, KRT_CALL_COUNTS)
Value krt_str_rfind_py(Str *self, Value sub, Value start, Value end);

/// The lowest index of sub in self[start:end]; ValueError if it is not there.
KRT_METHOD(str, "index(self, sub, start=None, end=None, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE, KRT_CALL_COUNTS)
Value krt_str_index_py(Str *self, Value sub, Value start, Value end);

/// The highest index of sub in self[start:end]; ValueError if it is not there.
KRT_METHOD(str, "rindex(self, sub, start=None, end=None, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE, KRT_CALL_COUNTS)
Value krt_str_rindex_py(Str *self, Value sub, Value start, Value end);

/// Whether self[start:end] begins with prefix, which may be a tuple of prefixes.
KRT_METHOD(str, "startswith(self, prefix, start=None, end=None, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE, KRT_CALL_COUNTS)
Value krt_str_startswith_py(Str *self, Value what, Value start, Value end);

/// Whether self[start:end] ends with suffix, which may be a tuple of suffixes.
KRT_METHOD(str, "endswith(self, suffix, start=None, end=None, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE, KRT_CALL_COUNTS)
Value krt_str_endswith_py(Str *self, Value what, Value start, Value end);

/// The text as bytes in the given encoding.
KRT_METHOD(str, "encode(self, /, encoding='utf-8', errors='strict')", KRT_RUNS_PY)
Value krt_str_encode_py(Str *self, Str *encoding, Str *errors);

/// A copy with tabs replaced by spaces up to the next multiple of tabsize.
KRT_METHOD(str, "expandtabs(self, /, tabsize=8)", KRT_RAISES, KRT_COLLECTS, KRT_PURE)
Str * krt_str_expandtabs(Str *self, int tabsize);

/// The text with its replacement fields filled from the arguments.
KRT_METHOD(str, "format(self, /, *args, **kwargs)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_str_format_py(Str *self, ArgSpan args, Dict *kwargs);

/// The text with its replacement fields filled from mapping.
KRT_METHOD(str, "format_map(self, mapping, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_str_formatMap_py(Str *self, Value mapping);

/// Whether all characters are letters or numbers, and there is one.
KRT_METHOD(str, "isalnum(self, /)", KRT_PURE)
bool krt_str_isalnum(Str *self);

/// Whether all characters are letters, and there is one.
KRT_METHOD(str, "isalpha(self, /)", KRT_PURE)
bool krt_str_isalpha(Str *self);

/// Whether all characters are ASCII.
KRT_METHOD(str, "isascii(self, /)", KRT_PURE)
bool krt_str_isascii(Str *self);

/// Whether all characters are decimal digits, and there is one.
KRT_METHOD(str, "isdecimal(self, /)", KRT_PURE)
bool krt_str_isdecimal(Str *self);

/// Whether all characters are digits, and there is one.
KRT_METHOD(str, "isdigit(self, /)", KRT_PURE)
bool krt_str_isdigit(Str *self);

/// Whether the text is a valid identifier.
KRT_METHOD(str, "isidentifier(self, /)", KRT_PURE)
bool krt_str_isidentifier(Str *self);

/// Whether all cased characters are lower case, and there is one.
KRT_METHOD(str, "islower(self, /)", KRT_PURE)
bool krt_str_islower(Str *self);

/// Whether all characters are numeric, and there is one.
KRT_METHOD(str, "isnumeric(self, /)", KRT_PURE)
bool krt_str_isnumeric(Str *self);

/// Whether all characters can be printed.
KRT_METHOD(str, "isprintable(self, /)", KRT_PURE)
bool krt_str_isprintable(Str *self);

/// Whether all characters are white space, and there is one.
KRT_METHOD(str, "isspace(self, /)", KRT_PURE)
bool krt_str_isspace(Str *self);

/// Whether the text is in title case, and has a cased character.
KRT_METHOD(str, "istitle(self, /)", KRT_PURE)
bool krt_str_istitle(Str *self);

/// Whether all cased characters are upper case, and there is one.
KRT_METHOD(str, "isupper(self, /)", KRT_PURE)
bool krt_str_isupper(Str *self);

/// A copy without white space (or the characters in chars) at both ends.
KRT_METHOD(str, "strip(self, chars=None, /)", KRT_RAISES, KRT_COLLECTS, KRT_PURE)
Value krt_str_strip(Str *self, Value chars);

/// A copy without white space (or the characters in chars) at the front.
KRT_METHOD(str, "lstrip(self, chars=None, /)", KRT_RAISES, KRT_COLLECTS, KRT_PURE)
Value krt_str_lstrip(Str *self, Value chars);

/// A copy without white space (or the characters in chars) at the end.
KRT_METHOD(str, "rstrip(self, chars=None, /)", KRT_RAISES, KRT_COLLECTS, KRT_PURE)
Value krt_str_rstrip(Str *self, Value chars);

/// What stands before the first sep, sep itself, and what follows; the text and two empty strings if there is none.
KRT_METHOD(str, "partition(self, sep, /)", KRT_RAISES, KRT_COLLECTS, KRT_PURE)
Value krt_str_partition(Str *self, Str *sep);

/// What stands before the last sep, sep itself, and what follows; two empty strings and the text if there is none.
KRT_METHOD(str, "rpartition(self, sep, /)", KRT_RAISES, KRT_COLLECTS, KRT_PURE)
Value krt_str_rpartition(Str *self, Str *sep);

/// A copy without prefix at its front, if it was there.
KRT_METHOD(str, "removeprefix(self, prefix, /)", KRT_RAISES, KRT_COLLECTS, KRT_PURE)
Str * krt_str_removeprefix(Str *self, Str *prefix);

/// A copy without suffix at its end, if it was there.
KRT_METHOD(str, "removesuffix(self, suffix, /)", KRT_RAISES, KRT_COLLECTS, KRT_PURE)
Str * krt_str_removesuffix(Str *self, Str *suffix);

/// A copy with occurrences of old (at most count, from the left) replaced by new.
KRT_METHOD(str, "replace(self, old, new, count=-1, /)", KRT_RAISES, KRT_COLLECTS, KRT_PURE)
Str * krt_str_replace(Str *self, Str *old, Str *replacement, int64_t count);

/// A list of the parts between occurrences of sep (or runs of white space), at most maxsplit cuts from the left.
KRT_METHOD(str, "split(self, /, sep=None, maxsplit=-1)", KRT_RAISES, KRT_COLLECTS)
Value krt_str_split(Str *self, Value sep, int64_t maxsplit);

/// A list of the parts between occurrences of sep (or runs of white space), at most maxsplit cuts from the right.
KRT_METHOD(str, "rsplit(self, /, sep=None, maxsplit=-1)", KRT_RAISES, KRT_COLLECTS)
Value krt_str_rsplit(Str *self, Value sep, int64_t maxsplit);

/// A list of the lines, with their ends if keepends is true.
KRT_METHOD(str, "splitlines(self, /, keepends=False)", KRT_RAISES, KRT_COLLECTS)
Value krt_str_splitlines(Str *self, bool keepends);

/// A copy with each character replaced by what table gives for its code point.
KRT_METHOD(str, "translate(self, table, /)", KRT_RUNS_PY)
Value krt_str_translate_py(Str *self, Value table);

/// The text laid out as format_spec says.
KRT_METHOD(str, "__format__(self, format_spec, /)", KRT_RUNS_PY)
Str * krt_str_formatMethod_py(Str *self, Str *spec);

/// Arguments of str() for a copy.
KRT_METHOD(str, "__getnewargs__(self, /)", KRT_RAISES, KRT_COLLECTS, KRT_PURE, KRT_NO_SIGNATURE)
Value krt_str_getNewArgs(Str *self);

/// The size of the string in memory, in bytes.
KRT_METHOD(str, "__sizeof__(self, /)", KRT_PURE)
int64_t krt_str_sizeOf(Str *self);
}

} // namespace krait

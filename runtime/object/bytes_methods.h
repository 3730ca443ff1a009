// bytes_methods.h - what Python sees of bytes. Bound in bytes.cpp.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/object/bytes.h"

namespace krait {

KRT_CLASS(bytes, "bytes(iterable_of_ints) -> bytes\nbytes(string, encoding[, errors]) -> bytes\n"
                 "bytes(bytes_or_buffer) -> an immutable copy\nbytes(int) -> so many null bytes\nbytes() -> no bytes\n\n"
                 "Immutable sequence of bytes.");

extern "C" {
/// Immutable bytes: from a string and an encoding, a bytes-like object, an iterable of integers, or a number of zeros.
KRT_NEW(bytes, "bytes(source=<null>, encoding=<null>, errors=<null>)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_bytes_create_py(Class *cls, Value source, Value encoding, Value errors);
/// Arguments of bytes() for a copy.
KRT_METHOD(bytes, "__getnewargs__(self, /)", KRT_COLLECTS, KRT_NO_SIGNATURE, KRT_RAISES)
Value krt_bytes_getNewArgs(Value self);
/// The bytes themselves, as exact bytes.
KRT_METHOD(bytes, "__bytes__(self, /)", KRT_COLLECTS, KRT_RAISES)
Value krt_bytes_toBytes(Value self);

/// Bytes from pairs of hexadecimal digits; white space between them is skipped.
KRT_CLASSMETHOD(bytes, "fromhex(type, string, /)", KRT_RUNS_PY)
Value krt_bytes_fromhex_py(Class *cls, Value text);
/// A table for translate that maps each byte of frm to the one at the same place in to.
KRT_STATICMETHOD(bytes, "maketrans(frm, to, /)", KRT_RUNS_PY)
Value krt_bytes_maketrans_py(Value frm, Value to);

/// A copy with the first byte upper case and the rest lower case (ASCII).
KRT_METHOD(bytes, "capitalize(self, /)", KRT_NO_SIGNATURE, KRT_RAISES, KRT_COLLECTS)
Value krt_bytes_capitalize(Value self);

/// A copy in title case (ASCII).
KRT_METHOD(bytes, "title(self, /)", KRT_NO_SIGNATURE, KRT_RAISES, KRT_COLLECTS)
Value krt_bytes_title(Value self);

/// A copy in lower case (ASCII).
KRT_METHOD(bytes, "lower(self, /)", KRT_NO_SIGNATURE, KRT_RAISES, KRT_COLLECTS)
Value krt_bytes_lower(Value self);

/// A copy in upper case (ASCII).
KRT_METHOD(bytes, "upper(self, /)", KRT_NO_SIGNATURE, KRT_RAISES, KRT_COLLECTS)
Value krt_bytes_upper(Value self);

/// A copy with the cases of ASCII letters swapped.
KRT_METHOD(bytes, "swapcase(self, /)", KRT_NO_SIGNATURE, KRT_RAISES, KRT_COLLECTS)
Value krt_bytes_swapcase(Value self);

/// A copy padded with fillchar to width bytes.
KRT_METHOD(bytes, "center(self, width, fillchar=b' ', /)", KRT_RAISES, KRT_COLLECTS)
Value krt_bytes_center(Value self, int64_t width, Value fillchar);

/// A copy padded with fillchar to width bytes.
KRT_METHOD(bytes, "ljust(self, width, fillchar=b' ', /)", KRT_RAISES, KRT_COLLECTS)
Value krt_bytes_ljust(Value self, int64_t width, Value fillchar);

/// A copy padded with fillchar to width bytes.
KRT_METHOD(bytes, "rjust(self, width, fillchar=b' ', /)", KRT_RAISES, KRT_COLLECTS)
Value krt_bytes_rjust(Value self, int64_t width, Value fillchar);

/// A copy filled with ASCII zeros to width bytes, behind the sign if there is one.
KRT_METHOD(bytes, "zfill(self, width, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_bytes_zfill(Value self, int64_t width);

/// The number of non-overlapping occurrences of sub in self[start:end].
KRT_METHOD(bytes, "count(self, sub, start=None, end=None, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE, KRT_CALL_COUNTS)
Value krt_bytes_count_py(Value self, Value sub, Value start, Value end);

/// The lowest index of sub in self[start:end], or -1.
KRT_METHOD(bytes, "find(self, sub, start=None, end=None, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE, KRT_CALL_COUNTS)
Value krt_bytes_find_py(Value self, Value sub, Value start, Value end);

/// The highest index of sub in self[start:end], or -1.
KRT_METHOD(bytes, "rfind(self, sub, start=None, end=None, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE, KRT_CALL_COUNTS)
Value krt_bytes_rfind_py(Value self, Value sub, Value start, Value end);

/// The lowest index of sub in self[start:end]; ValueError if it is not there.
KRT_METHOD(bytes, "index(self, sub, start=None, end=None, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE, KRT_CALL_COUNTS)
Value krt_bytes_index_py(Value self, Value sub, Value start, Value end);

/// The highest index of sub in self[start:end]; ValueError if it is not there.
KRT_METHOD(bytes, "rindex(self, sub, start=None, end=None, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE, KRT_CALL_COUNTS)
Value krt_bytes_rindex_py(Value self, Value sub, Value start, Value end);

/// Whether self[start:end] begins with it, or with one of a tuple.
KRT_METHOD(bytes, "startswith(self, prefix, start=None, end=None, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE, KRT_CALL_COUNTS)
Value krt_bytes_startswith_py(Value self, Value what, Value start, Value end);

/// Whether self[start:end] ends with it, or with one of a tuple.
KRT_METHOD(bytes, "endswith(self, suffix, start=None, end=None, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE, KRT_CALL_COUNTS)
Value krt_bytes_endswith_py(Value self, Value what, Value start, Value end);

/// The bytes decoded to text.
KRT_METHOD(bytes, "decode(self, /, encoding='utf-8', errors='strict')", KRT_RUNS_PY)
Value krt_bytes_decode_py(Value self, Str *encoding, Str *errors);

/// A copy with tabs replaced by spaces up to the next multiple of tabsize.
KRT_METHOD(bytes, "expandtabs(self, /, tabsize=8)", KRT_RAISES, KRT_COLLECTS)
Value krt_bytes_expandtabs(Value self, int tabsize);

/// Two hexadecimal digits for each byte, with sep after every bytes_per_sep bytes counted from the right.
KRT_METHOD(bytes, "hex(self, sep=<null>, bytes_per_sep=1)", KRT_RUNS_PY)
Value krt_bytes_hex_py(Value self, Value sep, int bytesPerSep);

/// As str.isalnum, for ASCII.
KRT_METHOD(bytes, "isalnum(self, /)", KRT_NO_SIGNATURE, KRT_READS())
bool krt_bytes_isalnum(Value self);

/// As str.isalpha, for ASCII.
KRT_METHOD(bytes, "isalpha(self, /)", KRT_NO_SIGNATURE, KRT_READS())
bool krt_bytes_isalpha(Value self);

/// As str.isascii, for ASCII.
KRT_METHOD(bytes, "isascii(self, /)", KRT_NO_SIGNATURE, KRT_READS())
bool krt_bytes_isascii(Value self);

/// As str.isdigit, for ASCII.
KRT_METHOD(bytes, "isdigit(self, /)", KRT_NO_SIGNATURE, KRT_READS())
bool krt_bytes_isdigit(Value self);

/// As str.islower, for ASCII.
KRT_METHOD(bytes, "islower(self, /)", KRT_NO_SIGNATURE, KRT_READS())
bool krt_bytes_islower(Value self);

/// As str.isspace, for ASCII.
KRT_METHOD(bytes, "isspace(self, /)", KRT_NO_SIGNATURE, KRT_READS())
bool krt_bytes_isspace(Value self);

/// As str.istitle, for ASCII.
KRT_METHOD(bytes, "istitle(self, /)", KRT_NO_SIGNATURE, KRT_READS())
bool krt_bytes_istitle(Value self);

/// As str.isupper, for ASCII.
KRT_METHOD(bytes, "isupper(self, /)", KRT_NO_SIGNATURE, KRT_READS())
bool krt_bytes_isupper(Value self);

/// The bytes-like objects of the iterable one after the other with these bytes between them.
KRT_METHOD(bytes, "join(self, iterable_of_bytes, /)", KRT_RUNS_PY)
Value krt_bytes_join_py(Value self, Value iterable);

/// A copy without ASCII white space (or the given bytes) at both ends.
KRT_METHOD(bytes, "strip(self, bytes=None, /)", KRT_RUNS_PY)
Value krt_bytes_strip_py(Value self, Value bytes);

/// A copy without ASCII white space (or the given bytes) at the front.
KRT_METHOD(bytes, "lstrip(self, bytes=None, /)", KRT_RUNS_PY)
Value krt_bytes_lstrip_py(Value self, Value bytes);

/// A copy without ASCII white space (or the given bytes) at the end.
KRT_METHOD(bytes, "rstrip(self, bytes=None, /)", KRT_RUNS_PY)
Value krt_bytes_rstrip_py(Value self, Value bytes);

/// What stands before sep, sep, and what follows it.
KRT_METHOD(bytes, "partition(self, sep, /)", KRT_RUNS_PY)
Value krt_bytes_partition_py(Value self, Value sep);

/// What stands before sep, sep, and what follows it.
KRT_METHOD(bytes, "rpartition(self, sep, /)", KRT_RUNS_PY)
Value krt_bytes_rpartition_py(Value self, Value sep);

/// A copy without prefix at its front, if it was there.
KRT_METHOD(bytes, "removeprefix(self, prefix, /)", KRT_RUNS_PY)
Value krt_bytes_removeprefix_py(Value self, Value prefix);

/// A copy without suffix at its end, if it was there.
KRT_METHOD(bytes, "removesuffix(self, suffix, /)", KRT_RUNS_PY)
Value krt_bytes_removesuffix_py(Value self, Value suffix);

/// A copy with occurrences of old (at most count, from the left) replaced by new.
KRT_METHOD(bytes, "replace(self, old, new, count=-1, /)", KRT_RUNS_PY)
Value krt_bytes_replace_py(Value self, Value old, Value replacement, int64_t count);

/// A list of the parts between occurrences of sep (or runs of white space), at most maxsplit cuts.
KRT_METHOD(bytes, "split(self, /, sep=None, maxsplit=-1)", KRT_RUNS_PY)
Value krt_bytes_split_py(Value self, Value sep, int64_t maxsplit);

/// A list of the parts between occurrences of sep (or runs of white space), at most maxsplit cuts.
KRT_METHOD(bytes, "rsplit(self, /, sep=None, maxsplit=-1)", KRT_RUNS_PY)
Value krt_bytes_rsplit_py(Value self, Value sep, int64_t maxsplit);

/// A list of the lines, with their ends if keepends is true.
KRT_METHOD(bytes, "splitlines(self, /, keepends=False)", KRT_RAISES, KRT_COLLECTS)
Value krt_bytes_splitlines(Value self, bool keepends);

/// A copy without the bytes in delete and the others mapped through a table of 256 bytes (or None).
KRT_METHOD(bytes, "translate(self, table, /, delete=b'')", KRT_RUNS_PY)
Value krt_bytes_translate_py(Value self, Value table, Value del);
}

} // namespace krait

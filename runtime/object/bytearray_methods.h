// bytearray_methods.h - what Python sees of bytearray. Bound in bytes.cpp.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/object/bytes.h"

namespace krait {

KRT_CLASS(bytearray, "bytearray(iterable_of_ints) -> bytearray\nbytearray(string, encoding[, errors]) -> bytearray\n"
                     "bytearray(bytes_or_buffer) -> a copy that can be changed\nbytearray(int) -> so many null bytes\nbytearray() -> no bytes\n\n"
                     "Mutable sequence of bytes.");

extern "C" {
/// An empty array; __init__ fills it.
KRT_NEW(bytearray, "bytearray(*args, **kwargs)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_bytearray_create_py(Class *cls, ArgSpan args, Dict *kwargs);
/// Add a byte at the end.
KRT_METHOD(bytearray, "append(self, item, /)", KRT_RUNS_PY)
Value krt_bytearray_append_py(ByteArray *self, Value item);
/// Add the integers of an iterable or the bytes of a bytes-like object at the end.
KRT_METHOD(bytearray, "extend(self, iterable_of_ints, /)", KRT_RUNS_PY)
Value krt_bytearray_extend_py(ByteArray *self, Value iterable);
/// Put a byte before position index.
KRT_METHOD(bytearray, "insert(self, index, item, /)", KRT_RUNS_PY)
Value krt_bytearray_insert_py(ByteArray *self, int64_t index, Value item);
/// Remove and return the byte at index.
KRT_METHOD(bytearray, "pop(self, index=-1, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_bytearray_pop(ByteArray *self, int64_t index);
/// Remove the first byte equal to value.
KRT_METHOD(bytearray, "remove(self, value, /)", KRT_RUNS_PY)
Value krt_bytearray_remove_py(ByteArray *self, Value value);
/// Reverse the order of the bytes.
KRT_METHOD(bytearray, "reverse(self, /)", KRT_WRITES())
void krt_bytearray_reverse(ByteArray *self);
/// Remove all bytes.
KRT_METHOD(bytearray, "clear(self, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_bytearray_clear(ByteArray *self);
/// A copy.
KRT_METHOD(bytearray, "copy(self, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_bytearray_copy(ByteArray *self);
/// Bytes allocated.
KRT_METHOD(bytearray, "__alloc__(self, /)", KRT_READS(), KRT_NO_SIGNATURE)
int64_t krt_bytearray_alloc(ByteArray *self);
/// Size in memory, in bytes.
KRT_METHOD(bytearray, "__sizeof__(self, /)", KRT_READS())
int64_t krt_bytearray_sizeOf(ByteArray *self);
/// How to make the object again.
KRT_METHOD(bytearray, "__reduce__(self, /)", KRT_RUNS_PY)
Value krt_bytearray_reduce_py(Value self);
/// How to make the object again, for a pickle protocol.
KRT_METHOD(bytearray, "__reduce_ex__(self, proto=0, /)", KRT_RUNS_PY)
Value krt_bytearray_reduceEx_py(Value self, int proto);

/// Bytes from pairs of hexadecimal digits; white space between them is skipped.
KRT_CLASSMETHOD(bytearray, "fromhex(type, string, /)", KRT_RUNS_PY)
Value krt_bytearray_fromhex_py(Class *cls, Value text);
/// A table for translate that maps each byte of frm to the one at the same place in to.
KRT_STATICMETHOD(bytearray, "maketrans(frm, to, /)", KRT_RUNS_PY)
Value krt_bytearray_maketrans_py(Value frm, Value to);

/// A copy with the first byte upper case and the rest lower case (ASCII).
KRT_METHOD(bytearray, "capitalize(self, /)", KRT_NO_SIGNATURE, KRT_RAISES, KRT_COLLECTS)
Value krt_bytearray_capitalize(Value self);

/// A copy in title case (ASCII).
KRT_METHOD(bytearray, "title(self, /)", KRT_NO_SIGNATURE, KRT_RAISES, KRT_COLLECTS)
Value krt_bytearray_title(Value self);

/// A copy in lower case (ASCII).
KRT_METHOD(bytearray, "lower(self, /)", KRT_NO_SIGNATURE, KRT_RAISES, KRT_COLLECTS)
Value krt_bytearray_lower(Value self);

/// A copy in upper case (ASCII).
KRT_METHOD(bytearray, "upper(self, /)", KRT_NO_SIGNATURE, KRT_RAISES, KRT_COLLECTS)
Value krt_bytearray_upper(Value self);

/// A copy with the cases of ASCII letters swapped.
KRT_METHOD(bytearray, "swapcase(self, /)", KRT_NO_SIGNATURE, KRT_RAISES, KRT_COLLECTS)
Value krt_bytearray_swapcase(Value self);

/// A copy padded with fillchar to width bytes.
KRT_METHOD(bytearray, "center(self, width, fillchar=b' ', /)", KRT_RAISES, KRT_COLLECTS)
Value krt_bytearray_center(Value self, int64_t width, Value fillchar);

/// A copy padded with fillchar to width bytes.
KRT_METHOD(bytearray, "ljust(self, width, fillchar=b' ', /)", KRT_RAISES, KRT_COLLECTS)
Value krt_bytearray_ljust(Value self, int64_t width, Value fillchar);

/// A copy padded with fillchar to width bytes.
KRT_METHOD(bytearray, "rjust(self, width, fillchar=b' ', /)", KRT_RAISES, KRT_COLLECTS)
Value krt_bytearray_rjust(Value self, int64_t width, Value fillchar);

/// A copy filled with ASCII zeros to width bytes, behind the sign if there is one.
KRT_METHOD(bytearray, "zfill(self, width, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_bytearray_zfill(Value self, int64_t width);

/// The number of non-overlapping occurrences of sub in self[start:end].
KRT_METHOD(bytearray, "count(self, sub, start=None, end=None, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE, KRT_CALL_COUNTS)
Value krt_bytearray_count_py(Value self, Value sub, Value start, Value end);

/// The lowest index of sub in self[start:end], or -1.
KRT_METHOD(bytearray, "find(self, sub, start=None, end=None, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE, KRT_CALL_COUNTS)
Value krt_bytearray_find_py(Value self, Value sub, Value start, Value end);

/// The highest index of sub in self[start:end], or -1.
KRT_METHOD(bytearray, "rfind(self, sub, start=None, end=None, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE, KRT_CALL_COUNTS)
Value krt_bytearray_rfind_py(Value self, Value sub, Value start, Value end);

/// The lowest index of sub in self[start:end]; ValueError if it is not there.
KRT_METHOD(bytearray, "index(self, sub, start=None, end=None, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE, KRT_CALL_COUNTS)
Value krt_bytearray_index_py(Value self, Value sub, Value start, Value end);

/// The highest index of sub in self[start:end]; ValueError if it is not there.
KRT_METHOD(bytearray, "rindex(self, sub, start=None, end=None, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE, KRT_CALL_COUNTS)
Value krt_bytearray_rindex_py(Value self, Value sub, Value start, Value end);

/// Whether self[start:end] begins with it, or with one of a tuple.
KRT_METHOD(bytearray, "startswith(self, prefix, start=None, end=None, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE, KRT_CALL_COUNTS)
Value krt_bytearray_startswith_py(Value self, Value what, Value start, Value end);

/// Whether self[start:end] ends with it, or with one of a tuple.
KRT_METHOD(bytearray, "endswith(self, suffix, start=None, end=None, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE, KRT_CALL_COUNTS)
Value krt_bytearray_endswith_py(Value self, Value what, Value start, Value end);

/// The bytes decoded to text.
KRT_METHOD(bytearray, "decode(self, /, encoding='utf-8', errors='strict')", KRT_RUNS_PY)
Value krt_bytearray_decode_py(Value self, Str *encoding, Str *errors);

/// A copy with tabs replaced by spaces up to the next multiple of tabsize.
KRT_METHOD(bytearray, "expandtabs(self, /, tabsize=8)", KRT_RAISES, KRT_COLLECTS)
Value krt_bytearray_expandtabs(Value self, int tabsize);

/// Two hexadecimal digits for each byte, with sep after every bytes_per_sep bytes counted from the right.
KRT_METHOD(bytearray, "hex(self, sep=<null>, bytes_per_sep=1)", KRT_RUNS_PY)
Value krt_bytearray_hex_py(Value self, Value sep, int bytesPerSep);

/// As str.isalnum, for ASCII.
KRT_METHOD(bytearray, "isalnum(self, /)", KRT_NO_SIGNATURE, KRT_READS())
bool krt_bytearray_isalnum(Value self);

/// As str.isalpha, for ASCII.
KRT_METHOD(bytearray, "isalpha(self, /)", KRT_NO_SIGNATURE, KRT_READS())
bool krt_bytearray_isalpha(Value self);

/// As str.isascii, for ASCII.
KRT_METHOD(bytearray, "isascii(self, /)", KRT_NO_SIGNATURE, KRT_READS())
bool krt_bytearray_isascii(Value self);

/// As str.isdigit, for ASCII.
KRT_METHOD(bytearray, "isdigit(self, /)", KRT_NO_SIGNATURE, KRT_READS())
bool krt_bytearray_isdigit(Value self);

/// As str.islower, for ASCII.
KRT_METHOD(bytearray, "islower(self, /)", KRT_NO_SIGNATURE, KRT_READS())
bool krt_bytearray_islower(Value self);

/// As str.isspace, for ASCII.
KRT_METHOD(bytearray, "isspace(self, /)", KRT_NO_SIGNATURE, KRT_READS())
bool krt_bytearray_isspace(Value self);

/// As str.istitle, for ASCII.
KRT_METHOD(bytearray, "istitle(self, /)", KRT_NO_SIGNATURE, KRT_READS())
bool krt_bytearray_istitle(Value self);

/// As str.isupper, for ASCII.
KRT_METHOD(bytearray, "isupper(self, /)", KRT_NO_SIGNATURE, KRT_READS())
bool krt_bytearray_isupper(Value self);

/// The bytes-like objects of the iterable one after the other with these bytes between them.
KRT_METHOD(bytearray, "join(self, iterable_of_bytes, /)", KRT_RUNS_PY)
Value krt_bytearray_join_py(Value self, Value iterable);

/// A copy without ASCII white space (or the given bytes) at both ends.
KRT_METHOD(bytearray, "strip(self, bytes=None, /)", KRT_RUNS_PY)
Value krt_bytearray_strip_py(Value self, Value bytes);

/// A copy without ASCII white space (or the given bytes) at the front.
KRT_METHOD(bytearray, "lstrip(self, bytes=None, /)", KRT_RUNS_PY)
Value krt_bytearray_lstrip_py(Value self, Value bytes);

/// A copy without ASCII white space (or the given bytes) at the end.
KRT_METHOD(bytearray, "rstrip(self, bytes=None, /)", KRT_RUNS_PY)
Value krt_bytearray_rstrip_py(Value self, Value bytes);

/// What stands before sep, sep, and what follows it.
KRT_METHOD(bytearray, "partition(self, sep, /)", KRT_RUNS_PY)
Value krt_bytearray_partition_py(Value self, Value sep);

/// What stands before sep, sep, and what follows it.
KRT_METHOD(bytearray, "rpartition(self, sep, /)", KRT_RUNS_PY)
Value krt_bytearray_rpartition_py(Value self, Value sep);

/// A copy without prefix at its front, if it was there.
KRT_METHOD(bytearray, "removeprefix(self, prefix, /)", KRT_RUNS_PY)
Value krt_bytearray_removeprefix_py(Value self, Value prefix);

/// A copy without suffix at its end, if it was there.
KRT_METHOD(bytearray, "removesuffix(self, suffix, /)", KRT_RUNS_PY)
Value krt_bytearray_removesuffix_py(Value self, Value suffix);

/// A copy with occurrences of old (at most count, from the left) replaced by new.
KRT_METHOD(bytearray, "replace(self, old, new, count=-1, /)", KRT_RUNS_PY)
Value krt_bytearray_replace_py(Value self, Value old, Value replacement, int64_t count);

/// A list of the parts between occurrences of sep (or runs of white space), at most maxsplit cuts.
KRT_METHOD(bytearray, "split(self, /, sep=None, maxsplit=-1)", KRT_RUNS_PY)
Value krt_bytearray_split_py(Value self, Value sep, int64_t maxsplit);

/// A list of the parts between occurrences of sep (or runs of white space), at most maxsplit cuts.
KRT_METHOD(bytearray, "rsplit(self, /, sep=None, maxsplit=-1)", KRT_RUNS_PY)
Value krt_bytearray_rsplit_py(Value self, Value sep, int64_t maxsplit);

/// A list of the lines, with their ends if keepends is true.
KRT_METHOD(bytearray, "splitlines(self, /, keepends=False)", KRT_RAISES, KRT_COLLECTS)
Value krt_bytearray_splitlines(Value self, bool keepends);

/// A copy without the bytes in delete and the others mapped through a table of 256 bytes (or None).
KRT_METHOD(bytearray, "translate(self, table, /, delete=b'')", KRT_RUNS_PY)
Value krt_bytearray_translate_py(Value self, Value table, Value del);
}

/// bytearray.__init__.
int byteArrayInit_py(Value self, const Value *args, size_t nargs, Tuple *kwnames);

} // namespace krait

// array.h - the module array: arrays of numbers of one machine type.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

struct ArrayType; // array.cpp: what a type code means
struct Array : Object {
  uint8_t *data; // collector-owned, atomic
  int64_t length, capacity; // items
  int64_t exports;          // live buffers; resizing is a BufferError while there are any
  const ArrayType *type;
};
struct ArrayIter : Object {
  Array *array; // null when exhausted
  int64_t index;
};

KRT_MODULE(array, "This module defines an object type which can efficiently represent\nan array of basic values: characters, integers, floating point\n"
                  "numbers.  Arrays are sequence types and behave very much like lists,\nexcept that the type of objects stored in them is constrained.\n");
KRT_CLASS(typed_array, "array(typecode [, initializer]) -> array\n\nReturn a new array whose items are restricted by typecode, and filled from the initializer: a list, a bytes-like\n"
                 "object, text (for type 'u') or an iterable over items.\n\nType codes: b B (signed and unsigned integers of 1 byte), h H (2), i I (4), l L q Q (8),\nf (float, 4), d (float, 8), u (Unicode character, 4).");

extern "C" {
extern Class krt_typed_array_class, krt_array_iter_class;
KRT_MODULE_INIT(array, KRT_RAISES, KRT_COLLECTS) bool krt_array_init(Module *module);
/// Internal. Used for pickling support.
KRT_FUNCTION(array, "_array_reconstructor(arraytype, typecode, mformat_code, items, /)", KRT_RUNS_PY)
Value krt_array_reconstructor_py(Value arrayType, Value typecode, int format, Value items);

/// Append new value v to the end of the array.
KRT_METHOD(typed_array, "append(self, v, /)", KRT_RUNS_PY) Value krt_typed_array_append_py(Value self, Value v);
/// Return a tuple (address, length) giving the current memory address and the length in items of the buffer used to hold array's contents.
KRT_METHOD(typed_array, "buffer_info(self, /)", KRT_COLLECTS) Value krt_typed_array_bufferInfo(Value self);
/// Byteswap all items of the array.
KRT_METHOD(typed_array, "byteswap(self, /)") Value krt_typed_array_byteswap(Value self);
/// Return number of occurrences of v in the array.
KRT_METHOD(typed_array, "count(self, v, /)", KRT_RUNS_PY) Value krt_typed_array_count_py(Value self, Value v);
/// Append items to the end of the array.
KRT_METHOD(typed_array, "extend(self, bb, /)", KRT_RUNS_PY) Value krt_typed_array_extend_py(Value self, Value bb);
/// Read n objects from the file object f and append them to the end of the array.
KRT_METHOD(typed_array, "fromfile(self, f, n, /)", KRT_RUNS_PY) Value krt_typed_array_fromfile_py(Value self, Value f, int64_t n);
/// Append items to array from list.
KRT_METHOD(typed_array, "fromlist(self, list, /)", KRT_RUNS_PY) Value krt_typed_array_fromlist_py(Value self, Value list);
/// Append items from the bytes of a bytes-like object, as machine values.
KRT_METHOD(typed_array, "frombytes(self, buffer, /)", KRT_RUNS_PY) Value krt_typed_array_frombytes_py(Value self, Value buffer);
/// Extend this array, of type 'u', with the characters of a text.
KRT_METHOD(typed_array, "fromunicode(self, ustr, /)", KRT_RAISES, KRT_COLLECTS) Value krt_typed_array_fromunicode(Value self, Str *text);
/// Return index of first occurrence of v in the array.
KRT_METHOD(typed_array, "index(self, v, start=0, stop=9223372036854775807, /)", KRT_RUNS_PY) Value krt_typed_array_index_py(Value self, Value v, Value start, Value stop);
/// Insert a new item v into the array before position i.
KRT_METHOD(typed_array, "insert(self, i, v, /)", KRT_RUNS_PY) Value krt_typed_array_insert_py(Value self, int64_t i, Value v);
/// Return the i-th element and delete it from the array.
KRT_METHOD(typed_array, "pop(self, i=-1, /)", KRT_RAISES, KRT_COLLECTS) Value krt_typed_array_pop(Value self, int64_t i);
/// Remove the first occurrence of v in the array.
KRT_METHOD(typed_array, "remove(self, v, /)", KRT_RUNS_PY) Value krt_typed_array_remove_py(Value self, Value v);
/// Reverse the order of the items in the array.
KRT_METHOD(typed_array, "reverse(self, /)") Value krt_typed_array_reverse(Value self);
/// Write all items (as machine values) to the file object f.
KRT_METHOD(typed_array, "tofile(self, f, /)", KRT_RUNS_PY) Value krt_typed_array_tofile_py(Value self, Value f);
/// Convert array to an ordinary list with the same items.
KRT_METHOD(typed_array, "tolist(self, /)", KRT_COLLECTS) Value krt_typed_array_tolist(Value self);
/// Convert the array to an array of machine values and return the bytes representation.
KRT_METHOD(typed_array, "tobytes(self, /)", KRT_RAISES, KRT_COLLECTS) Value krt_typed_array_tobytes(Value self);
/// Convert the array, which must be of type 'u', to text.
KRT_METHOD(typed_array, "tounicode(self, /)", KRT_RAISES, KRT_COLLECTS) Value krt_typed_array_tounicode(Value self);
/// Return a copy of the array.
KRT_METHOD(typed_array, "__copy__(self, /)", KRT_RAISES, KRT_COLLECTS) Value krt_typed_array_copy(Value self);
/// Return a copy of the array.
KRT_METHOD(typed_array, "__deepcopy__(self, unused, /)", KRT_RAISES, KRT_COLLECTS) Value krt_typed_array_deepcopy(Value self, Value unused);
/// Return state information for pickling.
KRT_METHOD(typed_array, "__reduce_ex__(self, value, /)", KRT_RUNS_PY) Value krt_typed_array_reduceEx_py(Value self, Value protocol);
/// Size of the array in memory, in bytes.
KRT_METHOD(typed_array, "__sizeof__(self, /)") int64_t krt_typed_array_sizeof(Value self);
/// the typecode character used to create the array
KRT_GETTER(typed_array, "typecode", KRT_COLLECTS) Value krt_typed_array_typecode(Value self);
/// the size, in bytes, of one array item
KRT_GETTER(typed_array, "itemsize") int64_t krt_typed_array_itemsize(Value self);

/// Return state information for pickling.
KRT_METHOD(array_iter, "__reduce__(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_array_iter_reduce_py(Value self);
/// Set state information for unpickling.
KRT_METHOD(array_iter, "__setstate__(self, state, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_array_iter_setState_py(Value self, Value state);
}

} // namespace krait

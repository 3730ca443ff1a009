// _ctypes_arrays.h - arrays of C types.
#pragma once

#include "stdlib/native/_ctypes_parts.h"

namespace krait {

KRT_CLASS(
    carray,
    "Abstract base class for arrays.\n\nThe recommended way to create concrete array types is by multiplying "
    "any\nctypes data type with a non-negative integer. Alternatively, you can subclass\nthis type and "
    "define _length_ and _type_ class variables. Array elements can\nbe read and written using standard "
    "subscript and slice accesses for slice\nreads, the resulting object is not itself an Array.");

extern "C" {
KRT_INIT(carray, "Array(*args)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
bool krt_carray_initialize_py(Value self, ArgSpan args);
/// See PEP 585
KRT_CLASSMETHOD(carray, "__class_getitem__(cls, item, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_carray_classGetitem_py(Value cls, Value item);
}

/// The items of arrays and pointers to characters from start on: bytes, text, or a list. Null with an
/// exception.
Value sliceOf(CData *source, Class *item, uint8_t *data, int64_t start, int64_t step, int64_t count);

} // namespace krait

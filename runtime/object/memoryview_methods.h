// memoryview_methods.h - what Python sees of memoryview. Bound in memoryview.cpp.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/object/bytes.h"

namespace krait {

/// The exporter's buffer, shared by the views made from one another; handed back when none uses it.
struct ManagedBuffer : Object {
  Buffer buffer;
  int64_t views; // live views; the buffer is released with the last
  Value object;  // the exporter, also after the release
};
struct MemoryView : Object {
  ManagedBuffer *managed; // null after release()
  uint8_t *data;          // of the first item
  int64_t itemSize, length; // length: items times itemSize
  Str *format;
  int32_t dimensions;
  bool readonly;
  bool original;   // made from the exporter itself, not from another view
  int64_t exports; // buffers handed out
  int64_t hash;
  int64_t *counts, *strides; // items and bytes from one to the next, per dimension; collector-owned
};

KRT_CLASS(memoryview, "A view of the memory of an object that supports the buffer protocol.");

extern "C" {
/// A view of the memory of object.
KRT_NEW(memoryview, "memoryview(object)", KRT_RUNS_PY)
Value krt_memoryview_create_py(Class *cls, Value object);
/// Give the memory back; the view cannot be used any more.
KRT_METHOD(memoryview, "release(self, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_memoryview_release(Value self);
/// The bytes of the view.
KRT_METHOD(memoryview, "tobytes(self, /, order='C')", KRT_RAISES, KRT_COLLECTS)
Value krt_memoryview_tobytes(Value self, Value order);
/// The items as a list, nested for several dimensions.
KRT_METHOD(memoryview, "tolist(self, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_memoryview_tolist(Value self);
/// Hexadecimal digits of the bytes.
KRT_METHOD(memoryview, "hex(self, /, sep=<null>, bytes_per_sep=1)", KRT_RUNS_PY)
Value krt_memoryview_hex_py(Value self, Value sep, int bytesPerSep);
/// The same memory seen with another format or shape.
KRT_METHOD(memoryview, "cast(self, /, format, shape=<null>)", KRT_RUNS_PY)
Value krt_memoryview_cast_py(Value self, Value format, Value shape);
/// A read-only view of the same memory.
KRT_METHOD(memoryview, "toreadonly(self, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_memoryview_toreadonly(Value self);
/// For `with`: the view.
KRT_METHOD(memoryview, "__enter__(self, /)", KRT_NO_SIGNATURE, KRT_RAISES, KRT_COLLECTS)
Value krt_memoryview_enter(Value self);
/// For `with`: releases the view.
KRT_METHOD(memoryview, "__exit__(self, /, *args)", KRT_NO_SIGNATURE, KRT_RAISES, KRT_COLLECTS)
Value krt_memoryview_exit(Value self, ArgSpan args);

/// The object the memory belongs to.
KRT_GETTER(memoryview, "obj", KRT_RAISES, KRT_COLLECTS)
Value krt_memoryview_obj(Value self);
/// Bytes that tobytes() would give.
KRT_GETTER(memoryview, "nbytes", KRT_RAISES, KRT_COLLECTS)
Value krt_memoryview_nbytes(Value self);
/// Size of an item.
KRT_GETTER(memoryview, "itemsize", KRT_RAISES, KRT_COLLECTS)
Value krt_memoryview_itemsize(Value self);
/// Format of an item, as struct has it.
KRT_GETTER(memoryview, "format", KRT_RAISES, KRT_COLLECTS)
Value krt_memoryview_format(Value self);
/// Number of dimensions.
KRT_GETTER(memoryview, "ndim", KRT_RAISES, KRT_COLLECTS)
Value krt_memoryview_ndim(Value self);
/// Items in each dimension.
KRT_GETTER(memoryview, "shape", KRT_RAISES, KRT_COLLECTS)
Value krt_memoryview_shape(Value self);
/// Bytes between items in each dimension.
KRT_GETTER(memoryview, "strides", KRT_RAISES, KRT_COLLECTS)
Value krt_memoryview_strides(Value self);
/// Always empty.
KRT_GETTER(memoryview, "suboffsets", KRT_RAISES, KRT_COLLECTS)
Value krt_memoryview_suboffsets(Value self);
/// Whether the memory cannot be changed through the view.
KRT_GETTER(memoryview, "readonly", KRT_RAISES, KRT_COLLECTS)
Value krt_memoryview_readonly(Value self);
/// Whether the memory is contiguous, last dimension fastest.
KRT_GETTER(memoryview, "c_contiguous", KRT_RAISES, KRT_COLLECTS)
Value krt_memoryview_cContiguous(Value self);
/// Whether the memory is contiguous, first dimension fastest.
KRT_GETTER(memoryview, "f_contiguous", KRT_RAISES, KRT_COLLECTS)
Value krt_memoryview_fContiguous(Value self);
/// Whether the memory is contiguous.
KRT_GETTER(memoryview, "contiguous", KRT_RAISES, KRT_COLLECTS)
Value krt_memoryview_contiguous(Value self);
}

} // namespace krait

// _struct.h - the module _struct: packing of values into bytes.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/object/bytes.h"

namespace krait {

/// One item (or run of equal items) of a format.
struct StructField {
  char letter;
  bool bigEndian, standard; // standard: fixed sizes, no alignment
  int64_t count;            // of items; of bytes for s and p
  int64_t size;             // of one item
  int64_t offset;
};
struct Struct : Object {
  Bytes *format;
  StructField *fields; // collector-owned, atomic
  int64_t fieldCount, size, items;
};
struct StructIter : Object {
  Struct *format;
  Bytes *data;
  int64_t offset;
};

KRT_MODULE(_struct, "Conversion between values and bytes laid out as C structs.");
KRT_CLASS(struct, "A compiled format.");
KRT_CLASS(unpack_iterator, "Iterator over the structs in a buffer.");

extern "C" {
extern Class krt_struct_class, krt_unpack_iterator_class;
KRT_MODULE_INIT(_struct)
bool krt__struct_init(Module *module);

/// Values packed as the format says.
KRT_FUNCTION(_struct, "pack(*args)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt__struct_pack_py(ArgSpan args);
/// Values packed into a buffer at an offset.
KRT_FUNCTION(_struct, "pack_into(*args)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt__struct_packInto_py(ArgSpan args);
/// The values in a buffer of exactly the size of the format.
KRT_FUNCTION(_struct, "unpack(format, buffer, /)", KRT_RUNS_PY)
Value krt__struct_unpack_py(Value format, Value buffer);
/// The values in a buffer from an offset on.
KRT_FUNCTION(_struct, "unpack_from(format, /, buffer, offset=0)", KRT_RUNS_PY)
Value krt__struct_unpackFrom_py(Value format, Value buffer, int64_t offset);
/// An iterator over the structs that fill a buffer.
KRT_FUNCTION(_struct, "iter_unpack(format, buffer, /)", KRT_RUNS_PY)
Value krt__struct_iterUnpack_py(Value format, Value buffer);
/// The size of a format in bytes.
KRT_FUNCTION(_struct, "calcsize(format, /)", KRT_RUNS_PY)
Value krt__struct_calcsize_py(Value format);
/// Forget compiled formats.
KRT_FUNCTION(_struct, "_clearcache()", KRT_COLLECTS)
Value krt__struct_clearcache();

/// A compiled format.
KRT_NEW(struct, "Struct(format)", KRT_RUNS_PY)
Value krt_struct_create_py(Class *cls, Value format);
/// Values packed.
KRT_METHOD(struct, "pack(self, /, *args)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_struct_pack_py(Struct *self, ArgSpan args);
/// Values packed into a buffer at an offset.
KRT_METHOD(struct, "pack_into(self, /, *args)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_struct_packInto_py(Struct *self, ArgSpan args);
/// The values in a buffer.
KRT_METHOD(struct, "unpack(self, buffer, /)", KRT_RUNS_PY)
Value krt_struct_unpack_py(Struct *self, Value buffer);
/// The values in a buffer from an offset on.
KRT_METHOD(struct, "unpack_from(self, /, buffer, offset=0)", KRT_RUNS_PY)
Value krt_struct_unpackFrom_py(Struct *self, Value buffer, int64_t offset);
/// An iterator over the structs that fill a buffer.
KRT_METHOD(struct, "iter_unpack(self, buffer, /)", KRT_RUNS_PY)
Value krt_struct_iterUnpack_py(Struct *self, Value buffer);
/// The format as text.
KRT_GETTER(struct, "format", KRT_COLLECTS)
Value krt_struct_format(Value self);
/// The size in bytes.
KRT_GETTER(struct, "size")
Value krt_struct_size(Value self);
/// Structs that are left.
KRT_METHOD(unpack_iterator, "__length_hint__(self, /)")
int64_t krt_unpack_iterator_lengthHint(StructIter *self);
}

} // namespace krait

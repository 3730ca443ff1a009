// _ctypes_types.h - the metaclasses of _ctypes and the base class of all C objects.
#pragma once

#include "stdlib/native/_ctypes_parts.h"

namespace krait {

extern "C" {

// clang-format off
#define KRT_FOR_CLASSES(signature, ...) \
  KRT_METHOD(csimple_type, signature, __VA_ARGS__) KRT_METHOD(cstructure_type, signature, __VA_ARGS__) KRT_METHOD(cunion_type, signature, __VA_ARGS__) \
  KRT_METHOD(carray_type, signature, __VA_ARGS__) KRT_METHOD(cpointer_type, signature, __VA_ARGS__) KRT_METHOD(cfunction_type, signature, __VA_ARGS__)
// clang-format on

/// C.from_address(integer) -> C instance
/// access a C instance at the specified address
KRT_FOR_CLASSES("from_address(self, address, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_ctype_fromAddress_py(Class *self, Value address);
/// C.from_buffer(object, offset=0) -> C instance
/// create a C instance from a writeable buffer
KRT_FOR_CLASSES("from_buffer(self, object, offset=0, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_ctype_fromBuffer_py(Class *self, Value object, int64_t offset);
/// C.from_buffer_copy(object, offset=0) -> C instance
/// create a C instance from a readable buffer
KRT_FOR_CLASSES("from_buffer_copy(self, object, offset=0, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_ctype_fromBufferCopy_py(Class *self, Value object, int64_t offset);
/// C.in_dll(dll, name) -> C instance
/// access a C instance in a dll
KRT_FOR_CLASSES("in_dll(self, dll, name, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_ctype_inDll_py(Class *self, Value dll, Str *name);
/// Convert a Python object into a function call parameter.
KRT_FOR_CLASSES("from_param(self, value, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_ctype_fromParam_py(Class *self, Value value);
KRT_METHOD(cpointer_type, "set_type(self, type, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_cpointer_type_setType_py(Class *self, Value type);
#undef KRT_FOR_CLASSES

KRT_METHOD(cdata, "__ctypes_from_outparam__(self, /)", KRT_NO_SIGNATURE)
Value krt_cdata_fromOutparam(Value self);
KRT_METHOD(cdata, "__reduce__(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_cdata_reduce_py(Value self);
KRT_METHOD(cdata, "__setstate__(self, attributes, data, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_cdata_setState_py(Value self, Value attributes, Value data);
KRT_GETTER(cdata, "_b_base_") Value krt_cdata_base(Value self);
KRT_GETTER(cdata, "_b_needsfree_") Value krt_cdata_needsFree(Value self);
KRT_GETTER(cdata, "_objects") Value krt_cdata_objects(Value self);
KRT_GETTER(cargument, "_obj") Value krt_cargument_object(Value self);
}

/// Readies the classes.
void ctypesStartTypes();

} // namespace krait

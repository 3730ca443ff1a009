// _ctypes.h - the module _ctypes: C types and functions of shared libraries, on libffi.
#pragma once

#include "stdlib/native/_ctypes_parts.h"

namespace krait {

KRT_MODULE(_ctypes, "Create and manipulate C compatible data types in Python.");

extern "C" {
KRT_MODULE_INIT(_ctypes, KRT_RAISES, KRT_COLLECTS) bool krt__ctypes_init(Module *module);

/// sizeof(C type) -> integer
/// sizeof(C instance) -> integer
/// Return the size in bytes of a C instance
KRT_FUNCTION(_ctypes, "sizeof(obj, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt__ctypes_sizeof(Value object);
/// alignment(C type) -> integer
/// alignment(C instance) -> integer
/// Return the alignment requirements of a C instance
KRT_FUNCTION(_ctypes, "alignment(obj, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt__ctypes_alignment(Value object);
/// addressof(C instance) -> integer
/// Return the address of the C instance internal buffer
KRT_FUNCTION(_ctypes, "addressof(obj, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt__ctypes_addressof_py(Value object);
/// byref(C instance[, offset=0]) -> byref-object
/// Return a pointer lookalike to a C instance, only usable
/// as function argument
KRT_FUNCTION(_ctypes, "byref(obj, offset=0, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt__ctypes_byref(Value object, int64_t offset);
/// Resize the memory buffer of a ctypes instance
KRT_FUNCTION(_ctypes, "resize(obj, size, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt__ctypes_resize(Value object, int64_t size);
KRT_FUNCTION(_ctypes, "POINTER(type, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt__ctypes_pointerType_py(Value type);
KRT_FUNCTION(_ctypes, "pointer(obj, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt__ctypes_pointer_py(Value object);
/// Return buffer interface information
KRT_FUNCTION(_ctypes, "buffer_info(obj, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt__ctypes_bufferInfo(Value object);
KRT_FUNCTION(_ctypes, "_unpickle(type, state, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt__ctypes_unpickle_py(Value type, Tuple *state);
KRT_FUNCTION(_ctypes, "PyObj_FromPtr(address, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt__ctypes_objectAt_py(Value address);
KRT_FUNCTION(_ctypes, "Py_INCREF(obj, /)", KRT_NO_SIGNATURE) Value krt__ctypes_incref(Value object);
KRT_FUNCTION(_ctypes, "Py_DECREF(obj, /)", KRT_NO_SIGNATURE) Value krt__ctypes_decref(Value object);
KRT_FUNCTION(_ctypes, "get_errno()", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt__ctypes_getErrno_py();
KRT_FUNCTION(_ctypes, "set_errno(value, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt__ctypes_setErrno_py(int value);
/// dlopen(name, flag={RTLD_GLOBAL|RTLD_LOCAL}) open a shared library
KRT_FUNCTION(_ctypes, "dlopen(name, flag=0, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt__ctypes_dlopen_py(Value name, int flag);
/// dlclose a library
KRT_FUNCTION(_ctypes, "dlclose(handle, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt__ctypes_dlclose_py(Value handle);
/// find symbol in shared library
KRT_FUNCTION(_ctypes, "dlsym(handle, name, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt__ctypes_dlsym_py(Value handle, Str *name);
KRT_FUNCTION(_ctypes, "call_function(address, arguments, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt__ctypes_callFunction_py(Value address, Tuple *arguments);
KRT_FUNCTION(_ctypes, "call_cdeclfunction(address, arguments, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt__ctypes_callCdeclFunction_py(Value address, Tuple *arguments);
}

extern Value krt_ctypes_module_object;

} // namespace krait

// _ctypes_functions.h - functions of libraries, and Python functions as C functions.
#pragma once

#include "stdlib/native/_ctypes_parts.h"

namespace krait {

/// Types of arguments: _argtypes_ of a class or argtypes of a function.
struct CSignature {
  Value types;       // as given
  Tuple *classes;    // the same as a tuple
  Tuple *converters; // from_param of each
  int64_t count;
  Class *direct[]; // the class where from_param is that of a simple C type, or null
};

/// The call of a function as libffi has worked it out, for arguments of [types].
struct CPrepared {
  ffi_cif cif;
  ffi_type *result;
  size_t count;
  ffi_type *types[];
};

struct CFunction : CData {
  CSignature *signature; // set on this function, or null: that of the class
  Value result, checker; // likewise
  Value errcheck;        // or null
  Tuple *paramFlags;     // or null
  Value callable;        // behind a callback, or null
  CPrepared *prepared;   // of the last call, or null
  bool signatureSet;     // argtypes was assigned
};

KRT_CLASS(cfunction, "Function Pointer");

extern "C" {
KRT_GETTER(cfunction, "argtypes") Value krt_cfunction_argTypes(Value self);
KRT_SETTER(cfunction, "argtypes", KRT_RUNS_PY) bool krt_cfunction_setArgTypes_py(Value self, Value value);
KRT_GETTER(cfunction, "restype") Value krt_cfunction_restype(Value self);
KRT_SETTER(cfunction, "restype", KRT_RUNS_PY) bool krt_cfunction_setRestype_py(Value self, Value value);
KRT_GETTER(cfunction, "errcheck") Value krt_cfunction_errcheck(Value self);
KRT_SETTER(cfunction, "errcheck", KRT_RAISES, KRT_COLLECTS)
bool krt_cfunction_setErrcheck(Value self, Value value);
}

/// Calls the C function at [address]; [prepared] (or null) is where the call as worked out is kept.
Value callForeign_py(void *address, int flags, CSignature *signature, Value result, bool plainInt,
                     Value checker, const Value *args, size_t count, CPrepared **prepared);
/// An object that makes [callable] a C function at *[code]; null with an exception.
Object *newThunk(Value callable, CSignature *signature, Value result, int flags, void **code);

} // namespace krait

// marshal.h - the module marshal: values as bytes, in CPython's format.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(marshal, "Reading and writing of Python values in a binary format.");

extern "C" {
KRT_MODULE_INIT(marshal, KRT_RAISES, KRT_COLLECTS)
bool krt_marshal_init(Module *module);

/// Return the bytes of a value.
KRT_FUNCTION(marshal, "dumps(value, version=4, /)", KRT_RUNS_PY) Value krt_marshal_dumps_py(Value value, int version);
/// Write the bytes of a value to a file.
KRT_FUNCTION(marshal, "dump(value, file, version=4, /)", KRT_RUNS_PY) Value krt_marshal_dump_py(Value value, Value file, int version);
/// Return the value that bytes hold.
KRT_FUNCTION(marshal, "loads(bytes, /)", KRT_RUNS_PY) Value krt_marshal_loads_py(Value bytes);
/// Read one value from a file.
KRT_FUNCTION(marshal, "load(file, /)", KRT_RUNS_PY) Value krt_marshal_load_py(Value file);
}

} // namespace krait

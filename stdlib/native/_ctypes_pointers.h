// _ctypes_pointers.h - pointers to C types.
#pragma once

#include "stdlib/native/_ctypes_parts.h"

namespace krait {

KRT_CLASS(cpointer, "XXX to be provided");

extern "C" {
KRT_INIT(cpointer, "_Pointer(value=<null>, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
bool krt_cpointer_initialize_py(Value self, Value value);
KRT_GETTER(cpointer, "contents", KRT_RAISES, KRT_COLLECTS) Value krt_cpointer_contents(Value self);
KRT_SETTER(cpointer, "contents", KRT_RUNS_PY) bool krt_cpointer_setContents_py(Value self, Value value);
}

} // namespace krait

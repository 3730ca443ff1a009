// _ctypes_simple.h - simple C types: numbers, characters, addresses, Python objects.
#pragma once

#include "stdlib/native/_ctypes_parts.h"

namespace krait {

KRT_CLASS(csimple, "XXX to be provided");

extern "C" {
KRT_GETTER(csimple, "value", KRT_RAISES, KRT_COLLECTS) Value krt_csimple_value(Value self);
KRT_SETTER(csimple, "value", KRT_RUNS_PY) bool krt_csimple_setValue_py(Value self, Value value);
}

} // namespace krait

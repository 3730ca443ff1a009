// bool_methods.h - the constructor of bool. Bound in int_type.cpp.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/object/int.h"

namespace krait {

KRT_CLASS(bool, "The truth values True and False, which are also the integers 1 and 0.");

extern "C" {
/// The truth of x.
KRT_NEW(bool, "bool(x=False, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_bool_create_py(Class *cls, bool x);
}

} // namespace krait

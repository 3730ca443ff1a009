// constant_methods.h - what Python sees of Ellipsis and NotImplemented beyond their slots. Bound in int_type.cpp.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

extern "C" {
KRT_METHOD(ellipsis, "__reduce__(self, /)", KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_ellipsis_reduce(Value self);
KRT_METHOD(notimplemented, "__reduce__(self, /)", KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_notimplemented_reduce(Value self);
}

} // namespace krait

// complex_methods.h - what Python sees of complex. Bound in complex.cpp.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/object/complex.h"

namespace krait {

KRT_CLASS(complex, "Complex numbers real + imag*1j, from parts or from a text.");

extern "C" {
/// A complex number from two parts or a text.
KRT_NEW(complex, "complex(real=0, imag=<null>)", KRT_RUNS_PY)
Value krt_complex_create_py(Class *cls, Value real, Value imag);
/// The number with the sign of the imaginary part changed.
KRT_METHOD(complex, "conjugate(self, /)", KRT_COLLECTS, KRT_PURE)
Value krt_complex_conjugate(Value self);
/// The number as an exact complex.
KRT_METHOD(complex, "__complex__(self, /)", KRT_COLLECTS, KRT_PURE)
Value krt_complex_toComplex(Value self);
/// The number laid out as format_spec says.
KRT_METHOD(complex, "__format__(self, format_spec, /)", KRT_RUNS_PY)
Str *krt_complex_formatMethod_py(Value self, Str *spec);
/// Arguments of complex() for a copy.
KRT_METHOD(complex, "__getnewargs__(self, /)", KRT_COLLECTS, KRT_RAISES)
Value krt_complex_getNewArgs(Value self);
/// The real part.
KRT_GETTER(complex, "real", KRT_COLLECTS)
Value krt_complex_real(Value self);
/// The imaginary part.
KRT_GETTER(complex, "imag", KRT_COLLECTS)
Value krt_complex_imag(Value self);
}

/// The value of any number, through __complex__, __float__ or __index__; false with an exception pending.
bool complexValue_py(Value number, double *real, double *imag);

} // namespace krait

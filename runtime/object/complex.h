// complex.h - complex numbers.
#pragma once

#include "runtime/abi/types.h"

namespace krait {

extern "C" {
extern Class krt_complex_class;
extern Shape krt_complex_shape;
Value krt_complex_new(double real, double imag);
/// (ar + ai*j) ** (br + bi*j), with Python's errors.
Value krt_complex_pow(double ar, double ai, double br, double bi);
Str *krt_complex_repr(double real, double imag);
}

} // namespace krait

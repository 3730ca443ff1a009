// float_methods.h - what Python sees of float. Bound in float.cpp.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/object/float.h"

namespace krait {

KRT_CLASS(float, "Floating point numbers of double precision, from a number or a text.");

extern "C" {
/// A float from a number or a text.
KRT_NEW(float, "float(x=0, /)", KRT_RUNS_PY)
Value krt_float_create_py(Class *cls, Value x);

/// The number itself.
KRT_METHOD(float, "conjugate(self, /)", KRT_COLLECTS, KRT_PURE)
Value krt_float_conjugate(Value self);
/// Whether the number has no fraction.
KRT_METHOD(float, "is_integer(self, /)", KRT_PURE)
bool krt_float_isInteger(Value self);
/// Two integers whose quotient is exactly the number; the second is positive.
KRT_METHOD(float, "as_integer_ratio(self, /)", KRT_RAISES, KRT_COLLECTS, KRT_PURE)
Value krt_float_asIntegerRatio(Value self);
/// The number in hexadecimal.
KRT_METHOD(float, "hex(self, /)", KRT_COLLECTS, KRT_PURE, KRT_RAISES)
Value krt_float_hex(Value self);
/// A float from hexadecimal text.
KRT_CLASSMETHOD(float, "fromhex(type, string, /)", KRT_RUNS_PY)
Value krt_float_fromhex_py(Class *cls, Value string);
/// The integral part.
KRT_METHOD(float, "__trunc__(self, /)", KRT_RAISES, KRT_COLLECTS, KRT_PURE)
Value krt_float_trunc(Value self);
/// The largest integer that is not greater.
KRT_METHOD(float, "__floor__(self, /)", KRT_RAISES, KRT_COLLECTS, KRT_PURE)
Value krt_float_floor(Value self);
/// The smallest integer that is not less.
KRT_METHOD(float, "__ceil__(self, /)", KRT_RAISES, KRT_COLLECTS, KRT_PURE)
Value krt_float_ceil(Value self);
/// The nearest integer, halves to even; with ndigits a float rounded to so many decimals.
KRT_METHOD(float, "__round__(self, ndigits=None, /)", KRT_RUNS_PY)
Value krt_float_round_py(Value self, Value ndigits);
/// The number laid out as format_spec says.
KRT_METHOD(float, "__format__(self, format_spec, /)", KRT_RUNS_PY)
Str *krt_float_formatMethod_py(Value self, Str *spec);
/// Arguments of float() for a copy.
KRT_METHOD(float, "__getnewargs__(self, /)", KRT_COLLECTS, KRT_RAISES)
Value krt_float_getNewArgs(Value self);
/// How doubles ("double") or floats ("float") are stored.
KRT_CLASSMETHOD(float, "__getformat__(type, typestr, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_float_getFormat(Class *cls, Str *kind);

/// The real part: the number itself.
KRT_GETTER(float, "real", KRT_COLLECTS)
Value krt_float_real(Value self);
/// The imaginary part: 0.0.
KRT_GETTER(float, "imag")
Value krt_float_imag(Value self);
}

/// A float from text or bytes; ValueError shows [original].
bool floatParse(std::string_view text, Value original, double *out);

} // namespace krait

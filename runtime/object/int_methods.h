// int_methods.h - what Python sees of int. Bound in int_type.cpp.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/object/int.h"

namespace krait {

KRT_CLASS(int, "Whole numbers of any size. int(x) takes a number or text, int(text, base) text in another base.");

extern "C" {
/// An integer from a number or a text.
KRT_NEW(int, "int(x=<null>, /, base=<null>)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_int_create_py(Class *cls, Value x, Value base);

/// The number itself.
KRT_METHOD(int, "conjugate(self, /)", KRT_NO_SIGNATURE, KRT_COLLECTS, KRT_PURE)
Value krt_int_conjugate(Value self);

/// The number of bits needed for the absolute value.
KRT_METHOD(int, "bit_length(self, /)", KRT_PURE)
int64_t krt_int_bitLength(Value self);

/// The number of ones in the binary form of the absolute value.
KRT_METHOD(int, "bit_count(self, /)", KRT_PURE)
int64_t krt_int_bitCount(Value self);

/// The integer as length bytes.
KRT_METHOD(int, "to_bytes(self, /, length=1, byteorder='big', *, signed=False)", KRT_RAISES, KRT_COLLECTS, KRT_PURE)
Value krt_int_toBytes(Value self, int64_t length, Str *byteorder, bool isSigned);

/// The integer that bytes represent.
KRT_CLASSMETHOD(int, "from_bytes(type, /, bytes, byteorder='big', *, signed=False)", KRT_RUNS_PY)
Value krt_int_fromBytes_py(Class *cls, Value bytes, Str *byteorder, bool isSigned);

/// The pair of the integer and 1.
KRT_METHOD(int, "as_integer_ratio(self, /)", KRT_COLLECTS, KRT_PURE, KRT_RAISES)
Value krt_int_asIntegerRatio(Value self);

/// The integral part: the number itself.
KRT_METHOD(int, "__trunc__(self, /)", KRT_COLLECTS, KRT_PURE, KRT_NO_SIGNATURE)
Value krt_int_trunc(Value self);
/// The number itself.
KRT_METHOD(int, "__floor__(self, /)", KRT_COLLECTS, KRT_PURE, KRT_NO_SIGNATURE)
Value krt_int_floor(Value self);
/// The number itself.
KRT_METHOD(int, "__ceil__(self, /)", KRT_COLLECTS, KRT_PURE, KRT_NO_SIGNATURE)
Value krt_int_ceil(Value self);
/// Rounded to ndigits, which may be negative: to tens, hundreds, ... halves to even.
KRT_METHOD(int, "__round__(self, ndigits=<null>, /)", KRT_RUNS_PY)
Value krt_int_round_py(Value self, Value ndigits);
/// The number laid out as format_spec says.
KRT_METHOD(int, "__format__(self, format_spec, /)", KRT_RUNS_PY)
Str *krt_int_formatMethod_py(Value self, Str *spec);
/// Size in memory, in bytes.
KRT_METHOD(int, "__sizeof__(self, /)", KRT_PURE)
int64_t krt_int_sizeOf(Value self);
/// Arguments of int() for a copy.
KRT_METHOD(int, "__getnewargs__(self, /)", KRT_COLLECTS, KRT_RAISES)
Value krt_int_getNewArgs(Value self);

/// The real part: the number itself.
KRT_GETTER(int, "real")
Value krt_int_real(Value self);
/// The imaginary part: 0.
KRT_GETTER(int, "imag")
Value krt_int_imag(Value self);
/// The number itself.
KRT_GETTER(int, "numerator")
Value krt_int_numerator(Value self);
/// 1.
KRT_GETTER(int, "denominator")
Value krt_int_denominator(Value self);
}

/// What int(x) does for anything but text: __int__, __index__, __trunc__. A plain integer.
Value intFromNumber_py(Value x);

} // namespace krait

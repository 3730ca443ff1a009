// number_builtins.h - built-in functions about numbers and characters.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

extern "C" {
/// The absolute value of a number.
KRT_FUNCTION(builtins, "abs(x, /)", KRT_RUNS_PY)
Value krt_builtins_abs_py(Value x);
/// As repr, with everything above ASCII escaped.
KRT_FUNCTION(builtins, "ascii(obj, /)", KRT_RUNS_PY)
Value krt_builtins_ascii_py(Value obj);
/// An integer in binary, with the prefix 0b.
KRT_FUNCTION(builtins, "bin(number, /)", KRT_RUNS_PY)
Value krt_builtins_bin_py(Value number);
/// An integer in octal, with the prefix 0o.
KRT_FUNCTION(builtins, "oct(number, /)", KRT_RUNS_PY)
Value krt_builtins_oct_py(Value number);
/// An integer in hexadecimal, with the prefix 0x.
KRT_FUNCTION(builtins, "hex(number, /)", KRT_RUNS_PY)
Value krt_builtins_hex_py(Value number);
/// The character with code point i.
KRT_FUNCTION(builtins, "chr(i, /)", KRT_RUNS_PY)
Value krt_builtins_chr_py(Value i);
/// The code point of a string of one character, or the value of one byte.
KRT_FUNCTION(builtins, "ord(c, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_builtins_ord(Value c);
/// The pair (x//y, x%y).
KRT_FUNCTION(builtins, "divmod(x, y, /)", KRT_RUNS_PY)
Value krt_builtins_divmod_py(Value x, Value y);
/// The value laid out by its own __format__ as format_spec says.
KRT_FUNCTION(builtins, "format(value, format_spec='', /)", KRT_RUNS_PY)
Value krt_builtins_format_py(Value value, Str *spec);
/// base**exp, or base**exp % mod without the large number in between.
KRT_FUNCTION(builtins, "pow(base, exp, mod=None)", KRT_RUNS_PY)
Value krt_builtins_pow_py(Value base, Value exp, Value mod);
/// The number rounded to ndigits after the point; to an integer if ndigits is left out or None.
KRT_FUNCTION(builtins, "round(number, ndigits=None)", KRT_RUNS_PY)
Value krt_builtins_round_py(Value number, Value ndigits);
/// start and the items of the iterable added up.
KRT_FUNCTION(builtins, "sum(iterable, /, start=0)", KRT_RUNS_PY)
Value krt_builtins_sum_py(Value iterable, Value start);
}

} // namespace krait

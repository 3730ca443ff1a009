// format.h - turning values into text by `%`, format specifications and repr.
#pragma once

#include "runtime/abi/types.h"

#include <cstdarg>

namespace krait {

extern "C" {
/// format % values (a tuple, a mapping or one value).
Value krt_str_percent_py(Str *format, Value values);
Value krt_bytes_percent_py(const uint8_t *format, size_t size, Value values, bool asByteArray);
/// format.format(*args, **mapping); mapping may be null. [count] SIZE_MAX: format_map, positions are errors.
Value krt_str_format_fields_py(Str *format, const Value *args, size_t count, Value mapping);
/// format(object, spec) of the built-in types and of instances of their subclasses.
Str *krt_str_format_spec(Str *text, Str *spec);
Str *krt_int_format(Value object, Str *spec);
Str *krt_float_format(Value object, Str *spec);
Str *krt_complex_format(Value object, Str *spec);
/// repr of text; the ascii() form escapes all above 127.
Str *krt_str_repr(Str *text);
Str *krt_str_ascii(Str *text);
/// Characters start, start + step, ... ([count] of them).
Str *krt_str_slice(Str *text, int64_t start, int64_t step, int64_t count);
/// The engine behind krt_raise and krt_str_format; formats as errors.h says.
Str *krt_str_format_va(const char *format, va_list args);
}

class StrBuilder;
/// Appends \xNN, \uNNNN or \UNNNNNNNN.
void appendHexEscape(StrBuilder &out, uint32_t c);

} // namespace krait

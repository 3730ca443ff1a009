// _string.h - the module _string: what string.Formatter needs of str.format.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(_string, "Helpers of the string module.");

extern "C" {
/// The parts of a format string: literal text, field name, format specification, conversion.
KRT_FUNCTION(_string, "formatter_parser(format_string, /)", KRT_RUNS_PY)
Value krt__string_formatterParser_py(Value text);
/// The first piece of a field name and an iterator over the others.
KRT_FUNCTION(_string, "formatter_field_name_split(field_name, /)", KRT_RUNS_PY)
Value krt__string_fieldNameSplit_py(Value text);
}

} // namespace krait

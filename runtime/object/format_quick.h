// format_quick.h - the formatting that programs do most: plain ASCII specifications of exact int, float and str.
#pragma once

#include "runtime/abi/types.h"

namespace krait {

/// format(value, spec), or null with nothing pending: not one of the quick cases.
Str *formatQuick(Value value, Str *spec);
/// format % values, likewise.
Str *percentQuick(Str *format, Value values);

} // namespace krait

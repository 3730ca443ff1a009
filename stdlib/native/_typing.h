// _typing.h - the module _typing: the one function of typing that is called at each use of a NewType-like alias.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(_typing, "Accelerators for the typing module.\n");

extern "C" {
/// Return the argument.
KRT_FUNCTION(_typing, "_idfunc(x, /)", KRT_READS(), KRT_WRITES()) Value krt__typing_idfunc(Value x);
}

} // namespace krait

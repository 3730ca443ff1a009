// program_import.h - module _krait: what the finder of the modules inside a built binary (stdlib/python/_krait_importer.py) asks for.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

extern "C" {
KRT_MODULE(_krait, "The modules that this binary carries.");

/// Return (file, is_package) of a module in this binary, or None.
KRT_FUNCTION(_krait, "find_module(name, /)", KRT_RAISES, KRT_COLLECTS) Value krt__krait_findModule(Str *name);
/// Return the code of a module in this binary.
KRT_FUNCTION(_krait, "module_code(name, /)", KRT_RAISES, KRT_COLLECTS) Value krt__krait_moduleCode(Str *name);
}

} // namespace krait

// _warnings.h - the module _warnings: issuing of warnings, by filters shared with warnings.py.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(_warnings, "The core of the module warnings: issuing and filtering.");

extern "C" {
KRT_MODULE_INIT(_warnings, KRT_RAISES, KRT_COLLECTS)
bool krt__warnings_init(Module *module);

/// Issue a warning, or maybe ignore it or raise an exception.
KRT_FUNCTION(_warnings, "warn(message, category=None, stacklevel=1, source=None)", KRT_RUNS_PY)
Value krt__warnings_warn_py(Value message, Value category, int64_t stackLevel, Value source);
/// Issue a warning at a given place.
KRT_FUNCTION(_warnings,
             "warn_explicit(message, category, filename, lineno, module=<null>, registry=None, "
             "module_globals=None, source=None)",
             KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt__warnings_warnExplicit_py(Value message, Value category, Str *filename, int64_t line, Value module,
                                    Value registry, Value globals, Value source);
/// Tell that the list of filters changed: what is remembered about past warnings no longer holds.
KRT_FUNCTION(_warnings, "_filters_mutated()", KRT_NO_SIGNATURE)
Value krt__warnings_filtersMutated();
}

/// Issues a DeprecationWarning from the initialiser of a native module at the line that imports it: six
/// activations of importlib out, eight where the import statement went through importlib's own __import__. -1
/// = exception pending.
int krt_warn_of_import_py(const char *text);

/// Makes warnings of the runtime itself go through the filters from now on, the module imported or not.
void warningsStart();

} // namespace krait

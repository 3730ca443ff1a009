// atexit.h - the module atexit: functions that run when the program ends.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(atexit, "Register functions to be called when the interpreter exits.");

extern "C" {
/// Register a function to be called at exit, with the given arguments; return the function.
KRT_FUNCTION(atexit, "register(*args, **kwargs)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_atexit_register(ArgSpan args, Dict *kwargs);
/// Forget a function that was registered.
KRT_FUNCTION(atexit, "unregister(func, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_atexit_unregister_py(Value function);
/// Forget all registered functions.
KRT_FUNCTION(atexit, "_clear()", KRT_NO_SIGNATURE) Value krt_atexit_clear();
/// Call the registered functions, latest first, and forget them.
KRT_FUNCTION(atexit, "_run_exitfuncs()", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_atexit_run_py();
/// Return the number of registered functions.
KRT_FUNCTION(atexit, "_ncallbacks()", KRT_NO_SIGNATURE) int64_t krt_atexit_count();
}

} // namespace krait

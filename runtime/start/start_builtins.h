// start_builtins.h - the built-in functions that run code: compile, exec, eval, __import__, __build_class__.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

extern "C" {
KRT_MODULE(builtins, "Built-in functions, types, exceptions, and other objects.");

/// Compile source into a code object that exec() or eval() can run.
KRT_FUNCTION(builtins,
             "compile(source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1)", KRT_RUNS_PY)
Value krt_builtins_compile_py(Value source, Value filename, Value mode, int flags, bool dontInherit, int optimize, int featureVersion);
/// Evaluate an expression in the context of globals and locals.
KRT_FUNCTION(builtins, "eval(source, globals=None, locals=None, /)", KRT_RUNS_PY)
Value krt_builtins_eval_py(Value source, Value globals, Value locals);
/// Execute statements in the context of globals and locals.
KRT_FUNCTION(builtins, "exec(source, globals=None, locals=None, /, *, closure=None)", KRT_RUNS_PY)
Value krt_builtins_exec_py(Value source, Value globals, Value locals, Value closure);
/// Return the dictionary of the current scope's global variables.
KRT_FUNCTION(builtins, "globals()")
Value krt_builtins_globals();
/// Return a dictionary of the current scope's local variables.
KRT_FUNCTION(builtins, "locals()", KRT_RUNS_PY)
Value krt_builtins_locals_py();
}

} // namespace krait

// code.h - what Python sees of code objects.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

#include <string>

namespace krait {

struct SourceRange;

extern "C" {
KRT_GETTER(code, "co_name") Value krt_code_name(Code *self);
KRT_GETTER(code, "co_qualname") Value krt_code_qualname(Code *self);
KRT_GETTER(code, "co_filename") Value krt_code_filename(Code *self);
KRT_GETTER(code, "co_firstlineno") Value krt_code_firstLine(Code *self);
KRT_GETTER(code, "co_argcount") Value krt_code_argCount(Code *self);
KRT_GETTER(code, "co_posonlyargcount") Value krt_code_posOnlyCount(Code *self);
KRT_GETTER(code, "co_kwonlyargcount") Value krt_code_kwOnlyCount(Code *self);
KRT_GETTER(code, "co_nlocals") Value krt_code_localCount(Code *self);
KRT_GETTER(code, "co_stacksize") Value krt_code_stackSize(Code *self);
KRT_GETTER(code, "co_flags") Value krt_code_flags(Code *self);
KRT_GETTER(code, "co_code", KRT_COLLECTS, KRT_RAISES) Value krt_code_units(Code *self);
KRT_GETTER(code, "co_consts", KRT_COLLECTS, KRT_RAISES) Value krt_code_consts(Code *self);
KRT_GETTER(code, "co_names", KRT_COLLECTS, KRT_RAISES) Value krt_code_names(Code *self);
KRT_GETTER(code, "co_varnames") Value krt_code_varnames(Code *self);
KRT_GETTER(code, "co_freevars") Value krt_code_freevars(Code *self);
KRT_GETTER(code, "co_cellvars") Value krt_code_cellvars(Code *self);
KRT_GETTER(code, "co_linetable", KRT_COLLECTS, KRT_RAISES) Value krt_code_lineTable(Code *self);
KRT_GETTER(code, "co_exceptiontable", KRT_COLLECTS, KRT_RAISES) Value krt_code_exceptionTable(Code *self);
/// Name of a variable by its register.
KRT_METHOD(code, "_varname_from_oparg(self, oparg)", KRT_RAISES)
Value krt_code_varname(Code *self, int64_t oparg);
KRT_NEW(code,
        "code(argcount, posonlyargcount, kwonlyargcount, nlocals, stacksize, flags, codestring, constants, "
        "names, varnames, filename, name, "
        "qualname, firstlineno, linetable, exceptiontable, freevars=(), cellvars=(), /)",
        KRT_RUNS_PY)
Value krt_code_new_py(Class *cls, Value argcount, Value posonlyargcount, Value kwonlyargcount, Value nlocals,
                      Value stacksize, Value flags, Value codestring, Value constants, Value names,
                      Value varnames, Value filename, Value name, Value qualname, Value firstlineno,
                      Value linetable, Value exceptiontable, Value freevars, Value cellvars);
/// Iterate over (start, end, line) of the code's ranges.
KRT_METHOD(code, "co_lines(self, /)", KRT_NO_SIGNATURE, KRT_RUNS_PY) Value krt_code_lines_py(Code *self);
/// Iterate over (line, end_line, column, end_column) of each instruction.
KRT_METHOD(code, "co_positions(self, /)", KRT_NO_SIGNATURE, KRT_RUNS_PY)
Value krt_code_positions_py(Code *self);
/// Return a copy of the code object with new values for the given attributes.
KRT_METHOD(code, "replace(self, /, **changes)", KRT_RUNS_PY)
Value krt_code_replace_py(Code *self, Dict *changes);
}
/// -X no_debug_ranges: positions are lines without columns.
extern bool krt_only_lines;
/// Where the instruction at [unit] stands in the source.
SourceRange codePosition(const Code *code, uint32_t unit);

/// Is the bytecode of [code] well formed, and its tables as it needs them? Empty, or what is wrong. Set by
/// runtime/start.
extern std::string (*krt_code_verify_hook)(const Code *code);
/// The interpreter's entry, for code objects that a program makes. Set by runtime/start.
extern NativeEntry krt_code_entry_hook;

} // namespace krait

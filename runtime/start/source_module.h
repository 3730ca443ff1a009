// source_module.h - module _krait_source: tokens and scopes as the front end sees them, for _tokenize and
// _symtable (stdlib/python).
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

extern "C" {
KRT_MODULE(_krait_source, "Tokens and scopes of source text.");
/// Return a list of (kind, text, first line, last line, first column, last column, source line), and the
/// error that ended it or None.
KRT_FUNCTION(_krait_source, "tokens(source, /)", KRT_RAISES, KRT_COLLECTS)
Value krt__krait_source_tokens(Str *source);
/// Return the scopes of source text as a tree: (id, kind, name, line, nested, {name: flags}, parameters,
/// [children]).
KRT_FUNCTION(_krait_source, "scopes(source, filename, mode, /)", KRT_RUNS_PY)
Value krt__krait_source_scopes_py(Value source, Str *filename, int mode);
}

} // namespace krait

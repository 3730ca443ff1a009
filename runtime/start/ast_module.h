// ast_module.h - module _krait_ast: the front end's table of nodes, and source text to trees of Python objects. The node classes
// themselves are Python (stdlib/python/_ast.py).
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

extern "C" {
KRT_MODULE(_krait_ast, "Syntax trees of the front end.");
/// Return a list of (name, base, fields, optional fields, located, doc), bases first.
KRT_FUNCTION(_krait_ast, "nodes()", KRT_RAISES, KRT_COLLECTS) Value krt__krait_ast_nodes();
/// Parse source text into objects of the classes given by name.
KRT_FUNCTION(_krait_ast, "parse(source, filename, mode, type_comments, feature_version, classes, /)", KRT_RUNS_PY)
Value krt__krait_ast_parse_py(Value source, Str *filename, int mode, bool typeComments, int featureVersion, Dict *classes);
}

} // namespace krait

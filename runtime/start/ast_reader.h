// ast_reader.h - objects of the `ast` module to code.
#pragma once

#include "runtime/start/start.h"

namespace krait {

/// Whether [object] is a node of the `ast` module (then *classes is its dict of node classes). False when
/// that was never imported.
bool isTreeObject(Value object, Dict **classes);

/// Code of the tree [object], whose class must be that of the request's mode; null with an exception pending.
Code *compileTreeObject_py(Value object, Dict *classes, Str *filename, const CompileRequest &request);

} // namespace krait

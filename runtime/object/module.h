// module.h - what Python sees of cells and modules.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/object/function.h"

namespace krait {

extern "C" {
// ---- cell ----
KRT_GETTER(cell, "cell_contents", KRT_RAISES, KRT_COLLECTS) Value krt_cell_contents(Value self);
KRT_SETTER(cell, "cell_contents") bool krt_cell_setContents(Value self, Value value);
KRT_NEW(cell, "cell(contents=<null>, /)", KRT_COLLECTS) Value krt_cell_create(Class *cls, Value contents);

// ---- module ----
KRT_GETTER(module, "__dict__", KRT_RAISES, KRT_COLLECTS) Value krt_module_dict(Value self);
KRT_GETTER(module, "__annotations__", KRT_RUNS_PY) Value krt_module_annotations_py(Value self);
KRT_SETTER(module, "__annotations__", KRT_RUNS_PY) bool krt_module_setAnnotations_py(Value self, Value value);
/// List the names of the module's attributes.
KRT_METHOD(module, "__dir__(self, /)", KRT_NO_SIGNATURE, KRT_RUNS_PY) Value krt_module_dir_py(Value self);
}

/// Is the module with [spec] (null: it has none) still being imported? -1 = exception pending.
int krt_spec_initializing_py(Value spec);

} // namespace krait

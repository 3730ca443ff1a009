// function_methods.h - what Python sees of functions and bound methods.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/object/function.h"

namespace krait {

extern "C" {
// ---- function ----
KRT_GETTER(function, "__name__") Value krt_function_name(Value self);
KRT_SETTER(function, "__name__", KRT_RAISES, KRT_COLLECTS) bool krt_function_setName(Value self, Value value);
KRT_GETTER(function, "__qualname__") Value krt_function_qualname(Value self);
KRT_SETTER(function, "__qualname__", KRT_RAISES, KRT_COLLECTS)
bool krt_function_setQualname(Value self, Value value);
KRT_GETTER(function, "__doc__") Value krt_function_doc(Value self);
KRT_SETTER(function, "__doc__") bool krt_function_setDoc(Value self, Value value);
KRT_GETTER(function, "__module__") Value krt_function_module(Value self);
KRT_SETTER(function, "__module__") bool krt_function_setModule(Value self, Value value);
KRT_GETTER(function, "__code__", KRT_RUNS_PY) Value krt_function_code_py(Value self);
KRT_SETTER(function, "__code__", KRT_RUNS_PY) bool krt_function_setCode_py(Value self, Value value);
KRT_GETTER(function, "__defaults__", KRT_RUNS_PY) Value krt_function_defaults_py(Value self);
KRT_SETTER(function, "__defaults__", KRT_RUNS_PY)
bool krt_function_setDefaults_py(Value self, Value value);
KRT_GETTER(function, "__kwdefaults__", KRT_RUNS_PY) Value krt_function_kwdefaults_py(Value self);
KRT_SETTER(function, "__kwdefaults__", KRT_RUNS_PY)
bool krt_function_setKwdefaults_py(Value self, Value value);
KRT_GETTER(function, "__annotations__", KRT_RAISES, KRT_COLLECTS) Value krt_function_annotations(Value self);
KRT_SETTER(function, "__annotations__", KRT_RAISES, KRT_COLLECTS)
bool krt_function_setAnnotations(Value self, Value value);
KRT_GETTER(function, "__builtins__") Value krt_function_builtins(Value self);
KRT_NEW(function, "function(code, globals, name=None, argdefs=None, closure=None)", KRT_RUNS_PY)
Value krt_function_create_py(Class *cls, Value code, Dict *globals, Value name, Value argdefs, Value closure);

// ---- method ----
KRT_GETTER(method, "__doc__", KRT_RUNS_PY) Value krt_method_doc_py(Value self);
/// Helper for pickle.
KRT_METHOD(method, "__reduce__(self, /)", KRT_RUNS_PY) Value krt_method_reduce_py(Value self);
KRT_NEW(method, "method(function, instance, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_method_create(Class *cls, Value function, Value instance);
}

} // namespace krait

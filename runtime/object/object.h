// object.h - methods of `object`.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

extern "C" {
KRT_GETTER(object, "__class__") Value krt_object_class_of(Value self);
KRT_SETTER(object, "__class__", KRT_RUNS_PY) bool krt_object_setClass_py(Value self, Value value);
/// Helper for pickle.
KRT_METHOD(object, "__reduce__(self, /)", KRT_RUNS_PY) Value krt_object_reduce_py(Value self);
/// Helper for pickle.
KRT_METHOD(object, "__reduce_ex__(self, protocol, /)", KRT_RUNS_PY) Value krt_object_reduceEx_py(Value self, int64_t protocol);
/// Helper for pickle.
KRT_METHOD(object, "__getstate__(self, /)", KRT_RUNS_PY) Value krt_object_getState_py(Value self);
/// Called when a class is subclassed; does nothing by default.
KRT_CLASSMETHOD(object, "__init_subclass__(cls, /, *args, **kwargs)", KRT_NO_SIGNATURE, KRT_RAISES, KRT_COLLECTS)
Value krt_object_initSubclass(Value cls, ArgSpan args, Dict *kwargs);
/// Answers isinstance-like questions of abstract classes; NotImplemented by default.
KRT_CLASSMETHOD(object, "__subclasshook__(cls, other, /)", KRT_NO_SIGNATURE) Value krt_object_subclassHook(Value cls, Value other);
/// Default object formatter.
KRT_METHOD(object, "__format__(self, format_spec, /)", KRT_RUNS_PY) Value krt_object_format_py(Value self, Value format_spec);
/// Default dir() implementation.
KRT_METHOD(object, "__dir__(self, /)", KRT_RUNS_PY) Value krt_object_dir_py(Value self);
/// Size of object in memory, in bytes.
KRT_METHOD(object, "__sizeof__(self, /)") Value krt_object_sizeof(Value self);
}

} // namespace krait

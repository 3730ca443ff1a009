// type.h - what Python sees of classes: attributes and methods of `type`.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/object/class.h"

namespace krait {

extern "C" {
KRT_GETTER(type, "__name__") Value krt_type_name(Class *self);
KRT_SETTER(type, "__name__", KRT_RUNS_PY) bool krt_type_setName_py(Class *self, Value value);
KRT_GETTER(type, "__qualname__") Value krt_type_qualname(Class *self);
KRT_SETTER(type, "__qualname__", KRT_RUNS_PY) bool krt_type_setQualname_py(Class *self, Value value);
KRT_GETTER(type, "__module__", KRT_RAISES, KRT_COLLECTS) Value krt_type_module(Class *self);
KRT_SETTER(type, "__module__", KRT_RUNS_PY) bool krt_type_setModule_py(Class *self, Value value);
KRT_GETTER(type, "__bases__") Value krt_type_bases(Class *self);
KRT_SETTER(type, "__bases__", KRT_RUNS_PY) bool krt_type_setBases_py(Class *self, Value value);
KRT_GETTER(type, "__base__") Value krt_type_base(Class *self);
KRT_GETTER(type, "__mro__") Value krt_type_mroTuple(Class *self);
KRT_GETTER(type, "__dict__", KRT_COLLECTS) Value krt_type_dict(Class *self);
KRT_GETTER(type, "__doc__", KRT_RUNS_PY) Value krt_type_doc_py(Class *self);
KRT_SETTER(type, "__doc__", KRT_RUNS_PY) bool krt_type_setDoc_py(Class *self, Value value);
KRT_GETTER(type, "__text_signature__", KRT_COLLECTS, KRT_RAISES) Value krt_type_textSignature(Class *self);
KRT_GETTER(type, "__abstractmethods__", KRT_RAISES, KRT_COLLECTS) Value krt_type_abstractMethods(Class *self);
KRT_SETTER(type, "__abstractmethods__", KRT_RUNS_PY)
bool krt_type_setAbstractMethods_py(Class *self, Value value);
KRT_GETTER(type, "__annotations__", KRT_RAISES, KRT_COLLECTS) Value krt_type_annotations(Class *self);
KRT_SETTER(type, "__annotations__", KRT_RAISES, KRT_COLLECTS)
bool krt_type_setAnnotations(Class *self, Value value);
KRT_GETTER(type, "__basicsize__") Value krt_type_basicSize(Class *self);
KRT_GETTER(type, "__itemsize__") Value krt_type_itemSize(Class *self);
KRT_GETTER(type, "__dictoffset__") Value krt_type_dictOffset(Class *self);
KRT_GETTER(type, "__weakrefoffset__") Value krt_type_weakrefOffset(Class *self);
KRT_GETTER(type, "__flags__") Value krt_type_flags(Class *self);
/// Return a type's method resolution order.
KRT_METHOD(type, "mro(self, /)", KRT_RAISES, KRT_COLLECTS) Value krt_type_mro(Class *self);
/// Return a list of immediate subclasses.
KRT_METHOD(type, "__subclasses__(self, /)", KRT_COLLECTS, KRT_RAISES) Value krt_type_subclasses(Class *self);
/// Return the namespace for a class body: a new dict.
KRT_CLASSMETHOD(type, "__prepare__(cls, /, *args, **kwargs)", KRT_NO_SIGNATURE, KRT_COLLECTS, KRT_RAISES)
Value krt_type_prepare(Value cls, ArgSpan args, Dict *kwargs);
/// Check if an object is an instance.
KRT_METHOD(type, "__instancecheck__(self, instance, /)", KRT_RUNS_PY)
Value krt_type_instanceCheck_py(Class *self, Value instance);
/// Check if a class is a subclass.
KRT_METHOD(type, "__subclasscheck__(self, subclass, /)", KRT_RUNS_PY)
Value krt_type_subclassCheck_py(Class *self, Value subclass);
/// Specialized __dir__ implementation for types.
KRT_METHOD(type, "__dir__(self, /)", KRT_RUNS_PY) Value krt_type_dir_py(Class *self);
/// Return memory consumption of the type object.
KRT_METHOD(type, "__sizeof__(self, /)") Value krt_type_sizeof(Class *self);

/// type.__call__: make, then initialise.
Value krt_type_call_py(Value callee, const Value *args, size_t nargs, Tuple *kwnames);
/// The most derived metaclass of [metaclass] and those of [bases]; null with TypeError.
Class *krt_type_winner(Class *metaclass, Tuple *bases);
/// Merges the attributes of a class and its bases into [names], as dir() does.
int krt_type_merge_dir_py(Dict *names, Value cls);
}

} // namespace krait

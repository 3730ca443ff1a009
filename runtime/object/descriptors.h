// descriptors.h - what Python sees of native functions and the descriptors of native classes.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/object/function.h"

namespace krait {

extern "C" {
/// A descriptor for the word at [offset] of instances of [cls].
MemberDescriptor *krt_member_descriptor_new(Class *cls, Str *name, uint32_t offset);

// ---- Native functions and the descriptors they come from ----
KRT_GETTER(native_function, "__name__", KRT_RAISES, KRT_COLLECTS) KRT_GETTER(method_descriptor, "__name__", KRT_RAISES, KRT_COLLECTS)
KRT_GETTER(classmethod_descriptor, "__name__", KRT_RAISES, KRT_COLLECTS) KRT_GETTER(slot_wrapper, "__name__", KRT_RAISES, KRT_COLLECTS)
KRT_GETTER(method_wrapper, "__name__", KRT_RAISES, KRT_COLLECTS) KRT_GETTER(getset_descriptor, "__name__", KRT_RAISES, KRT_COLLECTS)
Value krt_native_name(Value self);
KRT_GETTER(native_function, "__qualname__", KRT_RAISES, KRT_COLLECTS) KRT_GETTER(method_descriptor, "__qualname__", KRT_RAISES, KRT_COLLECTS)
KRT_GETTER(classmethod_descriptor, "__qualname__", KRT_RAISES, KRT_COLLECTS) KRT_GETTER(slot_wrapper, "__qualname__", KRT_RAISES, KRT_COLLECTS)
KRT_GETTER(method_wrapper, "__qualname__", KRT_RAISES, KRT_COLLECTS) KRT_GETTER(getset_descriptor, "__qualname__", KRT_RAISES, KRT_COLLECTS)
Value krt_native_qualname(Value self);
KRT_GETTER(native_function, "__doc__", KRT_RAISES, KRT_COLLECTS) KRT_GETTER(method_descriptor, "__doc__", KRT_RAISES, KRT_COLLECTS)
KRT_GETTER(classmethod_descriptor, "__doc__", KRT_RAISES, KRT_COLLECTS) KRT_GETTER(slot_wrapper, "__doc__", KRT_RAISES, KRT_COLLECTS)
KRT_GETTER(method_wrapper, "__doc__", KRT_RAISES, KRT_COLLECTS) KRT_GETTER(getset_descriptor, "__doc__", KRT_RAISES, KRT_COLLECTS)
Value krt_native_doc(Value self);
KRT_GETTER(native_function, "__text_signature__", KRT_RAISES, KRT_COLLECTS) KRT_GETTER(method_descriptor, "__text_signature__", KRT_RAISES, KRT_COLLECTS)
KRT_GETTER(classmethod_descriptor, "__text_signature__", KRT_RAISES, KRT_COLLECTS) KRT_GETTER(slot_wrapper, "__text_signature__", KRT_RAISES, KRT_COLLECTS)
KRT_GETTER(method_wrapper, "__text_signature__", KRT_RAISES, KRT_COLLECTS)
Value krt_native_textSignature(Value self);
KRT_GETTER(native_function, "__self__") KRT_GETTER(method_wrapper, "__self__")
Value krt_native_self(Value self);
KRT_GETTER(native_function, "__module__")
Value krt_native_module(Value self);
KRT_GETTER(method_descriptor, "__objclass__") KRT_GETTER(classmethod_descriptor, "__objclass__")
KRT_GETTER(slot_wrapper, "__objclass__") KRT_GETTER(method_wrapper, "__objclass__") KRT_GETTER(getset_descriptor, "__objclass__")
Value krt_native_objclass(Value self);
/// Helper for pickle.
KRT_METHOD(native_function, "__reduce__(self, /)", KRT_NO_SIGNATURE, KRT_RUNS_PY) KRT_METHOD(method_descriptor, "__reduce__(self, /)", KRT_NO_SIGNATURE, KRT_RUNS_PY)
KRT_METHOD(slot_wrapper, "__reduce__(self, /)", KRT_NO_SIGNATURE, KRT_RUNS_PY) KRT_METHOD(method_wrapper, "__reduce__(self, /)", KRT_NO_SIGNATURE, KRT_RUNS_PY)
Value krt_native_reduce_py(Value self);

// ---- member_descriptor ----
KRT_GETTER(member_descriptor, "__name__")
Value krt_member_name(Value self);
KRT_GETTER(member_descriptor, "__qualname__", KRT_RAISES, KRT_COLLECTS)
Value krt_member_qualname(Value self);
KRT_GETTER(member_descriptor, "__objclass__")
Value krt_member_objclass(Value self);
KRT_GETTER(member_descriptor, "__doc__", KRT_RAISES, KRT_COLLECTS)
Value krt_member_doc(Value self);
/// Helper for pickle.
KRT_METHOD(member_descriptor, "__reduce__(self, /)", KRT_NO_SIGNATURE, KRT_RUNS_PY)
Value krt_member_reduce_py(Value self);
}

} // namespace krait

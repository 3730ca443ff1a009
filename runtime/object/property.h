// property.h - what Python sees of properties, static and class methods.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/object/function.h"

namespace krait {

extern "C" {
// ---- staticmethod, classmethod ----
KRT_GETTER(staticmethod, "__isabstractmethod__", KRT_RUNS_PY)
KRT_GETTER(classmethod, "__isabstractmethod__", KRT_RUNS_PY) Value krt_staticmethod_isAbstract_py(Value self);

// ---- property ----
KRT_GETTER(property, "__doc__") Value krt_property_doc(Value self);
KRT_SETTER(property, "__doc__") bool krt_property_setDoc(Value self, Value value);
KRT_GETTER(property, "__isabstractmethod__", KRT_RUNS_PY) Value krt_property_isAbstract_py(Value self);
/// Descriptor to obtain a copy of the property with a different getter.
KRT_METHOD(property, "getter(self, fget, /)", KRT_NO_SIGNATURE, KRT_RUNS_PY)
Value krt_property_getter_py(Value self, Value fget);
/// Descriptor to obtain a copy of the property with a different setter.
KRT_METHOD(property, "setter(self, fset, /)", KRT_NO_SIGNATURE, KRT_RUNS_PY)
Value krt_property_setter_py(Value self, Value fset);
/// Descriptor to obtain a copy of the property with a different deleter.
KRT_METHOD(property, "deleter(self, fdel, /)", KRT_NO_SIGNATURE, KRT_RUNS_PY)
Value krt_property_deleter_py(Value self, Value fdel);
/// Method to set name of a property.
KRT_METHOD(property, "__set_name__(self, *args)", KRT_NO_SIGNATURE)
Value krt_property_setName(Value self, ArgSpan args);
}

} // namespace krait

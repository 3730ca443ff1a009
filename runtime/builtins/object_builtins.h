// object_builtins.h - built-in functions about objects: attributes, classes, identity, text.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

extern "C" {
/// Return whether an object is an instance of a class or of a subclass thereof.
KRT_FUNCTION(builtins, "isinstance(obj, class_or_tuple, /)", KRT_RUNS_PY)
Value krt_builtins_isinstance_py(Value object, Value cls);
/// Return whether 'cls' is derived from another class or is the same class.
KRT_FUNCTION(builtins, "issubclass(cls, class_or_tuple, /)", KRT_RUNS_PY)
Value krt_builtins_issubclass_py(Value derived, Value cls);
/// Get a named attribute from an object; getattr(x, 'y') is equivalent to x.y.
/// When a default argument is given, it is returned when the attribute doesn't exist.
KRT_FUNCTION(builtins, "getattr(object, name, default=<null>, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_builtins_getattr_py(Value object, Value name, Value fallback);
/// Set the named attribute on the given object to the specified value.
KRT_FUNCTION(builtins, "setattr(obj, name, value, /)", KRT_RUNS_PY)
Value krt_builtins_setattr_py(Value object, Value name, Value value);
/// Return whether the object has an attribute with the given name.
KRT_FUNCTION(builtins, "hasattr(obj, name, /)", KRT_RUNS_PY)
Value krt_builtins_hasattr_py(Value object, Value name);
/// Delete the named attribute from the given object.
KRT_FUNCTION(builtins, "delattr(obj, name, /)", KRT_RUNS_PY)
Value krt_builtins_delattr_py(Value object, Value name);
/// Return whether the object is callable (i.e., some kind of function).
KRT_FUNCTION(builtins, "callable(obj, /)")
bool krt_builtins_callable(Value object);
/// Return the identity of an object: unique among objects that live at the same time.
KRT_FUNCTION(builtins, "id(obj, /)", KRT_RUNS_PY)
Value krt_builtins_id_py(Value object);
/// Return the hash value for the given object.
KRT_FUNCTION(builtins, "hash(obj, /)", KRT_RUNS_PY)
Value krt_builtins_hash_py(Value object);
/// Return the canonical string representation of the object.
KRT_FUNCTION(builtins, "repr(obj, /)", KRT_RUNS_PY)
Value krt_builtins_repr_py(Value object);
/// Without arguments, equivalent to locals(). With an argument, equivalent to object.__dict__.
KRT_FUNCTION(builtins, "vars(object=<null>, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_builtins_vars_py(Value object);
/// Show attributes of an object: an alphabetized list of names; without argument, the names in the current
/// scope.
KRT_FUNCTION(builtins, "dir(object=<null>, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_builtins_dir_py(Value object);
}

} // namespace krait

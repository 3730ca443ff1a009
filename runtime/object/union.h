// union.h - `X | Y` of classes (types.UnionType) and `list[int]` (types.GenericAlias).
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

struct GenericAlias : Object {
  Value origin;
  Tuple *args, *parameters; // parameters: null = not computed yet
  bool starred;             // made by iterating: *tuple[int, ...]
};
struct UnionType : Object {
  Tuple *args, *parameters;
};

struct AliasIter : Object {
  Value alias; // null when exhausted
};

extern "C" {
extern Class krt_generic_alias_class, krt_generic_alias_iter_class, krt_union_class;
/// types.GenericAlias(origin, args); a lone argument becomes a tuple of one.
Value krt_generic_alias_new_py(Value origin, Value args);
/// Gives a native class that is ready the `__class_getitem__` that makes aliases (PEP 585).
void krt_class_make_generic(Class *cls);
/// type.__or__: NotImplemented for operands that are no types.
Value krt_union_or_py(Value a, Value b);

KRT_NEW(generic_alias, "GenericAlias(origin, args, /)", KRT_NO_SIGNATURE, KRT_RUNS_PY)
Value krt_generic_alias_create_py(Class *cls, Value origin, Value args);
KRT_GETTER(generic_alias, "__parameters__", KRT_RUNS_PY) Value krt_generic_alias_parameters_py(Value self);
KRT_GETTER(generic_alias, "__typing_unpacked_tuple_args__", KRT_COLLECTS)
Value krt_generic_alias_unpackedArgs(Value self);
KRT_METHOD(generic_alias, "__mro_entries__(self, bases, /)", KRT_NO_SIGNATURE, KRT_COLLECTS, KRT_RAISES)
Value krt_generic_alias_mroEntries(Value self, Value bases);
KRT_METHOD(generic_alias, "__instancecheck__(self, instance, /)", KRT_NO_SIGNATURE, KRT_RAISES, KRT_COLLECTS)
Value krt_generic_alias_instanceCheck(Value self, Value instance);
KRT_METHOD(generic_alias, "__subclasscheck__(self, cls, /)", KRT_NO_SIGNATURE, KRT_RAISES, KRT_COLLECTS)
Value krt_generic_alias_subclassCheck(Value self, Value cls);
KRT_METHOD(generic_alias, "__reduce__(self, /)", KRT_NO_SIGNATURE, KRT_RUNS_PY)
Value krt_generic_alias_reduce_py(Value self);
KRT_METHOD(generic_alias, "__dir__(self, /)", KRT_NO_SIGNATURE, KRT_RUNS_PY)
Value krt_generic_alias_dir_py(Value self);

KRT_GETTER(generic_alias, "__unpacked__") Value krt_generic_alias_unpacked(Value self);
KRT_METHOD(generic_alias_iter, "__reduce__(self, /)", KRT_NO_SIGNATURE, KRT_RUNS_PY)
Value krt_generic_alias_iter_reduce_py(Value self);

KRT_GETTER(union, "__args__") Value krt_union_args(Value self);
KRT_GETTER(union, "__parameters__", KRT_RUNS_PY) Value krt_union_parameters_py(Value self);
/// isinstance() and issubclass() of a union, which has no methods for them; -1 with an exception pending.
int krt_union_isinstance_py(Value self, Value instance);
int krt_union_issubclass_py(Value self, Value cls);
}
inline bool krt_is_union(Value v) { return isExact(v, krt_union_class); }

} // namespace krait

// mapping_proxy.h - types.MappingProxyType: a read-only view of a mapping; the __dict__ of classes. types.SimpleNamespace.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

struct MappingProxy : Object {
  Value mapping;
};

extern "C" {
extern Class krt_mappingproxy_class, krt_namespace_class;
Value krt_mapping_proxy_new(Value mapping);

KRT_NEW(mappingproxy, "mappingproxy(mapping)", KRT_NO_SIGNATURE, KRT_RAISES, KRT_COLLECTS) Value krt_mapping_proxy_create(Class *cls, Value mapping);
/// Return the value for key if key is in the mapping, else default.
KRT_METHOD(mappingproxy, "get(self, key, default=None, /)", KRT_NO_SIGNATURE, KRT_RUNS_PY) Value krt_mapping_proxy_get_py(Value self, Value key, Value fallback);
/// a set-like object providing a view on the keys
KRT_METHOD(mappingproxy, "keys(self, /)", KRT_NO_SIGNATURE, KRT_RUNS_PY) Value krt_mapping_proxy_keys_py(Value self);
/// an object providing a view on the values
KRT_METHOD(mappingproxy, "values(self, /)", KRT_NO_SIGNATURE, KRT_RUNS_PY) Value krt_mapping_proxy_values_py(Value self);
/// a set-like object providing a view on the items
KRT_METHOD(mappingproxy, "items(self, /)", KRT_NO_SIGNATURE, KRT_RUNS_PY) Value krt_mapping_proxy_items_py(Value self);
/// a shallow copy of the mapping
KRT_METHOD(mappingproxy, "copy(self, /)", KRT_NO_SIGNATURE, KRT_RUNS_PY) Value krt_mapping_proxy_copy_py(Value self);
/// reverse iterator over the keys
KRT_METHOD(mappingproxy, "__reversed__(self, /)", KRT_NO_SIGNATURE, KRT_RUNS_PY) Value krt_mapping_proxy_reversed_py(Value self);
KRT_CLASSMETHOD(mappingproxy, "__class_getitem__(cls, item, /)", KRT_NO_SIGNATURE, KRT_RUNS_PY) Value krt_mapping_proxy_classGetItem_py(Value cls, Value item);

/// Helper for pickle.
KRT_METHOD(namespace, "__reduce__(self, /)", KRT_COLLECTS, KRT_RAISES) Value krt_namespace_reduce(Value self);
}

} // namespace krait

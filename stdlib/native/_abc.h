// _abc.h - the module _abc: abstract base classes with fast caches.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

/// A set of classes known by the id of their root shape: neither keeps a class alive nor mistakes a later one for it.
struct ClassIdSet {
  uint32_t *ids; // collector-owned, atomic; open addressing, 0 is empty
  uint32_t mask, used;
};
/// What an abstract base class knows; Class::abcData and the attribute _abc_impl.
struct AbcData : Object {
  List *registry; // weak references to registered classes
  ClassIdSet cache, negative;
  uint64_t negativeVersion;
};

KRT_MODULE(_abc, "Machinery of the module abc.");
KRT_CLASS(abc_data, "Internal state of an abstract base class.");

extern "C" {
extern Class krt_abc_data_class;
KRT_MODULE_INIT(_abc, KRT_RAISES, KRT_COLLECTS)
bool krt__abc_init(Module *module);

/// Return the token that changes whenever a class is registered.
KRT_FUNCTION(_abc, "get_cache_token()", KRT_RAISES, KRT_COLLECTS) int64_t krt__abc_cacheToken();
/// Set up a new abstract base class.
KRT_FUNCTION(_abc, "_abc_init(self, /)", KRT_RUNS_PY) Value krt__abc_abcInit_py(Value self);
/// Register a class as a virtual subclass.
KRT_FUNCTION(_abc, "_abc_register(self, subclass, /)", KRT_RUNS_PY) Value krt__abc_register_py(Value self, Value subclass);
/// Whether an object is an instance, virtual subclasses included.
KRT_FUNCTION(_abc, "_abc_instancecheck(self, instance, /)", KRT_RUNS_PY) Value krt__abc_instanceCheck_py(Value self, Value instance);
/// Whether a class is a subclass, virtual subclasses included.
KRT_FUNCTION(_abc, "_abc_subclasscheck(self, subclass, /)", KRT_RUNS_PY) Value krt__abc_subclassCheck_py(Value self, Value subclass);
/// Forget the registered classes.
KRT_FUNCTION(_abc, "_reset_registry(self, /)", KRT_RAISES, KRT_COLLECTS) Value krt__abc_resetRegistry(Value self);
/// Forget cached answers.
KRT_FUNCTION(_abc, "_reset_caches(self, /)", KRT_RAISES, KRT_COLLECTS) Value krt__abc_resetCaches(Value self);
/// Return registry, cache, negative cache and the version of the latter.
KRT_FUNCTION(_abc, "_get_dump(self, /)", KRT_RUNS_PY) Value krt__abc_getDump_py(Value self);
}

} // namespace krait

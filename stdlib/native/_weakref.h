// _weakref.h - the module _weakref: the names of weak references and proxies.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(_weakref, "Weak-reference support module.");

extern "C" {
KRT_MODULE_INIT(_weakref, KRT_RAISES, KRT_COLLECTS)
bool krt__weakref_init(Module *module);

/// Return the number of weak references to an object.
KRT_FUNCTION(_weakref, "getweakrefcount(object, /)", KRT_COLLECTS, KRT_RAISES)
int64_t krt__weakref_count(Value object);
/// Return a list of all weak references and proxies of an object.
KRT_FUNCTION(_weakref, "getweakrefs(object, /)", KRT_COLLECTS, KRT_RAISES, KRT_NO_SIGNATURE)
Value krt__weakref_refs(Value object);
/// Create a proxy that refers to an object weakly.
KRT_FUNCTION(_weakref, "proxy(object, callback=None, /)", KRT_COLLECTS, KRT_RAISES, KRT_NO_SIGNATURE)
Value krt__weakref_proxy(Value object, Value callback);
/// Take an entry out of a dict if its value is a dead weak reference.
KRT_FUNCTION(_weakref, "_remove_dead_weakref(dct, key, /)", KRT_RUNS_PY)
Value krt__weakref_removeDead_py(Dict *dict, Value key);
}

} // namespace krait

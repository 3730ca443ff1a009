// weakref.h - weak references and proxies.
//
// A referent needs no room for its references: they are found through a table keyed by its address. The
// collector clears the link of a reference when the referent dies and then runs the callbacks.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

struct WeakRef : Object { // weakref.ref, and both kinds of proxy
  void **link;            // in memory of its own that is not scanned; null if the referent is [immortal]
  Object *immortal;       // native classes
  Value callback;         // null: none
  int64_t hash;
  bool hashed;
};

extern "C" {
extern Class krt_weakref_class, krt_weak_proxy_class, krt_weak_callable_proxy_class;

/// weakref.ref(object, callback) of class [cls]; TypeError for objects that cannot be referred to.
Value krt_weakref_new(Class *cls, Value object, Value callbackOrNull);
/// weakref.proxy(object, callback).
Value krt_weakref_proxy(Value object, Value callbackOrNull);
/// The referent, or null once it is gone.
Value krt_weakref_get(const WeakRef *ref);
/// Living references to [object], as a list.
List *krt_weakref_list(Object *object);
/// Whether there are or were any: then the object's finalizer is that of weak references, which runs
/// slots.finalize too.
bool krt_weakref_referred(const Object *object);
/// obj.__weakref__: one of the references or None.
Value krt_weakref_first(Object *object);

KRT_NEW(weakref, "ref(*args, **kwargs)", KRT_NO_SIGNATURE, KRT_RAISES, KRT_COLLECTS)
Value krt_weakref_create(Class *cls, ArgSpan args, Dict *kwargs);
KRT_GETTER(weakref, "__callback__") Value krt_weakref_callback(Value self);
KRT_CLASSMETHOD(weakref, "__class_getitem__(cls, item, /)", KRT_NO_SIGNATURE, KRT_RUNS_PY)
Value krt_weakref_classGetItem_py(Value cls, Value item);
KRT_METHOD(weak_proxy, "__bytes__(self, /)", KRT_NO_SIGNATURE, KRT_RUNS_PY) Value krt_weak_proxy_bytes_py(Value self);
KRT_METHOD(weak_proxy, "__reversed__(self, /)", KRT_NO_SIGNATURE, KRT_RUNS_PY) Value krt_weak_proxy_reversed_py(Value self);
}

} // namespace krait

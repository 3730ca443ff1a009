// _weakref.cpp - see _weakref.h; the types are in runtime/object/weakref.cpp.
#include "stdlib/native/_weakref.h"

#include "runtime/object/args.h"
#include "runtime/object/containers.h"
#include "runtime/object/weakref.h"
#include "stdlib/native/_weakref.bind.inc"

namespace krait {

bool krt__weakref_init(Module *module) {
  krt_dict_set_str(module->dict, KSTR(ref), &krt_weakref_class);
  krt_dict_set_str(module->dict, KSTR(ReferenceType), &krt_weakref_class);
  krt_dict_set_str(module->dict, KSTR(ProxyType), &krt_weak_proxy_class);
  krt_dict_set_str(module->dict, KSTR(CallableProxyType), &krt_weak_callable_proxy_class);
  return true;
}

int64_t krt__weakref_count(Value object) { return object.isObject() ? krt_weakref_list(object.asObject())->length : 0; }

Value krt__weakref_refs(Value object) {
  return object.isObject() ? krt_weakref_list(object.asObject()) : krt_list_new(0);
}

Value krt__weakref_proxy(Value object, Value callback) { return krt_weakref_proxy(object, callback); }

Value krt__weakref_removeDead_py(Dict *dict, Value key) {
  Value value = krt_dict_get_py(dict, key);
  if (!value)
    return errorPending() ? Value() : kNone;
  if (!krt_instance(value, &krt_weakref_class))
    return krt_raise(kTypeError, "not a weakref");
  if (!krt_weakref_get(value.as<WeakRef>()))
    TRY_INT(krt_dict_delete_py(dict, key));
  return kNone;
}

} // namespace krait

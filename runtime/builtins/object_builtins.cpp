// object_builtins.cpp - see object_builtins.h.
#include "runtime/builtins/object_builtins.h"

#include "runtime/object/args.h"
#include "runtime/object/audit.h"
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/int.h"
#include "runtime/object/protocol.h"
#include "runtime/object/str.h"

#include "runtime/builtins/object_builtins.bind.inc"

namespace krait {
namespace {

/// The interned name given to getattr and the like; null with TypeError.
Str *attributeName(Value name) {
  if (!strCheck(name)) {
    krt_raise(kTypeError, "attribute name must be string, not '%.200T'", name);
    return nullptr;
  }
  return krt_str_intern(name.as<Str>());
}

Value locals_py() {
  Value function = TRY(krt_builtin_py(KSTR(locals)));
  return krt_call0_py(function);
}

} // namespace

Value krt_builtins_isinstance_py(Value object, Value cls) {
  int result = krt_isinstance_py(object, cls);
  return result < 0 ? Value() : boolean(result);
}
Value krt_builtins_issubclass_py(Value derived, Value cls) {
  int result = krt_issubclass_py(derived, cls);
  return result < 0 ? Value() : boolean(result);
}
Value krt_builtins_getattr_py(Value object, Value name, Value fallback) {
  Str *key = TRY(attributeName(name));
  if (!fallback)
    return krt_getattr_py(object, key);
  Value v = krt_getattr_optional_py(object, key);
  return v || errorPending() ? v : fallback;
}
Value krt_builtins_setattr_py(Value object, Value name, Value value) {
  Str *key = TRY(attributeName(name));
  return krt_setattr_py(object, key, value) < 0 ? Value() : kNone;
}
Value krt_builtins_hasattr_py(Value object, Value name) {
  Str *key = TRY(attributeName(name));
  Value v = krt_getattr_optional_py(object, key);
  return !v && errorPending() ? Value() : boolean(static_cast<bool>(v));
}
Value krt_builtins_delattr_py(Value object, Value name) {
  Str *key = TRY(attributeName(name));
  return krt_setattr_py(object, key, {}) < 0 ? Value() : kNone;
}
bool krt_builtins_callable(Value object) { return krt_callable(object); }

/// Objects never move. Immediates are known by their word, which no address equals.
Value krt_builtins_id_py(Value object) {
  Value id = krt_int_from_u64(object.bits);
  TRY_AUDIT("builtins.id", id);
  return id;
}
Value krt_builtins_hash_py(Value object) {
  int64_t hash;
  return krt_hash_py(object, &hash) < 0 ? Value() : krt_int_from_i64(hash);
}
Value krt_builtins_repr_py(Value object) { return krt_repr_py(object); }

Value krt_builtins_vars_py(Value object) {
  if (!object)
    return locals_py();
  Value dict = krt_getattr_optional_py(object, KSTR(__dict__));
  return dict || errorPending() ? dict
                                : krt_raise(kTypeError, "vars() argument must have __dict__ attribute");
}

Value krt_builtins_dir_py(Value object) {
  Value names;
  if (!object) {
    Value locals = TRY(locals_py());
    names = TRY(krt_call_method_py(locals, KSTR(keys), nullptr, 0));
  } else {
    Value self;
    Value method = krt_special_lookup_py(object, KSTR(__dir__), &self);
    if (!method)
      return errorPending() ? Value() : krt_raise(kTypeError, "object does not provide __dir__");
    names = TRY(krt_call_with_self_py(method, self, nullptr, 0, nullptr));
  }
  List *sorted = TRY(krt_list_from_py(names));
  return krt_list_sort_py(sorted, kNone, false) < 0 ? Value() : Value(sorted);
}

} // namespace krait

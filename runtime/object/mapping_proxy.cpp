// mapping_proxy.cpp - mappingproxy and SimpleNamespace.
#include "runtime/object/mapping_proxy.h"

#include "runtime/object/args.h"
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/protocol.h"
#include "runtime/object/sequence.h"
#include "runtime/object/str.h"
#include "runtime/object/union.h"

#include "runtime/object/mapping_proxy.bind.inc"

namespace krait {
namespace {

Value under(Value self) { return self.as<MappingProxy>()->mapping; }
Value proxyRepr(Value self) { return krt_str_format("mappingproxy(%R)", under(self)); }
Value proxyStr(Value self) { return krt_str_of_py(under(self)); }
int proxyHash(Value self, int64_t *out) { return krt_hash_py(under(self), out); }
Value proxyCompare(Value a, Value b, CompareOp op) {
  if (isExact(a, krt_mappingproxy_class))
    a = under(a);
  if (isExact(b, krt_mappingproxy_class))
    b = under(b);
  return krt_compare_py(a, b, op);
}
Value proxyIter(Value self) { return krt_iter_py(under(self)); }
int64_t proxyLength(Value self) { return krt_length_py(under(self)); }
int proxyContains(Value self, Value key) { return krt_contains_py(under(self), key); }
Value proxyGetItem(Value self, Value key) { return krt_getitem_py(under(self), key); }
Value proxyOr(Value a, Value b) {
  if (isExact(a, krt_mappingproxy_class))
    a = under(a);
  if (isExact(b, krt_mappingproxy_class))
    b = under(b);
  return krt_binary_py(a, b, BinaryOp::Or);
}
Value proxyInplaceOr(Value a, Value b) {
  return krt_raise(kTypeError, "'|=' is not supported by %T; use '|' instead", a);
}

} // namespace

Class krt_mappingproxy_class = {
    .flags = kClassMapping,
    .nativeName = "mappingproxy",
    .basicSize = sizeof(MappingProxy),
    .slots = {.repr = proxyRepr, .str = proxyStr, .hash = proxyHash, .richcompare = proxyCompare, .iter = proxyIter,
              .length = proxyLength, .contains = proxyContains, .getitem = proxyGetItem,
              .binary = {[size_t(BinaryOp::Or)] = proxyOr}, .inplace = {[size_t(BinaryOp::Or)] = proxyInplaceOr},
              .make = krt_mappingproxy_make},
    .methods = krt_mappingproxy_defs,
    .newSignature = krt_mappingproxy_new_signature,
};

Value krt_mapping_proxy_new(Value mapping) {
  auto *proxy = gcNew<MappingProxy>(krt_mappingproxy_class);
  proxy->mapping = mapping;
  return proxy;
}
Value krt_mapping_proxy_create(Class *, Value mapping) {
  if (!classOf(mapping)->slots.getitem || hasClassFlag(mapping, kClassListSub) || hasClassFlag(mapping, kClassTupleSub))
    return krt_raise(kTypeError, "mappingproxy() argument must be a mapping, not %T", mapping);
  return krt_mapping_proxy_new(mapping);
}
Value krt_mapping_proxy_get_py(Value self, Value key, Value fallback) {
  if (isExact(under(self), krt_dict_class)) {
    Value v = krt_dict_get_py(under(self).as<Dict>(), key);
    return v || errorPending() ? v : fallback;
  }
  Value args[] = {key, fallback};
  return krt_call_method_py(under(self), KSTR(get), args, 2);
}
Value krt_mapping_proxy_keys_py(Value self) { return krt_call_method_py(under(self), KSTR(keys), nullptr, 0); }
Value krt_mapping_proxy_values_py(Value self) { return krt_call_method_py(under(self), KSTR(values), nullptr, 0); }
Value krt_mapping_proxy_items_py(Value self) { return krt_call_method_py(under(self), KSTR(items), nullptr, 0); }
Value krt_mapping_proxy_copy_py(Value self) { return krt_call_method_py(under(self), KSTR(copy), nullptr, 0); }
Value krt_mapping_proxy_reversed_py(Value self) {
  return krt_call_method_py(under(self), KSTR(__reversed__), nullptr, 0);
}
Value krt_mapping_proxy_classGetItem_py(Value cls, Value item) { return krt_generic_alias_new_py(cls, item); }

// ---- SimpleNamespace -----------------------------------------------------------------------------------------------

namespace {

struct Namespace : Object {
  Dict *dict;
};

Value namespaceMake(Class *cls, const Value *, size_t, Tuple *) { return krt_instance_new(cls, 0); }
int namespaceInit(Value self, const Value *args, size_t nargs, Tuple *kwnames) {
  if (nargs)
    return raiseInt(kTypeError, "no positional arguments expected");
  for (int64_t i = 0; kwnames && i < kwnames->length; ++i)
    krt_dict_set_str(krt_instance_dict(self), kwnames->items[i].as<Str>(), args[i]);
  return 0;
}
Value namespaceRepr(Value self) {
  StrBuilder out;
  if (isExact(self, krt_namespace_class))
    out.append(std::string_view("namespace("));
  else {
    out.append(classOf(self)->name);
    out.append('(');
  }
  if (recursionCheck(" while getting the repr of an object"))
    return {};
  if (!reprEnter(self)) {
    Dict *dict = krt_instance_dict(self);
    uint32_t position = 0;
    bool first = true;
    while (DictEntry *entry = krt_dict_next(dict, &position)) {
      if (!strCheck(entry->key) || entry->key.as<Str>()->length() == 0)
        continue;
      if (!first)
        out.append(std::string_view(", "));
      first = false;
      out.append(entry->key.as<Str>());
      out.append('=');
      Str *text = krt_repr_py(entry->value);
      if (!text) {
        reprLeave(self);
        return {};
      }
      out.append(text);
    }
    reprLeave(self);
  } else {
    out.append(std::string_view("..."));
  }
  out.append(')');
  return out.finish();
}
Value namespaceCompare(Value a, Value b, CompareOp op) {
  if (!krt_instance(a, &krt_namespace_class) || !krt_instance(b, &krt_namespace_class))
    return kNotImplemented;
  return krt_compare_py(krt_instance_dict(a), krt_instance_dict(b), op);
}

} // namespace

Class krt_namespace_class = {
    .flags = kClassBase,
    .nativeName = "types.SimpleNamespace",
    .basicSize = sizeof(Namespace),
    .extraOffset = offsetof(Namespace, dict),
    .slots = {.repr = namespaceRepr, .richcompare = namespaceCompare, .init = namespaceInit, .make = namespaceMake},
    .methods = krt_namespace_defs,
    .doc = "A simple attribute-based namespace.\n\nSimpleNamespace(**kwargs)",
};

Value krt_namespace_reduce(Value self) {
  Value parts[] = {classOf(self), krt_tuple_empty, krt_instance_dict(self)};
  return krt_tuple_from(parts, 3);
}

} // namespace krait

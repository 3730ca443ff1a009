// class_module.h - small helpers of the native modules of classes: entering classes into a module, results of __reduce__.
#pragma once

#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/str.h"

#include <cstring>

namespace krait {

/// Readies [cls] and enters it into the module under its name.
inline void addClass(Module *module, Class *cls) {
  krt_class_ready(cls);
  const char *dot = std::strrchr(cls->nativeName, '.');
  krt_dict_set_str(module->dict, strIntern(dot ? dot + 1 : cls->nativeName), cls);
}

/// (class of self, arguments[, state]), as __reduce__ gives it.
inline Value reduceTo(Value self, Tuple *arguments, Value stateOrNull = Value()) {
  Value parts[3] = {classOf(self), arguments, stateOrNull};
  return krt_tuple_from(parts, stateOrNull ? 3 : 2);
}

/// An iterator over an exact tuple.
inline Value iterateTuple(Tuple *tuple) {
  auto *iterator = gcNew<ListIter>(krt_tuple_iter_class);
  iterator->container = tuple;
  return iterator;
}

/// Enters the exception class [name] of the module called [moduleName], kept in *[slot], which is made at the first time: modules may
/// be imported afresh. False with an exception pending.
inline bool addException(Module *module, Class **slot, const char *moduleName, const char *name, Value base) {
  KRT_ALLOW_PY("the bases are native exception classes, without __init_subclass__ of their own");
  if (!*slot) {
    Dict *ns = krt_dict_new();
    krt_dict_set_str(ns, KSTR(__module__), strFrom(moduleName));
    Value made = krt_class_make_py(&krt_type_class, strIntern(name), krt_tuple_from(&base, 1), ns, nullptr, nullptr);
    if (!made)
      return false;
    *slot = made.as<Class>();
  }
  krt_dict_set_str(module->dict, strIntern(name), *slot);
  return true;
}

} // namespace krait

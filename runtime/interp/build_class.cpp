// build_class.cpp - `__build_class__`: what a class statement does.
#include "runtime/interp/interp.h"
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/function.h"
#include "runtime/object/protocol.h"
#include "runtime/object/str.h"
#include "runtime/object/type.h"

namespace krait {
namespace {

/// Bases that are no classes are replaced by what their __mro_entries__ answers. Null with an exception.
Tuple *resolveBases_py(Tuple *bases) {
  GcVector<Value> resolved;
  bool changed = false;
  for (int64_t i = 0; i < bases->length; ++i) {
    Value base = bases->items[i];
    Value entries = hasClassFlag(base, kClassTypeSub) ? Value() : krt_getattr_optional_py(base, KSTR(__mro_entries__));
    if (!entries) {
      if (errorPending())
        return nullptr;
      resolved.push(base);
      continue;
    }
    Value made = TRY(krt_call1_py(entries, bases));
    if (!hasClassFlag(made, kClassTupleSub)) {
      krt_raise(kTypeError, "__mro_entries__ must return a tuple");
      return nullptr;
    }
    changed = true;
    for (int64_t k = 0; k < made.as<Tuple>()->length; ++k)
      resolved.push(made.as<Tuple>()->items[k]);
  }
  return changed ? krt_tuple_from(resolved.data(), resolved.size()) : bases;
}

/// The keyword arguments without `metaclass`, which goes to *meta.
void splitKeywords(const Value *values, Tuple *kwnames, Value *meta, GcVector<Value> &rest, Tuple **restNames) {
  GcVector<Value> names;
  for (int64_t i = 0; kwnames && i < kwnames->length; ++i) {
    if (krt_str_equal(kwnames->items[i].as<Str>(), KSTR(metaclass))) {
      *meta = values[i];
      continue;
    }
    names.push(kwnames->items[i]);
    rest.push(values[i]);
  }
  *restNames = names.empty() ? nullptr : krt_tuple_from(names.data(), names.size());
}

/// callee(first, second[, third], **keywords).
Value callWith_py(Value callee, std::initializer_list<Value> positional, const GcVector<Value> &keywords, Tuple *names) {
  GcVector<Value> args;
  for (Value v : positional)
    args.push(v);
  for (size_t i = 0; i < keywords.size(); ++i)
    args.push(keywords[i]);
  return krt_call_py(callee, args.data(), positional.size(), names);
}

} // namespace

Value krt_build_class_py(Value, const Value *args, size_t nargs, Tuple *kwnames) {
  if (nargs < 2)
    return krt_raise(kTypeError, "__build_class__: not enough arguments");
  if (!isExact(args[0], krt_function_class))
    return krt_raise(kTypeError, "__build_class__: func must be a function");
  if (!strCheck(args[1]))
    return krt_raise(kTypeError, "__build_class__: name is not a string");
  auto *body = args[0].as<Function>();
  Value name = args[1];
  Tuple *given = krt_tuple_from(args + 2, nargs - 2);
  Tuple *bases = TRY(resolveBases_py(given));

  Value meta;
  GcVector<Value> keywords;
  Tuple *names;
  splitKeywords(args + nargs, kwnames, &meta, keywords, &names);
  if (!meta)
    meta = bases->length ? classOf(bases->items[0]) : &krt_type_class;
  bool isClass = hasClassFlag(meta, kClassTypeSub);
  if (isClass)
    meta = TRY(krt_type_winner(meta.as<Class>(), bases));

  Value ns;
  Value prepare = meta == Value(&krt_type_class) ? Value() : krt_getattr_optional_py(meta, KSTR(__prepare__));
  if (prepare)
    ns = TRY(callWith_py(prepare, {name, bases}, keywords, names));
  else if (errorPending())
    return {};
  else
    ns = krt_dict_new();
  if (!classOf(ns)->slots.getitem)
    return krt_raise(kTypeError, "%.200s.__prepare__() must return a mapping, not %.200T",
                     isClass ? krt_class_name(meta.as<Class>()) : "<metaclass>", ns);

  Value cell = TRY(krt_run_code_py(body->code, body->globals, ns, body->closure, body));
  if (bases != given && krt_setitem_py(ns, KSTR(__orig_bases__), given) < 0)
    return {};
  Value cls = TRY(callWith_py(meta, {name, bases, ns}, keywords, names));
  if (hasClassFlag(cls, kClassTypeSub) && isExact(cell, krt_cell_class)) {
    Value filled = cell.as<Cell>()->value;
    if (!filled)
      return krt_raise(kRuntimeError, "__class__ not set defining %.200R as %.200R. Was __classcell__ propagated to type.__new__?", name, cls);
    if (filled != cls)
      return krt_raise(kTypeError, "__class__ set to %.200R defining %.200R as %.200R", filled, name, cls);
  }
  return cls;
}

} // namespace krait

// union.cpp - generic aliases and unions of types.
#include "runtime/object/union.h"

#include "runtime/object/args.h"
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/descriptors.h"
#include "runtime/object/errors.h"
#include "runtime/object/iteration.h"
#include "runtime/object/protocol.h"
#include "runtime/object/str.h"

#include "runtime/object/union.bind.inc"

namespace krait {
namespace {

GenericAlias *alias(Value v) { return v.as<GenericAlias>(); }
UnionType *unionOf(Value v) { return v.as<UnionType>(); }

/// A type among the arguments, as typing shows it. False with an exception.
bool showItem_py(StrBuilder &out, Value item) {
  if (item == kEllipsis) {
    out.append(std::string_view("..."));
    return true;
  }
  Value text;
  Value origin = krt_getattr_optional_py(item, KSTR(__origin__));
  Value args = origin ? krt_getattr_optional_py(item, KSTR(__args__)) : Value();
  if (errorPending())
    return false;
  if (!args) { // what has both shows them itself
    Value name = krt_getattr_optional_py(item, KSTR(__qualname__));
    Value module = name ? krt_getattr_optional_py(item, KSTR(__module__)) : Value();
    if (errorPending())
      return false;
    if (name && module && module != kNone && strCheck(name) && strCheck(module))
      text = krt_str_equal(module.as<Str>(), KSTR(builtins)) ? name
                                                             : Value(krt_str_format("%S.%S", module, name));
  }
  if (!text)
    text = krt_repr_py(item);
  if (!text)
    return false;
  out.append(text.as<Str>());
  return true;
}
bool showArgument_py(StrBuilder &out, Value item) {
  if (!isExact(item, krt_list_class))
    return showItem_py(out, item);
  out.append('['); // parameters of a callable
  for (int64_t i = 0; i < item.as<List>()->length; ++i) {
    if (i)
      out.append(std::string_view(", "));
    if (!showItem_py(out, item.as<List>()->items[i]))
      return false;
  }
  out.append(']');
  return true;
}

Value aliasRepr(Value self) {
  if (recursionCheck(" while getting the repr of an object"))
    return {};
  StrBuilder out;
  if (alias(self)->starred)
    out.append('*');
  if (!showItem_py(out, alias(self)->origin))
    return {};
  out.append('[');
  Tuple *args = alias(self)->args;
  for (int64_t i = 0; i < args->length; ++i) {
    if (i)
      out.append(std::string_view(", "));
    if (!showArgument_py(out, args->items[i]))
      return {};
  }
  if (args->length == 0)
    out.append(std::string_view("()"));
  out.append(']');
  return out.finish();
}

bool contains(const GcVector<Value> &list, Value item) {
  for (size_t i = 0; i < list.size(); ++i)
    if (list[i] == item)
      return true;
  return false;
}

/// Type variables among [args], in order of appearance. Null with an exception.
Tuple *collectParameters_py(Tuple *args) {
  GcVector<Value> found;
  for (int64_t i = 0; i < args->length; ++i) {
    Value item = args->items[i];
    if (hasClassFlag(item, kClassTypeSub))
      continue;
    if (hasClassFlag(item, kClassTupleSub) || hasClassFlag(item, kClassListSub)) {
      Tuple *inner = TRY(krt_tuple_from_py(item));
      Tuple *nested = TRY(collectParameters_py(inner));
      for (int64_t k = 0; k < nested->length; ++k)
        if (!contains(found, nested->items[k]))
          found.push(nested->items[k]);
      continue;
    }
    if (krt_class_lookup(classOf(item), KSTR(__typing_subst__))) {
      if (!contains(found, item))
        found.push(item);
      continue;
    }
    Value nested = krt_getattr_optional_py(item, KSTR(__parameters__));
    if (!nested) {
      if (errorPending())
        return nullptr;
      continue;
    }
    if (!hasClassFlag(nested, kClassTupleSub))
      continue;
    for (int64_t k = 0; k < nested.as<Tuple>()->length; ++k)
      if (!contains(found, nested.as<Tuple>()->items[k]))
        found.push(nested.as<Tuple>()->items[k]);
  }
  return krt_tuple_from(found.data(), found.size());
}

/// `*tuple[int, str]` among subscripts stands for its items.
Tuple *unpackArgs_py(Value item) {
  Tuple *given = hasClassFlag(item, kClassTupleSub) ? item.as<Tuple>() : krt_tuple_from(&item, 1);
  GcVector<Value> out;
  for (int64_t i = 0; i < given->length; ++i) {
    Value v = given->items[i];
    if (hasClassFlag(v, kClassTypeSub)) {
      out.push(v);
      continue;
    }
    Value unpacked = krt_getattr_optional_py(v, KSTR(__typing_unpacked_tuple_args__));
    if (!unpacked && errorPending())
      return nullptr;
    bool endless = false;
    if (unpacked && hasClassFlag(unpacked, kClassTupleSub)) {
      Tuple *t = unpacked.as<Tuple>();
      endless = t->length && t->items[t->length - 1] == kEllipsis;
      for (int64_t k = 0; !endless && k < t->length; ++k)
        out.push(t->items[k]);
    }
    if (!unpacked || unpacked == kNone || endless)
      out.push(v);
  }
  return krt_tuple_from(out.data(), out.size());
}

/// Puts the types of [item] in the place of [parameters] within [args].
Tuple *substitute_py(Value self, Tuple *args, Tuple *parameters, Value item) {
  if (parameters->length == 0) {
    krt_raise(kTypeError, "%R is not a generic class", self);
    return nullptr;
  }
  Tuple *given = TRY(unpackArgs_py(item));
  for (int64_t i = 0; i < parameters->length; ++i) {
    Value prepare = krt_getattr_optional_py(parameters->items[i], KSTR(__typing_prepare_subst__));
    if (!prepare && errorPending())
      return nullptr;
    if (prepare && prepare != kNone) {
      Value prepared = TRY(krt_call2_py(prepare, self, given));
      given = hasClassFlag(prepared, kClassTupleSub) ? prepared.as<Tuple>() : krt_tuple_from(&prepared, 1);
    }
  }
  if (given->length != parameters->length) {
    krt_raise(kTypeError, "Too %s arguments for %R; actual %zd, expected %zd",
              given->length > parameters->length ? "many" : "few", self, static_cast<ssize_t>(given->length),
              static_cast<ssize_t>(parameters->length));
    return nullptr;
  }
  GcVector<Value> out;
  for (int64_t i = 0; i < args->length; ++i) {
    Value arg = args->items[i];
    if (hasClassFlag(arg, kClassTypeSub)) {
      out.push(arg);
      continue;
    }
    Value subst = krt_getattr_optional_py(arg, KSTR(__typing_subst__));
    if (!subst && errorPending())
      return nullptr;
    bool unpack = false;
    if (Value flag = krt_getattr_optional_py(arg, KSTR(__typing_is_unpacked_typevartuple__)))
      unpack = krt_truth_py(flag) == 1;
    if (errorPending())
      return nullptr;
    Value made = arg;
    if (subst) {
      int64_t k = 0;
      while (k < parameters->length && parameters->items[k] != arg)
        ++k;
      if (k < parameters->length)
        made = TRY(krt_call1_py(subst, given->items[k]));
    } else {
      Value inner = krt_getattr_optional_py(arg, KSTR(__parameters__));
      if (!inner && errorPending())
        return nullptr;
      if (inner && hasClassFlag(inner, kClassTupleSub) && inner.as<Tuple>()->length) {
        GcVector<Value> chosen;
        for (int64_t j = 0; j < inner.as<Tuple>()->length; ++j) {
          int64_t k = 0;
          while (k < parameters->length && parameters->items[k] != inner.as<Tuple>()->items[j])
            ++k;
          Value v = k < parameters->length ? given->items[k] : inner.as<Tuple>()->items[j];
          bool variadic =
              k < parameters->length && classOf(parameters->items[k])->slots.iter; // a TypeVarTuple
          if (variadic && hasClassFlag(v, kClassTupleSub))
            for (int64_t m = 0; m < v.as<Tuple>()->length; ++m)
              chosen.push(v.as<Tuple>()->items[m]);
          else
            chosen.push(v);
        }
        made = TRY(krt_getitem_py(arg, krt_tuple_from(chosen.data(), chosen.size())));
      }
    }
    if (unpack && hasClassFlag(made, kClassTupleSub))
      for (int64_t k = 0; k < made.as<Tuple>()->length; ++k)
        out.push(made.as<Tuple>()->items[k]);
    else
      out.push(made);
  }
  return krt_tuple_from(out.data(), out.size());
}

Value aliasGetItem(Value self, Value item) {
  Tuple *parameters = TRY(krt_generic_alias_parameters_py(self)).as<Tuple>();
  Tuple *args = TRY(substitute_py(self, alias(self)->args, parameters, item));
  Value made = TRY(krt_generic_alias_new_py(alias(self)->origin, args));
  alias(made)->starred = alias(self)->starred;
  return made;
}

Value aliasCall(Value callee, const Value *args, size_t nargs, Tuple *kwnames) {
  Value object = TRY(krt_call_py(alias(callee)->origin, args, nargs, kwnames));
  if (krt_setattr_py(object, KSTR(__orig_class__), callee) < 0) // objects without attributes do without
    if (!krt_error_clear_if(kAttributeError) && !krt_error_clear_if(kTypeError))
      return {};
  return object;
}

/// Most attributes are the origin's; these are the alias's own.
bool ownAttribute(Str *name) {
  static Str *const own[] = {
      KSTR(__class__),         KSTR(__origin__),     KSTR(__args__),
      KSTR(__unpacked__),      KSTR(__parameters__), KSTR(__typing_unpacked_tuple_args__),
      KSTR(__mro_entries__),   KSTR(__reduce_ex__),  KSTR(__reduce__),
      KSTR(__copy__),          KSTR(__deepcopy__),   KSTR(__instancecheck__),
      KSTR(__subclasscheck__), KSTR(__dir__),        KSTR(__bases__)};
  for (Str *o : own)
    if (o == name)
      return true;
  return false;
}
Value aliasGetAttr(Value self, Str *name) {
  if (ownAttribute(name) && name != KSTR(__bases__))
    return krt_object_getattr_py(self, name);
  return krt_getattr_py(alias(self)->origin, name);
}

int aliasHash(Value self, int64_t *out) {
  int64_t a, b;
  if (krt_hash_py(alias(self)->origin, &a) < 0 || krt_hash_py(alias(self)->args, &b) < 0)
    return -1;
  *out = (a ^ b) == -1 ? -2 : a ^ b;
  return 0;
}
Value aliasCompare(Value a, Value b, CompareOp op) {
  if ((op != CompareOp::Eq && op != CompareOp::Ne) || !krt_instance(a, &krt_generic_alias_class) ||
      !krt_instance(b, &krt_generic_alias_class))
    return kNotImplemented;
  int same = alias(a)->starred == alias(b)->starred;
  if (same)
    same = krt_equal_py(alias(a)->origin, alias(b)->origin);
  if (same == 1)
    same = krt_equal_py(alias(a)->args, alias(b)->args);
  return same < 0 ? Value() : boolean(bool(same) == (op == CompareOp::Eq));
}

Value aliasIterNext(Value self) {
  Value v = self.as<AliasIter>()->alias;
  self.as<AliasIter>()->alias = Value();
  if (!v)
    return {};
  Value starred = krt_generic_alias_new_py(alias(v)->origin, alias(v)->args);
  if (starred)
    alias(starred)->starred = true;
  return starred;
}
Value selfIter(Value self) { return self; }

} // namespace

Class krt_generic_alias_iter_class = {
    .nativeName = "generic_alias_iterator",
    .basicSize = sizeof(AliasIter),
    .slots = {.iter = selfIter, .next = aliasIterNext},
    .methods = krt_generic_alias_iter_defs,
};
static Value aliasIter(Value self) {
  auto *it = gcNew<AliasIter>(krt_generic_alias_iter_class);
  it->alias = self;
  return it;
}

Class krt_generic_alias_class = {
    .flags = kClassBase | kClassWeakref,
    .nativeName = "types.GenericAlias",
    .basicSize = sizeof(GenericAlias),
    .slots = {.repr = aliasRepr,
              .hash = aliasHash,
              .call = aliasCall,
              .getattr = aliasGetAttr,
              .richcompare = aliasCompare,
              .iter = aliasIter,
              .getitem = aliasGetItem,
              .binary = {[size_t(BinaryOp::Or)] = krt_union_or_py},
              .make = krt_generic_alias_make},
    .methods = krt_generic_alias_defs,
    .doc = "Represent a generic type with its arguments, as list[int].",
};

Value krt_generic_alias_new_py(Value origin, Value args) {
  auto *made = gcNew<GenericAlias>(krt_generic_alias_class);
  made->origin = origin;
  made->args = hasClassFlag(args, kClassTupleSub) ? args.as<Tuple>() : krt_tuple_from(&args, 1);
  return made;
}
Value krt_generic_alias_create_py(Class *cls, Value origin, Value args) {
  auto *made = static_cast<GenericAlias *>(krt_instance_new(cls, 0));
  made->origin = origin;
  made->args = hasClassFlag(args, kClassTupleSub) ? args.as<Tuple>() : krt_tuple_from(&args, 1);
  return made;
}
Value krt_generic_alias_parameters_py(Value self) {
  if (!alias(self)->parameters)
    alias(self)->parameters = TRY(collectParameters_py(alias(self)->args));
  return alias(self)->parameters;
}
Value krt_generic_alias_unpackedArgs(Value self) {
  return alias(self)->starred && alias(self)->origin == Value(&krt_tuple_class) ? Value(alias(self)->args)
                                                                                : kNone;
}
Value krt_generic_alias_mroEntries(Value self, Value) { return krt_tuple_from(&alias(self)->origin, 1); }
Value krt_generic_alias_instanceCheck(Value, Value) {
  return krt_raise(kTypeError, "isinstance() argument 2 cannot be a parameterized generic");
}
Value krt_generic_alias_subclassCheck(Value, Value) {
  return krt_raise(kTypeError, "issubclass() argument 2 cannot be a parameterized generic");
}
Value krt_generic_alias_unpacked(Value self) { return boolean(alias(self)->starred); }
Value krt_generic_alias_iter_reduce_py(Value self) {
  Value left = self.as<AliasIter>()->alias;
  return reducedIterator_py(left ? left : Value(krt_tuple_empty));
}
Value krt_generic_alias_reduce_py(Value self) {
  if (alias(self)->starred) { // next(iter(origin[args]))
    Value plain = krt_generic_alias_new_py(alias(self)->origin, alias(self)->args);
    Value it = aliasIter(plain);
    Value parts[] = {TRY(krt_builtin_py(KSTR(next))), krt_tuple_from(&it, 1)};
    return krt_tuple_from(parts, 2);
  }
  Value args[] = {alias(self)->origin, alias(self)->args};
  Value parts[] = {&krt_generic_alias_class, krt_tuple_from(args, 2)};
  return krt_tuple_from(parts, 2);
}
Value krt_generic_alias_dir_py(Value self) {
  Value dir = TRY(krt_call1_py(TRY(krt_builtin_py(KSTR(dir))), alias(self)->origin));
  Value names[] = {KSTR(__origin__), KSTR(__args__), KSTR(__parameters__), KSTR(__unpacked__),
                   KSTR(__mro_entries__)};
  for (Value name : names)
    if (krt_contains_py(dir, name) == 0)
      krt_list_append(dir.as<List>(), name);
  return dir;
}

// ---- Unions -----------------------------------------------------------------------------------------

namespace {

/// None, a class, a generic alias, a union, or something of typing that joins in.
bool joins(Value v) {
  return v == kNone || hasClassFlag(v, kClassTypeSub) || krt_instance(v, &krt_generic_alias_class) ||
         krt_is_union(v);
}

int sameType_py(Value a, Value b) {
  if (a == b)
    return 1;
  if (krt_instance(a, &krt_generic_alias_class) && krt_instance(b, &krt_generic_alias_class))
    return krt_equal_py(a, b);
  return 0;
}

Value unionRepr(Value self) {
  StrBuilder out;
  Tuple *args = unionOf(self)->args;
  for (int64_t i = 0; i < args->length; ++i) {
    if (i)
      out.append(std::string_view(" | "));
    if (args->items[i] == Value(&krt_none_class))
      out.append(std::string_view("None"));
    else if (!showItem_py(out, args->items[i]))
      return {};
  }
  return out.finish();
}
/// The hash of the frozenset of types, as typing.Union has it: order does not count.
int unionHash(Value self, int64_t *out) {
  Set *types = krt_set_new(&krt_frozenset_class);
  return krt_set_update_py(types, unionOf(self)->args) < 0 ? -1 : krt_hash_py(types, out);
}
int covers_py(Tuple *a, Tuple *b) {
  for (int64_t i = 0; i < b->length; ++i) {
    int found = 0;
    for (int64_t k = 0; !found && k < a->length; ++k)
      found = krt_equal_py(a->items[k], b->items[i]);
    if (found != 1)
      return found;
  }
  return 1;
}
Value unionCompare(Value a, Value b, CompareOp op) {
  if ((op != CompareOp::Eq && op != CompareOp::Ne) || !krt_is_union(a) || !krt_is_union(b))
    return kNotImplemented;
  int same = covers_py(unionOf(a)->args, unionOf(b)->args);
  if (same == 1)
    same = covers_py(unionOf(b)->args, unionOf(a)->args);
  return same < 0 ? Value() : boolean(bool(same) == (op == CompareOp::Eq));
}
/// The module is that of the class.
Value unionGetAttr(Value self, Str *name) {
  return name == KSTR(__module__) ? krt_getattr_py(&krt_union_class, name)
                                  : krt_object_getattr_py(self, name);
}
Value unionGetItem(Value self, Value item) {
  Tuple *parameters = TRY(krt_union_parameters_py(self)).as<Tuple>();
  Tuple *args = TRY(substitute_py(self, unionOf(self)->args, parameters, item));
  Value result;
  for (int64_t i = 0; i < args->length; ++i)
    result = i ? TRY(krt_binary_py(result, args->items[i], BinaryOp::Or)) : args->items[0];
  return result;
}

} // namespace

Value krt_union_or_py(Value a, Value b) {
  if (!joins(a) || !joins(b))
    return kNotImplemented;
  GcVector<Value> flat;
  for (Value side : {a, b}) {
    Tuple *parts = krt_is_union(side) ? unionOf(side)->args : krt_tuple_from(&side, 1);
    for (int64_t i = 0; i < parts->length; ++i) {
      Value part = parts->items[i] == kNone ? Value(&krt_none_class) : parts->items[i];
      int seen = 0;
      for (size_t k = 0; !seen && k < flat.size(); ++k)
        seen = sameType_py(flat[k], part);
      if (seen < 0)
        return {};
      if (!seen)
        flat.push(part);
    }
  }
  if (flat.size() == 1)
    return flat[0];
  auto *made = gcNew<UnionType>(krt_union_class);
  made->args = krt_tuple_from(flat.data(), flat.size());
  return made;
}

Class krt_union_class = {
    .flags = kClassWeakref,
    .nativeName = "types.UnionType",
    .basicSize = sizeof(UnionType),
    .slots = {.repr = unionRepr,
              .hash = unionHash,
              .getattr = unionGetAttr,
              .richcompare = unionCompare,
              .getitem = unionGetItem,
              .binary = {[size_t(BinaryOp::Or)] = krt_union_or_py}},
    .methods = krt_union_defs,
    .doc = "Represent a PEP 604 union type\n\nE.g. for int | str",
};

Value krt_union_args(Value self) { return unionOf(self)->args; }
Value krt_union_parameters_py(Value self) {
  if (!unionOf(self)->parameters)
    unionOf(self)->parameters = TRY(collectParameters_py(unionOf(self)->args));
  return unionOf(self)->parameters;
}
/// Asks the parts in turn; the first answer that is not no ends it.
template <typename Ask> static int askParts_py(Value self, const char *function, Ask ask) {
  Tuple *args = unionOf(self)->args;
  for (int64_t i = 0; i < args->length; ++i) {
    if (krt_instance(args->items[i], &krt_generic_alias_class)) {
      krt_raise(kTypeError, "%s() argument 2 cannot be a parameterized generic", function);
      return -1;
    }
    if (int result = ask(args->items[i]))
      return result;
  }
  return 0;
}
int krt_union_isinstance_py(Value self, Value instance) {
  return askParts_py(self, "isinstance", [&](Value part) { return krt_isinstance_py(instance, part); });
}
int krt_union_issubclass_py(Value self, Value cls) {
  return askParts_py(self, "issubclass", [&](Value part) { return krt_issubclass_py(cls, part); });
}

static Value classGetItem(Value, const Value *args, size_t nargs, Tuple *) {
  if (nargs != 2)
    return krt_raise(kTypeError, "%N.__class_getitem__() takes exactly one argument (%zu given)",
                     args[0].as<Class>(), nargs - 1);
  return krt_generic_alias_new_py(args[0], args[1]);
}
static const NativeDef kClassGetItem = {
    "__class_getitem__",     "($type, item, /)", "See PEP 585", classGetItem, nullptr,
    NativeKind::ClassMethod, kEffectRunsPy,      nullptr,       nullptr,      nullptr};

void krt_class_make_generic(Class *cls) {
  auto *descriptor = gcNew<NativeFunction>(krt_classmethod_descriptor_class);
  descriptor->def = &kClassGetItem;
  descriptor->cls = cls;
  krt_dict_set_str(cls->dict, KSTR(__class_getitem__), descriptor);
}

void krt_union_start() {
  for (Class *cls : {&krt_list_class, &krt_tuple_class, &krt_dict_class})
    krt_class_make_generic(cls);
  struct Field {
    const char *name;
    size_t offset;
  };
  for (Field field : {Field{"__origin__", offsetof(GenericAlias, origin)},
                      Field{"__args__", offsetof(GenericAlias, args)}}) {
    MemberDescriptor *member = krt_member_descriptor_new(&krt_generic_alias_class, strIntern(field.name),
                                                         static_cast<uint32_t>(field.offset));
    member->readOnly = true;
    krt_dict_set_str(krt_generic_alias_class.dict, member->name, member);
  }
}

} // namespace krait

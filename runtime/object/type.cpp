// type.cpp - the class `type`: calling classes, making them, their attributes.
#include "runtime/object/type.h"

#include "runtime/abi/native.h"
#include "runtime/abi/opcodes.h"
#include "runtime/object/args.h"
#include "runtime/object/audit.h"
#include "runtime/object/cells.h"
#include "runtime/object/containers.h"
#include "runtime/object/descriptors.h"
#include "runtime/object/errors.h"
#include "runtime/object/exceptions.h"
#include "runtime/object/function.h"
#include "runtime/object/int.h"
#include "runtime/object/mapping_proxy.h"
#include "runtime/object/protocol.h"
#include "runtime/object/slots.h"
#include "runtime/object/str.h"
#include "runtime/object/str_methods.h"
#include "runtime/object/union.h"
#include "runtime/object/weakref.h"

#include <algorithm>
#include <cstring>

#include "runtime/object/type.bind.inc"

namespace krait {
namespace {

constexpr uint32_t kMaxInlineSlots = 32;

// ---- Calling a class -------------------------------------------------------------------------------------

Value typeRepr(Value self) {
  auto *cls = self.as<Class>();
  Value module = krt_class_module(cls);
  if (!module && errorPending())
    return {};
  if (module && strCheck(module) && !krt_str_equal(module.as<Str>(), KSTR(builtins)))
    return krt_str_format("<class '%S.%S'>", module, Value(cls->qualname));
  return krt_str_format("<class '%S'>", Value(cls->qualname));
}

// ---- Inline slots -----------------------------------------------------------------------------------

/// Names stored through the first parameter in the functions of [cls]'s own dict are its likely attributes.
void collectAttributes(Class *cls, GcVector<Str *> &names) {
  uint32_t position = 0;
  while (DictEntry *entry = krt_dict_next(cls->dict, &position)) {
    if (!isExact(entry->value, krt_function_class))
      continue;
    Code *code = entry->value.as<Function>()->code;
    if (code->argCount == 0)
      continue;
    for (uint32_t at = 0; at < code->unitCount;) {
      auto op = static_cast<Opcode>(code->units[at]);
      const OpcodeInfo &info = opcodeInfo(op);
      if (op == Opcode::StoreAttr && code->units[at + 1] == 0) {
        Str *name = code->names[readWide(code->units + at + 2)];
        if (std::find(names.begin(), names.end(), name) == names.end() && names.size() < kMaxInlineSlots)
          names.push(name);
      }
      at += info.length;
    }
  }
}

uint32_t predictSlots(Class *cls) {
  GcVector<Str *> names;
  uint32_t learned = 0;
  for (int64_t i = 0; i < cls->mro->length; ++i) {
    Class *base = cls->mro->items[i].as<Class>();
    if (!(base->flags & kClassHeap))
      continue;
    collectAttributes(base, names);
    if (i)
      learned = std::max(learned, base->inlineSlots);
  }
  return std::min(std::max(static_cast<uint32_t>(names.size()), learned), kMaxInlineSlots);
}

// ---- Making a class ---------------------------------------------------------------------------------

/// `__x` in class `_C` is `_C__x`.
Str *mangle(Str *className, Str *name) {
  int64_t n = name->length();
  if (n < 3 || name->at(0) != '_' || name->at(1) != '_' || (name->at(n - 1) == '_' && name->at(n - 2) == '_'))
    return name;
  int64_t start = 0;
  while (start < className->length() && className->at(start) == '_')
    ++start;
  if (start == className->length())
    return name;
  StrBuilder out;
  out.append('_');
  out.append(className, start, className->length());
  out.append(name);
  return krt_str_intern(out.finish());
}

struct SlotPlan {
  GcVector<Str *> names; // sorted
  bool given = false, dict = false, weakref = false;
};

/// Reads __slots__ from the namespace. False with an exception.
bool readSlots_py(Class *base, Str *className, Dict *ns, bool mayDict, bool mayWeak, SlotPlan &plan) {
  Value slots = krt_dict_get_str(ns, KSTR(__slots__));
  if (!slots) {
    plan.dict = mayDict;
    plan.weakref = mayWeak;
    return true;
  }
  plan.given = true;
  Tuple *items = strCheck(slots) ? krt_tuple_from(&slots, 1) : krt_tuple_from_py(slots);
  if (!items)
    return false;
  if (items->length &&
      (base->itemSize || (base->flags & (kClassIntSub | kClassTypeSub | kClassTupleSub | kClassBytesSub)))) {
    krt_raise(kTypeError, "nonempty __slots__ not supported for subtype of '%N'", base);
    return false;
  }
  for (int64_t i = 0; i < items->length; ++i) {
    Value item = items->items[i];
    if (!strCheck(item)) {
      krt_raise(kTypeError, "__slots__ items must be strings, not '%.200T'", item);
      return false;
    }
    Str *name = krt_str_intern(item.as<Str>());
    if (!krt_str_isidentifier(name)) {
      krt_raise(kTypeError, "__slots__ must be identifiers");
      return false;
    }
    if (name == KSTR(__dict__)) {
      if (!mayDict || plan.dict) {
        krt_raise(kTypeError, "__dict__ slot disallowed: we already got one");
        return false;
      }
      plan.dict = true;
      continue;
    }
    if (name == KSTR(__weakref__)) {
      if (!mayWeak || plan.weakref) {
        krt_raise(kTypeError, "__weakref__ slot disallowed: we already got one");
        return false;
      }
      plan.weakref = true;
      continue;
    }
    name = mangle(className, name);
    if (krt_dict_get_str(ns, name) && name != KSTR(__qualname__) && name != KSTR(__classcell__)) {
      krt_raise(kValueError, "%R in __slots__ conflicts with class variable", Value(name));
      return false;
    }
    plan.names.push(name);
  }
  std::sort(plan.names.begin(), plan.names.end(), [](Str *a, Str *b) { return krt_str_compare(a, b) < 0; });
  return true;
}

/// Attribute of a class dict wrapped by staticmethod or classmethod when it is a plain function.
void wrapFunction(Dict *dict, Str *name, Class &wrapper) {
  Value v = krt_dict_get_str(dict, name);
  if (!v || !isExact(v, krt_function_class))
    return;
  auto *wrapped = gcNew<StaticMethod>(wrapper);
  wrapped->function = v;
  krt_dict_set_str(dict, name, wrapped);
}

Value dictGetter(Value, const Value *args, size_t, Tuple *) {
  // A class whose metaclass has the descriptor from a plain class as well shows its dictionary as any class
  // does.
  if (hasClassFlag(args[0], kClassTypeSub))
    return krt_type_dict(args[0].as<Class>());
  Dict *dict = krt_instance_dict(args[0]);
  return dict ? Value(dict) : krt_raise(kAttributeError, "This object has no __dict__");
}
Value dictSetter(Value, const Value *args, size_t, Tuple *) {
  Object *object = args[0].asObject();
  bool type = hasClassFlag(args[0], kClassTypeSub);
  if (type || krt_instance(args[0], &krt_module_class))
    return krt_raise(kAttributeError,
                     type ? "attribute '__dict__' of 'type' objects is not writable" : "readonly attribute");
  if (args[1] && !hasClassFlag(args[1], kClassDictSub))
    return krt_raise(kTypeError, "__dict__ must be set to a dictionary, not a '%.200T'", args[1]);
  if (!args[1]) {
    // The class that brought the dictionary: those of native classes cannot be taken away.
    Class *owner = object->shape->cls;
    while (owner->base && owner->base->extraOffset)
      owner = owner->base;
    if (!(owner->flags & kClassHeap))
      return krt_raise(kTypeError, "cannot delete __dict__");
  }
  krt_instance_dict(object); // over to dict mode
  *extraWord(object) = args[1] ? args[1] : Value(krt_dict_new());
  return kNone;
}
const NativeDef kDictDef = {"__dict__",      nullptr,    "dictionary for instance variables (if defined)",
                            dictGetter,      dictSetter, NativeKind::GetSet,
                            kEffectCollects, nullptr,    nullptr,
                            nullptr};
Value weakrefGetter(Value, const Value *args, size_t, Tuple *) {
  return krt_weakref_first(args[0].asObject());
}
const NativeDef kWeakrefDef = {"__weakref__",   nullptr, "list of weak references to the object (if defined)",
                               weakrefGetter,   nullptr, NativeKind::GetSet,
                               kEffectCollects, nullptr, nullptr,
                               nullptr};

/// A class body may have put another thing under the name.
void addGetSet(Class *cls, const NativeDef *def) {
  if (krt_dict_get_str(cls->dict, strIntern(def->name)))
    return;
  auto *descriptor = gcNew<NativeFunction>(krt_getset_descriptor_class);
  descriptor->def = def;
  descriptor->cls = cls;
  krt_dict_set_str(cls->dict, strIntern(def->name), descriptor);
}

int setNames_py(Class *cls) {
  Dict *names = krt_dict_copy(cls->dict); // __set_name__ may change the class
  uint32_t position = 0;
  while (DictEntry *entry = krt_dict_next(names, &position)) {
    Value value = entry->value, key = entry->key;
    Value self;
    Value hook = krt_special_lookup_py(value, KSTR(__set_name__), &self);
    if (!hook) {
      if (errorPending())
        return -1;
      continue;
    }
    Value args[] = {cls, key};
    if (krt_call_with_self_py(hook, self, args, 2, nullptr))
      continue;
    Value cause = krt_error_take();
    krt_raise(kRuntimeError, "Error calling __set_name__ on '%.100T' instance %R in '%.100N'", value, key,
              cls);
    krt_error_set_cause(cause);
    return -1;
  }
  return 0;
}

int initSubclass_py(Class *cls, const Value *kwargs, Tuple *kwnames) {
  // super(cls, cls).__init_subclass__(**kwargs)
  for (int64_t i = 1; i < cls->mro->length; ++i) {
    Value v = krt_dict_get_str(cls->mro->items[i].as<Class>()->dict, KSTR(__init_subclass__));
    if (!v)
      continue;
    auto get = classOf(v)->slots.descrGet;
    Value bound = get ? TRY_OR_MINUS(get(v, {}, cls)) : v;
    return krt_call_py(bound, kwargs, 0, kwnames) ? 0 : -1;
  }
  return 0;
}

} // namespace

Class *krt_type_winner(Class *metaclass, Tuple *bases) {
  Class *winner = metaclass;
  for (int64_t i = 0; i < bases->length; ++i) {
    Class *candidate = classOf(bases->items[i]);
    if (krt_subclass(winner, candidate))
      continue;
    if (krt_subclass(candidate, winner)) {
      winner = candidate;
      continue;
    }
    krt_raise(kTypeError,
              "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the "
              "metaclasses of all its bases");
    return nullptr;
  }
  return winner;
}

void krt_class_learn_slots(Class *cls, uint32_t count) {
  if (!(cls->flags & kClassHeap) || cls->extraOffset == kExtraAtEnd || count > kMaxInlineSlots ||
      count <= cls->inlineSlots)
    return;
  cls->inlineSlots = std::min(kMaxInlineSlots, count + 3);
  Shape *dictShape = cls->dictShape; // objects in dict mode keep one shape
  krt_class_make_shapes(cls);
  cls->dictShape = dictShape;
  if (cls->watchers)
    krt_cells_class_changed(cls);
}

/// The linearisation, by the metaclass's mro() if it has its own. Null with an exception.
static Tuple *linearise_py(Class *cls) {
  Class *meta = classOf(cls);
  if (meta == &krt_type_class)
    return krt_class_make_mro(cls);
  Value method = krt_class_lookup(meta, KSTR(mro));
  if (isExact(method, krt_method_descriptor_class))
    return krt_class_make_mro(cls);
  Value result = TRY(krt_call_method_py(cls, KSTR(mro), nullptr, 0));
  Tuple *mro = TRY(krt_tuple_from_py(result));
  for (int64_t i = 0; i < mro->length; ++i)
    if (!hasClassFlag(mro->items[i], kClassTypeSub)) {
      krt_raise(kTypeError, "mro() returned a non-class ('%.500T')", mro->items[i]);
      return nullptr;
    }
  return mro;
}

/// Flags that come from the bases.
static void inheritFlags(Class *cls) {
  constexpr uint32_t kInherited = kClassIntSub | kClassStrSub | kClassBytesSub | kClassTupleSub |
                                  kClassListSub | kClassDictSub | kClassExceptionSub | kClassTypeSub |
                                  kClassFloatSub | kClassSetSub | kClassByteArraySub | kClassComplexSub |
                                  kClassMatchSelf | kClassWeakref;
  for (int64_t i = 1; i < cls->mro->length; ++i) {
    Class *base = cls->mro->items[i].as<Class>();
    cls->flags |= base->flags & (kInherited | kClassHasDel);
    if (!(cls->flags & (kClassSequence | kClassMapping)))
      cls->flags |= base->flags & (kClassSequence | kClassMapping);
  }
}

/// Slots that no special method names go down the layout line.
static void inheritNamelessSlots(Class *cls) {
  Class *base = cls->base;
  cls->slots.send = base->slots.send;
  cls->slots.getBuffer = base->slots.getBuffer;
  cls->slots.releaseBuffer = base->slots.releaseBuffer;
}

Value krt_class_make_py(Class *metaclass, Str *name, Tuple *bases, Dict *ns, const Value *kwargs,
                        Tuple *kwnames) {
  if (bases->length == 0) {
    Value object = &krt_object_class;
    bases = krt_tuple_from(&object, 1);
  }
  Class *base = TRY(krt_class_best_base(bases));
  bool hasDict = base->extraOffset != 0, hasWeak = base->flags & kClassWeakref;
  SlotPlan plan;
  if (!readSlots_py(base, name, ns, !hasDict, !hasWeak && base->itemSize == 0, plan))
    return {};
  if (plan.given) // other bases may bring what the slots leave out
    for (int64_t i = 0; i < bases->length; ++i) {
      auto *other = bases->items[i].as<Class>();
      plan.dict |= !hasDict && other->extraOffset != 0;
      plan.weakref |= !hasWeak && (other->flags & kClassWeakref);
    }

  auto *cls = static_cast<Class *>(krt_instance_new(metaclass, 0));
  cls->flags = kClassHeap | kClassBase | kClassReady;
  cls->name = name;
  cls->qualname = name;
  cls->base = base;
  cls->bases = bases;
  cls->dict = krt_dict_new_sized(ns->used + 4);
  uint32_t position = 0;
  while (DictEntry *entry = krt_dict_next(ns, &position)) {
    if (strCheck(entry->key))
      krt_dict_set_str(cls->dict, krt_str_intern(entry->key.as<Str>()), entry->value);
    else if (krt_dict_set_py(cls->dict, entry->key, entry->value) < 0)
      return {};
  }
  Dict *dict = cls->dict;
  if (Value qualname = krt_dict_get_str(dict, KSTR(__qualname__))) {
    if (!strCheck(qualname))
      return krt_raise(kTypeError, "type __qualname__ must be a str, not %T", qualname);
    cls->qualname = qualname.as<Str>();
    krt_dict_delete_str(dict, KSTR(__qualname__));
  }
  if (!krt_dict_get_str(dict, KSTR(__module__)) && krt_thread.frame)
    if (Value module = krt_dict_get_str(krt_thread.frame->globals, KSTR(__name__)))
      krt_dict_set_str(dict, KSTR(__module__), module);
  wrapFunction(dict, KSTR(__new__), krt_staticmethod_class);
  wrapFunction(dict, KSTR(__init_subclass__), krt_classmethod_class);
  wrapFunction(dict, KSTR(__class_getitem__), krt_classmethod_class);
  Value classCell = krt_dict_get_str(dict, KSTR(__classcell__));
  if (classCell) {
    if (!isExact(classCell, krt_cell_class))
      return krt_raise(kTypeError, "__classcell__ must be a nonlocal cell, not <class '%N'>",
                       classOf(classCell));
    classCell.as<Cell>()->value = cls;
    krt_dict_delete_str(dict, KSTR(__classcell__));
  }
  if (krt_dict_get_str(dict, KSTR(__eq__)) && !krt_dict_get_str(dict, KSTR(__hash__)))
    krt_dict_set_str(dict, KSTR(__hash__), kNone);

  // Layout: the base's struct, then the words of __slots__, then extra word and inline slots.
  cls->itemSize = base->itemSize;
  cls->basicSize = base->basicSize;
  if (!plan.names.empty())
    cls->basicSize = (cls->basicSize + 7) & ~7u;
  for (Str *member : plan.names) {
    krt_dict_set_str(dict, member, krt_member_descriptor_new(cls, member, cls->basicSize));
    cls->basicSize += 8;
  }
  if (hasDict)
    cls->extraOffset = base->extraOffset == base->basicSize ? cls->basicSize : base->extraOffset;
  else if (plan.dict)
    cls->extraOffset = cls->itemSize ? kExtraAtEnd : (cls->basicSize + 7) & ~7u;
  if (plan.dict && !hasDict) {
    if (!cls->itemSize)
      cls->basicSize = cls->extraOffset;
    addGetSet(cls, &kDictDef);
  }
  if (plan.weakref && !hasWeak) {
    cls->flags |= kClassWeakref;
    addGetSet(cls, &kWeakrefDef);
  }
  Value doc = krt_dict_get_str(dict, KSTR(__doc__));
  if (!doc)
    krt_dict_set_str(dict, KSTR(__doc__), kNone);
  else if (size_t size; strCheck(doc) && !krt_str_utf8(doc.as<Str>(), &size))
    return {};

  krt_class_modified(cls, nullptr); // a first version
  Tuple *mro = linearise_py(cls);
  if (!mro)
    return {};
  cls->mro = mro;
  inheritFlags(cls);
  if (cls->extraOffset >= cls->basicSize && cls->extraOffset != kExtraAtEnd && cls->extraOffset)
    cls->inlineSlots = predictSlots(cls);
  krt_class_make_shapes(cls);
  inheritNamelessSlots(cls);
  slotsUpdateAll(cls);
  krt_class_link(cls);
  if (krt_cells_active)
    krt_cells_class_made(cls);
  if (setNames_py(cls) < 0 || initSubclass_py(cls, kwargs, kwnames) < 0)
    return {};
  return cls;
}

// ---- type(...) --------------------------------------------------------------------------------------

namespace {

/// Can [name] be the name of a class? False = an exception is pending.
bool goodName(Str *name) {
  size_t size;
  const char *text = krt_str_utf8(name, &size); // lone surrogates are an error
  if (text && std::memchr(text, 0, size))
    return krt_raise(kValueError, "type name must not contain null characters"), false;
  return text != nullptr;
}

/// type.__new__: type(x), or a new class.
Value typeMake(Class *metaclass, const Value *args, size_t nargs, Tuple *kwnames) {
  if (nargs != 3)
    return krt_raise(kTypeError, "type.__new__() takes exactly 3 arguments (%zu given)", nargs);
  if (!strCheck(args[0]))
    return krt_raise(kTypeError, "type.__new__() argument 1 must be str, not %T", args[0]);
  if (!goodName(args[0].as<Str>()))
    return {};
  if (!hasClassFlag(args[1], kClassTupleSub))
    return krt_raise(kTypeError, "type.__new__() argument 2 must be tuple, not %T", args[1]);
  if (!hasClassFlag(args[2], kClassDictSub))
    return krt_raise(kTypeError, "type.__new__() argument 3 must be dict, not %T", args[2]);
  auto *bases = args[1].as<Tuple>();
  for (int64_t i = 0; i < bases->length; ++i) {
    if (hasClassFlag(bases->items[i], kClassTypeSub))
      continue;
    Value entries = krt_getattr_optional_py(bases->items[i], KSTR(__mro_entries__));
    if (entries)
      return krt_raise(kTypeError, "type() doesn't support MRO entry resolution; use types.new_class()");
    if (errorPending())
      return {};
  }
  Class *winner = TRY(krt_type_winner(metaclass, bases));
  if (winner != metaclass) {
    if (winner->slots.make != typeMake)
      return winner->slots.make(winner, args, nargs, kwnames);
    metaclass = winner;
  }
  return krt_class_make_py(metaclass, args[0].as<Str>(), bases, args[2].as<Dict>(), args + nargs, kwnames);
}

int typeInit(Value, const Value *, size_t nargs, Tuple *) {
  if (nargs != 1 && nargs != 3)
    return raiseInt(kTypeError, "type.__init__() takes 1 or 3 arguments");
  return 0;
}

} // namespace

Value krt_type_call_py(Value callee, const Value *args, size_t nargs, Tuple *kwnames) {
  auto *cls = callee.as<Class>();
  if (__builtin_expect(cls == &krt_type_class, 0)) {
    if (nargs == 1 && !(kwnames && kwnames->length))
      return classOf(args[0]);
    if (nargs != 3)
      return krt_raise(kTypeError, "type() takes 1 or 3 arguments");
  }
  auto make = cls->slots.make;
  if (!make)
    return krt_raise(kTypeError, "cannot create '%.100N' instances", cls);
  Value object = TRY(make(cls, args, nargs, kwnames));
  Class *made = classOf(object);
  if (made != cls && !krt_subclass(made, cls))
    return object;
  if (auto init = made->slots.init)
    if (init(object, args, nargs, kwnames) < 0)
      return {};
  return object;
}

Class krt_type_class = {
    .flags = kClassBase | kClassTypeSub | kClassWeakref,
    .nativeName = "type",
    .basicSize = sizeof(Class),
    .extraOffset = offsetof(Class, dict),
    .slots = {.repr = typeRepr,
              .call = krt_type_call_py,
              .getattr = krt_type_getattr_py,
              .setattr = krt_type_setattr_py,
              .binary = {[size_t(BinaryOp::Or)] = krt_union_or_py},
              .init = typeInit,
              .make = typeMake},
    .methods = krt_type_defs,
    .doc = "type(object) -> the object's type\ntype(name, bases, dict, **kwds) -> a new type",
};

void krt_class_add_dict_descriptor(Class *cls) { addGetSet(cls, &kDictDef); }

// ---- Names ------------------------------------------------------------------------------------------

const char *krt_class_name(const Class *cls) {
  if (!(cls->flags & kClassHeap))
    return cls->nativeName;
  size_t size;
  return krt_str_utf8_lossy(cls->name, &size);
}

Value krt_class_module(Class *cls) {
  if (cls->flags & kClassHeap)
    return krt_dict_get_str(cls->dict, KSTR(__module__));
  const char *dot = std::strrchr(cls->nativeName, '.');
  return dot ? strIntern(std::string_view(cls->nativeName, static_cast<size_t>(dot - cls->nativeName)))
             : KSTR(builtins);
}

// ---- Attributes -------------------------------------------------------------------------------------

static bool mayChange_py(Class *cls, Value value, const char *name) {
  if (!(cls->flags & kClassHeap) || (cls->flags & kClassImmutable)) {
    krt_raise(kTypeError, "cannot set '%s' attribute of immutable type '%N'", name, cls);
    return false;
  }
  if (!value) {
    krt_raise(kTypeError, "cannot delete '%s' attribute of immutable type '%N'", name, cls);
    return false;
  }
  TRY_AUDIT("object.__setattr__", cls, strFrom(name), value);
  return true;
}
static bool setText_py(Class *cls, Value value, const char *name, Str *Class::*field) {
  if (!mayChange_py(cls, value, name))
    return false;
  if (!strCheck(value)) {
    krt_raise(kTypeError, "can only assign string to %N.%s, not '%T'", cls, name, value);
    return false;
  }
  cls->*field = value.as<Str>();
  return true;
}
Value krt_type_name(Class *self) { return self->name; }
bool krt_type_setName_py(Class *self, Value value) {
  if (value && strCheck(value) && (self->flags & kClassHeap) && !goodName(value.as<Str>()))
    return false;
  return setText_py(self, value, "__name__", &Class::name);
}
Value krt_type_qualname(Class *self) { return self->qualname; }
bool krt_type_setQualname_py(Class *self, Value value) {
  return setText_py(self, value, "__qualname__", &Class::qualname);
}
Value krt_type_module(Class *self) {
  Value v = krt_class_module(self);
  return v ? v : krt_raise(kAttributeError, "__module__");
}
bool krt_type_setModule_py(Class *self, Value value) {
  if (!mayChange_py(self, value, "__module__"))
    return false;
  krt_dict_set_str(self->dict, KSTR(__module__), value);
  krt_class_modified(self, KSTR(__module__));
  return true;
}
Value krt_type_bases(Class *self) { return self->bases; }
Value krt_type_base(Class *self) { return self->base ? Value(self->base) : kNone; }
Value krt_type_mroTuple(Class *self) { return self->mro ? Value(self->mro) : kNone; }
Value krt_type_dict(Class *self) { return krt_mapping_proxy_new(self->dict); }
Value krt_type_doc_py(Class *self) {
  Value v = krt_dict_get_str(self->dict, KSTR(__doc__));
  if (!v)
    return kNone;
  if (self->flags & kClassHeap)
    if (auto get = classOf(v)->slots.descrGet)
      return get(v, {}, self);
  return v;
}
bool krt_type_setDoc_py(Class *self, Value value) {
  if (!mayChange_py(self, value, "__doc__"))
    return false;
  krt_dict_set_str(self->dict, KSTR(__doc__), value);
  krt_class_modified(self, KSTR(__doc__));
  return true;
}
Value krt_type_textSignature(Class *self) {
  return self->newSignature ? Value(strFrom(self->newSignature)) : kNone;
}
Value krt_type_abstractMethods(Class *self) {
  Value v = self == &krt_type_class ? Value() : krt_dict_get_str(self->dict, KSTR(__abstractmethods__));
  return v ? v
           : krt_raise_attribute_error(self, KSTR(__abstractmethods__),
                                       "type object '%.50S' has no attribute '__abstractmethods__'",
                                       Value(self->name));
}
bool krt_type_setAbstractMethods_py(Class *self, Value value) {
  int abstract = 0;
  if (value) {
    abstract = krt_truth_py(value);
    if (abstract < 0)
      return false;
    krt_dict_set_str(self->dict, KSTR(__abstractmethods__), value);
  } else if (krt_dict_delete_str(self->dict, KSTR(__abstractmethods__)) != 1) {
    return krt_raise(kAttributeError, "__abstractmethods__"), false;
  }
  krt_class_modified(self, KSTR(__abstractmethods__));
  self->flags = abstract ? self->flags | kClassAbstract : self->flags & ~kClassAbstract;
  return true;
}
Value krt_type_annotations(Class *self) {
  if (!(self->flags & kClassHeap))
    return krt_raise(kAttributeError, "type object '%N' has no attribute '__annotations__'", self);
  Value v = krt_dict_get_str(self->dict, KSTR(__annotations__));
  if (v) {
    auto get = classOf(v)->slots.descrGet;
    return get ? get(v, {}, self) : v;
  }
  v = krt_dict_new();
  krt_dict_set_str(self->dict, KSTR(__annotations__), v);
  krt_class_modified(self, KSTR(__annotations__));
  return v;
}
bool krt_type_setAnnotations(Class *self, Value value) {
  if (!(self->flags & kClassHeap))
    return krt_raise(kTypeError, "cannot set '__annotations__' attribute of immutable type '%N'", self),
           false;
  if (value)
    krt_dict_set_str(self->dict, KSTR(__annotations__), value);
  else if (krt_dict_delete_str(self->dict, KSTR(__annotations__)) != 1)
    return krt_raise(kAttributeError, "__annotations__"), false;
  krt_class_modified(self, KSTR(__annotations__));
  return true;
}
Value krt_type_basicSize(Class *self) { return smallInt(self->basicSize); }
Value krt_type_itemSize(Class *self) { return smallInt(self->itemSize); }
Value krt_type_dictOffset(Class *self) {
  return smallInt(self->extraOffset == kExtraAtEnd ? -8 : static_cast<int64_t>(self->extraOffset));
}
/// Weak references need no room in the object; 0 says that there can be none.
Value krt_type_weakrefOffset(Class *self) { return smallInt(self->flags & kClassWeakref ? 8 : 0); }
/// Py_TPFLAGS bits that the library looks at.
Value krt_type_flags(Class *self) {
  int64_t flags = 0;
  auto map = [&](uint32_t ours, unsigned bit) {
    if (self->flags & ours)
      flags |= int64_t{1} << bit;
  };
  map(kClassSequence, 5), map(kClassMapping, 6), map(kClassHeap, 9), map(kClassBase, 10),
      map(kClassReady, 12);
  map(kClassMethodDescr, 17), map(kClassAbstract, 20), map(kClassIntSub, 24), map(kClassListSub, 25);
  map(kClassTupleSub, 26), map(kClassBytesSub, 27), map(kClassStrSub, 28), map(kClassDictSub, 29);
  map(kClassExceptionSub, 30), map(kClassTypeSub, 31);
  if (!(self->flags & kClassHeap) || (self->flags & kClassImmutable))
    flags |= 1 << 8;
  return smallInt(flags | 1 << 14);
}

/// Does what changing __bases__ asks of one class and, with their new linearisations, of all below it.
static bool relinearise_py(Class *cls) {
  Tuple *before = cls->mro, *mro = linearise_py(cls);
  if (!mro)
    return false;
  if (cls->mro != before) // mro() assigned __bases__: what that made is newer
    return true;
  cls->mro = mro;
  GcVector<Class *> subs;
  krt_class_each_subclass(
      cls, [](Class *sub, void *data) { static_cast<GcVector<Class *> *>(data)->push(sub); }, &subs);
  for (Class *sub : subs)
    if (!relinearise_py(sub))
      return false;
  return true;
}
static void refresh(Class *cls, void *) {
  if (cls->flags & kClassHeap) {
    inheritFlags(cls);
    slotsUpdateAll(cls);
  }
  krt_class_each_subclass(cls, refresh, nullptr);
}

/// Whether [above] is on the chain of bases, which is set before the linearisation.
static bool hasBase(Class *cls, Class *above) {
  while (cls && cls != above)
    cls = cls->base;
  return cls;
}

bool krt_type_setBases_py(Class *self, Value value) {
  if (!mayChange_py(self, value, "__bases__"))
    return false;
  if (!hasClassFlag(value, kClassTupleSub))
    return krt_raise(kTypeError, "can only assign tuple to %N.__bases__, not %T", self, value), false;
  auto *bases = value.as<Tuple>();
  if (bases->length == 0)
    return krt_raise(kTypeError, "can only assign non-empty tuple to %N.__bases__, not ()", self), false;
  for (int64_t i = 0; i < bases->length; ++i) {
    if (!hasClassFlag(bases->items[i], kClassTypeSub))
      return krt_raise(kTypeError, "%N.__bases__ must be tuple of classes, not '%T'", self, bases->items[i]),
             false;
    if (krt_subclass(bases->items[i].as<Class>(), self) || hasBase(bases->items[i].as<Class>(), self))
      return krt_raise(kTypeError, "a __bases__ item causes an inheritance cycle"), false;
  }
  Class *base = krt_class_best_base(bases);
  if (!base)
    return false;
  bool sameLayout = base->basicSize == self->base->basicSize && base->itemSize == self->base->itemSize &&
                    base->extraOffset == self->base->extraOffset &&
                    base->slots.make == self->base->slots.make;
  // A base without attributes may take the place of object and the like when the class has its own.
  if (!sameLayout &&
      !(base->basicSize <= self->basicSize && (base->flags & kClassHeap || base == &krt_object_class) &&
        (!base->extraOffset || self->extraOffset) && self->base->basicSize == base->basicSize))
    return krt_raise(kTypeError, "__bases__ assignment: '%N' object layout differs from '%N'", base,
                     self->base),
           false;
  Tuple *oldBases = self->bases;
  Class *oldBase = self->base;
  krt_class_unlink(self);
  self->bases = bases;
  self->base = base;
  if (!relinearise_py(self)) {
    if (self->bases != bases)
      return false;
    Value error = krt_error_take();
    self->bases = oldBases;
    self->base = oldBase;
    relinearise_py(self);
    krt_class_link(self);
    krt_error_restore(error);
    return false;
  }
  if (self->bases == bases)
    krt_class_link(self);
  refresh(self, nullptr);
  krt_class_modified(self, nullptr);
  return true;
}

Value krt_type_mro(Class *self) {
  Tuple *mro = TRY(krt_class_make_mro(self));
  return krt_list_from(mro->items, static_cast<size_t>(mro->length));
}
Value krt_type_subclasses(Class *self) {
  List *list = krt_list_new(4);
  krt_class_each_subclass(
      self, [](Class *sub, void *data) { krt_list_append(static_cast<List *>(data), sub); }, list);
  return list;
}
Value krt_type_prepare(Value, ArgSpan, Dict *) { return krt_dict_new(); }
Value krt_type_instanceCheck_py(Class *self, Value instance) {
  int result = krt_real_isinstance_py(instance, self);
  return result < 0 ? Value() : boolean(result);
}
Value krt_type_subclassCheck_py(Class *self, Value subclass) {
  int result = krt_real_issubclass_py(subclass, self);
  return result < 0 ? Value() : boolean(result);
}

int krt_type_merge_dir_py(Dict *names, Value cls) {
  Value dict = krt_getattr_optional_py(cls, KSTR(__dict__));
  if (!dict)
    return errorPending() ? -1 : 0;
  if (isExact(dict, krt_mappingproxy_class))
    dict = dict.as<MappingProxy>()->mapping;
  if (krt_dict_update_py(names, dict, true) < 0)
    return -1;
  Value bases = krt_getattr_optional_py(cls, KSTR(__bases__));
  if (!bases)
    return errorPending() ? -1 : 0;
  int64_t n = krt_length_py(bases);
  if (n < 0) {
    krt_error_clear();
    return 0;
  }
  for (int64_t i = 0; i < n; ++i) {
    Value base = TRY_OR_MINUS(krt_getitem_py(bases, smallInt(i)));
    if (krt_type_merge_dir_py(names, base) < 0)
      return -1;
  }
  return 0;
}
Value krt_type_dir_py(Class *self) {
  Dict *names = krt_dict_new();
  if (krt_type_merge_dir_py(names, self) < 0)
    return {};
  return krt_list_from_py(names);
}
Value krt_type_sizeof(Class *self) { return smallInt(sizeof(Class)); }

} // namespace krait

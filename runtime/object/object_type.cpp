// object_type.cpp - the class `object`.
#include "runtime/object/audit.h"
#include "runtime/object/object.h"

#include "runtime/object/args.h"
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/exceptions.h"
#include "runtime/object/function.h"
#include "runtime/object/protocol.h"
#include "runtime/object/slots.h"
#include "runtime/object/str.h"
#include "runtime/object/type.h"

#include <algorithm>

#include "runtime/object/object.bind.inc"

namespace krait {
namespace {

Value objectMake(Class *cls, const Value *, size_t nargs, Tuple *kwnames);
int objectInit(Value self, const Value *, size_t nargs, Tuple *kwnames);

bool excess(size_t nargs, Tuple *kwnames) { return nargs || (kwnames && kwnames->length); }

Value abstractError_py(Class *cls) {
  Value methods = TRY(krt_getattr_py(cls, KSTR(__abstractmethods__)));
  List *sorted = TRY(krt_list_from_py(methods));
  if (krt_list_sort_py(sorted, kNone, false) < 0)
    return {};
  Str *joined = TRY(krt_str_join_py(strFrom(", "), sorted));
  return krt_raise(kTypeError, "Can't instantiate abstract class %N with abstract method%s %S", cls,
                   sorted->length > 1 ? "s" : "", Value(joined));
}

Value objectMake(Class *cls, const Value *, size_t nargs, Tuple *kwnames) {
  if (__builtin_expect(excess(nargs, kwnames), 0)) {
    if (cls->slots.make != objectMake)
      return krt_raise(kTypeError, "object.__new__() takes exactly one argument (the type to instantiate)");
    if (cls->slots.init == objectInit)
      return krt_raise(kTypeError, "%N() takes no arguments", cls);
  }
  if (__builtin_expect(cls->flags & kClassAbstract, 0))
    return abstractError_py(cls);
  return krt_instance_new(cls, 0);
}
int objectInit(Value self, const Value *, size_t nargs, Tuple *kwnames) {
  if (__builtin_expect(excess(nargs, kwnames), 0)) {
    Class *cls = classOf(self);
    if (cls->slots.init != objectInit)
      return raiseInt(kTypeError,
                      "object.__init__() takes exactly one argument (the instance to initialize)");
    if (cls->slots.make == objectMake)
      return raiseInt(kTypeError, "%N.__init__() takes exactly one argument (the instance to initialize)",
                      cls);
  }
  return 0;
}

Value objectRepr(Value self) {
  Class *cls = classOf(self);
  Value module = krt_class_module(cls);
  if (module && strCheck(module) && !krt_str_equal(module.as<Str>(), KSTR(builtins)))
    return krt_str_format("<%S.%S object at %p>", module, Value(cls->qualname), self.asObject());
  return krt_str_format("<%S object at %p>", Value(cls->qualname), self.asObject());
}
Value objectStr(Value self) { return krt_repr_py(self); }
int objectHash(Value self, int64_t *out) {
  auto hash = static_cast<int64_t>(self.bits >> 4 | self.bits << 60);
  *out = hash == -1 ? -2 : hash;
  return 0;
}
Value objectCompare(Value a, Value b, CompareOp op) {
  if (op == CompareOp::Eq)
    return a == b ? kTrue : kNotImplemented;
  if (op != CompareOp::Ne)
    return kNotImplemented;
  auto compare = classOf(a)->slots.richcompare;
  if (!compare)
    return kNotImplemented;
  Value same = compare(a, b, CompareOp::Eq);
  if (!same || same == kNotImplemented)
    return same;
  int truth = krt_truth_py(same);
  return truth < 0 ? Value() : boolean(!truth);
}

} // namespace

Class krt_object_class = {
    .flags = kClassBase,
    .nativeName = "object",
    .basicSize = sizeof(Object),
    .slots = {.repr = objectRepr,
              .str = objectStr,
              .hash = objectHash,
              .richcompare = objectCompare,
              .init = objectInit,
              .make = objectMake},
    .methods = krt_object_defs,
    .doc = "The base class of the class hierarchy.\n\nWhen called, it accepts no arguments and returns a new "
           "featureless\n"
           "instance that has no instance attributes and cannot be given any.\n",
    .newSignature = "()",
};

Value krt_object_class_of(Value self) { return classOf(self); }

/// The name in `__slots__` of the word that [cls] added at [offset]; null if there is none.
static Str *slotAt(Class *cls, uint32_t offset) {
  uint32_t position = 0;
  while (DictEntry *entry = krt_dict_next(cls->dict, &position))
    if (isExact(entry->value, krt_member_descriptor_class) &&
        entry->value.as<MemberDescriptor>()->offset == offset)
      return entry->key.as<Str>();
  return nullptr;
}

bool krt_object_setClass_py(Value self, Value value) {
  if (!value)
    return krt_raise(kTypeError, "can't delete __class__ attribute"), false;
  if (!hasClassFlag(value, kClassTypeSub))
    return krt_raise(kTypeError, "__class__ must be set to a class, not '%T' object", value), false;
  TRY_AUDIT("object.__setattr__", self, strFrom("__class__"), value);
  Class *to = value.as<Class>(), *from = classOf(self);
  bool modules = krt_subclass(to, &krt_module_class) && krt_subclass(from, &krt_module_class);
  if (!modules && (!(to->flags & kClassHeap) || !(from->flags & kClassHeap)))
    return krt_raise(kTypeError,
                     "__class__ assignment only supported for mutable types or ModuleType subclasses"),
           false;
  if (to == from)
    return true;
  auto layoutRoot = [](Class *cls) { // the class that added the last word of the struct
    while (cls->base && cls->base->basicSize == cls->basicSize && cls->base->itemSize == cls->itemSize &&
           (cls->base->extraOffset != 0) == (cls->extraOffset != 0))
      cls = cls->base;
    return cls;
  };
  auto sameLayout = [&](Class *a, Class *b) {
    if (a->basicSize != b->basicSize || a->itemSize != b->itemSize || a->extraOffset != b->extraOffset ||
        (a->flags ^ b->flags) & kClassWeakref)
      return false;
    Class *x = layoutRoot(a), *y = layoutRoot(b);
    if (x == y)
      return true;
    // Two classes that add the same slots to one base fit too.
    if (x->base != y->base)
      return false;
    for (uint32_t offset = x->base->basicSize & ~7u; offset < x->basicSize; offset += 8)
      if (slotAt(x, offset) != slotAt(y, offset))
        return false;
    return true;
  };
  if (!modules && !sameLayout(from, to)) {
    return krt_raise(kTypeError, "__class__ assignment: '%N' object layout differs from '%N'", to, from),
           false;
  }
  Object *object = self.asObject();
  Shape *shape = object->shape;
  if (!(shape->flags & kShapeHasExtra) || shape->flags & kShapeDictMode) {
    object->shape = shape->flags & kShapeDictMode ? to->dictShape : to->rootShape;
  } else {
    GcVector<Str *> names;
    for (Shape *at = shape; at->name; at = at->parent)
      names.push(at->name);
    Shape *target = to->rootShape;
    bool same = target->inlineSlots == shape->inlineSlots;
    while (same && target && !names.empty())
      target = krt_shape_add(target, names.pop());
    if (same && target) {
      object->shape = target;
    } else {
      krt_instance_dict(self);
      object->shape = to->dictShape;
    }
  }
  if ((to->flags & kClassHasDel) && !(from->flags & kClassHasDel))
    krt_gc_set_finalizer(object, [](Object *dead) {
      if (auto finalize = classOf(dead)->slots.finalize)
        finalize(dead);
    });
  return true;
}

Value krt_object_initSubclass(Value cls, ArgSpan args, Dict *kwargs) {
  if (args.size)
    return krt_raise(kTypeError, "%N.__init_subclass__() takes no arguments (%zu given)", cls.as<Class>(),
                     args.size);
  if (kwargs && kwargs->used)
    return krt_raise(kTypeError, "%N.__init_subclass__() takes no keyword arguments", cls.as<Class>());
  return kNone;
}
Value krt_object_subclassHook(Value, Value) { return kNotImplemented; }

Value krt_object_format_py(Value self, Value spec) {
  if (!strCheck(spec))
    return krt_raise(kTypeError, "__format__() argument must be str, not %T", spec);
  if (spec.as<Str>()->length())
    return krt_raise(kTypeError, "unsupported format string passed to %.200T.__format__", self);
  return krt_str_of_py(self);
}

Value krt_object_dir_py(Value self) {
  Dict *names;
  Value dict = krt_getattr_optional_py(self, KSTR(__dict__));
  if (!dict && errorPending())
    return {};
  names = dict && hasClassFlag(dict, kClassDictSub) ? krt_dict_copy(dict.as<Dict>()) : krt_dict_new();
  Value cls = krt_getattr_optional_py(self, KSTR(__class__));
  if (!cls && errorPending())
    return {};
  if (cls && krt_type_merge_dir_py(names, cls) < 0)
    return {};
  return krt_list_from_py(names);
}

Value krt_object_sizeof(Value self) {
  Class *cls = classOf(self);
  int64_t bytes = cls->basicSize;
  if (self.isObject() && self.asObject()->shape->flags & kShapeHasExtra && cls->extraOffset >= cls->basicSize)
    bytes += 8 + 8 * self.asObject()->shape->inlineSlots;
  if (cls->itemSize && self.isObject())
    bytes += cls->itemSize * (cls->itemSize == 1 ? self.as<Bytes>()->length + 1 : self.as<Tuple>()->length);
  return smallInt(bytes);
}

// ---- Pickling ---------------------------------------------------------------------------------------

static Value copyreg_py(Str *name) {
  Value import = TRY(krt_builtin_py(KSTR(__import__)));
  Value module = TRY(krt_call1_py(import, KSTR(copyreg)));
  return krt_getattr_py(module, name);
}

/// The default state: attributes, and with __slots__ a pair of attributes and slots. [required]: refuse what
/// has hidden state.
static Value defaultState_py(Value self, bool required) {
  Class *cls = classOf(self);
  if (required && cls->itemSize)
    return krt_raise(kTypeError, "cannot pickle %.200T objects", self);
  Value state = kNone;
  if (Dict *dict = krt_instance_dict_copy(self))
    state = dict->used ? Value(dict) : kNone;
  else if (Value own = krt_getattr_optional_py(self, KSTR(__dict__)))
    state = own;
  else if (errorPending())
    return {};
  Value names = krt_dict_get_str(cls->dict, KSTR(__slotnames__));
  if (!names) {
    names = krt_call1_py(TRY(copyreg_py(KSTR(_slotnames))), cls);
    if (!names)
      return {};
  }
  int64_t count = names == kNone ? 0 : TRY_INT(krt_length_py(names));
  if (required) {
    // Words beyond object's and those of __slots__ are native state that nobody wrote down.
    uint32_t known = krt_object_class.basicSize + 8 * static_cast<uint32_t>(count);
    if (cls->basicSize > known)
      return krt_raise(kTypeError, "cannot pickle '%.200T' object", self);
  }
  if (count == 0)
    return state;
  Dict *slots = krt_dict_new();
  for (int64_t i = 0; i < count; ++i) {
    Value name = TRY(krt_getitem_py(names, smallInt(i)));
    Value v = krt_getattr_optional_py(self, name.as<Str>());
    if (v)
      krt_dict_set_str(slots, name.as<Str>(), v);
    else if (errorPending())
      return {};
  }
  if (slots->used == 0)
    return state;
  Value pair[] = {state, slots};
  return krt_tuple_from(pair, 2);
}

Value krt_object_getState_py(Value self) { return defaultState_py(self, false); }

static Value newArguments_py(Value self, Value *kwargs) {
  *kwargs = Value();
  // Both are looked up on the class alone: a __getattr__ of the object is not asked.
  Value receiver, method = krt_special_lookup_py(self, KSTR(__getnewargs_ex__), &receiver);
  if (method) {
    Value pair = TRY(krt_call_with_self_py(method, receiver, nullptr, 0, nullptr));
    if (!hasClassFlag(pair, kClassTupleSub))
      return krt_raise(kTypeError, "__getnewargs_ex__ should return a tuple, not '%.200T'", pair);
    auto *items = pair.as<Tuple>();
    if (items->length != 2)
      return krt_raise(kValueError, "__getnewargs_ex__ should return a tuple of length 2, not %zd",
                       static_cast<ssize_t>(items->length));
    if (!hasClassFlag(items->items[0], kClassTupleSub))
      return krt_raise(kTypeError,
                       "first item of the tuple returned by __getnewargs_ex__ must be a tuple, not '%.200T'",
                       items->items[0]);
    if (!hasClassFlag(items->items[1], kClassDictSub))
      return krt_raise(kTypeError,
                       "second item of the tuple returned by __getnewargs_ex__ must be a dict, not '%.200T'",
                       items->items[1]);
    *kwargs = items->items[1];
    return items->items[0];
  }
  if (errorPending())
    return {};
  method = krt_special_lookup_py(self, KSTR(__getnewargs__), &receiver);
  if (!method)
    return {};
  Value args = TRY(krt_call_with_self_py(method, receiver, nullptr, 0, nullptr));
  if (!hasClassFlag(args, kClassTupleSub))
    return krt_raise(kTypeError, "__getnewargs__ should return a tuple, not '%.200T'", args);
  return args;
}

static Value reduceNew_py(Value self) {
  Class *cls = classOf(self);
  if (!cls->slots.make)
    return krt_raise(kTypeError, "cannot pickle '%.200T' object", self);
  Value kwargs, args = newArguments_py(self, &kwargs);
  if (!args && errorPending())
    return {};
  bool hasArgs = static_cast<bool>(args);
  GcVector<Value> newArgs;
  Value maker;
  if (kwargs && kwargs.as<Dict>()->used) {
    maker = TRY(copyreg_py(KSTR(__newobj_ex__)));
    newArgs.push(cls);
    newArgs.push(args);
    newArgs.push(kwargs);
  } else {
    maker = TRY(copyreg_py(KSTR(__newobj__)));
    newArgs.push(cls);
    for (int64_t i = 0; hasArgs && i < args.as<Tuple>()->length; ++i)
      newArgs.push(args.as<Tuple>()->items[i]);
  }
  bool list = hasClassFlag(self, kClassListSub), dict = hasClassFlag(self, kClassDictSub);
  // Only the default __getstate__ may refuse objects with hidden state.
  Value getState = krt_class_lookup(cls, KSTR(__getstate__));
  Value state;
  if (getState == krt_dict_get_str(krt_object_class.dict, KSTR(__getstate__)))
    state = TRY(defaultState_py(self, !hasArgs && !list && !dict));
  else
    state = TRY(krt_call_method_py(self, KSTR(__getstate__), nullptr, 0));
  Value listItems = kNone, dictItems = kNone;
  if (list)
    listItems = TRY(krt_iter_py(self));
  if (dict) {
    Value items = TRY(krt_call_method_py(self, KSTR(items), nullptr, 0));
    dictItems = TRY(krt_iter_py(items));
  }
  Value parts[] = {maker, krt_tuple_from(newArgs.data(), newArgs.size()), state, listItems, dictItems};
  return krt_tuple_from(parts, 5);
}

static Value commonReduce_py(Value self, int64_t protocol) {
  if (protocol >= 2)
    return reduceNew_py(self);
  return krt_call2_py(TRY(copyreg_py(KSTR(_reduce_ex))), self, smallInt(protocol));
}
Value krt_object_reduce_py(Value self) { return commonReduce_py(self, 0); }
Value krt_object_reduceEx_py(Value self, int64_t protocol) {
  Value own = krt_class_lookup(classOf(self), KSTR(__reduce__));
  if (own != krt_dict_get_str(krt_object_class.dict, KSTR(__reduce__)))
    return krt_call_method_py(self, KSTR(__reduce__), nullptr, 0);
  return commonReduce_py(self, protocol);
}

} // namespace krait

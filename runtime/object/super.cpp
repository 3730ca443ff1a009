// super.cpp - super(): explicit, and without arguments by looking at the calling activation.
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/descriptors.h"
#include "runtime/object/errors.h"
#include "runtime/object/exceptions.h"
#include "runtime/object/function.h"
#include "runtime/object/protocol.h"
#include "runtime/object/str.h"

namespace krait {
namespace {

struct Super : Object {
  Class *cls;       // __thisclass__
  Value object;     // __self__, null if unbound
  Class *objectCls; // __self_class__
};

/// The class whose MRO is searched: the object itself if it is a subclass of [cls], else its class. Null with
/// TypeError.
Class *check_py(Class *cls, Value object) {
  if (hasClassFlag(object, kClassTypeSub) && krt_subclass(object.as<Class>(), cls))
    return object.as<Class>();
  if (krt_instance(object, cls))
    return classOf(object);
  Value claimed = krt_getattr_optional_py(object, KSTR(__class__)); // proxies
  if (claimed && hasClassFlag(claimed, kClassTypeSub) && claimed != Value(classOf(object)) &&
      krt_subclass(claimed.as<Class>(), cls))
    return claimed.as<Class>();
  if (!errorPending())
    krt_raise(kTypeError, "super(type, obj): obj must be an instance or subtype of type");
  return nullptr;
}

/// Class and first argument of the calling method.
bool implicit(Value *cls, Value *object) {
  Frame *frame = krt_thread.frame;
  if (!frame) {
    krt_raise(kRuntimeError, "super(): no current frame");
    return false;
  }
  Code *code = frame->code;
  if (code->argCount == 0 || !frame->function) {
    krt_raise(kRuntimeError, "super(): no arguments");
    return false;
  }
  Value first = frame->flags & kFrameBare ? Value() : frame->registers[0];
  for (int64_t i = 0; first && i < code->cellvars->length; ++i)
    if (code->cellRegs[i] == 0 && isExact(first, krt_cell_class)) { // captured by an inner function
      first = first.as<Cell>()->value;
      break;
    }
  if (!first) {
    krt_raise(kRuntimeError, "super(): arg[0] deleted");
    return false;
  }
  for (int64_t i = 0; code->freevars && i < code->freevars->length; ++i) {
    if (!krt_str_equal(code->freevars->items[i].as<Str>(), KSTR(__class__)))
      continue;
    Value found = frame->function->closure->items[i].as<Cell>()->value;
    if (!found) {
      krt_raise(kRuntimeError, "super(): empty __class__ cell");
      return false;
    }
    if (!hasClassFlag(found, kClassTypeSub)) {
      krt_raise(kRuntimeError, "super(): __class__ is not a type (%T)", found);
      return false;
    }
    *cls = found;
    *object = first;
    return true;
  }
  krt_raise(kRuntimeError, "super(): __class__ cell not found");
  return false;
}

Value superMake(Class *cls, const Value *, size_t, Tuple *) { return krt_instance_new(cls, 0); }

int superInit(Value self, const Value *args, size_t nargs, Tuple *kwnames) {
  auto *super = self.as<Super>();
  if (kwnames && kwnames->length)
    return raiseInt(kTypeError, "super() takes no keyword arguments");
  if (nargs > 2)
    return raiseInt(kTypeError, "super() expected at most 2 arguments, got %zu", nargs);
  Value cls, object;
  if (nargs == 0) {
    if (!implicit(&cls, &object))
      return -1;
  } else {
    cls = args[0];
    if (!hasClassFlag(cls, kClassTypeSub))
      return raiseInt(kTypeError, "super() argument 1 must be a type, not %T", cls);
    if (nargs == 2 && args[1] != kNone)
      object = args[1];
  }
  if (object) {
    super->objectCls = check_py(cls.as<Class>(), object);
    if (!super->objectCls)
      return -1;
  }
  super->cls = cls.as<Class>();
  super->object = object;
  return 0;
}

Value superGetAttr(Value self, Str *name) {
  auto *super = self.as<Super>();
  if (super->objectCls && super->objectCls->mro && name != KSTR(__class__)) {
    Tuple *mro = super->objectCls->mro;
    int64_t i = 0;
    while (i < mro->length && mro->items[i] != Value(super->cls))
      ++i;
    for (++i; i < mro->length; ++i) {
      Value v = krt_dict_get_str(mro->items[i].as<Class>()->dict, name);
      if (!v)
        continue;
      auto get = classOf(v)->slots.descrGet;
      if (!get)
        return v;
      return get(v, super->object == Value(super->objectCls) ? Value() : super->object, super->objectCls);
    }
  }
  return krt_object_getattr_py(self, name);
}

Value superGet(Value self, Value object, Value) {
  auto *super = self.as<Super>();
  if (!object || object == kNone || super->object)
    return self;
  if (classOf(self) != &krt_super_class) {
    Value args[] = {super->cls, object};
    return krt_call_py(classOf(self), args, 2, nullptr);
  }
  Class *objectCls = TRY(check_py(super->cls, object));
  auto *bound = gcNew<Super>(krt_super_class);
  bound->cls = super->cls;
  bound->object = object;
  bound->objectCls = objectCls;
  return bound;
}

Value superRepr(Value self) {
  auto *super = self.as<Super>();
  const char *name = super->cls ? krt_class_name(super->cls) : "NULL";
  if (super->objectCls)
    return krt_str_format("<super: <class '%s'>, <%N object>>", name, super->objectCls);
  return krt_str_format("<super: <class '%s'>, NULL>", name);
}

} // namespace

Class krt_super_class = {
    .flags = kClassBase,
    .nativeName = "super",
    .basicSize = sizeof(Super),
    .slots = {.repr = superRepr,
              .getattr = superGetAttr,
              .descrGet = superGet,
              .init = superInit,
              .make = superMake},
    .doc = "super() -> same as super(__class__, <first argument>)\nsuper(type) -> unbound super object\n"
           "super(type, obj) -> bound super object; requires isinstance(obj, type)\n"
           "super(type, type2) -> bound super object; requires issubclass(type2, type)\n"
           "Typical use to call a cooperative superclass method:\nclass C(B):\n    def meth(self, arg):\n"
           "        super().meth(arg)",
};

void krt_super_start() {
  struct Field {
    const char *name;
    size_t offset;
  };
  for (Field field :
       {Field{"__thisclass__", offsetof(Super, cls)}, Field{"__self__", offsetof(Super, object)},
        Field{"__self_class__", offsetof(Super, objectCls)}}) {
    MemberDescriptor *member = krt_member_descriptor_new(&krt_super_class, strIntern(field.name),
                                                         static_cast<uint32_t>(field.offset));
    member->readOnly = member->unsetIsNone = true;
    krt_dict_set_str(krt_super_class.dict, member->name, member);
  }
}

} // namespace krait

// property.cpp - property, staticmethod, classmethod.
#include "runtime/object/property.h"
#include "runtime/object/args.h"
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/exceptions.h"
#include "runtime/object/protocol.h"
#include "runtime/object/slots.h"
#include "runtime/object/str.h"

#include "runtime/object/property.bind.inc"

namespace krait {

namespace {

Value orNone(Value v) { return v ? v : kNone; }
Property *property(Value v) { return v.as<Property>(); }

Value propertyGet(Value self, Value object, Value) {
  if (!object || object == kNone)
    return self;
  Property *p = property(self);
  if (__builtin_expect(p->get && p->get != kNone, 1))
    return krt_call1_py(p->get, object);
  Str *qualname = classOf(object)->qualname;
  if (p->name)
    return krt_raise(kAttributeError, "property %R of %R object has no getter", p->name, Value(qualname));
  return krt_raise(kAttributeError, "property of %R object has no getter", Value(qualname));
}

int propertySet(Value self, Value object, Value value) {
  Property *p = property(self);
  Value function = value ? p->set : p->del;
  if (!function || function == kNone) {
    const char *what = value ? "setter" : "deleter";
    Value qualname = classOf(object)->qualname;
    return p->name ? raiseInt(kAttributeError, "property %R of %R object has no %s", p->name, qualname, what)
                   : raiseInt(kAttributeError, "property of %R object has no %s", qualname, what);
  }
  return (value ? krt_call2_py(function, object, value) : krt_call1_py(function, object)) ? 0 : -1;
}

/// The docstring of the getter, unless one was given. Subclasses keep it in their __dict__.
int takeDoc_py(Value self, Value doc) {
  Property *p = property(self);
  p->docFromGetter = false;
  if ((!doc || doc == kNone) && p->get && p->get != kNone) {
    Value found = krt_getattr_optional_py(p->get, KSTR(__doc__));
    if (!found && errorPending())
      return -1;
    if (found && found != kNone) {
      doc = found;
      p->docFromGetter = true;
    }
  }
  p->doc = orNone(doc);
  if (!isExact(self, krt_property_class) && p->doc != kNone)
    return krt_setattr_py(self, KSTR(__doc__), p->doc);
  return 0;
}

int propertyInit(Value self, const Value *args, size_t nargs, Tuple *kwnames) {
  static const ParamInfo params[] = {
      {"fget", false, false}, {"fset", false, false}, {"fdel", false, false}, {"doc", false, false}};
  static const SignatureInfo signature = {
      "property", "property", &krt_property_class, NativeKind::New, 0, 4, 0, 4, false, false, params};
  Value out[4];
  if (!krt_args_parse(&signature, args, nargs, kwnames, out, nullptr, nullptr))
    return -1;
  Property *p = property(self);
  p->get = out[0] == kNone ? Value() : out[0];
  p->set = out[1] == kNone ? Value() : out[1];
  p->del = out[2] == kNone ? Value() : out[2];
  p->name = Value();
  return takeDoc_py(self, out[3]);
}

Value instanceMake(Class *cls, const Value *, size_t, Tuple *) { return krt_instance_new(cls, 0); }

Value copyWith_py(Value self, Value get, Value set, Value del) {
  Property *p = property(self);
  Value doc = p->docFromGetter && orNone(get ? get : p->get) != kNone ? kNone : orNone(p->doc);
  Value args[] = {orNone(get ? get : p->get), orNone(set ? set : p->set), orNone(del ? del : p->del), doc};
  Value made = TRY(krt_call_py(classOf(self), args, 4, nullptr));
  if (krt_instance(made, &krt_property_class))
    property(made)->name = p->name;
  return made;
}

Value isAbstract_py(Value function) {
  if (!function || function == kNone)
    return kFalse;
  Value flag = krt_getattr_optional_py(function, KSTR(__isabstractmethod__));
  if (!flag)
    return errorPending() ? Value() : kFalse;
  int truth = krt_truth_py(flag);
  return truth < 0 ? Value() : boolean(truth);
}

} // namespace

Class krt_property_class = {
    .flags = kClassBase,
    .nativeName = "property",
    .basicSize = sizeof(Property),
    .slots = {.descrGet = propertyGet, .descrSet = propertySet, .init = propertyInit, .make = instanceMake},
    .methods = krt_property_defs,
    .doc =
        "Property attribute.\n\nCalls fget, fset and fdel when the attribute is read, assigned and deleted.",
    .newSignature = "(fget=None, fset=None, fdel=None, doc=None)",
};

Value krt_property_doc(Value self) { return orNone(property(self)->doc); }
bool krt_property_setDoc(Value self, Value value) {
  property(self)->doc = orNone(value);
  return true;
}
Value krt_property_isAbstract_py(Value self) {
  for (Value function : {property(self)->get, property(self)->set, property(self)->del}) {
    Value flag = TRY(isAbstract_py(function));
    if (flag == kTrue)
      return kTrue;
  }
  return kFalse;
}
Value krt_property_getter_py(Value self, Value fget) { return copyWith_py(self, fget, {}, {}); }
Value krt_property_setter_py(Value self, Value fset) { return copyWith_py(self, {}, fset, {}); }
Value krt_property_deleter_py(Value self, Value fdel) { return copyWith_py(self, {}, {}, fdel); }
Value krt_property_setName(Value self, ArgSpan args) {
  if (args.size != 2)
    return krt_raise(kTypeError, "__set_name__() takes 2 positional arguments but %zu were given", args.size);
  property(self)->name = args.data[1];
  return kNone;
}

// ---- staticmethod, classmethod ----------------------------------------------------------------------

namespace {

StaticMethod *wrapper(Value v) { return v.as<StaticMethod>(); }

int wrapperInit(Value self, const Value *args, size_t nargs, Tuple *kwnames) {
  const char *name = krt_instance(self, &krt_staticmethod_class) ? "staticmethod" : "classmethod";
  if (kwnames && kwnames->length)
    return raiseInt(kTypeError, "%s() takes no keyword arguments", name);
  if (nargs != 1)
    return raiseInt(kTypeError, "%s expected 1 argument, got %zd", name, static_cast<ssize_t>(nargs));
  wrapper(self)->function = args[0];
  // As functools.wraps does.
  for (Str *copied :
       {KSTR(__module__), KSTR(__name__), KSTR(__qualname__), KSTR(__doc__), KSTR(__annotations__)}) {
    Value v = krt_getattr_optional_py(args[0], copied);
    if (!v) {
      if (errorPending())
        return -1;
      continue;
    }
    krt_instance_set(self.asObject(), copied, v);
  }
  return 0;
}
Value staticGet(Value self, Value, Value) {
  if (Value f = wrapper(self)->function)
    return f;
  return krt_raise(kRuntimeError, "uninitialized staticmethod object");
}
Value staticCall(Value callee, const Value *args, size_t nargs, Tuple *kwnames) {
  return krt_call_py(wrapper(callee)->function, args, nargs, kwnames);
}
Value classGet(Value self, Value object, Value cls) {
  Value f = wrapper(self)->function;
  if (!f)
    return krt_raise(kRuntimeError, "uninitialized classmethod object");
  if (!cls)
    cls = classOf(object);
  if (isExact(f, krt_function_class))
    return krt_method_new(f, cls);
  if (auto get = classOf(f)->slots.descrGet) // class methods of properties and the like
    return get(f, cls, cls);
  return krt_method_new(f, cls);
}
Value staticRepr(Value self) { return krt_str_format("<staticmethod(%R)>", wrapper(self)->function); }
Value classRepr(Value self) { return krt_str_format("<classmethod(%R)>", wrapper(self)->function); }

} // namespace

Class krt_staticmethod_class = {
    .flags = kClassBase,
    .nativeName = "staticmethod",
    .basicSize = sizeof(StaticMethod),
    .extraOffset = offsetof(StaticMethod, dict),
    .slots = {.repr = staticRepr,
              .call = staticCall,
              .descrGet = staticGet,
              .init = wrapperInit,
              .make = instanceMake},
    .methods = krt_staticmethod_defs,
    .doc = "Make a function a static method: it receives no implicit first argument.",
};
Class krt_classmethod_class = {
    .flags = kClassBase,
    .nativeName = "classmethod",
    .basicSize = sizeof(StaticMethod),
    .extraOffset = offsetof(StaticMethod, dict),
    .slots = {.repr = classRepr, .descrGet = classGet, .init = wrapperInit, .make = instanceMake},
    .methods = krt_classmethod_defs,
    .doc = "Make a function a class method: it receives the class as its first argument.",
};

Value krt_staticmethod_isAbstract_py(Value self) { return isAbstract_py(wrapper(self)->function); }

} // namespace krait

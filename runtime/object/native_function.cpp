// native_function.cpp - functions written in C++ and the descriptors through which classes offer them.
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/descriptors.h"
#include "runtime/object/errors.h"
#include "runtime/object/exceptions.h"
#include "runtime/object/protocol.h"
#include "runtime/object/slots.h"
#include "runtime/object/str.h"

#include <cstring>

#include "runtime/object/descriptors.bind.inc"

namespace krait {

namespace {

NativeFunction *native(Value v) { return v.as<NativeFunction>(); }

bool takesReceiver(const NativeDef *def) {
  return def->kind == NativeKind::Method || def->kind == NativeKind::ClassMethod ||
         def->kind == NativeKind::Slot;
}

/// Bound or free native function.
Value nativeCall(Value callee, const Value *args, size_t nargs, Tuple *kwnames) {
  auto *f = native(callee);
  if (!f->self || !takesReceiver(f->def))
    return f->def->entry(callee, args, nargs, kwnames);
  return withSelf(f->self, args, nargs, kwnames,
                  [&](const Value *argv, size_t n) { return f->def->entry(callee, argv, n, kwnames); });
}

/// Method of a class called with the receiver first; the entry checks the receiver.
Value methodDescriptorCall(Value callee, const Value *args, size_t nargs, Tuple *kwnames) {
  auto *f = native(callee);
  if (__builtin_expect(nargs == 0, 0))
    return krt_raise(kTypeError, "unbound method %N.%s() needs an argument", f->cls, f->def->name);
  if (__builtin_expect(classOf(args[0]) != f->cls && !krt_instance(args[0], f->cls), 0))
    return krt_raise(kTypeError, "descriptor '%s' for '%.100N' objects doesn't apply to a '%.100T' object",
                     f->def->name, f->cls, args[0]);
  return f->def->entry(callee, args, nargs, kwnames);
}

Value slotWrapperCall(Value callee, const Value *args, size_t nargs, Tuple *kwnames) {
  auto *f = native(callee);
  if (__builtin_expect(nargs == 0, 0))
    return krt_raise(kTypeError, "descriptor '%s' of '%.100N' object needs an argument", f->def->name,
                     f->cls);
  if (__builtin_expect(!krt_instance(args[0], f->cls), 0))
    return krt_raise(kTypeError, "descriptor '%s' requires a '%.100N' object but received a '%.100T'",
                     f->def->name, f->cls, args[0]);
  return f->def->entry(callee, args, nargs, kwnames);
}

Value classMethodDescriptorCall(Value callee, const Value *args, size_t nargs, Tuple *kwnames) {
  auto *f = native(callee);
  if (nargs == 0)
    return krt_raise(kTypeError, "descriptor '%s' of '%.100N' object needs an argument", f->def->name,
                     f->cls);
  if (!hasClassFlag(args[0], kClassTypeSub) || !krt_subclass(args[0].as<Class>(), f->cls))
    return krt_raise(kTypeError, "descriptor '%s' requires a subtype of '%.100N' but received '%.100R'",
                     f->def->name, f->cls, args[0]);
  return f->def->entry(callee, args, nargs, kwnames);
}

bool applies(Value descriptor, Value object) {
  Class *cls = native(descriptor)->cls;
  if (krt_instance(object, cls))
    return true;
  krt_raise(kTypeError, "descriptor '%s' for '%.100N' objects doesn't apply to a '%.100T' object",
            native(descriptor)->def->name, cls, object);
  return false;
}

Value bind(Class &cls, Value descriptor, Value self) {
  auto *bound = gcNew<NativeFunction>(cls);
  bound->def = native(descriptor)->def;
  bound->self = self;
  bound->cls = native(descriptor)->cls;
  return bound;
}
Value methodDescriptorGet(Value self, Value object, Value) {
  if (!object)
    return self;
  return applies(self, object) ? bind(krt_native_function_class, self, object) : Value();
}
Value slotWrapperGet(Value self, Value object, Value) {
  if (!object)
    return self;
  return applies(self, object) ? bind(krt_method_wrapper_class, self, object) : Value();
}
Value classMethodDescriptorGet(Value self, Value object, Value cls) {
  if (!cls)
    cls = classOf(object);
  if (!hasClassFlag(cls, kClassTypeSub))
    return krt_raise(kTypeError, "descriptor '%s' for type '%.100N' needs a type, not a '%.100T' as arg 2",
                     native(self)->def->name, native(self)->cls, cls);
  if (!krt_subclass(cls.as<Class>(), native(self)->cls))
    return krt_raise(kTypeError, "descriptor '%s' requires a subtype of '%.100N' but received '%.100N'",
                     native(self)->def->name, native(self)->cls, cls.as<Class>());
  return bind(krt_native_function_class, self, cls);
}

Value getsetGet(Value self, Value object, Value) {
  if (!object)
    return self;
  if (!applies(self, object))
    return {};
  auto *f = native(self);
  if (!f->def->entry)
    return krt_raise(kAttributeError, "attribute '%s' of '%.100N' objects is not readable", f->def->name,
                     f->cls);
  return f->def->entry(self, &object, 1, nullptr);
}
int getsetSet(Value self, Value object, Value value) {
  if (!applies(self, object))
    return -1;
  auto *f = native(self);
  if (!f->def->setEntry)
    return raiseInt(kAttributeError, "attribute '%s' of '%.100N' objects is not writable", f->def->name,
                    f->cls);
  Value args[] = {object, value};
  f->def->setEntry(self, args, 2, nullptr);
  return errorPending() ? -1 : 0;
}

// ---- repr, comparison -------------------------------------------------------------------------------

Value nativeRepr(Value self) {
  auto *f = native(self);
  if (!f->self || krt_instance(f->self, &krt_module_class))
    return krt_str_format("<built-in function %s>", f->def->name);
  return krt_str_format("<built-in method %s of %T object at %p>", f->def->name, f->self, f->self.asObject());
}
Value methodDescriptorRepr(Value self) {
  return krt_str_format("<method '%s' of '%N' objects>", native(self)->def->name, native(self)->cls);
}
Value slotWrapperRepr(Value self) {
  return krt_str_format("<slot wrapper '%s' of '%N' objects>", native(self)->def->name, native(self)->cls);
}
Value methodWrapperRepr(Value self) {
  return krt_str_format("<method-wrapper '%s' of %T object at %p>", native(self)->def->name,
                        native(self)->self, native(self)->self.asObject());
}
Value getsetRepr(Value self) {
  return krt_str_format("<attribute '%s' of '%N' objects>", native(self)->def->name, native(self)->cls);
}
Value boundCompare(Value a, Value b, CompareOp op) {
  if ((op != CompareOp::Eq && op != CompareOp::Ne) || classOf(a) != classOf(b))
    return kNotImplemented;
  bool same = native(a)->def == native(b)->def && native(a)->self == native(b)->self;
  return boolean(same == (op == CompareOp::Eq));
}
int boundHash(Value self, int64_t *out) {
  uint64_t a = reinterpret_cast<uint64_t>(native(self)->def) >> 4, b = native(self)->self.bits;
  int64_t hash = static_cast<int64_t>(a ^ (b >> 4 | b << 60));
  *out = hash == -1 ? -2 : hash;
  return 0;
}

// ---- Members ----------------------------------------------------------------------------------------------

Value *memberWord(Value self, Value object) {
  auto *member = self.as<MemberDescriptor>();
  if (krt_instance(object, member->cls))
    return reinterpret_cast<Value *>(reinterpret_cast<char *>(object.asObject()) + member->offset);
  krt_raise(kTypeError, "descriptor '%S' for '%.100N' objects doesn't apply to a '%.100T' object",
            Value(member->name), member->cls, object);
  return nullptr;
}
Value memberGet(Value self, Value object, Value) {
  if (!object)
    return self;
  Value *word = TRY(memberWord(self, object));
  auto *member = self.as<MemberDescriptor>();
  if (*word)
    return *word;
  if (member->unsetIsNone)
    return kNone;
  return krt_raise_attribute_error(object, member->name, "'%.100T' object has no attribute '%S'", object,
                                   Value(member->name));
}
int memberSet(Value self, Value object, Value value) {
  Value *word = TRY_OR_MINUS(memberWord(self, object));
  auto *member = self.as<MemberDescriptor>();
  if (member->readOnly)
    return raiseInt(kAttributeError, "readonly attribute");
  if (!value && !*word && !member->unsetIsNone)
    return raiseInt(kAttributeError, "%S", Value(member->name));
  *word = value;
  return 0;
}
Value memberRepr(Value self) {
  auto *member = self.as<MemberDescriptor>();
  return krt_str_format("<member '%S' of '%N' objects>", Value(member->name), member->cls);
}

} // namespace

Class krt_native_function_class = {
    .nativeName = "builtin_function_or_method",
    .basicSize = sizeof(NativeFunction),
    .slots = {.repr = nativeRepr, .hash = boundHash, .call = nativeCall, .richcompare = boundCompare},
    .methods = krt_native_function_defs,
};
Class krt_method_descriptor_class = {
    .flags = kClassMethodDescr,
    .nativeName = "method_descriptor",
    .basicSize = sizeof(NativeFunction),
    .slots = {.repr = methodDescriptorRepr, .call = methodDescriptorCall, .descrGet = methodDescriptorGet},
    .methods = krt_method_descriptor_defs,
};
Class krt_classmethod_descriptor_class = {
    .nativeName = "classmethod_descriptor",
    .basicSize = sizeof(NativeFunction),
    .slots = {.repr = methodDescriptorRepr,
              .call = classMethodDescriptorCall,
              .descrGet = classMethodDescriptorGet},
    .methods = krt_classmethod_descriptor_defs,
};
Class krt_slot_wrapper_class = {
    .flags = kClassMethodDescr,
    .nativeName = "wrapper_descriptor",
    .basicSize = sizeof(NativeFunction),
    .slots = {.repr = slotWrapperRepr, .call = slotWrapperCall, .descrGet = slotWrapperGet},
    .methods = krt_slot_wrapper_defs,
};
Class krt_method_wrapper_class = {
    .nativeName = "method-wrapper",
    .basicSize = sizeof(NativeFunction),
    .slots = {.repr = methodWrapperRepr, .hash = boundHash, .call = nativeCall, .richcompare = boundCompare},
    .methods = krt_method_wrapper_defs,
};
Class krt_getset_descriptor_class = {
    .nativeName = "getset_descriptor",
    .basicSize = sizeof(NativeFunction),
    .slots = {.repr = getsetRepr, .descrGet = getsetGet, .descrSet = getsetSet},
    .methods = krt_getset_descriptor_defs,
};
Class krt_member_descriptor_class = {
    .nativeName = "member_descriptor",
    .basicSize = sizeof(MemberDescriptor),
    .slots = {.repr = memberRepr, .descrGet = memberGet, .descrSet = memberSet},
    .methods = krt_member_descriptor_defs,
};

NativeFunction *krt_native_function_new(const NativeDef *def, Value self, Value module) {
  auto *f = gcNew<NativeFunction>(krt_native_function_class);
  f->def = def;
  f->self = self;
  f->module = module;
  return f;
}

MemberDescriptor *krt_member_descriptor_new(Class *cls, Str *name, uint32_t offset) {
  auto *member = gcNew<MemberDescriptor>(krt_member_descriptor_class);
  member->cls = cls;
  member->name = name;
  member->offset = offset;
  return member;
}

/// Fields that programs see as they are, but cannot change; None where there is nothing.
void krt_members_start() {
  struct {
    Class &cls;
    const char *name;
    size_t offset;
    const char *doc;
  } const members[] = {
      {krt_function_class, "__globals__", offsetof(Function, globals), nullptr},
      {krt_function_class, "__closure__", offsetof(Function, closure), nullptr},
      {krt_method_class, "__func__", offsetof(BoundMethod, function),
       "the function that implements the method"},
      {krt_method_class, "__self__", offsetof(BoundMethod, self), "the object that the method is bound to"},
      {krt_staticmethod_class, "__func__", offsetof(StaticMethod, function), nullptr},
      {krt_staticmethod_class, "__wrapped__", offsetof(StaticMethod, function), nullptr},
      {krt_classmethod_class, "__func__", offsetof(StaticMethod, function), nullptr},
      {krt_classmethod_class, "__wrapped__", offsetof(StaticMethod, function), nullptr},
      {krt_property_class, "fget", offsetof(Property, get), nullptr},
      {krt_property_class, "fset", offsetof(Property, set), nullptr},
      {krt_property_class, "fdel", offsetof(Property, del), nullptr},
  };
  for (auto &field : members) {
    MemberDescriptor *member =
        krt_member_descriptor_new(&field.cls, strIntern(field.name), static_cast<uint32_t>(field.offset));
    member->readOnly = member->unsetIsNone = true;
    member->doc = field.doc;
    krt_dict_set_str(field.cls.dict, member->name, member);
  }
}

Value krt_native_name(Value self) { return strFrom(native(self)->def->name); }

Value krt_native_qualname(Value self) {
  auto *f = native(self);
  Class *owner = f->cls;
  if (f->self && takesReceiver(f->def) && !owner)
    owner = classOf(f->self);
  if (f->def->kind == NativeKind::New ||
      (f->self && (f->def->kind == NativeKind::ClassMethod || f->def->kind == NativeKind::StaticMethod)))
    owner = f->self.as<Class>();
  if (!owner)
    return strFrom(f->def->name);
  return krt_str_format("%S.%s", Value(owner->qualname), f->def->name);
}

Value krt_native_doc(Value self) {
  return native(self)->def->doc ? Value(strFrom(native(self)->def->doc)) : kNone;
}
Value krt_native_textSignature(Value self) {
  const char *text = native(self)->def->textSignature;
  return text ? Value(strFrom(text)) : kNone;
}
/// A module function's __self__ is its module in CPython; ours keeps only the name, so there it is None.
Value krt_native_self(Value self) { return native(self)->self ? native(self)->self : kNone; }
Value krt_native_module(Value self) { return native(self)->module ? native(self)->module : kNone; }
Value krt_native_objclass(Value self) { return native(self)->cls; }

Value krt_native_reduce_py(Value self) {
  auto *f = native(self);
  Value name = strFrom(f->def->name);
  Value holder = f->self && !krt_instance(f->self, &krt_module_class) ? f->self
                 : f->cls                                             ? Value(f->cls)
                                                                      : Value();
  if (!holder)
    return name;
  Value getattr = TRY(krt_builtin_py(KSTR(getattr)));
  Value inner[] = {holder, name};
  Value pair[] = {getattr, krt_tuple_from(inner, 2)};
  return krt_tuple_from(pair, 2);
}

Value krt_member_name(Value self) { return self.as<MemberDescriptor>()->name; }
Value krt_member_qualname(Value self) {
  auto *member = self.as<MemberDescriptor>();
  return krt_str_format("%S.%S", Value(member->cls->qualname), Value(member->name));
}
Value krt_member_objclass(Value self) { return self.as<MemberDescriptor>()->cls; }
Value krt_member_doc(Value self) {
  const char *doc = self.as<MemberDescriptor>()->doc;
  return doc ? Value(strFrom(doc)) : kNone;
}
Value krt_member_reduce_py(Value self) {
  Value getattr = TRY(krt_builtin_py(KSTR(getattr)));
  Value inner[] = {self.as<MemberDescriptor>()->cls, self.as<MemberDescriptor>()->name};
  Value pair[] = {getattr, krt_tuple_from(inner, 2)};
  return krt_tuple_from(pair, 2);
}

} // namespace krait

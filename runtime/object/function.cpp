// function.cpp - Python functions and bound methods as objects. How functions are entered is
// runtime/interp's.
#include "runtime/object/function.h"
#include "runtime/abi/native_code.h"

#include "runtime/object/audit.h"
#include "runtime/object/cells.h"
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/exceptions.h"
#include "runtime/object/function_methods.h"
#include "runtime/object/protocol.h"
#include "runtime/object/slots.h"
#include "runtime/object/state.h"
#include "runtime/object/str.h"

#include "runtime/object/function_methods.bind.inc"

namespace krait {

namespace {

uint32_t nextFunctionVersion = 1;

Value orNone(Value v) { return v ? v : kNone; }
Function *asFunction(Value v) { return v.as<Function>(); }

Value functionCall(Value callee, const Value *args, size_t nargs, Tuple *kwnames) {
  return asFunction(callee)->entry(callee, args, nargs, kwnames);
}
Value functionGet(Value self, Value object, Value) { return object ? krt_method_new(self, object) : self; }
Value functionRepr(Value self) {
  return krt_str_format("<function %S at %p>", Value(asFunction(self)->qualname), self.asObject());
}

/// Compiled code knows its module's variables by their places.
NativeEntry entryOf(Code *code, Dict *globals) {
  return !code->native || code->native->worksOn(globals) ? code->entry : code->native->interpreted;
}

/// A changed function gets a new version, so that caches of its calling convention let go of it.
void changed(Function *function) {
  function->version = ++nextFunctionVersion & ~kFunctionReassigned;
  if (krt_cells_active)
    krt_cells_function_changed(function);
}

} // namespace

Class krt_function_class = {
    .flags = kClassMethodDescr,
    .nativeName = "function",
    .basicSize = sizeof(Function),
    .extraOffset = offsetof(Function, dict),
    .slots = {.repr = functionRepr, .call = functionCall, .descrGet = functionGet, .make = krt_function_make},
    .methods = krt_function_defs,
    .doc = "Create a function object.",
};

extern "C" Class krt_foreign_builtins_class;
/// A `__builtins__` that is no dictionary.
struct ForeignBuiltins : Dict {
  Value object;
};

static Value foreignGetItem(Value self, Value key) {
  return krt_getitem_py(self.as<ForeignBuiltins>()->object, key);
}

Class krt_foreign_builtins_class = {
    .nativeName = "builtins_mapping",
    .base = &krt_dict_class,
    .basicSize = sizeof(ForeignBuiltins),
    .slots = {.getitem = foreignGetItem},
};

Dict *krt_builtins_of(Dict *globals) {
  Value builtins = krt_dict_get_str(globals, KSTR(__builtins__));
  if (!builtins)
    return krt_thread.frame ? krt_thread.frame->builtins : krt_builtins_dict();
  if (krt_instance(builtins, &krt_module_class))
    return builtins.as<Module>()->dict;
  if (hasClassFlag(builtins, kClassDictSub))
    return builtins.as<Dict>();
  auto *foreign = static_cast<ForeignBuiltins *>(krt_instance_new(&krt_foreign_builtins_class, 0));
  krt_dict_set_str(foreign, KSTR(__builtins__), builtins);
  foreign->object = builtins;
  return foreign;
}

Value krt_builtins_shown(Dict *builtins) {
  return isExact(builtins, krt_foreign_builtins_class) ? static_cast<ForeignBuiltins *>(builtins)->object
                                                       : Value(builtins);
}

Function *krt_function_new(Code *code, Dict *globals, Tuple *defaults, Dict *kwdefaults, Value annotations,
                           Tuple *closure) {
  auto *f = gcNew<Function>(krt_function_class);
  f->entry = entryOf(code, globals);
  f->code = code;
  f->globals = globals;
  f->builtins = krt_builtins_of(globals);
  f->defaults = defaults;
  f->kwdefaults = kwdefaults;
  f->closure = closure;
  f->name = code->name;
  f->qualname = code->qualname;
  f->annotations = annotations;
  // The front end puts the docstring, or None, first among the constants.
  f->doc = code->constCount && strCheck(code->consts[0]) ? code->consts[0] : kNone;
  f->module = orNone(krt_dict_get_str(globals, KSTR(__name__)));
  f->version = ++nextFunctionVersion;
  if (__builtin_expect(krt_cells_active, 0))
    krt_cells_function_made(f);
  return f;
}

Value krt_function_name(Value self) { return asFunction(self)->name; }
bool krt_function_setName(Value self, Value value) {
  if (!value || !strCheck(value))
    return krt_raise(kTypeError, "__name__ must be set to a string object"), false;
  asFunction(self)->name = value.as<Str>();
  return true;
}
Value krt_function_qualname(Value self) { return asFunction(self)->qualname; }
bool krt_function_setQualname(Value self, Value value) {
  if (!value || !strCheck(value))
    return krt_raise(kTypeError, "__qualname__ must be set to a string object"), false;
  asFunction(self)->qualname = value.as<Str>();
  return true;
}
Value krt_function_doc(Value self) { return orNone(asFunction(self)->doc); }
bool krt_function_setDoc(Value self, Value value) {
  asFunction(self)->doc = orNone(value);
  return true;
}
Value krt_function_module(Value self) { return orNone(asFunction(self)->module); }
bool krt_function_setModule(Value self, Value value) {
  asFunction(self)->module = orNone(value);
  return true;
}
Value krt_function_code_py(Value self) {
  TRY_AUDIT("object.__getattr__", self, strFrom("__code__"));
  return asFunction(self)->code;
}
bool krt_function_setCode_py(Value self, Value value) {
  Function *f = asFunction(self);
  if (!value || !isExact(value, krt_code_class))
    return krt_raise(kTypeError, "__code__ must be set to a code object"), false;
  TRY_AUDIT("object.__setattr__", self, strFrom("__code__"), value);
  auto *code = value.as<Code>();
  int64_t free = code->freevars ? code->freevars->length : 0, cells = f->closure ? f->closure->length : 0;
  if (free != cells)
    return krt_raise(kValueError, "%S() requires a code object with %lld free vars, not %lld", Value(f->name),
                     cells, free),
           false;
  f->code = code;
  f->entry = entryOf(code, f->globals);
  changed(f);
  return true;
}
Value krt_function_defaults_py(Value self) {
  TRY_AUDIT("object.__getattr__", self, strFrom("__defaults__"));
  return asFunction(self)->defaults ? Value(asFunction(self)->defaults) : kNone;
}
/// Setting None takes them away, as CPython's events have it. False with an exception pending.
static bool auditDefaults_py(Value self, const char *name, Value value) {
  if (value && value != kNone)
    TRY_AUDIT("object.__setattr__", self, strFrom(name), value);
  else
    TRY_AUDIT("object.__delattr__", self, strFrom(name));
  return true;
}
bool krt_function_setDefaults_py(Value self, Value value) {
  if (value && value != kNone && !hasClassFlag(value, kClassTupleSub))
    return krt_raise(kTypeError, "__defaults__ must be set to a tuple object"), false;
  if (!auditDefaults_py(self, "__defaults__", value))
    return false;
  asFunction(self)->defaults = value && value != kNone ? value.as<Tuple>() : nullptr;
  changed(asFunction(self));
  return true;
}
Value krt_function_kwdefaults_py(Value self) {
  TRY_AUDIT("object.__getattr__", self, strFrom("__kwdefaults__"));
  return asFunction(self)->kwdefaults ? Value(asFunction(self)->kwdefaults) : kNone;
}
bool krt_function_setKwdefaults_py(Value self, Value value) {
  if (value && value != kNone && !hasClassFlag(value, kClassDictSub))
    return krt_raise(kTypeError, "__kwdefaults__ must be set to a dict object"), false;
  if (!auditDefaults_py(self, "__kwdefaults__", value))
    return false;
  asFunction(self)->kwdefaults = value && value != kNone ? value.as<Dict>() : nullptr;
  changed(asFunction(self));
  return true;
}
Value krt_function_annotations(Value self) {
  Function *f = asFunction(self);
  if (!f->annotations) {
    f->annotations = krt_dict_new();
  } else if (isExact(f->annotations, krt_tuple_class)) { // (name, value, ...) as MakeFunction left it
    auto *pairs = f->annotations.as<Tuple>();
    Dict *dict = krt_dict_new_sized(static_cast<size_t>(pairs->length / 2));
    for (int64_t i = 0; i + 1 < pairs->length; i += 2)
      krt_dict_set_str(dict, pairs->items[i].as<Str>(), pairs->items[i + 1]);
    f->annotations = dict;
  }
  return f->annotations;
}
bool krt_function_setAnnotations(Value self, Value value) {
  if (value && value != kNone && !hasClassFlag(value, kClassDictSub))
    return krt_raise(kTypeError, "__annotations__ must be set to a dict object"), false;
  asFunction(self)->annotations = value == kNone ? Value() : value;
  return true;
}
Value krt_function_builtins(Value self) {
  Value builtins = asFunction(self)->builtins;
  return builtins ? krt_builtins_shown(builtins.as<Dict>()) : kNone;
}

Value krt_function_create_py(Class *, Value code, Dict *globals, Value name, Value argdefs, Value closure) {
  if (!isExact(code, krt_code_class))
    return krt_raise(kTypeError, "function() argument 'code' must be code, not %.50T", code);
  if (name && name != kNone && !strCheck(name))
    return krt_raise(kTypeError, "arg 3 (name) must be None or string");
  if (argdefs && argdefs != kNone && !hasClassFlag(argdefs, kClassTupleSub))
    return krt_raise(kTypeError, "arg 4 (defaults) must be None or tuple");
  Tuple *free = code.as<Code>()->freevars;
  int64_t wanted = free ? free->length : 0;
  bool given = closure && closure != kNone;
  if (given ? !hasClassFlag(closure, kClassTupleSub) : wanted != 0)
    return krt_raise(kTypeError,
                     given ? "arg 5 (closure) must be None or tuple" : "arg 5 (closure) must be tuple");
  int64_t length = given ? closure.as<Tuple>()->length : 0;
  if (length != wanted)
    return krt_raise(kValueError, "%S requires closure of length %lld, not %lld",
                     Value(code.as<Code>()->name), wanted, length);
  for (int64_t i = 0; i < length; ++i)
    if (!isExact(closure.as<Tuple>()->items[i], krt_cell_class))
      return krt_raise(kTypeError, "arg 5 (closure) expected cell, found %T", closure.as<Tuple>()->items[i]);
  TRY_AUDIT("function.__new__", code);
  Function *f =
      krt_function_new(code.as<Code>(), globals, argdefs && argdefs != kNone ? argdefs.as<Tuple>() : nullptr,
                       nullptr, {}, given && length ? closure.as<Tuple>() : nullptr);
  if (name && name != kNone)
    f->name = name.as<Str>();
  return f;
}

// ---- Bound methods ----------------------------------------------------------------------------------------

namespace {

Value methodCall(Value callee, const Value *args, size_t nargs, Tuple *kwnames) {
  auto *method = callee.as<BoundMethod>();
  return krt_call_with_self_py(method->function, method->self, args, nargs, kwnames);
}
Value methodRepr(Value self) {
  auto *method = self.as<BoundMethod>();
  Value name = krt_getattr_optional_py(method->function, KSTR(__qualname__));
  if (!name && !errorPending())
    name = krt_getattr_optional_py(method->function, KSTR(__name__));
  if (errorPending())
    return {};
  if (name && strCheck(name))
    return krt_str_format("<bound method %S of %R>", name, method->self);
  return krt_str_format("<bound method ? of %R>", method->self);
}
int methodHash(Value self, int64_t *out) {
  int64_t hash;
  if (krt_hash_py(self.as<BoundMethod>()->function, &hash) < 0)
    return -1;
  uint64_t identity = self.as<BoundMethod>()->self.bits;
  hash ^= static_cast<int64_t>(identity >> 4 | identity << 60);
  *out = hash == -1 ? -2 : hash;
  return 0;
}
Value methodCompare(Value a, Value b, CompareOp op) {
  if ((op != CompareOp::Eq && op != CompareOp::Ne) || !isExact(a, krt_method_class) ||
      !isExact(b, krt_method_class))
    return kNotImplemented;
  int same = krt_equal_py(a.as<BoundMethod>()->function, b.as<BoundMethod>()->function);
  if (same < 0)
    return {};
  same = same && a.as<BoundMethod>()->self == b.as<BoundMethod>()->self;
  return boolean(same == (op == CompareOp::Eq));
}
/// Attributes of the method type itself, then those of the function.
Value methodGetAttr(Value self, Str *name) {
  if (krt_class_lookup(&krt_method_class, name))
    return krt_object_getattr_py(self, name);
  return krt_getattr_py(self.as<BoundMethod>()->function, name);
}

} // namespace

Class krt_method_class = {
    .nativeName = "method",
    .basicSize = sizeof(BoundMethod),
    .slots = {.repr = methodRepr,
              .hash = methodHash,
              .call = methodCall,
              .getattr = methodGetAttr,
              .richcompare = methodCompare,
              .make = krt_method_make},
    .methods = krt_method_defs,
    .doc = "Create a bound instance method object.",
};

Value krt_method_new(Value function, Value self) {
  auto *method = gcNew<BoundMethod>(krt_method_class);
  method->function = function;
  method->self = self;
  return method;
}
Value krt_method_doc_py(Value self) {
  return krt_getattr_py(self.as<BoundMethod>()->function, KSTR(__doc__));
}
Value krt_method_reduce_py(Value self) {
  auto *method = self.as<BoundMethod>();
  Value name = TRY(krt_getattr_py(method->function, KSTR(__name__)));
  Value getattr = TRY(krt_builtin_py(KSTR(getattr)));
  Value inner[] = {method->self, name};
  Value pair[] = {getattr, krt_tuple_from(inner, 2)};
  return krt_tuple_from(pair, 2);
}
Value krt_method_create(Class *, Value function, Value instance) {
  if (!krt_callable(function))
    return krt_raise(kTypeError, "first argument must be callable");
  if (instance == kNone)
    return krt_raise(kTypeError, "instance must not be None");
  return krt_method_new(function, instance);
}

} // namespace krait

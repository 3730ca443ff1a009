// _ctypes_functions.cpp - see _ctypes_functions.h: conversion of arguments and results, calls, parameter
// flags.
//
// Arguments of plain simple types are stored where libffi takes them from without an object in between; the
// work libffi does for a call (ffi_prep_cif) is kept with the function as long as the C types of its
// arguments stay the same.
#include "stdlib/native/_ctypes_functions.h"

#include "runtime/object/args.h"
#include "runtime/object/audit.h"
#include "runtime/object/bytes.h"
#include "runtime/object/function.h"
#include "stdlib/native/_ctypes_types.h"
#include "stdlib/native/library_lock.h"

#include <algorithm>
#include <alloca.h>
#include <cerrno>
#include <dlfcn.h>

#include "stdlib/native/_ctypes_functions.bind.inc"

namespace krait {

namespace {

CFunction *functionOf(Value v) { return v.as<CFunction>(); }

// ---- Signatures -----------------------------------------------------------------------------------------

/// The class whose own from_param [converter] is, if it is a plain simple type; or null.
Class *directClass(Value converter, Value cls) {
  CType *type = ctypeOfValue(cls);
  if (!type || type->kind != CKind::Simple || !isExact(converter, krt_native_function_class))
    return nullptr;
  auto *function = converter.as<NativeFunction>();
  return function->self == cls &&
                 function->def->typedEntry == reinterpret_cast<void *>(krt_ctype_fromParam_py)
             ? cls.as<Class>()
             : nullptr;
}

CSignature *makeSignature_py(Value types) {
  // Not just any iterable: a sequence of types.
  if (!hasClassFlag(types, kClassTupleSub) && !hasClassFlag(types, kClassListSub)) {
    krt_raise(kTypeError, "_argtypes_ must be a sequence of types");
    return nullptr;
  }
  Tuple *classes = TRY(krt_tuple_from_py(types));
  auto count = static_cast<size_t>(classes->length);
  if (count > kMaxArguments) {
    krt_raise(krt_ctypes_argument_error, "_argtypes_ has too many arguments (%zu), maximum is %d", count,
              static_cast<int>(kMaxArguments));
    return nullptr;
  }
  auto *signature = static_cast<CSignature *>(gcAllocate(sizeof(CSignature) + count * sizeof(Class *)));
  signature->types = types;
  signature->classes = classes;
  signature->converters = krt_tuple_new(count);
  signature->count = classes->length;
  for (size_t i = 0; i < count; ++i) {
    Value converter = krt_getattr_optional_py(classes->items[i], KSTR(from_param));
    if (!converter) {
      if (!errorPending())
        krt_raise(kTypeError, "item %zu in _argtypes_ has no from_param method", i + 1);
      return nullptr;
    }
    signature->converters->items[i] = converter;
    signature->direct[i] = directClass(converter, classes->items[i]);
  }
  return signature;
}

CSignature *signatureOf(CFunction *function) {
  return function->signatureSet ? function->signature : ctypeOfObject(function)->signature;
}

/// Is [value] something that results can be made by? [checker] is its _check_retval_, if any.
bool resultType_py(Value value, Value *checker, const char *what) {
  if (value != kNone && !ctypeOfValue(value) && !krt_callable(value)) {
    krt_raise(kTypeError, "%s must be a type, a callable, or None", what);
    return false;
  }
  *checker = krt_getattr_optional_py(value, KSTR(_check_retval_));
  return *checker || !errorPending();
}

// ---- Arguments --------------------------------------------------------------------------------------------

/// Where an argument lies while it is passed.
struct Passed {
  ffi_type *type;
  void *at;
  Value kept;
  alignas(8) uint8_t own[8];

  void put(ffi_type *ffi, uint64_t word) {
    type = ffi;
    at = own;
    std::memcpy(own, &word, 8);
  }
  void putAddress(const void *address, Value owner) {
    put(&ffi_type_pointer, reinterpret_cast<uint64_t>(address));
    kept = owner;
  }
};

/// Common values for parameters of simple types; false: by the long way.
inline bool passDirect(const Class *cls, Value value, Passed *passed) {
  const CType *type = ctypeOf(cls);
  const CCodec *codec = type->codec;
  if (type->swapped || cls->base != &krt_csimple_class)
    return false;
  switch (codec->code) {
  case 'd':
  case 'f': {
    double number;
    if (value.isImmediateFloat())
      number = value.asImmediateFloat();
    else if (value.isInt())
      number = static_cast<double>(value.asInt());
    else
      return false;
    if (codec->code == 'd') {
      passed->put(&ffi_type_double, std::bit_cast<uint64_t>(number));
    } else {
      auto narrow = static_cast<float>(number);
      passed->put(&ffi_type_float, std::bit_cast<uint32_t>(narrow));
    }
    return true;
  }
  case 'z':
    if (isExact(value, krt_bytes_class)) {
      passed->putAddress(value.as<Bytes>()->data, value);
      return true;
    }
    [[fallthrough]];
  case 'Z':
    if (value == kNone) {
      passed->putAddress(nullptr, {});
      return true;
    }
    return false;
  case 'P':
    if (value == kNone || value.isInt()) {
      passed->put(&ffi_type_pointer, value == kNone ? 0 : static_cast<uint64_t>(value.asInt()));
      return true;
    }
    if (isExact(value, krt_bytes_class)) {
      passed->putAddress(value.as<Bytes>()->data, value);
      return true;
    }
    return false;
  case 'O':
    passed->putAddress(reinterpret_cast<void *>(value.bits), value);
    return true;
  default:
    if (!codec->integer || codec->code == '?' || !value.isInt())
      return false;
    passed->put(codec->ffi, static_cast<uint64_t>(value.asInt()));
    return true;
  }
}

/// Argument number [index] as its own class says. False with an exception pending.
bool passAny_py(Value value, size_t index, Passed *passed) {
  CountedCall call; // _as_parameter_ may refer to itself
  if (call.tooDeep(" while converting an argument"))
    return false;
  passed->kept = value;
  if (isCData(value)) {
    CArgument *argument = argumentOf(cdata(value));
    if (!argument)
      return false;
    value = argument;
    passed->kept = value;
  }
  if (isExact(value, krt_cargument_class)) {
    auto *argument = value.as<CArgument>();
    passed->type = argument->ffi;
    passed->at = argument->memory ? argument->memory : static_cast<void *>(&argument->value);
    return true;
  }
  if (value == kNone) {
    passed->putAddress(nullptr, value);
    return true;
  }
  if (krt_int_check(value)) {
    Value plain = krt_int_plain(value);
    int64_t narrow;
    uint64_t wide;
    if (krt_int_to_u64(plain, &wide))
      passed->put(&ffi_type_sint, wide);
    else if (krt_int_to_i64(plain, &narrow))
      passed->put(&ffi_type_sint, static_cast<uint64_t>(narrow));
    else
      return krt_raise(kOverflowError, "int too long to convert"), false;
    return true;
  }
  if (bytesCheck(value)) {
    passed->putAddress(value.as<Bytes>()->data, value);
    return true;
  }
  if (strCheck(value)) {
    uint8_t stored[8];
    Value text = codecFor('Z')->set(stored, value, 8);
    if (!text)
      return false;
    passed->putAddress(text.as<Bytes>()->data, text);
    return true;
  }
  Value stand = krt_getattr_optional_py(value, KSTR(_as_parameter_));
  if (stand)
    return passAny_py(stand, index, passed);
  if (!errorPending())
    krt_raise(kTypeError, "Don't know how to convert parameter %zu", index + 1);
  return false;
}

bool pass_py(CSignature *signature, const Value *args, size_t count, Passed *passed) {
  size_t known = signature ? static_cast<size_t>(signature->count) : 0;
  for (size_t i = 0; i < count; ++i) {
    Value value = args[i];
    if (i < known) {
      if (signature->direct[i] && passDirect(signature->direct[i], value, &passed[i]))
        continue;
      value = krt_call1_py(signature->converters->items[i], value);
    }
    if (value && passAny_py(value, i, &passed[i]))
      continue;
    extendError_py(krt_ctypes_argument_error, krt_str_format("argument %zu: ", i + 1));
    return false;
  }
  return true;
}

// ---- Calls ------------------------------------------------------------------------------------------------

CPrepared *prepare(ffi_type *result, const Passed *passed, size_t count, CPrepared **kept) {
  if (kept && *kept) {
    CPrepared *known = *kept;
    bool same = known->result == result && known->count == count;
    for (size_t i = 0; same && i < count; ++i)
      same = known->types[i] == passed[i].type;
    if (same)
      return known;
  }
  auto *made = static_cast<CPrepared *>(gcAllocate(sizeof(CPrepared) + count * sizeof(ffi_type *)));
  made->result = result;
  made->count = count;
  for (size_t i = 0; i < count; ++i)
    made->types[i] = passed[i].type;
  if (ffi_prep_cif(&made->cif, FFI_DEFAULT_ABI, static_cast<unsigned>(count), result, made->types) !=
      FFI_OK) {
    krt_raise(kRuntimeError, "ffi_prep_cif failed");
    return nullptr;
  }
  if (kept)
    *kept = made;
  return made;
}

void invoke(CPrepared *prepared, void *address, int flags, void *result, void **values) {
  auto *entry = reinterpret_cast<void (*)()>(address);
  bool ownErrno = flags & kFunctionErrno;
  auto run = [&] {
    if (ownErrno)
      std::swap(errno, krt_ctypes_errno);
    ffi_call(&prepared->cif, entry, result, values);
    if (ownErrno)
      std::swap(errno, krt_ctypes_errno);
  };
  if (flags & kFunctionPythonApi)
    return run();
  LibraryUnlocked unlocked;
  run();
}

/// What a function returned, as [result] (a C type, a callable, None) wants it; a C int if [plainInt].
Value convertResult_py(Value result, bool plainInt, Value checker, uint8_t *data) {
  int32_t number;
  std::memcpy(&number, data, sizeof number);
  if (plainInt)
    return smallInt(number);
  if (result == kNone)
    return kNone;
  if (!ctypeOfValue(result))
    return krt_call1_py(result, smallInt(number));
  Value value = TRY(readPart(result.as<Class>(), nullptr, 0, data));
  if (!checker)
    return value;
  return krt_call1_py(checker, value);
}

} // namespace

Value callForeign_py(void *address, int flags, CSignature *signature, Value result, bool plainInt,
                     Value checker, const Value *args, size_t count, CPrepared **prepared) {
  if (count > kMaxArguments)
    return krt_raise(krt_ctypes_argument_error, "too many arguments (%zu), maximum is %d", count,
                     static_cast<int>(kMaxArguments));
  auto *passed = static_cast<Passed *>(alloca((count + 1) * sizeof(Passed)));
  auto *values = static_cast<void **>(alloca((count + 1) * sizeof(void *)));
  std::fill_n(passed, count, Passed{});
  if (!pass_py(signature, args, count, passed))
    return {};
  for (size_t i = 0; i < count; ++i)
    values[i] = passed[i].at;
  CType *type = plainInt || result == kNone ? nullptr : ctypeOfValue(result);
  ffi_type *returned = plainInt          ? &ffi_type_sint
                       : result == kNone ? &ffi_type_void
                       : type            ? ffiOf(result.as<Class>())
                                         : &ffi_type_sint;
  CPrepared *work = TRY(prepare(returned, passed, count, prepared));
  alignas(16) uint8_t small[64] = {};
  uint8_t *data = small;
  if (type && type->size > static_cast<int64_t>(sizeof small))
    data = TRY(newBlock(type->size));
  invoke(work, address, flags, data, values);
  if ((flags & kFunctionPythonApi) && errorPending())
    return {};
  return convertResult_py(result, plainInt, checker, data);
}

// ---- Parameter flags ----------------------------------------------------------------------------

namespace {

enum Direction : int64_t { kIn = 1, kOut = 2, kLcid = 4 };

/// A (flags[, name[, default]]) of paramflags.
struct Parameter {
  int64_t flags;
  Value name, fallback; // or null
};
bool readParameter(Value item, Parameter *parameter) {
  auto *parts = hasClassFlag(item, kClassTupleSub) ? item.as<Tuple>() : nullptr;
  if (!parts || parts->length < 1 || parts->length > 3 || !krt_int_check(parts->items[0]) ||
      !krt_int_to_i64(krt_int_plain(parts->items[0]), &parameter->flags) ||
      (parts->length > 1 && parts->items[1] != kNone && !strCheck(parts->items[1]))) {
    krt_raise(kTypeError, "paramflags must be a sequence of (int [,string [,value]]) tuples");
    return false;
  }
  parameter->name = parts->length > 1 && parts->items[1] != kNone ? parts->items[1] : Value();
  parameter->fallback = parts->length > 2 ? parts->items[2] : Value();
  return true;
}

bool checkParameters(CSignature *signature, Value flags, Tuple **out) {
  *out = nullptr;
  if (!flags || flags == kNone || !signature)
    return true;
  if (!hasClassFlag(flags, kClassTupleSub)) {
    krt_raise(kTypeError, "paramflags must be a tuple or None");
    return false;
  }
  auto *items = flags.as<Tuple>();
  if (items->length != signature->count) {
    krt_raise(kValueError, "paramflags must have the same length as argtypes");
    return false;
  }
  for (int64_t i = 0; i < items->length; ++i) {
    Parameter parameter;
    if (!readParameter(items->items[i], &parameter))
      return false;
    switch (parameter.flags & (kIn | kOut | kLcid)) {
    case 0:
    case kIn:
    case kIn | kLcid:
    case kIn | kOut:
      break;
    case kOut: {
      CType *type = ctypeOfValue(signature->classes->items[i]);
      bool address = type && (type->kind == CKind::Pointer || type->kind == CKind::Array ||
                              type->kind == CKind::Function ||
                              (type->kind == CKind::Simple && std::strchr("PzZO", type->codec->code)));
      if (!address) {
        Value cls = signature->classes->items[i];
        krt_raise(kTypeError, "'out' parameter %d must be a pointer type, not %s", static_cast<int>(i + 1),
                  krt_class_name(hasClassFlag(cls, kClassTypeSub) ? cls.as<Class>() : classOf(cls)));
        return false;
      }
      break;
    }
    default:
      krt_raise(kTypeError, "paramflag value %d not supported", static_cast<int>(parameter.flags));
      return false;
    }
  }
  *out = items;
  return true;
}

Value valueFor(const Parameter &parameter, const Value *args, size_t nargs, Tuple *kwnames, size_t *used) {
  if (*used < nargs)
    return args[(*used)++];
  for (int64_t k = 0; parameter.name && kwnames && k < kwnames->length; ++k)
    if (krt_str_equal(kwnames->items[k].as<Str>(), parameter.name.as<Str>())) {
      ++*used;
      return args[nargs + static_cast<size_t>(k)];
    }
  if (parameter.fallback)
    return parameter.fallback;
  return parameter.name ? krt_raise(kTypeError, "required argument '%S' missing", parameter.name)
                        : krt_raise(kTypeError, "not enough arguments");
}

/// Fills [values] (one per parameter) from the arguments of a call; [kinds] gets what is a result: 0, kOut,
/// kIn | kOut.
bool spread_py(CFunction *function, CSignature *signature, const Value *args, size_t nargs, Tuple *kwnames,
               Value *values, uint8_t *kinds) {
  size_t used = 0;
  for (int64_t i = 0; i < signature->count; ++i) {
    Parameter parameter;
    if (!readParameter(function->paramFlags->items[i], &parameter))
      return false;
    kinds[i] = 0;
    switch (parameter.flags & (kIn | kOut | kLcid)) {
    case kIn | kLcid:
      values[i] = parameter.fallback ? parameter.fallback : smallInt(0);
      break;
    case kOut: {
      kinds[i] = kOut;
      if (parameter.fallback) {
        values[i] = parameter.fallback;
        break;
      }
      CType *type = ctypeOfValue(signature->classes->items[i]);
      Value cls = type->kind == CKind::Array ? signature->classes->items[i] : Value(type->item);
      if (!cls) {
        krt_raise(kTypeError, "%S 'out' parameter must be passed as default value",
                  Value(krt_repr_py(signature->classes->items[i])));
        return false;
      }
      values[i] = krt_call0_py(cls);
      break;
    }
    case kIn | kOut:
      kinds[i] = kIn | kOut;
      [[fallthrough]];
    default:
      values[i] = valueFor(parameter, args, nargs, kwnames, &used);
    }
    if (!values[i])
      return false;
  }
  size_t given = nargs + static_cast<size_t>(kwnames ? kwnames->length : 0);
  if (given != used) {
    krt_raise(kTypeError, "call takes exactly %d arguments (%zu given)", static_cast<int>(used), given);
    return false;
  }
  return true;
}

/// The results among the arguments: one, or a tuple; [result] if there are none.
Value gather_py(Value result, const Value *values, const uint8_t *kinds, size_t count) {
  GcVector<Value> results;
  for (size_t i = 0; i < count; ++i) {
    if (kinds[i] == kOut)
      results.push(TRY(krt_call_method_py(values[i], KSTR(__ctypes_from_outparam__), nullptr, 0)));
    else if (kinds[i])
      results.push(values[i]);
  }
  if (results.empty())
    return result;
  return results.size() == 1 ? results[0] : Value(krt_tuple_from(results.data(), results.size()));
}

Value checked_py(CFunction *function, Value result, const Value *values, size_t count, bool *done) {
  *done = false;
  if (!function->errcheck)
    return result;
  Tuple *arguments = krt_tuple_from(values, count);
  Value checked = krt_call3_py(function->errcheck, result, function, arguments);
  *done = !checked || checked != Value(arguments); // the arguments mean: go on
  return checked;
}

Value callFunction_py(Value callee, const Value *args, size_t nargs, Tuple *kwnames) {
  CFunction *function = functionOf(callee);
  CType *type = ctypeOfObject(function);
  CSignature *signature = signatureOf(function);
  Value result = function->result ? function->result : type->result;
  Value checker = function->result ? function->checker : type->checker;
  void *address;
  std::memcpy(&address, function->data, sizeof address);
  if (!address)
    return krt_raise(kValueError, "attempt to call a NULL function pointer"); // CPython's process would end
  Value *values = const_cast<Value *>(args);
  uint8_t *kinds = nullptr;
  size_t count = nargs;
  if (function->paramFlags && signature) {
    count = static_cast<size_t>(signature->count);
    values = static_cast<Value *>(alloca((count + 1) * sizeof(Value)));
    kinds = static_cast<uint8_t *>(alloca(count + 1));
    if (!spread_py(function, signature, args, nargs, kwnames, values, kinds))
      return {};
  }
  if (signature && count != static_cast<size_t>(signature->count)) {
    int64_t required = signature->count;
    const char *plural = required == 1 ? "" : "s";
    if (!(type->functionFlags & kFunctionCdecl))
      return krt_raise(kTypeError, "this function takes %d argument%s (%d given)", static_cast<int>(required),
                       plural, static_cast<int>(count));
    if (count < static_cast<size_t>(required))
      return krt_raise(kTypeError, "this function takes at least %d argument%s (%d given)",
                       static_cast<int>(required), plural, static_cast<int>(count));
  }
  Value returned = TRY(callForeign_py(address, type->functionFlags, signature, result, !result, checker,
                                      values, count, &function->prepared));
  if (function->errcheck) {
    bool done;
    Value checked = checked_py(function, returned, values, count, &done);
    if (done)
      return checked;
  }
  return kinds ? gather_py(returned, values, kinds, count) : returned;
}

// ---- Making functions ---------------------------------------------------------------------------

/// (name, library): the function of a library.
Value functionFrom_py(Class *cls, Tuple *where, Value flags) {
  if (where->length != 2)
    return krt_raise(kTypeError, "illegal func_spec argument");
  Value name = where->items[0], library = where->items[1];
  const char *text;
  size_t size;
  if (bytesCheck(name))
    text = reinterpret_cast<const char *>(name.as<Bytes>()->data);
  else if (strCheck(name))
    text = TRY(krt_str_utf8(name.as<Str>(), &size));
  else
    return krt_raise(kTypeError, "function name must be string, bytes object or integer");
  TRY_INT(audit_py("ctypes.dlsym", {library, name}));
  Value handle = TRY(krt_getattr_py(library, KSTR(_handle)));
  if (!krt_int_check(handle))
    return krt_raise(kTypeError, "the _handle attribute of the second argument must be an integer");
  void *address = ::dlsym(reinterpret_cast<void *>(lowBits(krt_int_plain(handle))), text);
  if (!address)
    return krt_raise(kAttributeError, "%s", ::dlerror());
  Tuple *parameters;
  if (!checkParameters(ctypeOf(cls)->signature, flags, &parameters))
    return {};
  auto *function = reinterpret_cast<CFunction *>(TRY(newObject(cls)));
  function->paramFlags = parameters;
  std::memcpy(function->data, &address, sizeof address);
  TRY_INT(keepAlive(function, 0, library));
  return function;
}

Value makeFunction_py(Class *cls, const Value *args, size_t nargs, Tuple *kwnames) {
  CType *type = ctypeOf(cls);
  if (!type)
    return krt_raise(kTypeError, "abstract class");
  if (nargs == 0)
    return newObject(cls);
  if (hasClassFlag(args[0], kClassTupleSub)) {
    if (nargs > 2)
      return krt_raise(kTypeError, "function takes at most 2 arguments (%zu given)", nargs);
    return functionFrom_py(cls, args[0].as<Tuple>(), nargs > 1 ? args[1] : Value());
  }
  if (nargs > 1)
    return krt_raise(kTypeError, "function takes exactly 1 argument (%zu given)", nargs);
  if (krt_int_check(args[0])) {
    CData *function = TRY(newObject(cls));
    uint64_t address = lowBits(krt_int_plain(args[0]));
    std::memcpy(function->data, &address, sizeof address);
    return function;
  }
  Value callable = args[0];
  if (!krt_callable(callable))
    return krt_raise(kTypeError, "argument must be callable or integer function address");
  if (!type->signature)
    return krt_raise(kTypeError, "cannot construct instance of this class: no argtypes slot");
  void *code;
  Object *thunk = TRY(newThunk(callable, type->signature, type->result, type->functionFlags, &code));
  auto *function = reinterpret_cast<CFunction *>(TRY(newObject(cls)));
  function->callable = callable;
  std::memcpy(function->data, &code, sizeof code);
  TRY_INT(keepAlive(function, 0, thunk));
  return function;
}

int functionTruth(Value self) {
  void *address;
  std::memcpy(&address, cdata(self)->data, sizeof address);
  return address != nullptr;
}
Value functionRepr(Value self) { return krt_str_format("<%T object at %p>", self, self.asObject()); }

} // namespace

Value krt_cfunction_type_make_py(Class *metaclass, const Value *args, size_t nargs, Tuple *kwnames) {
  Class *cls = TRY(makeClass_py(metaclass, args, nargs, kwnames));
  CType *type = newAddressCType(CKind::Function);
  type->format = strFrom("X{}");
  Value flags = krt_getattr_optional_py(cls, KSTR(_flags_));
  if (!flags && errorPending())
    return {};
  int64_t bits;
  if (!flags || !krt_int_check(flags) || !krt_int_to_i64(krt_int_plain(flags), &bits))
    return krt_raise(kTypeError, "class must define _flags_ which must be an integer");
  type->functionFlags = static_cast<int>(bits) | kFunctionCdecl;
  Value types = krt_getattr_optional_py(cls, KSTR(_argtypes_));
  if (types)
    type->signature = TRY(makeSignature_py(types));
  else if (errorPending())
    return {};
  type->result = krt_getattr_optional_py(cls, KSTR(_restype_));
  if (type->result ? !resultType_py(type->result, &type->checker, "_restype_") : errorPending())
    return {};
  cls->native = type;
  return cls;
}

// ---- Attributes ---------------------------------------------------------------------------------

Value krt_cfunction_argTypes(Value self) {
  CSignature *signature = signatureOf(functionOf(self));
  return signature ? signature->types : kNone;
}
bool krt_cfunction_setArgTypes_py(Value self, Value value) {
  CFunction *function = functionOf(self);
  CSignature *signature = nullptr;
  if (value && value != kNone) {
    signature = makeSignature_py(value);
    if (!signature)
      return false;
  }
  function->signature = signature;
  function->signatureSet = bool(value);
  return true;
}
Value krt_cfunction_restype(Value self) {
  CFunction *function = functionOf(self);
  Value result = function->result ? function->result : ctypeOfObject(function)->result;
  return result ? result : kNone;
}
bool krt_cfunction_setRestype_py(Value self, Value value) {
  CFunction *function = functionOf(self);
  Value checker;
  if (value && !resultType_py(value, &checker, "restype"))
    return false;
  function->result = value;
  function->checker = checker;
  return true;
}
Value krt_cfunction_errcheck(Value self) {
  Value check = functionOf(self)->errcheck;
  return check ? check : kNone;
}
bool krt_cfunction_setErrcheck(Value self, Value value) {
  if (value && !krt_callable(value)) {
    krt_raise(kTypeError, "the errcheck attribute must be callable");
    return false;
  }
  functionOf(self)->errcheck = value;
  return true;
}

extern "C" {
Class krt_cfunction_class = {
    .flags = kClassBase,
    .nativeName = "_ctypes.CFuncPtr",
    .base = &krt_cdata_class,
    .basicSize = sizeof(CFunction),
    .slots = {.repr = functionRepr, .call = callFunction_py, .truth = functionTruth, .make = makeFunction_py},
    .methods = krt_cfunction_defs,
    .doc = krt_cfunction_doc,
};
}

} // namespace krait

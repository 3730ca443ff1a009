// _ctypes.cpp - see _ctypes.h: the module's functions and constants. Types, arrays, structures, pointers,
// functions and callbacks have files of their own.
#include "stdlib/native/_ctypes.h"

#include "runtime/object/args.h"
#include "runtime/object/audit.h"
#include "runtime/object/bytes.h"
#include "stdlib/native/_ctypes_functions.h"
#include "stdlib/native/_ctypes_types.h"
#include "stdlib/native/class_module.h"
#include "stdlib/native/library_lock.h"
#include "stdlib/native/system_calls.h"

#include <algorithm>
#include <cwchar>
#include <dlfcn.h>

#include "stdlib/native/_ctypes.bind.inc"

namespace krait {

Value krt_ctypes_module_object;

namespace {

/// The C type of a class or an object, or null.
CType *typeBehind(Value v) { return isCData(v) ? ctypeOfObject(cdata(v)) : ctypeOfValue(v); }

// ---- Called by address: functions of the library's Python part ------------------------------------------

uint64_t stringAt_py(const char *text, int size) {
  if (audit_py("ctypes.string_at", {krt_result_uint64(reinterpret_cast<uint64_t>(text)), smallInt(size)}) < 0)
    return 0;
  return Value(krt_bytes_new(text, size < 0 ? std::strlen(text) : static_cast<size_t>(size))).bits;
}
uint64_t wideStringAt_py(const wchar_t *text, int size) {
  if (audit_py("ctypes.wstring_at", {krt_result_uint64(reinterpret_cast<uint64_t>(text)), smallInt(size)}) <
      0)
    return 0;
  size_t length = size < 0 ? std::wcslen(text) : static_cast<size_t>(size);
  return Value(krt_str_from_ucs4(reinterpret_cast<const uint32_t *>(text), length)).bits;
}

/// An object of pointer type [type] with address [address], which lives as long as what [source] keeps.
Value castTo_py(void *address, Value source, Value type) {
  CType *wanted = ctypeOfValue(type);
  bool suitable = wanted && (wanted->kind == CKind::Pointer || wanted->kind == CKind::Function ||
                             (wanted->kind == CKind::Simple && std::strchr("PzZO", wanted->codec->code)));
  if (!suitable) {
    Str *shown = hasClassFlag(type, kClassTypeSub) ? krt_str_format("%N", type.as<Class>())
                                                   : krt_str_format("%T", type);
    return krt_raise(kTypeError, "cast() argument 2 must be a pointer type, not %S", Value(shown));
  }
  Value made = TRY(krt_call0_py(type));
  CData *result = cdata(made);
  if (isCData(source)) {
    CData *root = cdata(source);
    while (root->base)
      root = root->base;
    if (keptObjects(root) == kNone)
      root->objects = krt_dict_new();
    result->objects = root->objects;
    if (isExact(result->objects, krt_dict_class)) {
      Value id = TRY(krt_builtin_py(KSTR(id)));
      Value key = TRY(krt_call1_py(id, source));
      TRY_INT(krt_dict_set_py(result->objects.as<Dict>(), key, source));
    }
  }
  std::memcpy(result->data, &address, sizeof address);
  return made;
}
uint64_t cast_py(void *address, Value source, Value type) { return castTo_py(address, source, type).bits; }

template <typename F> Value addressOf(F *function) {
  return krt_result_uint64(reinterpret_cast<uint64_t>(function));
}

bool addressFrom(Value v, void **out) {
  if (!krt_int_check(v)) {
    krt_raise(kTypeError, "an integer is required");
    return false;
  }
  *out = reinterpret_cast<void *>(lowBits(krt_int_plain(v)));
  return true;
}

} // namespace

// ---- Sizes and addresses ------------------------------------------------------------------------

Value krt__ctypes_sizeof(Value object) {
  if (isCData(object))
    return krt_result_int64(cdata(object)->size);
  CType *type = ctypeOfValue(object);
  return type ? krt_result_int64(type->size) : krt_raise(kTypeError, "this type has no size");
}
Value krt__ctypes_alignment(Value object) {
  CType *type = typeBehind(object);
  return type ? krt_result_int64(type->alignment) : krt_raise(kTypeError, "no alignment info");
}
Value krt__ctypes_addressof_py(Value object) {
  if (!isCData(object))
    return krt_raise(kTypeError, "invalid type");
  TRY_INT(audit_py("ctypes.addressof", {object}));
  return krt_result_uint64(reinterpret_cast<uint64_t>(cdata(object)->data));
}
Value krt__ctypes_byref(Value object, int64_t offset) {
  if (!isCData(object))
    return krt_raise(kTypeError, "byref() argument must be a ctypes instance, not '%T'", object);
  CArgument *argument = newArgument('P', &ffi_type_pointer, object);
  argument->value.p = cdata(object)->data + offset;
  return argument;
}
Value krt__ctypes_resize(Value given, int64_t size) {
  if (!isCData(given))
    return krt_raise(kTypeError, "excepted ctypes instance");
  CData *object = cdata(given);
  CType *type = ctypeOfObject(object);
  if (size < type->size)
    return krt_raise(kValueError, "minimum size is %lld", static_cast<long long>(type->size));
  bool small = object->data == object->own;
  if (!small && (object->base || object->index != kOwnsBlock))
    return krt_raise(kValueError, "Memory cannot be resized because this object doesn't own it");
  if (small && size <= static_cast<int64_t>(sizeof object->own)) {
    object->size = size;
    return kNone;
  }
  uint8_t *block = TRY(newBlock(size));
  std::memcpy(block, object->data, static_cast<size_t>(std::min(size, object->size)));
  object->data = block;
  object->index = kOwnsBlock;
  object->size = size;
  return kNone;
}
Value krt__ctypes_bufferInfo(Value object) {
  CType *type = typeBehind(object);
  if (!type)
    return krt_raise(kTypeError, "not a ctypes type or object");
  Tuple *shape = krt_tuple_new(static_cast<size_t>(type->dimensions));
  for (int32_t i = 0; i < type->dimensions; ++i)
    shape->items[i] = krt_result_int64(type->shape[i]);
  Value parts[] = {type->format ? Value(type->format) : kNone, smallInt(type->dimensions), shape};
  return krt_tuple_from(parts, 3);
}

// ---- Pointers -----------------------------------------------------------------------------------

Value krt__ctypes_pointerType_py(Value type) { return pointerClass_py(type); }
Value krt__ctypes_pointer_py(Value object) {
  if (!isCData(object))
    return krt_raise(kTypeError, "_type_ must have storage info");
  Class *cls = TRY(pointerClass_py(classOf(object)));
  return krt_call1_py(cls, object);
}

Value krt__ctypes_unpickle_py(Value type, Tuple *state) {
  Value make = TRY(krt_getattr_py(type, KSTR(__new__)));
  Value object = TRY(krt_call1_py(make, type));
  Value restore = TRY(krt_getattr_py(object, KSTR(__setstate__)));
  TRY(krt_call_ex_py(restore, state, nullptr));
  return object;
}
Value krt__ctypes_objectAt_py(Value address) {
  void *word;
  if (!addressFrom(address, &word))
    return {};
  TRY_INT(audit_py("ctypes.PyObj_FromPtr", {address}));
  return Value(reinterpret_cast<uint64_t>(word));
}
Value krt__ctypes_incref(Value object) { return object; }
Value krt__ctypes_decref(Value object) { return object; }

Value krt__ctypes_getErrno_py() {
  TRY_INT(audit_py("ctypes.get_errno", {}));
  return smallInt(krt_ctypes_errno);
}
Value krt__ctypes_setErrno_py(int value) {
  TRY_INT(audit_py("ctypes.set_errno", {smallInt(value)}));
  int before = krt_ctypes_errno;
  krt_ctypes_errno = value;
  return smallInt(before);
}

// ---- Libraries ----------------------------------------------------------------------------------

Value krt__ctypes_dlopen_py(Value name, int flag) {
  FsPath path;
  if (name != kNone && !strCheck(name) && !bytesCheck(name) &&
      !krt_class_lookup(classOf(name), KSTR(__fspath__)))
    return krt_raise(kTypeError, "expected str, bytes or os.PathLike object, not %T", name);
  if (name != kNone && !path.parse_py(name, "dlopen", "name"))
    return {};
  TRY_INT(audit_py("ctypes.dlopen", {name}));
  void *handle;
  {
    LibraryUnlocked unlocked; // initialisers of the library may take their time, and call back
    handle = ::dlopen(path.text, flag | RTLD_NOW);
  }
  if (!handle) {
    const char *message = ::dlerror();
    return krt_raise(kOSError, "%s", message ? message : "dlopen() error");
  }
  return krt_result_uint64(reinterpret_cast<uint64_t>(handle));
}
Value krt__ctypes_dlclose_py(Value given) {
  void *handle;
  if (!addressFrom(given, &handle))
    return {};
  int result;
  {
    LibraryUnlocked unlocked;
    result = ::dlclose(handle);
  }
  return result ? krt_raise(kOSError, "%s", ::dlerror()) : kNone;
}
Value krt__ctypes_dlsym_py(Value given, Str *name) {
  void *handle;
  if (!addressFrom(given, &handle))
    return {};
  TRY_INT(audit_py("ctypes.dlsym/handle", {given, name}));
  size_t size;
  const char *text = TRY(krt_str_utf8(name, &size));
  void *address = ::dlsym(handle, text);
  return address ? krt_result_uint64(reinterpret_cast<uint64_t>(address))
                 : krt_raise(kOSError, "%s", ::dlerror());
}

static Value callAddress_py(Value given, Tuple *arguments, int flags) {
  void *address;
  if (!addressFrom(given, &address))
    return {};
  TRY_INT(audit_py("ctypes.call_function", {given, arguments}));
  return callForeign_py(address, flags, nullptr, {}, true, {}, arguments->items,
                        static_cast<size_t>(arguments->length), nullptr);
}
Value krt__ctypes_callFunction_py(Value address, Tuple *arguments) {
  return callAddress_py(address, arguments, 0);
}
Value krt__ctypes_callCdeclFunction_py(Value address, Tuple *arguments) {
  return callAddress_py(address, arguments, kFunctionCdecl);
}

// ---- The module ---------------------------------------------------------------------------------

bool krt__ctypes_init(Module *module) {
  ctypesStartTypes();
  krt_ctypes_module_object = module;
  if (!addException(module, &krt_ctypes_argument_error, "ctypes", "ArgumentError", kException))
    return false;
  for (Class *cls : {&krt_csimple_class, &krt_cstructure_class, &krt_cunion_class, &krt_carray_class,
                     &krt_cpointer_class, &krt_cfunction_class})
    addClass(module, cls);
  if (!krt_ctypes_pointer_cache)
    krt_ctypes_pointer_cache = krt_dict_new();
  krt_dict_set_str(module->dict, KSTR(_pointer_type_cache), krt_ctypes_pointer_cache);
  krt_dict_set_str(module->dict, KSTR(__version__), strFrom("1.1.0"));
  krt_dict_set_str(module->dict, KSTR(_string_at_addr), addressOf(stringAt_py));
  krt_dict_set_str(module->dict, KSTR(_wstring_at_addr), addressOf(wideStringAt_py));
  krt_dict_set_str(module->dict, KSTR(_cast_addr), addressOf(cast_py));
  krt_dict_set_str(module->dict, KSTR(_memmove_addr), addressOf(std::memmove));
  krt_dict_set_str(module->dict, KSTR(_memset_addr), addressOf(std::memset));
  static const ConstantRow constants[] = {{"FUNCFLAG_CDECL", kFunctionCdecl},
                                          {"FUNCFLAG_PYTHONAPI", kFunctionPythonApi},
                                          {"FUNCFLAG_USE_ERRNO", kFunctionErrno},
                                          {"FUNCFLAG_USE_LASTERROR", kFunctionLastError},
                                          {"RTLD_LOCAL", RTLD_LOCAL},
                                          {"RTLD_GLOBAL", RTLD_GLOBAL},
                                          {"CTYPES_MAX_ARGCOUNT", kMaxArguments}};
  addConstants(module, constants, std::size(constants));
  return true;
}

} // namespace krait

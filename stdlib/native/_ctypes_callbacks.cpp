// _ctypes_callbacks.cpp - Python functions as C functions: closures of libffi, entered with or without the
// lock, by threads of ours or of others.
#include "runtime/interp/global_lock.h"
#include "runtime/object/args.h"
#include "stdlib/native/_ctypes_functions.h"
#include "stdlib/native/library_lock.h"

#include <cerrno>

namespace krait {

/// Keeps a closure and what it calls. The code lives as long as this object, which the function object keeps.
struct CThunk : Object {
  ffi_closure *closure; // outside collected memory
  CPrepared *prepared;
  Value callable;
  CSignature *signature;
  Value result; // a plain simple type or None
  int flags;
};

namespace {

constexpr size_t kForeignStackValues = size_t{1} << 16;

/// In a callback: the lock is held and the thread known to the runtime.
class InCallback {
public:
  InCallback() : foreign_(!krt_thread.stackBase) {
    if (!foreign_) {
      new (&own_) LibraryCallback;
      return;
    }
    krt_lock_acquire();
    krt_gc_attach_thread(kForeignStackValues);
    krt_threads_add(&krt_thread);
    krt_thread.depthLimit = krt_thread_main()->depthLimit;
  }
  ~InCallback() {
    if (!foreign_) {
      own_.~LibraryCallback();
      return;
    }
    krt_threads_remove(&krt_thread);
    krt_gc_detach_thread();
    // The collector does not look here any more: what is left (free lists, a context) must not be used at the
    // next entry.
    std::memset(static_cast<void *>(&krt_thread), 0, sizeof krt_thread);
    krt_lock_release();
  }
  InCallback(const InCallback &) = delete;

private:
  bool foreign_;
  union {
    LibraryCallback own_;
  };
};

/// The Python value of an argument; null with an exception.
Value argument_py(Value cls, void *data) {
  CType *type = ctypeOfValue(cls);
  if (!type)
    return krt_raise(kTypeError, "cannot build parameter");
  return readPart(cls.as<Class>(), nullptr, 0, static_cast<uint8_t *>(data));
}

void storeResult_py(CThunk *thunk, Value value, void *result) {
  if (thunk->result == kNone)
    return;
  const CCodec *codec = ctypeOf(thunk->result.as<Class>())->codec;
  uint8_t stored[16] = {};
  Value kept = codec->set(stored, value, codec->size);
  if (!kept) {
    krt_error_unraisable_message("Exception ignored on converting result of ctypes callback function",
                                 thunk->callable);
    return;
  }
  // libffi takes integers as whole words.
  if (codec->isSigned && codec->size < 8 && (stored[codec->size - 1] & 0x80))
    std::memset(stored + codec->size, 0xff, static_cast<size_t>(8 - codec->size));
  std::memcpy(result, stored, codec->code == 'g' ? 16 : 8);
  // Nobody keeps what the address refers to: as CPython, the program is told unless it is a plain object.
  if (kept != kNone && codec->code != 'O' &&
      krt_warn_py(kRuntimeWarning, 1, "memory leak in callback function.") < 0)
    krt_error_unraisable_message("Exception ignored on converting result of ctypes callback function",
                                 thunk->callable);
}

void run_py(CThunk *thunk, void *result, void **args) {
  auto count = static_cast<size_t>(thunk->signature->count);
  Value *values = static_cast<Value *>(gcAllocate((count + 1) * sizeof(Value)));
  for (size_t i = 0; i < count; ++i) {
    values[i] = argument_py(thunk->signature->classes->items[i], args[i]);
    if (!values[i]) {
      krt_error_unraisable_message("Exception ignored on calling ctypes callback function", thunk->callable);
      return;
    }
  }
  bool ownErrno = thunk->flags & kFunctionErrno;
  if (ownErrno)
    std::swap(errno, krt_ctypes_errno);
  Value value = krt_call_py(thunk->callable, values, count, nullptr);
  if (ownErrno)
    std::swap(errno, krt_ctypes_errno);
  if (!value)
    krt_error_unraisable_message("Exception ignored on calling ctypes callback function", thunk->callable);
  else
    storeResult_py(thunk, value, result);
}

void enter_py(ffi_cif *cif, void *result, void **args, void *data) {
  int error = errno;
  if (cif->rtype != &ffi_type_void)
    std::memset(result, 0, std::max<size_t>(cif->rtype->size, 8));
  InCallback in;
  auto *thunk = static_cast<CThunk *>(data);
  errno = error;
  // An exception of PyDLL's caller may be on its way: the callback begins with none.
  Value pending = krt_error_take();
  run_py(thunk, result, args);
  if (pending)
    krt_error_restore(pending);
}

void releaseThunk(Object *object) {
  auto *thunk = static_cast<CThunk *>(object);
  if (thunk->closure)
    ffi_closure_free(thunk->closure);
  thunk->closure = nullptr;
}

} // namespace

extern "C" {
extern Class krt_cthunk_class;
Class krt_cthunk_class = {
    .nativeName = "_ctypes.CThunkObject",
    .basicSize = sizeof(CThunk),
};
}

Object *newThunk(Value callable, CSignature *signature, Value result, int flags, void **code) {
  CType *type = result && result != kNone ? ctypeOfValue(result) : nullptr;
  if (result && result != kNone && !(type && type->kind == CKind::Simple)) {
    krt_raise(kTypeError, "invalid result type for callback function");
    return nullptr;
  }
  krt_class_ready(&krt_cthunk_class);
  krt_lock_start(); // any thread may enter from now on
  auto *thunk = gcNew<CThunk>(krt_cthunk_class);
  thunk->callable = callable;
  thunk->signature = signature;
  thunk->result = result ? result : kNone;
  thunk->flags = flags;
  auto count = static_cast<size_t>(signature->count);
  auto *prepared = static_cast<CPrepared *>(gcAllocate(sizeof(CPrepared) + count * sizeof(ffi_type *)));
  thunk->prepared = prepared;
  for (size_t i = 0; i < count; ++i) {
    CType *argument = ctypeOfValue(signature->classes->items[i]);
    prepared->types[i] = argument ? ffiOf(signature->classes->items[i].as<Class>()) : &ffi_type_pointer;
  }
  ffi_type *returned = type ? type->codec->ffi : &ffi_type_void;
  thunk->closure = static_cast<ffi_closure *>(ffi_closure_alloc(sizeof(ffi_closure), code));
  if (!thunk->closure) {
    krt_raise_memory();
    return nullptr;
  }
  krt_gc_set_release(thunk, releaseThunk);
  if (ffi_prep_cif(&prepared->cif, FFI_DEFAULT_ABI, static_cast<unsigned>(count), returned,
                   prepared->types) != FFI_OK ||
      ffi_prep_closure_loc(thunk->closure, &prepared->cif, enter_py, thunk, *code) != FFI_OK) {
    krt_raise(kRuntimeError, "ffi_prep_closure failed");
    return nullptr;
  }
  return thunk;
}

} // namespace krait

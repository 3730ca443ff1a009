// _pickle.cpp - see _pickle.h: the module, its classes and their attributes.
#include "stdlib/native/_pickle.h"

#include "runtime/abi/native.h"
#include "runtime/builtins/object_builtins.h"
#include "runtime/object/args.h"
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/int.h"
#include "runtime/object/iteration.h"
#include "runtime/object/memoryview_methods.h"
#include "runtime/object/protocol.h"
#include "runtime/object/state.h"
#include "runtime/object/str.h"
#include "stdlib/native/_pickle_codes.h"
#include "stdlib/native/class_module.h"

#include "stdlib/native/_pickle.bind.inc"

namespace krait {

Class *krt_pickle_error, *krt_pickle_write_error, *krt_pickle_read_error;
PickleModules pickleModules;

Value pickleImport_py(Str *name) {
  // Waits for a module that another thread is importing. The module itself, also of a dotted name, is in
  // sys.modules then.
  TRY(krt_call1_py(TRY(krt_builtin_py(KSTR(__import__))), name));
  Value module = krt_import_loaded_py(name);
  return module || errorPending() ? module : krt_raise(kImportError, "import of %R failed", Value(name));
}

Value pickleAttribute_py(Value object, Str *path, Value *parent) {
  int64_t start = 0, length = path->length();
  Value owner = object;
  for (;;) {
    int64_t dot = krt_str_find(path, strIntern("."), start, length);
    Str *step = dot < 0 && !start ? path : krt_str_substring(path, start, dot < 0 ? length : dot);
    if (strView(step) == "<locals>")
      return krt_raise(kAttributeError, "Can't get local attribute %R on %R", Value(path), object);
    Value next = krt_getattr_optional_py(owner, krt_str_intern(step));
    if (!next)
      return errorPending() ? Value()
                            : krt_raise(kAttributeError, "Can't get attribute %R on %R", Value(path), object);
    if (parent)
      *parent = owner;
    if (dot < 0)
      return next;
    owner = next;
    start = dot + 1;
  }
}

// ---- Pickler ----

/// The options of dump(), dumps() and Pickler(); false with an exception pending.
static bool configure_py(Pickler *self, Value protocol, bool fixImports, Value bufferCallback) {
  int64_t n = kDefaultProtocol;
  if (protocol && protocol != kNone) {
    n = krt_index_i64_py(protocol, kOverflowError);
    if (n == -1 && errorPending())
      return false;
    if (n < 0)
      n = kHighestProtocol;
    if (n > kHighestProtocol)
      return krt_raise(kValueError, "pickle protocol must be <= %d", kHighestProtocol), false;
  }
  if (bufferCallback && bufferCallback != kNone) {
    if (n < 5)
      return krt_raise(kValueError, "buffer_callback needs protocol >= 5"), false;
    self->bufferCallback = bufferCallback;
  } else {
    self->bufferCallback = Value();
  }
  self->protocol = static_cast<int>(n);
  self->bin = n > 0;
  self->fixImports = fixImports && n < 3;
  self->ready = true;
  return true;
}

static bool setFile_py(Pickler *self, Value file) {
  Value write = krt_getattr_optional_py(file, KSTR(write));
  if (!write && !errorPending())
    krt_raise(kTypeError, "file must have a 'write' attribute");
  self->write = write;
  return static_cast<bool>(write);
}

extern "C" {

Value krt__pickle_dump_py(Value object, Value file, Value protocol, bool fixImports, Value bufferCallback) {
  auto *self = gcNew<Pickler>(krt_pickler_class);
  return configure_py(self, protocol, fixImports, bufferCallback) && setFile_py(self, file) &&
                 pickleWrite_py(self, object, nullptr)
             ? kNone
             : Value();
}
Value krt__pickle_dumps_py(Value object, Value protocol, bool fixImports, Value bufferCallback) {
  auto *self = gcNew<Pickler>(krt_pickler_class);
  Bytes *out = nullptr;
  return configure_py(self, protocol, fixImports, bufferCallback) && pickleWrite_py(self, object, &out)
             ? Value(out)
             : Value();
}

int krt_pickler_initialize_py(Value given, Value file, Value protocol, bool fixImports,
                              Value bufferCallback) {
  auto *self = given.as<Pickler>();
  self->memo.clear();
  return configure_py(self, protocol, fixImports, bufferCallback) && setFile_py(self, file) ? 0 : -1;
}
Value krt_pickler_dump_py(Value given, Value object) {
  auto *self = given.as<Pickler>();
  if (!self->ready || !self->write)
    return krt_raise(krt_pickle_write_error, "Pickler.__init__() was not called by %T.__init__()", given);
  return pickleWrite_py(self, object, nullptr) ? kNone : Value();
}
void krt_pickler_clearMemo(Value self) { self.as<Pickler>()->memo.clear(); }

Value krt_pickler_memo(Value self) {
  auto *proxy = gcNew<PicklerMemoProxy>(krt_pickler_memo_proxy_class);
  proxy->pickler = self.as<Pickler>();
  return proxy;
}
bool krt_pickler_setMemo_py(Value given, Value value) {
  auto *self = given.as<Pickler>();
  if (!value)
    return krt_raise(kTypeError, "attribute deletion is not supported"), false;
  if (isExact(value, krt_pickler_memo_proxy_class)) {
    PickleMemo copy;
    for (const PickleMemo::Entry &entry : value.as<PicklerMemoProxy>()->pickler->memo)
      if (entry.key)
        copy.set(entry.key, entry.number);
    self->memo = copy;
    return true;
  }
  if (!hasClassFlag(value, kClassDictSub))
    return krt_raise(kTypeError, "'memo' attribute must be a PicklerMemoProxy object or dict, not %T", value),
           false;
  PickleMemo memo;
  uint32_t position = 0;
  while (DictEntry *entry = krt_dict_next(value.as<Dict>(), &position)) {
    if (!hasClassFlag(entry->value, kClassTupleSub) || entry->value.as<Tuple>()->length != 2)
      return krt_raise(kTypeError, "'memo' values must be 2-item tuples"), false;
    int64_t number = krt_index_i64_py(entry->value.as<Tuple>()->items[0], kOverflowError);
    if (number == -1 && errorPending())
      return false;
    memo.set(entry->value.as<Tuple>()->items[1], number);
  }
  self->memo = memo;
  return true;
}

static bool setFlag_py(bool *flag, Value value) {
  if (!value)
    return krt_raise(kTypeError, "can't delete numeric/char attribute"), false;
  int truth = krt_truth_py(value);
  *flag = truth > 0;
  return truth >= 0;
}
Value krt_pickler_bin(Value self) { return smallInt(self.as<Pickler>()->bin); }
bool krt_pickler_setBin_py(Value self, Value value) { return setFlag_py(&self.as<Pickler>()->bin, value); }
Value krt_pickler_fast(Value self) { return smallInt(self.as<Pickler>()->fast); }
bool krt_pickler_setFast_py(Value self, Value value) { return setFlag_py(&self.as<Pickler>()->fast, value); }

static Value attribute(Value value, const char *name) {
  return value ? value : krt_raise(kAttributeError, "%s", name);
}
static bool setAttribute(Value *place, Value value, const char *name) {
  if (!value && !*place)
    return krt_raise(kAttributeError, "%s", name), false;
  *place = value;
  return true;
}
static bool setCallable(Value *place, Value value, const char *name) {
  if (!value)
    return krt_raise(kTypeError, "attribute deletion is not supported"), false;
  if (!krt_callable(value))
    return krt_raise(kTypeError, "%s must be a callable taking one argument", name), false;
  *place = value;
  return true;
}
Value krt_pickler_dispatchTable(Value self) {
  return attribute(self.as<Pickler>()->dispatchTable, "dispatch_table");
}
bool krt_pickler_setDispatchTable(Value self, Value value) {
  return setAttribute(&self.as<Pickler>()->dispatchTable, value, "dispatch_table");
}
Value krt_pickler_persistentId(Value self) {
  return attribute(self.as<Pickler>()->persistentId, "persistent_id");
}
bool krt_pickler_setPersistentId(Value self, Value value) {
  return setCallable(&self.as<Pickler>()->persistentId, value, "persistent_id");
}

void krt_pickler_memo_proxy_clear(Value self) { self.as<PicklerMemoProxy>()->pickler->memo.clear(); }
Value krt_pickler_memo_proxy_copy_py(Value self) {
  Dict *copy = krt_dict_new();
  for (const PickleMemo::Entry &entry : self.as<PicklerMemoProxy>()->pickler->memo) {
    if (!entry.key)
      continue;
    Value pair[2] = {smallInt(entry.number), entry.key};
    if (krt_dict_set_py(copy, krt_int_from_u64(entry.key.bits), krt_tuple_from(pair, 2)) < 0)
      return {};
  }
  return copy;
}
/// (dict, (contents,)).
static Value reduceToDict(Value contents) {
  Value parts[2] = {&krt_dict_class, krt_tuple_from(&contents, 1)};
  return krt_tuple_from(parts, 2);
}
Value krt_pickler_memo_proxy_reduce_py(Value self) {
  return reduceToDict(TRY(krt_pickler_memo_proxy_copy_py(self)));
}

// ---- Unpickler ----

/// The options of load(), loads() and Unpickler(); false with an exception pending.
static bool configureReading_py(Unpickler *self, bool fixImports, Str *encoding, Str *errors, Value buffers) {
  self->encoding = encoding ? encoding : KSTR(ASCII);
  self->errors = errors ? errors : KSTR(strict);
  self->fixImports = fixImports;
  self->buffers = Value();
  if (buffers && buffers != kNone)
    self->buffers = TRY(krt_iter_py(buffers));
  self->memo = nullptr;
  self->memoCapacity = self->memoUsed = 0;
  self->ready = true;
  return true;
}

static bool setSource_py(Unpickler *self, Value file) {
  self->peek = krt_getattr_optional_py(file, KSTR(peek));
  if (!errorPending())
    self->read = krt_getattr_optional_py(file, KSTR(read));
  if (!errorPending())
    self->readline = krt_getattr_optional_py(file, KSTR(readline));
  if (errorPending())
    return false;
  if (!self->read || !self->readline)
    return krt_raise(kTypeError, "file must have 'read' and 'readline' attributes"), false;
  return true;
}

Value krt__pickle_load_py(Value file, bool fixImports, Str *encoding, Str *errors, Value buffers) {
  auto *self = gcNew<Unpickler>(krt_unpickler_class);
  return setSource_py(self, file) && configureReading_py(self, fixImports, encoding, errors, buffers)
             ? pickleRead_py(self, nullptr, 0)
             : Value();
}
Value krt__pickle_loads_py(Value data, bool fixImports, Str *encoding, Str *errors, Value buffers) {
  BytesLike bytes;
  if (!bytes.acquire_py(data))
    return {};
  auto *self = gcNew<Unpickler>(krt_unpickler_class);
  static const uint8_t nothing[1] = {};
  return configureReading_py(self, fixImports, encoding, errors, buffers)
             ? pickleRead_py(self, bytes.size() ? bytes.data() : nothing, bytes.size())
             : Value();
}

int krt_unpickler_initialize_py(Value given, Value file, bool fixImports, Str *encoding, Str *errors,
                                Value buffers) {
  auto *self = given.as<Unpickler>();
  return setSource_py(self, file) && configureReading_py(self, fixImports, encoding, errors, buffers) ? 0
                                                                                                      : -1;
}
Value krt_unpickler_load_py(Value given) {
  auto *self = given.as<Unpickler>();
  if (!self->ready || !self->read)
    return krt_raise(krt_pickle_read_error, "Unpickler.__init__() was not called by %T.__init__()", given);
  return pickleRead_py(self, nullptr, 0);
}
Value krt_unpickler_findClass_py(Value given, Value module, Value name) {
  if (!strCheck(module) || !strCheck(name))
    return krt_raise(kTypeError, "find_class() arguments must be str, not %T",
                     strCheck(module) ? name : module);
  return pickleFindClass_py(given.as<Unpickler>(), module.as<Str>(), name.as<Str>(), kDefaultProtocol);
}
Value krt_unpickler_memo(Value self) {
  auto *proxy = gcNew<UnpicklerMemoProxy>(krt_unpickler_memo_proxy_class);
  proxy->unpickler = self.as<Unpickler>();
  return proxy;
}
bool krt_unpickler_setMemo(Value given, Value value) {
  auto *self = given.as<Unpickler>();
  if (!value)
    return krt_raise(kTypeError, "attribute deletion is not supported"), false;
  Unpickler made{};
  if (isExact(value, krt_unpickler_memo_proxy_class)) {
    auto *source = value.as<UnpicklerMemoProxy>()->unpickler;
    for (int64_t i = 0; i < source->memoCapacity; ++i)
      if (source->memo[i] && !unpicklerMemoSet(&made, i, source->memo[i]))
        return false;
  } else if (hasClassFlag(value, kClassDictSub)) {
    uint32_t position = 0;
    while (DictEntry *entry = krt_dict_next(value.as<Dict>(), &position)) {
      int64_t index;
      if (!krt_int_check(entry->key) || !krt_int_to_i64(krt_int_plain(entry->key), &index))
        return krt_raise(kTypeError, "memo key must be integers"), false;
      if (index < 0)
        return krt_raise(kValueError, "memo key must be positive integers."), false;
      if (!unpicklerMemoSet(&made, index, entry->value))
        return false;
    }
  } else {
    return krt_raise(kTypeError, "'memo' attribute must be an UnpicklerMemoProxy object or dict, not %T",
                     value),
           false;
  }
  self->memo = made.memo;
  self->memoCapacity = made.memoCapacity;
  self->memoUsed = made.memoUsed;
  return true;
}
Value krt_unpickler_persistentLoad(Value self) {
  return attribute(self.as<Unpickler>()->persistentLoad, "persistent_load");
}
bool krt_unpickler_setPersistentLoad(Value self, Value value) {
  return setCallable(&self.as<Unpickler>()->persistentLoad, value, "persistent_load");
}

void krt_unpickler_memo_proxy_clear(Value self) {
  auto *owner = self.as<UnpicklerMemoProxy>()->unpickler;
  owner->memo = nullptr;
  owner->memoCapacity = owner->memoUsed = 0;
}
Value krt_unpickler_memo_proxy_copy_py(Value self) {
  auto *owner = self.as<UnpicklerMemoProxy>()->unpickler;
  Dict *copy = krt_dict_new();
  for (int64_t i = 0; i < owner->memoCapacity; ++i)
    if (owner->memo[i] && krt_dict_set_py(copy, smallInt(i), owner->memo[i]) < 0)
      return {};
  return copy;
}
Value krt_unpickler_memo_proxy_reduce_py(Value self) {
  return reduceToDict(TRY(krt_unpickler_memo_proxy_copy_py(self)));
}

// ---- PickleBuffer ----

Value krt_pickle_buffer_create_py(Class *cls, Value object) {
  auto *self = newInstance<PickleBuffer>(krt_pickle_buffer_class, cls);
  self->view = TRY(krt_memoryview_new_py(object));
  return self;
}
Value krt_pickle_buffer_raw_py(Value self) {
  auto *view = TRY(pickleBufferView(self));
  bool plain = view->dimensions == 1 && strView(view->format) == "B" && view->strides[0] == 1;
  if (plain)
    return krt_memoryview_new_py(view);
  Value bytes = krt_memoryview_cast_py(view, strFrom("B"), Value());
  if (!bytes && krt_error_clear_if(kTypeError))
    krt_raise(kBufferError, "cannot extract raw buffer from non-contiguous buffer");
  return bytes;
}
Value krt_pickle_buffer_release_py(Value given) {
  auto *self = given.as<PickleBuffer>();
  if (self->view)
    TRY(krt_memoryview_release(self->view));
  self->view = Value();
  return kNone;
}

} // extern "C"

MemoryView *pickleBufferView(Value buffer) {
  Value view = buffer.as<PickleBuffer>()->view;
  if (!view)
    krt_raise(kValueError, "operation forbidden on released PickleBuffer object");
  return view.as<MemoryView>();
}
static int getBuffer(Value self, Buffer *out, int flags) {
  MemoryView *view = pickleBufferView(self);
  return view ? krt_buffer_get_py(view->managed->object, out, flags) : -1;
}

// ---- Classes ----

static Value make(Class *cls, const Value *, size_t, Tuple *) { return krt_instance_new(cls, 0); }

extern "C" {
Class krt_pickler_class = {
    .flags = kClassBase | kClassWeakref,
    .nativeName = "_pickle.Pickler",
    .basicSize = sizeof(Pickler),
    .slots = {.init = krt_pickler_init, .make = make},
    .methods = krt_pickler_defs,
    .doc = krt_pickler_doc,
    .newSignature = krt_pickler_new_signature,
};
Class krt_unpickler_class = {
    .flags = kClassBase | kClassWeakref,
    .nativeName = "_pickle.Unpickler",
    .basicSize = sizeof(Unpickler),
    .slots = {.init = krt_unpickler_init, .make = make},
    .methods = krt_unpickler_defs,
    .doc = krt_unpickler_doc,
    .newSignature = krt_unpickler_new_signature,
};
Class krt_pickler_memo_proxy_class = {
    .flags = kClassDisallowNew,
    .nativeName = "_pickle.PicklerMemoProxy",
    .basicSize = sizeof(PicklerMemoProxy),
    .methods = krt_pickler_memo_proxy_defs,
};
Class krt_unpickler_memo_proxy_class = {
    .flags = kClassDisallowNew,
    .nativeName = "_pickle.UnpicklerMemoProxy",
    .basicSize = sizeof(UnpicklerMemoProxy),
    .methods = krt_unpickler_memo_proxy_defs,
};
Class krt_pickle_buffer_class = {
    .flags = kClassWeakref,
    .nativeName = "pickle.PickleBuffer",
    .basicSize = sizeof(PickleBuffer),
    .slots = {.make = krt_pickle_buffer_make, .getBuffer = getBuffer},
    .methods = krt_pickle_buffer_defs,
    .doc = krt_pickle_buffer_doc,
};

bool krt__pickle_init_py(Module *module) {
  for (Class *cls : {&krt_pickler_class, &krt_unpickler_class, &krt_pickle_buffer_class})
    addClass(module, cls);
  krt_class_ready(&krt_pickler_memo_proxy_class);
  krt_class_ready(&krt_unpickler_memo_proxy_class);
  if (!addException(module, &krt_pickle_error, "_pickle", "PickleError", Value(kException)) ||
      !addException(module, &krt_pickle_write_error, "_pickle", "PicklingError", krt_pickle_error) ||
      !addException(module, &krt_pickle_read_error, "_pickle", "UnpicklingError", krt_pickle_error))
    return false;
  struct {
    const char *module, *name;
    Value *place;
  } const wanted[] = {
      {"copyreg", "dispatch_table", &pickleModules.copyregDispatch},
      {"copyreg", "_extension_registry", &pickleModules.copyregRegistry},
      {"copyreg", "_inverted_registry", &pickleModules.copyregInverted},
      {"copyreg", "_extension_cache", &pickleModules.copyregCache},
      {"_compat_pickle", "NAME_MAPPING", &pickleModules.nameMapping},
      {"_compat_pickle", "IMPORT_MAPPING", &pickleModules.importMapping},
      {"_compat_pickle", "REVERSE_NAME_MAPPING", &pickleModules.reverseNameMapping},
      {"_compat_pickle", "REVERSE_IMPORT_MAPPING", &pickleModules.reverseImportMapping},
  };
  for (auto &entry : wanted) {
    Value from = TRY(pickleImport_py(strIntern(entry.module)));
    *entry.place = TRY(krt_getattr_py(from, strIntern(entry.name)));
    if (!isExact(*entry.place, krt_dict_class))
      return krt_raise(kRuntimeError, "%s.%s should be a dict, not %T", entry.module, entry.name,
                       *entry.place),
             false;
  }
  return true;
}
}

} // namespace krait

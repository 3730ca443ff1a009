// _pickle.h - the module _pickle: objects to bytes and back, protocols 0 to 5. The format is that of pickletools; _pickle_write.cpp
// has the writer, _pickle_read.cpp the reader, _pickle.cpp what Python sees of them.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/object/bytes.h"

namespace krait {

struct MemoryView;

/// Which object has which number, by identity; keeps the objects alive.
class PickleMemo {
public:
  struct Entry {
    Value key; // null: free
    int64_t number;
  };
  /// -1: not there.
  int64_t find(Value key) const;
  void set(Value key, int64_t number);
  void clear() { *this = {}; }
  int64_t size() const { return used_; }
  const Entry *begin() const { return entries_; }
  const Entry *end() const { return entries_ + capacity_; }

private:
  Entry *entries_ = nullptr;
  int64_t used_ = 0, capacity_ = 0; // a power of two
  Entry *place(Value key) const;
};

struct Pickler : Object {
  Value write; // of the file; null for dumps() and before __init__
  Value dispatchTable, persistentId, bufferCallback; // null: none was set
  PickleMemo memo;
  int protocol;
  bool ready, bin, fast, fixImports;
};

struct Unpickler : Object {
  Value read, readline, peek;  // of the file; peek may be null
  Value buffers;               // iterator of out-of-band data, or null
  Value persistentLoad;        // null: none was set
  Str *encoding, *errors;
  Value *memo; // [memoCapacity], null where nothing is
  int64_t memoCapacity, memoUsed;
  bool ready, fixImports;
};

/// `memo` of a Pickler or an Unpickler, as the program sees it.
struct PicklerMemoProxy : Object {
  Pickler *pickler;
};
struct UnpicklerMemoProxy : Object {
  Unpickler *unpickler;
};

struct PickleBuffer : Object {
  Value view; // memoryview of the object; null after release()
};

KRT_MODULE(_pickle, "Optimized C implementation for the Python pickle module.");
KRT_CLASS(pickler, "This takes a binary file for writing a pickle data stream.\n\nThe optional *protocol* argument tells the pickler to use the "
                   "given protocol, 0 to 5; a negative one stands for the highest. The file needs a write() method that takes bytes. With "
                   "*fix_imports*, protocols below 3 use the module names of Python 2. *buffer_callback* is handed PickleBuffer objects.");
KRT_CLASS(unpickler, "This takes a binary file for reading a pickle data stream.\n\nThe protocol is detected by itself. The file needs "
                     "read() and readline(). *encoding* and *errors* are for 8-bit strings of Python 2; with encoding 'bytes' they stay "
                     "bytes. *buffers* is an iterable of what a buffer_callback was handed.");
KRT_CLASS(pickle_buffer, "Wrapper for potentially out-of-band buffers");

extern "C" {
extern Class krt_pickler_class, krt_unpickler_class, krt_pickler_memo_proxy_class, krt_unpickler_memo_proxy_class,
    krt_pickle_buffer_class;
/// Exception classes of the module.
extern Class *krt_pickle_error, *krt_pickle_write_error, *krt_pickle_read_error;

KRT_MODULE_INIT(_pickle, KRT_RUNS_PY) bool krt__pickle_init_py(Module *module);

/// Write a pickled representation of obj to the open file object file.
KRT_FUNCTION(_pickle, "dump(obj, file, protocol=None, *, fix_imports=True, buffer_callback=None)", KRT_RUNS_PY)
Value krt__pickle_dump_py(Value object, Value file, Value protocol, bool fixImports, Value bufferCallback);
/// Return the pickled representation of the object as a bytes object.
KRT_FUNCTION(_pickle, "dumps(obj, protocol=None, *, fix_imports=True, buffer_callback=None)", KRT_RUNS_PY)
Value krt__pickle_dumps_py(Value object, Value protocol, bool fixImports, Value bufferCallback);
/// Read and return an object from the pickle data stored in a file.
KRT_FUNCTION(_pickle, "load(file, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=())", KRT_RUNS_PY)
Value krt__pickle_load_py(Value file, bool fixImports, Str *encoding, Str *errors, Value buffers);
/// Read and return an object from the given pickle data.
KRT_FUNCTION(_pickle, "loads(data, /, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=())", KRT_RUNS_PY)
Value krt__pickle_loads_py(Value data, bool fixImports, Str *encoding, Str *errors, Value buffers);

KRT_INIT(pickler, "Pickler(file, protocol=None, fix_imports=True, buffer_callback=None)", KRT_RUNS_PY)
int krt_pickler_initialize_py(Value self, Value file, Value protocol, bool fixImports, Value bufferCallback);
/// Write a pickled representation of the given object to the open file.
KRT_METHOD(pickler, "dump(self, obj, /)", KRT_RUNS_PY) Value krt_pickler_dump_py(Value self, Value object);
/// Clears the pickler's "memo".
KRT_METHOD(pickler, "clear_memo(self, /)") void krt_pickler_clearMemo(Value self);
KRT_GETTER(pickler, "memo", KRT_COLLECTS) Value krt_pickler_memo(Value self);
KRT_SETTER(pickler, "memo", KRT_RUNS_PY) bool krt_pickler_setMemo_py(Value self, Value value);
KRT_GETTER(pickler, "bin") Value krt_pickler_bin(Value self);
KRT_SETTER(pickler, "bin", KRT_RUNS_PY) bool krt_pickler_setBin_py(Value self, Value value);
KRT_GETTER(pickler, "fast") Value krt_pickler_fast(Value self);
KRT_SETTER(pickler, "fast", KRT_RUNS_PY) bool krt_pickler_setFast_py(Value self, Value value);
KRT_GETTER(pickler, "dispatch_table", KRT_RAISES) Value krt_pickler_dispatchTable(Value self);
KRT_SETTER(pickler, "dispatch_table", KRT_RAISES) bool krt_pickler_setDispatchTable(Value self, Value value);
KRT_GETTER(pickler, "persistent_id", KRT_RAISES) Value krt_pickler_persistentId(Value self);
KRT_SETTER(pickler, "persistent_id", KRT_RAISES) bool krt_pickler_setPersistentId(Value self, Value value);

KRT_INIT(unpickler, "Unpickler(file, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=())", KRT_RUNS_PY)
int krt_unpickler_initialize_py(Value self, Value file, bool fixImports, Str *encoding, Str *errors, Value buffers);
/// Load a pickle.
KRT_METHOD(unpickler, "load(self, /)", KRT_RUNS_PY) Value krt_unpickler_load_py(Value self);
/// Return an object from a specified module.
KRT_METHOD(unpickler, "find_class(self, module_name, global_name, /)", KRT_RUNS_PY)
Value krt_unpickler_findClass_py(Value self, Value moduleName, Value globalName);
KRT_GETTER(unpickler, "memo", KRT_COLLECTS) Value krt_unpickler_memo(Value self);
KRT_SETTER(unpickler, "memo", KRT_RAISES, KRT_COLLECTS) bool krt_unpickler_setMemo(Value self, Value value);
KRT_GETTER(unpickler, "persistent_load", KRT_RAISES) Value krt_unpickler_persistentLoad(Value self);
KRT_SETTER(unpickler, "persistent_load", KRT_RAISES) bool krt_unpickler_setPersistentLoad(Value self, Value value);

/// Remove all items from memo.
KRT_METHOD(pickler_memo_proxy, "clear(self, /)") void krt_pickler_memo_proxy_clear(Value self);
/// Copy the memo to a new object.
KRT_METHOD(pickler_memo_proxy, "copy(self, /)", KRT_RUNS_PY) Value krt_pickler_memo_proxy_copy_py(Value self);
/// Implement pickle support.
KRT_METHOD(pickler_memo_proxy, "__reduce__(self, /)", KRT_RUNS_PY) Value krt_pickler_memo_proxy_reduce_py(Value self);
/// Remove all items from memo.
KRT_METHOD(unpickler_memo_proxy, "clear(self, /)") void krt_unpickler_memo_proxy_clear(Value self);
/// Copy the memo to a new object.
KRT_METHOD(unpickler_memo_proxy, "copy(self, /)", KRT_RUNS_PY) Value krt_unpickler_memo_proxy_copy_py(Value self);
/// Implement pickling support.
KRT_METHOD(unpickler_memo_proxy, "__reduce__(self, /)", KRT_RUNS_PY) Value krt_unpickler_memo_proxy_reduce_py(Value self);

KRT_NEW(pickle_buffer, "PickleBuffer(object, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_pickle_buffer_create_py(Class *cls, Value object);
/// Return a memoryview of the raw memory underlying this buffer.
///
/// Will raise BufferError is the buffer isn't contiguous.
KRT_METHOD(pickle_buffer, "raw(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_pickle_buffer_raw_py(Value self);
/// Release the underlying buffer exposed by the PickleBuffer object.
KRT_METHOD(pickle_buffer, "release(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_pickle_buffer_release_py(Value self);
}

/// The view of a PickleBuffer; null with ValueError pending after release().
MemoryView *pickleBufferView(Value buffer);

/// Pickles [object]: to the file of [self], or, if [self] has none, into *[out].
bool pickleWrite_py(Pickler *self, Value object, Bytes **out);
/// Unpickles from the file of [self], or from [size] bytes at [data] if that is not null.
Value pickleRead_py(Unpickler *self, const uint8_t *data, int64_t size);
/// What Unpickler.find_class does.
Value pickleFindClass_py(Unpickler *self, Str *module, Str *name, int protocol);
/// Puts [value] into the memo; false with an exception pending.
bool unpicklerMemoSet(Unpickler *self, int64_t index, Value value);

/// What the module needs of modules written in Python.
struct PickleModules {
  Value copyregDispatch, copyregRegistry, copyregInverted, copyregCache; // of copyreg
  Value nameMapping, importMapping, reverseNameMapping, reverseImportMapping; // of _compat_pickle
};
extern PickleModules pickleModules;
/// A module by name, imported if need be.
Value pickleImport_py(Str *name);
/// A part of a dotted [path] below [object]; with [parent], where the last step was made. Null with AttributeError pending.
Value pickleAttribute_py(Value object, Str *path, Value *parent);

} // namespace krait

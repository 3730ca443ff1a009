// io_base.cpp - helpers of module _io that all streams share, and the streams to be flushed at exit.
#include "stdlib/native/io_streams.h"

#include "runtime/object/codecs.h"
#include "runtime/object/system_text.h"

#include <cstdlib>

namespace krait {

Class *ioUnsupportedClass = nullptr;

int ioAttributeTruth_py(Value object, Str *name) {
  Value value = TRY_OR_MINUS(krt_getattr_py(object, name));
  return krt_truth_py(value);
}

bool ioSize_py(Value given, int64_t *out) {
  if (!given || given == kNone) {
    *out = -1;
    return true;
  }
  if (given.isInt()) {
    *out = given.asInt();
    return true;
  }
  if (!classOf(given)->slots.index && !krt_int_check(given)) {
    krt_raise(kTypeError, "argument should be integer or None, not '%.200T'", given);
    return false;
  }
  return ioOffset_py(given, out);
}

bool ioOffset_py(Value given, int64_t *out) {
  if (given.isInt()) {
    *out = given.asInt();
    return true;
  }
  *out = krt_index_i64_py(given, kOverflowError);
  return *out != -1 || !errorPending();
}

bool ioCheckClosed_py(Value object, const char *message) {
  int closed = ioAttributeTruth_py(object, KSTR(closed));
  if (closed > 0)
    krt_raise(kValueError, "%s", message);
  return closed == 0;
}

Value ioMake(Class *cls, const Value *, size_t, Tuple *) { return krt_instance_new(cls, 0); }

const char *ioFsPath_py(Value path) {
  if (!strCheck(path) && !bytesCheck(path)) {
    Value self, method = krt_special_lookup_py(path, KSTR(__fspath__), &self);
    if (!method) {
      if (!errorPending())
        krt_raise(kTypeError, "expected str, bytes or os.PathLike object, not %T", path);
      return nullptr;
    }
    Value given = path;
    path = TRY(krt_call_with_self_py(method, self, nullptr, 0, nullptr));
    if (!strCheck(path) && !bytesCheck(path)) {
      krt_raise(kTypeError, "expected %.200T.__fspath__() to return str or bytes, not %.200T", given, path);
      return nullptr;
    }
  }
  const char *text;
  size_t size;
  if (strCheck(path) && path.as<Str>()->isAscii()) {
    text = krt_str_utf8(path.as<Str>(), &size);
  } else {
    if (strCheck(path))
      path = TRY(krt_codec_encode_py(path.as<Str>(), krt_system_text.fileNames, "surrogateescape"));
    text = reinterpret_cast<const char *>(path.as<Bytes>()->data);
    size = static_cast<size_t>(path.as<Bytes>()->length);
  }
  if (text && std::memchr(text, 0, size)) {
    krt_raise(kValueError, "embedded null byte");
    return nullptr;
  }
  return text;
}

void ioChain(Value first) {
  if (!first)
    return;
  if (errorPending())
    krt_thread.pending.as<Exception>()->context = first;
  else
    krt_error_restore(first);
}

void ioWarnUnclosed_py(FileIO *file, Value source) {
  if (!file || file->fd < 0 || !file->closeFd)
    return;
  Value pending = krt_error_take();
  if (krt_warn_py(kResourceWarning, 1, "unclosed file %R", source) < 0)
    krt_error_unraisable(source);
  if (pending)
    krt_error_restore(pending);
}

void ioWarnLast_py(Object *stream) {
  FileIO *file;
  if (krt_instance(stream, &krt_fileio_class)) {
    file = static_cast<FileIO *>(stream);
  } else {
    Buffered *buffered = nullptr;
    if (krt_instance(stream, &krt_textiowrapper_class))
      buffered = static_cast<TextWrapper *>(stream)->direct;
    else if (classOf(stream) == &krt_buffered_reader_class || classOf(stream) == &krt_buffered_writer_class ||
             classOf(stream) == &krt_buffered_random_class)
      buffered = static_cast<Buffered *>(stream);
    file = buffered ? buffered->file : nullptr;
  }
  if (!file)
    return;
  ioWarnUnclosed_py(file, stream);
  file->closeFd = false; // said once, of the outermost
}

} // namespace krait

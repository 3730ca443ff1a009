// zlib.cpp - see zlib.h in this folder. The library keeps its state in malloc'ed memory that a finalizer
// frees.
#include "stdlib/native/zlib.h"

#include "runtime/abi/native.h"
#include "runtime/interp/global_lock.h"
#include "runtime/object/args.h"
#include "stdlib/native/class_module.h"
#include "stdlib/native/output_buffer.h"

#include <zlib.h>

#include "stdlib/native/zlib.bind.inc"

namespace krait {

namespace {

struct ZStream : Object { // Compress and Decompress
  z_stream stream;
  Value dictionary; // bytes-like, or null
  Bytes *unused, *tail;
  bool ready, eof;
};

Class *error;
constexpr int64_t kLarge = 8192; // inputs from this size on are worked on without the lock

ZStream *zstream(Value v) { return v.as<ZStream>(); }

Value fail(const z_stream &stream, int code, const char *doing) {
  const char *message = code == Z_VERSION_ERROR ? "library version mismatch" : stream.msg;
  if (!message)
    message = code == Z_BUF_ERROR      ? "incomplete or truncated stream"
              : code == Z_STREAM_ERROR ? "inconsistent stream state"
              : code == Z_DATA_ERROR   ? "invalid input data"
                                       : nullptr;
  return message ? krt_raise(error, "Error %d %s: %.200s", code, doing, message)
                 : krt_raise(error, "Error %d %s", code, doing);
}

/// Before the library makes it: with memory that the collector knows of.
z_stream newState() {
  z_stream stream{};
  stream.zalloc = [](void *, uInt count, uInt size) { return krt_gc_outside_allocate(size_t{count} * size); };
  stream.zfree = [](void *, void *memory) { krt_gc_outside_free(memory); };
  return stream;
}

/// Hands the next piece of the input over, as the library counts in 32 bits.
struct Input {
  const uint8_t *data;
  int64_t left;
  void feed(z_stream &stream) {
    stream.next_in = const_cast<uint8_t *>(data);
    stream.avail_in = static_cast<uInt>(std::min<int64_t>(left, UINT32_MAX));
  }
  void took(const z_stream &stream) {
    left -= stream.next_in - data;
    data = stream.next_in;
  }
};

/// Deflates all input; Z_OK, Z_STREAM_END, Z_BUF_ERROR (nothing to do) or an error.
int deflateAll(z_stream &stream, Input input, OutputBuffer &out, int mode) {
  for (;;) {
    input.feed(stream);
    int flush = input.left > stream.avail_in ? Z_NO_FLUSH : mode;
    stream.next_out = out.next();
    stream.avail_out = out.room();
    uint32_t room = stream.avail_out;
    int code = ::deflate(&stream, flush);
    out.wrote(room - stream.avail_out);
    input.took(stream);
    if (code == Z_STREAM_ERROR || code == Z_STREAM_END)
      return code;
    if (stream.avail_out && !input.left)
      return code;
  }
}

ZStream *newStream(const Class &cls, void (*finalize)(Object *)) {
  auto *self = gcNew<ZStream>(cls);
  self->unused = self->tail = krt_bytes_empty;
  self->stream = newState();
  krt_gc_set_release(self, finalize);
  return self;
}
void endDeflate(Object *object) {
  auto *self = static_cast<ZStream *>(object);
  if (self->ready)
    ::deflateEnd(&self->stream);
  self->ready = false;
}
void endInflate(Object *object) {
  auto *self = static_cast<ZStream *>(object);
  if (self->ready)
    ::inflateEnd(&self->stream);
  self->ready = false;
}

/// False with an exception pending.
bool setDictionary_py(ZStream *self) {
  BytesLike bytes;
  if (!bytes.acquire_py(self->dictionary))
    return false;
  int code = ::inflateSetDictionary(&self->stream, bytes.data(), static_cast<uInt>(bytes.size()));
  if (code != Z_OK)
    fail(self->stream, code, "while setting zdict");
  return code == Z_OK;
}

Bytes *joined(Bytes *first, const uint8_t *data, int64_t size) {
  if (!size)
    return first;
  Bytes *both = krt_bytes_raw(static_cast<size_t>(first->length + size));
  std::memcpy(both->data, first->data, static_cast<size_t>(first->length));
  std::memcpy(both->data + first->length, data, static_cast<size_t>(size));
  return both;
}

/// Inflates into [out]; false with an exception pending. What was not used is kept in the object.
bool inflateInto_py(ZStream *self, Input input, OutputBuffer &out, int mode) {
  int code = Z_OK;
  for (;;) {
    input.feed(self->stream);
    self->stream.next_out = out.next();
    self->stream.avail_out = out.room();
    uint32_t room = self->stream.avail_out;
    code = ::inflate(&self->stream, mode);
    out.wrote(room - self->stream.avail_out);
    input.took(self->stream);
    if (code == Z_NEED_DICT && self->dictionary) {
      if (!setDictionary_py(self))
        return false;
      continue;
    }
    if (code != Z_OK && code != Z_BUF_ERROR)
      break;
    if (out.full() || self->stream.avail_out) // no more room is wanted, or there is nothing more to write
      if (out.full() || !input.left || code == Z_BUF_ERROR)
        break;
  }
  if (code == Z_STREAM_END) {
    self->unused = joined(self->unused, input.data, input.left);
    self->tail = krt_bytes_empty;
    self->eof = true;
  } else if (input.left || self->tail->length) {
    self->tail = krt_bytes_new(input.data, static_cast<size_t>(input.left));
  }
  if (code != Z_STREAM_END && code != Z_OK && code != Z_BUF_ERROR) {
    fail(self->stream, code, "while decompressing data");
    return false;
  }
  return true;
}

bool checksumStart_py(Value given, uint32_t fallback, uint32_t *out) {
  *out = fallback;
  if (!given)
    return true;
  if (!given.isInt()) {
    given = krt_index_py(given);
    if (!given)
      return false;
  }
  given = krt_int_and(given, smallInt(0xffffffff));
  *out = static_cast<uint32_t>(given.asInt());
  return true;
}
template <typename F> Value checksum_py(Value data, Value start, uint32_t fallback, F add) {
  uint32_t value;
  BytesLike bytes;
  if (!bytes.acquire_py(data) || !checksumStart_py(start, fallback, &value))
    return {};
  auto whole = [&] {
    const uint8_t *at = bytes.data();
    for (int64_t left = bytes.size(); left > 0;) {
      auto part = static_cast<uInt>(std::min<int64_t>(left, 1 << 30));
      value = static_cast<uint32_t>(add(value, at, part));
      at += part;
      left -= part;
    }
  };
  if (bytes.size() > kLarge) {
    LockReleased released;
    whole();
  } else {
    whole();
  }
  return smallInt(value);
}

} // namespace

Value krt_zlib_adler32_py(Value data, Value value) { return checksum_py(data, value, 1, ::adler32); }
Value krt_zlib_crc32_py(Value data, Value value) { return checksum_py(data, value, 0, ::crc32); }

Value krt_zlib_compress_py(Value data, int level, int wbits) {
  BytesLike bytes;
  if (!bytes.acquire_py(data))
    return {};
  z_stream stream = newState();
  int code = gcOutside(
      Z_MEM_ERROR, [&] { return ::deflateInit2(&stream, level, Z_DEFLATED, wbits, 8, Z_DEFAULT_STRATEGY); });
  if (code == Z_MEM_ERROR)
    return krt_raise(kMemoryError, "Out of memory while compressing data");
  if (code == Z_STREAM_ERROR)
    return krt_raise(error, "Bad compression level");
  if (code != Z_OK)
    return fail(stream, code, "while compressing data");
  OutputBuffer out;
  code = deflateAll(stream, {bytes.data(), bytes.size()}, out, Z_FINISH);
  if (code != Z_STREAM_END) {
    ::deflateEnd(&stream);
    return fail(stream, code, "while compressing data");
  }
  code = ::deflateEnd(&stream);
  return code == Z_OK ? out.finish() : fail(stream, code, "while finishing compression");
}

Value krt_zlib_decompress_py(Value data, int wbits, int64_t bufsize) {
  if (bufsize < 0)
    return krt_raise(kValueError, "bufsize must be non-negative");
  BytesLike bytes;
  if (!bytes.acquire_py(data))
    return {};
  z_stream stream = newState();
  int code = gcOutside(Z_MEM_ERROR, [&] { return ::inflateInit2(&stream, wbits); });
  if (code == Z_MEM_ERROR)
    return krt_raise(kMemoryError, "Out of memory while decompressing data");
  if (code != Z_OK) {
    ::inflateEnd(&stream);
    return fail(stream, code, "while preparing to decompress data");
  }
  OutputBuffer out(-1, bufsize);
  Input input{bytes.data(), bytes.size()};
  do {
    input.feed(stream);
    stream.next_out = out.next();
    stream.avail_out = out.room();
    uint32_t room = stream.avail_out;
    code = ::inflate(&stream, Z_SYNC_FLUSH);
    out.wrote(room - stream.avail_out);
    input.took(stream);
  } while (code == Z_OK && (input.left || !stream.avail_out));
  if (code != Z_STREAM_END) {
    if (code == Z_OK) // the input ended first
      code = Z_BUF_ERROR;
    Value none = fail(stream, code, "while decompressing data");
    ::inflateEnd(&stream);
    return none;
  }
  code = ::inflateEnd(&stream);
  return code == Z_OK ? out.finish() : fail(stream, code, "while finishing decompression");
}

Value krt_zlib_compressobj_py(int level, int method, int wbits, int memLevel, int strategy, Value zdict) {
  BytesLike dictionary;
  if (zdict && zdict != kNone && !dictionary.acquire_py(zdict))
    return {};
  ZStream *self = newStream(krt_zlib_compress_class, endDeflate);
  int code = gcOutside(
      Z_MEM_ERROR, [&] { return ::deflateInit2(&self->stream, level, method, wbits, memLevel, strategy); });
  if (code == Z_MEM_ERROR)
    return krt_raise(kMemoryError, "Can't allocate memory for compression object");
  if (code == Z_STREAM_ERROR)
    return krt_raise(kValueError, "Invalid initialization option");
  if (code != Z_OK)
    return fail(self->stream, code, "while creating compression object");
  self->ready = true;
  if (dictionary.size() || (zdict && zdict != kNone)) {
    code = ::deflateSetDictionary(&self->stream, dictionary.data(), static_cast<uInt>(dictionary.size()));
    if (code == Z_STREAM_ERROR)
      return krt_raise(kValueError, "Invalid dictionary");
    if (code != Z_OK)
      return krt_raise(kValueError, "deflateSetDictionary()");
  }
  return self;
}

Value krt_zlib_decompressobj_py(int wbits, Value zdict) {
  if (zdict && !krt_buffer_check(zdict))
    return krt_raise(kTypeError, "zdict argument must support the buffer protocol");
  ZStream *self = newStream(krt_zlib_decompress_class, endInflate);
  self->dictionary = zdict;
  int code = gcOutside(Z_MEM_ERROR, [&] { return ::inflateInit2(&self->stream, wbits); });
  if (code == Z_MEM_ERROR)
    return krt_raise(kMemoryError, "Can't allocate memory for decompression object");
  if (code == Z_STREAM_ERROR)
    return krt_raise(kValueError, "Invalid initialization option");
  if (code != Z_OK)
    return fail(self->stream, code, "while creating decompression object");
  self->ready = true;
  if (zdict && wbits < 0 && !setDictionary_py(self)) // a raw stream does not ask for it
    return {};
  return self;
}

Value krt_zlib_compress_compress_py(Value given, Value data) {
  auto *self = zstream(given);
  BytesLike bytes;
  if (!bytes.acquire_py(data))
    return {};
  OutputBuffer out;
  int code = deflateAll(self->stream, {bytes.data(), bytes.size()}, out, Z_NO_FLUSH);
  return code == Z_STREAM_ERROR ? fail(self->stream, code, "while compressing data") : out.finish();
}

Value krt_zlib_compress_flush(Value given, int mode) {
  auto *self = zstream(given);
  if (mode == Z_NO_FLUSH)
    return krt_bytes_empty;
  OutputBuffer out;
  int code = deflateAll(self->stream, {nullptr, 0}, out, mode);
  if (code == Z_STREAM_END && mode == Z_FINISH) {
    self->ready = false;
    code = ::deflateEnd(&self->stream);
    if (code != Z_OK)
      return fail(self->stream, code, "while finishing compression");
  } else if (code != Z_OK && code != Z_BUF_ERROR) {
    return fail(self->stream, code, "while flushing");
  }
  return out.finish();
}

Value krt_zlib_compress_copy(Value given) {
  auto *self = zstream(given), *copy = newStream(krt_zlib_compress_class, endDeflate);
  int code = gcOutside(Z_MEM_ERROR, [&] { return ::deflateCopy(&copy->stream, &self->stream); });
  if (code == Z_STREAM_ERROR)
    return krt_raise(kValueError, "Inconsistent stream state");
  if (code == Z_MEM_ERROR)
    return krt_raise(kMemoryError, "Can't allocate memory for compression object");
  if (code != Z_OK)
    return fail(self->stream, code, "while copying compression object");
  copy->ready = true;
  return copy;
}
Value krt_zlib_compress_deepcopy(Value self, Value) { return krt_zlib_compress_copy(self); }

Value krt_zlib_decompress_decompress_py(Value given, Value data, int64_t max_length) {
  auto *self = zstream(given);
  if (max_length < 0)
    return krt_raise(kValueError, "max_length must be non-negative");
  BytesLike bytes;
  if (!bytes.acquire_py(data))
    return {};
  OutputBuffer out(max_length ? max_length : -1);
  return inflateInto_py(self, {bytes.data(), bytes.size()}, out, Z_SYNC_FLUSH) ? out.finish() : Value();
}

Value krt_zlib_decompress_flush(Value given, int64_t length) {
  KRT_ALLOW_PY("the dictionary is asked for its memory only");
  auto *self = zstream(given);
  if (length <= 0)
    return krt_raise(kValueError, "length must be greater than zero");
  OutputBuffer out(-1, length);
  Bytes *tail = self->tail;
  if (!inflateInto_py(self, {tail->data, tail->length}, out, Z_FINISH))
    return {};
  if (self->eof && self->ready) {
    self->ready = false;
    int code = ::inflateEnd(&self->stream);
    if (code != Z_OK)
      return fail(self->stream, code, "while finishing decompression");
  }
  return out.finish();
}

Value krt_zlib_decompress_copy(Value given) {
  auto *self = zstream(given), *copy = newStream(krt_zlib_decompress_class, endInflate);
  int code = gcOutside(Z_MEM_ERROR, [&] { return ::inflateCopy(&copy->stream, &self->stream); });
  if (code == Z_STREAM_ERROR)
    return krt_raise(kValueError, "Inconsistent stream state");
  if (code == Z_MEM_ERROR)
    return krt_raise(kMemoryError, "Can't allocate memory for decompression object");
  if (code != Z_OK)
    return fail(self->stream, code, "while copying decompression object");
  copy->ready = true;
  copy->dictionary = self->dictionary;
  copy->unused = self->unused;
  copy->tail = self->tail;
  copy->eof = self->eof;
  return copy;
}
Value krt_zlib_decompress_deepcopy(Value self, Value) { return krt_zlib_decompress_copy(self); }
Value krt_zlib_decompress_unusedData(Value self) { return zstream(self)->unused; }
Value krt_zlib_decompress_unconsumedTail(Value self) { return zstream(self)->tail; }
bool krt_zlib_decompress_eof(Value self) { return zstream(self)->eof; }

extern "C" {
Class krt_zlib_compress_class = {
    .flags = kClassDisallowNew,
    .nativeName = "zlib.Compress",
    .basicSize = sizeof(ZStream),
    .methods = krt_zlib_compress_defs,
};
Class krt_zlib_decompress_class = {
    .flags = kClassDisallowNew,
    .nativeName = "zlib.Decompress",
    .basicSize = sizeof(ZStream),
    .methods = krt_zlib_decompress_defs,
};
}

bool krt_zlib_init(Module *module) {
  if (!addException(module, &error, "zlib", "error", Value(kException)))
    return false;
  krt_class_ready(&krt_zlib_compress_class);
  krt_class_ready(&krt_zlib_decompress_class);
  static const struct {
    const char *name;
    int value;
  } constants[] = {{"MAX_WBITS", MAX_WBITS},
                   {"DEFLATED", Z_DEFLATED},
                   {"DEF_MEM_LEVEL", 8},
                   {"DEF_BUF_SIZE", 16384},
                   {"Z_NO_COMPRESSION", Z_NO_COMPRESSION},
                   {"Z_BEST_SPEED", Z_BEST_SPEED},
                   {"Z_BEST_COMPRESSION", Z_BEST_COMPRESSION},
                   {"Z_DEFAULT_COMPRESSION", Z_DEFAULT_COMPRESSION},
                   {"Z_FILTERED", Z_FILTERED},
                   {"Z_HUFFMAN_ONLY", Z_HUFFMAN_ONLY},
                   {"Z_RLE", Z_RLE},
                   {"Z_FIXED", Z_FIXED},
                   {"Z_DEFAULT_STRATEGY", Z_DEFAULT_STRATEGY},
                   {"Z_NO_FLUSH", Z_NO_FLUSH},
                   {"Z_PARTIAL_FLUSH", Z_PARTIAL_FLUSH},
                   {"Z_SYNC_FLUSH", Z_SYNC_FLUSH},
                   {"Z_FULL_FLUSH", Z_FULL_FLUSH},
                   {"Z_FINISH", Z_FINISH},
                   {"Z_BLOCK", Z_BLOCK},
                   {"Z_TREES", Z_TREES}};
  for (auto &row : constants)
    krt_dict_set_str(module->dict, strIntern(row.name), smallInt(row.value));
  krt_dict_set_str(module->dict, KSTR(ZLIB_VERSION), strFrom(ZLIB_VERSION));
  krt_dict_set_str(module->dict, KSTR(ZLIB_RUNTIME_VERSION), strFrom(::zlibVersion()));
  krt_dict_set_str(module->dict, KSTR(__version__), strFrom("1.0"));
  return true;
}

} // namespace krait

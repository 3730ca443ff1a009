// _bz2.cpp - see _bz2.h. The library keeps its state in malloc'ed memory that a finalizer frees.
#include "stdlib/native/_bz2.h"

#include "runtime/abi/native.h"
#include "runtime/object/args.h"
#include "runtime/object/iteration.h"
#include "stdlib/native/class_module.h"
#include "stdlib/native/output_buffer.h"

#include <bzlib.h>

#include "stdlib/native/_bz2.bind.inc"

namespace krait {

namespace {

struct Bz2 : Object { // both classes
  bz_stream stream;
  bool ready, flushed, eof, needsInput;
  bool damaged;            // decompressor: met data that is none
  Bytes *pending, *unused; // decompressor: input that was not looked at, or lies behind the end
};
Bz2 *bz2(Value v) { return v.as<Bz2>(); }

/// True if [code] is an error, with an exception pending.
bool failed(int code) {
  switch (code) {
  case BZ_OK:
  case BZ_RUN_OK:
  case BZ_FLUSH_OK:
  case BZ_FINISH_OK:
  case BZ_STREAM_END:
    return false;
  case BZ_PARAM_ERROR:
    krt_raise(kValueError, "Internal error - invalid parameters passed to libbzip2");
    break;
  case BZ_MEM_ERROR:
    krt_raise_memory();
    break;
  case BZ_DATA_ERROR:
  case BZ_DATA_ERROR_MAGIC:
    krt_raise(kOSError, "Invalid data stream");
    break;
  case BZ_IO_ERROR:
    krt_raise(kOSError, "Unknown I/O error");
    break;
  case BZ_UNEXPECTED_EOF:
    krt_raise(kEOFError, "Compressed file ended before the logical end-of-stream was detected");
    break;
  case BZ_SEQUENCE_ERROR:
    krt_raise(kRuntimeError, "Internal error - Invalid sequence of commands sent to libbzip2");
    break;
  default:
    krt_raise(kOSError, "Unrecognized error from libbzip2: %d", code);
  }
  return true;
}

/// Before the library makes the state: with memory that the collector knows of.
void useOutside(bz_stream &stream) {
  stream.bzalloc = [](void *, int count, int size) {
    return krt_gc_outside_allocate(static_cast<size_t>(count) * static_cast<size_t>(size));
  };
  stream.bzfree = [](void *, void *memory) { krt_gc_outside_free(memory); };
}

void endCompress(Object *object) {
  auto *self = static_cast<Bz2 *>(object);
  if (self->ready)
    ::BZ2_bzCompressEnd(&self->stream);
  self->ready = false;
}
void endDecompress(Object *object) {
  auto *self = static_cast<Bz2 *>(object);
  if (self->ready)
    ::BZ2_bzDecompressEnd(&self->stream);
  self->ready = false;
}

/// Compresses all input; null with an exception pending.
Value compressAll(Bz2 *self, const uint8_t *data, int64_t size, int action) {
  OutputBuffer out;
  for (;;) {
    auto part = static_cast<unsigned>(std::min<int64_t>(size, UINT32_MAX));
    self->stream.next_in = reinterpret_cast<char *>(const_cast<uint8_t *>(data));
    self->stream.avail_in = part;
    self->stream.next_out = reinterpret_cast<char *>(out.next());
    uint32_t room = self->stream.avail_out = out.room();
    if (action == BZ_RUN && !size)
      return out.finish();
    int code = ::BZ2_bzCompress(&self->stream, action);
    if (failed(code))
      return {};
    out.wrote(room - self->stream.avail_out);
    data += part - self->stream.avail_in;
    size -= part - self->stream.avail_in;
    if (code == BZ_STREAM_END)
      return out.finish();
  }
}

} // namespace

Value krt_bz2_compressor_create(Class *cls, int level) {
  if (level < 1 || level > 9)
    return krt_raise(kValueError, "compresslevel must be between 1 and 9");
  auto *self = newInstance<Bz2>(krt_bz2_compressor_class, cls);
  useOutside(self->stream);
  if (failed(gcOutside(BZ_MEM_ERROR, [&] { return ::BZ2_bzCompressInit(&self->stream, level, 0, 0); })))
    return {};
  self->ready = true;
  krt_gc_set_release(self, endCompress);
  return self;
}
Value krt_bz2_compressor_compress_py(Value v, Value data) {
  BytesLike bytes;
  if (!bytes.acquire_py(data))
    return {};
  if (bz2(v)->flushed)
    return krt_raise(kValueError, "Compressor has been flushed");
  return compressAll(bz2(v), bytes.data(), bytes.size(), BZ_RUN);
}
Value krt_bz2_compressor_flush(Value v) {
  if (bz2(v)->flushed)
    return krt_raise(kValueError, "Repeated call to flush()");
  bz2(v)->flushed = true;
  return compressAll(bz2(v), nullptr, 0, BZ_FINISH);
}

Value krt_bz2_decompressor_create(Class *cls) {
  auto *self = newInstance<Bz2>(krt_bz2_decompressor_class, cls);
  useOutside(self->stream);
  if (failed(gcOutside(BZ_MEM_ERROR, [&] { return ::BZ2_bzDecompressInit(&self->stream, 0, 0); })))
    return {};
  self->ready = self->needsInput = true;
  self->pending = self->unused = krt_bytes_empty;
  krt_gc_set_release(self, endDecompress);
  return self;
}
Value krt_bz2_decompressor_decompress_py(Value v, Value data, int64_t limit) {
  auto *self = bz2(v);
  BytesLike bytes;
  if (!bytes.acquire_py(data))
    return {};
  if (self->eof)
    return krt_raise(kEOFError, "End of stream already reached");
  if (self->damaged)
    return krt_raise(kValueError, "Decompressor is unusable after a previous error");
  const uint8_t *at = bytes.data();
  int64_t left = bytes.size();
  putPendingBefore(self->pending, at, left);
  OutputBuffer out(limit);
  for (;;) {
    self->stream.next_out = reinterpret_cast<char *>(out.next());
    uint32_t room = self->stream.avail_out = out.room();
    auto part = static_cast<unsigned>(std::min<int64_t>(left, UINT32_MAX));
    self->stream.next_in = reinterpret_cast<char *>(const_cast<uint8_t *>(at));
    self->stream.avail_in = part;
    int code = ::BZ2_bzDecompress(&self->stream);
    if (failed(code)) {
      self->damaged = true;
      self->needsInput = false;
      return {};
    }
    out.wrote(room - self->stream.avail_out);
    at += part - self->stream.avail_in;
    left -= part - self->stream.avail_in;
    if (code == BZ_STREAM_END) {
      self->eof = true;
      break;
    }
    if (out.full() || (!left && self->stream.avail_out))
      break;
  }
  self->needsInput = !self->eof && !left;
  if (self->eof)
    self->unused = krt_bytes_new(at, static_cast<size_t>(left));
  self->pending = self->eof || !left ? krt_bytes_empty : krt_bytes_new(at, static_cast<size_t>(left));
  return out.finish();
}
bool krt_bz2_decompressor_eof(Value v) { return bz2(v)->eof; }
bool krt_bz2_decompressor_needsInput(Value v) { return bz2(v)->needsInput; }
Value krt_bz2_decompressor_unusedData(Value v) { return bz2(v)->unused; }

extern "C" {
Class krt_bz2_compressor_class = {
    .flags = kClassBase,
    .nativeName = "_bz2.BZ2Compressor",
    .basicSize = sizeof(Bz2),
    .slots = {.make = krt_bz2_compressor_make},
    .methods = krt_bz2_compressor_defs,
    .doc = krt_bz2_compressor_doc,
};
Class krt_bz2_decompressor_class = {
    .flags = kClassBase,
    .nativeName = "_bz2.BZ2Decompressor",
    .basicSize = sizeof(Bz2),
    .slots = {.make = krt_bz2_decompressor_make},
    .methods = krt_bz2_decompressor_defs,
    .doc = krt_bz2_decompressor_doc,
};
}

bool krt__bz2_init(Module *module) {
  addClass(module, &krt_bz2_compressor_class);
  addClass(module, &krt_bz2_decompressor_class);
  return true;
}

} // namespace krait

// _io_bytes.cpp - BytesIO.
#include "stdlib/native/_io_bytes.h"
#include "runtime/object/exports.h"
#include "runtime/object/sequence.h"

#include "stdlib/native/_io_bytes.bind.inc"

namespace krait {

static bool usable(BytesStream *self) {
  if (self->closed)
    ioRaiseClosed();
  return !self->closed;
}
static bool resizable(BytesStream *self) {
  if (!exportsHold(self->exports))
    return true;
  krt_raise(kBufferError, "Existing exports of data: object cannot be re-sized");
  return false;
}
static bool reserve(BytesStream *self, int64_t size) {
  if (size <= self->capacity)
    return true;
  int64_t capacity = std::max<int64_t>(size + size / 8 + 32, self->capacity * 2);
  auto *grown = static_cast<uint8_t *>(krt_gc_try(static_cast<size_t>(capacity), true));
  if (!grown) {
    krt_raise_memory();
    return false;
  }
  if (self->length)
    std::memcpy(grown, self->data, static_cast<size_t>(self->length));
  self->data = grown;
  self->capacity = capacity;
  return true;
}
static int64_t left(BytesStream *self) { return std::max<int64_t>(0, self->length - self->pos); }
static Value take(BytesStream *self, int64_t size) {
  Value bytes = krt_bytes_new(self->data + (size ? self->pos : 0), static_cast<size_t>(size));
  self->pos += size;
  return bytes;
}
static int64_t lineSize(BytesStream *self, int64_t limit) {
  int64_t size = left(self);
  if (limit >= 0)
    size = std::min(size, limit);
  if (size)
    if (auto *end =
            static_cast<uint8_t *>(std::memchr(self->data + self->pos, '\n', static_cast<size_t>(size))))
      return end - (self->data + self->pos) + 1;
  return size;
}

bool krt_bytesio_init_py(BytesStream *self, Value initial) {
  if (!resizable(self))
    return false;
  self->length = self->pos = 0;
  self->closed = false;
  if (initial && initial != kNone) {
    if (!krt_bytesio_write_py(self, initial))
      return false;
    self->pos = 0;
  }
  return true;
}
Value krt_bytesio_read_py(BytesStream *self, Value given) {
  int64_t size;
  if (!ioSize_py(given, &size) || !usable(self))
    return {};
  return take(self, size < 0 ? left(self) : std::min(size, left(self)));
}
Value krt_bytesio_readline_py(BytesStream *self, Value given) {
  int64_t limit;
  if (!ioSize_py(given, &limit) || !usable(self))
    return {};
  return take(self, lineSize(self, limit));
}
Value krt_bytesio_readlines_py(BytesStream *self, Value given) {
  int64_t limit, total = 0;
  if (!ioSize_py(given, &limit) || !usable(self))
    return {};
  List *lines = krt_list_new(0);
  while (int64_t size = lineSize(self, -1)) {
    krt_list_append(lines, TRY(take(self, size)));
    total += size;
    if (limit > 0 && total >= limit)
      break;
  }
  return lines;
}
Value krt_bytesio_readinto_py(BytesStream *self, Value buffer) {
  BytesLike target;
  if (!usable(self) || !acquireTarget_py(target, buffer))
    return {};
  int64_t size = std::min(target.size(), left(self));
  if (size)
    std::memmove(target.writable(), self->data + self->pos, static_cast<size_t>(size));
  self->pos += size;
  return ioInt(size);
}
Value krt_bytesio_write_py(BytesStream *self, Value data) {
  BytesLike source;
  if (!usable(self) || !source.acquire_py(data) || !resizable(self))
    return {};
  if (source.size()) {
    if (source.size() > (INT64_MAX >> 1) - self->pos)
      return krt_raise(kOverflowError, "new buffer size too large");
    if (!reserve(self, self->pos + source.size()))
      return {};
    if (self->pos > self->length)
      std::memset(self->data + self->length, 0, static_cast<size_t>(self->pos - self->length));
    std::memmove(self->data + self->pos, source.data(), static_cast<size_t>(source.size()));
    self->pos += source.size();
    self->length = std::max(self->length, self->pos);
  }
  return ioInt(source.size());
}
Value krt_bytesio_writelines_py(BytesStream *self, Value lines) {
  if (!usable(self))
    return {};
  Value iterator = TRY(krt_iter_py(lines));
  while (Value line = krt_next_py(iterator))
    TRY(krt_bytesio_write_py(self, line));
  return errorPending() ? Value() : kNone;
}
Value krt_bytesio_seek_py(BytesStream *self, Value given, int whence) {
  int64_t pos;
  if (!ioOffset_py(given, &pos) || !usable(self))
    return {};
  if (whence == 0) {
    if (pos < 0)
      return krt_raise(kValueError, "negative seek value %lld", static_cast<long long>(pos));
  } else if (whence == 1 || whence == 2) {
    if (__builtin_add_overflow(pos, whence == 1 ? self->pos : self->length, &pos))
      return krt_raise(kOverflowError, "new position too large");
  } else {
    return krt_raise(kValueError, "invalid whence (%d, should be 0, 1 or 2)", whence);
  }
  return ioInt(self->pos = std::max<int64_t>(pos, 0));
}
Value krt_bytesio_tell(BytesStream *self) { return usable(self) ? ioInt(self->pos) : Value(); }
Value krt_bytesio_truncate_py(BytesStream *self, Value given) {
  int64_t size = self->pos;
  if (!usable(self) || !resizable(self) || (given != kNone && !ioSize_py(given, &size)))
    return {};
  if (size < 0)
    return krt_raise(kValueError, "negative size value %lld", static_cast<long long>(size));
  self->length = std::min(self->length, size);
  return ioInt(size);
}
Value krt_bytesio_getvalue(BytesStream *self) {
  return usable(self) ? Value(krt_bytes_new(self->data, static_cast<size_t>(self->length))) : Value();
}
Value krt_bytesio_flush(BytesStream *self) { return usable(self) ? kNone : Value(); }
Value krt_bytesio_close(BytesStream *self) {
  if (!resizable(self))
    return {};
  self->data = nullptr;
  self->length = self->capacity = 0;
  self->closed = true;
  return kNone;
}
Value krt_bytesio_able(BytesStream *self) { return usable(self) ? kTrue : Value(); }
Value krt_bytesio_isatty(BytesStream *self) { return usable(self) ? kFalse : Value(); }
Value krt_bytesio_closed(BytesStream *self) { return boolean(self->closed); }
Value krt_bytesio_getstate_py(BytesStream *self) {
  Value items[3] = {TRY(krt_bytesio_getvalue(self)), ioInt(self->pos), kNone};
  Dict *dict = krt_instance_dict_copy(self);
  if (dict && dict->used)
    items[2] = dict;
  return krt_tuple_from(items, 3);
}
Value krt_bytesio_setstate_py(BytesStream *self, Value state) {
  if (!hasClassFlag(state, kClassTupleSub) || state.as<Tuple>()->length < 3)
    return krt_raise(kTypeError, "%.200T.__setstate__ argument should be 3-tuple, got %.200T", Value(self),
                     state);
  Value *items = state.as<Tuple>()->items;
  if (!usable(self))
    return {};
  if (!krt_bytesio_init_py(self, items[0]))
    return {};
  if (!krt_int_check(items[1]))
    return krt_raise(kTypeError, "second item of state must be an integer, not %.200T", items[1]);
  int64_t position;
  if (!ioOffset_py(items[1], &position))
    return {};
  if (position < 0)
    return krt_raise(kValueError, "position value cannot be negative");
  self->pos = position;
  if (items[2] != kNone) {
    if (!hasClassFlag(items[2], kClassDictSub))
      return krt_raise(kTypeError, "third item of state should be a dict, got a %.200T", items[2]);
    Dict *dict = krt_instance_dict(self);
    if (!dict || krt_dict_update_py(dict, items[2], true) < 0)
      return {};
  }
  return kNone;
}

static Value next(Value v) {
  auto *self = v.as<BytesStream>();
  if (!usable(self))
    return {};
  if (classOf(v)->flags & kClassHeap)
    return krt_iobase_class.slots.next(v);
  int64_t size = lineSize(self, -1);
  return size ? take(self, size) : Value();
}

// ---- getbuffer() ------------------------------------------------------------------------------------

namespace {
/// Exports the memory of a BytesIO, which cannot change its size meanwhile.
struct BytesStreamBuffer : Object {
  BytesStream *source;
};
} // namespace
static int getBuffer(Value v, Buffer *out, int) {
  BytesStream *source = v.as<BytesStreamBuffer>()->source;
  source->exports++;
  bufferFillBytes(out, v, source->data, source->length, false);
  return 0;
}
static void releaseBuffer(Value v, Buffer *) { v.as<BytesStreamBuffer>()->source->exports--; }
constinit static Class bufferClass = {
    .flags = kClassDisallowNew,
    .nativeName = "_io._BytesIOBuffer",
    .basicSize = sizeof(BytesStreamBuffer),
    .slots = {.getBuffer = getBuffer, .releaseBuffer = releaseBuffer},
};
Value krt_bytesio_getbuffer_py(BytesStream *self) {
  if (!usable(self))
    return {};
  krt_class_ready(&bufferClass);
  auto *exporter = gcNew<BytesStreamBuffer>(bufferClass);
  exporter->source = self;
  return krt_memoryview_new_py(exporter);
}

extern "C" {
constinit Class krt_bytesio_class = {
    .flags = kClassBase,
    .nativeName = "_io.BytesIO",
    .base = &krt_bufferediobase_class,
    .basicSize = sizeof(BytesStream),
    .slots = {.iter = iteratorSelf, .next = next, .init = krt_bytesio_init, .make = ioMake},
    .methods = krt_bytesio_defs,
    .doc = krt_bytesio_doc,
    .newSignature = "(initial_bytes=b'')",
};
}

} // namespace krait

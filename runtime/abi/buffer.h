// buffer.h - the buffer protocol: one object's memory seen by another (bytes-like objects, memoryview, arrays).
#pragma once

#include "runtime/abi/object.h"

namespace krait {

enum BufferFlags : int { kBufferSimple = 0, kBufferWritable = 1, kBufferStrided = 2, kBufferFormat = 4, kBufferFull = 6 };

/// Filled by TypeSlots::getBuffer; handed back to TypeSlots::releaseBuffer of the same object.
struct Buffer {
  Value owner;               // the exporting object; null: nothing held
  uint8_t *data;             // of the first item
  int64_t length;            // bytes: the product of shape and itemSize
  int64_t itemSize;
  const char *format;        // struct syntax; null means "B"
  int32_t dimensions;
  bool readonly;
  const int64_t *shape;      // [dimensions]
  const int64_t *strides;    // [dimensions], in bytes
  const int64_t *suboffsets; // or null
  int64_t ownShape, ownStride; // room for the one-dimensional case
  void *internal;            // the exporter's
};

/// Fills [out] for plain bytes of one dimension.
inline void bufferFillBytes(Buffer *out, Value owner, void *data, int64_t length, bool readonly) {
  *out = Buffer{};
  out->owner = owner;
  out->data = static_cast<uint8_t *>(data);
  out->length = out->ownShape = length;
  out->itemSize = out->ownStride = 1;
  out->dimensions = 1;
  out->readonly = readonly;
  out->shape = &out->ownShape;
  out->strides = &out->ownStride;
}

} // namespace krait

// bytes_run.h - for the files that implement bytes and bytearray: receivers and results of either class.
#pragma once

#include "runtime/object/bytes.h"

namespace krait {

struct ByteRun {
  uint8_t *data;
  int64_t size;
  std::string_view view() const { return {reinterpret_cast<const char *>(data), static_cast<size_t>(size)}; }
};
/// The bytes of a receiver: an instance of bytes, bytearray or a subclass.
inline ByteRun runOf(Value self) {
  if (bytesCheck(self))
    return {self.as<Bytes>()->data, self.as<Bytes>()->length};
  return {self.as<ByteArray>()->data, self.as<ByteArray>()->length};
}
/// New bytes or bytearray, as the receiver.
Value likeReceiver(Value self, const void *data, size_t size);
/// A byte from an integer object: -1 with ValueError or TypeError pending.
int byteValue_py(Value v);
/// Replaces bytes [start, end) by [size] bytes at [data] (which do not lie in the array).
int byteArrayReplace(ByteArray *array, int64_t start, int64_t end, const uint8_t *data, int64_t size);
/// Start and end as slices have them; false with an exception pending.
bool sliceBounds_py(Value start, Value end, int64_t length, int64_t *from, int64_t *to);

} // namespace krait

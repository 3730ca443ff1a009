// bytes.h - bytes, bytearray, memoryview and reading of bytes-like objects.
#pragma once

#include "runtime/abi/buffer.h"
#include "runtime/abi/types.h"
#include "runtime/gc/gc.h"

#include <string_view>

namespace krait {

extern "C" {
extern Class krt_bytes_class, krt_bytearray_class, krt_memoryview_class;
extern Class krt_bytes_iterator_class, krt_bytearray_iterator_class;
extern Shape krt_bytes_shape, krt_bytearray_shape;
extern Bytes *const krt_bytes_empty;
/// A copy of [size] bytes.
Bytes *krt_bytes_new(const void *data, size_t size);
/// Uninitialised; null with MemoryError pending.
Bytes *krt_bytes_raw(size_t size);
/// Exact bytes with the first [size] bytes of [bytes], whose tail is given up.
Bytes *krt_bytes_shrink(Bytes *bytes, size_t size);
ByteArray *krt_bytearray_new(const void *data, size_t size);
/// Room for [size] bytes; BufferError while exported.
int krt_bytearray_resize(ByteArray *array, int64_t size);
/// bytes(object) of an object without encoding: bytes-like, __bytes__, iterable of ints, count.
Bytes *krt_bytes_of_py(Value object);
/// repr: b'...'.
Str *krt_bytes_repr(const uint8_t *data, int64_t size);
/// Hexadecimal digits with an optional separator (null: none), as bytes.hex.
Value krt_buffer_hex_py(const uint8_t *data, int64_t size, Value sep, int bytesPerSep);
Value krt_memoryview_new_py(Value object);
/// How often -b was given: 0 unless comparisons of bytes with text, and str() of bytes, shall warn.
extern int krt_bytes_warning;

/// TypeSlots::getBuffer of the object's class; -1 with TypeError if it has none.
int krt_buffer_get_py(Value object, Buffer *out, int flags);
void krt_buffer_release(Buffer *buffer);
bool krt_buffer_check(Value object);
}
inline bool bytesCheck(Value v) { return hasClassFlag(v, kClassBytesSub); }
inline bool byteArrayCheck(Value v) { return hasClassFlag(v, kClassByteArraySub); }
inline std::string_view bytesView(const Bytes *bytes) {
  return {reinterpret_cast<const char *>(bytes->data), static_cast<size_t>(bytes->length)};
}

/// Holds the memory of a bytes-like object while in scope.
class BytesLike {
public:
  BytesLike() = default;
  BytesLike(const BytesLike &) = delete;
  ~BytesLike() {
    if (buffer_.owner)
      krt_buffer_release(&buffer_);
  }
  /// False with an exception pending: TypeError "a bytes-like object is required, not 'X'".
  bool acquire_py(Value object, int flags = kBufferSimple);
  const uint8_t *data() const { return data_; }
  uint8_t *writable() const { return data_; }
  int64_t size() const { return size_; }
  std::string_view view() const {
    return {reinterpret_cast<const char *>(data_), static_cast<size_t>(size_)};
  }

private:
  Buffer buffer_{};
  uint8_t *data_ = nullptr;
  int64_t size_ = 0;
};

/// Collects bytes piece by piece.
class BytesBuilder {
public:
  void append(uint8_t byte) {
    if (length_ == capacity_)
      grow(1);
    data_[length_++] = byte;
  }
  void append(const void *data, size_t size) {
    if (length_ + size > capacity_)
      grow(size);
    if (size)
      std::memcpy(data_ + length_, data, size);
    length_ += size;
  }
  void append(std::string_view text) { append(text.data(), text.size()); }
  size_t length() const { return length_; }
  uint8_t *data() { return data_; }
  Bytes *finish() { return krt_bytes_new(data_, length_); }

private:
  uint8_t *data_ = nullptr; // collector-owned, atomic
  size_t length_ = 0, capacity_ = 0;
  void grow(size_t more);
};

} // namespace krait

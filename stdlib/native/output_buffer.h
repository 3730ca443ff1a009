// output_buffer.h - what the modules over compression libraries share: output in a buffer that grows, input
// kept for the next call.
#pragma once

#include "runtime/object/bytes.h"

#include <algorithm>

namespace krait {

/// Room for output: the library writes at next() up to room() bytes and says so with wrote().
class OutputBuffer {
public:
  /// [limit] negative: none.
  explicit OutputBuffer(int64_t limit = -1, int64_t first = 16384)
      : limit_(limit), first_(std::max<int64_t>(first, 1)) {}
  uint8_t *next() {
    if (length_ == capacity_) {
      int64_t capacity = capacity_ ? capacity_ * 2 : first_;
      if (limit_ >= 0)
        capacity = std::min(capacity, limit_);
      auto *grown = static_cast<uint8_t *>(gcAllocateAtomic(static_cast<size_t>(capacity) + 1));
      if (length_)
        std::memcpy(grown, data_, static_cast<size_t>(length_));
      data_ = grown;
      capacity_ = capacity;
    }
    return data_ + length_;
  }
  /// At most what 32 bits hold.
  uint32_t room() const { return static_cast<uint32_t>(std::min<int64_t>(capacity_ - length_, INT32_MAX)); }
  void wrote(int64_t bytes) { length_ += bytes; }
  bool full() const { return limit_ >= 0 && length_ >= limit_; }
  int64_t length() const { return length_; }
  Value finish() { return krt_bytes_new(data_, static_cast<size_t>(length_)); }

private:
  uint8_t *data_ = nullptr;
  int64_t length_ = 0, capacity_ = 0, limit_, first_;
};

/// Input that a decompressor kept ([pending]) comes before the new: [at], [left] then say both, in one new
/// place.
inline void putPendingBefore(const Bytes *pending, const uint8_t *&at, int64_t &left) {
  int64_t kept = pending->length;
  if (!kept)
    return;
  Bytes *whole = krt_bytes_raw(static_cast<size_t>(kept + left));
  std::memcpy(whole->data, pending->data, static_cast<size_t>(kept));
  std::memcpy(whole->data + kept, at, static_cast<size_t>(left));
  at = whole->data;
  left += kept;
}

} // namespace krait

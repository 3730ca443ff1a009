// native_stack.cpp - asks the system once a thread.
#include "compiler/support/native_stack.h"

#include <cstddef>
#include <pthread.h>

namespace krait {

namespace {

constexpr size_t kReserve = 256 * 1024;

struct Bounds {
  const char *low = nullptr, *high = nullptr;
  Bounds() {
    pthread_attr_t attributes;
    if (pthread_getattr_np(pthread_self(), &attributes) != 0)
      return;
    void *start;
    size_t size;
    if (pthread_attr_getstack(&attributes, &start, &size) == 0) {
      low = static_cast<const char *>(start);
      high = low + size;
    }
    pthread_attr_destroy(&attributes);
  }
};

} // namespace

bool nativeStackLow() {
  static thread_local Bounds bounds;
  auto here = static_cast<const char *>(__builtin_frame_address(0));
  return here >= bounds.low && here < bounds.high && static_cast<size_t>(here - bounds.low) < kReserve;
}

} // namespace krait

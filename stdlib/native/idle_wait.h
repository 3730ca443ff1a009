// idle_wait.h - waiting, with one collection if it takes long: see runtime/gc/idle.h.
//
// Finalizers run from there as they do wherever the poll is looked at.
#pragma once

#include "runtime/gc/idle.h"

#include <algorithm>

namespace krait {

/// One wait of a program, in parts: the first, of 50 milliseconds or more, unless what is waited for comes
/// earlier; then collect_py; then the rest.
class IdleWait {
public:
  static constexpr int64_t kNoLimit = INT64_MAX;
  /// Whether the next part is the first of two, when [left] nanoseconds are left (negative: it is late).
  bool cut(int64_t left) {
    int64_t delay = done_ ? -1 : krt_gc_idle_delay();
    part_ = std::max(kShortest, delay);
    return cut_ = delay >= 0 && left - kShortest > part_;
  }
  /// As answered last.
  bool isCut() const { return cut_; }
  /// The length of the first part.
  int64_t nanoseconds() const { return part_; }
  int milliseconds() const { return static_cast<int>((part_ + 999'999) / 1'000'000); }
  /// After the first part has passed.
  void collect_py();

private:
  static constexpr int64_t kShortest = 50'000'000;
  bool done_ = false, cut_ = false;
  int64_t part_ = 0;
};

/// Before a call that waits until [fd] is readable.
void idleBeforeRead_py(int fd);

} // namespace krait

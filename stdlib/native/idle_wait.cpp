// idle_wait.cpp - see idle_wait.h.
#include "stdlib/native/idle_wait.h"

#include "stdlib/native/system_calls.h"

#include <poll.h>

namespace krait {

void IdleWait::collect_py() {
  done_ = true;
  int64_t delay = krt_gc_idle_delay();
  if (delay < 0 || delay > 1'000'000) // another thread was faster
    return;
  ioCloseDropped_py();
  krt_gc_idle_done();
}

void idleBeforeRead_py(int fd) {
  IdleWait idle;
  if (!idle.cut(IdleWait::kNoLimit))
    return;
  pollfd entry{fd, POLLIN, 0};
  int ready = [&] {
    LockReleased released;
    return ::poll(&entry, 1, idle.milliseconds());
  }();
  if (ready == 0)
    idle.collect_py();
}

} // namespace krait

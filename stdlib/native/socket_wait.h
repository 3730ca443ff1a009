// socket_wait.h - waiting for a socket, for _socket and _ssl.
#pragma once

#include "stdlib/native/idle_wait.h"
#include "stdlib/native/system_calls.h"

#include <algorithm>
#include <climits>
#include <ctime>
#include <poll.h>

namespace krait {

/// Nanoseconds of the clock that deadlines are told by.
inline int64_t socketClock() {
  timespec t;
  ::clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000 + t.tv_nsec;
}

/// Waits until the descriptor is ready; a negative deadline: for ever. 1 ready, 0 the time is up, -1 an
/// exception is pending.
inline int pollSocket_py(int fd, short events, int64_t deadline) {
  IdleWait idle;
  for (;;) {
    pollfd poll{fd, events, 0};
    int64_t left = deadline < 0 ? -1 : std::max<int64_t>(0, deadline - socketClock());
    if (idle.cut(left < 0 ? IdleWait::kNoLimit : left))
      left = idle.nanoseconds();
    int ms = left < 0 ? -1 : static_cast<int>(std::min<int64_t>((left + 999999) / 1000000, INT_MAX));
    if (signalsBeforeWaiting_py() < 0)
      return -1;
    int n = [&] {
      LockReleased released;
      return ::poll(&poll, 1, ms);
    }();
    if (n > 0)
      return 1;
    if (n == 0) {
      if (idle.isCut())
        idle.collect_py();
      if (deadline < 0 || socketClock() < deadline)
        continue;
      return 0;
    }
    if (errno != EINTR) {
      systemError();
      return -1;
    }
    if (krt_poll_py() < 0)
      return -1;
  }
}

} // namespace krait

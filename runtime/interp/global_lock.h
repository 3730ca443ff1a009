// global_lock.h - the one lock of all threads that run Python code, and the list of those threads.
//
// A thread holds the lock whenever it touches Python objects. It is given up around calls that may block
// (LockReleased) and, when another thread has waited for the switch interval, at the next poll. While there
// is only one thread nothing is locked at all.
#pragma once

#include "runtime/abi/thread.h"
#include "runtime/interp/interp.h"

namespace krait {

extern "C" {
/// Before the first second thread: the caller holds the lock from now on. Idempotent.
void krt_lock_start();
/// False while the process never had a second thread: there is no lock then.
extern bool krt_lock_used;
void krt_lock_acquire();
void krt_lock_release();
/// In the child of a fork: only the calling thread is left, and it holds the lock.
void krt_lock_after_fork();
/// Seconds a thread may run while others wait: sys.getswitchinterval.
double krt_lock_interval();
void krt_lock_set_interval(double seconds);

/// Threads started by the runtime, the main one included. The lock is held.
void krt_threads_add(ThreadState *thread);
void krt_threads_remove(ThreadState *thread);
/// The latest first, as CPython lists them.
void krt_threads_each(void (*visit)(ThreadState *thread, void *data), void *data);
ThreadState *krt_thread_main();
}

/// Called before what may block: runs the handlers of signals that arrived since the last poll. They would have to wait as long as
/// the call does, since only a signal that comes during it interrupts it. -1 = exception pending.
inline int signalsBeforeWaiting_py() {
  return krt_thread.poll.load(std::memory_order_relaxed) & (kPollSignal | kPollAsyncException) ? krt_poll_py() : 0;
}

/// Gives the lock up while in scope, for calls that may block. No Python object may be made or changed
/// meanwhile. errno is kept.
class LockReleased {
public:
  LockReleased() : released_(krt_lock_used) {
    if (released_)
      krt_lock_release();
  }
  ~LockReleased() {
    if (released_)
      krt_lock_acquire();
  }
  LockReleased(const LockReleased &) = delete;

private:
  bool released_;
};

} // namespace krait

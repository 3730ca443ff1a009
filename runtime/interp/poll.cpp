// poll.cpp - what the poll bits of a thread ask for, at loop heads and calls.
#include "runtime/gc/gc.h"
#include "runtime/interp/interp.h"
#include "runtime/object/errors.h"

namespace krait {

int (*krt_signal_hook_py)() = nullptr;
void (*krt_lock_hook)() = nullptr;
void (*krt_stress_hook)() = nullptr;

extern "C" int krt_poll_py() {
  ThreadState &thread = krt_thread;
  uint32_t reasons = thread.poll.exchange(0, std::memory_order_acq_rel);
  if (krt_stress_hook)
    krt_stress_hook();
  if (reasons & kPollFinalizers)
    krt_gc_run_finalizers();
  if ((reasons & kPollLock) && krt_lock_hook)
    krt_lock_hook();
  if ((reasons & kPollSignal) && krt_signal_hook_py && krt_signal_hook_py() < 0)
    return -1;
  if (reasons & kPollAsyncException) {
    Value exception = thread.asyncException;
    thread.asyncException = Value();
    if (exception) {
      krt_raise_args(exception.as<Class>(), nullptr, 0);
      return -1;
    }
  }
  return 0;
}

} // namespace krait

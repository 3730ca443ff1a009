// ample_stack.cpp - moving `main` to a stack of its own.
#include "runtime/gc/ample_stack.h"

#include <algorithm>
#include <cstddef>
#include <sys/mman.h>
#include <sys/resource.h>
#include <ucontext.h>

namespace krait {

AmpleStack krt_gc_ample_stack;

namespace {

constexpr size_t kLargest = size_t{512} << 20, kSmallest = size_t{8} << 20;
/// At most this share of the address space that the process may use.
constexpr size_t kShare = 16;
constexpr size_t kGuard = size_t{64} << 10;

struct Call {
  int (*run)(int, char **);
  int argc;
  char **argv;
  int code;
} call;

void runCall() { call.code = call.run(call.argc, call.argv); }

bool reserve() {
  rlimit limit;
  size_t size = kLargest;
  if (getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
    while (size > kSmallest && size > limit.rlim_cur / kShare)
      size /= 2;
  for (; size >= kSmallest; size /= 2) {
    void *low = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
    if (low == MAP_FAILED)
      continue;
    mprotect(low, kGuard, PROT_NONE);
    madvise(low, size, MADV_NOHUGEPAGE); // a few pages are used as a rule, not two megabytes
    krt_gc_ample_stack = {static_cast<char *>(low) + kGuard, static_cast<char *>(low) + size};
    return true;
  }
  return false;
}

} // namespace

int krt_gc_on_ample_stack(int (*run)(int argc, char **argv), int argc, char **argv) {
  static ucontext_t here, there;
  if (!reserve() || getcontext(&there) != 0)
    return run(argc, argv);
  call = {run, argc, argv, 0};
  there.uc_stack.ss_sp = krt_gc_ample_stack.low;
  there.uc_stack.ss_size = static_cast<size_t>(krt_gc_ample_stack.high - krt_gc_ample_stack.low);
  there.uc_link = &here;
  makecontext(&there, runCall, 0);
  swapcontext(&here, &there);
  return call.code;
}

} // namespace krait

// thread.h - per-thread state, reached through thread-local storage by the runtime and compiled code.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

#include <atomic>

namespace krait {

/// Size classes of the inline allocator: 16, 32, ... bytes.
constexpr size_t kAllocGranule = 16;
constexpr size_t kAllocClasses = 33; // up to 512 bytes

enum PollReason : uint32_t { kPollSignal = 1, kPollLock = 2, kPollFlush = 4, kPollAsyncException = 8, kPollTrace = 16, kPollFinalizers = 32, kPollStress = 64 };

/// What an activation that has its own handled exception (a generator) hides meanwhile; lies on the native stack.
struct HandledLink {
  Value handled;
  HandledLink *outer;
};

struct KRT_LAYOUT ThreadState {
  Value pending;            // exception being raised (always an instance), or null
  Value handled;            // exception handled by the innermost activation that can hold one, or None; see handledException
  HandledLink *outerHandled; // those of the activations around it
  Frame *frame;             // innermost interpreted activation
  char *stackLimit;         // native stack addresses below this raise RecursionError
  std::atomic<uint32_t> poll; // PollReason bits; loops and calls look at it
  int32_t depth;            // Python activations
  int32_t depthLimit;       // sys.setrecursionlimit
  int32_t recursionHeadroom; // while handling RecursionError
  void *freeNormal[kAllocClasses]; // free lists (linked by first word), zeroed objects
  void *freeAtomic[kAllocClasses]; // not zeroed
  Value *stackTop;          // value stack: first free word
  Value *stackEnd;
  Value *stackBase;
  const void *nativeFrames; // chain of static frame descriptions of compiled code, runtime/deopt
  Value traceFunction, profileFunction; // or null
  Value asyncgenFirstiter, asyncgenFinalizer;
  int32_t tracing;
  int32_t coroutineOriginDepth;
  Value context;            // contextvars
  Value asyncException;     // PyThreadState_SetAsyncExc-like, or null
  Value dict;
  void *reprStack;          // GcVector<Value>: objects whose repr is being made
  uint64_t id;
};

extern thread_local constinit ThreadState krt_thread __attribute__((tls_model("local-exec")));

/// The exception being handled (sys.exception()), or None.
inline Value handledException() {
  if (krt_thread.handled != kNone)
    return krt_thread.handled;
  for (HandledLink *link = krt_thread.outerHandled; link; link = link->outer)
    if (link->handled != kNone)
      return link->handled;
  return kNone;
}

} // namespace krait

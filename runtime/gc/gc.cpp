// gc.cpp - the Boehm collector behind gc.h: configuration, free lists, roots, finalizers, weak links.
#include "runtime/gc/gc.h"

#include "runtime/gc/closer.h"
#include "runtime/gc/idle.h"

#include "compiler/support/check.h"
#include "runtime/gc/ample_stack.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <malloc.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <time.h>

#define GC_THREADS 1
#define GC_NO_THREAD_REDIRECTS 1
#include <gc/gc.h>
#include <gc/gc_inline.h>
#include <gc/gc_mark.h>
#include <gc/javaxfc.h>

namespace krait {

thread_local constinit ThreadState krt_thread __attribute__((tls_model("local-exec"))){};

namespace {

/// Bytes of native stack kept back for error handling and for calls into the C library.
constexpr size_t kStackReserve = 256 * 1024;
constexpr size_t kMaxThreads = 4096;

// Thread states lie in thread-local storage, which the collector does not scan by itself.
ThreadState *threads[kMaxThreads];
size_t threadCount = 0;
// Under stress: a collection at every [stressEvery]th allocation; after [stressBudget] of them (0: never) it
// becomes rarer.
uint64_t stressEvery = 0, stressBudget = 0;
uint64_t stressAllocations = 0, stressCollections = 0;

void (*previousPushRoots)() = nullptr;

/// Called with the world stopped: pushes thread states and the used part of their value stacks. Free lists
/// are dropped: free atomic objects are linked through memory that is not scanned, so all but the first would
/// be taken for garbage and handed out twice.
void pushRoots() {
  for (size_t i = 0; i < threadCount; ++i) {
    ThreadState *state = threads[i];
    for (size_t k = 0; k < kAllocClasses; ++k)
      state->freeNormal[k] = state->freeAtomic[k] = nullptr;
    GC_push_all_eager(state, state + 1);
    GC_push_all_eager(state->stackBase, state->stackTop);
  }
  if (previousPushRoots)
    previousPushRoots();
}

void finalizersDue() {
  for (size_t i = 0; i < threadCount; ++i)
    threads[i]->poll.fetch_or(kPollFinalizers, std::memory_order_relaxed);
}

void *outOfMemory(size_t bytes) {
  std::fprintf(stderr, "krait: out of memory (%zu bytes requested)\n", bytes);
  std::_Exit(70);
}

/// How much is allocated between collections: at least [bytes], and 1/[divisor] of what is scanned. Memory is
/// spent only on programs whose collections take time: each steps to the next setting when they cost much of
/// the time since the one before, and back when they cost little. A program of many short-lived objects and a
/// small live heap takes 10 to 25 percent less time with 8 MB (deltablue, raytrace, binary trees); one that
/// allocates little stays near what it uses.
struct Pace {
  size_t bytes;
  unsigned divisor;
};
constexpr Pace kPaces[] = {
    {size_t{1} << 20, 3}, {size_t{2} << 20, 3}, {size_t{4} << 20, 3}, {size_t{8} << 20, 2}};
constexpr size_t kLastPace = sizeof kPaces / sizeof kPaces[0] - 1;
/// Shares of the time, in percent.
constexpr uint64_t kMuch = 12, kLittle = 3;
size_t pace = 0;

void setPace() {
  GC_set_min_bytes_allocd(kPaces[pace].bytes);
  GC_set_free_space_divisor(kPaces[pace].divisor);
}

/// Whether anything was allocated since the last collection: it empties the free lists, so the first
/// allocation asks for new ones. (The collector's own count of bytes lags behind.)
std::atomic<bool> allocatedSince = false;
/// Processor time that the last collection took, in nanoseconds.
std::atomic<uint64_t> lastCost = 0;
int64_t idleClock() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1'000'000'000 + now.tv_nsec;
}
/// Before it, by that clock, no collection is made for being idle.
std::atomic<int64_t> nextIdle = 0;
/// A collection that takes longer is left to allocation: what is waited for may come meanwhile.
constexpr uint64_t kLongestIdle = 20'000'000;
constexpr int64_t kIdleShare = 50;

void collectionEvent(GC_EventType event) {
  static uint64_t started, ended;
  if (event != GC_EVENT_START && event != GC_EVENT_END)
    return;
  timespec used; // the process's own time: waiting for a processor is nobody's cost
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  uint64_t now = static_cast<uint64_t>(used.tv_sec) * 1'000'000'000 + static_cast<uint64_t>(used.tv_nsec);
  if (event == GC_EVENT_START) {
    started = now;
    return;
  }
  uint64_t cost = now - started, all = now - ended;
  ended = now;
  lastCost.store(cost, std::memory_order_relaxed);
  allocatedSince.store(false, std::memory_order_relaxed);
  if (cost > all / 100 * kMuch)
    pace += pace < kLastPace;
  else if (cost < all / 100 * kLittle)
    pace -= pace > 0;
  else
    return;
  setPace();
}

/// Bytes outside the heap that live objects hold, and how many there may be before the next collection on
/// their account: twice what was left after the last one, and never less than [kLeastOutside].
constexpr size_t kLeastOutside = size_t{64} << 20;
std::atomic<size_t> outsideHeld = 0;
size_t outsideLimit = kLeastOutside;
/// Where finalizers go instead of being run (gcTakeFinalizers), or null.
GcVector<Object *> *takenObjects = nullptr;
GcVector<void (*)(Object *)> *takenRuns = nullptr;

using Finalizer = void (*)(Object *);

/// Dead objects and what is to be done with each.
struct Dead {
  GcVector<Object *> objects;
  GcVector<Finalizer> runs;
  bool empty() const { return objects.empty(); }
  void push(Object *object, Finalizer run) {
    objects.push(object);
    runs.push(run);
  }
};

/// The finalizers that one call of GC_invoke_finalizers finds due, in the order in which they have to run: a
/// `__del__` may use everything that its object reaches, so files and sockets are closed after it. It may
/// also make an object live again: what would be a crash to use afterwards goes at the next collection, if it
/// is dead then.
struct Batch {
  bool onlyReleases; // finalizers that may run Python code wait for the interpreter's poll
  bool reviving = false;
  Dead closers, releases, lateReleases;
  Batch *outer;

  explicit Batch(bool onlyReleases);
  ~Batch();
  void run();

private:
  void release(Dead &dead, bool late);
};
thread_local Batch *batch = nullptr;

Batch::Batch(bool onlyReleases) : onlyReleases(onlyReleases), outer(batch) {
  reviving = outer != nullptr; // called by one
  batch = this;
}
Batch::~Batch() { batch = outer; }

/// Has [due] called with [object] and [run] when a collection has found the object dead.
template <auto due> void whenDead(Object *object, Finalizer run) {
  GC_register_finalizer_no_order(
      object,
      [](void *dead, void *run) { due(static_cast<Object *>(dead), reinterpret_cast<Finalizer>(run)); },
      reinterpret_cast<void *>(run), nullptr, nullptr);
}

/// As gcTakeFinalizers wants it.
void take(Object *dead, Finalizer run) {
  takenObjects->push(dead);
  takenRuns->push(run);
}

void setReleaseLate(Object *object, Finalizer run) {
  whenDead<[](Object *dead, Finalizer run) {
    if (takenObjects)
      return;
    if (batch->onlyReleases)
      setReleaseLate(dead, run);
    else
      batch->lateReleases.push(dead, run);
  }>(object, run);
}

void Batch::release(Dead &dead, bool late) {
  for (size_t i = 0; i < dead.objects.size(); ++i)
    if (late || !reviving)
      dead.runs[i](dead.objects[i]);
    else if (onlyReleases)
      krt_gc_set_give_back(dead.objects[i], dead.runs[i]); // what may use it has not run yet
    else
      setReleaseLate(dead.objects[i], dead.runs[i]);
}

void Batch::run() {
  GC_invoke_finalizers();
  release(releases, false);
  release(lateReleases, true);
  for (size_t i = 0; i < closers.objects.size(); ++i)
    if (outer && !outer->onlyReleases)
      outer->closers.push(closers.objects[i], closers.runs[i]);
    else
      closers.runs[i](closers.objects[i]);
}

/// Storage of this size that was given back explicitly returns to the system.
constexpr size_t kLeastReturned = size_t{1} << 20;

void stress() {
  allocatedSince.store(true, std::memory_order_relaxed);
  if (!stressEvery || ++stressAllocations < stressEvery)
    return;
  stressAllocations = 0;
  GC_gcollect();
  if (stressBudget && ++stressCollections == stressBudget) {
    stressCollections = 0;
    stressEvery = stressEvery * 2 + 1; // odd: not always the same of two alternating allocations
  }
}

void *allocateLarge(size_t bytes, bool atomic) {
  stress();
  void *result = atomic ? GC_malloc_atomic(bytes) : GC_malloc(bytes);
  return result ? result : outOfMemory(bytes);
}

void *refill(size_t bytes, bool atomic) {
  if (bytes > (kAllocClasses - 1) * kAllocGranule)
    return allocateLarge(bytes, atomic);
  size_t index = bytes ? (bytes + kAllocGranule - 1) / kAllocGranule : 1;
  size_t rounded = index * kAllocGranule;
  if (stressEvery)
    return allocateLarge(rounded, atomic); // keeps the lists empty, so that every allocation comes here
  void *list = nullptr;
  // kind 0 is "pointer-free", kind 1 "normal" (GC_I_PTRFREE, GC_I_NORMAL of the collector).
  GC_generic_malloc_many(rounded, atomic ? 0 : 1, &list);
  if (!list)
    return allocateLarge(rounded, atomic);
  allocatedSince.store(true, std::memory_order_relaxed); // also if that collected
  void **lists = atomic ? krt_thread.freeAtomic : krt_thread.freeNormal;
  lists[index] = *static_cast<void **>(list);
  *static_cast<void **>(list) = nullptr;
  return list;
}

void setStackLimit() {
  char *here = static_cast<char *>(__builtin_frame_address(0));
  if (krt_gc_ample_stack.holds(here)) {
    krt_thread.stackLimit = krt_gc_ample_stack.low + kStackReserve;
    return;
  }
  pthread_attr_t attributes;
  void *low = nullptr;
  size_t size = 0;
  KRAIT_CHECK(pthread_getattr_np(pthread_self(), &attributes) == 0);
  pthread_attr_getstack(&attributes, &low, &size);
  pthread_attr_destroy(&attributes);
  char *limit = static_cast<char *>(low);
  // The main thread's stack may be unlimited: it is used up to a gigabyte below here.
  if (static_cast<size_t>(here - limit) > (size_t{1} << 30))
    limit = here - (size_t{1} << 30);
  krt_thread.stackLimit = limit + kStackReserve;
}

} // namespace

extern "C" {

void krt_gc_start() {
  GC_set_all_interior_pointers(0);
  GC_set_markers_count(1);
  GC_set_handle_fork(1);
  GC_set_warn_proc(GC_ignore_warn_proc);
  GC_set_dont_precollect(1); // there is nothing yet; an eighth of the instructions of a start
  setPace();
  GC_set_on_collection_event(collectionEvent);
  if (krt_gc_ample_stack.high) {
    GC_stack_base base{};
    base.mem_base = krt_gc_ample_stack.high;
    GC_set_stackbottom(nullptr, &base);
  }
  GC_INIT();
  // Small dictionaries point to their indices behind 5 or 10 entries of the same object; a place that is not
  // registered would be taken for a false pointer, and its page be avoided.
  GC_register_displacement(5 * sizeof(DictEntry));
  GC_register_displacement(10 * sizeof(DictEntry));
  GC_allow_register_threads();
  GC_set_finalize_on_demand(1);
  GC_set_java_finalization(1);
  GC_set_finalizer_notifier(finalizersDue);
  previousPushRoots = GC_get_push_other_roots();
  GC_set_push_other_roots(pushRoots);
  krt_gc_attach_thread(size_t{8} << 20);
}

void krt_gc_attach_thread(size_t stackValues) {
  if (threadCount > 0) {
    GC_stack_base base;
    GC_get_stack_base(&base);
    GC_register_my_thread(&base);
  }
  size_t bytes = stackValues * sizeof(Value);
  void *stack =
      mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (stack == MAP_FAILED)
    outOfMemory(bytes);
  ThreadState &state = krt_thread;
  state.stackBase = state.stackTop = static_cast<Value *>(stack);
  state.stackEnd = state.stackBase + stackValues;
  state.handled = kNone;
  state.depthLimit = 1000;
  setStackLimit();
  KRAIT_CHECK(threadCount < kMaxThreads, "more than %zu threads", kMaxThreads);
  threads[threadCount++] = &state;
}

void krt_gc_detach_thread() {
  ThreadState *state = &krt_thread;
  for (size_t i = 0; i < threadCount; ++i)
    if (threads[i] == state)
      threads[i] = threads[--threadCount];
  munmap(state->stackBase,
         reinterpret_cast<char *>(state->stackEnd) - reinterpret_cast<char *>(state->stackBase));
  GC_unregister_my_thread();
}

void *krt_gc_refill(size_t bytes) { return refill(bytes, false); }
void *krt_gc_refill_atomic(size_t bytes) { return refill(bytes, true); }

void *krt_gc_try(size_t bytes, bool atomic) {
  stress();
  if (bytes > size_t{1} << 47)
    return nullptr;
  return atomic ? GC_malloc_atomic(bytes) : GC_malloc(bytes);
}

void krt_gc_free(void *object, size_t bytes, bool atomic) {
  size_t index =
      (bytes + kAllocGranule - 1) / kAllocGranule; // as it was allocated: objects are whole granules
  if (!index || stressEvery)
    return;
  if (index >= kAllocClasses) {
    if (bytes >= kLeastReturned) {
      constexpr uintptr_t kPage = 4096;
      uintptr_t start = (reinterpret_cast<uintptr_t>(object) + kPage - 1) & ~(kPage - 1);
      uintptr_t end = (reinterpret_cast<uintptr_t>(object) + bytes) & ~(kPage - 1);
      madvise(reinterpret_cast<void *>(start), end - start, MADV_DONTNEED);
    }
    GC_free(object);
    return;
  }
  if (!atomic)
    std::memset(object, 0, index * kAllocGranule);
  allocatedSince.store(true, std::memory_order_relaxed); // also if that collected
  void **lists = atomic ? krt_thread.freeAtomic : krt_thread.freeNormal;
  *static_cast<void **>(object) = lists[index];
  lists[index] = object;
}

size_t krt_gc_capacity(const void *object) { return GC_size(object); }

/// Overwrites what calls that are over have left below the stack pointer: the collector's own frames would
/// lie there, and in their unused words its scan would find references.
[[gnu::noinline]] static void forgetEndedCalls() {
  volatile char area[1 << 14];
  for (volatile char &byte : area)
    byte = 0;
}

void krt_gc_collect() {
  forgetEndedCalls();
  GC_gcollect();
}

void krt_gc_set_finalizer(Object *object, Finalizer run) {
  whenDead<[](Object *dead, Finalizer run) {
    if (takenObjects)
      return take(dead, run);
    batch->reviving = true;
    if (batch->onlyReleases)
      krt_gc_set_finalizer(dead, run); // due again at the next collection
    else
      run(dead);
  }>(object, run);
}

void krt_gc_set_closer(Object *object, Finalizer run) {
  whenDead<[](Object *dead, Finalizer run) {
    if (takenObjects)
      take(dead, run);
    else if (batch->onlyReleases)
      krt_gc_set_closer(dead, run);
    else
      batch->closers.push(dead, run);
  }>(object, run);
}

void krt_gc_set_give_back(Object *object, Finalizer run) {
  whenDead<[](Object *dead, Finalizer run) {
    if (!takenObjects)
      batch->lateReleases.push(dead, run);
  }>(object, run);
}

void krt_gc_set_end(Object *object, Finalizer run) {
  whenDead<[](Object *dead, Finalizer run) {
    if (takenObjects)
      return;
    if (batch->onlyReleases)
      krt_gc_set_end(dead, run);
    else
      batch->releases.push(dead, run);
  }>(object, run);
}

void krt_gc_set_release(Object *object, Finalizer run) {
  whenDead<[](Object *dead, Finalizer run) {
    if (!takenObjects)
      batch->releases.push(dead, run);
  }>(object, run);
}

void *krt_gc_outside_allocate(size_t bytes) {
  void *memory = std::malloc(bytes);
  if (memory)
    outsideHeld.fetch_add(malloc_usable_size(memory), std::memory_order_relaxed);
  return memory;
}

void krt_gc_outside_free(void *memory) {
  outsideHeld.fetch_sub(malloc_usable_size(memory), std::memory_order_relaxed);
  std::free(memory);
}

void krt_gc_outside_release() {
  krt_gc_collect();
  Batch batch(true);
  batch.run();
  if (batch.reviving && !batch.releases.empty()) { // put off; but somebody cannot go on without that memory
    krt_gc_collect();
    Batch(true).run();
  }
  outsideLimit = std::max(kLeastOutside, outsideHeld.load(std::memory_order_relaxed) * 2);
}

void krt_gc_outside_settle() {
  if (outsideHeld.load(std::memory_order_relaxed) > outsideLimit)
    krt_gc_outside_release();
}

void krt_gc_clear_finalizer(Object *object) {
  GC_register_finalizer_no_order(object, nullptr, nullptr, nullptr, nullptr);
}

void krt_gc_run_finalizers() {
  krt_thread.poll.fetch_and(~uint32_t{kPollFinalizers}, std::memory_order_relaxed);
  if (GC_should_invoke_finalizers())
    Batch(false).run();
}

void krt_gc_weak_register(void **link, Object *object) {
  *link = reinterpret_cast<void *>(GC_HIDE_POINTER(object));
  GC_general_register_disappearing_link(link, object);
}

void krt_gc_weak_unregister(void **link) {
  GC_unregister_disappearing_link(link);
  *link = nullptr;
}

Object *krt_gc_weak_get(void **link) {
  return static_cast<Object *>(GC_call_with_alloc_lock(
      [](void *data) -> void * {
        void *hidden = *static_cast<void **>(data);
        return hidden ? GC_REVEAL_POINTER(hidden) : nullptr;
      },
      link));
}

void krt_gc_add_roots(void *start, void *end) { GC_add_roots(start, end); }

void krt_gc_set_stress(unsigned n, unsigned budget) {
  stressEvery = n;
  stressBudget = budget;
  for (size_t i = 0; n && i < kAllocClasses; ++i)
    krt_thread.freeNormal[i] = krt_thread.freeAtomic[i] = nullptr;
}

int64_t krt_gc_idle_delay() {
  if (lastCost.load(std::memory_order_relaxed) > kLongestIdle ||
      !allocatedSince.load(std::memory_order_relaxed) || GC_is_disabled())
    return -1;
  return std::max<int64_t>(0, nextIdle.load(std::memory_order_relaxed) - idleClock());
}
void krt_gc_idle_done() {
  auto cost = static_cast<int64_t>(lastCost.load(std::memory_order_relaxed));
  nextIdle.store(idleClock() + cost * kIdleShare, std::memory_order_relaxed);
}

size_t krt_gc_heap_size() { return GC_get_heap_size(); }
size_t krt_gc_used() { return GC_get_heap_size() - GC_get_free_bytes(); }
uint64_t krt_gc_count() { return GC_get_gc_no(); }
void krt_gc_enable(bool on) {
  if (on == krt_gc_enabled())
    return;
  if (on)
    GC_enable();
  else
    GC_disable();
}
bool krt_gc_enabled() { return !GC_is_disabled(); }

} // extern "C"

void gcTakeFinalizers(GcVector<Object *> *objects, GcVector<void (*)(Object *)> *runs) {
  takenObjects = objects;
  takenRuns = runs;
  GC_finalize_all();
  takenObjects = nullptr;
  takenRuns = nullptr;
}

} // namespace krait

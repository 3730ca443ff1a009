// gc.h - memory. The only door to the Boehm collector; gc.cpp is the only file that includes its headers.
//
// Stacks, registers, the value stack, static data and everything reachable from there is kept. Interior
// pointers keep an object alive only from stacks; a pointer stored in the heap must be the object's start.
// malloc'ed memory (std::vector ...) is not scanned: keep values there only while they are also reachable
// elsewhere, or use GcVector.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/thread.h"

#include <cstring>

namespace krait {

extern "C" {
/// Starts the collector for the process and attaches the calling (main) thread.
void krt_gc_start();
/// Registers the calling thread and sets up its ThreadState (value stack of [stackValues] words, stack
/// limit).
void krt_gc_attach_thread(size_t stackValues);
void krt_gc_detach_thread();
/// Slow path: refills the free list of the size class and returns one zeroed object; large sizes too. Never
/// null: when memory is exhausted the process ends with a clear message. Sizes under the user's control go
/// through krt_gc_try.
KRT_RT(KRT_COLLECTS, KRT_COLD) void *krt_gc_refill(size_t bytes);
KRT_RT(KRT_COLLECTS, KRT_COLD) void *krt_gc_refill_atomic(size_t bytes);
/// Null (no exception set) when memory is exhausted. Zeroed unless [atomic].
KRT_RT(KRT_COLLECTS, KRT_NULL_OK) void *krt_gc_try(size_t bytes, bool atomic);
/// Gives back [object] of at least [bytes], which nothing refers to any more: storage that its owner has
/// replaced by a larger one. Never for what a user's object could still reach.
void krt_gc_free(void *object, size_t bytes, bool atomic);
/// Bytes of the block that [object], an object of more than the small sizes, lies in.
size_t krt_gc_capacity(const void *object);
KRT_RT(KRT_COLLECTS) void krt_gc_collect();
/// [run] is called once with [object] after it became unreachable, from krt_gc_run_finalizers.
void krt_gc_set_finalizer(Object *object, void (*run)(Object *object));
void krt_gc_clear_finalizer(Object *object);
/// As krt_gc_set_finalizer for what only gives memory outside the heap back: [run] may also be called from
/// krt_gc_outside_release, wherever that is needed.
void krt_gc_set_release(Object *object, void (*run)(Object *object));
/// Memory outside the heap that an object with a release function holds, as the states of libraries: it
/// counts towards the pace of collection. Neither collects; both may be called without the lock. Null when
/// memory is exhausted.
void *krt_gc_outside_allocate(size_t bytes);
void krt_gc_outside_free(void *memory);
/// Collects and releases when memory outside the heap has grown much: called, with the lock, before more is
/// asked for.
void krt_gc_outside_settle();
/// Collects and runs release functions, no others.
void krt_gc_outside_release();
/// Runs the finalizers that are due; called from the interpreter's poll.
void krt_gc_run_finalizers();
/// Makes *link a hidden reference to [object] that is cleared when the object becomes unreachable.
/// [link] must lie in atomic or static memory or hold nothing else; it is the address passed to the other
/// two.
void krt_gc_weak_register(void **link, Object *object);
void krt_gc_weak_unregister(void **link);
/// The object behind a weak link, or null; safe against a running collection.
Object *krt_gc_weak_get(void **link);
void krt_gc_add_roots(void *start, void *end);
/// KRAIT_STRESS=gc:N: collect at every Nth allocation. 0 turns it off. gc:N/B: after every B collections the
/// distance between them doubles, so that programs with millions of allocations come to an end too.
void krt_gc_set_stress(unsigned n, unsigned budget);
size_t krt_gc_heap_size();
size_t krt_gc_used();
uint64_t krt_gc_count();
void krt_gc_enable(bool on);
bool krt_gc_enabled();
}

/// A zeroed object of [bytes]; scanned by the collector.
inline void *gcAllocate(size_t bytes) {
  size_t index = (bytes + kAllocGranule - 1) / kAllocGranule;
  if (__builtin_expect(index < kAllocClasses, 1)) {
    void *head = krt_thread.freeNormal[index];
    if (__builtin_expect(head != nullptr, 1)) {
      krt_thread.freeNormal[index] = *static_cast<void **>(head);
      *static_cast<void **>(head) = nullptr;
      return head;
    }
  }
  return krt_gc_refill(bytes);
}
/// An uninitialised object of [bytes] that holds no pointers (its shape is kept alive by its class).
inline void *gcAllocateAtomic(size_t bytes) {
  size_t index = (bytes + kAllocGranule - 1) / kAllocGranule;
  if (__builtin_expect(index < kAllocClasses, 1)) {
    void *head = krt_thread.freeAtomic[index];
    if (__builtin_expect(head != nullptr, 1)) {
      krt_thread.freeAtomic[index] = *static_cast<void **>(head);
      return head;
    }
  }
  return krt_gc_refill_atomic(bytes);
}
/// Storage of [bytes] whose number the user controls; null (no exception set) when memory is exhausted.
/// Zeroed unless [atomic].
inline void *gcTryAllocate(size_t bytes, bool atomic) {
  if (__builtin_expect(bytes <= (kAllocClasses - 1) * kAllocGranule, 1))
    return atomic ? gcAllocateAtomic(bytes) : gcAllocate(bytes);
  return krt_gc_try(bytes, atomic);
}
/// A zeroed object of native class [cls] with its shape set; T's size plus [extraBytes].
template <typename T> T *gcNew(const Class &cls, size_t extraBytes = 0) {
  T *object = static_cast<T *>(gcAllocate(sizeof(T) + extraBytes));
  object->shape = cls.rootShape;
  return object;
}
/// As gcNew for objects without pointers; contents are not cleared.
template <typename T> T *gcNewAtomic(const Class &cls, size_t extraBytes = 0) {
  T *object = static_cast<T *>(gcAllocateAtomic(sizeof(T) + extraBytes));
  object->shape = cls.rootShape;
  return object;
}

/// What [make] returns, called once more after a collection if it is [exhausted]: for libraries that hold
/// memory outside the heap by krt_gc_outside_allocate.
template <typename Code, typename Make> auto gcOutside(Code exhausted, Make make) {
  krt_gc_outside_settle();
  auto code = make();
  if (code == exhausted) {
    krt_gc_outside_release();
    code = make();
  }
  return code;
}

/// Growing array of values or other collector pointers in collected memory; for the stack or inside objects.
template <typename T = Value> class GcVector {
public:
  void push(T item) {
    if (size_ == capacity_)
      reserve(capacity_ ? capacity_ * 2 : 8);
    data_[size_++] = item;
  }
  T pop() { return data_[--size_]; }
  void reserve(size_t n) {
    if (n <= capacity_)
      return;
    T *grown = static_cast<T *>(gcAllocate(n * sizeof(T)));
    if (size_)
      std::memcpy(static_cast<void *>(grown), data_, size_ * sizeof(T));
    data_ = grown;
    capacity_ = n;
  }
  T &operator[](size_t i) { return data_[i]; }
  const T &operator[](size_t i) const { return data_[i]; }
  T *data() { return data_; }
  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  void clear() { size_ = 0; }
  T &back() { return data_[size_ - 1]; }
  T *begin() { return data_; }
  T *end() { return data_ + size_; }

private:
  T *data_ = nullptr;
  size_t size_ = 0, capacity_ = 0;
};

/// Takes the finalizers of all objects, reachable or not, away from the collector: at the end of the program.
/// Release functions are dropped.
void gcTakeFinalizers(GcVector<Object *> *objects, GcVector<void (*)(Object *)> *runs);

} // namespace krait

// _queue.h - the module _queue: a first-in first-out queue between threads, whose put() may be called anywhere, also by signal handlers.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

#include <atomic>

namespace krait {

struct SimpleQueue : Object {
  Value *items; // ring of [capacity], a power of two; collector-owned
  int64_t first, length, capacity;
  std::atomic<uint32_t> puts; // counts; a futex that waiting threads sleep on
};

KRT_MODULE(_queue, "C implementation of the Python queue module.\nThis module is an implementation detail, please do not use it directly.");
KRT_CLASS(simple_queue, "Simple, unbounded, reentrant FIFO queue.");

extern "C" {
extern Class krt_simple_queue_class;
KRT_MODULE_INIT(_queue, KRT_RAISES, KRT_COLLECTS) bool krt__queue_init(Module *module);

KRT_NEW(simple_queue, "SimpleQueue()", KRT_COLLECTS) Value krt_simple_queue_create(Class *cls);
/// Put the item on the queue. It never blocks; block and timeout are there for likeness with Queue.put().
KRT_METHOD(simple_queue, "put(self, /, item, block=True, timeout=None)", KRT_COLLECTS) Value krt_simple_queue_put(Value self, Value item, bool block, Value timeout);
/// Put the item on the queue.
KRT_METHOD(simple_queue, "put_nowait(self, /, item)", KRT_COLLECTS) Value krt_simple_queue_putNowait(Value self, Value item);
/// Remove and return an item. Waits for one (at most timeout seconds if that is given), or raises Empty if block is false.
KRT_METHOD(simple_queue, "get(self, /, block=True, timeout=None)", KRT_RUNS_PY) Value krt_simple_queue_get_py(Value self, bool block, Value timeout);
/// Remove and return an item, or raise Empty.
KRT_METHOD(simple_queue, "get_nowait(self, /)", KRT_RAISES, KRT_COLLECTS) Value krt_simple_queue_getNowait(Value self);
/// Return True if the queue is empty, False otherwise (not reliable!).
KRT_METHOD(simple_queue, "empty(self, /)") bool krt_simple_queue_empty(Value self);
/// Return the approximate size of the queue (not reliable!).
KRT_METHOD(simple_queue, "qsize(self, /)") int64_t krt_simple_queue_qsize(Value self);
/// See PEP 585
KRT_CLASSMETHOD(simple_queue, "__class_getitem__(cls, item, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_simple_queue_classGetItem_py(Value cls, Value item);
}

} // namespace krait

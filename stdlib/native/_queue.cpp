// _queue.cpp - see _queue.h.
#include "stdlib/native/_queue.h"

#include "runtime/abi/native.h"
#include "runtime/interp/global_lock.h"
#include "runtime/interp/interp.h"
#include "runtime/object/args.h"
#include "runtime/object/iteration.h"
#include "runtime/object/union.h"
#include "stdlib/native/class_module.h"

#include <cmath>
#include <ctime>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "stdlib/native/_queue.bind.inc"
#include "stdlib/native/idle_wait.h"

namespace krait {

static Class *emptyError;

static int64_t now() {
  timespec t;
  ::clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000 + t.tv_nsec;
}
static long futex(std::atomic<uint32_t> *word, int operation, uint32_t value, const timespec *timeout) {
  return ::syscall(SYS_futex, word, operation | FUTEX_PRIVATE_FLAG, value, timeout, nullptr, 0);
}

Value krt_simple_queue_create(Class *cls) { return newInstance<SimpleQueue>(krt_simple_queue_class, cls); }

Value krt_simple_queue_put(Value given, Value item, bool, Value) {
  auto *self = given.as<SimpleQueue>();
  if (self->length == self->capacity) {
    int64_t capacity = self->capacity ? self->capacity * 2 : 8;
    auto *items = static_cast<Value *>(gcAllocate(static_cast<size_t>(capacity) * sizeof(Value)));
    for (int64_t i = 0; i < self->length; ++i)
      items[i] = self->items[(self->first + i) & (self->capacity - 1)];
    self->items = items;
    self->first = 0;
    self->capacity = capacity;
  }
  self->items[(self->first + self->length++) & (self->capacity - 1)] = item;
  self->puts.fetch_add(1, std::memory_order_release);
  if (krt_lock_used)
    futex(&self->puts, FUTEX_WAKE, 1, nullptr);
  return kNone;
}
Value krt_simple_queue_putNowait(Value self, Value item) {
  return krt_simple_queue_put(self, item, false, kNone);
}

static Value take(SimpleQueue *self) {
  Value &place = self->items[self->first];
  Value item = place;
  place = Value();
  self->first = (self->first + 1) & (self->capacity - 1);
  --self->length;
  return item;
}
static Value raiseEmpty() { return krt_raise_args(emptyError, nullptr, 0); }

Value krt_simple_queue_get_py(Value given, bool block, Value timeout) {
  auto *self = given.as<SimpleQueue>();
  int64_t end = -1;
  if (block && timeout && timeout != kNone) {
    double seconds = krt_double_py(timeout);
    if (errorPending())
      return {};
    if (seconds < 0)
      return krt_raise(kValueError, "'timeout' must be a non-negative number");
    if (!(seconds < 9.2e9))
      return krt_raise(kOverflowError, "timeout value is too large");
    end = now() + static_cast<int64_t>(std::ceil(seconds * 1e9));
  }
  IdleWait idle;
  while (!self->length) {
    if (!block)
      return raiseEmpty();
    if (signalsBeforeWaiting_py() < 0)
      return {};
    // Seen before the lock is given up: a put in between changes the word, and the wait returns at once.
    uint32_t seen = self->puts.load(std::memory_order_acquire);
    int64_t rest = -1;
    if (end >= 0) {
      rest = end - now();
      if (rest <= 0)
        return raiseEmpty();
    }
    if (idle.cut(end < 0 ? IdleWait::kNoLimit : rest))
      rest = idle.nanoseconds();
    timespec left{rest / 1000000000, rest % 1000000000};
    bool late = [&] {
      LockReleased released;
      return futex(&self->puts, FUTEX_WAIT, seen, rest >= 0 ? &left : nullptr) < 0 && errno == ETIMEDOUT;
    }();
    if (late && idle.isCut())
      idle.collect_py();
    if (krt_thread.poll.load(std::memory_order_relaxed) && krt_poll_py() < 0)
      return {};
  }
  return take(self);
}
Value krt_simple_queue_getNowait(Value self) {
  return self.as<SimpleQueue>()->length ? take(self.as<SimpleQueue>()) : raiseEmpty();
}
bool krt_simple_queue_empty(Value self) { return self.as<SimpleQueue>()->length == 0; }
int64_t krt_simple_queue_qsize(Value self) { return self.as<SimpleQueue>()->length; }
Value krt_simple_queue_classGetItem_py(Value cls, Value item) { return krt_generic_alias_new_py(cls, item); }

extern "C" {
Class krt_simple_queue_class = {
    .flags = kClassBase | kClassWeakref,
    .nativeName = "_queue.SimpleQueue",
    .basicSize = sizeof(SimpleQueue),
    .slots = {.make = krt_simple_queue_make},
    .methods = krt_simple_queue_defs,
    .doc = krt_simple_queue_doc,
};
}

bool krt__queue_init(Module *module) {
  addClass(module, &krt_simple_queue_class);
  return addException(module, &emptyError, "_queue", "Empty", Value(kException));
}

} // namespace krait

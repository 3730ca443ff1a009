// _multiprocessing.cpp - see _multiprocessing.h. On named POSIX semaphores.
#include "stdlib/native/_multiprocessing.h"
#include "runtime/gc/closer.h"

#include "runtime/object/args.h"
#include "runtime/object/iteration.h"
#include "stdlib/native/class_module.h"
#include "stdlib/native/system_calls.h"

#include <algorithm>
#include <cmath>
#include <ctime>
#include <pthread.h>
#include <semaphore.h>

#include "stdlib/native/_multiprocessing.bind.inc"
#include "stdlib/native/idle_wait.h"

namespace krait {

constexpr int kRecursiveMutex = 0, kSemaphore = 1;

static SemLock *semLock(Value v) { return v.as<SemLock>(); }
static sem_t *handleOf(Value v) { return static_cast<sem_t *>(semLock(v)->handle); }
static bool isMine(const SemLock *self) {
  return self->count > 0 && self->owner == static_cast<uint64_t>(::pthread_self());
}
static int64_t clockNow() {
  timespec now;
  ::clock_gettime(CLOCK_REALTIME, &now);
  return now.tv_sec * 1'000'000'000 + now.tv_nsec;
}
/// For a moment that may lie beyond all that 64 bits can count.
static int64_t nanosecondsUntil(const timespec &moment) {
  double left = static_cast<double>(moment.tv_sec) * 1e9 + static_cast<double>(moment.tv_nsec) -
                static_cast<double>(clockNow());
  return static_cast<int64_t>(std::clamp(left, 0.0, 1e18));
}
static timespec later(int64_t nanoseconds) {
  int64_t moment = clockNow() + nanoseconds;
  return {moment / 1'000'000'000, moment % 1'000'000'000};
}
static void drop(Object *object) {
  auto *self = static_cast<SemLock *>(object);
  if (self->handle)
    ::sem_close(static_cast<sem_t *>(self->handle));
  self->handle = nullptr;
}

static Value newLock(Class *cls, sem_t *handle, int kind, int maxValue, Value name) {
  auto *self = newInstance<SemLock>(krt_sem_lock_class, cls);
  self->handle = handle;
  self->kind = kind;
  self->maxValue = maxValue;
  self->name = name;
  krt_gc_set_end(self, drop);
  return self;
}

Value krt__multiprocessing_semUnlink(Str *name) {
  size_t size;
  const char *text = TRY(krt_str_utf8(name, &size));
  return ::sem_unlink(text) < 0 ? krt_raise_errno(errno, {}, {}) : kNone;
}

Value krt_sem_lock_create(Class *cls, int kind, int value, int maxvalue, Str *name, bool unlink) {
  if (kind != kRecursiveMutex && kind != kSemaphore)
    return krt_raise(kValueError, "unrecognized kind");
  size_t size;
  const char *text = TRY(krt_str_utf8(name, &size));
  sem_t *handle = ::sem_open(text, O_CREAT | O_EXCL, 0600, static_cast<unsigned>(value));
  if (handle == SEM_FAILED)
    return krt_raise_errno(errno, {}, {});
  if (unlink && ::sem_unlink(text) < 0) {
    int error = errno;
    ::sem_close(handle);
    return krt_raise_errno(error, {}, {});
  }
  return newLock(cls, handle, kind, maxvalue, unlink ? kNone : Value(name));
}
Value krt_sem_lock_rebuild(Class *cls, int64_t number, int kind, int maxvalue, Value name) {
  auto *handle = reinterpret_cast<sem_t *>(number);
  if (name != kNone) {
    if (!strCheck(name))
      return krt_raise(kTypeError, "argument 4 must be str or None, not %T", name);
    size_t size;
    const char *text = TRY(krt_str_utf8(name.as<Str>(), &size));
    handle = ::sem_open(text, 0);
    if (handle == SEM_FAILED)
      return krt_raise_errno(errno, {}, {});
  }
  return newLock(cls, handle, kind, maxvalue, name);
}

Value krt_sem_lock_acquire_py(Value v, bool block, Value timeout) {
  auto *self = semLock(v);
  if (self->kind == kRecursiveMutex && isMine(self)) {
    ++self->count;
    return kTrue;
  }
  timespec deadline{};
  bool limited = timeout && timeout != kNone;
  if (limited) {
    double seconds = krt_double_py(timeout);
    if (errorPending())
      return {};
    if (seconds < 0)
      seconds = 0;
    ::clock_gettime(CLOCK_REALTIME, &deadline);
    double whole = std::floor(seconds);
    deadline.tv_sec += static_cast<time_t>(std::min(whole, 1e15));
    deadline.tv_nsec += static_cast<long>((seconds - whole) * 1e9 + 0.5);
    deadline.tv_sec += deadline.tv_nsec / 1000000000;
    deadline.tv_nsec %= 1000000000;
  }
  int result = ::sem_trywait(handleOf(v));
  if (IdleWait idle;
      result < 0 && errno == EAGAIN && block && idle.cut(limited ? nanosecondsUntil(deadline) : IdleWait::kNoLimit)) {
    timespec first = later(idle.nanoseconds());
    result = blocking_py([&] { return ::sem_timedwait(handleOf(v), &first); });
    if (result < 0 && errno == ETIMEDOUT && !errorPending()) {
      idle.collect_py();
      errno = EAGAIN;
    }
  }
  if (result < 0 && errno == EAGAIN && block)
    result = blocking_py(
        [&] { return limited ? ::sem_timedwait(handleOf(v), &deadline) : ::sem_wait(handleOf(v)); });
  if (result < 0) {
    if (errorPending())
      return {};
    return errno == EAGAIN || errno == ETIMEDOUT ? kFalse : systemError();
  }
  ++self->count;
  self->owner = static_cast<uint64_t>(::pthread_self());
  return kTrue;
}

Value krt_sem_lock_release(Value v) {
  auto *self = semLock(v);
  if (self->kind == kRecursiveMutex) {
    if (!isMine(self))
      return krt_raise(kAssertionError, "attempt to release recursive lock not owned by thread");
    if (self->count > 1) {
      --self->count;
      return kNone;
    }
  } else {
    int value;
    if (::sem_getvalue(handleOf(v), &value) < 0)
      return krt_raise_errno(errno, {}, {});
    if (value >= self->maxValue)
      return krt_raise(kValueError, "semaphore or lock released too many times");
  }
  if (::sem_post(handleOf(v)) < 0)
    return krt_raise_errno(errno, {}, {});
  --self->count;
  return kNone;
}

int64_t krt_sem_lock_countMethod(Value v) { return semLock(v)->count; }
bool krt_sem_lock_isMine(Value v) { return isMine(semLock(v)); }
Value krt_sem_lock_getValue(Value v) {
  int value;
  if (::sem_getvalue(handleOf(v), &value) < 0)
    return krt_raise_errno(errno, {}, {});
  return smallInt(value < 0 ? 0 : value);
}
Value krt_sem_lock_isZero(Value v) {
  Value value = TRY(krt_sem_lock_getValue(v));
  return boolean(value == smallInt(0));
}
Value krt_sem_lock_afterFork(Value v) {
  semLock(v)->count = 0;
  return kNone;
}
Value krt_sem_lock_enter_py(Value v) { return krt_sem_lock_acquire_py(v, true, kNone); }
Value krt_sem_lock_exit(Value v, Value, Value, Value) { return krt_sem_lock_release(v); }
Value krt_sem_lock_handle(Value v) { return krt_int_from_i64(reinterpret_cast<int64_t>(semLock(v)->handle)); }
int64_t krt_sem_lock_kind(Value v) { return semLock(v)->kind; }
int64_t krt_sem_lock_maxvalue(Value v) { return semLock(v)->maxValue; }
Value krt_sem_lock_name(Value v) { return semLock(v)->name; }

extern "C" {
Class krt_sem_lock_class = {
    .flags = kClassBase,
    .nativeName = "_multiprocessing.SemLock",
    .basicSize = sizeof(SemLock),
    .slots = {.make = krt_sem_lock_make},
    .methods = krt_sem_lock_defs,
    .doc = krt_sem_lock_doc,
};
}

bool krt__multiprocessing_init(Module *module) {
  addClass(module, &krt_sem_lock_class);
  krt_dict_set_str(krt_sem_lock_class.dict, KSTR(SEM_VALUE_MAX), smallInt(SEM_VALUE_MAX));
  Dict *flags = krt_dict_new();
  for (const char *name : {"HAVE_SEM_OPEN", "HAVE_SEM_TIMEDWAIT"})
    krt_dict_set_str(flags, strIntern(name), smallInt(1));
  krt_dict_set_str(module->dict, KSTR(flags), flags);
  return true;
}

} // namespace krait

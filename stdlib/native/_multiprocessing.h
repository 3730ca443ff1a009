// _multiprocessing.h - the module _multiprocessing: locks and semaphores shared by processes.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

struct SemLock : Object {
  void *handle; // sem_t
  uint64_t owner; // thread that took it last
  int64_t count;  // times it was taken here and not released
  int32_t maxValue, kind;
  Value name; // str or None
};

KRT_MODULE(_multiprocessing, "Semaphores that processes share.");
KRT_CLASS(sem_lock, "Semaphore/Mutex type");

extern "C" {
extern Class krt_sem_lock_class;
KRT_MODULE_INIT(_multiprocessing) bool krt__multiprocessing_init(Module *module);
KRT_FUNCTION(_multiprocessing, "sem_unlink(name, /)", KRT_RAISES, KRT_COLLECTS) Value krt__multiprocessing_semUnlink(Str *name);

KRT_NEW(sem_lock, "SemLock(kind, value, maxvalue, name, unlink)", KRT_RAISES, KRT_COLLECTS) Value krt_sem_lock_create(Class *cls, int kind, int value, int maxvalue, Str *name, bool unlink);
/// Acquire the semaphore/lock.
KRT_METHOD(sem_lock, "acquire(self, /, block=True, timeout=None)", KRT_RUNS_PY) Value krt_sem_lock_acquire_py(Value self, bool block, Value timeout);
/// Release the semaphore/lock.
KRT_METHOD(sem_lock, "release(self, /)", KRT_RAISES, KRT_COLLECTS) Value krt_sem_lock_release(Value self);
/// Num of `acquire()`s minus num of `release()`s for this process.
KRT_METHOD(sem_lock, "_count(self, /)") int64_t krt_sem_lock_countMethod(Value self);
/// Whether the lock is owned by this thread.
KRT_METHOD(sem_lock, "_is_mine(self, /)") bool krt_sem_lock_isMine(Value self);
/// Get the value of the semaphore.
KRT_METHOD(sem_lock, "_get_value(self, /)", KRT_RAISES, KRT_COLLECTS) Value krt_sem_lock_getValue(Value self);
/// Return whether semaphore has value zero.
KRT_METHOD(sem_lock, "_is_zero(self, /)", KRT_RAISES, KRT_COLLECTS) Value krt_sem_lock_isZero(Value self);
KRT_CLASSMETHOD(sem_lock, "_rebuild(type, handle, kind, maxvalue, name, /)", KRT_RAISES, KRT_COLLECTS) Value krt_sem_lock_rebuild(Class *cls, int64_t handle, int kind, int maxvalue, Value name);
/// Rezero the net acquisition count after fork().
KRT_METHOD(sem_lock, "_after_fork(self, /)") Value krt_sem_lock_afterFork(Value self);
/// Enter the semaphore/lock.
KRT_METHOD(sem_lock, "__enter__(self, /)", KRT_RUNS_PY) Value krt_sem_lock_enter_py(Value self);
/// Exit the semaphore/lock.
KRT_METHOD(sem_lock, "__exit__(self, exc_type=None, exc_value=None, exc_tb=None, /)", KRT_RAISES, KRT_COLLECTS) Value krt_sem_lock_exit(Value self, Value type, Value value, Value tb);
KRT_GETTER(sem_lock, "handle") Value krt_sem_lock_handle(Value self);
KRT_GETTER(sem_lock, "kind") int64_t krt_sem_lock_kind(Value self);
KRT_GETTER(sem_lock, "maxvalue") int64_t krt_sem_lock_maxvalue(Value self);
KRT_GETTER(sem_lock, "name") Value krt_sem_lock_name(Value self);
}

} // namespace krait

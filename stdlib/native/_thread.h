// _thread.h - the module _thread: locks, threads, thread-local data.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

#include <atomic>

namespace krait {

/// A lock that any thread may release. The word is a futex: 0 free, 1 taken, 2 taken and waited for.
struct ThreadLock : Object {
  std::atomic<uint32_t> word;
};
/// A lock that its owner may take again.
struct ThreadRlock : Object {
  std::atomic<uint32_t> word;
  uint64_t owner; // thread id, 0: none
  uint64_t count;
};
/// Attributes that are each thread's own.
struct ThreadLocal : Object {
  Dict *dicts; // thread id -> attributes
  Tuple *args;
  Dict *kwargs; // or null
};

KRT_MODULE(_thread, "This module provides primitive operations to write multi-threaded programs.\nThe "
                    "'threading' module provides a more convenient interface.");
KRT_CLASS(thread_lock, "A lock. It is not owned by the thread that locked it; another thread may unlock it.");
KRT_CLASS(thread_rlock, "A lock that the thread which holds it may acquire again.");
KRT_CLASS(thread_local, "Thread-local data");

extern "C" {
extern Class krt_thread_lock_class, krt_thread_rlock_class, krt_thread_local_class;
extern ThreadRlock krt_import_lock; // that of _imp, no object for Python; a fork waits for it
KRT_MODULE_INIT(_thread, KRT_RAISES, KRT_COLLECTS)
bool krt__thread_init(Module *module);

/// Create a new lock object.
KRT_FUNCTION(_thread, "allocate_lock()", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
KRT_FUNCTION(_thread, "allocate()", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt__thread_allocateLock();
/// Return an integer that identifies the current thread among those that exist.
KRT_FUNCTION(_thread, "get_ident()", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt__thread_getIdent();
/// Return the operating system's number of the current thread.
KRT_FUNCTION(_thread, "get_native_id()", KRT_NO_SIGNATURE) int64_t krt__thread_getNativeId();
/// Start a new thread that calls the function, and return its identifier.
KRT_FUNCTION(_thread, "start_new_thread(function, args, kwargs=None, /)", KRT_COLLECTS, KRT_RAISES,
             KRT_NO_SIGNATURE)
KRT_FUNCTION(_thread, "start_new(function, args, kwargs=None, /)", KRT_COLLECTS, KRT_RAISES, KRT_NO_SIGNATURE)
Value krt__thread_startNew(Value function, Value args, Value kwargs);
/// Return the size of the stack of new threads, and set it if a size is given.
KRT_FUNCTION(_thread, "stack_size(size=0, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
int64_t krt__thread_stackSize(int64_t size);
/// Simulate the arrival of a signal in the main thread.
KRT_FUNCTION(_thread, "interrupt_main(signum=2, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt__thread_interruptMain_py(int signum);
/// Return the number of threads that were started and run.
KRT_FUNCTION(_thread, "_count()", KRT_NO_SIGNATURE) int64_t krt__thread_count();
/// Return a lock that is released when the current thread ends.
KRT_FUNCTION(_thread, "_set_sentinel()", KRT_COLLECTS, KRT_RAISES, KRT_NO_SIGNATURE)
Value krt__thread_setSentinel();
/// End the current thread by SystemExit.
KRT_FUNCTION(_thread, "exit()", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
KRT_FUNCTION(_thread, "exit_thread()", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt__thread_exit();
/// Show an exception that ended a thread.
KRT_FUNCTION(_thread, "_excepthook(args, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt__thread_excepthook_py(Value args);

/// Take the lock; return whether it was taken.
KRT_METHOD(thread_lock, "acquire(self, blocking=True, timeout=-1)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
KRT_METHOD(thread_lock, "acquire_lock(self, blocking=True, timeout=-1)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
KRT_METHOD(thread_lock, "__enter__(self, blocking=True, timeout=-1)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_thread_lock_acquire_py(ThreadLock *self, bool blocking, double timeout);
/// Release the lock, which may be another thread's.
KRT_METHOD(thread_lock, "release(self)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
KRT_METHOD(thread_lock, "release_lock(self)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_thread_lock_release(ThreadLock *self);
/// Release the lock.
KRT_METHOD(thread_lock, "__exit__(self, *args)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_thread_lock_exit(ThreadLock *self, ArgSpan args);
/// Whether the lock is taken.
KRT_METHOD(thread_lock, "locked(self)", KRT_NO_SIGNATURE)
KRT_METHOD(thread_lock, "locked_lock(self)", KRT_NO_SIGNATURE) bool krt_thread_lock_locked(ThreadLock *self);
KRT_METHOD(thread_lock, "_at_fork_reinit(self)", KRT_NO_SIGNATURE)
Value krt_thread_lock_atFork(ThreadLock *self);

KRT_NEW(thread_rlock, "RLock(*args, **kwargs)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_thread_rlock_create(Class *cls, ArgSpan args, Dict *kwargs);
/// Take the lock, or count one more level if the thread has it; return whether it was taken.
KRT_METHOD(thread_rlock, "acquire(self, blocking=True, timeout=-1)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
KRT_METHOD(thread_rlock, "__enter__(self, blocking=True, timeout=-1)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_thread_rlock_acquire_py(ThreadRlock *self, bool blocking, double timeout);
/// Undo one acquire; the last one frees the lock.
KRT_METHOD(thread_rlock, "release(self)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_thread_rlock_release(ThreadRlock *self);
/// Undo one acquire.
KRT_METHOD(thread_rlock, "__exit__(self, *args)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_thread_rlock_exit(ThreadRlock *self, ArgSpan args);
/// For Condition: whether the thread has the lock.
KRT_METHOD(thread_rlock, "_is_owned(self)", KRT_NO_SIGNATURE)
bool krt_thread_rlock_isOwned(ThreadRlock *self);
/// For Condition: free the lock and return its state.
KRT_METHOD(thread_rlock, "_release_save(self)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_thread_rlock_releaseSave(ThreadRlock *self);
/// For Condition: take the lock with a state that _release_save gave.
KRT_METHOD(thread_rlock, "_acquire_restore(self, state, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_thread_rlock_acquireRestore_py(ThreadRlock *self, Value state);
KRT_METHOD(thread_rlock, "_at_fork_reinit(self)", KRT_NO_SIGNATURE)
Value krt_thread_rlock_atFork(ThreadRlock *self);

KRT_NEW(thread_local, "_local(*args, **kwargs)", KRT_COLLECTS, KRT_RAISES, KRT_NO_SIGNATURE)
Value krt_thread_local_create(Class *cls, ArgSpan args, Dict *kwargs);
}

} // namespace krait

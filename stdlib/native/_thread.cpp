// _thread.cpp - see _thread.h. Threads are the system's, one at a time holding the global lock.
#include "stdlib/native/_thread.h"

#include "runtime/builtins/traceback_print.h"
#include "runtime/interp/global_lock.h"
#include "runtime/interp/interp.h"
#include "runtime/object/args.h"
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/exceptions.h"
#include "runtime/object/state.h"
#include "runtime/object/structseq.h"
#include "runtime/object/weakref.h"
#include "stdlib/native/_thread.bind.inc"
#include "stdlib/native/idle_wait.h"

#include <cerrno>
#include <climits>
#include <cmath>
#include <csignal>
#include <linux/futex.h>
#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace krait {

namespace {

// ---- Locks -----------------------------------------------------------------------------------------------

uint64_t selfId() { return static_cast<uint64_t>(pthread_self()); }
int64_t nowNanoseconds() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1'000'000'000 + now.tv_nsec;
}
long futex(std::atomic<uint32_t> *word, int operation, uint32_t value, const timespec *timeout) {
  return syscall(SYS_futex, word, operation | FUTEX_PRIVATE_FLAG, value, timeout, nullptr, 0);
}

bool tryLock(std::atomic<uint32_t> &word) {
  uint32_t free = 0;
  return word.compare_exchange_strong(free, 1, std::memory_order_acquire);
}

/// Takes the lock within [nanoseconds] (negative: for ever). 1 taken, 0 time is up, -1 a signal handler
/// raised.
int lockSlow_py(std::atomic<uint32_t> &word, int64_t nanoseconds) {
  int64_t end = nanoseconds < 0 ? 0 : nowNanoseconds() + nanoseconds;
  IdleWait idle;
  for (;;) {
    if (signalsBeforeWaiting_py() < 0)
      return -1;
    bool interrupted = false;
    bool cut = idle.cut(nanoseconds < 0 ? IdleWait::kNoLimit : end - nowNanoseconds());
    int64_t part = cut ? nowNanoseconds() + idle.nanoseconds() : end;
    {
      LockReleased released;
      while (word.exchange(2, std::memory_order_acquire) != 0) {
        timespec left{};
        if (cut || nanoseconds >= 0) {
          int64_t rest = part - nowNanoseconds();
          if (rest <= 0) {
            if (!cut)
              return 0;
            interrupted = true;
            break;
          }
          left = {rest / 1'000'000'000, rest % 1'000'000'000};
        }
        if (futex(&word, FUTEX_WAIT, 2, cut || nanoseconds >= 0 ? &left : nullptr) < 0 && errno == EINTR) {
          cut = false;
          interrupted = true;
          break;
        }
      }
      if (!interrupted)
        return 1;
    }
    if (cut)
      idle.collect_py();
    if (krt_thread.poll.load(std::memory_order_relaxed) && krt_poll_py() < 0)
      return -1;
  }
}

void unlock(std::atomic<uint32_t> &word) {
  if (word.exchange(0, std::memory_order_release) == 2)
    futex(&word, FUTEX_WAKE, 1, nullptr);
}

/// The arguments of acquire as nanoseconds: 0 do not wait, negative for ever. False = exception pending.
bool waitTime(bool blocking, double timeout, int64_t *out) {
  if (!blocking && timeout != -1) {
    krt_raise(kValueError, "can't specify a timeout for a non-blocking call");
    return false;
  }
  if (timeout < 0 && timeout != -1) {
    krt_raise(kValueError, "timeout value must be positive");
    return false;
  }
  if (std::isnan(timeout)) {
    krt_raise(kValueError, "Invalid value NaN (not a number)");
    return false;
  }
  if (timeout > 9223372036.0) {
    krt_raise(kOverflowError, "timestamp too large to convert to C _PyTime_t");
    return false;
  }
  *out = !blocking ? 0 : timeout == -1 ? -1 : static_cast<int64_t>(std::ceil(timeout * 1e9));
  return true;
}

/// 1, 0 or -1 as lockSlow_py.
int lockWith_py(std::atomic<uint32_t> &word, bool blocking, double timeout) {
  int64_t nanoseconds;
  if (!waitTime(blocking, timeout, &nanoseconds))
    return -1;
  if (tryLock(word))
    return 1;
  return nanoseconds == 0 ? 0 : lockSlow_py(word, nanoseconds);
}

} // namespace

Value krt__thread_allocateLock() { return krt_instance_new(&krt_thread_lock_class, 0); }

Value krt_thread_lock_acquire_py(ThreadLock *self, bool blocking, double timeout) {
  return boolean(TRY_INT(lockWith_py(self->word, blocking, timeout)));
}
Value krt_thread_lock_release(ThreadLock *self) {
  if (!self->word.load(std::memory_order_relaxed))
    return krt_raise(kRuntimeError, "release unlocked lock");
  unlock(self->word);
  return kNone;
}
Value krt_thread_lock_exit(ThreadLock *self, ArgSpan) { return krt_thread_lock_release(self); }
bool krt_thread_lock_locked(ThreadLock *self) { return self->word.load(std::memory_order_relaxed) != 0; }
Value krt_thread_lock_atFork(ThreadLock *self) {
  self->word.store(0, std::memory_order_relaxed);
  return kNone;
}

Value krt_thread_rlock_create(Class *cls, ArgSpan, Dict *) { return krt_instance_new(cls, 0); }
Value krt_thread_rlock_acquire_py(ThreadRlock *self, bool blocking, double timeout) {
  if (self->owner == selfId()) {
    ++self->count;
    return kTrue;
  }
  int taken = TRY_INT(lockWith_py(self->word, blocking, timeout));
  if (taken) {
    self->owner = selfId();
    self->count = 1;
  }
  return boolean(taken);
}
Value krt_thread_rlock_release(ThreadRlock *self) {
  if (self->owner != selfId())
    return krt_raise(kRuntimeError, "cannot release un-acquired lock");
  if (--self->count == 0) {
    self->owner = 0;
    unlock(self->word);
  }
  return kNone;
}
Value krt_thread_rlock_exit(ThreadRlock *self, ArgSpan) { return krt_thread_rlock_release(self); }
bool krt_thread_rlock_isOwned(ThreadRlock *self) { return self->owner == selfId(); }
Value krt_thread_rlock_releaseSave(ThreadRlock *self) {
  if (!self->count)
    return krt_raise(kRuntimeError, "cannot release un-acquired lock");
  Value state[2] = {krt_int_from_u64(self->count), krt_int_from_u64(self->owner)};
  self->count = self->owner = 0;
  unlock(self->word);
  return krt_tuple_from(state, 2);
}
Value krt_thread_rlock_acquireRestore_py(ThreadRlock *self, Value state) {
  uint64_t count, owner;
  if (!isExact(state, krt_tuple_class) || state.as<Tuple>()->length != 2 ||
      !krt_int_to_u64(state.as<Tuple>()->items[0], &count) ||
      !krt_int_to_u64(state.as<Tuple>()->items[1], &owner))
    return krt_raise(kTypeError, "_acquire_restore() argument 1 must be 2-item tuple, not %T", state);
  if (!tryLock(self->word))
    TRY_INT(lockSlow_py(self->word, -1));
  self->count = count;
  self->owner = owner;
  return kNone;
}
Value krt_thread_rlock_atFork(ThreadRlock *self) {
  self->word.store(0, std::memory_order_relaxed);
  self->owner = self->count = 0;
  return kNone;
}

namespace {

Value lockRepr(Value self) {
  return krt_str_format("<%s %s object at %p>",
                        krt_thread_lock_locked(self.as<ThreadLock>()) ? "locked" : "unlocked",
                        krt_class_name(classOf(self)), self.asObject());
}
Value rlockRepr(Value self) {
  auto *lock = self.as<ThreadRlock>();
  return krt_str_format("<%s %s object owner=%lld count=%lld at %p>", lock->count ? "locked" : "unlocked",
                        krt_class_name(classOf(self)), static_cast<long long>(lock->owner),
                        static_cast<long long>(lock->count), self.asObject());
}

// ---- Threads ----------------------------------------------------------------------------------------------

/// What a new thread takes over. Kept alive by the list until the thread has attached itself to the
/// collector.
struct Starting : Object {
  Starting *next;
  Value function;
  Tuple *args;
  Dict *kwargs;
  int32_t depthLimit;
};
Starting *startingThreads = nullptr;
int64_t runningThreads = 0;
size_t stackSize = 0;                           // as asked for; 0: the system's default
constexpr size_t kStackLeast = size_t{1} << 20; // the reserve for error handling comes out of it
constexpr size_t kThreadStackValues = size_t{1} << 20;

void unlink(Starting *start) {
  Starting **at = &startingThreads;
  while (*at != start)
    at = &(*at)->next;
  *at = start->next;
}

/// krt_thread.dict of a thread: a list [sentinel lock's weak reference or None, weak references to
/// thread-local objects...].
List *threadList() {
  if (!krt_thread.dict) {
    List *list = krt_list_new(1);
    krt_list_append(list, kNone);
    krt_thread.dict = list;
  }
  return krt_thread.dict.as<List>();
}

/// Drops the thread's own attributes of thread-local objects, then wakes who waits for the thread.
void leaveThread() {
  if (!krt_thread.dict)
    return;
  List *list = krt_thread.dict.as<List>();
  Value id = krt_int_from_u64(selfId());
  for (int64_t i = 1; i < list->length; ++i)
    if (Value local = krt_weakref_get(list->items[i].as<WeakRef>())) {
      KRT_ALLOW_PY("the keys are integers");
      krt_dict_pop_py(local.as<ThreadLocal>()->dicts, id);
    }
  if (list->items[0] != kNone)
    if (Value lock = krt_weakref_get(list->items[0].as<WeakRef>()))
      if (krt_thread_lock_locked(lock.as<ThreadLock>()))
        krt_thread_lock_release(lock.as<ThreadLock>());
  krt_thread.dict = Value();
}

void runThread_py(Starting *start) {
  Value function = start->function;
  if (krt_call_ex_py(function, start->args, start->kwargs))
    return;
  if (!krt_error_clear_if(kSystemExit))
    krt_error_unraisable_message("Exception ignored in thread started by", function);
}

void *threadEntry(void *data) {
  krt_lock_acquire();
  krt_gc_attach_thread(kThreadStackValues);
  auto *start = static_cast<Starting *>(data);
  unlink(start);
  krt_threads_add(&krt_thread);
  krt_thread.depthLimit = start->depthLimit;
  runThread_py(start);
  leaveThread();
  --runningThreads;
  krt_threads_remove(&krt_thread);
  krt_gc_detach_thread();
  krt_lock_release();
  return nullptr;
}

} // namespace

Value krt__thread_getIdent() { return krt_result_uint64(selfId()); }
int64_t krt__thread_getNativeId() { return syscall(SYS_gettid); }
int64_t krt__thread_count() { return runningThreads; }
Value krt__thread_exit() { return krt_raise_args(kSystemExit, nullptr, 0); }

Value krt__thread_startNew(Value function, Value args, Value kwargs) {
  if (!krt_callable(function))
    return krt_raise(kTypeError, "first arg must be callable");
  if (!hasClassFlag(args, kClassTupleSub))
    return krt_raise(kTypeError, "2nd arg must be a tuple");
  if (kwargs != kNone && !hasClassFlag(kwargs, kClassDictSub))
    return krt_raise(kTypeError, "optional 3rd arg must be a dictionary");
  krt_lock_start();
  auto *start = static_cast<Starting *>(gcAllocate(sizeof(Starting)));
  start->function = function;
  start->args = args.as<Tuple>();
  start->kwargs = kwargs == kNone ? nullptr : krt_dict_copy(kwargs.as<Dict>());
  start->depthLimit = krt_thread.depthLimit;
  start->next = startingThreads;
  startingThreads = start;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  size_t size = stackSize;
  if (!size)
    pthread_attr_getstacksize(&attributes, &size); // `ulimit -s`
  pthread_attr_setstacksize(&attributes, std::max(size, kStackLeast));
  pthread_t thread;
  ++runningThreads;
  int error = pthread_create(&thread, &attributes, threadEntry, start);
  pthread_attr_destroy(&attributes);
  if (error) {
    --runningThreads;
    unlink(start);
    return krt_raise(kRuntimeError, "can't start new thread");
  }
  return krt_result_uint64(static_cast<uint64_t>(thread));
}

int64_t krt__thread_stackSize(int64_t size) {
  int64_t before = static_cast<int64_t>(stackSize);
  if (size < 0) {
    krt_raise(kValueError, "size must be 0 or a positive value");
    return -1;
  }
  if (size != 0 && size < 32768) {
    krt_raise(kValueError, "size not valid: %lld bytes", static_cast<long long>(size));
    return -1;
  }
  stackSize = static_cast<size_t>(size);
  return before;
}

Value krt__thread_interruptMain_py(int signum) {
  if (signum < 1 || signum >= NSIG)
    return krt_raise(kValueError, "signal number out of range");
  struct sigaction now;
  sigaction(signum, nullptr, &now);
  if (!(now.sa_flags & SA_SIGINFO) && (now.sa_handler == SIG_DFL || now.sa_handler == SIG_IGN))
    return kNone; // as for a signal that Python has no handler for
  pthread_kill(static_cast<pthread_t>(krt_thread_main()->id), signum);
  return krt_poll_py() < 0 ? Value() : kNone; // this may be the main thread
}

Value krt__thread_setSentinel() {
  List *list = threadList();
  Value lock = krt__thread_allocateLock();
  list->items[0] = TRY(krt_weakref_new(&krt_weakref_class, lock, Value()));
  return lock;
}

// ---- Exceptions of threads --------------------------------------------------------------------------

namespace {
const StructSeqField hookFields[] = {{"exc_type", "Exception type"},
                                     {"exc_value", "Exception value"},
                                     {"exc_traceback", "Exception traceback"},
                                     {"thread", "Thread"},
                                     {}};
const StructSeqDesc hookDesc = {"_thread._ExceptHookArgs",
                                "ExceptHookArgs\n\nType used to pass arguments to threading.excepthook.",
                                hookFields, 4};
Class hookArgsClass;
} // namespace

Value krt__thread_excepthook_py(Value args) {
  if (classOf(args) != &hookArgsClass)
    return krt_raise(kTypeError, "_thread._excepthook argument type must be ExceptHookArgs");
  auto *fields = args.as<Tuple>();
  if (fields->items[0] == Value(kSystemExit))
    return kNone;
  Value thread = fields->items[3];
  Value file = krt_sys_get(KSTR(stderr));
  if (!file || file == kNone) {
    if (thread == kNone)
      return kNone;
    file = TRY(krt_getattr_py(thread, KSTR(_stderr)));
    if (file == kNone)
      return kNone;
  }
  Value name = thread == kNone ? Value() : krt_getattr_optional_py(thread, KSTR(name));
  krt_error_clear();
  if (!name)
    name = krt_result_uint64(selfId());
  Value line = TRY(krt_str_format("Exception in thread %S:\n", name));
  TRY(krt_call_method_py(file, KSTR(write), &line, 1));
  Value exception = fields->items[1];
  if (exceptionCheck(exception)) {
    if (fields->items[2] != kNone)
      exception.as<Exception>()->traceback = fields->items[2];
    krt_exception_print_py(exception, file);
  } else if (exceptionClassCheck(fields->items[0])) {
    exception = TRY(krt_call0_py(fields->items[0]));
    exception.as<Exception>()->traceback = fields->items[2];
    krt_exception_print_py(exception, file);
  }
  return kNone;
}

// ---- Thread-local data ------------------------------------------------------------------------------

namespace {

/// The calling thread's attributes of a thread-local object; at the first use there __init__ runs. Null =
/// exception.
Dict *ownDict_py(ThreadLocal *self) {
  Value id = krt_result_uint64(selfId());
  Value found = krt_dict_get_py(self->dicts, id);
  if (found)
    return found.as<Dict>();
  Dict *dict = krt_dict_new();
  TRY_INT(krt_dict_set_py(self->dicts, id, dict));
  krt_list_append(threadList(), TRY(krt_weakref_new(&krt_weakref_class, self, Value())));
  Class *cls = classOf(self);
  if (cls->slots.init && cls->slots.init != krt_object_class.slots.init) {
    Value init = TRY(krt_getattr_py(cls, KSTR(__init__)));
    Tuple *args = krt_tuple_new(self->args->length + 1);
    args->items[0] = self;
    for (int64_t i = 0; i < self->args->length; ++i)
      args->items[i + 1] = self->args->items[i];
    if (!krt_call_ex_py(init, args, self->kwargs)) {
      Value error = krt_error_take();
      krt_dict_delete_py(self->dicts, id);
      krt_error_restore(error);
      return nullptr;
    }
  }
  return dict;
}

Value localGetAttr(Value self, Str *name) {
  Dict *dict = TRY(ownDict_py(self.as<ThreadLocal>()));
  if (name == KSTR(__dict__))
    return dict;
  Value found = krt_class_lookup(classOf(self), name);
  const TypeSlots *slots = found ? &classOf(found)->slots : nullptr;
  if (slots && slots->descrGet && slots->descrSet)
    return slots->descrGet(found, self, classOf(self));
  if (Value own = krt_dict_get_str(dict, name))
    return own;
  if (slots && slots->descrGet)
    return slots->descrGet(found, self, classOf(self));
  if (found)
    return found;
  return krt_raise_attribute_error(self, name, "'%.50T' object has no attribute '%S'", self, Value(name));
}

int localSetAttr(Value self, Str *name, Value value) {
  Dict *dict = TRY_OR_MINUS(ownDict_py(self.as<ThreadLocal>()));
  if (name == KSTR(__dict__)) {
    krt_raise_attribute_error(self, name, "'%.50T' object attribute '__dict__' is read-only", self);
    return -1;
  }
  Value found = krt_class_lookup(classOf(self), name);
  if (found && classOf(found)->slots.descrSet)
    return classOf(found)->slots.descrSet(found, self, value);
  if (value) {
    krt_dict_set_str(dict, name, value);
    return errorPending() ? -1 : 0;
  }
  int removed = krt_dict_delete_str(dict, name);
  if (removed == 0)
    krt_raise_attribute_error(self, name, "'%.50T' object has no attribute '%S'", self, Value(name));
  return removed == 1 ? 0 : -1;
}

} // namespace

Value krt_thread_local_create(Class *cls, ArgSpan args, Dict *kwargs) {
  if ((args.size || kwargs) && cls->slots.init == krt_object_class.slots.init)
    return krt_raise(kTypeError, "Initialization arguments are not supported");
  auto *self = static_cast<ThreadLocal *>(krt_instance_new(cls, 0));
  self->args = krt_tuple_from(args.data, args.size);
  self->kwargs = kwargs;
  self->dicts = krt_dict_new();
  // The creating thread's __init__ is run by the call of the class.
  KRT_ALLOW_PY("the key is an integer");
  TRY_INT(krt_dict_set_py(self->dicts, krt_result_uint64(selfId()), krt_dict_new()));
  krt_list_append(threadList(), TRY(krt_weakref_new(&krt_weakref_class, self, Value())));
  return self;
}

// ---- The module -------------------------------------------------------------------------------------

extern "C" {
constinit Class krt_thread_lock_class = {
    .flags = kClassDisallowNew | kClassWeakref,
    .nativeName = "_thread.lock",
    .basicSize = sizeof(ThreadLock),
    .slots = {.repr = lockRepr},
    .methods = krt_thread_lock_defs,
    .doc = krt_thread_lock_doc,
};
ThreadRlock krt_import_lock;

constinit Class krt_thread_rlock_class = {
    .flags = kClassBase | kClassWeakref,
    .nativeName = "_thread.RLock",
    .basicSize = sizeof(ThreadRlock),
    .slots = {.repr = rlockRepr, .make = krt_thread_rlock_make},
    .methods = krt_thread_rlock_defs,
    .doc = krt_thread_rlock_doc,
};
constinit Class krt_thread_local_class = {
    .flags = kClassBase | kClassWeakref,
    .nativeName = "_thread._local",
    .basicSize = sizeof(ThreadLocal),
    .slots = {.getattr = localGetAttr, .setattr = localSetAttr, .make = krt_thread_local_make},
    .doc = krt_thread_local_doc,
};
}

bool krt__thread_init(Module *module) {
  krt_class_ready(&krt_thread_lock_class);
  krt_class_ready(&krt_thread_rlock_class);
  krt_class_ready(&krt_thread_local_class);
  krt_structseq_ready(&hookArgsClass, &hookDesc);
  Dict *dict = module->dict;
  krt_dict_set_str(dict, KSTR(LockType), &krt_thread_lock_class);
  krt_dict_set_str(dict, KSTR(RLock), &krt_thread_rlock_class);
  krt_dict_set_str(dict, KSTR(_local), &krt_thread_local_class);
  krt_dict_set_str(dict, KSTR(_ExceptHookArgs), &hookArgsClass);
  krt_dict_set_str(dict, KSTR(error), kRuntimeError);
  krt_dict_set_str(dict, KSTR(TIMEOUT_MAX), floatBox(9223372036.0));
  return true;
}

} // namespace krait

// _asyncio.cpp - see _asyncio.h.
#include "stdlib/native/_asyncio.h"

#include "runtime/abi/native.h"
#include "runtime/interp/generator.h"
#include "runtime/interp/generator_methods.h"
#include "runtime/interp/interp.h"
#include "runtime/object/args.h"
#include "runtime/object/exceptions.h"
#include "runtime/object/function.h"
#include "runtime/object/state.h"
#include "runtime/object/union.h"
#include "runtime/object/weakref.h"
#include "stdlib/native/_contextvars.h"
#include "stdlib/native/class_module.h"

#include <cstddef>
#include <cstdlib>
#include <pthread.h>

#include "stdlib/native/_asyncio.bind.inc"

namespace krait {

namespace {

AioFuture *asFuture(Value v) { return v.as<AioFuture>(); }
bool isTask(Value v) { return isExact(v, krt_aio_task_class); }
bool isNative(Value v) { return isExact(v, krt_aio_future_class) || isTask(v); }
Value orNone(Value v) { return v ? v : kNone; }

// ---- What is written in Python ----------------------------------------------------------------------

/// An attribute of a module, looked up when first asked for and kept.
class Imported {
public:
  constexpr Imported(const char *module, const char *name) : module_(module), name_(name) {}
  Value get_py() {
    if (value_)
      return value_;
    Str *moduleName = strIntern(module_);
    Value module = krt_import_loaded_py(moduleName);
    if (!module && !errorPending()) {
      TRY(krt_call1_py(TRY(krt_builtin_py(KSTR(__import__))), moduleName));
      module = krt_import_loaded_py(moduleName);
    }
    return value_ = TRY(krt_getattr_py(TRY(module), strIntern(name_)));
  }

private:
  const char *module_, *name_;
  Value value_;
};

Imported cancelledErrorClass("asyncio.exceptions", "CancelledError"),
    invalidStateErrorClass("asyncio.exceptions", "InvalidStateError"),
    getPolicy("asyncio.events", "get_event_loop_policy"), futureRepr("asyncio.base_futures", "_future_repr"),
    taskRepr("asyncio.base_tasks", "_task_repr"), taskGetStack("asyncio.base_tasks", "_task_get_stack"),
    taskPrintStack("asyncio.base_tasks", "_task_print_stack"),
    isCoroutine("asyncio.coroutines", "iscoroutine"), extractStack("traceback", "extract_stack"),
    taskSetClass("_krait_tasks", "TaskSet");

Value raiseInvalidState_py(const char *message) {
  Value cls = TRY(invalidStateErrorClass.get_py());
  return krt_raise(cls.as<Class>(), "%s", message);
}

bool alive(AioFuture *self) {
  if (self->loop)
    return true;
  krt_raise(kRuntimeError, "Future object is not initialized.");
  return false;
}

// ---- The running loop -------------------------------------------------------------------------------

/// Of a thread; kept in a list of all, since thread-local memory is not scanned.
struct RunningLoop {
  Value loop;
  RunningLoop *next;
};
RunningLoop *runningLoops;
thread_local RunningLoop *runningHere;

Value runningLoop() { return runningHere ? runningHere->loop : Value(); }

void setRunningLoop(Value loop) {
  if (runningHere) {
    runningHere->loop = loop;
    if (loop)
      return;
    for (RunningLoop **link = &runningLoops; *link; link = &(*link)->next)
      if (*link == runningHere) {
        *link = runningHere->next;
        break;
      }
    runningHere = nullptr;
  } else if (loop) {
    runningHere = static_cast<RunningLoop *>(gcAllocate(sizeof(RunningLoop)));
    runningHere->loop = loop;
    runningHere->next = runningLoops;
    runningLoops = runningHere;
  }
}

// ---- Living tasks -----------------------------------------------------------------------------------

/// In malloc'ed memory, where the collector does not see them. A task that is dead but whose finalizer has
/// not run is still whole.
AioTask **living;
uint32_t livingCount, livingCapacity;

void enterLiving(AioTask *task) {
  if (task->place)
    return;
  if (livingCount == livingCapacity) {
    livingCapacity = livingCapacity ? livingCapacity * 2 : 64;
    living = static_cast<AioTask **>(std::realloc(living, livingCapacity * sizeof *living));
  }
  living[livingCount++] = task;
  task->place = livingCount;
}
void leaveLiving(AioTask *task) {
  if (!task->place)
    return;
  AioTask *last = living[--livingCount];
  living[task->place - 1] = last;
  last->place = task->place;
  task->place = 0;
}

void finalizeFuture(Value self);

/// A class with __del__, or an object referred to weakly, has a finalizer that comes to finalizeFuture too.
void ensureFinalizer(AioFuture *self) {
  if (isNative(self) && !krt_weakref_referred(self))
    krt_gc_set_finalizer(self, [](Object *dead) { finalizeFuture(dead); });
}
void dropFinalizer(AioFuture *self) {
  if (isNative(self) && !krt_weakref_referred(self))
    krt_gc_clear_finalizer(self);
}

/// loop.call_exception_handler(context) for a future that is gone.
void report_py(AioFuture *self, const char *kind, Str *message, bool withException) {
  Dict *context = krt_dict_new();
  krt_dict_set_str(context, KSTR(message), message);
  if (withException)
    krt_dict_set_str(context, KSTR(exception), orNone(self->exception));
  krt_dict_set_str(context, strIntern(kind), self);
  if (self->sourceTraceback)
    krt_dict_set_str(context, KSTR(source_traceback), self->sourceTraceback);
  Value argument = context;
  if (!krt_call_method_py(self->loop, KSTR(call_exception_handler), &argument, 1))
    krt_error_unraisable(self);
}

void finalizeFuture(Value dead) {
  AioFuture *self = asFuture(dead);
  Value pending = krt_error_take();
  if (krt_instance(dead, &krt_aio_task_class)) {
    leaveLiving(static_cast<AioTask *>(self));
    if (self->loop && self->state == FutureState::Pending && self->logDestroyPending)
      report_py(self, "task", strFrom("Task was destroyed but it is pending!"), false);
  }
  if (self->logTraceback && self->loop) {
    self->logTraceback = false;
    report_py(self, "future", krt_str_format("%S exception was never retrieved", Value(classOf(dead)->name)),
              true);
  }
  krt_error_restore(pending);
}

// ---- Callbacks --------------------------------------------------------------------------------------

Tuple *contextNames() {
  static Value names;
  if (!names) {
    Value name = KSTR(context);
    names = krt_tuple_from(&name, 1);
  }
  return names.as<Tuple>();
}

/// loop.call_soon(callback[, argument], context=context)
bool callSoon_py(Value loop, Value callback, Value argument, Value context) {
  Value self, method = krt_load_method_py(loop, KSTR(call_soon), &self);
  if (!method)
    return false;
  Value args[3] = {callback};
  size_t count = 1;
  if (argument)
    args[count++] = argument;
  args[count] = context;
  return static_cast<bool>(krt_call_with_self_py(method, self, args, count, contextNames()));
}

/// The future is done: its callbacks are called soon.
bool scheduleCallbacks_py(AioFuture *self) {
  if (self->place) {
    leaveLiving(static_cast<AioTask *>(self));
    dropFinalizer(self);
  }
  Value callback = self->callback, context = self->context;
  List *more = self->callbacks;
  self->callback = self->context = Value();
  self->callbacks = nullptr;
  if (callback && !callSoon_py(self->loop, callback, self, context))
    return false;
  for (int64_t i = 0; more && i < more->length; i++) {
    auto *pair = more->items[i].as<Tuple>();
    if (!callSoon_py(self->loop, pair->items[0], self, pair->items[1]))
      return false;
  }
  return true;
}

bool addCallback_py(AioFuture *self, Value callback, Value context) {
  if (!alive(self))
    return false;
  if (self->state != FutureState::Pending)
    return callSoon_py(self->loop, callback, self, context);
  if (!self->callback && !self->callbacks) {
    self->callback = callback;
    self->context = context;
    return true;
  }
  if (!self->callbacks)
    self->callbacks = krt_list_new(2);
  Value pair[2] = {callback, context};
  return self->callbacks && krt_list_append(self->callbacks, krt_tuple_from(pair, 2)) == 0;
}

// ---- Results ----------------------------------------------------------------------------------------

Value makeCancelledError_py(AioFuture *self) {
  if (self->cancelledError) {
    Value error = self->cancelledError;
    self->cancelledError = Value();
    return error;
  }
  Value cls = TRY(cancelledErrorClass.get_py());
  return self->cancelMessage && self->cancelMessage != kNone ? krt_call1_py(cls, self->cancelMessage)
                                                             : krt_call0_py(cls);
}

bool setResult_py(AioFuture *self, Value result) {
  if (!alive(self))
    return false;
  if (self->state != FutureState::Pending) {
    raiseInvalidState_py("invalid state");
    return false;
  }
  self->result = result;
  self->state = FutureState::Finished;
  return scheduleCallbacks_py(self);
}

bool setException_py(AioFuture *self, Value exception) {
  if (!alive(self))
    return false;
  if (self->state != FutureState::Pending) {
    raiseInvalidState_py("invalid state");
    return false;
  }
  if (exceptionClassCheck(exception)) {
    exception = krt_call0_py(exception);
    if (!exception)
      return false;
    if (self->state != FutureState::Pending) {
      raiseInvalidState_py("invalid state");
      return false;
    }
  }
  if (!exceptionCheck(exception)) {
    krt_raise(kTypeError, "invalid exception object");
    return false;
  }
  if (classOf(exception) == kStopIteration) {
    krt_raise(kTypeError, "StopIteration interacts badly with generators and cannot be raised into a Future");
    return false;
  }
  self->exception = exception;
  self->exceptionTraceback = krt_exception_traceback(exception);
  self->state = FutureState::Finished;
  if (!scheduleCallbacks_py(self))
    return false;
  self->logTraceback = true;
  ensureFinalizer(self);
  return true;
}

bool cancelFuture_py(AioFuture *self, Value message) {
  self->state = FutureState::Cancelled;
  self->cancelMessage = message;
  return scheduleCallbacks_py(self);
}

/// The result; or null with an exception pending, as it is raised where the future is awaited.
Value resultOf_py(AioFuture *self) {
  if (self->state == FutureState::Cancelled)
    return krt_raise_value(TRY(makeCancelledError_py(self)));
  if (self->state != FutureState::Finished)
    return raiseInvalidState_py("Result is not set.");
  self->logTraceback = false;
  if (!self->exception)
    return self->result;
  if (!krt_exception_setTraceback(self->exception, orNone(self->exceptionTraceback)))
    return {};
  self->exceptionTraceback = Value();
  return krt_raise_value(self->exception);
}

// ---- Futures ----------------------------------------------------------------------------------------

Value policyLoop_py() {
  return krt_call_method_py(TRY(krt_call0_py(TRY(getPolicy.get_py()))), KSTR(get_event_loop), nullptr, 0);
}

bool initialize_py(AioFuture *self, Value loop) {
  self->loop = self->callback = self->context = Value();
  self->callbacks = nullptr;
  self->result = self->exception = self->exceptionTraceback = self->sourceTraceback = Value();
  self->cancelMessage = self->cancelledError = Value();
  self->state = FutureState::Pending;
  self->logTraceback = self->blocking = false;
  if (!loop || loop == kNone) {
    loop = runningLoop();
    if (!loop)
      loop = policyLoop_py();
    if (!loop)
      return false;
  }
  self->loop = loop;
  Value debug = krt_call_method_py(loop, KSTR(get_debug), nullptr, 0);
  int truth = debug ? krt_truth_py(debug) : -1;
  if (truth <= 0)
    return truth == 0;
  Value extract = extractStack.get_py();
  if (!extract)
    return false;
  self->sourceTraceback = krt_call0_py(extract);
  return static_cast<bool>(self->sourceTraceback);
}

Value make(Class *cls, const Value *, size_t, Tuple *) { return krt_instance_new(cls, 0); }
Value reprOfFuture_py(Value self) {
  if (!alive(asFuture(self)))
    return {};
  return krt_call1_py(TRY(futureRepr.get_py()), self);
}
Value iterate(Value self) {
  if (!alive(asFuture(self)))
    return {};
  auto *made = gcNew<AioIter>(krt_aio_iter_class);
  made->future = self;
  return made;
}

// ---- Iterators of futures: what `await` drives ------------------------------------------------------

SendStatus sendToIter_py(Value iterator, Value, Value *result) {
  auto *self = iterator.as<AioIter>();
  *result = Value();
  if (!self->future) {
    *result = kNone;
    return SendStatus::Return;
  }
  AioFuture *future = asFuture(self->future);
  if (future->state == FutureState::Pending) {
    if (future->blocking) {
      krt_raise(kRuntimeError, "await wasn't used with future");
      return SendStatus::Error;
    }
    future->blocking = true;
    *result = future;
    return SendStatus::Yield;
  }
  self->future = Value();
  *result = resultOf_py(future);
  return *result ? SendStatus::Return : SendStatus::Error;
}
Value nextOfIter_py(Value self) {
  Value result;
  bool ended = !self.as<AioIter>()->future;
  switch (sendToIter_py(self, kNone, &result)) {
  case SendStatus::Yield:
    return result;
  case SendStatus::Return:
    return ended || result == kNone ? Value() : krt_raise_stop_iteration(result);
  default:
    return {};
  }
}
Value iteratorItself(Value self) { return self; }

// ---- Tasks ------------------------------------------------------------------------------------------

Dict *currentTasks; // by loop
Value allTasks;     // a TaskSet

Value enterTask_py(Value loop, Value task) {
  Value other = krt_dict_get_py(currentTasks, loop);
  if (other)
    return krt_raise(kRuntimeError, "Cannot enter into task %R while another task %R is being executed.",
                     task, other);
  if (errorPending() || krt_dict_set_py(currentTasks, loop, task) < 0)
    return {};
  return kNone;
}
Value leaveTask_py(Value loop, Value task) {
  Value other = krt_dict_get_py(currentTasks, loop);
  if (!other && errorPending())
    return {};
  if (orNone(other) != task)
    return krt_raise(kRuntimeError, "Leaving task %R does not match the current task %R.", task,
                     orNone(other));
  return krt_dict_delete_py(currentTasks, loop) < 0 ? Value() : kNone;
}

Value register_py(Value task) {
  if (krt_instance(task, &krt_aio_task_class)) {
    enterLiving(task.as<AioTask>());
    ensureFinalizer(asFuture(task));
    return kNone;
  }
  return krt_call_method_py(allTasks, KSTR(add), &task, 1);
}

bool stepSoon_py(AioTask *self, Value exception) {
  auto *step = gcNew<AioStep>(krt_aio_step_class);
  step->task = self;
  step->exception = exception;
  return callSoon_py(self->loop, step, Value(), self->taskContext);
}

/// The task goes on with RuntimeError.
template <typename... Args> Value failSoon_py(AioTask *self, const char *format, Args... args) {
  krt_raise(kRuntimeError, format, args...);
  Value error = krt_error_take();
  return stepSoon_py(self, error) ? kNone : Value();
}

Value step_py(AioTask *self, Value exception);

/// What a future calls back: a bound method that no class has.
Value wakeup_py(Value callee, const Value *args, size_t nargs, Tuple *kwnames) {
  if (nargs != 2 || (kwnames && kwnames->length))
    return krt_raise(kTypeError, "Task.task_wakeup() takes exactly one argument (%zu given)", nargs - 1);
  Value future = args[1];
  Value result = isNative(future) ? krt_aio_future_result_py(asFuture(future))
                                  : krt_call_method_py(future, KSTR(result), nullptr, 0);
  return step_py(args[0].as<AioTask>(), result ? Value() : krt_error_take());
}
constexpr NativeDef kWakeupDef = {
    .name = "task_wakeup", .entry = wakeup_py, .kind = NativeKind::Method, .effects = kEffectRunsPy};

Value wakeupOf(AioTask *self) { return krt_native_function_new(&kWakeupDef, self, {}); }

/// Cancels what the task waits for: 1 done, 0 it would not, -1 raised.
int cancelWaiter_py(AioTask *self, Value message) {
  Value cancelled;
  if (isNative(self->waiter)) {
    cancelled = isTask(self->waiter) ? krt_aio_task_cancel_py(self->waiter.as<AioTask>(), message)
                                     : krt_aio_future_cancel_py(asFuture(self->waiter), message);
  } else {
    static Value names;
    if (!names) {
      Value name = KSTR(msg);
      names = krt_tuple_from(&name, 1);
    }
    Value bound, method = krt_load_method_py(self->waiter, KSTR(cancel), &bound);
    if (!method)
      return -1;
    cancelled = krt_call_with_self_py(method, bound, &message, 0, names.as<Tuple>());
  }
  return cancelled ? krt_truth_py(cancelled) : -1;
}

bool waitFor_py(AioTask *self, Value future) {
  self->waiter = future;
  if (!self->mustCancel)
    return true;
  int cancelled = cancelWaiter_py(self, orNone(self->cancelMessage));
  if (cancelled > 0)
    self->mustCancel = false;
  return cancelled >= 0;
}

Value awaitNative_py(AioTask *self, AioFuture *future) {
  if (future->loop != self->loop)
    return failSoon_py(self, "Task %R got Future %R attached to a different loop", Value(self),
                       Value(future));
  if (!future->blocking)
    return failSoon_py(self, "yield was used instead of yield from in task %R with %R", Value(self),
                       Value(future));
  future->blocking = false;
  if (!addCallback_py(future, wakeupOf(self), self->taskContext))
    return {};
  return waitFor_py(self, future) ? kNone : Value();
}

/// An object that says it is a future; [blocking] is its _asyncio_future_blocking.
Value awaitLike_py(AioTask *self, Value future, Value blocking) {
  Value getLoop = krt_getattr_optional_py(future, KSTR(get_loop));
  if (!getLoop && errorPending())
    return {};
  Value loop = TRY(getLoop ? krt_call0_py(getLoop) : krt_getattr_py(future, KSTR(_loop)));
  if (loop != self->loop)
    return failSoon_py(self, "Task %R got Future %R attached to a different loop", Value(self), future);
  if (!TRY_INT(krt_truth_py(blocking)))
    return failSoon_py(self, "yield was used instead of yield from in task %R with %R", Value(self), future);
  TRY_INT(krt_setattr_py(future, KSTR(_asyncio_future_blocking), kFalse));
  Value bound, method = TRY(krt_load_method_py(future, KSTR(add_done_callback), &bound));
  Value args[2] = {wakeupOf(self), self->taskContext};
  TRY(krt_call_with_self_py(method, bound, args, 1, contextNames()));
  return waitFor_py(self, future) ? kNone : Value();
}

/// The coroutine of the task suspended with [result].
Value suspended_py(AioTask *self, Value result) {
  if (result == Value(self))
    return failSoon_py(self, "Task cannot await on itself: %R", Value(self));
  if (isNative(result))
    return awaitNative_py(self, asFuture(result));
  if (result == kNone)
    return stepSoon_py(self, Value()) ? kNone : Value();
  Value blocking = krt_getattr_optional_py(result, KSTR(_asyncio_future_blocking));
  if (!blocking && errorPending())
    return {};
  if (blocking && blocking != kNone)
    return awaitLike_py(self, result, blocking);
  if (isExact(result, krt_generator_class))
    return failSoon_py(self, "yield was used instead of yield from for generator in task %R with %R",
                       Value(self), result);
  return failSoon_py(self, "Task got bad yield: %R", result);
}

/// The coroutine ended with the pending exception.
Value failed_py(AioTask *self) {
  Value cancelled = cancelledErrorClass.get_py();
  if (!cancelled)
    return {};
  Value error = krt_error_take();
  if (krt_instance(error, cancelled.as<Class>())) {
    self->cancelledError = error;
    return cancelFuture_py(self, Value()) ? kNone : Value();
  }
  if (!setException_py(self, error))
    return {};
  if (krt_instance(error, kKeyboardInterrupt) || krt_instance(error, kSystemExit)) {
    krt_error_restore(error);
    return {};
  }
  return kNone;
}

SendStatus resume_py(AioTask *self, Value exception, Value *result) {
  bool native =
      isExact(self->coroutine, krt_coroutine_class) || isExact(self->coroutine, krt_generator_class);
  if (!exception)
    return native ? krt_generator_resume_py(self->coroutine.as<Generator>(), kNone, result)
                  : krt_send_py(self->coroutine, kNone, result);
  if (native) {
    krt_error_restore(exception);
    return krt_generator_throw_py(self->coroutine, result);
  }
  *result = krt_call_method_py(self->coroutine, KSTR(throw), &exception, 1);
  if (*result)
    return SendStatus::Yield;
  if (!krt_error_matches(kStopIteration))
    return SendStatus::Error;
  *result = orNone(krt_error_take().as<StopIterationObject>()->value);
  return SendStatus::Return;
}

Value stepInside_py(AioTask *self, Value exception) {
  if (self->state != FutureState::Pending) {
    Value cls = TRY(invalidStateErrorClass.get_py());
    return krt_raise(cls.as<Class>(), "__step(): already done: %R %R", Value(self), orNone(exception));
  }
  if (self->mustCancel) {
    Value cancelled = TRY(cancelledErrorClass.get_py());
    if (!exception || !krt_instance(exception, cancelled.as<Class>()))
      exception = TRY(makeCancelledError_py(self));
    self->mustCancel = false;
  }
  self->waiter = Value();
  if (!self->coroutine)
    return krt_raise(kRuntimeError, "uninitialized Task object");
  Value result;
  switch (resume_py(self, exception, &result)) {
  case SendStatus::Yield:
    return suspended_py(self, result);
  case SendStatus::Return:
    if (self->mustCancel) { // just before it came to its end
      self->mustCancel = false;
      return cancelFuture_py(self, orNone(self->cancelMessage)) ? kNone : Value();
    }
    return setResult_py(self, result) ? kNone : Value();
  default:
    return failed_py(self);
  }
}

Value step_py(AioTask *self, Value exception) {
  TRY(enterTask_py(self->loop, self));
  if (Value result = stepInside_py(self, exception))
    return leaveTask_py(self->loop, self) ? result : Value();
  Value error = krt_error_take();
  if (!leaveTask_py(self->loop, self))
    krt_error_clear();
  krt_error_restore(error);
  return {};
}

Value callStep_py(Value callee, const Value *, size_t nargs, Tuple *kwnames) {
  if (kwnames && kwnames->length)
    return krt_raise(kTypeError, "function takes no keyword arguments");
  if (nargs)
    return krt_raise(kTypeError, "function takes no positional arguments");
  auto *self = callee.as<AioStep>();
  return step_py(self->task, self->exception);
}

Value reprOfTask_py(Value self) {
  if (!alive(asFuture(self)))
    return {};
  return krt_call1_py(TRY(taskRepr.get_py()), self);
}

uint64_t taskCount; // those made without a name

} // namespace

extern "C" {

// ---- Functions --------------------------------------------------------------------------------------

Value krt__asyncio_runningLoopOrNone() { return orNone(runningLoop()); }
Value krt__asyncio_setRunningLoop(Value loop) {
  setRunningLoop(loop == kNone ? Value() : loop);
  return kNone;
}
Value krt__asyncio_runningLoop() {
  Value loop = runningLoop();
  return loop ? loop : krt_raise(kRuntimeError, "no running event loop");
}
Value krt__asyncio_eventLoop_py() {
  Value loop = runningLoop();
  return loop ? loop : policyLoop_py();
}
Value krt__asyncio_eventLoopAt_py(Value) { return krt__asyncio_eventLoop_py(); }
Value krt__asyncio_registerTask_py(Value task) { return register_py(task) ? kNone : Value(); }
Value krt__asyncio_unregisterTask_py(Value task) {
  if (krt_instance(task, &krt_aio_task_class)) {
    leaveLiving(task.as<AioTask>());
    return kNone;
  }
  return krt_call_method_py(allTasks, KSTR(discard), &task, 1) ? kNone : Value();
}
Value krt__asyncio_enterTask_py(Value loop, Value task) { return enterTask_py(loop, task); }
Value krt__asyncio_leaveTask_py(Value loop, Value task) { return leaveTask_py(loop, task); }
Value krt__asyncio_nativeTasks() {
  List *list = TRY(krt_list_new(livingCount));
  for (uint32_t i = 0; i < livingCount; i++)
    TRY_INT(krt_list_append(list, living[i]));
  return list;
}

// ---- Methods of futures -----------------------------------------------------------------------------

bool krt_aio_future_initialize_py(AioFuture *self, Value loop) { return initialize_py(self, loop); }
Value krt_aio_future_result_py(AioFuture *self) {
  if (!self->loop)
    return raiseInvalidState_py("Future object is not initialized.");
  return resultOf_py(self);
}
Value krt_aio_future_exception_py(AioFuture *self) {
  if (!self->loop)
    return raiseInvalidState_py("Future object is not initialized.");
  if (self->state == FutureState::Cancelled)
    return krt_raise_value(TRY(makeCancelledError_py(self)));
  if (self->state != FutureState::Finished)
    return raiseInvalidState_py("Exception is not set.");
  self->logTraceback = false;
  return orNone(self->exception);
}
Value krt_aio_future_setResult_py(AioFuture *self, Value result) {
  return setResult_py(self, result) ? kNone : Value();
}
Value krt_aio_future_setException_py(AioFuture *self, Value exception) {
  return setException_py(self, exception) ? kNone : Value();
}
Value krt_aio_future_addDoneCallback_py(AioFuture *self, Value fn, Value context) {
  return addCallback_py(self, fn, context ? context : krt__contextvars_copyContext()) ? kNone : Value();
}
Value krt_aio_future_removeDoneCallback_py(AioFuture *self, Value fn) {
  if (!alive(self))
    return {};
  int64_t removed = 0;
  if (self->callback && TRY_INT(krt_equal_py(self->callback, fn))) {
    self->callback = self->context = Value();
    removed++;
  }
  if (!self->callbacks)
    return smallInt(removed);
  List *kept = TRY(krt_list_new(0));
  for (int64_t i = 0; self->callbacks && i < self->callbacks->length; i++) {
    Value pair = self->callbacks->items[i];
    if (TRY_INT(krt_equal_py(pair.as<Tuple>()->items[0], fn)))
      removed++;
    else
      TRY_INT(krt_list_append(kept, pair));
  }
  self->callbacks = kept->length ? kept : nullptr;
  return smallInt(removed);
}
Value krt_aio_future_cancel_py(AioFuture *self, Value msg) {
  if (!alive(self))
    return {};
  self->logTraceback = false;
  if (self->state != FutureState::Pending)
    return kFalse;
  return cancelFuture_py(self, msg) ? kTrue : Value();
}
bool krt_aio_future_cancelled(AioFuture *self) { return self->loop && self->state == FutureState::Cancelled; }
bool krt_aio_future_done(AioFuture *self) { return self->loop && self->state != FutureState::Pending; }
Value krt_aio_future_getLoop(AioFuture *self) { return alive(self) ? self->loop : Value(); }
Value krt_aio_future_makeCancelledError_py(AioFuture *self) { return makeCancelledError_py(self); }
Value krt_aio_future_classGetItem_py(Value cls, Value item) { return krt_generic_alias_new_py(cls, item); }

Value krt_aio_future_state(AioFuture *self) {
  if (!alive(self))
    return {};
  return self->state == FutureState::Pending     ? KSTR(PENDING)
         : self->state == FutureState::Cancelled ? KSTR(CANCELLED)
                                                 : KSTR(FINISHED);
}
Value krt_aio_future_blocking(AioFuture *self) { return boolean(self->loop && self->blocking); }

/// The truth of what is assigned, 1 or 0; -1 with an exception pending.
static int truthToSet_py(Value value) {
  return value ? krt_truth_py(value) : raiseInt(kAttributeError, "cannot delete attribute");
}
bool krt_aio_future_setBlocking_py(AioFuture *self, Value value) {
  if (!alive(self))
    return false;
  int truth = truthToSet_py(value);
  if (truth >= 0)
    self->blocking = truth;
  return truth >= 0;
}
Value krt_aio_future_loop(AioFuture *self) { return orNone(self->loop); }
Value krt_aio_future_callbacks(AioFuture *self) {
  if (!alive(self))
    return {};
  if (!self->callback && !self->callbacks)
    return kNone;
  List *list = TRY(krt_list_new(0));
  if (self->callback) {
    Value pair[2] = {self->callback, orNone(self->context)};
    TRY_INT(krt_list_append(list, krt_tuple_from(pair, 2)));
  }
  for (int64_t i = 0; self->callbacks && i < self->callbacks->length; i++)
    TRY_INT(krt_list_append(list, self->callbacks->items[i]));
  return list;
}
Value krt_aio_future_resultOrNone(AioFuture *self) { return alive(self) ? orNone(self->result) : Value(); }
Value krt_aio_future_exceptionOrNone(AioFuture *self) {
  return alive(self) ? orNone(self->exception) : Value();
}
Value krt_aio_future_logTraceback(AioFuture *self) {
  return alive(self) ? boolean(self->logTraceback) : Value();
}
bool krt_aio_future_setLogTraceback_py(AioFuture *self, Value value) {
  int truth = truthToSet_py(value);
  if (truth > 0)
    krt_raise(kValueError, "_log_traceback can only be set to False");
  else if (truth == 0)
    self->logTraceback = false;
  return truth == 0;
}
Value krt_aio_future_sourceTraceback(AioFuture *self) {
  return alive(self) ? orNone(self->sourceTraceback) : Value();
}
Value krt_aio_future_cancelMessage(AioFuture *self) { return orNone(self->cancelMessage); }
bool krt_aio_future_setCancelMessage(AioFuture *self, Value value) {
  if (!value) {
    krt_raise(kAttributeError, "cannot delete attribute");
    return false;
  }
  self->cancelMessage = value;
  return true;
}

// ---- Methods of tasks -------------------------------------------------------------------------------

bool krt_aio_task_initialize_py(AioTask *self, Value coro, Value loop, Value name, Value context) {
  if (!initialize_py(self, loop))
    return false;
  if (!isExact(coro, krt_coroutine_class)) {
    Value test = isCoroutine.get_py();
    Value answer = test ? krt_call1_py(test, coro) : Value();
    int truth = answer ? krt_truth_py(answer) : -1;
    if (truth <= 0) {
      self->logDestroyPending = false;
      if (truth == 0)
        krt_raise(kTypeError, "a coroutine was expected, got %R", coro);
      return false;
    }
  }
  self->taskContext = context && context != kNone ? context : krt__contextvars_copyContext();
  self->waiter = Value();
  self->mustCancel = false;
  self->logDestroyPending = true;
  self->cancelRequests = 0;
  self->coroutine = coro;
  self->name = !name || name == kNone         ? smallInt(static_cast<int64_t>(++taskCount))
               : isExact(name, krt_str_class) ? name
                                              : Value(krt_str_of_py(name));
  if (!self->name)
    return false;
  return stepSoon_py(self, Value()) && register_py(self);
}
Value krt_aio_task_setResult(AioTask *, Value) {
  return krt_raise(kRuntimeError, "Task does not support set_result operation");
}
Value krt_aio_task_setException(AioTask *, Value) {
  return krt_raise(kRuntimeError, "Task does not support set_exception operation");
}
Value krt_aio_task_cancel_py(AioTask *self, Value msg) {
  if (!alive(self))
    return {};
  self->logTraceback = false;
  if (self->state != FutureState::Pending)
    return kFalse;
  self->cancelRequests++;
  if (self->waiter && TRY_INT(cancelWaiter_py(self, msg)))
    return kTrue;
  self->mustCancel = true;
  self->cancelMessage = msg;
  return kTrue;
}
Value krt_aio_task_cancelling(AioTask *self) { return smallInt(self->cancelRequests); }
Value krt_aio_task_uncancel(AioTask *self) {
  if (self->cancelRequests > 0)
    self->cancelRequests--;
  return smallInt(self->cancelRequests);
}
Value krt_aio_task_getStack_py(AioTask *self, Value limit) {
  return krt_call2_py(TRY(taskGetStack.get_py()), self, limit);
}
Value krt_aio_task_printStack_py(AioTask *self, Value limit, Value file) {
  return krt_call3_py(TRY(taskPrintStack.get_py()), self, limit, file);
}
Value krt_aio_task_makeCancelledError_py(AioTask *self) { return makeCancelledError_py(self); }
Value krt_aio_task_getName_py(AioTask *self) {
  if (self->name && self->name.isInt())
    self->name = TRY(krt_str_format("Task-%S", self->name));
  return orNone(self->name);
}
Value krt_aio_task_setName_py(AioTask *self, Value value) {
  self->name = isExact(value, krt_str_class) ? value : Value(TRY(krt_str_of_py(value)));
  return kNone;
}
Value krt_aio_task_getCoro(AioTask *self) { return orNone(self->coroutine); }
Value krt_aio_task_classGetItem_py(Value cls, Value item) { return krt_generic_alias_new_py(cls, item); }
bool krt_aio_task_logDestroyPending(AioTask *self) { return self->logDestroyPending; }
bool krt_aio_task_setLogDestroyPending_py(AioTask *self, Value value) {
  int truth = truthToSet_py(value);
  if (truth >= 0)
    self->logDestroyPending = truth;
  return truth >= 0;
}
bool krt_aio_task_mustCancel(AioTask *self) { return self->mustCancel; }
Value krt_aio_task_coroutine(AioTask *self) { return orNone(self->coroutine); }
Value krt_aio_task_waiter(AioTask *self) { return orNone(self->waiter); }

// ---- Iterators and steps ----------------------------------------------------------------------------

Value krt_aio_iter_sendMethod_py(AioIter *self, Value value) {
  Value result;
  switch (sendToIter_py(self, value, &result)) {
  case SendStatus::Yield:
    return result;
  case SendStatus::Return:
    return krt_raise_stop_iteration(result);
  default:
    return {};
  }
}
Value krt_aio_iter_throw_py(AioIter *self, Value type, Value value, Value traceback) {
  self->future = Value();
  throwArguments(type, value, traceback);
  return {};
}
void krt_aio_iter_close(AioIter *self) { self->future = Value(); }
Value krt_aio_step_self(AioStep *self) { return orNone(self->task); }

Class krt_aio_future_class = {
    .flags = kClassBase | kClassWeakref,
    .nativeName = "_asyncio.Future",
    .basicSize = sizeof(AioFuture),
    .extraOffset = offsetof(AioFuture, extra),
    .slots = {.repr = reprOfFuture_py,
              .iter = iterate,
              .await = iterate,
              .init = krt_aio_future_init,
              .make = make,
              .finalize = finalizeFuture},
    .methods = krt_aio_future_defs,
    .doc = krt_aio_future_doc,
    .newSignature = krt_aio_future_new_signature,
};
Class krt_aio_task_class = {
    .flags = kClassBase | kClassWeakref,
    .nativeName = "_asyncio.Task",
    .base = &krt_aio_future_class,
    .basicSize = sizeof(AioTask),
    .extraOffset = offsetof(AioTask, extra),
    .slots = {.repr = reprOfTask_py, .init = krt_aio_task_init, .make = make, .finalize = finalizeFuture},
    .methods = krt_aio_task_defs,
    .doc = krt_aio_task_doc,
    .newSignature = krt_aio_task_new_signature,
};
Class krt_aio_iter_class = {
    .flags = kClassDisallowNew,
    .nativeName = "_asyncio.FutureIter",
    .basicSize = sizeof(AioIter),
    .slots = {.iter = iteratorItself, .next = nextOfIter_py, .send = sendToIter_py},
    .methods = krt_aio_iter_defs,
};
Class krt_aio_step_class = {
    .flags = kClassDisallowNew,
    .nativeName = "TaskStepMethWrapper",
    .basicSize = sizeof(AioStep),
    .slots = {.call = callStep_py},
    .methods = krt_aio_step_defs,
};

} // extern "C"

bool krt__asyncio_init(Module *module) {
  addClass(module, &krt_aio_future_class);
  addClass(module, &krt_aio_task_class);
  krt_class_ready(&krt_aio_iter_class);
  krt_class_ready(&krt_aio_step_class);
  if (!currentTasks) {
    currentTasks = krt_dict_new();
    pthread_atfork(nullptr, nullptr, [] { setRunningLoop(Value()); });
    Value cls = taskSetClass.get_py();
    if (!cls || !(allTasks = krt_call1_py(cls, krt_dict_get_str(module->dict, strIntern("_native_tasks")))))
      return false;
  }
  krt_dict_set_str(module->dict, strIntern("_current_tasks"), currentTasks);
  krt_dict_set_str(module->dict, strIntern("_all_tasks"), allTasks);
  return true;
}

} // namespace krait

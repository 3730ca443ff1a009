// _asyncio.h - the module _asyncio: futures, tasks that run coroutines, and who the running loop is.
//
// Behaviour is that of asyncio's own classes in Python. All living tasks are in a list of hidden references:
// the finalizer of a task, which every pending one has, takes it out. A task that is done leaves the list and
// loses its finalizer, so that what came to its end costs the collector nothing.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

enum class FutureState : uint8_t { Pending, Cancelled, Finished };

struct AioFuture : Object {
  Value extra;             // attributes
  Value loop;              // null: __init__ did not run
  Value callback, context; // the first callback and its context, or null
  List *callbacks;         // further ones, as pairs; or null
  Value result, exception, exceptionTraceback;
  Value sourceTraceback; // debug mode
  Value cancelMessage;
  Value cancelledError; // what _make_cancelled_error() gives next
  FutureState state;
  bool logTraceback; // an exception nobody asked for
  bool blocking;     // __await__ suspended here
  // The rest is of tasks.
  bool mustCancel, logDestroyPending;
  int32_t cancelRequests;
  uint32_t place; // in the list of living tasks, from 1; 0: not in it
  Value waiter;   // the future it waits for, or null
  Value coroutine;
  Value name; // an int: "Task-" and that number
  Value taskContext;
};
struct AioTask : AioFuture {};
struct AioIter : Object { // of a future
  Value future;           // null at the end
};
/// What the loop calls to go on with a task.
struct AioStep : Object {
  AioTask *task;
  Value exception; // or null
};

KRT_MODULE(_asyncio, "Accelerator module for asyncio");
KRT_CLASS(aio_future, "This class is *almost* compatible with concurrent.futures.Future.\n\n    "
                      "Differences:\n\n    - result() and exception() do not take "
                      "a timeout argument and\n      raise an exception when the future isn't done yet.\n\n  "
                      "  - Callbacks registered with "
                      "add_done_callback() are always called\n      via the event loop's "
                      "call_soon_threadsafe().\n\n    - This class is not compatible with "
                      "the wait() and as_completed()\n      methods in the concurrent.futures package.");
KRT_CLASS(aio_task, "A coroutine wrapped in a Future.");

extern "C" {
extern Class krt_aio_future_class, krt_aio_task_class, krt_aio_iter_class, krt_aio_step_class;
KRT_MODULE_INIT(_asyncio) bool krt__asyncio_init(Module *module);

/// Return the running event loop or None.
///
/// This is a low-level function intended to be used by event loops.
/// This function is thread-specific.
KRT_FUNCTION(_asyncio, "_get_running_loop()") Value krt__asyncio_runningLoopOrNone();
/// Set the running event loop.
///
/// This is a low-level function intended to be used by event loops.
/// This function is thread-specific.
KRT_FUNCTION(_asyncio, "_set_running_loop(loop, /)", KRT_COLLECTS)
Value krt__asyncio_setRunningLoop(Value loop);
/// Return the running event loop.  Raise a RuntimeError if there is none.
///
/// This function is thread-specific.
KRT_FUNCTION(_asyncio, "get_running_loop()", KRT_RAISES, KRT_COLLECTS) Value krt__asyncio_runningLoop();
/// Return an asyncio event loop.
///
/// When called from a coroutine or a callback (e.g. scheduled with
/// call_soon or similar API), this function will always return the
/// running event loop.
///
/// If there is no running event loop set, the function will return
/// the result of `get_event_loop_policy().get_event_loop()` call.
KRT_FUNCTION(_asyncio, "get_event_loop()", KRT_RUNS_PY) Value krt__asyncio_eventLoop_py();
KRT_FUNCTION(_asyncio, "_get_event_loop(stacklevel=3)", KRT_RUNS_PY)
Value krt__asyncio_eventLoopAt_py(Value stackLevel);
/// Register a new task in asyncio as executed by loop.
///
/// Returns None.
KRT_FUNCTION(_asyncio, "_register_task(task)", KRT_RUNS_PY) Value krt__asyncio_registerTask_py(Value task);
/// Unregister a task.
///
/// Returns None.
KRT_FUNCTION(_asyncio, "_unregister_task(task)", KRT_RUNS_PY)
Value krt__asyncio_unregisterTask_py(Value task);
/// Enter into task execution or resume suspended task.
///
/// Task belongs to loop.
///
/// Returns None.
KRT_FUNCTION(_asyncio, "_enter_task(loop, task)", KRT_RUNS_PY)
Value krt__asyncio_enterTask_py(Value loop, Value task);
/// Leave task execution or suspend a task.
///
/// Task belongs to loop.
///
/// Returns None.
KRT_FUNCTION(_asyncio, "_leave_task(loop, task)", KRT_RUNS_PY)
Value krt__asyncio_leaveTask_py(Value loop, Value task);
/// The living tasks of this module's class that are not done.
KRT_FUNCTION(_asyncio, "_native_tasks()", KRT_COLLECTS) Value krt__asyncio_nativeTasks();

KRT_INIT(aio_future, "Future(*, loop=None)", KRT_RUNS_PY)
bool krt_aio_future_initialize_py(AioFuture *self, Value loop);
/// Return the result this future represents.
///
/// If the future has been cancelled, raises CancelledError.  If the
/// future's result isn't yet available, raises InvalidStateError.  If
/// the future is done and has an exception set, this exception is raised.
KRT_METHOD(aio_future, "result(self, /)", KRT_RUNS_PY) Value krt_aio_future_result_py(AioFuture *self);
/// Return the exception that was set on this future.
///
/// The exception (or None if no exception was set) is returned only if
/// the future is done.  If the future has been cancelled, raises
/// CancelledError.  If the future isn't done yet, raises
/// InvalidStateError.
KRT_METHOD(aio_future, "exception(self, /)", KRT_RUNS_PY) Value krt_aio_future_exception_py(AioFuture *self);
/// Mark the future done and set its result.
///
/// If the future is already done when this method is called, raises
/// InvalidStateError.
KRT_METHOD(aio_future, "set_result(self, result, /)", KRT_RUNS_PY)
Value krt_aio_future_setResult_py(AioFuture *self, Value result);
/// Mark the future done and set an exception.
///
/// If the future is already done when this method is called, raises
/// InvalidStateError.
KRT_METHOD(aio_future, "set_exception(self, exception, /)", KRT_RUNS_PY)
Value krt_aio_future_setException_py(AioFuture *self, Value exception);
/// Add a callback to be run when the future becomes done.
///
/// The callback is called with a single argument - the future object. If
/// the future is already done when this is called, the callback is
/// scheduled with call_soon.
KRT_METHOD(aio_future, "add_done_callback(self, fn, /, *, context=<null>)", KRT_RUNS_PY)
Value krt_aio_future_addDoneCallback_py(AioFuture *self, Value fn, Value context);
/// Remove all instances of a callback from the "call when done" list.
///
/// Returns the number of callbacks removed.
KRT_METHOD(aio_future, "remove_done_callback(self, fn, /)", KRT_RUNS_PY)
Value krt_aio_future_removeDoneCallback_py(AioFuture *self, Value fn);
/// Cancel the future and schedule callbacks.
///
/// If the future is already done or cancelled, return False.  Otherwise,
/// change the future's state to cancelled, schedule the callbacks and
/// return True.
KRT_METHOD(aio_future, "cancel(self, /, msg=None)", KRT_RUNS_PY)
Value krt_aio_future_cancel_py(AioFuture *self, Value msg);
/// Return True if the future was cancelled.
KRT_METHOD(aio_future, "cancelled(self, /)") bool krt_aio_future_cancelled(AioFuture *self);
/// Return True if the future is done.
///
/// Done means either that a result / exception are available, or that the
/// future was cancelled.
KRT_METHOD(aio_future, "done(self, /)") bool krt_aio_future_done(AioFuture *self);
/// Return the event loop the Future is bound to.
KRT_METHOD(aio_future, "get_loop(self, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_aio_future_getLoop(AioFuture *self);
/// Create the CancelledError to raise if the Future is cancelled.
///
/// This should only be called once when handling a cancellation since
/// it erases the context exception value.
KRT_METHOD(aio_future, "_make_cancelled_error(self, /)", KRT_RUNS_PY)
Value krt_aio_future_makeCancelledError_py(AioFuture *self);
/// See PEP 585
KRT_CLASSMETHOD(aio_future, "__class_getitem__(cls, item, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_aio_future_classGetItem_py(Value cls, Value item);
KRT_GETTER(aio_future, "_state", KRT_RAISES, KRT_COLLECTS) Value krt_aio_future_state(AioFuture *self);
KRT_GETTER(aio_future, "_asyncio_future_blocking") Value krt_aio_future_blocking(AioFuture *self);
KRT_SETTER(aio_future, "_asyncio_future_blocking", KRT_RUNS_PY)
bool krt_aio_future_setBlocking_py(AioFuture *self, Value value);
KRT_GETTER(aio_future, "_loop") Value krt_aio_future_loop(AioFuture *self);
KRT_GETTER(aio_future, "_callbacks", KRT_RAISES, KRT_COLLECTS)
Value krt_aio_future_callbacks(AioFuture *self);
KRT_GETTER(aio_future, "_result", KRT_RAISES, KRT_COLLECTS)
Value krt_aio_future_resultOrNone(AioFuture *self);
KRT_GETTER(aio_future, "_exception", KRT_RAISES, KRT_COLLECTS)
Value krt_aio_future_exceptionOrNone(AioFuture *self);
KRT_GETTER(aio_future, "_log_traceback", KRT_RAISES, KRT_COLLECTS)
Value krt_aio_future_logTraceback(AioFuture *self);
KRT_SETTER(aio_future, "_log_traceback", KRT_RUNS_PY)
bool krt_aio_future_setLogTraceback_py(AioFuture *self, Value value);
KRT_GETTER(aio_future, "_source_traceback", KRT_RAISES, KRT_COLLECTS)
Value krt_aio_future_sourceTraceback(AioFuture *self);
KRT_GETTER(aio_future, "_cancel_message", KRT_RAISES, KRT_COLLECTS)
Value krt_aio_future_cancelMessage(AioFuture *self);
KRT_SETTER(aio_future, "_cancel_message", KRT_RAISES, KRT_COLLECTS)
bool krt_aio_future_setCancelMessage(AioFuture *self, Value value);

KRT_INIT(aio_task, "Task(coro, *, loop=None, name=None, context=None)", KRT_RUNS_PY)
bool krt_aio_task_initialize_py(AioTask *self, Value coro, Value loop, Value name, Value context);
KRT_METHOD(aio_task, "set_result(self, result, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_aio_task_setResult(AioTask *self, Value result);
KRT_METHOD(aio_task, "set_exception(self, exception, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_aio_task_setException(AioTask *self, Value exception);
/// Request that this task cancel itself.
///
/// This arranges for a CancelledError to be thrown into the
/// wrapped coroutine on the next cycle through the event loop.
/// The coroutine then has a chance to clean up or even deny
/// the request using try/except/finally.
///
/// Unlike Future.cancel, this does not guarantee that the
/// task will be cancelled: the exception might be caught and
/// acted upon, delaying cancellation of the task or preventing
/// cancellation completely.  The task may also return a value or
/// raise a different exception.
///
/// Immediately after this method is called, Task.cancelled() will
/// not return True (unless the task was already cancelled).  A
/// task will be marked as cancelled when the wrapped coroutine
/// terminates with a CancelledError exception (even if cancel()
/// was not called).
///
/// This also increases the task's count of cancellation requests.
KRT_METHOD(aio_task, "cancel(self, /, msg=None)", KRT_RUNS_PY)
Value krt_aio_task_cancel_py(AioTask *self, Value msg);
/// Return the count of the task's cancellation requests.
///
/// This count is incremented when .cancel() is called
/// and may be decremented using .uncancel().
KRT_METHOD(aio_task, "cancelling(self, /)") Value krt_aio_task_cancelling(AioTask *self);
/// Decrement the task's count of cancellation requests.
///
/// This should be used by tasks that catch CancelledError
/// and wish to continue indefinitely until they are cancelled again.
///
/// Returns the remaining number of cancellation requests.
KRT_METHOD(aio_task, "uncancel(self, /)") Value krt_aio_task_uncancel(AioTask *self);
/// Return the list of stack frames for this task's coroutine.
///
/// If the coroutine is not done, this returns the stack where it is
/// suspended.  If the coroutine has completed successfully or was
/// cancelled, this returns an empty list.  If the coroutine was
/// terminated by an exception, this returns the list of traceback
/// frames.
///
/// The frames are always ordered from oldest to newest.
///
/// The optional limit gives the maximum number of frames to
/// return; by default all available frames are returned.  Its
/// meaning differs depending on whether a stack or a traceback is
/// returned: the newest frames of a stack are returned, but the
/// oldest frames of a traceback are returned.  (This matches the
/// behavior of the traceback module.)
///
/// For reasons beyond our control, only one stack frame is
/// returned for a suspended coroutine.
KRT_METHOD(aio_task, "get_stack(self, /, *, limit=None)", KRT_RUNS_PY)
Value krt_aio_task_getStack_py(AioTask *self, Value limit);
/// Print the stack or traceback for this task's coroutine.
///
/// This produces output similar to that of the traceback module,
/// for the frames retrieved by get_stack().  The limit argument
/// is passed to get_stack().  The file argument is an I/O stream
/// to which the output is written; by default output is written
/// to sys.stderr.
KRT_METHOD(aio_task, "print_stack(self, /, *, limit=None, file=None)", KRT_RUNS_PY)
Value krt_aio_task_printStack_py(AioTask *self, Value limit, Value file);
/// Create the CancelledError to raise if the Task is cancelled.
///
/// This should only be called once when handling a cancellation since
/// it erases the context exception value.
KRT_METHOD(aio_task, "_make_cancelled_error(self, /)", KRT_RUNS_PY)
Value krt_aio_task_makeCancelledError_py(AioTask *self);
KRT_METHOD(aio_task, "get_name(self, /)", KRT_RUNS_PY) Value krt_aio_task_getName_py(AioTask *self);
KRT_METHOD(aio_task, "set_name(self, value, /)", KRT_RUNS_PY)
Value krt_aio_task_setName_py(AioTask *self, Value value);
KRT_METHOD(aio_task, "get_coro(self, /)") Value krt_aio_task_getCoro(AioTask *self);
/// See PEP 585
KRT_CLASSMETHOD(aio_task, "__class_getitem__(cls, item, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_aio_task_classGetItem_py(Value cls, Value item);
KRT_GETTER(aio_task, "_log_destroy_pending") bool krt_aio_task_logDestroyPending(AioTask *self);
KRT_SETTER(aio_task, "_log_destroy_pending", KRT_RUNS_PY)
bool krt_aio_task_setLogDestroyPending_py(AioTask *self, Value value);
KRT_GETTER(aio_task, "_must_cancel") bool krt_aio_task_mustCancel(AioTask *self);
KRT_GETTER(aio_task, "_coro") Value krt_aio_task_coroutine(AioTask *self);
KRT_GETTER(aio_task, "_fut_waiter") Value krt_aio_task_waiter(AioTask *self);

KRT_METHOD(aio_iter, "send(self, value, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_aio_iter_sendMethod_py(AioIter *self, Value value);
KRT_METHOD(aio_iter, "throw(self, type, value=<null>, traceback=<null>, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_aio_iter_throw_py(AioIter *self, Value type, Value value, Value traceback);
KRT_METHOD(aio_iter, "close(self, /)", KRT_NO_SIGNATURE) void krt_aio_iter_close(AioIter *self);

KRT_GETTER(aio_step, "__self__") Value krt_aio_step_self(AioStep *self);
}

} // namespace krait

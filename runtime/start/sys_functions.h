// sys_functions.h - the functions of module sys.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

extern "C" {
KRT_MODULE(sys, "Variables and functions that have to do with the interpreter.");

// ---- Exceptions, end of the process ----
/// Return (type, value, traceback) of the exception being handled, or three times None.
KRT_FUNCTION(sys, "exc_info()", KRT_COLLECTS, KRT_RAISES) Value krt_sys_excInfo();
/// Return the exception being handled, or None.
KRT_FUNCTION(sys, "exception()") Value krt_sys_exception();
/// Exit the interpreter by raising SystemExit(status).
KRT_FUNCTION(sys, "exit(status=None, /)", KRT_RAISES, KRT_COLLECTS) Value krt_sys_exit(Value status);
/// Show an uncaught exception on stderr.
KRT_FUNCTION(sys, "excepthook(exctype, value, traceback, /)", KRT_RUNS_PY)
Value krt_sys_excepthook_py(Value type, Value value, Value traceback);
/// What site sets: prepares the prompt. Absent without site, and in isolated mode.
KRT_FUNCTION(sys, "__interactivehook__()", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_sys_interactiveHook_py();
/// Show an exception that could not be raised.
KRT_FUNCTION(sys, "unraisablehook(unraisable, /)", KRT_RUNS_PY)
Value krt_sys_unraisablehook_py(Value unraisable);
/// Print an object to stdout and keep it in builtins._
KRT_FUNCTION(sys, "displayhook(object, /)", KRT_RUNS_PY) Value krt_sys_displayhook_py(Value object);
/// What breakpoint() calls: the debugger that PYTHONBREAKPOINT names.
KRT_FUNCTION(sys, "breakpointhook(*args, **kwargs)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_sys_breakpointhook_py(ArgSpan args, Dict *kwargs);
/// Return True while the interpreter shuts down.
KRT_FUNCTION(sys, "is_finalizing()") bool krt_sys_isFinalizing();

// ---- Limits and settings ----
/// Return the recursion limit.
KRT_FUNCTION(sys, "getrecursionlimit()") int64_t krt_sys_getRecursionLimit();
/// Set the greatest depth of calls.
KRT_FUNCTION(sys, "setrecursionlimit(limit, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_sys_setRecursionLimit(int limit);
/// Return the seconds a thread runs before another gets its turn.
KRT_FUNCTION(sys, "getswitchinterval()") double krt_sys_getSwitchInterval();
/// Set the seconds a thread runs before another gets its turn.
KRT_FUNCTION(sys, "setswitchinterval(interval, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_sys_setSwitchInterval(double interval);
/// Return the greatest number of digits in conversions between int and str; 0 is no limit.
KRT_FUNCTION(sys, "get_int_max_str_digits()") int64_t krt_sys_getIntMaxStrDigits();
/// Set the greatest number of digits in conversions between int and str.
KRT_FUNCTION(sys, "set_int_max_str_digits(maxdigits)", KRT_RAISES, KRT_COLLECTS)
Value krt_sys_setIntMaxStrDigits(int maxdigits);
/// Return the encoding of str.encode when none is given.
KRT_FUNCTION(sys, "getdefaultencoding()", KRT_RAISES, KRT_COLLECTS) Value krt_sys_getDefaultEncoding();
/// Return the encoding of file names.
KRT_FUNCTION(sys, "getfilesystemencoding()", KRT_RAISES, KRT_COLLECTS) Value krt_sys_getFilesystemEncoding();
/// Return the error handler of file names.
KRT_FUNCTION(sys, "getfilesystemencodeerrors()", KRT_RAISES, KRT_COLLECTS)
Value krt_sys_getFilesystemEncodeErrors();
/// Return the flags used for dlopen().
KRT_FUNCTION(sys, "getdlopenflags()") int64_t krt_sys_getDlopenFlags();
/// Set the flags used for dlopen().
KRT_FUNCTION(sys, "setdlopenflags(flags, /)") Value krt_sys_setDlopenFlags(int flags);

// ---- Objects ----
/// Return the size of an object in bytes.
KRT_FUNCTION(sys, "getsizeof(object, default=<null>)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_sys_getSizeOf_py(Value object, Value fallback);
/// Return a number of references; as there is no such count, always the least a live object has.
KRT_FUNCTION(sys, "getrefcount(object, /)") int64_t krt_sys_getRefCount(Value object);
/// Enter a string in the table of interned strings, and return that one.
KRT_FUNCTION(sys, "intern(string, /)", KRT_COLLECTS, KRT_RAISES) Value krt_sys_intern(Str *string);
/// Return the number of memory blocks in use.
KRT_FUNCTION(sys, "getallocatedblocks()") int64_t krt_sys_getAllocatedBlocks();
/// Forget cached look-ups of types.
KRT_FUNCTION(sys, "_clear_type_cache()") Value krt_sys_clearTypeCache();
/// Show statistics of the memory allocator on stderr.
KRT_FUNCTION(sys, "_debugmallocstats()") Value krt_sys_debugMallocStats();

// ---- Frames, tracing ----
/// Return a frame object from the call stack.
KRT_FUNCTION(sys, "_getframe(depth=0, /)", KRT_RUNS_PY) Value krt_sys_getFrame_py(int depth);
/// Return a dict of the current frame of each thread.
KRT_FUNCTION(sys, "_current_frames()", KRT_RUNS_PY) Value krt_sys_currentFrames_py();
/// Return a dict of the exception that each thread handles.
KRT_FUNCTION(sys, "_current_exceptions()", KRT_RUNS_PY) Value krt_sys_currentExceptions_py();
/// Set the function that is told of calls, lines, returns and exceptions.
KRT_FUNCTION(sys, "settrace(function, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_sys_setTrace_py(Value function);
/// Return the function set with settrace().
KRT_FUNCTION(sys, "gettrace()") Value krt_sys_getTrace();
/// Set the function that is told of calls and returns.
KRT_FUNCTION(sys, "setprofile(function, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_sys_setProfile_py(Value function);
/// Return the function set with setprofile().
KRT_FUNCTION(sys, "getprofile()") Value krt_sys_getProfile();
/// Call func(*args) while tracing is enabled.
KRT_FUNCTION(sys, "call_tracing(func, args, /)", KRT_RUNS_PY)
Value krt_sys_callTracing_py(Value function, Tuple *args);
/// Add a function that is told of audit events.
KRT_FUNCTION(sys, "addaudithook(hook)", KRT_RUNS_PY) Value krt_sys_addAuditHook_py(Value hook);
/// Tell the audit hooks of an event.
KRT_FUNCTION(sys, "audit(event, *args)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_sys_audit_py(Value event, ArgSpan args);

// ---- Asynchronous ----
/// Return the hooks of asynchronous generators.
KRT_FUNCTION(sys, "get_asyncgen_hooks()", KRT_RAISES, KRT_COLLECTS) Value krt_sys_getAsyncgenHooks();
/// Set the hooks of asynchronous generators.
KRT_FUNCTION(sys, "set_asyncgen_hooks(firstiter=<null>, finalizer=<null>)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_sys_setAsyncgenHooks_py(Value firstiter, Value finalizer);
/// Return the depth to which the creation of coroutines is tracked.
KRT_FUNCTION(sys, "get_coroutine_origin_tracking_depth()") int64_t krt_sys_getCoroutineOriginDepth();
/// Track the creation of coroutines to the given depth.
KRT_FUNCTION(sys, "set_coroutine_origin_tracking_depth(depth)", KRT_RAISES, KRT_COLLECTS)
Value krt_sys_setCoroutineOriginDepth(int depth);
}

/// Classes of the module and hooks of the runtime that the functions serve.
void sysFunctionsStart();
/// Makes sys.is_finalizing() true.
void sysFinalizing();

} // namespace krait

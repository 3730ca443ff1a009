// faulthandler.h - the module faulthandler: where Python code was when the process got a fatal signal, or when it took too long.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(faulthandler, "faulthandler module.");

extern "C" {
KRT_MODULE_INIT(faulthandler) bool krt_faulthandler_init(Module *module);
/// enable(file=sys.stderr, all_threads=True): enable the fault handler
KRT_FUNCTION(faulthandler, "enable(file=None, all_threads=True)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_faulthandler_enable_py(Value file, bool all);
/// disable(): disable the fault handler
KRT_FUNCTION(faulthandler, "disable()", KRT_NO_SIGNATURE) bool krt_faulthandler_disable();
/// is_enabled()->bool: check if the handler is enabled
KRT_FUNCTION(faulthandler, "is_enabled()", KRT_NO_SIGNATURE) bool krt_faulthandler_isEnabled();
/// dump_traceback(file=sys.stderr, all_threads=True): dump the traceback of the current thread, or of all threads if all_threads is True, into file
KRT_FUNCTION(faulthandler, "dump_traceback(file=None, all_threads=True)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_faulthandler_dumpTraceback_py(Value file, bool all);
/// dump_traceback_later(timeout, repeat=False, file=sys.stderrn, exit=False):
/// dump the traceback of all threads in timeout seconds,
/// or each timeout seconds if repeat is True. If exit is True, call _exit(1) which is not safe.
KRT_FUNCTION(faulthandler, "dump_traceback_later(timeout, repeat=False, file=None, exit=False)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_faulthandler_dumpTracebackLater_py(Value timeout, bool repeat, Value file, bool exit);
/// cancel_dump_traceback_later():
/// cancel the previous call to dump_traceback_later().
KRT_FUNCTION(faulthandler, "cancel_dump_traceback_later()", KRT_NO_SIGNATURE) Value krt_faulthandler_cancel();
/// register(signum, file=sys.stderr, all_threads=True, chain=False): register a handler for the signal 'signum': dump the traceback of the current thread, or of all threads if all_threads is True, into file
KRT_FUNCTION(faulthandler, "register(signum, file=None, all_threads=True, chain=False)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_faulthandler_register_py(int signum, Value file, bool all, bool chain);
/// unregister(signum): unregister the handler of the signal 'signum' registered by register()
KRT_FUNCTION(faulthandler, "unregister(signum, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_faulthandler_unregister(int signum);
/// _sigsegv(release_gil=False): raise a SIGSEGV signal
KRT_FUNCTION(faulthandler, "_sigsegv(release_gil=False, /)", KRT_NO_SIGNATURE) Value krt_faulthandler_sigsegv(bool release);
/// _sigabrt(): raise a SIGABRT signal
KRT_FUNCTION(faulthandler, "_sigabrt()", KRT_NO_SIGNATURE) Value krt_faulthandler_sigabrt();
/// _sigfpe(): raise a SIGFPE signal
KRT_FUNCTION(faulthandler, "_sigfpe()", KRT_NO_SIGNATURE) Value krt_faulthandler_sigfpe();
/// _read_null(): read from NULL, raise a SIGSEGV or SIGBUS signal depending on the platform
KRT_FUNCTION(faulthandler, "_read_null()", KRT_NO_SIGNATURE) Value krt_faulthandler_readNull();
}

} // namespace krait

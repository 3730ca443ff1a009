// _signal.h - the module _signal: Python handlers of signals, run by the main thread at its next poll.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(_signal, "This module provides mechanisms to use signal handlers in Python.");

extern "C" {
KRT_MODULE_INIT(_signal, KRT_RAISES, KRT_COLLECTS)
bool krt__signal_init(Module *module);

/// Set the action for a signal and return the previous one.
KRT_FUNCTION(_signal, "signal(signalnum, handler, /)", KRT_RUNS_PY) Value krt__signal_signal_py(int number, Value handler);
/// Return the action for a signal.
KRT_FUNCTION(_signal, "getsignal(signalnum, /)", KRT_RAISES, KRT_COLLECTS) Value krt__signal_getsignal(int number);
/// The default handler of SIGINT: raises KeyboardInterrupt.
KRT_FUNCTION(_signal, "default_int_handler(signalnum, frame, /)", KRT_RAISES, KRT_COLLECTS) Value krt__signal_defaultIntHandler(int number, Value frame);
/// Send a signal to the process itself.
KRT_FUNCTION(_signal, "raise_signal(signalnum, /)", KRT_RUNS_PY) Value krt__signal_raise_py(int number);
/// Arrange for SIGALRM after some seconds; return what was left of an earlier alarm.
KRT_FUNCTION(_signal, "alarm(seconds, /)") int64_t krt__signal_alarm(int seconds);
/// Wait until a signal arrives.
KRT_FUNCTION(_signal, "pause()", KRT_RUNS_PY) Value krt__signal_pause_py();
/// Set an interval timer and return its previous setting.
KRT_FUNCTION(_signal, "setitimer(which, seconds, interval=0.0, /)", KRT_RAISES, KRT_COLLECTS) Value krt__signal_setitimer(int which, double seconds, double interval);
/// Return the setting of an interval timer.
KRT_FUNCTION(_signal, "getitimer(which, /)", KRT_RAISES, KRT_COLLECTS) Value krt__signal_getitimer(int which);
/// Choose whether a signal interrupts system calls.
KRT_FUNCTION(_signal, "siginterrupt(signalnum, flag, /)", KRT_RAISES, KRT_COLLECTS) Value krt__signal_siginterrupt(int number, int flag);
/// Set the file descriptor to which the numbers of arriving signals are written; return the previous one.
KRT_FUNCTION(_signal, "set_wakeup_fd(fd, *, warn_on_full_buffer=True)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt__signal_setWakeupFd(int fd, bool warn);
/// Return the system's description of a signal.
KRT_FUNCTION(_signal, "strsignal(signalnum, /)", KRT_RAISES, KRT_COLLECTS) Value krt__signal_strsignal(int number);
/// Return the set of valid signal numbers.
KRT_FUNCTION(_signal, "valid_signals()", KRT_RAISES, KRT_COLLECTS) Value krt__signal_validSignals();
/// Send a signal to a thread.
KRT_FUNCTION(_signal, "pthread_kill(thread_id, signalnum, /)", KRT_RUNS_PY) Value krt__signal_pthreadKill_py(int64_t thread, int number);
/// Change the signals that the thread does not let through.
KRT_FUNCTION(_signal, "pthread_sigmask(how, mask, /)", KRT_RUNS_PY) Value krt__signal_pthreadSigmask_py(int how, Value mask);
/// Return the signals that wait to be let through.
KRT_FUNCTION(_signal, "sigpending()", KRT_RAISES, KRT_COLLECTS) Value krt__signal_sigpending();
/// Wait for one of a set of signals and return its number.
KRT_FUNCTION(_signal, "sigwait(sigset, /)", KRT_RUNS_PY) Value krt__signal_sigwait_py(Value set);
/// Wait for one of a set of signals and return what is known of it.
KRT_FUNCTION(_signal, "sigwaitinfo(sigset, /)", KRT_RUNS_PY) Value krt__signal_sigwaitinfo_py(Value set);
/// As sigwaitinfo(), for a limited time; None when it is over.
KRT_FUNCTION(_signal, "sigtimedwait(sigset, timeout, /)", KRT_RUNS_PY) Value krt__signal_sigtimedwait_py(Value set, double timeout);
/// Send a signal to the process that a file descriptor stands for.
KRT_FUNCTION(_signal, "pidfd_send_signal(pidfd, signalnum, siginfo=None, flags=0, /)", KRT_RUNS_PY) Value krt__signal_pidfdSend_py(int fd, int number, Value info, int flags);
}

/// At process start: SIGINT raises KeyboardInterrupt, SIGPIPE and SIGXFSZ are ignored.
void signalsStart();

} // namespace krait

// _signal.cpp - see _signal.h. The system's handler only notes the signal; Python code runs from krt_poll_py
// of the main thread.
#include "stdlib/native/_signal.h"

#include "runtime/abi/native.h"
#include "runtime/interp/global_lock.h"
#include "runtime/interp/interp.h"
#include "runtime/object/args.h"
#include "runtime/object/audit.h"
#include "runtime/object/containers.h"
#include "runtime/object/function.h"
#include "runtime/object/structseq.h"
#include "stdlib/native/_signal.bind.inc"

#include <atomic>
#include <cerrno>
#include <cmath>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

namespace krait {

namespace {

constexpr int kSignals = 65;
constexpr Value kDefault = smallInt(0), kIgnore = smallInt(1);

Value handlers[kSignals]; // None: set by others than Python
std::atomic<bool> arrived[kSignals];
std::atomic<bool> anyArrived;
std::atomic<int> wakeupFd{-1};
std::atomic<int> wakeupError{0};
bool wakeupWarn = true;
Class siginfoClass;

void noteSignal(int number) {
  int error = errno;
  arrived[number].store(true, std::memory_order_relaxed);
  anyArrived.store(true, std::memory_order_release);
  krt_thread_main()->poll.fetch_or(kPollSignal, std::memory_order_release);
  int fd = wakeupFd.load(std::memory_order_relaxed);
  if (fd >= 0) {
    auto byte = static_cast<unsigned char>(number);
    if (write(fd, &byte, 1) < 0)
      wakeupError.store(errno, std::memory_order_relaxed);
  }
  errno = error;
}

/// What Python's signal() does for the system: no restart of interrupted calls.
int install(int number, void (*handler)(int)) {
  struct sigaction action{};
  action.sa_handler = handler;
  sigemptyset(&action.sa_mask);
  return sigaction(number, &action, nullptr);
}

void reportWakeup_py() {
  int error = wakeupError.exchange(0, std::memory_order_relaxed);
  if (!error || ((error == EAGAIN || error == EWOULDBLOCK) && !wakeupWarn))
    return;
  krt_raise_errno(error, Value(), Value());
  krt_error_unraisable_message("Exception ignored when trying to write to the signal wakeup fd", kNone);
}

int runHandlers_py() {
  if (&krt_thread != krt_thread_main() || !anyArrived.exchange(false, std::memory_order_acquire))
    return 0;
  reportWakeup_py();
  for (int number = 1; number < kSignals; ++number) {
    if (!arrived[number].exchange(false, std::memory_order_relaxed))
      continue;
    Value handler = handlers[number];
    if (!handler || handler == kNone || handler == kDefault ||
        handler == kIgnore) { // another one since it arrived
      krt_raise(kOSError, "Signal %d ignored due to race condition", number);
      krt_error_unraisable_message(nullptr, kNone);
      continue;
    }
    Value frame = krt_thread.frame ? Value(krt_frame_object(krt_thread.frame)) : kNone;
    if (!krt_call2_py(handler, smallInt(number), frame)) {
      anyArrived.store(true, std::memory_order_release); // the others' turn comes at the next poll
      krt_thread_main()->poll.fetch_or(kPollSignal, std::memory_order_release);
      return -1;
    }
  }
  return 0;
}

bool inRange(int number) {
  if (number >= 1 && number < kSignals)
    return true;
  krt_raise(kValueError, "signal number out of range");
  return false;
}

/// Runs handlers of what has arrived; null with an exception pending.
Value afterSignal_py() { return krt_poll_py() < 0 ? Value() : kNone; }
Value beforeWaiting_py() { return signalsBeforeWaiting_py() < 0 ? Value() : kNone; }

Value errnoResult() { return krt_raise_errno(errno, Value(), Value()); }

bool maskOf_py(Value iterable, sigset_t *mask) {
  sigemptyset(mask);
  List *numbers = krt_list_from_py(iterable);
  if (!numbers)
    return false;
  for (int64_t i = 0; i < numbers->length; ++i) {
    int64_t number =
        krt_index_i64_py(numbers->items[i], nullptr); // what is too large is clipped, so out of range
    if (errorPending())
      return false;
    if (number < 1 || number >= kSignals) {
      krt_raise(kValueError, "signal number %lld out of range [1; %d]", static_cast<long long>(number),
                kSignals - 1);
      return false;
    }
    sigaddset(mask, static_cast<int>(number));
  }
  return true;
}

Value setOfMask(const sigset_t &mask) {
  Set *set = krt_set_new(&krt_set_class);
  KRT_ALLOW_PY("the items are integers");
  for (int number = 1; number < kSignals; ++number)
    if (sigismember(&mask, number) == 1)
      krt_set_add_py(set, smallInt(number));
  return set;
}

Value timerPair(const itimerval &timer) {
  auto seconds = [](const timeval &t) {
    return floatBox(static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6);
  };
  Value parts[2] = {seconds(timer.it_value), seconds(timer.it_interval)};
  return krt_tuple_from(parts, 2);
}
timeval timevalOf(double seconds) {
  double whole = std::floor(seconds);
  auto micro = static_cast<suseconds_t>(std::ceil((seconds - whole) * 1e6));
  timeval t{static_cast<time_t>(whole), micro};
  if (t.tv_usec >= 1000000) {
    ++t.tv_sec;
    t.tv_usec -= 1000000;
  }
  return t;
}

Value siginfoOf(const siginfo_t &info) {
  Value fields[7] = {smallInt(info.si_signo), smallInt(info.si_code), smallInt(info.si_errno),
                     smallInt(info.si_pid),   smallInt(info.si_uid),  smallInt(info.si_status),
                     smallInt(info.si_band)};
  return krt_structseq_from(&siginfoClass, fields, 7);
}

Value defaultIntHandler; // the function object

} // namespace

Value krt__signal_signal_py(int number, Value handler) {
  if (&krt_thread != krt_thread_main())
    return krt_raise(kValueError, "signal only works in main thread of the main interpreter");
  if (!inRange(number))
    return {};
  void (*action)(int) = noteSignal;
  if (krt_int_check(handler)) {
    Value plain = krt_int_plain(handler);
    if (plain == kDefault || plain == kIgnore) {
      handler = plain;
      action = plain == kDefault ? SIG_DFL : SIG_IGN;
    }
  }
  if (action == noteSignal && !krt_callable(handler))
    return krt_raise(kTypeError,
                     "signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object");
  TRY(afterSignal_py());
  if (install(number, action) < 0)
    return errnoResult();
  Value before = handlers[number];
  handlers[number] = handler;
  return before ? before : kNone;
}

Value krt__signal_getsignal(int number) {
  if (!inRange(number))
    return {};
  return handlers[number] ? handlers[number] : kNone;
}

Value krt__signal_defaultIntHandler(int, Value) { return krt_raise_args(kKeyboardInterrupt, nullptr, 0); }

Value krt__signal_raise_py(int number) {
  int result;
  {
    LockReleased released;
    result = raise(number);
  }
  if (result)
    return errnoResult();
  return afterSignal_py();
}

int64_t krt__signal_alarm(int seconds) { return alarm(static_cast<unsigned>(seconds)); }

Value krt__signal_pause_py() {
  {
    LockReleased released;
    pause();
  }
  return afterSignal_py();
}

Value krt__signal_setitimer(int which, double seconds, double interval) {
  if (std::isnan(seconds) || std::isnan(interval))
    return krt_raise(kValueError, "Invalid value NaN (not a number)");
  itimerval now{timevalOf(interval), timevalOf(seconds)}, before{};
  if (setitimer(static_cast<__itimer_which_t>(which), &now, &before) < 0)
    return errnoResult();
  return timerPair(before);
}
Value krt__signal_getitimer(int which) {
  itimerval now{};
  if (getitimer(static_cast<__itimer_which_t>(which), &now) < 0)
    return errnoResult();
  return timerPair(now);
}

Value krt__signal_siginterrupt(int number, int flag) {
  if (!inRange(number))
    return {};
  struct sigaction action;
  if (sigaction(number, nullptr, &action) < 0)
    return errnoResult();
  action.sa_flags = flag ? action.sa_flags & ~SA_RESTART : action.sa_flags | SA_RESTART;
  if (sigaction(number, &action, nullptr) < 0)
    return errnoResult();
  return kNone;
}

Value krt__signal_setWakeupFd(int fd, bool warn) {
  if (&krt_thread != krt_thread_main())
    return krt_raise(kValueError, "set_wakeup_fd only works in main thread of the main interpreter");
  if (fd != -1) {
    if (fcntl(fd, F_GETFD) < 0)
      return errnoResult();
    int flags = fcntl(fd, F_GETFL);
    if (flags >= 0 && !(flags & O_NONBLOCK))
      return krt_raise(kValueError, "the fd %d must be in non-blocking mode", fd);
  }
  wakeupWarn = warn;
  return smallInt(wakeupFd.exchange(fd));
}

Value krt__signal_strsignal(int number) {
  if (!inRange(number))
    return {};
  const char *text = strsignal(number);
  if (!text || std::strstr(text, "Unknown signal"))
    return kNone;
  return strFrom(text);
}

Value krt__signal_validSignals() {
  sigset_t mask;
  sigfillset(&mask);
  return setOfMask(mask);
}

Value krt__signal_pthreadKill_py(int64_t thread, int number) {
  TRY_AUDIT("signal.pthread_kill", krt_int_from_i64(thread), smallInt(number));
  if (int error = pthread_kill(static_cast<pthread_t>(thread), number))
    return krt_raise_errno(error, Value(), Value());
  return afterSignal_py();
}

Value krt__signal_pthreadSigmask_py(int how, Value mask) {
  sigset_t wanted, before;
  if (!maskOf_py(mask, &wanted))
    return {};
  if (int error = pthread_sigmask(how, &wanted, &before))
    return krt_raise_errno(error, Value(), Value());
  TRY(afterSignal_py());
  return setOfMask(before);
}

Value krt__signal_sigpending() {
  sigset_t mask;
  if (sigpending(&mask) < 0)
    return errnoResult();
  return setOfMask(mask);
}

Value krt__signal_sigwait_py(Value set) {
  sigset_t mask;
  if (!maskOf_py(set, &mask))
    return {};
  int number, error;
  TRY(beforeWaiting_py());
  {
    LockReleased released;
    error = sigwait(&mask, &number);
  }
  return error ? krt_raise_errno(error, Value(), Value()) : smallInt(number);
}

Value krt__signal_sigwaitinfo_py(Value set) {
  sigset_t mask;
  if (!maskOf_py(set, &mask))
    return {};
  for (;;) {
    siginfo_t info;
    int result;
    TRY(beforeWaiting_py());
    {
      LockReleased released;
      result = sigwaitinfo(&mask, &info);
    }
    if (result >= 0)
      return siginfoOf(info);
    if (errno != EINTR)
      return errnoResult();
    TRY(afterSignal_py());
  }
}

Value krt__signal_sigtimedwait_py(Value set, double timeout) {
  if (timeout < 0)
    return krt_raise(kValueError, "timeout must be non-negative");
  sigset_t mask;
  if (!maskOf_py(set, &mask))
    return {};
  auto now = [] {
    timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) / 1e9;
  };
  double end = now() + timeout;
  for (;;) {
    siginfo_t info;
    int result;
    timespec left{static_cast<time_t>(timeout), static_cast<long>((timeout - std::floor(timeout)) * 1e9)};
    TRY(beforeWaiting_py());
    {
      LockReleased released;
      result = sigtimedwait(&mask, &info, &left);
    }
    if (result >= 0)
      return siginfoOf(info);
    if (errno == EAGAIN)
      return kNone;
    if (errno != EINTR)
      return errnoResult();
    TRY(afterSignal_py());
    timeout = std::max(0.0, end - now());
  }
}

Value krt__signal_pidfdSend_py(int fd, int number, Value info, int flags) {
  if (info != kNone)
    return krt_raise(kTypeError, "siginfo must be None");
  return syscall(SYS_pidfd_send_signal, fd, number, nullptr, flags) < 0 ? errnoResult() : afterSignal_py();
}

// ---- Start ------------------------------------------------------------------------------------------

void signalsStart() {
  for (int number = 1; number < kSignals; ++number) {
    struct sigaction action;
    if (sigaction(number, nullptr, &action) < 0)
      handlers[number] = kNone;
    else
      handlers[number] = action.sa_handler == SIG_DFL   ? kDefault
                         : action.sa_handler == SIG_IGN ? kIgnore
                                                        : kNone;
  }
  krt_signal_hook_py = runHandlers_py;
  for (int number : {SIGPIPE, SIGXFSZ}) {
    install(number, SIG_IGN);
    handlers[number] = kIgnore;
  }
  for (const NativeDef *def = krt__signal_module.functions; def->name; ++def)
    if (std::strcmp(def->name, "default_int_handler") == 0)
      defaultIntHandler = krt_native_function_new(def, Value(), strIntern("_signal"));
  if (handlers[SIGINT] == kDefault) {
    handlers[SIGINT] = defaultIntHandler;
    install(SIGINT, noteSignal);
  }
}

bool krt__signal_init(Module *module) {
  Dict *dict = module->dict;
  auto add = [&](const char *name, int value) { krt_dict_set_str(dict, strIntern(name), smallInt(value)); };
  krt_dict_set_str(dict, KSTR(default_int_handler), defaultIntHandler);
  const struct {
    const char *name;
    int value;
  } constants[] = {
#define SIGNAL(name) {#name, name},
      SIGNAL(SIG_BLOCK) SIGNAL(SIG_UNBLOCK) SIGNAL(SIG_SETMASK) SIGNAL(SIGHUP) SIGNAL(SIGINT) SIGNAL(SIGQUIT)
          SIGNAL(SIGILL) SIGNAL(SIGTRAP) SIGNAL(SIGIOT) SIGNAL(SIGABRT) SIGNAL(SIGFPE) SIGNAL(SIGKILL)
              SIGNAL(SIGBUS) SIGNAL(SIGSEGV) SIGNAL(SIGSYS) SIGNAL(SIGPIPE) SIGNAL(SIGALRM) SIGNAL(SIGTERM)
                  SIGNAL(SIGUSR1) SIGNAL(SIGUSR2) SIGNAL(SIGCHLD) SIGNAL(SIGPWR) SIGNAL(SIGIO) SIGNAL(SIGURG)
                      SIGNAL(SIGWINCH) SIGNAL(SIGPOLL) SIGNAL(SIGSTOP) SIGNAL(SIGTSTP) SIGNAL(SIGCONT)
                          SIGNAL(SIGTTIN) SIGNAL(SIGTTOU) SIGNAL(SIGVTALRM) SIGNAL(SIGPROF) SIGNAL(SIGXCPU)
                              SIGNAL(SIGXFSZ) SIGNAL(SIGSTKFLT) SIGNAL(ITIMER_REAL) SIGNAL(ITIMER_VIRTUAL)
                                  SIGNAL(ITIMER_PROF)
#undef SIGNAL
                                      {"SIG_DFL", 0},
      {"SIG_IGN", 1},
      {"NSIG", kSignals},
      {"SIGCLD", SIGCHLD},
  };
  for (const auto &constant : constants)
    add(constant.name, constant.value);
  add("SIGRTMIN", SIGRTMIN);
  add("SIGRTMAX", SIGRTMAX);
  krt_dict_set_str(dict, KSTR(ItimerError), kOSError);
  static const StructSeqField fields[] = {{"si_signo", "signal number"},
                                          {"si_code", "signal code"},
                                          {"si_errno", "errno associated with this signal"},
                                          {"si_pid", "sending process ID"},
                                          {"si_uid", "real user ID of sending process"},
                                          {"si_status", "exit value or signal"},
                                          {"si_band", "band event for SIGPOLL"},
                                          {}};
  static const StructSeqDesc desc = {
      "signal.struct_siginfo", "struct_siginfo: what is known of a signal that was waited for.", fields, 7};
  krt_structseq_ready(&siginfoClass, &desc);
  krt_dict_set_str(dict, KSTR(struct_siginfo), &siginfoClass);
  return true;
}

} // namespace krait

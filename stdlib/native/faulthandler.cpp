// faulthandler.cpp - see faulthandler.h. What runs in a signal handler, or beside a thread that is not stopped, only reads: no
// allocation, no locks, text made in small buffers and written at once.
#include "stdlib/native/faulthandler.h"

#include "runtime/object/state.h"
#include "stdlib/native/system_calls.h"

#include <climits>
#include <cmath>
#include <csignal>
#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

#include "stdlib/native/faulthandler.bind.inc"

namespace krait {

namespace {

struct FatalSignal {
  int number;
  const char *name;
  struct sigaction before;
};
FatalSignal fatal[] = {{SIGBUS, "Bus error", {}}, {SIGILL, "Illegal instruction", {}}, {SIGFPE, "Floating point exception", {}},
                       {SIGABRT, "Aborted", {}}, {SIGSEGV, "Segmentation fault", {}}};
bool enabled, fatalAll;
int fatalFd;
Value fatalFile; // kept open

struct UserSignal {
  bool used, all, chain;
  int fd;
  Value file;
  struct sigaction before;
};
UserSignal user[NSIG];

constexpr int kMostFrames = 100, kMostCharacters = 500;

// ---- Writing without allocating ----

struct Writer {
  int fd;
  char room[512];
  size_t length = 0;
  explicit Writer(int fd) : fd(fd) {}
  ~Writer() { flush(); }
  void flush() {
    for (size_t at = 0; at < length;) {
      ssize_t n = ::write(fd, room + at, length - at);
      if (n <= 0)
        break;
      at += static_cast<size_t>(n);
    }
    length = 0;
  }
  void put(char c) {
    if (length == sizeof room)
      flush();
    room[length++] = c;
  }
  void text(const char *s) {
    while (*s)
      put(*s++);
  }
  void number(uint64_t n) {
    char digits[24];
    int i = 0;
    do
      digits[i++] = static_cast<char>('0' + n % 10);
    while (n /= 10);
    while (i)
      put(digits[--i]);
  }
  void hex(uint64_t n, int width) {
    while (width-- > 0)
      put("0123456789abcdef"[n >> (4 * width) & 15]);
  }
  /// As CPython does it: what is not ASCII is escaped, long text is cut.
  void string(Str *s) {
    if (!s) {
      text("???");
      return;
    }
    int64_t count = s->length();
    for (int64_t i = 0; i < count && i < kMostCharacters; ++i) {
      uint32_t c = s->at(i);
      if (c >= ' ' && c < 127)
        put(static_cast<char>(c));
      else if (c <= 0xff)
        text("\\x"), hex(c, 2);
      else if (c <= 0xffff)
        text("\\u"), hex(c, 4);
      else
        text("\\U"), hex(c, 8);
    }
    if (count > kMostCharacters)
      text("...");
  }
};

void writeFrames(Writer &out, const ThreadState *thread) {
  int shown = 0;
  for (Frame *frame = thread->frame; frame; frame = frame->back) {
    if (++shown > kMostFrames) {
      out.text("  ...\n");
      return;
    }
    out.text("  File ");
    if (frame->code->filename) {
      out.put('"');
      out.string(frame->code->filename);
      out.put('"');
    } else {
      out.text("???");
    }
    out.text(", line ");
    out.number(static_cast<uint64_t>(std::max(0, krt_frame_line(frame))));
    out.text(" in ");
    out.string(frame->code->name);
    out.put('\n');
  }
  if (!shown)
    out.text("  <no Python frame>\n");
}

struct AllThreads {
  Writer *out;
  const ThreadState *current;
  int shown;
};
void writeThread(ThreadState *thread, void *data) {
  auto *all = static_cast<AllThreads *>(data);
  if (all->shown++)
    all->out->put('\n');
  all->out->text(thread == all->current ? "Current thread 0x" : "Thread 0x");
  all->out->hex(thread->id, 16);
  all->out->text(" (most recent call first):\n");
  writeFrames(*all->out, thread);
}

/// [current] null: no thread is marked.
void dump(int fd, bool all, const ThreadState *current) {
  Writer out(fd);
  if (all) {
    AllThreads data{&out, current, 0};
    krt_threads_each(writeThread, &data);
    if (data.shown)
      return;
  }
  out.text("Stack (most recent call first):\n");
  writeFrames(out, current ? current : &krt_thread);
}

void onFatal(int signal) {
  int error = errno;
  FatalSignal *which = nullptr;
  for (FatalSignal &one : fatal)
    if (one.number == signal)
      which = &one;
  if (which) {
    ::sigaction(signal, &which->before, nullptr);
    Writer out(fatalFd);
    out.text("Fatal Python error: ");
    out.text(which->name);
    out.text("\n\n");
  }
  dump(fatalFd, fatalAll, &krt_thread);
  errno = error;
  ::raise(signal); // now as it was before
}

void onUser(int signal) {
  int error = errno;
  UserSignal &which = user[signal];
  if (!which.used)
    return;
  dump(which.fd, which.all, &krt_thread);
  if (which.chain) {
    struct sigaction ours;
    ::sigaction(signal, &which.before, &ours);
    ::raise(signal);
    sigset_t one;
    sigemptyset(&one);
    sigaddset(&one, signal);
    ::pthread_sigmask(SIG_UNBLOCK, &one, nullptr); // it is delivered here
    ::sigaction(signal, &ours, nullptr);
  }
  errno = error;
}

/// The descriptor of a file argument (None: sys.stderr); -1 with an exception pending. *file is kept alive by the caller.
int fileOf_py(Value given, Value *file) {
  if (!given || given == kNone) {
    given = krt_sys_get(KSTR(stderr));
    if (!given || given == kNone) {
      krt_raise(kRuntimeError, given ? "sys.stderr is None" : "unable to get sys.stderr");
      return -1;
    }
  } else if (krt_int_check(given)) {
    int64_t fd;
    if (!intArgument_py(given, &fd))
      return -1;
    if (fd < 0) {
      krt_raise(kValueError, "file is not a valid file descripter");
      return -1;
    }
    *file = Value();
    return static_cast<int>(fd);
  }
  Value number = krt_call_method_py(given, KSTR(fileno), nullptr, 0);
  int64_t fd;
  if (!number || !intArgument_py(number, &fd))
    return -1;
  if (fd < 0) {
    krt_raise(kRuntimeError, "file.fileno() is not a valid file descriptor");
    return -1;
  }
  *file = given;
  if (!krt_call_method_py(given, KSTR(flush), nullptr, 0))
    krt_error_clear();
  return static_cast<int>(fd);
}

// ---- A thread that waits ----

struct Later {
  pthread_t thread;
  pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
  pthread_cond_t wake;
  bool running, cancelled;
  bool repeat, exit;
  int fd;
  int64_t nanoseconds;
  char header[64];
} later;
Value laterFile;

void *watch(void *) {
  ::pthread_mutex_lock(&later.lock);
  timespec until;
  ::clock_gettime(CLOCK_MONOTONIC, &until);
  do {
    int64_t ns = until.tv_nsec + later.nanoseconds % 1000000000;
    until.tv_sec += later.nanoseconds / 1000000000 + ns / 1000000000;
    until.tv_nsec = ns % 1000000000;
    int code = 0;
    while (!later.cancelled && code == 0)
      code = ::pthread_cond_timedwait(&later.wake, &later.lock, &until);
    if (later.cancelled)
      break;
    {
      Writer out(later.fd);
      out.text(later.header);
    }
    dump(later.fd, true, nullptr);
    if (later.exit)
      ::_exit(1);
  } while (later.repeat);
  ::pthread_mutex_unlock(&later.lock);
  return nullptr;
}

void cancel() {
  if (!later.running)
    return;
  ::pthread_mutex_lock(&later.lock);
  later.cancelled = true;
  ::pthread_cond_signal(&later.wake);
  ::pthread_mutex_unlock(&later.lock);
  ::pthread_join(later.thread, nullptr);
  ::pthread_cond_destroy(&later.wake);
  later.running = false;
  laterFile = Value();
}

void withoutCore() {
  rlimit none{0, 0};
  rlimit now;
  if (::getrlimit(RLIMIT_CORE, &now) == 0)
    none.rlim_max = now.rlim_max;
  ::setrlimit(RLIMIT_CORE, &none);
}

} // namespace

Value krt_faulthandler_enable_py(Value given, bool all) {
  Value file;
  int fd = TRY_INT(fileOf_py(given, &file));
  fatalFd = fd;
  fatalFile = file;
  fatalAll = all;
  if (enabled)
    return kNone;
  enabled = true;
  static uint8_t stack[64 * 1024]; // a stack that ran over cannot be used
  stack_t alternative{};
  alternative.ss_sp = stack;
  alternative.ss_size = sizeof stack;
  ::sigaltstack(&alternative, nullptr);
  for (FatalSignal &one : fatal) {
    struct sigaction action{};
    action.sa_handler = onFatal;
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_NODEFER | SA_ONSTACK;
    if (::sigaction(one.number, &action, &one.before) < 0)
      return krt_raise_errno(errno, {}, {});
  }
  return kNone;
}

bool krt_faulthandler_disable() {
  if (!enabled)
    return false;
  enabled = false;
  for (FatalSignal &one : fatal)
    ::sigaction(one.number, &one.before, nullptr);
  fatalFile = Value();
  return true;
}
bool krt_faulthandler_isEnabled() { return enabled; }

Value krt_faulthandler_dumpTraceback_py(Value given, bool all) {
  Value file;
  int fd = TRY_INT(fileOf_py(given, &file));
  dump(fd, all, &krt_thread);
  return krt_poll_py() < 0 ? Value() : kNone;
}

Value krt_faulthandler_dumpTracebackLater_py(Value timeout, bool repeat, Value given, bool exit) {
  double seconds = krt_double_py(timeout);
  if (errorPending())
    return {};
  if (!(seconds > 0))
    return krt_raise(kValueError, "timeout must be greater than 0");
  if (!(seconds < 9.2e9))
    return krt_raise(kOverflowError, "timeout value is too large");
  Value file;
  int fd = TRY_INT(fileOf_py(given, &file));
  cancel();
  later.nanoseconds = static_cast<int64_t>(std::ceil(seconds * 1e9));
  later.repeat = repeat;
  later.exit = exit;
  later.fd = fd;
  later.cancelled = false;
  laterFile = file;
  int64_t micro = (later.nanoseconds + 999) / 1000, whole = micro / 1000000;
  int n = std::snprintf(later.header, sizeof later.header, "Timeout (%lld:%02lld:%02lld", static_cast<long long>(whole / 3600),
                        static_cast<long long>(whole / 60 % 60), static_cast<long long>(whole % 60));
  if (micro % 1000000)
    std::snprintf(later.header + n, sizeof later.header - static_cast<size_t>(n), ".%06lld)!\n", static_cast<long long>(micro % 1000000));
  else
    std::snprintf(later.header + n, sizeof later.header - static_cast<size_t>(n), ")!\n");
  pthread_condattr_t attributes;
  ::pthread_condattr_init(&attributes);
  ::pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
  ::pthread_cond_init(&later.wake, &attributes);
  ::pthread_condattr_destroy(&attributes);
  sigset_t all, before; // signals are for the other threads
  sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
  int code = ::pthread_create(&later.thread, nullptr, watch, nullptr);
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  if (code)
    return krt_raise(kRuntimeError, "unable to start watchdog thread");
  later.running = true;
  return kNone;
}
Value krt_faulthandler_cancel() {
  cancel();
  return kNone;
}

static bool userSignal(int number) {
  for (const FatalSignal &one : fatal)
    if (one.number == number) {
      krt_raise(kRuntimeError, "signal %d cannot be registered, use enable() instead", number);
      return false;
    }
  if (number < 1 || number >= NSIG) {
    krt_raise(kValueError, "signal number out of range");
    return false;
  }
  return true;
}

Value krt_faulthandler_register_py(int signum, Value given, bool all, bool chain) {
  if (!userSignal(signum))
    return {};
  Value file;
  int fd = TRY_INT(fileOf_py(given, &file));
  UserSignal &which = user[signum];
  struct sigaction action{};
  action.sa_handler = onUser;
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_RESTART | (chain ? SA_NODEFER : 0);
  if (!which.used && ::sigaction(signum, &action, &which.before) < 0)
    return krt_raise_errno(errno, {}, {});
  which.fd = fd;
  which.file = file;
  which.all = all;
  which.chain = chain;
  which.used = true;
  return kNone;
}
Value krt_faulthandler_unregister(int signum) {
  if (!userSignal(signum))
    return {};
  UserSignal &which = user[signum];
  if (!which.used)
    return kFalse;
  which.used = false;
  which.file = Value();
  ::sigaction(signum, &which.before, nullptr);
  return kTrue;
}

Value krt_faulthandler_sigsegv(bool) {
  withoutCore();
  ::raise(SIGSEGV);
  return kNone;
}
Value krt_faulthandler_sigabrt() {
  withoutCore();
  std::abort();
}
Value krt_faulthandler_sigfpe() {
  withoutCore();
  ::raise(SIGFPE);
  return kNone;
}
Value krt_faulthandler_readNull() {
  withoutCore();
  volatile int *volatile nothing = nullptr;
  return smallInt(*nothing);
}

bool krt_faulthandler_init(Module *) { return true; }

} // namespace krait

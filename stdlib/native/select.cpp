// select.cpp - see select.h in this folder. select() is made of poll(), so that descriptors may be of any
// size.
#include "stdlib/native/select.h"
#include "runtime/gc/closer.h"

#include "runtime/object/iteration.h"
#include "stdlib/native/class_module.h"
#include "stdlib/native/idle_wait.h"
#include "stdlib/native/select.bind.inc"
#include "stdlib/native/system_calls.h"

#include <algorithm>
#include <climits>
#include <cmath>
#include <ctime>
#include <poll.h>
#include <sys/epoll.h>
#include <unistd.h>

namespace krait {

/// A moment [ms] milliseconds from now on; the system waits whole ones, so what is left is rounded up.
class Deadline {
public:
  explicit Deadline(double ms) : forever_(ms < 0), end_(forever_ ? 0 : now() + ms) {}
  /// For poll() and epoll_wait(): -1 for ever.
  int left() const {
    return forever_ ? -1 : static_cast<int>(std::clamp<double>(std::ceil(end_ - now()), 0, INT_MAX));
  }
  /// As much of it as [idle] waits for in one part.
  int left(IdleWait &idle) const {
    int all = left();
    return idle.cut(all < 0 ? IdleWait::kNoLimit : int64_t{all} * 1'000'000) ? idle.milliseconds() : all;
  }

private:
  bool forever_;
  double end_;
  static double now() {
    timespec t;
    ::clock_gettime(CLOCK_MONOTONIC, &t);
    return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_nsec) / 1e6;
  }
};
/// Waits [ms] milliseconds (negative: for ever), on after signals. Descriptors ready; -1 with an exception
/// pending.
static int wait_py(pollfd *fds, size_t count, double ms) {
  Deadline deadline(ms);
  IdleWait idle;
  for (;;) {
    if (signalsBeforeWaiting_py() < 0)
      return -1;
    int left = deadline.left(idle);
    int n = [&] {
      LockReleased released;
      return ::poll(fds, count, left);
    }();
    if (n == 0 && idle.isCut()) {
      idle.collect_py();
      continue;
    }
    if (n >= 0)
      return n;
    if (errno != EINTR) {
      systemError();
      return -1;
    }
    if (krt_poll_py() < 0)
      return -1;
  }
}
constexpr double kTimes = 0x1p63 / 1e6; // milliseconds in the nanoseconds that 64 bits can count

/// In milliseconds, at most [most]; -1 for None. False with an exception pending.
static bool timeout_py(Value given, double scale, double *ms, const char *message, double most = INT_MAX) {
  *ms = -1;
  if (given == kNone)
    return true;
  double value = krt_double_py(given);
  if (errorPending()) {
    if (krt_error_clear_if(kTypeError))
      krt_raise(kTypeError, "%s", message);
    return false;
  }
  if (std::isnan(value)) {
    krt_raise(kValueError, "Invalid value NaN (not a number)");
    return false;
  }
  *ms = value * scale;
  if (!(std::abs(*ms) < kTimes)) {
    krt_raise(kOverflowError, "timestamp too large to convert to C _PyTime_t");
    return false;
  }
  if (*ms > most)
    krt_raise(kOverflowError, "timeout is too large");
  return *ms <= most;
}

/// A mask of events, of 16 bits. False with an exception pending.
static bool mask_py(Value given, int64_t *mask) {
  Value number = krt_index_py(given);
  if (!number)
    return false;
  if (!number.isInt() ? krt_int_sign(number) < 0 : number.asInt() < 0)
    krt_raise(kValueError, "value must be positive");
  else if (!number.isInt())
    krt_raise(kOverflowError, "Python int too large to convert to C unsigned long");
  else if (number.asInt() > USHRT_MAX)
    krt_raise(kOverflowError, "Python int too large for C unsigned short");
  else
    *mask = number.asInt();
  return !errorPending();
}

/// What select() answers, from the events that came. By itself: its results are no part of the frame that
/// waits, where a collection would take them for what lay there before.
[[gnu::noinline]] static Value sorted(List *const *items, const pollfd *fds) {
  const int shown[3] = {POLLIN | POLLHUP | POLLERR, POLLOUT | POLLERR, POLLPRI};
  Value lists[3];
  size_t n = 0;
  for (int i = 0; i < 3; i++) {
    List *list = krt_list_new(0);
    for (int64_t k = 0; k < items[i]->length; k++, n++) {
      if (fds[n].revents & POLLNVAL)
        return krt_raise_errno(EBADF, {}, {});
      if (fds[n].revents & shown[i])
        krt_list_append(list, items[i]->items[k]);
    }
    lists[i] = list;
  }
  return krt_tuple_from(lists, 3);
}
Value krt_select_select_py(Value reading, Value writing, Value special, Value timeout) {
  double ms;
  if (!timeout_py(timeout, 1000, &ms, "timeout must be a float or None", kTimes))
    return {};
  if (timeout != kNone && ms < 0)
    return krt_raise(kValueError, "timeout must be non-negative");
  Value given[3] = {reading, writing, special};
  const short wanted[3] = {POLLIN, POLLOUT, POLLPRI};
  List *items[3];
  List *descriptors = krt_list_new(0);
  for (int i = 0; i < 3; i++) {
    items[i] = krt_list_new(0);
    bool isList = hasClassFlag(
        given[i], kClassListSub); // as long as it is when it comes to the item: fileno() may change it
    Tuple *others = isList ? nullptr : krt_tuple_from_py(given[i]);
    if (!isList && !others)
      return krt_error_clear_if(kTypeError) ? krt_raise(kTypeError, "arguments 1-3 must be sequences")
                                            : Value();
    for (int64_t k = 0; k < (isList ? given[i].as<List>()->length : others->length); k++) {
      Value item = isList ? given[i].as<List>()->items[k] : others->items[k];
      int64_t fd;
      if (!descriptor_py(item, &fd))
        return {};
      krt_list_append(items[i], item);
      krt_list_append(descriptors, smallInt(fd));
    }
  }
  auto count = static_cast<size_t>(descriptors->length);
  auto *fds = static_cast<pollfd *>(gcAllocateAtomic(count * sizeof(pollfd) + 16));
  size_t n = 0;
  for (int i = 0; i < 3; i++)
    for (int64_t k = 0; k < items[i]->length; k++, n++)
      fds[n] = {static_cast<int>(descriptors->items[n].asInt()), wanted[i], 0};
  if (wait_py(fds, count, ms) < 0)
    return {};
  return sorted(items, fds);
}
Value krt_select_poll() {
  auto *self = gcNew<Poll>(krt_poll_class);
  self->events = krt_dict_new();
  return self;
}
Value krt_poll_register_py(Poll *self, Value given, Value eventmask) {
  int64_t fd, mask = POLLIN | POLLPRI | POLLOUT;
  if (!descriptor_py(given, &fd) || (eventmask && !mask_py(eventmask, &mask)))
    return {};
  return krt_dict_set_py(self->events, smallInt(fd), smallInt(mask)) < 0 ? Value() : kNone;
}
Value krt_poll_modify_py(Poll *self, Value given, Value eventmask) {
  int64_t fd, mask;
  if (!descriptor_py(given, &fd) || !mask_py(eventmask, &mask))
    return {};
  if (!krt_dict_get_py(self->events, smallInt(fd)))
    return krt_raise_errno(ENOENT, {}, {});
  return krt_dict_set_py(self->events, smallInt(fd), smallInt(mask)) < 0 ? Value() : kNone;
}
Value krt_poll_unregister_py(Poll *self, Value given) {
  int64_t fd;
  if (!descriptor_py(given, &fd))
    return {};
  int removed = TRY_INT(krt_dict_delete_py(self->events, smallInt(fd)));
  return removed ? kNone : krt_raise_key_error(smallInt(fd));
}
Value krt_poll_poll_py(Poll *self, Value timeout) {
  double ms;
  if (!timeout_py(timeout, 1, &ms, "timeout must be an integer or None"))
    return {};
  if (self->polling)
    return krt_raise(kRuntimeError, "concurrent poll() invocation");
  auto *fds = static_cast<pollfd *>(gcAllocateAtomic(self->events->used * sizeof(pollfd) + 16));
  size_t count = 0;
  uint32_t position = 0;
  while (DictEntry *entry = krt_dict_next(self->events, &position))
    fds[count++] = {static_cast<int>(entry->key.asInt()), static_cast<short>(entry->value.asInt()), 0};
  self->polling = true;
  int found = wait_py(fds, count, ms);
  self->polling = false;
  if (found < 0)
    return {};
  List *ready = krt_list_new(0);
  for (size_t i = 0; i < count; i++)
    if (fds[i].revents) {
      Value pair[] = {smallInt(fds[i].fd), smallInt(fds[i].revents & 0xffff)};
      krt_list_append(ready, krt_tuple_from(pair, 2));
    }
  return ready;
}

// ---- epoll ----

static Epoll *epollOf(Value v) { return v.as<Epoll>(); }
static bool isOpen(Value self) {
  if (epollOf(self)->fd >= 0)
    return true;
  krt_raise(kValueError, "I/O operation on closed epoll object");
  return false;
}
static void closeDropped(Object *object) {
  auto *self = static_cast<Epoll *>(object);
  if (self->fd >= 0)
    ::close(self->fd);
  self->fd = -1;
}
static Value newEpoll(Class *cls, int fd) {
  auto *self = newInstance<Epoll>(krt_epoll_class, cls);
  self->fd = fd;
  krt_gc_set_closer(self, closeDropped);
  return self;
}

Value krt_epoll_create_py(Class *cls, int sizehint, int flags) {
  if (sizehint != -1 && sizehint <= 0)
    return krt_raise(kValueError, "sizehint must be positive or -1");
  if (flags && flags != EPOLL_CLOEXEC)
    return krt_raise(kOSError, "invalid flags");
  int fd = ::epoll_create1(EPOLL_CLOEXEC);
  return fd < 0 ? systemError() : newEpoll(cls, fd);
}
Value krt_epoll_fromfd_py(Class *cls, int fd) { return newEpoll(cls, fd); }
Value krt_epoll_close_py(Value self) {
  int fd = epollOf(self)->fd;
  if (fd < 0)
    return kNone;
  epollOf(self)->fd = -1;
  krt_gc_clear_finalizer(epollOf(self));
  return noneOrError(::close(fd));
}
Value krt_epoll_fileno(Value self) { return isOpen(self) ? smallInt(epollOf(self)->fd) : Value(); }

static Value control_py(Value self, int operation, Value file, Value mask) {
  if (!isOpen(self))
    return {};
  epoll_event event{};
  int64_t fd, events = EPOLLIN | EPOLLPRI | EPOLLOUT;
  if (!descriptor_py(file, &fd))
    return {};
  if (mask) {
    events = krt_index_i64_py(mask, kOverflowError);
    if (events == -1 && errorPending())
      return {};
  }
  event.events = static_cast<uint32_t>(events);
  event.data.fd = static_cast<int>(fd);
  return noneOrError(::epoll_ctl(epollOf(self)->fd, operation, static_cast<int>(fd), &event));
}
Value krt_epoll_register_py(Value self, Value fd, Value eventmask) {
  return control_py(self, EPOLL_CTL_ADD, fd, eventmask);
}
Value krt_epoll_modify_py(Value self, Value fd, Value eventmask) {
  return control_py(self, EPOLL_CTL_MOD, fd, eventmask);
}
Value krt_epoll_unregister_py(Value self, Value fd) { return control_py(self, EPOLL_CTL_DEL, fd, Value()); }

Value krt_epoll_poll_py(Value self, Value timeout, int maxevents) {
  double ms;
  if (!isOpen(self) || !timeout_py(timeout, 1000, &ms, "timeout must be an integer or None"))
    return {};
  if (maxevents == -1)
    maxevents = FD_SETSIZE - 1;
  else if (maxevents < 1)
    return krt_raise(kValueError, "maxevents must be greater than 0, got %d", maxevents);
  auto *events =
      static_cast<epoll_event *>(gcAllocateAtomic(static_cast<size_t>(maxevents) * sizeof(epoll_event)));
  Deadline deadline(ms);
  IdleWait idle;
  int n;
  for (;;) {
    if (signalsBeforeWaiting_py() < 0)
      return {};
    int left = deadline.left(idle);
    n = [&] {
      LockReleased released;
      return ::epoll_wait(epollOf(self)->fd, events, maxevents, left);
    }();
    if (n == 0 && idle.isCut()) {
      idle.collect_py();
      continue;
    }
    if (n >= 0)
      break;
    if (errno != EINTR)
      return systemError();
    if (krt_poll_py() < 0)
      return {};
  }
  List *ready = krt_list_new(static_cast<size_t>(n));
  for (int i = 0; i < n; i++) {
    Value pair[] = {smallInt(events[i].data.fd), smallInt(events[i].events)};
    krt_list_append(ready, krt_tuple_from(pair, 2));
  }
  return ready;
}
Value krt_epoll_enter(Value self) { return isOpen(self) ? self : Value(); }
Value krt_epoll_exit_py(Value self, Value, Value, Value) { return krt_epoll_close_py(self); }
bool krt_epoll_closed(Value self) { return epollOf(self)->fd < 0; }

extern "C" {
Class krt_epoll_class = {
    .flags = kClassBase,
    .nativeName = "select.epoll",
    .basicSize = sizeof(Epoll),
    .slots = {.make = krt_epoll_make},
    .methods = krt_epoll_defs,
    .doc = krt_epoll_doc,
};
constinit Class krt_poll_class = {
    .flags = kClassDisallowNew,
    .nativeName = "select.poll",
    .basicSize = sizeof(Poll),
    .methods = krt_poll_defs,
    .doc = krt_poll_doc,
};
}

bool krt_select_init(Module *module) {
  krt_class_ready(&krt_poll_class);
  addClass(module, &krt_epoll_class);
  krt_dict_set_str(module->dict, KSTR(error), Value(kOSError));
  static const ConstantRow constants[] = {{"POLLIN", POLLIN},           {"POLLOUT", POLLOUT},
                                          {"POLLPRI", POLLPRI},         {"POLLERR", POLLERR},
                                          {"POLLHUP", POLLHUP},         {"POLLNVAL", POLLNVAL},
                                          {"POLLRDHUP", 0x2000},        {"POLLRDNORM", POLLRDNORM},
                                          {"POLLRDBAND", POLLRDBAND},   {"POLLWRNORM", POLLWRNORM},
                                          {"POLLWRBAND", POLLWRBAND},   {"POLLMSG", 0x400},
                                          {"PIPE_BUF", PIPE_BUF},       {"EPOLLIN", EPOLLIN},
                                          {"EPOLLOUT", EPOLLOUT},       {"EPOLLPRI", EPOLLPRI},
                                          {"EPOLLERR", EPOLLERR},       {"EPOLLHUP", EPOLLHUP},
                                          {"EPOLLRDHUP", EPOLLRDHUP},   {"EPOLLET", INT64_C(1) << 31},
                                          {"EPOLLONESHOT", 1 << 30},    {"EPOLLEXCLUSIVE", 1 << 28},
                                          {"EPOLLRDNORM", EPOLLRDNORM}, {"EPOLLRDBAND", EPOLLRDBAND},
                                          {"EPOLLWRNORM", EPOLLWRNORM}, {"EPOLLWRBAND", EPOLLWRBAND},
                                          {"EPOLLMSG", EPOLLMSG},       {"EPOLL_CLOEXEC", EPOLL_CLOEXEC}};
  addConstants(module, constants, std::size(constants));
  return true;
}

} // namespace krait

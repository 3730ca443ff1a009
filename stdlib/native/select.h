// select.h - the module select: waiting for descriptors.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

struct Poll : Object {
  Dict *events; // descriptor -> mask
  bool polling; // a thread waits in poll()
};

struct Epoll : Object {
  int32_t fd; // -1: closed
};

KRT_CLASS(
    epoll,
    "select.epoll(sizehint=-1, flags=0)\n\nReturns an epolling object\n\n  sizehint\n    The expected number "
    "of events to be registered.  It must be positive,\n    or -1 to use the default.  It is only used on "
    "older systems where\n    epoll_create1() is not available; otherwise it has no effect (though its\n    "
    "value is still checked).\n  flags\n    Deprecated and completely ignored.  However, when supplied, its "
    "value\n    must be 0 or select.EPOLL_CLOEXEC, otherwise OSError is raised.");
KRT_MODULE(select, "Waiting until descriptors can be read or written.");
KRT_CLASS(poll, "A set of descriptors to wait for.");

extern "C" {
extern Class krt_poll_class, krt_epoll_class;
KRT_NEW(epoll, "epoll(sizehint=-1, flags=0)", KRT_RUNS_PY)
Value krt_epoll_create_py(Class *cls, int sizehint, int flags);
/// Returns an epoll object created from a given file descriptor.
KRT_CLASSMETHOD(epoll, "fromfd(type, fd, /)", KRT_RUNS_PY) Value krt_epoll_fromfd_py(Class *cls, int fd);
/// Close the epoll control file descriptor.
///
/// Further operations on the epoll object will raise an exception.
KRT_METHOD(epoll, "close(self, /)", KRT_RUNS_PY) Value krt_epoll_close_py(Value self);
/// Return the epoll control file descriptor.
KRT_METHOD(epoll, "fileno(self, /)", KRT_RAISES, KRT_COLLECTS) Value krt_epoll_fileno(Value self);
/// Registers a new fd or raises an OSError if the fd is already registered.
KRT_METHOD(epoll, "register(self, /, fd, eventmask=7)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_epoll_register_py(Value self, Value fd, Value eventmask);
/// Modify event mask for a registered file descriptor.
KRT_METHOD(epoll, "modify(self, /, fd, eventmask)", KRT_RUNS_PY)
Value krt_epoll_modify_py(Value self, Value fd, Value eventmask);
/// Remove a registered file descriptor from the epoll object.
KRT_METHOD(epoll, "unregister(self, /, fd)", KRT_RUNS_PY) Value krt_epoll_unregister_py(Value self, Value fd);
/// Wait for events on the epoll file descriptor: a list of (fd, events). Timeout in seconds; None or
/// negative: for ever.
KRT_METHOD(epoll, "poll(self, /, timeout=None, maxevents=-1)", KRT_RUNS_PY)
Value krt_epoll_poll_py(Value self, Value timeout, int maxevents);
KRT_METHOD(epoll, "__enter__(self, /)", KRT_RAISES, KRT_COLLECTS) Value krt_epoll_enter(Value self);
KRT_METHOD(epoll, "__exit__(self, exc_type=None, exc_value=None, exc_tb=None, /)", KRT_RUNS_PY)
Value krt_epoll_exit_py(Value self, Value type, Value value, Value tb);
/// True if the epoll handler is closed
KRT_GETTER(epoll, "closed") bool krt_epoll_closed(Value self);
KRT_MODULE_INIT(select)
bool krt_select_init(Module *module);
/// Wait until one of the descriptors is ready: three lists of those that are.
KRT_FUNCTION(select, "select(rlist, wlist, xlist, timeout=None, /)", KRT_RUNS_PY)
Value krt_select_select_py(Value reading, Value writing, Value special, Value timeout);
/// A new set of descriptors.
KRT_FUNCTION(select, "poll()", KRT_COLLECTS, KRT_RAISES)
Value krt_select_poll();
/// Add a descriptor.
KRT_METHOD(poll, "register(self, fd, eventmask=<null>, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_poll_register_py(Poll *self, Value fd, Value eventmask);
/// Change what is waited for on a descriptor.
KRT_METHOD(poll, "modify(self, fd, eventmask, /)", KRT_RUNS_PY)
Value krt_poll_modify_py(Poll *self, Value fd, Value eventmask);
/// Remove a descriptor.
KRT_METHOD(poll, "unregister(self, fd, /)", KRT_RUNS_PY)
Value krt_poll_unregister_py(Poll *self, Value fd);
/// Wait so many milliseconds: a list of (descriptor, events).
KRT_METHOD(poll, "poll(self, timeout=None, /)", KRT_RUNS_PY)
Value krt_poll_poll_py(Poll *self, Value timeout);
}

} // namespace krait

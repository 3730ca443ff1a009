// fcntl.h - the module fcntl: control of descriptors and locks of files.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(fcntl, "This module performs file control and I/O control on file\ndescriptors.  It is an interface to the fcntl() and ioctl() Unix\n"
                  "routines.  File descriptors can be obtained with the fileno() method of\na file or socket object.");

extern "C" {
KRT_MODULE_INIT(fcntl) bool krt_fcntl_init(Module *module);
/// Perform the operation cmd on a descriptor. The argument is an integer, or bytes that the call fills and which are returned.
KRT_FUNCTION(fcntl, "fcntl(fd, cmd, arg=0, /)", KRT_RUNS_PY) Value krt_fcntl_fcntl_py(Value fd, int cmd, Value arg);
/// Perform a request of a device. The argument is an integer, or bytes; a writable buffer is changed in place unless mutate_flag is false.
KRT_FUNCTION(fcntl, "ioctl(fd, request, arg=0, mutate_flag=True, /)", KRT_RUNS_PY)
Value krt_fcntl_ioctl_py(Value fd, Value request, Value arg, bool mutate);
/// Lock a whole file, or unlock it.
KRT_FUNCTION(fcntl, "flock(fd, operation, /)", KRT_RUNS_PY) Value krt_fcntl_flock_py(Value fd, int operation);
/// Lock a part of a file, or unlock it.
KRT_FUNCTION(fcntl, "lockf(fd, cmd, len=0, start=0, whence=0, /)", KRT_RUNS_PY)
Value krt_fcntl_lockf_py(Value fd, int cmd, Value length, Value start, int whence);
}

} // namespace krait

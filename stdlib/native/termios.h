// termios.h - the module termios: terminals.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(termios, "This module provides an interface to the Posix calls for tty I/O control.\n\nFor a complete description of these calls, see the Posix or Unix manual\n"
                    "pages. It is only available for those Unix versions that support Posix\ntermios style tty I/O control (and then only if configured at installation\ntime).\n\n"
                    "All functions in this module take a file descriptor fd as their first\nargument. This can be an integer file descriptor, such as returned by\n"
                    "sys.stdin.fileno(), or a file object, such as sys.stdin itself.");

extern "C" {
KRT_MODULE_INIT(termios, KRT_RAISES, KRT_COLLECTS) bool krt_termios_init(Module *module);
/// Return [iflag, oflag, cflag, lflag, ispeed, ospeed, cc]; cc is the list of control characters, bytes but for VMIN and VTIME
/// when ICANON is off, which are integers.
KRT_FUNCTION(termios, "tcgetattr(fd, /)", KRT_RUNS_PY) Value krt_termios_tcgetattr_py(Value fd);
/// Set attributes of the form that tcgetattr() gives.
KRT_FUNCTION(termios, "tcsetattr(fd, when, attributes, /)", KRT_RUNS_PY) Value krt_termios_tcsetattr_py(Value fd, int when, Value attributes);
/// Send a break.
KRT_FUNCTION(termios, "tcsendbreak(fd, duration, /)", KRT_RUNS_PY) Value krt_termios_tcsendbreak_py(Value fd, int duration);
/// Wait until all output was transmitted.
KRT_FUNCTION(termios, "tcdrain(fd, /)", KRT_RUNS_PY) Value krt_termios_tcdrain_py(Value fd);
/// Discard queued data.
KRT_FUNCTION(termios, "tcflush(fd, queue, /)", KRT_RUNS_PY) Value krt_termios_tcflush_py(Value fd, int queue);
/// Suspend or resume input or output.
KRT_FUNCTION(termios, "tcflow(fd, action, /)", KRT_RUNS_PY) Value krt_termios_tcflow_py(Value fd, int action);
/// Return (rows, columns) of a terminal's window.
KRT_FUNCTION(termios, "tcgetwinsize(fd, /)", KRT_RUNS_PY) Value krt_termios_tcgetwinsize_py(Value fd);
/// Set the window's size.
KRT_FUNCTION(termios, "tcsetwinsize(fd, winsize, /)", KRT_RUNS_PY) Value krt_termios_tcsetwinsize_py(Value fd, Value size);
}

} // namespace krait

// jump.h - a debugger sets f_lineno: an activation goes on at another line.
#pragma once

#include "runtime/abi/types.h"

namespace krait {

/// The offset in units at which [frame], about to execute the instruction at unit [from], can go on with [line]. -1 with an exception
/// pending where there is none: temporaries (the iterator of a `for`, the exit of a `with`, the exception of an `except`) cannot be
/// made up. Unbound locals that are read there become None, with a warning.
int64_t frameJump_py(Frame *frame, uint32_t from, int64_t line);
/// Makes the registers and the thread's handled exception what [to] expects, before it goes on there.
void frameArrive(Frame *frame, uint32_t from, uint32_t to);

} // namespace krait

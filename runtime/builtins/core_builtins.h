// core_builtins.h - print, iteration and the like.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

/// Set by the module _io: writes to a text stream of its own without looking `write` up. 1: done; 0: not such a stream;
/// -1: exception pending.
extern int (*krt_stream_write_hook_py)(Value stream, Str *text);

extern "C" {
/// Print the values to a stream, or to sys.stdout by default.
KRT_FUNCTION(builtins, "print(*args, sep=' ', end='\\n', file=None, flush=False)", KRT_RUNS_PY)
Value krt_builtins_print_py(ArgSpan args, Value sep, Value end, Value file, bool flush);
/// Return the number of items in a container.
KRT_FUNCTION(builtins, "len(obj, /)", KRT_RUNS_PY)
Value krt_builtins_len_py(Value object);
}

} // namespace krait

// _posixsubprocess.h - the module _posixsubprocess: starting a program for subprocess.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(_posixsubprocess, "Starting of programs for subprocess.");

extern "C" {
/// Start a program in a new process whose descriptors are arranged first; its number. What fails in the child before
/// the program runs is written to errpipe_write.
KRT_FUNCTION(_posixsubprocess, "fork_exec(*args)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt__posixsubprocess_forkExec_py(ArgSpan args);
}

} // namespace krait

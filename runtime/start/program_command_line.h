// program_command_line.h - the command line of a built binary. It is the program's own, except when the
// binary stands in for the Python interpreter that the program believes it runs on.
//
// In the program, sys.executable is the path of the binary with one more slash in front ("//home/me/app"):
// the same file, also after os.path.normpath and pathlib, but the kernel hands the spelling on to the process
// that is started by it (AT_EXECFN). So what a program starts through sys.executable is told from what a user
// starts: the former reads a command line as python3.11 does (-c, -m, a script), as the same program run on
// CPython would have it; the latter never does. A script that is the program itself (`[sys.executable,
// *sys.argv]`, the usual way to start again) is the program.
//
// A symbolic link to such a path carries the mark along, and a copy in a virtual environment that the program
// made (pyvenv.cfg names the binary) needs none: both stand in for the interpreter, too.
//
// A path that lost its mark on the way (os.path.realpath(sys.executable), a relative path) is made up for
// where there can be no doubt: a process that the program itself has started, with -c and code that begins
// with an import, runs that code.
#pragma once

#include "runtime/start/command_line.h"

namespace krait {

CommandLine readProgramCommandLine(const NativeProgram &program, int argc, char **argv);

} // namespace krait

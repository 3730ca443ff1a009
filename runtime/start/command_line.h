// command_line.h - the command line of `krait run`, `krait record`, `kpython`, and of built binaries that
// stand in for the interpreter: that of CPython 3.11.
#pragma once

#include "runtime/start/start.h"

namespace krait {

/// What reading a command line gave: options to run with, or the exit code of a process that has nothing to
/// run (help, version, wrong usage; the text is printed).
struct CommandLine {
  RunOptions run;
  int exitCode = -1;
  bool runs() const { return exitCode < 0; }
};

/// Reads argv[1..]. Source: `python3.11 --help` and the chapter "Command line and environment" of Python's
/// documentation. [name] is how the tool calls itself in its usage line. With [output], `--output FILE` is an
/// option too and goes there.
CommandLine readCommandLine(int argc, char **argv, const char *name, std::string *output = nullptr);

} // namespace krait

// main.cpp - the `main` of built binaries: the tables of the program are linked in as krt_program.
#include "runtime/deopt/native_program.h"
#include "runtime/gc/ample_stack.h"
#include "runtime/start/program_command_line.h"

using namespace krait;

/// Made by krait-compile.
extern "C" const NativeProgram krt_program;

namespace {

int run(int argc, char **argv) {
  CommandLine line = readProgramCommandLine(krt_program, argc, argv);
  if (!line.runs())
    return line.exitCode;
  startRuntime(line.run);
  return leaveProcess(runMain(line.run));
}

} // namespace

int main(int argc, char **argv) { return krt_gc_on_ample_stack(run, argc, argv); }

// main.cpp - the `main` of built binaries: the tables of the program are linked in as krt_program.
#include "runtime/deopt/native_program.h"
#include "runtime/start/program_command_line.h"

using namespace krait;

/// Made by krait-compile.
extern "C" const NativeProgram krt_program;

int main(int argc, char **argv) {
  CommandLine line = readProgramCommandLine(krt_program, argc, argv);
  if (!line.runs())
    return line.exitCode;
  startRuntime(line.run);
  return leaveProcess(runMain(line.run));
}

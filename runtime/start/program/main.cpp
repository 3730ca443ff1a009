// main.cpp - the `main` of built binaries: the tables of the program are linked in as krt_program.
#include "runtime/deopt/native_program.h"
#include "runtime/start/start.h"

using namespace krait;

/// Made by krait-compile.
extern "C" const NativeProgram krt_program;

int main(int argc, char **argv) {
  RunOptions options;
  options.program = &krt_program;
  options.what = krt_program.modules[0].file;
  options.argv.assign(argv, argv + argc);
  startRuntime(options);
  return leaveProcess(runMain(options));
}

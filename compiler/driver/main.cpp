// main.cpp - the `krait` command.
#include "runtime/start/start.h"

#include <cstdio>
#include <cstring>

using namespace krait;

int main(int argc, char **argv) {
  if (argc < 3 || std::strcmp(argv[1], "run") != 0) {
    std::fprintf(stderr, "usage: krait run FILE [ARGUMENT...]\n");
    return kExitUsage;
  }
  RunOptions options;
  options.what = argv[2];
  options.argv.assign(argv + 2, argv + argc);
  startRuntime(options);
  return runMain(options);
}

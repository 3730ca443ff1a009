// build.cpp - `krait build` replaces this process by the compiler proper, so that run and record need not load LLVM.
#include "compiler/driver/driver.h"

#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstring>
#include <string>
#include <unistd.h>
#include <vector>

namespace krait {

int buildMain(int argc, char **argv) {
  constexpr int exitNoCompiler = 70;
  char self[PATH_MAX];
  ssize_t length = readlink("/proc/self/exe", self, sizeof self);
  if (length <= 0 || length == static_cast<ssize_t>(sizeof self)) {
    std::fprintf(stderr, "krait: cannot tell where krait lies\n");
    return exitNoCompiler;
  }
  std::string path(self, static_cast<size_t>(length));
  for (int up = 0; up < 2; ++up)
    path.resize(path.rfind('/'));
  path += "/lib/krait/krait-compile";
  std::vector<char *> words(argv, argv + argc);
  words.push_back(nullptr);
  execv(path.c_str(), words.data());
  std::fprintf(stderr, "krait: cannot start %s: %s\n", path.c_str(), std::strerror(errno));
  return exitNoCompiler;
}

} // namespace krait

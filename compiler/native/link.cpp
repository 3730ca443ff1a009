// link.cpp - lld in this process: the program's object files and the parts of the runtime that lie beside the
// compiler.
#include "compiler/native/emit.h"

#include <lld/Common/Driver.h>

#include <llvm/Support/ErrorHandling.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/raw_ostream.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <unistd.h>
#include <vector>

LLD_HAS_DRIVER(elf)

namespace krait {

namespace {

struct Output {
  const std::string &path;
  const std::vector<std::string> &objects;
};

/// lld writes the executable at the end, in one go, and LLVM ends the process if that fails.
void cannotWrite(void *user, const char *reason, bool) {
  auto *output = static_cast<Output *>(user);
  std::fprintf(stderr, "krait: cannot write %s: %s\n", output->path.c_str(),
               errno ? std::strerror(errno) : reason);
  for (const std::string &object : output->objects)
    unlink(object.c_str());
  if (llvm::sys::fs::is_regular_file(output->path))
    unlink(output->path.c_str());
  _exit(kFileErrorExit);
}

} // namespace

bool linkProgram(const std::vector<std::string> &objects, const std::string &parts, const std::string &out,
                 const std::vector<std::string> &natives, std::string *error) {
  // The C library as the machine has it; everything else is static.
  const std::string system = "/lib/x86_64-linux-gnu/";
  std::vector<std::string> words = {"ld.lld",
                                    "--eh-frame-hdr",
                                    "--gc-sections",
                                    "--build-id=none",
                                    "--icf=safe",
                                    "-O1",
                                    "--no-mmap-output-file",
                                    "-z",
                                    "relro",
                                    "-dynamic-linker",
                                    "/lib64/ld-linux-x86-64.so.2",
                                    "-o",
                                    out};
  for (const char *start : {"crt1.o", "crti.o", "crtbegin.o"})
    words.push_back(parts + "/" + start);
  for (const std::string &module : natives)
    words.insert(words.end(), {"-u", "krt_" + module + "_module"});
  words.insert(words.end(), objects.begin(), objects.end());
  words.push_back("--start-group");
  for (const char *library : {"krait_program",
                              "krait_start",
                              "krait_deopt",
                              "krait_native",
                              "krait_frozen",
                              "krait_interp",
                              "krait_builtins",
                              "krait_object",
                              "krait_gc",
                              "krait_abi",
                              "krait_frontend",
                              "krait_unicode",
                              "krait_profile_format",
                              "krait_support",
                              "gc",
                              "gmp",
                              "z",
                              "bz2",
                              "lzma",
                              "expat",
                              "sqlite3",
                              "crypt",
                              "ssl",
                              "crypto",
                              "ffi",
                              "stdc++",
                              "gcc",
                              "gcc_eh",
                              "c_nonshared"})
    words.push_back(parts + "/lib" + library + ".a");
  for (const char *library : {"libc.so.6", "libm.so.6"})
    words.push_back(system + library);
  words.push_back("--end-group");
  words.push_back("--as-needed");
  words.push_back("/lib64/ld-linux-x86-64.so.2");
  for (const char *end : {"crtend.o", "crtn.o"})
    words.push_back(parts + "/" + end);
  std::vector<const char *> args;
  for (const std::string &word : words)
    args.push_back(word.c_str());
  Output output{out, objects};
  llvm::ScopedFatalErrorHandler handler(cannotWrite, &output);
  llvm::raw_string_ostream messages(*error);
  lld::Result result = lld::lldMain(args, messages, messages, {{lld::Gnu, &lld::elf::link}});
  return result.retCode == 0;
}

} // namespace krait

// start.cpp - see start.h.
#include "runtime/start/start.h"

#include "runtime/abi/native.h"
#include "runtime/deopt/native_program.h"
#include "runtime/object/state.h"
#include "runtime/gc/gc.h"
#include "runtime/interp/interp.h"
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/exceptions.h"
#include "runtime/object/function.h"
#include "runtime/object/int.h"
#include "runtime/object/protocol.h"
#include "runtime/object/str.h"
#include "runtime/start/start_classes.h"

#include <cerrno>
#include <csignal>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <unistd.h>

namespace krait {

namespace {

/// KRAIT_STRESS=item,item...: "gc:N" collects at every Nth allocation. Items of others (deopt) are theirs to read.
void readStress() {
  const char *text = std::getenv("KRAIT_STRESS");
  for (; text && *text; text = std::strchr(text, ',') ? std::strchr(text, ',') + 1 : nullptr)
    if (std::strncmp(text, "gc:", 3) == 0)
      krt_gc_set_stress(static_cast<unsigned>(std::strtoul(text + 3, nullptr, 10)));
}

bool readFile(const std::string &path, std::string *out) {
  std::FILE *file = std::fopen(path.c_str(), "rb");
  if (!file)
    return false;
  char buffer[1 << 16];
  size_t n;
  while ((n = std::fread(buffer, 1, sizeof buffer, file)) > 0)
    out->append(buffer, n);
  bool ok = !std::ferror(file);
  std::fclose(file);
  return ok;
}

Dict *mainDict() {
  Module *module = krt_module_new(strIntern("__main__"), nullptr);
  krt_dict_set_str(krt_sys_modules().as<Dict>(), strIntern("__main__"), module);
  krt_dict_set_str(module->dict, strIntern("__builtins__"), krt_state_builtins());
  krt_dict_set_str(module->dict, strIntern("__annotations__"), krt_dict_new());
  return module->dict;
}

/// Exit code of the pending SystemExit, whose message (if it has one) goes to stderr.
int exitCode(Value exception) {
  Value code = exception.as<SystemExitObject>()->code;
  if (!code || code == kNone)
    return 0;
  if (krt_int_check(code)) {
    int64_t number;
    return krt_int_to_i64(krt_int_plain(code), &number) ? static_cast<int>(number & 0xff) : 255;
  }
  Str *text = krt_str_of_py(code);
  if (text)
    printToStderr(text);
  krt_error_clear();
  return 1;
}

/// What was not caught: SystemExit gives its code, the rest goes through sys.excepthook.
int reportPending() {
  if (krt_error_matches(kSystemExit))
    return exitCode(krt_error_take());
  bool interrupted = krt_error_matches(kKeyboardInterrupt);
  reportUncaught();
  return interrupted ? -SIGINT : kExitUncaught;
}

/// As CPython shows the main script: absolute, but not otherwise normalised.
std::string absolutePath(const std::string &path) {
  if (path.starts_with("/"))
    return path;
  char folder[PATH_MAX];
  if (!getcwd(folder, sizeof folder))
    return path;
  return std::string(folder) + "/" + path;
}

int runSource(const std::string &source, const std::string &filename, const RunOptions &options) {
  Dict *globals = mainDict();
  Str *name = strFrom(filename);
  if (options.source == RunOptions::Source::File)
    krt_dict_set_str(globals, strIntern("__file__"), name);
  Code *code = compileSourceText(source, name, {});
  if (!code || !krt_run_code_py(code, globals, globals, nullptr, nullptr))
    return reportPending();
  return 0;
}

/// The main module of a built binary.
int runProgram(const RunOptions &options) {
  loadNativeProgram(*options.program);
  Dict *globals = mainDict();
  krt_dict_set_str(globals, strIntern("__file__"), strFrom(options.what));
  Code *code = options.program->codes[0];
  return krt_run_code_py(code, globals, globals, nullptr, nullptr) ? 0 : reportPending();
}

} // namespace

void startRuntime(const RunOptions &options) {
  krt_optimize_level = options.optimize;
  krt_gc_start();
  readyClasses();
  readStress();
  krt_state_start();
  if (options.program)
    registerNativeCells(*options.program);
  fillBuiltins(options);
  fillSys(options);
}

int runMain(const RunOptions &options) {
  int code;
  addMainPath(options);
  applyWarnOptions();
  if (options.program) {
    code = runProgram(options);
  } else if (options.source == RunOptions::Source::Command) {
    code = runSource(options.what + "\n", "<string>", options);
  } else {
    std::string source;
    if (!readFile(options.what, &source)) {
      std::fprintf(stderr, "krait: can't open file '%s': [Errno %d] %s\n", options.what.c_str(), errno, std::strerror(errno));
      return kExitUsage;
    }
    code = runSource(source, absolutePath(options.what), options);
  }
  return finishProgram(code);
}

int leaveProcess(int code) {
  if (code >= 0)
    return code;
  // As shells expect of what they interrupted.
  std::fflush(nullptr);
  std::signal(-code, SIG_DFL);
  kill(getpid(), -code);
  return 128 - code;
}

int recordMain(const RunOptions &options) {
  krt_recording = true;
  return runMain(options);
}

} // namespace krait

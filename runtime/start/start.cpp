// start.cpp - see start.h.
#include "runtime/start/start.h"
#include "compiler/frontend/parse.h"

#include "runtime/abi/native.h"
#include "runtime/builtins/anext_awaitable.h"
#include "runtime/deopt/native_program.h"
#include "runtime/gc/gc.h"
#include "runtime/interp/interp.h"
#include "runtime/interp/operations.h"
#include "runtime/object/audit.h"
#include "runtime/object/bytes.h"
#include "runtime/object/cells.h"
#include "runtime/object/class.h"
#include "runtime/object/codecs.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/exceptions.h"
#include "runtime/object/function.h"
#include "runtime/object/int.h"
#include "runtime/object/protocol.h"
#include "runtime/object/state.h"
#include "runtime/object/str.h"
#include "runtime/start/dead_registers.h"
#include "runtime/start/import.h"
#include "runtime/start/interactive.h"
#include "runtime/start/program_import.h"
#include "runtime/start/site_folders.h"
#include "runtime/start/start_classes.h"
#include "stdlib/native/system_calls.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <sys/stat.h>
#include <unistd.h>

namespace krait {

namespace {

/// KRAIT_STRESS=item,item...: "gc:N" collects at every Nth allocation, "gc:N/B" ever more seldom. Items of
/// others (deopt) are theirs to read.
void readStress() {
  const char *text = std::getenv("KRAIT_STRESS");
  for (; text && *text; text = std::strchr(text, ',') ? std::strchr(text, ',') + 1 : nullptr)
    if (std::strncmp(text, "gc:", 3) == 0) {
      char *end;
      auto every = static_cast<unsigned>(std::strtoul(text + 3, &end, 10));
      krt_gc_set_stress(every, *end == '/' ? static_cast<unsigned>(std::strtoul(end + 1, nullptr, 10)) : 0);
    }
}

bool readStream(std::FILE *file, std::string *out) {
  char buffer[1 << 16];
  size_t n;
  while ((n = std::fread(buffer, 1, sizeof buffer, file)) > 0)
    out->append(buffer, n);
  return !std::ferror(file);
}

bool readFile(const std::string &path, std::string *out) {
  std::FILE *file = std::fopen(path.c_str(), "rb");
  if (!file)
    return false;
  bool ok = readStream(file, out);
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

/// As CPython shows the main script: absolute, but not otherwise normalised.
std::string absolutePath(const std::string &path) {
  if (path.starts_with("/"))
    return path;
  char folder[PATH_MAX];
  if (!getcwd(folder, sizeof folder))
    return path;
  return std::string(folder) + "/" + path;
}

/// The loader that __main__ shows, which takes the import system to make: only for a program that asks.
bool setMainLoader_py(Dict *globals, const char *path) {
  if (!startImportSystem())
    return false;
  auto member = [](const char *module, const char *name) {
    return krt_getattr_py(krt_dict_get_str(krt_sys_modules().as<Dict>(), strIntern(module)), strIntern(name));
  };
  Value loader = path ? member("_frozen_importlib_external", "SourceFileLoader")
                      : member("_frozen_importlib", "BuiltinImporter");
  if (loader && path) {
    Value args[] = {strIntern("__main__"), fsDecode(path)};
    loader = krt_call_py(loader, args, 2, nullptr);
  }
  if (loader)
    krt_dict_set_str(globals, strIntern("__loader__"), loader);
  return bool(loader);
}

/// What -c is given must be text: bytes that are none are told as CPython does.
bool isText(const std::string &command) {
  Value text = fsDecode(command.data(), command.size());
  if (text && krt_codec_encode_py(text.as<Str>(), "utf-8", "strict"))
    return true;
  std::fputs("Unable to decode the command from the command line:\n", stderr);
  return false;
}

/// Tells hooks, which site's files may have added, what is about to run; false with an exception pending.
bool auditStart_py(const RunOptions &options) {
  Value what = auditing() ? fsDecode(options.what.data(), options.what.size()) : kNone;
  switch (options.source) {
  case RunOptions::Source::Command:
    TRY_AUDIT("cpython.run_command", krt_str_format("%S\n", what));
    break;
  case RunOptions::Source::Module:
    TRY_AUDIT("cpython.run_module", what);
    break;
  case RunOptions::Source::File:
    TRY_AUDIT("cpython.run_file", what);
    break;
  case RunOptions::Source::Stdin:
    TRY_AUDIT("cpython.run_stdin");
    break;
  case RunOptions::Source::Program:
    break;
  }
  return true;
}

/// Compiles and runs the text of the main program.
int runSource(std::string source, const std::string &filename, const RunOptions &options) {
  Dict *globals = mainDict();
  bool file = options.source == RunOptions::Source::File;
  Str *name = fsDecode(filename.data(), filename.size()).as<Str>();
  if (file) {
    krt_dict_set_str(globals, strIntern("__file__"), name);
    krt_dict_set_str(globals, strIntern("__cached__"), kNone);
  }
  if (options.source == RunOptions::Source::Command && !isText(source))
    return reportPending();
  if (source.find("__loader__") != std::string::npos &&
      !setMainLoader_py(globals, file ? filename.c_str() : nullptr))
    return reportPending();
  // -x: the line stays, empty, so that the numbers of the others do.
  if (options.skipFirstLine && file)
    source.erase(0, std::min(source.find('\n'), source.size()));
  if (!auditStart_py(options))
    return reportPending();
  bool command =
      options.source == RunOptions::Source::Command; // text, whatever a comment says of its encoding
  Code *code = compileSourceText(source, name, {.decoded = command, .fromFile = !command});
  if (!code || !krt_run_code_py(code, globals, globals, nullptr, nullptr))
    return reportPending();
  return 0;
}

/// Runs module [name] as __main__ by way of runpy; [alterArgv]: sys.argv[0] becomes its file (-m).
int runModule(const RunOptions &options, const std::string &name, bool alterArgv) {
  mainDict();
  runSiteLines_py();
  if (!auditStart_py(options))
    return reportPending();
  Value importer = krt_builtin_py(KSTR(__import__));
  Value runpy = importer ? krt_call1_py(importer, strIntern("runpy")) : Value();
  Value run = runpy ? krt_getattr_py(runpy, strIntern("_run_module_as_main")) : Value();
  Value args[] = {strFrom(name), alterArgv ? kTrue : kFalse};
  return run && krt_call_py(run, args, 2, nullptr) ? 0 : reportPending();
}

/// Whether [path] is looked into for a module __main__: a folder, or an archive by the marks of the zip
/// format (local file header in front, or the end of the central directory with an empty comment at the end,
/// which also finds self-extracting ones).
bool isContainer(const std::string &path) {
  struct stat status;
  if (stat(path.c_str(), &status) != 0)
    return false;
  if (S_ISDIR(status.st_mode))
    return true;
  std::FILE *file = S_ISREG(status.st_mode) ? std::fopen(path.c_str(), "rb") : nullptr;
  if (!file)
    return false;
  char mark[4] = {};
  bool found = std::fread(mark, 1, 4, file) == 4 && std::memcmp(mark, "PK\3\4", 4) == 0;
  constexpr long kEndRecord = 22;
  if (!found && std::fseek(file, -kEndRecord, SEEK_END) == 0)
    found = std::fread(mark, 1, 4, file) == 4 && std::memcmp(mark, "PK\5\6", 4) == 0;
  std::fclose(file);
  return found;
}

/// Shows what is pending; false if it ends the process, with [code].
bool showError(int *code) {
  if (krt_error_matches(kSystemExit)) {
    *code = reportPending();
    return false;
  }
  reportUncaught();
  return true;
}

/// sys.__interactivehook__, if the program or site's files have set one: the prompt's own line editor needs
/// no other. As showError.
bool runInteractiveHook_py(int *code) {
  Value hook = krt_sys_get(strIntern("__interactivehook__"));
  if (!hook || isExact(hook, krt_native_function_class))
    return true;
  if ((auditing() && audit_py("cpython.run_interactivehook", {hook}) < 0) || !krt_call0_py(hook)) {
    std::fputs("Failed calling sys.__interactivehook__\n", stderr);
    return showError(code);
  }
  return true;
}

/// The file that PYTHONSTARTUP names, in [globals] of the prompt. What it raises is shown, and the prompt
/// comes all the same, but for SystemExit. As showError.
bool runStartupFile_py(const RunOptions &options, Dict *globals, int *exitCode) {
  const char *path = options.ignoreEnvironment || options.isolated ? nullptr : std::getenv("PYTHONSTARTUP");
  if (!path || !*path)
    return true;
  Value name = fsDecode(path);
  std::string source;
  Code *code = nullptr;
  if (auditing() && audit_py("cpython.run_startup", {name}) < 0)
    return showError(exitCode);
  if (!readFile(path, &source)) {
    std::fputs("Could not open PYTHONSTARTUP\n", stderr);
    krt_raise_errno(errno, name, {});
  } else {
    krt_dict_set_str(globals, strIntern("__file__"), name);
    code = compileSourceText(source, name.as<Str>(), {.fromFile = true});
  }
  bool goesOn = (code && krt_run_code_py(code, globals, globals, nullptr, nullptr)) || showError(exitCode);
  krt_dict_delete_str(globals, strIntern("__file__"));
  return goesOn;
}

int runStdin(const RunOptions &options) {
  if (isatty(0) || options.interactive) {
    Dict *globals = mainDict();
    int code = 0;
    if (!runStartupFile_py(options, globals, &code) || !runInteractiveHook_py(&code))
      return code;
    return auditStart_py(options) ? interactiveLoop(globals, options.quiet) : reportPending();
  }
  std::string source;
  if (!readStream(stdin, &source)) {
    std::fprintf(stderr, "krait: can't read standard input: [Errno %d] %s\n", errno, std::strerror(errno));
    return kExitUncaught;
  }
  return runSource(std::move(source), "<stdin>", options);
}

/// A file of importlib's cache: a header of four words, then the code. Is it one of this front end?
bool isCompiled(const std::string &source) {
  uint16_t stamp = static_cast<uint16_t>(krt__krait_bytecodeStamp());
  char magic[4] = {static_cast<char>(stamp), static_cast<char>(stamp >> 8), '\r', '\n'};
  return source.size() >= 16 && std::memcmp(source.data(), magic, sizeof magic) == 0;
}

int runCompiled(const std::string &file, const RunOptions &options) {
  Dict *globals = mainDict();
  Value importer = krt_builtin_py(KSTR(__import__));
  Value marshal = importer ? krt_call1_py(importer, strIntern("marshal")) : Value();
  Value loads = marshal ? krt_getattr_py(marshal, strIntern("loads")) : Value();
  Value code = loads ? krt_call1_py(loads, krt_bytes_new(file.data() + 16, file.size() - 16)) : Value();
  if (!code || !setMainLoader_py(globals, nullptr))
    return reportPending();
  std::string path = absolutePath(options.what);
  Value external = krt_dict_get_str(krt_sys_modules().as<Dict>(), strIntern("_frozen_importlib_external"));
  Value loader = krt_getattr_py(external, strIntern("SourcelessFileLoader"));
  Value args[] = {strIntern("__main__"), fsDecode(path.c_str())};
  loader = loader ? krt_call_py(loader, args, 2, nullptr) : Value();
  if (!loader)
    return reportPending();
  krt_dict_set_str(globals, strIntern("__loader__"), loader);
  krt_dict_set_str(globals, strIntern("__file__"), args[1]);
  krt_dict_set_str(globals, strIntern("__cached__"), kNone);
  return krt_run_code_py(code.as<Code>(), globals, globals, nullptr, nullptr) ? 0 : reportPending();
}

int runFile(const RunOptions &options) {
  std::string source;
  if (!readFile(options.what, &source)) {
    std::fprintf(stderr, "krait: can't open file '%s': [Errno %d] %s\n", absolutePath(options.what).c_str(),
                 errno, std::strerror(errno));
    return kExitUsage;
  }
  if (isCompiled(source))
    return runCompiled(source, options);
  return runSource(std::move(source), absolutePath(options.what), options);
}

bool inspectWanted() {
  const char *value = std::getenv("PYTHONINSPECT");
  return value && *value;
}

/// Issues what the compile step had to warn of, lines "CATEGORY LINE TEXT"; false with an exception pending.
bool issueWarnings_py(std::string_view lines, Str *filename) {
  while (!lines.empty()) {
    std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(line.size() + 1);
    size_t number = line.find(' ') + 1, text = line.find(' ', number) + 1;
    std::string category(line.substr(0, number - 1));
    ParseWarning warning{
        category.c_str(), std::string(line.substr(text)), std::atoi(line.data() + number), 0, 0, 0};
    if (!issueCompileWarning(warning, filename))
      return false;
  }
  return true;
}

/// The main module of a built binary.
int runProgram(const RunOptions &options) {
  Dict *globals = mainDict();
  krt_dict_set_str(globals, strIntern("__file__"), strFrom(options.what));
  Code *code = options.program->codes[0];
  if (!issueWarnings_py(options.program->modules[0].warnings, strFrom(options.what)))
    return reportPending();
  return krt_run_code_py(code, globals, globals, nullptr, nullptr) ? 0 : reportPending();
}

} // namespace

namespace {

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

} // namespace

int reportPending() {
  if (krt_error_matches(kSystemExit))
    return exitCode(krt_error_take());
  bool interrupted = krt_error_matches(kKeyboardInterrupt);
  reportUncaught();
  return interrupted ? -SIGINT : kExitUncaught;
}

void startRuntime(const RunOptions &options) {
  krt_optimize_level = options.optimize;
  krt_program_stands_by = options.program && options.source != RunOptions::Source::Program;
  krt_gc_start();
  krt_before_explicit_collection = dropDeadRegisters;
  krt_awaitable_hook_py = krt_op_get_awaitable_py;
  readyClasses();
  krt_state_start();
  if (krt_program_stands_by)
    krt_cells_main_named(nullptr); // __main__ is another program
  if (options.program)
    registerNativeCells(*options.program);
  fillBuiltins(options);
  fillSys(options);
  // These two were made before there were cells.
  if (options.program)
    for (const char *name : {"sys", "builtins"})
      if (Value made = krt_dict_get_str(krt_sys_modules().as<Dict>(), strIntern(name));
          made && isExact(made, krt_module_class))
        krt_cells_module_made(made.as<Module>(), strIntern(name));
}

int runMain(const RunOptions &options) {
  int code;
  bool container = options.source == RunOptions::Source::File && isContainer(options.what);
  addSiteFolders(options);
  addMainPath(options, container);
  if (options.program)
    rememberStartPath();
  applyWarnOptions();
  enableFaultHandler(options);
  readStress(); // the start is the same for all programs, and long where every allocation collects
  if (options.program)
    loadNativeProgram(*options.program);
  switch (options.source) {
  case RunOptions::Source::Program:
    code = runProgram(options);
    break;
  case RunOptions::Source::Command:
    code = runSource(options.what + "\n", "<string>", options);
    break;
  case RunOptions::Source::Module:
    code = runModule(options, options.what, true);
    break;
  case RunOptions::Source::Stdin:
    code = runStdin(options);
    break;
  case RunOptions::Source::File:
    code = container ? runModule(options, "__main__", false) : runFile(options);
    break;
  }
  // -i, or PYTHONINSPECT set by the program itself.
  bool inspect = options.inspect || (!options.ignoreEnvironment && !options.isolated && inspectWanted());
  bool prompted = options.source == RunOptions::Source::Stdin && (isatty(0) || options.interactive);
  if (inspect && !prompted && (isatty(0) || options.interactive)) {
    Value main = krt_dict_get_str(krt_sys_modules().as<Dict>(), strIntern("__main__"));
    if (runInteractiveHook_py(&code) && main && isExact(main, krt_module_class))
      code = interactiveLoop(main.as<Module>()->dict, true);
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

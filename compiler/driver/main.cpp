// main.cpp - the `krait` command: run, record, profile here; build is handed to krait-compile, which carries
// LLVM.
#include "compiler/driver/driver.h"

#include "profiler/record/recorder.h"
#include "profiler/tool/profile_tool.h"
#include "runtime/gc/ample_stack.h"
#include "runtime/start/command_line.h"
#include "runtime/start/interactive.h"
#include "runtime/start/start.h"

#include <CLI/CLI.hpp>

#include <climits>
#include <cstdio>
#include <filesystem>
#include <string_view>

#include <editline/readline.h>
#include <sys/auxv.h>
#include <unistd.h>

using namespace krait;

namespace {

constexpr int kExitProfileFailed = 3;

/// Lines of the prompt come through libedit, with history.
char *editLine(const char *prompt) {
  char *line = ::readline(prompt);
  if (line && *line)
    add_history(line);
  return line;
}

int run(int argc, char **argv, const char *name) {
  CommandLine line = readCommandLine(argc, argv, name);
  if (!line.runs())
    return line.exitCode;
  krt_line_editor = editLine;
  startRuntime(line.run);
  return leaveProcess(runMain(line.run));
}

int record(const RunOptions &options, std::string output) {
  if (output.empty())
    output = options.source == RunOptions::Source::File
                 ? std::filesystem::path(options.what).replace_extension(".kprof").string()
                 : "default.kprof";
  std::string error;
  if (!startRecording(output.c_str(), &error)) {
    std::fprintf(stderr, "krait: cannot record: %s\n", error.c_str());
    return kExitProfileFailed;
  }
  int code = recordMain(options);
  if (!finishRecording(&error)) {
    std::fprintf(stderr, "krait: cannot write the profile: %s\n", error.c_str());
    return kExitProfileFailed;
  }
  return code;
}

int command(int argc, char **argv) {
  // The file that was executed tells too: programs may be given any argv[0], and be started through a link of
  // any name.
  auto *executed = reinterpret_cast<const char *>(getauxval(AT_EXECFN));
  char resolved[PATH_MAX] = "";
  if (ssize_t length = readlink("/proc/self/exe", resolved, sizeof resolved - 1); length > 0)
    resolved[length] = 0;
  for (std::string_view self :
       {argc ? argv[0] : "", executed ? executed : "", const_cast<const char *>(resolved)})
    if (namesInterpreter(self))
      return run(argc, argv, argv[0]);
  // Verbs with a command line of their own.
  std::string_view verb = argc > 1 ? argv[1] : "";
  if (verb == "run")
    return run(argc - 1, argv + 1, "krait run");
  if (verb == "record") {
    std::string output;
    CommandLine line = readCommandLine(argc - 1, argv + 1, "krait record [--output FILE]", &output);
    if (!line.runs())
      return line.exitCode;
    startRuntime(line.run);
    return leaveProcess(record(line.run, output));
  }
  if (verb == "profile")
    return profileMain(argc - 1, argv + 1);
  if (verb == "build")
    return buildMain(argc - 1, argv + 1);

  CLI::App app{"Krait: run, record and compile Python 3.11 programs."};
  app.require_subcommand(1);
  app.set_version_flag("--version", std::string("krait ") + kKraitVersion + " (Python 3.11)");
  app.add_subcommand("run", "interpret a program; the command line is python3.11's");
  app.add_subcommand("record", "interpret a program and write its profile");
  app.add_subcommand("build", "compile a program to a native binary");
  app.add_subcommand("profile", "show, merge, compare and check profiles");
  CLI11_PARSE(app, argc, argv);
  return kExitUsage;
}

} // namespace

int main(int argc, char **argv) { return krt_gc_on_ample_stack(command, argc, argv); }

// main.cpp - the `krait` command: run, record, profile here; build is handed to krait-compile, which carries LLVM.
#include "compiler/driver/driver.h"

#include "profiler/record/recorder.h"
#include "profiler/tool/profile_tool.h"
#include "runtime/start/start.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <filesystem>

using namespace krait;

namespace {

constexpr int kExitProfileFailed = 3;

/// What both `run` and `record` take: options, then the program and its own arguments.
struct ProgramArguments {
  RunOptions run;
  std::string command;
  std::string module;
  std::vector<std::string> rest;
  int optimize = 0;

  void declare(CLI::App &verb) {
    verb.add_option("-c", command, "program text");
    verb.add_flag("-O", optimize, "drop assertions; twice: docstrings too");
    verb.add_flag("-u", run.unbuffered, "unbuffered standard streams");
    verb.add_option("program", rest, "FILE and its arguments");
    verb.prefix_command();
    verb.positionals_at_end();
  }

  bool finish(const CLI::App &verb) {
    std::vector<std::string> words = rest;
    for (const std::string &word : verb.remaining())
      words.push_back(word);
    run.optimize = optimize;
    if (!command.empty()) {
      run.source = RunOptions::Source::Command;
      run.what = command;
      run.argv = {"-c"};
    } else if (!words.empty()) {
      run.what = words[0];
      words.erase(words.begin());
      run.argv = {run.what};
    } else {
      std::fprintf(stderr, "krait: no program given; see krait %s --help\n", verb.get_name().c_str());
      return false;
    }
    run.argv.insert(run.argv.end(), words.begin(), words.end());
    return true;
  }
};

int record(const RunOptions &options, std::string output) {
  if (output.empty())
    output = options.source == RunOptions::Source::File ? std::filesystem::path(options.what).replace_extension(".kprof").string()
                                                        : "default.kprof";
  std::string error;
  if (!startRecording((output + ".live").c_str(), &error)) {
    std::fprintf(stderr, "krait: cannot record: %s\n", error.c_str());
    return kExitProfileFailed;
  }
  int code = recordMain(options);
  if (!finishRecording(output.c_str(), &error)) {
    std::fprintf(stderr, "krait: cannot write the profile: %s\n", error.c_str());
    return kExitProfileFailed;
  }
  return code;
}

} // namespace

int main(int argc, char **argv) {
  // Verbs with a command line of their own.
  if (argc > 1 && std::string_view(argv[1]) == "profile")
    return profileMain(argc - 1, argv + 1);
  if (argc > 1 && std::string_view(argv[1]) == "build")
    return buildMain(argc - 1, argv + 1);

  CLI::App app{"Krait: run, record and compile Python 3.11 programs."};
  app.require_subcommand(1);
  app.set_version_flag("--version", std::string("krait ") + kVersion + " (Python 3.11)");
  ProgramArguments run, recorded;
  std::string output;
  CLI::App *runVerb = app.add_subcommand("run", "interpret a program");
  run.declare(*runVerb);
  CLI::App *recordVerb = app.add_subcommand("record", "interpret a program and write its profile");
  recordVerb->add_option("--output", output, "profile to write (default: beside the program)");
  recorded.declare(*recordVerb);
  app.add_subcommand("build", "compile a program to a native binary");
  app.add_subcommand("profile", "show, merge, compare and check profiles");
  CLI11_PARSE(app, argc, argv);

  if (*runVerb) {
    if (!run.finish(*runVerb))
      return kExitUsage;
    startRuntime(run.run);
    return leaveProcess(runMain(run.run));
  }
  if (!recorded.finish(*recordVerb))
    return kExitUsage;
  startRuntime(recorded.run);
  return leaveProcess(record(recorded.run, output));
}

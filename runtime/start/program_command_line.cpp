// program_command_line.cpp - see program_command_line.h.
#include "runtime/start/program_command_line.h"

#include "runtime/start/site_folders.h"

#include <climits>
#include <cstring>
#include <string_view>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <unistd.h>

namespace krait {

namespace {

/// The path by which this process was started.
std::string startPath() {
  auto *path = reinterpret_cast<const char *>(getauxval(AT_EXECFN));
  return path ? path : "";
}

/// Whether the path that [path] is or links to has the mark.
bool isMarked(std::string path) {
  char target[PATH_MAX];
  for (int links = 0; links < 40 && !path.starts_with("//"); ++links) {
    ssize_t size = readlink(path.c_str(), target, sizeof target);
    if (size <= 0)
      return false;
    std::string_view text(target, static_cast<size_t>(size));
    path =
        text.starts_with('/') ? std::string(text) : path.substr(0, path.rfind('/') + 1) + std::string(text);
  }
  return path.starts_with("//");
}

/// Whether [path] lies in a virtual environment that was made by this binary, from a copy of it.
bool isCopyInEnvironment(const std::string &path) {
  std::string maker = environmentMaker(path);
  struct stat made, self;
  return !maker.empty() && stat("/proc/self/exe", &self) == 0 && stat(maker.c_str(), &made) == 0 &&
         made.st_size == self.st_size;
}

bool startedAsInterpreter(int argc) {
  std::string path = startPath();
  return isMarked(path) ||
         (argc > 1 && isCopyInEnvironment(path)); // a plain start of the program looks for no file
}

/// Whether [path] is the file that this process runs.
bool isThisBinary(const char *path) {
  struct stat named, self;
  return stat("/proc/self/exe", &self) == 0 && stat(path, &named) == 0 && named.st_dev == self.st_dev &&
         named.st_ino == self.st_ino;
}

/// Whether the words are `[-options] -c CODE ...`, with CODE that begins with an import.
bool importsByCommand(int argc, char **argv) {
  for (int at = 1; at + 1 < argc && argv[at][0] == '-'; ++at) {
    if (std::strcmp(argv[at], "-c") == 0)
      return std::strncmp(argv[at + 1], "import ", 7) == 0 || std::strncmp(argv[at + 1], "from ", 5) == 0;
    bool takesNext = std::strcmp(argv[at], "-X") == 0 || std::strcmp(argv[at], "-W") == 0;
    at += takesNext;
  }
  return false;
}

/// Whether the program itself has started this process to run a piece of Python code.
bool runsCodeForItself(int argc, char **argv) {
  return importsByCommand(argc, argv) &&
         isThisBinary(("/proc/" + std::to_string(getppid()) + "/exe").c_str());
}

/// `--multiprocessing-fork NAME=NUMBER...`: how multiprocessing starts a worker of a program that calls
/// itself frozen (sys.frozen). Its text is that of a spawned worker elsewhere.
bool frozenWorker(int argc, char **argv, std::string *text) {
  if (argc < 2 || std::strcmp(argv[1], "--multiprocessing-fork") != 0)
    return false;
  *text = "from multiprocessing.spawn import spawn_main; spawn_main(";
  for (int at = 2; at < argc; ++at) {
    if (std::strspn(argv[at], "abcdefghijklmnopqrstuvwxyz_=0123456789None") != std::strlen(argv[at]))
      return false;
    (*text += argv[at]) += ", ";
  }
  *text += ")";
  return argc > 2;
}

/// Whether [word], a script by its place in the command line, means the program: its source file, or the
/// binary as the program was called (a path, or a name found in PATH).
bool isProgram(const NativeProgram &program, const std::string &word) {
  if (word == program.modules[0].file)
    return true;
  if (access(word.c_str(), F_OK) == 0)
    return isThisBinary(word.c_str());
  std::string path = startPath();
  return word == path.substr(path.rfind('/') + 1);
}

void runProgramWith(RunOptions &run, const NativeProgram &program, std::vector<std::string> argv) {
  run.source = RunOptions::Source::Program;
  run.what = program.modules[0].file;
  run.argv = std::move(argv);
}

} // namespace

CommandLine readProgramCommandLine(const NativeProgram &program, int argc, char **argv) {
  CommandLine line;
  std::string worker;
  if (frozenWorker(argc, argv, &worker)) {
    line.run.source = RunOptions::Source::Command;
    line.run.what = worker;
    line.run.argv.assign(argv, argv + argc);
    line.run.argv[0] = "-c";
  } else if (startedAsInterpreter(argc) || runsCodeForItself(argc, argv)) {
    line = readCommandLine(argc, argv, argv[0]);
    if (line.runs() && line.run.source == RunOptions::Source::File && isProgram(program, line.run.what))
      runProgramWith(line.run, program, line.run.argv);
  } else {
    runProgramWith(line.run, program, std::vector<std::string>(argv, argv + argc));
  }
  line.run.program = &program;
  return line;
}

} // namespace krait

// start.h - process entry: what `krait run` and every built binary do around the program.
#pragma once

#include "runtime/abi/native_code.h"
#include "runtime/abi/types.h"

#include <string>
#include <string_view>
#include <vector>

namespace krait {

inline constexpr const char *kKraitVersion = "0.1.0";

/// Exit codes of a process besides those the program asks for: as CPython's.
constexpr int kExitUncaught = 1, kExitUsage = 2, kExitFlushFailed = 120;

struct RunOptions {
  enum class Source { File, Command, Module, Stdin, Program } source = Source::File;
  std::string what;              // path (of a Program too), text of -c, or module name
  std::vector<std::string> argv; // sys.argv
  /// Of a built binary: what it carries. It is run if [source] says so, else its modules can be imported.
  const NativeProgram *program = nullptr;
  int optimize = 0; // -O
  bool isolated = false, ignoreEnvironment = false, noSite = false, noUserSite = false, safePath = false;
  bool unbuffered = false, dontWriteBytecode = false, quiet = false, inspect = false, interactive = false;
  bool skipFirstLine = false;                 // -x
  bool randomHashes = false;                  // -R
  const char *checkHashBasedPycs = "default"; // --check-hash-based-pycs
  int bytesWarning = 0, verbose = 0, debugParser = 0;
  std::vector<std::string> warnOptions, xOptions;
};

/// Does [path] end in a name that a Python interpreter has (kpython, python3...)?
bool namesInterpreter(std::string_view path);

/// Starts collector, classes, builtins and sys for [options]. Once per process, on the main thread.
void startRuntime(const RunOptions &options);
/// Runs the program as __main__, prints what it does not catch, runs exit handlers, flushes. Returns the exit
/// code, or minus the number of the signal that the process is to end by (KeyboardInterrupt: SIGINT).
int runMain(const RunOptions &options);
/// The same with the recording interpreter; the recorder has been started.
int recordMain(const RunOptions &options);

/// -O level of the process.
extern int krt_optimize_level;

/// Ends the process as [code] of runMain says: returns it, or does not return.
int leaveProcess(int code);

struct CompileRequest {
  int mode = 0; // 0 exec, 1 eval, 2 single
  uint32_t futureFlags = 0;
  int optimize = krt_optimize_level;
  bool decoded = false;  // the source was a str: encoding comments are ignored
  bool fromFile = false; // a program's file
  bool topLevelAwait = false, dontImplyDedent = false, allowIncomplete = false;
};
/// Code of [source]; null with SyntaxError (or what the source's encoding raises) pending.
Code *compileSourceText(std::string_view source, Str *filename, const CompileRequest &request);

struct CompileOptions;
struct CompileResult;
struct SyntaxErrorInfo;
struct ParseWarning;
/// The request in the front end's terms.
CompileOptions compileOptions(const CompileRequest &request);
/// Issues the warnings, and gives the code or raises the error.
Code *finishCompile(const CompileResult &result, Str *filename);
/// Makes the front end's error pending as the exception it stands for.
void raiseSyntaxError(const SyntaxErrorInfo &error, Str *filename);
/// Issues a warning of the front end; false if the filters made it an error.
bool issueCompileWarning(const ParseWarning &warning, Str *filename);

} // namespace krait

// command_line.cpp - see command_line.h.
#include "runtime/start/command_line.h"

#include <cstdio>
#include <cstring>
#include <string_view>
#include <unistd.h>

namespace krait {

namespace {

constexpr const char *kHelp = R"(Options, as CPython's:
  -b            warn when bytes are turned into str or compared with it; -bb: raise
  -B            write no .pyc files
  -c CMD        run the text CMD; what follows belongs to it
  -d            accepted, as in CPython's release builds
  -E            ignore the environment variables PYTHON*
  -h            this text (also -?, --help); --help-env, --help-xoptions, --help-all: more
  -i            a prompt after the program; forces one when standard input is no terminal
  -I            isolated: -E, -s and -P
  -m MODULE     run a module as a script; what follows belongs to it
  -O            drop assertions; -OO: docstrings too
  -P            leave the program's folder out of sys.path
  -q            no greeting at the prompt
  -R            random hashes, whatever PYTHONHASHSEED says
  -s            no user site folder in sys.path
  -S            no module site
  -u            unbuffered standard output and error
  -v            say what is imported; may be repeated
  -V            the version (also --version); -VV: more of it
  -W ARG        a warning filter, ACTION:MESSAGE:CATEGORY:MODULE:LINE
  -x            skip the first line of the program
  -X OPT        an option of the implementation (--help-xoptions)
Arguments:
  FILE          a script, a folder or a zip archive with a __main__.py
  -             read the program from standard input (default; a prompt on a terminal)
  ARG...        sys.argv[1:] of the program
)";

constexpr const char *kHelpEnvironment = R"(Environment variables, which -E and -I ignore:
PYTHONBREAKPOINT        what breakpoint() calls; 0: nothing
PYTHONDEBUG             -d
PYTHONDEVMODE           -X dev
PYTHONDONTWRITEBYTECODE -B
PYTHONFAULTHANDLER      -X faulthandler
PYTHONHASHSEED          seed of the hashes of text and bytes: a number, or random
PYTHONHOME              accepted; the library stays where it is
PYTHONINSPECT           -i, also when the program sets it
PYTHONINTMAXSTRDIGITS   -X int_max_str_digits
PYTHONNODEBUGRANGES     -X no_debug_ranges
PYTHONNOUSERSITE        -s
PYTHONOPTIMIZE          -O; a number: as often
PYTHONPATH              folders and archives in front of sys.path, with a colon between them
PYTHONPYCACHEPREFIX     -X pycache_prefix
PYTHONSAFEPATH          -P
PYTHONUNBUFFERED        -u
PYTHONUSERBASE          where the user's site folder is
PYTHONUTF8              1: -X utf8
PYTHONVERBOSE           -v; a number: as often
PYTHONWARNDEFAULTENCODING -X warn_default_encoding
PYTHONWARNINGS          filters as of -W, with commas between them
)";

constexpr const char *kHelpOptions = R"(Options of the implementation:
-X dev                  development mode: more warnings, the fault handler
-X faulthandler         write the Python stack when the process dies of a signal
-X frozen_modules=off   import the modules that importlib could take from the binary from their files
-X int_max_str_digits=N longest number turned into an int or from one; 0: any
-X no_debug_ranges      tracebacks without columns
-X pycache_prefix=PATH  .pyc files go below PATH
-X utf8                 UTF-8 mode, which sys.flags shows
-X warn_default_encoding EncodingWarning where a file is opened without an encoding
Others are accepted and found in sys._xoptions.
)";

/// The state of reading.
class Reader {
public:
  Reader(int argc, char **argv, const char *name, std::string *output)
      : argc_(argc), argv_(argv), name_(name), output_(output) {}

  CommandLine read() {
    while (at_ < argc_ && !done_ && result_.exitCode < 0) {
      std::string_view word = argv_[at_];
      if (word == "--") {
        ++at_;
        break;
      }
      if (word.size() < 2 || word[0] != '-')
        break;
      ++at_;
      word.starts_with("--") ? longOption(word.substr(2)) : cluster(word.substr(1));
    }
    if (result_.runs() && versions_) {
      std::printf("Python 3.11.2%s\n",
                  versions_ > 1 ? (std::string(" (Krait ") + kKraitVersion + ")").c_str() : "");
      result_.exitCode = 0;
    }
    if (result_.runs())
      program();
    return std::move(result_);
  }

private:
  void usage(std::FILE *to) {
    std::fprintf(to, "usage: %s [option] ... [-c cmd | -m mod | file | -] [arg] ...\n", name_);
  }

  void fail() {
    usage(stderr);
    std::fprintf(stderr, "Try `%s -h' for more information.\n", name_);
    result_.exitCode = kExitUsage;
  }

  void help(std::initializer_list<const char *> texts = {kHelp}) {
    usage(stdout);
    for (const char *text : texts)
      std::fputs(text, stdout);
    result_.exitCode = 0;
  }

  /// The argument of a long option; null (and failed) without one.
  const char *next(std::string_view option) {
    if (at_ < argc_)
      return argv_[at_++];
    std::fprintf(stderr, "Argument expected for the --%.*s option\n", static_cast<int>(option.size()),
                 option.data());
    fail();
    return nullptr;
  }

  void longOption(std::string_view option) {
    if (option == "help")
      return help();
    if (option == "help-all")
      return help({kHelp, kHelpEnvironment, kHelpOptions});
    if (option == "help-env")
      return help({kHelpEnvironment});
    if (option == "help-xoptions")
      return help({kHelpOptions});
    if (option == "version") {
      ++versions_;
      return;
    }
    if (option == "check-hash-based-pycs") { // only shown: there are no .pyc files
      const char *mode = next(option);
      if (mode && std::strcmp(mode, "always") && std::strcmp(mode, "default") && std::strcmp(mode, "never")) {
        std::fputs("--check-hash-based-pycs must be one of 'default', 'always', or 'never'\n", stderr);
        fail();
      }
      if (mode)
        result_.run.checkHashBasedPycs = mode;
      return;
    }
    if (output_ && option == "output") {
      if (const char *path = next(option))
        *output_ = path;
      return;
    }
    if (output_ && option.starts_with("output=")) {
      *output_ = option.substr(7);
      return;
    }
    std::fprintf(stderr, "unknown option --%.*s\n", static_cast<int>(option.size()), option.data());
    fail();
  }

  /// Letters behind one dash; c, m, W and X take the rest or the next word as their argument.
  void cluster(std::string_view letters) {
    RunOptions &run = result_.run;
    for (size_t i = 0; i < letters.size() && result_.runs(); ++i) {
      char letter = letters[i];
      if (letter == 'c' || letter == 'm' || letter == 'W' || letter == 'X') {
        std::string argument(letters.substr(i + 1));
        if (argument.empty()) {
          if (at_ >= argc_) {
            std::fprintf(stderr, "Argument expected for the -%c option\n", letter);
            return fail();
          }
          argument = argv_[at_++];
        }
        switch (letter) {
        case 'c':
          program(RunOptions::Source::Command, std::move(argument), "-c");
          break;
        case 'm':
          program(RunOptions::Source::Module, std::move(argument), "-m");
          break;
        case 'W':
          run.warnOptions.push_back(std::move(argument));
          break;
        case 'X':
          run.xOptions.push_back(std::move(argument));
          break;
        }
        return;
      }
      switch (letter) {
      case 'b':
        ++run.bytesWarning;
        break;
      case 'B':
        run.dontWriteBytecode = true;
        break;
      case 'd':
        ++run.debugParser;
        break;
      case 'E':
        run.ignoreEnvironment = true;
        break;
      case 'h':
      case '?':
        help();
        break;
      case 'i':
        run.inspect = run.interactive = true;
        break;
      case 'I':
        run.isolated = run.ignoreEnvironment = run.noUserSite = run.safePath = true;
        break;
      case 'O':
        ++run.optimize;
        break;
      case 'P':
        run.safePath = true;
        break;
      case 'q':
        run.quiet = true;
        break;
      case 'R':
        run.randomHashes = true;
        break;
      case 's':
        run.noUserSite = true;
        break;
      case 'S':
        run.noSite = true;
        break;
      case 't':
        break; // of Python 2
      case 'u':
        run.unbuffered = true;
        break;
      case 'v':
        ++run.verbose;
        break;
      case 'V':
        ++versions_;
        break;
      case 'x':
        run.skipFirstLine = true;
        break;
      default:
        std::fprintf(stderr, "Unknown option: -%c\n", letter);
        fail();
      }
    }
  }

  void program(RunOptions::Source source, std::string what, const char *first) {
    result_.run.source = source;
    result_.run.what = std::move(what);
    result_.run.argv = {first};
    result_.run.argv.insert(result_.run.argv.end(), argv_ + at_, argv_ + argc_);
    done_ = true;
  }

  /// The program is the next word, or standard input.
  void program() {
    if (done_)
      return;
    if (at_ >= argc_)
      return program(RunOptions::Source::Stdin, "", "");
    const char *word = argv_[at_++];
    std::strcmp(word, "-") == 0 ? program(RunOptions::Source::Stdin, "", word)
                                : program(RunOptions::Source::File, word, word);
  }

  int argc_;
  char **argv_;
  const char *name_;
  std::string *output_;
  CommandLine result_;
  int at_ = 1, versions_ = 0;
  bool done_ = false;
};

} // namespace

CommandLine readCommandLine(int argc, char **argv, const char *name, std::string *output) {
  return Reader(argc, argv, name, output).read();
}

} // namespace krait

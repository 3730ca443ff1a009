// krait-compile: the compiler behind `krait build`.
//
//   krait-compile FILE [-o OUT] [--profile=FILE] [--emit=exe|obj|asm|llvm-ir|hir] [--explain[=QUALNAME]]
//   [--times]
//   [-O0..3] [--stress-deopt] [--include=MODULE]...
//
// --include: MODULE, and what is in the package of that name, is compiled as if it were the program's own.
// A profile beside the program (FILE with .kprof, or default.kprof) is picked up by itself. Exit codes: 0
// done, 1 the program has an error, 2 wrong usage, 3 a profile that cannot be read, 4 a file that cannot be
// read or written, 70 a fault of the compiler.
#include "compiler/frontend/compile.h"
#include "compiler/frontend/serialize.h"
#include "compiler/hir/callers.h"
#include "compiler/native/emit.h"
#include "compiler/native/imports.h"
#include "compiler/passes/middle_end.h"
#include "compiler/support/carets.h"
#include "compiler/support/stage_times.h"
#include "profiler/format/counter_reader.h"

#include <llvm/IR/Verifier.h>
#include <llvm/Support/raw_ostream.h>

#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <unistd.h>

using namespace krait;

namespace {

enum Exit {
  kDone = 0,
  kProgramError = 1,
  kUsage = 2,
  kProfileError = 3,
  kFileError = kFileErrorExit,
  kCompilerFault = 70
};

struct Options {
  std::string file, output, profile, emit = "exe", only;
  std::vector<std::string> included;
  bool explain = false;
  bool times = false;
  bool fastPaths = true; // of the runtime, inlined
  int level = 2;
  LoweringOptions lowering;
};

int fail(int code, const std::string &message) {
  std::fprintf(stderr, "krait: %s\n", message.c_str());
  return code;
}

/// As the program would end when it is run.
int failSyntax(const SyntaxErrorInfo &error, const std::string &path) {
  std::string text;
  if (error.hasPosition)
    text = "  File \"" + path + "\", line " + std::to_string(error.line) + "\n";
  if (error.hasText) {
    LineWithCarets lines =
        lineWithCarets(error.text, error.column, error.endLine > error.line ? INT64_MAX : error.endColumn);
    text += lines.text + "\n" + lines.carets + (lines.carets.empty() ? "" : "\n");
  }
  std::fprintf(stderr, "%s%s: %s\n", text.c_str(), parseErrorTypeName(error.type), error.message.c_str());
  return kProgramError;
}

bool takes(const char *argument, const char *name, std::string &out) {
  size_t n = std::strlen(name);
  if (std::strncmp(argument, name, n) != 0)
    return false;
  out = argument + n;
  return true;
}

bool readFile(const std::string &path, std::string &out) {
  std::ifstream in(path, std::ios::binary);
  if (!in)
    return false;
  out.assign(std::istreambuf_iterator<char>(in), {});
  return true;
}

bool exists(const std::string &path) { return access(path.c_str(), R_OK) == 0; }

std::string absolutePath(const std::string &path) {
  char folder[PATH_MAX];
  return path[0] == '/' || !getcwd(folder, sizeof folder) ? path : std::string(folder) + "/" + path;
}

std::string withoutSuffix(const std::string &path) {
  return path.size() > 3 && path.ends_with(".py") ? path.substr(0, path.size() - 3) : path;
}

/// The profile named, or the one beside the program; empty if there is none.
std::string profilePath(const Options &options) {
  if (!options.profile.empty())
    return options.profile;
  std::string own = withoutSuffix(options.file) + ".kprof";
  size_t slash = options.file.rfind('/');
  std::string common =
      (slash == std::string::npos ? "" : options.file.substr(0, slash + 1)) + "default.kprof";
  return exists(own) ? own : exists(common) ? common : "";
}

/// Where the parts of binaries lie: beside this executable.
std::string ownFolder() {
  char self[PATH_MAX];
  ssize_t length = readlink("/proc/self/exe", self, sizeof self);
  std::string path(self, length > 0 ? size_t(length) : 0);
  return path.substr(0, path.rfind('/'));
}

bool parseOptions(int argc, char **argv, Options &options) {
  for (int i = 1; i < argc; ++i) {
    std::string level, value;
    const char *a = argv[i];
    if (!std::strcmp(a, "-o") && i + 1 < argc)
      options.output = argv[++i];
    else if (!std::strcmp(a, "--profile") && i + 1 < argc)
      options.profile = argv[++i];
    else if (takes(a, "--profile=", options.profile) || takes(a, "--emit=", options.emit))
      continue;
    else if (!std::strcmp(a, "--explain"))
      options.explain = true;
    else if (takes(a, "--explain=", options.only))
      options.explain = true;
    else if (!std::strcmp(a, "--times"))
      options.times = true;
    else if (!std::strcmp(a, "--stress-deopt"))
      options.lowering.stressDeopt = true;
    else if (!std::strcmp(a, "--no-fast-paths"))
      options.fastPaths = false;
    else if (takes(a, "-O", level))
      options.level = std::atoi(level.c_str());
    else if (takes(a, "--include=", value))
      options.included.push_back(value);
    else if (a[0] == '-' || !options.file.empty())
      return false;
    else
      options.file = a;
  }
  for (const char *kind : {"exe", "obj", "asm", "llvm-ir", "hir"})
    if (options.emit == kind)
      return !options.file.empty();
  return false;
}

/// Calls recorded of a library module, and of one of its functions, from which on it is compiled.
constexpr uint64_t kHotModule = 2000, kHotFunction = 200;

bool isHot(const ImportedModule &module, const Profile *profile) {
  uint64_t calls = 0;
  if (profile)
    if (auto found = profile->modules.find(module.name); found != profile->modules.end())
      for (auto &[key, function] : found->second.functions)
        calls += function.entries;
  return calls >= kHotModule;
}

/// The modules of a program besides the main one: those with numbered code objects first.
struct Imports {
  std::vector<ImportedModule> compiled, bytecode;
  std::set<std::string> library; // of the compiled ones
};

Imports sortImports(std::vector<ImportedModule> modules, const Profile *profile) {
  Imports out;
  for (ImportedModule &module : modules) {
    bool native = module.own || isHot(module, profile);
    if (native && !module.own)
      out.library.insert(module.name);
    (native ? out.compiled : out.bytecode).push_back(std::move(module));
  }
  return out;
}

/// What needs a frame because the library, compiled or not, looks past it.
std::set<const CodeUnit *> codeWithFrames(const CodeUnit &main, const Imports &imports) {
  std::map<std::string, hir::LibraryPackage> packages;
  std::vector<const CodeUnit *> own = {&main};
  for (const std::vector<ImportedModule> *modules : {&imports.compiled, &imports.bytecode})
    for (const ImportedModule &m : *modules) {
      if (m.own) {
        own.push_back(m.code.get());
        continue;
      }
      hir::LibraryPackage &package = packages[m.name.substr(0, m.name.find('.'))];
      package.modules.insert(m.name.substr(m.name.rfind('.') + 1)); // all of it if there is no dot
      package.roots.push_back(m.code.get());
    }
  std::vector<hir::LibraryPackage> all;
  for (auto &[name, package] : packages)
    all.push_back(std::move(package));
  return hir::passedByLooks(all, own);
}

/// A function is cold if everything in it ran so many times less often than what ran most, and less often
/// than [kSeldom].
constexpr uint64_t kColdFactor = 1000, kSeldom = 200;

/// The code objects that hardly ever ran, or never, when the program was recorded; none if the record tells
/// of little work.
std::set<const CodeUnit *> coldCode(const Program &program) {
  std::map<const CodeUnit *, uint64_t> most;
  uint64_t hottest = 0;
  for (auto &code : program.codes()) {
    uint64_t &own = most[code->unit];
    if (code->profile) {
      own = code->profile->entries;
      forEachFacts(*code->profile, [&](const Facts &facts) { own = std::max(own, facts.count); });
    }
    hottest = std::max(hottest, own);
  }
  std::set<const CodeUnit *> out;
  for (auto &[unit, count] : most)
    if (count < kSeldom && count < hottest / kColdFactor)
      out.insert(unit);
  return out;
}

/// Middle end and lowering of everything that can be compiled; tells why the rest stays interpreted if asked
/// to.
void compileAll(const Options &options, Program &program, MiddleEnd &middle, const Imports &imports,
                StageTimes &times) {
  for (auto &code : program.codes()) {
    if (imports.library.count(code->module) && (!code->profile || code->profile->entries < kHotFunction))
      continue;
    bool told = options.explain && (options.only.empty() || options.only == code->unit->qualname);
    if (told)
      std::fputs(explain(*code, middle.decisionsFor(*code)).c_str(), stdout);
    double begin = StageTimes::now();
    hir::Function *whole = middle.compile(*code);
    for (uint32_t header : middle.hotLoops(*code))
      middle.compileLoop(*code, header, whole);
    times.addPart("function " + code->name, StageTimes::now() - begin);
  }
  middle.makeTypedEntries();
  for (const Declined &d : middle.declined())
    if (options.explain && (options.only.empty() || options.only == d.code->unit->qualname))
      std::printf("%s stays interpreted: %s\n", d.code->name.c_str(), buildReasonText(d.reason));
}

void lowerAll(const Options &options, MiddleEnd &middle, Lowering &lowering) {
  std::vector<hir::Function *> functions;
  std::map<uint32_t, std::string> typed; // code whose typed entry cannot be had: nor can the generic one
  for (auto &f : middle.module().functions)
    if (std::string reason = f->typed ? Lowering::declines(*f) : ""; !reason.empty())
      typed[f->code] = reason;
  for (auto &f : middle.module().functions) {
    std::string reason = Lowering::declines(*f);
    if (f->typed && !reason.empty())
      continue;
    if (auto found = typed.find(f->code);
        reason.empty() && f->kind == hir::FunctionKind::normal && found != typed.end())
      reason = found->second;
    if (reason.empty())
      functions.push_back(f.get());
    else if (options.explain)
      std::printf("%s stays interpreted: %s\n", f->name.c_str(), reason.c_str());
  }
  for (hir::Function *f : functions)
    lowering.declare(*f);
  for (hir::Function *f : functions)
    lowering.lower(*f);
}

std::string outputPath(const Options &options, const char *suffix) {
  std::string stem = withoutSuffix(options.file);
  return options.output.empty() ? stem.substr(stem.rfind('/') + 1) + suffix : options.output;
}

/// The executable, through object files beside it.
int writeProgram(const Options &options, llvm::Module &module, const std::string &fastPaths,
                 const std::vector<std::string> &natives, StageTimes &times) {
  std::string error, out = outputPath(options, "");
  std::vector<std::string> objects;
  bool done = writeObjects(module, options.level, fastPaths, out + ".krait", &objects, &error);
  times.end("LLVM");
  if (done && !(done = linkProgram(objects, ownFolder(), out, natives, &error)))
    error = "linking failed\n" + error;
  for (const std::string &object : objects)
    unlink(object.c_str());
  times.end("link");
  return done ? kDone : fail(kFileError, error);
}

/// One module as text or machine code, optimised.
int writeModule(const Options &options, llvm::Module &module, const std::string &fastPaths) {
  std::string error;
  if (!fastPaths.empty() && options.level > 0 && !linkFastPaths(module, fastPaths, &error))
    return fail(kFileError, error);
  optimize(module, options.level);
  if (options.emit == "llvm-ir") {
    std::error_code code;
    llvm::raw_fd_ostream out(options.output.empty() ? "-" : options.output, code);
    if (code)
      return fail(kFileError, "cannot write " + options.output + ": " + code.message());
    module.print(out, nullptr);
    return finishOutput(out, options.output, &error) ? kDone : fail(kFileError, error);
  }
  bool object = options.emit == "obj";
  return writeMachineCode(module, outputPath(options, object ? ".o" : ".s"),
                          object ? EmitKind::Object : EmitKind::Assembly, options.level, &error)
             ? kDone
             : fail(kFileError, error);
}

int writeText(const Options &options, const std::string &text) {
  if (options.output.empty())
    return std::fputs(text.c_str(), stdout) < 0 || std::fflush(stdout)
               ? fail(kFileError, std::string("cannot write: ") + std::strerror(errno))
               : kDone;
  std::ofstream out(options.output, std::ios::binary);
  out << text;
  return out.flush() ? kDone
                     : fail(kFileError, "cannot write " + options.output + ": " + std::strerror(errno));
}

/// As NativeModule holds them.
std::string warningLines(const std::vector<ParseWarning> &warnings) {
  std::string out;
  for (const ParseWarning &warning : warnings)
    out += std::string(warning.category) + " " + std::to_string(warning.line) + " " + warning.message + "\n";
  return out;
}

/// The time of each pass becomes a part of [times].
hir::PipelineOptions timedPasses(StageTimes &times) {
  hir::PipelineOptions out;
  out.observe = [&times, begin = 0.0](const hir::PassInfo &pass, const hir::Function &, bool after) mutable {
    if (after)
      times.addPart(std::string("pass ") + pass.name, StageTimes::now() - begin);
    begin = StageTimes::now();
  };
  return out;
}

int compileProgram(const Options &options, StageTimes &times) {
  std::string source;
  if (!readFile(options.file, source))
    return fail(kFileError, "cannot read " + options.file);
  std::string path = absolutePath(options.file);
  CompileResult unit = compileSource(source, path, {});
  if (!unit)
    return failSyntax(unit.error, path);
  Profile profile;
  ProfileError profileError;
  std::string profileFile = profilePath(options);
  if (!profileFile.empty() && !loadProfile(profileFile.c_str(), profile, profileError))
    return fail(kProfileError, "cannot use the profile " + profileFile + ": " + profileError.message);

  const Profile *known = profileFile.empty() ? nullptr : &profile;
  std::string folder = path.substr(0, path.rfind('/'));
  Imports imports = sortImports(findImports(*unit.code, folder, known, options.included), known);
  Program program;
  program.addModule("__main__", *unit.code, known);
  std::vector<EmittedModule> modules = {
      {"__main__", path, serializeCode(*unit.code), false, warningLines(unit.warnings)}};
  for (const ImportedModule &m : imports.compiled) {
    program.addModule(m.name, *m.code, known, !m.own);
    modules.push_back({m.name, m.file, serializeCode(*m.code), m.package});
  }
  uint32_t numbered = uint32_t(modules.size());
  for (const ImportedModule &m : imports.bytecode)
    modules.push_back({m.name, m.file, serializeCode(*m.code), m.package});
  program.showFrames(codeWithFrames(*unit.code, imports));
  times.end("front end");
  MiddleEnd middle(program, "__main__", options.times ? timedPasses(times) : hir::PipelineOptions());
  compileAll(options, program, middle, imports, times);
  times.end("HIR");
  if (options.emit == "hir")
    return writeText(options, print(middle.module()));
  std::map<const CodeUnit *, uint32_t> numbers;
  std::map<std::string, const CodeUnit *> names;
  for (auto &code : program.codes()) {
    uint32_t number = uint32_t(numbers.size());
    numbers[code->unit] = number;
    names[code->name] = code->unit;
  }
  llvm::LLVMContext context;
  llvm::Module module("krait", context);
  std::string error;
  if (!setTarget(module, &error))
    return fail(kCompilerFault, error);
  LoweringOptions loweringOptions = options.lowering;
  loweringOptions.showVariables = program.looksAtFrames();
  loweringOptions.leaveWhenTraced = program.traces();
  loweringOptions.shown = program.shown();
  loweringOptions.quick = options.level <= 0;
  loweringOptions.cold = coldCode(program);
  Lowering lowering(module, middle.module(), numbers, names, loweringOptions);
  lowerAll(options, middle, lowering);
  emitProgram(lowering, modules, numbered, uint32_t(numbers.size()));
  if (llvm::verifyModule(module, &llvm::errs()))
    return fail(kCompilerFault, "lowering gave malformed LLVM IR");
  times.end("lowering");
  std::string fastPaths = options.fastPaths ? ownFolder() + "/fast_paths.bc" : "";
  if (options.emit != "exe")
    return writeModule(options, module, fastPaths);
  return writeProgram(options, module, fastPaths,
                      findOptionalModules(*unit.code, folder, known, options.included), times);
}

} // namespace

constexpr const char *kUsageText =
    "usage: krait build FILE [-o OUT] [--profile FILE] "
    "[--emit=exe|obj|asm|llvm-ir|hir] [--explain[=QUALNAME]] [--times] "
    "[-O0|-O1|-O2|-O3] [--no-fast-paths] [--stress-deopt] [--include=MODULE]...\n";

int main(int argc, char **argv) {
  if (argc == 2 && !std::strcmp(argv[1], "--help"))
    return std::fputs(kUsageText, stdout) < 0;
  Options options;
  if (!parseOptions(argc, argv, options)) {
    std::fputs(kUsageText, stderr);
    return kUsage;
  }
  StageTimes times;
  int code = compileProgram(options, times);
  if (options.times)
    times.print(stderr);
  return code;
}

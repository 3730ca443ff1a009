// start_sys.cpp - the values of module sys, the end of a process, errors nobody caught.
#include "runtime/abi/native.h"
#include "runtime/builtins/traceback_print.h"
#include "runtime/gc/gc.h"
#include "runtime/interp/global_lock.h"
#include "runtime/object/bytes.h"
#include "runtime/object/cells.h"
#include "runtime/object/code.h"
#include "runtime/object/codecs.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/function.h"
#include "runtime/object/int.h"
#include "runtime/object/mapping_proxy.h"
#include "runtime/object/protocol.h"
#include "runtime/object/state.h"
#include "runtime/object/str.h"
#include "runtime/object/structseq.h"
#include "runtime/object/system_text.h"
#include "runtime/start/finish_objects.h"
#include "runtime/start/import.h"
#include "runtime/start/native_modules.h"
#include "runtime/start/start_classes.h"
#include "runtime/start/sys_functions.h"
#include "runtime/start/system_text_start.h"
#include "stdlib/native/_io.h"
#include "stdlib/native/_signal.h"
#include "stdlib/native/_warnings.h"
#include "stdlib/native/atexit.h"
#include "stdlib/native/system_calls.h"

#include <algorithm>
#include <cfloat>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <unistd.h>

namespace krait {

namespace {

constexpr const char *kVersion = "3.11.2";
constexpr int64_t kHexVersion = 0x030b02f0;
constexpr const char *kStdlib = "/usr/lib/python3.11";

List *strings(const std::vector<std::string> &items) {
  List *list = krt_list_new(items.size());
  for (const std::string &item : items)
    krt_list_append(list, fsDecode(item.data(), item.size()));
  return list;
}

void set(const char *name, Value value) { krt_sys_set(strIntern(name), value); }
void set(const char *name, const char *text) { krt_sys_set(strIntern(name), strFrom(text)); }

/// Text for people, to sys.stderr; past it when there is none or it fails.
void writeStderr(Str *text) {
  Value stream = krt_sys_get(KSTR(stderr)), argument = text;
  if (stream == kNone)
    return;
  if (stream && krt_call_method_py(stream, KSTR(write), &argument, 1))
    return;
  krt_error_clear();
  std::string_view view = strView(text);
  std::fwrite(view.data(), 1, view.size(), stderr);
}
void writeStderr(std::string_view text) { writeStderr(strFrom(text)); }

// ---- Struct sequences -------------------------------------------------------------------------------

Class versionInfoClass, flagsClass, floatInfoClass, intInfoClass, hashInfoClass, threadInfoClass;

Value versionInfo() {
  static const StructSeqField fields[] = {
      {"major", "Major release number"},   {"minor", "Minor release number"},
      {"micro", "Patch release number"},   {"releaselevel", "'alpha', 'beta', 'candidate', or 'final'"},
      {"serial", "Serial release number"}, {}};
  static const StructSeqDesc desc = {
      "sys.version_info", "sys.version_info\n\nVersion information as a named tuple.", fields, 5, true};
  krt_structseq_ready(&versionInfoClass, &desc);
  Value values[] = {smallInt(3), smallInt(11), smallInt(2), strIntern("final"), smallInt(0)};
  return krt_structseq_from(&versionInfoClass, values, 5);
}

bool environmentSet(const RunOptions &options, const char *name) {
  const char *value = options.ignoreEnvironment || options.isolated ? nullptr : std::getenv(name);
  return value && *value;
}

/// The value of -X name[=value]; null if it was not given, "" without a value.
const char *xOption(const RunOptions &options, std::string_view name) {
  for (const std::string &option : options.xOptions)
    if (std::string_view(option).substr(0, option.find('=')) == name)
      return option.find('=') == std::string::npos ? "" : option.c_str() + option.find('=') + 1;
  return nullptr;
}

/// What -X [option] or else the environment variable [name] says; null if neither is given.
const char *given(const RunOptions &options, std::string_view option, const char *name) {
  const char *text = xOption(options, option);
  return text || !environmentSet(options, name) ? text : std::getenv(name);
}

/// The limit given by -X int_max_str_digits or the environment; -1 if none was. A wrong one ends the process.
int64_t intMaxStrDigits(const RunOptions &options) {
  const char *text = given(options, "int_max_str_digits", "PYTHONINTMAXSTRDIGITS");
  if (!text)
    return -1;
  char *end;
  int64_t limit = std::strtoll(text, &end, 10);
  if (*text && !*end && (limit == 0 || (limit >= 640 && limit <= INT32_MAX)))
    return limit;
  std::fprintf(
      stderr,
      "Fatal Python error: config_init_int_max_str_digits: %s: invalid limit; must be >= 640 or 0 for "
      "unlimited.\nPython runtime state: preinitialized\n",
      xOption(options, "int_max_str_digits") ? "-X int_max_str_digits" : "PYTHONINTMAXSTRDIGITS");
  std::exit(kExitUncaught);
}

bool isDevMode(const RunOptions &options) {
  return xOption(options, "dev") || environmentSet(options, "PYTHONDEVMODE");
}

/// sys.pycache_prefix
Value pycachePrefix(const RunOptions &options) {
  const char *path = given(options, "pycache_prefix", "PYTHONPYCACHEPREFIX");
  return path && *path ? fsDecode(path) : kNone;
}

Value flags(const RunOptions &options) {
  static const StructSeqField fields[] = {{"debug", "-d"},
                                          {"inspect", "-i"},
                                          {"interactive", "-i"},
                                          {"optimize", "-O or -OO"},
                                          {"dont_write_bytecode", "-B"},
                                          {"no_user_site", "-s"},
                                          {"no_site", "-S"},
                                          {"ignore_environment", "-E"},
                                          {"verbose", "-v"},
                                          {"bytes_warning", "-b"},
                                          {"quiet", "-q"},
                                          {"hash_randomization", "-R"},
                                          {"isolated", "-I"},
                                          {"dev_mode", "-X dev"},
                                          {"utf8_mode", "-X utf8"},
                                          {"warn_default_encoding", "-X warn_default_encoding"},
                                          {"safe_path", "-P"},
                                          {"int_max_str_digits", "-X int_max_str_digits"},
                                          {}};
  static const StructSeqDesc desc = {
      "sys.flags", "sys.flags\n\nFlags provided through command line arguments or environment vars.", fields,
      18, true};
  krt_structseq_ready(&flagsClass, &desc);
  auto number = [](int64_t n) { return smallInt(n); };
  const char *seed = environmentSet(options, "PYTHONHASHSEED") ? std::getenv("PYTHONHASHSEED") : "random";
  int64_t limit = intMaxStrDigits(options);
  if (limit >= 0)
    krt_int_max_str_digits = limit;
  Value values[] = {
      number(options.debugParser),
      number(options.inspect),
      number(options.interactive),
      number(options.optimize),
      number(options.dontWriteBytecode),
      number(options.noUserSite || options.isolated),
      number(options.noSite),
      number(options.ignoreEnvironment || options.isolated),
      number(options.verbose),
      number(options.bytesWarning),
      number(options.quiet),
      number(options.randomHashes || std::string_view(seed) != "0"),
      number(options.isolated),
      boolean(isDevMode(options)),
      number(krt_system_text.utf8Mode),
      number(xOption(options, "warn_default_encoding") ||
             environmentSet(options, "PYTHONWARNDEFAULTENCODING")),
      boolean(options.safePath || options.isolated || environmentSet(options, "PYTHONSAFEPATH")),
      number(limit)};
  return krt_structseq_from(&flagsClass, values, 18);
}

Value floatInfo() {
  static const StructSeqField fields[] = {
      {"max", "DBL_MAX -- maximum representable finite float"},
      {"max_exp", "DBL_MAX_EXP -- maximum int e such that radix**(e-1) is representable"},
      {"max_10_exp", "DBL_MAX_10_EXP -- maximum int e such that 10**e is representable"},
      {"min", "DBL_MIN -- Minimum positive normalized float"},
      {"min_exp", "DBL_MIN_EXP -- minimum int e such that radix**(e-1) is a normalized float"},
      {"min_10_exp", "DBL_MIN_10_EXP -- minimum int e such that 10**e is a normalized float"},
      {"dig", "DBL_DIG -- maximum number of decimal digits that can be faithfully represented in a float"},
      {"mant_dig", "DBL_MANT_DIG -- mantissa digits"},
      {"epsilon", "DBL_EPSILON -- Difference between 1 and the next representable float"},
      {"radix", "FLT_RADIX -- radix of exponent"},
      {"rounds", "FLT_ROUNDS -- rounding mode used for arithmetic operations"},
      {}};
  static const StructSeqDesc desc = {
      "sys.float_info", "sys.float_info\n\nWhat is known of the machine's floating point numbers.", fields,
      11};
  krt_structseq_ready(&floatInfoClass, &desc);
  Value values[] = {floatBox(DBL_MAX),
                    smallInt(DBL_MAX_EXP),
                    smallInt(DBL_MAX_10_EXP),
                    floatBox(DBL_MIN),
                    smallInt(DBL_MIN_EXP),
                    smallInt(DBL_MIN_10_EXP),
                    smallInt(DBL_DIG),
                    smallInt(DBL_MANT_DIG),
                    floatBox(DBL_EPSILON),
                    smallInt(FLT_RADIX),
                    smallInt(1)};
  return krt_structseq_from(&floatInfoClass, values, 11);
}

Value intInfo() {
  static const StructSeqField fields[] = {
      {"bits_per_digit", "size of a digit in bits"},
      {"sizeof_digit", "size in bytes of the C type used to represent a digit"},
      {"default_max_str_digits", "maximum string conversion digits limitation"},
      {"str_digits_check_threshold", "minimum positive value for int_max_str_digits"},
      {}};
  static const StructSeqDesc desc = {
      "sys.int_info", "sys.int_info\n\nWhat is known of the representation of integers.", fields, 4};
  krt_structseq_ready(&intInfoClass, &desc);
  Value values[] = {smallInt(30), smallInt(4), smallInt(4300), smallInt(640)};
  return krt_structseq_from(&intInfoClass, values, 4);
}

Value hashInfo() {
  static const StructSeqField fields[] = {
      {"width", "width of the type used for hashing, in bits"},
      {"modulus", "prime number giving the modulus on which the hash function is based"},
      {"inf", "value to be used for hash of a positive infinity"},
      {"nan", "value to be used for hash of a nan"},
      {"imag", "multiplier used for the imaginary part of a complex number"},
      {"algorithm", "name of the algorithm for hashing of str, bytes and memoryviews"},
      {"hash_bits", "internal output size of hash algorithm"},
      {"seed_bits", "seed size of hash algorithm"},
      {"cutoff", "small string optimization cutoff"},
      {}};
  static const StructSeqDesc desc = {
      "sys.hash_info", "hash_info\n\nParameters of the hashing of numbers and text.", fields, 9};
  krt_structseq_ready(&hashInfoClass, &desc);
  Value values[] = {smallInt(64),      smallInt((int64_t{1} << 61) - 1), smallInt(314159), smallInt(0),
                    smallInt(1000003), strIntern("siphash13"),           smallInt(64),     smallInt(128),
                    smallInt(0)};
  return krt_structseq_from(&hashInfoClass, values, 9);
}

Value threadInfo() {
  static const StructSeqField fields[] = {{"name", "name of the thread implementation"},
                                          {"lock", "name of the lock implementation"},
                                          {"version", "name and version of the thread library"},
                                          {}};
  static const StructSeqDesc desc = {
      "sys.thread_info", "sys.thread_info\n\nWhat is known of the thread implementation.", fields, 3};
  krt_structseq_ready(&threadInfoClass, &desc);
  char version[64] = "";
  confstr(_CS_GNU_LIBPTHREAD_VERSION, version, sizeof version);
  Value values[] = {strIntern("pthread"), strIntern("semaphore"), strFrom(version)};
  return krt_structseq_from(&threadInfoClass, values, 3);
}

Value implementation(Value version) {
  static const char *const names[] = {"name", "cache_tag", "version", "hexversion", "_multiarch"};
#ifdef __aarch64__
  const char *multiarch = "aarch64-linux-gnu";
#else
  const char *multiarch = "x86_64-linux-gnu";
#endif
  Value values[] = {strIntern("krait"), strIntern("krait-311"), version, smallInt(kHexVersion),
                    strIntern(multiarch)};
  Tuple *keywords = krt_tuple_new(5);
  for (int i = 0; i < 5; ++i)
    keywords->items[i] = strIntern(names[i]);
  return krt_call_py(&krt_namespace_class, values, 0, keywords);
}

// ---- Names and paths --------------------------------------------------------------------------------

Value builtinModuleNames() {
  List *names = krt_list_new(64);
  eachNativeModule(
      [](const char *name, void *data) { krt_list_append(static_cast<List *>(data), strIntern(name)); },
      names);
  krt_list_sort_py(names, kNone, false);
  return krt_tuple_from(names->items, names->length);
}

Value stdlibModuleNames() {
  static const char *const names[] = {
#include "stdlib_names.inc"
  };
  Set *set = krt_set_new(&krt_frozenset_class);
  for (const char *name : names)
    krt_set_add_py(set, strIntern(name));
  return set;
}

Value searchPath(const RunOptions &options) {
  List *path = krt_list_new(8);
  if (environmentSet(options, "PYTHONPATH")) {
    std::string_view rest = std::getenv("PYTHONPATH");
    for (;;) {
      size_t colon = rest.find(':');
      krt_list_append(path, strFrom(rest.substr(0, colon)));
      if (colon == std::string_view::npos)
        break;
      rest.remove_prefix(colon + 1);
    }
  }
  krt_list_append(path, strFrom("/usr/lib/python311.zip"));
  krt_list_append(path, strFrom(kStdlib));
  krt_list_append(path, strFrom("/usr/lib/python3.11/lib-dynload"));
  return path;
}

/// Path of the running executable.
std::string selfPath() {
  char path[PATH_MAX];
  ssize_t length = readlink("/proc/self/exe", path, sizeof path);
  return length > 0 ? std::string(path, static_cast<size_t>(length)) : "/";
}

/// The path that this process was started by as an interpreter (a link of a virtual environment, say),
/// absolute, its links not followed; empty if it was not, or by another name than an interpreter's.
std::string startedAs() {
  auto *path = reinterpret_cast<const char *>(getauxval(AT_EXECFN));
  char resolved[PATH_MAX], folder[PATH_MAX];
  struct stat own, other;
  if (!path || !realpath(path, resolved) || ::stat("/proc/self/exe", &own) || ::stat(path, &other) ||
      own.st_ino != other.st_ino || own.st_dev != other.st_dev)
    return {};
  if (!namesInterpreter(path) && !namesInterpreter(resolved))
    return {};
  if (*path != '/' && !getcwd(folder, sizeof folder))
    return resolved;
  return (std::filesystem::path(*path == '/' ? "/" : folder) / path).lexically_normal();
}

/// sys.executable; [built]: of a built binary, which is itself, marked by a slash (program_command_line.h).
Value executable(bool built) {
  std::string self = selfPath();
  if (built)
    return strFrom("/" + self);
  if (std::string path = startedAs(); !path.empty())
    return fsDecode(path.data(), path.size());
  // The tool's second name takes a Python interpreter's command line, which is what programs give to
  // sys.executable.
  std::string python = self.substr(0, self.rfind('/') + 1) + "kpython";
  struct stat own, other;
  bool same = !::stat(self.c_str(), &own) && !::stat(python.c_str(), &other) && own.st_ino == other.st_ino &&
              own.st_dev == other.st_dev;
  return strFrom(same ? python : self);
}

/// The command line as the system has it.
List *originalArgv() {
  List *list = krt_list_new(4);
  std::FILE *file = std::fopen("/proc/self/cmdline", "rb");
  std::string item;
  for (int c; file && (c = std::fgetc(file)) != EOF;) {
    if (c) {
      item.push_back(static_cast<char>(c));
      continue;
    }
    krt_list_append(list, strFrom(item));
    item.clear();
  }
  if (file)
    std::fclose(file);
  return list;
}

Dict *xOptionsDict(const RunOptions &options) {
  Dict *dict = krt_dict_new();
  for (const std::string &option : options.xOptions) {
    size_t equal = option.find('=');
    krt_dict_set_str(dict, strFrom(option.substr(0, equal)),
                     equal == std::string::npos ? kTrue : Value(strFrom(option.substr(equal + 1))));
  }
  return dict;
}

List *warnOptions(const RunOptions &options) {
  List *list = krt_list_new(4);
  if (isDevMode(options))
    krt_list_append(list, strFrom("default"));
  if (environmentSet(options, "PYTHONWARNINGS")) {
    std::string_view rest = std::getenv("PYTHONWARNINGS");
    for (size_t comma = 0; comma != std::string_view::npos;
         rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1)) {
      comma = rest.find(',');
      krt_list_append(list, strFrom(rest.substr(0, comma)));
    }
  }
  for (const std::string &option : options.warnOptions)
    krt_list_append(list, strFrom(option));
  krt_bytes_warning = options.bytesWarning;
  krt_codec_checks = xOption(options, "dev") || environmentSet(options, "PYTHONDEVMODE");
  if (options.bytesWarning)
    krt_list_append(list,
                    strFrom(options.bytesWarning > 1 ? "error::BytesWarning" : "default::BytesWarning"));
  return list;
}

void fillConstants() {
  Value version = versionInfo();
  set("version_info", version);
  set("version", krt_str_format("%s (main, Jan  1 2025, 00:00:00) [Krait 0.1.0 with Clang %d]", kVersion,
                                __clang_major__));
  set("hexversion", smallInt(kHexVersion));
  set("api_version", smallInt(1013));
  set("implementation", implementation(version));
  set("copyright", "Copyright (c) 2001-2023 Python Software Foundation for the language and its "
                   "library.\nAll Rights Reserved.");
  Value git[3] = {strIntern("Krait"), strIntern(""), strIntern("")};
  set("_git", krt_tuple_from(git, 3));
  set("float_info", floatInfo());
  set("int_info", intInfo());
  set("hash_info", hashInfo());
  set("thread_info", threadInfo());
  set("float_repr_style", "short");
  set("maxsize", krt_int_from_i64(INT64_MAX));
  set("maxunicode", smallInt(0x10ffff));
  set("byteorder", "little");
  set("platform", "linux");
  set("platlibdir", "lib");
  set("abiflags", "");
  set("_framework", "");
  set("_home", kNone);
  set("_stdlib_dir", kStdlib);
  for (const char *name : {"prefix", "base_prefix", "exec_prefix", "base_exec_prefix"})
    set(name, "/usr");
  set("builtin_module_names", builtinModuleNames());
  set("stdlib_module_names", stdlibModuleNames());
}

} // namespace

bool namesInterpreter(std::string_view path) {
  path.remove_prefix(path.rfind('/') + 1);
  return path == "kpython" || path.starts_with("python");
}

/// The options with what environment variables add to them.
static RunOptions withEnvironment(RunOptions options) {
  auto level = [&](const char *name) { // a number, or any text for 1
    return environmentSet(options, name) ? std::max(1, std::atoi(std::getenv(name))) : 0;
  };
  options.dontWriteBytecode |= environmentSet(options, "PYTHONDONTWRITEBYTECODE");
  options.unbuffered |= environmentSet(options, "PYTHONUNBUFFERED");
  options.noUserSite |= environmentSet(options, "PYTHONNOUSERSITE");
  options.verbose = std::max(options.verbose, level("PYTHONVERBOSE"));
  options.debugParser = std::max(options.debugParser, level("PYTHONDEBUG"));
  options.inspect |= environmentSet(options, "PYTHONINSPECT");
  options.safePath |= environmentSet(options, "PYTHONSAFEPATH");
  options.optimize = std::max(options.optimize, level("PYTHONOPTIMIZE"));
  krt_optimize_level = options.optimize;
  return options;
}

void fillSys(const RunOptions &given) {
  RunOptions options = withEnvironment(given);
  startSystemText(options);
  krt_threads_add(&krt_thread);
  warningsStart();
  signalsStart();
  sysFunctionsStart();
  fillNativeModule(krt_state_sys(), findNativeModule("sys"));
  if (options.noSite || options.isolated)
    krt_dict_delete_str(krt_state_sys()->dict, strIntern("__interactivehook__"));
  krt_cells_native_ready(strIntern("sys"), krt_state_sys()->dict);
  for (const char *hook : {"excepthook", "displayhook", "unraisablehook", "breakpointhook"})
    set((std::string("__") + hook + "__").c_str(), krt_sys_get(strIntern(hook)));
  fillConstants();
  set("flags", flags(options));
  set("argv", strings(options.argv));
  set("orig_argv", originalArgv());
  set("path", searchPath(options));
  set("meta_path", krt_list_new(4));
  set("path_hooks", krt_list_new(4));
  set("path_importer_cache", krt_dict_new());
  Value program = executable(options.program != nullptr);
  set("executable", program);
  set("_base_executable", program);
  set("dont_write_bytecode", boolean(options.dontWriteBytecode));
  set("pycache_prefix", pycachePrefix(options));
  set("warnoptions", warnOptions(options));
  set("_xoptions", xOptionsDict(options));
  krt_check_hash_based_pycs = options.checkHashBasedPycs;
  const char *frozen = xOption(options, "frozen_modules");
  if (frozen && std::string_view(frozen) == "off")
    krt__imp_overrideFrozen(-1);
  krt_only_lines = xOption(options, "no_debug_ranges") || environmentSet(options, "PYTHONNODEBUGRANGES");
  if (options.interactive) {
    set("ps1", ">>> ");
    set("ps2", "... ");
  }
  if (!krt_io_make_streams(options.unbuffered, environmentSet(options, "PYTHONIOENCODING")
                                                   ? std::getenv("PYTHONIOENCODING")
                                                   : ""))
    krt_error_clear(); // the streams are missing then, as when descriptors are closed
}

void enableFaultHandler(const RunOptions &options) {
  if (!isDevMode(options) && !xOption(options, "faulthandler") &&
      !environmentSet(options, "PYTHONFAULTHANDLER"))
    return;
  Value importer = krt_builtin_py(KSTR(__import__));
  Value module = importer ? krt_call1_py(importer, strIntern("faulthandler")) : Value();
  Value enable = module ? krt_getattr_py(module, strIntern("enable")) : Value();
  if (!enable || !krt_call0_py(enable))
    krt_error_clear(); // a binary need not have the module, nor a process standard error
}

void addMainPath(const RunOptions &options, bool container) {
  Value path = krt_sys_get(KSTR(path));
  if (!path || !isExact(path, krt_list_class))
    return;
  std::string folder;
  char resolved[PATH_MAX];
  if (container) {
    folder = realpath(options.what.c_str(), resolved) ? resolved : options.what;
  } else if (options.safePath || options.isolated || environmentSet(options, "PYTHONSAFEPATH")) {
    return;
  } else if ((options.source == RunOptions::Source::File || options.source == RunOptions::Source::Program) &&
             realpath(options.what.c_str(), resolved)) {
    folder = resolved;
    folder.resize(folder.rfind('/') ? folder.rfind('/') : 1);
  } else if (options.source == RunOptions::Source::Program) {
    folder = selfPath(); // away from where it was built
    folder.resize(std::max<size_t>(folder.rfind('/'), 1));
  } else if (options.source == RunOptions::Source::Module && getcwd(resolved, sizeof resolved)) {
    folder = resolved;
  }
  krt_list_insert(path.as<List>(), 0, strFrom(folder));
}

void applyWarnOptions() {
  Value options = krt_sys_get(KSTR(warnoptions));
  if (!options || !isExact(options, krt_list_class) || !options.as<List>()->length)
    return;
  Value importer = krt_builtin_py(KSTR(__import__));
  if (!importer || !krt_call1_py(importer, KSTR(warnings)))
    krt_error_unraisable(kNone);
}

// ---- Uncaught errors, the end -----------------------------------------------------------------------

void printToStderr(Str *line) { writeStderr(krt_str_concat(line, strIntern("\n"))); }

void reportUncaught() {
  Value exception = krt_error_take();
  Dict *sys = krt_state_sys()->dict;
  krt_dict_set_str(sys, strIntern("last_type"), classOf(exception));
  krt_dict_set_str(sys, strIntern("last_value"), exception);
  Value trace = exception.as<Exception>()->traceback;
  krt_dict_set_str(sys, strIntern("last_traceback"), trace ? trace : kNone);
  Value hook = krt_sys_get(KSTR(excepthook));
  if (hook) {
    Value args[3] = {classOf(exception), exception, exception.as<Exception>()->traceback};
    if (!args[2])
      args[2] = kNone;
    if (auditing() && audit_py("sys.excepthook", {hook, args[0], args[1], args[2]}) < 0) {
      if (krt_error_clear_if(kRuntimeError)) // a hook refuses this one
        return;
      krt_error_unraisable(kNone);
    }
    if (krt_call_py(hook, args, 3, nullptr))
      return;
    Value second = krt_error_take();
    writeStderr("Error in sys.excepthook:\n");
    writeStderr(krt_exception_text_py(second));
    writeStderr("\nOriginal exception was:\n");
  }
  writeStderr(krt_exception_text_py(exception));
}

namespace {

/// Waits for the threads that are not daemons.
void joinThreads() {
  Value threading = krt_import_loaded_py(KSTR(threading));
  if (threading && threading != kNone && !krt_call_method_py(threading, KSTR(_shutdown), nullptr, 0))
    krt_error_unraisable(threading);
  krt_error_clear();
}

} // namespace

int finishProgram(int code) {
  joinThreads();
  krt_atexit_run_py();
  sysFinalizing();
  LastObjects last;
  last.finalize_py();
  bool flushed = krt_io_finish_py();
  last.warn_py();
  return flushed ? code : kExitFlushFailed;
}

} // namespace krait

// site_folders.cpp - see site_folders.h.
#include "runtime/start/site_folders.h"

#include "runtime/abi/native.h"
#include "runtime/deopt/native_program.h"
#include "runtime/object/audit.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/exceptions.h"
#include "runtime/object/protocol.h"
#include "runtime/object/state.h"
#include "runtime/object/str.h"
#include "runtime/start/frozen.h"
#include "runtime/start/import.h"
#include "runtime/start/native_modules.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <dirent.h>
#include <string>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace krait {

namespace {

constexpr std::string_view kStdlib = "/usr/lib/python3.11";

struct SiteLine {
  std::string folder, file, text;
  int number;
};

/// The `import` lines that have not run yet.
std::vector<SiteLine> kept;

bool exists(const std::string &path) {
  struct stat status;
  return stat(path.c_str(), &status) == 0;
}

bool isFolder(const std::string &path) {
  struct stat status;
  return stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

List *pathList() {
  Value path = krt_sys_get(KSTR(path));
  return path && isExact(path, krt_list_class) ? path.as<List>() : nullptr;
}

void addOnce(List *path, const std::string &folder) {
  for (int64_t i = 0; i < path->length; ++i)
    if (strCheck(path->items[i]) && strView(path->items[i].as<Str>()) == folder)
      return;
  krt_list_append(path, strFrom(folder));
}

std::vector<std::string> pathFiles(const std::string &folder) {
  std::vector<std::string> names;
  DIR *stream = opendir(folder.c_str());
  if (!stream)
    return names;
  while (const dirent *entry = readdir(stream))
    if (std::string_view name = entry->d_name; name.ends_with(".pth"))
      names.emplace_back(name);
  closedir(stream);
  std::sort(names.begin(), names.end());
  return names;
}

/// [path] taken from [folder] if it is relative, without "." and ".." and double slashes.
std::string joined(const std::string &folder, std::string_view path) {
  std::string whole = path.starts_with("/") ? std::string(path) : folder + "/" + std::string(path);
  std::vector<std::string_view> parts;
  for (std::string_view rest = whole; !rest.empty();) {
    size_t slash = std::min(rest.find('/'), rest.size());
    std::string_view part = rest.substr(0, slash);
    rest.remove_prefix(std::min(slash + 1, rest.size()));
    if (part == ".." && !parts.empty())
      parts.pop_back();
    else if (!part.empty() && part != "." && part != "..")
      parts.push_back(part);
  }
  std::string result;
  for (std::string_view part : parts)
    result.append("/").append(part);
  return result.empty() ? "/" : result;
}

void addLine(List *path, const std::string &folder, const std::string &file, std::string_view line,
             int number) {
  line = line.substr(0, line.find_last_not_of(" \t\r\f\v\n") + 1);
  if (line.empty() || line.starts_with("#"))
    return;
  if (line.starts_with("import ") || line.starts_with("import\t"))
    kept.push_back({folder, file, std::string(line), number});
  else if (std::string added = joined(folder, line); exists(added))
    addOnce(path, added);
}

void addPathFile(List *path, const std::string &folder, const std::string &file) {
  std::FILE *stream = std::fopen(file.c_str(), "re");
  if (!stream)
    return;
  char *line = nullptr;
  size_t room = 0;
  for (int number = 1; getline(&line, &room, stream) >= 0; ++number)
    addLine(path, folder, file, line, number);
  std::free(line);
  std::fclose(stream);
}

void addFolder(List *path, const std::string &folder) {
  if (!isFolder(folder))
    return;
  addOnce(path, folder);
  for (const std::string &name : pathFiles(folder))
    addPathFile(path, folder, folder + "/" + name);
}

bool environmentHas(const RunOptions &options, const char *name) {
  const char *value = options.ignoreEnvironment || options.isolated ? nullptr : std::getenv(name);
  return value && *value;
}

/// The user's own folder of packages; empty if it is not to be used.
std::string userFolder(const RunOptions &options) {
  if (options.noUserSite || options.isolated || environmentHas(options, "PYTHONNOUSERSITE") ||
      geteuid() != getuid() || getegid() != getgid())
    return {};
  const char *base = environmentHas(options, "PYTHONUSERBASE") ? std::getenv("PYTHONUSERBASE") : nullptr;
  const char *home = std::getenv("HOME");
  if (!base && !home)
    return {};
  return (base ? std::string(base) : std::string(home) + "/.local") + "/lib/python3.11/site-packages";
}

/// A virtual environment, as pyvenv.cfg beside the interpreter, or in the folder above, describes it.
struct Environment {
  std::string folder, home; // empty: there is none
  std::string maker;        // the interpreter that it was made by
  bool systemPackages = true;
};

Environment readEnvironment(const std::string &executable) {
  Environment result;
  std::string binaries = executable.substr(0, executable.rfind('/'));
  std::string above = binaries.substr(0, binaries.rfind('/'));
  std::FILE *stream = nullptr;
  for (const std::string &folder : {binaries, above})
    if (!stream)
      stream = std::fopen((folder + "/pyvenv.cfg").c_str(), "re");
  if (!stream)
    return result;
  result.folder = above;
  auto trimmed = [](std::string_view text) {
    constexpr const char *space = " \t\r\n\f\v";
    size_t start = text.find_first_not_of(space);
    if (start == std::string_view::npos)
      return std::string();
    return std::string(text.substr(start, text.find_last_not_of(space) + 1 - start));
  };
  char *line = nullptr;
  size_t room = 0;
  while (getline(&line, &room, stream) >= 0) {
    std::string_view text = line;
    size_t equal = text.find('=');
    if (equal == std::string_view::npos)
      continue;
    std::string key = trimmed(text.substr(0, equal)), value = trimmed(text.substr(equal + 1));
    if (strcasecmp(key.c_str(), "home") == 0)
      result.home = value;
    else if (strcasecmp(key.c_str(), "executable") == 0)
      result.maker = value;
    else if (strcasecmp(key.c_str(), "include-system-site-packages") == 0)
      result.systemPackages = strcasecmp(value.c_str(), "true") == 0;
  }
  std::free(line);
  std::fclose(stream);
  return result;
}

/// sys.prefix, and the interpreter that the environment was made from.
void enterEnvironment(const Environment &environment, const std::string &executable) {
  for (const char *name : {"prefix", "exec_prefix"})
    krt_sys_set(strIntern(name), strFrom(environment.folder));
  if (environment.home.empty())
    return;
  krt_sys_set(strIntern("_home"), strFrom(environment.home));
  for (const std::string &name : {executable.substr(executable.rfind('/') + 1), std::string("kpython")})
    if (std::string base = environment.home + "/" + name; exists(base)) {
      krt_sys_set(strIntern("_base_executable"), strFrom(base));
      return;
    }
}

bool import_py(const char *name) {
  Value importer = krt_builtin_py(KSTR(__import__));
  if (importer && krt_call1_py(importer, strIntern(name)))
    return true;
  krt_error_unraisable(kNone);
  return false;
}

/// Imports [name] if it lies in a folder of sys.path. The one that Debian puts into the standard library only
/// sets up its crash reporter.
void importCustom_py(List *path, const char *name) {
  for (int64_t i = 0; i < path->length; ++i) {
    if (!strCheck(path->items[i]))
      continue;
    std::string folder(strView(path->items[i].as<Str>()));
    if (folder != kStdlib &&
        (exists(folder + "/" + name + ".py") || exists(folder + "/" + name + "/__init__.py"))) {
      runSiteLines_py();
      AuditPause pause;
      import_py(name);
      return;
    }
  }
}

/// Whether importlib finds module [name], and the packages it is in, before it looks into sys.path. Frozen
/// modules of packages (importlib.util) import others of theirs, which are not frozen.
bool foundWithoutPath(std::string_view name) {
  for (size_t end = 0; end != std::string_view::npos;) {
    end = name.find('.', end + 1);
    std::string part(name.substr(0, end));
    bool isTop = part.find('.') == std::string::npos;
    if (!nativeModule(part) &&
        !(isTop && (findNativeModule(part) || isAbsentModule(part) || findFrozen(part))))
      return false;
  }
  return true;
}

} // namespace

void addSiteFolders(const RunOptions &options) {
  List *path = options.noSite ? nullptr : pathList();
  if (!path)
    return;
  Environment environment;
  if (Value program = krt_sys_get(KSTR(executable)); !options.program && program && strCheck(program)) {
    std::string executable(strView(program.as<Str>()));
    environment = readEnvironment(executable);
    if (!environment.folder.empty()) {
      enterEnvironment(environment, executable);
      addFolder(path, environment.folder + "/lib/python3.11/site-packages");
    }
  }
  std::string user = environment.systemPackages ? userFolder(options) : std::string();
  if (!user.empty())
    addFolder(path, user);
  if (environment.systemPackages)
    for (const char *folder : {"/usr/local/lib/python3.11/dist-packages", "/usr/lib/python3/dist-packages",
                               "/usr/lib/python3.11/dist-packages"})
      addFolder(path, folder);
  importCustom_py(path, "sitecustomize");
  if (!user.empty())
    importCustom_py(path, "usercustomize");
}

void beforePathSearch_py(std::string_view name) {
  if (name == "site")
    kept.clear(); // it runs them itself
  else if (!kept.empty() && !foundWithoutPath(name))
    runSiteLines_py();
}

void runSiteLines_py() {
  if (kept.empty())
    return;
  AuditPause pause;
  std::vector<SiteLine> lines;
  lines.swap(kept);
  List *list = krt_list_new(lines.size());
  for (const SiteLine &line : lines) {
    Value parts[4] = {strFrom(line.folder), strFrom(line.file), smallInt(line.number), strFrom(line.text)};
    krt_list_append(list, krt_tuple_from(parts, 4));
  }
  Value argument = list;
  if (!import_py("_krait_site"))
    return;
  Value module = krt_dict_get_str(krt_sys_modules().as<Dict>(), strIntern("_krait_site"));
  if (!module || !krt_call_method_py(module, strIntern("run"), &argument, 1))
    krt_error_unraisable(kNone);
  krt_dict_delete_str(krt_sys_modules().as<Dict>(), strIntern("_krait_site"));
}

std::string environmentMaker(const std::string &executable) { return readEnvironment(executable).maker; }

} // namespace krait

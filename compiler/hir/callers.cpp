// callers.cpp - see callers.h.
#include "compiler/hir/callers.h"

#include <algorithm>
#include <string_view>

namespace krait::hir {

namespace {

constexpr std::string_view kRuntime[] = {"globals", "super", "__import__", "eval",         "exec",
                                         "compile", "type",  "_getframe",  "currentframe", "warn"};

constexpr std::string_view kLibrary[] = {
    // the module of what they make
    "namedtuple", "Enum", "IntEnum", "StrEnum", "Flag", "IntFlag", "NamedTuple", "TypedDict", "TypeVar",
    "TypeVarTuple", "ParamSpec", "NewType",
    // the module to be tested
    "DocTestSuite", "DocFileSuite", "testmod", "testfile", "run_docstring_examples", "testsource",
    // function and line of a log record
    "debug", "info", "warning", "error", "exception", "critical", "fatal"};

template <size_t N> bool mentions(const CodeUnit &unit, const std::string_view (&known)[N]) {
  return std::any_of(unit.names.begin(), unit.names.end(),
                     [&](const std::string &name) { return std::find(known, known + N, name) != known + N; });
}

} // namespace

bool asksForCaller(const CodeUnit &unit) { return mentions(unit, kRuntime) || mentions(unit, kLibrary); }
bool needsOwnFrame(const CodeUnit &unit) { return mentions(unit, kLibrary); }

namespace {

/// Finds the code objects below [unit] of which [mentioned] holds, and those whose comprehensions and lambdas
/// are such.
template <typename Mentions>
bool findMentions(const CodeUnit &unit, const Mentions &mentioned, std::set<const CodeUnit *> &out) {
  bool found = mentioned(unit);
  for (const Constant &c : unit.consts)
    if (c.kind == ConstKind::Code && findMentions(*c.code, mentioned, out))
      found |= c.code->qualname.ends_with('>');
  if (found)
    out.insert(&unit);
  return found;
}

/// Adds the names that [unit] is called by: its own, and for what makes an instance the name of the class.
void addCallNames(const CodeUnit &unit, std::set<std::string> &names) {
  const std::string &whole = unit.qualname;
  size_t dot = whole.rfind('.');
  std::string name = dot == std::string::npos ? whole : whole.substr(dot + 1);
  if (name.ends_with('>'))
    return;
  bool makes = name == "__init__" || name == "__new__";
  if (makes && dot != std::string::npos) {
    size_t start = whole.rfind('.', dot - 1);
    start = start == std::string::npos ? 0 : start + 1;
    names.insert(whole.substr(start, dot - start));
  }
  if (makes || !name.starts_with("__"))
    names.insert(name);
}

bool mentionsAny(const CodeUnit &unit, const std::set<std::string> &names) {
  return std::any_of(unit.names.begin(), unit.names.end(),
                     [&](const std::string &name) { return names.count(name); });
}

} // namespace

std::set<const CodeUnit *> passedByLooks(const std::vector<LibraryPackage> &packages,
                                         const std::vector<const CodeUnit *> &own) {
  std::set<const CodeUnit *> out;
  for (const LibraryPackage &package : packages) {
    const std::set<std::string> looks = {"_getframe", "currentframe", "warn", "_deprecated"};
    std::set<std::string> names = looks;
    std::set<const CodeUnit *> passed;
    for (size_t before = 0; before < names.size();) {
      before = names.size();
      for (const CodeUnit *root : package.roots)
        findMentions(*root, [&](const CodeUnit &unit) { return mentionsAny(unit, names); }, passed);
      for (const CodeUnit *unit : passed)
        addCallNames(*unit, names);
    }
    out.merge(passed);
    for (const std::string &name :
         looks) // of the program's own code these concern all of it (Program::looksAtFrames)
      names.erase(name);
    for (const CodeUnit *root : own)
      findMentions(
          *root,
          [&](const CodeUnit &unit) {
            return mentionsAny(unit, package.modules) && mentionsAny(unit, names);
          },
          out);
  }
  return out;
}

bool showsOwnVariables(const CodeUnit &unit) {
  if (std::find(unit.names.begin(), unit.names.end(), "super") == unit.names.end())
    return false;
  // A method's call has an instruction of its own, with the class and the receiver.
  size_t loads = 0, methods = 0;
  for (uint32_t at = 0; at < unit.units.size();) {
    DecodedInst inst = decodeInst(unit.units.data(), at);
    loads += inst.op == Opcode::LoadGlobal && unit.names[inst.operands[1]] == "super";
    methods += inst.op == Opcode::LoadSuperMethod;
    at += inst.length;
  }
  return loads > methods;
}

bool mentionsCollection(const CodeUnit &unit, uint32_t from, uint32_t to) {
  if (std::find(unit.names.begin(), unit.names.end(), "gc") == unit.names.end())
    return false;
  for (uint32_t at = from; at < to;) {
    DecodedInst inst = decodeInst(unit.units.data(), at);
    if (inst.op == Opcode::LoadMethod && unit.names[inst.operands[2]] == "collect")
      return true;
    at += inst.length;
  }
  return false;
}

} // namespace krait::hir

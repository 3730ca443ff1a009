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

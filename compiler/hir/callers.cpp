// callers.cpp - see callers.h.
#include "compiler/hir/callers.h"

#include <algorithm>
#include <string_view>

namespace krait::hir {

namespace {

constexpr std::string_view kRuntime[] = {"globals", "super", "__import__", "eval",         "exec",
                                         "compile", "type",  "_getframe",  "currentframe", "warn"};

constexpr std::string_view kLibrary[] = {
    "namedtuple",
    "Enum",
    "IntEnum",
    "StrEnum",
    "Flag",
    "IntFlag", // the module of what they make
    "NamedTuple",
    "TypedDict",
    "TypeVar",
    "TypeVarTuple",
    "ParamSpec",
    "NewType",
    "DocTestSuite",
    "DocFileSuite",
    "testmod",
    "testfile",
    "run_docstring_examples",
    "testsource", // the module to be tested
    "debug",
    "info",
    "warning",
    "error",
    "exception",
    "critical",
    "fatal", // function and line of a log record
};

template <size_t N> bool mentions(const CodeUnit &unit, const std::string_view (&known)[N]) {
  return std::any_of(unit.names.begin(), unit.names.end(),
                     [&](const std::string &name) { return std::find(known, known + N, name) != known + N; });
}

} // namespace

bool asksForCaller(const CodeUnit &unit) { return mentions(unit, kRuntime) || mentions(unit, kLibrary); }
bool needsOwnFrame(const CodeUnit &unit) { return mentions(unit, kLibrary); }

bool collectsExplicitly(const CodeUnit &unit) {
  auto has = [&](std::string_view name) { return std::find(unit.names.begin(), unit.names.end(), name) != unit.names.end(); };
  return has("gc_collect") || (has("collect") && has("gc"));
}

} // namespace krait::hir

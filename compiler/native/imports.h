// imports.h - the modules that a program imports, as far as its text and its profile tell: what a binary has
// to carry.
#pragma once

#include "compiler/frontend/code_unit.h"
#include "profiler/format/profile.h"

#include <memory>
#include <string>
#include <vector>

namespace krait {

struct ImportedModule {
  std::string name, file; // "pkg.mod", absolute
  bool package;           // file is its __init__.py
  bool own;               // lies beside the program or is included, not just found in the standard library
  std::shared_ptr<CodeUnit> code;
};

/// The modules that [main] leads to. Own ones are looked up in [folder], before the standard library. All
/// imports of own modules count, of library modules those that the profile saw or, without one, those of
/// their top level. The modules [included], and those of packages named so, are own ones wherever they lie. A
/// file that does not compile is left out: importing it is then what it is without being compiled.
std::vector<ImportedModule> findImports(const CodeUnit &main, const std::string &folder,
                                        const Profile *profile,
                                        const std::vector<std::string> &included = {});

/// The rows of OptionalModules.def that the program may come to need: those that the same imports lead to,
/// whatever the profile saw of library modules, or all when own modules import what is not found here or
/// import by computed names.
std::vector<std::string> findOptionalModules(const CodeUnit &main, const std::string &folder,
                                             const Profile *profile,
                                             const std::vector<std::string> &included = {});

} // namespace krait

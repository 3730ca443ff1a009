// site_folders.h - what module site does at a start of CPython, without importing it: running it takes longer
// than all the rest of a start. Folders of installed packages and the paths in their .pth files go to
// sys.path at once. The `import` lines of .pth files (finders of editable installations, mostly) run before
// the first import that is searched for in sys.path, so a program that imports only what is built in or
// carried in its binary never pays for them.
#pragma once

#include "runtime/abi/types.h"
#include "runtime/start/start.h"

#include <string>
#include <string_view>

namespace krait {

/// Adds the folders of installed packages and what their .pth files name to sys.path; imports sitecustomize
/// and usercustomize if there are any outside the standard library.
void addSiteFolders(const RunOptions &options);

/// Runs the kept lines if module [name] (dotted, absolute) will be searched for in sys.path. Their errors are
/// told on stderr.
void beforePathSearch_py(std::string_view name);

/// Runs the kept lines, if they have not run.
void runSiteLines_py();

/// Return the interpreter that made the virtual environment in which [executable] lies; empty if it lies in
/// none.
std::string environmentMaker(const std::string &executable);

} // namespace krait

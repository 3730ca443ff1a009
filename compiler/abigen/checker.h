// checker.h - `abigen check`: do the bodies of the runtime keep what annotations and names promise?
#pragma once

#include <string>
#include <vector>

namespace krait::abigen {

/// Reads the .cpp files of runtime/ and stdlib/ in the compile_commands.json of folder inputs[0], or only the files that
/// follow it. Exit code: 0 all kept, 1 contradictions (reported), 2 no sources or they do not compile.
int checkSources(const std::vector<std::string> &inputs);

} // namespace krait::abigen

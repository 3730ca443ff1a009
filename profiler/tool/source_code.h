// The code that a source file has now, to hold a profile against.
#pragma once

#include "profiler/format/match.h"

#include <string>
#include <vector>

namespace krait {

/// One code object with the source line of each of its sites.
struct SourceCode {
  CodeDescription description;
  std::vector<uint32_t> siteLines; // by site number; 0 where there is none
  uint32_t firstLine = 0;
};

struct SourceModule {
  std::string module;
  std::string path;
  std::string text;
  std::vector<SourceCode> codes; // preorder
};

/// Compiles the file at [path] as [module]. On failure [error] is one line that begins with the path.
[[nodiscard]] bool loadSource(const std::string &path, const std::string &module, SourceModule &result,
                              std::string &error);

/// The source with, in front of each line, how often its most frequent instruction ran, and below it what its
/// sites saw. Functions whose record does not fit are left without counts.
std::string annotateSource(const SourceModule &source, const Profile &profile);

/// One line a function of [report] that is stale or gone, then the share that can be used.
std::string describeMatch(const MatchReport &report, const std::vector<std::string> &checkedModules);

} // namespace krait

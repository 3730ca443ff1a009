// Profiles for people and programs to look at. Each function returns the whole text.
#pragma once

#include "profiler/format/profile.h"

#include <string>

namespace krait {

/// What to show; empty strings mean everything.
struct ProfileFilter {
  std::string module;
  std::string function; // qualified name
};

/// Counts with separators, shares of kinds in percent, opcodes first: for reading, not for tools.
std::string showProfile(const Profile &profile, const ProfileFilter &filter);

/// The same content as JSON: {"version", "abi", "modules": [{"name", "imports", "opens", "functions":
/// [...]}]}.
std::string jsonProfile(const Profile &profile, const ProfileFilter &filter);

/// What stands in the way of fast code: hottest functions, sites with many kinds, overflows, exceptions.
/// At most [top] rows a section.
std::string reportProfile(const Profile &profile, size_t top);

/// Lines that only one profile has, as "- line" and "+ line" under their module and function; empty if equal.
/// With [ignoreCounts] only kinds, flags and the presence of records matter.
std::string diffProfiles(const Profile &before, const Profile &after, bool ignoreCounts);

/// "1 234 567"
std::string groupDigits(uint64_t number);

/// The kinds of [facts] with shares: "int, int 98 %; float, float 2 %; others".
std::string describeKinds(const KindCounts &kinds, uint64_t events);

/// What a site saw, in words, after its opcode and count: kinds, share of jumps taken, overflow, exceptions,
/// final shapes.
std::string describeFacts(const Facts &facts);

} // namespace krait

// Does a profile speak of this code? A function whose structural hash differs loses its own record and no
// other.
#pragma once

#include "profiler/format/profile.h"

#include <span>
#include <string_view>

namespace krait {

/// One code object of a program, as the front end made it.
struct CodeDescription {
  std::string module;
  FunctionKey key;
  std::vector<std::string_view> siteOpcodes; // by ordinal
};

enum class MatchKind : uint8_t {
  Exact,   // same hash and every recorded site has the recorded opcode: usable
  Stale,   // recorded under this name, but the code has changed
  Missing, // no code of this name
};

/// Compares one record with the code of the same name. Never Missing.
MatchKind matchFunction(const FunctionKey &key, const FunctionProfile &function, const CodeDescription &code);

/// The record that may be used for [code], or null.
const FunctionProfile *findMatch(const Profile &profile, const CodeDescription &code);

struct FunctionMatch {
  std::string module;
  FunctionKey key;
  MatchKind kind;
  unsigned sitePercent; // recorded sites whose opcode is still at their ordinal
};

struct MatchReport {
  std::vector<FunctionMatch> functions; // every function of the profile, sorted
  size_t exactFunctions = 0;
  uint64_t events = 0;      // recorded in all functions
  uint64_t exactEvents = 0; // recorded in functions that match
  bool otherAbi = false;    // recorded by a Krait with other tables

  /// How much of what was recorded can be used, by events; 100 for an empty profile.
  unsigned percent() const;
};

MatchReport matchProfile(const Profile &profile, std::span<const CodeDescription> program);

} // namespace krait

// Profiles as text (.kprof). The grammar stands in README.md of this folder.
#pragma once

#include "profiler/format/profile.h"

#include <string>
#include <string_view>

namespace krait {

/// Where and why a text or a counter file is not a profile. For binary files [line] is 0 and [column] the
/// offset.
struct ProfileError {
  uint64_t line = 0;
  uint64_t column = 0;
  std::string message;

  /// "FILE:LINE:COLUMN: message", or "FILE: message" without a line.
  std::string describe(std::string_view file) const;
};

/// Canonical text: sorted, one site a line, ending in a newline.
std::string writeProfile(const Profile &profile);

/// The line that writeProfile gives for [facts], without indentation and line end; [head] stands before the
/// count.
std::string writeFacts(std::string_view head, const Facts &facts);

/// Reads any bytes: either [profile] is filled, or [error] is and false returned. Order of lines inside a
/// module or function does not matter; writeProfile(readProfile(x)) == x for canonical x.
[[nodiscard]] bool readProfile(std::string_view text, Profile &profile, ProfileError &error);

/// Texts longer than this are refused, so that memory is bounded.
inline constexpr size_t kMaxProfileText = size_t(256) << 20;

} // namespace krait

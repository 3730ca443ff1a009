// From a counter file, also of a killed process, to a profile.
#pragma once

#include "profiler/format/profile_text.h"

namespace krait {

/// True if [bytes] begin as a counter file does; readCounterFile then says whether it is a sound one.
bool isCounterFile(std::string_view bytes);

/// Reads any bytes, aligned or not. What a killed process left torn at the end is skipped; records that
/// contradict each other, or a file of another ABI, are an error.
[[nodiscard]] bool readCounterFile(std::string_view bytes, Profile &profile, ProfileError &error);

/// Reads a file of either form; [error] has a message also when the file cannot be opened.
[[nodiscard]] bool loadProfile(const char *path, Profile &profile, ProfileError &error);

/// Writes [profile] beside [path] and renames, so that a reader sees the old or the new text.
[[nodiscard]] bool saveProfile(const char *path, const Profile &profile, std::string *error);

} // namespace krait

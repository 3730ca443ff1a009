// Profiles made from profiles.
#pragma once

#include "profiler/format/profile.h"

namespace krait {

/// A profile for the same code that tells the wrong thing everywhere, the same each time: kinds and targets
/// are moved between the sites of a module, jumps go the other way, overflows are denied. For tests: code
/// compiled from it must behave as any other.
Profile lieAbout(const Profile &truth);

/// A copy with all counts set to one, so that comparing sees kinds only.
Profile withoutCounts(const Profile &profile);

} // namespace krait

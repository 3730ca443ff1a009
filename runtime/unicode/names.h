// names.h - names of characters, for unicodedata, \N{...} and namereplace.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace krait {

/// False if the character has no name.
bool unicodeName(uint32_t c, std::string *out);
/// The character of that name or alias, any case, or with [sequences] the up to four of a named sequence.
/// Number of characters, 0: none.
int unicodeLookup(std::string_view name, uint32_t out[4], bool sequences);

} // namespace krait

// unicode_names.h - names of characters, for unicodedata, \N{...} and namereplace.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace krait {

/// False if the character has no name.
bool unicodeName(uint32_t c, std::string *out);
/// The character (or, with [sequence], up to 4) of that name, any case; aliases too. Number of characters, 0: none.
int unicodeLookup(std::string_view name, uint32_t out[4], bool aliases, bool sequences);

} // namespace krait

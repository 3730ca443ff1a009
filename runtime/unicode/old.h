// old.h - Unicode 3.2, the version that IDNA 2003 is defined by, as differences from the current one.
#pragma once

#include "runtime/unicode/properties.h"

namespace krait {

/// Whether the character came after 3.2, or never did.
bool unicodeOldUnassigned(uint32_t c);
/// Its properties in 3.2, as CPython's unicodedata.ucd_3_2_0 gives them.
UnicodeRecord unicodeOldRecord(uint32_t c);
/// What 3.2 decomposed it to where that was corrected later; else 0.
uint32_t unicodeOldMapping(uint32_t c);

} // namespace krait

// old.cpp - see old.h.
#include "runtime/unicode/old.h"

#include <algorithm>
#include <iterator>

namespace krait {

struct Changed {
  uint32_t c;
  uint8_t category, bidi, width;
  int8_t decimal;
  uint8_t mirrored;
};

#include "unicode_old.inc"

// kCategoryNames and the like begin with what an unassigned character has, but for the width: CPython gives
// "F".
constexpr uint8_t kUnassignedWidth = 1;

static bool addedSince(uint32_t c) {
  auto *after = std::upper_bound(std::begin(kAdded), std::end(kAdded), c,
                                 [](uint32_t value, const uint32_t(&range)[2]) { return value < range[0]; });
  return after != std::begin(kAdded) && c <= after[-1][1];
}

bool unicodeOldUnassigned(uint32_t c) { return unicodeRecord(c).category == 0 || addedSince(c); }

UnicodeRecord unicodeOldRecord(uint32_t c) {
  UnicodeRecord record = unicodeRecord(c);
  if (addedSince(c)) {
    record.category = record.bidi = record.combining = 0;
    record.width = kUnassignedWidth;
    record.decimal = -1;
    record.numeric = -1;
    record.isNumeric = false;
    record.flags &= ~kCharMirrored;
    return record;
  }
  auto *at = std::lower_bound(std::begin(kChanged), std::end(kChanged), c,
                              [](const Changed &entry, uint32_t value) { return entry.c < value; });
  if (at == std::end(kChanged) || at->c != c)
    return record;
  record.category = at->category;
  record.bidi = at->bidi;
  record.width = at->width;
  record.decimal = at->decimal;
  record.flags = static_cast<uint16_t>((record.flags & ~kCharMirrored) | (at->mirrored ? kCharMirrored : 0));
  return record;
}

uint32_t unicodeOldMapping(uint32_t c) {
  for (auto &mapping : kMappings)
    if (mapping[0] == c)
      return mapping[1];
  return 0;
}

} // namespace krait

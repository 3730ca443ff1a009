// properties.cpp - look-up in the generated tables.
#include "runtime/unicode/properties.h"

namespace krait {

#include "unicode_properties.inc"

constexpr unsigned kPageBits = 7;

const UnicodeRecord &unicodeRecord(uint32_t c) {
  return kRecords[kIndices[(kPages[c >> kPageBits] << kPageBits) + (c & ((1u << kPageBits) - 1))]];
}
const char *unicodeCategoryName(const UnicodeRecord &record) { return kCategoryNames[record.category]; }
const char *unicodeBidiName(const UnicodeRecord &record) { return kBidiNames[record.bidi]; }
const char *unicodeWidthName(const UnicodeRecord &record) { return kWidthNames[record.width]; }
const char *unicodeVersion() { return kUnicodeVersion; }

struct AsciiFlags {
  uint16_t flags[128];
};
static consteval AsciiFlags asciiFlags() {
  AsciiFlags all{};
  for (unsigned c = 0; c < 128; c++)
    all.flags[c] = kRecords[kIndices[(kPages[0] << kPageBits) + c]].flags;
  return all;
}
static constexpr AsciiFlags kAscii = asciiFlags();
#define ROW(i) kAscii.flags[i], kAscii.flags[i + 1], kAscii.flags[i + 2], kAscii.flags[i + 3]
#define ROWS(i) ROW(i), ROW(i + 4), ROW(i + 8), ROW(i + 12)
constexpr uint16_t kAsciiFlags[128] = {ROWS(0),  ROWS(16), ROWS(32), ROWS(48),
                                       ROWS(64), ROWS(80), ROWS(96), ROWS(112)};

int charMap(uint32_t c, CaseMapping mapping, uint32_t out[3]) {
  const UnicodeRecord &record = unicodeRecord(c);
  int32_t value = mapping == CaseMapping::Upper   ? record.upper
                  : mapping == CaseMapping::Lower ? record.lower
                  : mapping == CaseMapping::Title ? record.title
                                                  : record.fold;
  if (!(record.flags & (kCharSpecialUpper << static_cast<int>(mapping)))) {
    out[0] = static_cast<uint32_t>(static_cast<int32_t>(c) + value);
    return 1;
  }
  auto count = static_cast<int>(kSpecial[value]);
  for (int i = 0; i < count; i++)
    out[i] = kSpecial[value + 1 + i];
  return count;
}

} // namespace krait

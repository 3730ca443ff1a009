// properties.h - properties of characters, Unicode 14 as in CPython 3.11. Tables are generated at build time.
#pragma once

#include <cstdint>

namespace krait {

enum UnicodeFlags : uint16_t {
  kCharAlpha = 1,
  kCharLower = 2,
  kCharUpper = 4,
  kCharTitle = 8,
  kCharSpace = 16,
  kCharLinebreak = 32,
  kCharPrintable = 64,
  kCharXidStart = 128,
  kCharXidContinue = 256,
  kCharCased = 512,
  kCharCaseIgnorable = 1024,
  kCharMirrored = 2048,
  // The mapping is an index into the table of special cases (count, characters).
  kCharSpecialUpper = 4096,
  kCharSpecialLower = 8192,
  kCharSpecialTitle = 16384,
  kCharSpecialFold = 32768,
};
struct UnicodeRecord {
  int32_t upper, lower, title, fold; // difference, or special index
  double numeric;                    // -1: none
  uint16_t flags;
  uint8_t category, bidi, combining, width; // indices of the name tables
  int8_t decimal, digit;                    // -1: none
  bool isNumeric;
};

const UnicodeRecord &unicodeRecord(uint32_t c);
const char *unicodeCategoryName(const UnicodeRecord &record);
const char *unicodeBidiName(const UnicodeRecord &record);
const char *unicodeWidthName(const UnicodeRecord &record);
const char *unicodeVersion();
/// Flags of the first 128 characters, for tight loops.
extern const uint16_t kAsciiFlags[128];

inline uint16_t charFlags(uint32_t c) { return c < 128 ? kAsciiFlags[c] : unicodeRecord(c).flags; }
inline bool charIs(uint32_t c, UnicodeFlags flag) { return charFlags(c) & flag; }
inline bool charIsSpace(uint32_t c) { return charIs(c, kCharSpace); }
inline bool charIsPrintable(uint32_t c) { return c < 128 ? c >= 32 && c < 127 : charIs(c, kCharPrintable); }
/// Decimal digit value, or -1.
inline int charDecimal(uint32_t c) {
  return c < 128 ? (c - '0' < 10 ? static_cast<int>(c - '0') : -1) : unicodeRecord(c).decimal;
}

enum class CaseMapping : uint8_t { Upper, Lower, Title, Fold };
/// Full mapping of one character without context: up to three characters in [out]; their number.
int charMap(uint32_t c, CaseMapping mapping, uint32_t out[3]);

} // namespace krait

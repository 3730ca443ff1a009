// unicode_names.cpp - names of characters from the generated word table, and computed ones.
#include "runtime/object/unicode_names.h"

#include <algorithm>
#include <cstdio>
#include <vector>

namespace krait {

struct NameRange {
  uint32_t first, count, index;
};

#include "unicode_names.inc"

// ---- Computed names ----------------------------------------------------------------------------------------

constexpr const char *kLeads[] = {"G", "GG", "N", "D", "DD", "R", "M", "B", "BB", "S", "SS", "", "J", "JJ", "C", "K", "T", "P", "H"};
constexpr const char *kVowels[] = {"A",  "AE", "YA", "YAE", "EO", "E",  "YEO", "YE", "O",  "WA", "WAE",
                                   "OE", "YO", "U",  "WEO", "WE", "WI", "YU",  "EU", "YI", "I"};
constexpr const char *kTrails[] = {"",   "G",  "GG", "GS", "N", "NJ", "NH", "D", "L",  "LG", "LM", "LB", "LS", "LT",
                                   "LP", "LH", "M",  "B",  "BS", "S", "SS", "NG", "J", "C",  "K",  "T",  "P",  "H"};
constexpr uint32_t kFirstHangul = 0xac00, kLastHangul = 0xd7a3;
constexpr std::string_view kHangulPrefix = "HANGUL SYLLABLE ", kIdeographPrefix = "CJK UNIFIED IDEOGRAPH-";

static bool isIdeograph(uint32_t c) {
  for (auto &range : kIdeographs)
    if (c >= range[0] && c <= range[1])
      return true;
  return false;
}

// ---- Names from the table -----------------------------------------------------------------------------------

static std::string_view wordAt(const uint8_t *&p) {
  unsigned n = *p++;
  if (n <= kOneByte)
    n--;
  else
    n = kOneByte + (n - kOneByte - 1) * 255 + (*p++ - 1);
  return {kWordText + kWordStarts[n], kWordStarts[n + 1] - kWordStarts[n]};
}
/// Appends the name that begins at [p]; returns the byte after it.
static const uint8_t *decodeName(const uint8_t *p, std::string *out) {
  for (bool first = true; *p; first = false) {
    if (!first && out)
      *out += ' ';
    std::string_view word = wordAt(p);
    if (out)
      *out += word;
  }
  return p + 1;
}

bool unicodeName(uint32_t c, std::string *out) {
  out->clear();
  if (c >= kFirstHangul && c <= kLastHangul) {
    uint32_t i = c - kFirstHangul;
    *out = kHangulPrefix;
    *out += kLeads[i / 588];
    *out += kVowels[i % 588 / 28];
    *out += kTrails[i % 28];
    return true;
  }
  if (isIdeograph(c)) {
    char text[40];
    std::snprintf(text, sizeof text, "%s%X", kIdeographPrefix.data(), c);
    *out = text;
    return true;
  }
  auto *range = std::upper_bound(std::begin(kNameRanges), std::end(kNameRanges), c,
                                 [](uint32_t value, const NameRange &r) { return value < r.first; });
  if (range == std::begin(kNameRanges))
    return false;
  range--;
  if (c - range->first >= range->count)
    return false;
  uint32_t index = range->index + (c - range->first);
  const uint8_t *p = kNameCodes + kNameStarts[index / 8];
  for (uint32_t skip = index % 8; skip; skip--)
    p = decodeName(p, nullptr);
  decodeName(p, out);
  return true;
}

// ---- Look-up ---------------------------------------------------------------------------------------------------

namespace {

/// Control characters have no names but aliases.
struct Alias {
  std::string_view name;
  uint32_t c;
};
constexpr Alias kAliases[] = {
    {"NULL", 0}, {"NUL", 0}, {"START OF HEADING", 1}, {"SOH", 1}, {"START OF TEXT", 2}, {"STX", 2}, {"END OF TEXT", 3},
    {"ETX", 3}, {"END OF TRANSMISSION", 4}, {"EOT", 4}, {"ENQUIRY", 5}, {"ENQ", 5}, {"ACKNOWLEDGE", 6}, {"ACK", 6},
    {"ALERT", 7}, {"BEL", 7}, {"BACKSPACE", 8}, {"BS", 8}, {"CHARACTER TABULATION", 9}, {"HORIZONTAL TABULATION", 9},
    {"HT", 9}, {"TAB", 9}, {"LINE FEED", 10}, {"NEW LINE", 10}, {"END OF LINE", 10}, {"LF", 10}, {"NL", 10}, {"EOL", 10},
    {"LINE TABULATION", 11}, {"VERTICAL TABULATION", 11}, {"VT", 11}, {"FORM FEED", 12}, {"FF", 12},
    {"CARRIAGE RETURN", 13}, {"CR", 13}, {"SHIFT OUT", 14}, {"SO", 14}, {"SHIFT IN", 15}, {"SI", 15},
    {"DATA LINK ESCAPE", 16}, {"DLE", 16}, {"CANCEL", 24}, {"CAN", 24}, {"SUBSTITUTE", 26}, {"SUB", 26}, {"ESCAPE", 27},
    {"ESC", 27}, {"FILE SEPARATOR", 28}, {"FS", 28}, {"GROUP SEPARATOR", 29}, {"GS", 29}, {"RECORD SEPARATOR", 30},
    {"RS", 30}, {"UNIT SEPARATOR", 31}, {"US", 31}, {"SP", 32}, {"DELETE", 127}, {"DEL", 127}, {"NEXT LINE", 0x85},
    {"NEL", 0x85}, {"NBSP", 0xa0}, {"SHY", 0xad}, {"ZWSP", 0x200b}, {"ZWNJ", 0x200c}, {"ZWJ", 0x200d}, {"LRM", 0x200e},
    {"RLM", 0x200f}, {"WJ", 0x2060}, {"BYTE ORDER MARK", 0xfeff}, {"BOM", 0xfeff}, {"ZWNBSP", 0xfeff},
};

/// Hashes of all names with their characters, sorted; made at the first look-up.
struct HashedName {
  uint64_t hash;
  uint32_t c;
};
uint64_t hashName(std::string_view name) {
  uint64_t hash = 0xcbf29ce484222325u;
  for (char c : name)
    hash = (hash ^ static_cast<uint8_t>(c)) * 0x100000001b3u;
  return hash;
}
const std::vector<HashedName> &hashedNames() {
  static const std::vector<HashedName> *all = [] {
    auto *names = new std::vector<HashedName>;
    names->reserve(kNameCount);
    const uint8_t *p = kNameCodes;
    std::string name;
    for (const NameRange &range : kNameRanges)
      for (uint32_t i = 0; i < range.count; i++) {
        name.clear();
        p = decodeName(p, &name);
        names->push_back({hashName(name), range.first + i});
      }
    std::sort(names->begin(), names->end(), [](const HashedName &a, const HashedName &b) { return a.hash < b.hash; });
    return names;
  }();
  return *all;
}

/// The index of the longest of [parts] that [text] begins with; removes it.
template <size_t N> int takePart(std::string_view &text, const char *const (&parts)[N]) {
  int best = -1;
  size_t bestSize = 0;
  for (size_t i = 0; i < N; i++) {
    std::string_view part(parts[i]);
    if (text.starts_with(part) && (best < 0 || part.size() > bestSize)) {
      best = static_cast<int>(i);
      bestSize = part.size();
    }
  }
  text.remove_prefix(bestSize);
  return best;
}

} // namespace

int unicodeLookup(std::string_view given, uint32_t out[4], bool aliases, bool) {
  std::string_view rest(given); // computed names are taken in upper case only, as CPython does
  if (rest.starts_with(kHangulPrefix)) {
    rest.remove_prefix(kHangulPrefix.size());
    int lead = takePart(rest, kLeads), vowel = lead < 0 ? -1 : takePart(rest, kVowels), trail = vowel < 0 ? -1 : takePart(rest, kTrails);
    if (trail < 0 || !rest.empty())
      return 0;
    out[0] = kFirstHangul + static_cast<uint32_t>(lead * 588 + vowel * 28 + trail);
    return 1;
  }
  if (rest.starts_with(kIdeographPrefix)) {
    rest.remove_prefix(kIdeographPrefix.size());
    uint32_t c = 0;
    for (char digit : rest) {
      int value = digit >= '0' && digit <= '9' ? digit - '0' : digit >= 'A' && digit <= 'F' ? digit - 'A' + 10 : -1;
      if (value < 0)
        return 0;
      c = c << 4 | static_cast<uint32_t>(value);
    }
    if ((rest.size() != 4 && rest.size() != 5) || !isIdeograph(c))
      return 0;
    out[0] = c;
    return 1;
  }
  std::string name(given);
  for (char &c : name)
    if (c >= 'a' && c <= 'z')
      c = static_cast<char>(c - 32);
  if (aliases)
    for (const Alias &alias : kAliases)
      if (alias.name == name) {
        out[0] = alias.c;
        return 1;
      }
  auto &names = hashedNames();
  uint64_t hash = hashName(name);
  auto at = std::lower_bound(names.begin(), names.end(), hash, [](const HashedName &a, uint64_t value) { return a.hash < value; });
  std::string found;
  for (; at != names.end() && at->hash == hash; ++at)
    if (unicodeName(at->c, &found) && found == name) {
      out[0] = at->c;
      return 1;
    }
  return 0;
}

} // namespace krait

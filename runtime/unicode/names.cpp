// names.cpp - names of characters from the generated word table, and computed ones.
#include "runtime/unicode/names.h"

#include <algorithm>
#include <cstdio>
#include <vector>

namespace krait {

struct NameRange {
  uint32_t first, count, index;
};

#include "unicode_names.inc"

// ---- Computed names ---------------------------------------------------------------------------------

constexpr const char *kLeads[] = {"G",  "GG", "N", "D",  "DD", "R", "M", "B", "BB", "S",
                                  "SS", "",   "J", "JJ", "C",  "K", "T", "P", "H"};
constexpr const char *kVowels[] = {"A",  "AE", "YA", "YAE", "EO", "E",  "YEO", "YE", "O",  "WA", "WAE",
                                   "OE", "YO", "U",  "WEO", "WE", "WI", "YU",  "EU", "YI", "I"};
constexpr const char *kTrails[] = {"",   "G",  "GG", "GS", "N",  "NJ", "NH", "D", "L",  "LG",
                                   "LM", "LB", "LS", "LT", "LP", "LH", "M",  "B", "BS", "S",
                                   "SS", "NG", "J",  "C",  "K",  "T",  "P",  "H"};
constexpr uint32_t kFirstHangul = 0xac00, kLastHangul = 0xd7a3;
constexpr std::string_view kHangulPrefix = "HANGUL SYLLABLE ", kIdeographPrefix = "CJK UNIFIED IDEOGRAPH-";

static bool isIdeograph(uint32_t c) {
  for (auto &range : kIdeographs)
    if (c >= range[0] && c <= range[1])
      return true;
  return false;
}

// ---- Names from the table ---------------------------------------------------------------------------

static std::string_view wordAt(const uint8_t *&p) {
  unsigned n = *p++;
  if (n <= kOneByte)
    n--;
  else
    n = kOneByte + (n - kOneByte - 1) * 255 + (*p++ - 1);
  uint32_t start = kWordStarts[n / kWordStep];
  for (unsigned i = n - n % kWordStep; i < n; i++)
    start += kWordLengths[i];
  return {kWordText + start, kWordLengths[n]};
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

static void nameAt(uint32_t index, std::string *out) {
  out->clear();
  const uint8_t *p = kNameCodes + kNameStarts[index / 8];
  for (uint32_t skip = index % 8; skip; skip--)
    p = decodeName(p, nullptr);
  decodeName(p, out);
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
  nameAt(range->index + (c - range->first), out);
  return true;
}

// ---- Look-up ----------------------------------------------------------------------------------------

namespace {

/// Hashes of all names with their places, sorted; made at the first look-up.
struct HashedName {
  uint32_t hash, index;
};
uint32_t hashName(std::string_view name) {
  uint64_t hash = 0xcbf29ce484222325u;
  for (char c : name)
    hash = (hash ^ static_cast<uint8_t>(c)) * 0x100000001b3u;
  return static_cast<uint32_t>(hash >> 32);
}
const std::vector<HashedName> &hashedNames() {
  static const std::vector<HashedName> *all = [] {
    auto *names = new std::vector<HashedName>;
    names->reserve(kNameCount);
    const uint8_t *p = kNameCodes;
    std::string name;
    for (uint32_t i = 0; i < kNameCount; i++) {
      name.clear();
      p = decodeName(p, &name);
      names->push_back({hashName(name), i});
    }
    std::sort(names->begin(), names->end(),
              [](const HashedName &a, const HashedName &b) { return a.hash < b.hash; });
    return names;
  }();
  return *all;
}

/// The characters that the entry [index] names; their number.
int meaningOf(uint32_t index, uint32_t out[4]) {
  if (index >= kExtraStart + kAliasCount) {
    const uint32_t *sequence = kSequences[index - kExtraStart - kAliasCount];
    int count = 0;
    for (; count < 4 && sequence[count]; count++)
      out[count] = sequence[count];
    return count;
  }
  if (index >= kExtraStart) {
    out[0] = kAliasChars[index - kExtraStart];
    return 1;
  }
  auto *range = std::upper_bound(std::begin(kNameRanges), std::end(kNameRanges), index,
                                 [](uint32_t value, const NameRange &r) { return value < r.index; });
  range--;
  out[0] = range->first + (index - range->index);
  return 1;
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

int unicodeLookup(std::string_view given, uint32_t out[4], bool sequences) {
  std::string_view rest(given); // computed names are taken in upper case only, as CPython does
  if (rest.starts_with(kHangulPrefix)) {
    rest.remove_prefix(kHangulPrefix.size());
    int lead = takePart(rest, kLeads), vowel = lead < 0 ? -1 : takePart(rest, kVowels),
        trail = vowel < 0 ? -1 : takePart(rest, kTrails);
    if (trail < 0 || !rest.empty())
      return 0;
    out[0] = kFirstHangul + static_cast<uint32_t>(lead * 588 + vowel * 28 + trail);
    return 1;
  }
  if (rest.starts_with(kIdeographPrefix)) {
    rest.remove_prefix(kIdeographPrefix.size());
    uint32_t c = 0;
    for (char digit : rest) {
      int value = digit >= '0' && digit <= '9'   ? digit - '0'
                  : digit >= 'A' && digit <= 'F' ? digit - 'A' + 10
                                                 : -1;
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
  auto &names = hashedNames();
  uint32_t hash = hashName(name);
  auto at = std::lower_bound(names.begin(), names.end(), hash,
                             [](const HashedName &a, uint32_t value) { return a.hash < value; });
  std::string found;
  for (; at != names.end() && at->hash == hash; ++at) {
    nameAt(at->index, &found);
    if (found == name)
      return at->index < kExtraStart + kAliasCount || sequences ? meaningOf(at->index, out) : 0;
  }
  return 0;
}

} // namespace krait

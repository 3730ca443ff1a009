// Look-ups in the generated Unicode tables, normalisation and source encodings.
#include "compiler/frontend/unicode.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <iconv.h>
#include <vector>

namespace krait::unicode {

// Defined in the generated unicode_tables.cpp.
extern const size_t kIdStartSize, kIdContinueSize, kPrintableSize, kDecompositionKeysSize, kCombiningSize,
    kCompositionPairsSize, kNamesSize, kIdeographsSize;
extern const uint32_t kIdStart[], kIdContinue[], kPrintable[], kDecompositionKeys[], kDecompositionStarts[],
    kDecompositionPool[], kCombining[], kCompositionResults[], kIdeographs[];
extern const uint64_t kCompositionPairs[], kNames[];
extern const uint16_t kCharmaps[];
struct CharmapName {
  const char *name;
  int index;
};
extern const CharmapName kCharmapNames[];
struct CodecAlias {
  const char *alias, *codec;
};
extern const CodecAlias kCodecAliases[];

// A range table lists the points where membership changes; being past an odd number of them is being inside.
static bool inRanges(const uint32_t *table, size_t size, uint32_t c) {
  return (std::upper_bound(table, table + size, c) - table) & 1;
}

bool isIdentifierStart(uint32_t c) { return inRanges(kIdStart, kIdStartSize, c); }
bool isIdentifierContinue(uint32_t c) { return inRanges(kIdContinue, kIdContinueSize, c); }
bool isPrintable(uint32_t c) { return inRanges(kPrintable, kPrintableSize, c); }

// ---- Names ---------------------------------------------------------------------------------------

static constexpr uint32_t kHangulBase = 0xAC00, kLBase = 0x1100, kVBase = 0x1161, kTBase = 0x11A7;
static constexpr uint32_t kLCount = 19, kVCount = 21, kTCount = 28;

static int32_t lookupHangul(std::string_view rest) {
  static constexpr const char *kLead[] = {"G",  "GG", "N", "D",  "DD", "R", "M", "B", "BB", "S",
                                          "SS", "",   "J", "JJ", "C",  "K", "T", "P", "H"};
  static constexpr const char *kVowel[] = {"A",   "AE", "YA", "YAE", "EO", "E",  "YEO",
                                           "YE",  "O",  "WA", "WAE", "OE", "YO", "U",
                                           "WEO", "WE", "WI", "YU",  "EU", "YI", "I"};
  static constexpr const char *kTail[] = {"",   "G",  "GG", "GS", "N",  "NJ", "NH", "D", "L",  "LG",
                                          "LM", "LB", "LS", "LT", "LP", "LH", "M",  "B", "BS", "S",
                                          "SS", "NG", "J",  "C",  "K",  "T",  "P",  "H"};
  for (uint32_t l = 0; l < kLCount; l++) {
    if (!rest.starts_with(kLead[l]))
      continue;
    std::string_view afterLead = rest.substr(std::strlen(kLead[l]));
    for (uint32_t v = 0; v < kVCount; v++) {
      if (!afterLead.starts_with(kVowel[v]))
        continue;
      std::string_view tail = afterLead.substr(std::strlen(kVowel[v]));
      for (uint32_t t = 0; t < kTCount; t++)
        if (tail == kTail[t])
          return int32_t(kHangulBase + (l * kVCount + v) * kTCount + t);
    }
  }
  return -1;
}

static int32_t lookupIdeograph(std::string_view digits) {
  if (digits.size() != 4 && digits.size() != 5)
    return -1;
  uint32_t c = 0;
  for (char d : digits) {
    if (!((d >= '0' && d <= '9') || (d >= 'A' && d <= 'F')))
      return -1;
    c = c * 16 + uint32_t(d <= '9' ? d - '0' : d - 'A' + 10);
  }
  return inRanges(kIdeographs, kIdeographsSize, c) ? int32_t(c) : -1;
}

int32_t lookupName(std::string_view name) {
  std::string upper(name);
  for (char &c : upper)
    if (c >= 'a' && c <= 'z')
      c -= 32;
  constexpr std::string_view kIdeograph = "CJK UNIFIED IDEOGRAPH-", kSyllable = "HANGUL SYLLABLE ";
  std::string_view view = upper;
  if (view.starts_with(kSyllable))
    return lookupHangul(view.substr(kSyllable.size()));
  if (view.starts_with(kIdeograph))
    return lookupIdeograph(view.substr(kIdeograph.size()));
  uint64_t hash = 0xCBF29CE484222325u;
  for (unsigned char c : upper)
    hash = (hash ^ c) * 0x100000001B3u;
  hash = hash >> 21 << 21;
  const uint64_t *entry = std::lower_bound(kNames, kNames + kNamesSize, hash);
  if (entry == kNames + kNamesSize || (*entry >> 21 << 21) != hash)
    return -1;
  return int32_t(*entry & 0x1FFFFF);
}

// ---- UTF-8 ---------------------------------------------------------------------------------------

int32_t decodeUtf8(const char *&p, const char *end) {
  auto byte = [&](int i) { return uint32_t(static_cast<unsigned char>(p[i])); };
  auto trail = [&](int i) { return p + i < end && (byte(i) & 0xC0) == 0x80; };
  uint32_t lead = byte(0);
  if (lead < 0x80)
    return p++, int32_t(lead);
  uint32_t c;
  if (lead >= 0xC2 && lead < 0xE0 && trail(1)) {
    c = (lead & 0x1F) << 6 | (byte(1) & 0x3F);
    p += 2;
    return int32_t(c);
  }
  if (lead >= 0xE0 && lead < 0xF0 && trail(1) && trail(2)) {
    c = (lead & 0xF) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
    if (c >= 0x800) {
      p += 3;
      return int32_t(c);
    }
  }
  if (lead >= 0xF0 && lead < 0xF5 && trail(1) && trail(2) && trail(3)) {
    c = (lead & 7) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 | (byte(3) & 0x3F);
    if (c >= 0x10000 && c < 0x110000) {
      p += 4;
      return int32_t(c);
    }
  }
  p++;
  return -1;
}

void appendUtf8(std::string &out, uint32_t c) {
  if (c < 0x80) {
    out += char(c);
  } else if (c < 0x800) {
    out += char(0xC0 | c >> 6);
    out += char(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += char(0xE0 | c >> 12);
    out += char(0x80 | (c >> 6 & 0x3F));
    out += char(0x80 | (c & 0x3F));
  } else {
    out += char(0xF0 | c >> 18);
    out += char(0x80 | (c >> 12 & 0x3F));
    out += char(0x80 | (c >> 6 & 0x3F));
    out += char(0x80 | (c & 0x3F));
  }
}

int countCharacters(std::string_view text) {
  int count = 0;
  for (const char *p = text.data(), *end = p + text.size(); p < end; count++) {
    // A truncated sequence at the end is one replacement character, not one per byte.
    const char *before = p;
    if (decodeUtf8(p, end) < 0) {
      auto lead = static_cast<unsigned char>(*before);
      int wanted = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 1;
      while (p < end && p - before < wanted && (*p & 0xC0) == 0x80)
        p++;
    }
  }
  return count;
}

// ---- NFKC ----------------------------------------------------------------------------------------

static uint32_t combiningClass(uint32_t c) {
  const uint32_t *entry = std::lower_bound(kCombining, kCombining + kCombiningSize, c << 8);
  return entry != kCombining + kCombiningSize && *entry >> 8 == c ? *entry & 0xFF : 0;
}

static void decompose(uint32_t c, std::vector<uint32_t> &out) {
  if (c >= kHangulBase && c < kHangulBase + kLCount * kVCount * kTCount) {
    uint32_t index = c - kHangulBase;
    out.push_back(kLBase + index / (kVCount * kTCount));
    out.push_back(kVBase + index / kTCount % kVCount);
    if (index % kTCount)
      out.push_back(kTBase + index % kTCount);
    return;
  }
  const uint32_t *key = std::lower_bound(kDecompositionKeys, kDecompositionKeys + kDecompositionKeysSize, c);
  if (key == kDecompositionKeys + kDecompositionKeysSize || *key != c) {
    out.push_back(c);
    return;
  }
  size_t index = size_t(key - kDecompositionKeys);
  out.insert(out.end(), kDecompositionPool + kDecompositionStarts[index],
             kDecompositionPool + kDecompositionStarts[index + 1]);
}

// The primary composite of [a] and [b], or 0.
static uint32_t composePair(uint32_t a, uint32_t b) {
  if (a >= kLBase && a < kLBase + kLCount && b >= kVBase && b < kVBase + kVCount)
    return kHangulBase + ((a - kLBase) * kVCount + (b - kVBase)) * kTCount;
  if (a >= kHangulBase && a < kHangulBase + kLCount * kVCount * kTCount && (a - kHangulBase) % kTCount == 0 &&
      b > kTBase && b < kTBase + kTCount)
    return a + (b - kTBase);
  uint64_t pair = uint64_t(a) << 32 | b;
  const uint64_t *entry =
      std::lower_bound(kCompositionPairs, kCompositionPairs + kCompositionPairsSize, pair);
  if (entry == kCompositionPairs + kCompositionPairsSize || *entry != pair)
    return 0;
  return kCompositionResults[entry - kCompositionPairs];
}

// Sorts each run of combining marks by class, keeping the order within a class (insertion sort: runs are
// short).
static void orderCanonically(std::vector<uint32_t> &text) {
  for (size_t i = 1; i < text.size(); i++) {
    uint32_t c = text[i], klass = combiningClass(c);
    size_t j = i;
    for (; klass && j > 0 && combiningClass(text[j - 1]) > klass; j--)
      text[j] = text[j - 1];
    text[j] = c;
  }
}

static void compose(std::vector<uint32_t> &text) {
  size_t out = 0, starter = SIZE_MAX;
  uint32_t lastClass = 0;
  for (uint32_t c : text) {
    uint32_t klass = combiningClass(c);
    bool blocked = starter != SIZE_MAX && out > starter + 1 && lastClass >= klass;
    if (starter != SIZE_MAX && !blocked) {
      if (uint32_t composite = composePair(text[starter], c)) {
        text[starter] = composite;
        continue;
      }
    }
    if (!klass)
      starter = out;
    lastClass = klass;
    text[out++] = c;
  }
  text.resize(out);
}

std::string nfkc(std::string_view text) {
  std::vector<uint32_t> points;
  for (const char *p = text.data(), *end = p + text.size(); p < end;) {
    int32_t c = decodeUtf8(p, end);
    if (c >= 0)
      decompose(uint32_t(c), points);
  }
  orderCanonically(points);
  compose(points);
  std::string result;
  for (uint32_t c : points)
    appendUtf8(result, c);
  return result;
}

// ---- Encodings -----------------------------------------------------------------------------------

static std::string normalisedName(std::string_view name) {
  std::string result;
  for (char c : name)
    result += c == '-' || c == ' ' || c == '.' ? '_' : c >= 'A' && c <= 'Z' ? char(c + 32) : c;
  return result;
}

std::string describeUtf8Error(const char *p, const char *end, size_t position) {
  auto lead = uint8_t(*p);
  const int wanted = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  int have = 1;
  while (have < wanted && p + have < end && (p[have] & 0xC0) == 0x80)
    have++;
  char code[8];
  std::snprintf(code, sizeof code, "0x%02x", lead);
  std::string where = have > 1 ? "bytes in position " + std::to_string(position) + "-" +
                                     std::to_string(position + size_t(have) - 1)
                               : std::string("byte ") + code + " in position " + std::to_string(position);
  const char *why = lead < 0xC2 || lead > 0xF4 ? "invalid start byte"
                    : p + have >= end          ? "unexpected end of data"
                                               : "invalid continuation byte";
  return "'utf-8' codec can't decode " + where + ": " + why;
}

static bool failAt(std::string &error, std::string_view codec, std::string_view bytes, size_t position,
                   const char *why) {
  char code[8];
  std::snprintf(code, sizeof code, "0x%02x", uint8_t(bytes[position]));
  error = "'" + std::string(codec) + "' codec can't decode byte " + code + " in position " +
          std::to_string(position) + ": " + why;
  return false;
}

static bool decodeCharmap(std::string_view bytes, const uint16_t *map, std::string &out, std::string &error) {
  for (size_t i = 0; i < bytes.size(); i++) {
    uint16_t unit = map[uint8_t(bytes[i])];
    if (unit == 0xFFFE)
      return failAt(error, "charmap", bytes, i, "character maps to <undefined>");
    appendUtf8(out, unit);
  }
  return true;
}

static bool decodeUtf8Text(std::string_view bytes, std::string &out, std::string &error) {
  for (const char *p = bytes.data(), *end = p + bytes.size(); p < end;) {
    const char *before = p;
    int32_t c = decodeUtf8(p, end);
    if (c < 0 || (c >= 0xD800 && c < 0xE000)) {
      error = describeUtf8Error(before, end, size_t(before - bytes.data()));
      return false;
    }
  }
  out.append(bytes);
  return true;
}

static bool decodeIconv(std::string_view bytes, const std::string &name, std::string &out,
                        std::string &error) {
  // Python's names and libc's differ in a few places.
  static constexpr const char *kNames[][2] = {{"shift_jis", "SHIFT_JIS"},
                                              {"shift_jis_2004", "SHIFT_JISX0213"},
                                              {"shift_jisx0213", "SHIFT_JISX0213"},
                                              {"euc_jp", "EUC-JP"},
                                              {"euc_jis_2004", "EUC-JISX0213"},
                                              {"euc_jisx0213", "EUC-JISX0213"},
                                              {"iso2022_jp", "ISO-2022-JP"},
                                              {"iso2022_jp_1", "ISO-2022-JP-1"},
                                              {"iso2022_jp_2", "ISO-2022-JP-2"},
                                              {"iso2022_jp_3", "ISO-2022-JP-3"},
                                              {"iso2022_jp_2004", "ISO-2022-JP-3"},
                                              {"iso2022_jp_ext", "ISO-2022-JP"},
                                              {"iso2022_kr", "ISO-2022-KR"},
                                              {"euc_kr", "EUC-KR"},
                                              {"cp949", "UHC"},
                                              {"johab", "JOHAB"},
                                              {"gb2312", "GB2312"},
                                              {"gbk", "GBK"},
                                              {"gb18030", "GB18030"},
                                              {"hz", "HZ"},
                                              {"big5", "BIG5"},
                                              {"big5hkscs", "BIG5-HKSCS"},
                                              {"cp950", "CP950"},
                                              {"cp932", "CP932"},
                                              {"utf_7", "UTF-7"}};
  const char *target = nullptr;
  for (auto &[python, libc] : kNames)
    if (name == python)
      target = libc;
  iconv_t converter = target ? iconv_open("UTF-8", target) : iconv_t(-1);
  if (converter == iconv_t(-1)) {
    error = "unknown encoding: ";
    return false;
  }
  std::string buffer(bytes.size() * 4 + 16, '\0');
  char *in = const_cast<char *>(bytes.data()), *to = buffer.data();
  size_t inLeft = bytes.size(), outLeft = buffer.size();
  bool ok = iconv(converter, &in, &inLeft, &to, &outLeft) != size_t(-1);
  iconv_close(converter);
  if (!ok)
    return failAt(error, name, bytes, bytes.size() - inLeft, "illegal multibyte sequence");
  out.append(buffer.data(), size_t(to - buffer.data()));
  return true;
}

bool decode(std::string_view bytes, std::string_view encoding, std::string &out, std::string &error) {
  std::string name = normalisedName(encoding);
  for (const CharmapName *entry = kCharmapNames; entry->name; entry++)
    if (name == entry->name)
      return decodeCharmap(bytes, kCharmaps + 256 * entry->index, out, error);
  for (const CodecAlias *entry = kCodecAliases; entry->alias; entry++)
    if (name == entry->alias) {
      name = entry->codec;
      break;
    }
  if (name == "utf_8" || name == "utf_8_sig")
    return decodeUtf8Text(bytes, out, error);
  if (name == "latin_1" || name == "ascii") {
    for (size_t i = 0; i < bytes.size(); i++) {
      if (bytes[i] & 0x80 && name == "ascii")
        return failAt(error, "ascii", bytes, i, "ordinal not in range(128)");
      appendUtf8(out, uint8_t(bytes[i]));
    }
    return true;
  }
  if (decodeIconv(bytes, name, out, error))
    return true;
  if (error.ends_with(": "))
    error += encoding;
  return false;
}

} // namespace krait::unicode

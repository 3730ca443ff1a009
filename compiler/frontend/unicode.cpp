// Text as the front end sees it; the Unicode data is in runtime/unicode.
#include "compiler/frontend/unicode.h"

#include "runtime/unicode/names.h"
#include "runtime/unicode/normal.h"
#include "runtime/unicode/properties.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <iconv.h>
#include <vector>

namespace krait::unicode {

// Defined in the generated source_encodings.cpp.
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

bool isIdentifierStart(uint32_t c) { return charIs(c, kCharXidStart); }
bool isIdentifierContinue(uint32_t c) { return charIs(c, kCharXidContinue); }
bool isPrintable(uint32_t c) { return charIsPrintable(c); }

int32_t lookupName(std::string_view name) {
  uint32_t found[4];
  return unicodeLookup(name, found, false) ? static_cast<int32_t>(found[0]) : -1;
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

std::string nfkc(std::string_view text) {
  std::vector<uint32_t> points;
  for (const char *p = text.data(), *end = p + text.size(); p < end;) {
    int32_t c = decodeUtf8(p, end);
    if (c >= 0)
      points.push_back(uint32_t(c));
  }
  unicodeNormalize(points, {.composed = true, .compatible = true});
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

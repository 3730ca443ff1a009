// _krait_multibyte.cpp - see _krait_multibyte.h. The tables are made from the reference Python
// (make_multibyte_tables.py); the way back is worked out from them when an encoding first encodes.
#include "stdlib/native/_krait_multibyte.h"

#include "runtime/abi/native.h"
#include "runtime/object/args.h"
#include "runtime/object/bytes.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/str.h"

#include <cstdlib>

#include "stdlib/native/_krait_multibyte.bind.inc"

namespace krait {

namespace {

constexpr uint16_t kInvalid = 0xffff, kLead = 0xfffe;
constexpr uint32_t kCells =
    0x8000; // of a plane: two-byte characters by (lead - 0x80) << 8 | trail, 0 where there is none
constexpr uint32_t kPair = 0x110000; // a cell of that much and more is a pair of characters
constexpr uint32_t kLimit = 0x30000; // beyond all characters but those of GB 18030's arithmetic part

/// How cells of a plane correspond to those of the plane it is stored as differences from.
enum class CellMap : uint8_t { same, sjis, johab };
struct PackedPlane {
  const uint8_t *bytes; // see make_multibyte_tables.py; null: none
  int base;             // index of the charset that has the other plane, or -1
  CellMap map;
};

struct Charset {
  const char *name;
  const uint16_t *singles;   // of the 256 bytes: a character, kInvalid or kLead
  PackedPlane plane, second; // [second] behind 0x8f (EUC-JP)
  bool hasSecond;
  const uint32_t
      *runs; // GB 18030: triples of first character, its place among the four-byte sequences, length
  int runCount;
  const uint32_t *others; // pairs of a character and its bytes as a number (0: none), where they are not the
                          // reverse of decoding
  int otherCount;
};

#include "multibyte_tables.inc"

constexpr int kCharsets = sizeof charsets / sizeof *charsets;
constexpr uint32_t kSupplementary = 189000; // place of U+10000 among the four-byte sequences of GB 18030

const Charset *findCharset(Str *name) {
  std::string_view text = strView(name);
  for (const Charset &charset : charsets)
    if (text == charset.name)
      return &charset;
  return nullptr;
}

// ---- Planes, unpacked at an encoding's first use and kept for good ----------------------------------

/// The cell of EUC-JP for one of Shift_JIS.
uint32_t eucOfSjis(uint32_t cell) {
  uint32_t lead = (cell >> 8) + 0x80, trail = cell & 255;
  if (!((lead >= 0x81 && lead <= 0x9f) || (lead >= 0xe0 && lead <= 0xef)) || trail < 0x40 || trail == 0x7f ||
      trail > 0xfc)
    return 0;
  uint32_t row = (lead - (lead < 0xa0 ? 0x81 : 0xc1)) * 2 + (trail >= 0x9f);
  uint32_t column = trail - (trail >= 0x9f ? 0x9f : trail < 0x7f ? 0x40 : 0x41);
  return (row + 0x21) << 8 | (column + 0xa1);
}
/// The cell of EUC-KR for one of Johab's symbols and ideographs.
uint32_t eucOfJohab(uint32_t cell) {
  uint32_t lead = (cell >> 8) + 0x80, trail = cell & 255;
  bool leads = (lead >= 0xd9 && lead <= 0xde) || (lead >= 0xe0 && lead <= 0xf9);
  if (!leads || !((trail >= 0x31 && trail <= 0x7e) || (trail >= 0x91 && trail <= 0xfe)))
    return 0;
  uint32_t column = trail - (trail < 0x91 ? 0x31 : 0x43);
  uint32_t row = (lead < 0xe0 ? (lead - 0xd9) * 2 : lead * 2 - 0x197) + (column >= 0x5e);
  return (row + 0x21) << 8 | (column % 0x5e + 0xa1);
}
uint32_t mapped(CellMap map, uint32_t cell) {
  return map == CellMap::sjis ? eucOfSjis(cell) : map == CellMap::johab ? eucOfJohab(cell) : cell;
}

uint32_t takeNumber(const uint8_t *&p) {
  uint32_t n = 0;
  for (int shift = 0;; shift += 7) {
    uint32_t byte = *p++;
    n |= (byte & 0x7f) << shift;
    if (byte < 0x80)
      return n;
  }
}

const uint32_t *planeOf(int charset, bool second);

/// Null when memory is exhausted.
uint32_t *unpack(const PackedPlane &packed, bool second) {
  auto *cells = static_cast<uint32_t *>(std::calloc(kCells, sizeof(uint32_t)));
  const uint32_t *base = cells && packed.base >= 0 ? planeOf(packed.base, second) : nullptr;
  if (!cells || (packed.base >= 0 && !base)) {
    std::free(cells);
    return nullptr;
  }
  for (uint32_t cell = 0; base && cell < kCells; ++cell)
    cells[cell] = base[mapped(packed.map, cell)];
  const uint8_t *p = packed.bytes;
  uint32_t following = 0;
  for (uint32_t at = 0; at < kCells;) {
    at += takeNumber(p);
    if (at >= kCells)
      break;
    for (uint32_t end = at + takeNumber(p); at < end;) {
      uint32_t code = takeNumber(p);
      if (!code) {
        for (uint32_t n = takeNumber(p); n; --n)
          cells[at++] = 0;
        continue;
      }
      --code;
      cells[at] = code & 1 ? following - (code + 1) / 2 : following + code / 2;
      following = cells[at++] + 1;
    }
  }
  return cells;
}

const uint32_t *planeOf(int charset, bool second) {
  static uint32_t *planes[kCharsets][2];
  uint32_t *&plane = planes[charset][second];
  if (!plane)
    plane = unpack(second ? charsets[charset].second : charsets[charset].plane, second);
  return plane;
}

/// A charset ready for use.
struct Tables {
  const Charset *charset = nullptr;
  const uint32_t *plane = nullptr, *second = nullptr;
  bool spells = false; // EUC-KR: syllables without a code are spelled in eight bytes

  /// False with an exception pending.
  bool find(Str *name) {
    charset = findCharset(name);
    if (!charset) {
      krt_raise(kLookupError, "unknown encoding: %S", Value(name));
      return false;
    }
    int index = static_cast<int>(charset - charsets);
    plane = planeOf(index, false);
    spells = std::string_view(charset->name) == "euc_kr";
    if (charset->hasSecond)
      second = planeOf(index, true);
    if (plane && (second || !charset->hasSecond))
      return true;
    krt_raise_memory();
    return false;
  }
};

uint32_t cellAt(const uint32_t *plane, uint8_t lead, uint8_t trail) {
  return lead < 0x80 ? 0 : plane[(lead - 0x80u) << 8 | trail];
}

// ---- One character ----------------------------------------------------------------------------------

enum Status { kDone, kIllegal, kIncomplete };

/// A four-byte sequence of GB 18030 at [p].
Status decodeFour(const Charset &charset, const uint8_t *p, int64_t left, uint32_t *c) {
  if (left < 4)
    return kIncomplete;
  if (p[2] < 0x81 || p[2] == 0xff || p[3] < 0x30 || p[3] > 0x39)
    return kIllegal;
  auto place =
      static_cast<uint32_t>((((p[0] - 0x81) * 10 + p[1] - 0x30) * 126 + p[2] - 0x81) * 10 + p[3] - 0x30);
  if (place >= kSupplementary) {
    *c = place - kSupplementary + 0x10000;
    return *c <= 0x10ffff ? kDone : kIllegal;
  }
  for (int i = 0; i < charset.runCount; ++i) {
    const uint32_t *run = charset.runs + 3 * i;
    if (place >= run[1] && place - run[1] < run[2]) {
      *c = run[0] + place - run[1];
      return kDone;
    }
  }
  return kIllegal;
}

/// Of the consonants of KS X 1001 from 0xa1 on: their numbers at the beginning and at the end of a syllable,
/// -1: never there.
constexpr int8_t kInitials[30] = {0,  1, -1, 2, -1, -1, 3,  4,  5,  -1, -1, -1, -1, -1, -1,
                                  -1, 6, 7,  8, -1, 9,  10, 11, 12, 13, 14, 15, 16, 17, 18};
constexpr int8_t kFinals[30] = {1,  2,  3,  4,  5,  6,  7,  -1, 8,  9,  10, 11, 12, 13, 14,
                                15, 16, 17, -1, 18, 19, 20, 21, 22, -1, 23, 24, 25, 26, 27};
constexpr uint8_t kJamo = 0xa4, kFiller = 0xd4, kFirstConsonant = 0xa1, kFirstVowel = 0xbf;
constexpr uint32_t kFirstSyllable = 0xac00, kSyllables = 19 * 21 * 28;

/// A syllable spelled at [p]: filler, initial, vowel, final, each behind kJamo.
Status decodeSpelled(const uint8_t *p, int64_t left, uint32_t *c) {
  if (left < 8)
    return kIncomplete;
  uint32_t initial = p[3] - uint32_t{kFirstConsonant}, vowel = p[5] - uint32_t{kFirstVowel},
           last = p[7] - uint32_t{kFirstConsonant};
  if (p[2] != kJamo || p[4] != kJamo || p[6] != kJamo || initial >= 30 || kInitials[initial] < 0 ||
      vowel >= 21)
    return kIllegal;
  int8_t end = p[7] == kFiller ? 0 : last < 30 ? kFinals[last] : -1;
  if (end < 0)
    return kIllegal;
  *c = kFirstSyllable + (static_cast<uint32_t>(kInitials[initial]) * 21 + vowel) * 28 +
       static_cast<uint32_t>(end);
  return kDone;
}
uint8_t consonantOf(const int8_t (&numbers)[30], uint32_t number) {
  for (uint8_t i = 0; i < 30; ++i)
    if (numbers[i] == static_cast<int>(number))
      return static_cast<uint8_t>(kFirstConsonant + i);
  return kFiller;
}
bool encodeSpelled(uint32_t c, BytesBuilder *out) {
  c -= kFirstSyllable;
  if (c >= kSyllables)
    return false;
  uint8_t bytes[8] = {kJamo, kFiller,
                      kJamo, consonantOf(kInitials, c / 588),
                      kJamo, static_cast<uint8_t>(kFirstVowel + c / 28 % 21),
                      kJamo, c % 28 ? consonantOf(kFinals, c % 28) : kFiller};
  out->append(bytes, 8);
  return true;
}

/// The character of several bytes at [p]; [size] is how many.
Status decodeOne(const Tables &tables, const uint8_t *p, int64_t left, uint32_t *c, int *size) {
  const Charset &charset = *tables.charset;
  *size = 2;
  if (left < 2)
    return kIncomplete;
  if (tables.second && *p == 0x8f) {
    *size = 3;
    if (left < 3)
      return kIncomplete;
    *c = cellAt(tables.second, p[1], p[2]);
    return *c ? kDone : kIllegal;
  }
  if (charset.runCount && p[1] >= 0x30 && p[1] <= 0x39) {
    *size = 4;
    return decodeFour(charset, p, left, c);
  }
  if (tables.spells && p[0] == kJamo && p[1] == kFiller) {
    *size = 8;
    return decodeSpelled(p, left, c);
  }
  *c = cellAt(tables.plane, p[0], p[1]);
  return *c ? kDone : kIllegal;
}

constexpr uint32_t kFirstOfPair = 0xca;       // the lowest character that begins one
constexpr uint32_t kPairs = sizeof pairs / 4; // a 0 ends the table

/// Place of a character or pair in a table of codes.
uint32_t placeOf(uint32_t c) { return c < kPair ? c : kLimit + (c - kPair); }

void reversePlane(uint32_t *reverse, const uint32_t *plane, uint32_t prefix) {
  for (uint32_t i = 0; plane && i < kCells; ++i)
    if (uint32_t c = plane[i]; c && !reverse[placeOf(c)])
      reverse[placeOf(c)] = prefix << 16 | (i + 0x8000);
}

/// The bytes of each character below kLimit and of each pair as a number, 0 if none has up to three; kept for
/// good.
const uint32_t *reverseOf(const Tables &tables) {
  static uint32_t *reverses[kCharsets];
  const Charset &charset = *tables.charset;
  uint32_t *&reverse = reverses[&charset - charsets];
  if (reverse)
    return reverse;
  auto *made = static_cast<uint32_t *>(std::calloc(kLimit + kPairs, sizeof(uint32_t)));
  if (!made)
    return nullptr;
  for (uint32_t byte = 1; byte < 256; ++byte)
    if (uint16_t c = charset.singles[byte]; c < kLead && !made[c])
      made[c] = byte;
  reversePlane(made, tables.plane, 0);
  reversePlane(made, tables.second, 0x8f);
  for (int i = 0; i < charset.otherCount; ++i)
    made[placeOf(charset.others[2 * i])] = charset.others[2 * i + 1];
  return reverse = made;
}

/// The bytes of the pair of [first] and [next], or 0; *begins: some pair begins with [first].
uint32_t pairCode(const uint32_t *reverse, uint32_t first, uint32_t next, bool *begins) {
  *begins = false;
  for (uint32_t i = 0; i < kPairs; ++i) {
    if (pairs[2 * i] != first || !reverse[kLimit + i])
      continue;
    *begins = true;
    if (pairs[2 * i + 1] == next)
      return reverse[kLimit + i];
  }
  return 0;
}

bool encodeFour(const Charset &charset, uint32_t c, BytesBuilder *out) {
  if (!charset.runCount)
    return false;
  uint32_t place = 0;
  bool found = c >= 0x10000;
  if (found)
    place = c - 0x10000 + kSupplementary;
  for (int i = 0; i < charset.runCount && !found; ++i) {
    const uint32_t *run = charset.runs + 3 * i;
    found = c >= run[0] && c - run[0] < run[2];
    place = run[1] + c - run[0];
  }
  if (!found)
    return false;
  uint8_t bytes[4] = {static_cast<uint8_t>(0x81 + place / 12600),
                      static_cast<uint8_t>(0x30 + place / 1260 % 10),
                      static_cast<uint8_t>(0x81 + place / 10 % 126), static_cast<uint8_t>(0x30 + place % 10)};
  out->append(bytes, 4);
  return true;
}

} // namespace

extern "C" {

bool krt__krait_multibyte_has(Str *encoding) { return findCharset(encoding) != nullptr; }

Value krt__krait_multibyte_decode_py(Str *encoding, Value data, int64_t start) {
  Tables tables;
  if (!tables.find(encoding))
    return {};
  const Charset *charset = tables.charset;
  BytesLike bytes;
  if (!bytes.acquire_py(data))
    return {};
  StrBuilder out;
  int64_t at = std::max<int64_t>(start, 0);
  Status status = kDone;
  while (at < bytes.size()) {
    uint32_t c = charset->singles[bytes.data()[at]];
    int size = 1;
    if (c == kInvalid)
      status = kIllegal;
    else if (c == kLead)
      status = decodeOne(tables, bytes.data() + at, bytes.size() - at, &c, &size);
    if (status != kDone)
      break;
    if (c >= kPair) {
      out.append(pairs[2 * (c - kPair)]);
      c = pairs[2 * (c - kPair) + 1];
    }
    out.append(c);
    at += size;
  }
  Value parts[3] = {TRY(out.finish()), smallInt(at), smallInt(status)};
  return krt_tuple_from(parts, 3);
}

Value krt__krait_multibyte_encode(Str *encoding, Str *text, int64_t start, bool final) {
  Tables tables;
  if (!tables.find(encoding))
    return {};
  const uint32_t *reverse = reverseOf(tables);
  if (!reverse)
    return krt_raise_memory();
  BytesBuilder out;
  int64_t at = std::max<int64_t>(start, 0), length = text->length();
  Status status = kDone;
  for (; at < length; ++at) {
    uint32_t c = text->at(at);
    uint32_t n = c < kLimit ? reverse[c] : 0;
    if (c >= kFirstOfPair) {
      bool begins;
      uint32_t code = pairCode(reverse, c, at + 1 < length ? text->at(at + 1) : 0, &begins);
      if (begins && at + 1 == length && !final) {
        status = kIncomplete;
        break;
      }
      if (code) {
        n = code;
        ++at;
      }
    }
    if (!n && c) {
      if (!(tables.spells ? encodeSpelled(c, &out) : encodeFour(*tables.charset, c, &out))) {
        status = kIllegal;
        break;
      }
      continue;
    }
    for (int shift = n > 0xffff ? 16 : n > 0xff ? 8 : 0; shift >= 0; shift -= 8)
      out.append(static_cast<uint8_t>(n >> shift));
  }
  Value parts[3] = {out.finish(), smallInt(at), smallInt(status)};
  return krt_tuple_from(parts, 3);
}

} // extern "C"
} // namespace krait

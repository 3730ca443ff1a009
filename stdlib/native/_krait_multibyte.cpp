// _krait_multibyte.cpp - see _krait_multibyte.h. The tables are made from the reference Python (make_multibyte_tables.py); the way
// back is worked out from them when an encoding first encodes.
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

/// Two-byte characters: cells by lead and trail byte, 0 where there is none.
struct Plane {
  int firstLead, leads, firstTrail, trails;
  const uint16_t *cells;

  uint32_t find(int lead, int trail) const {
    lead -= firstLead;
    trail -= firstTrail;
    return lead >= 0 && lead < leads && trail >= 0 && trail < trails ? cells[lead * trails + trail] : 0;
  }
};

struct Charset {
  const char *name;
  const uint16_t *singles; // of the 256 bytes: a character, kInvalid or kLead
  Plane plane, second;     // [second] behind 0x8f (EUC-JP)
  const uint32_t *runs;    // GB 18030: triples of first character, its place among the four-byte sequences, length
  int runCount;
  const uint32_t *others; // pairs of a character and its bytes as a number (0: none), where they are not the reverse of decoding
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

enum Status { kDone, kIllegal, kIncomplete };

/// A four-byte sequence of GB 18030 at [p].
Status decodeFour(const Charset &charset, const uint8_t *p, int64_t left, uint32_t *c) {
  if (left < 4)
    return kIncomplete;
  if (p[2] < 0x81 || p[2] == 0xff || p[3] < 0x30 || p[3] > 0x39)
    return kIllegal;
  auto place = static_cast<uint32_t>((((p[0] - 0x81) * 10 + p[1] - 0x30) * 126 + p[2] - 0x81) * 10 + p[3] - 0x30);
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

/// The character of several bytes at [p]; [size] is how many.
Status decodeOne(const Charset &charset, const uint8_t *p, int64_t left, uint32_t *c, int *size) {
  *size = 2;
  if (left < 2)
    return kIncomplete;
  if (charset.second.leads && *p == 0x8f) {
    *size = 3;
    if (left < 3)
      return kIncomplete;
    *c = charset.second.find(p[1], p[2]);
    return *c ? kDone : kIllegal;
  }
  if (charset.runCount && p[1] >= 0x30 && p[1] <= 0x39) {
    *size = 4;
    return decodeFour(charset, p, left, c);
  }
  *c = charset.plane.find(p[0], p[1]);
  return *c ? kDone : kIllegal;
}

void reversePlane(uint32_t *reverse, const Plane &plane, uint32_t prefix) {
  for (int i = 0; i < plane.leads * plane.trails; ++i)
    if (uint32_t c = plane.cells[i]; c && !reverse[c])
      reverse[c] = prefix << 16 | static_cast<uint32_t>(plane.firstLead + i / plane.trails) << 8 |
                   static_cast<uint32_t>(plane.firstTrail + i % plane.trails);
}

/// The bytes of each character below 0x10000 as a number, 0 if none has up to three; kept for good.
const uint32_t *reverseOf(const Charset &charset) {
  static uint32_t *reverses[kCharsets];
  uint32_t *&reverse = reverses[&charset - charsets];
  if (reverse)
    return reverse;
  auto *made = static_cast<uint32_t *>(std::calloc(0x10000, sizeof(uint32_t)));
  if (!made)
    return nullptr;
  for (uint32_t byte = 1; byte < 256; ++byte)
    if (uint16_t c = charset.singles[byte]; c < kLead && !made[c])
      made[c] = byte;
  reversePlane(made, charset.plane, 0);
  reversePlane(made, charset.second, 0x8f);
  for (int i = 0; i < charset.otherCount; ++i)
    made[charset.others[2 * i]] = charset.others[2 * i + 1];
  return reverse = made;
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
  uint8_t bytes[4] = {static_cast<uint8_t>(0x81 + place / 12600), static_cast<uint8_t>(0x30 + place / 1260 % 10),
                      static_cast<uint8_t>(0x81 + place / 10 % 126), static_cast<uint8_t>(0x30 + place % 10)};
  out->append(bytes, 4);
  return true;
}

Value unknown(Str *name) { return krt_raise(kLookupError, "unknown encoding: %S", Value(name)); }

} // namespace

extern "C" {

bool krt__krait_multibyte_has(Str *encoding) { return findCharset(encoding) != nullptr; }

Value krt__krait_multibyte_decode_py(Str *encoding, Value data, int64_t start) {
  const Charset *charset = findCharset(encoding);
  if (!charset)
    return unknown(encoding);
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
      status = decodeOne(*charset, bytes.data() + at, bytes.size() - at, &c, &size);
    if (status != kDone)
      break;
    out.append(c);
    at += size;
  }
  Value parts[3] = {TRY(out.finish()), smallInt(at), smallInt(status)};
  return krt_tuple_from(parts, 3);
}

Value krt__krait_multibyte_encode(Str *encoding, Str *text, int64_t start) {
  const Charset *charset = findCharset(encoding);
  if (!charset)
    return unknown(encoding);
  const uint32_t *reverse = reverseOf(*charset);
  if (!reverse)
    return krt_raise_memory();
  BytesBuilder out;
  int64_t at = std::max<int64_t>(start, 0);
  for (; at < text->length(); ++at) {
    uint32_t c = text->at(at);
    uint32_t n = c < 0x10000 ? reverse[c] : 0;
    if (!n && c) {
      if (!encodeFour(*charset, c, &out))
        break;
      continue;
    }
    for (int shift = n > 0xffff ? 16 : n > 0xff ? 8 : 0; shift >= 0; shift -= 8)
      out.append(static_cast<uint8_t>(n >> shift));
  }
  Value parts[2] = {out.finish(), smallInt(at)};
  return krt_tuple_from(parts, 2);
}

} // extern "C"
} // namespace krait

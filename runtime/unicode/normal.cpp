// normal.cpp - see normal.h; the algorithm is that of Unicode's annex 15.
#include "runtime/unicode/normal.h"

#include "runtime/unicode/old.h"
#include "runtime/unicode/properties.h"

#include <algorithm>
#include <cstdio>
#include <iterator>

namespace krait {

struct Composition {
  uint32_t first, second, composed;
};

#include "unicode_normal.inc"

// ---- Decomposition ----------------------------------------------------------------------------------

namespace {

struct Mapping {
  const char *tag; // empty: canonical
  const uint16_t *units, *end;

  /// The next character of the mapping.
  uint32_t take() {
    uint32_t c = *units++;
    if (c - 0xd800 < 0x400 && units < end)
      c = 0x10000 + ((c - 0xd800) << 10) + (*units++ - 0xdc00u);
    return c;
  }
};

constexpr uint32_t kCharMask = 0x1fffff;

bool mappingOf(uint32_t c, Mapping *out) {
  auto *at = std::lower_bound(std::begin(kKeys), std::end(kKeys), c,
                              [](uint32_t key, uint32_t value) { return (key & kCharMask) < value; });
  if (at == std::end(kKeys) || (*at & kCharMask) != c)
    return false;
  out->tag = kTags[*at >> 21 & 31];
  out->units = kPool + kStarts[at - kKeys];
  out->end = out->units + (*at >> 26);
  return true;
}

constexpr uint32_t kSBase = 0xac00, kLBase = 0x1100, kVBase = 0x1161, kTBase = 0x11a7, kLCount = 19,
                   kVCount = 21, kTCount = 28;
constexpr uint32_t kNCount = kVCount * kTCount, kSCount = kLCount * kNCount;

using Chars = std::vector<uint32_t>;

void decompose(uint32_t c, NormalForm form, Chars &out) {
  if (c < 0xa0)
    return out.push_back(c);
  if (c - kSBase < kSCount) { // Hangul, by arithmetic
    uint32_t s = c - kSBase;
    out.push_back(kLBase + s / kNCount);
    out.push_back(kVBase + s % kNCount / kTCount);
    if (s % kTCount)
      out.push_back(kTBase + s % kTCount);
    return;
  }
  if (form.old) {
    if (uint32_t was = unicodeOldMapping(c))
      return out.push_back(was);
    if (unicodeOldUnassigned(c))
      return out.push_back(c);
  }
  Mapping mapping;
  if (!mappingOf(c, &mapping) || (*mapping.tag && !form.compatible))
    return out.push_back(c);
  while (mapping.units < mapping.end)
    decompose(mapping.take(), form, out);
}

uint8_t combiningOf(uint32_t c) { return c < 0x300 ? 0 : unicodeRecord(c).combining; }

/// Orders runs of combining characters by class, keeping the order of equals.
void reorder(Chars &text) {
  std::vector<uint64_t> run; // class, place, character
  for (size_t i = 0; i < text.size(); i++) {
    run.clear();
    size_t start = i;
    for (; i < text.size() && combiningOf(text[i]); i++)
      run.push_back(uint64_t(combiningOf(text[i])) << 56 | uint64_t(i - start) << 21 | text[i]);
    if (run.size() < 2)
      continue;
    std::sort(run.begin(), run.end());
    for (uint64_t entry : run)
      text[start++] = entry & kCharMask;
  }
}

// ---- Composition ------------------------------------------------------------------------------------

/// The character that two compose to, or 0.
uint32_t composePair(uint32_t a, uint32_t b) {
  if (a - kLBase < kLCount && b - kVBase < kVCount)
    return kSBase + ((a - kLBase) * kVCount + (b - kVBase)) * kTCount;
  if (a - kSBase < kSCount && (a - kSBase) % kTCount == 0 && b > kTBase && b < kTBase + kTCount)
    return a + (b - kTBase);
  auto *at = std::lower_bound(std::begin(kCompositions), std::end(kCompositions), Composition{a, b, 0},
                              [](const Composition &x, const Composition &y) {
                                return x.first != y.first ? x.first < y.first : x.second < y.second;
                              });
  return at != std::end(kCompositions) && at->first == a && at->second == b ? at->composed : 0;
}

void compose(Chars &text) {
  size_t starter = SIZE_MAX, out = 0;
  int last = -1; // class of the last character kept behind the starter; -1: none
  for (uint32_t c : text) {
    uint8_t cls = combiningOf(c);
    if (starter != SIZE_MAX && last < cls) {
      if (uint32_t composed = composePair(text[starter], c)) {
        text[starter] = composed;
        continue;
      }
    }
    if (cls == 0)
      starter = out;
    last = cls == 0 ? -1 : cls;
    text[out++] = c;
  }
  text.resize(out);
}

} // namespace

std::string unicodeDecomposition(uint32_t c) {
  Mapping mapping;
  if (!mappingOf(c, &mapping))
    return {};
  std::string text = mapping.tag;
  while (mapping.units < mapping.end) {
    char hex[12];
    std::snprintf(hex, sizeof hex, text.empty() ? "%04X" : " %04X", mapping.take());
    text += hex;
  }
  return text;
}

void unicodeNormalize(std::vector<uint32_t> &text, NormalForm form) {
  Chars out;
  out.reserve(text.size());
  for (uint32_t c : text)
    decompose(c, form, out);
  reorder(out);
  if (form.composed)
    compose(out);
  text.swap(out);
}

} // namespace krait

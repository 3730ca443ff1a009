// unicodedata.cpp - the module unicodedata.
#include "stdlib/native/unicodedata.h"

#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/float.h"
#include "runtime/object/int.h"
#include "runtime/object/str.h"
#include "runtime/object/unicode_names.h"
#include "runtime/object/unicode_tables.h"
#include "stdlib/native/unicodedata.bind.inc"

#include <algorithm>
#include <cstdio>

namespace krait {

struct Decomposition {
  uint32_t c;
  uint16_t tag, count; // tag 0: canonical
  uint32_t start;
};
struct CompositionPair {
  uint32_t first, second, composed;
};

#include "decompositions.inc"

bool krt_unicodedata_init(Module *module) {
  krt_dict_set_str(module->dict, KSTR(unidata_version), strFrom(unicodeVersion()));
  return true;
}

// ---- Properties -------------------------------------------------------------------------------------------

/// The character of an argument, or -1 with TypeError pending.
static int64_t charOf(Value chr, const char *function, bool several) {
  if (!strCheck(chr))
    return raiseInt(kTypeError, several ? "%s() argument 1 must be a unicode character, not %.50T" : "%s() argument must be a unicode character, not %.50T",
                    function, chr);
  if (chr.as<Str>()->length() != 1)
    return raiseInt(kTypeError, several ? "%s() argument 1 must be a unicode character, not str" : "%s() argument must be a unicode character, not str", function);
  return chr.as<Str>()->at(0);
}
static Value orDefault(Value fallback, const char *message) { return fallback ? fallback : krt_raise(kValueError, "%s", message); }

Value krt_unicodedata_decimal(Value chr, Value fallback) {
  int64_t c = TRY_INT(charOf(chr, "decimal", true));
  int value = charDecimal(static_cast<uint32_t>(c));
  return value >= 0 ? smallInt(value) : orDefault(fallback, "not a decimal");
}
Value krt_unicodedata_digit(Value chr, Value fallback) {
  int64_t c = TRY_INT(charOf(chr, "digit", true));
  int value = unicodeRecord(static_cast<uint32_t>(c)).digit;
  return value >= 0 ? smallInt(value) : orDefault(fallback, "not a digit");
}
Value krt_unicodedata_numeric(Value chr, Value fallback) {
  int64_t c = TRY_INT(charOf(chr, "numeric", true));
  const UnicodeRecord &record = unicodeRecord(static_cast<uint32_t>(c));
  return record.isNumeric ? floatBox(record.numeric) : orDefault(fallback, "not a numeric character");
}
Value krt_unicodedata_category(Value chr) {
  int64_t c = TRY_INT(charOf(chr, "category", false));
  return strIntern(unicodeCategory(static_cast<uint32_t>(c)));
}
Value krt_unicodedata_bidirectional(Value chr) {
  int64_t c = TRY_INT(charOf(chr, "bidirectional", false));
  return strIntern(unicodeBidi(static_cast<uint32_t>(c)));
}
Value krt_unicodedata_combining(Value chr) {
  int64_t c = TRY_INT(charOf(chr, "combining", false));
  return smallInt(unicodeRecord(static_cast<uint32_t>(c)).combining);
}
Value krt_unicodedata_mirrored(Value chr) {
  int64_t c = TRY_INT(charOf(chr, "mirrored", false));
  return smallInt((unicodeRecord(static_cast<uint32_t>(c)).flags & kCharMirrored) != 0);
}
Value krt_unicodedata_eastAsianWidth(Value chr) {
  int64_t c = TRY_INT(charOf(chr, "east_asian_width", false));
  return strIntern(unicodeWidth(static_cast<uint32_t>(c)));
}

// ---- Decomposition and composition ----------------------------------------------------------------------------

static const Decomposition *decompositionOf(uint32_t c) {
  auto *at = std::lower_bound(std::begin(kDecompositions), std::end(kDecompositions), c,
                              [](const Decomposition &d, uint32_t value) { return d.c < value; });
  return at != std::end(kDecompositions) && at->c == c ? at : nullptr;
}

Value krt_unicodedata_decomposition(Value chr) {
  int64_t c = TRY_INT(charOf(chr, "decomposition", false));
  const Decomposition *d = decompositionOf(static_cast<uint32_t>(c));
  if (!d)
    return krt_str_empty;
  std::string text = kTags[d->tag];
  for (uint32_t i = 0; i < d->count; i++) {
    char hex[12];
    std::snprintf(hex, sizeof hex, text.empty() ? "%04X" : " %04X", kDecompositionChars[d->start + i]);
    text += hex;
  }
  return strFrom(text);
}

constexpr uint32_t kSBase = 0xac00, kLBase = 0x1100, kVBase = 0x1161, kTBase = 0x11a7, kLCount = 19, kVCount = 21, kTCount = 28;
constexpr uint32_t kNCount = kVCount * kTCount, kSCount = kLCount * kNCount;

using Chars = GcVector<uint32_t>;

static void decompose(uint32_t c, bool compatible, Chars &out) {
  if (c - kSBase < kSCount) { // Hangul, by arithmetic
    uint32_t s = c - kSBase;
    out.push(kLBase + s / kNCount);
    out.push(kVBase + s % kNCount / kTCount);
    if (s % kTCount)
      out.push(kTBase + s % kTCount);
    return;
  }
  const Decomposition *d = c < 0xa0 ? nullptr : decompositionOf(c);
  if (!d || (d->tag && !compatible)) {
    out.push(c);
    return;
  }
  for (uint32_t i = 0; i < d->count; i++)
    decompose(kDecompositionChars[d->start + i], compatible, out);
}

static uint8_t combiningOf(uint32_t c) { return c < 0x300 ? 0 : unicodeRecord(c).combining; }

/// Orders runs of combining characters by class, keeping the order of equals.
static void reorder(Chars &text) {
  for (size_t i = 1; i < text.size(); i++) {
    uint8_t cls = combiningOf(text[i]);
    for (size_t k = i; cls && k > 0 && combiningOf(text[k - 1]) > cls; k--)
      std::swap(text[k], text[k - 1]);
  }
}

/// The character that two compose to, or 0.
static uint32_t composePair(uint32_t a, uint32_t b) {
  if (a - kLBase < kLCount && b - kVBase < kVCount)
    return kSBase + ((a - kLBase) * kVCount + (b - kVBase)) * kTCount;
  if (a - kSBase < kSCount && (a - kSBase) % kTCount == 0 && b > kTBase && b < kTBase + kTCount)
    return a + (b - kTBase);
  auto *at = std::lower_bound(std::begin(kCompositions), std::end(kCompositions), CompositionPair{a, b, 0},
                              [](const CompositionPair &x, const CompositionPair &y) {
                                return x.first != y.first ? x.first < y.first : x.second < y.second;
                              });
  return at != std::end(kCompositions) && at->first == a && at->second == b ? at->composed : 0;
}

static void compose(Chars &text) {
  size_t starter = SIZE_MAX, out = 0;
  int last = -1; // class of the last character kept behind the starter; -1: none
  for (size_t i = 0; i < text.size(); i++) {
    uint32_t c = text[i];
    uint8_t cls = combiningOf(c);
    if (starter != SIZE_MAX && (last < cls || last == -1)) {
      if (uint32_t composed = composePair(text[starter], c)) {
        text[starter] = composed;
        continue;
      }
    }
    if (cls == 0) {
      starter = out;
      last = -1;
    } else {
      last = cls;
    }
    text[out++] = c;
  }
  while (text.size() > out)
    text.pop();
}

/// Whether the form composes and is one of compatibility; false with ValueError pending.
static bool formOf(Str *form, bool *composed, bool *compatible) {
  std::string_view name = strView(form);
  *composed = name == "NFC" || name == "NFKC";
  *compatible = name == "NFKC" || name == "NFKD";
  if (*composed || *compatible || name == "NFD")
    return true;
  krt_raise(kValueError, "invalid normalization form");
  return false;
}

Value krt_unicodedata_normalize(Str *form, Str *text) {
  bool composed, compatible;
  if (!formOf(form, &composed, &compatible))
    return {};
  if (text->isAscii() || text->length() == 0)
    return strPlain(text);
  Chars chars;
  for (int64_t i = 0; i < text->length(); i++)
    decompose(text->at(i), compatible, chars);
  reorder(chars);
  if (composed)
    compose(chars);
  Str *result = TRY(krt_str_from_ucs4(chars.data(), chars.size()));
  return krt_str_equal(result, text) ? strPlain(text) : result;
}
Value krt_unicodedata_isNormalized(Str *form, Str *text) {
  Value normal = TRY(krt_unicodedata_normalize(form, text));
  return boolean(krt_str_equal(normal.as<Str>(), text));
}

// ---- Names ------------------------------------------------------------------------------------------------------

Value krt_unicodedata_name(Value chr, Value fallback) {
  int64_t c = TRY_INT(charOf(chr, "name", true));
  std::string name;
  return unicodeName(static_cast<uint32_t>(c), &name) ? Value(strFrom(name)) : orDefault(fallback, "no such name");
}
Value krt_unicodedata_lookup(Str *name) {
  uint32_t chars[4];
  int count = unicodeLookup(strView(name), chars, true, true);
  if (!count)
    return krt_raise(kKeyError, "undefined character name '%S'", Value(name));
  return krt_str_from_ucs4(chars, static_cast<size_t>(count));
}

} // namespace krait

// str_case.cpp - case mapping and character tests of str.
#include "runtime/object/str_chars.h"
#include "runtime/object/str_methods.h"
#include "runtime/unicode/properties.h"

namespace krait {

namespace {

constexpr uint32_t kCapitalSigma = 0x3a3, kSmallSigma = 0x3c3, kFinalSigma = 0x3c2;

/// Sigma at the end of a word: something cased before, nothing cased behind (characters that case ignores
/// left out).
bool isFinalSigma(Str *text, int64_t at) {
  int64_t i = at - 1;
  while (i >= 0 && charIs(text->at(i), kCharCaseIgnorable))
    i--;
  if (i < 0 || !charIs(text->at(i), kCharCased))
    return false;
  for (i = at + 1; i < text->length() && charIs(text->at(i), kCharCaseIgnorable); i++)
    ;
  return i == text->length() || !charIs(text->at(i), kCharCased);
}

void appendMapped(StrBuilder &out, Str *text, int64_t at, CaseMapping mapping) {
  uint32_t c = text->at(at);
  if (mapping == CaseMapping::Lower && c == kCapitalSigma) {
    out.append(isFinalSigma(text, at) ? kFinalSigma : kSmallSigma);
    return;
  }
  uint32_t mapped[3];
  int count = charMap(c, mapping, mapped);
  for (int i = 0; i < count; i++)
    out.append(mapped[i]);
}

Str *mapAll(Str *self, CaseMapping mapping) {
  int64_t length = self->length();
  if (self->isAscii()) {
    if (length == 0)
      return krt_str_empty;
    uint8_t first = mapping == CaseMapping::Upper ? 'a' : 'A';
    if (length == 1) {
      uint32_t c = self->data1()[0];
      return krt_str_from_char(c - first < 26u ? c ^ 0x20 : c);
    }
    Str *result = krt_str_new_raw(static_cast<size_t>(length), 1, true);
    if (!result)
      return nullptr;
    const uint8_t *in = self->data1();
    uint8_t *out = result->inline1;
    for (int64_t i = 0; i < length; i++)
      out[i] = static_cast<uint8_t>(in[i] ^ (static_cast<uint8_t>(in[i] - first) < 26 ? 0x20 : 0));
    return result;
  }
  StrBuilder out;
  for (int64_t i = 0; i < length; i++)
    appendMapped(out, self, i, mapping);
  return out.finish();
}

} // namespace

Str *krt_str_lower(Str *self) { return mapAll(self, CaseMapping::Lower); }
Str *krt_str_upper(Str *self) { return mapAll(self, CaseMapping::Upper); }
Str *krt_str_casefold(Str *self) { return mapAll(self, CaseMapping::Fold); }

Str *krt_str_capitalize(Str *self) {
  StrBuilder out;
  for (int64_t i = 0; i < self->length(); i++)
    appendMapped(out, self, i, i ? CaseMapping::Lower : CaseMapping::Title);
  return out.finish();
}
Str *krt_str_title(Str *self) {
  StrBuilder out;
  bool inWord = false;
  for (int64_t i = 0; i < self->length(); i++) {
    appendMapped(out, self, i, inWord ? CaseMapping::Lower : CaseMapping::Title);
    inWord = charIs(self->at(i), kCharCased);
  }
  return out.finish();
}
Str *krt_str_swapcase(Str *self) {
  StrBuilder out;
  for (int64_t i = 0; i < self->length(); i++) {
    uint32_t c = self->at(i);
    if (charIs(c, kCharUpper))
      appendMapped(out, self, i, CaseMapping::Lower);
    else if (charIs(c, kCharLower))
      appendMapped(out, self, i, CaseMapping::Upper);
    else
      out.append(c);
  }
  return out.finish();
}

// ---- Tests ------------------------------------------------------------------------------------------------

/// Every character passes; false for the empty string.
template <typename Test> static bool all(Str *self, Test test) {
  int64_t length = self->length();
  return length > 0 && withChars(self, [&](auto *text) {
           for (int64_t i = 0; i < length; i++)
             if (!test(static_cast<uint32_t>(text[i])))
               return false;
           return true;
         });
}
static bool isNumericChar(uint32_t c) { return c < 128 ? c - '0' < 10 : unicodeRecord(c).isNumeric; }
static bool isDigitChar(uint32_t c) { return c < 128 ? c - '0' < 10 : unicodeRecord(c).digit >= 0; }

bool krt_str_isalpha(Str *self) {
  return all(self, [](uint32_t c) { return charIs(c, kCharAlpha); });
}
bool krt_str_isalnum(Str *self) {
  return all(self, [](uint32_t c) { return charIs(c, kCharAlpha) || isNumericChar(c) || isDigitChar(c); });
}
bool krt_str_isascii(Str *self) { return self->isAscii(); }
bool krt_str_isdecimal(Str *self) {
  return all(self, [](uint32_t c) { return charDecimal(c) >= 0; });
}
bool krt_str_isdigit(Str *self) { return all(self, isDigitChar); }
bool krt_str_isnumeric(Str *self) { return all(self, isNumericChar); }
bool krt_str_isspace(Str *self) { return all(self, charIsSpace); }
bool krt_str_isprintable(Str *self) { return self->length() == 0 || all(self, charIsPrintable); }
bool krt_str_isidentifier(Str *self) {
  bool first = true;
  return all(self, [&](uint32_t c) {
    bool good = c == '_' || charIs(c, first ? kCharXidStart : kCharXidContinue);
    first = false;
    return good;
  });
}
/// All cased characters have [wanted], and there is one.
static bool caseIs(Str *self, UnicodeFlags wanted) {
  bool seen = false;
  bool clean = all(self, [&](uint32_t c) {
    uint16_t flags = charFlags(c);
    if (flags & wanted) {
      seen = true;
      return true;
    }
    return !(flags & (kCharLower | kCharUpper | kCharTitle));
  });
  return clean && seen;
}
bool krt_str_islower(Str *self) { return caseIs(self, kCharLower); }
bool krt_str_isupper(Str *self) { return caseIs(self, kCharUpper); }
bool krt_str_istitle(Str *self) {
  bool inWord = false, seen = false;
  bool clean = all(self, [&](uint32_t c) {
    uint16_t flags = charFlags(c);
    bool good = true;
    if (flags & (kCharUpper | kCharTitle)) {
      good = !inWord;
      inWord = seen = true;
    } else if (flags & kCharLower) {
      good = inWord;
      seen = true;
    } else {
      inWord = false;
    }
    return good;
  });
  return clean && seen;
}

} // namespace krait

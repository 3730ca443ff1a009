// Unicode 14 as the front end needs it: identifiers, NFKC, names of characters, UTF-8, source encodings.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace krait::unicode {

bool isIdentifierStart(uint32_t c);
bool isIdentifierContinue(uint32_t c);
bool isPrintable(uint32_t c);

/// The character that "\N{name}" stands for, or -1. Case does not matter.
int32_t lookupName(std::string_view name);

/// Normalisation form KC of valid UTF-8.
std::string nfkc(std::string_view text);

/// Decodes the character at [p] (before [end]) and moves past it; returns -1 and moves one byte if it is
/// invalid. Lone surrogates are accepted.
int32_t decodeUtf8(const char *&p, const char *end);
void appendUtf8(std::string &out, uint32_t c);

/// The number of characters in [text]; an incomplete or invalid sequence counts as one.
int countCharacters(std::string_view text);

/// Converts [bytes] from the encoding called [name] (any of Python's spellings) to UTF-8, appended to [out].
/// False: the encoding is not known or the bytes are not in it, and [error] says so in CPython's words.
bool decode(std::string_view bytes, std::string_view name, std::string &out, std::string &error);

/// CPython's words for the invalid UTF-8 at [p] (before [end]), [position] bytes into what is decoded.
std::string describeUtf8Error(const char *p, const char *end, size_t position);

} // namespace krait::unicode

// unicodedata.h - the module unicodedata.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(unicodedata, "Properties of Unicode characters.");

extern "C" {
KRT_MODULE_INIT(unicodedata)
bool krt_unicodedata_init(Module *module);

/// The value of a decimal digit.
KRT_FUNCTION(unicodedata, "decimal(chr, default=<null>, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_unicodedata_decimal(Value chr, Value fallback);
/// The value of a digit.
KRT_FUNCTION(unicodedata, "digit(chr, default=<null>, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_unicodedata_digit(Value chr, Value fallback);
/// The numeric value, as a float.
KRT_FUNCTION(unicodedata, "numeric(chr, default=<null>, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_unicodedata_numeric(Value chr, Value fallback);
/// The general category.
KRT_FUNCTION(unicodedata, "category(chr, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_unicodedata_category(Value chr);
/// The bidirectional class.
KRT_FUNCTION(unicodedata, "bidirectional(chr, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_unicodedata_bidirectional(Value chr);
/// The canonical combining class.
KRT_FUNCTION(unicodedata, "combining(chr, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_unicodedata_combining(Value chr);
/// Whether the character is mirrored in bidirectional text.
KRT_FUNCTION(unicodedata, "mirrored(chr, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_unicodedata_mirrored(Value chr);
/// The East Asian width.
KRT_FUNCTION(unicodedata, "east_asian_width(chr, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_unicodedata_eastAsianWidth(Value chr);
/// The decomposition mapping as text.
KRT_FUNCTION(unicodedata, "decomposition(chr, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_unicodedata_decomposition(Value chr);
/// The text in normal form NFC, NFD, NFKC or NFKD.
KRT_FUNCTION(unicodedata, "normalize(form, unistr, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_unicodedata_normalize(Str *form, Str *text);
/// Whether the text is in the normal form.
KRT_FUNCTION(unicodedata, "is_normalized(form, unistr, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_unicodedata_isNormalized(Str *form, Str *text);
/// The name of a character.
KRT_FUNCTION(unicodedata, "name(chr, default=<null>, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_unicodedata_name(Value chr, Value fallback);
/// The character of a name.
KRT_FUNCTION(unicodedata, "lookup(name, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_unicodedata_lookup(Str *name);
}

} // namespace krait

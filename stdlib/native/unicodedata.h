// unicodedata.h - the module unicodedata.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

/// An older version of the database; there is one object, ucd_3_2_0.
struct Ucd : Object {};

KRT_MODULE(unicodedata, "Properties of Unicode characters.");
KRT_CLASS(ucd, "The database of another version of Unicode.");

extern "C" {
extern Class krt_ucd_class;
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

// The same of an older version.
/// The value of a decimal digit.
KRT_METHOD(ucd, "decimal(self, chr, default=<null>, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_ucd_decimal(Value self, Value chr, Value fallback);
/// The value of a digit.
KRT_METHOD(ucd, "digit(self, chr, default=<null>, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_ucd_digit(Value self, Value chr, Value fallback);
/// The numeric value, as a float.
KRT_METHOD(ucd, "numeric(self, chr, default=<null>, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_ucd_numeric(Value self, Value chr, Value fallback);
/// The general category.
KRT_METHOD(ucd, "category(self, chr, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_ucd_category(Value self, Value chr);
/// The bidirectional class.
KRT_METHOD(ucd, "bidirectional(self, chr, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_ucd_bidirectional(Value self, Value chr);
/// The canonical combining class.
KRT_METHOD(ucd, "combining(self, chr, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_ucd_combining(Value self, Value chr);
/// Whether the character is mirrored in bidirectional text.
KRT_METHOD(ucd, "mirrored(self, chr, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_ucd_mirrored(Value self, Value chr);
/// The East Asian width.
KRT_METHOD(ucd, "east_asian_width(self, chr, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_ucd_eastAsianWidth(Value self, Value chr);
/// The decomposition mapping as text.
KRT_METHOD(ucd, "decomposition(self, chr, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_ucd_decomposition(Value self, Value chr);
/// The text in normal form NFC, NFD, NFKC or NFKD.
KRT_METHOD(ucd, "normalize(self, form, unistr, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_ucd_normalize(Value self, Str *form, Str *text);
/// Whether the text is in the normal form.
KRT_METHOD(ucd, "is_normalized(self, form, unistr, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_ucd_isNormalized(Value self, Str *form, Str *text);
/// The name of a character.
KRT_METHOD(ucd, "name(self, chr, default=<null>, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_ucd_name(Value self, Value chr, Value fallback);
/// The character of a name.
KRT_METHOD(ucd, "lookup(self, name, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_ucd_lookup(Value self, Str *name);
}

} // namespace krait

// unicodedata.cpp - the module unicodedata.
#include "stdlib/native/unicodedata.h"

#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/float.h"
#include "runtime/object/int.h"
#include "runtime/object/str.h"
#include "runtime/unicode/names.h"
#include "runtime/unicode/normal.h"
#include "runtime/unicode/old.h"
#include "runtime/unicode/properties.h"
#include "stdlib/native/class_module.h"
#include "stdlib/native/unicodedata.bind.inc"

#include <vector>

namespace krait {

// ---- Properties -------------------------------------------------------------------------------------------

/// The character of an argument, or -1 with TypeError pending.
static int64_t charOf(Value chr, const char *function, bool several) {
  if (!strCheck(chr))
    return raiseInt(kTypeError,
                    several ? "%s() argument 1 must be a unicode character, not %.50T"
                            : "%s() argument must be a unicode character, not %.50T",
                    function, chr);
  if (chr.as<Str>()->length() != 1)
    return raiseInt(kTypeError,
                    several ? "%s() argument 1 must be a unicode character, not str"
                            : "%s() argument must be a unicode character, not str",
                    function);
  return chr.as<Str>()->at(0);
}
static Value orDefault(Value fallback, const char *message) {
  return fallback ? fallback : krt_raise(kValueError, "%s", message);
}

static UnicodeRecord recordOf(int64_t c, bool old) {
  return old ? unicodeOldRecord(static_cast<uint32_t>(c)) : unicodeRecord(static_cast<uint32_t>(c));
}

static Value decimalOf(Value chr, Value fallback, bool old) {
  int64_t c = TRY_INT(charOf(chr, "decimal", true));
  int value = recordOf(c, old).decimal;
  return value >= 0 ? smallInt(value) : orDefault(fallback, "not a decimal");
}
static Value digitOf(Value chr, Value fallback, bool old) {
  int64_t c = TRY_INT(charOf(chr, "digit", true));
  int value = recordOf(c, old).digit;
  return value >= 0 ? smallInt(value) : orDefault(fallback, "not a digit");
}
static Value numericOf(Value chr, Value fallback, bool old) {
  int64_t c = TRY_INT(charOf(chr, "numeric", true));
  UnicodeRecord record = recordOf(c, old);
  return record.isNumeric ? floatBox(record.numeric) : orDefault(fallback, "not a numeric character");
}
static Value categoryOf(Value chr, bool old) {
  int64_t c = TRY_INT(charOf(chr, "category", false));
  return strIntern(unicodeCategoryName(recordOf(c, old)));
}
static Value bidirectionalOf(Value chr, bool old) {
  int64_t c = TRY_INT(charOf(chr, "bidirectional", false));
  return strIntern(unicodeBidiName(recordOf(c, old)));
}
static Value combiningOf(Value chr, bool old) {
  int64_t c = TRY_INT(charOf(chr, "combining", false));
  return smallInt(recordOf(c, old).combining);
}
static Value mirroredOf(Value chr, bool old) {
  int64_t c = TRY_INT(charOf(chr, "mirrored", false));
  return smallInt((recordOf(c, old).flags & kCharMirrored) != 0);
}
static Value eastAsianWidthOf(Value chr, bool old) {
  int64_t c = TRY_INT(charOf(chr, "east_asian_width", false));
  return strIntern(unicodeWidthName(recordOf(c, old)));
}

// ---- Decomposition and composition ------------------------------------------------------------------

static Value decompositionOf(Value chr, bool old) {
  auto c = static_cast<uint32_t>(TRY_INT(charOf(chr, "decomposition", false)));
  return old && unicodeOldUnassigned(c) ? Value(krt_str_empty) : Value(strFrom(unicodeDecomposition(c)));
}

/// False with ValueError pending.
static bool formOf(Str *name, bool old, NormalForm *out) {
  std::string_view text = strView(name);
  out->composed = text == "NFC" || text == "NFKC";
  out->compatible = text == "NFKC" || text == "NFKD";
  out->old = old;
  if (out->composed || out->compatible || text == "NFD")
    return true;
  krt_raise(kValueError, "invalid normalization form");
  return false;
}

static Value normalizeTo(Str *formName, Str *text, bool old) {
  NormalForm form;
  // Any name does for the empty string, as in CPython.
  if (text->length() == 0)
    return strPlain(text);
  if (!formOf(formName, old, &form))
    return {};
  if (text->isAscii())
    return strPlain(text);
  std::vector<uint32_t> chars(static_cast<size_t>(text->length()));
  for (int64_t i = 0; i < text->length(); i++)
    chars[static_cast<size_t>(i)] = text->at(i);
  unicodeNormalize(chars, form);
  Str *result = TRY(krt_str_from_ucs4(chars.data(), chars.size()));
  return krt_str_equal(result, text) ? strPlain(text) : result;
}
static Value isNormalizedTo(Str *form, Str *text, bool old) {
  Value normal = TRY(normalizeTo(form, text, old));
  return boolean(krt_str_equal(normal.as<Str>(), text));
}

// ---- Names ------------------------------------------------------------------------------------------

static Value nameOf(Value chr, Value fallback, bool old) {
  auto c = static_cast<uint32_t>(TRY_INT(charOf(chr, "name", true)));
  std::string name;
  bool found = !(old && unicodeOldUnassigned(c)) && unicodeName(c, &name);
  return found ? Value(strFrom(name)) : orDefault(fallback, "no such name");
}
static Value lookupOf(Str *name, bool old) {
  uint32_t chars[4];
  int count = unicodeLookup(strView(name), chars, !old);
  if (count && old) { // neither aliases nor what came later
    std::string real, given(strView(name));
    for (char &c : given)
      c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    if (unicodeOldUnassigned(chars[0]) || !unicodeName(chars[0], &real) || real != given)
      count = 0;
  }
  if (!count)
    return krt_raise(kKeyError, "undefined character name '%S'", Value(name));
  return krt_str_from_ucs4(chars, static_cast<size_t>(count));
}

// ---- The module's functions and the methods of the old version --------------------------------------

Value krt_unicodedata_decimal(Value chr, Value fallback) { return decimalOf(chr, fallback, false); }
Value krt_ucd_decimal(Value, Value chr, Value fallback) { return decimalOf(chr, fallback, true); }
Value krt_unicodedata_digit(Value chr, Value fallback) { return digitOf(chr, fallback, false); }
Value krt_ucd_digit(Value, Value chr, Value fallback) { return digitOf(chr, fallback, true); }
Value krt_unicodedata_numeric(Value chr, Value fallback) { return numericOf(chr, fallback, false); }
Value krt_ucd_numeric(Value, Value chr, Value fallback) { return numericOf(chr, fallback, true); }
Value krt_unicodedata_category(Value chr) { return categoryOf(chr, false); }
Value krt_ucd_category(Value, Value chr) { return categoryOf(chr, true); }
Value krt_unicodedata_bidirectional(Value chr) { return bidirectionalOf(chr, false); }
Value krt_ucd_bidirectional(Value, Value chr) { return bidirectionalOf(chr, true); }
Value krt_unicodedata_combining(Value chr) { return combiningOf(chr, false); }
Value krt_ucd_combining(Value, Value chr) { return combiningOf(chr, true); }
Value krt_unicodedata_mirrored(Value chr) { return mirroredOf(chr, false); }
Value krt_ucd_mirrored(Value, Value chr) { return mirroredOf(chr, true); }
Value krt_unicodedata_eastAsianWidth(Value chr) { return eastAsianWidthOf(chr, false); }
Value krt_ucd_eastAsianWidth(Value, Value chr) { return eastAsianWidthOf(chr, true); }
Value krt_unicodedata_decomposition(Value chr) { return decompositionOf(chr, false); }
Value krt_ucd_decomposition(Value, Value chr) { return decompositionOf(chr, true); }
Value krt_unicodedata_normalize(Str *form, Str *text) { return normalizeTo(form, text, false); }
Value krt_ucd_normalize(Value, Str *form, Str *text) { return normalizeTo(form, text, true); }
Value krt_unicodedata_isNormalized(Str *form, Str *text) { return isNormalizedTo(form, text, false); }
Value krt_ucd_isNormalized(Value, Str *form, Str *text) { return isNormalizedTo(form, text, true); }
Value krt_unicodedata_name(Value chr, Value fallback) { return nameOf(chr, fallback, false); }
Value krt_ucd_name(Value, Value chr, Value fallback) { return nameOf(chr, fallback, true); }
Value krt_unicodedata_lookup(Str *name) { return lookupOf(name, false); }
Value krt_ucd_lookup(Value, Str *name) { return lookupOf(name, true); }

Class krt_ucd_class = {
    .flags = kClassDisallowNew,
    .nativeName = "unicodedata.UCD",
    .basicSize = sizeof(Ucd),
    .methods = krt_ucd_defs,
    .doc = krt_ucd_doc,
};

bool krt_unicodedata_init(Module *module) {
  static Value older;
  addClass(module, &krt_ucd_class);
  if (!older)
    older = gcNew<Ucd>(krt_ucd_class);
  krt_dict_set_str(krt_ucd_class.dict, KSTR(unidata_version), strFrom("3.2.0"));
  krt_dict_set_str(module->dict, KSTR(ucd_3_2_0), older);
  krt_dict_set_str(module->dict, KSTR(unidata_version), strFrom(unicodeVersion()));
  return true;
}

} // namespace krait

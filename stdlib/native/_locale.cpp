// _locale.cpp - see _locale.h. Text of the C library is in the encoding of the current locale; what does not
// decode becomes lone surrogates.
#include "stdlib/native/_locale.h"

#include "runtime/object/codecs.h"
#include "runtime/object/system_text.h"
#include "stdlib/native/class_module.h"
#include "stdlib/native/system_calls.h"

#include <clocale>
#include <cwchar>
#include <langinfo.h>
#include <libintl.h>

#include "stdlib/native/_locale.bind.inc"

namespace krait {

static Class *error;

/// UTF-8 of a str without NUL; null with an exception pending.
static const char *textOf(Str *text) {
  size_t size;
  const char *data = krt_str_utf8(text, &size);
  if (data && std::strlen(data) != size) {
    krt_raise(kValueError, "embedded null character");
    return nullptr;
  }
  return data;
}
/// Text of the C library, in the encoding of the current locale.
static Value localeText(const char *text) {
  KRT_ALLOW_PY("the codecs of locales are the library's");
  return krt_codec_decode_py(krt_bytes_new(text, std::strlen(text)), systemLocaleEncoding(),
                             "surrogateescape");
}
static Value orNone(const char *text) { return text ? localeText(text) : kNone; }

Value krt__locale_setlocale(int category, Str *locale) {
  const char *name = locale ? TRY(textOf(locale)) : nullptr;
  const char *result = ::setlocale(category, name);
  if (!result)
    return krt_raise(error, name ? "unsupported locale setting" : "locale query failed");
  return localeText(result);
}

/// [3, 3, 0]: the sizes of groups of digits, up to the end mark that is kept.
static Value grouping(const char *groups) {
  List *list = krt_list_new(0);
  if (!*groups)
    return list;
  for (;; ++groups) {
    krt_list_append(list, smallInt(*groups));
    if (!*groups || *groups == CHAR_MAX)
      return list;
  }
}

Value krt__locale_localeconv() {
  const lconv *l = ::localeconv();
  Dict *result = krt_dict_new();
  auto text = [&](const char *name, const char *value) {
    krt_dict_set_str(result, strIntern(name), localeText(value));
  };
  auto number = [&](const char *name, int value) {
    krt_dict_set_str(result, strIntern(name), smallInt(value));
  };
  text("int_curr_symbol", l->int_curr_symbol);
  text("currency_symbol", l->currency_symbol);
  text("mon_decimal_point", l->mon_decimal_point);
  text("mon_thousands_sep", l->mon_thousands_sep);
  krt_dict_set_str(result, KSTR(mon_grouping), grouping(l->mon_grouping));
  text("positive_sign", l->positive_sign);
  text("negative_sign", l->negative_sign);
  number("int_frac_digits", l->int_frac_digits);
  number("frac_digits", l->frac_digits);
  number("p_cs_precedes", l->p_cs_precedes);
  number("p_sep_by_space", l->p_sep_by_space);
  number("n_cs_precedes", l->n_cs_precedes);
  number("n_sep_by_space", l->n_sep_by_space);
  number("p_sign_posn", l->p_sign_posn);
  number("n_sign_posn", l->n_sign_posn);
  text("decimal_point", l->decimal_point);
  text("thousands_sep", l->thousands_sep);
  krt_dict_set_str(result, KSTR(grouping), grouping(l->grouping));
  return result;
}

/// The characters as the C library's wide ones, with a NUL behind; null with ValueError if there is one
/// inside.
static wchar_t *wideOf(Str *text) {
  auto *wide =
      static_cast<wchar_t *>(gcAllocateAtomic((static_cast<size_t>(text->length()) + 1) * sizeof(wchar_t)));
  for (int64_t i = 0; i < text->length(); ++i) {
    wide[i] = static_cast<wchar_t>(text->at(i));
    if (!wide[i]) {
      krt_raise(kValueError, "embedded null character");
      return nullptr;
    }
  }
  wide[text->length()] = 0;
  return wide;
}

Value krt__locale_strcoll(Str *a, Str *b) {
  wchar_t *left = TRY(wideOf(a)), *right = TRY(wideOf(b));
  return smallInt(::wcscoll(left, right));
}
Value krt__locale_strxfrm(Str *text) {
  wchar_t *wide = TRY(wideOf(text));
  size_t size = ::wcsxfrm(nullptr, wide, 0);
  auto *key = static_cast<wchar_t *>(gcAllocateAtomic((size + 1) * sizeof(wchar_t)));
  size = ::wcsxfrm(key, wide, size + 1);
  // Keys may hold numbers that are no characters; only their order matters.
  uint32_t most = 0;
  for (size_t i = 0; i < size; ++i)
    most = static_cast<uint32_t>(key[i]) > most ? static_cast<uint32_t>(key[i]) : most;
  if (most <= 0x10ffff)
    return krt_str_from_ucs4(reinterpret_cast<uint32_t *>(key), size);
  auto *split = static_cast<uint32_t *>(gcAllocateAtomic((2 * size + 1) * sizeof(uint32_t)));
  for (size_t i = 0; i < size; ++i) {
    split[2 * i] = static_cast<uint32_t>(key[i]) >> 16;
    split[2 * i + 1] = static_cast<uint32_t>(key[i]) & 0xffff;
  }
  return krt_str_from_ucs4(split, 2 * size);
}

struct InfoRow {
  const char *name;
  int key;
};
#define ROW(name) {#name, name}
static const InfoRow infos[] = {
    ROW(DAY_1),    ROW(DAY_2),     ROW(DAY_3),       ROW(DAY_4),     ROW(DAY_5),      ROW(DAY_6),
    ROW(DAY_7),    ROW(ABDAY_1),   ROW(ABDAY_2),     ROW(ABDAY_3),   ROW(ABDAY_4),    ROW(ABDAY_5),
    ROW(ABDAY_6),  ROW(ABDAY_7),   ROW(MON_1),       ROW(MON_2),     ROW(MON_3),      ROW(MON_4),
    ROW(MON_5),    ROW(MON_6),     ROW(MON_7),       ROW(MON_8),     ROW(MON_9),      ROW(MON_10),
    ROW(MON_11),   ROW(MON_12),    ROW(ABMON_1),     ROW(ABMON_2),   ROW(ABMON_3),    ROW(ABMON_4),
    ROW(ABMON_5),  ROW(ABMON_6),   ROW(ABMON_7),     ROW(ABMON_8),   ROW(ABMON_9),    ROW(ABMON_10),
    ROW(ABMON_11), ROW(ABMON_12),  ROW(RADIXCHAR),   ROW(THOUSEP),   ROW(CRNCYSTR),   ROW(D_FMT),
    ROW(D_T_FMT),  ROW(T_FMT),     ROW(AM_STR),      ROW(PM_STR),    ROW(CODESET),    ROW(T_FMT_AMPM),
    ROW(ERA),      ROW(ERA_D_FMT), ROW(ERA_D_T_FMT), ROW(ERA_T_FMT), ROW(ALT_DIGITS), ROW(YESEXPR),
    ROW(NOEXPR),   ROW(_DATE_FMT)};
#undef ROW

Value krt__locale_nlLanginfo(int key) {
  for (const InfoRow &row : infos)
    if (row.key == key) {
      const char *text = ::nl_langinfo(key);
      return localeText(text ? text : "");
    }
  return krt_raise(kValueError, "unsupported langinfo constant");
}

Value krt__locale_getencoding() { return strFrom(systemLocaleEncoding()); }

Value krt__locale_gettext(Str *message) { return localeText(::gettext(TRY(textOf(message)))); }
Value krt__locale_dgettext(Str *domain, Str *message) {
  return localeText(::dgettext(TRY(textOf(domain)), TRY(textOf(message))));
}
Value krt__locale_dcgettext(Str *domain, Str *message, int category) {
  return localeText(::dcgettext(TRY(textOf(domain)), TRY(textOf(message)), category));
}
Value krt__locale_textdomain(Value domain) {
  if (domain != kNone && !strCheck(domain))
    return krt_raise(kTypeError, "textdomain() argument must be str or None, not %T", domain);
  const char *text = domain == kNone ? nullptr : TRY(textOf(domain.as<Str>()));
  const char *result = ::textdomain(text);
  return result ? localeText(result) : krt_raise_errno(errno, {}, {});
}
Value krt__locale_bindtextdomain_py(Str *domain, Value directory) {
  const char *name = TRY(textOf(domain));
  if (!*name)
    return krt_raise(error, "domain must be a non-empty string");
  FsPath path;
  if (directory != kNone && !path.parse_py(directory, "bindtextdomain"))
    return {};
  const char *result = ::bindtextdomain(name, path.text);
  return result ? localeText(result) : systemError();
}
Value krt__locale_bindTextdomainCodeset(Str *domain, Value codeset) {
  if (codeset != kNone && !strCheck(codeset))
    return krt_raise(kTypeError, "bind_textdomain_codeset() argument 2 must be str or None, not %T", codeset);
  const char *name = TRY(textOf(domain)), *set = codeset == kNone ? nullptr : TRY(textOf(codeset.as<Str>()));
  return orNone(::bind_textdomain_codeset(name, set));
}

bool krt__locale_init(Module *module) {
  if (!addException(module, &error, "locale", "Error", Value(kException)))
    return false;
  systemLocaleStart(); // characters are those of the environment, as after the start of CPython
  static const ConstantRow constants[] = {{"LC_CTYPE", LC_CTYPE},       {"LC_TIME", LC_TIME},
                                          {"LC_COLLATE", LC_COLLATE},   {"LC_MONETARY", LC_MONETARY},
                                          {"LC_MESSAGES", LC_MESSAGES}, {"LC_NUMERIC", LC_NUMERIC},
                                          {"LC_ALL", LC_ALL},           {"CHAR_MAX", CHAR_MAX}};
  addConstants(module, constants, std::size(constants));
  for (const InfoRow &row : infos)
    krt_dict_set_str(module->dict, strIntern(row.name), smallInt(row.key));
  return true;
}

} // namespace krait

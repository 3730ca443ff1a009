// _locale.h - the module _locale: the conventions of languages, as the C library has them.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(_locale, "Support for POSIX locales.");

extern "C" {
KRT_MODULE_INIT(_locale, KRT_RAISES, KRT_COLLECTS) bool krt__locale_init(Module *module);
/// Activates/queries locale processing.
KRT_FUNCTION(_locale, "setlocale(category, locale=None, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt__locale_setlocale(int category, Str *locale);
/// Returns numeric and monetary locale-specific parameters.
KRT_FUNCTION(_locale, "localeconv()", KRT_RAISES, KRT_COLLECTS) Value krt__locale_localeconv();
/// Compares two strings according to the locale.
KRT_FUNCTION(_locale, "strcoll(os1, os2, /)", KRT_RAISES, KRT_COLLECTS) Value krt__locale_strcoll(Str *a, Str *b);
/// Return a string that can be used as a key for locale-aware comparisons.
KRT_FUNCTION(_locale, "strxfrm(string, /)", KRT_RAISES, KRT_COLLECTS) Value krt__locale_strxfrm(Str *text);
/// Return the value for the locale information associated with key.
KRT_FUNCTION(_locale, "nl_langinfo(key, /)", KRT_RAISES, KRT_COLLECTS) Value krt__locale_nlLanginfo(int key);
/// Get the current locale encoding.
KRT_FUNCTION(_locale, "getencoding()", KRT_RAISES, KRT_COLLECTS) Value krt__locale_getencoding();
/// Return translation of msg.
KRT_FUNCTION(_locale, "gettext(msg, /)", KRT_RAISES, KRT_COLLECTS) Value krt__locale_gettext(Str *message);
/// Return translation of msg in domain.
KRT_FUNCTION(_locale, "dgettext(domain, msg, /)", KRT_RAISES, KRT_COLLECTS) Value krt__locale_dgettext(Str *domain, Str *message);
/// Return translation of msg in domain and category.
KRT_FUNCTION(_locale, "dcgettext(domain, msg, category, /)", KRT_RAISES, KRT_COLLECTS) Value krt__locale_dcgettext(Str *domain, Str *message, int category);
/// Set the C library's textdmain to domain, returning the new domain.
KRT_FUNCTION(_locale, "textdomain(domain, /)", KRT_RAISES, KRT_COLLECTS) Value krt__locale_textdomain(Value domain);
/// Bind the C library's domain to dir.
KRT_FUNCTION(_locale, "bindtextdomain(domain, dir, /)", KRT_RUNS_PY) Value krt__locale_bindtextdomain_py(Str *domain, Value directory);
/// Bind the C library's domain to codeset.
KRT_FUNCTION(_locale, "bind_textdomain_codeset(domain, codeset, /)", KRT_RAISES, KRT_COLLECTS) Value krt__locale_bindTextdomainCodeset(Str *domain, Value codeset);
}

} // namespace krait

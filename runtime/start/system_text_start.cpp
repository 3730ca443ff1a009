// system_text_start.cpp - see system_text_start.h.
#include "runtime/start/system_text_start.h"

#include "runtime/object/system_text.h"
#include "runtime/start/start.h"

#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <strings.h>

namespace krait {

namespace {

/// A variable that has text; null without, or where the environment does not count.
const char *variable(const RunOptions &options, const char *name) {
  const char *text = options.ignoreEnvironment || options.isolated ? nullptr : std::getenv(name);
  return text && *text ? text : nullptr;
}

/// What the environment calls the locale of characters; "C" if it says nothing.
const char *wantedLocale() {
  for (const char *name : {"LC_ALL", "LC_CTYPE", "LANG"})
    if (const char *text = std::getenv(name); text && *text)
      return text;
  return "C";
}

bool isPlain(const char *locale) {
  return std::strcmp(locale, "C") == 0 || std::strcmp(locale, "POSIX") == 0;
}
/// The locales that may stand in for plain C.
bool isPlainUtf8(const char *locale) {
  return std::strcmp(locale, "C.UTF-8") == 0 || std::strcmp(locale, "C.utf8") == 0 ||
         std::strcmp(locale, "UTF-8") == 0;
}

[[noreturn]] void refuse(const char *what) {
  std::fprintf(stderr,
               "Fatal Python error: preconfig_init_utf8_mode: invalid %s value\nPython runtime state: "
               "preinitializing\n\n",
               what);
  std::exit(kExitUncaught);
}

/// -X utf8 or PYTHONUTF8: 1 on, 0 off, -1 not given.
int wantedMode(const RunOptions &options) {
  for (const std::string &option : options.xOptions) {
    if (option == "utf8" || option == "utf8=1")
      return 1;
    if (option == "utf8=0")
      return 0;
    if (option.starts_with("utf8="))
      refuse("-X utf8 option");
  }
  const char *text = variable(options, "PYTHONUTF8");
  if (!text)
    return -1;
  if (std::strcmp(text, "1") != 0 && std::strcmp(text, "0") != 0)
    refuse("PYTHONUTF8 environment variable");
  return *text == '1';
}

/// The codec of the encoding that the C library calls [codeset].
const char *codecOf(const char *codeset) {
  static char name[64];
  if (strcasecmp(codeset, "UTF-8") == 0)
    return "utf-8";
  if (strcasecmp(codeset, "ANSI_X3.4-1968") == 0 || strcasecmp(codeset, "US-ASCII") == 0)
    return "ascii";
  size_t n = 0;
  for (const char *at = std::strncmp(codeset, "ISO-8859", 8) == 0 ? "iso8859" : ""; *at; ++at)
    name[n++] = *at;
  for (const char *at = codeset + n + (n != 0); *at && n + 1 < sizeof name; ++at)
    name[n++] = *at >= 'A' && *at <= 'Z' ? static_cast<char>(*at + 32) : *at;
  name[n] = 0;
  return name;
}

} // namespace

void startSystemText(const RunOptions &options) {
  SystemText &text = krt_system_text;
  const char *locale = wantedLocale();
  bool plain = isPlain(locale);
  if (!plain && !isPlainUtf8(locale)) {
    const char *set = std::setlocale(LC_CTYPE, "");
    text.started = true;
    plain = !set || isPlain(set); // unknown, so the C library stays at "C"
    if (!plain)
      text.codeset = systemLocaleEncoding();
  }
  const char *coerce = variable(options, "PYTHONCOERCECLOCALE"), *all = std::getenv("LC_ALL");
  bool warns = coerce && std::strcmp(coerce, "warn") == 0;
  bool coerced = plain && !(coerce && std::strcmp(coerce, "0") == 0) && !(all && *all);
  if (coerced) {
    ::setenv("LC_CTYPE", "C.UTF-8", 1);
    text.started = false; // what the C library said of the unknown one is no longer so
    if (warns)
      std::fputs("Python detected LC_CTYPE=C: LC_CTYPE coerced to C.UTF-8 (set another locale or "
                 "PYTHONCOERCECLOCALE=0 to disable this "
                 "locale coercion behavior).\n",
                 stderr);
  } else if (plain) {
    text.codeset = "ANSI_X3.4-1968";
    if (warns)
      std::fputs("Python runtime initialized with LC_CTYPE=C (a locale with default ASCII encoding), which "
                 "may cause Unicode compatibility "
                 "problems. Using C.UTF-8, C.utf8, or UTF-8 (if available) as alternative Unicode-compatible "
                 "locales is recommended.\n",
                 stderr);
  }
  int mode = wantedMode(options);
  text.utf8Mode = mode < 0 ? plain : mode == 1;
  text.fileNames = text.utf8Mode ? "utf-8" : codecOf(text.codeset);
  text.lenientStreams = text.utf8Mode || plain || isPlainUtf8(locale);
}

} // namespace krait

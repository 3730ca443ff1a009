// system_text.h - how the system codes text: the locale's encoding, UTF-8 mode, the names of files. Settled
// at the start of the process (runtime/start/system_text_start.cpp), before anything is decoded.
//
// The C library's own locale is only asked for where the environment names one that is neither C nor C.UTF-8,
// as that takes time; what uses LC_CTYPE of the C library calls systemLocaleStart() first.
#pragma once

namespace krait {

struct SystemText {
  const char *fileNames =
      "utf-8"; // codec of paths, arguments and the environment; its errors are always "surrogateescape"
  const char *codeset = "UTF-8"; // what the environment's locale calls its encoding
  bool utf8Mode = false;         // -X utf8, PYTHONUTF8, or a locale that knows only ASCII
  bool lenientStreams =
      false;            // standard streams let through what does not decode: so in the locales C and C.UTF-8
  bool started = false; // the C library knows the environment's locale
};
extern SystemText krt_system_text;

/// Sets LC_CTYPE of the C library as the environment says, once.
void systemLocaleStart();
/// What the current locale calls its encoding, as nl_langinfo(CODESET) does: the program may have set
/// another.
const char *systemLocaleEncoding();

} // namespace krait

// system_text.cpp - see system_text.h.
#include "runtime/object/system_text.h"

#include <clocale>
#include <langinfo.h>

namespace krait {

constinit SystemText krt_system_text;

void systemLocaleStart() {
  if (krt_system_text.started)
    return;
  krt_system_text.started = true;
  ::setlocale(LC_CTYPE, "");
}

const char *systemLocaleEncoding() {
  if (!krt_system_text.started)
    return krt_system_text.codeset;
  const char *codeset = ::nl_langinfo(CODESET);
  return codeset && *codeset ? codeset : "UTF-8";
}

} // namespace krait

#include "compiler/support/check.h"

#include <cstdarg>
#include <cstdio>
#include <cstdlib>

void krait::checkFailed(const char *file, int line, const char *condition, const char *format, ...) {
  std::fprintf(stderr, "krait: internal error: %s:%d: %s: ", file, line, condition);
  va_list arguments;
  va_start(arguments, format);
  std::vfprintf(stderr, format, arguments);
  va_end(arguments);
  std::fputc('\n', stderr);
  std::abort();
}

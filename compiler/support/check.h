// Checks of invariants. KRAIT_CHECK is always on; KRAIT_DCHECK only in Debug and Sanitize builds.
// A failing check prints the message and aborts: it is a bug of Krait, never of the user's program.
#pragma once

namespace krait {

/// Prints "krait: internal error: file:line: condition: message" to stderr and aborts.
[[noreturn, gnu::cold]] void checkFailed(const char *file, int line, const char *condition, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

} // namespace krait

#define KRAIT_CHECK(condition, ...)                                                                          \
  (__builtin_expect(!!(condition), 1) ? (void)0                                                              \
                                      : ::krait::checkFailed(__FILE__, __LINE__, #condition, "" __VA_ARGS__))
#define KRAIT_UNREACHABLE(...) ::krait::checkFailed(__FILE__, __LINE__, "unreachable", "" __VA_ARGS__)
#ifdef KRAIT_DEBUG
#define KRAIT_DCHECK(condition, ...) KRAIT_CHECK(condition, __VA_ARGS__)
#else
#define KRAIT_DCHECK(condition, ...) ((void)0)
#endif

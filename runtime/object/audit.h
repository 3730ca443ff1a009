// audit.h - telling sys.addaudithook's functions of events, from anywhere in the runtime. Without hooks an
// event costs the test of one pointer: its arguments are not even made.
#pragma once

#include "runtime/object/str.h"

#include <initializer_list>

namespace krait {

/// Set by the first sys.addaudithook: calls the hooks with an event and its arguments; -1 = exception
/// pending.
extern int (*krt_audit_hook_py)(Str *event, const Value *args, size_t count);

/// Whether there are hooks.
inline bool auditing() { return __builtin_expect(krt_audit_hook_py != nullptr, 0); }
/// Nothing without hooks. -1 = a hook raised.
inline int audit_py(const char *event, std::initializer_list<Value> args) {
  return auditing() ? krt_audit_hook_py(strFrom(event), args.begin(), args.size()) : 0;
}

/// Nobody is told while one lives: of work that CPython has behind it when a program begins.
class AuditPause {
public:
  AuditPause() : hooks_(krt_audit_hook_py) { krt_audit_hook_py = nullptr; }
  ~AuditPause() {
    if (hooks_)
      krt_audit_hook_py = hooks_;
  }
  AuditPause(const AuditPause &) = delete;
  AuditPause &operator=(const AuditPause &) = delete;

private:
  int (*hooks_)(Str *, const Value *, size_t);
};

/// What an event says of an argument that was left out.
inline Value auditValue(Value v) { return v ? v : kNone; }

/// As a statement: tells of an event; returns null from the calling function if a hook raised, without hooks
/// makes no arguments.
#define TRY_AUDIT(event, ...)                                                                                \
  do {                                                                                                       \
    if (auditing() && audit_py(event, {__VA_ARGS__}) < 0)                                                    \
      return {};                                                                                             \
  } while (0)
/// The same where the calling function returns -1 on error.
#define TRY_AUDIT_OR_MINUS(event, ...)                                                                       \
  do {                                                                                                       \
    if (auditing() && audit_py(event, {__VA_ARGS__}) < 0)                                                    \
      return -1;                                                                                             \
  } while (0)

} // namespace krait

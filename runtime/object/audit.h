// audit.h - telling sys.addaudithook's functions of events, from anywhere in the runtime.
#pragma once

#include "runtime/object/str.h"

#include <initializer_list>

namespace krait {

/// Set by the first sys.addaudithook: calls the hooks with an event and its arguments; -1 = exception pending.
extern int (*krt_audit_hook_py)(Str *event, const Value *args, size_t count);

/// Nothing without hooks. -1 = a hook raised.
inline int audit_py(const char *event, std::initializer_list<Value> args) {
  return __builtin_expect(krt_audit_hook_py != nullptr, 0) ? krt_audit_hook_py(strFrom(event), args.begin(), args.size()) : 0;
}

} // namespace krait

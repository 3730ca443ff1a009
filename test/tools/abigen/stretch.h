// KRT_RT_BEGIN counts for krt_ functions that say nothing themselves; _py alone states KRT_RUNS_PY.
//
// RUN: %abigen facts %s -- -I%root | %FileCheck %s
#pragma once
#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {
extern "C" {
KRT_RT_BEGIN(KRT_RAISES, KRT_COLLECTS)
// CHECK: krt_s_first	V(V)	raises collects
Value krt_s_first(Value a);
// CHECK: krt_s_next_py	e(V)	runs_py
int krt_s_next_py(Value a);
// CHECK: krt_s_own	b(V)	pure
KRT_RT(KRT_PURE) bool krt_s_own(Value a);
// CHECK-NOT: {{variadic|helper|inlined|outside}}
Value krt_s_variadic(Value a, ...);
Value helper(Value a);
inline Value krt_s_inlined(Value a) { return a; }
KRT_RT_END
Value krt_s_outside(Value a);
}
} // namespace krait

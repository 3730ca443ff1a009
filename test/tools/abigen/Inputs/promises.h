// promises.h - a small runtime whose annotations promises.cpp keeps and breaks.
#pragma once
#include "runtime/abi/annotations.h"

namespace krait {
struct TypeSlots {
  void (*repr)(int self);
};
extern "C" {
KRT_RT(KRT_RUNS_PY) void krt_p_user_py(int);
KRT_RT(KRT_RAISES) void krt_p_raises(int);
KRT_RT(KRT_COLLECTS) void krt_p_collects(int);
KRT_RT(KRT_WRITES(ListItems)) void krt_p_writesItems(int);
void krt_error_clear();

KRT_RT(KRT_RAISES, KRT_COLLECTS) void krt_p_direct(int);
KRT_RT(KRT_RAISES, KRT_COLLECTS) void krt_p_throughHelper(int);
KRT_RT(KRT_RAISES, KRT_COLLECTS) void krt_p_slot(TypeSlots *slots);
KRT_RT(KRT_RAISES, KRT_COLLECTS) void krt_p_lambda(int);
KRT_RT(KRT_RAISES, KRT_COLLECTS) void krt_p_allowed(int);
KRT_RT() void krt_p_quiet(int);
KRT_RT() void krt_p_handled(int);
KRT_RT() void krt_p_small(int);
KRT_RT(KRT_WRITES(DictItems)) void krt_p_writesDict(int);
KRT_RT(KRT_PURE) void krt_p_pure(int);
KRT_RT(KRT_RUNS_PY) void krt_p_honest_py(int);
void krt_p_bare(int);
}
} // namespace krait

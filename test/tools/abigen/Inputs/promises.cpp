#include "promises.h"

namespace krait {

namespace {
void deeper(int x) { krt_p_user_py(x); }
void helper(int x) {
  if (x)
    deeper(x);
}
} // namespace

extern "C" {
void krt_p_direct(int x) { krt_p_user_py(x); }
void krt_p_throughHelper(int x) { helper(x); }
void krt_p_slot(TypeSlots *slots) { slots->repr(1); }
void krt_p_lambda(int x) {
  auto run = [&] { krt_p_user_py(x); };
  run();
}
void krt_p_allowed(int x) {
  if (x) {
    KRT_ALLOW_PY("x is exact");
    krt_p_user_py(x);
    helper(x);
  }
}
void krt_p_quiet(int x) { krt_p_raises(x); }
void krt_p_handled(int x) {
  krt_p_raises(x);
  krt_error_clear();
}
void krt_p_small(int x) { krt_p_collects(x); }
void krt_p_writesDict(int x) { krt_p_writesItems(x); }
void krt_p_pure(int x) { krt_p_writesItems(x); }
void krt_p_honest_py(int x) { helper(x); }
void krt_p_bare(int x) { krt_p_direct(x), krt_p_user_py(x); }
}

} // namespace krait

// exports.cpp - see exports.h.
#include "runtime/object/exports.h"

#include "runtime/gc/gc.h"
#include "runtime/object/state.h"

namespace krait {

bool exportsErrorNamed = false;

bool exportsHoldSurely(const int64_t &exports) {
  if (__builtin_expect(exports > 0, 0)) {
    if (krt_before_explicit_collection)
      krt_before_explicit_collection();
    krt_gc_outside_release();
  }
  return exports > 0;
}

bool exportsHold(const int64_t &exports) { return exportsErrorNamed && exportsHoldSurely(exports); }

} // namespace krait

// str_iter.h - the iterator over the characters of a string.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

struct StrIter : Object {
  Str *text; // null when exhausted
  int64_t index;
};

extern "C" {
extern Class krt_str_iterator_class;

/// Private method returning an estimate of len(list(it)).
KRT_METHOD(str_iterator, "__length_hint__(self, /)", KRT_NO_SIGNATURE) int64_t krt_str_iterator_lengthHint(Value self);
/// Return state information for pickling.
KRT_METHOD(str_iterator, "__reduce__(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_str_iterator_reduce_py(Value self);
/// Set state information for unpickling.
KRT_METHOD(str_iterator, "__setstate__(self, state, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_str_iterator_setState_py(Value self, Value state);
}

} // namespace krait

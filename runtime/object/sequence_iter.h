// sequence_iter.h - the iterator that iter() makes for objects with __getitem__ alone.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

struct SequenceIter : Object {
  Value sequence; // null when exhausted
  int64_t index;
};

extern "C" {
extern Class krt_sequence_iter_class;

/// Private method returning an estimate of len(list(it)).
KRT_METHOD(sequence_iter, "__length_hint__(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_sequence_iter_lengthHint_py(Value self);
/// Return state information for pickling.
KRT_METHOD(sequence_iter, "__reduce__(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_sequence_iter_reduce_py(Value self);
/// Set state information for unpickling.
KRT_METHOD(sequence_iter, "__setstate__(self, state, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_sequence_iter_setState_py(Value self, Value state);
}

} // namespace krait

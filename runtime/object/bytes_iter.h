// bytes_iter.h - the iterators over bytes and bytearray.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

struct BytesIter : Object {
  Value bytes; // bytes or bytearray; null when exhausted
  int64_t index;
};

extern "C" {
extern Class krt_bytes_iterator_class, krt_bytearray_iterator_class;

/// Private method returning an estimate of len(list(it)).
KRT_METHOD(bytes_iterator, "__length_hint__(self, /)", KRT_NO_SIGNATURE)
KRT_METHOD(bytearray_iterator, "__length_hint__(self, /)", KRT_NO_SIGNATURE)
int64_t krt_bytes_iterator_lengthHint(Value self);
/// Return state information for pickling.
KRT_METHOD(bytes_iterator, "__reduce__(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
KRT_METHOD(bytearray_iterator, "__reduce__(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_bytes_iterator_reduce_py(Value self);
/// Set state information for unpickling.
KRT_METHOD(bytes_iterator, "__setstate__(self, state, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
KRT_METHOD(bytearray_iterator, "__setstate__(self, state, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_bytes_iterator_setState_py(Value self, Value state);
}

} // namespace krait

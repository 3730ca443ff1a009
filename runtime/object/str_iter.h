// str_iter.h - the iterator over the characters of a string.
#pragma once

#include "runtime/abi/types.h"

namespace krait {

extern "C" {
extern Class krt_str_iterator_class;
}
struct StrIter : Object {
  Str *text; // null when exhausted
  int64_t index;
};

} // namespace krait

// union.h - `X | Y` of classes (types.UnionType) and `list[int]` (types.GenericAlias).
#pragma once

#include "runtime/abi/types.h"

namespace krait {

struct GenericAlias : Object {
  Value origin;
  Tuple *args, *parameters; // parameters: null = not computed yet
  bool starred;
};
struct UnionType : Object {
  Tuple *args, *parameters;
};

extern "C" {
extern Class krt_generic_alias_class, krt_union_class;
/// types.GenericAlias(origin, args); a lone argument becomes a tuple of one.
Value krt_generic_alias_new_py(Value origin, Value args);
/// type.__or__: NotImplemented for operands that are no types.
Value krt_union_or_py(Value a, Value b);
}
inline bool krt_is_union(Value v) { return isExact(v, krt_union_class); }

} // namespace krait

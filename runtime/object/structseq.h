// structseq.h - tuples with named fields: sys.version_info, os.stat_result, time.struct_time...
//
// The class is a static Class (it must be reachable by the collector); krt_structseq_ready fills it in. The tuple shows the first
// `visible` fields; further ones lie behind the items and are reached by name only.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

struct StructSeqField {
  const char *name; // null ends the table; "" for an item without a name
  const char *doc;  // or null
};
struct StructSeqDesc {
  const char *name; // with the module: "sys.version_info"
  const char *doc;
  const StructSeqField *fields;
  int visible;                 // items of the tuple
  bool disallowMaking = false; // the class cannot be called
};

extern "C" {
/// Makes [cls] the class that [desc] (of static storage) describes. Idempotent.
void krt_structseq_ready(Class *cls, const StructSeqDesc *desc);
/// An instance with all fields None; set them through items[0 .. all fields).
Tuple *krt_structseq_new(Class *cls);
/// An instance of [count] = all fields.
Tuple *krt_structseq_from(Class *cls, const Value *fields, size_t count);
}

} // namespace krait

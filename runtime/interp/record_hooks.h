// record_hooks.h - the door between the recording loop and the recorder (profiler/record), which the
// interpreter does not know: the recorder fills in this table when recording starts.
#pragma once

#include "profiler/format/counter_file.h"
#include "runtime/abi/types.h"

namespace krait {

struct RecordHooks {
  /// The counters of a code object executed for the first time; kept in Code::record.
  CodeBlock *(*addCode)(Code *code, Dict *globals);
  /// Ids of symbols, cached by the callers' owners where they are hot.
  uint32_t (*shapeId)(Shape *shape);
  uint32_t (*targetId)(Value callee);  // function, class, native function
  uint32_t (*constantId)(Value value); // value of a global
  /// An object made at [site] ended with the shape of id [shape].
  void (*finalShape)(CodeBlock *block, uint32_t site, uint32_t shape);
  void (*raised)(CodeBlock *block, uint32_t site, Value exception);
  /// This process is the child of a fork; [becomesOther]: it will soon run another program. May be null.
  void (*forked)(bool becomesOther);
  /// The process ends at once (os._exit, os.execv). May be null.
  void (*exiting)();
};
extern RecordHooks krt_record_hooks;

} // namespace krait

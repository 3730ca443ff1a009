// frame_object.h - the Python frame object: a handle on an activation that outlives it.
#pragma once

#include "runtime/gc/gc.h"
#include "runtime/interp/interp.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/function.h"
#include "runtime/object/state.h"

namespace krait {

enum class FrameEvent : uint8_t { None, Line, Call, Yield, Other };

struct FrameObject : Object {
  Frame *frame;  // the activation, or its copy once detached; inside [owner] for generators
  Value owner;   // Generator or null
  Value back;    // frame object of the caller, known once detached; or null
  Value locals;  // dict that locals() gave, or null
  Value trace;   // f_trace or null
  Value calling; // built-in function being called, while profiled; or null
  bool detached; // the activation is over
  bool noTraceLines, traceOpcodes;
  FrameEvent event;  // what the frame's trace function is being told
  int64_t jump;      // offset in units at which the activation goes on after that, plus 1; or 0
  int32_t shownLine; // what f_lineno is while a trace function is told of a call or return; else 0
};

} // namespace krait

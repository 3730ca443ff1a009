// frame_methods.h - the attributes of frame objects.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

extern "C" {
KRT_GETTER(frame, "f_back", KRT_COLLECTS) Value krt_frame_back(Value self);
/// The code of a frame object; nobody is told.
Value krt_frame_code(Value self);
KRT_GETTER(frame, "f_code", KRT_RUNS_PY) Value krt_frame_codeGetter_py(Value self);
KRT_GETTER(frame, "f_globals") Value krt_frame_globals(Value self);
KRT_GETTER(frame, "f_builtins") Value krt_frame_builtins(Value self);
KRT_GETTER(frame, "f_locals", KRT_RUNS_PY) Value krt_frame_localsGetter_py(Value self);
KRT_GETTER(frame, "f_lineno") Value krt_frame_lineno(Value self);
KRT_SETTER(frame, "f_lineno", KRT_RUNS_PY) bool krt_frame_setLineno_py(Value self, Value value);
KRT_GETTER(frame, "f_lasti") int64_t krt_frame_lasti(Value self);
KRT_GETTER(frame, "f_trace") Value krt_frame_trace(Value self);
KRT_SETTER(frame, "f_trace") bool krt_frame_setTrace(Value self, Value value);
KRT_GETTER(frame, "f_trace_lines") bool krt_frame_traceLines(Value self);
KRT_SETTER(frame, "f_trace_lines") bool krt_frame_setTraceLines(Value self, Value value);
KRT_GETTER(frame, "f_trace_opcodes") bool krt_frame_traceOpcodes(Value self);
KRT_SETTER(frame, "f_trace_opcodes") bool krt_frame_setTraceOpcodes(Value self, Value value);
/// Clear all references the frame holds.
KRT_METHOD(frame, "clear(self, /)", KRT_RUNS_PY) Value krt_frame_clear_py(Value self);
}

} // namespace krait

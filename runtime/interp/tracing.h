// tracing.h - sys.settrace and sys.setprofile. While some thread traces, every entry of the dispatch table
// leads to tracedStep, which tells the thread's functions what happens and goes on with the instruction's own
// handler: without tracing it costs nothing. Compiled code is left alone until then, and not entered
// meanwhile (krt_native_code_hook).
#pragma once

#include "runtime/abi/thread.h"

namespace krait {

/// Does some thread trace or profile?
extern bool krt_tracing_on;
/// Set by runtime/deopt: compiled bodies are entered (true) or left to the interpreter.
extern void (*krt_native_code_hook)(bool entered);

/// After a change of the calling thread's functions.
void tracingChanged();

/// Events before the instruction at [pc]; gives the instruction to execute, which is another one if f_lineno
/// was set. Null = exception pending, with its traceback entry.
const uint16_t *traceStep_py(Frame *frame, const uint16_t *pc);
/// [frame] sent [sent] to what it waits for. -1 = exception pending.
int traceSent_py(Frame *frame, SendStatus status, Value iterator, Value sent, Value result);
/// krt_next_py for a `for` in [frame], which is told of the StopIteration.
Value traceNext_py(Frame *frame, Value iterator);
/// The pending exception was raised in [frame], or arrived there; it may be another one afterwards.
void traceException_py(Frame *frame);
/// The pending exception ends the activation.
void traceLeft_py(Frame *frame);

} // namespace krait

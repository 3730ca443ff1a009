// interp.h - the interpreter's outside: running code objects, calling Python functions, generators, frames.
//
// One handler per opcode (handlers_*.h), compiled plain and recording by a policy parameter (loop_plain.cpp,
// loop_recording.cpp). Calls from Python function to Python function stay inside one loop: the callee's frame
// is pushed on the thread's value stack and the handler chain goes on in it. A frame with kFrameEntry was
// entered from C++ and returns there.
#pragma once

#include "runtime/abi/thread.h"

namespace krait {

extern "C" {
extern Class krt_generator_class, krt_coroutine_class, krt_async_generator_class, krt_frame_class;

/// NativeEntry of functions written in Python and not compiled.
Value krt_function_entry_py(Value callee, const Value *args, size_t nargs, Tuple *kwnames);
/// NativeEntry of generator and coroutine functions whose body is compiled.
Value krt_generator_entry_py(Value callee, const Value *args, size_t nargs, Tuple *kwnames);
/// A compiled body of a generator that cannot go on from where [frame] is leaves it to the interpreter;
/// [sent] as for NativeResume.
Value krt_generator_continue_py(Frame *frame, Value sent);
/// Runs module, class body or eval code. [locals] is any mapping; [builtins] null: taken from globals'
/// __builtins__.
Value krt_run_code_py(Code *code, Dict *globals, Value locals, Tuple *closureOrNull,
                      Function *functionOrNull);
/// Continues an activation at [frame]->pc (deoptimisation, generators); the frame is the thread's innermost
/// and has kFrameEntry.
Value krt_interp_continue_py(Frame *frame);
/// Continues with the pending exception raised by the instruction at frame->pc.
Value krt_interp_throw_py(Frame *frame);
/// The same for an exception that was raised again: without a traceback entry.
Value krt_interp_throw_again_py(Frame *frame);
/// The Python frame object of an activation, made on first use.
Object *krt_frame_object(Frame *frame);
/// Adds a traceback entry for the instruction at [pc] of [frame] to the pending exception.
void krt_frame_traceback(Frame *frame, const uint16_t *pc);
/// Resumes a generator or coroutine with [value].
SendStatus krt_generator_send_py(Value generator, Value value, Value *result);
/// Resumes it with the pending exception.
SendStatus krt_generator_throw_py(Value generator, Value *result);
/// Signals, hand-over of the lock, finalizers, asynchronous exceptions: what poll bits ask for. -1 =
/// exception pending.
int krt_poll_py();
/// Code offset in units of the instruction being executed.
uint32_t krt_frame_offset(const Frame *frame);
int32_t krt_frame_line(const Frame *frame);
/// The `locals()` of an activation.
Value krt_frame_locals_py(Frame *frame);
/// The variables of [frame] become what the dict that locals() gave says. True: one has no value any more
/// that it had.
bool frameLocalsWrite(Frame *frame);
}

/// Set by _signal: runs Python handlers of signals that arrived; -1 = exception pending. Set by _thread:
/// hands the lock over.
extern int (*krt_signal_hook_py)();
extern void (*krt_lock_hook)();
/// Set under KRAIT_STRESS=deopt: decides whether the next poll finds something due.
extern void (*krt_stress_hook)();

/// Which loop runs: the recording one if true. Set once at start.
extern bool krt_recording;

/// Memory for a frame of [code] on the thread's value stack with all registers unbound; null = RecursionError
/// pending.
Frame *framePush(Code *code, Function *function, Dict *globals, Value builtins);
/// The site caches of [code], made before it is executed first.
void makeCaches(Code *code);
/// Takes the innermost frame off; its frame object, if any, gets its own copy.
void framePop(Frame *frame);
/// Gives the innermost frame, if it is bare, its registers, all unbound: compiled code is about to leave to
/// the interpreter.
void frameSettle(Frame *frame);
void frameDetach(Frame *frame);

constexpr size_t kFrameHeaderWords = sizeof(Frame) / sizeof(Value);

} // namespace krait

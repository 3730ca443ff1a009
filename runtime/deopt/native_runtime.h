// native_runtime.h - what compiled code calls besides the operations of the object model: entry and exit of activations, leaving
// to the interpreter, and the slow halves of HIR instructions.
//
// A compiled activation that calls or raises counts for the limit on depth. One that can be seen from outside also has an interpreter frame on the value stack (flags kFrameEntry, kFrameBare),
// which compiled code makes and takes off by itself, and whose pc it sets before every instruction that may run Python code; its
// registers exist only once it leaves.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/native_code.h"
#include "runtime/interp/interp.h"

namespace krait {

extern "C" {
/// What guards of stress builds look at: 0 off, 1 all fail, N > 1 every Nth, negative: at random from this seed.
extern int64_t krt_deopt_stress;
KRT_RT_BEGIN(KRT_RAISES, KRT_COLLECTS)

// ---- Activations ----
/// A frame for an activation of [function]; null: RecursionError is pending.
Frame *krt_native_enter(Function *function, Code *code);
/// One activation more, without a frame; false: RecursionError is pending.
bool krt_native_count(Function *function, Code *code);
/// Takes [frame] off.
KRT_RT() void krt_native_exit(Frame *frame);
/// A call of a function whose arguments are bound already, when it has no compiled form.
Value krt_native_callBound_py(Function *function, const Value *registers, size_t count);
/// Calls [callee] with window[0] as first argument unless that is null; then come [nargs] arguments and the values of [kwnames].
Value krt_native_call_py(Value callee, Value *window, size_t nargs, Tuple *kwnames);
/// TypeError unless an __init__ returned None; else None.
Value krt_native_checkInit(Value result);

// ---- Generators ----
/// krt_generator_continue_py for compiled code.
Value krt_native_generatorContinue_py(Frame *frame, Value sent);
/// krt_generator_make, krt_generator_point and krt_generator_set_point for compiled code.
Generator *krt_native_generator(Function *function, const Value *parameters, size_t count);
KRT_RT() int64_t krt_native_resumePoint(Generator *generator);
KRT_RT() void krt_native_setResumePoint(Generator *generator, int64_t point);
/// One step of `yield from`: what the delegate gives; out[1] tells whether that is its result (True) or to be yielded.
Value krt_native_delegate_py(Value iterator, Value sent, Value *out);

// ---- Leaving ----
/// Makes the frames of [state] and finishes the activation in the interpreter. [frame] is the activation's own or null.
Value krt_deopt_leave_py(Frame *frame, const uint32_t *state, const uint64_t *values, NativeGuard *guard);
/// Adds traceback entries for the innermost [frames] frames of [state]; [skipInnermost]: not for the first of them.
KRT_RT(KRT_RAISES, KRT_COLLECTS, KRT_COLD) void krt_deopt_trace(Frame *frame, const uint32_t *state, const uint64_t *values, uint32_t frames,
                                                       bool skipInnermost);
/// The same for a loop that the interpreter entered: finishes only what was inlined into it; kLoopLeft.
Value krt_deopt_leave_loop_py(Frame *frame, const uint32_t *state, const uint64_t *values, NativeGuard *guard);
/// The instruction of [state] has raised the pending exception while somebody traces: the interpreter tells of it
/// and finishes the activation. [skipInnermost] as above.
Value krt_deopt_raise_py(Frame *frame, const uint32_t *state, const uint64_t *values, bool skipInnermost);
/// The same for a loop that the interpreter entered: kLoopLeft, with the exception pending.
Value krt_deopt_raise_loop(Frame *frame, const uint32_t *state, const uint64_t *values);
/// Puts the variables of [state] into [frame], for those who look at it meanwhile.
KRT_RT(KRT_COLLECTS) void krt_deopt_show(Frame *frame, const uint32_t *state, const uint64_t *values);
/// Does stress make this guard fail?
KRT_RT() bool krt_deopt_stressed();

// ---- Slow halves ----
Value krt_native_sumStep_py(Value total, Value item);
KRT_RT(KRT_NULL_OK) Value krt_native_next_py(Value iterator);
KRT_RT(KRT_PURE) double krt_native_float(Value boxed);
KRT_RT(KRT_PURE) bool krt_native_isObject(Value value);
Value krt_native_unbound(Code *code, uint32_t reg);
Value krt_native_unboundCell(Code *code, Str *name);
/// True: the handled exception goes on as it is, without a new traceback entry.
bool krt_native_raise_py(Value exceptionOrNull, Value causeOrNull);
void krt_native_reraise(Value exception);
KRT_RT(KRT_NULL_OK, KRT_READS(Thread), KRT_WRITES(Thread)) Value krt_native_catch();
KRT_RT(KRT_NULL_OK, KRT_COLLECTS) Value krt_native_default(Function *function, uint32_t index);
KRT_RT(KRT_NULL_OK, KRT_COLLECTS) Value krt_native_kwDefault(Function *function, Str *name);
Value krt_native_instance(Class *cls);
Value krt_native_range(Value start, Value stop, Value step);
Value krt_native_rangeIter(int64_t next, int64_t remaining, int64_t step);
Value krt_native_function(Function *maker, Code *code, Value defaults, Value kwdefaults, Value annotations, Value closure);
Value krt_native_enumerate(Value iterator, Value count);
Value krt_native_sequenceIter(uint32_t layout, Value container, int64_t index);
KRT_RT() bool krt_native_rangeLength(int64_t start, int64_t stop, int64_t step, int64_t *out);
KRT_RT() bool krt_native_powInt(int64_t base, int64_t exponent, int64_t *out);
KRT_RT() bool krt_native_powFloat(double base, double exponent, double *out);
Value krt_native_strItem(Str *text, int64_t index);
KRT_RT_END
}

} // namespace krait

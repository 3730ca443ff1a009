// handlers_call.h - calls, returns, generators.
#pragma once

#include "runtime/abi/native_code.h"
#include "runtime/interp/handlers_data.h"
#include "runtime/interp/tracing.h"

namespace krait {

/// Continues in [frame], whose pc is at the first instruction to execute.
#define ENTER(frame)                                                                                         \
  do {                                                                                                       \
    Frame *entered = (frame);                                                                                \
    regs = entered->registers;                                                                               \
    pc = entered->pc;                                                                                        \
    caches = entered->code->caches;                                                                          \
    consts = entered->code->consts;                                                                          \
    KRT_TAIL HandlerTable<Policy>::handlers[*pc](KRT_PASS);                                                  \
  } while (0)

/// The length of the call instruction at [pc], by its opcode.
inline unsigned callLength(const CodeWord *pc) { return kOpcodeInfo[*pc].length; }

/// A frame for [function] if the call needs no more than copying positional arguments; null otherwise
/// (nothing pending) or where the stack is used up (RecursionError pending).
inline Frame *quickFrame(Function *function, const Value *args, size_t nargs) {
  Code *code = function->code;
  if (__builtin_expect(function->entry != krt_function_entry_py || code->argCount != nargs ||
                           !(code->flags & kCodeOptimized) ||
                           (code->flags & (kCodeVarArgs | kCodeVarKeywords)) || code->kwOnlyCount,
                       0))
    return nullptr;
  Frame *frame = framePush(code, function, function->globals, function->builtins);
  if (__builtin_expect(!frame, 0))
    return nullptr;
  for (size_t i = 0; i < nargs; ++i)
    frame->registers[i] = args[i];
  return frame;
}

/// Calls anything but what quickFrame takes.
Value callGeneric(Value callee, const Value *args, size_t nargs, Tuple *kwnames);

/// Calls [callee] with [nargs] values at [args]; the result goes to regs[pc[1]].
#define CALL_VALUE(callee, args, nargs)                                                                      \
  do {                                                                                                       \
    Value called = (callee);                                                                                 \
    const Value *window_ = (args);                                                                           \
    size_t count_ = (nargs);                                                                                 \
    SAVE_PC();                                                                                               \
    Policy::call(frameOf(regs), wideAt(pc + 4), called, window_, count_);                                    \
    if (__builtin_expect(isExact(called, krt_function_class), 1)) {                                          \
      if (Frame *frame = quickFrame(called.template as<Function>(), window_, count_)) {                      \
        frame->result = &regs[pc[1]];                                                                        \
        Policy::entered(frame);                                                                              \
        ENTER(frame);                                                                                        \
      }                                                                                                      \
      RAISE_IF(errorPending());                                                                              \
    }                                                                                                        \
    FINISH_CALL(callGeneric(called, window_, count_, nullptr));                                              \
  } while (0)
#define FINISH_CALL(call)                                                                                    \
  do {                                                                                                       \
    Value result_ = (call);                                                                                  \
    RAISE_IF(!result_);                                                                                      \
    Policy::returned(frameOf(regs), pc, result_);                                                            \
    regs[pc[1]] = result_;                                                                                   \
    NEXT(callLength(pc));                                                                                    \
  } while (0)

KRT_HANDLER opCall(KRT_STATE) {
  Value *window = regs + pc[2];
  Value callee = window[0], *args = window + 2;
  size_t nargs = pc[3];
  if (isExact(callee, krt_method_class)) {
    window[1] = callee.as<BoundMethod>()->self;
    callee = callee.as<BoundMethod>()->function;
    --args;
    ++nargs;
  }
  CALL_VALUE(callee, args, nargs);
}

KRT_HANDLER opCallMethod(KRT_STATE) {
  Value *window = regs + pc[2];
  if (__builtin_expect(!window[1], 0))
    KRT_TAIL opCall<Policy>(KRT_PASS);
  CALL_VALUE(window[0], window + 1, pc[3] + 1u);
}

KRT_HANDLER opCallKw(KRT_STATE) {
  SAVE_PC();
  Value *window = regs + pc[2];
  Tuple *names = consts[wideAt(pc + 4)].template as<Tuple>();
  size_t nargs = pc[3] - static_cast<size_t>(names->length);
  Policy::call(frameOf(regs), wideAt(pc + 6), window[0], window + 2, nargs);
  FINISH_CALL(callGeneric(window[0], window + 2, nargs, names));
}

KRT_HANDLER opCallMethodKw(KRT_STATE) {
  SAVE_PC();
  Value *window = regs + pc[2];
  Tuple *names = consts[wideAt(pc + 4)].template as<Tuple>();
  unsigned bound = window[1] ? 1 : 0;
  size_t nargs = pc[3] + bound - static_cast<size_t>(names->length);
  Policy::call(frameOf(regs), wideAt(pc + 6), window[0], window + 2 - bound, nargs);
  FINISH_CALL(callGeneric(window[0], window + 2 - bound, nargs, names));
}

KRT_HANDLER opCallEx(KRT_STATE) {
  SAVE_PC();
  Value *window = regs + pc[2];
  Policy::call(frameOf(regs), wideAt(pc + 4), window[0], nullptr, 0);
  FINISH_CALL(krt_op_call_ex_py(window[0], window[1], pc[3] == kNoReg ? Value() : regs[pc[3]]));
}

/// Leaves the activation with [value].
#define LEAVE_WITH(frame, value)                                                                             \
  do {                                                                                                       \
    Frame *left = (frame);                                                                                   \
    Value leaving = (value);                                                                                 \
    Frame *back = left->back;                                                                                \
    bool entry = left->flags & kFrameEntry;                                                                  \
    Value *target = left->result;                                                                            \
    framePop(left);                                                                                          \
    if (entry)                                                                                               \
      return leaving;                                                                                        \
    *target = leaving;                                                                                       \
    Policy::returned(back, back->pc, leaving);                                                               \
    regs = back->registers;                                                                                  \
    pc = back->pc + callLength(back->pc);                                                                    \
    caches = back->code->caches;                                                                             \
    consts = back->code->consts;                                                                             \
    KRT_TAIL HandlerTable<Policy>::handlers[*pc](KRT_PASS);                                                  \
  } while (0)

/// Goes on with the rest of the loop in compiled code, which may bring the activation to its end.
Value runNativeLoop(Frame *frame, SiteCache &site);
KRT_SLOW opLoopBackNative(KRT_STATE) {
  Frame *frame = frameOf(regs), *back = frame->back;
  bool entry = frame->flags & kFrameEntry;
  Value *target = frame->result;
  frame->pc = pc + kLength<Opcode::LoopBack> + jumpAt(pc + 1);
  Value result = runNativeLoop(frame, caches[wideAt(pc + 3)]);
  if (result.bits == kLoopLeft) {
    pc = frame->pc;
    RAISE_IF(errorPending());
    NEXT(0);
  }
  if (entry)
    return result;
  regs = back->registers;
  pc = back->pc;
  RAISE_IF(!result);
  *target = result;
  Policy::returned(back, pc, result);
  caches = back->code->caches;
  consts = back->code->consts;
  NEXT(callLength(pc));
}

KRT_HANDLER opReturn(KRT_STATE) {
  Frame *frame = frameOf(regs);
  Value value = regs[pc[1]];
  Policy::leave(frame, value);
  if (__builtin_expect(frame->flags & kFrameGenerator, 0)) {
    frame->pc = pc;
    frame->generator->state = GeneratorState::Finished;
    frame->flags &= ~kFrameEntry;
    krt_thread.frame = frame->back;
    frameDetach(frame);
    return value;
  }
  LEAVE_WITH(frame, value);
}

/// Makes the generator object that goes on behind this instruction; leaves the activation with it.
Value generatorFromFrame(Frame *frame, const CodeWord *resume);
/// The value a yield gives outside; null = exception pending.
Value yieldedValue(Frame *frame, Value value);

KRT_HANDLER opReturnGenerator(KRT_STATE) {
  SAVE_PC();
  Frame *frame = frameOf(regs);
  Value generator = generatorFromFrame(frame, pc + kLength<Opcode::ReturnGenerator>);
  RAISE_IF(!generator);
  LEAVE_WITH(frame, generator);
}

/// A generator's frame is always entered from C++ (krt_generator_send_py), which tells yield from return by
/// its state. The value sent on resumption is put into regs[pc[1]] by the resumer.
KRT_HANDLER opYield(KRT_STATE) {
  SAVE_PC();
  Frame *frame = frameOf(regs);
  Value value = yieldedValue(frame, regs[pc[2]]);
  RAISE_IF(!value);
  frame->generator->state = GeneratorState::Suspended;
  krt_thread.frame = frame->back;
  return value;
}

KRT_HANDLER opGetYieldFromIter(KRT_STATE) {
  SAVE_PC();
  Value iterator = krt_op_get_yield_from_iter_py(regs[pc[2]], frameOf(regs)->code);
  RAISE_IF(!iterator);
  regs[pc[1]] = iterator;
  NEXT_OF(GetYieldFromIter);
}

/// Suspended with pc at this instruction: the resumer puts the value sent into the register of operand x and
/// executes it again.
KRT_HANDLER opYieldFrom(KRT_STATE) {
  SAVE_PC();
  Frame *frame = frameOf(regs);
  Value result;
  SendStatus status = krt_generator_send_py(regs[pc[2]], regs[pc[3]], &result);
  RAISE_IF(status == SendStatus::Error);
  if (__builtin_expect(krt_tracing_on, 0))
    if (traceSent_py(frame, status, regs[pc[2]], regs[pc[3]], result) < 0)
      KRT_TAIL raisedAgain<Policy>(KRT_PASS);
  if (status == SendStatus::Yield) {
    frame->generator->state = GeneratorState::Suspended;
    krt_thread.frame = frame->back;
    return result;
  }
  regs[pc[1]] = result;
  NEXT_OF(YieldFrom);
}

KRT_HANDLER opGetAwaitable(KRT_STATE) {
  SAVE_PC();
  Value iterator = krt_op_get_awaitable_py(regs[pc[2]], pc[3]);
  RAISE_IF(!iterator);
  regs[pc[1]] = iterator;
  NEXT_OF(GetAwaitable);
}

KRT_HANDLER opGetAIter(KRT_STATE) {
  SAVE_PC();
  Value iterator = krt_op_get_aiter_py(regs[pc[2]]);
  RAISE_IF(!iterator);
  regs[pc[1]] = iterator;
  NEXT_OF(GetAIter);
}

KRT_HANDLER opGetANext(KRT_STATE) {
  SAVE_PC();
  Value awaitable = krt_op_get_anext_py(regs[pc[2]]);
  RAISE_IF(!awaitable);
  regs[pc[1]] = awaitable;
  NEXT_OF(GetANext);
}

KRT_HANDLER opEndAsyncFor(KRT_STATE) {
  SAVE_PC();
  Value exception = regs[pc[1]];
  if (!krt_instance(exception, kStopAsyncIteration)) {
    krt_error_restore(exception);
    KRT_TAIL raisedAgain<Policy>(KRT_PASS);
  }
  NEXT_OF(EndAsyncFor);
}

} // namespace krait

// loop.h - a loop: the handler table of one policy, and its entry points. Included by loop_plain.cpp and
// loop_recording.cpp.
#pragma once

#include "runtime/interp/handlers_arith.h"
#include "runtime/interp/handlers_call.h"
#include "runtime/interp/handlers_control.h"
#include "runtime/interp/handlers_data.h"
#include "runtime/interp/handlers_object.h"
#include "runtime/interp/tracing.h"

namespace krait {

#define OPCODE(Name, Operands, Flags, Doc) &op##Name<Policy>,
template <class Policy>
const Handler HandlerTable<Policy>::own[kOpcodeCount] = {
#include "runtime/abi/Opcodes.def"
};
template <class Policy>
Handler HandlerTable<Policy>::handlers[kOpcodeCount] = {
#include "runtime/abi/Opcodes.def"
};
#undef OPCODE

/// Tells what happens, then executes the instruction.
KRT_SLOW tracedStep(KRT_STATE) {
  const CodeWord *next = traceStep_py(frameOf(regs), pc);
  if (!next)
    KRT_TAIL raisedAgain<Policy>(KRT_PASS);
  pc = next;
  KRT_TAIL HandlerTable<Policy>::own[*pc](KRT_PASS);
}

template <class Policy> void traceFrames(bool on) {
  for (size_t i = 0; i < kOpcodeCount; ++i)
    HandlerTable<Policy>::handlers[i] = on ? &tracedStep<Policy> : HandlerTable<Policy>::own[i];
}

/// Executes [frame] from its pc until it (or an exception) leaves it.
template <class Policy> Value runFrame(Frame *frame) {
  const CodeWord *pc = frame->pc;
  return HandlerTable<Policy>::handlers[*pc](frame->registers, pc, frame->code->caches, frame->code->consts);
}

/// Executes [frame] as if the instruction at its pc had raised the pending exception.
template <class Policy> Value throwIntoFrame(Frame *frame, bool traced) {
  return (traced ? &raisedAgain<Policy> : &raised<Policy>)(frame->registers, frame->pc, frame->code->caches,
                                                           frame->code->consts);
}

struct Loop {
  Value (*run)(Frame *frame);
  Value (*throwInto)(Frame *frame, bool traced);
  void (*entered)(Frame *frame);
  void (*trace)(bool on); // every instruction goes through tracedStep, or none
};
extern const Loop kPlainLoop, kRecordingLoop;
/// The loop of this process.
inline const Loop &activeLoop() { return krt_recording ? kRecordingLoop : kPlainLoop; }

} // namespace krait

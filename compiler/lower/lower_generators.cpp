// lower_generators.cpp - bodies of generators: functions (frame, sent) that start where the frame's pc says
// (NativeResume). Live registers lie in the frame across a suspension, where the interpreter has them too.
#include "compiler/lower/function_lowering.h"

namespace krait {

using hir::Op;

/// Leaves the activation suspended at the instruction of [offset], which the frame's pc then shows.
void FunctionLowering::suspend(Inst &inst) {
  constexpr uint8_t kSuspended = 1; // GeneratorState::Suspended
  b_.CreateStore(at(units_, 2 * uint64_t(inst.imms[0])), at(frame_, kFramePcOffset));
  b_.CreateStore(b_.getInt8(kSuspended), at(load(frame_, kFrameGeneratorOffset), kGeneratorStateOffset));
  b_.CreateStore(load(frame_, kFrameBackOffset), threadField(kThreadStateFrameOffset));
  b_.CreateRet(boxed(inst.operands[1]));
}

/// The first edge is the start, for which nothing is sent. What was suspended in code that is not compiled is
/// not in the list.
void FunctionLowering::resumeSwitch(Inst &inst) {
  V *sent = body_->getArg(1);
  BB *resumed = newBlock("resumed"), *other = newBlock("interpreted");
  b_.CreateCondBr(b_.CreateIsNull(sent), edgeBlock(inst.edges[0]), resumed);
  b_.SetInsertPoint(resumed);
  V *distance = b_.CreateSub(load(frame_, kFramePcOffset), asWord(units_));
  llvm::SwitchInst *choice = b_.CreateSwitch(distance, other, unsigned(inst.edges.size()));
  for (size_t i = 1; i < inst.edges.size(); ++i)
    choice->addCase(b_.getInt64(2 * uint64_t(inst.imms[i])), edgeBlock(inst.edges[i]));
  b_.SetInsertPoint(other);
  b_.CreateRet(rt_.nativeGeneratorContinuePy(frame_, sent));
}

bool FunctionLowering::lowerGenerator(Inst &inst) {
  // In a copy of a generator's body the generator may be an object of its own.
  auto registerAt = [&] {
    Inst *generator = hir::Function::resolve(inst.operands[0]);
    uint64_t offset = 8 * uint64_t(inst.imms[0]);
    return generator->is(Op::GeneratorFrame) ? at(frame_, kFrameRegistersOffset + offset)
                                             : at(value(generator), kGeneratorFrameRegistersOffset + offset);
  };
  switch (inst.op) {
  case Op::GeneratorFrame:
    set(inst, asWord(frame_));
    return true;
  case Op::LoadFrame:
    set(inst, b_.CreateLoad(b_.getInt64Ty(), registerAt()));
    return true;
  case Op::StoreFrame:
    b_.CreateStore(boxed(inst.operands[1]), registerAt());
    return true;
  case Op::NewGenerator:
    for (size_t i = 1; i < inst.operands.size(); ++i)
      b_.CreateStore(boxed(inst.operands[i]), windowAt(i - 1));
    set(inst, asWord(rt_.nativeGenerator(arg(inst, 0), window_, word(inst.operands.size() - 1))));
    emptyWindow(inst, 1);
    return true;
  case Op::ResumePoint:
    set(inst, rt_.nativeResumePoint(arg(inst, 0)));
    return true;
  case Op::SetResumePoint:
    rt_.nativeSetResumePoint(arg(inst, 0), arg(inst, 1));
    return true;
  // What is thrown in resumes in the interpreter.
  case Op::ResumeValue:
  case Op::LoadSent:
    set(inst, body_->getArg(1));
    return true;
  case Op::DelegateStep: {
    V *result = rt_.nativeDelegatePy(arg(inst, 0), arg(inst, 1), window_);
    set(inst, result);
    raiseIfNull(inst, result);
    return true;
  }
  case Op::ResumeSwitch:
    resumeSwitch(inst);
    return true;
  case Op::Suspend:
    suspend(inst);
    return true;
  default:
    return false;
  }
}

} // namespace krait

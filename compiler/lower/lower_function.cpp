// lower_function.cpp - blocks, edges, frame states, guards and exceptions of one function.
#include "compiler/lower/function_lowering.h"

#include "compiler/hir/callers.h"
#include "compiler/hir/native_calls.h"
#include "runtime/abi/native_code.h"
#include "runtime/abi/types.h"

#include <algorithm>
#include <set>

namespace krait {

using hir::Kind;
using hir::Op;

FunctionLowering::FunctionLowering(Lowering &lowering, hir::Function &function, llvm::Function *body)
    : lowering_(lowering), f_(function), body_(body), context_(body->getContext()), b_(context_),
      rt_(lowering.target(), b_) {}

// ---- Structure --------------------------------------------------------------------------------------

llvm::Type *FunctionLowering::typeOf(const Inst &inst) {
  if (inst.type.is(Kind::CDouble))
    return b_.getDoubleTy();
  return inst.type.is(Kind::CBool) ? llvm::Type::getInt1Ty(context_) : b_.getInt64Ty();
}

/// Blocks so that definitions come before uses.
static std::vector<hir::Block *> reversePostOrder(hir::Function &f) {
  std::vector<hir::Block *> order;
  std::set<hir::Block *> seen;
  std::vector<std::pair<hir::Block *, std::vector<hir::Block *>>> stack;
  auto enter = [&](hir::Block *block) {
    if (!seen.insert(block).second)
      return;
    std::vector<hir::Block *> next;
    forEachEdge(block, [&](hir::Edge &e) { next.push_back(e.target); });
    stack.push_back({block, next});
  };
  enter(f.entry());
  while (!stack.empty()) {
    auto &[block, next] = stack.back();
    if (next.empty()) {
      order.push_back(block);
      stack.pop_back();
    } else {
      hir::Block *target = next.back();
      next.pop_back();
      enter(target);
    }
  }
  std::reverse(order.begin(), order.end());
  return order;
}

void FunctionLowering::run() {
  std::vector<hir::Block *> order = reversePostOrder(f_);
  for (hir::Block *block : order) {
    for (Inst *inst : block->insts) {
      windowCount_ = std::max(windowCount_, inst->operands.size() + 2);
      if (inst->is(Op::ExtraResult))
        withExtras_.insert(hir::Function::resolve(inst->operands[0]));
      if (inst->is(Op::GenericOp) &&
          (inst->bytecode() == Opcode::UnpackSequence || inst->bytecode() == Opcode::UnpackEx))
        windowCount_ =
            std::max(windowCount_,
                     size_t(inst->imms[1] + (inst->bytecode() == Opcode::UnpackEx ? inst->imms[2] : 0) + 2));
    }
  }
  windowCount_ = std::max(windowCount_, size_t{body_->arg_size()});
  BB *start = newBlock("start");
  b_.SetInsertPoint(start);
  scope_ = lowering_.lines().attach(*body_, f_.code);
  b_.SetCurrentDebugLocation(lowering_.lines().start(scope_));
  prologue();
  BB *go = b_.GetInsertBlock();
  for (hir::Block *block : order) {
    BB *bb = newBlock("block");
    blocks_[block] = bb;
    b_.SetInsertPoint(bb);
    size_t i = 0;
    for (Inst *param : block->params) {
      if (block == f_.entry() && isLoop()) {
        b_.SetInsertPoint(go);
        values_[param] = load(frame_, kFrameRegistersOffset + 8 * uint64_t{f_.entryRegs[i++]});
        b_.SetInsertPoint(bb);
      } else if (block == f_.entry())
        values_[param] = body_->getArg(unsigned(++i));
      else
        values_[param] = b_.CreatePHI(typeOf(*param), 2);
    }
  }
  b_.SetInsertPoint(go);
  b_.CreateBr(blocks_[f_.entry()]);
  for (hir::Block *block : order) {
    b_.SetInsertPoint(blocks_[block]);
    for (size_t i = 0; i < block->insts.size(); ++i) {
      setLine(*block, i);
      lowerInst(*block->insts[i]);
    }
    if (!b_.GetInsertBlock()->getTerminator())
      b_.CreateUnreachable();
  }
  for (BB &bb : *body_)
    if (!bb.getTerminator())
      new llvm::UnreachableInst(context_, &bb);
  for (auto &[edge, from] : edges_)
    for (size_t i = 0; i < edge->args.size(); ++i) {
      auto *phi = llvm::cast<llvm::PHINode>(values_[edge->target->params[i]]);
      V *v = value(edge->args[i]);
      phi->addIncoming(v->getType() == phi->getType() ? v : llvm::PoisonValue::get(phi->getType()), from);
    }
  for (hir::Block *block : order)
    for (Inst *param : block->params)
      if (auto *phi = llvm::dyn_cast<llvm::PHINode>(values_[param]); phi && phi->getNumIncomingValues() == 0)
        phi->replaceAllUsesWith(llvm::PoisonValue::get(phi->getType())), phi->eraseFromParent();
}

/// Could something called from here look at the innermost frame and miss this one? Tracebacks do not: they
/// are made from states.
bool FunctionLowering::frameIsSeen() const {
  auto unit = [&](uint32_t code) { return f_.module->codes[code].unit; };
  if (lowering_.options().showVariables || !(unit(f_.code)->flags & kCodeOptimized) ||
      hir::asksForCaller(*unit(f_.code)) || lowering_.options().shown.count(unit(f_.code)))
    return true;
  for (hir::Block *block : f_.blocks)
    for (Inst *inst : block->insts) {
      if (inst->is(Op::GenericOp) &&
          (inst->bytecode() == Opcode::DeleteCell || inst->bytecode() == Opcode::GetYieldFromIter))
        return true;
      // Of inlined code only what it still calls can ask: super().__init__ of an exception, say, became
      // stores. The forms that calls of known built-ins take (krt_typed_...) do not look at frames.
      bool asks = inst->is(Op::CallNative)
                      ? !std::string_view(hir::nativeCallInfo(hir::NativeCall(inst->imms[0])).symbol)
                             .starts_with("krt_typed_")
                      : hir::effectsOf(*inst).runsPython;
      if (inst->state && asks && hir::asksForCaller(*unit(inst->state->code)))
        return true;
    }
  return false;
}

/// What calls or raises counts for the limits on depth; it has a frame where that can be seen.
void FunctionLowering::prologue() {
  bool needed = false;
  for (hir::Block *block : f_.blocks)
    for (Inst *inst : block->insts) {
      hir::Effects effects = hir::effectsOf(*inst);
      needed |= effects.mayRaise || effects.runsPython;
    }
  window_ = b_.CreateAlloca(b_.getInt64Ty(), word(windowCount_), "window");
  out_ = b_.CreateAlloca(b_.getInt64Ty(), nullptr, "out");
  if (hasForeignFrame()) {
    frame_ = pointer(body_->getArg(0));
    units_ = b_.CreateLoad(b_.getPtrTy(), at(code(lowering_.number(f_.code)), kCodeUnitsOffset));
    return;
  }
  stopIfGivenUp();
  // A generic entry counts while it checks: should it leave, the limit on depth holds there too.
  bool generic = f_.entry()->last() && f_.entry()->last()->is(Op::ReturnTyped);
  needed |= generic;
  BB *go = newBlock("go");
  if (!needed) {
    frame_ = null();
    b_.CreateBr(go);
  } else {
    if (!generic && frameIsSeen())
      enterFrame();
    else
      enterCounted();
    b_.CreateBr(go);
  }
  b_.SetInsertPoint(go);
}

/// A body that can leave is not entered any more once it left too often.
void FunctionLowering::stopIfGivenUp() {
  bool leaves = lowering_.options().showVariables; // a function that traces is told of every call
  for (hir::Block *block : f_.blocks)
    for (Inst *inst : block->insts)
      leaves |= hir::effectsOf(*inst).mayLeave && !inst->is(Op::GuardPoll);
  if (!leaves)
    return;
  V *stopped = b_.CreateLoad(b_.getInt32Ty(),
                             at(lowering_.makeUse(lowering_.number(f_.code)), offsetof(NativeUse, stopped)));
  BB *interpreted = newBlock("interpreted"), *native = newBlock("native");
  branchUnlikely(b_.CreateIsNotNull(stopped), interpreted, native);
  b_.SetInsertPoint(interpreted);
  for (unsigned i = 1; i < body_->arg_size(); ++i)
    b_.CreateStore(wordOf(body_->getArg(i), f_.entry()->params[i - 1]->type), windowAt(i - 1));
  returnWord(rt_.nativeCallBoundPy(body_->getArg(0), window_, word(body_->arg_size() - 1)));
  b_.SetInsertPoint(native);
}

/// To [slow] if the native stack or the depth is used up; else one activation more is counted.
void FunctionLowering::checkDepth(BB *slow) {
  auto check = [&](V *bad) {
    BB *fine = newBlock("fine");
    branchUnlikely(bad, slow, fine);
    b_.SetInsertPoint(fine);
  };
  check(b_.CreateICmpULT(b_.CreatePtrToInt(window_, b_.getInt64Ty()),
                         b_.CreateLoad(b_.getInt64Ty(), threadField(kThreadStateStackLimitOffset))));
  V *depth = b_.CreateLoad(b_.getInt32Ty(), threadField(kThreadStateDepthOffset));
  check(b_.CreateICmpSGE(depth, b_.CreateLoad(b_.getInt32Ty(), threadField(kThreadStateDepthLimitOffset))));
  b_.CreateStore(b_.CreateAdd(depth, b_.getInt32(1)), threadField(kThreadStateDepthOffset));
}

void FunctionLowering::enterCounted() {
  counted_ = true;
  frame_ = null();
  BB *slow = newBlock("enterSlowly"), *join = newBlock("entered"), *failed = newBlock("tooDeep");
  checkDepth(slow);
  b_.CreateBr(join);
  b_.SetInsertPoint(slow);
  branchUnlikely(b_.CreateNot(rt_.nativeCount(body_->getArg(0), code(lowering_.number(f_.code)))), failed,
                 join);
  b_.SetInsertPoint(failed);
  returnWord(word0());
  b_.SetInsertPoint(join);
}

/// A bare frame on the value stack (runtime/abi/types.h), made inline; where a stack or the depth is used up,
/// the runtime decides.
void FunctionLowering::enterFrame() {
  const CodeUnit *unit = lowering_.source().codes[f_.code].unit;
  V *own = code(lowering_.number(f_.code)), *function = body_->getArg(0);
  auto field = [&](uint64_t offset) { return b_.CreateLoad(b_.getInt64Ty(), threadField(offset)); };
  units_ = b_.CreateLoad(b_.getPtrTy(), at(own, kCodeUnitsOffset));
  BB *slow = newBlock("enterSlowly"), *join = newBlock("entered");
  V *top = field(kThreadStateStackTopOffset);
  BB *room = newBlock("room");
  branchUnlikely(b_.CreateICmpUGT(b_.CreateAdd(top, word(kFrameSize + 8 * uint64_t{unit->nregs})),
                                  field(kThreadStateStackEndOffset)),
                 slow, room);
  b_.SetInsertPoint(room);
  checkDepth(slow);
  store(field(kThreadStateFrameOffset), top, kFrameBackOffset);
  store(own, top, kFrameCodeOffset);
  store(function, top, kFrameFunctionOffset);
  store(load(function, kFunctionGlobalsOffset), top, kFrameGlobalsOffset);
  store(load(function, kFunctionBuiltinsOffset), top, kFrameBuiltinsOffset);
  store(word0(), top, kFrameLocalsOffset);
  b_.CreateStore(units_, at(top, kFramePcOffset));
  store(word0(), top, kFrameFrameObjectOffset);
  store(word0(), top, kFrameGeneratorOffset);
  store(word(kFrameEntry | kFrameBare), top, kFrameFlagsOffset); // and lastLine behind it
  b_.CreateStore(top, threadField(kThreadStateFrameOffset));
  b_.CreateStore(b_.CreateAdd(top, word(kFrameSize)), threadField(kThreadStateStackTopOffset));
  V *quick = pointer(top);
  BB *quickly = b_.GetInsertBlock();
  b_.CreateBr(join);
  b_.SetInsertPoint(slow);
  V *slowly = rt_.nativeEnter(function, own);
  BB *failed = newBlock("tooDeep");
  branchUnlikely(b_.CreateIsNull(slowly), failed, join);
  b_.SetInsertPoint(failed);
  returnWord(word0());
  b_.SetInsertPoint(join);
  auto *frame = b_.CreatePHI(b_.getPtrTy(), 2, "frame");
  frame->addIncoming(quick, quickly);
  frame->addIncoming(slowly, slow);
  frame_ = frame;
}

void FunctionLowering::exitFrame() {
  if (counted_)
    uncount(b_, lowering_.target());
  if (llvm::isa<llvm::ConstantPointerNull>(frame_))
    return;
  if (hasForeignFrame()) {
    rt_.nativeExit(frame_);
    return;
  }
  BB *slow = newBlock("exitSlowly"), *quick = newBlock("exit"), *join = newBlock("exited");
  branchUnlikely(b_.CreateIsNotNull(load(frame_, kFrameFrameObjectOffset)), slow, quick);
  b_.SetInsertPoint(slow);
  rt_.nativeExit(frame_);
  b_.CreateBr(join);
  b_.SetInsertPoint(quick);
  b_.CreateStore(load(frame_, kFrameBackOffset), threadField(kThreadStateFrameOffset));
  b_.CreateStore(frame_, threadField(kThreadStateStackTopOffset));
  uncount(b_, lowering_.target());
  b_.CreateBr(join);
  b_.SetInsertPoint(join);
}

void FunctionLowering::lowerInst(Inst &inst) {
  if (b_.GetInsertBlock()->getTerminator())
    return;
  setPc(inst);
  if (!lowerControl(inst) && !lowerNumber(inst) && !lowerObject(inst) && !lowerCall(inst) &&
      !lowerGenerator(inst))
    llvm_unreachable("an instruction that declines() lets pass");
}

bool FunctionLowering::lowerControl(Inst &inst) {
  switch (inst.op) {
  case Op::Jump:
    b_.CreateBr(edgeBlock(inst.edges[0]));
    return true;
  case Op::Branch: {
    llvm::MDNode *weights = nullptr;
    if (inst.imms[0] >= 0)
      weights = llvm::MDBuilder(context_).createBranchWeights(uint32_t(inst.imms[0]) + 1,
                                                              uint32_t(1001 - inst.imms[0]));
    BB *yes = edgeBlock(inst.edges[0]), *no = edgeBlock(inst.edges[1]);
    b_.CreateCondBr(arg(inst, 0), yes, no, weights);
    return true;
  }
  case Op::Return: {
    returnValue(inst.operands[0]);
    return true;
  }
  case Op::ReturnTyped: {
    const Lowering::TypedBody &callee = *lowering_.typedBody(lowering_.source().codes[f_.code].unit);
    std::vector<V *> args;
    for (Inst *operand : inst.operands)
      args.push_back(value(operand));
    exitFrame();
    V *result = b_.CreateCall(callee.body, args);
    if (!callee.source->typedResult.isEmpty())
      result = either(
          b_.CreateICmpEQ(b_.CreateExtractValue(result, 1), word(kMachineResult)), false,
          [&]() -> V * {
            return wordOf(b_.CreateExtractValue(result, 0),
                          callee.source->typedResult.is(Kind::Int) ? Kind::CInt64 : Kind::CDouble);
          },
          [&]() -> V * { return b_.CreateExtractValue(result, 1); });
    b_.CreateRet(result);
    return true;
  }
  case Op::Deopt:
    leave(inst);
    return true;
  case Op::Unreachable:
    b_.CreateUnreachable();
    return true;
  default:
    return false;
  }
}

/// A block of its own for each edge with arguments: two of them may lead to one block with different ones.
llvm::BasicBlock *FunctionLowering::edgeBlock(hir::Edge &edge) {
  if (edge.args.empty())
    return blocks_[edge.target];
  BB *bb = BB::Create(context_, "edge", body_);
  llvm::BranchInst::Create(blocks_[edge.target], bb);
  edges_.push_back({&edge, bb});
  return bb;
}

llvm::Value *FunctionLowering::value(Inst *inst) {
  inst = hir::Function::resolve(inst);
  V *&v = values_[inst];
  if (!v)
    v = llvm::PoisonValue::get(typeOf(*inst)); // behind Unreachable only
  return v;
}

llvm::Value *FunctionLowering::either(V *condition, bool unlikelyTrue, llvm::function_ref<V *()> yes,
                                      llvm::function_ref<V *()> no) {
  BB *a = newBlock("yes"), *c = newBlock("no"), *join = newBlock("join");
  b_.CreateCondBr(condition, a, c,
                  unlikelyTrue ? llvm::MDBuilder(context_).createBranchWeights(1, 2000)
                               : llvm::MDBuilder(context_).createBranchWeights(2000, 1));
  b_.SetInsertPoint(a);
  V *first = yes();
  a = b_.GetInsertBlock();
  b_.CreateBr(join);
  b_.SetInsertPoint(c);
  V *second = no();
  c = b_.GetInsertBlock();
  b_.CreateBr(join);
  b_.SetInsertPoint(join);
  auto *phi = b_.CreatePHI(first->getType(), 2);
  phi->addIncoming(first, a);
  phi->addIncoming(second, c);
  return phi;
}

void FunctionLowering::branchUnlikely(V *condition, BB *unlikely, BB *other) {
  b_.CreateCondBr(condition, unlikely, other, llvm::MDBuilder(context_).createBranchWeights(1, 1 << 20));
}

llvm::Value *threadField(llvm::IRBuilder<> &b, llvm::Module &module, uint64_t offset) {
  const char *name = "_ZN5krait10krt_threadE";
  auto *thread = module.getNamedGlobal(name);
  if (!thread)
    thread = new llvm::GlobalVariable(module, llvm::ArrayType::get(b.getInt8Ty(), kThreadStateSize), false,
                                      llvm::GlobalValue::ExternalLinkage, nullptr, name, nullptr,
                                      llvm::GlobalValue::LocalExecTLSModel);
  llvm::Value *address = b.CreateThreadLocalAddress(thread);
  return offset ? b.CreateConstInBoundsGEP1_64(b.getInt8Ty(), address, offset) : address;
}

void uncount(llvm::IRBuilder<> &b, llvm::Module &module) {
  llvm::Value *depth = threadField(b, module, kThreadStateDepthOffset);
  b.CreateStore(b.CreateSub(b.CreateLoad(b.getInt32Ty(), depth), b.getInt32(1)), depth);
}

llvm::Value *FunctionLowering::code(uint32_t number) {
  auto *loaded = b_.CreateLoad(b_.getInt64Ty(), at(lowering_.codeTable(), 8 * uint64_t{number}));
  loaded->setMetadata(llvm::LLVMContext::MD_invariant_load, llvm::MDNode::get(context_, {}));
  return loaded;
}

/// Classes of memory that never overlap; accesses without a class may touch anything.
llvm::Instruction *FunctionLowering::tagged(llvm::Instruction *access, const char *name) {
  llvm::MDBuilder metadata(context_);
  llvm::MDNode *type = metadata.createTBAANode(name, metadata.createTBAARoot("krait"));
  access->setMetadata(llvm::LLVMContext::MD_tbaa, metadata.createTBAAStructTagNode(type, type, 0));
  return access;
}

llvm::Value *FunctionLowering::outWord() { return out_; }

// ---- Leaving and exceptions -------------------------------------------------------------------------

int64_t FunctionLowering::reason(const Inst &inst) const {
  const std::vector<hir::ImmInfo> &infos = inst.info().immediates;
  for (size_t i = 0; i < infos.size(); ++i)
    if (infos[i].kind == hir::ImmKind::reason)
      return inst.imms[i];
  return int64_t(hir::DeoptReason::Poll);
}

void FunctionLowering::guard(Inst &inst, V *ok) {
  BB *&cold = leaves_[{inst.state, reason(inst)}], *go = newBlock("held");
  if (lowering_.options().stressDeopt) {
    V *on = b_.CreateLoad(b_.getInt64Ty(),
                          lowering_.target().getOrInsertGlobal("krt_deopt_stress", b_.getInt64Ty()));
    V *calm = either(
        b_.CreateIsNull(on), false, [&]() -> V * { return b_.getTrue(); },
        [&]() -> V * { return b_.CreateNot(rt_.deoptStressed()); });
    ok = b_.CreateAnd(ok, calm);
  }
  bool first = !cold;
  if (first)
    cold = newBlock("leave");
  b_.CreateCondBr(ok, go, cold, llvm::MDBuilder(context_).createBranchWeights(1 << 20, 1));
  if (first) {
    b_.SetInsertPoint(cold);
    leave(inst);
  }
  b_.SetInsertPoint(go);
}

void FunctionLowering::leave(Inst &inst) {
  llvm::Type *i32 = b_.getInt32Ty();
  auto *type = llvm::StructType::get(i32, i32, i32, i32);
  auto *counter = new llvm::GlobalVariable(
      lowering_.target(), type, false, llvm::GlobalValue::InternalLinkage,
      llvm::ConstantStruct::get(type, {b_.getInt32(0), b_.getInt32(uint32_t(reason(inst))),
                                       b_.getInt32(lowering_.number(inst.state->code)),
                                       b_.getInt32(inst.state->offset)}),
      "guard");
  std::vector<V *> args = {frame_, nullptr, counter};
  args[1] = describe(inst.state, args);
  llvm::Function *helper = lowering_.leaveHelper(args.size() - 3, isLoop(), counted_);
  auto *left = b_.CreateCall(helper, args);
  left->setCallingConv(helper->getCallingConv());
  left->setTailCallKind(llvm::CallInst::TCK_NoTail);
  returnCold(left);
}

void FunctionLowering::returnWord(V *result) {
  if (!body_->getReturnType()->isStructTy()) {
    b_.CreateRet(result);
    return;
  }
  b_.CreateRet(b_.CreateInsertValue(llvm::PoisonValue::get(body_->getReturnType()), result, 1));
}

void FunctionLowering::returnValue(Inst *value) {
  bool machine = body_->getReturnType()->isStructTy();
  V *result = !machine ? boxed(value) : f_.typedResult.is(Kind::Int) ? openedInt(value) : openedFloat(value);
  exitFrame();
  if (machine) {
    result = b_.CreateInsertValue(llvm::PoisonValue::get(body_->getReturnType()), result, 0);
    result = b_.CreateInsertValue(result, word(kMachineResult), 1);
  }
  b_.CreateRet(result);
}

void FunctionLowering::returnCold(V *result) {
  if (!coldResult_) {
    BB *out = newBlock("left");
    coldResult_ = llvm::PHINode::Create(b_.getInt64Ty(), 8, "", out);
    llvm::IRBuilder<>::InsertPointGuard here(b_);
    b_.SetInsertPoint(out);
    returnWord(coldResult_);
  }
  coldResult_->addIncoming(result, b_.GetInsertBlock());
  b_.CreateBr(coldResult_->getParent());
}

void FunctionLowering::raiseIf(Inst &inst, V *failed) {
  BB *cold = newBlock("raised"), *go = newBlock("passed");
  branchUnlikely(failed, cold, go);
  b_.SetInsertPoint(cold);
  raised(inst, b_.getInt1(inst.is(Op::GenericOp) && opcodeInfo(inst.bytecode()).tracedAlready));
  b_.SetInsertPoint(go);
}

llvm::Value *FunctionLowering::tracingOn() {
  V *on = lowering_.target().getOrInsertGlobal("_ZN5krait14krt_tracing_onE", b_.getInt8Ty());
  return b_.CreateIsNotNull(b_.CreateLoad(b_.getInt8Ty(), on));
}

/// An exception that is traced is raised by the interpreter, which tells of it and finds its handler. A loop
/// goes on with its own handler when nothing is to be told.
void FunctionLowering::throwIfTraced(Inst &inst, V *skipInnermost) {
  if (!lowering_.options().leaveWhenTraced || llvm::isa<llvm::ConstantPointerNull>(frame_))
    return;
  V *traced = tracingOn();
  if (isLoop())
    traced = b_.CreateAnd(traced, b_.CreateNot(skipInnermost));
  BB *leaves = newBlock("raisedTraced"), *stays = newBlock("untraced");
  branchUnlikely(traced, leaves, stays);
  b_.SetInsertPoint(leaves);
  std::vector<V *> args = {frame_, nullptr, skipInnermost};
  args[1] = describe(inst.state, args);
  if (isLoop())
    args.erase(args.begin() + 2);
  llvm::Function *helper = lowering_.raiseHelper(args.size() - (isLoop() ? 2 : 3), isLoop());
  auto *result = b_.CreateCall(helper, args);
  result->setTailCallKind(llvm::CallInst::TCK_NoTail);
  returnCold(result);
  b_.SetInsertPoint(stays);
}

void FunctionLowering::raised(Inst &inst, V *skipInnermost) {
  throwIfTraced(inst, skipInnermost);
  uint32_t frames = 0;
  for (hir::FrameState *s = inst.state; s; s = s->caller)
    ++frames;
  std::vector<V *> args = {frame_, nullptr, b_.getInt32(inst.unwind.target ? inst.unwindFrames : frames),
                           skipInnermost};
  args[1] = describe(inst.state, args);
  b_.CreateCall(lowering_.traceHelper(args.size() - 4), args)->setTailCallKind(llvm::CallInst::TCK_NoTail);
  if (inst.unwind.target) {
    b_.CreateBr(edgeBlock(inst.unwind));
    return;
  }
  if (!raisedOut_) {
    raisedOut_ = newBlock("raisedOut");
    llvm::IRBuilder<>::InsertPointGuard here(b_);
    b_.SetInsertPoint(raisedOut_);
    exitFrame();
    returnCold(word0());
  }
  b_.CreateBr(raisedOut_);
}

/// Pure instructions have no state: they belong to the nearest one of their block that has.
void FunctionLowering::setLine(hir::Block &block, size_t index) {
  for (size_t i = index; i < (index ? index + 1 : block.insts.size()); ++i)
    if (hir::FrameState *state = block.insts[i]->state) {
      b_.SetCurrentDebugLocation(lowering_.lines().locate(*state, scope_));
      return;
    }
}

/// The activation's own frame shows where it is; frames of inlined code exist only in states.
void FunctionLowering::setPc(Inst &inst) {
  hir::Effects effects = hir::effectsOf(inst);
  if (!inst.state || !effects.runsPython || llvm::isa<llvm::ConstantPointerNull>(frame_))
    return;
  hir::FrameState *own = inst.state;
  while (own->caller)
    own = own->caller;
  b_.CreateStore(at(units_, 2 * uint64_t{own->offset}), at(frame_, kFramePcOffset));
  const CodeUnit &unit = *f_.module->codes[f_.code].unit;
  if ((lowering_.options().showVariables && (unit.flags & kCodeOptimized)) || hir::showsOwnVariables(unit)) {
    std::vector<V *> args = {frame_, nullptr};
    args[1] = describe(inst.state, args);
    b_.CreateCall(lowering_.showHelper(args.size() - 2), args);
  }
}

namespace {

/// Writes the words of runtime/abi/native_code.h.
class StateWriter {
public:
  /// [hasFrame]: the outermost frame exists already, with its function.
  StateWriter(Lowering &lowering, bool hasFrame) : lowering_(lowering), hasFrame_(hasFrame) {}
  std::vector<hir::Inst *> values;

  std::vector<uint32_t> write(hir::FrameState *innermost) {
    std::vector<hir::FrameState *> chain;
    for (hir::FrameState *s = innermost; s; s = s->caller)
      chain.push_back(s);
    std::reverse(chain.begin(), chain.end());
    std::vector<uint32_t> frames;
    for (hir::FrameState *s : chain) {
      uint32_t function = hasFrame_ && s == chain[0] ? kSourceNull : source(s->function);
      frames.insert(frames.end(), {lowering_.number(s->code), s->offset, uint32_t(s->kind), function,
                                   uint32_t(s->slots.size())});
      for (hir::FrameSlot &slot : s->slots)
        frames.insert(frames.end(), {slot.reg, source(slot.value)});
    }
    std::vector<uint32_t> rows;
    for (size_t i = 0; i < objects_.size(); ++i)
      writeObject(*objects_[i], rows);
    std::vector<uint32_t> out = {uint32_t(chain.size()), uint32_t(objects_.size())};
    out.insert(out.end(), frames.begin(), frames.end());
    out.insert(out.end(), rows.begin(), rows.end());
    return out;
  }

private:
  Lowering &lowering_;
  bool hasFrame_;
  std::vector<hir::VirtualObject *> objects_;

  /// A constant that fits the source itself needs no code.
  static bool constant(const hir::Inst &inst, uint32_t &out) {
    int64_t bits = 0;
    SourceRep rep = kRepWord;
    switch (inst.op) {
    case Op::ConstNone:
      bits = 0x04;
      break;
    case Op::ConstBool:
      bits = inst.imms[0], rep = kRepBool;
      break;
    case Op::ConstInt:
      bits = inst.imms[0], rep = kRepInt;
      break;
    default:
      return false;
    }
    out = uint32_t(bits) << 4 | uint32_t(rep) << 2 | kSourceConstant;
    return int32_t(out) >> 4 == bits;
  }

  uint32_t source(const hir::FrameValue &v) {
    if (v.object) {
      if (v.object->op == Op::BoxInt || v.object->op == Op::BoxFloat || v.object->op == Op::BoxBool)
        return source(v.object->fields[0]);
      auto at = std::find(objects_.begin(), objects_.end(), v.object);
      uint32_t index = uint32_t(at - objects_.begin());
      if (at == objects_.end())
        objects_.push_back(v.object);
      return index << 4 | kSourceObject;
    }
    hir::Inst *inst = hir::Function::resolve(v.value);
    if (!inst || inst->is(Op::ConstUnbound))
      return kSourceNull;
    if (uint32_t out; constant(*inst, out))
      return out;
    auto at = std::find(values.begin(), values.end(), inst);
    uint32_t index = uint32_t(at - values.begin());
    if (at == values.end())
      values.push_back(inst);
    uint32_t rep = inst->type.is(Kind::CInt64)    ? kRepInt
                   : inst->type.is(Kind::CDouble) ? kRepDouble
                   : inst->type.is(Kind::CBool)   ? kRepBool
                                                  : kRepWord;
    return index << 4 | rep << 2 | kSourceValue;
  }

  void writeObject(const hir::VirtualObject &object, std::vector<uint32_t> &rows) {
    uint32_t operation = kMakeLayout, detail = 0;
    if (object.op == Op::NewTuple)
      operation = kMakeTuple;
    else if (object.op == Op::NewList)
      operation = kMakeList;
    else if (object.op == Op::NewObject)
      operation = kMakeInstance;
    else if (object.op == Op::NewGenerator)
      operation = kMakeGenerator;
    else if (object.op == Op::NewFunction)
      operation = kMakeFunction;
    if (object.op == Op::NewGenerator)
      detail = lowering_.number(uint32_t(object.imms[1]));
    else if (object.op == Op::NewFunction)
      detail = lowering_.number(uint32_t(object.imms[0]));
    else if (!object.imms.empty())
      detail = uint32_t(object.imms[0]);
    bool indexed = object.op == Op::NewFunction; // the place in the constant pool comes first
    rows.insert(rows.end(), {operation, detail, uint32_t(object.fields.size() + indexed)});
    if (indexed)
      rows.push_back(uint32_t(object.imms[1]) << 4 | kRepInt << 2 | kSourceConstant);
    for (const hir::FrameValue &field : object.fields)
      rows.push_back(source(field));
  }
};

} // namespace

llvm::Value *FunctionLowering::describe(hir::FrameState *state, std::vector<V *> &values) {
  StateWriter writer(lowering_, !llvm::isa<llvm::ConstantPointerNull>(frame_));
  std::vector<uint32_t> words = writer.write(state);
  llvm::GlobalVariable *&data = states_[state];
  if (!data) {
    auto *init = llvm::ConstantDataArray::get(context_, words);
    data = new llvm::GlobalVariable(lowering_.target(), init->getType(), true,
                                    llvm::GlobalValue::InternalLinkage, init, "state");
  }
  for (Inst *inst : writer.values) {
    V *v = value(inst);
    if (v->getType()->isDoubleTy())
      v = b_.CreateBitCast(v, b_.getInt64Ty());
    else if (v->getType()->isIntegerTy(1))
      v = b_.CreateZExt(v, b_.getInt64Ty());
    values.push_back(v);
  }
  return data;
}

} // namespace krait

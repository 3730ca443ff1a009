// Blocks and registers. Every block of bytecode becomes a block whose parameters are its live registers; the
// cleanup pass drops those that have one value. In a try range an instruction that may raise ends its block:
// its unwind edge leads to a landing block for the handler, which takes the exception and jumps to the
// handler's own block.
#include "compiler/build/translator.h"

#include "compiler/support/check.h"

namespace krait {

using hir::Block;
using hir::FunctionKind;
using hir::Inst;
using hir::Kind;
using hir::Type;

Translator::Translator(hir::Module &module, const std::string &name, const CodeUnit &unit,
                       const BuildOptions &options)
    : module_(module), unit_(unit), options_(options), code_(module.codeIndex(name, &unit, unit.names)),
      f_(module.addFunction(name, code_)), b_(f_), live_(unit, options.keepVariables), regs_(unit.nregs),
      leader_(unit.units.size()), header_(unit.units.size()) {
  findLeaders();
}

void Translator::findLeaders() {
  for (const ExceptionRange &range : unit_.handlers)
    leader_[range.handler] = true;
  for (uint32_t at = 0; at < unit_.units.size();) {
    DecodedInst inst = decodeInst(unit_.units.data(), at);
    const OpcodeInfo &info = opcodeInfo(inst.op);
    for (unsigned i = 0; info.operands[i]; ++i)
      if (info.operands[i] == 'j') {
        leader_[inst.operands[i]] = true;
        if (inst.op == Opcode::LoopBack)
          header_[inst.operands[i]] = true;
      }
    at += inst.length;
    if ((info.jumps || info.suspends) && at < unit_.units.size())
      leader_[at] = true;
  }
}

/// Which registers may be unbound at the start of each block: forward, any path.
void Translator::findMaybeUnbound() {
  maybeUnbound_.assign(unit_.units.size(), {});
  std::vector<bool> start(unit_.nregs, true);
  uint32_t parameters = unit_.argcount + unit_.kwonlyargcount + !!(unit_.flags & kCodeVarArgs) +
                        !!(unit_.flags & kCodeVarKeywords);
  for (uint32_t r = 0; r < parameters; ++r)
    start[r] = false;
  std::vector<uint32_t> work;
  auto flow = [&](uint32_t to, const std::vector<bool> &in) {
    std::vector<bool> &at = maybeUnbound_[to];
    std::vector<bool> joined = at.empty() ? in : at;
    for (size_t r = 0; r < in.size(); ++r)
      joined[r] = joined[r] || in[r];
    if (at.empty() || joined != at) {
      at = joined;
      work.push_back(to);
    }
  };
  flow(0, start);
  while (!work.empty()) {
    uint32_t at = work.back();
    work.pop_back();
    std::vector<bool> now = maybeUnbound_[at];
    for (bool open = true; open && at < unit_.units.size();) {
      DecodedInst inst = decodeInst(unit_.units.data(), at);
      const OpcodeInfo &info = opcodeInfo(inst.op);
      if (const ExceptionRange *handler = info.mayRaise ? unit_.handlerAt(at) : nullptr) {
        std::vector<bool> caught = now;
        caught[handler->reg] = false;
        flow(handler->handler, caught);
      }
      // ForIter's register is written only on the way into the body.
      auto jump = [&] {
        for (unsigned i = 0; info.operands[i]; ++i)
          if (info.operands[i] == 'j')
            flow(inst.operands[i], now);
      };
      if (inst.op == Opcode::ForIter)
        jump();
      for (uint16_t r : registerUse(inst).writes)
        now[r] = false;
      switch (inst.op) {
      case Opcode::CheckLocal:
        now[inst.operands[0]] = false;
        break;
      case Opcode::DeleteLocal:
      case Opcode::ClearReg:
        now[inst.operands[0]] = true;
        break;
      case Opcode::LoadMethod:
      case Opcode::LoadSuperMethod:
      case Opcode::LoadSpecial:
        now[inst.operands[0] + 1] = true;
        break;
      default:
        break;
      }
      if (inst.op != Opcode::ForIter)
        jump();
      at += inst.length;
      open = !info.endsBlock;
      if (open && at < unit_.units.size() && leader_[at]) {
        flow(at, now);
        open = false;
      }
    }
  }
}

// ---- Entries --------------------------------------------------------------------------------------------

void Translator::enterNormal() {
  Block *entry = f_->addBlock();
  uint32_t parameters = unit_.argcount + unit_.kwonlyargcount + !!(unit_.flags & kCodeVarArgs) +
                        !!(unit_.flags & kCodeVarKeywords);
  for (uint32_t r = 0; r < parameters; ++r) {
    f_->entryRegs.push_back(uint16_t(r));
    regs_[r] = f_->addParam(entry, Type::any());
  }
  b_.atEnd(entry);
  function_ = b_.currentFunction();
  jumpTo(0);
}

void Translator::enterLoop(uint32_t offset) {
  Block *entry = f_->addBlock();
  f_->entryOffset = offset;
  // A loop is contiguous, with its only jump backwards last.
  for (uint32_t at = offset; at < unit_.units.size();) {
    DecodedInst inst = decodeInst(unit_.units.data(), at);
    at += inst.length;
    if (inst.op == Opcode::LoopBack && inst.operands[0] == offset)
      loopEnd_ = at;
  }
  for (uint32_t r = 0; r < unit_.nregs; ++r)
    if (live_.liveBefore(offset, uint16_t(r))) {
      f_->entryRegs.push_back(uint16_t(r));
      regs_[r] = f_->addParam(entry, mayBeUnbound(offset, r) ? Type::maybeUnbound() : Type::any());
    }
  b_.atEnd(entry);
  function_ = b_.currentFunction();
  jumpTo(offset);
}

void Translator::enterGenerator() {
  Block *entry = f_->addBlock();
  b_.atEnd(entry);
  function_ = b_.currentFunction();
  generator_ = b_.generatorFrame();
  switch_ = b_.resumeSwitch(generator_, {});
  // The start: behind ReturnGenerator, with the parameters in the frame's registers.
  DecodedInst first{};
  for (uint32_t at = 0; at < unit_.units.size(); at += first.length) {
    first = decodeInst(unit_.units.data(), at);
    if (first.op == Opcode::ReturnGenerator)
      break;
  }
  Block *start = f_->addBlock();
  addResumePoint(first.offset, start);
  b_.atEnd(start);
  uint32_t behind = first.offset + first.length;
  std::vector<bool> bound(unit_.nregs);
  for (uint32_t r = 0; r < unit_.nregs; ++r)
    bound[r] = !mayBeUnbound(behind, r);
  restoreRegisters(behind, -1, bound);
  at_ = first.offset;
  state_ = nullptr;
  mayRaise(b_.resumeValue(generator_, state()));
  jumpTo(behind);
}

// ---- Blocks ---------------------------------------------------------------------------------------------

Block *Translator::blockAt(uint32_t offset) {
  Block *&block = blocks_[offset];
  if (block)
    return block;
  block = f_->addBlock();
  for (uint32_t r = 0; r < unit_.nregs; ++r)
    if (live_.liveBefore(offset, uint16_t(r)))
      f_->addParam(block, mayBeUnbound(offset, r) ? Type::maybeUnbound() : Type::any());
  work_.push_back(offset);
  return block;
}

std::vector<Inst *> Translator::liveArgs(uint32_t offset) {
  std::vector<Inst *> args;
  for (uint32_t r = 0; r < unit_.nregs; ++r)
    if (live_.liveBefore(offset, uint16_t(r))) {
      Inst *v = reg(r);
      bool mustBind = !mayBeUnbound(offset, r);
      args.push_back(mustBind && v->type.has(Kind::Unbound) ? b_.refineType(v, Type::any()) : v);
    }
  return args;
}

/// The instruction at [offset] comes next, behind one that may have run Python code. What was traced by then
/// is traced from there on.
void Translator::leaveIfTraced(uint32_t offset) {
  if (!options_.leaveWhenTraced || !ranPython_)
    return;
  uint32_t at = at_;
  hir::FrameState *before = state_;
  at_ = offset;
  state_ = nullptr;
  b_.guardUntraced(hir::DeoptReason::Traced, state());
  at_ = at;
  state_ = before;
}

void Translator::jumpTo(uint32_t offset) {
  leaveIfTraced(offset);
  std::vector<Inst *> args = liveArgs(offset);
  b_.jumpTo(blockAt(offset), std::move(args));
}

void Translator::translateBlock(uint32_t offset) {
  Block *block = blocks_[offset];
  regs_.assign(unit_.nregs, nullptr);
  for (uint32_t r = 0, i = 0; r < unit_.nregs; ++r)
    if (live_.liveBefore(offset, uint16_t(r)))
      regs_[r] = block->params[i++];
  b_.atEnd(block);
  ranPython_ = false;
  for (uint32_t at = offset;;) {
    DecodedInst inst = decodeInst(unit_.units.data(), at);
    at_ = at;
    state_ = nullptr;
    if (at < f_->entryOffset || at >= loopEnd_)
      return (void)b_.deopt(hir::DeoptReason::LoopDone, state());
    if (header_[at])
      b_.guardPoll(state());
    translate(inst);
    if (Inst *last = b_.block()->last(); last && last->info().ends)
      return;
    at += inst.length;
    if (leader_[at])
      return jumpTo(at);
    leaveIfTraced(at);
    ranPython_ = false;
  }
}

hir::Function *Translator::run(FunctionKind kind, uint32_t entry) {
  f_->kind = kind;
  findMaybeUnbound();
  if (kind == FunctionKind::generator)
    enterGenerator();
  else if (kind == FunctionKind::loop)
    enterLoop(entry);
  else
    enterNormal();
  while (!work_.empty()) {
    uint32_t offset = work_.back();
    work_.pop_back();
    translateBlock(offset);
  }
  f_->removeUnreachable();
  return f_;
}

// ---- Registers and states ---------------------------------------------------------------------------------

Inst *Translator::unbound() { return b_.constUnbound(); }
Inst *Translator::reg(uint32_t r) { return regs_[r] ? regs_[r] : unbound(); }

hir::FrameState *Translator::state() {
  if (state_)
    return state_;
  state_ = f_->newState();
  state_->code = code_;
  state_->offset = at_;
  state_->function = {function_, nullptr};
  for (uint32_t r = 0; r < unit_.nregs; ++r)
    if (live_.liveBefore(at_, uint16_t(r)))
      state_->slots.push_back({uint16_t(r), {reg(r), nullptr}});
  return state_;
}

// ---- Exceptions -------------------------------------------------------------------------------------------

Block *Translator::landingFor(const ExceptionRange &range) {
  Block *&block = landings_[{range.handler, range.reg}];
  if (block)
    return block;
  block = f_->addBlock();
  Registers saved = regs_;
  Block *here = b_.block();
  regs_.assign(unit_.nregs, nullptr);
  for (uint32_t r = 0; r < unit_.nregs; ++r)
    if (r != range.reg && live_.liveBefore(range.handler, uint16_t(r)))
      regs_[r] = f_->addParam(block, mayBeUnbound(range.handler, r) ? Type::maybeUnbound() : Type::any());
  b_.atEnd(block);
  set(range.reg, b_.catchException());
  bool ran = ranPython_;
  ranPython_ = true;
  jumpTo(range.handler);
  ranPython_ = ran;
  b_.atEnd(here);
  regs_ = saved;
  return block;
}

Inst *Translator::mayRaise(Inst *inst) {
  ranPython_ |= hir::effectsOf(*inst).runsPython;
  const ExceptionRange *range = unit_.handlerAt(at_);
  if (!range || !hir::effectsOf(*inst).mayRaise)
    return inst;
  // Arguments first: a constant for an unbound register must stand before the instruction.
  Block *here = b_.block();
  here->insts.pop_back();
  std::vector<Inst *> args;
  Block *landing = landingFor(*range);
  for (uint32_t r = 0, i = 0; r < unit_.nregs; ++r)
    if (r != range->reg && live_.liveBefore(range->handler, uint16_t(r))) {
      Inst *v = reg(r);
      bool mustBind = !landing->params[i++]->type.has(Kind::Unbound) && v->type.has(Kind::Unbound);
      args.push_back(mustBind ? b_.refineType(v, Type::any()) : v);
    }
  here->insts.push_back(inst);
  inst->unwind = {landing, std::move(args)};
  inst->unwindFrames = 1;
  Block *next = f_->addBlock();
  b_.jumpTo(next);
  b_.atEnd(next);
  return inst;
}

void Translator::afterRaise(Inst *inst) {
  mayRaise(inst);
  b_.unreachable();
}

} // namespace krait

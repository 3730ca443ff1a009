// Opcodes: most are their generic operation; the others have a method here.
#include "compiler/build/translator.h"

#include "compiler/support/check.h"

namespace krait {

using hir::Block;
using hir::Cond;
using hir::Inst;
using hir::Kind;
using hir::Type;

void Translator::translate(const DecodedInst &inst) {
  const uint32_t *o = inst.operands;
  switch (inst.op) {
  case Opcode::Nop:
    return;
  case Opcode::Move:
    return set(o[0], reg(o[1]));
  case Opcode::LoadConst:
    return translateConst(inst);
  case Opcode::CheckLocal:
    return set(o[0], mayRaise(b_.checkBound(reg(o[0]), o[0], state())));
  case Opcode::DeleteLocal:
    return translateDeleteLocal(inst);
  case Opcode::ClearReg:
    return set(o[0], unbound());
  case Opcode::MakeCell:
    return set(o[0], b_.new_({reg(o[0])}, hir::Layout::Cell));
  case Opcode::LoadFree:
    for (uint32_t i = 0; i < o[1]; ++i)
      set(o[0] + i, b_.loadClosure(function_, i));
    return;
  case Opcode::LoadCell:
    return translateLoadCell(inst);
  case Opcode::StoreCell:
    return (void)b_.storeField(reg(o[0]), reg(o[1]), hir::Field::Cell_content);
  case Opcode::Is:
  case Opcode::IsNot:
    return translateIs(inst);
  case Opcode::Not:
    return translateNot(inst);
  case Opcode::BuildTuple:
  case Opcode::BuildList:
    return translateBuildSequence(inst);
  case Opcode::ListAppend:
    return translateListAppend(inst);
  case Opcode::Call:
  case Opcode::CallKw:
  case Opcode::CallMethod:
  case Opcode::CallMethodKw:
    return translateCall(inst);
  case Opcode::Jump:
    return jumpTo(o[0]);
  case Opcode::LoopBack:
    return jumpTo(o[0]); // the header polls
  case Opcode::JumpIfTrue:
    return translateJumpIfTruth(inst, true);
  case Opcode::JumpIfFalse:
    return translateJumpIfTruth(inst, false);
  case Opcode::JumpIfIs:
    return translateBranch(b_.is(reg(o[0]), reg(o[1])), inst, 2, true);
  case Opcode::JumpIfIsNot:
    return translateBranch(b_.is(reg(o[0]), reg(o[1])), inst, 2, false);
  case Opcode::JumpIfNone:
    return translateJumpIfNone(inst, true);
  case Opcode::JumpIfNotNone:
    return translateJumpIfNone(inst, false);
  case Opcode::ForIter:
    return translateForIter(inst);
  case Opcode::Return:
    return (void)b_.return_(reg(o[0]));
  case Opcode::Raise:
  case Opcode::Reraise:
    return translateRaise(inst);
  case Opcode::ReturnGenerator:
    return;
  case Opcode::Yield:
    return translateYield(inst);
  case Opcode::YieldFrom:
    return translateYieldFrom(inst);
  default:
    if (!translateCompareJump(inst))
      generic(inst);
  }
}

/// Opcodes whose operation looks into the globals of the running function.
static bool needsFunction(Opcode op) {
  switch (op) {
  case Opcode::LoadGlobal:
  case Opcode::StoreGlobal:
  case Opcode::DeleteGlobal:
  case Opcode::LoadName:
  case Opcode::StoreName:
  case Opcode::DeleteName:
  case Opcode::LoadBuildClass:
  case Opcode::SetupAnnotations:
  case Opcode::ImportName:
  case Opcode::MakeFunction:
    return true;
  default:
    return false;
  }
}

void Translator::generic(const DecodedInst &inst) {
  const OpcodeInfo &info = opcodeInfo(inst.op);
  std::vector<Inst *> inputs;
  if (needsFunction(inst.op))
    inputs.push_back(function_);
  std::vector<int64_t> args;
  DecodedInst one = inst;
  RegisterUse use = registerUse(inst);
  size_t nextRead = 0;
  for (unsigned i = 0; info.operands[i]; ++i) {
    char kind = info.operands[i];
    if (kind == 'i' || kind == 'k' || kind == 'n' || kind == 's')
      args.push_back(one.operands[i]);
    // Absent operands keep their place as the null word.
    else if (kind == 'o' && one.operands[i] == kNoReg)
      inputs.push_back(unbound());
    else if (kind == 'r' || kind == 'x' || kind == 'o')
      inputs.push_back(reg(use.reads[nextRead++]));
    else if (kind == 'b')
      for (size_t rest = use.reads.size() - nextRead, later = 0; kind == 'b'; kind = 0) {
        for (unsigned k = i + 1; info.operands[k]; ++k)
          later += info.operands[k] == 'r' || info.operands[k] == 'x' ||
                   (info.operands[k] == 'o' && one.operands[k] != kNoReg);
        for (; rest > later; --rest)
          inputs.push_back(reg(use.reads[nextRead++]));
      }
  }
  Inst *op = mayRaise(b_.genericOp(inputs, inst.op, args, state()));
  // Only the receiver that goes with a looked up method may be absent.
  bool maybeAbsent =
      inst.op == Opcode::LoadMethod || inst.op == Opcode::LoadSuperMethod || inst.op == Opcode::LoadSpecial;
  for (size_t i = 0; i < use.writes.size(); ++i) {
    Inst *v = i ? b_.extraResult(op, int64_t(i)) : op;
    set(use.writes[i], i && !maybeAbsent ? b_.refineType(v, Type::any()) : v);
  }
}

// ---- Constants, variables ---------------------------------------------------------------------------------

static Type constantType(const Constant &c) {
  switch (c.kind) {
  case ConstKind::BigInt:
    return Kind::BigInt;
  case ConstKind::Int:
    return Kind::BigInt; // 64 bits, beyond 63
  case ConstKind::Str:
    return Kind::Str;
  case ConstKind::Bytes:
    return Kind::Bytes;
  case ConstKind::Tuple:
    return Kind::Tuple;
  case ConstKind::FrozenSet:
    return Kind::FrozenSet;
  case ConstKind::Code:
    return Kind::Code;
  default:
    return Kind::Object;
  }
}

void Translator::translateConst(const DecodedInst &inst) {
  const Constant &c = unit_.consts[inst.operands[1]];
  Inst *v = nullptr;
  if (c.kind == ConstKind::None)
    v = b_.constNone();
  else if (c.kind == ConstKind::True || c.kind == ConstKind::False)
    v = b_.boxBool(b_.constBool(c.kind == ConstKind::True));
  else if (c.kind == ConstKind::Int && c.integer >= hir::kIntMin && c.integer <= hir::kIntMax)
    v = b_.boxInt(b_.constInt(c.integer));
  else if (c.kind == ConstKind::Float)
    v = b_.boxFloat(b_.constFloat(c.real));
  else
    v = b_.loadConst(code_, inst.operands[1], constantType(c));
  set(inst.operands[0], v);
}

void Translator::translateDeleteLocal(const DecodedInst &inst) {
  mayRaise(b_.checkBound(reg(inst.operands[0]), inst.operands[0], state()));
  set(inst.operands[0], unbound());
}

void Translator::translateLoadCell(const DecodedInst &inst) {
  Inst *content = b_.loadField(reg(inst.operands[1]), hir::Field::Cell_content);
  set(inst.operands[0],
      mayRaise(b_.checkCell(content, module_.nameIndex(unit_.names[inst.operands[2]]), state())));
}

// ---- Plain values -----------------------------------------------------------------------------------------

void Translator::translateIs(const DecodedInst &inst) {
  Inst *same = b_.is(reg(inst.operands[1]), reg(inst.operands[2]));
  set(inst.operands[0], b_.boxBool(inst.op == Opcode::Is ? same : b_.notBool(same)));
}

void Translator::translateNot(const DecodedInst &inst) {
  Inst *truth = mayRaise(b_.truth(reg(inst.operands[1]), inst.operands[2], state()));
  set(inst.operands[0], b_.boxBool(b_.notBool(truth)));
}

void Translator::translateBuildSequence(const DecodedInst &inst) {
  std::vector<Inst *> items;
  for (uint32_t i = 0; i < inst.operands[2]; ++i)
    items.push_back(reg(inst.operands[1] + i));
  set(inst.operands[0], inst.op == Opcode::BuildTuple ? b_.newTuple(items) : b_.newList(items));
}

void Translator::translateListAppend(const DecodedInst &inst) {
  // The front end uses it for displays and comprehensions only: the list is its own, an exact one.
  b_.appendList(b_.refineType(reg(inst.operands[0]), Kind::List), reg(inst.operands[1]));
}

void Translator::translateCall(const DecodedInst &inst) {
  const uint32_t *o = inst.operands;
  std::vector<Inst *> args;
  for (uint32_t i = 0; i < o[2]; ++i)
    args.push_back(reg(o[1] + 2 + i));
  bool method = inst.op == Opcode::CallMethod || inst.op == Opcode::CallMethodKw;
  bool keywords = inst.op == Opcode::CallKw || inst.op == Opcode::CallMethodKw;
  Inst *callee = reg(o[1]), *self = method ? reg(o[1] + 1) : unbound();
  Inst *call = !keywords ? b_.call(callee, self, args, o[3], state())
                         : b_.callKw(callee, self, args, code_, o[3], o[4], state());
  set(o[0], mayRaise(call));
}

// ---- Jumps ------------------------------------------------------------------------------------------------

/// To the jump's target if [condition] is [jumpIf], else on.
void Translator::translateBranch(Inst *condition, const DecodedInst &inst, unsigned jumpOperand, bool jumpIf,
                                 BranchHint hint) {
  uint32_t target = inst.operands[jumpOperand], next = inst.offset + inst.length;
  Block *taken = f_->addBlock(), *onwards = f_->addBlock();
  int64_t weight = hint.takenPermille < 0 ? -1 : jumpIf ? hint.takenPermille : 1000 - hint.takenPermille;
  b_.branchTo(condition, jumpIf ? taken : onwards, jumpIf ? onwards : taken, weight);
  b_.atEnd(taken);
  jumpOrLeave(target, hint.neverTaken);
  b_.atEnd(onwards);
  jumpOrLeave(next, hint.alwaysTaken);
}

/// To [offset], or out of compiled code there if that side was never taken: what only it does then burdens
/// nobody.
void Translator::jumpOrLeave(uint32_t offset, bool cold) {
  if (!cold)
    return jumpTo(offset);
  at_ = offset;
  state_ = nullptr;
  b_.deopt(hir::DeoptReason::ColdBranch, state());
}

void Translator::translateJumpIfTruth(const DecodedInst &inst, bool jumpIf) {
  translateBranch(mayRaise(b_.truth(reg(inst.operands[0]), inst.operands[2], state())), inst, 1, jumpIf,
                  hintAt(inst.operands[2]));
}

void Translator::translateJumpIfNone(const DecodedInst &inst, bool jumpIf) {
  translateBranch(b_.is(reg(inst.operands[0]), b_.constNone()), inst, 1, jumpIf);
}

bool Translator::translateCompareJump(const DecodedInst &inst) {
  static constexpr struct {
    Opcode jumpIf, jumpIfNot, compare;
  } kRows[] = {
      {Opcode::JumpIfLt, Opcode::JumpIfNotLt, Opcode::Lt},
      {Opcode::JumpIfLe, Opcode::JumpIfNotLe, Opcode::Le},
      {Opcode::JumpIfEq, Opcode::JumpIfNotEq, Opcode::Eq},
      {Opcode::JumpIfNe, Opcode::JumpIfNotNe, Opcode::Ne},
      {Opcode::JumpIfIn, Opcode::JumpIfNotIn, Opcode::In},
      {Opcode::JumpIfGt, Opcode::JumpIfNotGt, Opcode::Gt},
      {Opcode::JumpIfGe, Opcode::JumpIfNotGe, Opcode::Ge},
  };
  for (const auto &row : kRows) {
    if (inst.op != row.jumpIf && inst.op != row.jumpIfNot)
      continue;
    const uint32_t *o = inst.operands;
    Inst *result = mayRaise(b_.genericOp({reg(o[0]), reg(o[1])}, row.compare, {o[3]}, state()));
    Inst *truth = mayRaise(b_.truth(result, -1, state()));
    translateBranch(truth, inst, 2, inst.op == row.jumpIf, hintAt(o[3]));
    return true;
  }
  return false;
}

void Translator::translateForIter(const DecodedInst &inst) {
  const uint32_t *o = inst.operands;
  Inst *item = mayRaise(b_.iterNext(reg(o[1]), o[3], state()));
  Block *body = f_->addBlock(), *exit = f_->addBlock();
  BranchHint hint = hintAt(o[3]);
  b_.branchTo(b_.isBound(item), body, exit, hint.takenPermille < 0 ? -1 : 1000 - hint.takenPermille);
  b_.atEnd(exit);
  jumpTo(o[2]); // the register keeps its value
  b_.atEnd(body);
  set(o[0], b_.refineType(item, Type::any()));
  jumpTo(inst.offset + inst.length);
}

// ---- Exceptions -------------------------------------------------------------------------------------------

void Translator::translateRaise(const DecodedInst &inst) {
  if (inst.op == Opcode::Reraise)
    return afterRaise(b_.reraise(reg(inst.operands[0]), state()));
  auto optional = [&](uint32_t r) { return r == kNoReg ? unbound() : reg(r); };
  Inst *exception = optional(inst.operands[0]), *cause = optional(inst.operands[1]);
  afterRaise(b_.raise(exception, cause, state()));
}

// ---- Generators -------------------------------------------------------------------------------------------

void Translator::addResumePoint(uint32_t offset, Block *block) {
  switch_->imms.push_back(offset);
  switch_->edges.push_back({block, {}});
}

std::vector<bool> Translator::boundRegisters() const {
  std::vector<bool> bound(unit_.nregs);
  for (uint32_t r = 0; r < unit_.nregs; ++r)
    bound[r] = regs_[r] && !regs_[r]->type.has(Kind::Unbound);
  return bound;
}

/// Keeps the registers that are live before [offset] in the generator's frame.
void Translator::saveRegisters(uint32_t offset, int except) {
  for (uint32_t r = 0; r < unit_.nregs; ++r)
    if (int(r) != except && live_.liveBefore(offset, uint16_t(r)))
      b_.storeFrame(generator_, reg(r), r);
}

/// Loads them again; those that are [bound] still are.
void Translator::restoreRegisters(uint32_t offset, int except, const std::vector<bool> &bound) {
  regs_.assign(unit_.nregs, nullptr);
  for (uint32_t r = 0; r < unit_.nregs; ++r)
    if (int(r) != except && live_.liveBefore(offset, uint16_t(r))) {
      Inst *v = b_.loadFrame(generator_, r);
      regs_[r] = bound[r] ? b_.refineType(v, Type::any()) : v;
    }
  // The state of the instruction just resumed has the registers as they are now.
  state_ = nullptr;
}

void Translator::translateYield(const DecodedInst &inst) {
  uint32_t next = inst.offset + inst.length, w = inst.operands[0];
  // What a handler needs is live before the instruction, not behind it; without one the value yielded need not be kept.
  uint32_t at = unit_.handlerAt(inst.offset) ? inst.offset : next;
  int except = at == next ? int(w) : -1;
  saveRegisters(at, except);
  std::vector<bool> bound = boundRegisters();
  b_.suspend(generator_, reg(inst.operands[1]), inst.offset);
  Block *resume = f_->addBlock();
  addResumePoint(inst.offset, resume);
  b_.atEnd(resume);
  restoreRegisters(at, except, bound);
  set(w, mayRaise(b_.resumeValue(generator_, state())));
  jumpTo(next);
}

/// One step of `yield from`; the block that goes on when it is the last.
Block *Translator::delegate(const DecodedInst &inst, Inst *&step, Block *&yield) {
  Inst *iterator = b_.refineType(reg(inst.operands[1]), Type::any());
  step = mayRaise(b_.delegateStep(iterator, reg(inst.operands[2]), state()));
  Inst *done = b_.unboxBool(b_.refineType(b_.extraResult(step, 1), Kind::Bool));
  Block *finished = f_->addBlock();
  yield = f_->addBlock();
  b_.branchTo(done, finished, yield);
  return finished;
}

void Translator::translateYieldFrom(const DecodedInst &inst) {
  uint32_t w = inst.operands[0], sent = inst.operands[2], next = inst.offset + inst.length;
  std::vector<bool> bound = boundRegisters();
  Block *yield, *resume = f_->addBlock(), *joined = f_->addBlock();
  auto join = [&](Block *from, Inst *result) {
    b_.atEnd(from);
    std::vector<Inst *> args = {result};
    for (uint32_t r = 0; r < unit_.nregs; ++r)
      if (r != w && live_.liveBefore(next, uint16_t(r)))
        args.push_back(reg(r));
    b_.jumpTo(joined, args);
  };
  Inst *step;
  Block *finished = delegate(inst, step, yield);
  b_.atEnd(yield);
  saveRegisters(inst.offset, int(sent));
  b_.suspend(generator_, step, inst.offset);
  join(finished, step);
  // Resumed, it takes the next step with the registers still in the frame, so that a chain of delegates costs little.
  addResumePoint(inst.offset, resume);
  b_.atEnd(resume);
  restoreRegisters(inst.offset, int(sent), bound);
  set(sent, b_.loadSent(generator_));
  finished = delegate(inst, step, yield);
  b_.atEnd(yield);
  b_.suspend(generator_, step, inst.offset);
  join(finished, step);
  b_.atEnd(joined);
  Inst *result = f_->addParam(joined, Type::any());
  regs_.assign(unit_.nregs, nullptr);
  for (uint32_t r = 0; r < unit_.nregs; ++r)
    if (r != w && live_.liveBefore(next, uint16_t(r)))
      regs_[r] = f_->addParam(joined, bound[r] ? Type::any() : Type::maybeUnbound());
  state_ = nullptr;
  set(w, result);
}

} // namespace krait

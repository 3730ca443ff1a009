// The verifier: what every well-formed function obeys. Each rule has a name, which starts its message, and
// one malformed input in test/hir/verify.
//
//   block-end          a block is not empty; exactly its last instruction ends a block (flag T)
//   edge-count         Jump has one edge, Branch two, ResumeSwitch one per offset, the others none
//   edge-target        an edge leads to a block of the function, not to the entry block
//   edge-args          an edge carries as many arguments as its target has parameters, of subtypes of theirs
//
//   operand-count      as many operands as the row says (at least the fixed ones if variadic)
//   operand-type       an operand is of a subtype of the row's type
//   replaced           no instruction waits for being replaced: that is finished within a pass
//   immediate-count    as many immediates as the row says
//   immediate-range    cells, codes, fields and the like exist; a cell is of the kind the instruction needs
//   result-type        the result is a subtype of the row's type and no narrower than its rule allows
//   defined-before-use a use is dominated by its definition; handlers do not see the result of what unwound
//
//   state-present      an instruction has a frame state exactly if its row needs one (GenericOp always)
//   state-shape        the innermost state is of kind at, its callers call or construct; registers ascend
//
//   unwind-place       an unwind edge belongs to an instruction that may raise, last but one, before a
//                      Jump to a block with no other predecessor, or before Unreachable
//   unwind-frames      an unwind edge leaves at least one frame and no more than its state has
//   handler-start      a block that unwind edges lead to starts with CatchException, no other edges reach it
//   constant-field     StoreField does not write a field marked Const
#include "compiler/hir/dominators.h"
#include "compiler/hir/native_calls.h"

#include "compiler/support/check.h"

namespace krait::hir {

namespace {

class Verifier {
public:
  explicit Verifier(const Function &function) : f_(function), cfg_(function) {}

  std::vector<std::string> run() {
    for (Block *b : f_.blocks)
      for (Inst *inst : b->insts)
        position_.resize(std::max<size_t>(position_.size(), inst->id + 1));
    for (Block *b : f_.blocks)
      for (size_t i = 0; i < b->insts.size(); ++i)
        position_[b->insts[i]->id] = i;
    for (Block *b : f_.blocks)
      checkBlock(b);
    return std::move(errors_);
  }

private:
  void error(const char *rule, const std::string &what, const Block *b, const Inst *inst = nullptr) {
    errors_.push_back(std::string(rule) + ": " + what + ", in bb" + std::to_string(b->id) +
                      (inst ? ": " + print(*inst) : ""));
  }

  void checkBlock(Block *b);
  void checkHandler(Block *b);
  void checkInst(Block *b, Inst *inst, size_t place);
  void checkImmediates(Block *b, Inst *inst);
  void checkCellKind(Block *b, Inst *inst, CellKind kind);
  void checkState(Block *b, Inst *inst);
  void checkUnwind(Block *b, Inst *inst, size_t place);
  void checkEdge(Block *b, Inst *inst, const Edge &edge, size_t place);
  void checkUse(Block *b, Inst *inst, const Inst *value, size_t place, const char *as);
  bool available(const Inst *value, const Block *b, size_t place) const;

  const Function &f_;
  ControlFlow cfg_;
  std::vector<size_t> position_; // by instruction id: place within its block
  std::vector<std::string> errors_;
};

void Verifier::checkBlock(Block *b) {
  if (b->insts.empty() || !b->last()->info().ends)
    error("block-end", "the block does not end", b);
  for (size_t i = 0; i < b->insts.size(); ++i) {
    if (i + 1 < b->insts.size() && b->insts[i]->info().ends)
      error("block-end", "an instruction in the middle ends the block", b, b->insts[i]);
    checkInst(b, b->insts[i], i);
  }
  if (cfg_.reachable(b))
    checkHandler(b);
}

void Verifier::checkHandler(Block *b) {
  bool unwinds = false, plain = false;
  for (const ControlFlow::Incoming &in : cfg_.incoming(b))
    (in.unwind ? unwinds : plain) = true;
  if (unwinds && (plain || !b->insts.front()->is(Op::CatchException)))
    error("handler-start", "a handler starts with CatchException and is reached by unwind edges only", b);
}

void Verifier::checkInst(Block *b, Inst *inst, size_t place) {
  const InstInfo &info = inst->info();
  if (inst->forward)
    error("replaced", "%" + std::to_string(inst->forward->id) + " should have taken its place", b, inst);
  size_t fixed = info.operands.size() - (info.variadic ? 1 : 0), n = inst->operands.size();
  if (n < fixed || (!info.variadic && n != fixed))
    return error("operand-count", "wrong number of operands", b, inst);
  for (size_t i = 0; i < n; ++i) {
    const Type &want = info.operands[std::min(i, info.operands.size() - 1)].type;
    if (!inst->operand(i)->type.isSubtypeOf(want))
      error("operand-type",
            "operand " + std::to_string(i) + " is " + inst->operand(i)->type.str() + ", not " + want.str(), b,
            inst);
    checkUse(b, inst, inst->operand(i), place, "operand");
  }
  size_t before = errors_.size();
  checkImmediates(b, inst);
  if (errors_.size() != before)
    return;
  if (info.hasResult && !(inferType(*inst) & info.result).isSubtypeOf(inst->type))
    error("result-type", "the rule gives " + inferType(*inst).str(), b, inst);
  checkState(b, inst);
  if (inst->unwind.target)
    checkUnwind(b, inst, place);
  size_t edges = inst->is(Op::Jump)           ? 1
                 : inst->is(Op::Branch)       ? 2
                 : inst->is(Op::ResumeSwitch) ? inst->imms.size()
                                              : 0;
  if (inst->edges.size() != edges)
    error("edge-count", "it needs " + std::to_string(edges) + " edges", b, inst);
  for (const Edge &edge : inst->edges)
    checkEdge(b, inst, edge, place);
}

void Verifier::checkCellKind(Block *b, Inst *inst, CellKind kind) {
  auto is = [&](std::initializer_list<CellKind> kinds) {
    for (CellKind k : kinds)
      if (k == kind)
        return true;
    return false;
  };
  bool ok = true;
  switch (inst->op) {
  case Op::GuardShape:
  case Op::HasShape:
  case Op::LoadSlot:
  case Op::StoreSlot:
  case Op::AddSlot:
  case Op::NewObject:
    ok = is({CellKind::shape});
    break;
  case Op::LoadGlobalSlot:
  case Op::StoreGlobalSlot:
    ok = is({CellKind::global});
    break;
  case Op::CallInit:
  case Op::CallFunction:
    ok = is({CellKind::function, CellKind::method, CellKind::code, CellKind::getter});
    break;
  case Op::GuardFunctionCode:
    ok = is({CellKind::code});
    break;
  case Op::LoadLateBound:
  case Op::GuardIs:
  case Op::HasCell:
    ok = !is({CellKind::shape, CellKind::global});
    break;
  default:
    break;
  }
  if (!ok)
    error("immediate-range", "a cell of this kind does not go here", b, inst);
}

void Verifier::checkImmediates(Block *b, Inst *inst) {
  const auto &infos = inst->info().immediates;
  bool list = !infos.empty() && infos.back().kind == ImmKind::ints;
  if (list ? inst->imms.size() + 1 < infos.size() : inst->imms.size() != infos.size())
    return error("immediate-count", "wrong number of immediates", b, inst);
  const Module &m = *f_.module;
  for (size_t i = 0; i < infos.size() && infos[i].kind != ImmKind::ints; ++i) {
    size_t v = size_t(inst->imms[i]), limit = SIZE_MAX;
    switch (infos[i].kind) {
    case ImmKind::cell:
      limit = m.cells.size();
      break;
    case ImmKind::code:
      limit = m.codes.size();
      break;
    case ImmKind::name:
      limit = m.names.size();
      break;
    case ImmKind::native:
      limit = nativeCallCount();
      break;
    case ImmKind::cond:
      limit = 6;
      break;
    case ImmKind::op:
      limit = kOpcodeCount;
      break;
    default:
      break;
    }
    if (limit != SIZE_MAX && v >= limit)
      return error("immediate-range", "immediate " + std::to_string(i) + " does not exist", b, inst);
    if (infos[i].kind == ImmKind::cell)
      checkCellKind(b, inst, m.cells[v].kind);
  }
  if (inst->is(Op::New) && inst->operands.size() != fieldCount(Layout(inst->imms[0])))
    error("operand-count", "one operand for each field", b, inst);
  if (inst->is(Op::StoreField) && fieldInfo(Field(inst->imms[0])).constant)
    error("constant-field", "the field never changes", b, inst);
}

void Verifier::checkState(Block *b, Inst *inst) {
  bool needs = inst->info().needsState();
  if (needs != (inst->state != nullptr))
    return error("state-present", needs ? "it needs a frame state" : "it has no use for a frame state", b,
                 inst);
  for (FrameState *s = inst->state; s; s = s->caller) {
    if ((s->kind == ResumeKind::at) != (s == inst->state))
      error("state-shape", "s" + std::to_string(s->id) + " has the wrong kind for its place", b, inst);
    for (size_t i = 1; i < s->slots.size(); ++i)
      if (s->slots[i - 1].reg >= s->slots[i].reg)
        error("state-shape", "registers of s" + std::to_string(s->id) + " do not ascend", b, inst);
  }
  if (inst->state)
    forEachFrameValue(inst->state, [&](FrameValue &v) {
      if (v.value)
        checkUse(b, inst, v.value, position_[inst->id], "frame state's");
    });
}

void Verifier::checkUnwind(Block *b, Inst *inst, size_t place) {
  Inst *next = place + 1 < b->insts.size() ? b->insts[place + 1] : nullptr;
  bool jump = next && next->is(Op::Jump) && next->edges.size() == 1 &&
              (!cfg_.reachable(b) || cfg_.incoming(next->edges[0].target).size() == 1);
  if (!inst->info().mayRaise || place + 2 != b->insts.size() ||
      !(jump || (next && next->is(Op::Unreachable))))
    error("unwind-place", "an unwind edge does not go here", b, inst);
  uint32_t depth = 0;
  for (FrameState *s = inst->state; s; s = s->caller)
    ++depth;
  if (inst->unwindFrames < 1 || inst->unwindFrames > depth)
    error("unwind-frames", "it cannot leave that many frames", b, inst);
  checkEdge(b, inst, inst->unwind, place);
}

void Verifier::checkEdge(Block *b, Inst *inst, const Edge &edge, size_t place) {
  Block *t = edge.target;
  if (!t || t->function != &f_ || t == f_.entry())
    return error("edge-target", "an edge leads nowhere or to the entry", b, inst);
  if (edge.args.size() != t->params.size())
    return error("edge-args", "bb" + std::to_string(t->id) + " takes " + std::to_string(t->params.size()), b,
                 inst);
  for (size_t i = 0; i < edge.args.size(); ++i) {
    if (!edge.args[i]->type.isSubtypeOf(t->params[i]->type))
      error("edge-args", "argument " + std::to_string(i) + " is " + edge.args[i]->type.str(), b, inst);
    checkUse(b, inst, edge.args[i], place, "argument");
  }
}

bool Verifier::available(const Inst *value, const Block *b, size_t place) const {
  const Block *home = value->block;
  if (!home || home->function != &f_ || !cfg_.reachable(home))
    return false;
  if (home == b)
    return value->is(Op::Param) || position_[value->id] < place;
  if (!cfg_.dominates(home, b))
    return false;
  // The result of an instruction with an unwind edge exists only behind the block's normal edge.
  if (!value->unwind.target)
    return true;
  const Inst *end = home->last();
  return end->is(Op::Jump) && cfg_.dominates(end->edges[0].target, b);
}

void Verifier::checkUse(Block *b, Inst *inst, const Inst *value, size_t place, const char *as) {
  if (cfg_.reachable(b) && !available(value, b, place))
    error("defined-before-use",
          std::string(as) + " %" + std::to_string(value->id) + " does not reach its use", b, inst);
}

} // namespace

std::vector<std::string> verify(const Function &function) { return Verifier(function).run(); }

void verifyOrDie(const Function &function, const char *when) {
  std::vector<std::string> errors = verify(function);
  if (!errors.empty())
    checkFailed("hir", 0, when, "%s\n%s", errors[0].c_str(), print(function).c_str());
}

} // namespace krait::hir

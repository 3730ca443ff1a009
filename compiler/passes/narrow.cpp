// narrow: turns generic operations into special ones, by the types of operands and the profile's decisions.
// Each special form starts with the guards that make it right and leaves through the frame state of the
// operation it replaces, before any of its effects.
#include "compiler/passes/narrow.h"

#include <algorithm>

namespace krait::hir {

const SiteDecision *Narrow::decision(const Inst *inst) const {
  int64_t site = -1;
  if (inst->is(Op::GenericOp)) {
    // Immediates of a generic operation are in the order of its operand letters.
    const char *letters = opcodeInfo(inst->bytecode()).operands;
    size_t imm = 1;
    for (; *letters; ++letters) {
      if (*letters == 's' && imm < inst->imms.size())
        site = inst->imms[imm];
      imm += *letters == 'i' || *letters == 'k' || *letters == 'n' || *letters == 's';
    }
  } else if (inst->is(Op::Call) || inst->is(Op::IterNext) || inst->is(Op::Truth)) {
    site = inst->imms[0];
  } else if (inst->is(Op::CallKw)) {
    site = inst->imms[2];
  }
  return decisionAt(inst, site);
}

Type Narrow::expected(const Inst *inst, const SiteDecision *d, size_t operand, size_t recorded) const {
  Type known = inst->operand(operand)->type;
  if (!d || recorded >= d->operands.size())
    return known;
  Type seen = d->operands[recorded].type;
  Type both = known & seen;
  // What the types rule out was seen of another version of this code.
  return both.isEmpty() ? known : both;
}

std::string Narrow::moduleOf(const Inst *inst) const {
  const std::string &name = module_.codes[inst->state->code].name;
  return name.substr(0, name.find(':'));
}

Inst *Narrow::guarded(Inst *inst, Inst *v, Type type, DeoptReason reason) {
  if (v->type.kindsOnly().isSubtypeOf(type.kindsOnly()))
    return v;
  return b_.guardType(v, type.kindsOnly(), reason, inst->state);
}

Inst *Narrow::narrowed(Inst *inst) {
  switch (inst->op) {
  case Op::GenericOp:
    return narrowGeneric(inst);
  case Op::Call:
  case Op::CallKw:
    return narrowCall(inst);
  case Op::IterNext:
    return narrowIterNext(inst);
  case Op::Truth:
    return narrowTruth(inst);
  default:
    return nullptr;
  }
}

Inst *Narrow::narrowGeneric(Inst *inst) {
  // What often raises had better do so than leave.
  if (const SiteDecision *d = decision(inst); d && d->raises() && inst->bytecode() != Opcode::GetItem)
    return nullptr;
  if (Inst *call = narrowSpecialMethod(inst))
    return call;
  switch (inst->bytecode()) {
  case Opcode::LoadAttr:
    return narrowLoadAttr(inst);
  case Opcode::StoreAttr:
    return narrowStoreAttr(inst);
  case Opcode::LoadMethod:
    return narrowLoadMethod(inst);
  case Opcode::LoadSuperMethod:
    return narrowLoadSuperMethod(inst);
  case Opcode::CheckExcMatch:
    return narrowExceptionMatch(inst);
  case Opcode::GetItem:
    return narrowGetItem(inst);
  case Opcode::SetItem:
    return narrowSetItem(inst);
  case Opcode::In:
  case Opcode::NotIn:
    return narrowContains(inst);
  case Opcode::BuildSlice: {
    auto field = [&](size_t i) { return inst->operand(i)->type.is(Kind::Unbound) ? b_.constNone() : inst->operand(i); };
    return b_.new_({field(0), field(1), field(2)}, Layout::Slice);
  }
  case Opcode::MakeFunction:
    return narrowMakeFunction(inst);
  case Opcode::UnpackSequence:
    return narrowUnpack(inst);
  case Opcode::LoadName:
  case Opcode::LoadGlobal:
    return narrowLoadGlobal(inst);
  case Opcode::StoreName:
  case Opcode::StoreGlobal:
    return narrowStoreGlobal(inst);
  case Opcode::GetIter:
    return narrowGetIter(inst);
  case Opcode::Neg:
  case Opcode::Pos:
  case Opcode::Invert:
    return narrowUnary(inst);
  default:
    return inst->bytecode() >= Opcode::Add && inst->bytecode() <= Opcode::Ge ? narrowBinary(inst) : nullptr;
  }
}

/// Guarded to be of a kind whose truth simplify knows.
Inst *Narrow::narrowTruth(Inst *inst) {
  Inst *v = inst->operand(0);
  Type t = expected(inst, decision(inst), 0, 0).kindsOnly();
  static constexpr Kind kKinds[] = {Kind::Bool, Kind::Int,  Kind::Float, Kind::None,
                                    Kind::Str,  Kind::List, Kind::Tuple, Kind::Dict};
  for (Kind kind : kKinds)
    if (t.is(kind) && !v->type.is(kind)) {
      Inst *guard = b_.guardType(v, kind, DeoptReason::OperandType, inst->state);
      return b_.truth(guard, inst->imms[0], inst->state);
    }
  return nullptr;
}

/// Parameters that were always of one built-in kind are checked once, at the entry; for a loop, registers that are of one
/// kind there when the whole function is compiled.
void Narrow::guardArguments() {
  const CodeDecisions *all = context_.decisions ? context_.decisions(module_, f_.code) : nullptr;
  Block *entry = f_.entry();
  bool loop = f_.kind == FunctionKind::loop;
  if ((!all && !loop) || f_.kind == FunctionKind::generator || entry->insts.empty() ||
      !entry->insts.front()->is(Op::CurrentFunction))
    return;
  std::vector<Inst *> guards;
  b_.into(entry, &guards);
  FrameState *state = nullptr;
  std::vector<std::pair<Inst *, Inst *>> renamed;
  size_t count = std::min(entry->params.size(), loop ? f_.entryTypes.size() : all->arguments.size());
  for (size_t i = 0; i < count; ++i) {
    Type t = (loop ? f_.entryTypes[i] : all->arguments[i].type).kindsOnly();
    static constexpr Kind kKinds[] = {Kind::Bool,      Kind::Int,      Kind::Float,     Kind::Str,      Kind::List,
                                      Kind::Tuple,     Kind::Dict,     Kind::Set,       Kind::Function, Kind::Cell,
                                      Kind::RangeIter, Kind::ListIter, Kind::TupleIter, Kind::StrIter};
    bool single = std::any_of(std::begin(kKinds), std::end(kKinds), [&](Kind k) { return t.is(k); });
    if (!single || !entry->params[i]->type.has(Kind::None))
      continue;
    if (!state) {
      state = f_.newState();
      state->code = f_.code;
      state->offset = f_.entryOffset;
      state->function = {entry->insts.front(), nullptr};
      for (size_t r = 0; r < entry->params.size(); ++r)
        state->slots.push_back({f_.entryRegs[r], {entry->params[r], nullptr}});
    }
    renamed.push_back(
        {entry->params[i], b_.guardType(entry->params[i], t, DeoptReason::ArgumentType, state)});
  }
  // Behind the guards the parameters go by their new names; the edge out of the entry block says so to the
  // rest.
  for (size_t i = 1; i < entry->insts.size(); ++i)
    for (Edge &edge : entry->insts[i]->edges)
      for (Inst *&v : edge.args)
        for (auto &[from, to] : renamed)
          v = v == from ? to : v;
  entry->insts.insert(entry->insts.begin() + 1, guards.begin(), guards.end());
  changed_ |= !guards.empty();
}

void Narrow::block(Block *block) {
  std::vector<Inst *> insts = block->insts;
  out_.clear();
  b_.into(block, &out_);
  for (Inst *inst : insts) {
    for (Inst *&v : inst->operands)
      v = Function::resolve(v);
    size_t before = out_.size();
    Inst *to = narrowed(inst);
    if (!to) {
      // What was tried for it goes again.
      for (size_t i = before; i < out_.size(); ++i)
        out_[i]->block = nullptr;
      out_.resize(before);
      out_.push_back(inst);
      continue;
    }
    if (to != inst)
      Function::replace(inst, to);
    inst->block = nullptr;
    changed_ = true;
  }
  block->insts = out_;
}

bool Narrow::run() {
  for (Block *b : std::vector<Block *>(f_.blocks))
    block(b);
  f_.applyForwards();
  f_.removeUnreachable();
  return changed_;
}

bool Narrow::runArguments() {
  guardArguments();
  return changed_;
}

bool guardArguments(Function &f, PassContext &context) { return Narrow(f, context).runArguments(); }
bool narrow(Function &f, PassContext &context) { return Narrow(f, context).run(); }

} // namespace krait::hir

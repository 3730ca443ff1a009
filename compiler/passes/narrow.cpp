// narrow: turns generic operations into special ones, by the types of operands and the profile's decisions. Each special
// form starts with the guards that make it right and leaves through the frame state of the operation it replaces, before
// any of its effects.
#include "compiler/passes/narrow.h"

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
  } else if (inst->is(Op::Call) || inst->is(Op::IterNext)) {
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
  case Op::GenericOp: return narrowGeneric(inst);
  case Op::Call:
  case Op::CallKw: return narrowCall(inst);
  case Op::IterNext: return narrowIterNext(inst);
  default: return nullptr;
  }
}

Inst *Narrow::narrowGeneric(Inst *inst) {
  switch (inst->bytecode()) {
  case Opcode::LoadAttr: return narrowLoadAttr(inst);
  case Opcode::StoreAttr: return narrowStoreAttr(inst);
  case Opcode::LoadMethod: return narrowLoadMethod(inst);
  case Opcode::GetItem: return narrowGetItem(inst);
  case Opcode::SetItem: return narrowSetItem(inst);
  case Opcode::UnpackSequence: return narrowUnpack(inst);
  case Opcode::LoadName:
  case Opcode::LoadGlobal: return narrowLoadGlobal(inst);
  case Opcode::StoreName:
  case Opcode::StoreGlobal: return narrowStoreGlobal(inst);
  case Opcode::GetIter: return narrowGetIter(inst);
  case Opcode::Neg:
  case Opcode::Pos:
  case Opcode::Invert: return narrowUnary(inst);
  default: return inst->bytecode() >= Opcode::Add && inst->bytecode() <= Opcode::Ge ? narrowBinary(inst) : nullptr;
  }
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

bool narrow(Function &f, PassContext &context) { return Narrow(f, context).run(); }

} // namespace krait::hir

#include "compiler/passes/copy.h"

#include <algorithm>

namespace krait::hir {

size_t sizeOf(const Function &f) {
  size_t n = 0;
  for (const Block *b : f.blocks)
    n += b->insts.size();
  return n;
}

Inst *BodyCopy::copyInst(Inst *inst, Block *to) {
  Inst *copy = f_.newInst(inst->op);
  copy->type = inst->type;
  copy->imms = inst->imms;
  copy->typeImm = inst->typeImm;
  copy->unwindFrames = inst->unwindFrames;
  copy->block = to;
  to->insts.push_back(copy);
  values_[inst] = copy;
  copied_.push_back({copy, inst});
  return copy;
}

Block *BodyCopy::behind(const Block *b, const Inst *inst, Block *to) {
  if (!site_->unwind.target || inst->unwind.target || !effectsOf(*inst).mayRaise)
    return to;
  auto next = std::find(b->insts.begin(), b->insts.end(), inst) + 1;
  if (next != b->insts.end() && (*next)->is(Op::Unreachable))
    return to;
  Block *rest = f_.addBlock();
  b_.atEnd(to);
  b_.jumpTo(rest);
  return rest;
}

void BodyCopy::finishAll() {
  for (auto &[copy, original] : copied_) {
    for (Inst *v : original->operands)
      copy->operands.push_back(value(v));
    for (const Edge &e : original->edges)
      copy->edges.push_back(edge(e));
    copy->state = original->state ? state(original->state) : nullptr;
    if (original->unwind.target) {
      copy->unwind = edge(original->unwind);
    } else if (site_->unwind.target && effectsOf(*original).mayRaise) {
      copy->unwind = site_->unwind;
      copy->unwindFrames = site_->unwindFrames;
      for (const FrameState *s = original->state; s; s = s->caller)
        ++copy->unwindFrames;
    }
  }
}

Edge BodyCopy::edge(const Edge &e) {
  Edge copy{blocks_.at(e.target), {}};
  for (Inst *v : e.args)
    copy.args.push_back(value(v));
  return copy;
}

FrameState *BodyCopy::state(FrameState *s) {
  if (!s)
    return callerState_;
  FrameState *&copy = states_[s];
  if (copy)
    return copy;
  copy = f_.newState(*s);
  auto translate = [this](FrameValue &v) {
    if (v.value)
      v.value = value(v.value);
  };
  objects_.visit(copy->function, translate);
  for (FrameSlot &slot : copy->slots)
    objects_.visit(slot.value, translate);
  copy->caller = state(s->caller);
  return copy;
}

} // namespace krait::hir

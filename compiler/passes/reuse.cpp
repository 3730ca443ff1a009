// reuse: says of operands of LongOp and CompareLong whose storage may be used again: a result of arithmetic that nothing else uses, like
// the product in `a * b + c`. Runs last, when nothing is merged or moved any more.
#include "compiler/passes/pass.h"

#include <map>
#include <set>

namespace krait::hir {

namespace {

/// Operations that never give an operand back as their result.
bool makesNew(const Inst *inst) {
  if (!inst->is(Op::LongOp))
    return false;
  switch (inst->bytecode()) {
  case Opcode::Add:
  case Opcode::Sub:
  case Opcode::Mul:
  case Opcode::FloorDiv:
    return true;
  default:
    return false;
  }
}

/// [inst] has a form that takes operands over.
bool takes(const Inst *inst) { return inst->is(Op::CompareLong) || makesNew(inst); }

class Reuse {
public:
  explicit Reuse(Function &f) : f_(f) {}

  bool run() {
    countUses();
    bool changed = false;
    for (Block *b : f_.blocks)
      for (size_t i = 0; i < b->insts.size(); ++i)
        if (takes(b->insts[i]))
          changed |= take(b, i);
    return changed;
  }

private:
  void countUses() {
    for (Block *b : f_.blocks)
      for (Inst *inst : b->insts) {
        for (Inst *v : inst->operands)
          ++uses_[v];
        for (Edge &edge : inst->edges)
          for (Inst *v : edge.args)
            ++uses_[v];
        for (Inst *v : inst->unwind.args)
          ++uses_[v];
        if (inst->state)
          forEachFrameValue(inst->state, [&](FrameValue &v) {
            if (v.value && makesNew(v.value))
              seenBy_[v.value].insert(inst);
          });
      }
  }

  /// Is [user], at [at] in [b], the last that needs [v]?
  bool isLast(Block *b, size_t at, Inst *v) {
    if (!makesNew(v) || v->block != b || uses_[v] != 1)
      return false;
    std::set<Inst *> seers = seenBy_[v];
    for (size_t i = at + 1; i-- > 0 && b->insts[i] != v;)
      seers.erase(b->insts[i]);
    return seers.empty();
  }

  bool take(Block *b, size_t at) {
    Inst *inst = b->insts[at];
    for (size_t i = 0; i < 2; ++i)
      if (isLast(b, at, inst->operand(i)))
        inst->imms[1] |= int64_t(1) << i;
    return inst->imms[1];
  }

  Function &f_;
  std::map<Inst *, unsigned> uses_;
  std::map<Inst *, std::set<Inst *>> seenBy_;
};

} // namespace

bool reuse(Function &f, PassContext &) {
  for (Block *b : f.blocks)
    for (Inst *inst : b->insts)
      if (takes(inst))
        return Reuse(f).run();
  return false;
}

} // namespace krait::hir

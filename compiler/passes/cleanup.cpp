// cleanup: removes unreachable blocks and dead edges, merges straight lines, drops block parameters that
// always get one value. Keeps the rule that a block behind an unwinding instruction has no other predecessor.
#include "compiler/hir/dominators.h"
#include "compiler/passes/pass.h"

#include <algorithm>

namespace krait::hir {

namespace {

/// An exception cannot come from an instruction that does not raise any more.
bool dropIdleUnwinds(Function &f) {
  bool changed = false;
  for (Block *b : f.blocks)
    for (Inst *inst : b->insts)
      if (inst->unwind.target && !effectsOf(*inst).mayRaise) {
        inst->unwind = {};
        inst->unwindFrames = 0;
        changed = true;
      }
  return changed;
}

/// Branch on a constant, or with both edges to one place.
bool foldBranches(Function &f) {
  bool changed = false;
  for (Block *b : f.blocks) {
    Inst *last = b->last();
    if (!last->is(Op::Branch))
      continue;
    Inst *condition = Function::resolve(last->operand(0));
    bool same = last->edges[0].target == last->edges[1].target && last->edges[0].args == last->edges[1].args;
    if (!condition->is(Op::ConstBool) && !same)
      continue;
    Edge taken = last->edges[same || condition->imms[0] ? 0 : 1];
    last->op = Op::Jump;
    last->operands.clear();
    last->imms.clear();
    last->edges = {taken};
    changed = true;
  }
  return changed;
}

/// Parameters that always have one value, also if they only pass it around among themselves. Optimistic: all are
/// nothing (null) at first; one that gets two values is itself.
bool dropParams(Function &f) {
  ControlFlow cfg(f);
  std::vector<Inst *> values(f.nextInst);
  auto known = [&](Inst *v) {
    v = Function::resolve(v);
    return v->is(Op::Param) && v->block != f.entry() ? values[v->id] : v;
  };
  for (bool again = true; again;) {
    again = false;
    for (Block *b : cfg.order())
      for (size_t i = 0; b != f.entry() && i < b->params.size(); ++i) {
        Inst *param = b->params[i], *&value = values[param->id], *met = nullptr;
        if (value == param)
          continue;
        for (const ControlFlow::Incoming &in : cfg.incoming(b))
          if (Inst *v = known(in.edge->args[i]))
            met = met && met != v ? param : v;
        again |= met != value;
        value = value && met != value ? param : met;
      }
  }
  bool changed = false;
  for (Block *b : cfg.order())
    for (size_t i = b->params.size(); b != f.entry() && i-- > 0;) {
      Inst *param = b->params[i], *value = values[param->id];
      if (!value || value == param)
        continue;
      Function::replace(param, value);
      param->block = nullptr;
      b->params.erase(b->params.begin() + long(i));
      for (const ControlFlow::Incoming &in : cfg.incoming(b))
        const_cast<Edge *>(in.edge)->args.erase(in.edge->args.begin() + long(i));
      changed = true;
    }
  f.applyForwards();
  return changed;
}

/// Parameters that only feed themselves around loops.
bool dropUnusedParams(Function &f) {
  std::vector<bool> used(f.nextInst);
  std::vector<Inst *> work;
  auto mark = [&](Inst *v) {
    if (v && !used[v->id]) {
      used[v->id] = true;
      work.push_back(v);
    }
  };
  for (Block *b : f.blocks)
    for (Inst *inst : b->insts) {
      for (Inst *v : inst->operands)
        mark(v);
      if (inst->state)
        forEachFrameValue(inst->state, [&](FrameValue &v) { mark(v.value); });
    }
  ControlFlow cfg(f);
  while (!work.empty()) {
    Inst *v = work.back();
    work.pop_back();
    if (!v->is(Op::Param) || !v->block || v->block == f.entry())
      continue;
    size_t i =
        size_t(std::find(v->block->params.begin(), v->block->params.end(), v) - v->block->params.begin());
    for (const ControlFlow::Incoming &in : cfg.incoming(v->block))
      mark(in.edge->args[i]);
  }
  bool changed = false;
  for (Block *b : f.blocks) {
    if (b == f.entry())
      continue;
    for (size_t i = b->params.size(); i-- > 0;) {
      if (used[b->params[i]->id])
        continue;
      b->params[i]->block = nullptr;
      b->params.erase(b->params.begin() + long(i));
      for (const ControlFlow::Incoming &in : cfg.incoming(b))
        const_cast<Edge *>(in.edge)->args.erase(in.edge->args.begin() + long(i));
      changed = true;
    }
  }
  return changed;
}

/// Appends blocks to the only block that jumps to them.
bool mergeLines(Function &f) {
  bool changed = false;
  ControlFlow cfg(f);
  for (Block *b : f.blocks) {
    for (;;) {
      Inst *last = b->last();
      if (!last || !last->is(Op::Jump) || b->unwinding())
        break;
      Block *next = last->edges[0].target;
      if (next == b || next == f.entry() || cfg.incoming(next).size() != 1 || next->insts.empty())
        break;
      for (size_t i = 0; i < next->params.size(); ++i)
        Function::replace(next->params[i], last->edges[0].args[i]);
      b->insts.pop_back();
      for (Inst *inst : next->insts) {
        inst->block = b;
        b->insts.push_back(inst);
      }
      next->insts.clear();
      changed = true;
    }
  }
  f.applyForwards();
  f.removeUnreachable();
  return changed;
}

} // namespace

bool cleanup(Function &f, PassContext &) {
  bool changed = dropIdleUnwinds(f);
  changed |= foldBranches(f);
  f.removeUnreachable();
  changed |= dropParams(f);
  changed |= dropUnusedParams(f);
  changed |= mergeLines(f);
  return changed;
}

} // namespace krait::hir

// dce: removes instructions whose result nobody uses and that have no effect to keep. Guards of flag G go
// when their result is unused (Instructions.def says which ones are kept all the same).
#include "compiler/passes/pass.h"

#include <algorithm>

namespace krait::hir {

bool dce(Function &f, PassContext &) {
  std::vector<bool> live(f.nextInst);
  std::vector<Inst *> work;
  auto mark = [&](Inst *v) {
    if (v && !live[v->id]) {
      live[v->id] = true;
      work.push_back(v);
    }
  };
  for (Block *b : f.blocks)
    for (Inst *inst : b->insts)
      if (!isRemovable(*inst) || inst->unwind.target)
        mark(inst);
  while (!work.empty()) {
    Inst *inst = work.back();
    work.pop_back();
    for (Inst *v : inst->operands)
      mark(v);
    for (Edge &edge : inst->edges)
      for (Inst *v : edge.args)
        mark(v);
    for (Inst *v : inst->unwind.args)
      mark(v);
    if (inst->state)
      forEachFrameValue(inst->state, [&](FrameValue &v) { mark(v.value); });
  }
  bool changed = false;
  for (Block *b : f.blocks) {
    auto dead = [&](Inst *inst) {
      if (!live[inst->id])
        inst->block = nullptr;
      return !live[inst->id];
    };
    auto end = std::remove_if(b->insts.begin(), b->insts.end(), dead);
    changed |= end != b->insts.end();
    b->insts.erase(end, b->insts.end());
  }
  return changed;
}

} // namespace krait::hir

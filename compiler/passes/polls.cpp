// polls: copies of bodies in loops bring more than one GuardPoll a turn. One that every way to another passes in the
// same turn of the same loop makes that other idle; outside of loops none is needed.
#include "compiler/hir/dominators.h"
#include "compiler/passes/pass.h"

#include <algorithm>

namespace krait::hir {

bool dropPolls(Function &f, PassContext &) {
  ControlFlow cfg(f);
  std::vector<int> innermost;
  findLoops(cfg, innermost);
  std::vector<bool> polls(cfg.size());
  bool changed = false;
  for (Block *b : cfg.order()) { // dominators come first
    int loop = innermost[cfg.index(b)];
    bool idle = loop < 0 && f.kind != FunctionKind::generator; // whose loops pass through its consumer
    for (Block *d = cfg.idom(b); d && !idle; d = cfg.idom(d))
      idle = innermost[cfg.index(d)] == loop && polls[cfg.index(d)];
    for (size_t i = 0; i < b->insts.size(); ++i) {
      if (!b->insts[i]->is(Op::GuardPoll))
        continue;
      if (idle) {
        b->insts[i]->block = nullptr;
        b->insts.erase(b->insts.begin() + long(i--));
        changed = true;
      }
      idle = polls[cfg.index(b)] = true;
    }
  }
  return changed;
}

} // namespace krait::hir

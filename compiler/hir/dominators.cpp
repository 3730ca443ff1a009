// Dominators by the iterative algorithm of Cooper, Harvey and Kennedy; natural loops from back edges.
#include "compiler/hir/dominators.h"

#include <algorithm>

namespace krait::hir {

ControlFlow::ControlFlow(const Function &function) {
  uint32_t ids = 0;
  for (const Block &b : function.blockStore)
    ids = std::max(ids, b.id + 1);
  position_.assign(ids, -1);
  // Reverse post-order, iteratively.
  std::vector<std::pair<Block *, size_t>> stack{{function.entry(), 0}};
  std::vector<bool> seen(ids);
  seen[function.entry()->id] = true;
  while (!stack.empty()) {
    Block *block = stack.back().first;
    size_t next = stack.back().second++, i = 0;
    Block *target = nullptr;
    forEachEdge(block, [&](Edge &edge) { target = i++ == next ? edge.target : target; });
    if (!target) {
      order_.push_back(block);
      stack.pop_back();
    } else if (!seen[target->id]) {
      seen[target->id] = true;
      stack.push_back({target, 0});
    }
  }
  std::reverse(order_.begin(), order_.end());
  for (size_t i = 0; i < order_.size(); ++i)
    position_[order_[i]->id] = int(i);

  incoming_.resize(size());
  for (Block *b : order_) {
    Inst *u = b->unwinding();
    forEachEdge(b, [&](Edge &edge) {
      incoming_[index(edge.target)].push_back({b, &edge, u && &edge == &u->unwind});
    });
  }

  std::vector<int> idom(size(), -1);
  idom[0] = 0;
  for (bool changed = true; changed;) {
    changed = false;
    for (size_t i = 1; i < size(); ++i) {
      int best = -1;
      for (const Incoming &in : incoming_[i]) {
        int p = int(index(in.from));
        if (idom[size_t(p)] < 0)
          continue;
        for (int q = best; best >= 0 && p != q;) {
          while (p > q)
            p = idom[size_t(p)];
          while (q > p)
            q = idom[size_t(q)];
        }
        best = p;
      }
      changed |= idom[i] != best;
      idom[i] = best;
    }
  }
  idom_.resize(size());
  children_.resize(size());
  for (size_t i = 1; i < size(); ++i) {
    idom_[i] = order_[size_t(idom[i])];
    children_[size_t(idom[i])].push_back(order_[i]);
  }

  enter_.resize(size()), leave_.resize(size());
  uint32_t clock = 0;
  std::vector<std::pair<size_t, size_t>> walk{{0, 0}};
  enter_[0] = clock++;
  while (!walk.empty()) {
    auto &[node, next] = walk.back();
    if (next < children_[node].size()) {
      size_t child = index(children_[node][next++]);
      enter_[child] = clock++;
      walk.push_back({child, 0});
    } else {
      leave_[node] = clock++;
      walk.pop_back();
    }
  }
}

bool ControlFlow::dominates(const Block *a, const Block *b) const {
  size_t i = index(a), j = index(b);
  return enter_[i] <= enter_[j] && leave_[j] <= leave_[i];
}

std::vector<Loop> findLoops(const ControlFlow &cfg, std::vector<int> &innermost) {
  std::vector<Loop> loops;
  innermost.assign(cfg.size(), -1);
  for (Block *header : cfg.order()) {
    Loop loop{header};
    for (const ControlFlow::Incoming &in : cfg.incoming(header))
      if (cfg.dominates(header, in.from))
        loop.latches.push_back(in.from);
    if (loop.latches.empty())
      continue;
    std::vector<bool> inside(cfg.size());
    inside[cfg.index(header)] = true;
    std::vector<Block *> work = loop.latches;
    while (!work.empty()) {
      Block *b = work.back();
      work.pop_back();
      if (inside[cfg.index(b)])
        continue;
      inside[cfg.index(b)] = true;
      for (const ControlFlow::Incoming &in : cfg.incoming(b))
        work.push_back(in.from);
    }
    loop.parent = innermost[cfg.index(header)];
    for (Block *b : cfg.order())
      if (inside[cfg.index(b)]) {
        loop.blocks.push_back(b);
        innermost[cfg.index(b)] = int(loops.size());
      }
    loops.push_back(std::move(loop));
  }
  return loops;
}

} // namespace krait::hir

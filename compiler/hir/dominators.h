// Predecessors, dominators and natural loops of a function, as arrays over positions in Function::blocks. A
// snapshot: any change of edges makes it stale.
#pragma once

#include "compiler/hir/hir.h"

#include <vector>

namespace krait::hir {

class ControlFlow {
public:
  /// Needs Function::blocks in reverse post-order (removeUnreachable) for cheapness, not for correctness.
  explicit ControlFlow(const Function &function);

  struct Incoming {
    Block *from;
    const Edge *edge;
    bool unwind;
  };
  const std::vector<Incoming> &incoming(const Block *b) const { return incoming_[index(b)]; }
  bool reachable(const Block *b) const { return b->id < position_.size() && position_[b->id] >= 0; }
  /// Null for the entry.
  Block *idom(const Block *b) const { return idom_[index(b)]; }
  bool dominates(const Block *a, const Block *b) const;
  /// Blocks immediately dominated by [b], in order of Function::blocks.
  const std::vector<Block *> &children(const Block *b) const { return children_[index(b)]; }
  /// Reverse post-order.
  const std::vector<Block *> &order() const { return order_; }
  /// Number of [b] in order(); also usable as a dense key.
  size_t index(const Block *b) const { return size_t(position_[b->id]); }
  size_t size() const { return order_.size(); }

private:
  std::vector<Block *> order_;
  std::vector<int> position_; // by block id: number in order_, -1 unreachable
  std::vector<std::vector<Incoming>> incoming_;
  std::vector<Block *> idom_;
  std::vector<std::vector<Block *>> children_;
  std::vector<uint32_t> enter_, leave_; // of a walk over the dominator tree
};

/// A natural loop: a header that dominates the sources of back edges to it.
struct Loop {
  Block *header;
  int parent = -1;             // index of the loop around it
  std::vector<Block *> blocks; // in reverse post-order, header first
  std::vector<Block *> latches;
};

/// Loops with outer ones before inner ones; [innermost] gets for each block number of [cfg] its loop or -1.
std::vector<Loop> findLoops(const ControlFlow &cfg, std::vector<int> &innermost);

} // namespace krait::hir

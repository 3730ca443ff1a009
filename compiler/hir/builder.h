// Builder: appends or inserts instructions, one method for each row of Instructions.def (generated), with
// result types inferred. It folds nothing: that is the simplify pass's work.
#pragma once

#include "compiler/hir/hir.h"
#include "compiler/hir/native_calls.h"

#include <bit>

namespace krait::hir {

class Builder {
public:
  explicit Builder(Function *function) : function_(function) {}
  Function *function() const { return function_; }
  Block *block() const { return block_; }

  /// Appends to [block] from now on.
  void atEnd(Block *block) {
    block_ = block;
    list_ = &block->insts;
  }
  /// Collects new instructions of [block] in [list] from now on; the caller puts them into the block.
  void into(Block *block, std::vector<Inst *> *list) {
    block_ = block;
    list_ = list;
  }

  // Short forms.
  Inst *intConst(int64_t v) { return constInt(v); }
  Inst *jumpTo(Block *target, std::vector<Inst *> args = {}) {
    Inst *inst = jump();
    inst->edges.push_back({target, std::move(args)});
    return inst;
  }
  Inst *branchTo(Inst *condition, Block *ifTrue, Block *ifFalse, int64_t weight = -1) {
    Inst *inst = branch(condition, weight);
    inst->edges.push_back({ifTrue, {}});
    inst->edges.push_back({ifFalse, {}});
    return inst;
  }

#include "compiler/hir/builder_methods.inc"

private:
  Inst *begin(Op op) { return function_->newInst(op); }
  Inst *finish(Inst *inst) {
    inst->block = block_;
    inst->type = inferType(*inst);
    list_->push_back(inst);
    return inst;
  }

  Function *function_;
  Block *block_ = nullptr;
  std::vector<Inst *> *list_ = nullptr;
};

} // namespace krait::hir

// refine: behind a branch or guard on a comparison of ints, gives the compared values new names (RefineInt)
// that carry what the comparison showed. Ranges and the removal of bounds checks follow from the names.
#include "compiler/hir/builder.h"
#include "compiler/hir/dominators.h"
#include "compiler/passes/pass.h"

namespace krait::hir {

namespace {

class Refine {
public:
  explicit Refine(Function &f) : f_(f), cfg_(f), builder_(&f), current_(f.nextInst) {}

  bool run() {
    walk();
    f_.applyForwards();
    return changed_;
  }

private:
  Inst *now(Inst *v) { return v->id < current_.size() && current_[v->id] ? current_[v->id] : v; }

  void rename(Inst *from, Inst *to, std::vector<std::pair<uint32_t, Inst *>> &undo) {
    undo.push_back({from->id, current_[from->id]});
    current_[from->id] = to;
  }

  /// Adds names for both sides of [condition], known to be [truth], to [out].
  void learn(Block *b, Inst *condition, bool truth, std::vector<Inst *> &out,
             std::vector<std::pair<uint32_t, Inst *>> &undo) {
    while (condition->is(Op::NotBool))
      condition = condition->operand(0), truth = !truth;
    if (!condition->is(Op::CompareInt))
      return;
    Cond cond = truth ? condition->cond() : negated(condition->cond());
    Inst *left = original(condition->operand(0)), *right = original(condition->operand(1));
    if (left == right)
      return;
    builder_.into(b, &out);
    Inst *l = now(left), *r = now(right);
    auto add = [&](Inst *v, Inst *value, Inst *other, Cond c) {
      if (v->is(Op::ConstInt) || v->id >= current_.size())
        return;
      Inst *name = builder_.refineInt(value, other, c);
      if (name->type.isEmpty()) { // a side that is never taken
        out.pop_back();
        return;
      }
      rename(v, name, undo);
      changed_ = true;
    };
    add(left, l, r, cond);
    add(right, r, l, swapped(cond));
  }

  /// The value before renaming: operands already rewritten are looked through.
  Inst *original(Inst *v) {
    while (v->is(Op::RefineInt) && v->id >= current_.size())
      v = v->operand(0);
    return v;
  }

  void rewrite(Inst *inst) {
    for (Inst *&v : inst->operands)
      v = now(v);
    for (Edge &edge : inst->edges)
      for (Inst *&v : edge.args)
        v = now(v);
    for (Inst *&v : inst->unwind.args)
      v = now(v);
  }

  void block(Block *b, std::vector<std::pair<uint32_t, Inst *>> &undo) {
    std::vector<Inst *> out;
    const auto &incoming = cfg_.incoming(b);
    if (incoming.size() == 1 && incoming[0].from->last()->is(Op::Branch) && !incoming[0].unwind) {
      Inst *branch = incoming[0].from->last();
      if (branch->edges[0].target != branch->edges[1].target)
        learn(b, branch->operand(0), incoming[0].edge == &branch->edges[0], out, undo);
    }
    for (Inst *inst : std::vector<Inst *>(b->insts)) {
      rewrite(inst);
      out.push_back(inst);
      if (inst->is(Op::GuardTrue) || inst->is(Op::GuardFalse))
        learn(b, inst->operand(0), inst->is(Op::GuardTrue), out, undo);
    }
    b->insts = std::move(out);
  }

  void walk() {
    struct Step {
      Block *block;
      size_t child = 0;
      std::vector<std::pair<uint32_t, Inst *>> undo;
    };
    std::vector<Step> stack;
    auto enter = [&](Block *b) {
      stack.push_back({b, 0, {}});
      block(b, stack.back().undo);
    };
    enter(f_.entry());
    while (!stack.empty()) {
      const auto &children = cfg_.children(stack.back().block);
      if (stack.back().child < children.size()) {
        enter(children[stack.back().child++]);
        continue;
      }
      auto &undo = stack.back().undo;
      for (size_t i = undo.size(); i-- > 0;)
        current_[undo[i].first] = undo[i].second;
      stack.pop_back();
    }
  }

  Function &f_;
  ControlFlow cfg_;
  Builder builder_;
  std::vector<Inst *> current_; // by id of an original value: its newest name
  bool changed_ = false;
};

} // namespace

bool refine(Function &f, PassContext &) { return Refine(f).run(); }

} // namespace krait::hir

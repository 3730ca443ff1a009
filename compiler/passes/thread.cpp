// thread: a way into a block on which the block's test of an int parameter against a constant is decided gets
// a copy of the block and goes where the test would lead. So the points of resumption that a copied generator
// keeps in a variable vanish: the loop is entered at the generator's start and continued where it yielded.
//
// What the block defines has two definitions then; uses further down get parameters where ways meet.
#include "compiler/hir/dominators.h"
#include "compiler/passes/copy.h"
#include "compiler/passes/pass.h"

#include <algorithm>
#include <map>

namespace krait::hir {

namespace {

constexpr size_t kMaxInsts = 8;     // of a block that is copied
constexpr unsigned kMaxCopies = 60; // in one function

Inst *throughRefinements(Inst *v) {
  v = Function::resolve(v);
  while (v->is(Op::RefineInt))
    v = Function::resolve(v->operand(0));
  return v;
}

bool holds(Cond cond, int64_t a, int64_t b) {
  switch (cond) {
  case Cond::eq:
    return a == b;
  case Cond::ne:
    return a != b;
  case Cond::lt:
    return a < b;
  case Cond::le:
    return a <= b;
  case Cond::gt:
    return a > b;
  case Cond::ge:
    return a >= b;
  }
  return false;
}

/// Puts [find](v) in the place of values in a frame state.
template <class F> FrameState *rewritten(Function &f, FrameState *state, F find) {
  return copyState(f, *state, [&](FrameValue &v) {
    if (v.value)
      v.value = find(Function::resolve(v.value));
  });
}

/// Uses of values that are defined in [home] and again in its copy.
class Repair {
public:
  Repair(Function &f, Block *home, Block *copy, const std::map<Inst *, Inst *> &second)
      : f_(f), cfg_(f), home_(home), copy_(copy), second_(second) {}

  void run() {
    for (Block *b : cfg_.order())
      if (b != home_ && b != copy_)
        block(b);
      else
        edgesOf(b);
    for (size_t i = 0; i < pending_.size(); ++i) { // grows
      Pending p = pending_[i];
      for (const ControlFlow::Incoming &in : cfg_.incoming(p.block)) {
        Inst *v = atEnd(p.value, in.from);
        const_cast<Edge *>(in.edge)->args.push_back(v);
      }
    }
  }

private:
  struct Pending {
    Block *block;
    Inst *value;
  };

  bool isTwice(Inst *v) const { return second_.count(v); }

  Inst *atEnd(Inst *v, Block *b) { return b == home_ ? v : b == copy_ ? second_.at(v) : atStart(v, b); }

  Inst *atStart(Inst *v, Block *b) {
    auto found = in_.find({v, b});
    if (found != in_.end())
      return found->second;
    const auto &incoming = cfg_.incoming(b);
    if (incoming.size() == 1) {
      Inst *only = atEnd(v, incoming[0].from);
      return in_[{v, b}] = only;
    }
    Inst *param = f_.addParam(b, v->type | second_.at(v)->type);
    pending_.push_back({b, v});
    return in_[{v, b}] = param;
  }

  void block(Block *b) {
    std::map<FrameState *, FrameState *> states;
    for (Inst *inst : b->insts) {
      for (Inst *&v : inst->operands)
        if (isTwice(v = Function::resolve(v)))
          v = atStart(v, b);
      if (!inst->state)
        continue;
      bool mentions = false;
      forEachFrameValue(inst->state,
                        [&](FrameValue &v) { mentions |= v.value && isTwice(Function::resolve(v.value)); });
      if (!mentions)
        continue;
      FrameState *&copy = states[inst->state];
      if (!copy)
        copy = rewritten(f_, inst->state, [&](Inst *v) { return isTwice(v) ? atStart(v, b) : v; });
      inst->state = copy;
    }
    edgesOf(b);
  }

  void edgesOf(Block *b) {
    if (b == home_ || b == copy_)
      return; // they name their own definitions
    forEachEdge(b, [&](Edge &edge) {
      for (Inst *&v : edge.args)
        if (isTwice(v = Function::resolve(v)))
          v = atStart(v, b);
    });
  }

  Function &f_;
  ControlFlow cfg_;
  Block *home_, *copy_;
  const std::map<Inst *, Inst *> &second_;
  std::map<std::pair<Inst *, Block *>, Inst *> in_;
  std::vector<Pending> pending_;
};

class Threader {
public:
  explicit Threader(Function &f) : f_(f) {}

  bool run() {
    unsigned copies = 0;
    while (copies < kMaxCopies && one())
      ++copies;
    return copies;
  }

private:
  bool one() {
    ControlFlow cfg(f_);
    for (Block *b : cfg.order()) {
      size_t param;
      if (b == f_.entry() || cfg.incoming(b).size() < 2 || !isTest(b, param))
        continue;
      Inst *compare = Function::resolve(b->last()->operand(0));
      for (const ControlFlow::Incoming &in : cfg.incoming(b)) {
        Inst *arg = Function::resolve(in.edge->args[param]);
        if (in.unwind || in.from == b || !arg->is(Op::ConstInt))
          continue;
        bool taken = holds(compare->cond(), arg->imms[0], Function::resolve(compare->operand(1))->imms[0]);
        thread(b, *const_cast<Edge *>(in.edge), taken ? 0 : 1);
        return true;
      }
    }
    return false;
  }

  /// Does [b] do little but test its parameter number [param]?
  static bool isTest(Block *b, size_t &param) {
    Inst *last = b->last();
    if (!last->is(Op::Branch) || b->insts.size() > kMaxInsts)
      return false;
    Inst *compare = Function::resolve(last->operand(0));
    if (!compare->is(Op::CompareInt) || compare->block != b ||
        !Function::resolve(compare->operand(1))->is(Op::ConstInt))
      return false;
    auto at = std::find(b->params.begin(), b->params.end(), throughRefinements(compare->operand(0)));
    if (at == b->params.end())
      return false;
    param = size_t(at - b->params.begin());
    return std::all_of(b->insts.begin(), b->insts.end() - 1, [](Inst *i) {
      return i->is(Op::GuardPoll) || i->is(Op::RefineInt) || i->is(Op::RefineType) || isPure(*i);
    });
  }

  void thread(Block *b, Edge &way, size_t side) {
    std::map<Inst *, Inst *> second;
    for (size_t i = 0; i < b->params.size(); ++i)
      second[b->params[i]] = Function::resolve(way.args[i]);
    auto own = [&](Inst *v) {
      auto it = second.find(v = Function::resolve(v));
      return it == second.end() ? v : it->second;
    };
    Block *copy = f_.addBlock();
    for (Inst *inst : b->insts) {
      if (inst == b->last())
        break;
      Inst *same = f_.newInst(inst->op);
      same->type = inst->type;
      same->imms = inst->imms;
      same->typeImm = inst->typeImm;
      for (Inst *v : inst->operands)
        same->operands.push_back(own(v));
      if (inst->state)
        same->state = rewritten(f_, inst->state, own);
      same->block = copy;
      copy->insts.push_back(same);
      second[inst] = same;
    }
    Inst *jump = f_.newInst(Op::Jump);
    jump->block = copy;
    Edge on{b->last()->edges[side].target, {}};
    for (Inst *v : b->last()->edges[side].args)
      on.args.push_back(own(v));
    jump->edges.push_back(std::move(on));
    copy->insts.push_back(jump);
    way = {copy, {}};
    f_.removeUnreachable();
    Repair(f_, b, copy, second).run();
  }

  Function &f_;
};

} // namespace

bool threadBranches(Function &f, PassContext &) {
  f.applyForwards();
  return Threader(f).run();
}

} // namespace krait::hir

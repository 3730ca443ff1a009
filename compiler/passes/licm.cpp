// licm: moves values, loads and guards that do not change inside a loop in front of it. The block in front of
// the loop must jump to its header and nowhere else; loops without one are left alone.
//
// A guard moved out may leave although the loop would not have reached it. That costs time, never meaning: it
// leaves at the loop's start, with the frame state of the header's first instruction that has one (the
// builder puts a GuardPoll there). To keep the cost away, a guard is moved only from blocks that every turn
// of the loop passes.
#include "compiler/hir/dominators.h"
#include "compiler/passes/copy.h"
#include "compiler/passes/pass.h"

#include <algorithm>
#include <map>

namespace krait::hir {

namespace {

class Licm {
public:
  explicit Licm(Function &f) : f_(f), cfg_(f), loops_(findLoops(cfg_, innermost_)) {}

  bool run() {
    // Inner loops first: what leaves one may leave the next.
    for (size_t i = loops_.size(); i-- > 0;)
      loop(loops_[i]);
    return changed_;
  }

private:
  Block *preheader(const Loop &loop) {
    Block *before = nullptr;
    for (const ControlFlow::Incoming &in : cfg_.incoming(loop.header)) {
      if (std::find(loop.latches.begin(), loop.latches.end(), in.from) != loop.latches.end())
        continue;
      if (before || in.unwind)
        return nullptr;
      before = in.from;
    }
    return before && before->last()->is(Op::Jump) && !before->unwinding() ? before : nullptr;
  }

  bool inside(const Loop &loop, const Block *b) const {
    return std::find(loop.blocks.begin(), loop.blocks.end(), b) != loop.blocks.end();
  }

  /// Does every turn that comes back to the header pass [b]?
  bool alwaysReached(const Loop &loop, const Block *b) const {
    return std::all_of(loop.latches.begin(), loop.latches.end(),
                       [&](Block *latch) { return cfg_.dominates(b, latch); });
  }

  /// The state at which the loop starts, in terms of values in front of it; null if there is none.
  FrameState *entryState(const Loop &loop, Block *before) {
    for (Inst *inst : loop.header->insts) {
      if (inst->state)
        return translated(loop, before, inst->state);
      Effects e = effectsOf(*inst);
      if (e.writes)
        return nullptr;
    }
    return nullptr;
  }

  /// [state], which holds at the start of the header, in terms of values in front of the loop; null if it
  /// cannot be.
  FrameState *translated(const Loop &loop, Block *before, FrameState *state) {
    bool ok = true;
    FrameState *copy = copyState(f_, *state, [&](FrameValue &v) {
      if (!v.object && v.value && inside(loop, v.value->block)) {
        v.value = incoming(loop, before, v.value);
        ok &= v.value != nullptr;
      }
    });
    return ok ? copy : nullptr;
  }

  /// What a value of the header is on the way into the loop; null if it is none of its parameters or a box of
  /// one.
  static Inst *incoming(const Loop &loop, Block *before, Inst *v) {
    const auto &params = loop.header->params;
    auto it = std::find(params.begin(), params.end(), v);
    if (it == params.end() && (v->is(Op::BoxInt) || v->is(Op::BoxFloat) || v->is(Op::BoxBool)))
      it = std::find(params.begin(), params.end(), v->operand(0));
    return it == params.end() ? nullptr : before->last()->edges[0].args[size_t(it - params.begin())];
  }

  bool movable(const Loop &loop, const Inst *inst, AliasSet written, bool guards) const {
    if (inst->unwind.target || inst->info().ends || inst->info().allocates || inst->is(Op::GuardPoll))
      return false;
    for (const Inst *v : inst->operands)
      if (inside(loop, v->block))
        return false;
    // Items are only there behind a check of the size, which need not be an operand.
    if (inst->is(Op::LoadTupleItem) || inst->is(Op::LoadStrItem))
      return guards;
    if (isPure(*inst))
      return true;
    Effects e = effectsOf(*inst);
    if (e.writes || e.mayRaise || (e.reads & written) || inst->is(Op::RefineInt) ||
        inst->is(Op::RefineType) || inst->is(Op::GenericOp) || inst->is(Op::ExtraResult))
      return false;
    // A load is safe only where its guard is: it moves when its operands did, which then stand in front of
    // the loop.
    if (!e.mayLeave)
      return !inst->info().keep && (isSafeLoad(inst) || (guards && isGuardedLoad(inst)));
    return guards;
  }

  /// A load that cannot fault anywhere behind the guards of its operands: those operands are outside the loop
  /// already.
  static bool isSafeLoad(const Inst *inst) {
    switch (inst->op) {
    case Op::LoadSlot:
    case Op::LoadField:
    case Op::ListSize:
    case Op::DictSize:
    case Op::HasShape:
    case Op::HasCell:
      return true;
    default:
      return false;
    }
  }

  /// A load that a GuardCell before it makes safe. That guard reads what the load reads and stands in a block
  /// that every turn passes too, so it was moved just before.
  static bool isGuardedLoad(const Inst *inst) {
    return inst->is(Op::LoadLateBound) || inst->is(Op::LoadGlobalSlot);
  }

  void loop(const Loop &l) {
    Block *before = preheader(l);
    if (!before)
      return;
    AliasSet written = 0;
    for (Block *b : l.blocks)
      for (Inst *inst : b->insts)
        written |= effectsOf(*inst).writes;
    FrameState *state = entryState(l, before);
    for (Block *b : l.blocks) {
      bool guards = state && alwaysReached(l, b);
      std::vector<Inst *> stay;
      for (Inst *inst : b->insts) {
        if (!movable(l, inst, written, guards)) {
          stay.push_back(inst);
          continue;
        }
        if (inst->state)
          inst->state = state;
        inst->block = before;
        before->insts.insert(before->insts.end() - 1, inst);
        changed_ = true;
      }
      b->insts = std::move(stay);
    }
  }

  Function &f_;
  ControlFlow cfg_;
  std::vector<int> innermost_;
  std::vector<Loop> loops_;
  bool changed_ = false;
};

} // namespace

bool licm(Function &f, PassContext &) { return Licm(f).run(); }

} // namespace krait::hir

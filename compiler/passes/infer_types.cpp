// infer-types: the types of all values, as narrow as rows and edges allow. First an optimistic fixed point
// upwards from "nothing yet" with widening of ranges at loops; then two rounds down that win back what
// widening gave away. Both only use the rows' rules, so what holds after it holds for every execution.
#include "compiler/hir/builder.h"
#include "compiler/hir/dominators.h"
#include "compiler/passes/pass.h"

namespace krait::hir {

namespace {

/// How often a parameter's range may grow step by step.
constexpr unsigned kPatience = 3;

class TypeInference {
public:
  explicit TypeInference(Function &f) : f_(f), cfg_(f), growth_(f.nextInst) {}

  bool run() {
    std::vector<Type> before(f_.nextInst);
    forEachValue([&](Inst *v) { before[v->id] = v->type; });
    declared_ = before;
    forEachValue([&](Inst *v) {
      if (!v->is(Op::Param) || v->block != f_.entry())
        v->type = Type();
    });
    while (up())
      ;
    for (int round = 0; round < 2; ++round)
      down();
    bool changed = cutUnreached(before);
    forEachValue([&](Inst *v) { changed |= v->type != before[v->id]; });
    return changed;
  }

private:
  /// The reason for which [inst] leaves compiled code, if leaving is all it can do besides computing its
  /// result.
  static const int64_t *reasonToLeave(const Inst &inst) {
    Effects e = effectsOf(inst);
    if (!e.mayLeave || e.mayRaise || e.writes || !inst.state)
      return nullptr;
    auto &infos = inst.info().immediates;
    for (size_t i = 0; i < infos.size(); ++i)
      if (infos[i].kind == ImmKind::reason)
        return &inst.imms[i];
    return nullptr;
  }

  /// A value of no type is never computed: the instruction always raises or leaves. What stands behind it
  /// goes. One that always leaves becomes a Deopt: as a guard without users it would be dropped.
  bool cutUnreached(const std::vector<Type> &before) {
    bool changed = false;
    Builder builder(&f_);
    for (Block *b : cfg_.order())
      for (size_t i = 0; i + 1 < b->insts.size(); ++i) {
        Inst *inst = b->insts[i];
        if (!inst->info().hasResult || !inst->type.isEmpty())
          continue;
        // A guard may have been born without a type: for a kind that its operand is known not to have.
        const int64_t *reason = reasonToLeave(*inst);
        if (before[inst->id].isEmpty() && !reason)
          continue;
        inst->type = before[inst->id];
        if (!reason && b->insts[i + 1]->is(Op::Unreachable))
          continue;
        b->insts.resize(reason ? i : i + 1);
        builder.atEnd(b);
        if (reason)
          builder.deopt(static_cast<DeoptReason>(*reason), inst->state);
        else
          builder.unreachable();
        changed = true;
      }
    if (changed)
      f_.removeUnreachable();
    return changed;
  }

  template <class F> void forEachValue(F f) {
    for (Block *b : cfg_.order()) {
      for (Inst *p : b->params)
        f(p);
      for (Inst *inst : b->insts)
        if (inst->info().hasResult)
          f(inst);
    }
  }

  Type computed(Inst *inst) {
    for (Inst *v : inst->operands)
      if (v->type.isEmpty())
        return Type();
    Type t = inferType(*inst);
    // What an earlier pass knew better stays known; it may be more than the rule can see.
    return t.isEmpty() ? t : t & declared_[inst->id];
  }

  Type joined(Block *b, size_t i) {
    Type t;
    for (const ControlFlow::Incoming &in : cfg_.incoming(b))
      t = t | in.edge->args[i]->type;
    return t & declared_[b->params[i]->id];
  }

  /// Moves a bound that keeps growing to the next landmark.
  Type widened(Inst *param, const Type &old, Type next) {
    if (!next.hasRange() || !old.hasRange() || ++growth_[param->id] <= kPatience)
      return next;
    static constexpr int64_t kLow[] = {0, -1, kIntMin}, kHigh[] = {INT32_MAX, kIntMax};
    int64_t lo = next.lo(), hi = next.hi();
    if (lo < old.lo())
      for (int64_t mark : kLow)
        if (mark <= next.lo()) {
          lo = mark;
          break;
        }
    if (hi > old.hi())
      for (int64_t mark : kHigh)
        if (mark >= next.hi()) {
          hi = mark;
          break;
        }
    return next.withRange(lo, hi);
  }

  bool set(Inst *v, const Type &t) {
    if (v->type == t)
      return false;
    v->type = t;
    return true;
  }

  bool up() {
    bool changed = false;
    for (Block *b : cfg_.order()) {
      for (size_t i = 0; b != f_.entry() && i < b->params.size(); ++i) {
        Inst *p = b->params[i];
        Type t = joined(b, i) | p->type;
        changed |= set(p, t == p->type ? t : widened(p, p->type, t) & declared_[p->id]);
      }
      for (Inst *inst : b->insts)
        if (inst->info().hasResult)
          changed |= set(inst, computed(inst) | inst->type);
    }
    return changed;
  }

  void down() {
    for (Block *b : cfg_.order()) {
      for (size_t i = 0; b != f_.entry() && i < b->params.size(); ++i)
        set(b->params[i], joined(b, i));
      for (Inst *inst : b->insts)
        if (inst->info().hasResult)
          set(inst, computed(inst));
    }
  }

  Function &f_;
  ControlFlow cfg_;
  std::vector<unsigned> growth_;
  std::vector<Type> declared_;
};

} // namespace

bool inferTypes(Function &f, PassContext &) { return TypeInference(f).run(); }

} // namespace krait::hir

// unbox: representation selection for block parameters. A parameter whose every incoming value is a box (or
// cheaply opened) becomes a machine value; where the word is still wanted it is boxed again at the head of
// the block, and simplify and dce remove that box unless something really needs it.
//
// Candidates are found by taking away: all parameters of int or float type, without those that some edge
// gives a value that cannot be opened, until nothing changes. Of the rest only those with a reason are
// converted: a box comes in, or an unboxing use.
#include "compiler/hir/builder.h"
#include "compiler/hir/dominators.h"
#include "compiler/passes/pass.h"

#include <algorithm>
#include <map>

namespace krait::hir {

namespace {

enum class Rep : uint8_t { none, integer, real, truth };

Inst *throughGuards(Inst *v) {
  while (v->is(Op::GuardType) || v->is(Op::RefineType) || v->is(Op::CheckBound))
    v = v->operand(0);
  return v;
}

class Unbox {
public:
  explicit Unbox(Function &f) : f_(f), cfg_(f), rep_(f.nextInst), wanted_(f.nextInst) {}

  bool run() {
    collect();
    while (reduce())
      ;
    findReasons();
    bool any = false;
    for (Block *b : cfg_.order())
      for (Inst *p : b->params)
        any |= converts(p);
    if (any)
      convert();
    return any;
  }

private:
  bool converts(const Inst *p) const { return rep_[p->id] != Rep::none && wanted_[p->id]; }

  void collect() {
    for (Block *b : cfg_.order())
      for (Inst *p : b->params) {
        if (b == f_.entry())
          continue;
        const Type &t = p->type;
        rep_[p->id] = t.isEmpty()                      ? Rep::none
                      : t.isSubtypeOf(Type::longInt()) ? Rep::integer
                      : t.is(Kind::Float)              ? Rep::real
                      : t.is(Kind::Bool)               ? Rep::truth
                                                       : Rep::none;
      }
  }

  /// Can [v] be had as a machine value at the end of the block that passes it?
  bool opens(Inst *v, Rep rep) const {
    if (v->is(Op::Param) && rep_[v->id] == rep)
      return true;
    Inst *inner = throughGuards(v);
    switch (rep) {
    case Rep::integer:
      return inner->is(Op::BoxInt) || v->type.is(Kind::Int) ||
             (inner->is(Op::Param) && rep_[inner->id] == rep);
    case Rep::real:
      return v->type.is(Kind::Float);
    case Rep::truth:
      return v->type.is(Kind::Bool);
    case Rep::none:
      return false;
    }
    return false;
  }

  template <class F> void forEachIncoming(Inst *p, F f) {
    const auto &params = p->block->params;
    size_t i = size_t(std::find(params.begin(), params.end(), p) - params.begin());
    for (const ControlFlow::Incoming &in : cfg_.incoming(p->block))
      f(in, in.edge->args[i]);
  }

  bool reduce() {
    bool changed = false;
    for (Block *b : cfg_.order())
      for (Inst *p : b->params) {
        if (rep_[p->id] == Rep::none)
          continue;
        bool ok = true;
        forEachIncoming(p, [&](const ControlFlow::Incoming &in, Inst *v) {
          ok &= opens(v, rep_[p->id]) && throughGuards(v) != in.from->unwinding();
        });
        if (!ok) {
          rep_[p->id] = Rep::none;
          changed = true;
        }
      }
    return changed;
  }

  void findReasons() {
    auto want = [&](Inst *v) {
      v = throughGuards(v);
      if (v->is(Op::Param))
        wanted_[v->id] = true;
    };
    for (Block *b : cfg_.order())
      for (Inst *inst : b->insts)
        if (inst->is(Op::UnboxInt) || inst->is(Op::UnboxFloat) || inst->is(Op::UnboxBool))
          want(inst->operand(0));
    // A reason reaches along edges between candidates, both ways.
    for (bool changed = true; changed;) {
      changed = false;
      for (Block *b : cfg_.order())
        for (Inst *p : b->params) {
          if (rep_[p->id] == Rep::none)
            continue;
          forEachIncoming(p, [&](const ControlFlow::Incoming &, Inst *v) {
            Inst *inner = throughGuards(v);
            bool box = inner->is(Op::BoxInt) || inner->is(Op::BoxFloat) || inner->is(Op::BoxBool);
            bool param = inner->is(Op::Param) && rep_[inner->id] == rep_[p->id];
            if (!wanted_[p->id] && ((box && !isConstant(inner)) || (param && wanted_[inner->id])))
              changed = wanted_[p->id] = true;
            if (param && wanted_[p->id] && !wanted_[inner->id])
              changed = wanted_[inner->id] = true;
          });
        }
    }
  }

  static bool isConstant(const Inst *box) {
    return box->operand(0)->is(Op::ConstInt) || box->operand(0)->is(Op::ConstFloat) ||
           box->operand(0)->is(Op::ConstBool);
  }

  /// Adds the machine value of [v] to the end of [b], before what may unwind and the end.
  Inst *open(Builder &builder, Block *b, Inst *v, Rep rep) {
    std::vector<Inst *> out;
    builder.into(b, &out);
    Inst *inner = throughGuards(v);
    Inst *result;
    if (inner->is(Op::BoxInt) || inner->is(Op::BoxFloat) || inner->is(Op::BoxBool))
      result = inner->operand(0);
    else if (auto it = machine_.find(inner); it != machine_.end() && rep == Rep::integer)
      result = it->second;
    else
      result = rep == Rep::integer ? builder.unboxInt(v)
               : rep == Rep::real  ? builder.unboxFloat(v)
                                   : builder.unboxBool(v);
    b->insts.insert(b->insts.end() - (b->unwinding() ? 2 : 1), out.begin(), out.end());
    return result;
  }

  void convert() {
    Builder builder(&f_);
    struct Change {
      Block *block;
      size_t place;
      Inst *param;
      Rep rep;
    };
    std::vector<Change> changes;
    // 1. New parameters, old ones become boxes of them.
    for (Block *b : cfg_.order()) {
      std::vector<Inst *> boxes;
      for (size_t i = 0; i < b->params.size(); ++i) {
        Inst *p = b->params[i];
        if (!converts(p))
          continue;
        Rep rep = rep_[p->id];
        Inst *m = f_.newInst(Op::Param);
        m->block = b;
        m->type = rep == Rep::integer ? machineInt(p->type) : rep == Rep::real ? Kind::CDouble : Kind::CBool;
        machine_[p] = m;
        changes.push_back({b, i, p, rep});
        b->params[i] = m;
      }
    }
    // 2. Edges pass machine values.
    for (const Change &c : changes)
      for (const ControlFlow::Incoming &in : cfg_.incoming(c.block)) {
        Inst *&arg = const_cast<Edge *>(in.edge)->args[c.place];
        arg = open(builder, in.from, arg, c.rep);
      }
    // 3. Boxes at the heads of blocks (behind CatchException, which stays first).
    for (size_t i = changes.size(); i-- > 0;) {
      const Change &c = changes[i];
      std::vector<Inst *> out;
      builder.into(c.block, &out);
      Inst *m = machine_[c.param];
      Inst *box = c.rep == Rep::integer ? builder.boxInt(m)
                  : c.rep == Rep::real  ? builder.boxFloat(m)
                                        : builder.boxBool(m);
      auto at = c.block->insts.begin() + (c.block->insts.front()->is(Op::CatchException) ? 1 : 0);
      c.block->insts.insert(at, box);
      Function::replace(c.param, box);
      c.param->block = nullptr;
    }
    f_.applyForwards();
  }

  static Type machineInt(const Type &t) {
    return t.is(Kind::Int) ? Type::cint(t.lo(), t.hi()) : Type(Kind::CInt64);
  }

  Function &f_;
  ControlFlow cfg_;
  std::vector<Rep> rep_;
  std::vector<bool> wanted_;
  std::map<Inst *, Inst *> machine_;
};

} // namespace

bool unbox(Function &f, PassContext &) { return Unbox(f).run(); }

} // namespace krait::hir

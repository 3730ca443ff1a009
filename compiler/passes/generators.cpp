// generators: a for loop over a generator that was made in the same function becomes a copy of the
// generator's body: where that yields, the loop's body goes on, and the loop's next step goes to where it
// yielded. The generator object stays as a bag of registers, which escape then takes apart.
//
// Taken are generators that one ForIter (or a call of sum, any or all) consumes and nothing else sees, of
// code without exception handlers (those would have an exception state of their own), not already being
// executed in the chain of frames at the loop.
#include "compiler/frontend/liveness.h"
#include "compiler/hir/builder.h"
#include "compiler/hir/native_calls.h"
#include "compiler/passes/copy.h"
#include "compiler/passes/pass.h"

#include <algorithm>
#include <map>

namespace krait::hir {

namespace {

constexpr size_t kMaxBody = 200;      // instructions of a generator
constexpr size_t kMaxFunction = 4000; // instructions of the function afterwards
constexpr unsigned kMaxDepth = 10;    // frames in a chain

Inst *throughGuards(Inst *v) {
  v = Function::resolve(v);
  while (v->is(Op::GuardType) || v->is(Op::RefineType))
    v = Function::resolve(v->operand(0));
  return v;
}

/// A step of a for loop, and where it leads to: nothing but the test and the branch is done with the item
/// before.
struct Step {
  Inst *next = nullptr, *test = nullptr, *branch = nullptr;
  std::vector<Inst *> items; // RefineType of the item at the start of the body
  std::vector<Inst *> moved; // what else stands between step and branch
};

class GeneratorCopy : BodyCopy {
public:
  GeneratorCopy(Function &f, const Function &body, Inst *generator, const Step &step, FrameState *callerState)
      : BodyCopy(f, body, step.next, callerState), generator_(generator), step_(step) {}

  void run() {
    Block *before = step_.next->block;
    before->insts.erase(std::find(before->insts.begin(), before->insts.end(), step_.next),
                        before->insts.end());
    for (Inst *inst : step_.moved) {
      before->insts.push_back(inst);
      inst->block = before;
    }
    step_.next->block = step_.test->block = step_.branch->block = nullptr;
    takeItem();
    for (Block *b : body_.blocks)
      makeBlock(b);
    b_.atEnd(before);
    b_.jumpTo(blocks_[body_.entry()]);
    for (Block *b : body_.blocks)
      copyBlock(b);
    finishAll();
    for (Suspension &s : suspensions_) {
      b_.atEnd(s.block);
      b_.setResumePoint(generator_, b_.constInt(s.point));
      std::vector<Inst *> args = step_.branch->edges[s.value ? 0 : 1].args;
      if (s.value)
        args.push_back(value(s.value));
      b_.jumpTo(step_.branch->edges[s.value ? 0 : 1].target, std::move(args));
    }
  }

private:
  struct Suspension {
    Block *block;
    Inst *value; // in the body's own numbering; null: the end
    int64_t point;
  };

  /// The item becomes the last parameter of the loop's body.
  void takeItem() {
    Block *body = step_.branch->edges[0].target;
    Inst *item = f_.addParam(body, Type::any());
    for (Inst *refine : step_.items) {
      Function::replace(refine, item);
      std::erase(body->insts, refine);
      refine->block = nullptr;
    }
  }

  void makeBlock(Block *b) {
    Block *copy = blocks_[b] = f_.addBlock();
    for (Inst *p : b->params)
      values_[p] = f_.addParam(copy, p->type);
  }

  void copyBlock(Block *b) {
    Block *to = blocks_[b];
    auto isLoad = [](Inst *inst) { return inst->is(Op::LoadFrame); };
    Inst *lastLoad = nullptr;
    if (auto it = std::find_if(b->insts.rbegin(), b->insts.rend(), isLoad); it != b->insts.rend())
      lastLoad = *it;
    for (Inst *inst : b->insts) {
      b_.atEnd(to);
      switch (inst->op) {
      case Op::CurrentFunction:
        values_[inst] = generator_->operand(0);
        continue;
      case Op::GeneratorFrame:
        values_[inst] = generator_;
        continue;
      case Op::ResumeValue:
      case Op::LoadSent:
        values_[inst] = b_.constNone();
        continue;
      case Op::ResumeSwitch:
        resumeSwitch(inst);
        return;
      case Op::Suspend:
        suspensions_.push_back({to, inst->operand(1), inst->imms[0]});
        return;
      case Op::Return:
        suspensions_.push_back({to, nullptr, -1});
        return;
      default:
        break;
      }
      copyInst(inst, to);
      // While the body runs the registers are its values; what was kept must not seem to be in use.
      if (inst == lastLoad) {
        for (int64_t r = 0; r < generator_->imms[2]; ++r)
          b_.storeFrame(generator_, b_.constUnbound(), r);
        b_.setResumePoint(generator_, b_.constInt(0));
      }
      to = behind(b, inst, to);
    }
  }

  /// Resumptions first: they are many, the start is one.
  void resumeSwitch(Inst *inst) {
    Inst *point = b_.resumePoint(generator_);
    for (size_t i = 1; i <= inst->edges.size(); ++i) {
      size_t at = i < inst->edges.size() ? i : 0;
      Block *here = f_.addBlock(), *others = f_.addBlock();
      b_.branchTo(b_.compareInt(point, b_.constInt(inst->imms[at]), Cond::eq), here, others, at ? 999 : 500);
      b_.atEnd(here);
      b_.jumpTo(blocks_.at(inst->edges[at].target));
      b_.atEnd(others);
    }
    b_.jumpTo(step_.branch->edges[1].target, step_.branch->edges[1].args);
  }

  Inst *generator_;
  Step step_;
  std::vector<Suspension> suspensions_;
};

class GeneratorInliner {
public:
  GeneratorInliner(Function &f, PassContext &context) : f_(f), context_(context) {}

  bool run() {
    bool changed = false;
    for (bool again = true; again;) {
      again = false;
      for (Block *b : std::vector<Block *>(f_.blocks)) {
        std::vector<Inst *> insts = b->insts;
        if (std::none_of(insts.begin(), insts.end(), [&](Inst *i) {
              return i->is(Op::IterNext) ? inlined(i) : i->is(Op::CallNative) && consumerInlined(i);
            }))
          continue;
        f_.applyForwards();
        f_.removeUnreachable();
        again = changed = true;
        break;
      }
    }
    return changed;
  }

private:
  bool inlined(Inst *next) {
    Inst *generator = throughGuards(next->operand(0));
    Step step;
    const Function *body = bodyFor(generator, next);
    if (!body || !findStep(next, step))
      return false;
    FrameState *state = f_.newState(*next->state);
    state->kind = ResumeKind::iterate;
    GeneratorCopy(f_, *body, generator, step, state).run();
    return true;
  }

  /// sum(), any() and all() of a generator, and nothing else, become loops. Where the body is left they
  /// finish in the runtime.
  bool consumerInlined(Inst *call) {
    std::string_view target = nativeCallInfo(NativeCall(call->imms[0])).symbol;
    ResumeKind kind = target == "krt_builtins_sum_py"   ? ResumeKind::sum
                      : target == "krt_builtins_any_py" ? ResumeKind::any
                      : target == "krt_builtins_all_py" ? ResumeKind::all
                                                        : ResumeKind::at;
    const CodeUnit *unit = f_.module->codes[call->state->code].unit;
    if (kind == ResumeKind::at || !unit || call->unwind.target)
      return false;
    DecodedInst inst = decodeInst(unit->units.data(), call->state->offset);
    if (inst.op != Opcode::Call || inst.operands[2] != 1)
      return false;
    Inst *generator = throughGuards(call->operand(0));
    const Function *body = bodyFor(generator, call);
    if (!body)
      return false;
    bool sums = kind == ResumeKind::sum;
    Block *before = call->block, *loop = f_.addBlock(), *step = f_.addBlock(), *exit = f_.addBlock(),
          *after = f_.addBlock();
    auto at = std::find(before->insts.begin(), before->insts.end(), call);
    after->insts.assign(at + 1, before->insts.end());
    before->insts.erase(at, before->insts.end());
    for (Inst *i : after->insts)
      i->block = after;
    call->block = nullptr;
    Inst *result = f_.addParam(after, Type::any());
    Inst *total = sums ? f_.addParam(loop, Type::any()) : nullptr;
    Builder b(&f_);
    auto toLoop = [&](Inst *sum) { b.jumpTo(loop, sum ? std::vector<Inst *>{sum} : std::vector<Inst *>()); };
    b.atEnd(before);
    toLoop(sums ? call->operand(1) : nullptr);
    FrameState *state = f_.newState(*call->state);
    state->kind = kind;
    // The callee is known and not needed any more: its register holds the total.
    uint16_t base = uint16_t(inst.operands[1]);
    std::erase_if(state->slots,
                  [&](const FrameSlot &slot) { return slot.reg >= base && slot.reg <= base + 2; });
    auto place = std::find_if(state->slots.begin(), state->slots.end(),
                              [&](const FrameSlot &slot) { return slot.reg > base; });
    place = state->slots.insert(place, {uint16_t(base + 2), {generator, nullptr}});
    if (sums)
      state->slots.insert(place, {base, {total, nullptr}});
    b.atEnd(loop);
    Step s;
    s.next = b.iterNext(generator, -1, call->state);
    s.test = b.isBound(s.next);
    s.branch = b.branchTo(s.test, step, exit);
    b.atEnd(step);
    Inst *item = b.refineType(s.next, Type::any());
    s.items.push_back(item);
    if (sums) {
      toLoop(b.sumStep(total, item, call->state));
    } else {
      Block *found = f_.addBlock(), *onwards = f_.addBlock();
      Inst *truth = b.truth(item, -1, call->state);
      bool any = kind == ResumeKind::any;
      b.branchTo(truth, any ? found : onwards, any ? onwards : found);
      b.atEnd(found);
      b.jumpTo(after, {b.boxBool(b.constBool(any))});
      b.atEnd(onwards);
      toLoop(nullptr);
    }
    b.atEnd(exit);
    b.jumpTo(after, {sums ? total : b.boxBool(b.constBool(kind == ResumeKind::all))});
    Function::replace(call, result);
    GeneratorCopy(f_, *body, generator, s, state).run();
    return true;
  }

  /// The body of [generator] if it may be copied to the place of its only consumer.
  const Function *bodyFor(Inst *generator, Inst *next) {
    if (!context_.inlineBody || !generator->is(Op::NewGenerator) || !onlyUse(generator, next))
      return nullptr;
    const Module &module = *f_.module;
    const CodeRef &code = module.codes[size_t(generator->imms[1])];
    if (!code.unit || !code.unit->handlers.empty() || code.name == f_.name)
      return nullptr;
    unsigned depth = 0;
    for (FrameState *s = next->state; s; s = s->caller, ++depth)
      if (module.codes[s->code].name == code.name)
        return nullptr;
    std::string name = code.name; // the list of code objects may move
    const Function *body = depth < kMaxDepth ? context_.inlineBody(*f_.module, name) : nullptr;
    bool fits = body && body->kind == FunctionKind::generator && !delegates(*body) &&
                sizeOf(*body) <= kMaxBody && sizeOf(*body) + sizeOf(f_) <= kMaxFunction;
    return fits ? body : nullptr;
  }

  /// `yield from` is resumed with the registers still in the frame.
  static bool delegates(const Function &body) {
    for (const Block *b : body.blocks)
      for (const Inst *inst : b->insts)
        if (inst->is(Op::DelegateStep))
          return true;
    return false;
  }

  /// Besides [next], only frame states and tests of its type see the generator.
  bool onlyUse(Inst *generator, Inst *next) const {
    for (Block *b : f_.blocks)
      for (Inst *inst : b->insts) {
        bool refined = inst->is(Op::GuardType) || inst->is(Op::RefineType) || inst->is(Op::HasType);
        for (Inst *v : inst->operands)
          if (throughGuards(v) == generator && inst != next && !refined)
            return false;
        bool passed = false;
        auto look = [&](const Edge &edge) {
          for (Inst *v : edge.args)
            passed |= throughGuards(v) == generator;
        };
        for (const Edge &edge : inst->edges)
          look(edge);
        look(inst->unwind);
        if (passed)
          return false;
      }
    return true;
  }

  bool findStep(Inst *next, Step &step) const {
    step.next = next;
    Block *home = next->block;
    auto at = std::find(home->insts.begin(), home->insts.end(), next) + 1;
    std::vector<Inst *> rest(at, home->insts.end());
    if (rest.size() == 1 && rest[0]->is(Op::Jump) && rest[0]->edges[0].args.empty() &&
        onlyFrom(rest[0]->edges[0].target, home))
      rest = rest[0]->edges[0].target->insts;
    for (Inst *inst : rest) {
      if (inst->is(Op::IsBound) && Function::resolve(inst->operand(0)) == next && !step.test)
        step.test = inst;
      else if (inst->is(Op::Branch) && step.test && Function::resolve(inst->operand(0)) == step.test)
        step.branch = inst;
      else if (isPure(*inst) && inst->operands.empty())
        step.moved.push_back(inst);
      else
        return false;
    }
    if (!step.branch)
      return false;
    Block *body = step.branch->edges[0].target, *exit = step.branch->edges[1].target;
    if (body == exit || !onlyFrom(body, step.branch->block))
      return false;
    for (Block *b : f_.blocks)
      for (Inst *use : b->insts) {
        bool uses = std::any_of(use->operands.begin(), use->operands.end(),
                                [&](Inst *v) { return Function::resolve(v) == next; });
        for (Edge &edge : use->edges)
          for (Inst *v : edge.args)
            if (Function::resolve(v) == next)
              return false;
        if (!uses || use == step.test)
          continue;
        if (!use->is(Op::RefineType) || use->block != body)
          return false;
        step.items.push_back(use);
      }
    return true;
  }

  bool onlyFrom(Block *target, Block *from) const {
    unsigned ways = 0;
    for (Block *b : f_.blocks)
      forEachEdge(b, [&](Edge &e) { ways += e.target == target ? b == from ? 1 : 2 : 0; });
    return ways == 1;
  }

  Function &f_;
  PassContext &context_;
};

} // namespace

bool inlineGenerators(Function &f, PassContext &context) { return GeneratorInliner(f, context).run(); }

} // namespace krait::hir

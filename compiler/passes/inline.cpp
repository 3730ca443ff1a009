// inline: calls whose target is known (CallFunction, CallInit) become a copy of the callee's HIR. Frame
// states of the copy continue into the caller's state at the call; what the copy raises goes where the call's
// exceptions went.
//
// What is inlined: bodies of few instructions, not already being executed in the chain of frames at the call
// (so recursion is not unrolled), as long as the function does not grow beyond a limit. (Calls that the
// profile never saw are not narrowed, so they do not get here.)
#include "compiler/frontend/liveness.h"
#include "compiler/passes/copy.h"
#include "compiler/passes/pass.h"

#include <algorithm>
#include <map>

namespace krait::hir {

namespace {

constexpr size_t kMaxBody = 150;      // instructions of a callee
constexpr size_t kMaxFunction = 4000; // instructions of a caller after inlining
constexpr unsigned kMaxDepth = 8;     // frames in a chain
constexpr size_t kAlways = 25;        // a body of so few instructions is worth it even where it seldom runs
constexpr uint64_t kRarely =
    1000; // a call that runs so many times less often than the program's hottest function

std::string calleeName(const Module &module, const Inst *call) {
  const Cell &cell = module.cells[size_t(call->imms[0])];
  size_t equals =
      cell.kind == CellKind::method || cell.kind == CellKind::getter ? cell.descriptor.find('=') + 1 : 0;
  return cell.descriptor.substr(equals);
}

unsigned chainLength(const FrameState *s) {
  unsigned n = 0;
  for (; s; s = s->caller)
    ++n;
  return n;
}

/// Copies one callee into the place of one call.
class CalleeCopy : BodyCopy {
public:
  CalleeCopy(Function &f, const Function &body, Inst *call, FrameState *callerState)
      : BodyCopy(f, body, call, callerState), call_(call) {}

  void run() {
    Block *before = call_->block;
    after_ = f_.addBlock();
    splitBehindCall(before);
    for (size_t i = 0; i < body_.entry()->params.size(); ++i)
      values_[body_.entry()->params[i]] = call_->operand(i + 1);
    for (Block *b : body_.blocks)
      makeBlock(b);
    b_.atEnd(before);
    b_.jumpTo(blocks_[body_.entry()]);
    for (Block *b : body_.blocks)
      copyBlock(b);
    finishAll();
    connectResult();
    call_->block = nullptr;
  }

private:
  /// The call's block ends before the call; what follows goes to after_.
  void splitBehindCall(Block *before) {
    auto at = std::find(before->insts.begin(), before->insts.end(), call_);
    after_->insts.assign(at + 1, before->insts.end());
    before->insts.erase(at, before->insts.end());
    for (Inst *inst : after_->insts)
      inst->block = after_;
  }

  void makeBlock(Block *b) {
    Block *copy = blocks_[b] = f_.addBlock();
    if (b == body_.entry())
      return;
    for (Inst *p : b->params)
      values_[p] = f_.addParam(copy, p->type);
  }

  void copyBlock(Block *b) {
    Block *to = blocks_[b];
    for (Inst *inst : b->insts) {
      if (inst->is(Op::CurrentFunction)) {
        values_[inst] = call_->operand(0);
        continue;
      }
      if (inst->is(Op::Return)) {
        returns_.push_back({to, inst->operand(0)});
        continue;
      }
      copyInst(inst, to);
      to = behind(b, inst, to);
    }
  }

  void connectResult() {
    Inst *result = nullptr;
    if (call_->info().hasResult) {
      Type type;
      for (auto &[b, v] : returns_)
        type = type | v->type;
      result = f_.addParam(after_, type.isEmpty() ? Type::any() : type);
      Function::replace(call_, result);
    }
    for (auto &[b, v] : returns_) {
      b_.atEnd(b);
      std::vector<Inst *> args;
      if (result)
        args.push_back(value(v));
      b_.jumpTo(after_, std::move(args));
    }
  }

  Inst *call_;
  Block *after_ = nullptr;
  std::vector<std::pair<Block *, Inst *>> returns_;
};

class Inliner {
public:
  Inliner(Function &f, PassContext &context) : f_(f), context_(context) {}

  bool run() {
    bool changed = false;
    size_t size = sizeOf(f_);
    while (Inst *call = nextCall(size)) {
      const Function *body = bodyFor(call);
      size += sizeOf(*body);
      CalleeCopy(f_, *body, call, callerState(call)).run();
      f_.applyForwards();
      changed = true;
    }
    if (changed)
      f_.removeUnreachable();
    return changed;
  }

private:
  /// The first call to inline; those looked at and declined are remembered.
  Inst *nextCall(size_t size) {
    for (Block *b : f_.blocks)
      for (Inst *inst : b->insts) {
        if ((!inst->is(Op::CallFunction) && !inst->is(Op::CallInit)) || declined_[inst])
          continue;
        const Function *body = bodyFor(inst);
        if (body && size + sizeOf(*body) <= kMaxFunction && (sizeOf(*body) <= kAlways || !isRare(inst)))
          return inst;
        declined_[inst] = true;
      }
    return nullptr;
  }

  /// Driver code that calls everything once would only grow.
  bool isRare(const Inst *call) {
    const CodeUnit *unit = f_.module->codes[call->state->code].unit;
    if (!unit || !context_.program)
      return false;
    if (!hottest_)
      for (auto &code : context_.program->codes())
        if (code->profile)
          hottest_ = std::max(hottest_, code->profile->entries);
    const uint16_t *at = unit->units.data() + call->state->offset;
    int siteUnit = opcodeInfo(Opcode(*at)).siteUnit;
    if (siteUnit < 0)
      return false;
    const SiteDecision *site = context_.site(*f_.module, call->state->code, readWide(at + siteUnit));
    return site && site->count && site->count < hottest_ / kRarely;
  }

  const Function *bodyFor(Inst *call) {
    Module &module = *f_.module;
    if (!context_.inlineBody || !module.codes[call->state->code].unit ||
        chainLength(call->state) >= kMaxDepth)
      return nullptr;
    std::string name = calleeName(module, call);
    if (name == f_.name)
      return nullptr;
    for (FrameState *s = call->state; s; s = s->caller)
      if (module.codes[s->code].name == name)
        return nullptr;
    const Function *body = context_.inlineBody(module, name);
    if (!body || body->kind != FunctionKind::normal || sizeOf(*body) > kMaxBody ||
        body->entry()->params.size() + 1 != call->operands.size())
      return nullptr;
    return call->is(Op::CallFunction) || returnsNone(*body) ? body : nullptr;
  }

  static bool returnsNone(const Function &body) {
    for (const Block *b : body.blocks)
      if (b->last()->is(Op::Return) && !b->last()->operand(0)->type.is(Kind::None))
        return false;
    return true;
  }

  const Liveness &liveness(const CodeUnit &unit) {
    std::unique_ptr<Liveness> &live = liveness_[&unit];
    if (!live)
      live = std::make_unique<Liveness>(unit);
    return *live;
  }

  /// The caller's frame while the callee runs: variables, and what is live behind the call, and in the
  /// handler around it.
  FrameState *callerState(Inst *call) {
    FrameState *s = f_.newState(*call->state);
    const CodeUnit &unit = *f_.module->codes[s->code].unit;
    DecodedInst inst = decodeInst(unit.units.data(), s->offset);
    uint16_t result = uint16_t(inst.operands[0]);
    const Liveness &live = liveness(unit);
    const ExceptionRange *handler = unit.handlerAt(s->offset);
    std::erase_if(s->slots, [&](FrameSlot &slot) {
      bool behind = slot.reg != result && live.liveBefore(inst.offset + inst.length, slot.reg);
      bool caught = handler && slot.reg != handler->reg && live.liveBefore(handler->handler, slot.reg);
      return !behind && !caught &&
             (slot.reg == result || slot.reg >= unit.firstTempReg()); // see idle-variables
    });
    s->kind = ResumeKind::call;
    if (call->is(Op::CallInit)) {
      s->kind = ResumeKind::construct;
      FrameSlot slot{result, {call->operand(1), nullptr}};
      auto at = std::find_if(s->slots.begin(), s->slots.end(), [&](FrameSlot &o) { return o.reg >= result; });
      if (at != s->slots.end() && at->reg == result)
        *at = slot;
      else
        s->slots.insert(at, slot);
    }
    return s;
  }

  Function &f_;
  PassContext &context_;
  std::map<Inst *, bool> declined_;
  uint64_t hottest_ = 0; // entries of the function entered most often
  std::map<const CodeUnit *, std::unique_ptr<Liveness>> liveness_;
};

} // namespace

bool inlineCalls(Function &f, PassContext &context) { return Inliner(f, context).run(); }

} // namespace krait::hir

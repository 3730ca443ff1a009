// idle-variables: how far variables that nothing reads again stay alive. A variable keeps its object until it
// is assigned, deleted or its function ends: a temporary folder is there as long as the variable that holds
// it, whoever uses its name only. So frame states list idle variables too, which keeps their values in a
// register or on the stack wherever something may be collected. That must cost nothing where nobody can tell:
//
//   - no parameter of a loop is there for idle variables alone, so that an object made in one turn still
//     vanishes in the next (but not in generators);
//   - numbers, text and the like have no end that shows.
#include "compiler/frontend/liveness.h"
#include "compiler/hir/dominators.h"
#include "compiler/passes/pass.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>

namespace krait::hir {

namespace {

/// Values of these kinds refer to nothing, and nothing is told of their end.
constexpr Kind kPlain[] = {Kind::None,    Kind::Bool,   Kind::Int,     Kind::BigInt,  Kind::Float,
                           Kind::Str,     Kind::Bytes,  Kind::Range,   Kind::Builtin, Kind::Code,
                           Kind::Unbound, Kind::CInt64, Kind::CDouble, Kind::CBool};

class IdleVariables {
public:
  explicit IdleVariables(Function &function) : f_(function), needed_(function.nextInst) {}

  bool run() {
    collectStates();
    markNeeded();
    bool changed = false;
    for (FrameState *state : states_) {
      size_t before = state->slots.size();
      std::erase_if(state->slots, [&](const FrameSlot &slot) {
        return isIdle(*state, slot.reg) && (isFree(*state, slot.reg) || letsGo(slot.value));
      });
      changed |= state->slots.size() != before;
    }
    return changed;
  }

private:
  void collectStates() {
    for (Block *b : f_.blocks)
      for (Inst *inst : b->insts)
        for (FrameState *s = inst->state; s && states_.insert(s).second; s = s->caller) {
        }
  }

  /// Nothing reads the variable [reg] once the frame of [state] goes on.
  bool isIdle(const FrameState &state, uint16_t reg) {
    const CodeUnit &unit = *f_.module->codes[state.code].unit;
    if (reg >= unit.firstTempReg())
      return false;
    std::unique_ptr<Liveness> &live = liveness_[&unit];
    if (!live)
      live = std::make_unique<Liveness>(unit);
    if (state.kind == ResumeKind::at)
      return !live->liveBefore(state.offset, reg);
    DecodedInst inst = decodeInst(unit.units.data(), state.offset);
    const ExceptionRange *handler = unit.handlerAt(state.offset);
    bool goesOn = state.kind == ResumeKind::call || state.kind == ResumeKind::construct;
    return reg != inst.operands[0] && !live->liveBefore(inst.offset + inst.length, reg) &&
           !(handler && live->liveBefore(handler->handler, reg)) &&
           (goesOn || !live->liveBefore(inst.offset, reg));
  }

  /// Free variables belong to the function object.
  bool isFree(const FrameState &state, uint16_t reg) const {
    return reg >= f_.module->codes[state.code].unit->firstFreeReg();
  }

  void need(Inst *v) {
    v = Function::resolve(v);
    if (v && !needed_[v->id]) {
      needed_[v->id] = true;
      work_.push_back(v);
    }
  }
  void need(const FrameValue &v) {
    need(v.value);
    if (v.object && objects_.insert(v.object).second)
      for (const FrameValue &field : v.object->fields)
        need(field);
  }
  void need(FrameState *state) {
    for (; state && seen_.insert(state).second; state = state->caller) {
      need(state->function);
      for (const FrameSlot &slot : state->slots)
        if (!isIdle(*state, slot.reg))
          need(slot.value);
    }
  }

  /// As dce does, but idle variables need nothing, and arguments of a block are needed where the parameter
  /// is.
  void markNeeded() {
    ControlFlow cfg(f_);
    for (Block *b : f_.blocks)
      for (Inst *inst : b->insts)
        if (!isRemovable(*inst) || inst->unwind.target)
          need(inst);
    while (!work_.empty()) {
      Inst *v = work_.back();
      work_.pop_back();
      for (Inst *operand : v->operands)
        need(operand);
      need(v->state);
      if (isJoined(v))
        forArguments(cfg, v, [&](Inst *argument) { need(argument); });
    }
    // A generator's variables come from its frame on the ways that resume it, so they all meet in a loop.
    if (f_.kind != FunctionKind::generator)
      markTurning(cfg);
  }

  template <typename Use> static void forArguments(const ControlFlow &cfg, const Inst *param, Use use) {
    const std::vector<Inst *> &params = param->block->params;
    size_t i = size_t(std::find(params.begin(), params.end(), param) - params.begin());
    for (const ControlFlow::Incoming &in : cfg.incoming(param->block))
      use(in.edge->args[i]);
  }

  /// Finds the parameters that nothing needs and that carry something from one turn of a loop to the next,
  /// or to behind the loop.
  void markTurning(const ControlFlow &cfg) {
    turning_.resize(f_.nextInst);
    for (Block *b : cfg.order()) {
      bool header =
          std::ranges::any_of(cfg.incoming(b), [&](const auto &in) { return cfg.dominates(b, in.from); });
      for (Inst *param : b->params)
        if (isJoined(param) && !needed_[param->id])
          forArguments(cfg, param, [&](Inst *argument) {
            argument = Function::resolve(argument);
            if (header || (argument && turning_[argument->id]))
              turning_[param->id] = true;
          });
    }
  }

  bool isJoined(const Inst *v) const { return v->is(Op::Param) && v->block && v->block != f_.entry(); }

  bool letsGo(const FrameValue &value) {
    if (value.object) {
      for (const FrameValue &field : value.object->fields)
        if (!letsGo(field))
          return false;
      return true;
    }
    Inst *v = Function::resolve(value.value);
    if (!v)
      return true;
    if (f_.kind == FunctionKind::loop) {
      // The interpreter's frame keeps what it had when the loop was entered, until it is told of a deletion.
      if (v->is(Op::Param) && v->block == f_.entry())
        return true;
      if (v->is(Op::ConstUnbound))
        return false;
    }
    while (v->is(Op::RefineType) && !needed_[v->id])
      v = Function::resolve(v->operand(0));
    if (!turning_.empty() && turning_[v->id])
      return true;
    uint64_t plain = 0;
    for (Kind kind : kPlain)
      plain |= Type(kind).bits();
    return !(v->type.bits() & ~plain);
  }

  Function &f_;
  std::set<FrameState *> states_, seen_;
  std::set<VirtualObject *> objects_;
  std::vector<bool> needed_, turning_; // by number of the instruction
  std::vector<Inst *> work_;
  std::map<const CodeUnit *, std::unique_ptr<Liveness>> liveness_;
};

} // namespace

bool idleVariables(Function &f, PassContext &context) {
  // Others look at these.
  if (context.showsVariables && context.showsVariables(*f.module, f.code))
    return false;
  return IdleVariables(f).run();
}

} // namespace krait::hir

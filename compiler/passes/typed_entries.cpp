// Typed entries: a compiled function whose parameters are guarded first thing becomes two. The typed one takes numbers in machine
// registers and other words of the kinds it wants, checks nothing, and gives an int or float result as a machine value; the generic
// one has the guards, opens the arguments and hands over. Compiled callers that know the kinds go to the typed one directly.
#include "compiler/hir/builder.h"
#include "compiler/passes/middle_end.h"

#include <algorithm>
#include <map>

namespace krait {

using hir::Function;
using hir::Inst;
using hir::Kind;
using hir::Op;
using hir::Type;

namespace {

class TypedEntry {
public:
  TypedEntry(hir::Module &module, Function &f) : module_(module), f_(f), guards_(f.entry()->params.size()) {}

  /// The generic entry, if [f] became a typed one; else null.
  Function *run() {
    if (f_.kind != hir::FunctionKind::normal)
      return nullptr;
    findGuards();
    f_.typedResult = resultType();
    bool any = std::any_of(guards_.begin(), guards_.end(), [](Inst *g) { return g; });
    if (!any && f_.typedResult.isEmpty())
      return nullptr;
    Function *generic = makeGeneric();
    openParameters();
    f_.typed = true;
    f_.name += ".typed";
    return generic;
  }

private:
  /// The guards of parameters that the function starts with, whose states know nothing but parameters.
  void findGuards() {
    auto &params = f_.entry()->params;
    for (Inst *inst : f_.entry()->insts) {
      if (inst->is(Op::CurrentFunction))
        continue;
      auto at = inst->is(Op::GuardType) ? std::find(params.begin(), params.end(), inst->operand(0)) : params.end();
      if (at == params.end() || !startsThere(inst->state))
        return;
      Inst *&guard = guards_[size_t(at - params.begin())];
      if (!guard)
        guard = inst;
    }
  }

  bool startsThere(hir::FrameState *state) const {
    const auto &params = f_.entry()->params;
    auto known = [&](const hir::FrameValue &v) {
      return !v.object &&
             (!v.value || v.value->is(Op::CurrentFunction) || std::find(params.begin(), params.end(), v.value) != params.end());
    };
    return !state->caller && known(state->function) &&
           std::all_of(state->slots.begin(), state->slots.end(), [&](const hir::FrameSlot &slot) { return known(slot.value); });
  }

  /// Int or Float if every result is one; empty otherwise.
  Type resultType() const {
    Type all;
    for (hir::Block *b : f_.blocks)
      if (b->last() && b->last()->is(Op::Return))
        all = all | b->last()->operand(0)->type.kindsOnly();
    return all.is(Kind::Int) ? Type(Kind::Int) : all.is(Kind::Float) ? Type(Kind::Float) : Type();
  }

  Type wanted(size_t i) const { return guards_[i] ? guards_[i]->typeImm.kindsOnly() : f_.entry()->params[i]->type; }

  Function *makeGeneric() {
    Function *generic = module_.addFunction(f_.name, f_.code);
    hir::Block *block = generic->addBlock();
    std::map<Inst *, Inst *> copies;
    for (Inst *p : f_.entry()->params)
      copies[p] = generic->addParam(block, p->type);
    hir::Builder b(generic);
    b.atEnd(block);
    Inst *function = b.currentFunction();
    auto copied = [&](hir::FrameValue &v) {
      if (v.value)
        v.value = v.value->is(Op::CurrentFunction) ? function : copies.at(v.value);
    };
    std::vector<Inst *> args;
    for (size_t i = 0; i < guards_.size(); ++i) {
      Inst *v = copies.at(f_.entry()->params[i]);
      if (guards_[i]) {
        hir::FrameState *state = generic->newState(*guards_[i]->state);
        copied(state->function);
        for (hir::FrameSlot &slot : state->slots)
          copied(slot.value);
        v = b.guardType(v, wanted(i), hir::DeoptReason(guards_[i]->imms.back()), state);
      }
      args.push_back(wanted(i).is(Kind::Int) ? b.unboxInt(v) : wanted(i).is(Kind::Float) ? b.unboxFloat(v) : v);
    }
    b.returnTyped(function, args);
    return generic;
  }

  void openParameters() {
    hir::Block *entry = f_.entry();
    hir::Builder b(&f_);
    std::vector<Inst *> boxes;
    b.into(entry, &boxes);
    for (size_t i = 0; i < guards_.size(); ++i) {
      if (!guards_[i])
        continue;
      Inst *old = entry->params[i];
      Type t = wanted(i);
      Inst *param = f_.newInst(Op::Param);
      param->block = entry;
      param->type = t.is(Kind::Int) ? Type(Kind::CInt64) : t.is(Kind::Float) ? Type(Kind::CDouble) : t;
      entry->params[i] = param;
      Inst *word = t.is(Kind::Int) ? b.boxInt(param) : t.is(Kind::Float) ? b.boxFloat(param) : param;
      Function::replace(old, word);
      Function::replace(guards_[i], word);
      old->block = guards_[i]->block = nullptr;
      entry->insts.erase(std::find(entry->insts.begin(), entry->insts.end(), guards_[i]));
    }
    entry->insts.insert(entry->insts.begin(), boxes.begin(), boxes.end());
    f_.applyForwards();
  }

  hir::Module &module_;
  Function &f_;
  std::vector<Inst *> guards_; // by parameter; null if it is taken as it comes
};

} // namespace

void MiddleEnd::makeTypedEntries() {
  if (program_.looksAtFrames())
    return;
  for (size_t i = 0, count = module_.functions.size(); i < count; ++i) {
    Function &f = *module_.functions[i];
    if (Function *generic = TypedEntry(module_, f).run()) {
      hir::finishTyped(f, options_);
      if (options_.verify)
        hir::verifyOrDie(*generic, "typed entries");
    }
  }
}

} // namespace krait

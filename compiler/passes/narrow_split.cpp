// Sites that saw a few shapes or call targets: one arm for each, chosen by a test that does not leave
// (HasShape, HasCell), and a block where the arms meet. The last arm of an attribute access guards (or is the
// generic access, if the record is cut off); the last arm of a call is the generic call.
#include "compiler/passes/narrow.h"

#include <algorithm>
#include <map>

namespace krait::hir {

/// More arms than this cost more than the generic operation.
static constexpr size_t kMaxArms = 4;

/// Takes instruction [at] out; what stands behind it goes to a new block, where the arms will meet.
Block *Narrow::cutBehind(Block *block, size_t at) {
  Block *after = f_.addBlock();
  block->insts[at]->block = nullptr;
  after->insts.assign(block->insts.begin() + long(at) + 1, block->insts.end());
  for (Inst *inst : after->insts)
    inst->block = after;
  block->insts.resize(at);
  b_.atEnd(block);
  return after;
}

/// Appends a chain of tests for [shapes] to the builder's block; [arm](guarded object, shape) fills each arm
/// and ends it. If the shapes are not [complete], the block behind the last test is left open for other ones.
template <class F>
void Narrow::shapeArms(Inst *inst, Inst *object, const std::vector<std::string> &shapes, bool complete,
                       F arm) {
  for (size_t i = 0; i < shapes.size(); ++i) {
    uint32_t cell = module_.cell(CellKind::shape, shapes[i]);
    if (complete && i + 1 == shapes.size()) {
      arm(b_.guardShape(object, cell, DeoptReason::ReceiverShape, inst->state), shapes[i]);
      return;
    }
    Block *yes = f_.addBlock(), *no = f_.addBlock();
    b_.branchTo(b_.hasShape(object, cell), yes, no);
    b_.atEnd(yes);
    arm(b_.refineType(object, Kind::Object), shapes[i]);
    b_.atEnd(no);
  }
}

/// [inst] again, at the end of the builder's block, without its site: what that saw is dealt with.
Inst *Narrow::genericCopy(Inst *inst) {
  Inst *copy = f_.newInst(inst->op);
  for (Inst *v : inst->operands)
    copy->operands.push_back(Function::resolve(v));
  copy->imms = inst->imms;
  copy->imms.back() = -1;
  copy->type = inst->type;
  copy->state = inst->state;
  copy->block = b_.block();
  b_.block()->insts.push_back(copy);
  return copy;
}

/// What [copy], made for [inst], may raise goes where that of [inst] went; the builder goes on behind it.
void Narrow::continueBehind(Inst *inst, Inst *copy) {
  if (!inst->unwind.target)
    return;
  copy->unwind = inst->unwind;
  copy->unwindFrames = inst->unwindFrames;
  Block *next = f_.addBlock();
  b_.jumpTo(next);
  b_.atEnd(next);
}

/// The shapes that operand 0 of the operation was seen to have, if they are a few; else empty.
static std::vector<std::string> fewShapes(const SiteDecision *d, bool *complete = nullptr) {
  if (complete && d && !d->someShapes.empty() && d->someShapes.size() <= kMaxArms) {
    *complete = false;
    return d->someShapes;
  }
  if (!d || d->operands.empty() || d->operands[0].shapes.size() < 2 ||
      d->operands[0].shapes.size() > kMaxArms)
    return {};
  return d->operands[0].shapes;
}

static bool allHave(const std::vector<std::string> &shapes, const std::string &name) {
  return !shapes.empty() && std::all_of(shapes.begin(), shapes.end(),
                                        [&](const std::string &s) { return ShapeName(s).index(name) >= 0; });
}

bool Narrow::splitLoadAttr(Block *block, size_t at) {
  Inst *inst = block->insts[at];
  bool complete = true;
  std::vector<std::string> shapes = fewShapes(decision(inst), &complete);
  const std::string &name = nameOf(inst, 1);
  if (!allHave(shapes, name))
    return false;
  Block *after = cutBehind(block, at);
  Inst *result = f_.addParam(after, Type::any());
  shapeArms(inst, Function::resolve(inst->operand(0)), shapes, complete,
            [&](Inst *object, const std::string &shape) {
              b_.jumpTo(after, {loadSlot(inst, object, shape, ShapeName(shape).index(name))});
            });
  if (!complete) {
    Inst *copy = genericCopy(inst);
    continueBehind(inst, copy);
    b_.jumpTo(after, {copy});
  }
  Function::replace(inst, result);
  return true;
}

bool Narrow::splitStoreAttr(Block *block, size_t at) {
  Inst *inst = block->insts[at];
  bool complete = true;
  std::vector<std::string> shapes = fewShapes(decision(inst), &complete);
  const std::string &name = nameOf(inst, 1);
  if (!allHave(shapes, name))
    return false;
  Block *after = cutBehind(block, at);
  Inst *value = Function::resolve(inst->operand(1));
  shapeArms(inst, Function::resolve(inst->operand(0)), shapes, complete,
            [&](Inst *object, const std::string &shape) {
              b_.storeSlot(object, value, module_.cell(CellKind::shape, shape), ShapeName(shape).index(name));
              b_.jumpTo(after);
            });
  if (!complete) {
    continueBehind(inst, genericCopy(inst));
    b_.jumpTo(after);
  }
  return true;
}

/// The function that looking [name] up on objects of [shape] finds, as far as text and record tell; empty if
/// they do not.
std::string Narrow::methodFor(const std::string &shape, const std::string &name,
                              const SiteDecision *called) const {
  ShapeName parts(shape);
  if (parts.index(name) >= 0 || !context_.program)
    return {};
  if (const ProgramCode *own = context_.program->method(parts.className, name))
    return own->name;
  // Inherited from where the text does not show: what was called.
  if (called && called->target.kind == Target::Kind::function)
    return called->target.name;
  return {};
}

Inst *Narrow::findCall(const Inst *method, Inst *&self) const {
  Inst *call = nullptr;
  for (Block *b : f_.blocks)
    for (Inst *use : b->insts) {
      if (use->is(Op::ExtraResult) && Function::resolve(use->operand(0)) == method)
        self = use;
      if ((use->is(Op::Call) || use->is(Op::CallKw)) && Function::resolve(use->operand(0)) == method)
        call = use;
    }
  return call;
}

/// Do none but [users], their states and their unwind edges mention [values]?
bool Narrow::usedOnlyBy(const std::vector<Inst *> &values, const std::vector<Inst *> &users) const {
  auto among = [](const std::vector<Inst *> &all, const Inst *v) { return std::find(all.begin(), all.end(), v) != all.end(); };
  auto isOne = [&](Inst *v) { return v && among(values, Function::resolve(v)); };
  for (Block *b : f_.blocks)
    for (Inst *inst : b->insts) {
      if (among(users, inst))
        continue;
      bool found = std::any_of(inst->operands.begin(), inst->operands.end(), isOne);
      for (Edge &edge : inst->edges)
        found |= std::any_of(edge.args.begin(), edge.args.end(), isOne);
      found |= std::any_of(inst->unwind.args.begin(), inst->unwind.args.end(), isOne);
      if (inst->state)
        forEachFrameValue(inst->state, [&](FrameValue &v) { found |= isOne(v.value); });
      if (found)
        return false;
    }
  return true;
}

/// A method look-up and its call in one block: an arm for each shape does all of it, with what stands between (the
/// arguments), so that one test finds both the function and what it may assume of its receiver.
bool Narrow::splitMethodCall(Block *block, size_t at) {
  constexpr size_t kMaxBetween = 8;
  Inst *inst = block->insts[at], *self = nullptr, *call = findCall(inst, self);
  std::vector<std::string> shapes = fewShapes(decision(inst));
  if (!call || !self || shapes.empty() || call->block != block || self->block != block)
    return false;
  size_t last = size_t(std::find(block->insts.begin(), block->insts.end(), call) - block->insts.begin());
  if (last <= at || last - at > kMaxBetween + 2)
    return false;
  std::vector<Inst *> segment(block->insts.begin() + long(at), block->insts.begin() + long(last) + 1);
  std::vector<Inst *> inside(segment.begin(), segment.end() - 1);
  for (Inst *one : inside)
    if (one->unwind.target || one->info().ends)
      return false;
  if (std::find(inside.begin(), inside.end(), self) == inside.end() || !usedOnlyBy(inside, segment))
    return false;
  const std::string &name = nameOf(inst, 1);
  std::vector<std::string> cells;
  for (const std::string &shape : shapes) {
    std::string function = methodFor(shape, name, decision(call));
    if (function.empty())
      return false;
    cells.push_back(ShapeName(shape).className + "." + name + "=" + function);
  }
  Inst *receiver = Function::resolve(inst->operand(0));
  Block *after = cutBehind(block, last);
  block->insts.resize(at);
  Inst *result = f_.addParam(after, Type::any());
  size_t arm = 0;
  shapeArms(inst, receiver, shapes, true, [&](Inst *object, const std::string &) {
    uint32_t cell = module_.cell(CellKind::method, cells[arm++]);
    b_.guardCell(cell, DeoptReason::ClassChanged, inst->state);
    std::map<Inst *, Inst *> copies = {{inst, b_.loadLateBound(cell)}, {self, object}};
    auto mapped = [&](Inst *v) {
      v = Function::resolve(v);
      auto it = copies.find(v);
      return it == copies.end() ? v : it->second;
    };
    Inst *copy = nullptr;
    for (Inst *one : segment) {
      if (one == inst || one == self)
        continue;
      copy = f_.newInst(one->op);
      copy->imms = one->imms;
      copy->typeImm = one->typeImm;
      copy->type = one->type;
      for (Inst *v : one->operands)
        copy->operands.push_back(mapped(v));
      if (one->state) {
        copy->state = f_.newState(*one->state);
        if (copy->state->function.value)
          copy->state->function.value = mapped(copy->state->function.value);
        for (FrameSlot &slot : copy->state->slots)
          if (slot.value.value)
            slot.value.value = mapped(slot.value.value);
      }
      copy->block = b_.block();
      b_.block()->insts.push_back(copy);
      copies[one] = copy;
    }
    if (call->unwind.target) {
      continueBehind(call, copy);
      for (Inst *&v : copy->unwind.args)
        v = mapped(v);
    }
    b_.jumpTo(after, {copy});
  });
  for (Inst *one : segment)
    one->block = nullptr;
  Function::replace(call, result);
  return true;
}

bool Narrow::splitLoadMethod(Block *block, size_t at) {
  Inst *inst = block->insts[at], *self = nullptr, *call = findCall(inst, self);
  std::vector<std::string> shapes = fewShapes(decision(inst));
  if (!call || !self || shapes.empty())
    return false;
  const std::string &name = nameOf(inst, 1);
  const SiteDecision *called = decision(call);
  std::vector<std::string> cells;
  for (const std::string &shape : shapes) {
    std::string function = methodFor(shape, name, called);
    if (function.empty())
      return false;
    cells.push_back(ShapeName(shape).className + "." + name + "=" + function);
  }
  Block *after = cutBehind(block, at);
  Inst *function = f_.addParam(after, Type::any()), *receiver = f_.addParam(after, Type::any());
  size_t arm = 0;
  shapeArms(inst, Function::resolve(inst->operand(0)), shapes, true, [&](Inst *object, const std::string &) {
    uint32_t cell = module_.cell(CellKind::method, cells[arm++]);
    b_.guardCell(cell, DeoptReason::ClassChanged, inst->state);
    b_.jumpTo(after, {b_.loadLateBound(cell), object});
  });
  Function::replace(inst, function);
  Function::replace(self, receiver);
  std::erase(self->block->insts, self);
  self->block = nullptr;
  return true;
}

bool Narrow::splitCall(Block *block, size_t at) {
  Inst *inst = block->insts[at];
  const SiteDecision *d = decision(inst);
  if (!d || d->targets.size() < 2 || d->targets.size() > kMaxArms || !context_.program)
    return false;
  Inst *callee = Function::resolve(inst->operand(0));
  if (callee->is(Op::LoadLateBound))
    return false; // known already
  for (Inst *&v : inst->operands)
    v = Function::resolve(v);
  const Type &selfType = inst->operand(1)->type;
  if (selfType.has(Kind::Unbound) && !selfType.is(Kind::Unbound))
    return false;
  for (const Target &t : d->targets)
    if (!context_.program->find(t.name) || t.name.find("<locals>") != std::string::npos)
      return false;
  Block *after = cutBehind(block, at);
  Inst *result = f_.addParam(after, Type::any());
  auto finish = [&](Inst *call) {
    continueBehind(inst, call);
    b_.jumpTo(after, {call});
  };
  for (const Target &t : d->targets) {
    const ProgramCode &code = *context_.program->find(t.name);
    uint32_t cell = module_.cell(CellKind::function, t.name);
    Block *yes = f_.addBlock(), *no = f_.addBlock();
    b_.branchTo(b_.hasCell(callee, cell), yes, no);
    b_.atEnd(yes);
    Inst *function = b_.refineType(callee, Kind::Function);
    std::vector<Inst *> args;
    Inst *self = selfType.is(Kind::Unbound) ? nullptr : inst->operand(1);
    // Arguments that do not fit are the generic call's to complain about.
    if (bindArguments(inst, code, function, self, args))
      finish(b_.callFunction(function, args, cell, inst->state));
    else
      b_.jumpTo(no);
    b_.atEnd(no);
  }
  Inst *generic = genericCopy(inst);
  finish(generic);
  Function::replace(inst, result);
  return true;
}

bool Narrow::runSplit() {
  // Blocks grow while they are walked: what stands behind a split is looked at in its new block.
  for (size_t i = 0; i < f_.blocks.size(); ++i) {
    Block *b = f_.blocks[i];
    for (size_t at = 0; at < b->insts.size(); ++at) {
      Inst *inst = b->insts[at];
      bool generic = inst->is(Op::GenericOp);
      bool split = generic && inst->bytecode() == Opcode::LoadAttr     ? splitLoadAttr(b, at)
                   : generic && inst->bytecode() == Opcode::StoreAttr  ? splitStoreAttr(b, at)
                   : generic && inst->bytecode() == Opcode::LoadMethod ? splitMethodCall(b, at) || splitLoadMethod(b, at)
                   : inst->is(Op::Call) || inst->is(Op::CallKw)        ? splitCall(b, at)
                                                                       : false;
      if (split) {
        changed_ = true;
        break;
      }
    }
  }
  f_.applyForwards();
  f_.removeUnreachable();
  return changed_;
}

bool splitSites(Function &f, PassContext &context) { return Narrow(f, context).runSplit(); }

} // namespace krait::hir

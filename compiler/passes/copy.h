// copy.h - copies of frame states, virtual objects and whole bodies, for passes that put one piece of HIR in
// the place of another.
#pragma once

#include "compiler/hir/builder.h"

#include <map>
#include <vector>

namespace krait::hir {

/// Copies of the virtual objects in frame values: one for each original, however often it is met.
class ObjectCopies {
public:
  explicit ObjectCopies(Function &f) : f_(f) {}

  /// Calls [each](FrameValue &) for [v]; its object, then, gives way to a copy, whose fields are treated
  /// alike.
  template <class F> void visit(FrameValue &v, F &each) {
    each(v);
    if (!v.object)
      return;
    auto [at, fresh] = copies_.try_emplace(v.object);
    if (fresh) {
      VirtualObject *copy = f_.newObject();
      uint32_t id = copy->id;
      *copy = *v.object;
      copy->id = id;
      at->second = copy;
      for (FrameValue &field : copy->fields)
        visit(field, each);
    }
    v.object = at->second;
  }

private:
  Function &f_;
  std::map<const VirtualObject *, VirtualObject *> copies_;
};

/// A copy of the chain of [state] (states are shared, so a change takes a new one), in which
/// [each](FrameValue &) saw every value.
template <class F> FrameState *copyState(Function &f, const FrameState &state, F each) {
  ObjectCopies objects(f);
  FrameState *copy = f.newState(state);
  for (FrameState *s = copy; s; s = s->caller) {
    objects.visit(s->function, each);
    for (FrameSlot &slot : s->slots)
      objects.visit(slot.value, each);
    if (s->caller)
      s->caller = f.newState(*s->caller);
  }
  return copy;
}

/// Instructions of a function: the measure of what is worth copying.
size_t sizeOf(const Function &f);

/// Copies the blocks of [body] into [f] in the place of [site]: frame states continue into [callerState], and
/// what the copy raises goes where the exceptions of [site] went. The class over this one says what begins,
/// ends and stands for what.
class BodyCopy {
protected:
  BodyCopy(Function &f, const Function &body, Inst *site, FrameState *callerState)
      : f_(f), body_(body), site_(site), callerState_(callerState), objects_(f), b_(&f) {}

  /// A copy of [inst] at the end of [to], still without operands: finishAll() fills them in, once every value
  /// has its copy.
  Inst *copyInst(Inst *inst, Block *to);
  /// Where the copy goes on behind [inst] of [b]: an instruction that has got a place for its exceptions ends
  /// its block.
  Block *behind(const Block *b, const Inst *inst, Block *to);
  void finishAll();
  /// The copy of [v].
  Inst *value(Inst *v) { return values_.at(Function::resolve(v)); }

  Function &f_;
  const Function &body_;
  Inst *site_;
  FrameState *callerState_;
  ObjectCopies objects_;
  Builder b_;
  std::map<Inst *, Inst *> values_;
  std::map<Block *, Block *> blocks_;

private:
  Edge edge(const Edge &e);
  FrameState *state(FrameState *s);

  std::map<FrameState *, FrameState *> states_;
  std::vector<std::pair<Inst *, const Inst *>> copied_;
};

} // namespace krait::hir

// lower-states: frame states refer to machine values in place of the boxes made of them; leaving compiled
// code boxes them (in a virtual object, unless the field itself is a machine value). Boxes that only states
// wanted become unused.
#include "compiler/passes/pass.h"

namespace krait::hir {

namespace {

/// What [v] is a box of, seen through guards and refinements that only narrow its type; null if it is no box.
Inst *unboxed(Inst *v) {
  while (v->is(Op::GuardType) || v->is(Op::RefineType) || v->is(Op::CheckBound))
    v = v->operand(0);
  return v->is(Op::BoxInt) || v->is(Op::BoxFloat) || v->is(Op::BoxBool) ? v->operand(0) : nullptr;
}

} // namespace

bool lowerStates(Function &f, PassContext &) {
  bool changed = false;
  auto fix = [&](FrameValue &v) {
    if (Inst *machine = v.value ? unboxed(v.value) : nullptr) {
      v.value = machine;
      changed = true;
    }
  };
  for (FrameState &state : f.stateStore)
    for (FrameSlot &slot : state.slots)
      fix(slot.value);
  for (VirtualObject &object : f.objectStore)
    for (FrameValue &field : object.fields)
      fix(field);
  return changed;
}

} // namespace krait::hir

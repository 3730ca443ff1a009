// for loops over built-in iterables: the iterator becomes an object of fields (which escape analysis then
// takes apart), and its step plain arithmetic.
#include "compiler/passes/narrow.h"

#include <algorithm>

namespace krait::hir {

Inst *Narrow::narrowGetIter(Inst *inst) {
  const SiteDecision *d = decision(inst);
  Type t = expected(inst, d, 0, 0).kindsOnly();
  Inst *v = inst->operand(0);
  // An iterator is its own.
  const Type iterators = Type(Kind::RangeIter) | Type(Kind::ListIter) | Type(Kind::TupleIter) |
                         Type(Kind::StrIter) | Type(Kind::DictIter) | Type(Kind::Enumerate) |
                         Type(Kind::Zip) | Type(Kind::Generator);
  if (v->type.kindsOnly().isSubtypeOf(iterators))
    return v;
  return iteratorOf(inst, v, t);
}

Inst *Narrow::iteratorOf(Inst *inst, Inst *v, Type t) {
  if (t.is(Kind::Range)) {
    Inst *range = guarded(inst, v, t, DeoptReason::ReceiverType);
    auto field = [&](Field f) {
      return b_.unboxInt(guarded(inst, b_.loadField(range, f), Kind::Int, DeoptReason::OperandType));
    };
    Inst *start = field(Field::Range_start), *stop = field(Field::Range_stop),
         *step = field(Field::Range_step);
    Inst *length = b_.rangeLength(start, stop, step, DeoptReason::Overflow, inst->state);
    return b_.new_({start, length, step}, Layout::RangeIter);
  }
  if (t.is(Kind::List))
    return b_.new_({guarded(inst, v, t, DeoptReason::ReceiverType), b_.constInt(0)}, Layout::ListIter);
  if (t.is(Kind::Tuple))
    return b_.new_({guarded(inst, v, t, DeoptReason::ReceiverType), b_.constInt(0)}, Layout::TupleIter);
  if (t.is(Kind::Str))
    return b_.new_({guarded(inst, v, t, DeoptReason::ReceiverType), b_.constInt(0)}, Layout::StrIter);
  return nullptr;
}

/// The test and branch that the builder puts behind IterNext.
bool Narrow::loopShape(Inst *next, LoopShape &shape) const {
  for (Block *b : f_.blocks)
    for (Inst *use : b->insts) {
      bool uses = std::any_of(use->operands.begin(), use->operands.end(),
                              [&](Inst *v) { return Function::resolve(v) == next; });
      if (!uses)
        continue;
      if (use->is(Op::IsBound) && !shape.test)
        shape.test = use;
      else if (use->is(Op::RefineType))
        shape.items.push_back(use);
      else
        return false;
    }
  if (!shape.test)
    return false;
  Inst *branch = shape.test->block->last();
  if (!branch->is(Op::Branch) || Function::resolve(branch->operand(0)) != shape.test)
    return false;
  shape.body = branch->edges[0].target;
  shape.exit = branch->edges[1].target;
  // Both sides are reached from here only, and the item is used in the body.
  for (Block *b : f_.blocks) {
    bool bad = false;
    forEachEdge(b, [&](Edge &e) {
      bad |= (e.target == shape.body || e.target == shape.exit) && b != shape.test->block;
    });
    if (bad)
      return false;
  }
  return shape.body != shape.exit &&
         std::all_of(shape.items.begin(), shape.items.end(), [&](Inst *i) { return i->block == shape.body; });
}

void Narrow::replaceLoop(const LoopShape &shape, Inst *has, Inst *item, const std::vector<Inst *> &inBody,
                         const std::vector<Inst *> &inExit) {
  for (Inst *i : inBody)
    i->block = shape.body;
  for (Inst *i : inExit)
    i->block = shape.exit;
  shape.body->insts.insert(shape.body->insts.begin(), inBody.begin(), inBody.end());
  shape.exit->insts.insert(shape.exit->insts.begin(), inExit.begin(), inExit.end());
  Function::replace(shape.test, has);
  shape.test->op = Op::ConstBool; // replaced everywhere
  shape.test->operands.clear();
  shape.test->imms = {0};
  for (Inst *refine : shape.items) {
    Function::replace(refine, item);
    std::erase(shape.body->insts, refine);
    refine->block = nullptr;
  }
}

Inst *Narrow::narrowIterNext(Inst *inst) {
  const SiteDecision *d = decision(inst);
  Type t = expected(inst, d, 0, 0).kindsOnly();
  LoopShape shape;
  bool items = d && !d->operands.empty() && d->operands[0].className == "dict_itemiterator" && t.has(Kind::Object);
  if (items && loopShape(inst, shape))
    return nextOfItems(inst, shape);
  bool known = t.is(Kind::RangeIter) || t.is(Kind::ListIter) || t.is(Kind::TupleIter) ||
               t.is(Kind::StrIter) || t.is(Kind::Enumerate);
  if (!known || !loopShape(inst, shape))
    return nullptr;
  Inst *iterator = guarded(inst, inst->operand(0), t, DeoptReason::ReceiverType);
  if (t.is(Kind::RangeIter))
    return nextOfRange(inst, iterator, shape);
  if (t.is(Kind::Enumerate))
    return nextOfEnumerate(inst, iterator, shape);
  return nextOfSequence(inst, iterator, shape,
                        t.is(Kind::ListIter)    ? Layout::ListIter
                        : t.is(Kind::TupleIter) ? Layout::TupleIter
                                                : Layout::StrIter);
}

Inst *Narrow::nextOfRange(Inst *inst, Inst *iterator, const LoopShape &shape) {
  Inst *remaining = b_.loadField(iterator, Field::RangeIter_remaining);
  Inst *has = b_.compareInt(remaining, b_.constInt(0), Cond::gt);
  Builder body(&f_);
  std::vector<Inst *> list;
  body.into(shape.body, &list);
  Inst *next = body.loadField(iterator, Field::RangeIter_next),
       *step = body.loadField(iterator, Field::RangeIter_step);
  // One step past the last item may leave 63 bits; it is never looked at then.
  body.storeField(iterator, body.addInt(next, step), Field::RangeIter_next);
  body.storeField(iterator, body.subInt(remaining, body.constInt(1)), Field::RangeIter_remaining);
  replaceLoop(shape, has, body.boxInt(next), list, {});
  return inst;
}

Inst *Narrow::nextOfSequence(Inst *inst, Inst *iterator, const LoopShape &shape, Layout layout) {
  Field sequenceField = firstField(layout), indexField = Field(unsigned(sequenceField) + 1);
  Type want = fieldInfo(sequenceField).type.without(Kind::Unbound);
  // An iterator exhausted before keeps nothing to look at; that is left to the interpreter.
  Inst *sequence = guarded(inst, b_.loadField(iterator, sequenceField), want, DeoptReason::ReceiverType);
  Inst *index = b_.loadField(iterator, indexField);
  Inst *size = layout == Layout::ListIter    ? b_.listSize(sequence)
               : layout == Layout::TupleIter ? b_.tupleSize(sequence)
                                             : b_.strSize(sequence);
  Inst *has = b_.compareInt(index, size, Cond::lt);
  Builder side(&f_);
  std::vector<Inst *> body, exit;
  side.into(shape.body, &body);
  Inst *item = layout == Layout::ListIter    ? side.loadListItem(sequence, index)
               : layout == Layout::TupleIter ? side.loadTupleItem(sequence, index)
                                             : side.loadStrItem(sequence, index);
  side.storeField(iterator, side.addInt(index, side.constInt(1)), indexField);
  side.into(shape.exit, &exit);
  side.storeField(iterator, side.constUnbound(), sequenceField);
  replaceLoop(shape, has, item, body, exit);
  return inst;
}

/// The step of the iterator inside, and a pair made of what it gives.
Inst *Narrow::nextOfEnumerate(Inst *inst, Inst *iterator, const LoopShape &shape) {
  Inst *count =
      guarded(inst, b_.loadField(iterator, Field::Enumerate_count), Kind::Int, DeoptReason::OperandType);
  Inst *next = b_.guardAddInt(b_.unboxInt(count), b_.constInt(1), DeoptReason::Overflow, inst->state);
  Inst *inner = b_.iterNext(b_.loadField(iterator, Field::Enumerate_iterator), -1, inst->state);
  inner->unwind = inst->unwind;
  inner->unwindFrames = inst->unwindFrames;
  Builder body(&f_);
  std::vector<Inst *> list;
  body.into(shape.body, &list);
  body.storeField(iterator, body.boxInt(next), Field::Enumerate_count);
  Inst *item = body.refineType(inner, Type::any());
  return finishPair(shape, list, body.newTuple({count, item}), inner);
}

/// The item is [pair], made by [list] at the head of the body.
Inst *Narrow::finishPair(const LoopShape &shape, std::vector<Inst *> &list, Inst *pair, Inst *inner) {
  for (Inst *i : list)
    i->block = shape.body;
  shape.body->insts.insert(shape.body->insts.begin(), list.begin(), list.end());
  for (Inst *refine : shape.items) {
    Function::replace(refine, pair);
    std::erase(shape.body->insts, refine);
    refine->block = nullptr;
  }
  return inner;
}

/// dict.items(): the step gives the key, the value lies where the iterator stands; the pair mostly vanishes.
Inst *Narrow::nextOfItems(Inst *inst, const LoopShape &shape) {
  Inst *iterator = inst->operand(0);
  b_.guardTrue(native(inst, "krt_typed_isItemIter", {iterator}, Kind::CBool), DeoptReason::ReceiverType, inst->state);
  Inst *key = native(inst, "krt_typed_itemIterKey", {iterator}, Type::any() | Type(Kind::Unbound));
  Builder body(&f_);
  std::vector<Inst *> list;
  body.into(shape.body, &list);
  Inst *value = body.callNative({iterator}, nativeCall("krt_typed_itemIterValue"), Type::any(), inst->state);
  return finishPair(shape, list, body.newTuple({body.refineType(key, Type::any()), value}), key);
}

} // namespace krait::hir

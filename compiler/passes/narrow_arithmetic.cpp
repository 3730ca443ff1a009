// Arithmetic and comparisons of ints, floats and strings.
#include "compiler/passes/narrow.h"

namespace krait::hir {

namespace {

const Type kNumber = Type(Kind::Int) | Type(Kind::Float) | Type(Kind::Bool);

/// An in-place operator on immutable operands is the plain one.
Opcode plainOperator(Opcode op) {
  if (op >= Opcode::InplaceAdd && op <= Opcode::InplaceXor)
    return Opcode(unsigned(op) - unsigned(Opcode::InplaceAdd) + unsigned(Opcode::Add));
  return op;
}
static_assert(unsigned(Opcode::InplaceXor) - unsigned(Opcode::InplaceAdd) ==
                  unsigned(Opcode::Xor) - unsigned(Opcode::Add),
              "in-place operators follow the order of the plain ones");

bool isComparison(Opcode op) { return op >= Opcode::Lt && op <= Opcode::Ge; }
Cond condOf(Opcode op) {
  static_assert(unsigned(Opcode::Ge) - unsigned(Opcode::Lt) == 5, "Lt Le Eq Ne Gt Ge");
  return Cond(unsigned(op) - unsigned(Opcode::Lt));
}

} // namespace

Inst *Narrow::asFloat(Inst *v) {
  if (v->type.is(Kind::Float))
    return b_.unboxFloat(v);
  return b_.intToFloat(asInt(v));
}

Inst *Narrow::asInt(Inst *v) {
  return v->type.is(Kind::Bool) ? b_.boolToInt(b_.unboxBool(v)) : b_.unboxInt(v);
}

/// (a, b) == (c, d) of tuples made here, item by item where one side of each pair is an int.
Inst *Narrow::tupleEquality(Inst *inst, Opcode op) {
  auto made = [](Inst *v) {
    while (v->is(Op::GuardType) || v->is(Op::RefineType))
      v = v->operand(0);
    return v;
  };
  Inst *left = made(inst->operand(0)), *right = made(inst->operand(1));
  size_t count = left->operands.size();
  if (!left->is(Op::NewTuple) || !right->is(Op::NewTuple) || !count || count > 4 || right->operands.size() != count)
    return nullptr;
  for (size_t i = 0; i < count; ++i)
    if (!left->operand(i)->type.is(Kind::Int) && !right->operand(i)->type.is(Kind::Int))
      return nullptr;
  Inst *different = nullptr;
  for (size_t i = 0; i < count; ++i) {
    Inst *a = guarded(inst, left->operand(i), Kind::Int, DeoptReason::OperandType);
    Inst *b = guarded(inst, right->operand(i), Kind::Int, DeoptReason::OperandType);
    Inst *one = b_.boolToInt(b_.compareInt(b_.unboxInt(a), b_.unboxInt(b), Cond::ne));
    different = different ? b_.orInt(different, one) : one;
  }
  return b_.boxBool(b_.compareInt(different, b_.constInt(0), op == Opcode::Eq ? Cond::eq : Cond::ne));
}

Inst *Narrow::narrowBinary(Inst *inst) {
  const SiteDecision *d = decision(inst);
  Opcode op = plainOperator(inst->bytecode());
  Type left = expected(inst, d, 0, 0).kindsOnly(), right = expected(inst, d, 1, 1).kindsOnly();
  auto whole = [](const Type &t) { return !t.isEmpty() && t.isSubtypeOf(Type::longInt()); };
  bool overflow = d && d->overflow;
  if (d && d->count && whole(left) && whole(right) && (overflow || left.has(Kind::BigInt) || right.has(Kind::BigInt)))
    return longBinary(inst, op, left, right);
  if (overflow)
    return nullptr;
  if (!d || !d->count) {
    // Nothing is known of the site: ints are taken to stay small.
    auto small = [](Type &t) {
      if (t.isSubtypeOf(Type::longInt()) && t.has(Kind::Int))
        t = Kind::Int;
    };
    small(left);
    small(right);
  }
  if (op == Opcode::Eq || op == Opcode::Ne)
    if (Inst *equality = tupleEquality(inst, op))
      return equality;
  if (left.is(Kind::Str) && right.is(Kind::Str)) {
    if (op != Opcode::Add && !isComparison(op))
      return nullptr;
    return strBinary(inst, op, guarded(inst, inst->operand(0), Kind::Str, DeoptReason::OperandType),
                     guarded(inst, inst->operand(1), Kind::Str, DeoptReason::OperandType));
  }
  auto single = [](const Type &t) { return t.is(Kind::Int) || t.is(Kind::Float) || t.is(Kind::Bool); };
  if (!left.isSubtypeOf(kNumber) || !right.isSubtypeOf(kNumber) || !single(left) || !single(right))
    return nullptr;
  Inst *a = guarded(inst, inst->operand(0), left, DeoptReason::OperandType);
  Inst *b = guarded(inst, inst->operand(1), right, DeoptReason::OperandType);
  bool real = left.is(Kind::Float) || right.is(Kind::Float);
  if (!real) {
    // bool & bool is a bool, which the int form would not give.
    if (left.is(Kind::Bool) && right.is(Kind::Bool) &&
        (op == Opcode::And || op == Opcode::Or || op == Opcode::Xor))
      return nullptr;
    return intBinary(inst, op, asInt(a), asInt(b));
  }
  // An int beyond 53 bits compares with a float exactly in Python, not by its rounded value.
  auto exact = [](Inst *v) {
    return !v->type.has(Kind::Int) ||
           (v->type.lo() >= -(int64_t(1) << 53) && v->type.hi() <= int64_t(1) << 53);
  };
  if (isComparison(op) && !(exact(a) && exact(b)))
    return nullptr;
  return floatBinary(inst, op, asFloat(a), asFloat(b));
}

/// Ints of any size; a site that saw large ones would leave all the time as a machine operation.
Inst *Narrow::longBinary(Inst *inst, Opcode op, Type left, Type right) {
  // Where large ones were seen, small ones are as good: a guard less, and the next operation sees the last one itself.
  auto operand = [&](size_t i, Type t) {
    Inst *v = inst->operand(i);
    if (v->type.isSubtypeOf(Type::longInt()))
      return v;
    return guarded(inst, v, t.has(Kind::BigInt) ? Type::longInt() : t, DeoptReason::OperandType);
  };
  if (isComparison(op)) {
    Inst *a = operand(0, left), *b = operand(1, right);
    return b_.boxBool(b_.compareLong(a, b, condOf(op), 0));
  }
  switch (op) {
  case Opcode::Add:
  case Opcode::Sub:
  case Opcode::Mul:
  case Opcode::FloorDiv:
  case Opcode::Mod:
  case Opcode::LShift:
  case Opcode::RShift:
  case Opcode::And:
  case Opcode::Or:
  case Opcode::Xor: {
    Inst *a = operand(0, left), *b = operand(1, right);
    Inst *result = b_.longOp(a, b, op, 0, inst->state);
    result->unwind = inst->unwind;
    result->unwindFrames = inst->unwindFrames;
    return result;
  }
  default:
    return nullptr;
  }
}

Inst *Narrow::intBinary(Inst *inst, Opcode op, Inst *l, Inst *r) {
  FrameState *s = inst->state;
  if (isComparison(op))
    return b_.boxBool(b_.compareInt(l, r, condOf(op)));
  switch (op) {
  case Opcode::Add:
    return b_.boxInt(b_.guardAddInt(l, r, DeoptReason::Overflow, s));
  case Opcode::Sub:
    return b_.boxInt(b_.guardSubInt(l, r, DeoptReason::Overflow, s));
  case Opcode::Mul:
    return b_.boxInt(b_.guardMulInt(l, r, DeoptReason::Overflow, s));
  case Opcode::FloorDiv:
    return b_.boxInt(b_.guardFloorDivInt(l, r, DeoptReason::DivisionByZero, s));
  case Opcode::Mod:
    return b_.boxInt(b_.guardModInt(l, r, DeoptReason::DivisionByZero, s));
  case Opcode::TrueDiv:
    return b_.boxFloat(b_.guardTrueDivInt(l, r, DeoptReason::DivisionByZero, s));
  // A negative exponent gives a float; it leaves each time, so only constants are taken.
  case Opcode::Pow:
    return r->type.lo() >= 0 ? b_.boxInt(b_.guardPowInt(l, r, DeoptReason::Overflow, s)) : nullptr;
  case Opcode::LShift:
    return b_.boxInt(b_.guardShlInt(l, r, DeoptReason::ShiftCount, s));
  case Opcode::RShift:
    return b_.boxInt(b_.guardShrInt(l, r, DeoptReason::ShiftCount, s));
  case Opcode::And:
    return b_.boxInt(b_.andInt(l, r));
  case Opcode::Or:
    return b_.boxInt(b_.orInt(l, r));
  case Opcode::Xor:
    return b_.boxInt(b_.xorInt(l, r));
  default:
    return nullptr;
  }
}

Inst *Narrow::floatBinary(Inst *inst, Opcode op, Inst *l, Inst *r) {
  FrameState *s = inst->state;
  if (isComparison(op))
    return b_.boxBool(b_.compareFloat(l, r, condOf(op)));
  switch (op) {
  case Opcode::Add:
    return b_.boxFloat(b_.addFloat(l, r));
  case Opcode::Sub:
    return b_.boxFloat(b_.subFloat(l, r));
  case Opcode::Mul:
    return b_.boxFloat(b_.mulFloat(l, r));
  case Opcode::TrueDiv:
    return b_.boxFloat(b_.guardDivFloat(l, r, DeoptReason::DivisionByZero, s));
  case Opcode::FloorDiv:
    return b_.boxFloat(b_.guardFloorDivFloat(l, r, DeoptReason::DivisionByZero, s));
  case Opcode::Mod:
    return b_.boxFloat(b_.guardModFloat(l, r, DeoptReason::DivisionByZero, s));
  case Opcode::Pow:
    return b_.boxFloat(b_.guardPowFloat(l, r, DeoptReason::Overflow, s));
  default:
    return nullptr;
  }
}

Inst *Narrow::strBinary(Inst *inst, Opcode op, Inst *l, Inst *r) {
  if (op == Opcode::Add) {
    // Raises MemoryError at most; inside a try it keeps the generic form with its unwind edge.
    return inst->unwind.target ? nullptr : b_.concatStr(l, r, inst->state);
  }
  if (op == Opcode::Eq || op == Opcode::Ne) {
    Inst *equal = b_.equalStr(l, r);
    return b_.boxBool(op == Opcode::Eq ? equal : b_.notBool(equal));
  }
  return b_.boxBool(b_.compareStr(l, r, condOf(op)));
}

Inst *Narrow::narrowUnary(Inst *inst) {
  const SiteDecision *d = decision(inst);
  Type t = expected(inst, d, 0, 0).kindsOnly();
  if ((!t.is(Kind::Int) && !t.is(Kind::Float)) || (d && d->overflow))
    return nullptr;
  Inst *v = guarded(inst, inst->operand(0), t, DeoptReason::OperandType);
  switch (inst->bytecode()) {
  case Opcode::Pos:
    return v;
  case Opcode::Neg:
    if (t.is(Kind::Float))
      return b_.boxFloat(b_.negFloat(b_.unboxFloat(v)));
    return b_.boxInt(b_.guardSubInt(b_.constInt(0), b_.unboxInt(v), DeoptReason::Overflow, inst->state));
  default: // ~v = v ^ -1
    return t.is(Kind::Int) ? b_.boxInt(b_.xorInt(b_.unboxInt(v), b_.constInt(-1))) : nullptr;
  }
}

} // namespace krait::hir

// Operators on instances of classes of the program: calls of the special methods that the classes define.
//
// A binary operator tries the left operand's method first where the right one is of the same class or of an exact built-in
// kind, and is done with it unless the result is NotImplemented. Methods that may return that, as far as their HIR shows, are
// left to the runtime: then nothing has to be tried behind the call.
#include "compiler/passes/narrow.h"

#include <algorithm>

namespace krait::hir {

static const char *specialMethod(Opcode op) {
  switch (op) {
  case Opcode::Add:
    return "__add__";
  case Opcode::Sub:
    return "__sub__";
  case Opcode::Mul:
    return "__mul__";
  case Opcode::TrueDiv:
    return "__truediv__";
  case Opcode::FloorDiv:
    return "__floordiv__";
  case Opcode::Mod:
    return "__mod__";
  case Opcode::MatMul:
    return "__matmul__";
  case Opcode::And:
    return "__and__";
  case Opcode::Or:
    return "__or__";
  case Opcode::Xor:
    return "__xor__";
  case Opcode::Lt:
    return "__lt__";
  case Opcode::Le:
    return "__le__";
  case Opcode::Eq:
    return "__eq__";
  case Opcode::Ne:
    return "__ne__";
  case Opcode::Gt:
    return "__gt__";
  case Opcode::Ge:
    return "__ge__";
  case Opcode::Neg:
    return "__neg__";
  case Opcode::GetItem:
    return "__getitem__";
  default:
    return nullptr;
  }
}

static bool mayReturnNotImplemented(const Function &body) {
  return std::any_of(body.blocks.begin(), body.blocks.end(), [](const Block *b) {
    if (!b->last()->is(Op::Return))
      return false;
    const Type &t = b->last()->operand(0)->type;
    return t.has(Kind::Object) && t.shape() < 0;
  });
}

/// The runtime method of the class that operand 0 was seen to be of, called with the operands; null if that does not say
/// all that the operator does.
Inst *Narrow::narrowSpecialMethod(Inst *inst) {
  const SiteDecision *d = decision(inst);
  const char *name = specialMethod(inst->bytecode());
  if (!name || !d || d->operands.empty() || d->operands[0].shape.empty() || !context_.program || !context_.inlineBody)
    return nullptr;
  // A fused comparison and jump has no register for the call's result.
  const CodeUnit *unit = module_.codes[inst->state->code].unit;
  if (!unit || decodeInst(unit->units.data(), inst->state->offset).op != inst->bytecode())
    return nullptr;
  const std::string &shape = d->operands[0].shape;
  ShapeName parts(shape);
  const ProgramCode *method = context_.program->method(parts.className, name);
  if (!method || method->unit->isGeneratorLike() || method->unit->argcount != inst->operands.size() ||
      method->unit->kwonlyargcount || (method->unit->flags & (kCodeVarArgs | kCodeVarKeywords)))
    return nullptr;
  bool binary = inst->operands.size() == 2 && inst->bytecode() != Opcode::GetItem;
  std::string rightShape;
  Type right;
  if (binary) {
    if (d->operands.size() < 2)
      return nullptr;
    right = d->operands[1].type.kindsOnly();
    rightShape = d->operands[1].shape;
    bool same = !rightShape.empty() && ShapeName(rightShape).className == parts.className;
    if (right.has(Kind::Object) && !same)
      return nullptr;
    const Function *body = context_.inlineBody(module_, method->name);
    if (!body || mayReturnNotImplemented(*body))
      return nullptr;
  }
  Inst *self = b_.guardShape(inst->operand(0), module_.cell(CellKind::shape, shape), DeoptReason::ReceiverShape,
                             inst->state);
  std::vector<Inst *> args = {self};
  if (inst->operands.size() == 2)
    args.push_back(inst->operand(1));
  if (binary)
    args[1] = right.has(Kind::Object)
                  ? b_.guardShape(args[1], module_.cell(CellKind::shape, rightShape), DeoptReason::OperandType, inst->state)
                  : guarded(inst, args[1], right, DeoptReason::OperandType);
  uint32_t cell = module_.cell(CellKind::method, parts.className + "." + name + "=" + method->name);
  b_.guardCell(cell, DeoptReason::ClassChanged, inst->state);
  Inst *call = b_.callFunction(b_.loadLateBound(cell), args, cell, inst->state);
  call->unwind = inst->unwind;
  call->unwindFrames = inst->unwindFrames;
  return call;
}

} // namespace krait::hir

// Comparisons and conditions: fused compare-and-jump, chains, short circuits, and the warnings about odd
// comparisons, subscripts and calls of literals.
#include "compiler/frontend/codegen.h"

namespace krait {

using namespace ast;

namespace {

struct CompareRow {
  Opcode value, jumpTrue, jumpFalse;
};
constexpr CompareRow kCompare[] = {
    {Opcode::Eq, Opcode::JumpIfEq, Opcode::JumpIfNotEq},
    {Opcode::Ne, Opcode::JumpIfNe, Opcode::JumpIfNotNe},
    {Opcode::Lt, Opcode::JumpIfLt, Opcode::JumpIfNotLt},
    {Opcode::Le, Opcode::JumpIfLe, Opcode::JumpIfNotLe},
    {Opcode::Gt, Opcode::JumpIfGt, Opcode::JumpIfNotGt},
    {Opcode::Ge, Opcode::JumpIfGe, Opcode::JumpIfNotGe},
    {Opcode::Is, Opcode::JumpIfIs, Opcode::JumpIfIsNot},
    {Opcode::IsNot, Opcode::JumpIfIsNot, Opcode::JumpIfIs},
    {Opcode::In, Opcode::JumpIfIn, Opcode::JumpIfNotIn},
    {Opcode::NotIn, Opcode::JumpIfNotIn, Opcode::JumpIfIn},
};
static_assert(unsigned(CmpOperator::Eq) == 0 && unsigned(CmpOperator::GtE) == 5 &&
              unsigned(CmpOperator::NotIn) == 9);

bool isNone(Expr *e) {
  const ast::Constant *c = constantOf(e);
  return c && c->kind == ConstantKind::None;
}

/// Name of the class that [e] surely evaluates to, or null.
const char *literalType(Expr *e) {
  switch (e->kind) {
  case NodeKind::TupleExpr:
    return "tuple";
  case NodeKind::ListExpr:
  case NodeKind::ListCompExpr:
    return "list";
  case NodeKind::DictExpr:
  case NodeKind::DictCompExpr:
    return "dict";
  case NodeKind::SetExpr:
  case NodeKind::SetCompExpr:
    return "set";
  case NodeKind::GeneratorExpExpr:
    return "generator";
  case NodeKind::LambdaExpr:
    return "function";
  case NodeKind::JoinedStrExpr:
  case NodeKind::FormattedValueExpr:
    return "str";
  case NodeKind::ConstantExpr: {
    constexpr const char *kNames[] = {"NoneType", "bool", "bool",  "ellipsis", "int",      "float",
                                      "complex",  "str",  "bytes", "tuple",    "frozenset"};
    return kNames[unsigned(static_cast<ConstantExpr *>(e)->value->kind)];
  }
  default:
    return nullptr;
  }
}

/// [e] is a literal whose identity means nothing.
bool isValueLiteral(Expr *e) {
  const ast::Constant *c = constantOf(e);
  return c && c->kind > ConstantKind::Ellipsis;
}

} // namespace

// ---- Warnings -----------------------------------------------------------------------------------------

void CodeGen::checkCompare(CompareExpr *e) {
  Expr *left = e->left;
  for (uint32_t i = 0; i < e->ops.size(); ++i) {
    Expr *right = e->comparators[i];
    bool is = e->ops[i] == CmpOperator::Is, isNot = e->ops[i] == CmpOperator::IsNot;
    if ((is || isNot) && (isValueLiteral(left) || isValueLiteral(right)))
      return shared_.warn(e->loc, is ? "\"is\" with a literal. Did you mean \"==\"?"
                                     : "\"is not\" with a literal. Did you mean \"!=\"?");
    left = right;
  }
}

void CodeGen::checkCaller(CallExpr *e) {
  switch (e->func->kind) {
  case NodeKind::ConstantExpr:
  case NodeKind::TupleExpr:
  case NodeKind::ListExpr:
  case NodeKind::ListCompExpr:
  case NodeKind::DictExpr:
  case NodeKind::DictCompExpr:
  case NodeKind::SetExpr:
  case NodeKind::SetCompExpr:
  case NodeKind::GeneratorExpExpr:
  case NodeKind::JoinedStrExpr:
  case NodeKind::FormattedValueExpr:
    return shared_.warn(e->loc, std::string("'") + literalType(e->func) +
                                    "' object is not callable; perhaps you missed a comma?");
  default:
    return;
  }
}

void CodeGen::checkSubscripter(Expr *value) {
  if (const ast::Constant *c = constantOf(value)) {
    bool fine =
        c->kind == ConstantKind::Str || c->kind == ConstantKind::Bytes || c->kind == ConstantKind::Tuple;
    if (fine)
      return;
  } else if (value->kind != NodeKind::SetExpr && value->kind != NodeKind::SetCompExpr &&
             value->kind != NodeKind::GeneratorExpExpr && value->kind != NodeKind::LambdaExpr) {
    return;
  }
  shared_.warn(value->loc, std::string("'") + literalType(value) +
                               "' object is not subscriptable; perhaps you missed a comma?");
}

void CodeGen::checkIndex(Expr *value, Expr *index) {
  const char *indexType = literalType(index);
  const ast::Constant *i = constantOf(index);
  if (!indexType || index->kind == NodeKind::SliceExpr ||
      (i &&
       (i->kind == ConstantKind::Int || i->kind == ConstantKind::True || i->kind == ConstantKind::False)))
    return;
  const ast::Constant *c = constantOf(value);
  bool sequence = value->kind == NodeKind::TupleExpr || value->kind == NodeKind::ListExpr ||
                  value->kind == NodeKind::ListCompExpr || value->kind == NodeKind::JoinedStrExpr ||
                  value->kind == NodeKind::FormattedValueExpr ||
                  (c && (c->kind == ConstantKind::Str || c->kind == ConstantKind::Bytes ||
                         c->kind == ConstantKind::Tuple));
  if (sequence)
    shared_.warn(value->loc, std::string(literalType(value)) + " indices must be integers or slices, not " +
                                 indexType + "; perhaps you missed a comma?");
}

// ---- Values -------------------------------------------------------------------------------------------

void CodeGen::compare(CompareExpr *e, Reg dest) {
  checkCompare(e);
  uint32_t last = e->ops.size() - 1;
  Reg left = operandBefore(e->left, {e->comparators[0]}, last ? kAbsent : dest);
  if (last == 0) {
    Reg right = operand(e->comparators[0]);
    return emit(kCompare[unsigned(e->ops[0])].value, at(e), {dest, left, right});
  }
  Reg result = early(dest);
  Label end = newLabel();
  for (uint32_t i = 0; i <= last; ++i) {
    Reg right =
        i < last ? operandBefore(e->comparators[i], {e->comparators[i + 1]}) : operand(e->comparators[i]);
    emit(kCompare[unsigned(e->ops[i])].value, at(e), {result, left, right});
    if (i < last)
      emit(Opcode::JumpIfFalse, at(e), {result, end});
    left = right;
  }
  place(end);
  move(dest, result, at(e));
}

// ---- Conditions ---------------------------------------------------------------------------------------

void CodeGen::jumpOne(CmpOperator op, bool when, Reg left, Reg right, Label target, const SourceRange &loc) {
  const CompareRow &row = kCompare[unsigned(op)];
  emit(when ? row.jumpTrue : row.jumpFalse, loc, {left, right, target});
}

void CodeGen::compareJump(CompareExpr *e, Label target, bool when) {
  checkCompare(e);
  conditionLoc_ = at(e);
  uint32_t last = e->ops.size() - 1;
  if (last == 0 && (e->ops[0] == CmpOperator::Is || e->ops[0] == CmpOperator::IsNot) &&
      isNone(e->comparators[0])) {
    Reg value = operand(e->left);
    bool ifNone = (e->ops[0] == CmpOperator::Is) == when;
    return emit(ifNone ? Opcode::JumpIfNone : Opcode::JumpIfNotNone, at(e), {value, target});
  }
  Label skip = newLabel();
  Reg left = operandBefore(e->left, {e->comparators[0]});
  for (uint32_t i = 0; i < last; ++i) {
    Reg right = operandBefore(e->comparators[i], {e->comparators[i + 1]});
    jumpOne(e->ops[i], false, left, right, when ? skip : target, at(e));
    left = right;
  }
  Reg right = operand(e->comparators[last]);
  jumpOne(e->ops[last], when, left, right, target, at(e));
  place(skip);
}

SourceRange CodeGen::condition(Expr *e, Label target, bool when, const SourceRange &loc) {
  SourceRange outer = conditionLoc_;
  conditionLoc_ = loc;
  branch(e, target, when);
  SourceRange result = conditionLoc_;
  conditionLoc_ = outer;
  return result;
}

void CodeGen::branch(Expr *e, Label target, bool when) {
  if (enterNode()) {
    TempScope scope(*this);
    branchInner(e, target, when);
  }
  --shared_.depth;
}

void CodeGen::branchInner(Expr *e, Label target, bool when) {
  if (const ast::Constant *c = constantOf(e)) {
    if (constantTruth(*c) == when)
      return emitJump(target, at(e));
    return emit(Opcode::Nop, at(e));
  }
  if (auto *n = as<UnaryOpExpr>(e); n && n->op == UnaryOperator::Not)
    return branch(n->operand, target, !when);
  if (auto *n = as<BoolOpExpr>(e)) {
    bool isOr = n->op == BoolOperator::Or;
    // `a or b` is decided as soon as one is true; `a and b` as soon as one is false.
    Label skip = newLabel();
    for (uint32_t i = 0; i + 1 < n->values.size(); ++i)
      branch(n->values[i], isOr == when ? target : skip, isOr);
    branch(n->values.back(), target, when);
    return place(skip);
  }
  if (auto *n = as<IfExpExpr>(e)) {
    Label orelse = newLabel(), end = newLabel();
    branch(n->test, orelse, false);
    branch(n->body, target, when);
    emitJump(end);
    place(orelse);
    branch(n->orelse, target, when);
    return place(end);
  }
  if (auto *n = as<CompareExpr>(e))
    return compareJump(n, target, when);
  Reg value = operand(e);
  emit(when ? Opcode::JumpIfTrue : Opcode::JumpIfFalse, conditionLoc_, {value, target});
}

} // namespace krait

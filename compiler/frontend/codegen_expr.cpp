// Expressions: names, operators, attributes, subscripts, f-strings, yield and await.
#include "compiler/frontend/codegen.h"

namespace krait {

using namespace ast;

namespace {

/// [e] cannot contain := (decided by its kind alone).
bool cannotAssign(Expr *e) {
  return !e || e->kind == NodeKind::NameExpr || e->kind == NodeKind::ConstantExpr;
}

constexpr Opcode kBinary[] = {Opcode::Add, Opcode::Sub, Opcode::Mul,     Opcode::MatMul, Opcode::TrueDiv,
                              Opcode::Mod, Opcode::Pow, Opcode::LShift,  Opcode::RShift, Opcode::Or,
                              Opcode::Xor, Opcode::And, Opcode::FloorDiv};
static_assert(unsigned(Operator::Add) == 0 && unsigned(Operator::MatMult) == 3 &&
              unsigned(Operator::Div) == 4 && unsigned(Operator::Pow) == 6 &&
              unsigned(Operator::BitOr) == 9 && unsigned(Operator::FloorDiv) == 12);

} // namespace

/// Counts one level of nesting; false if there are too many. The caller decrements.
bool CodeGen::enterNode() {
  if (!nestedTooDeep(++shared_.depth, kMaxCompileDepth))
    return true;
  setRecursionError(shared_.error);
  return false;
}

// ---- Where a value is ---------------------------------------------------------------------------------

Reg CodeGen::operandIn(Expr *e, Reg scratch) {
  if (auto *c = as<ConstantExpr>(e))
    return kConstBank + constantIndex(toConstant(*c->value));
  if (auto *n = as<NameExpr>(e)) {
    if (Reg reg = localOf(n->id); reg != kAbsent) {
      emit(Opcode::CheckLocal, at(e), {reg});
      return reg;
    }
  }
  Reg dest = isTemp(scratch) ? scratch : temp();
  into(e, dest);
  return dest;
}

Reg CodeGen::operand(Expr *e) { return operandIn(e, kAbsent); }

Reg CodeGen::operandBefore(Expr *e, std::initializer_list<Expr *> next, Reg scratch) {
  auto *n = as<NameExpr>(e);
  if (n && !isModuleLike_) {
    const Symbol *symbol = scope_->find(mangle(n->id));
    bool safe = !symbol || !(symbol->flags & kSymWalrus);
    if (!safe) {
      safe = true;
      for (Expr *other : next)
        safe &= cannotAssign(other);
    }
    if (!safe) {
      Reg dest = isTemp(scratch) ? scratch : temp();
      into(e, dest);
      return dest;
    }
  }
  return operandIn(e, scratch);
}

// ---- Into a register ----------------------------------------------------------------------------------

void CodeGen::into(Expr *e, Reg dest) {
  if (enterNode()) {
    TempScope scope(*this);
    intoInner(e, dest);
  }
  --shared_.depth;
}

void CodeGen::intoInner(Expr *e, Reg dest) {
  switch (e->kind) {
  case NodeKind::ConstantExpr:
    return loadConst(dest, toConstant(*static_cast<ConstantExpr *>(e)->value), at(e));
  case NodeKind::NameExpr:
    return loadName(static_cast<NameExpr *>(e)->id, dest, at(e));
  case NodeKind::NamedExprExpr: {
    auto *n = static_cast<NamedExprExpr *>(e);
    Reg value = early(dest);
    into(n->value, value);
    storeTo(n->target, value);
    return move(dest, value, at(e));
  }
  case NodeKind::BoolOpExpr:
    return boolOp(static_cast<BoolOpExpr *>(e), dest);
  case NodeKind::BinOpExpr:
    return binary(static_cast<BinOpExpr *>(e), dest);
  case NodeKind::UnaryOpExpr:
    return unary(static_cast<UnaryOpExpr *>(e), dest);
  case NodeKind::LambdaExpr:
    return lambda(static_cast<LambdaExpr *>(e), dest);
  case NodeKind::IfExpExpr:
    return ifExp(static_cast<IfExpExpr *>(e), dest);
  case NodeKind::DictExpr:
    return dictDisplay(static_cast<DictExpr *>(e), dest);
  case NodeKind::SetExpr:
    return setDisplay(static_cast<SetExpr *>(e), dest);
  case NodeKind::ListCompExpr: {
    auto *n = static_cast<ListCompExpr *>(e);
    return comprehension(e, "<listcomp>", ComprehensionKind::List, n->generators, n->elt, nullptr, dest);
  }
  case NodeKind::SetCompExpr: {
    auto *n = static_cast<SetCompExpr *>(e);
    return comprehension(e, "<setcomp>", ComprehensionKind::Set, n->generators, n->elt, nullptr, dest);
  }
  case NodeKind::DictCompExpr: {
    auto *n = static_cast<DictCompExpr *>(e);
    return comprehension(e, "<dictcomp>", ComprehensionKind::Dict, n->generators, n->key, n->value, dest);
  }
  case NodeKind::GeneratorExpExpr: {
    auto *n = static_cast<GeneratorExpExpr *>(e);
    return comprehension(e, "<genexpr>", ComprehensionKind::Generator, n->generators, n->elt, nullptr, dest);
  }
  case NodeKind::AwaitExpr:
    return await(static_cast<AwaitExpr *>(e), dest);
  case NodeKind::YieldExpr:
    return yield(static_cast<YieldExpr *>(e), dest);
  case NodeKind::YieldFromExpr:
    return yieldFrom(static_cast<YieldFromExpr *>(e), dest);
  case NodeKind::CompareExpr:
    return compare(static_cast<CompareExpr *>(e), dest);
  case NodeKind::CallExpr:
    return call(static_cast<CallExpr *>(e), dest);
  case NodeKind::FormattedValueExpr:
    return formatted(static_cast<FormattedValueExpr *>(e), dest);
  case NodeKind::JoinedStrExpr:
    return joined(static_cast<JoinedStrExpr *>(e), dest);
  case NodeKind::AttributeExpr:
    return attribute(static_cast<AttributeExpr *>(e), dest);
  case NodeKind::SubscriptExpr:
    return subscript(static_cast<SubscriptExpr *>(e), dest);
  case NodeKind::StarredExpr:
    return fail(e->loc, static_cast<StarredExpr *>(e)->ctx == ExprContext::Store
                            ? "starred assignment target must be in a list or tuple"
                            : "can't use starred expression here");
  case NodeKind::ListExpr:
    return listOrTuple(e, static_cast<ListExpr *>(e)->elts, dest, false);
  case NodeKind::TupleExpr:
    return listOrTuple(e, static_cast<TupleExpr *>(e)->elts, dest, true);
  case NodeKind::SliceExpr:
    return slice(static_cast<SliceExpr *>(e), dest);
  default:
    KRAIT_UNREACHABLE("no expression: %s", className(e->kind));
  }
}

void CodeGen::effect(Expr *e) {
  TempScope scope(*this);
  if (constantOf(e))
    return emit(Opcode::Nop, at(e));
  operand(e);
}

// ---- Operators ----------------------------------------------------------------------------------------

void CodeGen::binary(BinOpExpr *e, Reg dest) {
  Reg left = operandBefore(e->left, {e->right}, dest);
  Reg right = operand(e->right);
  emit(kBinary[unsigned(e->op)], at(e), {dest, left, right});
}

void CodeGen::unary(UnaryOpExpr *e, Reg dest) {
  constexpr Opcode kUnary[] = {Opcode::Invert, Opcode::Not, Opcode::Pos, Opcode::Neg};
  static_assert(unsigned(UnaryOperator::Invert) == 0 && unsigned(UnaryOperator::USub) == 3);
  Reg value = operandIn(e->operand, dest);
  emit(kUnary[unsigned(e->op)], at(e), {dest, value});
}

void CodeGen::boolOp(BoolOpExpr *e, Reg dest) {
  Reg result = early(dest);
  Label end = newLabel();
  for (uint32_t i = 0; i + 1 < e->values.size(); ++i) {
    into(e->values[i], result);
    emit(e->op == BoolOperator::And ? Opcode::JumpIfFalse : Opcode::JumpIfTrue, at(e), {result, end});
  }
  into(e->values.back(), result);
  place(end);
  move(dest, result, at(e));
}

void CodeGen::ifExp(IfExpExpr *e, Reg dest) {
  Label orelse = newLabel(), end = newLabel();
  condition(e->test, orelse, false, at(e));
  into(e->body, dest);
  emitJump(end);
  place(orelse);
  into(e->orelse, dest);
  place(end);
}

// ---- Attributes and subscripts ------------------------------------------------------------------------

/// CPython's start of the position of an attribute access: the attribute's name where it stands on a later
/// line.
SourceRange CodeGen::attributeLoc(AttributeExpr *e, const SourceRange &loc) {
  SourceRange result = loc;
  if (result.line == e->loc.endLine)
    return result;
  result.line = e->loc.endLine;
  int length = 0;
  for (unsigned char c : e->attr->view())
    length += (c & 0xC0) != 0x80;
  if (length <= e->loc.endCol) {
    result.col = e->loc.endCol - length;
    if (result.endLine == e->loc.endLine && result.endCol < e->loc.endCol)
      result.endCol = e->loc.endCol;
  } else {
    result.col = result.endCol = -1;
  }
  return result;
}

void CodeGen::attribute(AttributeExpr *e, Reg dest) {
  SourceRange loc = attributeLoc(e, at(e));
  uint32_t name = nameIndex(mangle(e->attr));
  if (isSuperCall(e->value)) {
    Reg regs[3];
    superOperands(static_cast<CallExpr *>(e->value), regs);
    return emit(Opcode::LoadSuperAttr, loc, {dest, regs[0], regs[1], regs[2], name});
  }
  Reg object = operandIn(e->value, dest);
  emit(Opcode::LoadAttr, loc, {dest, object, name});
}

void CodeGen::subscript(SubscriptExpr *e, Reg dest) {
  checkSubscripter(e->value);
  checkIndex(e->value, e->slice);
  Reg object = operandBefore(e->value, {e->slice}, dest);
  Reg index = operand(e->slice);
  emit(Opcode::GetItem, at(e), {dest, object, index});
}

void CodeGen::slice(SliceExpr *e, Reg dest) {
  Reg lower = e->lower ? operandBefore(e->lower, {e->upper, e->step}) : kAbsent;
  Reg upper = e->upper ? operandBefore(e->upper, {e->step}) : kAbsent;
  Reg step = e->step ? operand(e->step) : kAbsent;
  emit(Opcode::BuildSlice, at(e), {dest, lower, upper, step});
}

// ---- Functions in expressions -------------------------------------------------------------------------

void CodeGen::lambda(LambdaExpr *e, Reg dest) {
  checkParameters(e->args, e->loc);
  Reg defaults = kAbsent, kwdefaults = kAbsent;
  defaultArguments(e->args, at(e), defaults, kwdefaults);
  CodeGen inner(shared_, this, shared_.scopes.scopeOf(e), "<lambda>", uint32_t(e->loc.line));
  inner.functionParameters(e->args);
  inner.constantIndex(CodeConst::none()); // no docstring
  inner.prologue();
  // The closing return carries the position of the body.
  SourceRange loc = at(e->body);
  {
    TempScope scope(inner);
    Reg value = inner.operand(e->body);
    inner.emit(Opcode::Return, loc, {value});
  }
  makeFunction(inner.finish(), dest, defaults, kwdefaults, kAbsent, at(e));
}

void CodeGen::yield(YieldExpr *e, Reg dest) {
  if (!scope_->isFunction())
    return fail(e->loc, "'yield' outside function");
  Reg value = e->value ? operandIn(e->value, dest) : kConstBank + constantIndex(CodeConst::none());
  emit(Opcode::Yield, at(e), {dest, value});
}

void CodeGen::yieldFrom(YieldFromExpr *e, Reg dest) {
  if (!scope_->isFunction())
    return fail(e->loc, "'yield' outside function");
  if (unit_->flags & (kCodeCoroutine | kCodeAsyncGenerator))
    return fail(e->loc, "'yield from' inside async function");
  Reg iterator = temp();
  Reg value = operandIn(e->value, iterator);
  emit(Opcode::GetYieldFromIter, at(e), {iterator, value});
  Reg sent = temp();
  loadNone(sent, at(e));
  emit(Opcode::YieldFrom, at(e), {dest, iterator, sent});
}

void CodeGen::await(AwaitExpr *e, Reg dest) {
  if (!shared_.options.topLevelAwait || parent_) {
    if (!scope_->isFunction())
      return fail(e->loc, "'await' outside function");
    bool isAsync = as<AsyncFunctionDefStmt>(scope_->node) || scope_->comprehension != ComprehensionKind::None;
    if (!isAsync)
      return fail(e->loc, "'await' outside async function");
  }
  awaitIn(dest, operand(e->value), 0, at(e));
}

void CodeGen::awaitIn(Reg dest, Reg awaitable, unsigned kind, const SourceRange &loc) {
  TempScope scope(*this);
  Reg iterator = temp(), sent = temp();
  emit(Opcode::GetAwaitable, loc, {iterator, awaitable, kind});
  loadNone(sent, loc);
  emit(Opcode::YieldFrom, loc, {dest, iterator, sent});
}

// ---- f-strings ----------------------------------------------------------------------------------------

void CodeGen::formatted(FormattedValueExpr *e, Reg dest) {
  Reg value = operandBefore(e->value, {e->format_spec}, dest);
  Reg spec = e->format_spec ? operand(e->format_spec) : kAbsent;
  unsigned conversion = e->conversion == 's' ? 1 : e->conversion == 'r' ? 2 : e->conversion == 'a' ? 3 : 0;
  emit(Opcode::FormatValue, at(e), {dest, value, spec, conversion});
}

void CodeGen::joined(JoinedStrExpr *e, Reg dest) {
  constexpr unsigned kMostParts = 64;
  if (e->values.empty())
    return loadConst(dest, CodeConst::ofStr(""), at(e));
  if (e->values.size() == 1)
    return into(e->values[0], dest);
  Reg window = temps(1);
  unsigned count = 0;
  for (Expr *value : e->values) {
    if (count == kMostParts) {
      emit(Opcode::BuildString, at(e), {window, window, count});
      nextTemp_ -= count - 1;
      count = 1;
    }
    into(value, count ? temp() : window);
    ++count;
  }
  emit(Opcode::BuildString, at(e), {dest, window, count});
}

} // namespace krait

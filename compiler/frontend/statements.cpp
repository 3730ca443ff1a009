// Sequences of statements, and the simple ones: one method per kind. Blocks are limited in depth by the lexer
// (100 levels of indentation).
#include "compiler/frontend/parser.h"

namespace krait {

using namespace ast;
using enum TokenKind;

// ---- Sequences of statements -----------------------------------------------------------------------

bool Parser::statements(List<Stmt> &out) {
  size_t before = out.size();
  while (!raised_ && !at(EndMarker) && !at(Dedent)) {
    Mark mark = mark_;
    if (!statement(out)) {
      mark_ = mark;
      break;
    }
    // Nothing before the end of a statement of the module is tried again.
    if (memoising_ && &out == module_)
      memo_.clear();
  }
  return !raised_ && out.size() > before;
}

bool Parser::statement(List<Stmt> &out) {
  bool isCompound = false;
  Mark mark = mark_;
  if (Stmt *compound = compoundStatement(isCompound)) {
    out.push(compound);
    return true;
  }
  if (raised_)
    return false;
  mark_ = mark;
  return simpleStatements(out);
}

// simple_stmt (';' simple_stmt)* [';'] NEWLINE
bool Parser::simpleStatements(List<Stmt> &out) {
  do {
    Stmt *one = simpleStatement();
    if (!one)
      return false;
    out.push(one);
  } while (accept(Semi) && !at(Newline));
  return !raised_ && accept(Newline);
}

// block: NEWLINE INDENT statements DEDENT | simple_stmts
bool Parser::block(Seq<Stmt *> &out) {
  auto parse = [&]() -> Seq<Stmt *> * {
    Mark mark = mark_;
    List<Stmt> body(*this);
    bool good;
    if (accept(Newline)) {
      if (!accept(Indent)) {
        if (diagnosing())
          raiseLast("expected an indented block", ParseErrorType::IndentationError);
        return nullptr;
      }
      good = statements(body) && accept(Dedent);
    } else {
      mark_ = mark;
      good = simpleStatements(body);
    }
    if (!good || raised_)
      return nullptr;
    return context_.arena().create<Seq<Stmt *>>(body.finish());
  };
  Seq<Stmt *> *body = memo<Seq<Stmt *>>(Rule::Block, parse);
  if (body)
    out = *body;
  return body;
}

Stmt *Parser::compoundStatement(bool &isCompound) {
  const Token &token = peek();
  switch (token.kind) {
  case Name:
    return token.text() == "match" ? matchStatement() : nullptr;
  case If:
    isCompound = true;
    return ifStatement(false);
  case For:
    isCompound = true;
    return forStatement(token, false);
  case While:
    isCompound = true;
    return whileStatement();
  case With:
    isCompound = true;
    return withStatement(token, false);
  case Try:
    isCompound = true;
    return tryStatement();
  case Def:
    isCompound = true;
    return functionDef(token, false, {});
  case Class:
    isCompound = true;
    return classDef({});
  case Async:
    isCompound = true;
    return asyncStatement({}, false);
  case At:
    isCompound = true;
    return decorated();
  default:
    return nullptr;
  }
}

// ---- Simple statements -----------------------------------------------------------------------------

Stmt *Parser::simpleStatement() {
  const Token &start = peek();
  switch (start.kind) {
  case Return:
    return returnStatement();
  case Import:
    return importName();
  case From:
    return importFrom();
  case Raise:
    return raiseStatement();
  case Pass:
    return mark_++, context_.make<PassStmt>(where(start));
  case Break:
    return mark_++, context_.make<BreakStmt>(where(start));
  case Continue:
    return mark_++, context_.make<ContinueStmt>(where(start));
  case Del:
    return deleteStatement();
  case Assert:
    return assertStatement();
  case Global:
  case Nonlocal:
    return globalStatement();
  default:
    return diagnosing() ? diagnosedExpressionStatement() : expressionStatement();
  }
}

static bool augmentedOperator(TokenKind kind, Operator &op) {
  switch (kind) {
  case PlusEqual:
    op = Operator::Add;
    return true;
  case MinusEqual:
    op = Operator::Sub;
    return true;
  case StarEqual:
    op = Operator::Mult;
    return true;
  case AtEqual:
    op = Operator::MatMult;
    return true;
  case SlashEqual:
    op = Operator::Div;
    return true;
  case PercentEqual:
    op = Operator::Mod;
    return true;
  case AmperEqual:
    op = Operator::BitAnd;
    return true;
  case VBarEqual:
    op = Operator::BitOr;
    return true;
  case CircumflexEqual:
    op = Operator::BitXor;
    return true;
  case LeftShiftEqual:
    op = Operator::LShift;
    return true;
  case RightShiftEqual:
    op = Operator::RShift;
    return true;
  case DoubleStarEqual:
    op = Operator::Pow;
    return true;
  case DoubleSlashEqual:
    op = Operator::FloorDiv;
    return true;
  default:
    return false;
  }
}

Stmt *Parser::expressionStatement() {
  const Token &start = peek();
  Expr *value = at(Yield) ? yieldExpression() : starExpressions();
  return value ? assignmentRest(start, value) : nullptr;
}

// What follows the first expression of a statement: '=' ..., an augmented assignment, ':' annotation, or
// nothing.
Stmt *Parser::assignmentRest(const Token &start, Expr *value) {
  Operator op;
  if (at(Equal)) {
    List<Expr> targets(*this);
    while (accept(Equal)) {
      if (!isTarget(value, true))
        return nullptr;
      targets.push(value);
      value = at(Yield) ? yieldExpression() : starExpressions();
      if (!value)
        return nullptr;
    }
    const StrText *comment = typeComment();
    auto *node = context_.make<AssignStmt>(from(start));
    node->targets = targets.finish();
    for (Expr *target : node->targets)
      setContext(target, ExprContext::Store);
    node->value = value;
    node->type_comment = comment;
    return node;
  }
  if (at(Colon))
    return annotatedAssignment(start, value);
  if (augmentedOperator(kind(), op)) {
    if (!isSingleTarget(value))
      return nullptr;
    mark_++;
    if (op == Operator::MatMult && !since(5, "The '@' operator is"))
      return nullptr;
    setContext(value, ExprContext::Store);
    Expr *right = at(Yield) ? yieldExpression() : starExpressions();
    if (!right)
      return nullptr;
    auto *node = context_.make<AugAssignStmt>(from(start));
    node->target = value;
    node->op = op;
    node->value = right;
    return node;
  }
  auto *node = context_.make<ExprStmt>(from(start));
  node->value = value;
  return node;
}

// target ':' expression ['=' (yield_expr | star_expressions)]
Stmt *Parser::annotatedAssignment(const Token &start, Expr *target) {
  if (!isSingleTarget(target) || !accept(Colon))
    return nullptr;
  Expr *annotation = expression();
  if (!annotation)
    return nullptr;
  Expr *value = nullptr;
  if (at(Equal)) {
    Mark before = mark_++;
    if (!(value = at(Yield) ? yieldExpression() : starExpressions()))
      mark_ = before;
  }
  if (raised_)
    return nullptr;
  setContext(target, ExprContext::Store);
  if (!since(6, start.kind == Name && target->kind == NodeKind::NameExpr ? "Variable annotation syntax is"
                                                                         : "Variable annotations syntax is"))
    return nullptr;
  auto *node = context_.make<AnnAssignStmt>(from(start));
  node->target = target;
  node->annotation = annotation;
  node->value = value;
  node->simple = target->kind == NodeKind::NameExpr && start.kind == Name;
  return node;
}

Stmt *Parser::returnStatement() {
  const Token &start = peek();
  Mark afterReturn = ++mark_;
  Expr *value = starExpressions();
  if (!value)
    mark_ = afterReturn;
  auto *node = context_.make<ReturnStmt>(from(start));
  node->value = value;
  return raised_ ? nullptr : node;
}

Stmt *Parser::raiseStatement() {
  const Token &start = peek();
  Mark afterRaise = ++mark_;
  Expr *exc = expression(), *cause = nullptr;
  if (!exc)
    mark_ = afterRaise;
  else if (at(From)) {
    Mark before = mark_++;
    if (!(cause = expression()))
      mark_ = before;
  }
  auto *node = context_.make<RaiseStmt>(from(start));
  node->exc = exc;
  node->cause = cause;
  return raised_ ? nullptr : node;
}

Stmt *Parser::globalStatement() {
  const Token &start = peek();
  mark_++;
  std::vector<Identifier> names;
  do {
    const Token *name = accept(Name);
    if (!name)
      return nullptr;
    names.push_back(identifier(*name));
  } while (accept(Comma));
  if (start.kind == Global) {
    auto *node = context_.make<GlobalStmt>(from(start));
    node->names = context_.makeSeq(names);
    return node;
  }
  auto *node = context_.make<NonlocalStmt>(from(start));
  node->names = context_.makeSeq(names);
  return node;
}

Stmt *Parser::deleteStatement() {
  const Token &start = peek();
  Mark afterDel = ++mark_;
  List<Expr> targets(*this);
  bool good = true;
  do {
    Mark before = mark_;
    Expr *target = primary();
    if (!target || !isDeleteTarget(target)) {
      good = targets.size() && slot(before - 1).kind == Comma;
      mark_ = before;
      break;
    }
    targets.push(target);
  } while (accept(Comma));
  if (good && !raised_ && (at(Semi) || at(Newline))) {
    auto *node = context_.make<DeleteStmt>(from(start));
    node->targets = targets.finish();
    for (Expr *target : node->targets)
      setContext(target, ExprContext::Del);
    return node;
  }
  if (diagnosing()) {
    mark_ = afterDel;
    if (Expr *wrong = starExpressions())
      raiseInvalidTarget(wrong, true, false);
  }
  return nullptr;
}

Stmt *Parser::assertStatement() {
  const Token &start = peek();
  mark_++;
  Expr *test = expression(), *msg = nullptr;
  if (!test || (accept(Comma) && !(msg = expression())))
    return nullptr;
  auto *node = context_.make<AssertStmt>(from(start));
  node->test = test;
  node->msg = msg;
  return node;
}

} // namespace krait

// Usual mistakes and what to say about them. Only the second pass over a wrong program comes here.
//
// Each method is called where the grammar would have to go on, tries one or more wrong forms, and raises the
// message of the first that matches. The order of forms within a method and of calls is part of what is
// specified: the first to match wins. The caller rewinds.
#include "compiler/frontend/parser.h"

namespace krait {

using namespace ast;
using enum TokenKind;

// ---- Expressions -----------------------------------------------------------------------------------

static bool isLegacyStatement(const Expr *expr) {
  auto *name = as<NameExpr>(expr);
  return name && (name->id->view() == "print" || name->id->view() == "exec");
}

// Whether [text] begins a soft keyword. (The whole of one would make more sense, but this decides which
// message comes.)
static bool beginsSoftKeyword(std::string_view text) {
  return std::string_view("match").starts_with(text) || std::string_view("case").starts_with(text) ||
         text == "_";
}

// Two expressions in a row; a conditional expression without its else.
void Parser::diagnoseExpression() {
  const Mark start = mark_;
  const bool softKeyword = at(Name) && beginsSoftKeyword(peek().text());
  if (!softKeyword && !(at(Name) && peekNext() == String)) {
    Expr *a = disjunction();
    if (a) {
      diagnosing_ = false;
      Expr *b = raised_ ? nullptr : plainExpression();
      diagnosing_ = true;
      if (b && !isLegacyStatement(a) && slot(mark_ - 1).level > 0)
        raiseRange(a->loc, b->loc, "invalid syntax. Perhaps you forgot a comma?");
    }
  }
  mark_ = start;
  if (raised_)
    return;
  if (Expr *a = disjunction(); a && accept(If))
    if (Expr *b = disjunction(); b && !at(Else) && !at(Colon))
      raiseRange(a->loc, b->loc, "expected 'else' after 'if' expression");
  mark_ = start;
}

// `print x` and `exec x`
void Parser::diagnoseLegacyStatement() {
  const Mark start = mark_;
  const Token &token = peek();
  if (accept(Name) && !at(LPar) && (token.text() == "print" || token.text() == "exec")) {
    if (Expr *rest = starExpressions()) {
      std::string name(token.text());
      raiseRange(where(token), rest->loc,
                 "Missing parentheses in call to '" + name + "'. Did you mean " + name + "(...)?");
    }
  } else if (token.kind == Name && mark_ > start && !at(LPar)) {
    // The rule reads what follows any name: its mistakes are found here first.
    starExpressions();
  }
  mark_ = start;
}

// An assignment where an expression is wanted.
void Parser::diagnoseNamedExpression() {
  const Mark start = mark_;
  Expr *target = expression();
  if (target && accept(ColonEqual) && expression()) {
    raiseAt(target, "cannot use assignment expressions with " + describe(target));
    return;
  }
  if (raised_)
    return;
  mark_ = start;
  auto rightSideEnds = [&] { return !at(Equal) && !at(ColonEqual); };
  const Token &name = peek();
  if (name.kind == Name && peekNext() == Equal) {
    mark_ += 2;
    if (Expr *value = bitwiseOr(); value && rightSideEnds()) {
      raiseRange(where(name), value->loc, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
      return;
    }
  }
  mark_ = start;
  if (raised_ || at(True) || at(None) || at(False))
    return;
  // Displays that may be targets are left to the rules of assignments.
  if (at(LPar) || at(LSqb)) {
    Expr *display = atom();
    if (raised_)
      return;
    bool left =
        display && (display->kind == NodeKind::ListExpr || display->kind == NodeKind::GeneratorExpExpr ||
                    (display->kind == NodeKind::TupleExpr && display->loc.line == slot(start).line &&
                     display->loc.col == slot(start).col));
    mark_ = start;
    if (left)
      return;
  }
  target = bitwiseOr();
  if (target && accept(Equal) && bitwiseOr() && rightSideEnds())
    raiseAt(target, "cannot assign to " + describe(target) + " here. Maybe you meant '==' instead of '='?");
  mark_ = start;
}

// ---- Assignments -----------------------------------------------------------------------------------

// An expression statement in the second pass: targets are tried as such before anything is read as an
// expression, so that mistakes within come up in the order of the text.
Stmt *Parser::diagnosedExpressionStatement() {
  const Token &start = peek();
  const Mark mark = mark_;
  auto value = [&] { return at(Yield) ? yieldExpression() : starExpressions(); };
  // 1. Annotated assignment.
  if (at(Name) && peekNext() == Colon) {
    auto *name = context_.make<NameExpr>(where(start));
    name->id = identifier(start);
    mark_++;
    if (Stmt *node = annotatedAssignment(start, name))
      return node;
  } else if (Expr *target = starTarget(); target && isSingleTarget(target) && at(Colon)) {
    if (Stmt *node = annotatedAssignment(start, target))
      return node;
  }
  if (raised_)
    return nullptr;
  // 2. One or more targets.
  mark_ = mark;
  List<Expr> targets(*this);
  for (Mark before = mark_;; before = mark_) {
    Expr *target = starTargets();
    if (!target || !accept(Equal)) {
      mark_ = before;
      break;
    }
    targets.push(target);
  }
  if (raised_)
    return nullptr;
  if (targets.size())
    if (Expr *right = value(); right && !at(Equal)) {
      typeComment();
      auto *node = context_.make<AssignStmt>(from(start));
      node->targets = targets.finish();
      node->value = right;
      return node;
    }
  if (raised_)
    return nullptr;
  // 3. Augmented assignment.
  mark_ = mark;
  if (Expr *target = at(Star) ? nullptr : starTarget(); target && isSingleTarget(target))
    if (isAugmented(kind()))
      return assignmentRest(start, target);
  if (raised_)
    return nullptr;
  mark_ = mark;
  diagnoseAssignment();
  if (raised_)
    return nullptr;
  // 4. An expression alone.
  mark_ = mark;
  Expr *alone = value();
  if (!alone)
    return nullptr;
  auto *node = context_.make<ExprStmt>(from(start));
  node->value = alone;
  return node;
}

void Parser::diagnoseAssignment() {
  const Mark start = mark_;
  // Annotations of what cannot have one.
  if (at(LPar) || at(LSqb)) {
    Expr *target = atom();
    if (target && (target->kind == NodeKind::ListExpr || target->kind == NodeKind::TupleExpr) &&
        accept(Colon) && expression()) {
      raiseAt(target, "only single target (not " + describe(target) + ") can be annotated");
      return;
    }
  }
  if (raised_)
    return;
  mark_ = start;
  if (Expr *first = starNamedExpression(); first && accept(Comma)) {
    List<Expr> others(*this);
    Mark end = mark_;
    while (starNamedExpressions(others))
      end = mark_;
    mark_ = end;
    if (!raised_ && accept(Colon) && expression()) {
      raiseAt(first, "only single target (not tuple) can be annotated");
      return;
    }
  }
  if (raised_)
    return;
  mark_ = start;
  if (Expr *target = expression(); target && accept(Colon) && expression()) {
    raiseAt(target, "illegal target for annotation");
    return;
  }
  if (raised_)
    return;
  // A chain of targets with a wrong one in it.
  mark_ = start;
  for (Mark before = mark_;; before = mark_) {
    if (!starTargets() || !accept(Equal)) {
      mark_ = before;
      break;
    }
  }
  const Mark afterTargets = mark_;
  if (Expr *wrong = starExpressions(); wrong && accept(Equal))
    raiseInvalidTarget(wrong, false, false);
  if (raised_)
    return;
  mark_ = afterTargets;
  if (at(Yield))
    if (Expr *wrong = yieldExpression(); wrong && accept(Equal)) {
      raiseAt(wrong, "assignment to yield expression not possible");
      return;
    }
  if (raised_)
    return;
  mark_ = start;
  if (Expr *wrong = starExpressions(); wrong && isAugmented(kind())) {
    mark_++;
    if (at(Yield) ? yieldExpression() : starExpressions())
      raiseAt(wrong, "'" + describe(wrong) + "' is an illegal expression for augmented assignment");
  }
}

bool Parser::isAugmented(TokenKind kind) { return kind >= PlusEqual && kind <= AtEqual; }

} // namespace krait

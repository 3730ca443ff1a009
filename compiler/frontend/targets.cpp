// What may be assigned to or deleted, and how wrong targets are named in messages.
//
// Targets are parsed as primaries and converted: the grammar's target rules accept exactly the primaries that
// isTarget() accepts.
#include "compiler/frontend/parser.h"

namespace krait {

using namespace ast;
using enum TokenKind;

bool Parser::isTarget(const Expr *expr, bool starAllowed) {
  switch (expr->kind) {
  case NodeKind::NameExpr:
  case NodeKind::AttributeExpr:
  case NodeKind::SubscriptExpr:
    return true;
  case NodeKind::StarredExpr:
    return starAllowed && isTarget(static_cast<const StarredExpr *>(expr)->value, false);
  case NodeKind::TupleExpr:
    for (Expr *element : static_cast<const TupleExpr *>(expr)->elts)
      if (!isTarget(element, true))
        return false;
    return true;
  case NodeKind::ListExpr:
    for (Expr *element : static_cast<const ListExpr *>(expr)->elts)
      if (!isTarget(element, true))
        return false;
    return true;
  default:
    return false;
  }
}

bool Parser::isSingleTarget(const Expr *expr) {
  return expr->kind == NodeKind::NameExpr || expr->kind == NodeKind::AttributeExpr ||
         expr->kind == NodeKind::SubscriptExpr;
}

bool Parser::isDeleteTarget(const Expr *expr) {
  Seq<Expr *> elements;
  if (auto *tuple = as<TupleExpr>(expr))
    elements = tuple->elts;
  else if (auto *list = as<ListExpr>(expr))
    elements = list->elts;
  else
    return isSingleTarget(expr);
  for (Expr *element : elements)
    if (!isDeleteTarget(element))
      return false;
  return true;
}

void Parser::setContext(Expr *expr, ExprContext context) {
  auto setAll = [context](const Seq<Expr *> &elements) {
    for (Expr *element : elements)
      setContext(element, context);
  };
  switch (expr->kind) {
  case NodeKind::NameExpr:
    static_cast<NameExpr *>(expr)->ctx = context;
    break;
  case NodeKind::AttributeExpr:
    static_cast<AttributeExpr *>(expr)->ctx = context;
    break;
  case NodeKind::SubscriptExpr:
    static_cast<SubscriptExpr *>(expr)->ctx = context;
    break;
  case NodeKind::StarredExpr:
    static_cast<StarredExpr *>(expr)->ctx = context;
    setContext(static_cast<StarredExpr *>(expr)->value, context);
    break;
  case NodeKind::TupleExpr:
    static_cast<TupleExpr *>(expr)->ctx = context;
    setAll(static_cast<TupleExpr *>(expr)->elts);
    break;
  case NodeKind::ListExpr:
    static_cast<ListExpr *>(expr)->ctx = context;
    setAll(static_cast<ListExpr *>(expr)->elts);
    break;
  default:
    break;
  }
}

// star_target: '*' star_target without another star, or a primary that can be assigned to.
Expr *Parser::starTarget() {
  const Token &start = peek();
  if (accept(Star)) {
    Expr *value = at(Star) ? nullptr : starTarget();
    if (!value)
      return nullptr;
    auto *starred = context_.make<StarredExpr>(from(start));
    starred->value = value;
    starred->ctx = ExprContext::Store;
    return starred;
  }
  Expr *target = primary();
  return target && isTarget(target, false) ? target : nullptr;
}

// star_targets, with the store context set.
Expr *Parser::starTargets() {
  const Token &start = peek();
  List<Expr> elements(*this);
  Expr *target = starTarget();
  if (!target)
    return nullptr;
  elements.push(target);
  bool tuple = false;
  for (;;) {
    if (!accept(Comma))
      break;
    tuple = true;
    Mark afterComma = mark_;
    Expr *next = starTarget();
    if (!next) {
      mark_ = afterComma;
      break;
    }
    elements.push(next);
  }
  if (raised_)
    return nullptr;
  if (tuple)
    target = makeTuple(start, elements);
  setContext(target, ExprContext::Store);
  return target;
}

// ---- Wrong targets ---------------------------------------------------------------------------------

// The first part of [expr] that keeps it from being a target, or null.
Expr *Parser::invalidTarget(Expr *expr, bool deleting, bool forTarget) {
  auto firstOf = [&](const Seq<Expr *> &elements) -> Expr * {
    for (Expr *element : elements)
      if (Expr *invalid = invalidTarget(element, deleting, forTarget))
        return invalid;
    return nullptr;
  };
  switch (expr->kind) {
  case NodeKind::ListExpr:
    return firstOf(static_cast<ListExpr *>(expr)->elts);
  case NodeKind::TupleExpr:
    return firstOf(static_cast<TupleExpr *>(expr)->elts);
  case NodeKind::StarredExpr:
    return deleting ? expr : invalidTarget(static_cast<StarredExpr *>(expr)->value, deleting, forTarget);
  case NodeKind::CompareExpr: {
    // In `for x in y` read as one expression, the part before `in` is meant.
    auto *compare = static_cast<CompareExpr *>(expr);
    if (forTarget && compare->ops[0] == CmpOperator::In)
      return invalidTarget(compare->left, deleting, forTarget);
    return forTarget ? nullptr : expr;
  }
  default:
    return isSingleTarget(expr) ? nullptr : expr;
  }
}

std::string Parser::describe(const Expr *expr) {
  switch (expr->kind) {
  case NodeKind::AttributeExpr:
    return "attribute";
  case NodeKind::SubscriptExpr:
    return "subscript";
  case NodeKind::StarredExpr:
    return "starred";
  case NodeKind::NameExpr:
    return "name";
  case NodeKind::ListExpr:
    return "list";
  case NodeKind::TupleExpr:
    return "tuple";
  case NodeKind::LambdaExpr:
    return "lambda";
  case NodeKind::CallExpr:
    return "function call";
  case NodeKind::BoolOpExpr:
  case NodeKind::BinOpExpr:
  case NodeKind::UnaryOpExpr:
    return "expression";
  case NodeKind::GeneratorExpExpr:
    return "generator expression";
  case NodeKind::YieldExpr:
  case NodeKind::YieldFromExpr:
    return "yield expression";
  case NodeKind::AwaitExpr:
    return "await expression";
  case NodeKind::ListCompExpr:
    return "list comprehension";
  case NodeKind::SetCompExpr:
    return "set comprehension";
  case NodeKind::DictCompExpr:
    return "dict comprehension";
  case NodeKind::DictExpr:
    return "dict literal";
  case NodeKind::SetExpr:
    return "set display";
  case NodeKind::JoinedStrExpr:
  case NodeKind::FormattedValueExpr:
    return "f-string expression";
  case NodeKind::CompareExpr:
    return "comparison";
  case NodeKind::IfExpExpr:
    return "conditional expression";
  case NodeKind::NamedExprExpr:
    return "named expression";
  case NodeKind::ConstantExpr:
    switch (static_cast<const ConstantExpr *>(expr)->value->kind) {
    case ConstantKind::None:
      return "None";
    case ConstantKind::True:
      return "True";
    case ConstantKind::False:
      return "False";
    case ConstantKind::Ellipsis:
      return "ellipsis";
    default:
      return "literal";
    }
  default:
    return "expression";
  }
}

std::nullptr_t Parser::raiseInvalidTarget(Expr *expr, bool deleting, bool forTarget) {
  Expr *invalid = raised_ ? nullptr : invalidTarget(expr, deleting, forTarget);
  if (!invalid)
    return nullptr;
  return raiseAt(invalid, (deleting ? "cannot delete " : "cannot assign to ") + describe(invalid));
}

} // namespace krait

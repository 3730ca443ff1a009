// Atoms: names and literals, parentheses, lists, dicts, sets, and the comprehensions of all of them.
#include "compiler/frontend/parser.h"

namespace krait {

using namespace ast;
using enum TokenKind;

// ---- Atoms -----------------------------------------------------------------------------------------

Expr *Parser::atom() {
  const Token &token = peek();
  switch (token.kind) {
  case Name: {
    mark_++;
    auto *node = context_.make<NameExpr>(where(token));
    node->id = identifier(token);
    return node;
  }
  case True:
    return constant(ConstantKind::True);
  case False:
    return constant(ConstantKind::False);
  case None:
    return constant(ConstantKind::None);
  case TokenKind::Ellipsis:
    return constant(ConstantKind::Ellipsis);
  case String:
    return strings();
  case Number:
    mark_++;
    return number(token);
  case LPar:
    return parenthesised();
  case LSqb:
    return listOrComprehension();
  case LBrace:
    return dictOrSet();
  default:
    return nullptr;
  }
}

// '(' ... ')': a tuple, a group or a generator expression
Expr *Parser::parenthesised() {
  const Token &start = peek();
  Mark mark = mark_;
  auto parse = [&]() -> Expr * {
    mark_++;
    List<Expr> elements(*this);
    if (accept(RPar))
      return makeTuple(start, elements);
    if (at(Yield)) {
      Expr *value = yieldExpression();
      return value && accept(RPar) ? value : nullptr;
    }
    Expr *first = starNamedExpression();
    if (!first)
      return nullptr;
    if (accept(Comma)) {
      elements.push(first);
      Mark end = mark_;
      if (!at(RPar) && !starNamedExpressions(elements))
        mark_ = end;
      return !raised_ && accept(RPar) ? makeTuple(start, elements) : nullptr;
    }
    if (first->kind == NodeKind::StarredExpr && slot(mark + 1).kind == Star)
      return nullptr;
    if (accept(RPar))
      return first;
    Seq<Comprehension *> generators;
    if (!comprehensionClauses(generators) || !accept(RPar))
      return nullptr;
    auto *node = context_.make<GeneratorExpExpr>(from(start));
    node->elt = first;
    node->generators = generators;
    return node;
  };
  Expr *result = parse();
  if (result || !diagnosing())
    return raised_ ? nullptr : result;
  mark_ = mark;
  diagnoseGroup();
  if (diagnosing())
    diagnoseComprehension();
  return nullptr;
}

Expr *Parser::listOrComprehension() {
  const Token &start = peek();
  Mark mark = mark_;
  auto parse = [&]() -> Expr * {
    mark_++;
    List<Expr> elements(*this);
    if (!at(RSqb) && !starNamedExpressions(elements))
      return nullptr;
    if (accept(RSqb)) {
      auto *list = context_.make<ListExpr>(from(start));
      list->elts = elements.finish();
      return list;
    }
    Seq<Comprehension *> generators;
    if (elements.size() != 1 || slot(mark_ - 1).kind == Comma || slot(mark + 1).kind == Star ||
        !comprehensionClauses(generators) || !accept(RSqb))
      return nullptr;
    auto *node = context_.make<ListCompExpr>(from(start));
    node->elt = elements[0];
    node->generators = generators;
    return node;
  };
  Expr *result = parse();
  if (result || !diagnosing())
    return raised_ ? nullptr : result;
  mark_ = mark;
  diagnoseComprehension();
  return nullptr;
}

// '{' ... '}': a dict, a set or a comprehension of either
Expr *Parser::dictOrSet() {
  const Token &start = peek();
  Mark mark = mark_;
  mark_++;
  Expr *result = dictRest(start);
  if (result || raised_)
    return raised_ ? nullptr : result;
  mark_ = mark;
  // The reference implementation looks for mistakes in dicts in its first pass already, which decides between
  // messages. From here on rules may be tried again, so they are remembered.
  memoising_ = true;
  diagnoseDict();
  mark_ = mark;
  if (diagnosing())
    diagnoseDictComprehension();
  if (diagnosing())
    diagnoseComprehension();
  return nullptr;
}

Expr *Parser::dictRest(const Token &start) {
  List<Expr> items(*this); // key, value, key, value...; or the elements of a set
  if (accept(RBrace))
    return context_.make<DictExpr>(from(start));
  Seq<Comprehension *> generators;
  Mark first = mark_;
  if (!at(DoubleStar)) {
    Expr *element = at(Star) ? starNamedExpression() : (secondPass_ ? expression() : namedExpression());
    if (raised_ || (!element && !secondPass_))
      return nullptr;
    if (!element || !at(Colon) || slot(first).kind == Star) {
      if (secondPass_) {
        mark_ = first;
        if (!starNamedExpressions(items))
          return nullptr;
      } else {
        items.push(element);
        if (accept(Comma) && !at(RBrace) && !starNamedExpressions(items))
          return nullptr;
      }
      if (accept(RBrace)) {
        auto *set = context_.make<SetExpr>(from(start));
        set->elts = items.finish();
        return set;
      }
      if (items.size() != 1 || slot(mark_ - 1).kind == Comma || slot(first).kind == Star ||
          !comprehensionClauses(generators) || !accept(RBrace))
        return nullptr;
      auto *node = context_.make<SetCompExpr>(from(start));
      node->elt = items[0];
      node->generators = generators;
      return node;
    }
    if (element->kind == NodeKind::NamedExprExpr && slot(first).kind != LPar)
      return nullptr;
    mark_++;
    Expr *value = expression();
    if (!value)
      return nullptr;
    items.push(element);
    items.push(value);
    if (at(For) || at(Async)) {
      if (!comprehensionClauses(generators) || !accept(RBrace))
        return nullptr;
      auto *node = context_.make<DictCompExpr>(from(start));
      node->key = items[0];
      node->value = value;
      node->generators = generators;
      return node;
    }
    accept(Comma);
    if (slot(mark_ - 1).kind != Comma && !at(RBrace))
      return nullptr;
  }
  while (!at(RBrace)) {
    Expr *key = nullptr, *value;
    if (accept(DoubleStar)) {
      value = bitwiseOr();
    } else {
      key = expression();
      if (!key || !accept(Colon))
        return nullptr;
      value = expression();
    }
    if (!value)
      return nullptr;
    items.push(key);
    items.push(value);
    if (!accept(Comma))
      break;
  }
  if (raised_ || !accept(RBrace))
    return nullptr;
  auto *dict = context_.make<DictExpr>(from(start));
  finishPairs(items, dict->keys, dict->values);
  return dict;
}

// ---- Comprehensions --------------------------------------------------------------------------------

bool Parser::comprehensionClauses(Seq<Comprehension *> &out) {
  List<Comprehension> clauses(*this);
  while (at(For) || at(Async)) {
    Mark before = mark_;
    Comprehension *clause = comprehensionClause();
    if (!clause) {
      mark_ = before;
      break;
    }
    clauses.push(clause);
  }
  out = clauses.finish();
  return !raised_ && out.size();
}

// [ASYNC] 'for' star_targets 'in' disjunction ('if' disjunction)*
Comprehension *Parser::comprehensionClause() {
  Mark start = mark_;
  bool async = accept(Async);
  if (!accept(For))
    return nullptr;
  Expr *target = starTargets();
  if (!target || !accept(In)) {
    if (diagnosing()) {
      mark_ = start;
      diagnoseForTarget();
    }
    return nullptr;
  }
  Expr *iter = disjunction();
  if (!iter)
    return nullptr;
  List<Expr> ifs(*this);
  while (at(If)) {
    Mark before = mark_;
    mark_++;
    Expr *condition = disjunction();
    if (!condition) {
      mark_ = before;
      break;
    }
    ifs.push(condition);
  }
  if (raised_)
    return nullptr;
  if (async && !since(6, "Async comprehensions are"))
    return nullptr;
  auto *clause = context_.make<Comprehension>();
  clause->target = target;
  clause->iter = iter;
  clause->ifs = ifs.finish();
  clause->is_async = async;
  return clause;
}

} // namespace krait

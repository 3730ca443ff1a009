// Primaries: attributes, calls with their arguments, subscripts and slices.
#include "compiler/frontend/parser.h"

namespace krait {

using namespace ast;
using enum TokenKind;

// ---- Primaries -------------------------------------------------------------------------------------

Expr *Parser::primary() {
  const Token &start = peek();
  Expr *value = atom();
  while (value) {
    Mark before = mark_;
    Expr *longer = primarySuffix(start, value);
    if (!longer) {
      mark_ = before;
      break;
    }
    value = longer;
  }
  return raised_ ? nullptr : value;
}

Expr *Parser::primarySuffix(const Token &start, Expr *value) {
  switch (kind()) {
  case Dot: {
    mark_++;
    const Token *name = accept(Name);
    if (!name)
      return nullptr;
    auto *node = context_.make<AttributeExpr>(from(start));
    node->value = value;
    node->attr = identifier(*name);
    return node;
  }
  case LPar:
    return call(start, value);
  case LSqb:
  case LBrace:
    // A comprehension in brackets of any kind is looked at as if it were an argument.
    if (diagnosing()) {
      Mark mark = mark_;
      diagnoseComprehension();
      mark_ = mark;
    }
    return at(LSqb) && !raised_ ? subscript(start, value) : nullptr;
  default:
    return nullptr;
  }
}

Expr *Parser::makeCall(const Token &start, Expr *function, List<ast::Node> &arguments) {
  size_t positional = 0;
  for (size_t i = 0; i < arguments.size(); i++)
    positional += arguments[i]->kind != NodeKind::Keyword;
  auto *node = context_.make<CallExpr>(from(start));
  node->func = function;
  node->args.items = context_.arena().createArray<Expr *>(positional);
  node->keywords.items = context_.arena().createArray<Keyword *>(arguments.size() - positional);
  for (size_t i = 0; i < arguments.size(); i++)
    if (auto *keyword = as<Keyword>(arguments[i]))
      node->keywords.items[node->keywords.count++] = keyword;
    else
      node->args.items[node->args.count++] = static_cast<Expr *>(arguments[i]);
  return node;
}

Expr *Parser::call(const Token &start, Expr *function) {
  const Token &open = peek();
  Mark openMark = mark_;
  mark_++;
  List<ast::Node> arguments(*this);
  // A lone generator expression needs no parentheses of its own: f(x for x in y).
  if (!at(RPar) && !at(Star) && !at(DoubleStar) && (secondPass_ || !(at(Name) && peekNext() == Equal))) {
    Expr *first = assignmentOrExpression();
    if (first && (at(For) || at(Async))) {
      Seq<Comprehension *> generators;
      if (comprehensionClauses(generators) && accept(RPar)) {
        auto *generator = context_.make<GeneratorExpExpr>(from(open));
        generator->elt = first;
        generator->generators = generators;
        arguments.push(generator);
        return makeCall(start, function, arguments);
      }
      if (!secondPass_)
        return nullptr;
    }
    // The first pass has no second chance: nested calls that fail would be tried twice at each level.
    if (raised_ || (!secondPass_ && (!first || at(Equal))))
      return nullptr;
    if (!secondPass_) {
      // Not a generator but the first of the arguments.
      arguments.push(first);
      if (accept(RPar) || (accept(Comma) && accept(RPar)))
        return makeCall(start, function, arguments);
      if (slot(mark_ - 1).kind != Comma)
        return nullptr;
    } else {
      mark_ = openMark + 1;
    }
  }
  if (diagnosing()) {
    // The generator expression's own mistakes come before those of an argument list.
    mark_ = openMark;
    diagnoseComprehension();
    mark_ = openMark + 1;
  }
  if (!at(RPar) && !this->arguments(arguments))
    return nullptr;
  if (raised_ || !accept(RPar))
    return nullptr;
  return makeCall(start, function, arguments);
}

// args [','], followed by ')'
bool Parser::arguments(List<ast::Node> &out) {
  Mark start = mark_;
  if (args(out)) {
    accept(Comma);
    if (at(RPar))
      return true;
  }
  if (diagnosing()) {
    mark_ = start;
    diagnoseArguments();
  }
  return false;
}

bool Parser::args(List<ast::Node> &out) {
  bool keywordsOnly = false, afterDoubleStar = false;
  // call() may have parsed the first argument already.
  size_t before = out.size();
  Mark end = before ? mark_ - 1 : mark_;
  do {
    ast::Node *next = argument(keywordsOnly, afterDoubleStar);
    if (!next) {
      mark_ = end;
      break;
    }
    out.push(next);
    end = mark_;
  } while (accept(Comma));
  return !raised_ && (out.size() > before || before);
}

// One argument. Positional ones come first, then keywords (among them '*x'), and no '*x' after a '**x'.
ast::Node *Parser::argument(bool &keywordsOnly, bool &afterDoubleStar) {
  const Token &start = peek();
  Mark mark = mark_;
  switch (start.kind) {
  case Star:
    return afterDoubleStar ? nullptr : starredExpression();
  case DoubleStar: {
    keywordsOnly = afterDoubleStar = true;
    mark_++;
    Expr *value = expression();
    if (!value)
      return nullptr;
    auto *keyword = context_.make<Keyword>(from(start));
    keyword->value = value;
    return keyword;
  }
  default:
    break;
  }
  if (secondPass_ || !(start.kind == Name && peekNext() == Equal)) {
    if (!keywordsOnly) {
      Expr *value = assignmentOrExpression();
      if (raised_)
        return nullptr;
      if (value && !at(Equal))
        return value;
      mark_ = mark;
    }
    if (!secondPass_)
      return nullptr;
  }
  keywordsOnly = true;
  if (diagnosing())
    diagnoseKeywordArgument();
  return keywordArgument();
}

Keyword *Parser::keywordArgument() {
  const Token &start = peek();
  if (raised_ || !accept(Name) || !accept(Equal))
    return nullptr;
  Expr *value = expression();
  if (!value)
    return nullptr;
  auto *keyword = context_.make<Keyword>(from(start));
  keyword->arg = identifier(start);
  keyword->value = value;
  return keyword;
}

Expr *Parser::subscript(const Token &start, Expr *value) {
  mark_++;
  Expr *index = slices();
  if (!index || !accept(RSqb))
    return nullptr;
  auto *node = context_.make<SubscriptExpr>(from(start));
  node->value = value;
  node->slice = index;
  return node;
}

Expr *Parser::slices() {
  const Token &start = peek();
  auto element = [&] { return at(Star) ? starredExpression() : slice(); };
  Expr *first = element();
  if (!first || (first->kind != NodeKind::StarredExpr && !at(Comma)))
    return first;
  List<Expr> elements(*this);
  elements.push(first);
  while (accept(Comma)) {
    Mark afterComma = mark_;
    Expr *next = element();
    if (!next) {
      mark_ = afterComma;
      break;
    }
    elements.push(next);
  }
  return raised_ ? nullptr : makeTuple(start, elements);
}

// slice: [expression] ':' [expression] [':' [expression]] | named_expression
Expr *Parser::slice() {
  const Token &start = peek();
  Mark mark = mark_;
  Expr *lower = at(Colon) ? nullptr : expression();
  if (raised_)
    return nullptr;
  if (mark_ == mark ? !at(Colon) : !lower || !at(Colon)) {
    if (!secondPass_ && (!lower || !at(ColonEqual)))
      return lower;
    mark_ = mark;
    return namedExpression();
  }
  mark_++;
  auto optional = [&]() -> Expr * {
    if (at(Colon) || at(RSqb) || at(Comma))
      return nullptr;
    Mark before = mark_;
    Expr *part = expression();
    if (!part)
      mark_ = before;
    return part;
  };
  Expr *upper = optional();
  Expr *step = accept(Colon) ? optional() : nullptr;
  if (raised_)
    return nullptr;
  auto *node = context_.make<SliceExpr>(from(start));
  node->lower = lower;
  node->upper = upper;
  node->step = step;
  return node;
}

} // namespace krait

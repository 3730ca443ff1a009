// Compound statements other than match: if, while, for, with, try, functions, classes.
#include "compiler/frontend/parser.h"

namespace krait {

using namespace ast;
using enum TokenKind;

// ---- if, while, for, with --------------------------------------------------------------------------

bool Parser::elseBlock(Seq<Stmt *> &out) {
  const Token &keyword = peek();
  if (!accept(Else))
    return true;
  if (diagnosing() && at(Colon)) {
    mark_++;
    diagnoseMissingBlock(keyword, "'else' statement");
    mark_--;
  }
  return expectForced(Colon) && block(out);
}

Stmt *Parser::ifStatement(bool elif) {
  const Token &start = peek();
  mark_++;
  Expr *test = namedExpression();
  if (!test)
    return nullptr;
  if (diagnosing() && diagnoseHeader(start, elif ? "'elif' statement" : "'if' statement", true))
    return nullptr;
  Seq<Stmt *> body, orelse;
  if (!accept(Colon) || !block(body))
    return nullptr;
  if (at(Elif)) {
    Mark before = mark_;
    if (Stmt *next = ifStatement(true))
      orelse = context_.makeSeq(&next, 1);
    else
      mark_ = before;
  } else if (!elseBlock(orelse)) {
    return nullptr;
  }
  if (raised_)
    return nullptr;
  auto *node = context_.make<IfStmt>(from(start));
  node->test = test;
  node->body = body;
  node->orelse = orelse;
  return node;
}

Stmt *Parser::whileStatement() {
  const Token &start = peek();
  mark_++;
  Expr *test = namedExpression();
  if (!test)
    return nullptr;
  if (diagnosing() && diagnoseHeader(start, "'while' statement", true))
    return nullptr;
  Seq<Stmt *> body, orelse;
  if (!accept(Colon) || !block(body) || !elseBlock(orelse))
    return nullptr;
  auto *node = context_.make<WhileStmt>(from(start));
  node->test = test;
  node->body = body;
  node->orelse = orelse;
  return node;
}

// For and AsyncFor, With and AsyncWith, the two kinds of function: the same fields in another class.
template <typename Plain, typename AsyncKind>
static Plain *makeEither(AstContext &context, bool async, Location loc) {
  static_assert(sizeof(Plain) == sizeof(AsyncKind));
  if (!async)
    return context.make<Plain>(loc);
  return reinterpret_cast<Plain *>(context.make<AsyncKind>(loc));
}

Stmt *Parser::forStatement(const Token &start, bool async) {
  Mark mark = mark_;
  const Token &keyword = peek();
  mark_++;
  Expr *target = starTargets();
  if (!target || !accept(In)) {
    if (diagnosing()) {
      mark_ = mark;
      diagnoseForTarget();
    }
    return nullptr;
  }
  Expr *iter = starExpressions();
  if (!iter)
    return nullptr;
  if (diagnosing() && diagnoseHeader(keyword, "'for' statement", true))
    return nullptr;
  Seq<Stmt *> body, orelse;
  if (!accept(Colon))
    return nullptr;
  const StrText *comment = typeComment();
  if (!block(body) || !elseBlock(orelse))
    return nullptr;
  if (async && !since(5, "Async for loops are"))
    return nullptr;
  auto *node = makeEither<ForStmt, AsyncForStmt>(context_, async, from(start));
  node->target = target;
  node->iter = iter;
  node->body = body;
  node->orelse = orelse;
  node->type_comment = comment;
  return node;
}

// with_item: expression ['as' star_target]
WithItem *Parser::withItem() {
  Expr *value = expression();
  if (!value)
    return nullptr;
  auto *item = context_.make<WithItem>();
  item->context_expr = value;
  if (!at(As))
    return item;
  Mark before = mark_++;
  Expr *target = starTarget();
  if (target && (at(Comma) || at(RPar) || at(Colon))) {
    setContext(target, ExprContext::Store);
    item->optional_vars = target;
    return item;
  }
  if (diagnosing()) {
    mark_ = before + 1;
    Expr *wrong = expression();
    if (wrong && (at(Comma) || at(RPar) || at(Colon)))
      raiseInvalidTarget(wrong, false, false);
  }
  mark_ = before;
  return raised_ ? nullptr : item;
}

bool Parser::withItems(List<WithItem> &out, bool parenthesised) {
  if (parenthesised && !accept(LPar))
    return false;
  do {
    if (parenthesised && out.size() && at(RPar))
      break;
    WithItem *item = withItem();
    if (!item)
      return false;
    out.push(item);
  } while (accept(Comma));
  return !parenthesised || accept(RPar);
}

Stmt *Parser::withStatement(const Token &start, bool async) {
  Mark mark = mark_;
  if (diagnosing()) {
    diagnoseWith(true);
    mark_ = mark;
  }
  mark_++;
  List<WithItem> items(*this);
  auto finish = [&]() -> Stmt * {
    Seq<Stmt *> body;
    const StrText *comment = typeComment();
    if (!block(body))
      return nullptr;
    if (async && !since(5, "Async with statements are"))
      return nullptr;
    auto *node = makeEither<WithStmt, AsyncWithStmt>(context_, async, from(start));
    node->items = items.finish();
    node->body = body;
    node->type_comment = comment;
    return node;
  };
  // '(' begins a list of items, or the expression of the first item.
  if (at(LPar)) {
    if (withItems(items, true) && accept(Colon)) {
      Stmt *node = finish();
      return node && (async || since(9, "Parenthesized context managers are")) ? node : nullptr;
    }
    scratch_.resize(items.base);
    mark_ = mark + 1;
  }
  if (!raised_ && withItems(items, false) && accept(Colon))
    return finish();
  if (diagnosing()) {
    mark_ = mark;
    diagnoseWith(false);
  }
  return nullptr;
}

// ---- try -------------------------------------------------------------------------------------------

bool Parser::finallyBlock(Seq<Stmt *> &out) {
  const Token &keyword = peek();
  if (!accept(Finally))
    return true;
  if (diagnosing() && at(Colon)) {
    mark_++;
    diagnoseMissingBlock(keyword, "'finally' statement");
    mark_--;
  }
  return expectForced(Colon) && block(out);
}

ExceptHandler *Parser::exceptBlock(bool star) {
  const Token &start = peek();
  Mark mark = mark_;
  if (diagnosing()) {
    diagnoseExceptIndent(star);
    mark_ = mark;
  }
  auto parse = [&]() -> ExceptHandler * {
    Expr *type = nullptr;
    Identifier name = nullptr;
    if (!accept(Except) || (star && !accept(Star)))
      return nullptr;
    if (star || !at(Colon)) {
      if (!(type = expression()))
        return nullptr;
      if (accept(As)) {
        const Token *as = accept(Name);
        if (!as)
          return nullptr;
        name = identifier(*as);
      }
    }
    Seq<Stmt *> body;
    if (!accept(Colon) || !block(body))
      return nullptr;
    auto *handler = context_.make<ExceptHandler>(from(start));
    handler->type = type;
    handler->name = name;
    handler->body = body;
    return handler;
  };
  ExceptHandler *handler = raised_ ? nullptr : parse();
  if (!handler && diagnosing()) {
    mark_ = mark;
    diagnoseExcept();
  }
  return handler;
}

Stmt *Parser::tryStatement() {
  const Token &start = peek();
  if (diagnosing()) {
    Mark mark = mark_;
    diagnoseTry();
    mark_ = mark;
  }
  mark_++;
  Seq<Stmt *> body, orelse, finalbody;
  if (!expectForced(Colon) || !block(body))
    return nullptr;
  bool star = false;
  List<ExceptHandler> handlers(*this);
  while (at(Except)) {
    Mark before = mark_;
    bool isStar = peekNext() == Star;
    ExceptHandler *handler = nullptr;
    // A handler of the other kind ends the list; in the second pass it is tried for its own mistakes.
    if (!handlers.size() || isStar == star || diagnosing())
      handler = exceptBlock(handlers.size() ? star : star = isStar);
    if (!handler) {
      mark_ = before;
      break;
    }
    handlers.push(handler);
  }
  if (raised_ || (!handlers.size() && !at(Finally)))
    return nullptr;
  if ((handlers.size() && !elseBlock(orelse)) || !finallyBlock(finalbody))
    return nullptr;
  if (star && handlers.size() && !since(11, "Exception groups are"))
    return nullptr;
  auto *node = makeEither<TryStmt, TryStarStmt>(context_, star && handlers.size(), from(start));
  node->body = body;
  node->handlers = handlers.finish();
  node->orelse = orelse;
  node->finalbody = finalbody;
  return node;
}

// ---- Functions and classes -------------------------------------------------------------------------

Stmt *Parser::decorated() {
  List<Expr> decorators(*this);
  while (accept(At)) {
    Expr *decorator = namedExpression();
    if (!decorator || !accept(Newline))
      return nullptr;
    decorators.push(decorator);
  }
  const Token &token = peek();
  switch (token.kind) {
  case Def:
    return functionDef(token, false, decorators.finish());
  case Class:
    return classDef(decorators.finish());
  case Async:
    return asyncStatement(decorators.finish(), true);
  default:
    return nullptr;
  }
}

Stmt *Parser::asyncStatement(Seq<Expr *> decorators, bool onlyDef) {
  const Token &start = peek();
  mark_++;
  switch (kind()) {
  case Def:
    return functionDef(start, true, decorators);
  case For:
    return onlyDef ? nullptr : forStatement(start, true);
  case With:
    return onlyDef ? nullptr : withStatement(start, true);
  default:
    return nullptr;
  }
}

Stmt *Parser::functionDef(const Token &start, bool async, Seq<Expr *> decorators) {
  const Token &keyword = peek();
  mark_++;
  const Token *name = accept(Name);
  if (!name || !expectForced(LPar))
    return nullptr;
  Arguments *args = parameters(false);
  if (!args || !accept(RPar))
    return nullptr;
  Expr *returns = nullptr;
  if (at(RArrow)) {
    Mark before = mark_++;
    if (!(returns = expression()))
      mark_ = before;
  }
  if (diagnosing() && at(Colon) && diagnoseHeader(keyword, "function definition", false))
    return nullptr;
  if (!expectForced(Colon))
    return nullptr;
  const StrText *comment = functionTypeComment();
  Seq<Stmt *> body;
  if (!block(body))
    return nullptr;
  if (async && !since(5, "Async functions are"))
    return nullptr;
  auto *node = makeEither<FunctionDefStmt, AsyncFunctionDefStmt>(context_, async, from(start));
  node->name = identifier(*name);
  node->args = args;
  node->body = body;
  node->decorator_list = decorators;
  node->returns = returns;
  node->type_comment = comment;
  return node;
}

Stmt *Parser::classDef(Seq<Expr *> decorators) {
  const Token &start = peek();
  mark_++;
  const Token *name = accept(Name);
  if (!name)
    return nullptr;
  List<ast::Node> bases(*this);
  if (accept(LPar)) {
    if (!at(RPar) && !arguments(bases))
      return nullptr;
    if (!accept(RPar))
      return nullptr;
  }
  if (diagnosing() && diagnoseHeader(start, "class definition", true))
    return nullptr;
  Seq<Stmt *> body;
  if (!accept(Colon) || !block(body))
    return nullptr;
  auto *call = static_cast<CallExpr *>(makeCall(start, nullptr, bases));
  auto *node = context_.make<ClassDefStmt>(from(start));
  node->name = identifier(*name);
  node->bases = call->args;
  node->keywords = call->keywords;
  node->body = body;
  node->decorator_list = decorators;
  return node;
}

// ---- Type comments ---------------------------------------------------------------------------------

const StrText *Parser::typeComment() {
  if (!flags_.typeComments)
    return nullptr;
  const Token *token = accept(TypeComment);
  return token ? context_.makeText(token->text()) : nullptr;
}

// A function's type comment may also stand alone on the first line of the body.
const StrText *Parser::functionTypeComment() {
  if (!flags_.typeComments)
    return nullptr;
  Mark before = mark_;
  if (accept(Newline)) {
    const Token *token = accept(TypeComment);
    Mark after = mark_;
    if (token && accept(Newline) && at(Indent)) {
      mark_ = after;
      return context_.makeText(token->text());
    }
    mark_ = before;
  }
  const StrText *comment = typeComment();
  if (comment && diagnosing()) {
    // The second pass sees whether there is one in each place.
    Mark mark = mark_;
    if (accept(Newline) && accept(TypeComment) && accept(Newline) && at(Indent))
      raiseLast("Cannot have two type comments on def");
    mark_ = mark;
  }
  return comment;
}

} // namespace krait

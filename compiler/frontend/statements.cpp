// Statements: one method per kind. Blocks are limited in depth by the lexer (100 levels of indentation).
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
  case Return: return returnStatement();
  case Import: return importName();
  case From: return importFrom();
  case Raise: return raiseStatement();
  case Pass: return mark_++, context_.make<PassStmt>(where(start));
  case Break: return mark_++, context_.make<BreakStmt>(where(start));
  case Continue: return mark_++, context_.make<ContinueStmt>(where(start));
  case Del: return deleteStatement();
  case Assert: return assertStatement();
  case Global:
  case Nonlocal: return globalStatement();
  default: return diagnosing() ? diagnosedExpressionStatement() : expressionStatement();
  }
}

static bool augmentedOperator(TokenKind kind, Operator &op) {
  switch (kind) {
  case PlusEqual: op = Operator::Add; return true;
  case MinusEqual: op = Operator::Sub; return true;
  case StarEqual: op = Operator::Mult; return true;
  case AtEqual: op = Operator::MatMult; return true;
  case SlashEqual: op = Operator::Div; return true;
  case PercentEqual: op = Operator::Mod; return true;
  case AmperEqual: op = Operator::BitAnd; return true;
  case VBarEqual: op = Operator::BitOr; return true;
  case CircumflexEqual: op = Operator::BitXor; return true;
  case LeftShiftEqual: op = Operator::LShift; return true;
  case RightShiftEqual: op = Operator::RShift; return true;
  case DoubleStarEqual: op = Operator::Pow; return true;
  case DoubleSlashEqual: op = Operator::FloorDiv; return true;
  default: return false;
  }
}

Stmt *Parser::expressionStatement() {
  const Token &start = peek();
  Expr *value = at(Yield) ? yieldExpression() : starExpressions();
  return value ? assignmentRest(start, value) : nullptr;
}

// What follows the first expression of a statement: '=' ..., an augmented assignment, ':' annotation, or nothing.
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

// ---- Imports ---------------------------------------------------------------------------------------

bool Parser::dottedName(Identifier &out) {
  const Token *name = accept(Name);
  if (!name)
    return false;
  out = identifier(*name);
  if (!at(Dot))
    return true;
  std::string text(out->view());
  while (at(Dot)) {
    mark_++;
    if (!(name = accept(Name))) {
      mark_--;
      break;
    }
    text += '.';
    text += identifier(*name)->view();
  }
  out = context_.intern(text);
  return true;
}

Stmt *Parser::importName() {
  const Token &start = peek();
  mark_++;
  List<Alias> names(*this);
  do {
    const Token &first = peek();
    Identifier name, asname = nullptr;
    if (!dottedName(name))
      return nullptr;
    if (accept(As)) {
      const Token *as = accept(Name);
      if (!as)
        return nullptr;
      asname = identifier(*as);
    }
    auto *alias = context_.make<Alias>(from(first));
    alias->name = name;
    alias->asname = asname;
    names.push(alias);
  } while (accept(Comma));
  auto *node = context_.make<ImportStmt>(from(start));
  node->names = names.finish();
  return node;
}

Stmt *Parser::importFrom() {
  const Token &start = peek();
  mark_++;
  int level = 0;
  for (;; mark_++) {
    if (at(Dot))
      level++;
    else if (at(TokenKind::Ellipsis))
      level += 3;
    else
      break;
  }
  Identifier module = nullptr;
  if (!dottedName(module) && !level)
    return nullptr;
  List<Alias> names(*this);
  if (!accept(Import) || !importFromTargets(names))
    return nullptr;
  auto *node = context_.make<ImportFromStmt>(from(start));
  node->module = module;
  node->names = names.finish();
  node->level = level;
  return node;
}

bool Parser::importFromTargets(List<Alias> &out) {
  const Token &start = peek();
  if (accept(Star)) {
    auto *alias = context_.make<Alias>(where(start));
    alias->name = context_.intern("*");
    out.push(alias);
    return true;
  }
  if (accept(LPar)) {
    if (!importFromAsNames(out))
      return false;
    accept(Comma);
    return accept(RPar);
  }
  if (!importFromAsNames(out))
    return false;
  if (!at(Comma))
    return true;
  if (diagnosing() && peekNext() == Newline)
    raiseLast("trailing comma not allowed without surrounding parentheses");
  return false;
}

bool Parser::importFromAsNames(List<Alias> &out) {
  do {
    Mark mark = mark_;
    const Token *name = accept(Name);
    const Token *as = nullptr;
    if (!name || (accept(As) && !(as = accept(Name)))) {
      // A comma before what is no name belongs to the caller.
      mark_ = mark ? mark - 1 : mark;
      return out.size() && slot(mark_).kind == Comma;
    }
    auto *alias = context_.make<Alias>(from(*name));
    alias->name = identifier(*name);
    alias->asname = as ? identifier(*as) : nullptr;
    out.push(alias);
  } while (accept(Comma));
  return true;
}

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
template <typename Plain, typename AsyncKind> static Plain *makeEither(AstContext &context, bool async, Location loc) {
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
  Mark mark = mark_;
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
  (void)mark;
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
    auto *node = makeEither<WithStmt, AsyncWithStmt>(context_, async, from(start));
    node->items = items.finish();
    node->body = body;
    node->type_comment = comment;
    return node;
  };
  // '(' begins a list of items, or the expression of the first item.
  if (at(LPar)) {
    if (withItems(items, true) && accept(Colon))
      return finish();
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
  case Def: return functionDef(token, false, decorators.finish());
  case Class: return classDef(decorators.finish());
  case Async: return asyncStatement(decorators.finish(), true);
  default: return nullptr;
  }
}

Stmt *Parser::asyncStatement(Seq<Expr *> decorators, bool onlyDef) {
  const Token &start = peek();
  mark_++;
  switch (kind()) {
  case Def: return functionDef(start, true, decorators);
  case For: return onlyDef ? nullptr : forStatement(start, true);
  case With: return onlyDef ? nullptr : withStatement(start, true);
  default: return nullptr;
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

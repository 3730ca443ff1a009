// Usual mistakes and what to say about them. Only the second pass over a wrong program comes here.
//
// Each method is called where the grammar would have to go on, tries one or more wrong forms, and raises the
// message of the first that matches. The order of forms within a method and of calls is part of what is specified:
// the first to match wins. The caller rewinds.
#include "compiler/frontend/parser.h"

namespace krait {

using namespace ast;
using enum TokenKind;

// ---- Expressions -----------------------------------------------------------------------------------

static bool isLegacyStatement(const Expr *expr) {
  auto *name = as<NameExpr>(expr);
  return name && (name->id->view() == "print" || name->id->view() == "exec");
}

// Whether [text] begins a soft keyword. (The whole of one would make more sense, but this decides which message comes.)
static bool beginsSoftKeyword(std::string_view text) {
  return std::string_view("match").starts_with(text) || std::string_view("case").starts_with(text) || text == "_";
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
      raiseRange(where(token), rest->loc, "Missing parentheses in call to '" + name + "'. Did you mean " + name + "(...)?");
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
    bool left = display && (display->kind == NodeKind::ListExpr || display->kind == NodeKind::GeneratorExpExpr ||
                            (display->kind == NodeKind::TupleExpr && display->loc.line == peekLine(start) &&
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

// An expression statement in the second pass: targets are tried as such before anything is read as an expression,
// so that mistakes within come up in the order of the text.
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
    if (target && (target->kind == NodeKind::ListExpr || target->kind == NodeKind::TupleExpr) && accept(Colon) &&
        expression()) {
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

// ---- Arguments -------------------------------------------------------------------------------------

// From the start of [elt] to the end of the last of [generators].
static Location generatorRange(const Expr *elt, const Seq<Comprehension *> &generators) {
  const Comprehension *last = generators.back();
  const Location &end = last->ifs.empty() ? last->iter->loc : last->ifs.back()->loc;
  return {elt->loc.line, elt->loc.col, end.endLine, end.endCol};
}

void Parser::diagnoseArguments() {
  const Mark start = mark_;
  const char *parenthesise = "Generator expression must be parenthesized";
  Seq<Comprehension *> generators;
  List<ast::Node> list(*this);
  auto argsRange = [&]() -> Location {
    // The list has the position of a call made of it: from its first token to its last.
    const Token &first = slot(start);
    return from(first);
  };
  bool matched = args(list);
  const Mark afterArgs = mark_;
  if (matched && accept(Comma) && at(Star)) {
    mark_ = afterArgs;
    Location range = argsRange();
    raiseRange(range, range, "iterable argument unpacking follows keyword argument unpacking");
    return;
  }
  if (raised_)
    return;
  mark_ = start;
  if (Expr *elt = expression(); elt && comprehensionClauses(generators) && accept(Comma)) {
    List<ast::Node> rest(*this);
    Mark end = mark_;
    if (!args(rest))
      mark_ = end;
    Location range = generatorRange(elt, generators);
    raiseRange(range, range, parenthesise);
    return;
  }
  if (raised_)
    return;
  mark_ = start;
  if (at(Name) && peekNext() == Equal) {
    const Token &name = peek();
    mark_ += 2;
    const Token &equal = slot(mark_ - 1);
    if (expression() && comprehensionClauses(generators)) {
      raiseRange(where(name), where(equal), "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
      return;
    }
  }
  if (raised_)
    return;
  mark_ = afterArgs;
  if (matched && comprehensionClauses(generators)) {
    // Only if the last positional argument is what the clauses belong to.
    auto *call = static_cast<CallExpr *>(makeCall(slot(start), nullptr, list));
    if (call->args.size() > 1) {
      Location range = generatorRange(call->args.back(), generators);
      raiseRange(range, range, parenthesise);
      return;
    }
  }
  if (raised_ || !matched)
    return;
  mark_ = afterArgs;
  if (accept(Comma)) {
    const Mark second = mark_;
    if (Expr *elt = expression(); elt && comprehensionClauses(generators)) {
      Location range = generatorRange(elt, generators);
      raiseRange(range, range, parenthesise);
      return;
    }
    if (raised_)
      return;
    mark_ = second;
    List<ast::Node> more(*this);
    if (args(more)) {
      bool unpacking = false;
      for (size_t i = 0; i < list.size(); i++)
        if (auto *keyword = as<Keyword>(list[i]))
          unpacking |= !keyword->arg;
      raiseLast(unpacking ? "positional argument follows keyword argument unpacking"
                          : "positional argument follows keyword argument");
    }
  }
}

void Parser::diagnoseKeywordArgument() {
  const Mark start = mark_;
  const Token &first = peek();
  if (at(True) || at(False) || at(None)) {
    mark_++;
    if (const Token *equal = accept(Equal))
      raiseRange(where(first), where(*equal), std::string("cannot assign to ") + tokenSpelling(first.kind));
    mark_ = start;
    if (raised_)
      return;
  }
  if (at(Name) && peekNext() == Equal) {
    mark_ += 2;
    const Token &equal = slot(mark_ - 1);
    Seq<Comprehension *> generators;
    if (expression() && comprehensionClauses(generators))
      raiseRange(where(first), where(equal), "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
  } else if (Expr *target = expression()) {
    if (const Token *equal = accept(Equal))
      raiseRange(target->loc, where(*equal), "expression cannot contain assignment, perhaps you meant \"==\"?");
  }
  mark_ = start;
}

// ---- Displays --------------------------------------------------------------------------------------

// '(' with one starred expression in it.
void Parser::diagnoseGroup() {
  const Mark start = mark_++;
  if (at(Star)) {
    if (Expr *starred = starredExpression(); starred && accept(RPar))
      raiseAt(starred, "cannot use starred expression here");
  } else if (const Token *stars = accept(DoubleStar)) {
    if (expression() && accept(RPar))
      raiseAt(*stars, "cannot use double starred expression here");
  }
  mark_ = start;
}

// At an opening bracket: a comprehension over something that cannot be its element.
void Parser::diagnoseComprehension() {
  const Mark start = mark_++;
  const bool paren = slot(start).kind == LPar;
  Seq<Comprehension *> generators;
  if (at(Star)) {
    Expr *starred = starredExpression();
    if (starred && comprehensionClauses(generators)) {
      raiseAt(starred, "iterable unpacking cannot be used in comprehension");
      return;
    }
  }
  mark_ = start + 1;
  if (raised_ || paren)
    return;
  const char *message = "did you forget parentheses around the comprehension target?";
  Expr *first = starNamedExpression();
  if (!first)
    return;
  const Token *comma = accept(Comma);
  if (!comma)
    return;
  List<Expr> others(*this);
  const Mark afterComma = mark_;
  if (starNamedExpressions(others)) {
    if (comprehensionClauses(generators)) {
      raiseRange(first->loc, others.back()->loc, message);
      return;
    }
  }
  mark_ = afterComma;
  if (!raised_ && comprehensionClauses(generators))
    raiseRange(first->loc, where(*comma), message);
}

void Parser::diagnoseDictComprehension() {
  const Mark start = mark_++;
  Seq<Comprehension *> generators;
  if (const Token *stars = accept(DoubleStar))
    if (bitwiseOr() && comprehensionClauses(generators) && accept(RBrace))
      raiseAt(*stars, "dict unpacking cannot be used in dict comprehension");
  mark_ = start;
}

// At '{' of a dict: keys without values, stars for values.
void Parser::diagnoseDict() {
  const Mark start = mark_++;
  auto item = [&]() -> bool {
    if (accept(DoubleStar))
      return bitwiseOr();
    return expression() && accept(Colon) && expression();
  };
  // After a correct item, or for the only one.
  auto wrongItem = [&](bool mayLackColon) {
    Mark mark = mark_;
    Expr *key = expression();
    if (!key)
      return;
    if (mayLackColon && !at(Colon)) {
      raise(ParseErrorType::SyntaxError, key->loc.line, key->loc.endCol, key->loc.endLine, 0,
            "':' expected after dictionary key");
      return;
    }
    const Token *colon = accept(Colon);
    if (!colon)
      return;
    const Token &star = peek();
    if (accept(Star)) {
      if (bitwiseOr())
        raise(ParseErrorType::SyntaxError, star.line, star.col + 1, lexer_.line(),
              int(lexer_.cursor() - lexer_.lineStart()), "cannot use a starred expression in a dictionary value");
    } else if (at(RBrace) || at(Comma)) {
      raiseAt(*colon, "expression expected after dictionary key and ':'");
    }
    mark_ = mark;
  };
  Mark lastComma = 0;
  while (item()) {
    if (!accept(Comma))
      break;
    lastComma = mark_;
  }
  if (raised_)
    return;
  if (lastComma) {
    mark_ = lastComma;
    wrongItem(true);
  }
  if (raised_)
    return;
  mark_ = start + 1;
  wrongItem(false);
  mark_ = start;
}

// At [ASYNC] 'for': something that cannot be a loop's target.
void Parser::diagnoseForTarget() {
  accept(Async);
  if (!accept(For))
    return;
  if (Expr *wrong = starExpressions())
    raiseInvalidTarget(wrong, false, true);
}

// ---- Compound statements ---------------------------------------------------------------------------

// After the ':' of a header: a newline without an indented block after it.
void Parser::diagnoseMissingBlock(const Token &keyword, const char *what) {
  Mark mark = mark_;
  if (accept(Newline) && !at(Indent))
    raiseLast(std::string("expected an indented block after ") + what + " on line " + std::to_string(keyword.line),
              ParseErrorType::IndentationError);
  mark_ = mark;
}

// After a header, before its ':'. True if an error was raised.
bool Parser::diagnoseHeader(const Token &keyword, const char *what, bool missingColon) {
  Mark mark = mark_;
  if (missingColon && accept(Newline))
    raiseLast("expected ':'");
  else if (accept(Colon))
    diagnoseMissingBlock(keyword, what);
  mark_ = mark;
  return raised_;
}

// At 'with': with [indent] a missing block, else a missing colon.
void Parser::diagnoseWith(bool indent) {
  const Mark start = mark_;
  const Token &keyword = peek();
  auto items = [&](bool parenthesised) {
    mark_ = start + 1;
    if (parenthesised && !accept(LPar))
      return false;
    size_t count = 0;
    do {
      if (parenthesised && count && at(RPar))
        break;
      Expr *value = expression();
      if (parenthesised && !indent && value && at(Comma)) {
        // A list of expressions stands for each item here.
      }
      if (!value || (accept(As) && !starTarget()))
        return false;
      count++;
    } while (accept(Comma));
    return !raised_ && (!parenthesised || accept(RPar));
  };
  for (bool parenthesised : {false, true}) {
    if (raised_ || !items(parenthesised))
      continue;
    if (indent && accept(Colon))
      diagnoseMissingBlock(keyword, "'with' statement");
    else if (!indent && accept(Newline))
      raiseLast("expected ':'");
  }
  mark_ = start;
}

// At 'try'.
void Parser::diagnoseTry() {
  const Token &keyword = peek();
  mark_++;
  if (!accept(Colon))
    return;
  diagnoseMissingBlock(keyword, "'try' statement");
  Seq<Stmt *> body;
  if (raised_ || !block(body))
    return;
  if (!at(Except) && !at(Finally)) {
    raiseLast("expected 'except' or 'finally' block");
    return;
  }
  // Handlers of one kind followed by the start of one of the other.
  const bool star = at(Except) && peekNext() == Star;
  size_t count = 0;
  for (;; count++) {
    const Mark before = mark_;
    if (ExceptHandler *handler = at(Except) ? exceptBlock(star) : nullptr; !handler) {
      mark_ = before;
      break;
    }
  }
  const Token &other = peek();
  if (raised_ || !count || !accept(Except))
    return;
  const Token &otherStar = peek();
  if (!star && !accept(Star))
    return;
  if (!star || !at(Colon))
    if (!expression() || (accept(As) && !accept(Name)))
      return;
  if (!raised_ && at(Colon))
    raiseRange(where(other), where(star ? other : otherStar),
               "cannot have both 'except' and 'except*' on the same 'try'");
}

// At 'except', before it is read: a missing block.
void Parser::diagnoseExceptIndent(bool star) {
  const Token &keyword = peek();
  if (!accept(Except))
    return;
  if (star && !accept(Star))
    return;
  if (star || !at(Colon)) {
    if (!expression())
      return;
    if (accept(As) && !accept(Name))
      return;
  }
  if (accept(Colon))
    diagnoseMissingBlock(keyword, star ? "'except*' statement" : "'except' statement");
}

// At 'except', after it could not be read.
void Parser::diagnoseExcept() {
  const Mark start = mark_++;
  const bool star = accept(Star);
  const Mark afterStar = mark_;
  if (Expr *first = expression(); first && accept(Comma)) {
    List<Expr> others(*this);
    bool good = true;
    do {
      Mark before = mark_;
      Expr *next = expression();
      if (!next) {
        good = others.size();
        mark_ = before;
        break;
      }
      others.push(next);
    } while (accept(Comma));
    if (good && (!accept(As) || accept(Name)) && !raised_ && accept(Colon)) {
      raiseFrom(first, "multiple exception types must be parenthesized");
      return;
    }
  }
  if (raised_)
    return;
  mark_ = afterStar;
  if (expression() && (!accept(As) || accept(Name)) && accept(Newline)) {
    raiseLast("expected ':'");
    return;
  }
  if (raised_)
    return;
  mark_ = afterStar;
  if (!star && accept(Newline))
    raiseLast("expected ':'");
  else if (star && (accept(Newline) || accept(Colon)))
    raiseLast("expected one or more exception types");
  mark_ = start;
}

} // namespace krait

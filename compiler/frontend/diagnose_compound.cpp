// Mistakes in compound statements; see diagnose.cpp.
#include "compiler/frontend/parser.h"

namespace krait {

using namespace ast;
using enum TokenKind;

// ---- Compound statements ---------------------------------------------------------------------------

// After the ':' of a header: a newline without an indented block after it.
void Parser::diagnoseMissingBlock(const Token &keyword, const char *what) {
  Mark mark = mark_;
  if (accept(Newline) && !at(Indent))
    raiseLast(std::string("expected an indented block after ") + what + " on line " +
                  std::to_string(keyword.line),
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

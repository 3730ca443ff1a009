// Mistakes in arguments, displays and comprehensions; see diagnose.cpp.
#include "compiler/frontend/parser.h"

namespace krait {

using namespace ast;
using enum TokenKind;

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
  const size_t argsCount = list.size(); // Before further lists are opened on top of it.
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
      for (size_t i = 0; i < argsCount; i++)
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
      raiseRange(target->loc, where(*equal),
                 "expression cannot contain assignment, perhaps you meant \"==\"?");
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
              int(lexer_.cursor() - lexer_.lineStart()),
              "cannot use a starred expression in a dictionary value");
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

} // namespace krait

// Parameter lists of functions and lambdas.
#include "compiler/frontend/parser.h"

namespace krait {

using namespace ast;
using enum TokenKind;

Expr *Parser::lambdaExpression() {
  Deeper deeper(*this);
  if (!deeper)
    return nullptr;
  const Token &start = peek();
  mark_++;
  Arguments *args = parameters(true);
  if (!args || !accept(Colon))
    return nullptr;
  Expr *body = expression();
  if (!body)
    return nullptr;
  auto *node = context_.make<LambdaExpr>(from(start));
  node->args = args;
  node->body = body;
  return node;
}

// NAME [':' expression]; with [starAnnotation] the annotation may be '*' expression.
Arg *Parser::parameter(bool lambda, bool starAnnotation) {
  const Token *name = accept(Name);
  if (!name)
    return nullptr;
  Expr *annotation = nullptr;
  if (!lambda && at(Colon)) {
    Mark before = mark_++;
    annotation = starAnnotation ? starExpression() : expression();
    if (!annotation)
      mark_ = before;
  }
  if (raised_)
    return nullptr;
  auto *arg = context_.make<Arg>(from(*name));
  arg->arg = identifier(*name);
  arg->annotation = annotation;
  return arg;
}

// '=' expression
Expr *Parser::defaultValue(bool lambda) {
  if (!accept(Equal))
    return nullptr;
  if (diagnosing() && (at(Comma) || atParametersEnd(lambda)))
    return raiseAt(slot(mark_ - 1), "expected default value expression");
  return expression();
}

// Everything between the parentheses of a def or between `lambda` and ':'. Stops where nothing matches; the
// caller then misses its closing token.
Arguments *Parser::parameters(bool lambda) {
  if (diagnosing() && !atParametersEnd(lambda)) {
    Mark mark = mark_;
    diagnoseParameters(lambda);
    mark_ = mark;
  }
  if (raised_)
    return nullptr;
  auto *result = context_.make<Arguments>();
  std::vector<Arg *> positional, keywordOnly;
  std::vector<Expr *> defaults, keywordDefaults;
  bool slash = false, star = false, afterBareStar = false;
  for (Mark end = mark_; !atParametersEnd(lambda); end = mark_) {
    Arg *named = nullptr;
    if (at(Slash)) {
      if (slash || star || positional.empty())
        return nullptr;
      mark_++;
      slash = true;
      result->posonlyargs = context_.makeSeq(positional);
      positional.clear();
    } else if (at(Star)) {
      if (star)
        return nullptr;
      if (diagnosing()) {
        Mark mark = mark_;
        diagnoseStarParameter(lambda);
        mark_ = mark;
        if (raised_)
          return nullptr;
      }
      mark_++;
      star = true;
      if (at(Comma))
        afterBareStar = true;
      else if (!(named = result->vararg = parameter(lambda, true)))
        return nullptr;
    } else if (at(DoubleStar)) {
      if (diagnosing()) {
        Mark mark = mark_;
        diagnoseDoubleStarParameter(lambda);
        mark_ = mark;
        if (raised_)
          return nullptr;
      }
      if (afterBareStar)
        return nullptr;
      mark_++;
      if (!(result->kwarg = parameter(lambda, false)))
        return nullptr;
      accept(Comma);
      result->kwarg->type_comment = typeComment();
      break;
    } else {
      Arg *arg = parameter(lambda, false);
      if (!arg) {
        mark_ = end;
        break;
      }
      const bool hasDefault = at(Equal);
      Expr *value = hasDefault ? defaultValue(lambda) : nullptr;
      if (raised_ || (hasDefault && !value))
        return nullptr;
      afterBareStar = false;
      if (star) {
        keywordOnly.push_back(arg);
        keywordDefaults.push_back(value);
      } else {
        if (!value && !defaults.empty())
          return nullptr;
        positional.push_back(arg);
        if (value)
          defaults.push_back(value);
      }
      named = arg;
    }
    // A type comment stands after the comma, or before the closing parenthesis.
    const bool comma = accept(Comma);
    if (named && !lambda)
      named->type_comment = typeComment();
    if (!comma)
      break;
  }
  if (raised_ || afterBareStar || (star && !result->vararg && keywordOnly.empty()))
    return nullptr;
  if (slash && (peek(), !since(8, "Positional-only parameters are")))
    return nullptr;
  result->args = context_.makeSeq(positional);
  result->kwonlyargs = context_.makeSeq(keywordOnly);
  result->kw_defaults = context_.makeSeq(keywordDefaults);
  result->defaults = context_.makeSeq(defaults);
  return result;
}

// ---- Wrong parameter lists -------------------------------------------------------------------------

// A parameter with its comma (or before the end of the list), of the wanted form; rewinds if it is not there.
Arg *Parser::diagnosedParameter(bool lambda, ParamForm form) {
  Mark mark = mark_;
  Arg *arg = parameter(lambda, false);
  if (arg && form != ParamForm::NoDefault && at(Equal)) {
    if (!defaultValue(lambda))
      arg = nullptr;
  } else if (form == ParamForm::WithDefault) {
    arg = nullptr;
  }
  if (arg && !raised_ && (accept(Comma) || atParametersEnd(lambda)))
    return arg;
  mark_ = mark;
  return nullptr;
}

// Parameters up to and with '/'; tells whether any had a default.
bool Parser::slashParameters(bool lambda, bool &withDefault) {
  Mark mark = mark_;
  size_t count = 0;
  withDefault = false;
  while (diagnosedParameter(lambda, ParamForm::NoDefault))
    count++;
  while (diagnosedParameter(lambda, ParamForm::WithDefault))
    count++, withDefault = true;
  if (!raised_ && count && accept(Slash) && (accept(Comma) || atParametersEnd(lambda)))
    return true;
  mark_ = mark;
  return false;
}

void Parser::diagnoseParameters(bool lambda) {
  const Mark start = mark_;
  using enum ParamForm;
  bool withDefault = false;
  // 1. A parameter without a default after one with.
  while (diagnosedParameter(lambda, NoDefault))
    ;
  bool defaults = slashParameters(lambda, withDefault) && withDefault;
  if (!defaults)
    while (diagnosedParameter(lambda, WithDefault))
      defaults = true;
  if (raised_)
    return;
  if (defaults)
    if (Arg *arg = diagnosedParameter(lambda, NoDefault)) {
      raiseAt(arg, "non-default argument follows default argument");
      return;
    }
  // 2. Parentheses around parameters.
  mark_ = start;
  while (diagnosedParameter(lambda, NoDefault))
    ;
  const Token &open = peek();
  if (accept(LPar)) {
    size_t count = 0;
    if (lambda)
      while (parameter(true, false) && ++count && accept(Comma))
        ;
    else
      while (parameter(false, false) && (accept(Comma) || at(RPar)))
        count++;
    const Token *close = count ? accept(RPar) : nullptr;
    if (close) {
      raiseRange(where(open), where(*close),
                 lambda ? "Lambda expression parameters cannot be parenthesized"
                        : "Function parameters cannot be parenthesized");
      return;
    }
  }
  // 3. A slash in a wrong place.
  mark_ = start;
  if (const Token *slash = accept(Slash); slash && at(Comma)) {
    raiseAt(*slash, "at least one argument must precede /");
    return;
  }
  mark_ = start;
  if (slashParameters(lambda, withDefault)) {
    while (diagnosedParameter(lambda, MaybeDefault))
      ;
    if (const Token *slash = accept(Slash)) {
      raiseAt(*slash, "/ may appear only once");
      return;
    }
  }
  mark_ = start;
  slashParameters(lambda, withDefault);
  while (diagnosedParameter(lambda, MaybeDefault))
    ;
  if (accept(Star) && (accept(Comma) || diagnosedParameter(lambda, NoDefault))) {
    while (diagnosedParameter(lambda, MaybeDefault))
      ;
    if (const Token *slash = accept(Slash)) {
      raiseAt(*slash, "/ must be ahead of *");
      return;
    }
  }
  mark_ = start;
  bool any = false;
  while (diagnosedParameter(lambda, MaybeDefault))
    any = true;
  if (any && accept(Slash))
    if (const Token *star = accept(Star))
      raiseAt(*star, "expected comma between / and *");
}

// At '*'.
void Parser::diagnoseStarParameter(bool lambda) {
  const Mark start = mark_++;
  const Token &star = slot(start);
  const char *bare = "named arguments must follow bare *";
  if (atParametersEnd(lambda) ||
      (at(Comma) && (peekNext() == (lambda ? Colon : RPar) || peekNext() == DoubleStar))) {
    if (lambda)
      raiseLast(bare);
    else
      raiseAt(star, bare);
    return;
  }
  if (accept(Comma) && !lambda && typeComment()) {
    raiseLast("bare * has associated type comment");
    return;
  }
  mark_ = start + 1;
  if (parameter(lambda, false) && at(Equal)) {
    raiseAt(peek(), "var-positional argument cannot have default value");
    return;
  }
  mark_ = start + 1;
  if (!raised_ && (diagnosedParameter(lambda, ParamForm::NoDefault) || accept(Comma))) {
    while (diagnosedParameter(lambda, ParamForm::MaybeDefault))
      ;
    const Token *second = accept(Star);
    if (second && (diagnosedParameter(lambda, ParamForm::NoDefault) || accept(Comma)))
      raiseAt(*second, "* argument may appear only once");
  }
}

// At '**'.
void Parser::diagnoseDoubleStarParameter(bool lambda) {
  mark_++;
  if (!parameter(lambda, false))
    return;
  if (at(Equal)) {
    raiseAt(peek(), "var-keyword argument cannot have default value");
    return;
  }
  if (!accept(Comma))
    return;
  const Token &next = peek();
  const char *message = "arguments cannot follow var-keyword argument";
  if (Arg *arg = parameter(lambda, false))
    raiseAt(arg, message);
  else if (next.kind == Star || next.kind == DoubleStar || next.kind == Slash)
    raiseAt(next, message);
}

} // namespace krait

// Expressions: operators by precedence, primaries, displays and comprehensions, calls.
#include "compiler/frontend/parser.h"

namespace krait {

using namespace ast;
using enum TokenKind;

Expr *Parser::constant(ConstantKind kind) {
  const Token &token = peek();
  mark_++;
  auto *node = context_.make<ConstantExpr>(where(token));
  node->value = context_.makeConstant(kind);
  return node;
}

Expr *Parser::makeTuple(const Token &start, List<Expr> &elements) {
  auto *tuple = context_.make<TupleExpr>(from(start));
  tuple->elts = elements.finish();
  return tuple;
}

// ---- Lists of expressions --------------------------------------------------------------------------

// star_expression: '*' bitwise_or | expression
Expr *Parser::starExpression() {
  if (!at(Star))
    return expression();
  const Token &start = peek();
  mark_++;
  Expr *value = bitwiseOr();
  if (!value)
    return nullptr;
  auto *starred = context_.make<StarredExpr>(from(start));
  starred->value = value;
  return starred;
}

// star_expressions: one, or a tuple without parentheses
Expr *Parser::starExpressions() {
  const Token &start = peek();
  Expr *first = starExpression();
  if (!first || !at(Comma))
    return first;
  List<Expr> elements(*this);
  elements.push(first);
  while (accept(Comma)) {
    Mark afterComma = mark_;
    Expr *next = starExpression();
    if (!next) {
      mark_ = afterComma;
      break;
    }
    elements.push(next);
  }
  return raised_ ? nullptr : makeTuple(start, elements);
}

// star_named_expression: '*' bitwise_or | named_expression
Expr *Parser::starNamedExpression() { return at(Star) ? starExpression() : namedExpression(); }

// One or more, with an optional comma at the end.
bool Parser::starNamedExpressions(List<Expr> &out) {
  const size_t before = out.size();
  Mark end = mark_;
  do {
    Expr *element = starNamedExpression();
    if (!element) {
      mark_ = end;
      break;
    }
    out.push(element);
    end = mark_;
    if (at(Comma))
      end++;
  } while (accept(Comma));
  return out.size() > before && !raised_;
}

// NAME ':=' expression
Expr *Parser::assignmentExpression() {
  const Token &start = peek();
  if (start.kind != Name || peekNext() != ColonEqual)
    return nullptr;
  auto *target = context_.make<NameExpr>(where(start));
  target->id = identifier(start);
  target->ctx = ExprContext::Store;
  mark_ += 2;
  Expr *value = expression();
  if (!value)
    return nullptr;
  auto *named = context_.make<NamedExprExpr>(from(start));
  named->target = target;
  named->value = value;
  return named;
}

// An assignment expression, or an expression not followed by ':='
Expr *Parser::assignmentOrExpression() {
  if (at(Name) && peekNext() == ColonEqual)
    return assignmentExpression();
  Expr *value = expression();
  return value && !at(ColonEqual) ? value : nullptr;
}

// named_expression: the same, with its own mistakes
Expr *Parser::namedExpression() {
  if (!memoising_)
    return assignmentOrExpression();
  return memo<Expr>(Rule::NamedExpression, [&]() -> Expr * {
    if (at(Name) && peekNext() == ColonEqual) {
      Mark mark = mark_;
      if (Expr *named = assignmentExpression())
        return named;
      mark_ = mark;
    }
    if (diagnosing())
      diagnoseNamedExpression();
    Expr *value = raised_ ? nullptr : expression();
    return value && !at(ColonEqual) ? value : nullptr;
  });
}

// '*' expression, as an argument or subscript
Expr *Parser::starredExpression() {
  const Token &start = peek();
  if (!accept(Star))
    return nullptr;
  Expr *value = expression();
  if (!value)
    return nullptr;
  auto *starred = context_.make<StarredExpr>(from(start));
  starred->value = value;
  return starred;
}

Expr *Parser::yieldExpression() {
  const Token &start = peek();
  if (!accept(Yield))
    return nullptr;
  Mark afterYield = mark_;
  if (accept(From)) {
    Expr *value = expression();
    if (value) {
      auto *node = context_.make<YieldFromExpr>(from(start));
      node->value = value;
      return node;
    }
    mark_ = afterYield;
  }
  Expr *value = starExpressions();
  if (!value)
    mark_ = afterYield;
  auto *node = context_.make<YieldExpr>(from(start));
  node->value = value;
  return node;
}

// ---- Conditional and boolean -----------------------------------------------------------------------

Expr *Parser::expression() {
  Deeper deeper(*this);
  if (!deeper)
    return nullptr;
  if (!memoising_)
    return plainExpression();
  return memo<Expr>(Rule::Expression, [&]() -> Expr * {
    if (diagnosing())
      diagnoseExpression();
    if (diagnosing())
      diagnoseLegacyStatement();
    return raised_ ? nullptr : plainExpression();
  });
}

Expr *Parser::plainExpression() { return at(Lambda) ? lambdaExpression() : conditional(); }

// disjunction ['if' disjunction 'else' expression]
Expr *Parser::conditional() {
  const Token &start = peek();
  Expr *body = disjunction();
  if (!body || !at(If))
    return body;
  Mark before = mark_;
  mark_++;
  Expr *test = disjunction();
  Expr *orelse = test && accept(Else) ? expression() : nullptr;
  if (!orelse) {
    mark_ = before;
    return raised_ ? nullptr : body;
  }
  auto *node = context_.make<IfExpExpr>(from(start));
  node->test = test;
  node->body = body;
  node->orelse = orelse;
  return node;
}

Expr *Parser::disjunction() {
  return memo<Expr>(Rule::Disjunction, [&]() -> Expr * {
    const Token &start = peek();
    Expr *first = conjunction();
    if (!first || !at(Or))
      return first;
    List<Expr> values(*this);
    values.push(first);
    for (;;) {
      Mark before = mark_;
      Expr *next = accept(Or) ? conjunction() : nullptr;
      if (!next) {
        mark_ = before;
        break;
      }
      values.push(next);
    }
    if (values.size() == 1 || raised_)
      return raised_ ? nullptr : first;
    auto *node = context_.make<BoolOpExpr>(from(start));
    node->op = BoolOperator::Or;
    node->values = values.finish();
    return node;
  });
}

Expr *Parser::conjunction() {
  const Token &start = peek();
  Expr *first = inversion();
  if (!first || !at(And))
    return first;
  List<Expr> values(*this);
  values.push(first);
  for (;;) {
    Mark before = mark_;
    Expr *next = accept(And) ? inversion() : nullptr;
    if (!next) {
      mark_ = before;
      break;
    }
    values.push(next);
  }
  if (values.size() == 1 || raised_)
    return raised_ ? nullptr : first;
  auto *node = context_.make<BoolOpExpr>(from(start));
  node->op = BoolOperator::And;
  node->values = values.finish();
  return node;
}

Expr *Parser::inversion() {
  if (!at(Not))
    return comparison();
  Deeper deeper(*this);
  if (!deeper)
    return nullptr;
  const Token &start = peek();
  mark_++;
  Expr *operand = inversion();
  if (!operand)
    return nullptr;
  auto *node = context_.make<UnaryOpExpr>(from(start));
  node->op = UnaryOperator::Not;
  node->operand = operand;
  return node;
}

bool Parser::comparisonOperator(CmpOperator &op) {
  const Token &token = peek();
  switch (token.kind) {
  case EqEqual: op = CmpOperator::Eq; break;
  case NotEqual: {
    // `<>` and `!=` are one token; which of them is meant depends on a joke.
    bool angle = token.text() == "<>";
    if (angle != flags_.barryAsFlufl) {
      if (flags_.barryAsFlufl)
        raiseLast("with Barry as BDFL, use '<>' instead of '!='");
      return false;
    }
    op = CmpOperator::NotEq;
    break;
  }
  case Less: op = CmpOperator::Lt; break;
  case LessEqual: op = CmpOperator::LtE; break;
  case Greater: op = CmpOperator::Gt; break;
  case GreaterEqual: op = CmpOperator::GtE; break;
  case In: op = CmpOperator::In; break;
  case Not:
    if (peekNext() != In)
      return false;
    mark_++;
    op = CmpOperator::NotIn;
    break;
  case Is:
    op = peekNext() == Not ? CmpOperator::IsNot : CmpOperator::Is;
    if (op == CmpOperator::IsNot)
      mark_++;
    break;
  default: return false;
  }
  mark_++;
  return true;
}

Expr *Parser::comparison() {
  const Token &start = peek();
  Expr *left = bitwiseOr();
  if (!left)
    return nullptr;
  CmpOperator op;
  Mark before = mark_;
  if (!comparisonOperator(op)) {
    mark_ = before;
    return raised_ ? nullptr : left;
  }
  List<Expr> comparators(*this);
  CmpOperator few[8];
  std::vector<CmpOperator> many;
  do {
    Expr *right = bitwiseOr();
    // "x is not y" where y does not follow may still be "x is (not y)": not in the grammar, so it ends here.
    if (!right) {
      mark_ = before;
      break;
    }
    if (comparators.size() < 8)
      few[comparators.size()] = op;
    else {
      if (many.empty())
        many.assign(few, few + 8);
      many.push_back(op);
    }
    comparators.push(right);
    before = mark_;
  } while (comparisonOperator(op));
  mark_ = before;
  if (raised_)
    return nullptr;
  if (!comparators.size())
    return left;
  auto *node = context_.make<CompareExpr>(from(start));
  node->left = left;
  node->ops = context_.makeSeq(many.empty() ? few : many.data(), comparators.size());
  node->comparators = comparators.finish();
  return node;
}

// ---- Arithmetic ------------------------------------------------------------------------------------

static int binaryPrecedence(TokenKind kind, Operator &op) {
  switch (kind) {
  case VBar: op = Operator::BitOr; return 1;
  case Circumflex: op = Operator::BitXor; return 2;
  case Amper: op = Operator::BitAnd; return 3;
  case LeftShift: op = Operator::LShift; return 4;
  case RightShift: op = Operator::RShift; return 4;
  case Plus: op = Operator::Add; return 5;
  case Minus: op = Operator::Sub; return 5;
  case Star: op = Operator::Mult; return 6;
  case Slash: op = Operator::Div; return 6;
  case DoubleSlash: op = Operator::FloorDiv; return 6;
  case Percent: op = Operator::Mod; return 6;
  case At: op = Operator::MatMult; return 6;
  default: return 0;
  }
}

Expr *Parser::bitwiseOr() {
  return memo<Expr>(Rule::BitwiseOr, [&] { return binary(1); });
}

Expr *Parser::binary(int minPrecedence) {
  const Token &start = peek();
  Expr *left = factor();
  while (left) {
    Operator op;
    int precedence = binaryPrecedence(kind(), op);
    if (!precedence || precedence < minPrecedence)
      break;
    Mark before = mark_;
    mark_++;
    Expr *right = binary(precedence + 1);
    if (!right) {
      mark_ = before;
      return raised_ ? nullptr : left;
    }
    auto *node = context_.make<BinOpExpr>(from(start));
    node->left = left;
    node->op = op;
    node->right = right;
    left = node;
  }
  return raised_ ? nullptr : left;
}

Expr *Parser::factor() {
  UnaryOperator op;
  switch (kind()) {
  case Plus: op = UnaryOperator::UAdd; break;
  case Minus: op = UnaryOperator::USub; break;
  case Tilde: op = UnaryOperator::Invert; break;
  default: return power();
  }
  Deeper deeper(*this);
  if (!deeper)
    return nullptr;
  const Token &start = peek();
  mark_++;
  Expr *operand = factor();
  if (!operand)
    return nullptr;
  auto *node = context_.make<UnaryOpExpr>(from(start));
  node->op = op;
  node->operand = operand;
  return node;
}

Expr *Parser::power() {
  const Token &start = peek();
  Expr *left = awaitPrimary();
  if (!left || !at(DoubleStar))
    return left;
  Deeper deeper(*this);
  if (!deeper)
    return nullptr;
  Mark before = mark_;
  mark_++;
  Expr *right = factor();
  if (!right) {
    mark_ = before;
    return raised_ ? nullptr : left;
  }
  auto *node = context_.make<BinOpExpr>(from(start));
  node->left = left;
  node->op = Operator::Pow;
  node->right = right;
  return node;
}

Expr *Parser::awaitPrimary() {
  const Token &start = peek();
  if (!accept(Await))
    return primary();
  Expr *value = primary();
  if (!value)
    return nullptr;
  auto *node = context_.make<AwaitExpr>(from(start));
  node->value = value;
  return node;
}

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
  case True: return constant(ConstantKind::True);
  case False: return constant(ConstantKind::False);
  case None: return constant(ConstantKind::None);
  case TokenKind::Ellipsis: return constant(ConstantKind::Ellipsis);
  case String: return strings();
  case Number:
    mark_++;
    return number(token);
  case LPar: return parenthesised();
  case LSqb: return listOrComprehension();
  case LBrace: return dictOrSet();
  default: return nullptr;
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
  bool wasSet = false;
  mark_++;
  Expr *result = dictRest(start, wasSet);
  if (result || raised_)
    return raised_ ? nullptr : result;
  mark_ = mark;
  // The reference implementation looks for mistakes in dicts in its first pass already, which decides between messages.
  // From here on rules may be tried again, so they are remembered.
  memoising_ = true;
  diagnoseDict();
  mark_ = mark;
  if (diagnosing())
    diagnoseDictComprehension();
  if (diagnosing())
    diagnoseComprehension();
  return nullptr;
}

Expr *Parser::dictRest(const Token &start, bool &wasSet) {
  List<Expr> items(*this); // key, value, key, value...; or the elements of a set
  if (accept(RBrace))
    return context_.make<DictExpr>(from(start));
  Seq<Comprehension *> generators;
  Mark first = mark_;
  if (!at(DoubleStar)) {
    Expr *element = at(Star) ? starNamedExpression() : (secondPass_ ? expression() : namedExpression());
    if (raised_ || (!element && !secondPass_))
      return nullptr;
    if (!element || !at(Colon)) {
      wasSet = true;
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
  size_t count = items.size() / 2;
  dict->keys = {context_.arena().createArray<Expr *>(count), uint32_t(count)};
  dict->values = {context_.arena().createArray<Expr *>(count), uint32_t(count)};
  for (size_t i = 0; i < count; i++) {
    dict->keys.items[i] = items[2 * i];
    dict->values.items[i] = items[2 * i + 1];
  }
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
  auto *clause = context_.make<Comprehension>();
  clause->target = target;
  clause->iter = iter;
  clause->ifs = ifs.finish();
  clause->is_async = async;
  return clause;
}

} // namespace krait

// Expressions: lists of them, conditional, boolean and comparing ones, operators by precedence.
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
  if (!since(8, "Assignment expressions are"))
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

// operand (WORD operand)*, which is one node however many there are
Expr *Parser::boolean(TokenKind word, BoolOperator op, Expr *(Parser::*operand)()) {
  const Token &start = peek();
  Expr *first = (this->*operand)();
  if (!first || !at(word))
    return first;
  List<Expr> values(*this);
  values.push(first);
  for (;;) {
    Mark before = mark_;
    Expr *next = accept(word) ? (this->*operand)() : nullptr;
    if (!next) {
      mark_ = before;
      break;
    }
    values.push(next);
  }
  if (values.size() == 1 || raised_)
    return raised_ ? nullptr : first;
  auto *node = context_.make<BoolOpExpr>(from(start));
  node->op = op;
  node->values = values.finish();
  return node;
}

Expr *Parser::disjunction() {
  return memo<Expr>(Rule::Disjunction, [&] { return boolean(Or, BoolOperator::Or, &Parser::conjunction); });
}

Expr *Parser::conjunction() { return boolean(And, BoolOperator::And, &Parser::inversion); }

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
  case EqEqual:
    op = CmpOperator::Eq;
    break;
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
  case Less:
    op = CmpOperator::Lt;
    break;
  case LessEqual:
    op = CmpOperator::LtE;
    break;
  case Greater:
    op = CmpOperator::Gt;
    break;
  case GreaterEqual:
    op = CmpOperator::GtE;
    break;
  case In:
    op = CmpOperator::In;
    break;
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
  default:
    return false;
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
  case VBar:
    op = Operator::BitOr;
    return 1;
  case Circumflex:
    op = Operator::BitXor;
    return 2;
  case Amper:
    op = Operator::BitAnd;
    return 3;
  case LeftShift:
    op = Operator::LShift;
    return 4;
  case RightShift:
    op = Operator::RShift;
    return 4;
  case Plus:
    op = Operator::Add;
    return 5;
  case Minus:
    op = Operator::Sub;
    return 5;
  case Star:
    op = Operator::Mult;
    return 6;
  case Slash:
    op = Operator::Div;
    return 6;
  case DoubleSlash:
    op = Operator::FloorDiv;
    return 6;
  case Percent:
    op = Operator::Mod;
    return 6;
  case At:
    op = Operator::MatMult;
    return 6;
  default:
    return 0;
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
    if (op == Operator::MatMult && !since(5, "The '@' operator is"))
      return nullptr;
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
  case Plus:
    op = UnaryOperator::UAdd;
    break;
  case Minus:
    op = UnaryOperator::USub;
    break;
  case Tilde:
    op = UnaryOperator::Invert;
    break;
  default:
    return power();
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
  if (!since(5, "Await expressions are"))
    return nullptr;
  auto *node = context_.make<AwaitExpr>(from(start));
  node->value = value;
  return node;
}

} // namespace krait

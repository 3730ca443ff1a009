// The match statement and its patterns.
#include "compiler/frontend/parser.h"

namespace krait {

using namespace ast;
using enum TokenKind;

// "match" is a name everywhere else, so this rule may fail without harm: the caller then reads an expression.
Stmt *Parser::matchStatement() {
  const Token &start = peek();
  switch (peekNext()) {
  case Equal:
  case Dot:
  case Comma:
  case RPar:
  case Newline:
  case Colon:
    return nullptr;
  default:
    break;
  }
  Mark afterMatch = ++mark_;
  Expr *subject = nullptr;
  {
    const Token &first = peek();
    List<Expr> elements(*this);
    Expr *one = starNamedExpression();
    if (!one)
      return nullptr;
    if (accept(Comma)) {
      elements.push(one);
      Mark end = mark_;
      if (!starNamedExpressions(elements))
        mark_ = end;
      subject = makeTuple(first, elements);
    } else if (slot(afterMatch).kind != Star) {
      subject = one;
    }
  }
  if (!subject || raised_)
    return nullptr;
  Mark afterSubject = mark_;
  auto parse = [&]() -> Stmt * {
    if (!accept(Colon) || !accept(Newline) || !accept(Indent))
      return nullptr;
    List<MatchCase> cases(*this);
    for (;;) {
      Mark before = mark_;
      MatchCase *one = atWord("case") ? caseBlock() : nullptr;
      if (!one) {
        mark_ = before;
        break;
      }
      cases.push(one);
    }
    if (raised_ || !cases.size() || !accept(Dedent))
      return nullptr;
    if (!since(10, "Pattern matching is"))
      return nullptr;
    auto *node = context_.make<MatchStmt>(from(start));
    node->subject = subject;
    node->cases = cases.finish();
    return node;
  };
  Stmt *result = parse();
  if (!result && diagnosing()) {
    mark_ = afterSubject;
    diagnoseHeader(start, "'match' statement", true);
  }
  return result;
}

// "case" patterns ['if' named_expression] ':' block
MatchCase *Parser::caseBlock() {
  const Token &start = peek();
  mark_++;
  Pattern *pattern = patterns();
  if (!pattern)
    return nullptr;
  Expr *guard = nullptr;
  if (accept(If) && !(guard = namedExpression()))
    return nullptr;
  if (diagnosing() && diagnoseHeader(start, "'case' statement", true))
    return nullptr;
  Seq<Stmt *> body;
  if (!accept(Colon) || !block(body))
    return nullptr;
  auto *node = context_.make<MatchCase>();
  node->pattern = pattern;
  node->guard = guard;
  node->body = body;
  return node;
}

// patterns: a sequence without brackets, or one pattern
Pattern *Parser::patterns() {
  const Token &start = peek();
  List<Pattern> elements(*this);
  bool commaSeen = false;
  if (!sequencePatterns(elements, commaSeen))
    return nullptr;
  if (!commaSeen)
    return start.kind == Star ? nullptr : elements[0];
  auto *node = context_.make<MatchSequencePattern>(from(start));
  node->patterns = elements.finish();
  return node;
}

bool Parser::sequencePatterns(List<Pattern> &out, bool &commaSeen) {
  Pattern *first = maybeStarPattern();
  if (!first)
    return false;
  out.push(first);
  while (accept(Comma)) {
    commaSeen = true;
    Mark end = mark_;
    Pattern *next = maybeStarPattern();
    if (!next) {
      mark_ = end;
      break;
    }
    out.push(next);
  }
  return !raised_;
}

Pattern *Parser::maybeStarPattern() {
  const Token &start = peek();
  if (!accept(Star))
    return pattern();
  Identifier name = nullptr;
  if (!acceptWord("_") && !(name = captureTarget()))
    return nullptr;
  auto *node = context_.make<MatchStarPattern>(from(start));
  node->name = name;
  return node;
}

// A name to bind: not "_", and not the start of a longer name, call or keyword.
Identifier Parser::captureTarget() {
  if (!at(Name) || atWord("_"))
    return nullptr;
  TokenKind next = peekNext();
  if (next == Dot || next == LPar || next == Equal)
    return nullptr;
  return identifier(*accept(Name));
}

// or_pattern ['as' target]
Pattern *Parser::pattern() {
  Deeper deeper(*this);
  if (!deeper)
    return nullptr;
  const Token &start = peek();
  Mark mark = mark_;
  Pattern *inner = orPattern();
  if (!inner || !at(As))
    return inner;
  Mark before = mark_++;
  if (Identifier name = captureTarget()) {
    auto *node = context_.make<MatchAsPattern>(from(start));
    node->pattern = inner;
    node->name = name;
    return node;
  }
  if (diagnosing()) {
    mark_ = mark;
    diagnoseAsPattern();
  }
  mark_ = before;
  return raised_ ? nullptr : inner;
}

void Parser::diagnoseAsPattern() {
  if (!orPattern() || !accept(As))
    return;
  const Token &target = peek();
  if (atWord("_"))
    raiseAt(target, "cannot use '_' as a target");
  else if (target.kind != Name)
    if (Expr *wrong = expression())
      raiseAt(wrong, "invalid pattern target");
}

Pattern *Parser::orPattern() {
  return memo<Pattern>(Rule::OrPattern, [&]() -> Pattern * {
    const Token &start = peek();
    Pattern *first = closedPattern();
    if (!first || !at(VBar))
      return first;
    List<Pattern> alternatives(*this);
    alternatives.push(first);
    for (;;) {
      Mark before = mark_;
      Pattern *next = accept(VBar) ? closedPattern() : nullptr;
      if (!next) {
        mark_ = before;
        break;
      }
      alternatives.push(next);
    }
    if (raised_ || alternatives.size() == 1)
      return raised_ ? nullptr : first;
    auto *node = context_.make<MatchOrPattern>(from(start));
    node->patterns = alternatives.finish();
    return node;
  });
}

Pattern *Parser::closedPattern() {
  const Token &start = peek();
  switch (start.kind) {
  case Name: {
    TokenKind next = peekNext();
    if (next != Dot && next != LPar && next != Equal) {
      mark_++;
      auto *node = context_.make<MatchAsPattern>(where(start));
      if (start.text() != "_")
        node->name = identifier(start);
      return node;
    }
    Expr *name = nameOrAttribute();
    if (!name)
      return nullptr;
    if (at(LPar))
      return classPattern(start, name);
    if (at(Equal) || name->kind == NodeKind::NameExpr)
      return nullptr;
    auto *node = context_.make<MatchValuePattern>(from(start));
    node->value = name;
    return node;
  }
  case LPar:
  case LSqb:
    return groupOrSequencePattern();
  case LBrace:
    return mappingPattern();
  default:
    return literalPattern();
  }
}

// ---- Literals --------------------------------------------------------------------------------------

static bool isComplex(const Expr *number) {
  return as<ConstantExpr>(number)->value->kind == ConstantKind::Complex;
}

// ['-'] NUMBER, and a complex number as the sum or difference of a real and an imaginary one
Expr *Parser::signedNumber() {
  const Token &start = peek();
  auto signedOne = [&]() -> Expr * {
    bool minus = accept(Minus);
    const Token *token = accept(Number);
    Expr *value = token ? number(*token) : nullptr;
    if (!value || !minus)
      return value;
    auto *node = context_.make<UnaryOpExpr>(from(start));
    node->op = UnaryOperator::USub;
    node->operand = value;
    return node;
  };
  Expr *left = signedOne();
  if (!left || (!at(Plus) && !at(Minus)))
    return left;
  Expr *real = left->kind == NodeKind::UnaryOpExpr ? as<UnaryOpExpr>(left)->operand : left;
  if (isComplex(real))
    return raiseAt(real, "real number required in complex literal");
  bool minus = at(Minus);
  mark_++;
  const Token *token = accept(Number);
  Expr *right = token ? number(*token) : nullptr;
  if (!right)
    return nullptr;
  if (!isComplex(right))
    return raiseAt(right, "imaginary number required in complex literal");
  auto *node = context_.make<BinOpExpr>(from(start));
  node->left = left;
  node->op = minus ? Operator::Sub : Operator::Add;
  node->right = right;
  return node;
}

Expr *Parser::literalExpression() {
  switch (kind()) {
  case Number:
  case Minus:
    return signedNumber();
  case String:
    return strings();
  case None:
    return constant(ConstantKind::None);
  case True:
    return constant(ConstantKind::True);
  case False:
    return constant(ConstantKind::False);
  default:
    return nullptr;
  }
}

Pattern *Parser::literalPattern() {
  const Token &start = peek();
  Expr *value = literalExpression();
  if (!value)
    return nullptr;
  if (start.kind == None || start.kind == True || start.kind == False) {
    auto *node = context_.make<MatchSingletonPattern>(from(start));
    node->value = as<ConstantExpr>(value)->value;
    return node;
  }
  auto *node = context_.make<MatchValuePattern>(from(start));
  node->value = value;
  return node;
}

Expr *Parser::nameOrAttribute() {
  const Token &start = peek();
  if (!accept(Name))
    return nullptr;
  auto *name = context_.make<NameExpr>(where(start));
  name->id = identifier(start);
  Expr *value = name;
  while (at(Dot) && peekNext() == Name) {
    mark_++;
    const Token *attribute = accept(Name);
    auto *node = context_.make<AttributeExpr>(from(start));
    node->value = value;
    node->attr = identifier(*attribute);
    value = node;
  }
  return value;
}

// ---- Structure -------------------------------------------------------------------------------------

Pattern *Parser::groupOrSequencePattern() {
  const Token &start = peek();
  const bool bracket = start.kind == LSqb;
  const TokenKind close = bracket ? RSqb : RPar;
  mark_++;
  const bool starFirst = at(Star);
  List<Pattern> elements(*this);
  bool commaSeen = false;
  if (!at(close) && !sequencePatterns(elements, commaSeen))
    return nullptr;
  if (!accept(close))
    return nullptr;
  if (!bracket && elements.size() == 1 && !commaSeen)
    return starFirst ? nullptr : elements[0];
  auto *node = context_.make<MatchSequencePattern>(from(start));
  node->patterns = elements.finish();
  return node;
}

Pattern *Parser::mappingPattern() {
  const Token &start = peek();
  mark_++;
  List<ast::Node> items(*this); // key, pattern, key, pattern...
  Identifier rest = nullptr;
  while (!at(RBrace)) {
    if (accept(DoubleStar)) {
      if (!(rest = captureTarget()))
        return nullptr;
      accept(Comma);
      break;
    }
    Expr *key = at(Name) ? nameOrAttribute() : literalExpression();
    if (!key || key->kind == NodeKind::NameExpr || !accept(Colon))
      return nullptr;
    Pattern *value = pattern();
    if (!value)
      return nullptr;
    items.push(key);
    items.push(value);
    if (!accept(Comma))
      break;
  }
  if (raised_ || !accept(RBrace))
    return nullptr;
  auto *node = context_.make<MatchMappingPattern>(from(start));
  finishPairs(items, node->keys, node->patterns);
  node->rest = rest;
  return node;
}

// NAME '=' pattern
bool Parser::keywordPattern(std::vector<Identifier> &names, List<Pattern> &out) {
  if (!at(Name) || peekNext() != Equal)
    return false;
  names.push_back(identifier(*accept(Name)));
  mark_++;
  Pattern *value = pattern();
  if (value)
    out.push(value);
  return value;
}

// name_or_attr '(' positional patterns, then keyword patterns ')'
Pattern *Parser::classPattern(const Token &start, Expr *cls) {
  Mark open = mark_++;
  std::vector<Identifier> names;
  List<Pattern> all(*this); // positional ones, then those of keywords
  size_t positional = 0;
  auto parse = [&] {
    while (!at(RPar)) {
      if (at(Name) && peekNext() == Equal) {
        if (!keywordPattern(names, all))
          return false;
      } else {
        Pattern *one = names.empty() ? pattern() : nullptr;
        if (!one)
          return false;
        all.push(one);
        positional++;
      }
      if (!accept(Comma))
        break;
    }
    return !raised_ && accept(RPar) != nullptr;
  };
  if (!parse()) {
    if (diagnosing()) {
      mark_ = open;
      diagnoseClassPattern();
    }
    return nullptr;
  }
  auto *node = context_.make<MatchClassPattern>(from(start));
  Seq<Pattern *> patterns = all.finish();
  node->cls = cls;
  node->patterns = {patterns.items, uint32_t(positional)};
  node->kwd_attrs = context_.makeSeq(names);
  node->kwd_patterns = {patterns.items + positional, patterns.count - uint32_t(positional)};
  return node;
}

// At '(' of a class pattern: positional patterns after keyword ones.
void Parser::diagnoseClassPattern() {
  mark_++;
  std::vector<Identifier> names;
  List<Pattern> ignored(*this), late(*this);
  auto positional = [&] { return !(at(Name) && peekNext() == Equal); };
  while (positional() && !at(RPar)) {
    if (!pattern() || !accept(Comma))
      return;
  }
  do {
    if (positional())
      break;
    if (!keywordPattern(names, ignored))
      return;
  } while (accept(Comma));
  if (names.empty() || slot(mark_ - 1).kind != Comma)
    return;
  Pattern *first = nullptr, *last = nullptr;
  do {
    Pattern *one = positional() ? pattern() : nullptr;
    if (!one)
      break;
    first = first ? first : one;
    last = one;
  } while (accept(Comma));
  if (first)
    raiseRange(first->loc, last->loc, "positional patterns follow keyword patterns");
}

} // namespace krait

// The parser's token buffer and its entry points: decoding, the two passes, whole modules.
#include "compiler/frontend/parser.h"

#include "compiler/frontend/unicode.h"

namespace krait {

using namespace ast;
using enum TokenKind;

Parser::Parser(AstContext &context, Lexer &lexer, const ParseFlags &flags, ParseResult &result, int nestedAt,
               int nestedCol)
    : context_(context), lexer_(lexer), flags_(flags), result_(result), nestedAt_(nestedAt),
      nestedCol_(nestedCol), nested_(nestedAt != 0),
      stackBase_(reinterpret_cast<const char *>(__builtin_frame_address(0))) {}

void Parser::fill() {
  if ((filled_ & 255) == 0 && (filled_ >> 8) == chunks_.size())
    chunks_.push_back(context_.arena().createArray<TokenSlot>(256));
  TokenSlot &slot = chunks_[filled_ >> 8][filled_ & 255];
  Token token = raised_ ? Token{Error} : lexer_.next();
  while (token.kind == TokenKind::TypeIgnore) {
    auto *ignore = context_.make<ast::TypeIgnore>();
    ignore->lineno = token.line;
    ignore->tag = context_.makeText(token.text());
    typeIgnores_.push_back(ignore);
    token = lexer_.next();
  }
  if (mode_ == ParseMode::Interactive && token.kind == EndMarker && started_) {
    // An interactive statement ends with its input: one more newline, then the open blocks close.
    token.kind = Newline;
    started_ = false;
    if (lexer_.inBlock() && !flags_.dontImplyDedent)
      lexer_.closeBlocks();
  } else {
    started_ = true;
  }
  static_cast<Token &>(slot) = token;
  slot.strings = nullptr;
  filled_++;
  if (token.kind == Error && !raised_)
    lexicalError();
}

const Token *Parser::expectForced(TokenKind k) {
  if (const Token *token = accept(k))
    return token;
  if (!raised_)
    raiseAt(peek(), std::string("expected '") + tokenSpelling(k) + "'");
  return nullptr;
}

const Token *Parser::acceptWord(std::string_view softKeyword) {
  return atWord(softKeyword) ? accept(Name) : nullptr;
}

// The last token consumed that has text: statements end before their newline and dedents.
const Token &Parser::lastToken() {
  Mark mark = mark_;
  while (mark > 1) {
    TokenKind k = slot(mark - 1).kind;
    if (k != Newline && k != Indent && k != Dedent && k != EndMarker)
      break;
    mark--;
  }
  return slot(mark - 1);
}

Identifier Parser::identifier(const Token &token) {
  std::string_view text = token.text();
  for (char c : text)
    if (c & 0x80)
      return context_.intern(unicode::nfkc(text));
  return context_.intern(text);
}

// ---- Entry points ----------------------------------------------------------------------------------

// statements ENDMARKER
Mod *Parser::wholeModule() {
  List<Stmt> body(*this);
  module_ = &body;
  statements(body);
  module_ = nullptr;
  if (raised_ || !accept(EndMarker))
    return nullptr;
  auto *module = context_.make<ModuleMod>();
  module->body = body.finish();
  module->type_ignores = context_.makeSeq(typeIgnores_);
  return module;
}

// expressions NEWLINE* ENDMARKER
Mod *Parser::wholeExpression() {
  const Token &start = peek();
  List<Expr> elements(*this);
  Expr *body = expression();
  if (!body)
    return nullptr;
  if (at(Comma)) {
    elements.push(body);
    while (accept(Comma)) {
      Mark afterComma = mark_;
      Expr *next = expression();
      if (!next) {
        mark_ = afterComma;
        break;
      }
      elements.push(next);
    }
    body = makeTuple(start, elements);
  }
  while (accept(Newline))
    ;
  if (raised_ || !accept(EndMarker))
    return nullptr;
  auto *module = context_.make<ExpressionMod>();
  module->body = body;
  return module;
}

// compound_stmt NEWLINE | simple_stmts | NEWLINE
Mod *Parser::interactiveStatement() {
  List<Stmt> body(*this);
  bool isCompound = false;
  if (Stmt *one = compoundStatement(isCompound)) {
    body.push(one);
    if (!accept(Newline))
      return nullptr;
  } else {
    mark_ = 0;
    if (raised_)
      return nullptr;
    if (const Token *newline = accept(Newline))
      body.push(context_.make<PassStmt>(where(*newline)));
    else if (!simpleStatements(body))
      return nullptr;
  }
  auto *module = context_.make<InteractiveMod>();
  module->body = body.finish();
  return module;
}

// '(' [types, then '*' type, then '**' type] ')' '->' expression NEWLINE* ENDMARKER
Mod *Parser::functionType() {
  List<Expr> types(*this);
  if (!accept(LPar))
    return nullptr;
  bool star = false, doubleStar = false;
  while (!at(RPar) || types.size()) {
    if (doubleStar || (star && !at(DoubleStar)))
      return nullptr;
    if (accept(DoubleStar))
      doubleStar = true;
    else if (accept(Star))
      star = true;
    Expr *type = expression();
    if (!type)
      return nullptr;
    types.push(type);
    if (!accept(Comma))
      break;
  }
  if (!accept(RPar) || !accept(RArrow))
    return nullptr;
  auto *module = context_.make<FunctionTypeMod>();
  module->argtypes = types.finish();
  module->returns = expression();
  if (!module->returns)
    return nullptr;
  while (accept(Newline))
    ;
  return !raised_ && accept(EndMarker) ? module : nullptr;
}

Mod *Parser::parseMod(ParseMode mode) {
  mode_ = mode;
  auto attempt = [&] {
    mark_ = 0;
    switch (mode) {
    case ParseMode::Module:
      return wholeModule();
    case ParseMode::Expression:
      return wholeExpression();
    case ParseMode::Interactive:
      return interactiveStatement();
    case ParseMode::FunctionType:
      return functionType();
    }
    return static_cast<Mod *>(nullptr);
  };
  Mod *mod = attempt();
  if (mod && !raised_) {
    if (mode == ParseMode::Interactive) {
      // Only blank space and comments may follow the one statement.
      for (const char *p = lexer_.cursor(), *end = lexer_.text().data() + lexer_.text().size(); p < end;
           p++) {
        if (*p == '#')
          while (p < end && *p != '\n')
            p++;
        if (p < end && *p != ' ' && *p != '\t' && *p != '\n' && *p != '\f')
          return raiseLast("multiple statements found while compiling a single statement");
      }
    }
    return mod;
  }
  if (flags_.allowIncomplete && lexer_.sawEnd()) {
    raised_ = false;
    return raiseLast("incomplete input");
  }
  Mark furthest = filled_ - 1;
  if (!raised_) {
    secondPass_ = memoising_ = diagnosing_ = true;
    memo_.clear();
    lexer_.silenceWarnings();
    attempt();
  }
  genericError(furthest);
  return nullptr;
}

Expr *Parser::parseFStringExpression() {
  mark_ = 0;
  Expr *expr = starExpressions();
  if (expr && !raised_)
    return expr;
  Mark furthest = filled_ - 1;
  if (!raised_) {
    secondPass_ = memoising_ = diagnosing_ = true;
    memo_.clear();
    lexer_.silenceWarnings();
    mark_ = 0;
    starExpressions();
  }
  genericError(furthest);
  return nullptr;
}

} // namespace krait

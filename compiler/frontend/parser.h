// The parser: recursive descent over a token buffer with free rewinding.
//
// A rule is a method. It either consumes what it matches and returns a node, or returns null and leaves the
// cursor where it was found best; callers that go on after a failure rewind. Failure is one of two things: no
// match (raised_ is false) or an error that is final (raised_ is true; nothing matches any more).
//
// Wrong programs are parsed twice. The first pass only finds out that there is an error and where the
// furthest token is. The second pass (diagnosing_) tries, at the same places, rules that match usual mistakes
// (the diagnose... methods) and memoises the rules that are tried repeatedly, so that it stays linear.
#pragma once

#include "compiler/frontend/lexer.h"
#include "compiler/support/native_stack.h"

#include <unordered_map>

namespace krait {

class Parser {
public:
  /// [lexer]'s text outlives the nodes' construction. For the expression of an f-string, [nestedAt] is its
  /// first line and [nestedCol] the shift of that line's columns (0 and 0 for a whole source).
  Parser(ast::AstContext &context, Lexer &lexer, const ParseFlags &flags, ParseResult &result,
         int nestedAt = 0, int nestedCol = 0);

  ast::Mod *parseMod(ParseMode mode);
  ast::Expr *parseFStringExpression();

  /// Errors have columns in bytes: for sources that are bytes and name no encoding, as in CPython.
  void useByteColumns() { byteColumns_ = true; }

private:
  friend class StringParser;
  using Expr = ast::Expr;
  using Stmt = ast::Stmt;
  using Pattern = ast::Pattern;
  using Identifier = ast::Identifier;
  using Mark = uint32_t;
  template <typename T> using Seq = ast::Seq<T>;

  // ---- Tokens (parser.cpp)
  struct TokenSlot : Token {
    Expr *strings = nullptr; ///< Cache: the string literal that starts here, and where it ends.
    Mark stringsEnd = 0;
  };
  TokenSlot &slot(Mark mark) { return chunks_[mark >> 8][mark & 255]; }
  const Token &peek() {
    if (mark_ == filled_)
      fill();
    return slot(mark_);
  }
  TokenKind kind() { return peek().kind; }
  bool at(TokenKind k) { return peek().kind == k; }
  const Token *accept(TokenKind k) {
    const Token &token = peek();
    if (token.kind != k)
      return nullptr;
    mark_++;
    return &token;
  }
  /// The kind of the token after the current one.
  TokenKind peekNext() {
    peek();
    mark_++;
    TokenKind result = kind();
    mark_--;
    return result;
  }
  const Token *expectForced(TokenKind k);
  const Token *acceptWord(std::string_view softKeyword);
  bool atWord(std::string_view softKeyword) { return at(TokenKind::Name) && peek().text() == softKeyword; }
  const Token &lastToken();
  ast::Location from(const Token &start) {
    const Token &last = lastToken();
    return {start.line, start.col, last.endLine, last.endCol};
  }
  Identifier identifier(const Token &token);
  void fill();
  ast::Mod *wholeModule();
  ast::Mod *wholeExpression();
  ast::Mod *interactiveStatement();
  ast::Mod *functionType();
  void lexicalError();

  // ---- Errors (errors.cpp)
  std::nullptr_t raise(ParseErrorType type, int line, int column1, int endLine, int endColumn1,
                       std::string message);
  std::nullptr_t raiseAt(const ast::Located *node, std::string message);
  std::nullptr_t raiseAt(const Token &token, std::string message);
  std::nullptr_t raiseRange(const ast::Location &a, const ast::Location &b, std::string message);
  std::nullptr_t raiseFrom(const ast::Located *node, std::string message);
  std::nullptr_t raiseLast(std::string message, ParseErrorType type = ParseErrorType::SyntaxError);
  std::nullptr_t raiseUnclosed();
  std::nullptr_t raiseInvalidTarget(Expr *expr, bool deleting, bool forTarget);
  static ast::Location where(const Token &t) { return {t.line, t.col, t.endLine, t.endCol}; }
  std::string errorLine(int line);
  void genericError(Mark furthest);
  void lexRest();
  bool tooDeep();
  bool since(int minor, const char *what);

  /// Counts nesting; converts to false when the nesting or the native stack is exhausted (MemoryError
  /// raised).
  struct Deeper {
    Parser &parser;
    bool ok;
    explicit Deeper(Parser &p) : parser(p) {
      ++p.depth_;
      ok = !p.stackExhausted() || p.tooDeep();
    }
    ~Deeper() { parser.depth_--; }
    explicit operator bool() const { return ok; }
  };
  bool stackExhausted() const {
    auto here = reinterpret_cast<const char *>(__builtin_frame_address(0));
    return stackBase_ - here > kMaxStack || nestedTooDeep(depth_, kMaxDepth);
  }

  // ---- Lists under construction: a stack of pointers shared by all of them, used strictly last in, first
  // out.
  template <typename T> struct List {
    Parser &parser;
    size_t base;
    explicit List(Parser &p) : parser(p), base(p.scratch_.size()) {}
    List(const List &) = delete;
    ~List() { parser.scratch_.resize(base); }
    void push(T *item) { parser.scratch_.push_back(item); }
    size_t size() const { return parser.scratch_.size() - base; }
    T *operator[](size_t i) const { return static_cast<T *>(parser.scratch_[base + i]); }
    T *back() const { return static_cast<T *>(parser.scratch_.back()); }
    void pop() { parser.scratch_.pop_back(); }
    Seq<T *> finish() const {
      Seq<T *> result;
      if ((result.count = uint32_t(size()))) {
        result.items = parser.context_.arena().template createArray<T *>(size());
        for (size_t i = 0; i < size(); i++)
          result.items[i] = (*this)[i];
      }
      return result;
    }
  };

  /// Deals out key, value, key, value... of [items].
  template <typename T, typename V>
  void finishPairs(const List<T> &items, ast::Seq<ast::Expr *> &keys, ast::Seq<V *> &values) {
    size_t count = items.size() / 2;
    keys = {context_.arena().createArray<ast::Expr *>(count), uint32_t(count)};
    values = {context_.arena().createArray<V *>(count), uint32_t(count)};
    for (size_t i = 0; i < count; i++) {
      keys[i] = static_cast<ast::Expr *>(items[2 * i]);
      values[i] = static_cast<V *>(items[2 * i + 1]);
    }
  }

  // ---- Memo of the second pass
  enum class Rule : uint8_t {
    Expression,
    Disjunction,
    BitwiseOr,
    NamedExpression,
    Block,
    OrPattern,
    StarTargets
  };
  struct MemoEntry {
    void *node;
    Mark end;
  };
  template <typename T, typename F> T *memo(Rule rule, F &&parse) {
    if (!memoising_)
      return parse();
    uint64_t key = uint64_t(mark_) << 8 | uint64_t(rule);
    if (auto found = memo_.find(key); found != memo_.end()) {
      if (raised_)
        return nullptr;
      mark_ = found->second.end;
      return static_cast<T *>(found->second.node);
    }
    T *node = parse();
    if (!raised_)
      memo_[key] = {node, mark_};
    return node;
  }

  // ---- Statements (statements.cpp)
  bool statements(List<Stmt> &out);
  bool statement(List<Stmt> &out);
  bool simpleStatements(List<Stmt> &out);
  Stmt *simpleStatement();
  Stmt *compoundStatement(bool &isCompound);
  Stmt *expressionStatement();
  Stmt *assignmentRest(const Token &start, Expr *first);
  Stmt *annotatedAssignment(const Token &start, Expr *target);
  Stmt *returnStatement();
  Stmt *raiseStatement();
  Stmt *globalStatement();
  Stmt *deleteStatement();
  Stmt *assertStatement();
  Stmt *importName();
  Stmt *importFrom();
  bool importFromTargets(List<ast::Alias> &out);
  bool importFromAsNames(List<ast::Alias> &out);
  ast::Alias *importFromAsName();
  bool dottedName(Identifier &out);
  Stmt *ifStatement(bool elif);
  Stmt *whileStatement();
  Stmt *forStatement(const Token &start, bool async);
  Stmt *withStatement(const Token &start, bool async);
  bool withItems(List<ast::WithItem> &out, bool parenthesised);
  ast::WithItem *withItem();
  Stmt *tryStatement();
  ast::ExceptHandler *exceptBlock(bool star);
  bool finallyBlock(Seq<Stmt *> &out);
  bool elseBlock(Seq<Stmt *> &out);
  Stmt *decorated();
  Stmt *functionDef(const Token &start, bool async, Seq<Expr *> decorators);
  Stmt *classDef(Seq<Expr *> decorators);
  Stmt *asyncStatement(Seq<Expr *> decorators, bool onlyDef);
  bool block(Seq<Stmt *> &out);
  const ast::StrText *typeComment();
  const ast::StrText *functionTypeComment();

  // ---- Parameters (parameters.cpp)
  ast::Arguments *parameters(bool lambda);
  ast::Arg *parameter(bool lambda, bool starAnnotation);
  Expr *defaultValue(bool lambda);
  Expr *lambdaExpression();
  bool atParametersEnd(bool lambda) { return at(lambda ? TokenKind::Colon : TokenKind::RPar); }
  void diagnoseParameters(bool lambda);
  void diagnoseStarParameter(bool lambda);
  void diagnoseDoubleStarParameter(bool lambda);
  enum class ParamForm : uint8_t { NoDefault, WithDefault, MaybeDefault };
  ast::Arg *diagnosedParameter(bool lambda, ParamForm form);
  bool slashParameters(bool lambda, bool &withDefault);

  // ---- Expressions (expressions.cpp)
  Expr *starExpressions();
  Expr *starExpression();
  Expr *starNamedExpression();
  bool starNamedExpressions(List<Expr> &out);
  Expr *namedExpression();
  Expr *assignmentExpression();
  Expr *assignmentOrExpression();
  Expr *expression();
  Expr *plainExpression();
  Expr *conditional();
  Expr *boolean(TokenKind word, ast::BoolOperator op, Expr *(Parser::*operand)());
  Expr *disjunction();
  Expr *conjunction();
  Expr *inversion();
  Expr *comparison();
  bool comparisonOperator(ast::CmpOperator &op);
  Expr *bitwiseOr();
  Expr *binary(int minPrecedence);
  Expr *factor();
  Expr *power();
  Expr *awaitPrimary();
  Expr *primary();
  Expr *primarySuffix(const Token &start, Expr *value);
  Expr *call(const Token &start, Expr *function);
  Expr *subscript(const Token &start, Expr *value);
  Expr *slices();
  Expr *slice();
  Expr *atom();
  Expr *parenthesised();
  Expr *listOrComprehension();
  Expr *dictOrSet();
  Expr *dictRest(const Token &start);
  Expr *yieldExpression();
  Expr *starredExpression();
  Expr *number(const Token &token);
  Expr *strings();
  Expr *constant(ast::ConstantKind kind);
  bool comprehensionClauses(Seq<ast::Comprehension *> &out);
  ast::Comprehension *comprehensionClause();
  bool arguments(List<ast::Node> &out);
  bool args(List<ast::Node> &out);
  ast::Node *argument(bool &keywordsOnly, bool &afterDoubleStar);
  ast::Keyword *keywordArgument();
  Expr *makeCall(const Token &start, Expr *function, List<ast::Node> &arguments);
  Expr *makeTuple(const Token &start, List<Expr> &elements);

  // ---- Targets (targets.cpp)
  Expr *starTargets();
  Expr *starTarget();
  static bool isTarget(const Expr *expr, bool starAllowed);
  static bool isSingleTarget(const Expr *expr);
  static bool isDeleteTarget(const Expr *expr);
  static void setContext(Expr *expr, ast::ExprContext context);
  static Expr *invalidTarget(Expr *expr, bool deleting, bool forTarget);
  static std::string describe(const Expr *expr);

  // ---- Patterns (patterns.cpp)
  Stmt *matchStatement();
  ast::MatchCase *caseBlock();
  Pattern *patterns();
  bool sequencePatterns(List<Pattern> &out, bool &commaSeen);
  Pattern *maybeStarPattern();
  Pattern *pattern();
  Pattern *orPattern();
  Pattern *closedPattern();
  Pattern *literalPattern();
  Expr *signedNumber();
  Expr *literalExpression();
  Expr *nameOrAttribute();
  Identifier captureTarget();
  Pattern *groupOrSequencePattern();
  Pattern *mappingPattern();
  Pattern *classPattern(const Token &start, Expr *cls);
  bool keywordPattern(std::vector<Identifier> &names, List<Pattern> &out);
  void diagnoseClassPattern();
  void diagnoseAsPattern();

  // ---- What usual mistakes look like (diagnose*.cpp). Each rewinds; an error is raised or nothing happened.
  void diagnoseExpression();
  void diagnoseLegacyStatement();
  void diagnoseNamedExpression();
  void diagnoseAssignment();
  Stmt *diagnosedExpressionStatement();
  void diagnoseArguments();
  void diagnoseKeywordArgument();
  void diagnoseGroup();
  void diagnoseComprehension();
  void diagnoseDictComprehension();
  void diagnoseDict();
  void diagnoseForTarget();
  void diagnoseMissingBlock(const Token &keyword, const char *what);
  bool diagnoseHeader(const Token &keyword, const char *what, bool missingColon);
  void diagnoseWith(bool indent);
  void diagnoseTry();
  void diagnoseExcept();
  void diagnoseExceptIndent(bool star);
  bool diagnosing() const { return diagnosing_ && !raised_; }
  static bool isAugmented(TokenKind kind);

  static constexpr unsigned kMaxDepth = 6000;
  static constexpr long kMaxStack = 3 << 20;

  ast::AstContext &context_;
  Lexer &lexer_;
  const ParseFlags &flags_;
  ParseResult &result_;
  int nestedAt_, nestedCol_;
  ParseMode mode_ = ParseMode::Module;
  std::vector<TokenSlot *> chunks_;
  Mark mark_ = 0, filled_ = 0;
  bool raised_ = false, secondPass_ = false, memoising_ = false, diagnosing_ = false, started_ = false,
       nested_, byteColumns_ = false;
  unsigned depth_ = 0;
  const char *stackBase_;
  std::vector<void *> scratch_;
  std::unordered_map<uint64_t, MemoEntry> memo_;
  std::vector<ast::TypeIgnore *> typeIgnores_;
  const List<Stmt> *module_ = nullptr; ///< The statements of the module itself, while they are parsed.
};

} // namespace krait

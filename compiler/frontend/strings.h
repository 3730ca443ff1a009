// String literals: prefixes, escapes, concatenation, f-strings.
#pragma once

#include "compiler/frontend/parser.h"

namespace krait {

/// Turns a run of adjacent string tokens into one node. Lives for one literal.
class StringParser {
public:
  StringParser(Parser &parser, uint32_t firstMark, uint32_t endMark);
  ast::Expr *parse();

private:
  bool isFString() const { return formatted_; }
  bool addToken(const Token &token);
  bool addFormatted(const Token &token, const char *&p, const char *end, bool raw, int depth,
                    std::string &pending, std::vector<ast::Expr *> &values);
  bool literalPart(const Token &token, const char *&p, const char *end, bool raw, int depth,
                   std::string &pending);
  bool replacement(const Token &token, const char *&p, const char *end, bool raw, int depth,
                   std::string &pending, std::vector<ast::Expr *> &values);
  const char *findExpressionEnd(const char *p, const char *end);
  ast::Expr *compileExpression(const Token &token, const char *start, const char *end,
                               const char *tokenStart);
  void flush(std::string &pending, std::vector<ast::Expr *> &values);
  ast::Expr *makeString(std::string_view text);
  bool unescape(const Token &token, std::string_view text, std::string &out);
  bool unescapeBytes(const Token &token, std::string_view text, std::string &out);
  bool checkUtf8(std::string_view text);
  void warnEscape(const Token &token, std::string_view escape, const char *kind = "");
  bool fail(std::string message) { return parser_.raiseLast(std::move(message)), false; }

  Parser &parser_;
  const Token &first_, &last_;
  uint32_t begin_, end_;
  ast::Location loc_;
  bool bytes_ = false, formatted_ = false;
  std::string text_;                // what was read and is not yet in a node
  std::vector<ast::Expr *> values_; // parts of an f-string
};

} // namespace krait

// Source text to tokens. The text is UTF-8, has '\n' as its only line end and ends with one.
//
// Tokens are made one at a time, since an error in the text may only be reported once the parser gets there.
// Blank lines and comments give no tokens; indentation gives Indent and Dedent tokens without columns (-1).
#pragma once

#include "compiler/frontend/parse.h"

namespace krait {

enum class TokenKind : uint8_t {
#define TOKEN(Name, description) Name,
#include "compiler/frontend/Tokens.def"
};

/// The spelling of an operator or keyword, the description of others.
const char *tokenSpelling(TokenKind kind);

struct Token {
  TokenKind kind;
  uint8_t level; ///< Open parentheses after this token.
  int line, col; ///< Start; col is -1 for tokens without text.
  int endLine, endCol;
  const char *start, *end; ///< The text, null for tokens without.
  std::string_view text() const { return {start, size_t(end - start)}; }
};

/// Why the lexer stopped, when it stopped without a complete message of its own.
enum class LexStop : uint8_t {
  None,
  EndOfFile,
  Dedent,
  TabSpace,
  TooDeep,
  LineContinuation,
  Undecodable,
  Reported
};

class Lexer {
public:
  /// [text] outlives the lexer. Columns of tokens on line [firstLine] are shifted by [firstCol], as the
  /// expressions of f-strings need it (for a whole file: 1 and 0).
  Lexer(std::string_view text, const ParseFlags &flags, int firstLine, int firstCol, ParseResult &result);

  /// The next token; kind Error when there is none (then see stop(); if Reported, the error is in the
  /// result).
  Token next();

  LexStop stop() const { return stop_; }
  int line() const { return line_; }
  const char *lineStart() const { return lineStart_; }
  const char *cursor() const { return cur_; }
  std::string_view text() const { return {begin_, size_t(end_ - begin_)}; }
  /// The text of the line the lexer is in, with its newline (of all lines of an unfinished string).
  std::string_view currentLine() const { return lineFrom(bufferStart_); }
  int openParens() const { return level_; }
  struct Paren {
    char open;
    int line, col;
  };
  const Paren &innermostParen() const { return parens_[level_ - 1]; }
  /// The end of the text was met, also inside a string or parenthesis.
  bool sawEnd() const { return sawEnd_; }
  /// Ends all open blocks: Dedent tokens come next.
  void closeBlocks() { pending_ = -indents_, indents_ = 0; }
  bool inBlock() const { return indents_ > 0; }
  void silenceWarnings() { warn_ = false; }

private:
  static constexpr int kMaxParens = 200, kMaxIndents = 100;

  bool readIndentation(Token &token);
  bool skipContinuation();
  bool atEnd() const { return cur_ >= end_; }
  void newLineInToken() { line_++, lineStart_ = cur_; }
  void newLine() { newLineInToken(), bufferStart_ = cur_; }
  std::string_view lineFrom(const char *start) const;
  Token token(TokenKind kind, const char *start);
  Token bare(TokenKind kind);
  Token error(LexStop why);
  Token report(std::string message, int col = -1, int endCol = -1);
  Token identifierOrString(const char *start);
  Token string(const char *start);
  Token number(const char *start);
  bool digits(const char *start, Token &failure);
  bool endOfNumber(const char *start, const char *what, Token &failure);
  Token invalidNumber(const char *what);
  Token radixNumber(const char *start, const char *what, int radix);
  Token fraction(const char *start);
  Token exponent(const char *start);
  Token imaginary(const char *start);
  Token operatorToken(const char *start);
  bool validIdentifier(const char *start, Token &failure);
  Token typeComment(const char *start, const char *end);
  Token badCharacter(const char *start);
  void warn(const char *category, std::string message);

  const char *begin_, *end_, *cur_, *lineStart_;
  const char *bufferStart_ = begin_; // start of the line where the text last read as a whole begins
  const char *tokenLineStart_;       // start of the line where the current token began
  int line_, firstLine_, firstCol_, tokenLine_ = 0;
  int level_ = 0, indents_ = 0, pending_ = 0;
  bool atLineStart_ = true, warn_ = true, sawEnd_ = false, typeComments_, oldAsync_;
  LexStop stop_ = LexStop::None;
  ParseResult &result_;
  int columns_[kMaxIndents], altColumns_[kMaxIndents];
  Paren parens_[kMaxParens];
};

} // namespace krait

// How syntax errors are reported: positions, the text of the line, and which of several errors wins.
//
// Columns handed to raise() count from 1 in bytes of UTF-8, 0 when unknown (-1 and 0 for ends); they are
// reported in characters.
#include "compiler/frontend/parser.h"
#include "compiler/frontend/unicode.h"

namespace krait {

using namespace ast;
using enum TokenKind;

const char *parseErrorTypeName(ParseErrorType type) {
  static constexpr const char *kNames[] = {"",           "SyntaxError", "IndentationError", "TabError",
                                           "ValueError", "MemoryError", "RecursionError",   "OverflowError"};
  return kNames[size_t(type)];
}

// The text of [line]: with its newline if the lexer is still in it.
std::string Parser::errorLine(int line) {
  if (lexer_.line() <= line)
    return std::string(lexer_.currentLine());
  std::string_view text = lexer_.text();
  size_t start = 0;
  for (int skip = (nested_ ? line - nestedAt_ + 1 : line) - 1; skip > 0; skip--) {
    size_t newline = text.find('\n', start);
    if (newline == text.npos || newline + 1 >= text.size())
      break;
    start = newline + 1;
  }
  return std::string(text.substr(start, text.find('\n', start) - start));
}

static int characterColumn(const std::string &line, int column1) {
  size_t bytes = std::min(size_t(column1 < 0 ? 0 : column1), line.size() + 1);
  int characters = unicode::countCharacters(std::string_view(line).substr(0, bytes));
  return bytes > line.size() ? characters + 1 : characters;
}

std::nullptr_t Parser::raise(ParseErrorType type, int line, int column1, int endLine, int endColumn1,
                             std::string message) {
  if (raised_)
    return nullptr;
  raised_ = true;
  SyntaxErrorInfo &error = result_.error;
  error = {};
  error.type = type;
  error.message = nested_ ? "f-string: " + std::move(message) : std::move(message);
  error.hasPosition = error.hasText = true;
  error.line = line;
  error.endLine = endLine;
  error.text = errorLine(line);
  if (nested_ || byteColumns_) {
    // Within an f-string's expression columns are relative to the expression ([nestedCol_] is 0 elsewhere).
    error.column = column1 - nestedCol_;
    error.endColumn = endColumn1 - nestedCol_;
    return nullptr;
  }
  error.column = characterColumn(error.text, column1);
  error.endColumn = endColumn1 > 0 ? characterColumn(error.text, endColumn1) : endColumn1;
  return nullptr;
}

std::nullptr_t Parser::raiseRange(const Location &a, const Location &b, std::string message) {
  return raise(ParseErrorType::SyntaxError, a.line, a.col + 1, b.endLine, b.endCol + 1, std::move(message));
}

std::nullptr_t Parser::raiseAt(const Located *node, std::string message) {
  return raiseRange(node->loc, node->loc, std::move(message));
}

std::nullptr_t Parser::raiseAt(const Token &token, std::string message) {
  return raiseRange(where(token), where(token), std::move(message));
}

// From the start of [node] to where the lexer stands.
std::nullptr_t Parser::raiseFrom(const Located *node, std::string message) {
  return raise(ParseErrorType::SyntaxError, node->loc.line, node->loc.col + 1, lexer_.line(),
               int(lexer_.cursor() - lexer_.lineStart()), std::move(message));
}

// At the last token that was read.
std::nullptr_t Parser::raiseLast(std::string message, ParseErrorType type) {
  if (raised_)
    return nullptr;
  if (filled_ == 0)
    return raise(type, 0, 0, 0, -1, std::move(message));
  const Token &token = slot(filled_ - 1);
  int column = token.col >= 0 ? token.col + 1 : int(lexer_.cursor() - lexer_.lineStart());
  int endColumn = token.endCol >= 0 ? token.endCol + 1 : -1;
  return raise(type, token.line, column, token.endLine, endColumn, std::move(message));
}

std::nullptr_t Parser::raiseUnclosed() {
  const Lexer::Paren &paren = lexer_.innermostParen();
  return raise(ParseErrorType::SyntaxError, paren.line, paren.col + 1, paren.line, 0,
               std::string("'") + paren.open + "' was never closed");
}

// Whether syntax that is new in Python 3.[minor] is accepted; if not, raises an error about [what] ("Format
// strings are").
bool Parser::since(int minor, const char *what) {
  if (flags_.featureVersion >= minor)
    return true;
  raiseLast(std::string(what) + " only supported in Python 3." + std::to_string(minor) + " and greater");
  return false;
}

bool Parser::tooDeep() {
  if (!raised_) {
    raised_ = true;
    result_.error = {};
    result_.error.type = ParseErrorType::MemoryError;
  }
  return false;
}

// An Error token came: either its message is in the result already, or it is made here.
void Parser::lexicalError() {
  int line = lexer_.line();
  auto at = [&](ParseErrorType type, int column, const char *message) {
    raise(type, line, column + 1, line, 0, message);
  };
  switch (lexer_.stop()) {
  case LexStop::Reported:
    raised_ = true;
    break;
  case LexStop::EndOfFile:
    if (lexer_.openParens())
      raiseUnclosed();
    else
      raiseLast("unexpected EOF while parsing");
    break;
  case LexStop::Undecodable:
    raiseLast(std::move(result_.error.message));
    break;
  case LexStop::Dedent:
    raiseLast("unindent does not match any outer indentation level", ParseErrorType::IndentationError);
    break;
  case LexStop::TabSpace:
    at(ParseErrorType::TabError, 0, "inconsistent use of tabs and spaces in indentation");
    break;
  case LexStop::TooDeep:
    at(ParseErrorType::IndentationError, 0, "too many levels of indentation");
    break;
  case LexStop::LineContinuation:
    at(ParseErrorType::SyntaxError, int(lexer_.cursor() - lexer_.currentLine().data()) - 1,
       "unexpected character after line continuation character");
    break;
  case LexStop::None:
    break;
  }
}

// After a failed parse: keeps the error found, or makes the general one at the token [furthest]. An error of
// the lexer further on in the text is more telling than most, so the rest is read for one.
void Parser::genericError(Mark furthest) {
  bool lexerFailed = lexer_.stop() != LexStop::None;
  if (raised_) {
    if (!lexerFailed && result_.error.type != ParseErrorType::MemoryError)
      lexRest();
    return;
  }
  const Token &token = slot(furthest);
  if (token.kind == Error && lexer_.stop() == LexStop::EndOfFile) {
    raiseLast("unexpected EOF while parsing");
    return;
  }
  if (token.kind == Indent || token.kind == Dedent) {
    raiseLast(token.kind == Indent ? "unexpected indent" : "unexpected unindent",
              ParseErrorType::IndentationError);
    return;
  }
  raiseAt(token, "invalid syntax");
  lexRest();
}

void Parser::lexRest() {
  SyntaxErrorInfo kept = result_.error;
  const int errorLineNumber = slot(filled_ - 1).line;
  result_.error = {};
  raised_ = false;
  for (;;) {
    Token token = lexer_.next();
    if (token.kind == EndMarker)
      break;
    if (token.kind != Error)
      continue;
    if (lexer_.stop() == LexStop::Reported)
      raised_ = true;
    else if (lexer_.openParens() && errorLineNumber > lexer_.innermostParen().line)
      raiseUnclosed();
    break;
  }
  if (!raised_)
    result_.error = std::move(kept);
  raised_ = true;
}

} // namespace krait

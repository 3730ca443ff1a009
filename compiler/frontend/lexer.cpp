// The lexer: indentation, names, numbers, strings, operators, and the errors found on the way.
//
// line_ is the line of the character read last: it moves on when the first character of the next line is
// looked at, not when the newline is consumed. Error positions depend on that.
#include "compiler/frontend/lexer.h"

#include "compiler/frontend/unicode.h"

#include <array>
#include <cstdio>

namespace krait {

const char *tokenSpelling(TokenKind kind) {
  static constexpr const char *kSpellings[] = {
#define TOKEN(Name, description) description,
#include "compiler/frontend/Tokens.def"
  };
  return kSpellings[size_t(kind)];
}

namespace {

enum CharClass : uint8_t { kOther, kNameStart, kDigit };

constexpr std::array<uint8_t, 256> makeCharClasses() {
  std::array<uint8_t, 256> table{};
  for (int c = 'a'; c <= 'z'; c++)
    table[size_t(c)] = table[size_t(c - 32)] = kNameStart;
  for (int c = '0'; c <= '9'; c++)
    table[size_t(c)] = kDigit;
  for (size_t c = 128; c < 256; c++)
    table[c] = kNameStart;
  table['_'] = kNameStart;
  return table;
}
constexpr auto kCharClass = makeCharClasses();

bool isNameChar(char c) { return kCharClass[uint8_t(c)] != kOther; }
bool isDigit(char c) { return kCharClass[uint8_t(c)] == kDigit; }
bool isHexDigit(char c) { return isDigit(c) || ((c | 32) >= 'a' && (c | 32) <= 'f'); }

// Perfect for the 35 keywords: a slot is picked by length, first and last letter; the build fails if two
// collide.
constexpr unsigned keywordSlot(std::string_view word) {
  return (unsigned(word.size()) + uint8_t(word.front()) + uint8_t(word.back()) + uint8_t(word[1]) * 15) & 255;
}

struct Keyword {
  std::string_view word;
  TokenKind kind;
};

constexpr std::array<Keyword, 256> makeKeywords() {
  std::array<Keyword, 256> table{};
#define KEYWORD(Name, spelling)                                                                              \
  if (!table[keywordSlot(spelling)].word.empty())                                                            \
    __builtin_trap();                                                                                        \
  table[keywordSlot(spelling)] = {spelling, TokenKind::Name};
#include "compiler/frontend/Tokens.def"
  return table;
}
constexpr auto kKeywords = makeKeywords();

TokenKind keywordOrName(std::string_view text) {
  if (text.size() < 2 || text.size() > 8)
    return TokenKind::Name;
  const Keyword &candidate = kKeywords[keywordSlot(text)];
  return candidate.word == text ? candidate.kind : TokenKind::Name;
}

} // namespace

Lexer::Lexer(std::string_view text, const ParseFlags &flags, int firstLine, int firstCol, ParseResult &result)
    : begin_(text.data()), end_(text.data() + text.size()), cur_(begin_), lineStart_(begin_),
      tokenLineStart_(begin_), line_(firstLine - 1), firstLine_(firstLine), firstCol_(firstCol),
      typeComments_(flags.typeComments), oldAsync_(flags.featureVersion < 7), result_(result) {
  columns_[0] = altColumns_[0] = 0;
}

std::string_view Lexer::lineFrom(const char *start) const {
  const char *lineEnd = static_cast<const char *>(std::memchr(lineStart_, '\n', size_t(end_ - lineStart_)));
  return {start, size_t((lineEnd ? lineEnd + 1 : end_) - start)};
}

// ---- Making tokens and errors ----------------------------------------------------------------------

Token Lexer::token(TokenKind kind, const char *start) {
  // The expressions of f-strings are shifted only while the lexer is on their first line; for a token of
  // several lines that is decided at its end.
  int shift = line_ == firstLine_ ? firstCol_ : 0;
  // Every token but these is only known to end once the next character was looked at.
  if (atEnd() && kind != TokenKind::String && kind != TokenKind::Newline)
    sawEnd_ = true;
  return {kind,       uint8_t(level_),
          tokenLine_, int(start - tokenLineStart_) + shift,
          line_,      int(cur_ - lineStart_) + shift,
          start,      cur_};
}

Token Lexer::bare(TokenKind kind) { return {kind, uint8_t(level_), line_, -1, line_, -1, nullptr, nullptr}; }

Token Lexer::error(LexStop why) {
  stop_ = why;
  return bare(TokenKind::Error);
}

Token Lexer::report(std::string message, int col, int endCol) {
  SyntaxErrorInfo &error = result_.error;
  error.type = ParseErrorType::SyntaxError;
  error.message = std::move(message);
  error.hasPosition = error.hasText = true;
  error.line = error.endLine = line_;
  error.column = col >= 0 ? col : unicode::countCharacters({lineStart_, size_t(cur_ - lineStart_)});
  error.endColumn = endCol >= 0 ? endCol : error.column;
  std::string_view line = lineFrom(lineStart_);
  if (line.ends_with('\n'))
    line.remove_suffix(1);
  error.text = line;
  return this->error(LexStop::Reported);
}

void Lexer::warn(const char *category, std::string message) {
  if (!warn_)
    return;
  int column = unicode::countCharacters({lineStart_, size_t(cur_ - lineStart_)});
  result_.warnings.push_back({category, std::move(message), line_, column, line_, column});
}

// ---- Lines and indentation -------------------------------------------------------------------------

// After a backslash: consumes the newline. False: an error is in stop_.
bool Lexer::skipContinuation() {
  if (*cur_ != '\n') {
    // The offending character counts as read, as the column is taken after it.
    if (!atEnd())
      cur_++;
    stop_ = LexStop::LineContinuation;
    return false;
  }
  cur_++;
  if (atEnd()) {
    sawEnd_ = true;
    stop_ = LexStop::EndOfFile;
    return false;
  }
  newLineInToken();
  return true;
}

// Measures the indentation of the line at the cursor and notes the Indent or Dedent tokens it gives. False:
// an error token is in [token].
bool Lexer::readIndentation(Token &token) {
  int column = 0, altColumn = 0, continued = 0;
  for (;; cur_++) {
    if (*cur_ == ' ') {
      column++, altColumn++;
    } else if (*cur_ == '\t') {
      column = (column / 8 + 1) * 8;
      altColumn++;
    } else if (*cur_ == '\f') {
      column = altColumn = 0;
    } else if (*cur_ == '\\') {
      // The indentation of a line that is continued is that of its first part.
      continued = continued ? continued : column;
      cur_++;
      if (!skipContinuation())
        return token = error(stop_), false;
      bufferStart_ = cur_--;
    } else {
      break;
    }
  }
  if (*cur_ == '#' || *cur_ == '\n')
    return true;
  if (continued)
    column = altColumn = continued;
  if (column == columns_[indents_]) {
    if (altColumn != altColumns_[indents_])
      return cur_++, token = error(LexStop::TabSpace), false;
  } else if (column > columns_[indents_]) {
    if (indents_ + 1 >= kMaxIndents)
      return cur_ = currentLine().data() + currentLine().size(), token = error(LexStop::TooDeep), false;
    if (altColumn <= altColumns_[indents_])
      return cur_++, token = error(LexStop::TabSpace), false;
    pending_++;
    columns_[++indents_] = column;
    altColumns_[indents_] = altColumn;
  } else {
    while (indents_ > 0 && column < columns_[indents_]) {
      pending_--;
      indents_--;
    }
    if (column != columns_[indents_])
      return cur_ = currentLine().data() + currentLine().size(), token = error(LexStop::Dedent), false;
    if (altColumn != altColumns_[indents_])
      return cur_++, token = error(LexStop::TabSpace), false;
  }
  return true;
}

Token Lexer::next() {
  if (stop_ != LexStop::None)
    return bare(TokenKind::Error);
nextLine:
  bool blank = false;
  if (atLineStart_) {
    atLineStart_ = false;
    if (atEnd())
      sawEnd_ = true;
    else
      newLine();
    Token failure;
    if (level_ == 0) {
      if (!readIndentation(failure))
        return failure;
      blank = *cur_ == '#' || *cur_ == '\n';
    }
  }
  if (pending_ < 0)
    return pending_++, bare(TokenKind::Dedent);
  if (pending_ > 0)
    return pending_--, bare(TokenKind::Indent);

again:
  while (*cur_ == ' ' || *cur_ == '\t' || *cur_ == '\f')
    cur_++;
  const char *start = cur_;
  tokenLine_ = line_;
  tokenLineStart_ = lineStart_;
  if (*cur_ == '#') {
    while (!atEnd() && *cur_ != '\n')
      cur_++;
    if (typeComments_) {
      Token comment = typeComment(start, cur_);
      if (comment.kind == TokenKind::TypeIgnore && blank) {
        cur_++;
        atLineStart_ = true;
      }
      if (comment.kind != TokenKind::Error)
        return comment;
    }
  }
  if (atEnd()) {
    sawEnd_ = true;
    return level_ ? error(LexStop::EndOfFile) : bare(TokenKind::EndMarker);
  }
  char c = *cur_;
  if (kCharClass[uint8_t(c)] == kNameStart)
    return identifierOrString(start);
  if (c == '\n') {
    cur_++;
    if (blank || level_ > 0) {
      if (level_ > 0) {
        if (!atEnd())
          newLine();
        goto again;
      }
      atLineStart_ = true;
      goto nextLine;
    }
    atLineStart_ = true;
    cur_--; // The newline itself is not part of the token's text.
    Token result = token(TokenKind::Newline, start);
    cur_++;
    return result;
  }
  if (isDigit(c) || (c == '.' && isDigit(cur_[1])))
    return number(start);
  if (c == '\'' || c == '"')
    return string(start);
  if (c == '\\') {
    cur_++;
    if (!skipContinuation())
      return error(stop_);
    goto again;
  }
  return operatorToken(start);
}

// A `# type:` comment between [start] and [end], or an Error token that is none.
Token Lexer::typeComment(const char *start, const char *end) {
  const char *p = start;
  for (const char *prefix = "# type: "; *prefix; prefix++) {
    if (*prefix == ' ') {
      while (p < end && (*p == ' ' || *p == '\t'))
        p++;
    } else if (p < end && *p == *prefix) {
      p++;
    } else {
      return bare(TokenKind::Error);
    }
  }
  constexpr std::string_view kIgnore = "ignore";
  std::string_view rest(p, size_t(end - p));
  bool ignore = rest.starts_with(kIgnore) && (rest.size() == kIgnore.size() ||
                                              !(rest[6] & 0x80 || (isNameChar(rest[6]) && rest[6] != '_')));
  return ignore ? token(TokenKind::TypeIgnore, p + kIgnore.size()) : token(TokenKind::TypeComment, p);
}

// ---- Names and strings -----------------------------------------------------------------------------

bool Lexer::validIdentifier(const char *start, Token &failure) {
  bool first = true;
  for (const char *p = start; p < cur_; first = false) {
    int32_t c = unicode::decodeUtf8(p, cur_);
    bool good = c >= 0 && (c == '_' || (first ? unicode::isIdentifierStart(uint32_t(c))
                                              : unicode::isIdentifierContinue(uint32_t(c))));
    if (good)
      continue;
    if (c < 0) {
      // The message is completed with the position of the last token, as for a string.
      result_.error.message =
          "(unicode error) " + unicode::describeUtf8Error(p - 1, cur_, size_t(p - 1 - start));
      failure = error(LexStop::Undecodable);
      return false;
    }
    cur_ = p;
    char code[48];
    std::snprintf(code, sizeof code, "%04X", unsigned(c));
    if (unicode::isPrintable(uint32_t(c))) {
      std::string character;
      unicode::appendUtf8(character, uint32_t(c));
      failure = report("invalid character '" + character + "' (U+" + code + ")");
    } else {
      failure = report(std::string("invalid non-printable character U+") + code);
    }
    return false;
  }
  return true;
}

Token Lexer::identifierOrString(const char *start) {
  // A prefix is made of at most one each of b, u, r, f; u stands alone; b and f exclude one another.
  bool b = false, u = false, r = false, f = false;
  for (;; cur_++) {
    char c = *cur_ | 32;
    if (!(b || u || f) && c == 'b')
      b = true;
    else if (!(b || u || r || f) && c == 'u')
      u = true;
    else if (!(r || u) && c == 'r')
      r = true;
    else if (!(f || b || u) && c == 'f')
      f = true;
    else
      break;
  }
  if (*cur_ == '\'' || *cur_ == '"')
    return string(start);
  while (isNameChar(*cur_))
    cur_++;
  std::string_view text(start, size_t(cur_ - start));
  for (char c : text)
    if (c & 0x80) {
      Token failure;
      if (!validIdentifier(start, failure))
        return failure;
      return token(TokenKind::Name, start);
    }
  TokenKind kind = keywordOrName(text);
  // Before Python 3.7 async and await were keywords in (and behind) an async function only.
  if (oldAsync_ && (kind == TokenKind::Async || kind == TokenKind::Await)) {
    const char *p = cur_;
    while (*p == ' ' || *p == '\t')
      p++;
    std::string_view rest(p, size_t(end_ - p));
    oldAsync_ =
        !(kind == TokenKind::Async && rest.starts_with("def") && rest.size() > 3 && !isNameChar(rest[3]));
    if (oldAsync_)
      kind = TokenKind::Name;
  }
  return token(kind, start);
}

Token Lexer::string(const char *start) {
  const char quote = *cur_++;
  bool triple = cur_[0] == quote && cur_[1] == quote;
  if (triple) {
    cur_ += 2;
  } else if (*cur_ == quote) {
    cur_++;
    sawEnd_ |= atEnd(); // Whether a third quote follows was looked at.
    return token(TokenKind::String, start);
  }
  for (;;) {
    char c = *cur_;
    if (atEnd() || (c == '\n' && !triple)) {
      int lastLine = line_;
      sawEnd_ = atEnd();
      cur_ = start + 1;
      line_ = tokenLine_;
      lineStart_ = tokenLineStart_;
      return report(std::string(triple ? "unterminated triple-quoted string literal (detected at line "
                                       : "unterminated string literal (detected at line ") +
                    std::to_string(lastLine) + ")");
    }
    cur_++;
    if (c == '\\') {
      if (atEnd())
        continue;
      c = *cur_++;
      if (c == '\n' && !atEnd())
        newLineInToken();
    } else if (c == '\n') {
      if (!atEnd())
        newLineInToken();
    } else if (c == quote && (!triple || (cur_[0] == quote && cur_[1] == quote))) {
      if (triple)
        cur_ += 2;
      return token(TokenKind::String, start);
    }
  }
}

// ---- Numbers ---------------------------------------------------------------------------------------

Token Lexer::invalidNumber(const char *what) { return report(std::string("invalid ") + what + " literal"); }

// A number must not run into a name; keywords that may follow a number in valid code only give a warning.
bool Lexer::endOfNumber(const char *, const char *what, Token &failure) {
  std::string_view rest(cur_, size_t(end_ - cur_));
  bool keyword = false;
  for (std::string_view word : {"and", "else", "for", "or", "not"})
    keyword |= rest.starts_with(word) && (rest.size() == word.size() || !isNameChar(rest[word.size()]));
  for (std::string_view word : {"if", "in", "is"})
    keyword |= rest.starts_with(word);
  if (keyword) {
    warn("SyntaxWarning", std::string("invalid ") + what + " literal");
    return true;
  }
  if (!isNameChar(*cur_))
    return true;
  failure = invalidNumber(what);
  return false;
}

// Digits with single underscores between them, from the cursor on (which stands on a digit).
bool Lexer::digits(const char *, Token &failure) {
  for (;;) {
    while (isDigit(*cur_))
      cur_++;
    if (*cur_ != '_')
      return true;
    cur_++;
    if (!isDigit(*cur_)) {
      failure = invalidNumber("decimal");
      return false;
    }
  }
}

Token Lexer::radixNumber(const char *start, const char *what, int radix) {
  auto valid = [radix](char c) { return radix == 16 ? isHexDigit(c) : c >= '0' && c < '0' + radix; };
  auto badDigit = [&](char c) {
    cur_++;
    return report(std::string("invalid digit '") + c + "' in " + what + " literal");
  };
  cur_ += 2;
  do {
    if (*cur_ == '_')
      cur_++;
    if (!valid(*cur_))
      return isDigit(*cur_) ? badDigit(*cur_) : invalidNumber(what);
    while (valid(*cur_))
      cur_++;
  } while (*cur_ == '_');
  if (isDigit(*cur_))
    return badDigit(*cur_);
  Token failure;
  return endOfNumber(start, what, failure) ? token(TokenKind::Number, start) : failure;
}

Token Lexer::imaginary(const char *start) {
  Token failure;
  cur_++;
  return endOfNumber(start, "imaginary", failure) ? token(TokenKind::Number, start) : failure;
}

// At "e": an exponent, or the end of the number if no digit follows (as in "1else").
Token Lexer::exponent(const char *start) {
  const char *letter = cur_++;
  Token failure;
  if (*cur_ == '+' || *cur_ == '-') {
    cur_++;
    if (!isDigit(*cur_))
      return invalidNumber("decimal");
  } else if (!isDigit(*cur_)) {
    cur_ = letter;
    return endOfNumber(start, "decimal", failure) ? token(TokenKind::Number, start) : failure;
  }
  if (!digits(start, failure))
    return failure;
  if ((*cur_ | 32) == 'j')
    return imaginary(start);
  return endOfNumber(start, "decimal", failure) ? token(TokenKind::Number, start) : failure;
}

// After the point.
Token Lexer::fraction(const char *start) {
  Token failure;
  if (isDigit(*cur_) && !digits(start, failure))
    return failure;
  if ((*cur_ | 32) == 'e')
    return exponent(start);
  if ((*cur_ | 32) == 'j')
    return imaginary(start);
  return endOfNumber(start, "decimal", failure) ? token(TokenKind::Number, start) : failure;
}

Token Lexer::number(const char *start) {
  Token failure;
  bool leadingZeros = false;
  const char *zerosEnd = nullptr;
  if (*cur_ == '0') {
    char letter = cur_[1] | 32;
    if (letter == 'x')
      return radixNumber(start, "hexadecimal", 16);
    if (letter == 'o')
      return radixNumber(start, "octal", 8);
    if (letter == 'b')
      return radixNumber(start, "binary", 2);
    cur_++;
    for (;; cur_++) {
      if (*cur_ == '_' && !isDigit(*++cur_))
        return invalidNumber("decimal");
      if (*cur_ != '0')
        break;
    }
    zerosEnd = cur_ + 1;
    leadingZeros = isDigit(*cur_);
  }
  if (isDigit(*cur_) && !digits(start, failure))
    return failure;
  if (*cur_ == '.') {
    cur_++;
    return fraction(start);
  }
  if ((*cur_ | 32) == 'e')
    return exponent(start);
  if ((*cur_ | 32) == 'j')
    return imaginary(start);
  if (leadingZeros)
    return report("leading zeros in decimal integer literals are not permitted; "
                  "use an 0o prefix for octal integers",
                  int(start + 1 - lineStart_), int(zerosEnd - lineStart_));
  return endOfNumber(start, "decimal", failure) ? token(TokenKind::Number, start) : failure;
}

// ---- Operators -------------------------------------------------------------------------------------

Token Lexer::badCharacter(const char *start) {
  auto c = uint8_t(*start);
  if (c >= 0x20 && c < 0x7F)
    return token(TokenKind::Unknown, start);
  char code[16];
  std::snprintf(code, sizeof code, "%04X", c);
  return report(std::string("invalid non-printable character U+") + code);
}

Token Lexer::operatorToken(const char *start) {
  using enum TokenKind;
  char c = *cur_++;
  // [one] alone, or with '=' after it.
  auto withEqual = [&](TokenKind one, TokenKind two) {
    if (*cur_ != '=')
      return token(one, start);
    cur_++;
    return token(two, start);
  };
  // As withEqual, after the operator was doubled if the next character is [c] too.
  auto doubled = [&](TokenKind one, TokenKind two, TokenKind twice, TokenKind twiceEqual) {
    if (*cur_ != c)
      return withEqual(one, two);
    cur_++;
    return withEqual(twice, twiceEqual);
  };
  switch (c) {
  case '(':
  case '[':
  case '{':
    if (level_ >= kMaxParens)
      return report("too many nested parentheses");
    parens_[level_++] = {c, line_, int(start - lineStart_)};
    return token(c == '(' ? LPar : c == '[' ? LSqb : LBrace, start);
  case ')':
  case ']':
  case '}': {
    if (!level_)
      return report(std::string("unmatched '") + c + "'");
    const Paren &opening = parens_[--level_];
    if ((opening.open == '(' ? ')' : opening.open == '[' ? ']' : '}') == c)
      return token(c == ')' ? RPar : c == ']' ? RSqb : RBrace, start);
    std::string message = std::string("closing parenthesis '") + c +
                          "' does not match opening parenthesis '" + opening.open + "'";
    if (opening.line != line_)
      message += " on line " + std::to_string(opening.line);
    return report(std::move(message));
  }
  case ':':
    return withEqual(Colon, ColonEqual);
  case ',':
    return token(Comma, start);
  case ';':
    return token(Semi, start);
  case '~':
    return token(Tilde, start);
  case '.':
    if (cur_[0] != '.' || cur_[1] != '.')
      return token(Dot, start);
    cur_ += 2;
    return token(Ellipsis, start);
  case '=':
    return withEqual(Equal, EqEqual);
  case '+':
    return withEqual(Plus, PlusEqual);
  case '-':
    if (*cur_ == '>') {
      cur_++;
      return token(RArrow, start);
    }
    return withEqual(Minus, MinusEqual);
  case '*':
    return doubled(Star, StarEqual, DoubleStar, DoubleStarEqual);
  case '/':
    return doubled(Slash, SlashEqual, DoubleSlash, DoubleSlashEqual);
  case '|':
    return withEqual(VBar, VBarEqual);
  case '&':
    return withEqual(Amper, AmperEqual);
  case '^':
    return withEqual(Circumflex, CircumflexEqual);
  case '%':
    return withEqual(Percent, PercentEqual);
  case '@':
    return withEqual(At, AtEqual);
  case '<':
    if (*cur_ == '>') {
      cur_++;
      return token(NotEqual, start);
    }
    return doubled(Less, LessEqual, LeftShift, LeftShiftEqual);
  case '>':
    return doubled(Greater, GreaterEqual, RightShift, RightShiftEqual);
  case '!':
    if (*cur_ == '=') {
      cur_++;
      return token(NotEqual, start);
    }
    return badCharacter(start);
  default:
    return badCharacter(start);
  }
}

} // namespace krait

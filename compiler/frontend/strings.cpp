// String literals. An f-string's expressions are cut out, put in parentheses and parsed by a nested parser
// whose lexer counts lines and columns from where the expression stands (with the same shortcomings as in
// CPython 3.11).
#include "compiler/frontend/strings.h"

#include "compiler/frontend/unicode.h"

#include <cstdio>

namespace krait {

using namespace ast;

Expr *Parser::strings() {
  TokenSlot &first = slot(mark_);
  if (first.strings) {
    mark_ = first.stringsEnd;
    return first.strings;
  }
  Mark begin = mark_;
  while (accept(TokenKind::String))
    ;
  if (raised_)
    return nullptr;
  Expr *result = StringParser(*this, begin, mark_).parse();
  first.strings = result;
  first.stringsEnd = mark_;
  return result;
}

StringParser::StringParser(Parser &parser, uint32_t firstMark, uint32_t endMark)
    : parser_(parser), first_(parser.slot(firstMark)), last_(parser.slot(endMark - 1)), begin_(firstMark),
      end_(endMark), loc_{first_.line, first_.col, last_.endLine, last_.endCol} {}

Expr *StringParser::parse() {
  AstContext &context = parser_.context_;
  for (uint32_t mark = begin_; mark < end_; mark++)
    if (!addToken(parser_.slot(mark)))
      return nullptr;
  if (bytes_) {
    auto *node = context.make<ConstantExpr>(loc_);
    node->value = context.makeConstant(ConstantKind::Bytes);
    node->value->text = *context.makeText(text_);
    return node;
  }
  if (!formatted_)
    return makeString(text_);
  flush(text_, values_);
  auto *node = context.make<JoinedStrExpr>(loc_);
  node->values = context.makeSeq(values_);
  return node;
}

Expr *StringParser::makeString(std::string_view text) {
  AstContext &context = parser_.context_;
  auto *node = context.make<ConstantExpr>(loc_);
  node->value = context.makeConstant(ConstantKind::Str);
  node->value->text = *context.makeText(text);
  if (*first_.start == 'u')
    node->kind = context.makeText("u");
  return node;
}

void StringParser::flush(std::string &pending, std::vector<Expr *> &values) {
  if (pending.empty())
    return;
  values.push_back(makeString(pending));
  pending.clear();
}

// One string token: decodes it onto text_ (and values_).
bool StringParser::addToken(const Token &token) {
  const char *p = token.start, *end = token.end;
  bool bytes = false, raw = false, formatted = false;
  for (; *p != '\'' && *p != '"'; p++) {
    bytes |= (*p | 32) == 'b';
    raw |= (*p | 32) == 'r';
    formatted |= (*p | 32) == 'f';
  }
  const int quotes = end - p >= 6 && p[1] == *p && p[2] == *p ? 3 : 1;
  p += quotes;
  end -= quotes;
  std::string_view body(p, size_t(end - p));
  if (bytes)
    for (char c : body)
      if (c & 0x80)
        return fail("bytes can only contain ASCII literal characters");
  // The order of these steps decides which of two errors is reported.
  const bool plain = raw || body.find('\\') == body.npos;
  if (bytes && !plain && !unescapeBytes(token, body, text_))
    return false;
  if (!bytes && !formatted && !(plain ? checkUtf8(body) : unescape(token, body, text_)))
    return false;
  if (&token != &first_ && bytes != bytes_)
    return fail("cannot mix bytes and nonbytes literals");
  bytes_ = bytes;
  if (!formatted) {
    if (plain)
      text_ += body;
    return true;
  }
  formatted_ = true;
  return parser_.since(6, "Format strings are") && addFormatted(token, p, end, raw, 0, text_, values_);
}

// ---- Escapes ---------------------------------------------------------------------------------------

void StringParser::warnEscape(const Token &token, std::string_view escape, const char *kind) {
  if (parser_.secondPass_)
    return;
  std::string message = std::string("invalid ") + kind + "escape sequence '\\" + std::string(escape);
  parser_.result_.warnings.push_back(
      {"DeprecationWarning", message + "'", token.line, token.col + 1, token.endLine, token.endCol + 1});
}

bool StringParser::checkUtf8(std::string_view text) {
  for (const char *p = text.data(), *end = p + text.size(); p < end;) {
    if (!(*p & 0x80)) {
      p++;
      continue;
    }
    const char *before = p;
    if (unicode::decodeUtf8(p, end) >= 0)
      continue;
    return fail("(unicode error) " + unicode::describeUtf8Error(before, end, size_t(before - text.data())));
  }
  return true;
}

static int hexValue(char c) {
  if (c >= '0' && c <= '9')
    return c - '0';
  c |= 32;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/// Appends what backslash and [c] stand for in strings and bytes alike (nothing, for a line's end); false if
/// [c] is none of these.
static bool simpleEscape(char c, std::string &out) {
  static constexpr std::string_view kLetters = "\\'\"abfnrtv", kMeanings = "\\'\"\a\b\f\n\r\t\v";
  if (c == '\n')
    return true;
  size_t index = kLetters.find(c);
  if (index == kLetters.npos)
    return false;
  out += kMeanings[index];
  return true;
}

bool StringParser::unescapeBytes(const Token &token, std::string_view text, std::string &out) {
  bool warned = false; // Only the first escape of a literal that means nothing gives a warning.
  for (size_t i = 0; i < text.size();) {
    char c = text[i++];
    if (c != '\\') {
      out += c;
      continue;
    }
    c = text[i++];
    if (simpleEscape(c, out))
      continue;
    switch (c) {
    case 'x': {
      int high = i < text.size() ? hexValue(text[i]) : -1,
          low = i + 1 < text.size() ? hexValue(text[i + 1]) : -1;
      if (high < 0 || low < 0)
        return fail("(value error) invalid \\x escape at position " + std::to_string(i - 2));
      out += char(high * 16 + low);
      i += 2;
      break;
    }
    default:
      if (c >= '0' && c <= '7') {
        int value = c - '0';
        for (int n = 0; n < 2 && i < text.size() && text[i] >= '0' && text[i] <= '7'; n++)
          value = value * 8 + (text[i++] - '0');
        if (value > 0377 && !std::exchange(warned, true))
          warnEscape(token, text.substr(i - 3, 3), "octal ");
        out += char(value);
        break;
      }
      if (!std::exchange(warned, true))
        warnEscape(token, {&c, 1});
      out += '\\';
      out += c;
    }
  }
  return true;
}

bool StringParser::unescape(const Token &token, std::string_view text, std::string &out) {
  // Positions in messages count a character outside ASCII as the ten of its \U escape, as CPython decodes
  // from such a form.
  size_t inflated = 0;
  bool warned = false; // Only the first escape of a literal that means nothing gives a warning.
  auto position = [&](size_t i) { return i + inflated; };
  auto failure = [&](size_t from, size_t to, const char *why) {
    return fail("(unicode error) 'unicodeescape' codec can't decode bytes in position " +
                std::to_string(position(from)) + "-" + std::to_string(position(to) - 1) + ": " + why);
  };
  for (size_t i = 0; i < text.size();) {
    const size_t start = i;
    char c = text[i];
    if (c != '\\') {
      if (c & 0x80) {
        const char *p = text.data() + i;
        if (unicode::decodeUtf8(p, text.data() + text.size()) < 0)
          return fail("(unicode error) " +
                      unicode::describeUtf8Error(text.data() + i, text.data() + text.size(), i));
        size_t length = size_t(p - text.data()) - i;
        out.append(text.substr(i, length));
        i += length;
        inflated += 10 - length;
      } else {
        out += c;
        i++;
      }
      continue;
    }
    if (i + 1 == text.size()) {
      // Before a brace of an f-string, which keeps its meaning.
      out += c;
      break;
    }
    c = text[i + 1];
    i += 2;
    if (simpleEscape(c, out))
      continue;
    switch (c) {
    case 'x':
    case 'u':
    case 'U': {
      const size_t digits = c == 'x' ? 2 : c == 'u' ? 4 : 8;
      uint32_t value = 0;
      size_t n = 0;
      for (; n < digits && i < text.size() && hexValue(text[i]) >= 0; n++)
        value = value * 16 + uint32_t(hexValue(text[i++]));
      if (n < digits)
        return failure(start, i,
                       c == 'x'   ? "truncated \\xXX escape"
                       : c == 'u' ? "truncated \\uXXXX escape"
                                  : "truncated \\UXXXXXXXX escape");
      if (value > 0x10FFFF)
        return failure(start, i, "illegal Unicode character");
      unicode::appendUtf8(out, value);
      break;
    }
    case 'N': {
      size_t close = i < text.size() && text[i] == '{' ? text.find('}', i) : text.npos;
      if (close == text.npos || close == i + 1) {
        // What is reported reaches as far as the braces could be followed.
        size_t to = i < text.size() && text[i] == '{' ? (close == text.npos ? text.size() : i + 1) : i;
        return failure(start, to, "malformed \\N character escape");
      }
      int32_t value = unicode::lookupName(text.substr(i + 1, close - i - 1));
      if (value < 0)
        return failure(start, close + 1, "unknown Unicode character name");
      unicode::appendUtf8(out, uint32_t(value));
      i = close + 1;
      break;
    }
    default:
      if (c >= '0' && c <= '7') {
        uint32_t value = uint32_t(c - '0');
        for (int n = 0; n < 2 && i < text.size() && text[i] >= '0' && text[i] <= '7'; n++)
          value = value * 8 + uint32_t(text[i++] - '0');
        if (value > 0377 && !std::exchange(warned, true))
          warnEscape(token, text.substr(i - 3, 3), "octal ");
        unicode::appendUtf8(out, value);
        break;
      }
      out += '\\';
      if (c & 0x80) {
        i--; // The character itself comes next.
      } else {
        out += c;
        if (!std::exchange(warned, true))
          warnEscape(token, {&c, 1});
      }
    }
  }
  return true;
}

// ---- f-strings -------------------------------------------------------------------------------------

// From [p] to [end] (or, in a format spec, to the '}' that closes it): text and replacement fields in turn.
bool StringParser::addFormatted(const Token &token, const char *&p, const char *end, bool raw, int depth,
                                std::string &pending, std::vector<Expr *> &values) {
  while (p < end) {
    if (!literalPart(token, p, end, raw, depth, pending))
      return false;
    if (p >= end || (depth && *p == '}'))
      break;
    if (*p == '{' && !replacement(token, p, end, raw, depth, pending, values))
      return false;
  }
  if (depth && (p >= end || *p != '}'))
    return fail("f-string: expecting '}'");
  return true;
}

// Text up to the next single brace. Doubled braces stand for one, but not in a format spec.
bool StringParser::literalPart(const Token &token, const char *&p, const char *end, bool raw, int depth,
                               std::string &pending) {
  const char *start = p;
  auto add = [&](const char *to) {
    std::string_view part(start, size_t(to - start));
    if (raw || part.find('\\') == part.npos)
      return checkUtf8(part) && (pending += part, true);
    return unescape(token, part, pending);
  };
  while (p < end) {
    char c = *p++;
    if (!raw && c == '\\' && p < end) {
      c = *p++;
      if (c == 'N') {
        // The braces of a character's name are text.
        if (p < end && *p++ == '{') {
          while (p < end && *p++ != '}')
            ;
          continue;
        }
        // Not a name: the literal ends after this; unescape() reports it.
        break;
      }
      if (c == '{')
        warnEscape(token, "{");
      else if (c != '}')
        continue;
      p--;
      // A brace after a backslash keeps its meaning; the backslash stays text.
      if (*p == '{' || *p == '}') {
        c = *p++;
      }
    }
    if (c == '{' || c == '}') {
      if (depth == 0) {
        if (p < end && *p == c) {
          if (!add(p))
            return false;
          p++;
          start = p;
          continue;
        }
        if (c == '}') {
          p--;
          return fail("f-string: single '}' is not allowed");
        }
      }
      p--;
      break;
    }
  }
  return add(p);
}

// The end of the expression that begins at [p]: at '!', ':', '=', '}' or the end of the text. Null: an error.
const char *StringParser::findExpressionEnd(const char *p, const char *end) {
  char quote = 0, nesting[200];
  int quotes = 0, depth = 0;
  for (; p < end; p++) {
    char c = *p;
    if (c == '\\')
      return fail("f-string expression part cannot include a backslash"), nullptr;
    if (quote) {
      if (c != quote)
        continue;
      if (quotes == 3) {
        if (p + 2 >= end || p[1] != c || p[2] != c)
          continue;
        p += 2;
      }
      quote = 0;
      continue;
    }
    if (c == '\'' || c == '"') {
      quotes = p + 2 < end && p[1] == c && p[2] == c ? 3 : 1;
      p += quotes - 1;
      quote = c;
      continue;
    }
    if (c == '[' || c == '{' || c == '(') {
      if (depth >= int(sizeof nesting))
        return fail("f-string: too many nested parenthesis"), nullptr;
      nesting[depth++] = c;
      continue;
    }
    if (c == '#')
      return fail("f-string expression part cannot include '#'"), nullptr;
    if (depth == 0 && (c == '!' || c == ':' || c == '}' || c == '=' || c == '<' || c == '>')) {
      if (p + 1 < end && (c == '!' || c == '=' || c == '<' || c == '>') && p[1] == '=') {
        p++;
        continue;
      }
      if (c == '<' || c == '>')
        continue;
      break;
    }
    if (c == ']' || c == '}' || c == ')') {
      if (depth == 0)
        return fail(std::string("f-string: unmatched '") + c + "'"), nullptr;
      char open = nesting[--depth];
      if (c != (open == '(' ? ')' : open == '[' ? ']' : '}'))
        return fail(std::string("f-string: closing parenthesis '") + c +
                    "' does not match opening parenthesis '" + open + "'"),
               nullptr;
    }
  }
  if (quote)
    return fail("f-string: unterminated string"), nullptr;
  if (depth)
    return fail(std::string("f-string: unmatched '") + nesting[depth - 1] + "'"), nullptr;
  return p;
}

// '{' expression ['='] ['!' conversion] [':' format spec] '}'
bool StringParser::replacement(const Token &token, const char *&p, const char *end, bool raw, int depth,
                               std::string &pending, std::vector<Expr *> &values) {
  if (depth >= 2)
    return fail("f-string: expressions nested too deeply");
  const char *start = ++p;
  p = findExpressionEnd(start, end);
  if (!p)
    return false;
  auto ended = [&] { return p >= end && fail("f-string: expecting '}'") == false; };
  if (ended())
    return false;
  Expr *value = compileExpression(token, start, p, token.start);
  if (!value)
    return false;
  bool selfDocumenting = false;
  if (*p == '=') {
    if (!parser_.since(8, "f-string: self documenting expressions are"))
      return false;
    p++;
    while (*p == ' ' || (*p >= '\t' && *p <= '\r'))
      p++;
    if (ended())
      return false;
    selfDocumenting = true;
    pending.append(start, p);
  }
  int conversion = -1;
  if (*p == '!') {
    p++;
    if (ended())
      return false;
    conversion = uint8_t(*p++);
    if (conversion != 's' && conversion != 'r' && conversion != 'a')
      return fail("f-string: invalid conversion character: expected 's', 'r', or 'a'");
  }
  if (ended())
    return false;
  Expr *spec = nullptr;
  if (*p == ':') {
    p++;
    std::string specText;
    std::vector<Expr *> specValues;
    if (!addFormatted(token, p, end, raw, depth + 1, specText, specValues))
      return false;
    // The spec as a whole, and text at its end, have the position of the one token they are in.
    const Location whole = loc_;
    loc_ = Parser::where(token);
    flush(specText, specValues);
    auto *joined = parser_.context_.make<JoinedStrExpr>(loc_);
    loc_ = whole;
    joined->values = parser_.context_.makeSeq(specValues);
    spec = joined;
  }
  if (ended())
    return false;
  if (*p != '}')
    return fail("f-string: expecting '}'");
  p++;
  if (selfDocumenting && !spec && conversion < 0)
    conversion = 'r';
  flush(pending, values);
  auto *node = parser_.context_.make<FormattedValueExpr>(loc_);
  node->value = value;
  node->conversion = conversion;
  node->format_spec = spec;
  values.push_back(node);
  return true;
}

Expr *StringParser::compileExpression(const Token &token, const char *start, const char *end,
                                      const char *tokenStart) {
  bool blank = true;
  for (const char *p = start; p < end && blank; p++)
    blank = *p == ' ' || (*p >= '\t' && *p <= '\r' && *p != '\v');
  if (blank) {
    if (*end == '!' || *end == ':' || *end == '=')
      fail(std::string("f-string: expression required before '") + *end + "'");
    else
      fail("f-string: empty expression not allowed");
    return nullptr;
  }
  // Where the expression stands: lines from the start of the token, columns from the last newline before the
  // brace unless a newline follows the brace.
  const char *brace = start - 1;
  int lines = 0, columns = 0;
  const char *p = start;
  while (p < end && (*p == ' ' || *p == '\t' || *p == '\f'))
    p++;
  if (p >= end || *p != '\n') {
    const char *lineStart = brace;
    while (lineStart > tokenStart && *lineStart != '\n')
      lineStart--;
    columns = int(brace - lineStart);
    if (*lineStart == '\n' && lineStart != brace)
      columns--;
  }
  for (p = tokenStart; p < brace; p++)
    lines += *p == '\n';

  std::string code = "(" + std::string(start, end) + ")\n";
  std::string_view text(parser_.context_.arena().copy(code), code.size());
  const int line = token.line + lines;
  const int column = lines ? columns : token.col + columns;
  ++parser_.depth_;
  if (parser_.stackExhausted())
    return parser_.tooDeep(), nullptr;
  Lexer lexer(text, parser_.flags_, line, column, parser_.result_);
  Parser nested(parser_.context_, lexer, parser_.flags_, parser_.result_, line, column);
  nested.stackBase_ = parser_.stackBase_;
  nested.depth_ = parser_.depth_;
  if (parser_.secondPass_)
    lexer.silenceWarnings();
  Expr *result = nested.parseFStringExpression();
  parser_.depth_--;
  if (!result)
    parser_.raised_ = true;
  return result;
}

} // namespace krait

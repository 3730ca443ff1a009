// parse(): from bytes to a tree. Finds the encoding (PEP 263), decodes, unifies line ends, runs the parser.
#include "compiler/frontend/parse.h"

#include "compiler/frontend/parser.h"
#include "compiler/frontend/unicode.h"

namespace krait {

static std::string_view nextLine(std::string_view text) {
  size_t end = text.find_first_of("\r\n");
  return text.substr(0, end);
}

// The encoding named in a comment line, or empty. [blank]: the line has nothing but space and a comment.
static std::string_view cookie(std::string_view line, bool &blank) {
  size_t i = line.find_first_not_of(" \t\f");
  blank = i == line.npos || line[i] == '#';
  if (!blank || i == line.npos)
    return {};
  for (size_t at = line.find("coding", i); at != line.npos; at = line.find("coding", at + 1)) {
    size_t p = at + 6;
    if (p >= line.size() || (line[p] != ':' && line[p] != '='))
      continue;
    p++;
    while (p < line.size() && (line[p] == ' ' || line[p] == '\t'))
      p++;
    size_t start = p;
    while (p < line.size() &&
           (isalnum(uint8_t(line[p])) || line[p] == '-' || line[p] == '_' || line[p] == '.'))
      p++;
    if (p > start)
      return line.substr(start, p - start);
  }
  return {};
}

// Names of UTF-8 and Latin-1 are recognised in any variant ("utf-8-unix"), as the reference says.
static std::string usualName(std::string_view name) {
  std::string lower;
  for (char c : name.substr(0, 12))
    lower += c == '_' ? '-' : char(tolower(c));
  auto is = [&](std::string_view usual) {
    return lower == usual || (lower.starts_with(usual) && lower[usual.size()] == '-');
  };
  if (is("utf-8"))
    return "utf-8";
  if (is("latin-1") || is("iso-8859-1") || is("iso-latin-1"))
    return "iso-8859-1";
  return std::string(name);
}

static bool failEncoding(ParseResult &result, std::string message) {
  SyntaxErrorInfo &error = result.error;
  error.type = ParseErrorType::SyntaxError;
  error.message = std::move(message);
  error.hasPosition = true;
  error.hasEnd = false;
  error.column = -1;
  return false;
}

// Decodes [bytes] to UTF-8 in [out].
static bool decodeSource(std::string_view bytes, ParseResult &result, std::string &out, bool &named) {
  bool mark = bytes.starts_with("\xEF\xBB\xBF");
  if (mark)
    bytes.remove_prefix(3);
  bool blank;
  std::string_view first = nextLine(bytes), name = cookie(first, blank);
  if (name.empty() && blank) {
    std::string_view rest = bytes.substr(first.size());
    rest.remove_prefix(rest.starts_with("\r\n") ? 2 : rest.empty() ? 0 : 1);
    name = cookie(nextLine(rest), blank);
  }
  named = mark || !name.empty();
  std::string encoding = name.empty() ? "utf-8" : usualName(name);
  if (mark && encoding != "utf-8")
    return failEncoding(result, "encoding problem: " + encoding + " with BOM");
  // UTF-8 is not checked here: only names and strings must be valid, comments may hold anything.
  if (encoding == "utf-8") {
    out = bytes;
    return true;
  }
  std::string error;
  return unicode::decode(bytes, encoding, out, error) || failEncoding(result, error);
}

// '\n' for every kind of line end, and [atEnd] one at the end.
static void unifyLineEnds(std::string &text, bool atEnd) {
  if (text.find('\r') != text.npos) {
    size_t out = 0;
    for (size_t i = 0; i < text.size(); i++) {
      char c = text[i];
      if (c == '\r') {
        c = '\n';
        if (i + 1 < text.size() && text[i + 1] == '\n')
          i++;
      }
      text[out++] = c;
    }
    text.resize(out);
  }
  if (atEnd && !text.empty() && text.back() != '\n')
    text += '\n';
}

ParseResult parse(ast::AstContext &context, std::string_view source, std::string_view, ParseMode mode,
                  const ParseFlags &flags) {
  ParseResult result;
  if (source.find('\0') != source.npos) {
    result.error.type = ParseErrorType::ValueError;
    result.error.message = "source code string cannot contain null bytes";
    return result;
  }
  std::string text;
  bool namedEncoding = true;
  if (flags.sourceIsText)
    text = source;
  else if (!decodeSource(source, result, text, namedEncoding))
    return result;
  unifyLineEnds(text, mode == ParseMode::Module);
  Lexer lexer(text, flags, 1, 0, result);
  Parser parser(context, lexer, flags, result);
  if (!namedEncoding)
    parser.useByteColumns();
  result.mod = parser.parseMod(mode);
  if (!result.mod && result.error.type == ParseErrorType::None)
    result.error.type = ParseErrorType::MemoryError;
  if (result.mod)
    result.error = {};
  return result;
}

} // namespace krait

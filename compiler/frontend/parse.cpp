// parse(): from bytes to a tree. Finds the encoding (PEP 263), decodes, unifies line ends, runs the parser.
#include "compiler/frontend/parse.h"

#include "compiler/frontend/parser.h"
#include "compiler/frontend/unicode.h"

#include <cstdio>

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

/// The error that the first byte that is not UTF-8 is in a program's file; none if all are, or [result] has
/// an error in an earlier line.
static bool checkFile(std::string_view source, std::string_view filename, ParseResult &result) {
  int line = 1;
  for (const char *p = source.data(), *end = p + source.size(); p < end;) {
    const char *at = p;
    int32_t c = unicode::decodeUtf8(p, end);
    line += c == '\n';
    if (c >= 0 && (c < 0xd800 || c > 0xdfff))
      continue;
    if (result.error.type != ParseErrorType::None && result.error.hasPosition && result.error.line < line)
      return true;
    char code[8];
    std::snprintf(code, sizeof code, "\\x%02x", unsigned(uint8_t(*at)));
    result.error = {};
    result.error.type = ParseErrorType::SyntaxError;
    result.error.message = std::string("Non-UTF-8 code starting with '") + code + "' in file " +
                           std::string(filename) + " on line " + std::to_string(line) +
                           ", but no encoding declared; see https://peps.python.org/pep-0263/ for details";
    result.mod = nullptr;
    return false;
  }
  return true;
}

ParseResult parse(ast::AstContext &context, std::string_view source, std::string_view filename,
                  ParseMode mode, const ParseFlags &flags) {
  ParseResult result;
  std::string text;
  bool namedEncoding = true;
  bool decoded = flags.sourceIsText || decodeSource(source, result, text, namedEncoding);
  bool checked = flags.fromFile && decoded && !namedEncoding;
  bool hasNull = source.find('\0') != source.npos;
  if (checked && hasNull && !checkFile(source, filename, result))
    return result;
  if (hasNull) {
    result.error = {};
    result.error.type = ParseErrorType::ValueError;
    result.error.message = "source code string cannot contain null bytes";
    return result;
  }
  if (!decoded)
    return result;
  if (flags.sourceIsText)
    text = source;
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
  if (checked)
    checkFile(source, filename, result);
  return result;
}

} // namespace krait

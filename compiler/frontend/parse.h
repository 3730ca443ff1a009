// Source text to AST: the entry points of the front end's first half.
//
// parse() never crashes and never throws, whatever the input: every failure is a SyntaxErrorInfo with the
// type, message and position that CPython 3.11 would raise. Errors that CPython raises later (symbol table,
// compiler: "'return' outside function") are left to the code generator.
#pragma once

#include "compiler/frontend/ast.h"

#include <string>
#include <string_view>
#include <vector>

namespace krait {

enum class ParseMode : uint8_t { Module, Expression, Interactive, FunctionType };

struct ParseFlags {
  bool sourceIsText = false; ///< Already decoded (a str): valid UTF-8, encoding comments are ignored.
  bool fromFile =
      false; ///< A program's file: without a named encoding all of it must be UTF-8, comments too.
  bool typeComments = false;    ///< Keep `# type:` comments (ast.parse(type_comments=True)).
  bool barryAsFlufl = false;    ///< `<>` instead of `!=`.
  bool allowIncomplete = false; ///< Running out of input gives the error "incomplete input".
  bool dontImplyDedent = false; ///< An indented block needs its closing line (codeop).
  int featureVersion = 11;      ///< Minor version whose syntax is accepted; 11 means everything.
  int maxIntDigits = 4300;      ///< sys.get_int_max_str_digits(); 0 is unlimited.
};

enum class ParseErrorType : uint8_t {
  None,
  SyntaxError,
  IndentationError,
  TabError,
  ValueError,
  MemoryError,
  RecursionError,
  OverflowError,
};

/// CPython's name of the exception class, e.g. "SyntaxError".
const char *parseErrorTypeName(ParseErrorType type);

struct SyntaxErrorInfo {
  ParseErrorType type = ParseErrorType::None;
  std::string message;
  int line = 0, column = 0;       ///< 1-based; columns in characters. As SyntaxError.lineno and .offset.
  int endLine = 0, endColumn = 0; ///< As SyntaxError.end_lineno and .end_offset; 0 or -1 when unknown.
  std::string text;               ///< The line of the error, in UTF-8, as SyntaxError.text.
  bool hasPosition = false;       ///< False: only the message (SyntaxError(msg)).
  bool hasEnd = true;             ///< False: end_lineno and end_offset are None.
  bool hasText = false;           ///< False: SyntaxError.text is None.
};

struct ParseWarning {
  const char *category; ///< "DeprecationWarning" or "SyntaxWarning"
  std::string message;
  int line, column, endLine, endColumn; ///< As in SyntaxErrorInfo: what to raise if the warning is an error.
};

struct ParseResult {
  ast::Mod *mod = nullptr; ///< Null if and only if error.type is not None.
  SyntaxErrorInfo error;
  std::vector<ParseWarning> warnings;
  explicit operator bool() const { return mod != nullptr; }
};

/// Parses [source], the bytes of a file or string. [filename] is used in messages about encodings only.
/// Nodes are made in [context], which must outlive them; [source] need not.
ParseResult parse(ast::AstContext &context, std::string_view source, std::string_view filename,
                  ParseMode mode, const ParseFlags &flags = {});

/// ast.dump(node, include_attributes=attributes), byte for byte (strings as Python's ascii()-like repr does).
std::string dumpAst(const ast::Node *node, bool attributes);

} // namespace krait

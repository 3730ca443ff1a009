// source_module.cpp - see source_module.h.
#include "runtime/start/source_module.h"

#include "compiler/frontend/lexer.h"
#include "compiler/frontend/scopes.h"
#include "runtime/object/bytes.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/int.h"
#include "runtime/object/str.h"
#include "runtime/start/source_module.bind.inc"
#include "runtime/start/start.h"

namespace krait {

namespace {

const char *kindName(TokenKind kind) {
  switch (kind) {
  case TokenKind::Name:
    return "NAME";
  case TokenKind::Number:
    return "NUMBER";
  case TokenKind::String:
    return "STRING";
  case TokenKind::Newline:
    return "NEWLINE";
  case TokenKind::Indent:
    return "INDENT";
  case TokenKind::Dedent:
    return "DEDENT";
  default:
    return tokenSpelling(kind);
  }
}

/// As the lexer wants it: "\n" at the end of each line, the last one too.
std::string unified(std::string_view source) {
  std::string text;
  for (size_t i = 0; i < source.size(); i++) {
    char c = source[i];
    if (c == '\r') {
      i += i + 1 < source.size() && source[i + 1] == '\n';
      c = '\n';
    }
    text += c;
  }
  if (!text.empty() && text.back() != '\n')
    text += '\n';
  return text;
}

Value tokenTuple(const Token &token, const Lexer &lexer) {
  int line = token.start ? token.line : lexer.line();
  Value parts[7] = {strFrom(kindName(token.kind)),
                    token.start && token.kind != TokenKind::Newline ? strFrom(token.text()) : krt_str_empty,
                    smallInt(line),
                    smallInt(token.start ? token.endLine : line),
                    smallInt(token.start ? token.col : -1),
                    smallInt(token.start && token.kind != TokenKind::Newline ? token.endCol
                             : token.start                                   ? token.col
                                                                             : -1),
                    strFrom(lexer.currentLine())};
  return krt_tuple_from(parts, 7);
}

// ---- Scopes, in CPython's numbers -------------------------------------------------------------------

enum : int { kTypeFunction = 0, kTypeClass = 1, kTypeModule = 2, kScopeShift = 11 };

int64_t flagsOf(const Symbol &symbol) {
  struct Flag {
    uint16_t ours;
    int theirs;
  };
  constexpr Flag flags[] = {{kSymGlobal, 1},   {kSymLocal, 2},       {kSymParam, 4},
                            {kSymNonlocal, 8}, {kSymUse, 16},        {kSymFreeClass, 64},
                            {kSymImport, 128}, {kSymAnnotated, 256}, {kSymCompIter, 512}};
  constexpr int places[] = {0, 1, 2,
                            3, 4, 5}; // NamePlace: unknown, local, global explicit, implicit, free, cell
  int64_t result = int64_t{places[static_cast<int>(symbol.place)]} << kScopeShift;
  for (const Flag &flag : flags)
    if (symbol.flags & flag.ours)
      result |= flag.theirs;
  return result;
}

/// "<listcomp>" is "listcomp" there.
Str *shownName(const Scope &scope) {
  if (scope.kind == ScopeKind::Module)
    return strFrom("top");
  std::string_view name = scope.name->view();
  if (name.size() > 2 && name.front() == '<')
    name = name.substr(1, name.size() - 2);
  return strFrom(name);
}

Value treeOf(const Scope &scope) {
  Dict *symbols = krt_dict_new();
  for (const Symbol &symbol : scope.symbols)
    krt_dict_set_str(symbols, strIntern(symbol.name->view()), smallInt(flagsOf(symbol)));
  List *params = TRY(krt_list_new(0)), *children = TRY(krt_list_new(0));
  for (ast::Identifier name : scope.params)
    TRY_INT(krt_list_append(params, strIntern(name->view())));
  for (const Scope *child : scope.children)
    if (child->kind != ScopeKind::Annotation)
      TRY_INT(krt_list_append(children, TRY(treeOf(*child))));
  int type = scope.kind == ScopeKind::Module  ? kTypeModule
             : scope.kind == ScopeKind::Class ? kTypeClass
                                              : kTypeFunction;
  Value parts[8] = {krt_int_from_i64(static_cast<int64_t>(reinterpret_cast<uintptr_t>(&scope))),
                    smallInt(type),
                    shownName(scope),
                    smallInt(scope.kind == ScopeKind::Module ? 0 : scope.loc.line),
                    boolean(scope.nested),
                    symbols,
                    params,
                    children};
  return krt_tuple_from(parts, 8);
}

} // namespace

extern "C" {

Value krt__krait_source_tokens(Str *source) {
  size_t size;
  const char *bytes = TRY(krt_str_utf8(source, &size));
  std::string text = unified({bytes, size});
  ParseFlags flags;
  flags.sourceIsText = true;
  ParseResult result;
  Lexer lexer(text, flags, 1, 0, result);
  lexer.silenceWarnings();
  List *list = TRY(krt_list_new(0));
  Value error = kNone;
  while (true) {
    Token token = lexer.next();
    if (token.kind == TokenKind::Error && lexer.stop() == LexStop::Reported) {
      raiseSyntaxError(result.error, strFrom("<string>"));
      error = krt_error_take();
    }
    if (token.kind == TokenKind::Error || token.kind == TokenKind::EndMarker)
      break;
    TRY_INT(krt_list_append(list, TRY(tokenTuple(token, lexer))));
  }
  Value parts[2] = {list, error};
  return krt_tuple_from(parts, 2);
}

Value krt__krait_source_scopes_py(Value source, Str *filename, int mode) {
  std::string_view bytes;
  ParseFlags flags;
  flags.sourceIsText = strCheck(source);
  if (flags.sourceIsText) {
    size_t size;
    const char *text = TRY(krt_str_utf8(source.as<Str>(), &size));
    bytes = {text, size};
  } else {
    bytes = bytesView(source.as<Bytes>());
  }
  ast::AstContext context;
  constexpr ParseMode modes[] = {ParseMode::Module, ParseMode::Expression, ParseMode::Interactive};
  ParseResult result = parse(context, bytes, strView(filename), modes[mode], flags);
  for (const ParseWarning &warning : result.warnings)
    if (!issueCompileWarning(warning, filename))
      return {};
  ScopeTable table(context);
  if (!result || !table.build(result.mod, 0, result.error)) {
    raiseSyntaxError(result.error, filename);
    return {};
  }
  return treeOf(*table.top());
}

} // extern "C"
} // namespace krait

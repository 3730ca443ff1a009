// The passes of the front end in order: parse, __future__, fold, scopes, bytecode.
#include "compiler/frontend/compile.h"

#include "compiler/frontend/codegen.h"
#include "compiler/frontend/fold.h"

namespace krait {

using namespace ast;

namespace {

struct FutureRow {
  const char *name;
  uint32_t flag;
};
constexpr FutureRow kFutures[] = {
    {"nested_scopes", 0},    {"generators", 0},
    {"division", 0},         {"absolute_import", 0},
    {"with_statement", 0},   {"print_function", 0},
    {"unicode_literals", 0}, {"barry_as_FLUFL", kCodeFutureBarryAsBdfl},
    {"generator_stop", 0},   {"annotations", kCodeFutureAnnotations},
};

constexpr uint32_t kInheritedFlags =
    kCodeFutureDivision | kCodeFutureAbsoluteImport | kCodeFutureWithStatement | kCodeFuturePrintFunction |
    kCodeFutureUnicodeLiterals | kCodeFutureBarryAsBdfl | kCodeFutureGeneratorStop | kCodeFutureAnnotations;

bool isFutureImport(Stmt *s) {
  auto *n = as<ImportFromStmt>(s);
  return n && n->module && n->level == 0 && n->module->view() == "__future__";
}

uint32_t futureFlags(ImportFromStmt *s, SyntaxErrorInfo &error) {
  uint32_t flags = 0;
  for (Alias *a : s->names) {
    std::string name(a->name->view());
    bool known = false;
    for (const FutureRow &row : kFutures)
      if (name == row.name) {
        known = true;
        flags |= row.flag;
      }
    if (known)
      continue;
    setSyntaxError(error, s->loc,
                   name == "braces" ? "not a chance" : "future feature " + name + " is not defined");
    error.endColumn = 0;
  }
  return flags;
}

Seq<Stmt *> statements(Mod *mod) {
  if (auto *m = as<ModuleMod>(mod))
    return m->body;
  if (auto *i = as<InteractiveMod>(mod))
    return i->body;
  return {};
}

/// Fills in SyntaxError.text from the source, where the error has a position and the parser gave none.
void addText(SyntaxErrorInfo &error, std::string_view source) {
  if (!error.hasPosition || error.hasText || error.line < 1)
    return;
  size_t start = 0;
  for (int line = 1; line < error.line; ++line) {
    start = source.find('\n', start);
    if (start == source.npos)
      return;
    ++start;
  }
  size_t end = source.find('\n', start);
  error.text = source.substr(start, end == source.npos ? end : end + 1 - start);
  error.hasText = true;
}

} // namespace

uint32_t futureFeatures(Mod *mod, SyntaxErrorInfo &error, int &lastLine) {
  uint32_t flags = 0;
  Seq<Stmt *> list = statements(mod);
  bool late = false; // something else stood before, on the same line
  int line = -1;
  for (uint32_t i = 0; i < list.size(); ++i) {
    if (late && list[i]->loc.line > line)
      break;
    line = list[i]->loc.line;
    if (isFutureImport(list[i]) && late) {
      setSyntaxError(error, list[i]->loc, "from __future__ imports must occur at the beginning of the file");
      --error.column;
      error.endColumn = 0;
      return flags;
    }
    if (isFutureImport(list[i])) {
      flags |= futureFlags(static_cast<ImportFromStmt *>(list[i]), error);
      lastLine = list[i]->loc.line;
      continue;
    }
    auto *e = as<ExprStmt>(list[i]);
    const ast::Constant *c = e ? constantOf(e->value) : nullptr;
    late |= !(i == 0 && c && c->kind == ConstantKind::Str);
  }
  return flags;
}

CompileResult compileAst(AstContext &context, Mod *mod, std::string_view filename,
                         const CompileOptions &options) {
  CompileResult result;
  int lastFutureLine = -1;
  uint32_t future =
      (options.futureFlags & kInheritedFlags) | futureFeatures(mod, result.error, lastFutureLine);
  if (result.error.type != ParseErrorType::None)
    return result;
  foldConstants(context, mod, options.optimize, future, result.error);
  ScopeTable scopes(context);
  if (result.error.type != ParseErrorType::None || !scopes.build(mod, future, result.error))
    return result;
  Compilation shared{context, scopes, options, future, std::string(filename), {}, {}, lastFutureLine};
  auto code = CodeGen::compileModule(shared, mod);
  result.error = std::move(shared.error);
  result.warnings = std::move(shared.warnings);
  if (result.error.type == ParseErrorType::None)
    result.code = std::move(code);
  return result;
}

CompileResult compileSource(std::string_view source, std::string_view filename,
                            const CompileOptions &options) {
  AstContext context;
  ParseFlags flags = options.parse;
  flags.barryAsFlufl |= (options.futureFlags & kCodeFutureBarryAsBdfl) != 0;
  ParseMode mode = options.mode == CompileMode::Eval     ? ParseMode::Expression
                   : options.mode == CompileMode::Single ? ParseMode::Interactive
                                                         : ParseMode::Module;
  ParseResult parsed = parse(context, source, filename, mode, flags);
  CompileResult result;
  if (!parsed) {
    result.error = std::move(parsed.error);
    result.warnings = std::move(parsed.warnings);
    return result;
  }
  result = compileAst(context, parsed.mod, filename, options);
  result.warnings.insert(result.warnings.begin(), parsed.warnings.begin(), parsed.warnings.end());
  if (!filename.starts_with("<"))
    addText(result.error, source);
  return result;
}

} // namespace krait

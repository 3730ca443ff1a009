// Source text or AST to bytecode: the entry points of the front end's second half.
#pragma once

#include "compiler/frontend/code_unit.h"
#include "compiler/frontend/parse.h"

#include <memory>
#include <string_view>
#include <vector>

namespace krait {

enum class CompileMode : uint8_t { Exec, Eval, Single };

struct CompileOptions {
  CompileMode mode = CompileMode::Exec;
  uint32_t futureFlags = 0;   ///< CodeFlag bits of __future__ features inherited from the caller.
  int optimize = 0;           ///< 0; 1 drops asserts and sets __debug__ to False; 2 drops docstrings too.
  bool topLevelAwait = false; ///< PyCF_ALLOW_TOP_LEVEL_AWAIT.
  ParseFlags parse;           ///< How source text is read.
};

struct CompileResult {
  std::shared_ptr<CodeUnit> code; ///< Null if and only if error.type is not None.
  SyntaxErrorInfo error;
  std::vector<ParseWarning> warnings; ///< In the order CPython gives them.
  explicit operator bool() const { return code != nullptr; }
};

/// Compiles [source], the bytes of a file or string. Any input gives code or an error, never a crash.
CompileResult compileSource(std::string_view source, std::string_view filename,
                            const CompileOptions &options = {});

/// Compiles a tree. [mod] is a Module, Expression or Interactive node of [context] and is changed by constant
/// folding.
CompileResult compileAst(ast::AstContext &context, ast::Mod *mod, std::string_view filename,
                         const CompileOptions &options = {});

/// The CodeFlag bits that the `from __future__` statements of [mod] ask for; sets [error] for those that are
/// unknown. [lastLine] becomes the line of the last of them, or -1.
uint32_t futureFeatures(ast::Mod *mod, SyntaxErrorInfo &error, int &lastLine);

} // namespace krait

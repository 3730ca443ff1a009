// Constant folding on the tree, before scopes are made: what CPython's AST optimizer does, with its limits.
#pragma once

#include "compiler/frontend/parse.h"

namespace krait {

/// Replaces foldable expressions in [mod]. [optimize] above 0 makes __debug__ false. With `from __future__
/// import annotations` in [futureFlags] annotations are left as they were written.
void foldConstants(ast::AstContext &context, ast::Mod *mod, int optimize, uint32_t futureFlags,
                   SyntaxErrorInfo &error);

} // namespace krait

// validate_ast.h - whether a tree that did not come from the parser keeps the parser's promises.
#pragma once

#include "compiler/frontend/ast.h"

#include <string>

namespace krait {

/// What is wrong with [mod], in CPython's words, or an empty string: contexts of expressions, lists that must
/// not be empty or must have equal lengths, names, positions, and what patterns may hold. Any F_ONE field and
/// any item of an F_SEQ may be null here.
std::string invalidTree(ast::Mod *mod);

} // namespace krait

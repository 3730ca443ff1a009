// Expressions back to source text, as CPython writes annotations under `from __future__ import annotations`.
#pragma once

#include "compiler/frontend/ast.h"

#include <string>

namespace krait {

std::string unparseExpr(const ast::Expr *e);
/// repr() of a constant.
std::string unparseConstant(const ast::Constant &value);

/// repr() of a str (WTF-8) or bytes constant.
std::string strRepr(std::string_view wtf8);
std::string bytesRepr(std::string_view bytes);
/// repr() of a float.
std::string floatRepr(double value);
/// Decimal digits of an integer given as limbs.
std::string intText(const uint64_t *limbs, uint32_t count, bool negative);

} // namespace krait

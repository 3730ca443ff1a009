// Arithmetic on constants at compile time. Each function returns the folded constant, or null where Python
// would raise, or where the result is too large to be kept, or where the case is too rare to be worth it.
#pragma once

#include "compiler/frontend/ast.h"

namespace krait {

class FoldValues {
public:
  explicit FoldValues(ast::AstContext &context) : context_(context) {}

  ast::Constant *unary(ast::UnaryOperator op, const ast::Constant &c);
  ast::Constant *binary(ast::Operator op, const ast::Constant &a, const ast::Constant &b);
  ast::Constant *subscript(const ast::Constant &value, const ast::Constant &index);

private:
  using Wide = __int128_t;
  bool toWide(const ast::Constant &c, Wide &out) const;
  ast::Constant *fromWide(Wide value);
  ast::Constant *makeBool(bool value);
  ast::Constant *makeFloat(double value);
  ast::Constant *makeComplex(double real, double imag);
  ast::Constant *makeText(ast::ConstantKind kind, std::string_view text);
  ast::Constant *negate(const ast::Constant &c);
  ast::Constant *ints(ast::Operator op, Wide a, Wide b);
  ast::Constant *floats(ast::Operator op, double a, double b);
  ast::Constant *complexes(ast::Operator op, const ast::Constant &a, const ast::Constant &b);
  ast::Constant *repeat(const ast::Constant &sequence, const ast::Constant &times);
  ast::Constant *concatenate(const ast::Constant &a, const ast::Constant &b);

  ast::AstContext &context_;
};

} // namespace krait

// caret_anchors.cpp - see caretAnchors in traceback_print.h. The only file here that looks at syntax trees.
#include "compiler/frontend/parse.h"
#include "runtime/builtins/traceback_print.h"

namespace krait {

bool caretAnchors(std::string_view segment, size_t *left, size_t *right) {
  ast::AstContext context;
  ParseFlags flags;
  flags.sourceIsText = true;
  ParseResult result = parse(context, segment, "<fstring>", ParseMode::Module, flags);
  if (!result || result.mod->kind != ast::NodeKind::ModuleMod)
    return false;
  auto &body = static_cast<ast::ModuleMod *>(result.mod)->body;
  if (body.size() != 1 || body[0]->kind != ast::NodeKind::ExprStmt)
    return false;
  ast::Expr *expr = static_cast<ast::ExprStmt *>(body[0])->value;
  auto space = [](char c) { return c == ' ' || c == '\t' || c == '\f'; };
  if (expr->kind == ast::NodeKind::BinOpExpr) {
    auto *op = static_cast<ast::BinOpExpr *>(expr);
    auto end = static_cast<size_t>(op->right->loc.col);
    for (auto i = static_cast<size_t>(op->left->loc.endCol); i < end && i < segment.size(); ++i) {
      if (space(segment[i]))
        continue;
      *left = i;
      *right = i + 1 + (i + 1 < end && !space(segment[i + 1]));
      return true;
    }
    return false;
  }
  if (expr->kind == ast::NodeKind::SubscriptExpr) {
    auto *subscript = static_cast<ast::SubscriptExpr *>(expr);
    *left = static_cast<size_t>(subscript->value->loc.endCol);
    *right = static_cast<size_t>(subscript->slice->loc.endCol) + 1;
    return true;
  }
  return false;
}

} // namespace krait

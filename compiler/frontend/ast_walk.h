// ast_walk.h - the children of a node, from Ast.def: a walk names only the nodes that mean something to it.
#pragma once

#include "compiler/frontend/ast.h"

namespace krait {

/// Calls visitor.child(T *&) for each child of [node] that is not null, in the order of Ast.def (which is
/// that of the `ast` module's fields, not always that of evaluation). T is the field's class: Stmt, Expr,
/// Pattern, Arguments, ...
template <typename Visitor> void walkChildren(ast::Node *node, Visitor &visitor) {
  using namespace ast;
  [[maybe_unused]] auto one = [&](auto *&child) {
    if (child)
      visitor.child(child);
  };
  [[maybe_unused]] auto all = [&](auto &list) {
    for (auto *&child : list)
      if (child)
        visitor.child(child);
  };
  switch (node->kind) {
#define F_ONE(T, f) one(n->f);
#define F_OPT(T, f) one(n->f);
#define F_SEQ(T, f) all(n->f);
#define F_SEQOPT(T, f) all(n->f);
#define F_ID(f)
#define F_OPTID(f)
#define F_SEQID(f)
#define F_INT(f)
#define F_STR(f)
#define F_OPTSTR(f)
#define F_CONST(f)
#define F_ENUM(E, f)
#define F_SEQENUM(E, f)
#define AST_NODE(Sum, Name, fields)                                                                          \
  case NodeKind::Name##Sum: {                                                                                \
    [[maybe_unused]] auto *n = static_cast<Name##Sum *>(node);                                               \
    fields return;                                                                                           \
  }
#define AST_PRODUCT(Name, python, Base, fields)                                                              \
  case NodeKind::Name: {                                                                                     \
    [[maybe_unused]] auto *n = static_cast<ast::Name *>(node);                                               \
    fields return;                                                                                           \
  }
#include "compiler/frontend/Ast.def"
  }
}

} // namespace krait

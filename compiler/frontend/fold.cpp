// The walk over the tree: children first, then the node itself if its operands are constants. Values are
// calculated in fold_values.cpp.
#include "compiler/frontend/fold.h"

#include "compiler/frontend/ast_walk.h"
#include "compiler/frontend/fold_values.h"
#include "compiler/frontend/scopes.h"
#include "runtime/abi/code_image.h"

namespace krait {

using namespace ast;

namespace {

ast::Constant *valueOf(Expr *e) {
  auto *c = as<ConstantExpr>(e);
  return c ? c->value : nullptr;
}

class Folder {
public:
  Folder(AstContext &context, int optimize, uint32_t futureFlags, SyntaxErrorInfo &error)
      : context_(context), error_(error), fold_(context), optimize_(optimize),
        keepAnnotations_(futureFlags & kCodeFutureAnnotations) {}

  void stmts(Seq<Stmt *> list) {
    for (Stmt *s : list)
      stmt(s);
  }

  /// Statements that may begin with a docstring: only one that is written as a string is.
  void body(Seq<Stmt *> list) {
    auto *first = list.empty() ? nullptr : as<ExprStmt>(list[0]);
    bool literal = first && valueOf(first->value);
    stmts(list);
    if (!first || literal)
      return;
    ast::Constant *c = valueOf(first->value);
    if (!c || c->kind != ConstantKind::Str)
      return;
    auto *joined = context_.make<JoinedStrExpr>(first->value->loc);
    joined->values = context_.makeSeq(&first->value, 1);
    first->value = joined;
  }

  void expr(Expr *&e) {
    if (nestedTooDeep(++depth_, kMaxCompileDepth)) {
      setRecursionError(error_);
    } else {
      walkChildren(e, *this);
      fold(e);
    }
    --depth_;
  }

  // ---- What walkChildren() meets ----

  void child(Expr *&e) { expr(e); }
  void child(Stmt *s) { stmt(s); }
  void child(Arg *a) {
    if (!keepAnnotations_)
      walkChildren(a, *this);
  }
  void child(Comprehension *c) {
    walkChildren(c, *this);
    foldIterable(c->iter);
  }
  void child(Node *other) { walkChildren(other, *this); }

private:
  void replace(Expr *&e, ast::Constant *value) {
    if (!value)
      return;
    auto *c = context_.make<ConstantExpr>(e->loc);
    c->value = value;
    e = c;
  }

  // ---- Statements ----

  void exprs(Seq<Expr *> list) {
    for (Expr *&e : list)
      expr(e);
  }

  void stmt(Stmt *s) {
    if (error_.type != ParseErrorType::None)
      return;
    if (nestedTooDeep(++depth_, kMaxCompileDepth))
      setRecursionError(error_);
    else
      visitStmt(s);
    --depth_;
  }

  template <typename F> void function(F *n) {
    walkChildren(n->args, *this);
    body(n->body);
    exprs(n->decorator_list);
    if (n->returns && !keepAnnotations_)
      expr(n->returns);
  }

  void visitStmt(Stmt *s) {
    switch (s->kind) {
    case NodeKind::FunctionDefStmt:
      return function(static_cast<FunctionDefStmt *>(s));
    case NodeKind::AsyncFunctionDefStmt:
      return function(static_cast<AsyncFunctionDefStmt *>(s));
    case NodeKind::ClassDefStmt: {
      auto *n = static_cast<ClassDefStmt *>(s);
      exprs(n->bases);
      for (Keyword *k : n->keywords)
        expr(k->value);
      body(n->body);
      return exprs(n->decorator_list);
    }
    case NodeKind::AnnAssignStmt: {
      auto *n = static_cast<AnnAssignStmt *>(s);
      expr(n->target);
      if (!keepAnnotations_)
        expr(n->annotation);
      if (n->value)
        expr(n->value);
      return;
    }
    case NodeKind::ForStmt:
      walkChildren(s, *this);
      return foldIterable(static_cast<ForStmt *>(s)->iter);
    default:
      return walkChildren(s, *this);
    }
  }

  // ---- Expressions ----

  /// [e], whose operands were folded.
  void fold(Expr *&e) {
    switch (e->kind) {
    case NodeKind::BinOpExpr:
      return binary(e, static_cast<BinOpExpr *>(e));
    case NodeKind::UnaryOpExpr:
      return unary(e, static_cast<UnaryOpExpr *>(e));
    case NodeKind::CompareExpr: {
      auto *n = static_cast<CompareExpr *>(e);
      CmpOperator last = n->ops.back();
      if (last == CmpOperator::In || last == CmpOperator::NotIn)
        foldIterable(n->comparators.back());
      return;
    }
    case NodeKind::SubscriptExpr: {
      auto *n = static_cast<SubscriptExpr *>(e);
      if (n->ctx == ExprContext::Load && valueOf(n->value) && valueOf(n->slice))
        replace(e, fold_.subscript(*valueOf(n->value), *valueOf(n->slice)));
      return;
    }
    case NodeKind::NameExpr: {
      auto *n = static_cast<NameExpr *>(e);
      if (n->ctx == ExprContext::Load && n->id->view() == "__debug__")
        replace(e, context_.makeConstant(optimize_ > 0 ? ConstantKind::False : ConstantKind::True));
      return;
    }
    case NodeKind::TupleExpr: {
      auto *n = static_cast<TupleExpr *>(e);
      if (n->ctx == ExprContext::Load)
        replace(e, collection(n->elts, ConstantKind::Tuple));
      return;
    }
    default:
      return;
    }
  }

  /// A tuple or frozenset constant of [elts], or null if not all are constants.
  ast::Constant *collection(Seq<Expr *> elts, ConstantKind kind) {
    for (Expr *e : elts)
      if (!valueOf(e))
        return nullptr;
    ast::Constant *c = context_.makeConstant(kind);
    std::vector<ast::Constant *> items;
    for (Expr *e : elts)
      items.push_back(valueOf(e));
    c->items = context_.makeSeq(items);
    return c;
  }

  /// A list or set that is only iterated over, or searched, becomes a tuple or frozenset.
  void foldIterable(Expr *&e) {
    if (auto *list = as<ListExpr>(e)) {
      for (Expr *elt : list->elts)
        if (elt->kind == NodeKind::StarredExpr)
          return;
      if (ast::Constant *c = collection(list->elts, ConstantKind::Tuple))
        return replace(e, c);
      auto *tuple = context_.make<TupleExpr>(e->loc);
      tuple->elts = list->elts;
      tuple->ctx = list->ctx;
      e = tuple;
    } else if (auto *set = as<SetExpr>(e)) {
      replace(e, collection(set->elts, ConstantKind::FrozenSet));
    }
  }

  void unary(Expr *&e, UnaryOpExpr *n) {
    if (ast::Constant *c = valueOf(n->operand))
      return replace(e, fold_.unary(n->op, *c));
    auto *compare = n->op == UnaryOperator::Not ? as<CompareExpr>(n->operand) : nullptr;
    if (!compare || compare->ops.size() != 1)
      return;
    // not (a is b) is a is not b; the others may be overloaded.
    switch (compare->ops[0]) {
    case CmpOperator::Is:
      compare->ops[0] = CmpOperator::IsNot;
      break;
    case CmpOperator::IsNot:
      compare->ops[0] = CmpOperator::Is;
      break;
    case CmpOperator::In:
      compare->ops[0] = CmpOperator::NotIn;
      break;
    case CmpOperator::NotIn:
      compare->ops[0] = CmpOperator::In;
      break;
    default:
      return;
    }
    e = compare;
  }

  void binary(Expr *&e, BinOpExpr *n) {
    ast::Constant *left = valueOf(n->left), *right = valueOf(n->right);
    if (left && right)
      return replace(e, fold_.binary(n->op, *left, *right));
    auto *tuple = as<TupleExpr>(n->right);
    if (n->op == Operator::Mod && left && left->kind == ConstantKind::Str && tuple) {
      if (Expr *joined = format(n, left->text.view(), tuple->elts))
        e = joined;
    }
  }

  /// '%s...' % (a, b) with the simplest conversions becomes an f-string.
  Expr *format(BinOpExpr *n, std::string_view text, Seq<Expr *> elts) {
    for (Expr *e : elts)
      if (e->kind == NodeKind::StarredExpr)
        return nullptr;
    std::vector<Expr *> parts;
    std::string literal;
    uint32_t next = 0;
    auto flush = [&] {
      if (literal.empty())
        return;
      auto *c = context_.make<ConstantExpr>(n->left->loc);
      c->value = context_.makeConstant(ConstantKind::Str);
      c->value->text = *context_.makeText(literal);
      parts.push_back(c);
      literal.clear();
    };
    for (size_t i = 0; i < text.size(); ++i) {
      if (text[i] != '%') {
        literal += text[i];
        continue;
      }
      if (++i >= text.size())
        return nullptr;
      if (text[i] == '%') {
        literal += '%';
        continue;
      }
      if (!parseConversion(text, i, elts, next, parts, flush))
        return nullptr;
    }
    if (next != elts.size())
      return nullptr;
    flush();
    auto *joined = context_.make<JoinedStrExpr>(n->loc);
    joined->values = context_.makeSeq(parts);
    return joined;
  }

  template <typename Flush>
  bool parseConversion(std::string_view text, size_t &i, Seq<Expr *> elts, uint32_t &next,
                       std::vector<Expr *> &parts, Flush flush) {
    std::string spec;
    bool left = false;
    while (i < text.size() && text[i] == '-') {
      left = true;
      ++i;
    }
    auto digits = [&](std::string &to) {
      size_t start = i;
      while (i < text.size() && text[i] >= '0' && text[i] <= '9')
        to += text[i++];
      return i - start;
    };
    if (i < text.size() && text[i] == '0')
      return false;
    std::string width, precision;
    size_t count = digits(width);
    if (count > 2)
      return false;
    if (count)
      spec = (left ? "" : ">") + width;
    if (i < text.size() && text[i] == '.') {
      ++i;
      if (digits(precision) > 2)
        return false;
      spec += "." + (precision.empty() ? "0" : precision);
    }
    if (i >= text.size() || next >= elts.size() || (text[i] != 's' && text[i] != 'r' && text[i] != 'a'))
      return false;
    flush();
    Expr *argument = elts[next++];
    auto *value = context_.make<FormattedValueExpr>(argument->loc);
    value->value = argument;
    value->conversion = text[i];
    if (!spec.empty()) {
      auto *c = context_.make<ConstantExpr>(argument->loc);
      c->value = context_.makeConstant(ConstantKind::Str);
      c->value->text = *context_.makeText(spec);
      value->format_spec = c;
    }
    parts.push_back(value);
    return true;
  }

  AstContext &context_;
  SyntaxErrorInfo &error_;
  FoldValues fold_;
  int optimize_;
  bool keepAnnotations_;
  unsigned depth_ = 0;
};

} // namespace

void foldConstants(AstContext &context, Mod *mod, int optimize, uint32_t futureFlags,
                   SyntaxErrorInfo &error) {
  Folder folder(context, optimize, futureFlags, error);
  if (auto *m = as<ModuleMod>(mod)) {
    folder.body(m->body);
  } else if (auto *i = as<InteractiveMod>(mod)) {
    folder.stmts(i->body);
  } else if (auto *e = as<ExpressionMod>(mod)) {
    folder.expr(e->body);
  }
}

} // namespace krait

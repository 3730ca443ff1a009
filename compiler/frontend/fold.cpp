// The walk over the tree: children first, then the node itself if its operands are constants. Values are
// calculated in fold_values.cpp.
#include "compiler/frontend/fold.h"

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
    if (!e)
      return;
    if (++depth_ > kMaxCompileDepth)
      setRecursionError(error_);
    else
      visit(e);
    --depth_;
  }

private:
  void exprs(Seq<Expr *> list) {
    for (Expr *&e : list)
      expr(e);
  }

  void replace(Expr *&e, ast::Constant *value) {
    if (!value)
      return;
    auto *c = context_.make<ConstantExpr>(e->loc);
    c->value = value;
    e = c;
  }

  // ---- Statements ----

  void stmt(Stmt *s) {
    if (error_.type != ParseErrorType::None)
      return;
    if (++depth_ > kMaxCompileDepth)
      setRecursionError(error_);
    else
      visitStmt(s);
    --depth_;
  }

  template <typename F> void function(F *n) {
    arguments(n->args);
    body(n->body);
    exprs(n->decorator_list);
    annotation(n->returns);
  }
  template <typename F> void loop(F *n) {
    expr(n->target);
    expr(n->iter);
    foldIterable(n->iter);
    stmts(n->body);
    stmts(n->orelse);
  }
  template <typename F> void with(F *n) {
    for (WithItem *item : n->items) {
      expr(item->context_expr);
      expr(item->optional_vars);
    }
    stmts(n->body);
  }
  template <typename F> void tryStmt(F *n) {
    stmts(n->body);
    for (ExceptHandler *h : n->handlers) {
      expr(h->type);
      stmts(h->body);
    }
    stmts(n->orelse);
    stmts(n->finalbody);
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
    case NodeKind::ReturnStmt:
      return expr(static_cast<ReturnStmt *>(s)->value);
    case NodeKind::DeleteStmt:
      return exprs(static_cast<DeleteStmt *>(s)->targets);
    case NodeKind::AssignStmt:
      exprs(static_cast<AssignStmt *>(s)->targets);
      return expr(static_cast<AssignStmt *>(s)->value);
    case NodeKind::AugAssignStmt:
      expr(static_cast<AugAssignStmt *>(s)->target);
      return expr(static_cast<AugAssignStmt *>(s)->value);
    case NodeKind::AnnAssignStmt: {
      auto *n = static_cast<AnnAssignStmt *>(s);
      expr(n->target);
      annotation(n->annotation);
      return expr(n->value);
    }
    case NodeKind::ForStmt:
      return loop(static_cast<ForStmt *>(s));
    case NodeKind::AsyncForStmt: {
      auto *n = static_cast<AsyncForStmt *>(s);
      expr(n->target);
      expr(n->iter);
      stmts(n->body);
      return stmts(n->orelse);
    }
    case NodeKind::WhileStmt: {
      auto *n = static_cast<WhileStmt *>(s);
      expr(n->test);
      stmts(n->body);
      return stmts(n->orelse);
    }
    case NodeKind::IfStmt: {
      auto *n = static_cast<IfStmt *>(s);
      expr(n->test);
      stmts(n->body);
      return stmts(n->orelse);
    }
    case NodeKind::WithStmt:
      return with(static_cast<WithStmt *>(s));
    case NodeKind::AsyncWithStmt:
      return with(static_cast<AsyncWithStmt *>(s));
    case NodeKind::MatchStmt: {
      auto *n = static_cast<MatchStmt *>(s);
      expr(n->subject);
      for (MatchCase *c : n->cases) {
        pattern(c->pattern);
        expr(c->guard);
        stmts(c->body);
      }
      return;
    }
    case NodeKind::RaiseStmt:
      expr(static_cast<RaiseStmt *>(s)->exc);
      return expr(static_cast<RaiseStmt *>(s)->cause);
    case NodeKind::TryStmt:
      return tryStmt(static_cast<TryStmt *>(s));
    case NodeKind::TryStarStmt:
      return tryStmt(static_cast<TryStarStmt *>(s));
    case NodeKind::AssertStmt:
      expr(static_cast<AssertStmt *>(s)->test);
      return expr(static_cast<AssertStmt *>(s)->msg);
    case NodeKind::ExprStmt:
      return expr(static_cast<ExprStmt *>(s)->value);
    default:
      return;
    }
  }

  void annotation(Expr *&e) {
    if (!keepAnnotations_)
      expr(e);
  }

  void arguments(Arguments *args) {
    for (Seq<Arg *> list : {args->posonlyargs, args->args, args->kwonlyargs})
      for (Arg *a : list)
        annotation(a->annotation);
    for (Arg *a : {args->vararg, args->kwarg})
      if (a)
        annotation(a->annotation);
    exprs(args->kw_defaults);
    exprs(args->defaults);
  }

  void pattern(Pattern *p) {
    if (!p)
      return;
    auto all = [this](Seq<Pattern *> list) {
      for (Pattern *sub : list)
        pattern(sub);
    };
    switch (p->kind) {
    case NodeKind::MatchValuePattern:
      return expr(static_cast<MatchValuePattern *>(p)->value);
    case NodeKind::MatchSequencePattern:
      return all(static_cast<MatchSequencePattern *>(p)->patterns);
    case NodeKind::MatchMappingPattern:
      exprs(static_cast<MatchMappingPattern *>(p)->keys);
      return all(static_cast<MatchMappingPattern *>(p)->patterns);
    case NodeKind::MatchClassPattern:
      expr(static_cast<MatchClassPattern *>(p)->cls);
      all(static_cast<MatchClassPattern *>(p)->patterns);
      return all(static_cast<MatchClassPattern *>(p)->kwd_patterns);
    case NodeKind::MatchAsPattern:
      return pattern(static_cast<MatchAsPattern *>(p)->pattern);
    case NodeKind::MatchOrPattern:
      return all(static_cast<MatchOrPattern *>(p)->patterns);
    default:
      return;
    }
  }

  // ---- Expressions ----

  void comprehensions(Seq<Comprehension *> list) {
    for (Comprehension *g : list) {
      expr(g->target);
      expr(g->iter);
      exprs(g->ifs);
      foldIterable(g->iter);
    }
  }

  void visit(Expr *&e) {
    switch (e->kind) {
    case NodeKind::BoolOpExpr:
      return exprs(static_cast<BoolOpExpr *>(e)->values);
    case NodeKind::NamedExprExpr:
      return expr(static_cast<NamedExprExpr *>(e)->value);
    case NodeKind::BinOpExpr: {
      auto *n = static_cast<BinOpExpr *>(e);
      expr(n->left);
      expr(n->right);
      return binary(e, n);
    }
    case NodeKind::UnaryOpExpr:
      expr(static_cast<UnaryOpExpr *>(e)->operand);
      return unary(e, static_cast<UnaryOpExpr *>(e));
    case NodeKind::LambdaExpr:
      arguments(static_cast<LambdaExpr *>(e)->args);
      return expr(static_cast<LambdaExpr *>(e)->body);
    case NodeKind::IfExpExpr:
      expr(static_cast<IfExpExpr *>(e)->test);
      expr(static_cast<IfExpExpr *>(e)->body);
      return expr(static_cast<IfExpExpr *>(e)->orelse);
    case NodeKind::DictExpr:
      exprs(static_cast<DictExpr *>(e)->keys);
      return exprs(static_cast<DictExpr *>(e)->values);
    case NodeKind::SetExpr:
      return exprs(static_cast<SetExpr *>(e)->elts);
    case NodeKind::ListCompExpr:
      expr(static_cast<ListCompExpr *>(e)->elt);
      return comprehensions(static_cast<ListCompExpr *>(e)->generators);
    case NodeKind::SetCompExpr:
      expr(static_cast<SetCompExpr *>(e)->elt);
      return comprehensions(static_cast<SetCompExpr *>(e)->generators);
    case NodeKind::DictCompExpr:
      expr(static_cast<DictCompExpr *>(e)->key);
      expr(static_cast<DictCompExpr *>(e)->value);
      return comprehensions(static_cast<DictCompExpr *>(e)->generators);
    case NodeKind::GeneratorExpExpr:
      expr(static_cast<GeneratorExpExpr *>(e)->elt);
      return comprehensions(static_cast<GeneratorExpExpr *>(e)->generators);
    case NodeKind::AwaitExpr:
      return expr(static_cast<AwaitExpr *>(e)->value);
    case NodeKind::YieldExpr:
      return expr(static_cast<YieldExpr *>(e)->value);
    case NodeKind::YieldFromExpr:
      return expr(static_cast<YieldFromExpr *>(e)->value);
    case NodeKind::CompareExpr: {
      auto *n = static_cast<CompareExpr *>(e);
      expr(n->left);
      exprs(n->comparators);
      CmpOperator last = n->ops.back();
      if (last == CmpOperator::In || last == CmpOperator::NotIn)
        foldIterable(n->comparators.back());
      return;
    }
    case NodeKind::CallExpr: {
      auto *n = static_cast<CallExpr *>(e);
      expr(n->func);
      exprs(n->args);
      for (Keyword *k : n->keywords)
        expr(k->value);
      return;
    }
    case NodeKind::FormattedValueExpr:
      expr(static_cast<FormattedValueExpr *>(e)->value);
      return expr(static_cast<FormattedValueExpr *>(e)->format_spec);
    case NodeKind::JoinedStrExpr:
      return exprs(static_cast<JoinedStrExpr *>(e)->values);
    case NodeKind::AttributeExpr:
      return expr(static_cast<AttributeExpr *>(e)->value);
    case NodeKind::SubscriptExpr: {
      auto *n = static_cast<SubscriptExpr *>(e);
      expr(n->value);
      expr(n->slice);
      if (n->ctx == ExprContext::Load && valueOf(n->value) && valueOf(n->slice))
        replace(e, fold_.subscript(*valueOf(n->value), *valueOf(n->slice)));
      return;
    }
    case NodeKind::StarredExpr:
      return expr(static_cast<StarredExpr *>(e)->value);
    case NodeKind::NameExpr: {
      auto *n = static_cast<NameExpr *>(e);
      if (n->ctx == ExprContext::Load && n->id->view() == "__debug__")
        replace(e, context_.makeConstant(optimize_ > 0 ? ConstantKind::False : ConstantKind::True));
      return;
    }
    case NodeKind::ListExpr:
      return exprs(static_cast<ListExpr *>(e)->elts);
    case NodeKind::TupleExpr: {
      auto *n = static_cast<TupleExpr *>(e);
      exprs(n->elts);
      if (n->ctx == ExprContext::Load)
        replace(e, collection(n->elts, ConstantKind::Tuple));
      return;
    }
    case NodeKind::SliceExpr:
      expr(static_cast<SliceExpr *>(e)->lower);
      expr(static_cast<SliceExpr *>(e)->upper);
      return expr(static_cast<SliceExpr *>(e)->step);
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

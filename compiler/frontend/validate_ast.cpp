// validate_ast.cpp - see validate_ast.h. Names only the nodes with rules of their own; all others are walked
// by Ast.def.
#include "compiler/frontend/validate_ast.h"

#include "compiler/frontend/ast_walk.h"

#include <cstring>

namespace krait {

using namespace ast;

namespace {

const char *contextName(ExprContext context) {
  return context == ExprContext::Load ? "Load" : context == ExprContext::Store ? "Store" : "Del";
}

/// What an absent item is called.
template <typename T> constexpr const char *kItemName = "expression";
template <> constexpr const char *kItemName<Stmt> = "statement";
template <> constexpr const char *kItemName<Pattern> = "pattern";

class TreeValidator {
public:
  std::string error;

  bool mod(Mod *m) { return complete(m) && children(m); }

  // The fields of a node, when it has no rule for them: expressions are read.
  void child(Expr *e) { expr(e, ExprContext::Load); }
  void child(Stmt *s) { stmt(s); }
  void child(Pattern *p) { pattern(p, false); }
  void child(Arguments *a) { arguments(a); }
  void child(Arg *a) { complete(a) && position(a) && children(a); }
  void child(Keyword *k) { complete(k) && position(k) && children(k); }
  void child(Alias *a) { complete(a) && position(a); }
  void child(WithItem *w) {
    complete(w) && expr(w->context_expr, ExprContext::Load) && optional(w->optional_vars, ExprContext::Store);
  }
  void child(ExceptHandler *h) { complete(h) && position(h) && nonEmpty(h->body, "body", h) && children(h); }
  void child(MatchCase *c) { complete(c) && nonEmpty(c->body, "body", c) && children(c); }
  void child(TypeIgnore *) {}
  void child(Comprehension *c) {
    complete(c) && expr(c->target, ExprContext::Store) && expr(c->iter, ExprContext::Load) &&
        exprs(c->ifs, ExprContext::Load);
  }

private:
  bool fail(std::string message) {
    if (error.empty())
      error = std::move(message);
    return false;
  }
  bool ok() const { return error.empty(); }

  template <typename N> bool children(N *node) {
    walkChildren(node, *this);
    return ok();
  }

  // ---- What holds for every node
  /// Fields that must be there are, and so are all items of lists.
  bool complete(Node *node) {
    [[maybe_unused]] const char *cls = className(node->kind);
    [[maybe_unused]] auto one = [&](const void *field, const char *name) {
      if (!field)
        fail(std::string("field '") + name + "' is required for " + cls);
    };
    [[maybe_unused]] auto all = [&]<typename T>(const Seq<T *> &list) {
      for (T *item : list)
        if (!item)
          fail(std::string("None disallowed in ") + kItemName<T> + " list");
    };
    switch (node->kind) {
#define F_ONE(T, f) one(n->f, #f);
#define F_OPT(T, f)
#define F_SEQ(T, f) all(n->f);
#define F_SEQOPT(T, f)
#define F_ID(f) one(n->f, #f);
#define F_OPTID(f)
#define F_SEQID(f) all(n->f);
#define F_INT(f)
#define F_STR(f) one(n->f, #f);
#define F_OPTSTR(f)
#define F_CONST(f)
#define F_ENUM(E, f)
#define F_SEQENUM(E, f)
#define AST_NODE(Sum, Name, fields)                                                                          \
  case NodeKind::Name##Sum: {                                                                                \
    [[maybe_unused]] auto *n = static_cast<Name##Sum *>(node);                                               \
    fields break;                                                                                            \
  }
#define AST_PRODUCT(Name, python, Base, fields)                                                              \
  case NodeKind::Name: {                                                                                     \
    [[maybe_unused]] auto *n = static_cast<ast::Name *>(node);                                               \
    fields break;                                                                                            \
  }
#include "compiler/frontend/Ast.def"
    }
    return ok();
  }

  bool position(const Located *node) {
    const Location &at = node->loc;
    auto text = [](int n) { return std::to_string(n); };
    if (at.line > at.endLine)
      return fail("AST node line range (" + text(at.line) + ", " + text(at.endLine) + ") is not valid");
    if ((at.line < 0 && at.endLine != at.line) || (at.col < 0 && at.col != at.endCol))
      return fail("AST node column range (" + text(at.col) + ", " + text(at.endCol) + ") for line range (" +
                  text(at.line) + ", " + text(at.endLine) + ") is not valid");
    if (at.line == at.endLine && at.col > at.endCol)
      return fail("line " + text(at.line) + ", column " + text(at.col) + "-" + text(at.endCol) +
                  " is not a valid range");
    return true;
  }

  template <typename T> bool nonEmpty(const Seq<T> &list, const char *field, const Node *owner) {
    return !list.empty() || fail(std::string("empty ") + field + " on " + className(owner->kind));
  }

  bool name(Identifier id) {
    for (const char *constant : {"None", "True", "False"})
      if (id->view() == constant)
        return fail(std::string("identifier field can't represent '") + constant + "' constant");
    return true;
  }

  // ---- Expressions
  bool optional(Expr *e, ExprContext context) { return !e || expr(e, context); }
  bool exprs(const Seq<Expr *> &list, ExprContext context) {
    for (Expr *e : list)
      if (!expr(e, context))
        return false;
    return true;
  }

  bool checkContext(ExprContext actual, ExprContext wanted) {
    return actual == wanted || fail(std::string("expression must have ") + contextName(wanted) +
                                    " context but has " + contextName(actual) + " instead");
  }

  bool expr(Expr *e, ExprContext context) {
    if (!position(e) || !complete(e))
      return false;
    switch (e->kind) {
    case NodeKind::AttributeExpr: {
      auto *n = static_cast<AttributeExpr *>(e);
      return checkContext(n->ctx, context) && expr(n->value, ExprContext::Load);
    }
    case NodeKind::SubscriptExpr: {
      auto *n = static_cast<SubscriptExpr *>(e);
      return checkContext(n->ctx, context) && expr(n->slice, ExprContext::Load) &&
             expr(n->value, ExprContext::Load);
    }
    case NodeKind::StarredExpr: {
      auto *n = static_cast<StarredExpr *>(e);
      return checkContext(n->ctx, context) && expr(n->value, context);
    }
    case NodeKind::NameExpr: {
      auto *n = static_cast<NameExpr *>(e);
      return name(n->id) && checkContext(n->ctx, context);
    }
    case NodeKind::ListExpr: {
      auto *n = static_cast<ListExpr *>(e);
      return checkContext(n->ctx, context) && exprs(n->elts, context);
    }
    case NodeKind::TupleExpr: {
      auto *n = static_cast<TupleExpr *>(e);
      return checkContext(n->ctx, context) && exprs(n->elts, context);
    }
    default:
      if (context != ExprContext::Load)
        return fail(std::string("expression which can't be assigned to in ") + contextName(context) +
                    " context");
      return readOnly(e);
    }
  }

  bool comprehension(const Seq<Comprehension *> &generators, Expr *first, Expr *second = nullptr) {
    if (generators.empty())
      return fail("comprehension with no generators");
    for (Comprehension *generator : generators)
      child(generator);
    return ok() && expr(first, ExprContext::Load) && optional(second, ExprContext::Load);
  }

  bool readOnly(Expr *e) {
    switch (e->kind) {
    case NodeKind::BoolOpExpr:
      if (static_cast<BoolOpExpr *>(e)->values.size() < 2)
        return fail("BoolOp with less than 2 values");
      break;
    case NodeKind::NamedExprExpr: {
      auto *n = static_cast<NamedExprExpr *>(e);
      if (!as<NameExpr>(n->target))
        return fail("NamedExpr target must be a Name");
      return expr(n->target, ExprContext::Store) && expr(n->value, ExprContext::Load);
    }
    case NodeKind::DictExpr:
      if (static_cast<DictExpr *>(e)->keys.size() != static_cast<DictExpr *>(e)->values.size())
        return fail("Dict doesn't have the same number of keys as values");
      break;
    case NodeKind::ListCompExpr:
      return comprehension(static_cast<ListCompExpr *>(e)->generators, static_cast<ListCompExpr *>(e)->elt);
    case NodeKind::SetCompExpr:
      return comprehension(static_cast<SetCompExpr *>(e)->generators, static_cast<SetCompExpr *>(e)->elt);
    case NodeKind::DictCompExpr: {
      auto *n = static_cast<DictCompExpr *>(e);
      return comprehension(n->generators, n->key, n->value);
    }
    case NodeKind::GeneratorExpExpr:
      return comprehension(static_cast<GeneratorExpExpr *>(e)->generators,
                           static_cast<GeneratorExpExpr *>(e)->elt);
    case NodeKind::CompareExpr: {
      auto *n = static_cast<CompareExpr *>(e);
      if (n->comparators.empty())
        return fail("Compare has no comparators");
      if (n->comparators.size() != n->ops.size())
        return fail("Compare has a different number of comparators and operands");
      break;
    }
    default:
      break;
    }
    return children(e);
  }

  bool arguments(Arguments *a) {
    if (!complete(a))
      return false;
    for (const Seq<Arg *> *list : {&a->posonlyargs, &a->args, &a->kwonlyargs})
      for (Arg *arg : *list)
        child(arg);
    for (Arg *arg : {a->vararg, a->kwarg})
      if (arg)
        child(arg);
    if (!ok())
      return false;
    if (a->defaults.size() > a->posonlyargs.size() + a->args.size())
      return fail("more positional defaults than args on arguments");
    if (a->kw_defaults.size() != a->kwonlyargs.size())
      return fail("length of kwonlyargs is not the same as kw_defaults on arguments");
    for (Expr *e : a->kw_defaults)
      if (!optional(e, ExprContext::Load))
        return false;
    return exprs(a->defaults, ExprContext::Load);
  }

  // ---- Statements
  bool stmts(const Seq<Stmt *> &list) {
    for (Stmt *s : list)
      if (!stmt(s))
        return false;
    return true;
  }

  template <typename T> bool loop(T *n) {
    return nonEmpty(n->body, "body", n) && expr(n->target, ExprContext::Store) &&
           expr(n->iter, ExprContext::Load) && stmts(n->body) && stmts(n->orelse);
  }
  template <typename T> bool body(T *n) { return nonEmpty(n->body, "body", n) && children(n); }
  template <typename T> bool with(T *n) { return nonEmpty(n->items, "items", n) && body(n); }
  template <typename T> bool attempt(T *n) {
    std::string cls = className(n->kind);
    if (!nonEmpty(n->body, "body", n))
      return false;
    if (n->handlers.empty() && n->finalbody.empty())
      return fail(cls + " has neither except handlers nor finalbody");
    if (n->handlers.empty() && !n->orelse.empty())
      return fail(cls + " has orelse but no except handlers");
    return children(n);
  }

  /// What an assignment to one place may assign to.
  bool place(Expr *target, const char *what) {
    bool good = as<NameExpr>(target) || as<AttributeExpr>(target) || as<SubscriptExpr>(target);
    return good ? expr(target, ExprContext::Store)
                : fail(std::string("invalid node type for ") + what + " assignment");
  }

  bool stmt(Stmt *s) {
    if (!position(s) || !complete(s))
      return false;
    switch (s->kind) {
    case NodeKind::FunctionDefStmt:
      return body(static_cast<FunctionDefStmt *>(s));
    case NodeKind::AsyncFunctionDefStmt:
      return body(static_cast<AsyncFunctionDefStmt *>(s));
    case NodeKind::ClassDefStmt:
      return body(static_cast<ClassDefStmt *>(s));
    case NodeKind::WhileStmt:
      return body(static_cast<WhileStmt *>(s));
    case NodeKind::IfStmt:
      return body(static_cast<IfStmt *>(s));
    case NodeKind::ForStmt:
      return loop(static_cast<ForStmt *>(s));
    case NodeKind::AsyncForStmt:
      return loop(static_cast<AsyncForStmt *>(s));
    case NodeKind::WithStmt:
      return with(static_cast<WithStmt *>(s));
    case NodeKind::AsyncWithStmt:
      return with(static_cast<AsyncWithStmt *>(s));
    case NodeKind::TryStmt:
      return attempt(static_cast<TryStmt *>(s));
    case NodeKind::TryStarStmt:
      return attempt(static_cast<TryStarStmt *>(s));
    case NodeKind::DeleteStmt: {
      auto *n = static_cast<DeleteStmt *>(s);
      return nonEmpty(n->targets, "targets", n) && exprs(n->targets, ExprContext::Del);
    }
    case NodeKind::AssignStmt: {
      auto *n = static_cast<AssignStmt *>(s);
      return nonEmpty(n->targets, "targets", n) && exprs(n->targets, ExprContext::Store) &&
             expr(n->value, ExprContext::Load);
    }
    case NodeKind::AugAssignStmt: {
      auto *n = static_cast<AugAssignStmt *>(s);
      return place(n->target, "augmented") && expr(n->value, ExprContext::Load);
    }
    case NodeKind::AnnAssignStmt: {
      auto *n = static_cast<AnnAssignStmt *>(s);
      if (n->simple && !as<NameExpr>(n->target))
        return fail("AnnAssign with simple non-Name target");
      return place(n->target, "annotated") && expr(n->annotation, ExprContext::Load) &&
             optional(n->value, ExprContext::Load);
    }
    case NodeKind::MatchStmt: {
      auto *n = static_cast<MatchStmt *>(s);
      return nonEmpty(n->cases, "cases", n) && children(n);
    }
    case NodeKind::RaiseStmt: {
      auto *n = static_cast<RaiseStmt *>(s);
      return n->cause && !n->exc ? fail("Raise with cause but no exception") : children(n);
    }
    case NodeKind::ImportStmt:
      return nonEmpty(static_cast<ImportStmt *>(s)->names, "names", s) && children(s);
    case NodeKind::ImportFromStmt: {
      auto *n = static_cast<ImportFromStmt *>(s);
      return n->level < 0 ? fail("Negative ImportFrom level") : nonEmpty(n->names, "names", n) && children(n);
    }
    case NodeKind::GlobalStmt:
      return nonEmpty(static_cast<GlobalStmt *>(s)->names, "names", s);
    case NodeKind::NonlocalStmt:
      return nonEmpty(static_cast<NonlocalStmt *>(s)->names, "names", s);
    default:
      return children(s);
    }
  }

  // ---- Patterns
  static bool isNumber(Expr *e, bool complex) {
    auto *c = as<ConstantExpr>(e);
    if (!c)
      return false;
    ConstantKind kind = c->value->kind;
    return kind == ConstantKind::Complex ? complex : kind == ConstantKind::Int || kind == ConstantKind::Float;
  }
  static bool isSignedNumber(Expr *e, bool complex) {
    auto *n = as<UnaryOpExpr>(e);
    return isNumber(n && n->op == UnaryOperator::USub ? n->operand : e, complex);
  }

  bool patternValue(Expr *e) {
    if (!expr(e, ExprContext::Load))
      return false;
    switch (e->kind) {
    case NodeKind::ConstantExpr: {
      ConstantKind kind = static_cast<ConstantExpr *>(e)->value->kind;
      bool literal = kind == ConstantKind::Int || kind == ConstantKind::Float ||
                     kind == ConstantKind::Complex || kind == ConstantKind::Str ||
                     kind == ConstantKind::Bytes;
      return literal || fail("unexpected constant inside of a literal pattern");
    }
    case NodeKind::AttributeExpr:
    case NodeKind::JoinedStrExpr: // refused later, as a syntax error
      return true;
    case NodeKind::UnaryOpExpr:
      if (isSignedNumber(e, true))
        return true;
      break;
    case NodeKind::BinOpExpr: {
      auto *n = static_cast<BinOpExpr *>(e);
      auto *right = as<ConstantExpr>(n->right);
      if ((n->op == Operator::Add || n->op == Operator::Sub) && isSignedNumber(n->left, false) && right &&
          right->value->kind == ConstantKind::Complex)
        return true;
      break;
    }
    default:
      break;
    }
    return fail("patterns may only match literals and attribute lookups");
  }

  bool capture(Identifier id) {
    return !id || (id->view() == "_" ? fail("can't capture name '_' in patterns") : name(id));
  }
  bool patterns(const Seq<Pattern *> &list, bool starAllowed) {
    for (Pattern *p : list)
      if (!pattern(p, starAllowed))
        return false;
    return true;
  }

  bool mappingPattern(MatchMappingPattern *n) {
    if (n->keys.size() != n->patterns.size())
      return fail("MatchMapping doesn't have the same number of keys as patterns");
    if (!capture(n->rest))
      return false;
    for (Expr *key : n->keys) {
      auto *c = as<ConstantExpr>(key);
      bool singleton = c && (c->value->kind == ConstantKind::None || c->value->kind == ConstantKind::True ||
                             c->value->kind == ConstantKind::False);
      if (!singleton && !patternValue(key))
        return false;
    }
    return patterns(n->patterns, false);
  }

  bool classPattern(MatchClassPattern *n) {
    if (n->kwd_attrs.size() != n->kwd_patterns.size())
      return fail("MatchClass doesn't have the same number of keyword attributes as patterns");
    if (!expr(n->cls, ExprContext::Load))
      return false;
    Expr *cls = n->cls;
    while (auto *attribute = as<AttributeExpr>(cls))
      cls = attribute->value;
    if (!as<NameExpr>(cls))
      return fail("MatchClass cls field can only contain Name or Attribute nodes.");
    for (Identifier id : n->kwd_attrs)
      if (!name(id))
        return false;
    return patterns(n->patterns, false) && patterns(n->kwd_patterns, false);
  }

  bool pattern(Pattern *p, bool starAllowed) {
    if (!position(p) || !complete(p))
      return false;
    switch (p->kind) {
    case NodeKind::MatchValuePattern:
      return patternValue(static_cast<MatchValuePattern *>(p)->value);
    case NodeKind::MatchSingletonPattern: {
      ConstantKind kind = static_cast<MatchSingletonPattern *>(p)->value->kind;
      return kind == ConstantKind::None || kind == ConstantKind::True || kind == ConstantKind::False ||
             fail("MatchSingleton can only contain True, False and None");
    }
    case NodeKind::MatchSequencePattern:
      return patterns(static_cast<MatchSequencePattern *>(p)->patterns, true);
    case NodeKind::MatchMappingPattern:
      return mappingPattern(static_cast<MatchMappingPattern *>(p));
    case NodeKind::MatchClassPattern:
      return classPattern(static_cast<MatchClassPattern *>(p));
    case NodeKind::MatchStarPattern:
      return starAllowed ? capture(static_cast<MatchStarPattern *>(p)->name)
                         : fail("can't use MatchStar here");
    case NodeKind::MatchAsPattern: {
      auto *n = static_cast<MatchAsPattern *>(p);
      if (!capture(n->name) || !n->pattern)
        return ok();
      return n->name ? pattern(n->pattern, false)
                     : fail("MatchAs must specify a target name if a pattern is given");
    }
    case NodeKind::MatchOrPattern: {
      auto *n = static_cast<MatchOrPattern *>(p);
      return n->patterns.size() < 2 ? fail("MatchOr requires at least 2 patterns")
                                    : patterns(n->patterns, false);
    }
    default:
      return fail("unexpected pattern");
    }
  }
};

} // namespace

std::string invalidTree(Mod *mod) {
  TreeValidator validator;
  validator.mod(mod);
  return validator.error;
}

} // namespace krait

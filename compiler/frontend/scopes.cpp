// The walk over the AST that records bindings and uses per block. A switch over node kinds, hence the length.
#include "compiler/frontend/scopes.h"

#include "compiler/frontend/ast_walk.h"
#include "compiler/frontend/code_unit.h"

namespace krait {

using namespace ast;

// ---- Scope --------------------------------------------------------------------------------------------

Symbol *Scope::find(Identifier id) {
  if (index_.empty()) {
    for (Symbol &symbol : symbols)
      if (symbol.name == id)
        return &symbol;
    return nullptr;
  }
  for (size_t slot = id->hash & (index_.size() - 1); index_[slot]; slot = (slot + 1) & (index_.size() - 1))
    if (symbols[index_[slot] - 1].name == id)
      return &symbols[index_[slot] - 1];
  return nullptr;
}

Symbol &Scope::findOrAdd(Identifier id) {
  if (Symbol *symbol = find(id))
    return *symbol;
  symbols.push_back({id});
  if (symbols.size() > 8)
    rehash();
  return symbols.back();
}

void Scope::rehash() {
  auto insert = [this](uint32_t number) {
    size_t slot = symbols[number].name->hash & (index_.size() - 1);
    while (index_[slot])
      slot = (slot + 1) & (index_.size() - 1);
    index_[slot] = number + 1;
  };
  if (symbols.size() * 2 <= index_.size())
    return insert(uint32_t(symbols.size() - 1));
  index_.assign(index_.empty() ? 32 : index_.size() * 2, 0);
  for (uint32_t i = 0; i < symbols.size(); ++i)
    insert(i);
}

Identifier mangleName(AstContext &context, Identifier className, Identifier name) {
  std::string_view text = name->view();
  if (!className || text.size() < 3 || text[0] != '_' || text[1] != '_' || text.ends_with("__") ||
      text.find('.') != text.npos)
    return name;
  std::string_view owner = className->view();
  size_t start = owner.find_first_not_of('_');
  if (start == owner.npos)
    return name;
  std::string mangled = "_";
  mangled += owner.substr(start);
  mangled += text;
  return context.intern(mangled);
}

void setRecursionError(SyntaxErrorInfo &error) {
  if (error.type != ParseErrorType::None)
    return;
  error.type = ParseErrorType::RecursionError;
  error.message = "maximum recursion depth exceeded during compilation";
}

void setSyntaxError(SyntaxErrorInfo &error, Location loc, std::string message) {
  if (error.type != ParseErrorType::None)
    return;
  error.type = ParseErrorType::SyntaxError;
  error.message = std::move(message);
  error.line = loc.line;
  error.column = loc.col + 1;
  error.endLine = loc.endLine;
  error.endColumn = loc.endCol + 1;
  error.hasPosition = error.hasEnd = true;
}

// ---- The walk -----------------------------------------------------------------------------------------

static std::string quoted(const char *before, Identifier name, const char *after) {
  return std::string(before) + "'" + std::string(name->view()) + "'" + after;
}

class ScopeBuilder {
public:
  ScopeBuilder(ScopeTable &table, uint32_t futureFlags, SyntaxErrorInfo &error)
      : table_(table), context_(table.context_), error_(error),
        futureAnnotations_(futureFlags & kCodeFutureAnnotations) {}

  void run(Mod *mod) {
    enter(ScopeKind::Module, context_.intern("top"), mod, {});
    table_.top_ = current_;
    if (auto *m = as<ModuleMod>(mod))
      stmts(m->body);
    else if (auto *i = as<InteractiveMod>(mod))
      stmts(i->body);
    else if (auto *e = as<ExpressionMod>(mod))
      expr(e->body);
    leave();
  }

  // ---- What walkChildren() meets ----

  void child(Expr *e) { expr(e); }
  void child(Stmt *s) { stmt(s); }
  void child(Pattern *p) { pattern(p); }
  void child(Alias *a) { alias(a); }
  void child(Node *other) { walkChildren(other, *this); }

private:
  // ---- Scopes ----

  void enter(ScopeKind kind, Identifier name, Node *node, Location loc) {
    Scope *parent = current_;
    Scope &scope = table_.scopes_.emplace_back(kind, name, node, loc, parent);
    if (parent) {
      scope.iterExprDepth = parent->iterExprDepth; // a lambda or comprehension inside is inside, too
      scope.nested = parent->nested || parent->isFunction();
      if (kind != ScopeKind::Annotation)
        parent->children.push_back(&scope);
    }
    if (kind != ScopeKind::Annotation)
      table_.byNode_.emplace(node, &scope);
    current_ = &scope;
  }
  void leave() { current_ = current_->parent; }

  void fail(Location loc, std::string message) { setSyntaxError(error_, loc, std::move(message)); }
  bool failed() const { return error_.type != ParseErrorType::None; }

  Identifier mangle(Identifier name) { return mangleName(context_, class_, name); }

  uint16_t flagsOf(Scope *scope, Identifier name) {
    Symbol *symbol = scope->find(mangle(name));
    return symbol ? symbol->flags : 0;
  }

  void define(Identifier name, uint16_t flags, Scope *scope, Location loc) {
    name = mangle(name);
    Symbol &symbol = scope->findOrAdd(name);
    if ((flags & kSymParam) && (symbol.flags & kSymParam))
      fail(loc, quoted("duplicate argument ", name, " in function definition"));
    symbol.flags |= flags;
    if (scope->inIterTarget) {
      if (symbol.flags & (kSymGlobal | kSymNonlocal))
        fail(loc, quoted("comprehension inner loop cannot rebind assignment expression target ", name, ""));
      symbol.flags |= kSymCompIter;
    }
    if (flags & kSymParam)
      scope->params.push_back(name);
    else if (flags & kSymGlobal)
      table_.top_->findOrAdd(name).flags |= flags;
  }
  void define(Identifier name, uint16_t flags) { define(name, flags, current_, current_->loc); }

  void direct(Identifier name, Location loc) { table_.directives_.push_back({current_, mangle(name), loc}); }

  // ---- Statements ----

  void stmts(Seq<Stmt *> list) {
    for (Stmt *s : list)
      stmt(s);
  }

  void stmt(Stmt *s) {
    if (failed())
      return;
    if (nestedTooDeep(++depth_, kMaxCompileDepth))
      setRecursionError(error_);
    else
      visitStmt(s);
    --depth_;
  }

  void visitStmt(Stmt *s) {
    switch (s->kind) {
    case NodeKind::FunctionDefStmt:
      return function(static_cast<FunctionDefStmt *>(s), false);
    case NodeKind::AsyncFunctionDefStmt:
      return function(static_cast<AsyncFunctionDefStmt *>(s), true);
    case NodeKind::ClassDefStmt:
      return classDef(static_cast<ClassDefStmt *>(s));
    case NodeKind::AnnAssignStmt:
      return annAssign(static_cast<AnnAssignStmt *>(s));
    case NodeKind::AsyncForStmt:
    case NodeKind::AsyncWithStmt:
      if (current_->kind == ScopeKind::Module) // where top-level await is allowed
        current_->coroutine = true;
      return walkChildren(s, *this);
    case NodeKind::TryStmt: {
      auto *n = static_cast<TryStmt *>(s);
      return tryBlock(n->body, n->handlers, n->orelse, n->finalbody);
    }
    case NodeKind::TryStarStmt: {
      auto *n = static_cast<TryStarStmt *>(s);
      return tryBlock(n->body, n->handlers, n->orelse, n->finalbody);
    }
    case NodeKind::GlobalStmt:
      return declare(static_cast<GlobalStmt *>(s)->names, s->loc, kSymGlobal, "global");
    case NodeKind::NonlocalStmt:
      return declare(static_cast<NonlocalStmt *>(s)->names, s->loc, kSymNonlocal, "nonlocal");
    default:
      return walkChildren(s, *this);
    }
  }

  template <typename F> void function(F *n, bool isAsync) {
    define(n->name, kSymLocal);
    defaults(n->args);
    annotations(n->args, n->returns);
    exprs(n->decorator_list);
    enter(ScopeKind::Function, n->name, n, n->loc);
    current_->coroutine = isAsync;
    parameters(n->args);
    stmts(n->body);
    leave();
  }

  void defaults(Arguments *args) {
    exprs(args->defaults);
    for (Expr *e : args->kw_defaults)
      optExpr(e);
  }

  void annotation(Expr *e) {
    if (!e)
      return;
    if (futureAnnotations_)
      enter(ScopeKind::Annotation, context_.intern("_annotation"), e, e->loc);
    expr(e);
    if (futureAnnotations_)
      leave();
  }

  void annotations(Arguments *args, Expr *returns) {
    for (Seq<Arg *> list : {args->posonlyargs, args->args})
      for (Arg *a : list)
        annotation(a->annotation);
    if (args->vararg)
      annotation(args->vararg->annotation);
    if (args->kwarg)
      annotation(args->kwarg->annotation);
    for (Arg *a : args->kwonlyargs)
      annotation(a->annotation);
    annotation(returns);
  }

  void parameters(Arguments *args) {
    for (Seq<Arg *> list : {args->posonlyargs, args->args, args->kwonlyargs})
      for (Arg *a : list)
        define(a->arg, kSymParam, current_, a->loc);
    if (args->vararg) {
      define(args->vararg->arg, kSymParam, current_, args->vararg->loc);
      current_->hasVarArgs = true;
    }
    if (args->kwarg) {
      define(args->kwarg->arg, kSymParam, current_, args->kwarg->loc);
      current_->hasVarKeywords = true;
    }
  }

  void classDef(ClassDefStmt *n) {
    define(n->name, kSymLocal);
    exprs(n->bases);
    keywords(n->keywords);
    exprs(n->decorator_list);
    enter(ScopeKind::Class, n->name, n, n->loc);
    Identifier outer = class_;
    class_ = n->name;
    stmts(n->body);
    class_ = outer;
    leave();
  }

  void annAssign(AnnAssignStmt *n) {
    if (auto *name = as<NameExpr>(n->target)) {
      uint16_t flags = flagsOf(current_, name->id);
      if ((flags & (kSymGlobal | kSymNonlocal)) && current_ != table_.top_ && n->simple)
        return fail(n->loc, quoted("annotated name ", name->id,
                                   flags & kSymGlobal ? " can't be global" : " can't be nonlocal"));
      if (n->simple)
        define(name->id, kSymAnnotated | kSymLocal);
      else if (n->value)
        define(name->id, kSymLocal);
    } else {
      expr(n->target);
    }
    annotation(n->annotation);
    optExpr(n->value);
  }

  void tryBlock(Seq<Stmt *> body, Seq<ExceptHandler *> handlers, Seq<Stmt *> orelse, Seq<Stmt *> finalbody) {
    stmts(body);
    stmts(orelse);
    for (ExceptHandler *h : handlers) {
      optExpr(h->type);
      if (h->name)
        define(h->name, kSymLocal);
      stmts(h->body);
    }
    stmts(finalbody);
  }

  void alias(Alias *a) {
    std::string_view name = (a->asname ? a->asname : a->name)->view();
    if (name == "*") {
      if (current_->kind != ScopeKind::Module)
        fail(a->loc, "import * only allowed at module level");
      return;
    }
    define(a->asname ? a->asname : context_.intern(name.substr(0, name.find('.'))), kSymImport);
  }

  void declare(Seq<Identifier> names, Location loc, uint16_t flag, const char *word) {
    for (Identifier name : names) {
      uint16_t flags = flagsOf(current_, name);
      std::string w = word;
      if (flags & kSymParam)
        return fail(loc, quoted("name ", name, (" is parameter and " + w).c_str()));
      if (flags & kSymUse)
        return fail(loc, quoted("name ", name, (" is used prior to " + w + " declaration").c_str()));
      if (flags & kSymAnnotated)
        return fail(loc, quoted("annotated name ", name, (" can't be " + w).c_str()));
      if (flags & kSymLocal)
        return fail(loc, quoted("name ", name, (" is assigned to before " + w + " declaration").c_str()));
      define(name, flag);
      direct(name, loc);
    }
  }

  // ---- Patterns ----

  void pattern(Pattern *p) {
    if (failed())
      return;
    walkChildren(p, *this);
    if (auto *mapping = as<MatchMappingPattern>(p))
      capture(mapping->rest);
    else if (auto *star = as<MatchStarPattern>(p))
      capture(star->name);
    else if (auto *named = as<MatchAsPattern>(p))
      capture(named->name);
  }

  void capture(Identifier name) {
    if (name)
      define(name, kSymLocal);
  }

  // ---- Expressions ----

  void exprs(Seq<Expr *> list) {
    for (Expr *e : list)
      expr(e);
  }
  void optExpr(Expr *e) {
    if (e)
      expr(e);
  }
  void keywords(Seq<Keyword *> list) {
    for (Keyword *k : list)
      expr(k->value);
  }

  void expr(Expr *e) {
    if (failed())
      return;
    if (nestedTooDeep(++depth_, kMaxCompileDepth))
      setRecursionError(error_);
    else
      visitExpr(e);
    --depth_;
  }

  void visitExpr(Expr *e) {
    switch (e->kind) {
    case NodeKind::NamedExprExpr:
      return walrus(static_cast<NamedExprExpr *>(e));
    case NodeKind::LambdaExpr: {
      auto *n = static_cast<LambdaExpr *>(e);
      defaults(n->args);
      enter(ScopeKind::Function, context_.intern("lambda"), n, n->loc);
      parameters(n->args);
      expr(n->body);
      return leave();
    }
    case NodeKind::ListCompExpr: {
      auto *n = static_cast<ListCompExpr *>(e);
      return comprehension(n, "listcomp", ComprehensionKind::List, n->generators, n->elt, nullptr);
    }
    case NodeKind::SetCompExpr: {
      auto *n = static_cast<SetCompExpr *>(e);
      return comprehension(n, "setcomp", ComprehensionKind::Set, n->generators, n->elt, nullptr);
    }
    case NodeKind::DictCompExpr: {
      auto *n = static_cast<DictCompExpr *>(e);
      return comprehension(n, "dictcomp", ComprehensionKind::Dict, n->generators, n->key, n->value);
    }
    case NodeKind::GeneratorExpExpr: {
      auto *n = static_cast<GeneratorExpExpr *>(e);
      return comprehension(n, "genexpr", ComprehensionKind::Generator, n->generators, n->elt, nullptr);
    }
    case NodeKind::YieldExpr:
      noAnnotation(e, "yield expression");
      optExpr(static_cast<YieldExpr *>(e)->value);
      return yields(e);
    case NodeKind::YieldFromExpr:
      noAnnotation(e, "yield expression");
      expr(static_cast<YieldFromExpr *>(e)->value);
      return yields(e);
    case NodeKind::AwaitExpr:
      noAnnotation(e, "await expression");
      expr(static_cast<AwaitExpr *>(e)->value);
      current_->coroutine = true;
      return;
    case NodeKind::NameExpr:
      return name(static_cast<NameExpr *>(e));
    default:
      return walkChildren(e, *this);
    }
  }

  void name(NameExpr *n) {
    define(n->id, n->ctx == ExprContext::Load ? kSymUse : kSymLocal, current_,
           current_->inIterTarget ? n->loc : current_->loc);
    // super() without arguments needs the class, which lives in a cell of the class scope.
    if (n->ctx == ExprContext::Load && current_->isFunction() && n->id->view() == "super")
      define(context_.intern("__class__"), kSymUse);
  }

  void noAnnotation(Expr *e, const char *what) {
    if (current_->kind == ScopeKind::Annotation)
      fail(e->loc, "'" + std::string(what) + "' can not be used within an annotation");
  }

  void yields(Expr *e) {
    current_->generator = true;
    static constexpr const char *kInside[] = {nullptr, "list comprehension", "set comprehension",
                                              "dict comprehension", "generator expression"};
    if (current_->comprehension != ComprehensionKind::None)
      fail(e->loc, std::string("'yield' inside ") + kInside[size_t(current_->comprehension)]);
  }

  void comprehension(Expr *e, const char *label, ComprehensionKind kind, Seq<Comprehension *> generators,
                     Expr *elt, Expr *value) {
    bool isGenerator = kind == ComprehensionKind::Generator;
    Comprehension *outermost = generators[0];
    ++current_->iterExprDepth;
    expr(outermost->iter);
    --current_->iterExprDepth;
    enter(ScopeKind::Function, context_.intern(label), e, e->loc);
    current_->comprehension = kind;
    current_->coroutine = outermost->is_async;
    define(context_.intern(".0"), kSymParam);
    iterationTarget(outermost->target);
    exprs(outermost->ifs);
    for (uint32_t i = 1; i < generators.size(); ++i) {
      Comprehension *g = generators[i];
      iterationTarget(g->target);
      ++current_->iterExprDepth;
      expr(g->iter);
      --current_->iterExprDepth;
      exprs(g->ifs);
      current_->coroutine |= g->is_async != 0;
    }
    optExpr(value);
    expr(elt);
    current_->generator = isGenerator;
    bool isAsync = current_->coroutine && !isGenerator;
    leave();
    current_->coroutine |= isAsync;
  }

  void iterationTarget(Expr *target) {
    current_->inIterTarget = true;
    expr(target);
    current_->inIterTarget = false;
  }

  void walrus(NamedExprExpr *n) {
    noAnnotation(n, "named expression");
    if (current_->iterExprDepth > 0)
      return fail(n->loc, "assignment expression cannot be used in a comprehension iterable expression");
    auto *target = static_cast<NameExpr *>(n->target);
    if (current_->comprehension != ComprehensionKind::None)
      bindOutside(n, target->id);
    expr(n->value);
    expr(target);
    if (!failed())
      current_->findOrAdd(mangle(target->id)).flags |= kSymWalrus;
  }

  /// The target of := in a comprehension is bound in the function, or module, around all comprehensions.
  void bindOutside(NamedExprExpr *n, Identifier target) {
    for (Scope *scope = current_; scope; scope = scope->parent) {
      if (scope->comprehension != ComprehensionKind::None) {
        if (flagsOf(scope, target) & kSymCompIter)
          return fail(
              n->target->loc,
              quoted("assignment expression cannot rebind comprehension iteration variable ", target, ""));
        continue;
      }
      switch (scope->kind) {
      case ScopeKind::Function:
        define(target, flagsOf(scope, target) & kSymGlobal ? kSymGlobal : kSymNonlocal);
        direct(target, n->loc);
        return define(target, kSymLocal, scope, n->loc);
      case ScopeKind::Module:
        define(target, kSymGlobal);
        direct(target, n->loc);
        return define(target, kSymGlobal, scope, n->loc);
      case ScopeKind::Class:
        return fail(n->target->loc,
                    "assignment expression within a comprehension cannot be used in a class body");
      case ScopeKind::Annotation:
        return;
      }
    }
  }

  ScopeTable &table_;
  AstContext &context_;
  SyntaxErrorInfo &error_;
  bool futureAnnotations_;
  Scope *current_ = nullptr;
  Identifier class_ = nullptr;
  unsigned depth_ = 0;
};

void buildScopes(ScopeTable &table, Mod *mod, uint32_t futureFlags, SyntaxErrorInfo &error) {
  ScopeBuilder(table, futureFlags, error).run(mod);
}

} // namespace krait

// Statements: the dispatch, bodies of modules and classes, and the small statements.
#include "compiler/frontend/codegen.h"

namespace krait {

using namespace ast;

// ---- Whole code objects -------------------------------------------------------------------------------

std::shared_ptr<CodeUnit> CodeGen::compileModule(Compilation &shared, Mod *mod) {
  CodeGen gen(shared, nullptr, shared.scopes.top(), "<module>", 1);
  gen.unit_->flags = shared.futureFlags;
  if (gen.scope_->coroutine && shared.options.topLevelAwait)
    gen.unit_->flags |= gen.scope_->generator ? kCodeAsyncGenerator : kCodeCoroutine;
  gen.prologue();
  if (auto *m = as<ModuleMod>(mod)) {
    gen.moduleBody(m->body);
  } else if (auto *i = as<InteractiveMod>(mod)) {
    gen.interactive_ = true;
    gen.moduleBody(i->body);
  } else if (auto *e = as<ExpressionMod>(mod)) {
    Reg value = gen.operand(e->body);
    gen.emit(Opcode::Return, at(e->body), {value});
    return gen.finish();
  }
  gen.emit(Opcode::Return, {}, {kConstBank + gen.constantIndex(CodeConst::none())});
  return gen.finish();
}

static bool hasAnnotation(Seq<Stmt *> list);

static bool hasAnnotation(Stmt *s) {
  switch (s->kind) {
  case NodeKind::AnnAssignStmt:
    return true;
  case NodeKind::ForStmt:
    return hasAnnotation(static_cast<ForStmt *>(s)->body) || hasAnnotation(static_cast<ForStmt *>(s)->orelse);
  case NodeKind::AsyncForStmt:
    return hasAnnotation(static_cast<AsyncForStmt *>(s)->body) ||
           hasAnnotation(static_cast<AsyncForStmt *>(s)->orelse);
  case NodeKind::WhileStmt:
    return hasAnnotation(static_cast<WhileStmt *>(s)->body) ||
           hasAnnotation(static_cast<WhileStmt *>(s)->orelse);
  case NodeKind::IfStmt:
    return hasAnnotation(static_cast<IfStmt *>(s)->body) || hasAnnotation(static_cast<IfStmt *>(s)->orelse);
  case NodeKind::WithStmt:
    return hasAnnotation(static_cast<WithStmt *>(s)->body);
  case NodeKind::AsyncWithStmt:
    return hasAnnotation(static_cast<AsyncWithStmt *>(s)->body);
  case NodeKind::MatchStmt:
    for (MatchCase *c : static_cast<MatchStmt *>(s)->cases)
      if (hasAnnotation(c->body))
        return true;
    return false;
  case NodeKind::TryStmt:
  case NodeKind::TryStarStmt: {
    auto any = [](auto *t) {
      for (ExceptHandler *h : t->handlers)
        if (hasAnnotation(h->body))
          return true;
      return hasAnnotation(t->body) || hasAnnotation(t->finalbody) || hasAnnotation(t->orelse);
    };
    return s->kind == NodeKind::TryStmt ? any(static_cast<TryStmt *>(s)) : any(static_cast<TryStarStmt *>(s));
  }
  default:
    return false;
  }
}

static bool hasAnnotation(Seq<Stmt *> list) {
  for (Stmt *s : list)
    if (hasAnnotation(s))
      return true;
  return false;
}

/// The statements of a module or class: annotations dictionary and docstring first.
void CodeGen::moduleBody(Seq<Stmt *> list) {
  if (list.empty())
    return;
  if (hasAnnotation(list))
    emit(Opcode::SetupAnnotations, at(list[0]));
  auto *first = as<ExprStmt>(list[0]);
  const ast::Constant *doc = first && !interactive_ ? constantOf(first->value) : nullptr;
  if (doc && doc->kind == ConstantKind::Str) {
    if (shared_.options.optimize < 2)
      storeName(intern("__doc__"), kConstBank + constantIndex(toConstant(*doc)), at(first->value));
    ++list.items;
    --list.count;
  }
  body(list);
}

void CodeGen::body(Seq<Stmt *> list) {
  for (Stmt *s : list)
    stmt(s);
}

void CodeGen::stmt(Stmt *s) {
  if (shared_.failed())
    return;
  if (enterNode()) {
    TempScope scope(*this);
    stmtInner(s);
  }
  --shared_.depth;
}

void CodeGen::stmtInner(Stmt *s) {
  switch (s->kind) {
  case NodeKind::FunctionDefStmt:
    return functionDef(static_cast<FunctionDefStmt *>(s));
  case NodeKind::AsyncFunctionDefStmt:
    return functionDef(static_cast<AsyncFunctionDefStmt *>(s));
  case NodeKind::ClassDefStmt:
    return classDef(static_cast<ClassDefStmt *>(s));
  case NodeKind::ReturnStmt:
    return returnStmt(static_cast<ReturnStmt *>(s));
  case NodeKind::DeleteStmt:
    for (Expr *target : static_cast<DeleteStmt *>(s)->targets)
      deleteTarget(target);
    return;
  case NodeKind::AssignStmt:
    return assign(static_cast<AssignStmt *>(s));
  case NodeKind::AugAssignStmt:
    return augAssign(static_cast<AugAssignStmt *>(s));
  case NodeKind::AnnAssignStmt:
    return annAssign(static_cast<AnnAssignStmt *>(s));
  case NodeKind::ForStmt:
    return forStmt(static_cast<ForStmt *>(s));
  case NodeKind::AsyncForStmt:
    return asyncForStmt(static_cast<AsyncForStmt *>(s));
  case NodeKind::WhileStmt:
    return whileStmt(static_cast<WhileStmt *>(s));
  case NodeKind::IfStmt:
    return ifStmt(static_cast<IfStmt *>(s));
  case NodeKind::WithStmt: {
    auto *n = static_cast<WithStmt *>(s);
    return with(n->items, 0, n->body, false, s);
  }
  case NodeKind::AsyncWithStmt: {
    auto *n = static_cast<AsyncWithStmt *>(s);
    if (!shared_.options.topLevelAwait || scope_->isFunction()) {
      if (!as<AsyncFunctionDefStmt>(scope_->node))
        return fail(s->loc, "'async with' outside async function");
    }
    return with(n->items, 0, n->body, true, s);
  }
  case NodeKind::MatchStmt:
    return matchStmt(static_cast<MatchStmt *>(s));
  case NodeKind::RaiseStmt:
    return raise(static_cast<RaiseStmt *>(s));
  case NodeKind::TryStmt:
    return tryStmt(static_cast<TryStmt *>(s));
  case NodeKind::TryStarStmt:
    return tryStarStmt(static_cast<TryStarStmt *>(s));
  case NodeKind::AssertStmt:
    return assertion(static_cast<AssertStmt *>(s));
  case NodeKind::ImportStmt:
    return import(static_cast<ImportStmt *>(s));
  case NodeKind::ImportFromStmt:
    return importFrom(static_cast<ImportFromStmt *>(s));
  case NodeKind::GlobalStmt:
  case NodeKind::NonlocalStmt:
    return;
  case NodeKind::ExprStmt:
    return expressionStmt(static_cast<ExprStmt *>(s));
  case NodeKind::PassStmt:
    return passStmt(s);
  case NodeKind::BreakStmt:
    return breakStmt(s);
  case NodeKind::ContinueStmt:
    return continueStmt(s);
  default:
    KRAIT_UNREACHABLE("no statement: %s", className(s->kind));
  }
}

// ---- Small statements ---------------------------------------------------------------------------------

void CodeGen::expressionStmt(ExprStmt *s) {
  if (interactive_) {
    Reg value = operand(s->value);
    return emit(Opcode::PrintExpr, at(s), {value});
  }
  effect(s->value);
}

void CodeGen::raise(RaiseStmt *s) {
  Reg exc = s->exc ? operandBefore(s->exc, {s->cause}) : kAbsent;
  Reg cause = s->cause ? operand(s->cause) : kAbsent;
  emit(Opcode::Raise, at(s), {exc, cause});
}

void CodeGen::assertion(AssertStmt *s) {
  auto *tuple = as<TupleExpr>(s->test);
  const ast::Constant *c = constantOf(s->test);
  if ((tuple && !tuple->elts.empty()) || (c && c->kind == ConstantKind::Tuple && !c->items.empty()))
    shared_.warn(s->loc, "assertion is always true, perhaps remove parentheses?");
  if (!debugMode())
    return;
  Label end = newLabel();
  SourceRange loc = condition(s->test, end, true, at(s));
  Reg window = temps(2);
  emit(Opcode::LoadAssertionError, loc, {window});
  if (s->msg) {
    into(s->msg, temp());
    emit(Opcode::Call, loc, {window, window, 1});
  }
  emit(Opcode::Raise, loc, {window, kAbsent});
  place(end);
}

} // namespace krait

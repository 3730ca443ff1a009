// Function and class definitions: decorators, defaults, annotations, closures, and the bodies as code
// objects.
#include "compiler/frontend/codegen.h"
#include "compiler/frontend/unparse.h"

namespace krait {

using namespace ast;

// ---- Flags and parameters -----------------------------------------------------------------------------

/// Sets the parameter counts and flags of this code object; [args] is null for comprehensions, which set
/// their own count.
void CodeGen::functionParameters(Arguments *args) {
  if (args) {
    unit_->posonlyargcount = args->posonlyargs.size();
    unit_->argcount = args->posonlyargs.size() + args->args.size();
    unit_->kwonlyargcount = args->kwonlyargs.size();
  }
  uint32_t flags = kCodeOptimized | kCodeNewLocals;
  if (scope_->nested)
    flags |= kCodeNested;
  if (scope_->generator)
    flags |= scope_->coroutine ? kCodeAsyncGenerator : kCodeGenerator;
  else if (scope_->coroutine)
    flags |= kCodeCoroutine;
  if (scope_->hasVarArgs)
    flags |= kCodeVarArgs;
  if (scope_->hasVarKeywords)
    flags |= kCodeVarKeywords;
  unit_->flags = flags | shared_.futureFlags;
}

void CodeGen::checkParameters(Arguments *args, const Location &loc) {
  for (Seq<Arg *> list : {args->posonlyargs, args->args, args->kwonlyargs})
    for (Arg *a : list)
      checkForbidden(a->arg, loc, ExprContext::Store);
  for (Arg *a : {args->vararg, args->kwarg})
    if (a)
      checkForbidden(a->arg, loc, ExprContext::Store);
}

void CodeGen::defaultArguments(Arguments *args, const SourceRange &loc, Reg &defaults, Reg &kwdefaults) {
  if (!args->defaults.empty()) {
    defaults = temp();
    std::vector<CodeConst> items;
    for (Expr *e : args->defaults)
      if (auto *c = constantOf(e))
        items.push_back(toConstant(*c));
    if (items.size() == args->defaults.size()) {
      loadConst(defaults, CodeConst::ofTuple(std::move(items)), loc);
    } else {
      TempScope scope(*this);
      Reg window = kTempBank + nextTemp_;
      for (Expr *e : args->defaults)
        into(e, temp());
      emit(Opcode::BuildTuple, loc, {defaults, window, args->defaults.size()});
    }
  }
  unsigned count = 0;
  Reg reserved = kAbsent;
  for (uint32_t i = 0; i < args->kwonlyargs.size(); ++i) {
    if (!args->kw_defaults[i])
      continue;
    if (!count++)
      reserved = temp();
    loadConst(temp(), CodeConst::ofStr(std::string(mangle(args->kwonlyargs[i]->arg)->view())), loc);
    into(args->kw_defaults[i], temp());
  }
  if (count) {
    kwdefaults = reserved;
    emit(Opcode::BuildDict, loc, {kwdefaults, kwdefaults + 1, count});
    nextTemp_ -= 2 * count;
  }
}

// ---- Annotations --------------------------------------------------------------------------------------

void CodeGen::annotationValue(Expr *e, Reg dest) {
  if (shared_.futureFlags & kCodeFutureAnnotations)
    return loadConst(dest, CodeConst::ofStr(unparseExpr(e)), at(e));
  if (auto *starred = as<StarredExpr>(e)) {
    // def f(*args: *Ts): the annotation is the one item of *Ts.
    Reg value = operand(starred->value);
    return emit(Opcode::UnpackSequence, at(e), {dest, value, 1});
  }
  into(e, dest);
}

/// The tuple of names and annotations of a function, or kAbsent.
Reg CodeGen::annotations(Arguments *args, Expr *returns, const SourceRange &loc) {
  Reg result = kAbsent;
  unsigned count = 0;
  auto add = [&](Identifier name, Expr *annotation) {
    if (!annotation)
      return;
    if (!count++)
      result = temp();
    loadConst(temp(), CodeConst::ofStr(std::string(mangle(name)->view())), at(annotation));
    annotationValue(annotation, temp());
  };
  auto addArg = [&](Arg *a) {
    if (a)
      add(a->arg, a->annotation);
  };
  for (Arg *a : args->args)
    addArg(a);
  for (Arg *a : args->posonlyargs)
    addArg(a);
  addArg(args->vararg);
  for (Arg *a : args->kwonlyargs)
    addArg(a);
  addArg(args->kwarg);
  add(intern("return"), returns);
  if (count) {
    emit(Opcode::BuildTuple, loc, {result, result + 1, 2 * count});
    nextTemp_ -= 2 * count;
  }
  return result;
}

// ---- Decorators ---------------------------------------------------------------------------------------

/// Evaluates the decorators into windows, each the argument of the one before. Returns how many there are;
/// [first] is the window of the first, and the next temporary to be allocated is the argument of the last.
unsigned CodeGen::decorators(Seq<Expr *> list, Reg &first) {
  first = kTempBank + nextTemp_;
  for (Expr *e : list) {
    Reg window = temps(2);
    into(e, window);
  }
  return list.size();
}

void CodeGen::applyDecorators(Seq<Expr *> list, Reg first, unsigned count) {
  for (unsigned i = count; i-- > 0;) {
    Reg window = first + 2 * i;
    emit(Opcode::Call, at(list[i]), {i ? window : first, window, 1});
  }
}

// ---- Functions ----------------------------------------------------------------------------------------

void CodeGen::makeFunction(std::shared_ptr<CodeUnit> unit, Reg dest, Reg defaults, Reg kwdefaults,
                           Reg annotations, const SourceRange &loc) {
  TempScope scope(*this);
  Reg closure = kAbsent;
  if (!unit->freevars.empty()) {
    closure = temp();
    TempScope inner(*this);
    Reg window = kTempBank + nextTemp_;
    for (const std::string &name : unit->freevars)
      move(temp(), closureReg(intern(name)), loc);
    emit(Opcode::BuildTuple, loc, {closure, window, uint32_t(unit->freevars.size())});
  }
  emit(Opcode::MakeFunction, loc,
       {dest, constantIndex(CodeConst::ofCode(std::move(unit))), defaults, kwdefaults, annotations, closure});
}

/// The docstring that [list] begins with, or null.
static const ast::Constant *docstring(Seq<Stmt *> list) {
  auto *first = list.empty() ? nullptr : as<ExprStmt>(list[0]);
  const ast::Constant *c = first ? constantOf(first->value) : nullptr;
  return c && c->kind == ConstantKind::Str ? c : nullptr;
}

static uint32_t firstLineOf(Stmt *s, Seq<Expr *> decorators) {
  return uint32_t(decorators.empty() ? s->loc.line : decorators[0]->loc.line);
}

template <typename F> void CodeGen::functionDef(F *s) {
  TempScope temporaries(*this);
  SourceRange loc = at(s);
  Reg first;
  checkParameters(s->args, s->loc);
  checkForbidden(s->name, s->loc, ExprContext::Store);
  unsigned decorated = decorators(s->decorator_list, first);
  Reg local = decorated ? kAbsent : localOf(s->name);
  Reg dest = local != kAbsent ? local : temp();
  {
    TempScope scope(*this);
    Reg defaults = kAbsent, kwdefaults = kAbsent;
    defaultArguments(s->args, loc, defaults, kwdefaults);
    Reg notes = annotations(s->args, s->returns, loc);
    CodeGen inner(shared_, this, shared_.scopes.scopeOf(s), std::string(s->name->view()),
                  firstLineOf(s, s->decorator_list));
    inner.functionParameters(s->args);
    const ast::Constant *doc = docstring(s->body);
    inner.constantIndex(doc && shared_.options.optimize < 2 ? toConstant(*doc) : CodeConst::none());
    inner.prologue();
    Seq<Stmt *> statements = s->body;
    if (doc) {
      ++statements.items;
      --statements.count;
    }
    inner.body(statements);
    inner.emit(Opcode::Return, {}, {kConstBank + inner.constantIndex(CodeConst::none())});
    makeFunction(inner.finish(), dest, defaults, kwdefaults, notes, loc);
  }
  applyDecorators(s->decorator_list, first, decorated);
  storeName(s->name, decorated ? first : dest, loc);
}
template void CodeGen::functionDef(FunctionDefStmt *);
template void CodeGen::functionDef(AsyncFunctionDefStmt *);

// ---- Classes ------------------------------------------------------------------------------------------

void CodeGen::classDef(ClassDefStmt *s) {
  TempScope temporaries(*this);
  SourceRange loc = at(s);
  Reg first;
  checkForbidden(s->name, s->loc, ExprContext::Store);
  unsigned decorated = decorators(s->decorator_list, first);
  uint32_t line = firstLineOf(s, s->decorator_list);
  CodeGen inner(shared_, this, shared_.scopes.scopeOf(s), std::string(s->name->view()), line);
  inner.className_ = s->name;
  inner.unit_->flags = shared_.futureFlags;
  inner.prologue();
  SourceRange start{int32_t(line), int32_t(line), 0, 0};
  {
    TempScope scope(inner);
    Reg t = inner.temp();
    inner.loadName(intern("__name__"), t, start);
    inner.storeName(intern("__module__"), t, start);
    inner.storeName(intern("__qualname__"),
                    kConstBank + inner.constantIndex(CodeConst::ofStr(inner.qualname_)), start);
  }
  inner.moduleBody(s->body);
  if (inner.scope_->needsClassClosure) {
    Reg cell = inner.closureReg(intern("__class__"));
    inner.storeName(intern("__classcell__"), cell, {});
    inner.emit(Opcode::Return, {}, {cell});
  } else {
    inner.emit(Opcode::Return, {}, {kConstBank + inner.constantIndex(CodeConst::none())});
  }
  Reg window = temps(2);
  emit(Opcode::LoadBuildClass, loc, {window});
  auto body = [&](Reg dest) { makeFunction(inner.finish(), dest, kAbsent, kAbsent, kAbsent, loc); };
  bool ex = s->keywords.size() > 250;
  for (Expr *base : s->bases)
    ex |= base->kind == NodeKind::StarredExpr;
  for (Keyword *k : s->keywords)
    ex |= !k->arg;
  if (!validKeywords(s->keywords, s->loc))
    return;
  Reg function = temp(), name = temp();
  body(function);
  loadConst(name, CodeConst::ofStr(std::string(s->name->view())), loc);
  if (ex)
    callEx(window, window, s->bases, s->keywords, 2, function, loc);
  else
    callArgs(Opcode::Call, Opcode::CallKw, window, window, s->bases, s->keywords, 2, loc);
  // The class is the argument of the last decorator: the window lies where that is expected.
  applyDecorators(s->decorator_list, first, decorated);
  storeName(s->name, decorated ? first : window, loc);
}

} // namespace krait

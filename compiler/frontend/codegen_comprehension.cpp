// Comprehensions and generator expressions: functions of their own, called at once with the outermost
// iterator as `.0`.
#include "compiler/frontend/codegen.h"

namespace krait {

using namespace ast;

void CodeGen::comprehension(Expr *e, const char *name, ComprehensionKind kind,
                            Seq<Comprehension *> generators, Expr *elt, Expr *value, Reg dest) {
  SourceRange loc = at(e);
  Scope *scope = shared_.scopes.scopeOf(e);
  bool isAsync = scope->coroutine && kind != ComprehensionKind::Generator;
  if (isAsync && scope_->comprehension == ComprehensionKind::None &&
      !as<AsyncFunctionDefStmt>(scope_->node) && !(shared_.options.topLevelAwait && !scope_->isFunction()))
    return fail(e->loc, "asynchronous comprehension outside of an asynchronous function");
  CodeGen inner(shared_, this, scope, name, uint32_t(e->loc.line));
  inner.unit_->argcount = 1;
  inner.functionParameters(nullptr);
  inner.prologue();
  Reg result = kAbsent;
  if (kind != ComprehensionKind::Generator) {
    result = inner.temp();
    Opcode build = kind == ComprehensionKind::List  ? Opcode::BuildList
                   : kind == ComprehensionKind::Set ? Opcode::BuildSet
                                                    : Opcode::BuildDict;
    inner.emit(build, loc, {result, result, 0});
  }
  inner.comprehensionLoop(loc, kind, generators, 0, elt, value, result);
  inner.emit(Opcode::Return, loc,
             {result == kAbsent ? kConstBank + inner.constantIndex(CodeConst::none()) : result});
  Reg window = windowFor(dest);
  makeFunction(inner.finish(), window, kAbsent, kAbsent, kAbsent, loc);
  {
    Reg argument = temp();
    Reg iterable = operandIn(generators[0]->iter, argument);
    emit(generators[0]->is_async ? Opcode::GetAIter : Opcode::GetIter, loc, {argument, iterable});
  }
  Reg called = isAsync ? temp() : dest;
  emit(Opcode::Call, loc, {called, window, 1});
  if (isAsync)
    awaitIn(dest, called, 0, loc);
}

void CodeGen::comprehensionLoop(const SourceRange &loc, ComprehensionKind kind,
                                Seq<Comprehension *> generators, unsigned depth, Expr *elt, Expr *value,
                                Reg result) {
  TempScope scope(*this);
  Comprehension *g = generators[depth];
  auto inside = [&](Label next) {
    SourceRange current = loc;
    for (Expr *test : g->ifs)
      current = condition(test, next, false, current);
    if (depth + 1 < generators.size()) {
      if (enterNode())
        comprehensionLoop(current, kind, generators, depth + 1, elt, value, result);
      --shared_.depth;
    } else
      comprehensionElement(current, kind, elt, value, result);
  };
  Label next = newLabel(), exit = newLabel();
  Reg iterator = kLocalBank; // .0
  if (depth > 0) {
    // `for x in [y]` is a way to name a value: no loop.
    Seq<Expr *> single;
    if (auto *list = as<ListExpr>(g->iter))
      single = list->elts;
    else if (auto *tuple = as<TupleExpr>(g->iter))
      single = tuple->elts;
    if (!g->is_async && single.size() == 1 && single[0]->kind != NodeKind::StarredExpr) {
      {
        TempScope inner(*this);
        storeTo(g->target, operand(single[0]));
      }
      inside(next);
      return place(next);
    }
    iterator = temp();
    Reg iterable = operandIn(g->iter, iterator);
    emit(g->is_async ? Opcode::GetAIter : Opcode::GetIter, loc, {iterator, iterable});
  }
  if (g->is_async) {
    Label stopped = newLabel();
    Reg exception = temp();
    int32_t outer = region_;
    Label header = beginLoop();
    region_ = newRegion(stopped, exception);
    Reg item = temp(), sent = temp();
    emit(Opcode::GetANext, loc, {item, iterator});
    loadNone(sent, loc);
    emit(Opcode::YieldFrom, loc, {item, item, sent});
    region_ = outer;
    storeTo(g->target, item);
    inside(next);
    place(next);
    endLoop(header);
    place(stopped);
    emit(Opcode::EndAsyncFor, loc, {exception});
    return;
  }
  Label header = beginLoop();
  auto *name = as<NameExpr>(g->target);
  Reg item = name ? localOf(name->id) : kAbsent;
  if (item == kAbsent)
    item = temp();
  emit(Opcode::ForIter, loc, {item, iterator, exit});
  if (!isLocal(item))
    storeTo(g->target, item);
  inside(next);
  place(next);
  endLoop(header);
  place(exit);
}

void CodeGen::comprehensionElement(const SourceRange &loc, ComprehensionKind kind, Expr *elt, Expr *value,
                                   Reg result) {
  TempScope scope(*this);
  switch (kind) {
  case ComprehensionKind::List:
    return emit(Opcode::ListAppend, loc, {result, operand(elt)});
  case ComprehensionKind::Set:
    return emit(Opcode::SetAdd, loc, {result, operand(elt)});
  case ComprehensionKind::Dict: {
    Reg key = operandBefore(elt, {value});
    Reg item = operand(value);
    return emit(Opcode::DictSet, loc, {result, key, item});
  }
  default: {
    Reg item = operand(elt);
    return emit(Opcode::Yield, loc, {temp(), item});
  }
  }
}

} // namespace krait

// try in all forms, and with. Handlers stand behind the code they protect; a finally body is emitted once for
// each way to reach it.
//
// A handler begins with PushExc: the exception that was handled before goes to a register and comes back by
// PopExc on every way out. Whatever the handler itself raises passes a cleanup that restores it too.
#include "compiler/frontend/codegen.h"

namespace krait {

using namespace ast;

void CodeGen::restoreAndReraise(Label cleanup, Reg saved, Reg exception) {
  place(cleanup);
  emit(Opcode::PopExc, {}, {saved});
  emit(Opcode::Reraise, {}, {exception});
}

/// `name = None; del name`, at the end of an except clause: no error if the clause deleted it.
void CodeGen::forgetName(Identifier name, const SourceRange &loc) {
  Reg local = localOf(name);
  if (local != kAbsent)
    return emit(Opcode::ClearReg, loc, {local});
  storeName(name, kConstBank + constantIndex(CodeConst::none()), loc);
  deleteName(name, loc);
}

// ---- finally ------------------------------------------------------------------------------------------

template <typename S> void CodeGen::tryFinally(S *s) {
  Label handler = newLabel(), cleanup = newLabel(), exit = newLabel();
  int32_t outer = region_;
  Reg exception = temp(), saved = temp(), second = temp();
  emit(Opcode::Nop, at(s));
  region_ = newRegion(handler, exception);
  FrameBlock block(FrameBlock::FinallyTry);
  block.outerRegion = outer;
  block.finalbody = s->finalbody;
  pushBlock(block, s->loc);
  if (s->handlers.empty())
    body(s->body);
  else if constexpr (std::is_same_v<S, TryStmt>)
    tryExcept(s);
  else
    tryExceptStar(s);
  blocks_.pop_back();
  region_ = outer;
  body(s->finalbody);
  emitJump(exit);

  place(handler);
  region_ = newRegion(cleanup, second);
  emit(Opcode::PushExc, {}, {saved, exception});
  FrameBlock end(FrameBlock::FinallyEnd);
  end.outerRegion = outer;
  end.saved = saved;
  pushBlock(end, s->loc);
  body(s->finalbody);
  blocks_.pop_back();
  emit(Opcode::Reraise, {}, {exception});
  region_ = outer;
  restoreAndReraise(cleanup, saved, second);
  place(exit);
}

void CodeGen::tryStmt(TryStmt *s) {
  if (!s->finalbody.empty())
    return tryFinally(s);
  tryExcept(s);
}

void CodeGen::tryStarStmt(TryStarStmt *s) {
  if (!s->finalbody.empty())
    return tryFinally(s);
  tryExceptStar(s);
}

// ---- except -------------------------------------------------------------------------------------------

/// The statements after `try:`, whose exceptions go to [handler], and those after `else:`.
template <typename S> void CodeGen::guardedBody(S *s, Label handler, Reg exception) {
  int32_t outer = region_;
  emit(Opcode::Nop, at(s));
  region_ = newRegion(handler, exception);
  FrameBlock block(FrameBlock::Try);
  block.outerRegion = outer;
  pushBlock(block, s->loc);
  body(s->body);
  blocks_.pop_back();
  region_ = outer;
  body(s->orelse);
}

void CodeGen::tryExcept(TryStmt *s) {
  Label handler = newLabel(), cleanup = newLabel(), end = newLabel();
  int32_t outer = region_;
  Reg exception = temp(), saved = temp(), second = temp();
  guardedBody(s, handler, exception);
  emitJump(end);

  place(handler);
  int32_t inner = newRegion(cleanup, second);
  region_ = inner;
  emit(Opcode::PushExc, {}, {saved, exception});
  for (uint32_t i = 0; i < s->handlers.size(); ++i) {
    ExceptHandler *h = s->handlers[i];
    if (!h->type && i + 1 < s->handlers.size())
      return fail(h->loc, "default 'except:' must be last");
    Label next = newLabel();
    if (h->type) {
      TempScope scope(*this);
      Reg type = operand(h->type), matches = temp();
      emit(Opcode::CheckExcMatch, at(h), {matches, exception, type});
      emit(Opcode::JumpIfFalse, at(h), {matches, next});
    }
    if (!h->type)
      emit(Opcode::Nop, at(h)); // a bare `except:` is a line of its own
    exceptBody(h, exception, saved, outer, end);
    region_ = inner;
    place(next);
  }
  emit(Opcode::Reraise, {}, {exception});
  region_ = outer;
  restoreAndReraise(cleanup, saved, second);
  place(end);
}

/// The body of an except clause whose type matched.
void CodeGen::exceptBody(ExceptHandler *h, Reg exception, Reg saved, int32_t outer, Label done) {
  TempScope scope(*this);
  FrameBlock block(FrameBlock::HandlerCleanup);
  block.outerRegion = outer;
  block.saved = saved;
  block.name = h->name;
  int32_t inner = region_;
  Label forget = newLabel();
  Reg third = kAbsent;
  if (h->name) {
    if (!checkForbidden(h->name, h->loc, ExprContext::Store))
      return;
    storeName(h->name, exception, at(h));
    third = temp();
    region_ = newRegion(forget, third);
  }
  pushBlock(block, h->loc);
  body(h->body);
  blocks_.pop_back();
  region_ = outer;
  emit(Opcode::PopExc, {}, {saved});
  if (h->name)
    forgetName(h->name, {});
  emitJump(done);
  if (h->name) {
    // The body raised: the name goes, then the cleanup around takes over.
    region_ = inner;
    place(forget);
    forgetName(h->name, {});
    emit(Opcode::Reraise, {}, {third});
  }
}

// ---- except* ------------------------------------------------------------------------------------------

void CodeGen::tryExceptStar(TryStarStmt *s) {
  Label handler = newLabel(), cleanup = newLabel(), end = newLabel(), reraise = newLabel();
  int32_t outer = region_;
  Reg exception = temp(), saved = temp(), second = temp(), results = temp();
  Reg rest = temps(2), match = rest + 1;
  guardedBody(s, handler, exception);
  emitJump(end);

  place(handler);
  int32_t inner = newRegion(cleanup, second);
  region_ = inner;
  emit(Opcode::PushExc, {}, {saved, exception});
  emit(Opcode::BuildList, at(s->handlers[0]), {results, results, 0});
  move(rest, exception, {});
  for (ExceptHandler *h : s->handlers) {
    Label next = newLabel();
    {
      TempScope scope(*this);
      Reg type = operand(h->type);
      emit(Opcode::CheckEgMatch, at(h), {rest, rest, type});
      emit(Opcode::JumpIfNone, at(h), {match, next});
    }
    starHandler(h, match, results, next);
    place(next);
  }
  emit(Opcode::ListAppend, {}, {results, rest});
  emit(Opcode::PrepReraiseStar, {}, {match, exception, results});
  region_ = outer;
  emit(Opcode::PopExc, {}, {saved});
  emit(Opcode::JumpIfNotNone, {}, {match, reraise});
  emitJump(end);
  place(reraise);
  emit(Opcode::Reraise, {}, {match});
  restoreAndReraise(cleanup, saved, second);
  place(end);
}

/// The body of an except* clause; what it raises joins the results.
void CodeGen::starHandler(ExceptHandler *h, Reg match, Reg results, Label next) {
  TempScope scope(*this);
  int32_t inner = region_;
  Label raised = newLabel();
  Reg third = temp();
  if (h->name) {
    if (!checkForbidden(h->name, h->loc, ExprContext::Store))
      return;
    storeName(h->name, match, at(h));
  }
  region_ = newRegion(raised, third);
  FrameBlock block(FrameBlock::StarHandler);
  block.outerRegion = inner;
  pushBlock(block, h->loc);
  body(h->body);
  blocks_.pop_back();
  region_ = inner;
  if (h->name)
    forgetName(h->name, {});
  emitJump(next);
  place(raised);
  if (h->name)
    forgetName(h->name, {});
  emit(Opcode::ListAppend, {}, {results, third});
}

// ---- with ---------------------------------------------------------------------------------------------

void CodeGen::with(Seq<WithItem *> items, unsigned index, Seq<Stmt *> stmts, bool isAsync, Stmt *s) {
  TempScope temporaries(*this);
  WithItem *item = items[index];
  Label handler = newLabel(), cleanup = newLabel(), suppressed = newLabel(), exit = newLabel();
  int32_t outer = region_;
  SourceRange loc = at(s);
  Reg exits = temps(2); // the exit method and self, until the end
  Reg exception = temp(), saved = temp(), second = temp();
  // What __enter__ gives goes straight to a local, if that is the target.
  auto *name = as<NameExpr>(item->optional_vars);
  Reg local = name && name->id->view() != "__debug__" ? localOf(name->id) : kAbsent;
  {
    TempScope scope(*this);
    Reg enters = temps(2);
    Reg manager = operandIn(item->context_expr, exits);
    emit(Opcode::LoadSpecial, loc, {enters, manager, isAsync ? 2u : 0u});
    emit(Opcode::LoadSpecial, loc, {exits, manager, isAsync ? 3u : 1u});
    Reg entered = local != kAbsent && !isAsync ? local : exception;
    emit(Opcode::CallMethod, loc, {entered, enters, 0});
    if (isAsync)
      awaitIn(local != kAbsent ? local : entered, entered, 1, loc);
  }
  region_ = newRegion(handler, exception);
  FrameBlock block(isAsync ? FrameBlock::AsyncWith : FrameBlock::With);
  block.outerRegion = outer;
  block.saved = exits;
  block.loc = at(s);
  pushBlock(block, s->loc);
  if (local != kAbsent && name->loc.line != s->loc.line)
    emit(Opcode::Nop, at(name)); // a line of its own
  if (item->optional_vars && local == kAbsent)
    storeTo(item->optional_vars, exception);
  if (index + 1 < items.size())
    with(items, index + 1, stmts, isAsync, s);
  else
    body(stmts);
  blocks_.pop_back();
  region_ = outer;
  {
    TempScope scope(*this);
    Reg result = temp();
    emit(Opcode::WithExit, at(s), {result, exits, kAbsent});
    if (isAsync)
      awaitIn(result, result, 2, at(s));
  }
  emitJump(exit);

  place(handler);
  region_ = newRegion(cleanup, second);
  emit(Opcode::PushExc, at(s), {saved, exception});
  {
    TempScope scope(*this);
    Reg result = temp();
    emit(Opcode::WithExit, at(s), {result, exits, exception});
    if (isAsync)
      awaitIn(result, result, 2, at(s));
    emit(Opcode::JumpIfTrue, at(s), {result, suppressed});
  }
  emit(Opcode::Reraise, at(s), {exception});
  region_ = outer;
  restoreAndReraise(cleanup, saved, second);
  place(suppressed);
  emit(Opcode::PopExc, {}, {saved});
  place(exit);
}

} // namespace krait

// Control flow: if, loops, return, break and continue, and what leaving a construct on the way out takes.
#include "compiler/frontend/codegen.h"

namespace krait {

using namespace ast;

void CodeGen::ifStmt(IfStmt *s) {
  Label orelse = newLabel();
  condition(s->test, orelse, false, at(s));
  body(s->body);
  if (!s->orelse.empty()) {
    Label end = newLabel();
    emitJump(end);
    place(orelse);
    body(s->orelse);
    place(end);
    return;
  }
  place(orelse);
}

// ---- Loops --------------------------------------------------------------------------------------------

Label CodeGen::beginLoop() {
  if (loopDepth_++ == 0) {
    loops_.push_back({uint32_t(code_.size()), 0});
    emit(Opcode::Nop, {});
  }
  Label header = newLabel();
  place(header);
  return header;
}

void CodeGen::endLoop(Label header, const SourceRange &loc) {
  emit(Opcode::LoopBack, loc, {header});
  if (--loopDepth_ == 0)
    loops_.back().second = uint32_t(code_.size());
}

/// The statements of a loop, in which `continue` leads to its end and `break` out of it; [back]: what the
/// jump back stands for.
void CodeGen::loopBody(FrameBlock::Kind kind, Seq<Stmt *> statements, Location loc, LoopLabels labels,
                       const SourceRange &back) {
  FrameBlock block(kind);
  block.outerRegion = region_;
  block.next = labels.next;
  block.exit = labels.exit;
  pushBlock(block, loc);
  body(statements);
  blocks_.pop_back();
  place(labels.next);
  endLoop(labels.header, back);
}

void CodeGen::whileStmt(WhileStmt *s) {
  Label next = newLabel(), orelse = newLabel(), exit = newLabel();
  // The test of `while True` is a line that runs before the loop and with each jump back.
  const ast::Constant *constant = constantOf(s->test);
  bool forever = constant && constantTruth(*constant);
  if (forever)
    emit(Opcode::Nop, at(s->test));
  Label header = beginLoop();
  if (!forever)
    condition(s->test, orelse, false, at(s));
  loopBody(FrameBlock::WhileLoop, s->body, s->loc, {header, next, exit},
           forever ? at(s->test) : SourceRange{});
  place(orelse);
  body(s->orelse);
  place(exit);
}

void CodeGen::forStmt(ForStmt *s) {
  Label next = newLabel(), orelse = newLabel(), exit = newLabel();
  SourceRange loc = at(s);
  Reg iterator = temp();
  Reg iterable = operandIn(s->iter, iterator);
  emit(Opcode::GetIter, loc, {iterator, iterable});
  Label header = beginLoop();
  auto *name = as<NameExpr>(s->target);
  if (name)
    checkForbidden(name->id, name->loc, ExprContext::Store);
  Reg item = name ? localOf(name->id) : kAbsent;
  {
    TempScope scope(*this);
    if (item == kAbsent)
      item = temp();
    emit(Opcode::ForIter, loc, {item, iterator, orelse});
    if (!isLocal(item))
      storeTo(s->target, item);
  }
  loopBody(FrameBlock::ForLoop, s->body, s->loc, {header, next, exit});
  place(orelse);
  body(s->orelse);
  place(exit);
}

void CodeGen::asyncForStmt(AsyncForStmt *s) {
  if (!shared_.options.topLevelAwait || scope_->isFunction()) {
    if (!as<AsyncFunctionDefStmt>(scope_->node))
      return fail(s->loc, "'async for' outside async function");
  }
  Label next = newLabel(), stopped = newLabel(), exit = newLabel();
  SourceRange loc = at(s);
  Reg iterator = temp(), exception = temp();
  Reg iterable = operandIn(s->iter, iterator);
  emit(Opcode::GetAIter, loc, {iterator, iterable});
  int32_t outer = region_;
  Label header = beginLoop();
  region_ = newRegion(stopped, exception);
  {
    TempScope scope(*this);
    Reg item = temp(), sent = temp();
    emit(Opcode::GetANext, loc, {item, iterator});
    loadNone(sent, loc);
    emit(Opcode::YieldFrom, loc, {item, item, sent});
    region_ = outer;
    storeTo(s->target, item);
  }
  loopBody(FrameBlock::ForLoop, s->body, s->loc, {header, next, exit});
  place(stopped);
  emit(Opcode::EndAsyncFor, loc, {exception});
  body(s->orelse);
  place(exit);
}

// ---- Leaving ------------------------------------------------------------------------------------------

/// Enters a construct; as many as CPython allows may be open.
void CodeGen::pushBlock(const FrameBlock &block, const Location &loc) {
  constexpr unsigned kMostBlocks = 20;
  unsigned open = 0;
  for (const FrameBlock &b : blocks_) // an except clause counts twice: the handlers and the clause
    open += b.kind == FrameBlock::HandlerCleanup || b.kind == FrameBlock::StarHandler ? 2 : 1;
  if (open >= kMostBlocks)
    fail(loc, "too many statically nested blocks");
  blocks_.push_back(block);
}

void CodeGen::unwind(size_t index, SourceRange &loc) {
  FrameBlock block = blocks_[index];
  switch (block.kind) {
  case FrameBlock::WhileLoop:
  case FrameBlock::ForLoop:
    return;
  case FrameBlock::Try:
    region_ = block.outerRegion;
    return;
  case FrameBlock::FinallyTry: {
    region_ = block.outerRegion;
    std::vector<FrameBlock> all(blocks_);
    blocks_.erase(blocks_.begin() + ptrdiff_t(index), blocks_.end());
    body(block.finalbody);
    blocks_ = std::move(all);
    loc = {};
    return;
  }
  case FrameBlock::FinallyEnd:
    region_ = block.outerRegion;
    return emit(Opcode::PopExc, loc, {block.saved});
  case FrameBlock::With:
  case FrameBlock::AsyncWith: {
    region_ = block.outerRegion;
    TempScope scope(*this);
    Reg result = temp();
    emit(Opcode::WithExit, block.loc, {result, block.saved, kAbsent});
    if (block.kind == FrameBlock::AsyncWith)
      awaitIn(result, result, 2, block.loc);
    loc = {};
    return;
  }
  case FrameBlock::HandlerCleanup:
    region_ = block.outerRegion;
    emit(Opcode::PopExc, loc, {block.saved});
    if (block.name)
      forgetName(block.name, loc);
    return;
  case FrameBlock::StarHandler:
    return shared_.fail({loc.line, loc.col, loc.endLine, loc.endCol},
                        "'break', 'continue' and 'return' cannot appear in an except* block");
  }
}

/// Something that leaving all blocks runs could change a local.
bool CodeGen::unwindRunsCode() const {
  for (const FrameBlock &block : blocks_)
    if (block.kind == FrameBlock::FinallyTry || (block.kind == FrameBlock::HandlerCleanup && block.name))
      return true;
  return false;
}

void CodeGen::returnStmt(ReturnStmt *s) {
  if (!scope_->isFunction())
    return fail(s->loc, "'return' outside function");
  if (s->value && scope_->generator && scope_->coroutine)
    return fail(s->loc, "'return' with value in async generator");
  SourceRange loc = at(s);
  Reg value = s->value ? operand(s->value) : kConstBank + constantIndex(CodeConst::none());
  if (s->value)
    loc = at(s->value);
  if (isConstReg(value))
    emit(Opcode::Nop, loc);
  if (isLocal(value) && unwindRunsCode()) {
    Reg copy = temp();
    move(copy, value, loc);
    value = copy;
  }
  int32_t region = region_;
  for (size_t i = blocks_.size(); i-- > 0;)
    unwind(i, loc);
  emit(Opcode::Return, loc.line >= 0 ? at(s) : SourceRange{}, {value});
  region_ = region;
}

void CodeGen::breakStmt(Stmt *s) {
  int32_t region = region_;
  SourceRange loc = at(s); // nothing's, behind what leaving a block runs
  emit(Opcode::Nop, loc);
  for (size_t i = blocks_.size(); i-- > 0;) {
    if (blocks_[i].kind == FrameBlock::WhileLoop || blocks_[i].kind == FrameBlock::ForLoop) {
      emitJump(blocks_[i].exit, loc);
      region_ = region;
      return;
    }
    unwind(i, loc);
  }
  fail(s->loc, "'break' outside loop");
}

void CodeGen::continueStmt(Stmt *s) {
  int32_t region = region_;
  SourceRange loc = at(s); // nothing's, behind what leaving a block runs
  emit(Opcode::Nop, loc);
  for (size_t i = blocks_.size(); i-- > 0;) {
    if (blocks_[i].kind == FrameBlock::WhileLoop || blocks_[i].kind == FrameBlock::ForLoop) {
      emitJump(blocks_[i].next, loc);
      region_ = region;
      return;
    }
    unwind(i, loc);
  }
  fail(s->loc, "'continue' not properly in loop");
}

} // namespace krait

// Calls: the window of registers, keywords, unpacked arguments, method calls without a bound method, super().
#include "compiler/frontend/codegen.h"

#include <unordered_set>

namespace krait {

using namespace ast;

/// More arguments than this are passed as a tuple and a dict: windows stay small.
static constexpr uint32_t kMostInWindow = 250;

static bool needsCallEx(Seq<Expr *> args, Seq<Keyword *> keywords) {
  if (args.size() + keywords.size() > kMostInWindow)
    return true;
  for (Expr *arg : args)
    if (arg->kind == NodeKind::StarredExpr)
      return true;
  for (Keyword *k : keywords)
    if (!k->arg)
      return true;
  return false;
}

/// The first register of a call's window, of which two are allocated. A destination on top of the stack of
/// temporaries is dead until the call returns, so it can be the first.
Reg CodeGen::windowFor(Reg dest) {
  if (nextTemp_ && dest == kTempBank + nextTemp_ - 1) {
    temp();
    return dest;
  }
  return temps(2);
}

bool CodeGen::validKeywords(Seq<Keyword *> keywords, const Location &loc) {
  for (uint32_t i = 0; i < keywords.size(); ++i) {
    Identifier arg = keywords[i]->arg;
    if (!arg)
      continue;
    if (!checkForbidden(arg, loc, ExprContext::Store))
      return false;
    for (uint32_t k = i + 1; k < keywords.size(); ++k)
      if (keywords[k]->arg == arg) {
        fail(keywords[k]->loc, "keyword argument repeated: " + std::string(arg->view()));
        return false;
      }
  }
  return true;
}

void CodeGen::call(CallExpr *e, Reg dest) {
  SourceRange loc = at(e);
  auto *method = as<AttributeExpr>(e->func);
  if (!validKeywords(e->keywords, e->loc))
    return;
  bool ex = needsCallEx(e->args, e->keywords);
  if (method && method->ctx == ExprContext::Load && !ex) {
    Reg window = windowFor(dest);
    SourceRange methodLoc = attributeLoc(method, at(method));
    uint32_t name = nameIndex(mangle(method->attr));
    {
      TempScope scope(*this);
      if (isSuperCall(method->value)) {
        Reg regs[3];
        superOperands(static_cast<CallExpr *>(method->value), regs);
        emit(Opcode::LoadSuperMethod, methodLoc, {window, regs[0], regs[1], regs[2], name});
      } else {
        Reg object = operandIn(method->value, window);
        emit(Opcode::LoadMethod, methodLoc, {window, object, name});
      }
    }
    return callArgs(Opcode::CallMethod, Opcode::CallMethodKw, window, dest, e->args, e->keywords, 0,
                    attributeLoc(method, loc));
  }
  checkCaller(e);
  Reg window = windowFor(dest);
  into(e->func, window);
  if (ex)
    return callEx(window, dest, e->args, e->keywords, 0, kAbsent, loc);
  callArgs(Opcode::Call, Opcode::CallKw, window, dest, e->args, e->keywords, 0, loc);
}

/// Evaluates the arguments behind the [count] that the window holds already, and calls.
void CodeGen::callArgs(Opcode plain, Opcode keyword, Reg window, Reg dest, Seq<Expr *> args,
                       Seq<Keyword *> keywords, unsigned count, const SourceRange &loc) {
  for (Expr *arg : args)
    into(arg, temp());
  count += args.size();
  if (keywords.empty())
    return emit(plain, loc, {dest, window, count});
  std::vector<CodeConst> names;
  for (Keyword *k : keywords) {
    names.push_back(CodeConst::ofStr(std::string(k->arg->view())));
    names.back().interned = true;
    into(k->value, temp());
  }
  count += keywords.size();
  emit(keyword, loc, {dest, window, count, constantIndex(CodeConst::ofTuple(std::move(names)))});
}

/// A call with *args or **kwargs. [count] arguments from register [extra] on go before [args].
void CodeGen::callEx(Reg window, Reg dest, Seq<Expr *> args, Seq<Keyword *> keywords, unsigned count,
                     Reg extra, const SourceRange &loc) {
  Reg list = window + 1;
  if (count == 0 && args.size() == 1 && args[0]->kind == NodeKind::StarredExpr) {
    into(static_cast<StarredExpr *>(args[0])->value, list);
  } else if (count == 0 && args.empty()) {
    loadConst(list, CodeConst::ofTuple({}), loc);
  } else {
    emit(Opcode::BuildList, loc, {list, count ? extra : list, count});
    starredList(args, 0, list, loc);
    emit(Opcode::ListToTuple, loc, {list, list});
  }
  Reg mapping = kAbsent;
  if (!keywords.empty()) {
    mapping = temp();
    keywordDict(keywords, window, mapping, loc);
  }
  emit(Opcode::CallEx, loc, {dest, window, mapping});
}

void CodeGen::keywordDict(Seq<Keyword *> keywords, Reg callee, Reg dest, const SourceRange &loc) {
  bool made = false;
  for (uint32_t i = 0; i < keywords.size();) {
    TempScope scope(*this);
    if (!keywords[i]->arg) {
      if (!made)
        emit(Opcode::BuildDict, loc, {dest, dest, 0});
      made = true;
      emit(Opcode::DictMerge, loc, {dest, operand(keywords[i++]->value), callee});
      continue;
    }
    Reg run = kTempBank + nextTemp_;
    unsigned pairs = 0;
    for (; i < keywords.size() && keywords[i]->arg && pairs < 24; ++i, ++pairs) {
      loadConst(temp(), CodeConst::ofStr(std::string(keywords[i]->arg->view())), loc);
      into(keywords[i]->value, temp());
    }
    if (!made) {
      emit(Opcode::BuildDict, loc, {dest, run, pairs});
    } else {
      emit(Opcode::BuildDict, loc, {run, run, pairs});
      emit(Opcode::DictMerge, loc, {dest, run, callee});
    }
    made = true;
  }
}

// ---- super() ------------------------------------------------------------------------------------------

/// [e] is `super()` in a method, or `super(a, b)`, with the global name super.
bool CodeGen::isSuperCall(Expr *e) {
  auto *c = as<CallExpr>(e);
  auto *name = c ? as<NameExpr>(c->func) : nullptr;
  if (!name || name->id->view() != "super" || !c->keywords.empty() || !scope_->isFunction())
    return false;
  NamePlace place = variable(mangle(name->id)).place;
  if (place != NamePlace::GlobalImplicit && place != NamePlace::GlobalExplicit)
    return false;
  if (c->args.size() == 2)
    return c->args[0]->kind != NodeKind::StarredExpr && c->args[1]->kind != NodeKind::StarredExpr;
  if (!c->args.empty() || unit_->argcount == 0)
    return false;
  return variable(intern("__class__")).place == NamePlace::Free;
}

void CodeGen::superOperands(CallExpr *e, Reg *regs) {
  SourceRange loc = at(e);
  regs[0] = temp();
  loadName(static_cast<NameExpr *>(e->func)->id, regs[0], at(e->func));
  if (e->args.size() == 2) {
    regs[1] = operandBefore(e->args[0], {e->args[1]});
    regs[2] = operand(e->args[1]);
    return;
  }
  regs[1] = variable(intern("__class__")).reg;
  Identifier self = scope_->params[0];
  if (Variable v = variable(self); v.place == NamePlace::Cell) {
    regs[2] = temp();
    emit(Opcode::LoadCell, loc, {regs[2], v.reg, nameIndex(self)});
  } else {
    regs[2] = v.reg;
    emit(Opcode::CheckLocal, loc, {v.reg});
  }
}

} // namespace krait

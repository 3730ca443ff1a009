// Assignment in all forms: targets, unpacking, swaps, augmented and annotated assignment, deletion, imports.
#include "compiler/frontend/codegen.h"

#include <algorithm>

namespace krait {

using namespace ast;

// ---- Targets ------------------------------------------------------------------------------------------

void CodeGen::storeTo(Expr *target, Reg value) {
  TempScope scope(*this);
  SourceRange loc = at(target);
  switch (target->kind) {
  case NodeKind::NameExpr: {
    auto *n = static_cast<NameExpr *>(target);
    if (checkForbidden(n->id, n->loc, ExprContext::Store))
      storeName(n->id, value, loc);
    return;
  }
  case NodeKind::AttributeExpr: {
    auto *n = static_cast<AttributeExpr *>(target);
    if (!checkForbidden(n->attr, n->loc, ExprContext::Store))
      return;
    Reg object = operand(n->value);
    return emit(Opcode::StoreAttr, attributeLoc(n, loc), {object, nameIndex(mangle(n->attr)), value});
  }
  case NodeKind::SubscriptExpr: {
    auto *n = static_cast<SubscriptExpr *>(target);
    Reg object = operandBefore(n->value, {n->slice});
    Reg index = operand(n->slice);
    return emit(Opcode::SetItem, loc, {object, index, value});
  }
  case NodeKind::ListExpr:
    return unpack(target, static_cast<ListExpr *>(target)->elts, value);
  case NodeKind::TupleExpr:
    return unpack(target, static_cast<TupleExpr *>(target)->elts, value);
  case NodeKind::StarredExpr:
    return fail(target->loc, "starred assignment target must be in a list or tuple");
  default:
    KRAIT_UNREACHABLE("no target: %s", className(target->kind));
  }
}

void CodeGen::unpack(Expr *target, Seq<Expr *> elts, Reg value) {
  SourceRange loc = at(target);
  uint32_t star = elts.size();
  for (uint32_t i = 0; i < elts.size(); ++i) {
    if (elts[i]->kind != NodeKind::StarredExpr)
      continue;
    if (star != elts.size())
      return fail(target->loc, "multiple starred expressions in assignment");
    star = i;
  }
  if (star != elts.size() && (star >= 256 || elts.size() - star - 1 >= 1u << 16))
    return fail(target->loc, "too many expressions in star-unpacking assignment");
  // Fresh neighbouring locals take the items directly.
  Reg run = kAbsent;
  bool direct = star == elts.size() && !elts.empty();
  for (uint32_t i = 0; direct && i < elts.size(); ++i) {
    auto *n = as<NameExpr>(elts[i]);
    Reg reg = n ? localOf(n->id) : kAbsent;
    direct = reg != kAbsent && n->id->view() != "__debug__" && (i == 0 || reg == run + i);
    run = i == 0 ? reg : run;
  }
  if (!direct)
    run = temps(elts.size());
  if (star == elts.size())
    emit(Opcode::UnpackSequence, loc, {elts.empty() ? 0 : run, value, elts.size()});
  else
    emit(Opcode::UnpackEx, loc, {run, value, star, elts.size() - star - 1});
  if (!direct)
    for (uint32_t i = 0; i < elts.size(); ++i) {
      auto *starred = as<StarredExpr>(elts[i]);
      storeTo(starred ? starred->value : elts[i], run + i);
    }
}

// ---- Plain assignment ---------------------------------------------------------------------------------

/// `a, b = x, y` without a tuple: all values first, then all targets from left to right.
bool CodeGen::assignSwap(TupleExpr *target, Expr *value) {
  auto *values = as<TupleExpr>(value);
  uint32_t count = target->elts.size();
  if (!values || values->elts.size() != count || count < 2 || count > 8)
    return false;
  for (uint32_t i = 0; i < count; ++i)
    if (target->elts[i]->kind == NodeKind::StarredExpr || values->elts[i]->kind == NodeKind::StarredExpr)
      return false;
  TempScope scope(*this);
  std::vector<Reg> regs;
  for (uint32_t i = 0; i < count; ++i) {
    // Constants and locals stay where they are, unless an earlier target may overwrite the local.
    Expr *e = values->elts[i];
    auto *n = as<NameExpr>(e);
    Reg local = n ? localOf(n->id) : kAbsent;
    bool simple = constantOf(e) || (local != kAbsent && !(scope_->find(mangle(n->id))->flags & kSymWalrus));
    for (uint32_t k = 0; simple && local != kAbsent && k < i; ++k) {
      auto *t = as<NameExpr>(target->elts[k]);
      simple = t ? localOf(t->id) != local
                 : target->elts[k]->kind == NodeKind::AttributeExpr ||
                       target->elts[k]->kind == NodeKind::SubscriptExpr;
    }
    if (simple) {
      regs.push_back(operand(e));
    } else {
      Reg t = temp();
      into(e, t);
      regs.push_back(t);
    }
  }
  for (uint32_t i = 0; i < count; ++i)
    storeTo(target->elts[i], regs[i]);
  return true;
}

void CodeGen::assign(AssignStmt *s) {
  SourceRange loc = at(s);
  if (s->targets.size() == 1) {
    if (auto *n = as<NameExpr>(s->targets[0]); n && checkForbidden(n->id, n->loc, ExprContext::Store)) {
      if (Reg local = localOf(n->id); local != kAbsent)
        return into(s->value, local);
    }
    if (auto *t = as<TupleExpr>(s->targets[0]); t && assignSwap(t, s->value))
      return;
    // A target that evaluates something does so after the value.
    Reg value = operandBefore(s->value, {s->targets[0]});
    return storeTo(s->targets[0], value);
  }
  Reg value = operandBefore(s->value, {s->value});
  // A target that unpacks could overwrite a local that the next target needs.
  bool unpacks = false;
  for (Expr *target : s->targets)
    unpacks |= target->kind == NodeKind::TupleExpr || target->kind == NodeKind::ListExpr;
  if (isLocal(value) && unpacks) {
    Reg copy = temp();
    move(copy, value, loc);
    value = copy;
  }
  for (Expr *target : s->targets)
    storeTo(target, value);
}

void CodeGen::augAssign(AugAssignStmt *s) {
  constexpr Opcode kInplace[] = {Opcode::InplaceAdd,     Opcode::InplaceSub,     Opcode::InplaceMul,
                                 Opcode::InplaceMatMul,  Opcode::InplaceTrueDiv, Opcode::InplaceMod,
                                 Opcode::InplacePow,     Opcode::InplaceLShift,  Opcode::InplaceRShift,
                                 Opcode::InplaceOr,      Opcode::InplaceXor,     Opcode::InplaceAnd,
                                 Opcode::InplaceFloorDiv};
  Opcode op = kInplace[unsigned(s->op)];
  SourceRange loc = at(s), targetLoc = at(s->target);
  switch (s->target->kind) {
  case NodeKind::NameExpr: {
    auto *n = static_cast<NameExpr *>(s->target);
    if (!checkForbidden(n->id, n->loc, ExprContext::Store))
      return;
    Reg left = operandBefore(n, {s->value});
    Reg right = operand(s->value);
    Reg local = localOf(n->id);
    Reg dest = local != kAbsent ? local : isTemp(left) ? left : temp();
    emit(op, loc, {dest, left, right});
    if (local == kAbsent)
      storeName(n->id, dest, targetLoc);
    return;
  }
  case NodeKind::AttributeExpr: {
    auto *n = static_cast<AttributeExpr *>(s->target);
    Reg object = operandBefore(n->value, {s->value});
    Reg left = temp();
    uint32_t name = nameIndex(mangle(n->attr));
    SourceRange attrLoc = attributeLoc(n, targetLoc);
    emit(Opcode::LoadAttr, attrLoc, {left, object, name});
    Reg right = operand(s->value);
    emit(op, loc, {left, left, right});
    return emit(Opcode::StoreAttr, attrLoc, {object, name, left});
  }
  case NodeKind::SubscriptExpr: {
    auto *n = static_cast<SubscriptExpr *>(s->target);
    Reg object = operandBefore(n->value, {n->slice, s->value});
    Reg index = operandBefore(n->slice, {s->value});
    Reg left = temp();
    emit(Opcode::GetItem, targetLoc, {left, object, index});
    Reg right = operand(s->value);
    emit(op, loc, {left, left, right});
    return emit(Opcode::SetItem, targetLoc, {object, index, left});
  }
  default:
    KRAIT_UNREACHABLE("no target of augmented assignment: %s", className(s->target->kind));
  }
}

// ---- Annotated assignment -----------------------------------------------------------------------------

/// Annotations of targets that are not plain names are evaluated and dropped, and only in modules and
/// classes.
void CodeGen::checkAnnotation(Expr *e) {
  if (!(shared_.futureFlags & kCodeFutureAnnotations) && isModuleLike_)
    effect(e);
}

void CodeGen::annAssign(AnnAssignStmt *s) {
  if (s->value) {
    TempScope scope(*this);
    auto *n = as<NameExpr>(s->target);
    Reg local = n ? localOf(n->id) : kAbsent;
    if (local != kAbsent && checkForbidden(n->id, n->loc, ExprContext::Store)) {
      into(s->value, local);
    } else {
      Reg value = operandBefore(s->value, {s->target});
      storeTo(s->target, value);
    }
  }
  switch (s->target->kind) {
  case NodeKind::NameExpr: {
    auto *n = static_cast<NameExpr *>(s->target);
    if (!checkForbidden(n->id, n->loc, ExprContext::Store))
      return;
    if (!s->simple || !isModuleLike_)
      break;
    SourceRange loc = at(s);
    Reg value = temp(), table = temp();
    annotationValue(s->annotation, value);
    loadName(intern("__annotations__"), table, loc);
    emit(Opcode::SetItem, loc,
         {table, kConstBank + constantIndex(CodeConst::ofStr(std::string(mangle(n->id)->view()))), value});
    return;
  }
  case NodeKind::AttributeExpr: {
    auto *n = static_cast<AttributeExpr *>(s->target);
    if (!checkForbidden(n->attr, n->loc, ExprContext::Store))
      return;
    if (!s->value)
      effect(n->value);
    break;
  }
  case NodeKind::SubscriptExpr: {
    auto *n = static_cast<SubscriptExpr *>(s->target);
    if (s->value)
      break;
    effect(n->value);
    auto part = [&](Expr *e) {
      auto *slice = as<SliceExpr>(e);
      if (!slice)
        return effect(e);
      for (Expr *bound : {slice->lower, slice->upper, slice->step})
        if (bound)
          effect(bound);
    };
    if (auto *tuple = as<TupleExpr>(n->slice))
      for (Expr *e : tuple->elts)
        part(e);
    else
      part(n->slice);
    break;
  }
  default:
    break;
  }
  if (!s->simple)
    checkAnnotation(s->annotation);
}

// ---- Deletion -----------------------------------------------------------------------------------------

void CodeGen::deleteTarget(Expr *e) {
  TempScope scope(*this);
  SourceRange loc = at(e);
  switch (e->kind) {
  case NodeKind::NameExpr: {
    auto *n = static_cast<NameExpr *>(e);
    if (checkForbidden(n->id, n->loc, ExprContext::Del))
      deleteName(n->id, loc);
    return;
  }
  case NodeKind::AttributeExpr: {
    auto *n = static_cast<AttributeExpr *>(e);
    Reg object = operand(n->value);
    return emit(Opcode::DeleteAttr, attributeLoc(n, loc), {object, nameIndex(mangle(n->attr))});
  }
  case NodeKind::SubscriptExpr: {
    auto *n = static_cast<SubscriptExpr *>(e);
    Reg object = operandBefore(n->value, {n->slice});
    Reg index = operand(n->slice);
    return emit(Opcode::DelItem, loc, {object, index});
  }
  case NodeKind::TupleExpr:
    for (Expr *elt : static_cast<TupleExpr *>(e)->elts)
      deleteTarget(elt);
    return;
  case NodeKind::ListExpr:
    for (Expr *elt : static_cast<ListExpr *>(e)->elts)
      deleteTarget(elt);
    return;
  default:
    KRAIT_UNREACHABLE("cannot delete: %s", className(e->kind));
  }
}

// ---- Imports ------------------------------------------------------------------------------------------

void CodeGen::import(ImportStmt *s) {
  SourceRange loc = at(s);
  for (Alias *a : s->names) {
    TempScope scope(*this);
    std::string_view name = a->name->view();
    Reg module = temp();
    Reg level = kConstBank + constantIndex(CodeConst::ofInt(0));
    emit(Opcode::ImportName, loc, {module, nameIndex(a->name), level, kAbsent});
    size_t dot = name.find('.');
    checkForbidden(a->asname ? a->asname : intern(name.substr(0, dot)), s->loc, ExprContext::Store);
    if (!a->asname) {
      storeName(intern(name.substr(0, dot)), module, loc);
      continue;
    }
    // `import a.b.c as d` binds the innermost module.
    while (dot != name.npos) {
      size_t next = name.find('.', dot + 1);
      emit(Opcode::ImportFrom, loc,
           {module, module, nameIndex(intern(name.substr(dot + 1, next - dot - 1)))});
      dot = next;
    }
    storeName(a->asname, module, loc);
  }
}

void CodeGen::importFrom(ImportFromStmt *s) {
  TempScope scope(*this);
  SourceRange loc = at(s);
  if (s->module && s->level == 0 && s->module->view() == "__future__" && s->loc.line > shared_.lastFutureLine)
    return fail(s->loc, "from __future__ imports must occur at the beginning of the file");
  std::vector<CodeConst> names;
  for (Alias *a : s->names) {
    names.push_back(CodeConst::ofStr(std::string(a->name->view())));
    names.back().interned = true;
  }
  Reg module = temp(), level = kConstBank + constantIndex(CodeConst::ofInt(s->level));
  Reg list = kConstBank + constantIndex(CodeConst::ofTuple(std::move(names)));
  emit(Opcode::ImportName, loc, {module, nameIndex(s->module ? s->module : intern("")), level, list});
  for (Alias *a : s->names) {
    if (a->name->view() == "*")
      return emit(Opcode::ImportStar, loc, {module});
    Identifier target = a->asname ? a->asname : a->name;
    checkForbidden(target, s->loc, ExprContext::Store);
    Reg local = localOf(target);
    TempScope inner(*this);
    Reg value = local != kAbsent ? local : temp();
    emit(Opcode::ImportFrom, loc, {value, module, nameIndex(a->name)});
    storeName(target, value, loc);
  }
}

} // namespace krait

// List, tuple, set and dict displays. Short ones are built from a run of registers at once; long ones, and
// those with unpacking, grow element by element.
#include "compiler/frontend/codegen.h"

namespace krait {

using namespace ast;

static constexpr uint32_t kMostAtOnce = 48; // elements in a run of registers

static bool hasStar(Seq<Expr *> elts) {
  for (Expr *e : elts)
    if (e->kind == NodeKind::StarredExpr)
      return true;
  return false;
}

/// If all of [elts] are constants, and enough of them for it to pay, collects them.
bool CodeGen::constantItems(Seq<Expr *> elts, std::vector<CodeConst> &items) {
  if (elts.size() < 3)
    return false;
  for (Expr *e : elts)
    if (!constantOf(e))
      return false;
  for (Expr *e : elts)
    items.push_back(toConstant(*constantOf(e)));
  return true;
}

/// Appends [elts] from number [skip] on to the list in [list].
void CodeGen::starredList(Seq<Expr *> elts, unsigned skip, Reg list, const SourceRange &loc) {
  for (uint32_t i = skip; i < elts.size(); ++i) {
    TempScope scope(*this);
    auto *starred = as<StarredExpr>(elts[i]);
    Reg value = operand(starred ? starred->value : elts[i]);
    emit(starred ? Opcode::ListExtend : Opcode::ListAppend, loc, {list, value});
  }
}

void CodeGen::listOrTuple(Expr *e, Seq<Expr *> elts, Reg dest, bool isTuple) {
  SourceRange loc = at(e);
  std::vector<CodeConst> items;
  if (constantItems(elts, items)) {
    if (isTuple)
      return loadConst(dest, CodeConst::ofTuple(std::move(items)), loc);
    Reg list = early(dest);
    emit(Opcode::BuildList, loc, {list, list, 0});
    emit(Opcode::ListExtend, loc, {list, kConstBank + constantIndex(CodeConst::ofTuple(std::move(items)))});
    return move(dest, list, loc);
  }
  bool stars = hasStar(elts);
  if (!stars && elts.size() <= kMostAtOnce) {
    Reg window = kTempBank + nextTemp_;
    for (Expr *elt : elts)
      into(elt, temp());
    return emit(isTuple ? Opcode::BuildTuple : Opcode::BuildList, loc,
                {dest, elts.empty() ? 0 : window, elts.size()});
  }
  Reg list = isTuple ? temp() : early(dest);
  // What stands before the first star makes the list.
  uint32_t plain = 0;
  {
    TempScope scope(*this);
    Reg window = kTempBank + nextTemp_;
    while (plain < elts.size() && plain < kMostAtOnce && elts[plain]->kind != NodeKind::StarredExpr)
      into(elts[plain++], temp());
    emit(Opcode::BuildList, loc, {list, plain ? window : list, plain});
  }
  starredList(elts, plain, list, loc);
  if (isTuple)
    emit(Opcode::ListToTuple, loc, {dest, list});
  else
    move(dest, list, loc);
}

void CodeGen::setDisplay(SetExpr *e, Reg dest) {
  SourceRange loc = at(e);
  Reg set = early(dest);
  std::vector<CodeConst> items;
  if (constantItems(e->elts, items)) {
    emit(Opcode::BuildSet, loc, {set, set, 0});
    emit(Opcode::SetUpdate, loc, {set, kConstBank + constantIndex(CodeConst::ofTuple(std::move(items)))});
    return move(dest, set, loc);
  }
  uint32_t plain = 0;
  {
    TempScope scope(*this);
    Reg window = kTempBank + nextTemp_;
    while (plain < e->elts.size() && plain < kMostAtOnce && e->elts[plain]->kind != NodeKind::StarredExpr)
      into(e->elts[plain++], temp());
    emit(Opcode::BuildSet, loc, {plain == e->elts.size() ? dest : set, plain ? window : set, plain});
  }
  if (plain == e->elts.size())
    return;
  for (uint32_t i = plain; i < e->elts.size(); ++i) {
    TempScope scope(*this);
    auto *starred = as<StarredExpr>(e->elts[i]);
    Reg value = operand(starred ? starred->value : e->elts[i]);
    emit(starred ? Opcode::SetUpdate : Opcode::SetAdd, loc, {set, value});
  }
  move(dest, set, loc);
}

void CodeGen::dictDisplay(DictExpr *e, Reg dest) {
  SourceRange loc = at(e);
  uint32_t count = e->values.size(), plain = 0;
  while (plain < count && plain < kMostAtOnce / 2 && e->keys[plain])
    ++plain;
  Reg dict = plain == count ? dest : early(dest);
  {
    TempScope scope(*this);
    Reg window = kTempBank + nextTemp_;
    for (uint32_t i = 0; i < plain; ++i) {
      into(e->keys[i], temp());
      into(e->values[i], temp());
    }
    emit(Opcode::BuildDict, loc, {dict, plain ? window : 0, plain});
  }
  for (uint32_t i = plain; i < count; ++i) {
    TempScope scope(*this);
    if (e->keys[i]) {
      Reg key = operandBefore(e->keys[i], {e->values[i]});
      Reg value = operand(e->values[i]);
      emit(Opcode::DictSet, loc, {dict, key, value});
    } else {
      emit(Opcode::DictUpdate, loc, {dict, operand(e->values[i])});
    }
  }
  move(dest, dict, loc);
}

} // namespace krait

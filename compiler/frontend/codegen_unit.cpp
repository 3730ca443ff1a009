// CodeGen's foundation: emission of instructions, tables of constants and names, and access to variables
// wherever they live.
#include "compiler/frontend/codegen.h"

#include <algorithm>

namespace krait {

using namespace ast;

CodeGen::CodeGen(Compilation &shared, CodeGen *parent, Scope *scope, std::string name, uint32_t firstLine)
    : shared_(shared), parent_(parent), scope_(scope), name_(std::move(name)), firstLine_(firstLine),
      isModuleLike_(!scope->isFunction()), unit_(std::make_shared<CodeUnit>()) {
  if (parent)
    className_ = parent->className_;
  qualname_ = qualifiedName();
  for (const Symbol &symbol : scope->symbols) {
    if (symbol.place == NamePlace::Cell)
      cells_.push_back(symbol.name);
    else if (symbol.place == NamePlace::Free || (symbol.flags & kSymFreeClass))
      frees_.push_back(symbol.name);
  }
  if (scope->needsClassClosure)
    cells_.push_back(intern("__class__"));
  auto byText = [](Identifier a, Identifier b) { return a->view() < b->view(); };
  // As CPython has them: parameters that are cells first, in their order, then the others by name.
  std::sort(cells_.begin(), cells_.end(), byText);
  auto place = cells_.begin();
  for (Identifier param : scope->params)
    if (auto it = std::find(place, cells_.end(), param); it != cells_.end()) {
      std::rotate(place, it, it + 1);
      ++place;
    }
  std::sort(frees_.begin(), frees_.end(), byText);
  for (Identifier param : scope->params)
    localReg(param);
}

/// The qualified name: that of the parent, with <locals> where it is a function, unless a global statement in
/// the parent makes this a global.
std::string CodeGen::qualifiedName() const {
  if (!parent_ || parent_->scope_->kind == ScopeKind::Module)
    return name_;
  bool forced = false;
  if (scope_->kind == ScopeKind::Class || as<FunctionDefStmt>(scope_->node) ||
      as<AsyncFunctionDefStmt>(scope_->node)) {
    Identifier mangled = parent_->mangle(scope_->name);
    Symbol *symbol = parent_->scope_->find(mangled);
    forced = symbol && symbol->place == NamePlace::GlobalExplicit;
  }
  if (forced)
    return name_;
  const Scope &outer = *parent_->scope_;
  bool locals = outer.isFunction() && outer.comprehension == ComprehensionKind::None;
  return parent_->qualname_ + (locals ? ".<locals>." : ".") + name_;
}

// ---- Emission -----------------------------------------------------------------------------------------

void CodeGen::emit(Opcode op, const SourceRange &loc, std::initializer_list<uint32_t> ops) {
  Inst &inst = code_.emplace_back();
  inst.op = op;
  inst.region = region_;
  inst.loc = loc;
  std::copy(ops.begin(), ops.end(), inst.ops);
}

void CodeGen::emitJump(Label target, const SourceRange &loc) { emit(Opcode::Jump, loc, {target}); }

Label CodeGen::newLabel() {
  labels_.push_back(~0u);
  return Label(labels_.size() - 1);
}

void CodeGen::place(Label label) { labels_[label] = uint32_t(code_.size()); }

int32_t CodeGen::newRegion(Label handler, Reg reg) {
  regions_.push_back({handler, reg});
  return int32_t(regions_.size() - 1);
}

Reg CodeGen::temp() { return temps(1); }

Reg CodeGen::temps(unsigned count) {
  Reg first = kTempBank + nextTemp_;
  nextTemp_ += count;
  maxTemp_ = std::max(maxTemp_, nextTemp_);
  return first;
}

uint32_t CodeGen::constantIndex(CodeConst value) {
  uint64_t hash = value.hash();
  auto [first, last] = constIndex_.equal_range(hash);
  for (; first != last; ++first)
    if (unit_->consts[first->second].identical(value))
      return first->second;
  uint32_t index = uint32_t(unit_->consts.size());
  unit_->consts.push_back(std::move(value));
  constIndex_.emplace(hash, index);
  return index;
}

uint32_t CodeGen::nameIndex(Identifier name) {
  auto [it, added] = nameIndex_.try_emplace(name, uint32_t(unit_->names.size()));
  if (added)
    unit_->names.emplace_back(name->view());
  return it->second;
}

void CodeGen::loadConst(Reg dest, CodeConst value, const SourceRange &loc) {
  emit(Opcode::LoadConst, loc, {dest, constantIndex(std::move(value))});
}

void CodeGen::move(Reg dest, Reg source, const SourceRange &loc) {
  if (isConstReg(source))
    emit(Opcode::LoadConst, loc, {dest, source - kConstBank});
  else if (dest != source)
    emit(Opcode::Move, loc, {dest, source});
}

void CodeGen::prologue() {
  uint32_t flags = unit_->flags;
  SourceRange none;
  if (flags & (kCodeGenerator | kCodeCoroutine | kCodeAsyncGenerator))
    emit(Opcode::ReturnGenerator, {int32_t(firstLine_), int32_t(firstLine_), -1, -1});
  for (size_t i = 0; i < cells_.size(); ++i)
    emit(Opcode::MakeCell, none, {ownCellReg(i)});
  if (!frees_.empty())
    emit(Opcode::LoadFree, none, {kFreeBank, uint32_t(frees_.size())});
}

// ---- Variables ----------------------------------------------------------------------------------------

Reg CodeGen::localReg(Identifier mangled) {
  auto [it, added] = localIndex_.try_emplace(mangled, uint32_t(locals_.size()));
  if (added)
    locals_.push_back(mangled);
  return kLocalBank + it->second;
}

Reg CodeGen::cellReg(Identifier mangled) {
  for (uint32_t i = 0; i < frees_.size(); ++i)
    if (frees_[i] == mangled)
      return kFreeBank + i;
  for (size_t i = 0; i < cells_.size(); ++i)
    if (cells_[i] == mangled)
      return ownCellReg(i);
  KRAIT_UNREACHABLE("%s has no cell", mangled->c_str());
}

Reg CodeGen::ownCellReg(size_t index) {
  auto isParam = [this](Identifier name) {
    return std::find(scope_->params.begin(), scope_->params.end(), name) != scope_->params.end();
  };
  if (isParam(cells_[index]))
    return localReg(cells_[index]);
  return kCellBank +
         uint32_t(index - size_t(std::count_if(cells_.begin(), cells_.begin() + ptrdiff_t(index), isParam)));
}

Reg CodeGen::closureReg(Identifier name) {
  if (scope_->needsClassClosure && name->view() == "__class__")
    return ownCellReg(size_t(std::find(cells_.begin(), cells_.end(), name) - cells_.begin()));
  return cellReg(name);
}

CodeGen::Variable CodeGen::variable(Identifier mangled) {
  const Symbol *symbol = scope_->find(mangled);
  if (!symbol)
    return {isModuleLike_ ? NamePlace::Unknown : NamePlace::GlobalImplicit};
  switch (symbol->place) {
  case NamePlace::Local:
    return isModuleLike_ ? Variable{NamePlace::Unknown, kAbsent, symbol}
                         : Variable{NamePlace::Local, localReg(mangled), symbol};
  case NamePlace::Free:
  case NamePlace::Cell:
    return {symbol->place, cellReg(mangled), symbol};
  case NamePlace::GlobalImplicit:
  case NamePlace::Unknown:
    return {isModuleLike_ ? NamePlace::Unknown : NamePlace::GlobalImplicit, kAbsent, symbol};
  case NamePlace::GlobalExplicit:
    break;
  }
  return {NamePlace::GlobalExplicit, kAbsent, symbol};
}

Reg CodeGen::localOf(Identifier name) {
  if (isModuleLike_)
    return kAbsent;
  Variable v = variable(mangle(name));
  return v.place == NamePlace::Local ? v.reg : kAbsent;
}

void CodeGen::loadName(Identifier name, Reg dest, const SourceRange &loc) {
  name = mangle(name);
  Variable v = variable(name);
  switch (v.place) {
  case NamePlace::Local:
    emit(Opcode::CheckLocal, loc, {v.reg});
    return move(dest, v.reg, loc);
  case NamePlace::Cell:
  case NamePlace::Free:
    return emit(scope_->kind == ScopeKind::Class ? Opcode::LoadClassCell : Opcode::LoadCell, loc,
                {dest, v.reg, nameIndex(name)});
  case NamePlace::Unknown:
    return emit(Opcode::LoadName, loc, {dest, nameIndex(name)});
  default:
    return emit(Opcode::LoadGlobal, loc, {dest, nameIndex(name)});
  }
}

void CodeGen::storeName(Identifier name, Reg value, const SourceRange &loc) {
  name = mangle(name);
  Variable v = variable(name);
  switch (v.place) {
  case NamePlace::Local:
    return move(v.reg, value, loc);
  case NamePlace::Cell:
  case NamePlace::Free:
    return emit(Opcode::StoreCell, loc, {v.reg, value});
  case NamePlace::Unknown:
    return emit(Opcode::StoreName, loc, {nameIndex(name), value});
  default:
    return emit(Opcode::StoreGlobal, loc, {nameIndex(name), value});
  }
}

void CodeGen::deleteName(Identifier name, const SourceRange &loc) {
  name = mangle(name);
  Variable v = variable(name);
  switch (v.place) {
  case NamePlace::Local:
    return emit(Opcode::DeleteLocal, loc, {v.reg});
  case NamePlace::Cell:
  case NamePlace::Free:
    return emit(Opcode::DeleteCell, loc, {v.reg, nameIndex(name)});
  case NamePlace::Unknown:
    return emit(Opcode::DeleteName, loc, {nameIndex(name)});
  default:
    return emit(Opcode::DeleteGlobal, loc, {nameIndex(name)});
  }
}

bool CodeGen::checkForbidden(Identifier name, const Location &loc, ExprContext ctx) {
  if (name->view() != "__debug__" || ctx == ExprContext::Load)
    return true;
  fail(loc, ctx == ExprContext::Store ? "cannot assign to __debug__" : "cannot delete __debug__");
  return false;
}

// ---- Constants ----------------------------------------------------------------------------------------

CodeConst toConstant(const ast::Constant &value) {
  switch (value.kind) {
  case ConstantKind::None:
    return CodeConst::none();
  case ConstantKind::True:
    return CodeConst::boolean(true);
  case ConstantKind::False:
    return CodeConst::boolean(false);
  case ConstantKind::Ellipsis:
    return CodeConst::ellipsis();
  case ConstantKind::Int: {
    int64_t small;
    if (value.fitsInt64(small))
      return CodeConst::ofInt(small);
    CodeConst c = CodeConst::ofKind(ConstKind::BigInt);
    c.negative = value.negative;
    c.limbs.assign(value.limbs, value.limbs + value.limbCount);
    return c;
  }
  case ConstantKind::Float:
    return CodeConst::ofFloat(value.real);
  case ConstantKind::Complex: {
    CodeConst c = CodeConst::ofKind(ConstKind::Complex);
    c.real = value.real;
    c.imag = value.imag;
    return c;
  }
  case ConstantKind::Str:
    return CodeConst::ofStr(std::string(value.text.view()));
  case ConstantKind::Bytes:
    return CodeConst::ofBytes(std::string(value.text.view()));
  case ConstantKind::Tuple:
  case ConstantKind::FrozenSet: {
    CodeConst c =
        CodeConst::ofKind(value.kind == ConstantKind::Tuple ? ConstKind::Tuple : ConstKind::FrozenSet);
    for (const ast::Constant *item : value.items)
      c.items.push_back(toConstant(*item));
    return c;
  }
  }
  return CodeConst::none();
}

bool constantTruth(const ast::Constant &value) {
  switch (value.kind) {
  case ConstantKind::None:
  case ConstantKind::False:
    return false;
  case ConstantKind::True:
  case ConstantKind::Ellipsis:
    return true;
  case ConstantKind::Int:
    return value.limbCount != 0;
  case ConstantKind::Float:
    return value.real != 0;
  case ConstantKind::Complex:
    return value.real != 0 || value.imag != 0;
  case ConstantKind::Str:
  case ConstantKind::Bytes:
    return value.text.size != 0;
  case ConstantKind::Tuple:
  case ConstantKind::FrozenSet:
    return !value.items.empty();
  }
  return true;
}

} // namespace krait

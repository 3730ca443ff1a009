// Result types: the rules that rows of Instructions.def name.
#include "compiler/hir/hir.h"

#include "compiler/support/check.h"

#include <algorithm>
#include <bit>

namespace krait::hir {

namespace {

using Wide = __int128;

struct Range {
  Wide lo, hi;
};

Range rangeOf(const Inst *value) {
  const Type &t = value->type;
  return t.hasRange() ? Range{t.lo(), t.hi()} : Range{kIntMin, kIntMax};
}

/// A range of machine integers, cut to 63 bits: beyond them the instruction leaves.
Type cintOf(Wide lo, Wide hi) {
  lo = std::max(lo, Wide(kIntMin)), hi = std::min(hi, Wide(kIntMax));
  return lo <= hi ? Type::cint(int64_t(lo), int64_t(hi)) : Type();
}

Type hull(std::initializer_list<Wide> values) { return cintOf(std::min(values), std::max(values)); }

/// The least 2^n - 1 that is not below [v] >= 0.
Wide maskOver(Wide v) { return v <= 0 ? 0 : (Wide(1) << std::bit_width(uint64_t(v))) - 1; }

Type andRange(Range a, Range b) {
  // x & y with y >= 0 lies in [0, y].
  if (a.lo >= 0 && b.lo >= 0)
    return cintOf(0, std::min(a.hi, b.hi));
  if (b.lo >= 0)
    return cintOf(0, b.hi);
  if (a.lo >= 0)
    return cintOf(0, a.hi);
  return cintOf(kIntMin, std::max(a.hi, b.hi));
}

Type orRange(Range a, Range b) {
  // Bits of both operands and no higher ones, for | and ^ alike.
  Wide mask = std::max({maskOver(a.hi), maskOver(b.hi), maskOver(-a.lo - 1), maskOver(-b.lo - 1)});
  return cintOf(a.lo >= 0 && b.lo >= 0 ? Wide(0) : -mask - 1, mask);
}

Type floorDivRange(Range a, Range b) {
  if (b.lo > 0) {
    auto floorDiv = [](Wide x, Wide y) { return x / y - (x % y != 0 && (x < 0) != (y < 0)); };
    return hull({floorDiv(a.lo, b.lo), floorDiv(a.lo, b.hi), floorDiv(a.hi, b.lo), floorDiv(a.hi, b.hi)});
  }
  Wide m = std::max(a.hi < 0 ? -a.hi : a.hi, a.lo < 0 ? -a.lo : a.lo);
  return cintOf(-m, m);
}

Type modRange(Range a, Range b) {
  if (b.lo > 0)
    return a.lo >= 0 ? cintOf(0, std::min(a.hi, b.hi - 1)) : cintOf(0, b.hi - 1);
  return cintOf(b.lo + 1 < 0 ? b.lo + 1 : 0, b.hi > 0 ? b.hi - 1 : 0);
}

Type shlRange(Range a, Range n) {
  if (n.lo < 0 || n.hi > 62)
    return a.lo >= 0 ? cintOf(0, kIntMax) : Type(Kind::CInt64);
  auto shl = [](Wide v, Wide c) { return v * (Wide(1) << int(c)); };
  return hull({shl(a.lo, n.lo), shl(a.lo, n.hi), shl(a.hi, n.lo), shl(a.hi, n.hi)});
}

Type shrRange(Range a, Range n) {
  int lo = int(std::clamp(n.lo, Wide(0), Wide(63))), hi = int(std::clamp(n.hi, Wide(0), Wide(63)));
  return hull({a.lo >> lo, a.lo >> hi, a.hi >> lo, a.hi >> hi});
}

/// The part of [value] for which cond with something in [b] can hold.
Type refined(const Type &value, Range b, Cond cond) {
  Range a{value.lo(), value.hi()};
  switch (cond) {
  case Cond::lt:
    return cintOf(a.lo, std::min(a.hi, b.hi - 1));
  case Cond::le:
    return cintOf(a.lo, std::min(a.hi, b.hi));
  case Cond::gt:
    return cintOf(std::max(a.lo, b.lo + 1), a.hi);
  case Cond::ge:
    return cintOf(std::max(a.lo, b.lo), a.hi);
  case Cond::eq:
    return cintOf(std::max(a.lo, b.lo), std::min(a.hi, b.hi));
  case Cond::ne:
    if (b.lo == b.hi)
      return cintOf(a.lo == b.lo ? a.lo + 1 : a.lo, a.hi == b.lo ? a.hi - 1 : a.hi);
    return value;
  }
  KRAIT_UNREACHABLE("cond");
}

Type arithmetic(const Inst &inst, ResultRule rule) {
  Range a = rangeOf(inst.operand(0)), b = rangeOf(inst.operand(1));
  switch (rule) {
  case ResultRule::add:
    return cintOf(a.lo + b.lo, a.hi + b.hi);
  case ResultRule::sub:
    return cintOf(a.lo - b.hi, a.hi - b.lo);
  case ResultRule::mul:
    return hull({a.lo * b.lo, a.lo * b.hi, a.hi * b.lo, a.hi * b.hi});
  case ResultRule::floorDiv:
    return floorDivRange(a, b);
  case ResultRule::mod:
    return modRange(a, b);
  case ResultRule::and_:
    return andRange(a, b);
  case ResultRule::or_:
    return orRange(a, b);
  case ResultRule::shl:
    return shlRange(a, b);
  case ResultRule::shr:
    return shrRange(a, b);
  case ResultRule::min:
    return cintOf(std::min(a.lo, b.lo), std::min(a.hi, b.hi));
  case ResultRule::max:
    return cintOf(std::max(a.lo, b.lo), std::max(a.hi, b.hi));
  case ResultRule::refine:
    return refined(inst.operand(0)->type, b, inst.cond());
  case ResultRule::guardIndex:
    return cintOf(std::max(a.lo, Wide(0)), std::min(a.hi, b.hi - 1));
  // A negative index of at least -size becomes one in [0, size).
  case ResultRule::wrap:
    return a.lo >= 0 ? cintOf(a.lo, a.hi) : cintOf(a.lo + b.lo, std::max(a.hi, b.hi - 1));
  default:
    KRAIT_UNREACHABLE("rule");
  }
}

Type boxIntType(const Type &value) { return Type::smallInt(value.lo(), value.hi()); }

/// What an operator gives for ints, bools and floats; any for other operands.
Type numberType(Opcode op, const Type &left, const Type &right) {
  if (op >= Opcode::InplaceAdd && op <= Opcode::InplaceXor)
    op = Opcode(unsigned(op) - unsigned(Opcode::InplaceAdd) + unsigned(Opcode::Add));
  const Type whole = Type::longInt() | Type(Kind::Bool), number = whole | Type(Kind::Float);
  if (left.isEmpty() || right.isEmpty() || !left.isSubtypeOf(number) || !right.isSubtypeOf(number))
    return Type::any();
  if (op >= Opcode::Lt && op <= Opcode::Ge)
    return Kind::Bool;
  bool ints = left.isSubtypeOf(whole) && right.isSubtypeOf(whole),
       real = left.is(Kind::Float) || right.is(Kind::Float);
  switch (op) {
  case Opcode::TrueDiv:
    return Kind::Float;
  case Opcode::Add:
  case Opcode::Sub:
  case Opcode::Mul:
  case Opcode::FloorDiv:
  case Opcode::Mod:
    return ints ? Type::longInt() : real ? Type(Kind::Float) : Type::any();
  case Opcode::LShift:
  case Opcode::RShift:
    return ints ? Type::longInt() : Type::any();
  case Opcode::And:
  case Opcode::Or:
  case Opcode::Xor:
    return ints ? Type::longInt() | (left & right & Type(Kind::Bool)) : Type::any();
  default:
    return Type::any();
  }
}

/// Results of generic operations that the language fixes.
Type genericType(const Inst &inst) {
  Opcode op = inst.bytecode();
  if (op >= Opcode::Add && op <= Opcode::Ge && inst.operands.size() >= 2)
    return numberType(op, inst.operand(0)->type, inst.operand(1)->type);
  switch (op) {
  case Opcode::Not:
  case Opcode::In:
  case Opcode::NotIn:
  case Opcode::CheckExcMatch:
  case Opcode::MatchMapping:
  case Opcode::MatchSequence:
    return Kind::Bool;
  case Opcode::BuildString:
  case Opcode::FormatValue:
    return Kind::Str;
  case Opcode::ListToTuple:
    return Kind::Tuple;
  case Opcode::MakeFunction:
    return Kind::Function;
  case Opcode::BuildSlice:
    return Kind::Slice;
  case Opcode::BuildSet:
    return Kind::Set;
  case Opcode::BuildDict:
    return Kind::Dict;
  case Opcode::MakeCell:
    return Kind::Cell;
  default: {
    const OpcodeInfo &info = opcodeInfo(op);
    bool writes = info.operands[0] == 'w' || info.operands[0] == 'x' || info.operands[0] == 'b';
    return writes ? Type::any() : Type();
  }
  }
}

/// Names of builtins and of native modules are functions as well as classes (range, int).
Type cellType(CellKind kind) {
  bool native = kind == CellKind::builtin || kind == CellKind::native;
  return native ? Type(Kind::Builtin) | Type(Kind::Class) | Type(Kind::Object) : Type(cellResultKind(kind));
}

/// Is slot [index] of [shape] a member of `__slots__`, which may be unset?
bool isMemberSlot(const std::string &shape, int64_t index) {
  size_t at = shape.find('{');
  for (; at != std::string::npos && index > 0; --index)
    at = shape.find(',', at + 1);
  return at != std::string::npos && shape.compare(at + 1, 1, ".") == 0 &&
         shape.compare(at + 1, 3, "...") != 0;
}

Type sizeType() { return Type::cint(0, (int64_t(1) << 47)); }

} // namespace

Type inferType(const Inst &inst) {
  const InstInfo &info = inst.info();
  if (!info.hasResult)
    return Type();
  const Type &row = info.result;
  auto type0 = [&] { return inst.operand(0)->type; };
  switch (info.rule) {
  case ResultRule::fixed:
    return row;
  case ResultRule::param:
    return inst.type;
  case ResultRule::constInt:
    return Type::cint(inst.imms[0], inst.imms[0]);
  case ResultRule::imm:
    return inst.typeImm;
  case ResultRule::boxInt:
    return boxIntType(type0());
  case ResultRule::unboxInt:
    return type0().hasRange() ? Type::cint(type0().lo(), type0().hi()) : row;
  case ResultRule::boolInt:
    return Type::cint(0, 1);
  case ResultRule::guard:
    return type0() & inst.typeImm.kindsOnly();
  case ResultRule::guardShape:
    return Type::object(uint32_t(inst.imms[0]));
  case ResultRule::cell:
  case ResultRule::layout:
    if (info.rule == ResultRule::layout)
      return layoutKind(Layout(inst.imms[0]));
    return inst.block ? cellType(inst.block->function->module->cells[size_t(inst.imms[0])].kind) : row;
  case ResultRule::slot:
    return inst.block && isMemberSlot(inst.block->function->module->cells[size_t(inst.imms[0])].descriptor,
                                      inst.imms[1])
               ? row
               : Type::any();
  case ResultRule::shape:
    return Type::object(uint32_t(inst.imms[0]));
  case ResultRule::field:
    return fieldInfo(Field(inst.imms[0])).type;
  case ResultRule::size:
    return sizeType();
  case ResultRule::bound:
    return type0().without(Kind::Unbound);
  case ResultRule::generic:
    return genericType(inst);
  case ResultRule::length:
    return Type::cint(0, kIntMax);
  case ResultRule::pick: {
    Type all;
    for (size_t i = 1; i < inst.operands.size(); ++i)
      all = all | inst.operand(i)->type;
    return all;
  }
  default:
    return arithmetic(inst, info.rule);
  }
}

} // namespace krait::hir

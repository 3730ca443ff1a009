// simplify: local algebra. One function per family of instructions; each returns a value that replaces the
// instruction, or changes it in place into a cheaper form, using only its operands and their types. The
// rules:
//
//   - a replacement is equal for every execution that reaches the instruction, types included;
//   - a guard goes when the operand's type implies it; its result is then its operand;
//   - nothing is moved, and no effect is dropped but by turning a checked form into the exact one.
#include "compiler/frontend/code_unit.h"
#include "compiler/hir/builder.h"
#include "compiler/passes/pass.h"

#include <bit>
#include <cmath>

namespace krait::hir {

namespace {

class Simplify {
public:
  explicit Simplify(Function &f) : f_(f), builder_(&f) {}

  bool run() {
    for (Block *b : f_.blocks)
      block(b);
    f_.applyForwards();
    return changed_;
  }

private:
  void block(Block *b) {
    std::vector<Inst *> out;
    builder_.into(b, &out);
    for (Inst *inst : b->insts) {
      for (Inst *&v : inst->operands)
        v = Function::resolve(v);
      Inst *to = inst->unwind.target ? nullptr : fold(inst);
      if (to && to != inst) {
        Function::replace(inst, to);
        inst->block = nullptr;
        changed_ = true;
        continue;
      }
      if (drop_) {
        drop_ = false;
        inst->block = nullptr;
        changed_ = true;
        continue;
      }
      out.push_back(inst);
    }
    b->insts = std::move(out);
  }

  Inst *fold(Inst *inst) {
    switch (inst->op) {
    case Op::UnboxInt:
    case Op::UnboxFloat:
    case Op::UnboxBool:
      return foldUnbox(inst);
    case Op::BoxInt:
    case Op::BoxFloat:
    case Op::BoxBool:
      return foldBox(inst);
    case Op::BoolToInt:
    case Op::NotBool:
    case Op::IntToFloat:
      return foldConvert(inst);
    case Op::GuardType:
    case Op::RefineType:
      return foldGuardType(inst);
    case Op::CheckBound:
    case Op::CheckCell:
      return inst->operand(0)->type.has(Kind::Unbound) ? nullptr : inst->operand(0);
    case Op::GuardTrue:
    case Op::GuardFalse:
      return foldGuardTruth(inst);
    case Op::GuardIndex:
      return foldGuardIndex(inst);
    case Op::WrapIndex:
      return inst->operand(0)->type.lo() >= 0 ? inst->operand(0) : nullptr;
    case Op::HasType:
      return foldHasType(inst);
    case Op::IsBound:
      return foldIsBound(inst);
    case Op::Is:
      return foldIs(inst);
    case Op::Truth:
      return foldTruth(inst);
    case Op::CompareInt:
      return foldCompareInt(inst);
    case Op::CompareFloat:
      return foldCompareFloat(inst);
    case Op::PickItem:
      return foldPick(inst);
    case Op::MinInt:
    case Op::MaxInt:
      return foldMinMax(inst);
    case Op::NegFloat:
      return isFloat(inst->operand(0)) ? real(-inst->operand(0)->floatValue()) : nullptr;
    case Op::AddFloat:
    case Op::SubFloat:
    case Op::MulFloat:
      return foldFloat(inst);
    case Op::TupleSize:
      return foldTupleSize(inst);
    case Op::LoadTupleItem:
      return foldTupleItem(inst);
    case Op::LoadField:
      return foldConstantField(inst);
    case Op::LoadClosure:
      return foldClosure(inst);
    case Op::RangeLength:
      return foldRangeLength(inst);
    case Op::Branch:
      return foldBranch(inst);
    default:
      return inst->operands.size() == 2 && inst->type.is(Kind::CInt64) ? foldInt(inst) : nullptr;
    }
  }

  // ---- Constants
  static bool isInt(const Inst *v) { return v->is(Op::ConstInt); }
  static bool isFloat(const Inst *v) { return v->is(Op::ConstFloat); }
  static bool isInt(const Inst *v, int64_t n) { return isInt(v) && v->imms[0] == n; }
  Inst *integer(int64_t v) { return builder_.constInt(v); }
  Inst *real(double v) { return builder_.constFloat(v); }
  Inst *truth(bool v) { return builder_.constBool(v); }
  /// Turns [inst] into another opcode with the same operands; the frame state goes if the new one needs none.
  Inst *become(Inst *inst, Op op, std::vector<int64_t> imms = {}) {
    inst->op = op;
    inst->imms = std::move(imms);
    if (!inst->info().needsState())
      inst->state = nullptr;
    inst->type = inst->type & inferType(*inst);
    changed_ = true;
    return nullptr;
  }
  Inst *drop() {
    drop_ = true;
    return nullptr;
  }

  // ---- Boxes
  static Inst *throughGuards(Inst *v) {
    while (v->is(Op::GuardType) || v->is(Op::RefineType) || v->is(Op::CheckBound))
      v = v->operand(0);
    return v;
  }
  static Inst *throughRefinements(Inst *v) {
    while (v->is(Op::RefineInt) || v->is(Op::GuardIndex))
      v = v->operand(0);
    return v;
  }

  /// Unbox(Box x) = x, also through guards: they only say what the box shows by itself.
  Inst *foldUnbox(Inst *inst) {
    Inst *v = throughGuards(inst->operand(0));
    bool pair = (inst->is(Op::UnboxInt) && v->is(Op::BoxInt)) ||
                (inst->is(Op::UnboxFloat) && v->is(Op::BoxFloat)) ||
                (inst->is(Op::UnboxBool) && v->is(Op::BoxBool));
    return pair ? v->operand(0) : nullptr;
  }

  /// Box(Unbox x) = x. A float may change its identity by it, never its value.
  Inst *foldBox(Inst *inst) {
    Inst *v = inst->operand(0);
    bool pair = (inst->is(Op::BoxInt) && v->is(Op::UnboxInt)) ||
                (inst->is(Op::BoxFloat) && v->is(Op::UnboxFloat)) ||
                (inst->is(Op::BoxBool) && v->is(Op::UnboxBool));
    return pair ? v->operand(0) : nullptr;
  }

  Inst *foldConvert(Inst *inst) {
    Inst *v = inst->operand(0);
    if (inst->is(Op::IntToFloat))
      return isInt(v) ? real(double(v->imms[0])) : nullptr;
    if (v->is(Op::ConstBool))
      return inst->is(Op::NotBool) ? truth(!v->imms[0]) : integer(v->imms[0]);
    if (!inst->is(Op::NotBool))
      return nullptr;
    if (v->is(Op::NotBool))
      return v->operand(0);
    // not (a < b) = a >= b for ints; floats differ at NaN.
    return v->is(Op::CompareInt) ? builder_.compareInt(v->operand(0), v->operand(1), negated(v->cond()))
                                 : nullptr;
  }

  // ---- Guards and tests of types
  Inst *foldGuardType(Inst *inst) {
    Inst *v = inst->operand(0);
    if (v->type.kindsOnly().isSubtypeOf(inst->typeImm.kindsOnly()))
      return v;
    return nullptr;
  }

  Inst *foldGuardTruth(Inst *inst) {
    Inst *v = inst->operand(0);
    if (v->is(Op::NotBool)) {
      inst->op = inst->is(Op::GuardTrue) ? Op::GuardFalse : Op::GuardTrue;
      inst->operands[0] = v->operand(0);
      changed_ = true;
      return nullptr;
    }
    bool holds = v->is(Op::ConstBool) && bool(v->imms[0]) == inst->is(Op::GuardTrue);
    return holds ? drop() : nullptr;
  }

  /// Does the chain of names of [v] show v < [limit]?
  static bool knownLess(Inst *v, Inst *limit) {
    Inst *root = throughRefinements(limit);
    for (; v->is(Op::RefineInt) || v->is(Op::GuardIndex); v = v->operand(0)) {
      bool less = v->is(Op::GuardIndex) || v->cond() == Cond::lt;
      if (less && throughRefinements(v->operand(1)) == root)
        return true;
    }
    return false;
  }

  Inst *foldGuardIndex(Inst *inst) {
    Inst *index = inst->operand(0), *size = inst->operand(1);
    bool below = index->type.hi() < size->type.lo() || knownLess(index, size);
    return index->type.lo() >= 0 && below ? index : nullptr;
  }

  Inst *foldHasType(Inst *inst) {
    Type t = inst->operand(0)->type.kindsOnly(), want = inst->typeImm.kindsOnly();
    if (t.isEmpty())
      return nullptr;
    return t.isSubtypeOf(want) ? truth(true) : t.isDisjointFrom(want) ? truth(false) : nullptr;
  }

  Inst *foldIsBound(Inst *inst) {
    const Type &t = inst->operand(0)->type;
    return !t.has(Kind::Unbound) ? truth(true) : t.is(Kind::Unbound) ? truth(false) : nullptr;
  }

  Inst *foldIs(Inst *inst) {
    Inst *a = inst->operand(0), *b = inst->operand(1);
    if (a == b)
      return truth(true);
    // Types are sets of values: disjoint ones have no common object. Only the words of constants tell
    // equality.
    if (a->type.kindsOnly().isDisjointFrom(b->type.kindsOnly()))
      return truth(false);
    bool sameConstant = (a->type.is(Kind::None) && b->type.is(Kind::None)) ||
                        (a->type.is(Kind::Unbound) && b->type.is(Kind::Unbound));
    return sameConstant ? truth(true) : nullptr;
  }

  /// Truth of types whose truth needs no Python code.
  Inst *foldTruth(Inst *inst) {
    Inst *v = inst->operand(0);
    const Type &t = v->type;
    if (t.is(Kind::Bool))
      return builder_.unboxBool(v);
    if (t.is(Kind::None))
      return truth(false);
    if (t.is(Kind::Int))
      return builder_.compareInt(builder_.unboxInt(v), integer(0), Cond::ne);
    if (t.is(Kind::Float))
      return builder_.compareFloat(builder_.unboxFloat(v), real(0.0), Cond::ne);
    if (t.isSubtypeOf(Type::longInt()) && throughGuards(v)->is(Op::BoxInt))
      return builder_.compareInt(throughGuards(v)->operand(0), integer(0), Cond::ne);
    if (t.is(Kind::Str))
      return builder_.compareInt(builder_.strSize(v), integer(0), Cond::ne);
    if (t.is(Kind::List))
      return builder_.compareInt(builder_.listSize(v), integer(0), Cond::ne);
    if (t.is(Kind::Tuple))
      return builder_.compareInt(builder_.tupleSize(v), integer(0), Cond::ne);
    if (t.is(Kind::Dict))
      return builder_.compareInt(builder_.dictSize(v), integer(0), Cond::ne);
    const Type always = Type(Kind::Function) | Type(Kind::Builtin) | Type(Kind::Method) | Type(Kind::Module) |
                        Type(Kind::Code) | Type(Kind::Generator) | Type(Kind::BigInt);
    return t.isSubtypeOf(always) ? truth(true) : nullptr;
  }

  // ---- Comparisons
  Inst *foldCompareInt(Inst *inst) {
    Inst *a = inst->operand(0), *b = inst->operand(1);
    const Type &s = a->type, &t = b->type;
    if (throughRefinements(a) == throughRefinements(b))
      return truth(inst->cond() == Cond::le || inst->cond() == Cond::ge || inst->cond() == Cond::eq);
    bool less = s.hi() < t.lo() || knownLess(a, b), greater = s.lo() > t.hi() || knownLess(b, a);
    bool notGreater = less || s.hi() <= t.lo(), notLess = greater || s.lo() >= t.hi();
    bool equal = s.isConstantInt() && t.isConstantInt() && s.lo() == t.lo();
    switch (inst->cond()) {
    case Cond::lt:
      return less ? truth(true) : notLess ? truth(false) : nullptr;
    case Cond::ge:
      return less ? truth(false) : notLess ? truth(true) : nullptr;
    case Cond::gt:
      return greater ? truth(true) : notGreater ? truth(false) : nullptr;
    case Cond::le:
      return greater ? truth(false) : notGreater ? truth(true) : nullptr;
    case Cond::eq:
      return equal ? truth(true) : less || greater ? truth(false) : boolAgain(inst);
    case Cond::ne:
      return equal ? truth(false) : less || greater ? truth(true) : boolAgain(inst);
    }
    return nullptr;
  }

  /// int(b) == 0 is not b, int(b) != 0 is b.
  Inst *boolAgain(Inst *inst) {
    Inst *a = inst->operand(0);
    if (!a->is(Op::BoolToInt) || !isInt(inst->operand(1), 0))
      return nullptr;
    return inst->cond() == Cond::ne ? a->operand(0) : builder_.notBool(a->operand(0));
  }

  Inst *foldCompareFloat(Inst *inst) {
    Inst *a = inst->operand(0), *b = inst->operand(1);
    if (!isFloat(a) || !isFloat(b))
      return nullptr;
    double x = a->floatValue(), y = b->floatValue();
    switch (inst->cond()) {
    case Cond::lt:
      return truth(x < y);
    case Cond::le:
      return truth(x <= y);
    case Cond::eq:
      return truth(x == y);
    case Cond::ne:
      return truth(x != y);
    case Cond::gt:
      return truth(x > y);
    case Cond::ge:
      return truth(x >= y);
    }
    return nullptr;
  }

  // ---- Arithmetic
  Inst *foldMinMax(Inst *inst) {
    Inst *a = inst->operand(0), *b = inst->operand(1);
    bool aLess = a->type.hi() <= b->type.lo(), bLess = b->type.hi() <= a->type.lo();
    return aLess ? (inst->is(Op::MinInt) ? a : b) : bLess ? (inst->is(Op::MinInt) ? b : a) : nullptr;
  }

  Inst *foldPick(Inst *inst) {
    Inst *index = inst->operand(0);
    bool inside = isInt(index) && uint64_t(index->imms[0]) < inst->operands.size() - 1;
    return inside ? inst->operand(size_t(index->imms[0]) + 1) : nullptr;
  }

  Inst *foldFloat(Inst *inst) {
    Inst *a = inst->operand(0), *b = inst->operand(1);
    if (!isFloat(a) || !isFloat(b))
      return nullptr;
    double x = a->floatValue(), y = b->floatValue();
    return real(inst->is(Op::AddFloat) ? x + y : inst->is(Op::SubFloat) ? x - y : x * y);
  }

  /// A checked form whose operands' ranges rule the failure out becomes the exact form.
  Op exactForm(Inst *inst) {
    const Type &a = inst->operand(0)->type, &b = inst->operand(1)->type;
    __int128 lo = a.lo(), hi = a.hi(), lo2 = b.lo(), hi2 = b.hi();
    auto fits = [](__int128 l, __int128 h) { return l >= kIntMin && h <= kIntMax; };
    switch (inst->op) {
    case Op::GuardAddInt:
      return fits(lo + lo2, hi + hi2) ? Op::AddInt : inst->op;
    case Op::GuardSubInt:
      return fits(lo - hi2, hi - lo2) ? Op::SubInt : inst->op;
    case Op::GuardMulInt: {
      __int128 p[] = {lo * lo2, lo * hi2, hi * lo2, hi * hi2};
      return fits(std::min({p[0], p[1], p[2], p[3]}), std::max({p[0], p[1], p[2], p[3]})) ? Op::MulInt
                                                                                          : inst->op;
    }
    case Op::GuardFloorDivInt:
      return lo2 > 0 || (hi2 < 0 && lo > kIntMin) ? Op::FloorDivInt : inst->op;
    case Op::GuardModInt:
      return lo2 > 0 || hi2 < 0 ? Op::ModInt : inst->op;
    case Op::GuardShrInt:
      return lo2 >= 0 ? Op::ShrInt : inst->op;
    case Op::GuardShlInt: {
      if (lo2 < 0 || hi2 > 62)
        return inst->op;
      __int128 scale = __int128(1) << int(hi2);
      return fits(std::min(lo * scale, lo), std::max(hi * scale, hi)) ? Op::ShlInt : inst->op;
    }
    default:
      return inst->op;
    }
  }

  Inst *foldInt(Inst *inst) {
    Inst *a = inst->operand(0), *b = inst->operand(1);
    if (inst->type.isConstantInt() && isPure(*inst) && !isInt(inst))
      return integer(inst->type.lo());
    switch (inst->op) {
    case Op::AddInt:
    case Op::GuardAddInt:
      if (isInt(a, 0)) // 0 + x = x
        return b;
      [[fallthrough]];
    case Op::SubInt:
    case Op::GuardSubInt:
    case Op::OrInt:
    case Op::XorInt:
    case Op::ShlInt:
    case Op::ShrInt:
    case Op::GuardShlInt:
    case Op::GuardShrInt:
      if (isInt(b, 0)) // x + 0 = x - 0 = x | 0 = x << 0 = x
        return a;
      break;
    case Op::MulInt:
    case Op::GuardMulInt:
      if (isInt(a, 1)) // 1 * x = x
        return b;
      [[fallthrough]];
    case Op::FloorDivInt:
    case Op::GuardFloorDivInt:
      if (isInt(b, 1)) // x * 1 = x // 1 = x
        return a;
      break;
    case Op::GuardPowInt:
      if (isInt(b, 2)) { // x ** 2 = x * x
        inst->operands[1] = a;
        return become(inst, Op::GuardMulInt, inst->imms);
      }
      return nullptr;
    default:
      break;
    }
    Op exact = exactForm(inst);
    return exact == inst->op ? nullptr : become(inst, exact);
  }

  /// The number of items of a range of known step 1, or of constants.
  Inst *foldRangeLength(Inst *inst) {
    Inst *start = inst->operand(0), *stop = inst->operand(1), *step = inst->operand(2);
    if (!isInt(step) || step->imms[0] == 0)
      return nullptr;
    // step 1: max(stop - start, 0), if the difference cannot overflow.
    __int128 widest = __int128(stop->type.hi()) - start->type.lo(),
             least = __int128(stop->type.lo()) - start->type.hi();
    if (step->imms[0] != 1 || widest > kIntMax || least < kIntMin)
      return nullptr;
    Inst *difference = isInt(start, 0) ? stop : builder_.subInt(stop, start);
    return builder_.maxInt(difference, integer(0));
  }

  // ---- Objects
  /// The tuple constant that [v] is; null if it is none or the code is not at hand.
  const Constant *constantTuple(Inst *v) const {
    const CodeUnit *unit = v->is(Op::LoadConst) ? f_.module->codes[size_t(v->imms[0])].unit : nullptr;
    const Constant *c = unit ? &unit->consts[size_t(v->imms[1])] : nullptr;
    return c && c->kind == ConstKind::Tuple ? c : nullptr;
  }

  Inst *foldTupleSize(Inst *inst) {
    Inst *tuple = throughGuards(inst->operand(0));
    if (const Constant *c = constantTuple(tuple))
      return integer(int64_t(c->items.size()));
    return tuple->is(Op::NewTuple) ? integer(int64_t(tuple->operands.size())) : nullptr;
  }

  /// A number or None in a constant tuple; other items stay loads.
  Inst *constantItem(const Constant &c) {
    if (c.kind == ConstKind::None)
      return builder_.constNone();
    if (c.kind == ConstKind::Int && c.integer >= kIntMin && c.integer <= kIntMax)
      return builder_.boxInt(integer(c.integer));
    return c.kind == ConstKind::Float ? builder_.boxFloat(real(c.real)) : nullptr;
  }

  Inst *foldTupleItem(Inst *inst) {
    Inst *tuple = throughGuards(inst->operand(0)), *index = inst->operand(1);
    const Constant *c = constantTuple(tuple);
    if (c && isInt(index) && size_t(index->imms[0]) < c->items.size())
      return constantItem(c->items[size_t(index->imms[0])]);
    if (!tuple->is(Op::NewTuple) || !isInt(index) || size_t(index->imms[0]) >= tuple->operands.size())
      return nullptr;
    return tuple->operand(size_t(index->imms[0]));
  }

  Inst *foldConstantField(Inst *inst) {
    const FieldInfo &field = fieldInfo(Field(inst->imms[0]));
    Inst *object = throughGuards(inst->operand(0));
    if (!field.constant || !object->is(Op::New) || Layout(object->imms[0]) != field.layout)
      return nullptr;
    return object->operand(field.index);
  }

  /// The closure of a function made here is the tuple it was made with: the last operand of NewFunction or MakeFunction.
  Inst *foldClosure(Inst *inst) {
    Inst *function = inst->operand(0);
    bool generic = function->is(Op::GenericOp) && function->bytecode() == Opcode::MakeFunction;
    if (!generic && !function->is(Op::NewFunction))
      return nullptr;
    Inst *closure = function->operands.back();
    size_t i = size_t(inst->imms[0]);
    if (!closure->is(Op::NewTuple) || i >= closure->operands.size())
      return nullptr;
    return builder_.refineType(closure->operand(i), Kind::Cell);
  }

  /// if not c then A else B = if c then B else A.
  Inst *foldBranch(Inst *inst) {
    if (!inst->operand(0)->is(Op::NotBool))
      return nullptr;
    inst->operands[0] = inst->operand(0)->operand(0);
    std::swap(inst->edges[0], inst->edges[1]);
    if (inst->imms[0] >= 0)
      inst->imms[0] = 1000 - inst->imms[0];
    changed_ = true;
    return nullptr;
  }

  Function &f_;
  Builder builder_;
  bool changed_ = false;
  bool drop_ = false;
};

} // namespace

bool simplify(Function &f, PassContext &) { return Simplify(f).run(); }

} // namespace krait::hir

// An evaluator of HIR for tests: runs functions whose HIR is free of generic operations on ints, floats,
// lists, tuples and instances, so that what the builder and the passes make can be compared with CPython.
// Slow and simple: a value is a tagged struct, and everything it does not know ends the run with a message. A
// guard that fails ends it too
// ("left: REASON"): inputs are to be such that none does.
#pragma once

#include "compiler/frontend/code_unit.h"
#include "compiler/hir/hir.h"

#include <charconv>
#include <cmath>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace krait::hir {

struct Item;
using ItemList = std::vector<Item>;
struct Thing {
  ItemList items;     // of lists and tuples; slots of instances; fields of layouts
  int64_t shape = -1; // of instances: the cell
};

/// A value: [kind] says which member counts. Bound cells are Builtin with the cell's number in [integer].
struct Item {
  Kind kind = Kind::Unbound;
  int64_t integer = 0;
  double real = 0;
  std::shared_ptr<Thing> thing;
};

class HirEvaluator {
public:
  explicit HirEvaluator(const Module &module) : module_(module) {}

  /// The result of calling [name]; on failure [error] is not empty.
  Item call(const std::string &name, std::vector<Item> args) {
    const Function *f = nullptr;
    for (auto &candidate : module_.functions)
      if (candidate->name == name && candidate->kind == FunctionKind::normal)
        f = candidate.get();
    if (!f)
      return stop("no HIR of " + name);
    if (args.size() != f->entry()->params.size())
      return stop("wrong number of arguments for " + name);
    return run(*f, std::move(args));
  }

  std::string error;
  uint64_t steps = 0;
  std::map<std::string, uint64_t> counts; // instructions executed, by name

  static std::string text(const Item &v) {
    char buffer[64];
    switch (v.kind) {
    case Kind::Int:
    case Kind::CInt64:
      return std::to_string(v.integer);
    case Kind::Float:
    case Kind::CDouble: {
      std::string out(buffer, std::to_chars(buffer, buffer + sizeof buffer, v.real).ptr);
      return out.find_first_of(".en") == std::string::npos ? out + ".0" : out;
    }
    case Kind::Bool:
    case Kind::CBool:
      return v.integer ? "True" : "False";
    case Kind::None:
      return "None";
    case Kind::List:
    case Kind::Tuple: {
      std::string out = v.kind == Kind::List ? "[" : "(";
      for (size_t i = 0; i < v.thing->items.size(); ++i)
        out += (i ? ", " : "") + text(v.thing->items[i]);
      return out + (v.kind == Kind::List ? "]" : ")");
    }
    default:
      return std::string("<") + kindName(v.kind) + ">";
    }
  }

private:
  using Frame = std::vector<Item>; // by instruction id

  Item stop(const std::string &what) {
    if (error.empty())
      error = what;
    return {};
  }
  static Item ofInt(Kind k, int64_t v) { return {k, v, 0, nullptr}; }
  static Item ofReal(Kind k, double v) { return {k, 0, v, nullptr}; }
  static Item made(Kind k, ItemList items, int64_t shape = -1) {
    auto thing = std::make_shared<Thing>();
    thing->items = std::move(items);
    thing->shape = shape;
    return {k, 0, 0, std::move(thing)};
  }
  static bool same(const Item &a, const Item &b) {
    return a.kind == b.kind && a.integer == b.integer && a.real == b.real && a.thing == b.thing;
  }

  Item run(const Function &f, std::vector<Item> args) {
    if (++depth_ > 200)
      return stop("too deep");
    Frame frame(f.nextInst);
    const Block *block = f.entry();
    for (;;) {
      for (size_t i = 0; i < block->params.size(); ++i)
        frame[block->params[i]->id] = args[i];
      for (const Inst *inst : block->insts) {
        if (!error.empty())
          return {};
        if (++steps > 50'000'000)
          return stop("too many steps");
        ++counts[inst->info().name];
        if (!inst->info().ends) {
          frame[inst->id] = value(*inst, frame);
          continue;
        }
        if (inst->is(Op::Return)) {
          --depth_;
          return frame[inst->operand(0)->id];
        }
        const Edge *edge = nullptr;
        if (inst->is(Op::Jump))
          edge = &inst->edges[0];
        else if (inst->is(Op::Branch))
          edge = &inst->edges[frame[inst->operand(0)->id].integer ? 0 : 1];
        else
          return stop("reached " + print(*inst));
        args.clear();
        for (const Inst *v : edge->args)
          args.push_back(frame[v->id]);
        block = edge->target;
        break;
      }
    }
  }

  Item leave(const Inst &inst) {
    const auto &infos = inst.info().immediates;
    for (size_t i = 0; i < infos.size(); ++i)
      if (infos[i].kind == ImmKind::reason)
        return stop(std::string("left: ") + reasonName(DeoptReason(inst.imms[i])) + " at " + print(inst));
    return stop("left at " + print(inst));
  }

  static bool holds(Cond c, auto a, auto b) {
    switch (c) {
    case Cond::lt:
      return a < b;
    case Cond::le:
      return a <= b;
    case Cond::eq:
      return a == b;
    case Cond::ne:
      return a != b;
    case Cond::gt:
      return a > b;
    case Cond::ge:
      return a >= b;
    }
    return false;
  }

  Item fits(const Inst &inst, __int128 v, bool mayLeave) {
    if (v < kIntMin || v > kIntMax)
      return mayLeave ? leave(inst)
                      : ofInt(Kind::CInt64, int64_t(v)); // an exact form whose result is not looked at
    return ofInt(Kind::CInt64, int64_t(v));
  }

  static int64_t floorDiv(int64_t a, int64_t b) { return a / b - (a % b != 0 && (a < 0) != (b < 0)); }

  /// The function that a filled cell of kind function, method or code stands for.
  std::string target(int64_t cell) const {
    const Cell &c = module_.cells[size_t(cell)];
    return c.kind == CellKind::method || c.kind == CellKind::getter
               ? c.descriptor.substr(c.descriptor.find('=') + 1)
               : c.descriptor;
  }

  Item constant(const Constant &c) {
    ItemList items;
    switch (c.kind) {
    case ConstKind::None:
      return ofInt(Kind::None, 0);
    case ConstKind::Int:
      return ofInt(Kind::Int, c.integer);
    case ConstKind::Float:
      return ofReal(Kind::Float, c.real);
    case ConstKind::Tuple:
      for (const Constant &item : c.items)
        items.push_back(constant(item));
      return made(Kind::Tuple, items);
    default:
      return {Kind::Str, 0, 0, nullptr};
    }
  }

  Item value(const Inst &inst, Frame &frame) {
    auto in = [&](size_t i) -> Item & { return frame[inst.operand(i)->id]; };
    auto integer = [&](size_t i) { return in(i).integer; };
    auto real = [&](size_t i) { return in(i).real; };
    auto all = [&](size_t from) {
      ItemList items;
      for (size_t i = from; i < inst.operands.size(); ++i)
        items.push_back(in(i));
      return items;
    };
    switch (inst.op) {
    case Op::ConstNone:
      return ofInt(Kind::None, 0);
    case Op::ConstUnbound:
      return {};
    case Op::ConstInt:
      return ofInt(Kind::CInt64, inst.imms[0]);
    case Op::ConstFloat:
      return ofReal(Kind::CDouble, inst.floatValue());
    case Op::ConstBool:
      return ofInt(Kind::CBool, inst.imms[0]);
    case Op::LoadConst:
      return constant(module_.codes[size_t(inst.imms[0])].unit->consts[size_t(inst.imms[1])]);
    case Op::CurrentFunction:
      return ofInt(Kind::Function, -1);
    case Op::BoxInt:
      return ofInt(Kind::Int, integer(0));
    case Op::UnboxInt:
      return ofInt(Kind::CInt64, integer(0));
    case Op::BoxFloat:
      return ofReal(Kind::Float, real(0));
    case Op::UnboxFloat:
      return ofReal(Kind::CDouble, real(0));
    case Op::BoxBool:
      return ofInt(Kind::Bool, integer(0));
    case Op::UnboxBool:
      return ofInt(Kind::CBool, integer(0));
    case Op::BoolToInt:
      return ofInt(Kind::CInt64, integer(0));
    case Op::IntToFloat:
      return ofReal(Kind::CDouble, double(integer(0)));

    case Op::GuardType:
      return inst.typeImm.has(in(0).kind) ? in(0) : leave(inst);
    case Op::RefineType:
      return inst.typeImm.has(in(0).kind) ? in(0) : stop("a refinement is wrong: " + print(inst));
    case Op::RefineInt:
      return holds(inst.cond(), integer(0), integer(1)) ? in(0)
                                                        : stop("a refinement is wrong: " + print(inst));
    case Op::GuardShape:
      return in(0).thing && in(0).thing->shape == inst.imms[0] ? in(0) : leave(inst);
    case Op::GuardIs:
      return ofInt(cellResultKind(module_.cells[size_t(inst.imms[0])].kind), inst.imms[0]);
    case Op::GuardCell:
    case Op::GuardPoll:
      return {};
    case Op::GuardTrue:
    case Op::GuardFalse:
      return bool(integer(0)) == inst.is(Op::GuardTrue) ? Item() : leave(inst);
    case Op::GuardIndex:
      return integer(0) >= 0 && integer(0) < integer(1) ? in(0) : leave(inst);
    case Op::CheckCell:
    case Op::CheckBound:
      return in(0).kind != Kind::Unbound ? in(0) : stop("unbound");

    case Op::AddInt:
    case Op::GuardAddInt:
      return fits(inst, __int128(integer(0)) + integer(1), inst.is(Op::GuardAddInt));
    case Op::SubInt:
    case Op::GuardSubInt:
      return fits(inst, __int128(integer(0)) - integer(1), inst.is(Op::GuardSubInt));
    case Op::MulInt:
    case Op::GuardMulInt:
      return fits(inst, __int128(integer(0)) * integer(1), inst.is(Op::GuardMulInt));
    case Op::FloorDivInt:
    case Op::GuardFloorDivInt:
      return integer(1) ? fits(inst, floorDiv(integer(0), integer(1)), true) : leave(inst);
    case Op::ModInt:
    case Op::GuardModInt:
      return integer(1) ? ofInt(Kind::CInt64, integer(0) - integer(1) * floorDiv(integer(0), integer(1)))
                        : leave(inst);
    case Op::GuardTrueDivInt:
      return integer(1) ? ofReal(Kind::CDouble, double(integer(0)) / double(integer(1))) : leave(inst);
    case Op::GuardPowInt: {
      __int128 power = 1;
      for (int64_t i = 0; i < integer(1) && power <= kIntMax && power >= kIntMin; ++i)
        power *= integer(0);
      return integer(1) >= 0 ? fits(inst, power, true) : leave(inst);
    }
    case Op::AndInt:
      return ofInt(Kind::CInt64, integer(0) & integer(1));
    case Op::OrInt:
      return ofInt(Kind::CInt64, integer(0) | integer(1));
    case Op::XorInt:
      return ofInt(Kind::CInt64, integer(0) ^ integer(1));
    case Op::ShlInt:
    case Op::GuardShlInt:
      return integer(1) >= 0 && integer(1) < 63 ? fits(inst, __int128(integer(0)) << integer(1), true)
                                                : leave(inst);
    case Op::ShrInt:
    case Op::GuardShrInt:
      return integer(1) >= 0 ? ofInt(Kind::CInt64, integer(0) >> std::min<int64_t>(integer(1), 63))
                             : leave(inst);
    case Op::CompareInt:
    case Op::CompareBool:
      return ofInt(Kind::CBool, holds(inst.cond(), integer(0), integer(1)));
    case Op::MinInt:
      return ofInt(Kind::CInt64, std::min(integer(0), integer(1)));
    case Op::MaxInt:
      return ofInt(Kind::CInt64, std::max(integer(0), integer(1)));
    case Op::RangeLength: {
      __int128 start = integer(0), stop = integer(1), step = integer(2);
      if (!step)
        return leave(inst);
      __int128 span = step > 0 ? stop - start : start - stop, unit = step > 0 ? step : -step;
      return fits(inst, span > 0 ? (span + unit - 1) / unit : 0, true);
    }
    case Op::WrapIndex:
      return ofInt(Kind::CInt64, integer(0) < 0 ? integer(0) + integer(1) : integer(0));

    case Op::AddFloat:
      return ofReal(Kind::CDouble, real(0) + real(1));
    case Op::SubFloat:
      return ofReal(Kind::CDouble, real(0) - real(1));
    case Op::MulFloat:
      return ofReal(Kind::CDouble, real(0) * real(1));
    case Op::NegFloat:
      return ofReal(Kind::CDouble, -real(0));
    case Op::AbsFloat:
      return ofReal(Kind::CDouble, std::fabs(real(0)));
    case Op::GuardDivFloat:
      return real(1) != 0 ? ofReal(Kind::CDouble, real(0) / real(1)) : leave(inst);
    case Op::GuardSqrtFloat:
      return real(0) >= 0 ? ofReal(Kind::CDouble, std::sqrt(real(0))) : leave(inst);
    case Op::GuardFloatToInt:
      return ofInt(Kind::CInt64, int64_t(real(0)));
    case Op::GuardPowFloat:
      return ofReal(Kind::CDouble, std::pow(real(0), real(1)));
    case Op::CompareFloat:
      return ofInt(Kind::CBool, holds(inst.cond(), real(0), real(1)));

    case Op::NotBool:
      return ofInt(Kind::CBool, !integer(0));
    case Op::Is:
      return ofInt(Kind::CBool, same(in(0), in(1)));
    case Op::IsBound:
      return ofInt(Kind::CBool, in(0).kind != Kind::Unbound);
    case Op::HasType:
      return ofInt(Kind::CBool, inst.typeImm.has(in(0).kind));
    case Op::HasShape:
      return ofInt(Kind::CBool, in(0).thing && in(0).thing->shape == inst.imms[0]);
    case Op::HasCell:
      return ofInt(Kind::CBool, target(integer(0)) == target(inst.imms[0]));
    case Op::LoadLateBound:
      return ofInt(cellResultKind(module_.cells[size_t(inst.imms[0])].kind), inst.imms[0]);
    case Op::LoadGlobalSlot:
      return ofInt(Kind::Object, inst.imms[0]);

    case Op::NewObject:
      return made(Kind::Object, {}, inst.imms[0]);
    case Op::AddSlot:
      in(0).thing->shape = inst.imms[1];
      in(0).thing->items.resize(size_t(inst.imms[2]) + 1);
      in(0).thing->items.back() = in(1);
      return {};
    case Op::StoreSlot:
      in(0).thing->items.at(size_t(inst.imms[1])) = in(1);
      return {};
    case Op::LoadSlot:
      return in(0).thing->items.at(size_t(inst.imms[1]));
    case Op::New:
      return made(layoutKind(Layout(inst.imms[0])), all(0));
    case Op::LoadField:
      return in(0).thing->items.at(fieldInfo(Field(inst.imms[0])).index);
    case Op::StoreField:
      in(0).thing->items.at(fieldInfo(Field(inst.imms[0])).index) = in(1);
      return {};
    case Op::PickItem:
      return in(size_t(integer(0)) + 1);
    case Op::NewTuple:
      return made(Kind::Tuple, all(0));
    case Op::NewList:
      return made(Kind::List, all(0));
    case Op::TupleSize:
    case Op::ListSize:
      return ofInt(Kind::CInt64, int64_t(in(0).thing->items.size()));
    case Op::LoadTupleItem:
    case Op::LoadListItem: {
      size_t i = size_t(integer(1));
      return i < in(0).thing->items.size() ? in(0).thing->items[i] : stop("outside: " + print(inst));
    }
    case Op::StoreListItem: {
      size_t i = size_t(integer(1));
      return i < in(0).thing->items.size() ? (in(0).thing->items[i] = in(2), Item())
                                           : stop("outside: " + print(inst));
    }
    case Op::AppendList:
      in(0).thing->items.push_back(in(1));
      return {};
    case Op::PopList: {
      if (in(0).thing->items.empty())
        return leave(inst);
      Item last = in(0).thing->items.back();
      in(0).thing->items.pop_back();
      return last;
    }
    case Op::CallFunction:
    case Op::CallInit:
      return call(target(inst.imms[0]), all(1));
    case Op::GenericOp:
      if (inst.bytecode() == Opcode::Mul && in(0).kind == Kind::List) { // [x] * n
        ItemList items;
        for (int64_t i = 0; i < integer(1); ++i)
          items.insert(items.end(), in(0).thing->items.begin(), in(0).thing->items.end());
        return made(Kind::List, items);
      }
      if (inst.bytecode() == Opcode::MakeFunction)
        return ofInt(Kind::Function, -1);
      [[fallthrough]];
    default:
      return stop("cannot evaluate " + print(inst));
    }
  }

  const Module &module_;
  int depth_ = 0;
};

} // namespace krait::hir

// Construction and upkeep of the HIR data structure, and effects of single instructions.
#include "compiler/hir/hir.h"

#include "compiler/hir/native_calls.h"

#include "compiler/support/check.h"

#include <algorithm>
#include <bit>

namespace krait::hir {

double Inst::floatValue() const { return std::bit_cast<double>(imms[0]); }

Inst *Block::unwinding() const {
  if (insts.size() < 2)
    return nullptr;
  Inst *inst = insts[insts.size() - 2];
  return inst->unwind.target ? inst : nullptr;
}

const char *resumeKindName(ResumeKind kind) {
  static constexpr const char *kNames[] = {"at", "call", "construct", "iterate", "sum", "any", "all"};
  return kNames[unsigned(kind)];
}

// ---- Frame states -----------------------------------------------------------------------------------------

static void visitValue(FrameValue &value, void (*f)(FrameValue &, void *), void *context,
                       std::vector<VirtualObject *> &seen) {
  f(value, context);
  if (!value.object || std::find(seen.begin(), seen.end(), value.object) != seen.end())
    return;
  seen.push_back(value.object);
  for (FrameValue &field : value.object->fields)
    visitValue(field, f, context, seen);
}

void forEachFrameValue(FrameState *state, void (*f)(FrameValue &, void *), void *context) {
  std::vector<VirtualObject *> seen;
  for (; state; state = state->caller) {
    visitValue(state->function, f, context, seen);
    for (FrameSlot &slot : state->slots)
      visitValue(slot.value, f, context, seen);
  }
}

// ---- Function ---------------------------------------------------------------------------------------------

Block *Function::addBlock() {
  Block &block = blockStore.emplace_back();
  block.id = nextBlock++;
  block.function = this;
  blocks.push_back(&block);
  return &block;
}

Inst *Function::newInst(Op op) {
  Inst &inst = instStore.emplace_back();
  inst.op = op;
  inst.id = nextInst++;
  return &inst;
}

Inst *Function::addParam(Block *block, Type type) {
  Inst *param = newInst(Op::Param);
  param->type = type;
  param->block = block;
  block->params.push_back(param);
  return param;
}

FrameState *Function::newState() {
  FrameState &state = stateStore.emplace_back();
  state.id = nextState++;
  return &state;
}

FrameState *Function::newState(const FrameState &like) {
  FrameState &state = stateStore.emplace_back(like);
  state.id = nextState++;
  return &state;
}

VirtualObject *Function::newObject() {
  VirtualObject &object = objectStore.emplace_back();
  object.id = nextObject++;
  return &object;
}

void Function::applyForwards() {
  auto fix = [](std::vector<Inst *> &values) {
    for (Inst *&v : values)
      v = resolve(v);
  };
  for (Block *block : blocks)
    for (Inst *inst : block->insts) {
      fix(inst->operands);
      for (Edge &edge : inst->edges)
        fix(edge.args);
      fix(inst->unwind.args);
    }
  auto fixValue = [](FrameValue &v) { v.value = resolve(v.value); };
  for (FrameState &state : stateStore) {
    fixValue(state.function);
    for (FrameSlot &slot : state.slots)
      fixValue(slot.value);
  }
  for (VirtualObject &object : objectStore)
    for (FrameValue &field : object.fields)
      fixValue(field);
  // Nothing refers to a replaced instruction any more, so one that still stands in a block is an ordinary
  // one: later passes may merge others into it, and those must not become its successor.
  for (Inst &inst : instStore)
    inst.forward = nullptr;
}

void Function::removeUnreachable() {
  std::vector<Block *> order;
  std::vector<bool> seen(nextBlock);
  // Iterative depth-first walk: the block and how many of its edges were followed.
  std::vector<std::pair<Block *, size_t>> stack{{entry(), 0}};
  seen[entry()->id] = true;
  while (!stack.empty()) {
    Block *block = stack.back().first;
    size_t next = stack.back().second++;
    Block *target = nullptr;
    size_t i = 0;
    forEachEdge(block, [&](Edge &edge) { target = i++ == next ? edge.target : target; });
    if (!target) {
      order.push_back(block);
      stack.pop_back();
    } else if (!seen[target->id]) {
      seen[target->id] = true;
      stack.push_back({target, 0});
    }
  }
  std::reverse(order.begin(), order.end());
  blocks = std::move(order);
}

// ---- Module -----------------------------------------------------------------------------------------------

template <class T> static uint32_t findOrAdd(std::vector<T> &list, T item) {
  auto it = std::find(list.begin(), list.end(), item);
  if (it == list.end())
    it = list.insert(list.end(), std::move(item));
  return uint32_t(it - list.begin());
}

uint32_t Module::cell(CellKind kind, const std::string &descriptor) {
  return findOrAdd(cells, Cell{kind, descriptor});
}
uint32_t Module::nameIndex(const std::string &text) { return findOrAdd(names, text); }

uint32_t Module::codeIndex(const std::string &name, const CodeUnit *unit,
                           const std::vector<std::string> &names) {
  for (size_t i = 0; i < codes.size(); ++i)
    if (codes[i].name == name && codes[i].unit == unit)
      return uint32_t(i);
  codes.push_back({name, unit, names});
  return uint32_t(codes.size() - 1);
}

Function *Module::addFunction(const std::string &name, uint32_t code) {
  functions.push_back(std::make_unique<Function>());
  Function *f = functions.back().get();
  f->name = name;
  f->code = code;
  f->module = this;
  return f;
}

// ---- Effects ----------------------------------------------------------------------------------------------

/// Memory that a generic operation without Python code touches.
static AliasSet genericMemory(Opcode op) {
  switch (op) {
  case Opcode::ListAppend:
  case Opcode::ListToTuple:
    return aliasBit(Alias::ListItems) | aliasBit(Alias::ListSizes);
  case Opcode::PushExc:
  case Opcode::PopExc:
    return aliasBit(Alias::Thread);
  case Opcode::LoadCell:
  case Opcode::StoreCell:
  case Opcode::DeleteCell:
  case Opcode::MakeCell:
    return aliasBit(Alias::Fields);
  default:
    return 0;
  }
}

static Effects genericEffects(const Inst &inst) {
  const OpcodeInfo &info = opcodeInfo(inst.bytecode());
  if (info.runsPython)
    return {kWorld, kWorld, true, true, false};
  AliasSet memory = genericMemory(inst.bytecode());
  return {memory, memory, info.mayRaise, false, false};
}

/// Does the shape that an AddSlot gives name a layout with attributes outside of the object ("...")?
static bool liesOutside(const Inst &add) {
  if (!add.block || !add.block->function->module)
    return true;
  const std::string &shape = add.block->function->module->cells[size_t(add.imms[1])].descriptor;
  return shape.compare(shape.find('{') + 1, 3, "...") == 0;
}

Effects effectsOf(const Inst &inst) {
  if (inst.is(Op::GenericOp))
    return genericEffects(inst);
  if (inst.is(Op::CallNative))
    return nativeCallEffects(NativeCall(inst.imms[0]));
  const InstInfo &info = inst.info();
  Effects e{info.reads, info.writes, info.mayRaise, info.runsPython, info.mayLeave};
  if (inst.is(Op::LoadField) && fieldInfo(Field(inst.imms[0])).constant)
    e.reads = 0;
  // Where attributes lie outside of their objects, the class may learn of it: its objects get other shapes
  // from then on.
  if (inst.is(Op::AddSlot) && liesOutside(inst))
    e.writes |= aliasBit(Alias::LateBound);
  return e;
}

bool isPure(const Inst &inst) {
  const InstInfo &info = inst.info();
  if (info.keep || info.ends || info.allocates || inst.is(Op::GenericOp) || inst.is(Op::RefineType) ||
      inst.is(Op::RefineInt))
    return false;
  Effects e = effectsOf(inst);
  return !e.reads && !e.writes && !e.mayRaise && !e.mayLeave;
}

bool isRemovable(const Inst &inst) {
  const InstInfo &info = inst.info();
  if (info.keep || info.ends)
    return false;
  Effects e = effectsOf(inst);
  switch (inst.op) {
  case Op::GenericOp:
    return !e.mayRaise && !e.writes && info.hasResult;
  case Op::GuardType: {
    // An unused guard also stands for the error that the operation would raise for other operands. None if
    // both sides of the guard are numbers.
    const Type number = Type::longInt() | Type(Kind::Float) | Type(Kind::Bool);
    return inst.operand(0)->type.isSubtypeOf(number) && inst.typeImm.kindsOnly().isSubtypeOf(number);
  }
  // Leaving on overflow is no error either.
  case Op::GuardAddInt:
  case Op::GuardSubInt:
  case Op::GuardMulInt:
    return true;
  default:
    break;
  }
  return !e.writes && !e.mayRaise && !e.mayLeave;
}

} // namespace krait::hir

// gvn: merges equal pure values and guards along the dominator tree, and forwards loads from earlier loads
// and stores as long as nothing between may have written their memory.
//
// A table maps what an instruction computes to the value that holds it. Facts about memory carry the alias
// classes they depend on; a write removes those it may change. Facts that hold at the end of a block hold at
// the start of a block it dominates, unless a block on a way between the two may write their memory.
#include "compiler/hir/dominators.h"
#include "compiler/passes/pass.h"

#include <map>

namespace krait::hir {

namespace {

/// What an instruction computes: equal keys, equal values.
struct Key {
  Op op;
  std::vector<uint32_t> operands;
  std::vector<int64_t> imms;
  uint64_t typeBits = 0;
  auto operator<=>(const Key &) const = default;
};

struct Fact {
  Inst *value;
  AliasSet reads;
};

using Table = std::map<Key, Fact>;

/// The object behind guards and refinements.
Inst *root(Inst *v) {
  while (v->is(Op::GuardType) || v->is(Op::GuardShape) || v->is(Op::RefineType) || v->is(Op::CheckBound) ||
         v->is(Op::GuardIs) || v->is(Op::GuardFunctionCode))
    v = v->operand(0);
  return v;
}

bool isAllocation(const Inst *v) { return v->info().allocates; }

class Gvn {
public:
  explicit Gvn(Function &f) : f_(f), cfg_(f), writes_(cfg_.size()) {}

  bool run() {
    for (Block *b : cfg_.order())
      for (Inst *inst : b->insts)
        writes_[cfg_.index(b)] |= effectsOf(*inst).writes;
    walk();
    f_.applyForwards();
    return changed_;
  }

private:
  static Key keyOf(const Inst *inst) {
    Key key{inst->op, {}, inst->imms, inst->typeImm.bits()};
    for (Inst *v : inst->operands)
      key.operands.push_back(v->id);
    switch (inst->op) {
    // Where to leave to or why makes no difference to what holds afterwards.
    case Op::GuardShape:
      key.operands[0] = root(inst->operand(0))->id;
      key.imms.resize(1);
      break;
    case Op::LoadSlot: // slots keep their place when attributes are added
      key.operands[0] = root(inst->operand(0))->id;
      key.imms = {inst->imms[1]};
      break;
    case Op::LoadField:
    case Op::ListSize:
    case Op::LoadListItem:
      key.operands[0] = root(inst->operand(0))->id;
      break;
    default:
      break;
    }
    const auto &infos = inst->info().immediates;
    for (size_t i = 0; i < infos.size() && i < key.imms.size(); ++i)
      if (infos[i].kind == ImmKind::reason)
        key.imms[i] = 0;
    return key;
  }

  /// May equal ones be merged (the memory they read being the same)?
  static bool isCandidate(const Inst *inst) {
    if (inst->unwind.target || inst->info().allocates)
      return false;
    if (isPure(*inst))
      return true;
    Effects e = effectsOf(*inst);
    if (e.writes || e.runsPython || inst->info().ends || inst->is(Op::GenericOp) || inst->is(Op::GuardPoll) ||
        inst->is(Op::GuardUntraced))
      return false;
    if (inst->is(Op::RefineInt) || inst->is(Op::RefineType) || inst->is(Op::Param))
      return false;
    // What passed once passes again; other raising rows do not get here.
    return !e.mayRaise || inst->is(Op::CheckBound) || inst->is(Op::CheckCell) || inst->is(Op::LongOp);
  }

  // ---- Memory
  static void kill(Table &table, AliasSet writes, auto &&spared) {
    std::erase_if(table, [&](auto &entry) {
      return (entry.second.reads & writes) && !spared(entry.first, entry.second);
    });
  }

  /// Removes what [inst] may have changed, and adds what it shows.
  void write(Table &table, Inst *inst) {
    AliasSet writes = effectsOf(*inst).writes;
    if (!writes)
      return;
    switch (inst->op) {
    case Op::StoreSlot:
      kill(table, writes, [&](const Key &k, const Fact &) { return otherSlot(k, inst, inst->imms[1]); });
      addSlotFact(table, inst, inst->imms[0], inst->imms[1]);
      break;
    case Op::AddSlot: {
      // A class that makes its shapes anew: no cell names the shapes that its objects have so far.
      bool renamed = writes & aliasBit(Alias::LateBound);
      kill(table, writes, [&](const Key &k, const Fact &) {
        if (renamed && k.op != Op::LoadSlot)
          return false;
        return k.op == Op::GuardShape || k.op == Op::HasShape
                   ? otherObject(k.operands[0], inst) || otherShape(k, inst)
                   : otherSlot(k, inst, inst->imms[2]);
      });
      addSlotFact(table, inst, inst->imms[1], inst->imms[2]);
      if (!renamed)
        addShapeFact(table, inst->operand(0), inst->imms[1]);
      break;
    }
    case Op::StoreField:
      kill(table, writes, [&](const Key &k, const Fact &) {
        return k.imms[0] != inst->imms[0] || otherObject(k.operands[0], inst);
      });
      table[{Op::LoadField, {root(inst->operand(0))->id}, {inst->imms[0]}}] = {inst->operand(1),
                                                                               aliasBit(Alias::Fields)};
      break;
    case Op::StoreListItem:
      kill(table, writes, [&](const Key &k, const Fact &) {
        return otherObject(k.operands[0], inst) || otherIndex(k, inst);
      });
      table[{Op::LoadListItem, {root(inst->operand(0))->id, inst->operand(1)->id}, {}}] = {
          inst->operand(2), aliasBit(Alias::ListItems)};
      break;
    case Op::AppendList:
    case Op::PopList:
      kill(table, writes, [&](const Key &k, const Fact &) { return otherObject(k.operands[0], inst); });
      break;
    case Op::StoreGlobalSlot:
      kill(table, writes, [&](const Key &k, const Fact &) {
        return k.op == Op::LoadGlobalSlot && k.imms[0] != inst->imms[0];
      });
      table[{Op::LoadGlobalSlot, {}, {inst->imms[0]}}] = {inst->operand(0), aliasBit(Alias::Globals)};
      break;
    default:
      kill(table, writes, [](const Key &, const Fact &) { return false; });
    }
  }

  /// A fact about a slot that a store to slot [index] of [store]'s object leaves alone: another index.
  bool otherSlot(const Key &k, const Inst *store, int64_t index) const {
    return k.op == Op::LoadSlot && (k.imms[0] != index || otherObject(k.operands[0], store));
  }
  bool otherIndex(const Key &k, const Inst *store) const {
    const Inst *a = values_.at(k.operands[1]), *b = store->operand(1);
    return a->type.hi() < b->type.lo() || b->type.hi() < a->type.lo();
  }
  /// Two different allocations are different objects.
  bool otherObject(uint32_t id, const Inst *store) const {
    auto it = values_.find(id);
    const Inst *other = root(store->operands[0]);
    return it != values_.end() && it->second != other && isAllocation(it->second) && isAllocation(other);
  }
  /// An object known to have another shape than the one [add] changes is another object.
  static bool otherShape(const Key &k, const Inst *add) {
    return k.imms[0] != add->imms[0] && k.imms[0] != add->imms[1];
  }

  void addSlotFact(Table &table, Inst *store, int64_t, int64_t index) {
    Inst *object = root(store->operand(0));
    remember(object);
    table[{Op::LoadSlot, {object->id}, {index}}] = {store->operand(1), aliasBit(Alias::Slots)};
  }
  void addShapeFact(Table &table, Inst *object, int64_t shape) {
    remember(root(object));
    table[{Op::GuardShape, {root(object)->id}, {shape}}] = {
        object, AliasSet(aliasBit(Alias::Shapes) | aliasBit(Alias::LateBound))};
  }
  void remember(Inst *v) { values_[v->id] = v; }

  /// A new object's fields are its operands.
  void allocate(Table &table, Inst *inst) {
    if (inst->is(Op::NewObject))
      addShapeFact(table, inst, inst->imms[0]);
    if (inst->is(Op::New))
      for (size_t i = 0; i < inst->operands.size(); ++i) {
        Field field = Field(unsigned(firstField(Layout(inst->imms[0]))) + i);
        AliasSet reads = fieldInfo(field).constant ? 0 : aliasBit(Alias::Fields);
        table[{Op::LoadField, {inst->id}, {int64_t(field)}}] = {inst->operand(i), reads};
      }
    if (inst->is(Op::NewList))
      for (size_t i = 0; i < inst->operands.size(); ++i)
        remember(inst->operand(i));
  }

  // ---- Walk
  /// Everything that may be written on a way from the end of [from], which dominates it, to the start of
  /// [to].
  AliasSet writtenBetween(Block *from, Block *to) {
    std::vector<bool> seen(cfg_.size());
    std::vector<Block *> work;
    AliasSet writes = 0;
    auto push = [&](Block *b) {
      for (const ControlFlow::Incoming &in : cfg_.incoming(b))
        if (in.from != from && !seen[cfg_.index(in.from)]) {
          seen[cfg_.index(in.from)] = true;
          work.push_back(in.from);
        }
    };
    push(to);
    while (!work.empty()) {
      Block *b = work.back();
      work.pop_back();
      writes |= writes_[cfg_.index(b)];
      push(b);
    }
    return writes;
  }

  bool mayReplace(Inst *inst, Inst *by) {
    return by->type.isSubtypeOf(inst->type) || inst->info().guard || !inst->info().hasResult ||
           narrow(inst, by);
  }
  /// A value merged into an earlier one keeps what was known of either.
  bool narrow(Inst *inst, Inst *by) {
    Type both = by->type & inst->type;
    if (both.isEmpty() || by->is(Op::Param) || inst->op != by->op)
      return false;
    by->type = both;
    return true;
  }

  /// A guard that a branch has made true, of a value not known to be an object before.
  void becomeRefinement(Inst *guard) {
    guard->op = Op::RefineType;
    guard->imms = {0};
    guard->typeImm = Kind::Object;
    guard->state = nullptr;
    guard->type = guard->operand(0)->type & Type(Kind::Object);
    changed_ = true;
  }

  void block(Block *b, Table &table) {
    std::vector<Inst *> out;
    for (Inst *inst : b->insts) {
      for (Inst *&v : inst->operands) {
        v = Function::resolve(v);
        remember(v);
      }
      if (isCandidate(inst)) {
        for (Inst *v : inst->operands)
          remember(root(v));
        remember(inst);
        Key key = keyOf(inst);
        auto [it, added] = table.emplace(key, Fact{inst, effectsOf(*inst).reads});
        if (!added && inst->is(Op::GuardShape) && !it->second.value->type.isSubtypeOf(Kind::Object)) {
          becomeRefinement(inst);
          it->second.value = inst;
        } else if (!added && mayReplace(inst, it->second.value)) {
          if (inst->info().hasResult)
            Function::replace(inst, it->second.value);
          inst->block = nullptr;
          changed_ = true;
          continue;
        }
      }
      write(table, inst);
      if (inst->info().allocates) {
        remember(inst);
        allocate(table, inst);
      }
      out.push_back(inst);
    }
    b->insts = std::move(out);
  }

  void walk() {
    struct Step {
      Block *block;
      Table table;
      size_t child = 0;
    };
    std::vector<Step> stack;
    stack.push_back({f_.entry(), {}});
    block(f_.entry(), stack.back().table);
    while (!stack.empty()) {
      Step &top = stack.back();
      const auto &children = cfg_.children(top.block);
      if (top.child == children.size()) {
        stack.pop_back();
        continue;
      }
      Block *child = children[top.child++];
      Table table = top.table;
      AliasSet between = writtenBetween(top.block, child);
      kill(table, between, [](const Key &, const Fact &) { return false; });
      dropUnwound(top.block, child, table);
      learnFromBranch(child, table);
      stack.push_back({child, std::move(table)});
      block(child, stack.back().table);
    }
  }

  /// Behind a test that an object has a shape, a guard of that shape holds.
  void learnFromBranch(Block *b, Table &table) {
    const auto &incoming = cfg_.incoming(b);
    if (incoming.size() != 1 || !incoming[0].from->last()->is(Op::Branch))
      return;
    Inst *branch = incoming[0].from->last(), *test = Function::resolve(branch->operand(0));
    if (test->is(Op::HasShape) && incoming[0].edge == &branch->edges[0] &&
        branch->edges[0].target != branch->edges[1].target)
      addShapeFact(table, Function::resolve(test->operand(0)), test->imms[0]);
  }

  /// Behind the unwind edge the result of the instruction that unwound does not exist, and it may have
  /// written anything.
  void dropUnwound(Block *from, Block *to, Table &table) {
    Inst *u = from->unwinding();
    if (!u || from->last()->edges.empty() || cfg_.dominates(from->last()->edges[0].target, to))
      return;
    std::erase_if(table, [&](auto &entry) { return entry.second.value == u; });
  }

  Function &f_;
  ControlFlow cfg_;
  std::vector<AliasSet> writes_;
  std::map<uint32_t, Inst *> values_;
  bool changed_ = false;
};

} // namespace

bool gvn(Function &f, PassContext &) { return Gvn(f).run(); }

} // namespace krait::hir

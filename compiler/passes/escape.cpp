// escape: an object that only this function touches, and only field by field, becomes its fields: loads and
// stores turn into SSA values, the allocation goes, and frame states that mention the object get a recipe for
// making it (VirtualObject).
//
// Taken are New, NewTuple, NewObject, NewList, NewFunction... whose uses are all of the kinds in usesAllowed.
// Items of tuples and lists are read at constant places, or, of short ones, at any (PickItem). The fields are
// promoted as variables are: values at block ends, parameters where different ones meet. One object a round,
// the innermost first, so that what was kept in a field of a vanished object can vanish next.
#include "compiler/hir/builder.h"
#include "compiler/hir/dominators.h"
#include "compiler/passes/copy.h"
#include "compiler/passes/pass.h"

#include <algorithm>
#include <map>

namespace krait::hir {

namespace {

Inst *throughGuards(Inst *v) {
  while (v->is(Op::GuardType) || v->is(Op::RefineType) || v->is(Op::GuardShape) || v->is(Op::CheckBound))
    v = v->operand(0);
  return v;
}

class ScalarReplacement {
public:
  ScalarReplacement(Function &f, const ControlFlow &cfg, Inst *object)
      : f_(f), cfg_(cfg), object_(object), home_(object->block), b_(&f) {}

  /// False, and nothing changed, if the object has to exist.
  bool run() {
    fields_ = object_->is(Op::NewObject)      ? 0
              : object_->is(Op::NewGenerator) ? kGeneratorRegisters + size_t(object_->imms[2])
                                              : object_->operands.size();
    if (!usesAllowed() || !findShapes())
      return false;
    rewrite();
    return true;
  }

private:
  /// Fields of a generator: its function, its ResumePoint, its registers.
  static constexpr size_t kGeneratorPoint = 1, kGeneratorRegisters = 2;
  static constexpr size_t kMostPicked = 4;

  bool isObject(Inst *v) const { return v && throughGuards(Function::resolve(v)) == object_; }

  // ---- May it go?
  /// The place that [index] is, seen through checks against the size; -1 if it is none of the object or not
  /// constant.
  int64_t constantIndex(Inst *index) const {
    index = Function::resolve(index);
    if (index->is(Op::GuardIndex) || index->is(Op::RefineInt))
      return constantIndex(index->operand(0));
    // Once rewriting has come to it, the size is a constant.
    bool fromEnd =
        index->is(Op::WrapIndex) && (sizeOfObject(index->operand(1)) || isFieldCount(index->operand(1)));
    Inst *number = fromEnd ? Function::resolve(index->operand(0)) : index;
    if (!number->is(Op::ConstInt))
      return -1;
    int64_t at = number->imms[0];
    if (fromEnd && at < 0)
      at += int64_t(fields_);
    return at < int64_t(fields_) ? std::max(at, int64_t(-1)) : -1;
  }
  bool isFieldCount(Inst *size) const {
    size = Function::resolve(size);
    return size->is(Op::ConstInt) && size->imms[0] == int64_t(fields_);
  }
  bool sizeOfObject(Inst *size) const {
    size = Function::resolve(size);
    return (size->is(Op::ListSize) || size->is(Op::TupleSize)) && isObject(size->operand(0));
  }
  /// A longer list read at any place is better off in memory.
  bool mayLoadItem(Inst *index) const {
    return constantIndex(index) >= 0 || (!isConstant(index) && fields_ <= kMostPicked);
  }
  static bool isConstant(Inst *index) {
    index = Function::resolve(index);
    while (index->is(Op::GuardIndex) || index->is(Op::RefineInt) || index->is(Op::WrapIndex))
      index = Function::resolve(index->operand(0));
    return index->is(Op::ConstInt);
  }

  bool operandAllowed(Inst *use, size_t i) {
    switch (use->op) {
    case Op::GuardType:
    case Op::RefineType:
      return object_->type.kindsOnly().isSubtypeOf(use->typeImm.kindsOnly());
    case Op::HasType:
      return true;
    case Op::GuardShape:
    case Op::HasShape:
      return object_->is(Op::NewObject);
    case Op::LoadSlot:
      return object_->is(Op::NewObject);
    case Op::StoreSlot:
    case Op::AddSlot:
      return object_->is(Op::NewObject) && i == 0;
    case Op::LoadField:
    case Op::StoreField:
      return i == 0 && object_->is(Op::New) &&
             fieldInfo(Field(use->imms[0])).layout == Layout(object_->imms[0]);
    case Op::LoadTupleItem:
      return object_->is(Op::NewTuple) && mayLoadItem(use->operand(1));
    case Op::TupleSize:
      return object_->is(Op::NewTuple);
    case Op::LoadListItem:
      return object_->is(Op::NewList) && mayLoadItem(use->operand(1));
    case Op::StoreListItem:
      return i == 0 && object_->is(Op::NewList) && constantIndex(use->operand(1)) >= 0;
    case Op::ListSize:
      return object_->is(Op::NewList);
    case Op::LoadFrame:
    case Op::StoreFrame:
    case Op::ResumePoint:
    case Op::SetResumePoint:
      return object_->is(Op::NewGenerator) && i == 0;
    case Op::Is:
      return use->operand(0) != use->operand(1);
    default:
      return false;
    }
  }

  bool usesAllowed() {
    for (Block *b : cfg_.order())
      for (Inst *inst : b->insts) {
        for (size_t i = 0; i < inst->operands.size(); ++i)
          if (isObject(inst->operand(i)) && !operandAllowed(inst, i))
            return false;
        bool passed = false;
        auto look = [&](Edge &edge) {
          for (Inst *v : edge.args)
            passed |= isObject(v);
        };
        for (Edge &edge : inst->edges)
          look(edge);
        look(inst->unwind);
        if (passed)
          return false;
      }
    return true;
  }

  // ---- Shapes of an instance, block by block: one at each point, or the object stays.
  bool findShapes() {
    if (!object_->is(Op::NewObject))
      return true;
    bool tested = false, changing = false;
    for (Block *b : cfg_.order()) {
      if (!cfg_.dominates(home_, b))
        continue;
      int64_t shape = -1;
      if (b == home_) {
        shape = -1; // before the allocation
      } else {
        for (const ControlFlow::Incoming &in : cfg_.incoming(b)) {
          if (!cfg_.dominates(home_, in.from))
            continue;
          auto it = shapeOut_.find(in.from);
          if (it == shapeOut_.end())
            continue; // a back edge; checked below
          if (shape >= 0 && shape != it->second)
            return false;
          shape = it->second;
        }
      }
      shapeIn_[b] = shape;
      for (Inst *inst : b->insts) {
        if (inst == object_)
          shape = object_->imms[0];
        if (inst->is(Op::AddSlot) && isObject(inst->operand(0))) {
          if (shape != inst->imms[0])
            return false;
          shape = inst->imms[1];
          fields_ = std::max(fields_, size_t(inst->imms[2]) + 1);
        }
        // A guard that cannot hold, or a test, is settled by the shape only if it is the very cell.
        if ((inst->is(Op::GuardShape) || inst->is(Op::HasShape)) && isObject(inst->operand(0)) &&
            shape != inst->imms[0])
          return false;
        // A test is settled for good only where no class can change.
        tested |= inst->is(Op::HasShape) && isObject(inst->operand(0));
        changing |= (effectsOf(*inst).writes & aliasBit(Alias::LateBound)) != 0;
        if ((inst->is(Op::LoadSlot) || inst->is(Op::StoreSlot)) && isObject(inst->operand(0)))
          fields_ = std::max(fields_, size_t(inst->imms[1]) + 1);
      }
      shapeOut_[b] = shape;
    }
    for (auto &[b, shape] : shapeIn_)
      for (const ControlFlow::Incoming &in : cfg_.incoming(b))
        if (b != home_ && cfg_.dominates(home_, in.from) && shapeOut_[in.from] != shape)
          return false;
    return !tested || !changing;
  }

  // ---- Rewriting
  using Values = std::vector<Inst *>;

  Type fieldType(size_t i) const {
    if (object_->is(Op::New))
      return fieldInfo(Field(unsigned(firstField(Layout(object_->imms[0]))) + i)).type;
    if (object_->is(Op::NewGenerator) && i < kGeneratorRegisters)
      return i == kGeneratorPoint ? Type(Kind::CInt64) : Type(Kind::Function);
    return object_->is(Op::NewTuple) || object_->is(Op::NewList) ? Type::any() : Type::maybeUnbound();
  }

  /// Fields at the start of [b]. A block that several ways lead to gets parameters; cleanup drops idle ones.
  Values &valuesAt(Block *b) {
    auto it = in_.find(b);
    if (it != in_.end())
      return it->second;
    const auto &incoming = cfg_.incoming(b);
    if (incoming.size() == 1)
      return in_[b] = out_.at(incoming[0].from);
    Values values;
    for (size_t i = 0; i < fields_; ++i)
      values.push_back(f_.addParam(b, fieldType(i)));
    merged_.push_back(b);
    return in_[b] = values;
  }

  void rewrite() {
    for (Block *b : cfg_.order())
      if (cfg_.dominates(home_, b))
        block(b);
    // A block on the border of the region is left by edges that carry no fields; inside, all edges do.
    for (Block *b : merged_)
      for (const ControlFlow::Incoming &in : cfg_.incoming(b)) {
        Values &values = out_.at(in.from);
        Edge &edge = const_cast<Edge &>(*in.edge);
        // Values of an unwinding instruction's block are those before it, which out_ has.
        edge.args.insert(edge.args.end(), values.begin(), values.end());
      }
  }

  void block(Block *b) {
    Values values = b == home_ ? Values() : valuesAt(b);
    int64_t shape = shapeIn_.count(b) ? shapeIn_[b] : -1;
    bool made = b != home_;
    std::vector<Inst *> out;
    b_.into(b, &out);
    for (Inst *inst : b->insts) {
      if (inst == object_) {
        made = true;
        shape = object_->imms.empty() ? -1 : object_->imms[0];
        values = object_->is(Op::NewObject) ? Values() : object_->operands;
        if (object_->is(Op::NewGenerator))
          values.insert(values.begin() + kGeneratorPoint, b_.constInt(0));
        while (values.size() < fields_)
          values.push_back(b_.constUnbound());
        inst->block = nullptr;
        continue;
      }
      if (made && inst->state)
        inst->state = withVirtual(inst->state, values, shape);
      if (!made || !rewriteUse(inst, values, shape))
        out.push_back(inst);
      else
        inst->block = nullptr;
    }
    b->insts = std::move(out);
    out_[b] = values;
  }

  void replaceBy(Inst *inst, Inst *v, Type type) {
    if (!v->type.isSubtypeOf(type))
      v = b_.refineType(v, type.kindsOnly());
    Function::replace(inst, v);
  }

  Inst *loadItem(Inst *index, const Values &values) {
    if (int64_t at = constantIndex(index); at >= 0)
      return values[size_t(at)];
    if (fields_ < 2) // of an empty one nothing is ever read
      return fields_ ? values[0] : b_.constNone();
    return b_.pickItem(Function::resolve(index), values);
  }

  /// True if [inst] goes.
  bool rewriteUse(Inst *inst, Values &values, int64_t &shape) {
    if (inst->operands.empty())
      return false;
    bool first = isObject(inst->operand(0));
    switch (inst->op) {
    case Op::GuardType:
    case Op::RefineType:
      return first; // uses of its result are uses of the object
    case Op::GuardShape:
      // The shape is known, but not that its class still lets it say what the object's attributes are.
      if (first)
        b_.guardCell(uint32_t(inst->imms[0]), DeoptReason(inst->imms[1]), inst->state);
      return first;
    case Op::HasType:
      if (first)
        Function::replace(inst,
                          b_.constBool(object_->type.kindsOnly().isSubtypeOf(inst->typeImm.kindsOnly())));
      return first;
    case Op::HasShape:
      if (first)
        Function::replace(inst, b_.constBool(true));
      return first;
    case Op::Is:
      if (!first && !isObject(inst->operand(1)))
        return false;
      Function::replace(inst, b_.constBool(isObject(inst->operand(0)) && isObject(inst->operand(1))));
      return true;
    case Op::LoadSlot:
      if (first)
        replaceBy(inst, values[size_t(inst->imms[1])], inst->type);
      return first;
    case Op::StoreSlot:
      if (first)
        values[size_t(inst->imms[1])] = Function::resolve(inst->operand(1));
      return first;
    case Op::AddSlot:
      if (first) {
        values[size_t(inst->imms[2])] = Function::resolve(inst->operand(1));
        shape = inst->imms[1];
      }
      return first;
    case Op::LoadField:
      if (first)
        replaceBy(inst, values[fieldInfo(Field(inst->imms[0])).index], inst->type);
      return first;
    case Op::StoreField:
      if (first)
        values[fieldInfo(Field(inst->imms[0])).index] = Function::resolve(inst->operand(1));
      return first;
    case Op::LoadTupleItem:
    case Op::LoadListItem:
      if (first)
        Function::replace(inst, loadItem(inst->operand(1), values));
      return first;
    case Op::StoreListItem:
      if (first)
        values[size_t(constantIndex(inst->operand(1)))] = Function::resolve(inst->operand(2));
      return first;
    case Op::LoadFrame:
      if (first)
        replaceBy(inst, values[kGeneratorRegisters + size_t(inst->imms[0])], inst->type);
      return first;
    case Op::StoreFrame:
      if (first)
        values[kGeneratorRegisters + size_t(inst->imms[0])] = Function::resolve(inst->operand(1));
      return first;
    case Op::ResumePoint:
      if (first)
        replaceBy(inst, values[kGeneratorPoint], inst->type);
      return first;
    case Op::SetResumePoint:
      if (first)
        values[kGeneratorPoint] = Function::resolve(inst->operand(1));
      return first;
    case Op::TupleSize:
    case Op::ListSize:
      if (first)
        Function::replace(inst, b_.constInt(int64_t(fields_)));
      return first;
    default:
      return false;
    }
  }

  // ---- Frame states
  bool mentions(FrameState *state) {
    bool found = false;
    forEachFrameValue(state, [&](FrameValue &v) { found |= isObject(v.value); });
    return found;
  }

  FrameState *withVirtual(FrameState *state, const Values &values, int64_t shape) {
    if (!mentions(state))
      return state;
    VirtualObject *made = f_.newObject();
    made->op = object_->op;
    made->imms = object_->imms;
    size_t count = values.size();
    if (object_->is(Op::NewObject)) {
      made->imms = {shape};
      made->fields.push_back({object_->operand(0), nullptr});
      // Slots that the shape at this point does not have yet are not filled.
      while (count && values[count - 1]->is(Op::ConstUnbound))
        --count;
    }
    for (size_t i = 0; i < count; ++i)
      made->fields.push_back({Function::resolve(values[i]), nullptr});
    return copyState(f_, *state, [&](FrameValue &v) {
      if (isObject(v.value))
        v = {nullptr, made};
    });
  }

  Function &f_;
  const ControlFlow &cfg_;
  Inst *object_;
  Block *home_; // of the allocation
  Builder b_;
  size_t fields_ = 0;
  std::map<Block *, int64_t> shapeIn_, shapeOut_;
  std::map<Block *, Values> in_, out_;
  std::vector<Block *> merged_;
};

/// Objects worth trying: in order of the program.
std::vector<Inst *> candidates(const ControlFlow &cfg) {
  std::vector<Inst *> out;
  for (Block *b : cfg.order())
    for (Inst *inst : b->insts)
      if (inst->is(Op::New) || inst->is(Op::NewTuple) || inst->is(Op::NewList) || inst->is(Op::NewObject) ||
          inst->is(Op::NewGenerator) || inst->is(Op::NewFunction))
        out.push_back(inst);
  return out;
}

} // namespace

bool escape(Function &f, PassContext &) {
  bool changed = false;
  for (bool again = true; again;) {
    again = false;
    ControlFlow cfg(f);
    for (Inst *object : candidates(cfg))
      if (ScalarReplacement(f, cfg, object).run()) {
        f.applyForwards();
        again = changed = true;
        break;
      }
  }
  return changed;
}

} // namespace krait::hir

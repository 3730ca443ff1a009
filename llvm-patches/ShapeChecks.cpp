// Shape checks proved by dominating checks and stores, across phis.
#include "llvm-patches/ShapeChecks.h"

#include "llvm-patches/WordFacts.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/GlobalVariable.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/PatternMatch.h"

using namespace llvm;
using namespace llvm::PatternMatch;

namespace krait {

namespace {

/// The value whose header is at [pointer]: a pointer, or the word that was made one.
Value *ownerOf(Value *pointer) {
  Value *word;
  return match(pointer, m_IntToPtr(m_Value(word))) ? word : pointer;
}

const GlobalVariable *sealedShape(Value *value) {
  if (auto *cast = dyn_cast<ConstantExpr>(value); cast && cast->getOpcode() == Instruction::PtrToInt)
    value = cast->getOperand(0);
  auto *global = dyn_cast<GlobalVariable>(value);
  return global && global->hasMetadata("krait.sealed") ? global : nullptr;
}

/// [condition] compares the header of [owner] with the sealed shape [shape]; [isEqual] tells eq from ne.
bool matchShapeCheck(Value *condition, Value *&owner, const GlobalVariable *&shape, bool &isEqual) {
  ICmpInst::Predicate predicate;
  Value *left, *right;
  if (!match(condition, m_ICmp(predicate, m_Value(left), m_Value(right))) || !ICmpInst::isEquality(predicate))
    return false;
  if (isa<Constant>(left))
    std::swap(left, right);
  auto *load = dyn_cast<LoadInst>(left);
  shape = sealedShape(right);
  if (!load || !shape || !load->hasMetadata("krait.shape"))
    return false;
  owner = ownerOf(load->getPointerOperand());
  isEqual = predicate == ICmpInst::ICMP_EQ;
  return true;
}

class ShapeProver {
public:
  explicit ShapeProver(const DominatorTree &tree) : tree_(tree) {}

  /// The sealed shape that [owner] is known to have at [place], or null.
  const GlobalVariable *shapeAt(Value *owner, Place place, const Instruction *before = nullptr) {
    if (const GlobalVariable *shape = fromBranches(owner, place))
      return shape;
    if (const GlobalVariable *shape = fromStores(owner, place, before))
      return shape;
    auto *phi = dyn_cast<PHINode>(owner);
    return phi ? fromPhi(phi) : nullptr;
  }

private:
  // A true comparison on every way here: the object had the shape then, and keeps it.
  const GlobalVariable *fromBranches(Value *owner, Place place) {
    const GlobalVariable *found = nullptr;
    visitDecidedConditions(tree_, place, [&](Value *condition, bool holds) {
      Value *checked;
      const GlobalVariable *shape;
      bool isEqual;
      if (!matchShapeCheck(condition, checked, shape, isEqual) || checked != owner || isEqual != holds)
        return false;
      found = shape;
      return true;
    });
    return found;
  }

  // The shape given to a new object.
  const GlobalVariable *fromStores(Value *owner, Place place, const Instruction *before) {
    for (User *user : owner->users()) {
      if (auto *cast = dyn_cast<IntToPtrInst>(user))
        for (User *through : cast->users())
          if (const GlobalVariable *shape = storedShape(through, cast, place, before))
            return shape;
      if (const GlobalVariable *shape = storedShape(user, owner, place, before))
        return shape;
    }
    return nullptr;
  }

  const GlobalVariable *storedShape(User *user, Value *pointer, Place place, const Instruction *before) {
    auto *store = dyn_cast<StoreInst>(user);
    if (!store || store->getPointerOperand() != pointer || !store->hasMetadata("krait.shape"))
      return nullptr;
    const Instruction *end = before ? before : place.from->getTerminator();
    return tree_.dominates(store, end) ? sealedShape(store->getValueOperand()) : nullptr;
  }

  // All that flows in has the shape; in a cycle by induction over the trips.
  const GlobalVariable *fromPhi(PHINode *phi) {
    if (!assumed_.insert(phi).second)
      return nullptr;
    const GlobalVariable *all = nullptr;
    for (unsigned i = 0; i < phi->getNumIncomingValues(); ++i) {
      Value *value = phi->getIncomingValue(i);
      if (value == phi)
        continue;
      const GlobalVariable *shape = shapeAt(value, {phi->getIncomingBlock(i), phi->getParent()});
      if (!shape || (all && shape != all)) {
        all = nullptr;
        break;
      }
      all = shape;
    }
    assumed_.erase(phi);
    return all;
  }

  const DominatorTree &tree_;
  SmallPtrSet<PHINode *, 8> assumed_; // being looked at
};

} // namespace

bool removeProvedShapeChecks(Function &function, const DominatorTree &tree) {
  ShapeProver prover(tree);
  bool changed = false;
  for (Instruction &instruction : instructions(function)) {
    Value *owner;
    const GlobalVariable *shape;
    bool isEqual;
    if (instruction.use_empty() || !matchShapeCheck(&instruction, owner, shape, isEqual))
      continue;
    // shape(v) = S, S sealed  =>  (shape(v) == S) = true, (shape(v) == T) = false for T other than S.
    if (const GlobalVariable *proved = prover.shapeAt(owner, {instruction.getParent()}, &instruction)) {
      instruction.replaceAllUsesWith(
          ConstantInt::getBool(function.getContext(), (proved == shape) == isEqual));
      changed = true;
    }
  }
  return changed;
}

} // namespace krait

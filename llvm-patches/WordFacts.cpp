// Bits of words from dominating branches.
#include "llvm-patches/WordFacts.h"

#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/PatternMatch.h"

using namespace llvm;
using namespace llvm::PatternMatch;

namespace krait {

namespace {
/// Blocks looked at on the way up the dominator tree.
constexpr unsigned kMaxSteps = 64;
/// Phis looked through.
constexpr unsigned kMaxDepth = 3;

/// A condition that holds gives all its conjuncts; one that does not, the opposite of all its disjuncts.
bool visitParts(Value *condition, bool holds, function_ref<bool(Value *, bool)> visit, unsigned depth = 0) {
  Value *left, *right;
  if (match(condition, m_Not(m_Value(left))) && depth < 6)
    return visitParts(left, !holds, visit, depth + 1);
  bool splits = holds ? match(condition, m_LogicalAnd(m_Value(left), m_Value(right)))
                      : match(condition, m_LogicalOr(m_Value(left), m_Value(right)));
  if (splits && depth < 6)
    return visitParts(left, holds, visit, depth + 1) || visitParts(right, holds, visit, depth + 1);
  return visit(condition, holds);
}

/// Adds what [condition] being [holds] says of [word].
void learn(Value *condition, bool holds, Value *word, KnownBits &bits) {
  ICmpInst::Predicate predicate;
  const APInt *mask, *value;
  if (match(condition, m_Trunc(m_Specific(word)))) {
    (holds ? bits.One : bits.Zero).setBit(0);
  } else if (match(condition, m_ICmp(predicate, m_And(m_Specific(word), m_APInt(mask)), m_APInt(value)))) {
    if ((predicate == ICmpInst::ICMP_EQ) == holds && ICmpInst::isEquality(predicate)) {
      bits.One |= *value & *mask;
      bits.Zero |= ~*value & *mask;
    } else if (ICmpInst::isEquality(predicate) && mask->isPowerOf2()) {
      // One bit that is not what it was compared with.
      (value->isZero() ? bits.One : bits.Zero) |= *mask;
    }
  } else if (match(condition, m_ICmp(predicate, m_Specific(word), m_APInt(value)))) {
    if (ICmpInst::isEquality(predicate) && (predicate == ICmpInst::ICMP_EQ) == holds) {
      bits.One |= *value;
      bits.Zero |= ~*value;
    }
  }
}
} // namespace

bool visitDecidedConditions(const DominatorTree &tree, Place place, function_ref<bool(Value *, bool)> visit) {
  if (!tree.isReachableFromEntry(place.from))
    return false;
  auto visitBranch = [&](const BasicBlock *block, const BasicBlock *taken, bool always) {
    auto *branch = dyn_cast<BranchInst>(block->getTerminator());
    if (!branch || !branch->isConditional() || branch->getSuccessor(0) == branch->getSuccessor(1))
      return false;
    for (unsigned i = 0; i < 2; ++i) {
      bool decided = always ? branch->getSuccessor(i) == taken
                            : tree.dominates(BasicBlockEdge(block, branch->getSuccessor(i)), taken);
      if (decided)
        return visitParts(branch->getCondition(), i == 0, visit);
    }
    return false;
  };
  if (place.to && visitBranch(place.from, place.to, true))
    return true;
  const DomTreeNode *node = tree.getNode(place.from)->getIDom();
  for (unsigned step = 0; node && step < kMaxSteps; ++step, node = node->getIDom())
    if (visitBranch(node->getBlock(), place.from, false))
      return true;
  return false;
}

KnownBits WordFacts::known(Value *word, Place place) const { return known(word, place, 0); }

KnownBits WordFacts::known(Value *word, Place place, unsigned depth) const {
  KnownBits bits = computeKnownBits(word, layout_, 0, nullptr, place.from->getTerminator(), &tree_);
  visitDecidedConditions(tree_, place, [&](Value *condition, bool holds) {
    learn(condition, holds, word, bits);
    return false;
  });
  // What is known of each input on its edge, from branches that do not dominate the phi.
  if (auto *phi = dyn_cast<PHINode>(word); phi && depth < kMaxDepth && phi->getNumIncomingValues() <= 8) {
    KnownBits inputs =
        known(phi->getIncomingValue(0), {phi->getIncomingBlock(0), phi->getParent()}, depth + 1);
    for (unsigned i = 1; i < phi->getNumIncomingValues() && !inputs.isUnknown(); ++i)
      inputs = inputs.intersectWith(
          known(phi->getIncomingValue(i), {phi->getIncomingBlock(i), phi->getParent()}, depth + 1));
    bits = bits.unionWith(inputs);
  }
  return bits.hasConflict() ? KnownBits(bits.getBitWidth()) : bits;
}

bool WordFacts::isImmediateFloat(Value *word, Place place) const {
  KnownBits bits = known(word, place);
  return bits.Zero[0] && bits.One[1];
}

bool WordFacts::isZeroFloat(Value *word, Place place) const {
  // 0x24 and 0x2c differ in bit 3 only.
  KnownBits bits = known(word, place);
  APInt fixed(64, ~uint64_t(8));
  return (bits.Zero | bits.One | ~fixed).isAllOnes() && (bits.One & fixed) == 0x24;
}

} // namespace krait

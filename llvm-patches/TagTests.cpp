// See TagTests.h.
#include "llvm-patches/TagTests.h"

#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/PatternMatch.h"

using namespace llvm;
using namespace llvm::PatternMatch;

namespace krait {

namespace {

/// x & m == c  <=>  (x - c) & m == 0, for m of low bits and c within m: subtracting c carries nothing into
/// the low bits from above. On x86 that is lea and test in place of mov, and, cmp.
bool rewriteTest(ICmpInst &test) {
  Value *word;
  const APInt *mask, *tag;
  if (!test.isEquality() || !test.getOperand(0)->hasOneUse() ||
      !match(&test, m_ICmp(m_And(m_Value(word), m_APInt(mask)), m_APInt(tag))))
    return false;
  if (!mask->isMask() || *mask == 1 || tag->isZero() || !tag->isSubsetOf(*mask))
    return false;
  auto *bits = cast<Instruction>(test.getOperand(0));
  IRBuilder<> builder(&test);
  Value *moved = builder.CreateSub(word, ConstantInt::get(word->getType(), *tag));
  test.setOperand(0, builder.CreateAnd(moved, ConstantInt::get(word->getType(), *mask)));
  test.setOperand(1, ConstantInt::getNullValue(word->getType()));
  bits->eraseFromParent();
  return true;
}

} // namespace

PreservedAnalyses TagTestsPass::run(Function &function, FunctionAnalysisManager &) {
  SmallVector<ICmpInst *, 32> tests; // rewriting erases instructions, but none of these
  for (Instruction &instruction : instructions(function))
    if (auto *test = dyn_cast<ICmpInst>(&instruction); test && test->getType()->isIntegerTy())
      tests.push_back(test);
  bool changed = false;
  for (ICmpInst *test : tests)
    changed |= rewriteTest(*test);
  if (!changed)
    return PreservedAnalyses::all();
  PreservedAnalyses kept;
  kept.preserveSet<CFGAnalyses>();
  return kept;
}

} // namespace krait

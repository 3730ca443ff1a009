// The driver of the tagging pass: rewrites from webs, clean-up, and sinking of encodes.
#include "llvm-patches/KraitTagging.h"

#include "llvm-patches/DeadWords.h"
#include "llvm-patches/ShapeChecks.h"
#include "llvm-patches/TagTests.h"
#include "llvm-patches/TagWebs.h"
#include "llvm/ADT/EquivalenceClasses.h"
#include "llvm/Analysis/BlockFrequencyInfo.h"
#include "llvm/Analysis/BranchProbabilityInfo.h"
#include "llvm/Analysis/CFG.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/MDBuilder.h"
#include "llvm/IR/Module.h"
#include "llvm/IR/PatternMatch.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "llvm/Transforms/Utils/Local.h"

using namespace llvm;
using namespace llvm::PatternMatch;

namespace krait {

namespace {

/// Rounds over a function; each removes what the one before made removable. Two are the rule.
constexpr unsigned kMaxRounds = 4;
/// A use this many times rarer than the definition is cold enough to encode there.
constexpr uint64_t kColdRatio = 4;

class TaggingRun {
public:
  TaggingRun(Function &function, DominatorTree &tree, LoopInfo &loops)
      : function_(function), tree_(tree), loops_(loops), layout_(function.getDataLayout()),
        facts_(tree, layout_) {}

  bool run();

private:
  bool round();
  bool rewrite(Tag tag);
  Value *rewritten(Tag tag, Instruction &instruction, const TagWebs &webs) const;
  Value *rewrittenInt(Instruction &instruction, const TagWebs &webs) const;
  Value *rewrittenFloat(Instruction &instruction, const TagWebs &webs) const;
  Value *rewrittenTest(Tag tag, Instruction &instruction, const TagWebs &webs) const;
  bool mergeEqualPhis();
  bool sweepDead();
  bool foldEmptyBranches();
  bool foldEmptyBranch(BranchInst *branch);
  bool sink();
  bool sinkEncodes(const BlockFrequencyInfo &frequencies);
  bool sinkWebs(Tag tag, const BlockFrequencyInfo &frequencies);
  void chooseSinks(Tag tag, ArrayRef<Instruction *> web, const TagWebs &webs,
                   const BlockFrequencyInfo &frequencies,
                   SmallVectorImpl<std::pair<Use *, Value *>> &moved) const;
  bool areCold(ArrayRef<Use *> uses, uint64_t definition, const BlockFrequencyInfo &frequencies) const;
  bool mayBoxAgain(ArrayRef<Instruction *> web, ArrayRef<Use *> outside) const;
  bool isFollowedBy(BasicBlock *block, BasicBlock *other) const;
  Value *encodeInt(Value *raw, Instruction *before, StringRef name) const;
  Value *encodeFloat(Value *raw, Instruction *before, StringRef name) const;
  void cfgChanged();

  Function &function_;
  DominatorTree &tree_;
  LoopInfo &loops_;
  const DataLayout &layout_;
  WordFacts facts_;
};

bool TaggingRun::run() {
  bool changed = false;
  for (unsigned i = 0; i < kMaxRounds && round(); ++i)
    changed = true;
  return sink() | changed;
}

bool TaggingRun::round() {
  bool changed = rewrite(Tag::Int);
  changed |= rewrite(Tag::Float);
  changed |= removeProvedShapeChecks(function_, tree_);
  changed |= mergeEqualPhis();
  // Companions nobody uses go here again: that alone is no change.
  bool swept = sweepDead();
  changed |= foldEmptyBranches();
  return changed | (swept && changed);
}

// ---- Rewrites ---------------------------------------------------------------------------------------

bool TaggingRun::rewrite(Tag tag) {
  TagWebs webs(function_, tag, facts_, loops_);
  webs.build();
  bool changed = false;
  for (Instruction &instruction : instructions(function_)) {
    if (instruction.use_empty())
      continue;
    Value *better = rewritten(tag, instruction, webs);
    if (!better || better == &instruction)
      continue;
    instruction.replaceAllUsesWith(better);
    changed = true;
  }
  return changed;
}

Value *TaggingRun::rewritten(Tag tag, Instruction &instruction, const TagWebs &webs) const {
  if (Value *constant = rewrittenTest(tag, instruction, webs))
    return constant;
  return tag == Tag::Int ? rewrittenInt(instruction, webs) : rewrittenFloat(instruction, webs);
}

Value *TaggingRun::rewrittenInt(Instruction &instruction, const TagWebs &webs) const {
  Value *word, *raw;
  // dec(w) = companion(w);  dec(enc(x)) = x
  if (matchIntDecode(&instruction, word)) {
    if (Value *known = webs.rawOf(word))
      return known;
    return matchIntEncode(word, raw, layout_) ? raw : nullptr;
  }
  // enc(dec(w)) = w, if w is odd
  if (matchIntEncode(&instruction, raw, layout_) && matchIntDecode(raw, word) &&
      facts_.isOdd(word, {instruction.getParent()}))
    return word;
  // enc(x) < enc(y)  <=>  x < y, signed, and likewise for all orders and equality
  ICmpInst::Predicate predicate;
  Value *left, *right;
  if (!match(&instruction, m_ICmp(predicate, m_Value(left), m_Value(right))) ||
      !(ICmpInst::isEquality(predicate) || ICmpInst::isSigned(predicate)) ||
      (isa<Constant>(left) && isa<Constant>(right)))
    return nullptr;
  Value *leftRaw = webs.rawOf(left), *rightRaw = webs.rawOf(right);
  if (!leftRaw || !rightRaw)
    return nullptr;
  return new ICmpInst(instruction.getIterator(), predicate, leftRaw, rightRaw, instruction.getName());
}

Value *TaggingRun::rewrittenFloat(Instruction &instruction, const TagWebs &webs) const {
  Value *word, *raw;
  if (matchFloatUnrotate(&instruction, word)) {
    // unrot(rot(d)) = d, always
    if (matchFloatRotate(word, raw))
      return raw;
    // unrot(w) = companion(w), where the tag of w is 10
    Value *known = webs.rawOf(word);
    return known && facts_.isImmediateFloat(word, {instruction.getParent()}) ? known : nullptr;
  }
  // Only a pointer can be loaded through: the word is that of a box.
  if (matchFloatUnbox(&instruction, word))
    return webs.rawOf(word);
  if (matchFloatZero(&instruction, word)) {
    Value *known = webs.rawOf(word);
    return known && facts_.isZeroFloat(word, {instruction.getParent()}) ? known : nullptr;
  }
  // rot(unrot(w)) = w, always
  if (matchFloatRotate(&instruction, raw))
    return matchFloatUnrotate(raw, word) ? word : nullptr;
  return nullptr;
}

/// A test that the tag bits of a member decide.
Value *TaggingRun::rewrittenTest(Tag tag, Instruction &instruction, const TagWebs &webs) const {
  auto isMember = [&](Value *word) { return !isa<Constant>(word) && webs.rawOf(word); };
  bool bottom = tag == Tag::Int; // bit 0 of an int is 1; of a float's word, immediate, zero or pointer, 0
  Value *word;
  if (instruction.getType()->isIntegerTy(1) && match(&instruction, m_Trunc(m_Value(word))) && isMember(word))
    return ConstantInt::getBool(function_.getContext(), bottom);
  if (match(&instruction, m_And(m_Value(word), m_One())) && isMember(word))
    return ConstantInt::get(instruction.getType(), bottom);
  ICmpInst::Predicate predicate;
  const APInt *mask, *value;
  if (!match(&instruction, m_ICmp(predicate, m_And(m_Value(word), m_APInt(mask)), m_APInt(value))) ||
      !ICmpInst::isEquality(predicate) || !(*mask)[0] || (*value)[0] == bottom || !isMember(word))
    return nullptr;
  return ConstantInt::getBool(function_.getContext(), predicate == ICmpInst::ICMP_NE);
}

// ---- Clean-up ---------------------------------------------------------------------------------------

/// A phi of one value, or of one value and itself, is that value; and of equal phis one is enough.
bool TaggingRun::mergeEqualPhis() {
  bool changed = false;
  for (BasicBlock &block : function_) {
    changed |= EliminateDuplicatePHINodes(&block);
    for (PHINode &phi : make_early_inc_range(block.phis())) {
      Value *only = phi.hasConstantValue();
      if (!only || (isa<Instruction>(only) && !tree_.dominates(cast<Instruction>(only), &phi)))
        continue;
      phi.replaceAllUsesWith(only);
      phi.eraseFromParent();
      changed = true;
    }
  }
  return changed;
}

/// Removes all that no effect depends on, cycles of phis included.
bool TaggingRun::sweepDead() {
  SmallPtrSet<Instruction *, 32> live;
  SmallVector<Instruction *, 64> pending;
  auto keep = [&](Instruction *instruction) {
    if (live.insert(instruction).second)
      pending.push_back(instruction);
  };
  for (Instruction &instruction : instructions(function_))
    if (!wouldInstructionBeTriviallyDead(&instruction) && !isRemovableCall(instruction))
      keep(&instruction);
  while (!pending.empty())
    for (Use &operand : pending.pop_back_val()->operands())
      if (auto *instruction = dyn_cast<Instruction>(operand))
        keep(instruction);
  SmallVector<Instruction *, 32> dead;
  for (Instruction &instruction : instructions(function_))
    if (!live.contains(&instruction))
      dead.push_back(&instruction);
  for (Instruction *instruction : dead) {
    salvageDebugInfo(*instruction);
    instruction->dropAllReferences();
  }
  for (Instruction *instruction : dead) {
    instruction->replaceAllUsesWith(PoisonValue::get(instruction->getType()));
    instruction->eraseFromParent();
  }
  return !dead.empty();
}

void TaggingRun::cfgChanged() {
  removeUnreachableBlocks(function_);
  tree_.recalculate(function_);
  loops_.releaseMemory();
  loops_.analyze(tree_);
}

bool TaggingRun::foldEmptyBranches() {
  bool changed = false;
  for (bool again = true; again;) {
    again = false;
    for (BasicBlock &block : function_) {
      again |= ConstantFoldTerminator(&block, /*DeleteDeadConditions=*/true);
      auto *branch = dyn_cast<BranchInst>(block.getTerminator());
      if (branch && branch->isConditional())
        again |= foldEmptyBranch(branch);
    }
    if (again) {
      cfgChanged();
      sweepDead();
      mergeEqualPhis();
      changed = true;
    }
  }
  return changed;
}

/// Both ways lead, through nothing, to the same place with the same values: the first is taken.
bool TaggingRun::foldEmptyBranch(BranchInst *branch) {
  struct Way {
    BasicBlock *last, *end;
  };
  auto follow = [&](BasicBlock *block) {
    Way way{branch->getParent(), block};
    for (unsigned steps = 0; steps < 8 && way.end->sizeWithoutDebug() == 1; ++steps) {
      auto *next = dyn_cast<BranchInst>(way.end->getTerminator());
      if (!next || next->isConditional() || next->getSuccessor(0) == way.end)
        break;
      way = {way.end, next->getSuccessor(0)};
    }
    return way;
  };
  BasicBlock *first = branch->getSuccessor(0), *second = branch->getSuccessor(1);
  Way one = follow(first), other = follow(second);
  if (first == second || one.end != other.end)
    return false;
  for (PHINode &phi : one.end->phis())
    if (phi.getIncomingValueForBlock(one.last) != phi.getIncomingValueForBlock(other.last))
      return false;
  second->removePredecessor(branch->getParent());
  BranchInst *jump = BranchInst::Create(first, branch->getIterator());
  jump->setDebugLoc(branch->getDebugLoc());
  branch->eraseFromParent();
  return true;
}

// ---- Sinking ----------------------------------------------------------------------------------------

/// The block in which [use] happens; for a phi the one it comes from.
BasicBlock *blockOfUse(const Use &use) {
  auto *user = cast<Instruction>(use.getUser());
  auto *phi = dyn_cast<PHINode>(user);
  return phi ? phi->getIncomingBlock(use) : user->getParent();
}

/// Where code for [use] can be put, in its block and not behind it.
Instruction *placeForUse(const Use &use) {
  auto *user = cast<Instruction>(use.getUser());
  return isa<PHINode>(user) ? blockOfUse(use)->getTerminator() : user;
}

bool TaggingRun::sink() {
  BranchProbabilityInfo probabilities(function_, loops_, nullptr, &tree_);
  BlockFrequencyInfo frequencies(function_, probabilities, loops_);
  bool changed = sinkWebs(Tag::Int, frequencies);
  changed |= sinkEncodes(frequencies);
  // Last, since it makes blocks of which the frequencies know nothing.
  changed |= sinkWebs(Tag::Float, frequencies);
  if (changed) {
    mergeEqualPhis();
    sweepDead();
    foldEmptyBranches();
  }
  return changed;
}

/// enc(x) used in colder blocks only: made there, and the definition is left without uses.
bool TaggingRun::sinkEncodes(const BlockFrequencyInfo &frequencies) {
  SmallVector<Instruction *, 16> words;
  Value *raw;
  for (Instruction &instruction : instructions(function_))
    if (!instruction.use_empty() && matchIntEncode(&instruction, raw, layout_))
      words.push_back(&instruction);
  bool changed = false;
  for (Instruction *word : words) {
    uint64_t own = frequencies.getBlockFreq(word->getParent()).getFrequency();
    SmallVector<Use *, 8> uses;
    for (Use &use : word->uses())
      uses.push_back(&use);
    if (!areCold(uses, own, frequencies))
      continue;
    matchIntEncode(word, raw, layout_);
    for (Use *use : uses)
      use->set(encodeInt(raw, placeForUse(*use), word->getName()));
    changed = true;
  }
  return changed;
}

bool TaggingRun::areCold(ArrayRef<Use *> uses, uint64_t definition,
                         const BlockFrequencyInfo &frequencies) const {
  return all_of(uses, [&](Use *use) {
    return frequencies.getBlockFreq(blockOfUse(*use)).getFrequency() <= definition / kColdRatio;
  });
}

// x has 63 bits wherever it is.
Value *TaggingRun::encodeInt(Value *raw, Instruction *before, StringRef name) const {
  IRBuilder<> builder(before);
  Value *shifted = builder.CreateShl(raw, 1, "", /*HasNUW=*/false, /*HasNSW=*/true);
  return builder.CreateOr(shifted, builder.getInt64(1), name + ".cold");
}

/// rot(d) if its tag is 10, else box(d): a branch, in a block that is cold already.
Value *TaggingRun::encodeFloat(Value *raw, Instruction *before, StringRef name) const {
  IRBuilder<> builder(before);
  Value *sum =
      builder.CreateAdd(builder.CreateBitCast(raw, builder.getInt64Ty()), builder.getInt64(kFloatBias));
  Value *rotated =
      builder.CreateIntrinsic(Intrinsic::fshl, {sum->getType()}, {sum, sum, builder.getInt64(3)});
  Value *isBoxed = builder.CreateICmpNE(builder.CreateAnd(rotated, 3), builder.getInt64(2));
  BasicBlock *block = before->getParent();
  Instruction *slow =
      SplitBlockAndInsertIfThen(isBoxed, before, /*Unreachable=*/false,
                                MDBuilder(function_.getContext()).createUnlikelyBranchWeights());
  builder.SetInsertPoint(slow);
  Value *boxed = builder.CreateCall(function_.getParent()->getFunction(kFloatBoxFunction), {raw});
  builder.SetInsertPoint(before->getParent(), before->getParent()->begin());
  PHINode *word = builder.CreatePHI(rotated->getType(), 2, name + ".cold");
  word->addIncoming(rotated, block);
  word->addIncoming(boxed, slow->getParent());
  return word;
}

/// A web whose words are wanted in colder blocks only: its companions are encoded there, and the web dies.
bool TaggingRun::sinkWebs(Tag tag, const BlockFrequencyInfo &frequencies) {
  if (tag == Tag::Float && !function_.getParent()->getFunction(kFloatBoxFunction))
    return false;
  TagWebs webs(function_, tag, facts_, loops_);
  if (!webs.build())
    return false;
  EquivalenceClasses<Instruction *> components;
  for (auto &[member, companion] : webs.members()) {
    components.insert(member);
    for (Use &operand : member->operands())
      if (auto *other = dyn_cast<Instruction>(operand); other && webs.members().contains(other))
        components.unionSets(member, other);
  }
  SmallVector<std::pair<Use *, Value *>, 16> moved;
  // Grouped in the order of the code, so that the result does not depend on addresses.
  MapVector<Instruction *, SmallVector<Instruction *, 8>> groups;
  for (auto &[member, companion] : webs.members())
    groups[components.getLeaderValue(member)].push_back(member);
  for (auto &[leader, web] : groups)
    chooseSinks(tag, web, webs, frequencies, moved);
  for (auto [use, companion] : moved) {
    StringRef name = use->get()->getName();
    use->set(tag == Tag::Int ? encodeInt(companion, placeForUse(*use), name)
                             : encodeFloat(companion, placeForUse(*use), name));
  }
  sweepDead();
  if (tag == Tag::Float && !moved.empty())
    cfgChanged();
  return !moved.empty();
}

void TaggingRun::chooseSinks(Tag tag, ArrayRef<Instruction *> web, const TagWebs &webs,
                             const BlockFrequencyInfo &frequencies,
                             SmallVectorImpl<std::pair<Use *, Value *>> &moved) const {
  uint64_t hottest = 0;
  SmallVector<Use *, 8> outside;
  for (Instruction *member : web) {
    hottest = std::max(hottest, frequencies.getBlockFreq(member->getParent()).getFrequency());
    for (Use &use : member->uses())
      if (!webs.members().contains(cast<Instruction>(use.getUser())))
        outside.push_back(&use);
  }
  if (!areCold(outside, hottest, frequencies) || (tag == Tag::Float && !mayBoxAgain(web, outside)))
    return;
  for (Use *use : outside)
    moved.emplace_back(use, webs.members().lookup(cast<Instruction>(use->get())));
}

/// A box has an identity: no run of the function may see two boxes where it saw one. So boxes that flow in
/// are used by the web alone, and no use of the web can be followed by another.
bool TaggingRun::mayBoxAgain(ArrayRef<Instruction *> web, ArrayRef<Use *> outside) const {
  for (Instruction *member : web)
    for (Use &operand : member->operands()) {
      Value *raw;
      if (matchFloatBox(operand, raw) && !operand->hasOneUse())
        return false;
    }
  for (Use *one : outside)
    for (Use *other : outside)
      if (isFollowedBy(blockOfUse(*one), blockOfUse(*other)) ||
          (one != other && blockOfUse(*one) == blockOfUse(*other)))
        return false;
  return true;
}

/// True if control may leave [block] and come to [other], which may be [block] again.
bool TaggingRun::isFollowedBy(BasicBlock *block, BasicBlock *other) const {
  SmallVector<BasicBlock *, 8> next(successors(block));
  return !next.empty() && isPotentiallyReachableFromMany(next, other, nullptr, &tree_, &loops_);
}

} // namespace

PreservedAnalyses KraitTaggingPass::run(Function &function, FunctionAnalysisManager &analyses) {
  auto &tree = analyses.getResult<DominatorTreeAnalysis>(function);
  auto &loops = analyses.getResult<LoopAnalysis>(function);
  return TaggingRun(function, tree, loops).run() ? PreservedAnalyses::none() : PreservedAnalyses::all();
}

void registerKraitPasses(PassBuilder &builder) {
  builder.registerPipelineParsingCallback(
      [](StringRef name, FunctionPassManager &passes, ArrayRef<PassBuilder::PipelineElement>) {
        if (name == "krait-tagging")
          passes.addPass(KraitTaggingPass());
        else if (name == "krait-tag-tests")
          passes.addPass(TagTestsPass());
        else if (name == "krait-dead-words")
          passes.addPass(DeadWordsPass());
        else
          return false;
        return true;
      });
  auto add = [](FunctionPassManager &passes, OptimizationLevel level) {
    if (level != OptimizationLevel::O0)
      passes.addPass(KraitTaggingPass());
  };
  // Among the scalar passes, which clean up after it; and again when loops have their last form.
  builder.registerScalarOptimizerLateEPCallback(add);
  builder.registerVectorizerStartEPCallback(add);
  builder.registerOptimizerLastEPCallback([](ModulePassManager &passes, OptimizationLevel level) {
    if (level != OptimizationLevel::O0)
      passes.addPass(createModuleToFunctionPassAdaptor(TagTestsPass()));
    else
      passes.addPass(createModuleToFunctionPassAdaptor(DeadWordsPass()));
  });
}

} // namespace krait

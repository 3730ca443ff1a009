// See DeadWords.h.
#include "llvm-patches/DeadWords.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/IR/CFG.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/Transforms/Utils/Local.h"

using namespace llvm;

namespace krait {

namespace {

bool isWordType(Type *type) { return type->isPointerTy() || type->isIntegerTy(64); }
bool isWord(const Value *value) { return isWordType(value->getType()) && !isa<AllocaInst>(value); }

/// Whether an address is made by the call itself, as good as a constant: slots and their parts.
bool isSlotAddress(const Value *value) {
  if (auto *part = dyn_cast<GetElementPtrInst>(value))
    return part->hasAllConstantIndices() && isSlotAddress(part->getPointerOperand());
  return isa<AllocaInst>(value);
}

bool mayCollect(const Instruction &instruction) {
  return isa<CallBase>(instruction) && !isa<IntrinsicInst>(instruction);
}

/// A word that lives across a call within its block, or beyond it.
bool outlives(Value *word) {
  auto *made = dyn_cast<Instruction>(word);
  BasicBlock *home = made ? made->getParent() : &cast<Argument>(word)->getParent()->getEntryBlock();
  SmallPtrSet<const Instruction *, 8> users;
  for (User *user : word->users()) {
    auto *instruction = cast<Instruction>(user);
    if (instruction->getParent() != home)
      return true;
    users.insert(instruction);
  }
  bool crossed = false;
  for (auto at = made ? std::next(made->getIterator()) : home->begin(); !users.empty() && at != home->end();
       ++at) {
    if (users.erase(&*at) && crossed)
      return true;
    crossed |= mayCollect(*at);
  }
  return false;
}

/// Phis of words become memory that their predecessors write; the block takes what it finds there, and clears
/// it.
void demotePhis(Function &function, Instruction *entry) {
  SmallVector<PHINode *, 32> phis;
  for (BasicBlock &block : function)
    for (PHINode &phi : block.phis())
      if (isWord(&phi))
        phis.push_back(&phi);
  for (PHINode *phi : phis) {
    auto *slot = new AllocaInst(phi->getType(), 0, phi->getName() + ".way", entry->getIterator());
    SmallPtrSet<BasicBlock *, 8> written; // a switch may name a block several times
    for (unsigned i = 0; i < phi->getNumIncomingValues(); ++i)
      if (written.insert(phi->getIncomingBlock(i)).second)
        new StoreInst(phi->getIncomingValue(i), slot,
                      phi->getIncomingBlock(i)->getTerminator()->getIterator());
    BasicBlock::iterator at = phi->getParent()->getFirstInsertionPt();
    auto *taken = new LoadInst(phi->getType(), slot, "", at);
    taken->takeName(phi);
    taken->setDebugLoc(phi->getDebugLoc());
    new StoreInst(Constant::getNullValue(phi->getType()), slot, at);
    phi->replaceAllUsesWith(taken);
    phi->eraseFromParent();
  }
}

/// The blocks at whose beginning [word] is alive.
DenseSet<BasicBlock *> liveBlocks(Value *word, BasicBlock *home) {
  DenseSet<BasicBlock *> live;
  SmallVector<BasicBlock *, 16> work;
  for (User *user : word->users())
    if (BasicBlock *block = cast<Instruction>(user)->getParent(); block != home && live.insert(block).second)
      work.push_back(block);
  while (!work.empty())
    for (BasicBlock *before : predecessors(work.pop_back_val()))
      if (before != home && live.insert(before).second)
        work.push_back(before);
  return live;
}

/// Gives [word] a slot: written where it is made, read for each use, cleared where it dies.
void giveSlot(Value *word, Instruction *entry) {
  auto *made = dyn_cast<Instruction>(word);
  BasicBlock *home = made ? made->getParent() : entry->getParent();
  DenseSet<BasicBlock *> live = liveBlocks(word, home);
  Constant *null = Constant::getNullValue(word->getType());
  auto *slot = new AllocaInst(word->getType(), 0, word->getName() + ".slot", entry->getIterator());

  SmallSetVector<Instruction *, 8> users;
  for (User *user : word->users())
    users.insert(cast<Instruction>(user));
  DenseMap<BasicBlock *, Instruction *> lastIn;
  for (Instruction *user : users) {
    Instruction *&last = lastIn[user->getParent()];
    if (!last || last->comesBefore(user))
      last = user;
  }
  auto liveBehind = [&](BasicBlock *block) {
    return any_of(successors(block), [&](BasicBlock *next) { return live.contains(next); });
  };
  DenseMap<Instruction *, LoadInst *> reads;
  for (Instruction *user : users) {
    reads[user] = new LoadInst(word->getType(), slot, "", user->getIterator());
    user->replaceUsesOfWith(word, reads[user]);
  }
  for (auto [block, last] : lastIn)
    if (!liveBehind(block))
      new StoreInst(null, slot, std::next(reads[last]->getIterator()));
  // On ways where nobody asks for it, it dies at the beginning.
  SmallSetVector<BasicBlock *, 16> over;
  auto leave = [&](BasicBlock *block) {
    for (BasicBlock *next : successors(block))
      if (!live.contains(next) && liveBehind(block))
        over.insert(next);
  };
  leave(home);
  for (BasicBlock *block : live)
    leave(block);
  for (BasicBlock *block : over)
    new StoreInst(null, slot, block->getFirstInsertionPt());

  // Made last, so that this store is not taken for one of the uses.
  new StoreInst(word, slot, std::next(made ? made->getIterator() : slot->getIterator()));
}

/// What is on the stack when the function begins was left there by others. [arrays] were there before.
void clearAtStart(Function &function, ArrayRef<AllocaInst *> arrays) {
  const DataLayout &layout = function.getDataLayout();
  BasicBlock &start = function.getEntryBlock();
  SmallVector<AllocaInst *, 64> slots;
  for (Instruction &instruction : start)
    if (auto *slot = dyn_cast<AllocaInst>(&instruction);
        slot && slot->isStaticAlloca() &&
        (isWordType(slot->getAllocatedType()) || is_contained(arrays, slot)))
      slots.push_back(slot);
  for (AllocaInst *slot : slots) {
    if (is_contained(arrays, slot)) {
      IRBuilder<> builder(slot->getParent(), std::next(slot->getIterator()));
      builder.CreateMemSet(slot, builder.getInt8(0), slot->getAllocationSize(layout)->getFixedValue(),
                           slot->getAlign());
    } else {
      new StoreInst(Constant::getNullValue(slot->getAllocatedType()), slot, std::next(slot->getIterator()));
    }
  }
}

} // namespace

PreservedAnalyses DeadWordsPass::run(Function &function, FunctionAnalysisManager &) {
  if (none_of(instructions(function), mayCollect))
    return PreservedAnalyses::all();
  // Slots stand before the first instruction that is none.
  Instruction *entry = &*function.getEntryBlock().getFirstNonPHIOrDbgOrAlloca();
  SmallVector<AllocaInst *, 8> arrays;
  for (Instruction &instruction : function.getEntryBlock())
    if (auto *array = dyn_cast<AllocaInst>(&instruction); array && array->isStaticAlloca())
      arrays.push_back(array);
  demotePhis(function, entry);
  SmallVector<Value *, 64> words;
  for (Argument &argument : function.args())
    if (isWord(&argument) && outlives(&argument))
      words.push_back(&argument);
  for (Instruction &instruction : instructions(function))
    if (isWord(&instruction) && !isSlotAddress(&instruction) && !instruction.isTerminator() &&
        outlives(&instruction))
      words.push_back(&instruction);
  for (Value *word : words)
    giveSlot(word, entry);
  clearAtStart(function, arrays);
  PreservedAnalyses kept;
  kept.preserveSet<CFGAnalyses>();
  return kept;
}

} // namespace krait

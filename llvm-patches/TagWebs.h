// Webs of tagged words: phis, selects and sums that carry encoded numbers, and the companions that carry the
// numbers.
#pragma once

#include "llvm-patches/TagAlgebra.h"
#include "llvm-patches/WordFacts.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/Analysis/LoopInfo.h"
#include "llvm/IR/IRBuilder.h"

namespace krait {

class TagWebs {
public:
  TagWebs(llvm::Function &function, Tag tag, const WordFacts &facts, const llvm::LoopInfo &loops)
      : function_(function), tag_(tag), facts_(facts), loops_(loops), layout_(function.getDataLayout()) {}

  /// Finds the members and makes their companions, to be removed as dead code where they turn out to be
  /// useless. False if there are none.
  bool build();

  /// The number that [word] encodes, if it is a member or a constant; null otherwise.
  llvm::Value *rawOf(llvm::Value *word) const;

  const llvm::MapVector<llvm::Instruction *, llvm::Value *> &members() const { return members_; }

private:
  void collectCandidates();
  bool dropUnfounded();
  bool isFounded(llvm::Instruction *member) const;
  /// The number behind [word] flowing in at [place]: of a member, of an encode, of a constant, or null.
  /// With [insert], a word only known to be of the right tag is decoded there; without, it is returned
  /// itself.
  llvm::Value *inputRaw(llvm::Value *word, Place place, bool insert) const;
  llvm::Value *encodedRaw(llvm::Value *word, Place place) const;
  bool entersLoop(Place place) const;
  llvm::Value *insertDecode(llvm::Value *word, const llvm::BasicBlock *block) const;
  llvm::Value *makeCompanion(llvm::Instruction *member) const;
  void fillCompanion(llvm::Instruction *member, llvm::Value *companion) const;
  llvm::Type *rawType() const;

  llvm::Function &function_;
  Tag tag_;
  const WordFacts &facts_;
  const llvm::LoopInfo &loops_;
  const llvm::DataLayout &layout_;
  llvm::MapVector<llvm::Instruction *, llvm::Value *> members_; // with their companions
};

} // namespace krait

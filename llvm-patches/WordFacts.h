// What is known of the bits of a word at a place: ValueTracking's knowledge together with the branches that
// lead there.
#pragma once

#include "llvm/IR/Dominators.h"
#include "llvm/Support/KnownBits.h"

namespace krait {

/// A place in the control flow: the end of [from], or, with [to], the edge between the two.
struct Place {
  const llvm::BasicBlock *from;
  const llvm::BasicBlock *to = nullptr;
};

class WordFacts {
public:
  WordFacts(const llvm::DominatorTree &tree, const llvm::DataLayout &layout) : tree_(tree), layout_(layout) {}

  /// Never in conflict: contradicting branches (dead code) give nothing known.
  llvm::KnownBits known(llvm::Value *word, Place place) const;

  bool isOdd(llvm::Value *word, Place place) const { return known(word, place).One[0]; }
  /// The low two bits are 10.
  bool isImmediateFloat(llvm::Value *word, Place place) const;
  /// One of the words of 0.0 and -0.0.
  bool isZeroFloat(llvm::Value *word, Place place) const;

private:
  llvm::KnownBits known(llvm::Value *word, Place place, unsigned depth) const;

  const llvm::DominatorTree &tree_;
  const llvm::DataLayout &layout_;
};

/// Calls [visit](condition, holds) for every branch condition that is decided at [place], nearest first;
/// stops when it returns true, and returns that.
bool visitDecidedConditions(const llvm::DominatorTree &tree, Place place,
                            llvm::function_ref<bool(llvm::Value *, bool)> visit);

} // namespace krait

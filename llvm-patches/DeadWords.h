// Words that are dead leave no trace on the stack of code that is not optimised.
#pragma once

#include "llvm/IR/PassManager.h"

namespace krait {

/// Without optimisation each word that outlives a call or its block has a slot of its own on the stack until
/// the function returns, where a collector that scans stacks takes it for alive: a function that runs once
/// and long (it counts as cold) would keep every large object it ever held. Here such words live in memory
/// that is cleared behind, or rather with, their last use: before a call that takes the word as its last.
/// Runs last, and only where no later pass makes registers of memory again.
class DeadWordsPass : public llvm::PassInfoMixin<DeadWordsPass> {
public:
  llvm::PreservedAnalyses run(llvm::Function &function, llvm::FunctionAnalysisManager &analyses);
};

} // namespace krait

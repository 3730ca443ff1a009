// The last word on tests of tags, for the instruction selection.
#pragma once

#include "llvm/IR/PassManager.h"

namespace krait {

/// Tests of several low bits for a pattern become tests for zero. Runs after all that knows the usual form of
/// such a test (InstCombine makes it again); nothing but instruction selection comes behind it.
class TagTestsPass : public llvm::PassInfoMixin<TagTestsPass> {
public:
  llvm::PreservedAnalyses run(llvm::Function &function, llvm::FunctionAnalysisManager &analyses);
};

} // namespace krait

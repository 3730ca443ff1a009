// KraitTagging: removes round trips between numbers and tagged words that stay behind when the fast paths of
// the runtime were inlined. What it does, in order, until nothing changes:
//
//   1. A phi (select, sum with an even constant) all of whose inputs encode numbers gets a companion that
//   carries the
//      number itself; every decode of it becomes the companion, every test of its tag a constant.
//      (Loop-carried accumulators; a join of rot(d) and box(d) is a phi of this kind.)
//   2. Decode of encode and encode of decode, which LLVM leaves for floats, are the original.
//   3. What is unused is removed, also boxing calls and the branches that led nowhere else.
//   4. Shape checks already made are removed (ShapeChecks.h).
//   5. Words used only where it is cold are encoded there.
//
// It never makes a test come out another way, nor drops a boxing whose word is used.
#pragma once

#include "llvm/IR/PassManager.h"

namespace llvm {
class PassBuilder;
}

namespace krait {

class KraitTaggingPass : public llvm::PassInfoMixin<KraitTaggingPass> {
public:
  llvm::PreservedAnalyses run(llvm::Function &function, llvm::FunctionAnalysisManager &analyses);
};

/// Makes "krait-tagging", "krait-tag-tests" and "krait-dead-words" names of passes and puts the first two
/// into the O1 to O3 pipelines, one late among the scalar passes, the other at the end, and the third into
/// the O0 pipeline.
void registerKraitPasses(llvm::PassBuilder &builder);

} // namespace krait

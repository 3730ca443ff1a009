// Removal of shape checks that were already made.
//
// The header word of an object is its shape, and shapes change; so LLVM must load it again after every call.
// But some classes' shapes are sealed: an object that has one keeps it for life (floats, strings, tuples ...
// exactly of the built-in class). The producer of the IR says so: `!krait.shape` on loads and stores of
// header words, `!krait.sealed` on the globals that are sealed shapes. Values are never moved by the
// collector, so the fact belongs to the SSA value.
#pragma once

#include "llvm/IR/Dominators.h"

namespace krait {

/// Replaces comparisons of shapes whose outcome is proved; true if any was.
bool removeProvedShapeChecks(llvm::Function &function, const llvm::DominatorTree &tree);

} // namespace krait

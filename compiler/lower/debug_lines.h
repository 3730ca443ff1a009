// debug_lines.h - what debuggers and profilers see of compiled code: functions under their Python names, with the file and line of each
// instruction and of the calls it was inlined through. Lines only: no variables and no types.
#pragma once

#include "compiler/hir/hir.h"

#include <llvm/IR/DIBuilder.h>
#include <llvm/IR/Module.h>

#include <map>
#include <string>
#include <tuple>

namespace krait {

class DebugLines {
public:
  DebugLines(llvm::Module &target, const hir::Module &source);

  /// Gives [function] the name and the place of code object number [code] of the source; its scope.
  llvm::DISubprogram *attach(llvm::Function &function, uint32_t code);
  /// The first line of [scope]: for what belongs to no line.
  llvm::DILocation *start(llvm::DISubprogram *scope);
  /// The place of [state] in the function whose scope is [root].
  llvm::DILocation *locate(const hir::FrameState &state, llvm::DISubprogram *root);
  /// Call once, when all functions are there.
  void finish() { builder_.finalize(); }

private:
  llvm::DIFile *file(const std::string &path);
  llvm::DISubprogram *subprogram(uint32_t code);
  llvm::DILocation *callSite(const hir::FrameState &state, llvm::DISubprogram *root);

  const hir::Module &source_;
  llvm::DIBuilder builder_;
  llvm::LLVMContext &context_;
  std::map<std::string, llvm::DIFile *> files_;
  std::map<uint32_t, llvm::DISubprogram *> scopes_; // of inlined code
  // One location for each call that something was inlined at, so that two calls on a line stay two.
  std::map<std::tuple<llvm::DISubprogram *, llvm::DILocation *, uint32_t>, llvm::DILocation *> calls_;
};

} // namespace krait

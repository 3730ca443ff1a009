// Bytecode to HIR. Only translates: every opcode becomes its generic operation or the plain instructions that
// mean the same; profile and types come in with later passes.
#pragma once

#include "compiler/frontend/code_unit.h"
#include "compiler/hir/hir.h"

#include <functional>

namespace krait {

enum class BuildReason : uint8_t {
#define REASON(Name, text) Name,
#include "compiler/build/Reasons.def"
};
/// The text of [reason] for people.
const char *buildReasonText(BuildReason reason);

struct BuildResult {
  hir::Function *function = nullptr; // null if it is not compiled
  BuildReason reason = BuildReason::None;
};

/// What is known of one conditional jump or loop.
struct BranchHint {
  int64_t takenPermille = -1;                   // -1: unknown
  bool neverTaken = false, alwaysTaken = false; // by enough evidence to leave compiled code on the other side
};

struct BuildOptions {
  std::function<BranchHint(uint32_t site)> branch; // may be empty
  bool keepVariables = false;                      // states list all variables, dead ones included
  bool leaveWhenTraced = false;                    // behind what may have switched tracing on
  BuildReason against = BuildReason::None;         // what the caller knows against compiling
};

/// Adds the HIR of [unit], known as [name] ("module:qualname"), to [module]: as a function called with its
/// parameters bound, or as a generator's resumable body.
BuildResult buildFunction(hir::Module &module, const std::string &name, const CodeUnit &unit,
                          const BuildOptions &options = {});
/// The loop whose header is at unit [offset], for entry by the interpreter there; where the loop ends it
/// leaves.
BuildResult buildLoop(hir::Module &module, const std::string &name, const CodeUnit &unit, uint32_t offset,
                      const BuildOptions &options = {});
struct LoopRange {
  uint32_t header, back; // unit offsets of the first instruction and of the LoopBack at the end
  uint32_t site;         // of the LoopBack
  int outer;             // index of the loop around it, or -1
};
/// All loops of [unit] by their headers.
std::vector<LoopRange> loopsOf(const CodeUnit &unit);
/// Unit offsets of all loop headers of [unit], ascending.
std::vector<uint32_t> loopHeaders(const CodeUnit &unit);

} // namespace krait

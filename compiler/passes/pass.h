// The pass interface and the pipeline. A pass does one thing to one function, leaves it well formed, and
// never depends on hash order.
#pragma once

#include "compiler/hir/hir.h"
#include "compiler/specialize/decisions.h"

#include <functional>
#include <string_view>

namespace krait::hir {

/// What passes may ask about the program; all of it may be absent.
struct PassContext {
  Program *program = nullptr;
  /// By index of code object in the module: what was decided for its sites, or null.
  std::function<const CodeDecisions *(const Module &module, uint32_t code)> decisions;
  /// HIR of a function of the program, ready for being copied into a caller; null (with the reason kept by
  /// the callee) if there is none. [module] is the caller's.
  std::function<const Function *(Module &module, const std::string &name)> inlineBody;

  /// Whether the states of code object [code] list all variables because somebody may look at them.
  std::function<bool(const Module &module, uint32_t code)> showsVariables;

  const SiteDecision *site(const Module &module, uint32_t code, int64_t site) const {
    const CodeDecisions *all = decisions ? decisions(module, code) : nullptr;
    return all && site >= 0 && size_t(site) < all->sites.size() ? &all->sites[size_t(site)] : nullptr;
  }
};

/// Returns whether it changed anything.
using PassFunction = bool (*)(Function &function, PassContext &context);

struct PassInfo {
  const char *name;
  PassFunction run;
  const char *doc;
};
const PassInfo *findPass(std::string_view name);
const std::vector<PassInfo> &allPasses();

/// What the pipeline tells its caller.
struct PipelineOptions {
  PassContext context;
#ifdef KRAIT_DEBUG
  bool verify = true; // after every pass
#else
  bool verify = false; // after every pass
#endif
  std::function<void(const PassInfo &, const Function &, bool after)> observe; // may be empty
};
bool runPass(const PassInfo &pass, Function &function, PipelineOptions &options);
/// Narrowed and tidied, as a body to be copied into callers.
void prepare(Function &function, PipelineOptions &options);
/// The standard sequence: reads as a list in pipeline.cpp.
void runPipeline(Function &function, PipelineOptions &options);
/// What is left to do when parameters became machine values.
void finishTyped(Function &function, PipelineOptions &options);

#define PASS(name, run, doc) bool run(Function &function, PassContext &context);
#include "compiler/passes/Passes.def"

} // namespace krait::hir

// The pass interface and the pipeline. A pass does one thing to one function, leaves it well formed, and never depends
// on hash order.
#pragma once

#include "compiler/hir/hir.h"

#include <functional>
#include <string_view>

namespace krait::hir {

/// Returns whether it changed anything.
using PassFunction = bool (*)(Function &function);

struct PassInfo {
  const char *name;
  PassFunction run;
  const char *doc;
};
const PassInfo *findPass(std::string_view name);
const std::vector<PassInfo> &allPasses();

/// What the pipeline tells its caller.
struct PipelineOptions {
  bool verify = false;                                                  // after every pass
  std::function<void(const PassInfo &, const Function &, bool after)> observe; // may be empty
};
bool runPass(const PassInfo &pass, Function &function, const PipelineOptions &options);
/// The standard sequence: reads as a list in pipeline.cpp.
void runPipeline(Function &function, const PipelineOptions &options);

#define PASS(name, run, doc) bool run(Function &function);
#include "compiler/passes/Passes.def"

} // namespace krait::hir

// The pass registry and the standard pipeline.
#include "compiler/passes/pass.h"

#include "compiler/support/check.h"

namespace krait::hir {

const std::vector<PassInfo> &allPasses() {
  static const std::vector<PassInfo> passes = {
#define PASS(name, run, doc) {name, run, doc},
#include "compiler/passes/Passes.def"
  };
  return passes;
}

const PassInfo *findPass(std::string_view name) {
  for (const PassInfo &pass : allPasses())
    if (name == pass.name)
      return &pass;
  return nullptr;
}

bool runPass(const PassInfo &pass, Function &function, PipelineOptions &options) {
  if (options.observe)
    options.observe(pass, function, false);
  bool changed = pass.run(function, options.context);
  if (options.observe)
    options.observe(pass, function, true);
  if (options.verify)
    verifyOrDie(function, pass.name);
  return changed;
}

void runPipeline(Function &function, PipelineOptions &options) {
  static constexpr const char *kSequence[] = {
      "cleanup",      "infer-types", "simplify",
      "gvn",          // merges guards, so that the analysis below sees one value where the source has one
      "dce",          "cleanup",

      "cleanup",      "infer-types", "simplify", "gvn", "dce",
      "unbox",        // after escape: fields that became parameters are unboxed like variables
      "lower-states", // states must not keep boxes alive
      "simplify",     "dce",         "refine",   "infer-types",
      "simplify",     // turns checks into exact forms by the ranges just found
      "licm",         "gvn",         "infer-types", "simplify", "lower-states", "dce", "cleanup",
  };
  for (const char *name : kSequence) {
    const PassInfo *pass = findPass(name);
    KRAIT_CHECK(pass, "%s", name);
    runPass(*pass, function, options);
  }
}

} // namespace krait::hir

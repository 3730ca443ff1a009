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

static void runAll(Function &function, PipelineOptions &options, std::initializer_list<const char *> names) {
  for (const char *name : names) {
    const PassInfo *pass = findPass(name);
    KRAIT_CHECK(pass, "%s", name);
    runPass(*pass, function, options);
  }
}

void prepare(Function &function, PipelineOptions &options) {
  runAll(function, options,
         {"guard-arguments", "cleanup", "idle-variables", "cleanup", "split", "infer-types", "narrow",
          "cleanup", "infer-types", "simplify", "narrow", "infer-types", "simplify", "dce", "cleanup"});
}

/// Generators that loops consume, outermost first: the next inner one shows when the outer one was taken
/// apart.
static void inlineAllGenerators(Function &function, PipelineOptions &options) {
  for (int round = 0; round < 8 && runPass(*findPass("generators"), function, options); ++round)
    runAll(function, options,
           {"cleanup",  "infer-types", "simplify",    "gvn",      "dce",     "escape",  "cleanup",
            "thread",   "cleanup",     "infer-types", "simplify", "cleanup", "narrow",  "cleanup",
            "inline",   "cleanup",     "infer-types", "simplify", "narrow",  "cleanup", "infer-types",
            "simplify", "gvn",         "dce",         "cleanup"});
}

void runPipeline(Function &function, PipelineOptions &options) {
  prepare(function, options);
  runAll(function, options,
         {
             "inline",   "cleanup",     "infer-types", "simplify",
             "narrow", // arguments and results have types now
             "cleanup",  "infer-types", "simplify",    "inline",      "cleanup",  "infer-types",
             "simplify", "narrow",      "cleanup",     "infer-types", "simplify",
             "gvn", // merges guards, so that what follows sees one value where the source has one
             "dce",      "cleanup",
         });
  inlineAllGenerators(function, options);
  runAll(function, options,
         {
             "idle-variables", // types are known
             "escape",         // wants guards merged: objects are seen through them
             "cleanup",
             "infer-types",
             "simplify",
             "gvn",
             "dce",
             "escape",
             "cleanup",
             "infer-types",
             "simplify",
             "idle-variables",
             "dce",
             "unbox",        // after escape: fields that became parameters are unboxed like variables
             "lower-states", // states must not keep boxes alive
             "simplify",
             "dce",
             "refine",
             "infer-types",
             "simplify", // checks become exact forms by the ranges just found
             "licm",
             "gvn",
             "infer-types",
             "simplify",
             "lower-states",
             "dce",
             "cleanup",
             "polls", // after licm, which leaves through their states
             "reuse", // when nothing is merged any more
         });
}

void finishTyped(Function &function, PipelineOptions &options) {
  runAll(function, options, {"simplify", "lower-states", "simplify", "dce"});
}

} // namespace krait::hir

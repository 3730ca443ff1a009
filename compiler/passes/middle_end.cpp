// Wires program, decisions, builder and passes together.
#include "compiler/passes/middle_end.h"

namespace krait {

using hir::Function;
using hir::Module;

MiddleEnd::MiddleEnd(Program &program, const std::string &moduleName, hir::PipelineOptions options)
    : program_(program), options_(std::move(options)) {
  module_.name = moduleName;
  options_.context.program = &program;
  options_.context.decisions = [this](const Module &module, uint32_t code) {
    return decisions(module, code);
  };
  options_.context.inlineBody = [this](Module &, const std::string &name) { return inlineBody(name); };
}

const CodeDecisions &MiddleEnd::decisionsFor(const ProgramCode &code) {
  auto it = decisions_.find(&code);
  return it != decisions_.end() ? it->second : decisions_[&code] = decide(code);
}

const CodeDecisions *MiddleEnd::decisions(const Module &module, uint32_t code) {
  const ProgramCode *found = program_.find(module.codes[code].name);
  return found ? &decisionsFor(*found) : nullptr;
}

/// Events a branch must have had before a side never taken counts as cold.
static constexpr uint64_t kColdEvidence = 200;

BuildOptions MiddleEnd::buildOptions(const ProgramCode &code) {
  const CodeDecisions &all = decisionsFor(code);
  BuildOptions out;
  out.keepVariables = program_.looksAtFrames();
  out.branch = [&all](uint32_t site) {
    BranchHint hint;
    if (site >= all.sites.size() || !all.sites[site].count)
      return hint;
    const SiteDecision &d = all.sites[site];
    hint.takenPermille = d.takenPermille;
    hint.neverTaken = d.count >= kColdEvidence && d.taken == 0;
    hint.alwaysTaken = d.count >= kColdEvidence && d.taken == d.count;
    return hint;
  };
  return out;
}

const Function *MiddleEnd::inlineBody(const std::string &name) {
  auto [it, added] = bodies_.try_emplace(name);
  const ProgramCode *code = added ? program_.find(name) : nullptr;
  if (!code || program_.looksAtFrames()) // frames of inlined code could not be seen
    return it->second.get();
  if (code->unit->units.size() > 600)
    return nullptr;
  BuildResult built = buildFunction(module_, name, *code->unit, buildOptions(*code));
  if (!built.function)
    return nullptr;
  // The body is a part of others, not a function of the module.
  std::unique_ptr<Function> body = std::move(module_.functions.back());
  module_.functions.pop_back();
  hir::prepare(*body, options_);
  return (bodies_[name] = std::move(body)).get();
}

Function *MiddleEnd::optimised(BuildResult built, const ProgramCode &code) {
  if (built.function)
    hir::runPipeline(*built.function, options_);
  else
    declined_.push_back({&code, built.reason});
  return built.function;
}

Function *MiddleEnd::compile(const ProgramCode &code) {
  return optimised(buildFunction(module_, code.name, *code.unit, buildOptions(code)), code);
}

Function *MiddleEnd::compileLoop(const ProgramCode &code, uint32_t offset) {
  return optimised(buildLoop(module_, code.name, *code.unit, offset, buildOptions(code)), code);
}

} // namespace krait

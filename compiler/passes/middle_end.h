// The middle end as one call: from the code objects of a program, with what a profile says of them, to
// optimised HIR.
#pragma once

#include "compiler/passes/pass.h"

#include "compiler/build/build.h"

#include <map>
#include <memory>

namespace krait {

/// A code object that stays interpreted.
struct Declined {
  const ProgramCode *code;
  BuildReason reason;
};

class MiddleEnd {
public:
  /// [program] must outlive this. [options] are those of the pipeline; its context is filled in here.
  MiddleEnd(Program &program, const std::string &moduleName, hir::PipelineOptions options = {});

  hir::Module &module() { return module_; }
  /// Compiles [code] as a function or generator; null if it is declined (see declined()).
  hir::Function *compile(const ProgramCode &code);
  /// Compiles the loop of [code] whose header is at unit [offset], for entry by the interpreter; null if
  /// declined. [whole]: the compiled function if there is one; tells what the registers hold there.
  hir::Function *compileLoop(const ProgramCode &code, uint32_t offset, hir::Function *whole = nullptr);
  /// Headers of the loops of [code] that are worth an entry.
  std::vector<uint32_t> hotLoops(const ProgramCode &code);
  /// Divides the compiled functions that guard their parameters into typed and generic entries; after all of
  /// them were compiled.
  void makeTypedEntries();
  const std::vector<Declined> &declined() const { return declined_; }
  const CodeDecisions &decisionsFor(const ProgramCode &code);

private:
  /// What there is to know for building the units [from, to) of [code].
  BuildOptions buildOptions(const ProgramCode &code, uint32_t from, uint32_t to);
  BuildOptions buildOptions(const ProgramCode &code);
  bool collects(const ProgramCode &code, uint32_t from, uint32_t to);
  /// Must frame states list all variables of [unit], since somebody may look at them?
  bool showsVariables(const CodeUnit &unit);
  const CodeDecisions *decisions(const hir::Module &module, uint32_t code);
  const hir::Function *inlineBody(const std::string &name);
  hir::Function *optimised(BuildResult built, const ProgramCode &code);

  Program &program_;
  hir::Module module_;
  hir::PipelineOptions options_;
  std::map<const ProgramCode *, CodeDecisions> decisions_;
  std::map<std::string, std::unique_ptr<hir::Function>> bodies_; // null while being built and where declined
  std::vector<Declined> declined_;
};

} // namespace krait

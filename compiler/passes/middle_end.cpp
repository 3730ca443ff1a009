// Wires program, decisions, builder and passes together.
#include "compiler/passes/middle_end.h"

#include "compiler/frontend/liveness.h"
#include "compiler/hir/callers.h"

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
  options_.context.showsVariables = [this](const Module &module, uint32_t code) {
    return showsVariables(*module.codes[code].unit);
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

/// Recorded calls from which on a function is compiled even if it collects garbage.
static constexpr uint64_t kOftenRun = 1000;

/// Is garbage collected from the units [from, to) of [code], in calls that were recorded or, without a
/// record, as names tell?
bool MiddleEnd::collects(const ProgramCode &code, uint32_t from, uint32_t to) {
  if (!code.profile)
    return hir::mentionsCollection(*code.unit, from, to);
  const CodeDecisions &all = decisionsFor(code);
  std::vector<uint32_t> offsets = code.unit->siteOffsets();
  for (size_t i = 0; i < std::min(offsets.size(), all.sites.size()); ++i) {
    const SiteDecision &d = all.sites[i];
    if (offsets[i] >= from && offsets[i] < to &&
        (program_.collects(d.target) ||
         std::any_of(
             d.targets.begin(), d.targets.end(), [&](const Target &t) { return program_.collects(t); })))
      return true;
  }
  return false;
}

bool MiddleEnd::showsVariables(const CodeUnit &unit) {
  return program_.looksAtFrames() || hir::showsOwnVariables(unit);
}

BuildOptions MiddleEnd::buildOptions(const ProgramCode &code) {
  return buildOptions(code, 0, uint32_t(code.unit->units.size()));
}
BuildOptions MiddleEnd::buildOptions(const ProgramCode &code, uint32_t from, uint32_t to) {
  const CodeDecisions &all = decisionsFor(code);
  BuildOptions out;
  out.keepVariables = true; // idle-variables takes back what nobody can tell
  out.leaveWhenTraced = program_.traces();
  // Values that are dead in compiled code stay in its stack frame for a while, where the collector sees them:
  // programs that collect look at what is gone then. Module code is entered by its loops alone.
  bool often = code.profile && code.profile->entries >= kOftenRun;
  if (!often && collects(code, from, to))
    out.against = BuildReason::CallsCollector;
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
  if (code->unit->units.size() > 600 || hir::needsOwnFrame(*code->unit) ||
      hir::showsOwnVariables(*code->unit) || program_.shown().count(code->unit))
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

static hir::Type typeOf(const hir::VirtualObject &object) {
  switch (object.op) {
  case hir::Op::New:
    return hir::layoutKind(hir::Layout(object.imms[0]));
  case hir::Op::NewTuple:
    return hir::Kind::Tuple;
  case hir::Op::NewFunction:
    return hir::Kind::Function;
  case hir::Op::NewList:
    return hir::Kind::List;
  case hir::Op::BoxInt:
    return hir::Kind::Int;
  case hir::Op::BoxFloat:
    return hir::Kind::Float;
  case hir::Op::BoxBool:
    return hir::Kind::Bool;
  default:
    return {};
  }
}

/// What register [reg] holds at the loop header [offset], by the states of [whole]; empty if that is not
/// known.
static hir::Type typeAtHeader(Function &whole, uint32_t offset, uint16_t reg) {
  for (hir::Block *block : whole.blocks)
    for (hir::Inst *inst : block->insts) {
      if (!inst->is(hir::Op::GuardPoll) || inst->state->caller || inst->state->offset != offset)
        continue;
      for (const hir::FrameSlot &slot : inst->state->slots)
        if (slot.reg == reg) {
          if (slot.value.object)
            return typeOf(*slot.value.object);
          hir::Inst *v = Function::resolve(slot.value.value);
          hir::Type t = v ? v->type : hir::Type();
          return t.is(hir::Kind::CInt64)    ? hir::Type(hir::Kind::Int)
                 : t.is(hir::Kind::CDouble) ? hir::Type(hir::Kind::Float)
                 : t.is(hir::Kind::CBool)   ? hir::Type(hir::Kind::Bool)
                                            : t;
        }
    }
  return {};
}

Function *MiddleEnd::compileLoop(const ProgramCode &code, uint32_t offset, Function *whole) {
  uint32_t back = offset;
  for (const LoopRange &loop : loopsOf(*code.unit))
    if (loop.header == offset)
      back = std::max(back, loop.back);
  BuildResult built = buildLoop(module_, code.name, *code.unit, offset, buildOptions(code, offset, back));
  if (built.function && whole) {
    Liveness live(*code.unit); // what nothing reads may be of any type
    for (uint16_t reg : built.function->entryRegs)
      built.function->entryTypes.push_back(live.liveBefore(offset, reg) ? typeAtHeader(*whole, offset, reg)
                                                                        : hir::Type());
  }
  return optimised(built, code);
}

/// Turns of a loop that pay for a second copy of it, and turns at a time that pay for entering an inner loop
/// by itself.
static constexpr uint64_t kHotLoop = 500, kLongInnerLoop = 200;

std::vector<uint32_t> MiddleEnd::hotLoops(const ProgramCode &code) {
  std::vector<uint32_t> out;
  const CodeUnit &unit = *code.unit;
  if (unit.isGeneratorLike())
    return out;
  std::vector<LoopRange> loops = loopsOf(unit);
  const CodeDecisions &all = decisionsFor(code);
  auto turns = [&](int i) {
    return loops[size_t(i)].site < all.sites.size() ? all.sites[loops[size_t(i)].site].count : 0;
  };
  for (int i = 0; i < int(loops.size()); ++i) {
    int outer = loops[size_t(i)].outer;
    // Without a record: outermost loops of code that is run once and has no other way into native code.
    bool hot = code.profile
                   ? turns(i) >= kHotLoop && (outer < 0 || turns(i) / (turns(outer) + 1) >= kLongInnerLoop)
                   : outer < 0 && (unit.qualname == "<module>" ||
                                   hir::mentionsCollection(unit, 0, uint32_t(unit.units.size())));
    if (hot && (out.empty() || out.back() != loops[size_t(i)].header))
      out.push_back(loops[size_t(i)].header);
  }
  return out;
}

} // namespace krait

// Entry points of the builder: what is compiled, and the named reason for what is not.
#include "compiler/build/build.h"

#include "compiler/build/translator.h"

#include <algorithm>

namespace krait {

const char *buildReasonText(BuildReason reason) {
  static constexpr const char *kTexts[] = {
#define REASON(Name, text) text,
#include "compiler/build/Reasons.def"
  };
  return kTexts[unsigned(reason)];
}

/// Functions beyond this are data written as code; compiling them costs more than it brings.
static constexpr size_t kMaxUnits = 60000;

static BuildReason reasonAgainst(const CodeUnit &unit) {
  if (unit.units.size() > kMaxUnits)
    return BuildReason::TooLarge;
  if (unit.flags & kCodeAsyncGenerator)
    return BuildReason::AsyncGenerator;
  bool module = unit.qualname == "<module>";
  for (uint32_t at = 0; at < unit.units.size(); at += opcodeInfo(Opcode(unit.units[at])).length)
    switch (Opcode(unit.units[at])) {
    case Opcode::LoadClassCell:
    case Opcode::LoadLocals:
      return BuildReason::ClassBody;
    case Opcode::LoadName:
    case Opcode::StoreName:
    case Opcode::DeleteName:
    case Opcode::SetupAnnotations:
      // In a module, names are globals.
      if (!module)
        return BuildReason::DynamicNames;
      break;
    case Opcode::ImportStar:
      return BuildReason::ImportStar;
    case Opcode::PrintExpr:
      return BuildReason::InteractiveCode;
    default:
      break;
    }
  return BuildReason::None;
}

BuildResult buildFunction(hir::Module &module, const std::string &name, const CodeUnit &unit,
                          const BuildOptions &options) {
  if (options.against != BuildReason::None)
    return {nullptr, options.against};
  if (BuildReason reason = reasonAgainst(unit); reason != BuildReason::None)
    return {nullptr, reason};
  auto kind = unit.isGeneratorLike() ? hir::FunctionKind::generator : hir::FunctionKind::normal;
  return {Translator(module, name, unit, options).run(kind, 0), BuildReason::None};
}

std::vector<LoopRange> loopsOf(const CodeUnit &unit) {
  std::vector<LoopRange> loops;
  for (uint32_t at = 0; at < unit.units.size();) {
    DecodedInst inst = decodeInst(unit.units.data(), at);
    if (inst.op == Opcode::LoopBack)
      loops.push_back({inst.operands[0], at, inst.operands[1], -1});
    at += inst.length;
  }
  // Outer ones first, so that the last one around a loop is the next.
  std::sort(loops.begin(), loops.end(), [](const LoopRange &a, const LoopRange &b) {
    return a.header != b.header ? a.header < b.header : a.back > b.back;
  });
  for (size_t i = 0; i < loops.size(); ++i)
    for (size_t o = 0; o < i; ++o)
      if (loops[o].back > loops[i].back)
        loops[i].outer = int(o);
  return loops;
}

std::vector<uint32_t> loopHeaders(const CodeUnit &unit) {
  std::vector<uint32_t> headers;
  for (const LoopRange &loop : loopsOf(unit))
    headers.push_back(loop.header);
  headers.erase(std::unique(headers.begin(), headers.end()), headers.end());
  return headers;
}

BuildResult buildLoop(hir::Module &module, const std::string &name, const CodeUnit &unit, uint32_t offset,
                      const BuildOptions &options) {
  if (options.against != BuildReason::None)
    return {nullptr, options.against};
  if (BuildReason reason = reasonAgainst(unit); reason != BuildReason::None)
    return {nullptr, reason};
  std::vector<uint32_t> headers = loopHeaders(unit);
  // A generator is resumed, not entered in the middle.
  if (unit.isGeneratorLike() || !std::binary_search(headers.begin(), headers.end(), offset))
    return {nullptr, BuildReason::NoLoopThere};
  return {Translator(module, name, unit, options).run(hir::FunctionKind::loop, offset), BuildReason::None};
}

} // namespace krait

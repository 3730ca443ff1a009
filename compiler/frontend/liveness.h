// Live registers of bytecode: which registers an instruction or anything after it may still read. Frame
// states list only these.
#pragma once

#include "compiler/frontend/code_unit.h"

#include <cstdint>
#include <span>
#include <vector>

namespace krait {

/// Registers an instruction reads and writes, in the order of its operands.
struct RegisterUse {
  std::vector<uint16_t> reads, writes;
};
RegisterUse registerUse(const DecodedInst &inst);

class Liveness {
public:
  /// [keepVariables]: variables are live everywhere, for programs that look at them from outside.
  explicit Liveness(const CodeUnit &unit, bool keepVariables = false);
  /// Of an instruction stream by itself; [handlers]: inner before outer.
  Liveness(std::span<const CodeWord> units, uint32_t registers, std::span<const ExceptionRange> handlers);
  /// Is [reg] live before the instruction at unit [offset]?
  bool liveBefore(uint32_t offset, uint16_t reg) const { return before_[offset][reg]; }
  const std::vector<bool> &before(uint32_t offset) const { return before_[offset]; }

private:
  std::vector<std::vector<bool>> before_; // by unit offset; empty where no instruction starts
};

} // namespace krait

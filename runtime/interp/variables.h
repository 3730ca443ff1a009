// variables.h - which registers of a frame are variables.
#pragma once

#include "runtime/abi/types.h"

#include <algorithm>

namespace krait {

/// Variables, cells and free variables come first; the registers behind them are temporaries.
inline uint32_t variableCount(const Code *code) {
  uint32_t count = code->localCount;
  for (int64_t i = 0; i < code->cellvars->length; ++i)
    count = std::max(count, uint32_t{code->cellRegs[i]} + 1);
  return count + static_cast<uint32_t>(code->freevars->length);
}

} // namespace krait

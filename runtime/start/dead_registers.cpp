// dead_registers.cpp - see dead_registers.h.
#include "runtime/start/dead_registers.h"

#include "compiler/frontend/liveness.h"
#include "runtime/abi/code_image.h"
#include "runtime/interp/interp.h"

#include <algorithm>

namespace krait {

void dropDeadRegisters() {
  for (Frame *frame = krt_thread.frame; frame; frame = frame->back) {
    if (frame->flags & kFrameBare) // of compiled code: where registers would be, the next frame begins
      continue;
    Code *code = frame->code;
    uint32_t variables = code->localCount;
    for (int64_t i = 0; i < code->cellvars->length; ++i)
      variables = std::max(variables, uint32_t{code->cellRegs[i]} + 1);
    variables += static_cast<uint32_t>(code->freevars->length);
    if (variables >= code->registerCount)
      continue;
    Liveness live({code->units, code->unitCount}, code->registerCount, {code->ranges, code->rangeCount});
    for (uint32_t reg = variables; reg < code->registerCount; ++reg)
      if (!live.liveBefore(krt_frame_offset(frame), static_cast<uint16_t>(reg)))
        frame->registers[reg] = {};
  }
}

} // namespace krait

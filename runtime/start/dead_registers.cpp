// dead_registers.cpp - see dead_registers.h.
#include "runtime/start/dead_registers.h"

#include "compiler/frontend/liveness.h"
#include "runtime/abi/code_image.h"
#include "runtime/interp/interp.h"
#include "runtime/interp/variables.h"

namespace krait {

void dropDeadRegisters() {
  for (Frame *frame = krt_thread.frame; frame; frame = frame->back) {
    if (frame->flags & kFrameBare) // of compiled code: where registers would be, the next frame begins
      continue;
    Code *code = frame->code;
    uint32_t variables = variableCount(code);
    if (variables >= code->registerCount)
      continue;
    Liveness live({code->units, code->unitCount}, code->registerCount, {code->ranges, code->rangeCount});
    for (uint32_t reg = variables; reg < code->registerCount; ++reg)
      if (!live.liveBefore(krt_frame_offset(frame), static_cast<uint16_t>(reg)))
        frame->registers[reg] = {};
  }
}

} // namespace krait

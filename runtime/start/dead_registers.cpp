// dead_registers.cpp - see dead_registers.h.
#include "runtime/start/dead_registers.h"

#include "compiler/frontend/liveness.h"
#include "runtime/abi/code_image.h"
#include "runtime/gc/gc.h"
#include "runtime/interp/global_lock.h"
#include "runtime/interp/interp.h"
#include "runtime/interp/variables.h"

namespace krait {

namespace {

class Sweep {
public:
  void thread(ThreadState *thread) {
    for (Frame *frame = thread->frame; frame; frame = frame->back)
      if (!(frame->flags & kFrameBare)) // of compiled code: where registers would be, the next frame begins
        sweep(frame, krt_frame_offset(frame));
    for (size_t i = 0; i < generators_.size(); ++i) {
      Frame *frame = &generators_[i]->frame;
      uint32_t at = krt_frame_offset(frame);
      if (static_cast<Opcode>(*frame->pc) == Opcode::Yield) // goes on behind it, with the value sent
        at += opcodeInfo(Opcode::Yield).length;
      sweep(frame, at);
    }
    generators_.clear();
  }

private:
  static constexpr size_t kMostGenerators = 256; // each of which is looked for among the others
  GcVector<Generator *> generators_;             // suspended ones that frames have in registers

  void sweep(Frame *frame, uint32_t at) {
    Code *code = frame->code;
    uint32_t variables = variableCount(code);
    if (variables < code->registerCount) {
      Liveness live({code->units, code->unitCount}, code->registerCount, {code->ranges, code->rangeCount});
      for (uint32_t reg = variables; reg < code->registerCount; ++reg)
        if (!live.liveBefore(at, static_cast<uint16_t>(reg)))
          frame->registers[reg] = {};
    }
    for (uint32_t reg = 0; reg < code->registerCount; ++reg)
      if (Value held = frame->registers[reg];
          held && (isExact(held, krt_generator_class) || isExact(held, krt_coroutine_class)))
        found(held.as<Generator>());
  }
  void found(Generator *generator) {
    if (generator->state != GeneratorState::Suspended || generators_.size() >= kMostGenerators ||
        generator->frame.flags & kFrameBare)
      return;
    for (Generator *known : generators_)
      if (known == generator)
        return;
    generators_.push(generator);
  }
};

} // namespace

void dropDeadRegisters() {
  Sweep sweep;
  sweep.thread(&krt_thread);
  krt_threads_each(
      [](ThreadState *thread, void *data) {
        if (thread != &krt_thread)
          static_cast<Sweep *>(data)->thread(thread);
      },
      &sweep);
}

} // namespace krait

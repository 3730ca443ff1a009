// stress.cpp - see stress.h.
#include "runtime/deopt/stress.h"

#include "runtime/object/code.h"
#include "runtime/abi/native_code.h"
#include "runtime/abi/thread.h"
#include "runtime/deopt/native_program.h"
#include "runtime/deopt/native_runtime.h"
#include "runtime/interp/interp.h"
#include "runtime/object/cells.h"

#include <cstdlib>
#include <cstring>

namespace krait {

int64_t krt_deopt_stress;

namespace {

constexpr int64_t kAll = 1;

/// One body in eight or N is interpreted from its entry on.
void drawStopped() {
  if (krt_deopt_stress == kAll)
    return;
  for (uint32_t i = 0; i < krt_native_program->compiledCount; ++i)
    if (NativeUse *use = krt_native_program->compiled[i].use)
      use->stopped = krt_deopt_stressed();
}

void drawPoll() {
  if (krt_deopt_stressed())
    krt_thread.poll.fetch_or(kPollStress, std::memory_order_relaxed);
}

} // namespace

void deoptStressStart() {
  const char *text = std::getenv("KRAIT_STRESS");
  const char *item = text ? std::strstr(text, "deopt:") : nullptr;
  if (!item)
    return;
  item += 6;
  if (std::strncmp(item, "all", 3) == 0)
    krt_deopt_stress = kAll;
  else if (std::strncmp(item, "seed=", 5) == 0)
    krt_deopt_stress = -1 - static_cast<int64_t>(std::strtoul(item + 5, nullptr, 10));
  else
    krt_deopt_stress = static_cast<int64_t>(std::strtoul(item, nullptr, 10));
  if (krt_deopt_stress)
    krt_stress_hook = drawPoll;
}

void deoptStressDraw() {
  if (!krt_deopt_stress)
    return;
  krt_cells_hide(krt_deopt_stressed);
  drawStopped();
  drawPoll();
}

extern "C" {

bool krt_deopt_stressed() {
  if (krt_deopt_stress == kAll)
    return true;
  if (krt_deopt_stress > 1) {
    static int64_t counter;
    return ++counter % krt_deopt_stress == 0;
  }
  static uint64_t random = static_cast<uint64_t>(-krt_deopt_stress) * 0x9e3779b97f4a7c15u;
  random ^= random << 13;
  random ^= random >> 7;
  random ^= random << 17;
  return (random & 7) == 0;
}

} // extern "C"

} // namespace krait

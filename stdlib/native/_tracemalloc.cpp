// _tracemalloc.cpp - see _tracemalloc.h. Memory in use is what the collector has given out and not found
// again; the peak is the largest size seen when someone asked.
#include "stdlib/native/_tracemalloc.h"

#include "runtime/gc/gc.h"
#include "runtime/object/args.h"
#include "runtime/object/containers.h"
#include "stdlib/native/_tracemalloc.bind.inc"

#include <algorithm>

namespace krait {

static bool tracing = false;
static int limit = 1;
static int64_t base = 0, peak = 0; // bytes in use at the start; the most beyond that

static int64_t current() { return std::max<int64_t>(static_cast<int64_t>(krt_gc_used()) - base, 0); }

bool krt__tracemalloc_isTracing() { return tracing; }
Value krt__tracemalloc_start(int frames) {
  if (frames < 1 || frames > 65535)
    return krt_raise(kValueError, "the number of frames must be in range [1; %d]", 65535);
  if (tracing)
    return kNone;
  limit = frames;
  tracing = true;
  krt__tracemalloc_clearTraces();
  return kNone;
}
void krt__tracemalloc_stop() { tracing = false; }
void krt__tracemalloc_clearTraces() {
  base = static_cast<int64_t>(krt_gc_used());
  peak = 0;
}
Value krt__tracemalloc_getTraces() { return krt_list_new(0); }
Value krt__tracemalloc_getObjectTraceback(Value) { return kNone; }
int64_t krt__tracemalloc_getTracebackLimit() { return limit; }
int64_t krt__tracemalloc_getTracemallocMemory() { return 0; }
Value krt__tracemalloc_getTracedMemory() {
  int64_t now = tracing ? current() : 0;
  peak = tracing ? std::max(peak, now) : 0;
  Value parts[2] = {smallInt(now), smallInt(peak)};
  return krt_tuple_from(parts, 2);
}
void krt__tracemalloc_resetPeak() { peak = tracing ? current() : 0; }

} // namespace krait

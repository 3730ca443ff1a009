// _tracemalloc.h - the module _tracemalloc: how much memory is in use. There are no traces of single blocks:
// the collector does not note where a block was asked for, and compiled code makes objects without a call.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(_tracemalloc, "Debug module to trace memory blocks allocated by Python.");

extern "C" {
/// Return True if the tracemalloc module is tracing Python memory allocations.
KRT_FUNCTION(_tracemalloc, "is_tracing()") bool krt__tracemalloc_isTracing();
/// Start tracing Python memory allocations.
///
/// Also set the maximum number of frames stored in the traceback of a
/// trace to nframe.
KRT_FUNCTION(_tracemalloc, "start(nframe=1, /)", KRT_RAISES, KRT_COLLECTS)
Value krt__tracemalloc_start(int nframe);
/// Stop tracing Python memory allocations.
///
/// Also clear traces of memory blocks allocated by Python.
KRT_FUNCTION(_tracemalloc, "stop()") void krt__tracemalloc_stop();
/// Clear traces of memory blocks allocated by Python.
KRT_FUNCTION(_tracemalloc, "clear_traces()") void krt__tracemalloc_clearTraces();
/// Get traces of all memory blocks allocated by Python: none, see the module.
KRT_FUNCTION(_tracemalloc, "_get_traces()", KRT_COLLECTS) Value krt__tracemalloc_getTraces();
/// Get the traceback where the Python object obj was allocated: None, see the module.
KRT_FUNCTION(_tracemalloc, "_get_object_traceback(obj, /)")
Value krt__tracemalloc_getObjectTraceback(Value obj);
/// Get the maximum number of frames stored in the traceback of a trace.
KRT_FUNCTION(_tracemalloc, "get_traceback_limit()") int64_t krt__tracemalloc_getTracebackLimit();
/// Get the memory usage in bytes of the tracemalloc module.
KRT_FUNCTION(_tracemalloc, "get_tracemalloc_memory()") int64_t krt__tracemalloc_getTracemallocMemory();
/// Get the current size and peak size of memory that came into use since the start.
///
/// Returns a tuple: (current: int, peak: int).
KRT_FUNCTION(_tracemalloc, "get_traced_memory()", KRT_COLLECTS) Value krt__tracemalloc_getTracedMemory();
/// Set the peak size of memory blocks traced by tracemalloc to the current size.
///
/// Do nothing if the tracemalloc module is not tracing memory allocations.
KRT_FUNCTION(_tracemalloc, "reset_peak()") void krt__tracemalloc_resetPeak();
}

} // namespace krait

// _heapq.h - the module _heapq: heaps in lists.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(_heapq, "Heaps in lists: heap[k] <= heap[2*k+1] and heap[k] <= heap[2*k+2] for all k, so that heap[0] is the smallest item.");

extern "C" {
/// Add an item to the heap.
KRT_FUNCTION(_heapq, "heappush(heap, item, /)", KRT_RUNS_PY)
Value krt__heapq_heappush_py(Value heap, Value item);
/// Remove and return the smallest item.
KRT_FUNCTION(_heapq, "heappop(heap, /)", KRT_RUNS_PY)
Value krt__heapq_heappop_py(Value heap);
/// Remove and return the smallest item, and add a new one in its place.
KRT_FUNCTION(_heapq, "heapreplace(heap, item, /)", KRT_RUNS_PY)
Value krt__heapq_heapreplace_py(Value heap, Value item);
/// Add an item, then remove and return the smallest one.
KRT_FUNCTION(_heapq, "heappushpop(heap, item, /)", KRT_RUNS_PY)
Value krt__heapq_heappushpop_py(Value heap, Value item);
/// Turn a list into a heap, in place and in linear time.
KRT_FUNCTION(_heapq, "heapify(heap, /)", KRT_RUNS_PY)
Value krt__heapq_heapify_py(Value heap);
/// heappop for a heap with the largest item first.
KRT_FUNCTION(_heapq, "_heappop_max(heap, /)", KRT_RUNS_PY)
Value krt__heapq_heappopMax_py(Value heap);
/// heapreplace for a heap with the largest item first.
KRT_FUNCTION(_heapq, "_heapreplace_max(heap, item, /)", KRT_RUNS_PY)
Value krt__heapq_heapreplaceMax_py(Value heap, Value item);
/// heapify for a heap with the largest item first.
KRT_FUNCTION(_heapq, "_heapify_max(heap, /)", KRT_RUNS_PY)
Value krt__heapq_heapifyMax_py(Value heap);
}

} // namespace krait

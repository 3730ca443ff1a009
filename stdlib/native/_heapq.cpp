// _heapq.cpp - see _heapq.h. Comparing may run user code that changes the list: its length is checked after
// each comparison.
#include "stdlib/native/_heapq.h"

#include "runtime/abi/native.h"
#include "runtime/object/args.h"
#include "runtime/object/containers.h"

#include "stdlib/native/_heapq.bind.inc"

namespace krait {

namespace {

/// 1 if [a] belongs above [b], 0, -1.
int above(List *heap, Value a, Value b, bool max) {
  if (max)
    std::swap(a, b);
  if (bothInts(a, b))
    return a.asInt() < b.asInt();
  int64_t length = heap->length;
  int less = krt_compare_truth_py(a, b, CompareOp::Lt);
  if (less >= 0 && heap->length != length)
    return raiseInt(kRuntimeError, "list changed size during iteration");
  return less;
}

/// Moves the item at [place] up, not beyond [top]; -1 = exception pending.
int riseTo(List *heap, int64_t top, int64_t place, bool max) {
  while (place > top) {
    int64_t parent = (place - 1) >> 1;
    int over = above(heap, heap->items[place], heap->items[parent], max);
    if (over <= 0)
      return over;
    std::swap(heap->items[place], heap->items[parent]);
    place = parent;
  }
  return 0;
}

/// Lets the item at [top] sink to a leaf along the better children and rise from there: fewer comparisons
/// than stopping on the way down, since most items belong near the leaves.
int sink(List *heap, int64_t top, bool max) {
  int64_t place = top, end = heap->length;
  for (int64_t child; (child = 2 * place + 1) < end; place = child) {
    if (child + 1 < end) {
      int over = above(heap, heap->items[child], heap->items[child + 1], max);
      if (over < 0)
        return -1;
      child += !over;
    }
    std::swap(heap->items[place], heap->items[child]);
  }
  return riseTo(heap, top, place, max);
}

/// The argument as a list, or null with TypeError pending.
List *listArgument(Value heap, const char *function) {
  if (hasClassFlag(heap, kClassListSub))
    return heap.as<List>();
  krt_raise(kTypeError, "%s() argument%s must be list, not %T", function,
            std::strstr(function, "push") || std::strstr(function, "replace") ? " 1" : "", heap);
  return nullptr;
}

Value indexError() { return krt_raise(kIndexError, "index out of range"); }

Value popTop(List *heap, bool max) {
  if (!heap->length)
    return indexError();
  Value last = heap->items[--heap->length];
  heap->items[heap->length] = Value();
  if (!heap->length)
    return last;
  Value top = heap->items[0];
  heap->items[0] = last;
  return sink(heap, 0, max) < 0 ? Value() : top;
}

Value replaceTop(List *heap, Value item, bool max) {
  if (!heap->length)
    return indexError();
  Value top = heap->items[0];
  heap->items[0] = item;
  return sink(heap, 0, max) < 0 ? Value() : top;
}

Value arrange(List *heap, bool max) {
  for (int64_t i = heap->length / 2; i-- > 0;)
    if (sink(heap, i, max) < 0)
      return {};
  return kNone;
}

} // namespace

extern "C" {

Value krt__heapq_heappush_py(Value heap, Value item) {
  List *list = TRY(listArgument(heap, "heappush"));
  if (krt_list_append(list, item) < 0 || riseTo(list, 0, list->length - 1, false) < 0)
    return {};
  return kNone;
}
Value krt__heapq_heappop_py(Value heap) { return popTop(TRY(listArgument(heap, "heappop")), false); }
Value krt__heapq_heapreplace_py(Value heap, Value item) {
  return replaceTop(TRY(listArgument(heap, "heapreplace")), item, false);
}
Value krt__heapq_heappushpop_py(Value heap, Value item) {
  List *list = TRY(listArgument(heap, "heappushpop"));
  if (!list->length)
    return item;
  int over = TRY_INT(krt_compare_truth_py(list->items[0], item, CompareOp::Lt));
  if (!over)
    return item;
  if (!list->length) // emptied by the comparison
    return krt_raise(kIndexError, "index out of range");
  return replaceTop(list, item, false);
}
Value krt__heapq_heapify_py(Value heap) { return arrange(TRY(listArgument(heap, "heapify")), false); }
Value krt__heapq_heappopMax_py(Value heap) { return popTop(TRY(listArgument(heap, "_heappop_max")), true); }
Value krt__heapq_heapreplaceMax_py(Value heap, Value item) {
  return replaceTop(TRY(listArgument(heap, "_heapreplace_max")), item, true);
}
Value krt__heapq_heapifyMax_py(Value heap) { return arrange(TRY(listArgument(heap, "_heapify_max")), true); }

} // extern "C"
} // namespace krait

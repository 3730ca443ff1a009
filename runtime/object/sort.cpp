// sort.cpp - list.sort: a stable adaptive merge sort over natural runs (Peters' timsort: runs found and extended by binary
// insertion to a minimum length, merged by the powersort rule of Munro and Wild 2018), with comparisons specialised where all
// keys are of one simple kind.
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/float.h"
#include "runtime/object/int.h"
#include "runtime/object/protocol.h"
#include "runtime/object/str.h"

#include <algorithm>

namespace krait {

namespace {

struct Entry {
  Value key, item;
};

// ---- Comparisons: 1 less, 0 not, -1 exception pending ----
struct SmallIntLess {
  int operator()(Value a, Value b) const { return static_cast<int64_t>(a.bits) < static_cast<int64_t>(b.bits); }
};
struct FloatLess {
  int operator()(Value a, Value b) const { return floatValue(a) < floatValue(b); }
};
struct StrLess {
  int operator()(Value a, Value b) const { return krt_str_compare(a.as<Str>(), b.as<Str>()) < 0; }
};
struct AnyLess {
  int operator()(Value a, Value b) const { return krt_compare_truth_py(a, b, CompareOp::Lt); }
};
/// Tuples, item by item as long as the items are simple and of one kind.
struct TupleLess {
  int operator()(Value a, Value b) const {
    Tuple *s = a.as<Tuple>(), *t = b.as<Tuple>();
    int64_t length = std::min(s->length, t->length);
    for (int64_t i = 0; i < length; ++i) {
      Value x = s->items[i], y = t->items[i];
      if (x == y)
        continue;
      if (bothInts(x, y))
        return static_cast<int64_t>(x.bits) < static_cast<int64_t>(y.bits);
      if (x.isImmediateFloat() && y.isImmediateFloat()) {
        if (x.asImmediateFloat() == y.asImmediateFloat())
          continue;
        return x.asImmediateFloat() < y.asImmediateFloat();
      }
      if (!isExact(x, krt_str_class) || !isExact(y, krt_str_class))
        return krt_compare_truth_py(a, b, CompareOp::Lt);
      if (int order = krt_str_compare(x.as<Str>(), y.as<Str>()))
        return order < 0;
    }
    return s->length < t->length;
  }
};

template <typename Less> class Sorter {
public:
  Sorter(Entry *entries, int64_t count, Entry *scratch) : entries_(entries), count_(count), scratch_(scratch) {}

  /// False = exception pending; the entries are a permutation of what they were.
  bool sort() {
    int64_t minimum = minimumRun(count_);
    for (int64_t start = 0; start < count_;) {
      int64_t length = findRun(start);
      if (length < 0)
        return false;
      if (length < minimum) {
        int64_t forced = std::min(minimum, count_ - start);
        if (!insertionSort(start, start + length, start + forced))
          return false;
        length = forced;
      }
      if (!pushRun(start, length))
        return false;
      start += length;
    }
    while (runCount_ > 1)
      if (!mergeTop())
        return false;
    return true;
  }

private:
  struct Run {
    int64_t start, length;
    int power;
  };
  Entry *entries_;
  int64_t count_;
  Entry *scratch_;
  Run runs_[96];
  int runCount_ = 0;
  Less less_;

  static int64_t minimumRun(int64_t n) {
    int64_t odd = 0;
    while (n >= 64) {
      odd |= n & 1;
      n >>= 1;
    }
    return n + odd;
  }

  /// Length of the run that starts at [start]; a strictly descending one is reversed. -1 = exception.
  int64_t findRun(int64_t start) {
    int64_t end = start + 1;
    if (end == count_)
      return 1;
    int descending = less_(entries_[end].key, entries_[start].key);
    if (descending < 0)
      return -1;
    for (++end; end < count_; ++end) {
      int less = less_(entries_[end].key, entries_[end - 1].key);
      if (less < 0)
        return -1;
      if (less != descending)
        break;
    }
    if (descending)
      std::reverse(entries_ + start, entries_ + end);
    return end - start;
  }

  bool insertionSort(int64_t start, int64_t sorted, int64_t end) {
    for (; sorted < end; ++sorted) {
      Entry entry = entries_[sorted];
      int64_t low = start, high = sorted;
      while (low < high) {
        int64_t middle = low + (high - low) / 2;
        int less = less_(entry.key, entries_[middle].key);
        if (less < 0)
          return false;
        if (less)
          high = middle;
        else
          low = middle + 1;
      }
      std::memmove(static_cast<void *>(entries_ + low + 1), entries_ + low, (sorted - low) * sizeof(Entry));
      entries_[low] = entry;
    }
    return true;
  }

  /// Depth in the nearly optimal merge tree of the boundary between two adjacent runs.
  int powerOf(const Run &left, int64_t rightLength) const {
    uint64_t a = static_cast<uint64_t>(2 * left.start + left.length);
    uint64_t b = a + static_cast<uint64_t>(left.length + rightLength);
    uint64_t n = static_cast<uint64_t>(count_);
    int power = 0;
    for (;;) {
      ++power;
      if (a >= n) {
        a -= n;
        b -= n;
      } else if (b >= n) {
        return power;
      }
      a <<= 1;
      b <<= 1;
    }
  }

  bool pushRun(int64_t start, int64_t length) {
    if (runCount_) {
      int power = powerOf(runs_[runCount_ - 1], length);
      while (runCount_ > 1 && runs_[runCount_ - 2].power > power)
        if (!mergeTop())
          return false;
      runs_[runCount_ - 1].power = power;
    }
    runs_[runCount_++] = {start, length, 0};
    return true;
  }

  bool mergeTop() {
    Run &left = runs_[runCount_ - 2];
    Run right = runs_[runCount_ - 1];
    if (!merge(left.start, right.start, right.start + right.length))
      return false;
    left.length += right.length;
    left.power = right.power;
    --runCount_;
    return true;
  }

  /// First position in [low, high) whose key is greater than [key] (upper) or not less (lower); -1 = exception.
  int64_t bound(int64_t low, int64_t high, Value key, bool upper) {
    while (low < high) {
      int64_t middle = low + (high - low) / 2;
      int less = upper ? less_(key, entries_[middle].key) : less_(entries_[middle].key, key);
      if (less < 0)
        return -1;
      if ((less != 0) == upper)
        high = middle;
      else
        low = middle + 1;
    }
    return low;
  }

  bool merge(int64_t start, int64_t middle, int64_t end) {
    start = bound(start, middle, entries_[middle].key, true);
    if (start < 0)
      return false;
    if (start == middle)
      return true;
    end = bound(middle, end, entries_[middle - 1].key, false);
    if (end < 0)
      return false;
    return middle - start <= end - middle ? mergeForward(start, middle, end) : mergeBackward(start, middle, end);
  }

  bool mergeForward(int64_t start, int64_t middle, int64_t end) {
    int64_t count = middle - start;
    std::memcpy(static_cast<void *>(scratch_), entries_ + start, count * sizeof(Entry));
    int64_t left = 0, right = middle, to = start;
    bool ok = true;
    while (left < count && right < end) {
      int less = less_(entries_[right].key, scratch_[left].key);
      if (less < 0) {
        ok = false;
        break;
      }
      entries_[to++] = less ? entries_[right++] : scratch_[left++];
    }
    std::memcpy(static_cast<void *>(entries_ + to), scratch_ + left, (count - left) * sizeof(Entry));
    return ok;
  }

  bool mergeBackward(int64_t start, int64_t middle, int64_t end) {
    int64_t count = end - middle;
    std::memcpy(static_cast<void *>(scratch_), entries_ + middle, count * sizeof(Entry));
    int64_t left = middle - 1, right = count - 1, to = end - 1;
    bool ok = true;
    while (left >= start && right >= 0) {
      int less = less_(scratch_[right].key, entries_[left].key);
      if (less < 0) {
        ok = false;
        break;
      }
      entries_[to--] = less ? entries_[left--] : scratch_[right--];
    }
    std::memcpy(static_cast<void *>(entries_ + to - right), scratch_, (right + 1) * sizeof(Entry));
    return ok;
  }
};

template <typename Less> bool sortEntries(Entry *entries, int64_t count, Entry *scratch) {
  return Sorter<Less>(entries, count, scratch).sort();
}

bool sortByKind(Entry *entries, int64_t count, Entry *scratch) {
  bool ints = true, floats = true, texts = true, tuples = true;
  for (int64_t i = 0; i < count && (ints || floats || texts || tuples); ++i) {
    Value key = entries[i].key;
    ints &= key.isInt();
    floats &= isFloat(key);
    texts &= isExact(key, krt_str_class);
    tuples &= isExact(key, krt_tuple_class);
  }
  if (ints)
    return sortEntries<SmallIntLess>(entries, count, scratch);
  if (floats)
    return sortEntries<FloatLess>(entries, count, scratch);
  if (texts)
    return sortEntries<StrLess>(entries, count, scratch);
  if (tuples)
    return sortEntries<TupleLess>(entries, count, scratch);
  return sortEntries<AnyLess>(entries, count, scratch);
}

} // namespace

/// While it is being sorted the list is empty, so that a comparison that changes it is noticed.
extern "C" int krt_list_sort_py(List *list, Value keyFunction, bool reverse) {
  Value *items = list->items;
  int64_t count = list->length, capacity = list->capacity;
  auto *entries = static_cast<Entry *>(gcTryAllocate((count + 1) * sizeof(Entry), false));
  auto *scratch = static_cast<Entry *>(gcTryAllocate((count / 2 + 1) * sizeof(Entry), false));
  if (!entries || !scratch) {
    krt_raise_memory();
    return -1;
  }
  list->items = nullptr;
  list->length = list->capacity = 0;
  bool ok = true;
  for (int64_t i = 0; i < count && ok; ++i) {
    entries[i].item = entries[i].key = items[i];
    if (keyFunction && keyFunction != kNone) {
      entries[i].key = krt_call1_py(keyFunction, items[i]);
      ok = !!entries[i].key;
    }
  }
  if (ok) {
    // Equal items keep their order also when sorting backwards.
    if (reverse)
      std::reverse(entries, entries + count);
    ok = sortByKind(entries, count, scratch);
    if (reverse)
      std::reverse(entries, entries + count);
    for (int64_t i = 0; i < count; ++i)
      items[i] = entries[i].item;
  }
  krt_gc_free(entries, (count + 1) * sizeof(Entry), false);
  krt_gc_free(scratch, (count / 2 + 1) * sizeof(Entry), false);
  bool modified = list->items != nullptr || list->length != 0;
  list->items = items;
  list->length = count;
  list->capacity = capacity;
  if (ok && modified)
    return raiseInt(kValueError, "list modified during sort");
  return ok ? 0 : -1;
}

} // namespace krait

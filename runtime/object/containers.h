// containers.h - list, tuple, dict, set, range, slice from C++. Results: null or -1 = exception pending.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"
#include "runtime/gc/gc.h"

namespace krait {

/// The last dictionary version given out.
extern uint64_t krt_dict_versions;
/// Called after every store into (null value: deletion from) a dictionary with kDictWatched; set by
/// runtime/object/cells.cpp.
extern void (*krt_dict_watch_hook)(Dict *dict, Value key, Value valueOrNull);

extern "C" {
KRT_RT_BEGIN(KRT_RAISES, KRT_COLLECTS)
extern Class krt_list_class, krt_tuple_class, krt_dict_class, krt_set_class, krt_frozenset_class,
    krt_range_class, krt_slice_class;
extern Class krt_list_iter_class, krt_tuple_iter_class, krt_range_iter_class, krt_long_range_iter_class,
    krt_dict_iter_class, krt_dict_value_iter_class, krt_dict_item_iter_class;

// ---- tuple ----
extern Tuple *const krt_tuple_empty;
/// Items null, to be filled by the caller.
KRT_RT(KRT_RAISES, KRT_COLLECTS, KRT_READS(), KRT_WRITES()) Tuple *krt_tuple_new(size_t length);
KRT_RT(KRT_RAISES, KRT_COLLECTS, KRT_READS(), KRT_WRITES())
Tuple *krt_tuple_from(const Value *items, size_t length);

// ---- list ----
KRT_RT(KRT_RAISES, KRT_COLLECTS, KRT_READS(), KRT_WRITES()) List *krt_list_new(size_t capacity);
KRT_RT(KRT_RAISES, KRT_COLLECTS, KRT_READS(), KRT_WRITES())
List *krt_list_from(const Value *items, size_t length);
int krt_list_append_slow(List *list, Value item);
/// Removes items [start, end).
void krt_list_erase(List *list, int64_t start, int64_t end);
int krt_list_extend_py(List *list, Value iterable);
int krt_list_insert(List *list, int64_t index, Value item);
int krt_list_sort_py(List *list, Value keyOrNone, bool reverse);
List *krt_list_slice(List *list, int64_t start, int64_t end);

// ---- dict ----
KRT_RT(KRT_RAISES, KRT_COLLECTS, KRT_READS(), KRT_WRITES()) Dict *krt_dict_new();
Value krt_dict_iter_new(Dict *dict, DictIterKind kind);
KRT_RT(KRT_RAISES, KRT_COLLECTS, KRT_READS(), KRT_WRITES()) Dict *krt_dict_new_sized(size_t entries);
/// The value, or null: no exception means not there.
KRT_RT(KRT_NULL_OK) Value krt_dict_get_py(Dict *dict, Value key);
int krt_dict_set_py(Dict *dict, Value key, Value value);
/// 1 removed, 0 not there, -1 error.
int krt_dict_delete_py(Dict *dict, Value key);
int krt_dict_delete_hashed_py(Dict *dict, Value key, int64_t hash);
/// Removes and returns the value; null without exception if missing.
Value krt_dict_pop_py(Dict *dict, Value key);
/// Removes the last entry; false when empty.
bool krt_dict_pop_last(Dict *dict, Value *key, Value *value);
/// Exact str keys: no user code runs unless the dict has odd keys of an equal hash.
KRT_RT(KRT_RAISES, KRT_COLLECTS, KRT_NULL_OK) Value krt_dict_get_str(Dict *dict, Str *key);
void krt_dict_set_str(Dict *dict, Str *key, Value value);
int krt_dict_delete_str(Dict *dict, Str *key);
/// With the hash at hand.
KRT_RT(KRT_NULL_OK) Value krt_dict_get_hashed_py(Dict *dict, Value key, int64_t hash);
int krt_dict_set_hashed_py(Dict *dict, Value key, int64_t hash, Value value);
/// dict.setdefault(): the value of the key, which is looked up once; if there is none, it becomes [fallback].
Value krt_dict_setdefault_hashed_py(Dict *dict, Value key, int64_t hash, Value fallback);
/// Entry position of a key; -1 not there, -2 exception pending.
int64_t krt_dict_find_py(Dict *dict, Value key);
/// Makes the entry at [position] the last one, or the first.
bool krt_dict_move(Dict *dict, int64_t position, bool last);
/// Entry position of an interned key, or -1; valid until `version` changes.
int64_t krt_dict_find_str(Dict *dict, Str *key);
KRT_RT(KRT_RAISES, KRT_COLLECTS, KRT_READS(DictItems), KRT_WRITES()) Dict *krt_dict_copy(Dict *dict);
/// dict.update(other): mapping or iterable of pairs. [override] false keeps present keys.
int krt_dict_update_py(Dict *dict, Value other, bool override);
KRT_RT(KRT_WRITES(DictItems)) void krt_dict_clear(Dict *dict);
/// Next live entry at or after *position; advances it; null at the end.
KRT_RT(KRT_READS(DictItems), KRT_WRITES(), KRT_NULL_OK)
DictEntry *krt_dict_next(Dict *dict, uint32_t *position);

// ---- set ----
Set *krt_set_new(Class *cls);
int krt_set_add_py(Set *set, Value key);
int krt_set_add_hashed_py(Set *set, Value key, int64_t hash);
int krt_set_contains_py(Set *set, Value key);
int krt_set_contains_hashed_py(Set *set, Value key, int64_t hash);
void krt_set_clear(Set *set);
int krt_set_discard_py(Set *set, Value key); // 1 removed, 0 not there
int krt_set_discard_hashed_py(Set *set, Value key, int64_t hash);
/// Removes the entry at a position that krt_set_next gave (it had moved on by one).
KRT_RT(KRT_WRITES(SetItems)) void krt_set_remove_at(Set *set, uint32_t position);
/// Gives the empty [set] the items of [source]; false = MemoryError.
bool krt_set_copy_table(Set *set, Set *source);
int krt_set_update_py(Set *set, Value iterable);
KRT_RT(KRT_READS(SetItems), KRT_WRITES(), KRT_NULL_OK) SetEntry *krt_set_next(Set *set, uint32_t *position);

// ---- range, slice ----
Value krt_range_new(Value start, Value stop, Value step);
KRT_RT(KRT_COLLECTS, KRT_READS(), KRT_WRITES()) Slice *krt_slice_new(Value start, Value stop, Value step);
/// slice.indices for a length: start, stop, step and the number of items selected; -1 on error.
int64_t krt_slice_adjust_py(Slice *slice, int64_t length, int64_t *start, int64_t *stop, int64_t *step);
KRT_RT_END
}

/// Appends; -1 only when memory is exhausted.
inline int krt_list_append(List *list, Value item) {
  if (__builtin_expect(list->length < list->capacity, 1)) {
    list->items[list->length++] = item;
    return 0;
  }
  return krt_list_append_slow(list, item);
}

} // namespace krait

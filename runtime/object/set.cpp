// set.cpp - the core of set and frozenset: compact, in insertion order (which is not promised). Methods: set_methods.h.
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/hash_table.h"

namespace krait {

namespace {

constexpr int64_t kNotFound = -1, kError = -2;

IndexTable tableOf(const Set *set) { return IndexTable(set->indices, set->log2Size); }

int64_t find(Set *set, Value key, int64_t hash) {
restart:
  if (!set->used)
    return kNotFound;
  IndexTable table = tableOf(set);
  SetEntry *entries = set->entries;
  uint32_t fill = set->fill;
  for (IndexTable::Probe probe(hash, table.mask());; probe.advance()) {
    int64_t position = table.get(probe.slot);
    if (position == IndexTable::kEmpty)
      return kNotFound;
    if (position < 0 || entries[position].hash != hash)
      continue;
    int equal = equalQuick(entries[position].key, key);
    if (equal < 0) {
      equal = krt_equal_py(entries[position].key, key);
      if (equal < 0)
        return kError;
      if (set->entries != entries || set->fill != fill)
        goto restart;
    }
    if (equal)
      return position;
  }
}

bool rebuild(Set *set, uint64_t wanted) {
  unsigned log2Size = IndexTable::log2For(wanted + 1);
  uint32_t capacity = IndexTable::usable(log2Size);
  void *indices = log2Size > 31 ? nullptr : IndexTable::allocate(log2Size);
  auto *entries = indices ? static_cast<SetEntry *>(gcTryAllocate(capacity * sizeof(SetEntry), false)) : nullptr;
  if (!entries) {
    krt_raise_memory();
    return false;
  }
  IndexTable table(indices, log2Size);
  uint32_t fill = 0;
  for (uint32_t i = 0; i < set->fill; ++i)
    if (set->entries[i].key) {
      entries[fill] = set->entries[i];
      table.insert(entries[fill].hash, fill);
      ++fill;
    }
  set->entries = entries;
  set->indices = indices;
  set->log2Size = static_cast<uint8_t>(log2Size);
  set->capacity = capacity;
  set->fill = fill;
  set->hash = -1;
  return true;
}

int addHashed(Set *set, Value key, int64_t hash) {
  int64_t position = find(set, key, hash);
  if (position != kNotFound)
    return position == kError ? -1 : 0;
  if (set->fill == set->capacity && !rebuild(set, set->used + (set->used > 50000 ? set->used / 2 : set->used)))
    return -1;
  uint32_t at = set->fill++;
  set->entries[at] = {key, hash};
  tableOf(set).insert(hash, at);
  ++set->used;
  return 1;
}

} // namespace

extern "C" {

Set *krt_set_new(Class *cls) {
  auto *set = reinterpret_cast<Set *>(krt_instance_new(cls, 0));
  set->hash = -1;
  return set;
}

int krt_set_add_hashed_py(Set *set, Value key, int64_t hash) { return addHashed(set, key, hash) < 0 ? -1 : 0; }

int krt_set_add_py(Set *set, Value key) {
  int64_t hash;
  return hashOf(key, &hash) < 0 || addHashed(set, key, hash) < 0 ? -1 : 0;
}

int krt_set_contains_hashed_py(Set *set, Value key, int64_t hash) {
  int64_t position = find(set, key, hash);
  return position == kError ? -1 : position >= 0;
}

int krt_set_contains_py(Set *set, Value key) {
  int64_t hash;
  return hashOf(key, &hash) < 0 ? -1 : krt_set_contains_hashed_py(set, key, hash);
}

void krt_set_remove_at(Set *set, uint32_t position) {
  IndexTable table = tableOf(set);
  table.set(table.slotOf(set->entries[position].hash, position), IndexTable::kDeleted);
  set->entries[position].key = Value();
  --set->used;
}

int krt_set_discard_hashed_py(Set *set, Value key, int64_t hash) {
  int64_t position = find(set, key, hash);
  if (position < 0)
    return position == kError ? -1 : 0;
  krt_set_remove_at(set, static_cast<uint32_t>(position));
  return 1;
}

int krt_set_discard_py(Set *set, Value key) {
  int64_t hash;
  return hashOf(key, &hash) < 0 ? -1 : krt_set_discard_hashed_py(set, key, hash);
}

bool krt_set_copy_table(Set *set, Set *source) {
  if (!source->used)
    return true;
  set->entries = source->entries;
  set->fill = source->fill;
  set->used = source->used;
  return rebuild(set, source->used);
}

void krt_set_clear(Set *set) {
  set->entries = nullptr;
  set->indices = nullptr;
  set->used = set->fill = set->capacity = 0;
  set->log2Size = 0;
  set->hash = -1;
}

int krt_set_update_py(Set *set, Value iterable) {
  if (hasClassFlag(iterable, kClassSetSub)) {
    Set *other = iterable.as<Set>();
    if (!set->fill)
      return krt_set_copy_table(set, other) ? 0 : -1;
    uint32_t position = 0;
    while (SetEntry *entry = krt_set_next(other, &position))
      if (addHashed(set, entry->key, entry->hash) < 0)
        return -1;
    return 0;
  }
  if (isExact(iterable, krt_dict_class)) {
    Dict *dict = iterable.as<Dict>();
    uint32_t position = 0;
    while (DictEntry *entry = krt_dict_next(dict, &position))
      if (addHashed(set, entry->key, entry->hash) < 0)
        return -1;
    return 0;
  }
  Value iterator = TRY_OR_MINUS(krt_iter_py(iterable));
  while (Value item = krt_next_py(iterator))
    if (krt_set_add_py(set, item) < 0)
      return -1;
  return errorPending() ? -1 : 0;
}

SetEntry *krt_set_next(Set *set, uint32_t *position) {
  while (*position < set->fill) {
    SetEntry *entry = &set->entries[(*position)++];
    if (entry->key)
      return entry;
  }
  return nullptr;
}

} // extern "C"
} // namespace krait

// find_key.h - the search for keys that are small ints or exact str, in dictionaries and sets: no user code runs.
#pragma once

#include "runtime/object/hash_table.h"

#include <cstring>

namespace krait {

/// Answers besides a position. Odd: a stored key of another kind has to be asked.
constexpr int64_t kKeyMissing = -1, kKeyOdd = -2;

/// Are the keys equal? -1: they have to be asked.
inline int sameKey(Value stored, Value key, bool isText) {
  if (stored == key)
    return 1;
  if (isText && isExact(stored, krt_str_class)) {
    Str *a = stored.as<Str>(), *b = key.as<Str>();
    if ((a->lengthAndFlags & b->lengthAndFlags & kStrInterned) ||
        ((a->lengthAndFlags ^ b->lengthAndFlags) & ~uint64_t{kStrInterned | kStrExternal | kStrGrowing}))
      return 0;
    return std::memcmp(a->data(), b->data(), static_cast<size_t>(a->length()) * a->kind()) == 0;
  }
  if (stored.isInt() || isExact(stored, krt_str_class))
    return 0;
  return -1;
}

template <typename Index, typename Entry>
int64_t probe(const Entry *entries, const void *indices, uint64_t mask, Value key, int64_t hash, bool isText) {
  constexpr Index kEmptyIndex = static_cast<Index>(-1), kDeletedIndex = static_cast<Index>(-2);
  auto *slots = static_cast<const Index *>(indices);
  for (IndexTable::Probe at(hash, mask);; at.advance()) {
    Index position = slots[at.slot];
    if (position == kEmptyIndex)
      return kKeyMissing;
    if (position == kDeletedIndex || entries[position].hash != hash)
      continue;
    int same = sameKey(entries[position].key, key, isText);
    if (same)
      return same < 0 ? kKeyOdd : static_cast<int64_t>(position);
  }
}

/// Position of [key] in a dict's or set's entries, kKeyMissing or kKeyOdd.
template <typename Table> inline int64_t findKey(const Table *table, Value key, int64_t *hash) {
  hashQuick(key, hash);
  if (!table->used)
    return kKeyMissing;
  bool isText = !key.isInt();
  uint64_t mask = (uint64_t{1} << table->log2Size) - 1;
  if (table->log2Size < 8)
    return probe<uint8_t>(table->entries, table->indices, mask, key, *hash, isText);
  if (table->log2Size < 16)
    return probe<uint16_t>(table->entries, table->indices, mask, key, *hash, isText);
  return probe<uint32_t>(table->entries, table->indices, mask, key, *hash, isText);
}

/// The last look-up that found its key, for the store that often follows. [version] is unique among all dictionaries, and the key
/// is kept alive from here, so that equal words mean the same entry.
struct LastFound {
  uint64_t version, key;
  int64_t position;
};
extern LastFound lastFound;

/// [hash] is set unless the entry was found.
inline int64_t findInDict(Dict *dict, Value key, int64_t *hash) {
  if (dict->version == lastFound.version && key.bits == lastFound.key && dict->used)
    return lastFound.position;
  int64_t position = findKey(dict, key, hash);
  if (position >= 0)
    lastFound = {dict->version, key.bits, position};
  return position;
}

} // namespace krait

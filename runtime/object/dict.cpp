// dict.cpp - the dictionary's core: compact, ordered, with quick paths for text and small integers. Methods:
// dict_methods.cpp.
//
// `version` changes with the set of keys and the place of entries, so that a cached entry position stays
// valid as long as it is unchanged. No two dictionaries ever have the same one (but for 0, empty), so that it
// also tells which dictionary it is. Comparing keys may run user code that changes the dictionary: a look-up
// that called out checks `version` and `entries` afterwards and starts again when they moved.
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/find_key.h"
#include "runtime/object/sequence.h"

namespace krait {

constinit LastFound lastFound{};
uint64_t krt_dict_versions = 0;
void (*krt_dict_watch_hook)(Dict *dict, Value key, Value valueOrNull) = nullptr;

namespace {

constexpr int64_t kNotFound = -1, kError = -2;
static_assert(kNotFound == kKeyMissing);

IndexTable tableOf(const Dict *dict) { return IndexTable(dict->indices, dict->log2Size); }

void noteKey(Dict *dict, Value key) {
  if (!isExact(key, krt_str_class))
    dict->keyKinds = 0;
  else if (!key.as<Str>()->isInterned())
    dict->keyKinds &= ~kDictOnlyInterned;
}

/// Entry position of [key], kNotFound or kError.
int64_t findGeneral(Dict *dict, Value key, int64_t hash) {
restart:
  if (!dict->used)
    return kNotFound;
  IndexTable table = tableOf(dict);
  DictEntry *entries = dict->entries;
  for (IndexTable::Probe probe(hash, table.mask());; probe.advance()) {
    int64_t position = table.get(probe.slot);
    if (position == IndexTable::kEmpty)
      return kNotFound;
    if (position < 0 || entries[position].hash != hash)
      continue;
    Value candidate = entries[position].key;
    int equal = equalQuick(candidate, key);
    if (equal < 0) {
      uint64_t version = dict->version;
      equal = krt_equal_py(candidate, key);
      if (equal < 0)
        return kError;
      if (dict->version != version || dict->entries != entries)
        goto restart;
    }
    if (equal)
      return position;
  }
}

/// The same for an interned key where all keys are interned: identity decides.
int64_t findInterned(const Dict *dict, const Str *key) {
  if (!dict->used)
    return kNotFound;
  IndexTable table = tableOf(dict);
  for (IndexTable::Probe probe(key->hash, table.mask());; probe.advance()) {
    int64_t position = table.get(probe.slot);
    if (position >= 0) {
      if (dict->entries[position].key == Value(key))
        return position;
    } else if (position == IndexTable::kEmpty) {
      return kNotFound;
    }
  }
}

int64_t find(Dict *dict, Value key, int64_t hash) {
  if (isExact(key, krt_str_class) ? !((dict->keyKinds & kDictOnlyInterned) && key.as<Str>()->isInterned())
                                  : key.isInt()) {
    int64_t known, position = findInDict(dict, key, &known);
    if (position != kKeyOdd)
      return position;
    return findGeneral(dict, key, hash);
  }
  if ((dict->keyKinds & kDictOnlyInterned) && isExact(key, krt_str_class) && key.as<Str>()->isInterned())
    return findInterned(dict, key.as<Str>());
  return findGeneral(dict, key, hash);
}

/// Tables of up to this size (10 entries) have their indices behind the entries, in one object.
constexpr unsigned kLog2Joined = 4;

size_t entryBytes(unsigned log2Size, uint32_t capacity) {
  return capacity * sizeof(DictEntry) + (log2Size <= kLog2Joined ? size_t{1} << log2Size : 0);
}

/// Entries and unset indices of a table of that size; false = MemoryError pending.
bool allocateTable(unsigned log2Size, uint32_t capacity, DictEntry **entries, void **indices) {
  *entries = static_cast<DictEntry *>(gcTryAllocate(entryBytes(log2Size, capacity), false));
  if (*entries && log2Size <= kLog2Joined) {
    *indices = *entries + capacity;
    std::memset(*indices, 0xff, size_t{1} << log2Size);
    return true;
  }
  *indices = *entries ? IndexTable::allocate(log2Size) : nullptr;
  if (*indices)
    return true;
  krt_raise_memory();
  return false;
}

/// Room for [wanted] live entries and one more; drops deleted entries. [shared]: the present entries are
/// another dictionary's. False = MemoryError pending.
bool rebuild(Dict *dict, uint64_t wanted, bool shared = false) {
  unsigned log2Size = IndexTable::log2For(wanted + 1);
  if (log2Size > 31) {
    krt_raise_memory();
    return false;
  }
  uint32_t capacity = IndexTable::usable(log2Size);
  void *indices;
  DictEntry *entries;
  if (!allocateTable(log2Size, capacity, &entries, &indices))
    return false;
  IndexTable table(indices, log2Size);
  uint32_t fill = 0;
  for (uint32_t i = 0; i < dict->fill; ++i)
    if (dict->entries[i].key) {
      entries[fill] = dict->entries[i];
      table.insert(entries[fill].hash, fill);
      ++fill;
    }
  // Cells of compiled code may hold addresses of entries of watched dictionaries.
  if (dict->entries && !shared && !(dict->flags & kDictWatched)) {
    krt_gc_free(dict->entries, entryBytes(dict->log2Size, dict->capacity), false);
    if (dict->log2Size > kLog2Joined)
      krt_gc_free(dict->indices, (size_t{1} << dict->log2Size) * IndexTable::width(dict->log2Size), true);
  }
  dict->entries = entries;
  dict->indices = indices;
  dict->log2Size = static_cast<uint8_t>(log2Size);
  dict->capacity = capacity;
  dict->fill = fill;
  dict->version = ++krt_dict_versions;
  return true;
}

bool addNew(Dict *dict, Value key, int64_t hash, Value value) {
  if (dict->fill == dict->capacity &&
      !rebuild(dict, dict->used + (dict->used > 50000 ? dict->used / 2 : dict->used)))
    return false;
  noteKey(dict, key);
  uint32_t position = dict->fill++;
  dict->entries[position] = {key, value, hash};
  tableOf(dict).insert(hash, position);
  ++dict->used;
  dict->version = ++krt_dict_versions;
  return true;
}

void watched(Dict *dict, Value key, Value value) {
  if (__builtin_expect(dict->flags & kDictWatched, 0) && krt_dict_watch_hook)
    krt_dict_watch_hook(dict, key, value);
}

void removeAt(Dict *dict, int64_t position) {
  DictEntry &entry = dict->entries[position];
  IndexTable table = tableOf(dict);
  table.set(table.slotOf(entry.hash, static_cast<uint32_t>(position)), IndexTable::kDeleted);
  Value key = entry.key;
  entry.key = entry.value = Value();
  --dict->used;
  dict->version = ++krt_dict_versions;
  watched(dict, key, Value());
}

} // namespace

extern "C" {

Dict *krt_dict_new() {
  Dict *dict = gcNew<Dict>(krt_dict_class);
  dict->keyKinds = kDictOnlyInterned | kDictOnlyStr;
  return dict;
}

Dict *krt_dict_new_sized(size_t entries) {
  Dict *dict = krt_dict_new();
  if (entries && !rebuild(dict, entries - 1))
    return nullptr;
  return dict;
}

Value krt_dict_get_hashed_py(Dict *dict, Value key, int64_t hash) {
  int64_t position = find(dict, key, hash);
  return position >= 0 ? dict->entries[position].value : Value();
}

Value krt_dict_get_py(Dict *dict, Value key) {
  int64_t hash;
  if (hashOf(key, &hash) < 0)
    return {};
  return krt_dict_get_hashed_py(dict, key, hash);
}

int krt_dict_set_hashed_py(Dict *dict, Value key, int64_t hash, Value value) {
  int64_t position = find(dict, key, hash);
  if (position == kError)
    return -1;
  if (position >= 0)
    dict->entries[position].value = value;
  else if (!addNew(dict, key, hash, value))
    return -1;
  watched(dict, key, value);
  return 0;
}

Value krt_dict_setdefault_hashed_py(Dict *dict, Value key, int64_t hash, Value fallback) {
  int64_t position = find(dict, key, hash);
  if (position >= 0)
    return dict->entries[position].value;
  if (position == kError || !addNew(dict, key, hash, fallback))
    return {};
  watched(dict, key, fallback);
  return fallback;
}

int krt_dict_set_py(Dict *dict, Value key, Value value) {
  int64_t hash;
  if (hashOf(key, &hash) < 0)
    return -1;
  return krt_dict_set_hashed_py(dict, key, hash, value);
}

int krt_dict_delete_py(Dict *dict, Value key) {
  int64_t hash;
  if (hashOf(key, &hash) < 0)
    return -1;
  return krt_dict_delete_hashed_py(dict, key, hash);
}

int krt_dict_delete_hashed_py(Dict *dict, Value key, int64_t hash) {
  int64_t position = find(dict, key, hash);
  if (position < 0)
    return position == kError ? -1 : 0;
  removeAt(dict, position);
  return 1;
}

Value krt_dict_pop_py(Dict *dict, Value key) {
  int64_t hash;
  if (hashOf(key, &hash) < 0)
    return {};
  int64_t position = find(dict, key, hash);
  if (position < 0)
    return {};
  Value value = dict->entries[position].value;
  removeAt(dict, position);
  return value;
}

int64_t krt_dict_find_py(Dict *dict, Value key) {
  int64_t hash;
  if (hashOf(key, &hash) < 0)
    return kError;
  return find(dict, key, hash);
}

bool krt_dict_move(Dict *dict, int64_t position, bool last) {
  DictEntry entry = dict->entries[position];
  if (last) {
    if (position + 1 == dict->fill)
      return true;
    IndexTable table = tableOf(dict);
    table.set(table.slotOf(entry.hash, static_cast<uint32_t>(position)), IndexTable::kDeleted);
    dict->entries[position] = DictEntry{};
    --dict->used;
    return addNew(dict, entry.key, entry.hash, entry.value);
  }
  // The entries before it move up by one; all positions change, so the index is made anew.
  std::memmove(static_cast<void *>(dict->entries + 1), dict->entries,
               static_cast<size_t>(position) * sizeof(DictEntry));
  dict->entries[0] = entry;
  return rebuild(dict, dict->used);
}

int64_t krt_dict_find_str(Dict *dict, Str *key) {
  KRT_ALLOW_PY("only a key that is no str but hashes like [key] and has an __eq__ of its own could");
  int64_t position = find(dict, key, krt_str_hash(key));
  return position >= 0 ? position : -1;
}

Value krt_dict_get_str(Dict *dict, Str *key) {
  KRT_ALLOW_PY("only a key that is no str but hashes like [key] and has an __eq__ of its own could");
  int64_t position = find(dict, key, key->hash != -1 ? key->hash : krt_str_hash(key));
  return position >= 0 ? dict->entries[position].value : Value();
}

void krt_dict_set_str(Dict *dict, Str *key, Value value) {
  KRT_ALLOW_PY("only a key that is no str but hashes like [key] and has an __eq__ of its own could");
  krt_dict_set_hashed_py(dict, key, krt_str_hash(key), value);
}

int krt_dict_delete_str(Dict *dict, Str *key) {
  KRT_ALLOW_PY("only a key that is no str but hashes like [key] and has an __eq__ of its own could");
  int64_t position = find(dict, key, krt_str_hash(key));
  if (position < 0)
    return position == kError ? -1 : 0;
  removeAt(dict, position);
  return 1;
}

Dict *krt_dict_copy(Dict *dict) {
  Dict *copy = krt_dict_new();
  copy->keyKinds = dict->keyKinds;
  if (!dict->used)
    return copy;
  if (dict->used != dict->fill) { // has holes: re-enter
    copy->entries = dict->entries;
    copy->fill = dict->fill;
    copy->used = dict->used;
    return rebuild(copy, dict->used, true) ? copy : nullptr;
  }
  // [capacity] may have shrunk (see krt_dict_pop_last); the copy is as large as a new table.
  uint32_t capacity = IndexTable::usable(dict->log2Size);
  if (!allocateTable(dict->log2Size, capacity, &copy->entries, &copy->indices))
    return nullptr;
  std::memcpy(copy->indices, dict->indices,
              (size_t{1} << dict->log2Size) * IndexTable::width(dict->log2Size));
  std::memcpy(static_cast<void *>(copy->entries), dict->entries, dict->fill * sizeof(DictEntry));
  copy->log2Size = dict->log2Size;
  copy->capacity = dict->capacity;
  copy->used = copy->fill = dict->fill;
  copy->version = ++krt_dict_versions;
  return copy;
}

void krt_dict_clear(Dict *dict) {
  DictEntry *entries = dict->entries;
  uint32_t fill = dict->fill;
  dict->entries = nullptr;
  dict->indices = nullptr;
  dict->used = dict->fill = dict->capacity = 0;
  dict->log2Size = 0;
  dict->keyKinds = kDictOnlyInterned | kDictOnlyStr;
  dict->version = ++krt_dict_versions;
  if (dict->flags & kDictWatched)
    for (uint32_t i = 0; i < fill; ++i)
      if (entries[i].key)
        watched(dict, entries[i].key, Value());
}

DictEntry *krt_dict_next(Dict *dict, uint32_t *position) {
  while (*position < dict->fill) {
    DictEntry *entry = &dict->entries[(*position)++];
    if (entry->key)
      return entry;
  }
  return nullptr;
}

// The place of a removed entry is used again, but its slot in the index stays marked as deleted: the capacity
// shrinks with it, so that the index is rebuilt before it has no empty slot left.
bool krt_dict_pop_last(Dict *dict, Value *key, Value *value) {
  while (dict->fill > 0) {
    DictEntry &entry = dict->entries[dict->fill - 1];
    if (entry.key) {
      *key = entry.key;
      *value = entry.value;
      removeAt(dict, dict->fill - 1);
      --dict->fill;
      --dict->capacity;
      return true;
    }
    --dict->fill;
    --dict->capacity;
  }
  return false;
}

static int updateFromDict(Dict *dict, Dict *other, bool override) {
  uint32_t position = 0;
  uint64_t version = other->version;
  if (!dict->used && other->used > 5 && !rebuild(dict, other->used))
    return -1;
  while (DictEntry *entry = krt_dict_next(other, &position)) {
    Value key = entry->key, value = entry->value;
    int64_t hash = entry->hash;
    int64_t found = find(dict, key, hash);
    if (found == kError)
      return -1;
    if (found < 0) {
      if (!addNew(dict, key, hash, value))
        return -1;
    } else if (override) {
      dict->entries[found].value = value;
    } else {
      continue;
    }
    watched(dict, key, value);
    if (dict != other && other->version != version)
      return raiseInt(kRuntimeError, "dict mutated during update");
  }
  return 0;
}

static int updateFromMapping(Dict *dict, Value other, Value keysMethod, bool override) {
  Value keys = TRY_OR_MINUS(krt_call0_py(keysMethod));
  Value iterator = TRY_OR_MINUS(krt_iter_py(keys));
  while (Value key = krt_next_py(iterator)) {
    if (!override) {
      if (krt_dict_get_py(dict, key))
        continue;
      if (errorPending())
        return -1;
    }
    Value value = TRY_OR_MINUS(krt_getitem_py(other, key));
    if (krt_dict_set_py(dict, key, value) < 0)
      return -1;
  }
  return errorPending() ? -1 : 0;
}

static int updateFromPairs(Dict *dict, Value pairs, bool override) {
  Value iterator = TRY_OR_MINUS(krt_iter_py(pairs));
  for (int64_t index = 0;; ++index) {
    Value item = krt_next_py(iterator);
    if (!item)
      return errorPending() ? -1 : 0;
    Value pair = isExact(item, krt_list_class) || isExact(item, krt_tuple_class)
                     ? item
                     : Value(krt_tuple_from_py(item));
    if (!pair) {
      if (krt_error_clear_if(kTypeError))
        krt_raise(kTypeError, "cannot convert dictionary update sequence element #%lld to a sequence",
                  (long long)index);
      return -1;
    }
    int64_t length = krt_length_py(pair);
    if (length != 2)
      return raiseInt(kValueError, "dictionary update sequence element #%lld has length %lld; 2 is required",
                      (long long)index, (long long)length);
    const Value *items = isExact(pair, krt_list_class) ? pair.as<List>()->items : pair.as<Tuple>()->items;
    Value key = items[0], value = items[1];
    if (!override) {
      if (krt_dict_get_py(dict, key))
        continue;
      if (errorPending())
        return -1;
    }
    if (krt_dict_set_py(dict, key, value) < 0)
      return -1;
  }
}

int krt_dict_update_py(Dict *dict, Value other, bool override) {
  // A subclass with its own iteration or keys() is asked through them.
  if (hasClassFlag(other, kClassDictSub) && classOf(other)->slots.iter == krt_dict_class.slots.iter)
    return updateFromDict(dict, other.as<Dict>(), override);
  Value keys = krt_getattr_optional_py(other, KSTR(keys));
  if (keys)
    return updateFromMapping(dict, other, keys, override);
  if (errorPending())
    return -1;
  return updateFromPairs(dict, other, override);
}

} // extern "C"

} // namespace krait

// typed_calls.cpp - see typed_calls.h.
#include "runtime/object/typed_calls.h"

#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/float.h"
#include "runtime/object/float_methods.h"
#include "runtime/object/hash_table.h"
#include "runtime/object/int.h"
#include "runtime/object/int_methods.h"
#include "runtime/object/str.h"
#include "runtime/object/str_chars.h"
#include "runtime/object/str_search.h"

#include <algorithm>

namespace krait {

namespace {

/// Slice bounds of step 1 brought into [0, length]; start <= stop.
void clip(int64_t &start, int64_t &stop, int64_t length) {
  if (start < 0)
    start = std::max<int64_t>(start + length, 0);
  if (stop < 0)
    stop += length;
  stop = std::min(stop, length);
  start = std::min(start, length);
  stop = std::max(stop, start);
}

// ---- Look-up of int and str keys ----

constexpr int64_t kMissing = -1, kOdd = -2;

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
      return kMissing;
    if (position == kDeletedIndex || entries[position].hash != hash)
      continue;
    int same = sameKey(entries[position].key, key, isText);
    if (same)
      return same < 0 ? kOdd : static_cast<int64_t>(position);
  }
}

/// Position of [key] in a dict's or set's entries, kMissing or kOdd.
template <typename Table> inline int64_t findKey(const Table *table, Value key, int64_t *hash) {
  hashQuick(key, hash);
  if (!table->used)
    return kMissing;
  bool isText = !key.isInt();
  uint64_t mask = (uint64_t{1} << table->log2Size) - 1;
  if (table->log2Size < 8)
    return probe<uint8_t>(table->entries, table->indices, mask, key, *hash, isText);
  if (table->log2Size < 16)
    return probe<uint16_t>(table->entries, table->indices, mask, key, *hash, isText);
  return probe<uint32_t>(table->entries, table->indices, mask, key, *hash, isText);
}

} // namespace

extern "C" {

// ---- str ----

Str *krt_typed_strSlice(Str *text, int64_t start, int64_t stop) {
  clip(start, stop, text->length());
  return krt_str_substring(text, start, stop);
}

Str *krt_typed_strReversed(Str *text) {
  int64_t length = text->length();
  if (length <= 1)
    return krt_str_substring(text, 0, length);
  unsigned kind = text->kind();
  Str *result = krt_str_new_raw(static_cast<size_t>(length), kind, text->isAscii());
  if (!result)
    return nullptr;
  withChars(text, [&](auto *chars) {
    auto *to = reinterpret_cast<std::remove_const_t<std::remove_pointer_t<decltype(chars)>> *>(result->inline1);
    std::reverse_copy(chars, chars + length, to);
  });
  return result;
}

bool krt_typed_strContains(Str *text, Str *part) {
  if (part->length() == 1 && text->kind() == 1 && part->kind() == 1)
    return std::memchr(text->data1(), part->data1()[0], static_cast<size_t>(text->length())) != nullptr;
  return krt_str_find(text, part, 0, text->length()) >= 0;
}

static bool hasAt(Str *text, Str *part, int64_t at) {
  int64_t size = part->length();
  if (at > text->length() || text->length() - at < size || part->kind() > text->kind())
    return false;
  return withChars(text, [&](auto *chars) { return withChars(part, [&](auto *what) { return sameChars(chars + at, what, size); }); });
}

bool krt_typed_strStartsWith(Str *text, Str *prefix, int64_t at) {
  if (at < 0)
    at = std::max<int64_t>(at + text->length(), 0);
  return hasAt(text, prefix, at);
}

bool krt_typed_strEndsWith(Str *text, Str *suffix) {
  int64_t at = text->length() - suffix->length();
  return at >= 0 && hasAt(text, suffix, at);
}

int64_t krt_typed_strFind(Str *text, Str *part, int64_t from) {
  if (from < 0)
    from = std::max<int64_t>(from + text->length(), 0);
  if (from > text->length())
    return -1;
  return krt_str_find(text, part, from, text->length());
}

int64_t krt_typed_strCode(Str *text, int64_t index) { return text->at(index); }
Str *krt_typed_chr(int64_t code) { return krt_str_from_char(static_cast<uint32_t>(code)); }

Str *krt_typed_intStr(int64_t value) {
  uint8_t text[24], *end = text + sizeof text, *at = end;
  uint64_t rest = value < 0 ? -static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
  do {
    *--at = static_cast<uint8_t>('0' + rest % 10);
    rest /= 10;
  } while (rest);
  if (value < 0)
    *--at = '-';
  size_t size = static_cast<size_t>(end - at);
  if (size == 1)
    return krt_str_from_char(*at);
  Str *result = krt_str_new_raw(size, 1, true);
  if (result)
    std::memcpy(result->inline1, at, size);
  return result;
}

Value krt_typed_strInt(Str *text) {
  // Up to 18 plain digits; the rest is the constructor's.
  int64_t length = text->length();
  if (text->isAscii() && length > 0 && length <= 18) {
    const uint8_t *chars = text->data1();
    bool negative = chars[0] == '-' && length > 1;
    int64_t value = 0, i = negative;
    for (; i < length && chars[i] - '0' < 10u; ++i)
      value = value * 10 + (chars[i] - '0');
    if (i == length)
      return smallInt(negative ? -value : value);
  }
  KRT_ALLOW_PY("the text of an exact str is read");
  return krt_int_create_py(&krt_int_class, text, Value());
}

Value krt_typed_strFloat(Str *text) {
  KRT_ALLOW_PY("the text of an exact str is read");
  return krt_float_create_py(&krt_float_class, text);
}

Str *krt_typed_strJoin(Str *separator, List *items) { return strJoin(separator, items->items, items->length); }

// ---- Sequences ----

List *krt_typed_listSlice(List *list, int64_t start, int64_t stop) {
  clip(start, stop, list->length);
  return krt_list_slice(list, start, stop);
}

Tuple *krt_typed_tupleSlice(Tuple *tuple, int64_t start, int64_t stop) {
  clip(start, stop, tuple->length);
  if (stop - start == tuple->length)
    return tuple;
  return krt_tuple_from(tuple->items + start, static_cast<size_t>(stop - start));
}

Value krt_typed_listExtend(List *list, List *more) {
  KRT_ALLOW_PY("a list is copied");
  return krt_list_extend_py(list, more) < 0 ? Value() : kNone;
}

// ---- dict and set ----

/// The last look-up that found its key, for the store that often follows. [version] is unique among all dictionaries, and the key is
/// kept alive from here, so that equal words mean the same entry.
static struct {
  uint64_t version, key;
  int64_t position;
} lastFound;

/// [hash] is set unless the entry was found.
static int64_t findInDict(Dict *dict, Value key, int64_t *hash) {
  if (dict->version == lastFound.version && key.bits == lastFound.key && dict->used)
    return lastFound.position;
  int64_t position = findKey(dict, key, hash);
  if (position >= 0)
    lastFound = {dict->version, key.bits, position};
  return position;
}

bool krt_typed_dictLookup(Dict *dict, Value key, Value *out) {
  int64_t hash, position = findInDict(dict, key, &hash);
  *out = position >= 0 ? dict->entries[position].value : Value();
  return position != kOdd;
}

bool krt_typed_dictStore(Dict *dict, Value key, Value value) {
  int64_t hash, position = findInDict(dict, key, &hash);
  if (__builtin_expect(position >= 0 && !(dict->flags & kDictWatched), 1)) {
    dict->entries[position].value = value;
    return true;
  }
  if (position == kOdd)
    return false;
  hashQuick(key, &hash);
  KRT_ALLOW_PY("no stored key has to be asked");
  if (krt_dict_set_hashed_py(dict, key, hash, value) == 0)
    return true;
  krt_error_clear();
  return false;
}

Value krt_typed_dictGet(Dict *dict, Value key, Value fallback) {
  int64_t hash, position = findInDict(dict, key, &hash);
  return position >= 0 ? dict->entries[position].value : position == kMissing ? fallback : Value();
}

int64_t krt_typed_dictHas(Dict *dict, Value key) {
  int64_t hash, position = findInDict(dict, key, &hash);
  return position >= 0 ? 1 : position == kMissing ? 0 : -1;
}

int64_t krt_typed_setHas(Set *set, Value key) {
  int64_t hash, position = findKey(set, key, &hash);
  return position >= 0 ? 1 : position == kMissing ? 0 : -1;
}

// ---- Classes ----

int64_t krt_typed_isinstance(Value value, Class *cls) {
  Class *own = classOf(value);
  if (own == cls)
    return 1;
  if (cls->shape->cls != &krt_type_class)
    return -1;
  for (int64_t i = 1; i < own->mro->length; ++i)
    if (own->mro->items[i] == Value(cls))
      return 1;
  // Only a class written in Python may have a `__class__` that tells otherwise.
  if (!(own->flags & kClassHeap))
    return 0;
  return krt_class_lookup(own, KSTR(__class__)) == krt_class_lookup(&krt_object_class, KSTR(__class__)) ? 0 : -1;
}

} // extern "C"
} // namespace krait

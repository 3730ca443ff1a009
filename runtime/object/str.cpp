// str.cpp - the core of text: allocation, interning, hashing, comparing, concatenation, searching, UTF-8.
// Methods are in str_methods.cpp, formatting in format_*.cpp, codecs in codecs*.cpp.
#include "runtime/object/str.h"

#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/hash_key.h"
#include "runtime/object/protocol.h"
#include "runtime/object/str_chars.h"
#include "runtime/object/str_search.h"
#include "runtime/object/utf8.h"

#include <algorithm>

namespace krait {

// ---- Allocation ---------------------------------------------------------------------------------------

namespace {

/// Owner of the characters of growing strings; collected atomic memory. [used] bytes belong to strings.
struct StrBuffer {
  int64_t used, capacity;
  uint8_t bytes[];
};

} // namespace

/// The empty string and the strings of one Latin-1 character exist once, in static memory.
struct StaticStr {
  Shape *shape;
  int64_t hash;
  uint64_t lengthAndFlags;
  uint8_t chars[16];
};
struct StaticStrs {
  StaticStr chars[256];
  StaticStr empty;
};
static constexpr StaticStrs makeStatics() {
  StaticStrs all{};
  for (unsigned c = 0; c < 256; c++) {
    all.chars[c] = {
        &krt_str_shape, -1, 1u << kStrFlagBits | 1u | (c < 128 ? kStrAscii : 0) | kStrInterned, {}};
    all.chars[c].chars[0] = static_cast<uint8_t>(c);
  }
  all.empty = {&krt_str_shape, 0, 1u | kStrAscii | kStrInterned, {}};
  return all;
}
/// Compiled code takes one-character strings from here: 40 bytes each, by code.
extern "C" constinit StaticStrs krt_str_statics = makeStatics();
static constexpr StaticStrs &statics = krt_str_statics;

namespace {

Str *latin1Char(uint32_t c) { return reinterpret_cast<Str *>(&statics.chars[c]); }

constexpr int64_t kMaxBytes = INT64_MAX >> (kStrFlagBits + 1);

unsigned kindFor(uint32_t max) { return max < 0x100 ? 1 : max < 0x10000 ? 2 : 4; }

template <typename From, typename To> void convertChars(const From *from, To *to, int64_t length) {
  if constexpr (sizeof(From) == sizeof(To)) {
    std::memcpy(to, from, static_cast<size_t>(length) * sizeof(To));
  } else {
    for (int64_t i = 0; i < length; i++)
      to[i] = static_cast<To>(from[i]);
  }
}
template <typename From> void convertTo(const From *from, void *to, unsigned kind, int64_t length) {
  if (kind == 1)
    convertChars(from, static_cast<uint8_t *>(to), length);
  else if (kind == 2)
    convertChars(from, static_cast<uint16_t *>(to), length);
  else
    convertChars(from, static_cast<uint32_t *>(to), length);
}

template <typename C> uint32_t orOf(const C *text, int64_t length) {
  uint32_t all = 0;
  for (int64_t i = 0; i < length; i++)
    all |= text[i];
  return all;
}

} // namespace

extern "C" {
Str *const krt_str_empty = reinterpret_cast<Str *>(&statics.empty);
}

static uint8_t *appendBytes(uint8_t *to, const uint8_t *from, int64_t count) {
  if (count == 1)
    *to = *from;
  else
    std::memcpy(to, from, static_cast<size_t>(count));
  return to + count;
}

void strCopyChars(void *to, unsigned kind, int64_t at, const Str *from, int64_t start, int64_t length) {
  withChars(from, [&](auto *chars) {
    convertTo(chars + start, static_cast<uint8_t *>(to) + at * kind, kind, length);
  });
}

uint32_t strMaxBits(const Str *text, int64_t start, int64_t end) {
  if (text->isAscii())
    return 0x7f;
  return withChars(text, [&](auto *chars) { return orOf(chars + start, end - start); });
}

Str *krt_str_new_raw(size_t length, unsigned kind, bool ascii) {
  if (length > static_cast<size_t>(kMaxBytes) / kind) {
    krt_raise_memory();
    return nullptr;
  }
  size_t bytes = kStrHeaderSize + (length + 1) * kind;
  Str *text;
  if (bytes < 1u << 20) {
    text = static_cast<Str *>(gcAllocateAtomic(bytes));
  } else {
    text = static_cast<Str *>(krt_gc_try(bytes, true));
    if (!text) {
      krt_raise_memory();
      return nullptr;
    }
  }
  text->shape = &krt_str_shape;
  text->hash = -1;
  text->lengthAndFlags = static_cast<uint64_t>(length) << kStrFlagBits | kind | (ascii ? kStrAscii : 0);
  std::memset(text->inline1 + length * kind, 0, kind);
  return text;
}

/// A string whose characters lie outside, kept alive by [owner].
static Str *newExternal(void *chars, void *owner, int64_t length, uint64_t flags) {
  Str *text = static_cast<Str *>(gcAllocate(sizeof(Str)));
  text->shape = &krt_str_shape;
  text->hash = -1;
  text->lengthAndFlags = static_cast<uint64_t>(length) << kStrFlagBits | flags | kStrExternal;
  text->external = chars;
  text->owner = owner;
  return text;
}

Str *krt_str_from_latin1(const uint8_t *text, size_t size) {
  if (size == 0)
    return krt_str_empty;
  if (size == 1)
    return latin1Char(text[0]);
  Str *result = krt_str_new_raw(size, 1, asciiPrefix(text, size) == size);
  if (result)
    std::memcpy(result->inline1, text, size);
  return result;
}

Str *krt_str_from_utf8(const char *source, size_t size) {
  auto *text = reinterpret_cast<const uint8_t *>(source);
  size_t prefix = asciiPrefix(text, size);
  if (prefix == size) {
    if (size <= 1)
      return size ? latin1Char(text[0]) : krt_str_empty;
    Str *result = krt_str_new_raw(size, 1, true);
    if (result)
      std::memcpy(result->inline1, text, size);
    return result;
  }
  const uint8_t *end = text + size;
  size_t length = prefix;
  uint32_t max = 0;
  for (const uint8_t *p = text + prefix; p < end; length++)
    max |= utf8Next(p);
  if (length == 1 && max < 256)
    return latin1Char(max);
  unsigned kind = kindFor(max);
  Str *result = krt_str_new_raw(length, kind, false);
  if (!result)
    return nullptr;
  const uint8_t *p = text;
  for (size_t i = 0; p < end; i++) {
    uint32_t c = utf8Next(p);
    if (kind == 1)
      result->inline1[i] = static_cast<uint8_t>(c);
    else if (kind == 2)
      reinterpret_cast<uint16_t *>(result->inline1)[i] = static_cast<uint16_t>(c);
    else
      reinterpret_cast<uint32_t *>(result->inline1)[i] = c;
  }
  return result;
}

/// From characters of type C, in the narrowest kind.
template <typename C> static Str *fromChars(const C *text, int64_t length) {
  if (length == 0)
    return krt_str_empty;
  uint32_t max = orOf(text, length);
  if (length == 1 && max < 256)
    return latin1Char(max);
  unsigned kind = kindFor(max);
  Str *result = krt_str_new_raw(static_cast<size_t>(length), kind, max < 128);
  if (result)
    convertTo(text, result->inline1, kind, length);
  return result;
}

Str *krt_str_from_ucs4(const uint32_t *text, size_t length) {
  return fromChars(text, static_cast<int64_t>(length));
}

Str *krt_str_from_char(uint32_t c) {
  if (c < 256)
    return latin1Char(c);
  return fromChars(&c, 1);
}

Str *krt_str_substring(Str *text, int64_t start, int64_t end) {
  int64_t length = end - start;
  if (length <= 0)
    return krt_str_empty;
  if (length == text->length() && text->shape == &krt_str_shape)
    return text;
  if (!text->isAscii())
    return withChars(text, [&](auto *chars) { return fromChars(chars + start, length); });
  if (length == 1)
    return latin1Char(text->data1()[start]);
  Str *result = krt_str_new_raw(static_cast<size_t>(length), 1, true);
  if (result)
    std::memcpy(result->inline1, text->data1() + start, static_cast<size_t>(length));
  return result;
}

Str *strPlain(Str *text) {
  if (text->shape == &krt_str_shape)
    return text;
  uint64_t flags = text->lengthAndFlags & (kStrKindMask | kStrAscii);
  return newExternal(text->external, text->owner, text->length(), flags);
}

void strAdopt(Str *instance, Str *text) {
  instance->hash = text->hash;
  uint64_t flags = text->lengthAndFlags & (kStrKindMask | kStrAscii);
  instance->lengthAndFlags = static_cast<uint64_t>(text->length()) << kStrFlagBits | flags | kStrExternal;
  instance->external = const_cast<void *>(text->data());
  instance->owner = text->lengthAndFlags & kStrExternal ? text->owner : text;
}

// ---- Hash -------------------------------------------------------------------------------------------------

int64_t krt_hash_bytes(const void *data, size_t size) {
  if (size == 0)
    return 0;
  int64_t hash = static_cast<int64_t>(sipHash13(hashKey(), data, size));
  return hash == -1 ? -2 : hash;
}

int64_t krt_str_hash(Str *text) {
  if (text->hash == -1)
    text->hash = krt_hash_bytes(text->data(), static_cast<size_t>(text->length()) * text->kind());
  return text->hash;
}

// ---- Interning --------------------------------------------------------------------------------------------

namespace {

/// Open addressing with linear probing, at most half full. Lives in collected memory; the static root keeps
/// all alive.
struct InternTable {
  Str **slots;
  size_t mask, count;
};
constinit InternTable interned{};

void internGrow() {
  size_t size = interned.slots ? (interned.mask + 1) * 2 : 4096;
  auto **slots = static_cast<Str **>(gcAllocate(size * sizeof(Str *)));
  for (size_t i = 0; interned.slots && i <= interned.mask; i++) {
    Str *text = interned.slots[i];
    if (!text)
      continue;
    size_t at = static_cast<size_t>(text->hash) & (size - 1);
    while (slots[at])
      at = (at + 1) & (size - 1);
    slots[at] = text;
  }
  interned.slots = slots;
  interned.mask = size - 1;
}

/// The slot that holds, or is to hold, the text for which [same] answers true.
template <typename F> Str **internSlot(int64_t hash, F &&same) {
  if (!interned.slots || interned.count * 2 > interned.mask)
    internGrow();
  size_t at = static_cast<size_t>(hash) & interned.mask;
  while (interned.slots[at] && !(interned.slots[at]->hash == hash && same(interned.slots[at])))
    at = (at + 1) & interned.mask;
  return &interned.slots[at];
}

Str *internAdd(Str **slot, Str *text, int64_t hash) {
  text->hash = hash;
  text->lengthAndFlags |= kStrInterned;
  *slot = text;
  interned.count++;
  return text;
}

} // namespace

Str *krt_str_intern(Str *text) {
  if (text->isInterned())
    return text;
  if (text->length() <= 1) {
    if (text->length() == 0)
      return krt_str_empty;
    if (text->kind() == 1)
      return latin1Char(text->data1()[0]);
  }
  int64_t hash = krt_str_hash(text);
  Str **slot = internSlot(hash, [&](Str *other) { return krt_str_equal(other, text); });
  return *slot ? *slot : internAdd(slot, strPlain(text), hash);
}

Str *krt_str_intern_utf8(const char *text, size_t size) {
  if (size <= 1 || asciiPrefix(reinterpret_cast<const uint8_t *>(text), size) != size)
    return krt_str_intern(krt_str_from_utf8(text, size));
  int64_t hash = krt_hash_bytes(text, size);
  Str **slot = internSlot(hash, [&](Str *other) {
    return other->isAscii() && other->length() == static_cast<int64_t>(size) &&
           std::memcmp(other->data1(), text, size) == 0;
  });
  return *slot ? *slot : internAdd(slot, krt_str_from_utf8(text, size), hash);
}

// ---- Comparing and searching ------------------------------------------------------------------------

bool krt_str_equal(Str *a, Str *b) {
  if (a == b)
    return true;
  if ((a->lengthAndFlags ^ b->lengthAndFlags) & ~uint64_t{kStrInterned | kStrExternal | kStrGrowing})
    return false;
  if (a->isInterned() && b->isInterned())
    return false;
  return std::memcmp(a->data(), b->data(), static_cast<size_t>(a->length()) * a->kind()) == 0;
}

int krt_str_compare(Str *a, Str *b) {
  int64_t n = std::min(a->length(), b->length());
  int order = 0;
  if (a->kind() == 1 && b->kind() == 1) {
    order = std::memcmp(a->data1(), b->data1(), static_cast<size_t>(n));
  } else {
    order = withChars(a, [&](auto *x) {
      return withChars(b, [&](auto *y) {
        for (int64_t i = 0; i < n; i++)
          if (x[i] != y[i])
            return x[i] < y[i] ? -1 : 1;
        return 0;
      });
    });
  }
  if (order)
    return order;
  return a->length() < b->length() ? -1 : a->length() > b->length();
}

int64_t krt_str_find(Str *text, Str *needle, int64_t start, int64_t end) {
  if (end - start < needle->length() || needle->kind() > text->kind())
    return -1;
  int64_t at = withChars(text, [&](auto *chars) {
    return withChars(needle,
                     [&](auto *what) { return findRun(chars + start, end - start, what, needle->length()); });
  });
  return at < 0 ? -1 : at + start;
}

int64_t krt_str_rfind(Str *text, Str *needle, int64_t start, int64_t end) {
  if (end - start < needle->length() || needle->kind() > text->kind())
    return -1;
  int64_t at = withChars(text, [&](auto *chars) {
    return withChars(
        needle, [&](auto *what) { return findRunBack(chars + start, end - start, what, needle->length()); });
  });
  return at < 0 ? -1 : at + start;
}

// ---- Concatenation ----------------------------------------------------------------------------------

/// Results from this many bytes on are given room to grow when little is added to much.
constexpr int64_t kGrowFrom = 256;

/// Continues the buffer that [a] ends with [b]; null if there is no room or the kinds differ.
static Str *growInPlace(Str *a, Str *b) {
  auto *buffer = static_cast<StrBuffer *>(a->owner);
  unsigned kind = a->kind();
  int64_t aEnd = static_cast<uint8_t *>(a->external) - buffer->bytes + a->length() * kind;
  int64_t bytes = b->length() * kind;
  if (b->kind() > kind || aEnd != buffer->used || buffer->capacity - aEnd < bytes)
    return nullptr;
  strCopyChars(buffer->bytes + aEnd, kind, 0, b, 0, b->length());
  buffer->used += bytes;
  uint64_t flags = kind | (a->lengthAndFlags & b->lengthAndFlags & kStrAscii) | kStrGrowing;
  return newExternal(a->external, buffer, a->length() + b->length(), flags);
}

Str *krt_str_concat(Str *a, Str *b) {
  int64_t m = a->length(), n = b->length();
  if (n == 0)
    return strPlain(a);
  if (m == 0)
    return strPlain(b);
  if (a->lengthAndFlags & kStrGrowing)
    if (Str *grown = growInPlace(a, b))
      return grown;
  unsigned kind = std::max(a->kind(), b->kind());
  bool ascii = a->isAscii() && b->isAscii();
  int64_t bytes = (m + n) * kind;
  if (bytes >= kGrowFrom && n <= m / 4 && bytes < kMaxBytes / 4) {
    int64_t capacity = (a->lengthAndFlags & kStrGrowing ? bytes * 2 : bytes + bytes / 2) + 64;
    auto *buffer =
        static_cast<StrBuffer *>(krt_gc_try(sizeof(StrBuffer) + static_cast<size_t>(capacity), true));
    if (buffer) {
      buffer->used = bytes;
      buffer->capacity = capacity;
      strCopyChars(buffer->bytes, kind, 0, a, 0, m);
      strCopyChars(buffer->bytes, kind, m, b, 0, n);
      return newExternal(buffer->bytes, buffer, m + n, kind | (ascii ? kStrAscii : 0) | kStrGrowing);
    }
  }
  Str *result = krt_str_new_raw(static_cast<size_t>(m + n), kind, ascii);
  if (!result)
    return nullptr;
  if (kind == 1) {
    appendBytes(appendBytes(result->inline1, a->data1(), m), b->data1(), n);
    return result;
  }
  strCopyChars(result->inline1, kind, 0, a, 0, m);
  strCopyChars(result->inline1, kind, m, b, 0, n);
  return result;
}

Str *krt_str_repeat(Str *text, int64_t n) {
  int64_t length = text->length();
  if (n <= 0 || length == 0)
    return krt_str_empty;
  if (n == 1)
    return strPlain(text);
  unsigned kind = text->kind();
  int64_t total;
  if (__builtin_mul_overflow(length, n, &total) || total > kMaxBytes / kind) {
    krt_raise_memory();
    return nullptr;
  }
  Str *result = krt_str_new_raw(static_cast<size_t>(total), kind, text->isAscii());
  if (!result)
    return nullptr;
  size_t unit = static_cast<size_t>(length) * kind, bytes = static_cast<size_t>(total) * kind;
  if (unit == 1) {
    std::memset(result->inline1, text->data1()[0], bytes);
    return result;
  }
  std::memcpy(result->inline1, text->data(), unit);
  for (size_t done = unit; done < bytes;) { // doubling
    size_t step = std::min(done, bytes - done);
    std::memcpy(result->inline1 + done, result->inline1, step);
    done += step;
  }
  return result;
}

Str *strJoin(Str *separator, const Value *items, int64_t count) {
  if (count == 0)
    return krt_str_empty;
  int64_t total = separator->length() * (count - 1);
  unsigned kind = count > 1 ? separator->kind() : 1;
  uint64_t ascii = count > 1 ? separator->lengthAndFlags & kStrAscii : uint64_t{kStrAscii};
  for (int64_t i = 0; i < count; i++) {
    if (!strCheck(items[i])) {
      krt_raise(kTypeError, "sequence item %lld: expected str instance, %.80T found",
                static_cast<long long>(i), items[i]);
      return nullptr;
    }
    Str *item = items[i].as<Str>();
    total += item->length();
    kind = std::max(kind, item->kind());
    ascii &= item->lengthAndFlags;
  }
  if (count == 1)
    return strPlain(items[0].as<Str>());
  if (total == 0)
    return krt_str_empty;
  if (total == 1 && kind == 1) // one character: the shared string
    for (int64_t i = 0; i < count; i++)
      if (items[i].as<Str>()->length())
        return strPlain(items[i].as<Str>());
  Str *result = krt_str_new_raw(static_cast<size_t>(total), kind, ascii);
  if (!result)
    return nullptr;
  if (kind == 1) {
    uint8_t *to = result->inline1;
    const uint8_t *between = separator->data1();
    int64_t gap = separator->length();
    for (int64_t i = 0; i < count; i++) {
      if (i && gap)
        to = appendBytes(to, between, gap);
      Str *item = items[i].as<Str>();
      to = appendBytes(to, item->data1(), item->length());
    }
    return result;
  }
  int64_t at = 0;
  for (int64_t i = 0; i < count; i++) {
    if (i) {
      strCopyChars(result->inline1, kind, at, separator, 0, separator->length());
      at += separator->length();
    }
    Str *item = items[i].as<Str>();
    strCopyChars(result->inline1, kind, at, item, 0, item->length());
    at += item->length();
  }
  return result;
}

Str *krt_str_join_py(Str *separator, Value iterable) {
  if (isExact(iterable, krt_list_class))
    return strJoin(separator, iterable.as<List>()->items, iterable.as<List>()->length);
  if (isExact(iterable, krt_tuple_class))
    return strJoin(separator, iterable.as<Tuple>()->items, iterable.as<Tuple>()->length);
  Value iterator = krt_iter_py(iterable);
  if (!iterator) {
    if (krt_error_matches(kTypeError)) {
      krt_error_clear();
      krt_raise(kTypeError, "can only join an iterable");
    }
    return nullptr;
  }
  List *items = krt_list_from_py(iterator);
  if (!items)
    return nullptr;
  Str *result = strJoin(separator, items->items, items->length);
  if (items->items) // nobody else has seen the list
    krt_gc_free(items->items, static_cast<size_t>(items->capacity) * sizeof(Value), false);
  return result;
}

// ---- UTF-8 ------------------------------------------------------------------------------------------

/// Encodes into fresh memory; *surrogate is set to the position of the first lone surrogate, or -1.
static const char *encodeUtf8(Str *text, size_t *size, int64_t *surrogate) {
  *surrogate = -1;
  if (text->isAscii()) {
    *size = static_cast<size_t>(text->length());
    if (!(text->lengthAndFlags & kStrExternal))
      return reinterpret_cast<const char *>(text->inline1);
    auto *copy = static_cast<char *>(gcAllocateAtomic(*size + 1));
    std::memcpy(copy, text->data1(), *size);
    copy[*size] = 0;
    return copy;
  }
  return withChars(text, [&](auto *chars) {
    int64_t length = text->length();
    size_t bytes = 0;
    for (int64_t i = 0; i < length; i++) {
      bytes += utf8Size(chars[i]);
      if ((chars[i] & ~uint32_t{0x7ff}) == 0xd800 && *surrogate < 0)
        *surrogate = i;
    }
    auto *out = static_cast<uint8_t *>(gcAllocateAtomic(bytes + 1));
    uint8_t *p = out;
    for (int64_t i = 0; i < length; i++)
      p = utf8Put(p, chars[i]);
    *p = 0;
    *size = bytes;
    return reinterpret_cast<const char *>(out);
  });
}

const char *krt_str_utf8_lossy(Str *text, size_t *size) {
  int64_t surrogate;
  return encodeUtf8(text, size, &surrogate);
}

const char *krt_str_utf8(Str *text, size_t *size) {
  int64_t surrogate;
  const char *result = encodeUtf8(text, size, &surrogate);
  if (surrogate < 0)
    return result;
  int64_t end = surrogate;
  while (end < text->length() && (text->at(end) & ~uint32_t{0x7ff}) == 0xd800)
    end++;
  raiseEncodeError("utf-8", text, surrogate, end, "surrogates not allowed");
  return nullptr;
}

Value raiseEncodeError(const char *encoding, Str *text, int64_t start, int64_t end, const char *reason) {
  Value args[5] = {strIntern(encoding), text, smallInt(start), smallInt(end), strFrom(reason)};
  return krt_raise_args(kUnicodeEncodeError, args, 5);
}

// ---- StrBuilder -------------------------------------------------------------------------------------

// Where memory is exhausted, [max_] is kFailed, which no characters give; what is appended from then on goes
// nowhere, and finish() raises MemoryError.
constexpr uint32_t kFailed = UINT32_MAX;

void StrBuilder::prepare(int64_t more, uint32_t max) {
  unsigned kind = std::max(kind_, kindFor(max));
  int64_t needed = length_ + more;
  if (kind == kind_ && needed <= capacity_)
    return;
  int64_t capacity = std::max<int64_t>({needed, capacity_, 24});
  if (needed > capacity_)
    capacity = std::max(capacity, capacity_ * 2);
  constexpr int64_t kLarge = int64_t{1} << 20;
  void *grown = nullptr;
  if (max_ != kFailed)
    grown = capacity > kLarge ? krt_gc_try(static_cast<size_t>(capacity) * kind, true)
                              : gcAllocateAtomic(static_cast<size_t>(capacity) * kind);
  if (!grown) { // the local array has room for a few characters of any width
    clear();
    max_ = kFailed;
    kind_ = 4;
    capacity_ = kLocal / 4;
    return;
  }
  if (length_) {
    if (kind_ == 1)
      convertTo(static_cast<uint8_t *>(data_), grown, kind, length_);
    else if (kind_ == 2)
      convertTo(static_cast<uint16_t *>(data_), grown, kind, length_);
    else
      convertTo(static_cast<uint32_t *>(data_), grown, kind, length_);
  }
  release();
  data_ = grown;
  capacity_ = capacity;
  kind_ = kind;
}

/// Nobody else has seen the array.
void StrBuilder::release() {
  if (data_ != local_)
    krt_gc_free(data_, static_cast<size_t>(capacity_) * kind_, true);
}

void StrBuilder::append(Str *text, int64_t start, int64_t end) {
  if (end <= start)
    return;
  uint32_t max = strMaxBits(text, start, end);
  prepare(end - start, max);
  if (max_ == kFailed)
    return;
  if (kind_ == 1 && text->kind() == 1)
    std::memcpy(static_cast<uint8_t *>(data_) + length_, text->data1() + start,
                static_cast<size_t>(end - start));
  else
    strCopyChars(data_, kind_, length_, text, start, end - start);
  length_ += end - start;
  max_ |= max;
}

void StrBuilder::append(Str *text) { append(text, 0, text->length()); }

void StrBuilder::append(std::string_view utf8) {
  auto *p = reinterpret_cast<const uint8_t *>(utf8.data()), *end = p + utf8.size();
  size_t prefix = asciiPrefix(p, utf8.size());
  if (prefix) {
    prepare(static_cast<int64_t>(prefix), 0x7f);
    if (max_ == kFailed)
      return;
    if (kind_ == 1)
      std::memcpy(static_cast<uint8_t *>(data_) + length_, p, prefix);
    else
      convertTo(p, static_cast<uint8_t *>(data_) + length_ * kind_, kind_, static_cast<int64_t>(prefix));
    length_ += static_cast<int64_t>(prefix);
    max_ |= 0x7f;
    p += prefix;
  }
  while (p < end)
    append(utf8Next(p));
}

void StrBuilder::fill(uint32_t c, int64_t count) {
  if (count <= 0)
    return;
  prepare(count, c);
  if (max_ == kFailed)
    return;
  max_ |= c;
  for (int64_t i = 0; i < count; i++)
    put(length_++, c);
}

Str *StrBuilder::finish() {
  if (__builtin_expect(max_ == kFailed, 0)) {
    clear();
    krt_raise_memory();
    return nullptr;
  }
  if (length_ == 0)
    return krt_str_empty;
  if (length_ == 1 && kind_ == 1)
    return latin1Char(*static_cast<uint8_t *>(data_));
  bool ascii = max_ < 128;
  if (length_ * kind_ >= 1024 &&
      capacity_ - length_ <= length_ / 4) { // never the local array: that is shorter
    Str *text = newExternal(data_, data_, length_, kind_ | (ascii ? kStrAscii : 0));
    data_ = local_;
    clear();
    return text;
  }
  Str *result = krt_str_new_raw(static_cast<size_t>(length_), kind_, ascii);
  if (result)
    std::memcpy(result->inline1, data_, static_cast<size_t>(length_) * kind_);
  clear();
  return result;
}

} // namespace krait

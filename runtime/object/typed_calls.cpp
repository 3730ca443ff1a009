// typed_calls.cpp - see typed_calls.h.
#include "runtime/object/typed_calls.h"

#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/exceptions.h"
#include "runtime/object/find_key.h"
#include "runtime/object/float.h"
#include "runtime/object/float_methods.h"
#include "runtime/object/int.h"
#include "runtime/object/int_methods.h"
#include "runtime/object/str.h"
#include "runtime/object/str_chars.h"
#include "runtime/object/str_search.h"

#include <algorithm>
#include <cstring>
#include <string_view>

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
    auto *to =
        reinterpret_cast<std::remove_const_t<std::remove_pointer_t<decltype(chars)>> *>(result->inline1);
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
  return withChars(text, [&](auto *chars) {
    return withChars(part, [&](auto *what) { return sameChars(chars + at, what, size); });
  });
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

/// Is this text of ASCII characters certainly no int, and its repr nothing but itself in quotes?
static bool isNoInt(const uint8_t *chars, int64_t length) {
  bool odd = false;
  for (int64_t i = 0; i < length; ++i) {
    uint8_t c = chars[i];
    if (c < ' ' || c > '~' || c == '\'' || c == '\\')
      return false;
    odd |= !(c - '0' < 10u || c == ' ' || c == '_' || c == '+' || c == '-');
  }
  return odd;
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
  if (text->isAscii() && (length == 0 || (length <= 18 && isNoInt(text->data1(), length)))) {
    // What a handler expects, most often: the message needs no repr to be worked out.
    static constexpr std::string_view kStart = "invalid literal for int() with base 10: '";
    Str *message = krt_str_new_raw(kStart.size() + size_t(length) + 1, 1, true);
    auto *out = const_cast<uint8_t *>(message->data1());
    std::memcpy(out, kStart.data(), kStart.size());
    std::memcpy(out + kStart.size(), text->data1(), size_t(length));
    out[kStart.size() + size_t(length)] = '\'';
    return krt_raise_value(krt_exception_new(kValueError, message));
  }
  KRT_ALLOW_PY("the text of an exact str is read");
  return krt_int_create_py(&krt_int_class, text, Value());
}

Value krt_typed_strFloat(Str *text) {
  KRT_ALLOW_PY("the text of an exact str is read");
  return krt_float_create_py(&krt_float_class, text);
}

Str *krt_typed_strJoin(Str *separator, List *items) {
  return strJoin(separator, items->items, items->length);
}

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

bool krt_typed_dictLookup(Dict *dict, Value key, Value *out) {
  int64_t hash, position = findInDict(dict, key, &hash);
  *out = position >= 0 ? dict->entries[position].value : Value();
  return position != kKeyOdd;
}

bool krt_typed_dictStore(Dict *dict, Value key, Value value) {
  int64_t hash, position = findInDict(dict, key, &hash);
  if (__builtin_expect(position >= 0 && !(dict->flags & kDictWatched), 1)) {
    dict->entries[position].value = value;
    return true;
  }
  if (position == kKeyOdd)
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
  return position >= 0 ? dict->entries[position].value : position == kKeyMissing ? fallback : Value();
}

int64_t krt_typed_dictHas(Dict *dict, Value key) {
  int64_t hash, position = findInDict(dict, key, &hash);
  return position >= 0 ? 1 : position == kKeyMissing ? 0 : -1;
}

int64_t krt_typed_setHas(Set *set, Value key) {
  int64_t hash, position = findKey(set, key, &hash);
  return position >= 0 ? 1 : position == kKeyMissing ? 0 : -1;
}

Value krt_typed_found(Value value, Value key) {
  return __builtin_expect(bool(value), 1) ? value : krt_raise_key_error(key);
}

// ---- Exceptions ----

Value krt_typed_exceptionNew(Class *cls, Tuple *args) {
  auto *exception = static_cast<Exception *>(krt_instance_new(cls, 0));
  exception->args = args;
  return exception;
}

Value krt_typed_exceptionInit(Value exception, Tuple *args) {
  exception.as<Exception>()->args = args;
  return kNone;
}

static bool derives(const Class *cls, const Class *base) {
  if (cls == base)
    return true;
  for (int64_t i = 1; i < cls->mro->length; ++i)
    if (cls->mro->items[i] == Value(const_cast<Class *>(base)))
      return true;
  return false;
}

int64_t krt_typed_exceptionMatches(Value exception, Value type) {
  Class *cls = classOf(exception);
  if (exceptionClassCheck(type))
    return derives(cls, type.as<Class>());
  if (!isExact(type, krt_tuple_class))
    return -1;
  Tuple *types = type.as<Tuple>();
  for (int64_t i = 0; i < types->length; ++i)
    if (!exceptionClassCheck(types->items[i]))
      return -1;
  for (int64_t i = 0; i < types->length; ++i)
    if (derives(cls, types->items[i].as<Class>()))
      return 1;
  return 0;
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
  auto plain = [own](Str *name) {
    return krt_class_lookup(own, name) == krt_class_lookup(&krt_object_class, name);
  };
  return plain(KSTR(__class__)) && plain(KSTR(__getattribute__)) ? 0 : -1;
}

} // extern "C"
} // namespace krait

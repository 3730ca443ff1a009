// str_methods.cpp - methods of str that look at or cut text: searching, splitting, stripping, replacing,
// padding. Case mapping and character tests are in str_case.cpp.
#include "runtime/object/str_methods.h"

#include "runtime/object/bytes.h"
#include "runtime/object/class.h"
#include "runtime/object/codecs.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/format.h"
#include "runtime/object/int.h"
#include "runtime/object/protocol.h"
#include "runtime/object/str_chars.h"
#include "runtime/object/str_search.h"
#include "runtime/unicode/properties.h"

#include <algorithm>

namespace krait {

// ---- Construction
// --------------------------------------------------------------------------------------------

/// An instance of [cls] with the text of [text].
static Value instanceOf(Class *cls, Str *text) {
  if (!text)
    return {};
  if (cls == &krt_str_class)
    return text;
  Object *object = krt_instance_new(cls, 0);
  strAdopt(static_cast<Str *>(object), strPlain(text));
  return object;
}

Value krt_str_create_py(Class *cls, Value object, Value encoding, Value errors) {
  if (!object)
    return instanceOf(cls, krt_str_empty);
  if (!encoding && !errors)
    return instanceOf(cls, krt_str_of_py(object));
  const char *names[2] = {nullptr, nullptr};
  Value given[2] = {encoding, errors};
  for (int i = 0; i < 2; i++) {
    if (!given[i])
      continue;
    if (!strCheck(given[i]))
      return krt_raise(kTypeError, "str() argument '%s' must be str, not %.50T", i ? "errors" : "encoding",
                       given[i]);
    size_t size;
    names[i] = TRY(krt_str_utf8(given[i].as<Str>(), &size));
    if (std::strlen(names[i]) != size)
      return krt_raise(kValueError, "embedded null character");
  }
  if (strCheck(object))
    return krt_raise(kTypeError, "decoding str is not supported");
  if (!krt_buffer_check(object))
    return krt_raise(kTypeError, "decoding to str: need a bytes-like object, %.80T found", object);
  Value text = TRY(krt_codec_decode_py(object, names[0], names[1]));
  return instanceOf(cls, text.as<Str>());
}

Str *krt_str_joinMethod_py(Str *self, Value iterable) { return krt_str_join_py(self, iterable); }

Value krt_str_getNewArgs(Str *self) {
  Value text = strPlain(self);
  return krt_tuple_from(&text, 1);
}

int64_t krt_str_sizeOf(Str *self) {
  // As a packed header and the characters with their terminator.
  return static_cast<int64_t>(kStrHeaderSize) + (self->length() + 1) * self->kind();
}

// ---- Searching
// ---------------------------------------------------------------------------------------------------

/// Start and end as slices have them; false with an exception pending.
bool sliceBounds_py(Value start, Value end, int64_t length, int64_t *from, int64_t *to) {
  *from = 0;
  *to = length;
  Value given[2] = {start, end};
  int64_t *out[2] = {from, to};
  for (int i = 0; i < 2; i++) {
    if (!given[i] || given[i] == kNone)
      continue;
    if (!krt_int_check(given[i]) && !classOf(given[i])->slots.index) {
      krt_raise(kTypeError, "slice indices must be integers or None or have an __index__ method");
      return false;
    }
    int64_t at = krt_index_i64_py(given[i], nullptr);
    if (at == -1 && errorPending())
      return false;
    if (at < 0)
      at = std::max<int64_t>(at + length, 0);
    *out[i] = at;
  }
  *to = std::min(*to, length);
  return true;
}

static bool needleOf(Value sub) {
  if (strCheck(sub))
    return true;
  krt_raise(kTypeError, "must be str, not %.100T", sub);
  return false;
}

/// -2: error.
static int64_t findIn_py(Str *self, Value sub, Value start, Value end, bool back) {
  int64_t from, to;
  if (!needleOf(sub) || !sliceBounds_py(start, end, self->length(), &from, &to))
    return -2;
  if (from > to)
    return -1;
  return back ? krt_str_rfind(self, sub.as<Str>(), from, to) : krt_str_find(self, sub.as<Str>(), from, to);
}

Value krt_str_find_py(Str *self, Value sub, Value start, Value end) {
  int64_t at = findIn_py(self, sub, start, end, false);
  return at == -2 ? Value() : smallInt(at);
}
Value krt_str_rfind_py(Str *self, Value sub, Value start, Value end) {
  int64_t at = findIn_py(self, sub, start, end, true);
  return at == -2 ? Value() : smallInt(at);
}
static Value indexOrRaise(int64_t at) {
  if (at >= 0)
    return smallInt(at);
  return at == -2 ? Value() : krt_raise(kValueError, "substring not found");
}
Value krt_str_index_py(Str *self, Value sub, Value start, Value end) {
  return indexOrRaise(findIn_py(self, sub, start, end, false));
}
Value krt_str_rindex_py(Str *self, Value sub, Value start, Value end) {
  return indexOrRaise(findIn_py(self, sub, start, end, true));
}

Value krt_str_count_py(Str *self, Value sub, Value start, Value end) {
  int64_t from, to;
  if (!needleOf(sub) || !sliceBounds_py(start, end, self->length(), &from, &to))
    return {};
  Str *needle = sub.as<Str>();
  if (from > to)
    return smallInt(0);
  if (needle->length() == 0)
    return smallInt(to - from + 1);
  if (needle->kind() > self->kind())
    return smallInt(0);
  return smallInt(withChars(self, [&](auto *text) {
    return withChars(needle,
                     [&](auto *what) { return countRun(text + from, to - from, what, needle->length()); });
  }));
}

/// Whether the characters at [at] are those of [what].
static bool matchesAt(Str *self, int64_t at, Str *what) {
  if (what->kind() > self->kind())
    return what->length() == 0;
  return withChars(self, [&](auto *text) {
    return withChars(what, [&](auto *w) { return sameChars(text + at, w, what->length()); });
  });
}

static Value affix_py(Str *self, Value what, Value start, Value end, bool atEnd) {
  int64_t from, to;
  if (!sliceBounds_py(start, end, self->length(), &from, &to))
    return {};
  auto matches = [&](Str *affix) {
    if (to - from < affix->length() || from > to)
      return false;
    return matchesAt(self, atEnd ? to - affix->length() : from, affix);
  };
  const char *name = atEnd ? "endswith" : "startswith";
  if (hasClassFlag(what, kClassTupleSub)) {
    auto *tuple = what.as<Tuple>();
    for (int64_t i = 0; i < tuple->length; i++) {
      if (!strCheck(tuple->items[i]))
        return krt_raise(kTypeError, "tuple for %s must only contain str, not %.100T", name, tuple->items[i]);
      if (matches(tuple->items[i].as<Str>()))
        return kTrue;
    }
    return kFalse;
  }
  if (!strCheck(what))
    return krt_raise(kTypeError, "%s first arg must be str or a tuple of str, not %.100T", name, what);
  return boolean(matches(what.as<Str>()));
}
Value krt_str_startswith_py(Str *self, Value what, Value start, Value end) {
  return affix_py(self, what, start, end, false);
}
Value krt_str_endswith_py(Str *self, Value what, Value start, Value end) {
  return affix_py(self, what, start, end, true);
}

Str *krt_str_removeprefix(Str *self, Str *prefix) {
  if (prefix->length() <= self->length() && matchesAt(self, 0, prefix))
    return krt_str_substring(self, prefix->length(), self->length());
  return strPlain(self);
}
Str *krt_str_removesuffix(Str *self, Str *suffix) {
  int64_t at = self->length() - suffix->length();
  if (suffix->length() && at >= 0 && matchesAt(self, at, suffix))
    return krt_str_substring(self, 0, at);
  return strPlain(self);
}

// ---- Padding
// ---------------------------------------------------------------------------------------------------------

static Str *padded(Str *self, int64_t before, int64_t after, uint32_t fill) {
  if (before <= 0 && after <= 0)
    return strPlain(self);
  int64_t length = self->length() + before + after;
  uint32_t max = fill | strMaxBits(self, 0, self->length());
  unsigned kind = max < 0x100 ? 1 : max < 0x10000 ? 2 : 4;
  Str *result = krt_str_new_raw(static_cast<size_t>(length), kind, max < 128);
  if (!result)
    return nullptr;
  auto put = [&](int64_t from, int64_t to) {
    for (int64_t i = from; i < to; i++) {
      if (kind == 1)
        result->inline1[i] = static_cast<uint8_t>(fill);
      else if (kind == 2)
        reinterpret_cast<uint16_t *>(result->inline1)[i] = static_cast<uint16_t>(fill);
      else
        reinterpret_cast<uint32_t *>(result->inline1)[i] = fill;
    }
  };
  put(0, before);
  strCopyChars(result->inline1, kind, before, self, 0, self->length());
  put(before + self->length(), length);
  return result;
}

/// The character of a fillchar argument; -1 with TypeError pending.
static int64_t fillOf(Value fillchar) {
  if (!fillchar)
    return ' ';
  if (!strCheck(fillchar))
    return raiseInt(kTypeError, "The fill character must be a unicode character, not %.100T", fillchar);
  if (fillchar.as<Str>()->length() != 1)
    return raiseInt(kTypeError, "The fill character must be exactly one character long");
  return fillchar.as<Str>()->at(0);
}

Str *krt_str_center(Str *self, int64_t width, Value fillchar) {
  int64_t fill = TRY_INT(fillOf(fillchar));
  int64_t pad = std::max<int64_t>(width - self->length(), 0);
  int64_t before = pad / 2 + (pad & width & 1);
  return padded(self, before, pad - before, static_cast<uint32_t>(fill));
}
Str *krt_str_ljust(Str *self, int64_t width, Value fillchar) {
  int64_t fill = TRY_INT(fillOf(fillchar));
  return padded(self, 0, std::max<int64_t>(width - self->length(), 0), static_cast<uint32_t>(fill));
}
Str *krt_str_rjust(Str *self, int64_t width, Value fillchar) {
  int64_t fill = TRY_INT(fillOf(fillchar));
  return padded(self, std::max<int64_t>(width - self->length(), 0), 0, static_cast<uint32_t>(fill));
}
Str *krt_str_zfill(Str *self, int64_t width) {
  int64_t pad = width - self->length();
  if (pad <= 0)
    return strPlain(self);
  uint32_t first = self->length() ? self->at(0) : 0;
  if (first != '+' && first != '-')
    return padded(self, pad, 0, '0');
  StrBuilder out;
  out.append(first);
  out.fill('0', pad);
  out.append(self, 1, self->length());
  return out.finish();
}

Str *krt_str_expandtabs(Str *self, int tabsize) {
  int64_t first = 0;
  while (first < self->length() && self->at(first) != '\t')
    ++first;
  if (first == self->length())
    return strPlain(self);
  StrBuilder out;
  int64_t column = 0;
  for (int64_t i = 0; i < self->length(); i++) {
    uint32_t c = self->at(i);
    if (c == '\t') {
      if (tabsize > 0) {
        int64_t spaces = tabsize - column % tabsize;
        out.fill(' ', spaces);
        column += spaces;
      }
      continue;
    }
    out.append(c);
    column = c == '\n' || c == '\r' ? 0 : column + 1;
  }
  return out.finish();
}

// ---- Stripping
// ---------------------------------------------------------------------------------------------------------

template <typename Test> static Str *stripped(Str *self, bool front, bool back, Test test) {
  int64_t start = 0, end = self->length();
  withChars(self, [&](auto *text) {
    while (front && start < end && test(text[start]))
      start++;
    while (back && end > start && test(text[end - 1]))
      end--;
  });
  return krt_str_substring(self, start, end);
}
static Value strip(Str *self, Value chars, bool front, bool back, const char *name) {
  Str *result;
  if (chars == kNone) {
    result = stripped(self, front, back, [](uint32_t c) { return charIsSpace(c); });
  } else if (!strCheck(chars)) {
    return krt_raise(kTypeError, "%s arg must be None or str", name);
  } else {
    Str *set = chars.as<Str>();
    result = withChars(set, [&](auto *members) {
      return stripped(self, front, back,
                      [&](uint32_t c) { return findChar(members, set->length(), c) >= 0; });
    });
  }
  return result ? Value(result) : Value();
}
Value krt_str_strip(Str *self, Value chars) { return strip(self, chars, true, true, "strip"); }
Value krt_str_lstrip(Str *self, Value chars) { return strip(self, chars, true, false, "lstrip"); }
Value krt_str_rstrip(Str *self, Value chars) { return strip(self, chars, false, true, "rstrip"); }

// ---- Splitting
// ----------------------------------------------------------------------------------------------------------

static bool pushPart(List *list, Str *self, int64_t start, int64_t end) {
  Str *part = krt_str_substring(self, start, end);
  if (!part)
    return false;
  krt_list_append(list, part);
  return true;
}

template <typename C> static void splitSpace(List *list, Str *self, const C *text, int64_t max) {
  int64_t length = self->length(), at = 0;
  auto skip = [&] {
    while (at < length && charIsSpace(text[at]))
      at++;
  };
  for (skip(); at < length; skip()) {
    if (max-- <= 0) {
      pushPart(list, self, at, length);
      return;
    }
    int64_t start = at;
    while (at < length && !charIsSpace(text[at]))
      at++;
    pushPart(list, self, start, at);
  }
}
template <typename C> static void splitSpaceBack(List *list, Str *self, const C *text, int64_t max) {
  int64_t end = self->length();
  auto skip = [&] {
    while (end > 0 && charIsSpace(text[end - 1]))
      end--;
  };
  for (skip(); end > 0; skip()) {
    if (max-- <= 0) {
      pushPart(list, self, 0, end);
      return;
    }
    int64_t stop = end;
    while (end > 0 && !charIsSpace(text[end - 1]))
      end--;
    pushPart(list, self, end, stop);
  }
}

static void reverseList(List *list) { std::reverse(list->items, list->items + list->length); }

/// False: not a separator (exception pending).
static bool separatorOf(Value sep) {
  if (!strCheck(sep)) {
    krt_raise(kTypeError, "must be str or None, not %.100T", sep);
    return false;
  }
  if (sep.as<Str>()->length() == 0) {
    krt_raise(kValueError, "empty separator");
    return false;
  }
  return true;
}

Value krt_str_split(Str *self, Value sep, int64_t maxsplit) {
  int64_t max = maxsplit < 0 ? INT64_MAX : maxsplit, length = self->length();
  List *list = krt_list_new(0);
  if (sep == kNone) {
    withChars(self, [&](auto *text) { splitSpace(list, self, text, max); });
    return list;
  }
  if (!separatorOf(sep))
    return {};
  Str *by = sep.as<Str>();
  int64_t at = 0, size = by->length();
  if (by->kind() <= self->kind())
    withChars(self, [&](auto *text) {
      withChars(by, [&](auto *what) {
        while (max-- > 0) {
          int64_t next = findRun(text + at, length - at, what, size);
          if (next < 0 || !pushPart(list, self, at, at + next))
            break;
          at += next + size;
        }
      });
    });
  pushPart(list, self, at, length);
  return list;
}

Value krt_str_rsplit(Str *self, Value sep, int64_t maxsplit) {
  int64_t max = maxsplit < 0 ? INT64_MAX : maxsplit, end = self->length();
  List *list = krt_list_new(0);
  if (sep == kNone) {
    withChars(self, [&](auto *text) { splitSpaceBack(list, self, text, max); });
    reverseList(list);
    return list;
  }
  if (!separatorOf(sep))
    return {};
  Str *by = sep.as<Str>();
  while (max-- > 0) {
    int64_t at = krt_str_rfind(self, by, 0, end);
    if (at < 0)
      break;
    pushPart(list, self, at + by->length(), end);
    end = at;
  }
  pushPart(list, self, 0, end);
  reverseList(list);
  return list;
}

Value krt_str_splitlines(Str *self, bool keepends) {
  List *list = krt_list_new(0);
  int64_t length = self->length(), start = 0;
  withChars(self, [&](auto *text) {
    for (int64_t i = 0; i < length; i++) {
      if (!charIs(text[i], kCharLinebreak))
        continue;
      int64_t end = i;
      if (text[i] == '\r' && i + 1 < length && text[i + 1] == '\n')
        i++;
      pushPart(list, self, start, keepends ? i + 1 : end);
      start = i + 1;
    }
  });
  if (start < length)
    pushPart(list, self, start, length);
  return list;
}

static Value threeParts(Str *a, Str *b, Str *c) {
  Value parts[3] = {a, b, c};
  return krt_tuple_from(parts, 3);
}
Value krt_str_partition(Str *self, Str *sep) {
  if (sep->length() == 0)
    return krt_raise(kValueError, "empty separator");
  int64_t at = krt_str_find(self, sep, 0, self->length());
  if (at < 0)
    return threeParts(strPlain(self), krt_str_empty, krt_str_empty);
  return threeParts(krt_str_substring(self, 0, at), strPlain(sep),
                    krt_str_substring(self, at + sep->length(), self->length()));
}
Value krt_str_rpartition(Str *self, Str *sep) {
  if (sep->length() == 0)
    return krt_raise(kValueError, "empty separator");
  int64_t at = krt_str_rfind(self, sep, 0, self->length());
  if (at < 0)
    return threeParts(krt_str_empty, krt_str_empty, strPlain(self));
  return threeParts(krt_str_substring(self, 0, at), strPlain(sep),
                    krt_str_substring(self, at + sep->length(), self->length()));
}

// ---- Replacing
// ------------------------------------------------------------------------------------------------------------

/// Every character separated by [replacement]: what replacing '' means.
static Str *replaceEmpty(Str *self, Str *replacement, int64_t max) {
  StrBuilder out;
  int64_t length = self->length(), i = 0;
  for (; i < length && max > 0; i++, max--) {
    out.append(replacement);
    out.append(self, i, i + 1);
  }
  if (max > 0)
    out.append(replacement);
  out.append(self, i, length);
  return out.finish();
}

/// Counts first, so that the result is made in its final size.
static Str *replaceAscii(Str *self, Str *old, Str *replacement, int64_t max, int64_t next) {
  const uint8_t *text = self->data1(), *what = old->data1(), *with = replacement->data1();
  int64_t length = self->length(), size = old->length(), added = replacement->length();
  int64_t count = countRun(text + next, length - next, what, size, max);
  if ((added - size) * 1.0 * count > 1e15) {
    krt_raise_memory();
    return nullptr;
  }
  int64_t total = length + (added - size) * count;
  uint8_t one[1]; // shorter results are shared strings
  Str *result = total > 1 ? krt_str_new_raw(static_cast<size_t>(total), 1, true) : nullptr;
  if (total > 1 && !result)
    return nullptr;
  uint8_t *to = result ? result->inline1 : one;
  int64_t at = 0;
  for (; count > 0; count--) {
    std::memcpy(to, text + at, static_cast<size_t>(next - at));
    to += next - at;
    std::memcpy(to, with, static_cast<size_t>(added));
    to += added;
    at = next + size;
    if (count > 1)
      next = at + findRun(text + at, length - at, what, size);
  }
  std::memcpy(to, text + at, static_cast<size_t>(length - at));
  return result ? result : krt_str_from_latin1(one, static_cast<size_t>(total));
}

Str *krt_str_replace(Str *self, Str *old, Str *replacement, int64_t count) {
  int64_t max = count < 0 ? INT64_MAX : count, length = self->length();
  if (max == 0 || old->length() > length || old->kind() > self->kind() || (old == replacement && old->length()))
    return strPlain(self);
  if (old->length() == 0)
    return replaceEmpty(self, replacement, max);
  int64_t next = krt_str_find(self, old, 0, length);
  if (next < 0)
    return strPlain(self);
  if (self->isAscii() && replacement->isAscii())
    return replaceAscii(self, old, replacement, max, next);
  StrBuilder out;
  int64_t at = 0;
  for (; next >= 0 && max > 0; max--) {
    out.append(self, at, next);
    out.append(replacement);
    at = next + old->length();
    next = krt_str_find(self, old, at, length);
  }
  out.append(self, at, length);
  return out.finish();
}

// ---- translate
// ---------------------------------------------------------------------------------------------------------------

static bool translateChar_py(Value table, uint32_t c, StrBuilder &out) {
  Value key = smallInt(c);
  Value to = krt_getitem_py(table, key);
  if (!to) {
    if (!krt_error_clear_if(kLookupError))
      return false;
    out.append(c);
    return true;
  }
  if (to == kNone)
    return true;
  if (strCheck(to)) {
    out.append(to.as<Str>());
    return true;
  }
  if (krt_int_check(to)) {
    int64_t code;
    if (!krt_int_to_i64(krt_int_plain(to), &code) || code < 0 || code > 0x10ffff) {
      krt_raise(kValueError, "character mapping must be in range(0x110000)");
      return false;
    }
    out.append(static_cast<uint32_t>(code));
    return true;
  }
  krt_raise(kTypeError, "character mapping must return integer, None or str");
  return false;
}

Value krt_str_translate_py(Str *self, Value table) {
  StrBuilder out;
  for (int64_t i = 0; i < self->length(); i++)
    if (!translateChar_py(table, self->at(i), out))
      return {};
  return out.finish();
}

static Value maketransPairs_py(Str *x, Str *y, Value z) {
  if (x->length() != y->length())
    return krt_raise(kValueError, "the first two maketrans arguments must have equal length");
  Dict *dict = krt_dict_new();
  for (int64_t i = 0; i < x->length(); i++)
    if (krt_dict_set_py(dict, smallInt(x->at(i)), smallInt(y->at(i))) < 0)
      return {};
  if (z)
    for (int64_t i = 0; i < z.as<Str>()->length(); i++)
      if (krt_dict_set_py(dict, smallInt(z.as<Str>()->at(i)), kNone) < 0)
        return {};
  return dict;
}

Value krt_str_maketrans_py(Value x, Value y, Value z) {
  if (y) {
    if (!strCheck(x))
      return krt_raise(kTypeError, "first maketrans argument must be a string if there is a second argument");
    if (!strCheck(y))
      return krt_raise(kTypeError, "maketrans() argument 2 must be str, not %.50T", y);
    if (z && !strCheck(z))
      return krt_raise(kTypeError, "maketrans() argument 3 must be str, not %.50T", z);
    return maketransPairs_py(x.as<Str>(), y.as<Str>(), z);
  }
  if (!isExact(x, krt_dict_class) && !hasClassFlag(x, kClassDictSub))
    return krt_raise(kTypeError, "if you give only one argument to maketrans it must be a dict");
  Dict *dict = krt_dict_new();
  uint32_t position = 0;
  while (DictEntry *entry = krt_dict_next(x.as<Dict>(), &position)) {
    Value key = entry->key;
    if (strCheck(key)) {
      if (key.as<Str>()->length() != 1)
        return krt_raise(kValueError, "string keys in translate table must be of length 1");
      key = smallInt(key.as<Str>()->at(0));
    } else if (!krt_int_check(key)) {
      return krt_raise(kTypeError, "keys in translate table must be strings or integers");
    }
    if (krt_dict_set_py(dict, key, entry->value) < 0)
      return {};
  }
  return dict;
}

// ---- Encoding and formatting
// ---------------------------------------------------------------------------------------------------

Value krt_str_encode_py(Str *self, Str *encoding, Str *errors) {
  size_t size;
  const char *names[2] = {nullptr, nullptr};
  Str *given[2] = {encoding, errors};
  for (int i = 0; i < 2; i++) {
    if (!given[i])
      continue;
    names[i] = TRY(krt_str_utf8(given[i], &size));
    if (std::strlen(names[i]) != size)
      return krt_raise(kValueError, "embedded null character");
  }
  return krt_codec_encode_py(self, names[0], names[1]);
}

Str *krt_str_formatMethod_py(Str *self, Str *spec) {
  bool plain = spec->length() == 0 || (spec->length() == 1 && spec->at(0) == 's');
  return plain && !isExact(self, krt_str_class) ? krt_str_of_py(self) : krt_str_format_spec(self, spec);
}

Value krt_str_format_py(Str *self, ArgSpan args, Dict *kwargs) {
  Value mapping = kwargs ? Value(kwargs) : Value();
  return krt_str_format_fields_py(self, args.data, args.size, mapping);
}
Value krt_str_formatMap_py(Str *self, Value mapping) {
  return krt_str_format_fields_py(self, nullptr, SIZE_MAX, mapping);
}

} // namespace krait

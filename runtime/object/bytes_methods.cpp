// bytes_methods.cpp - methods that bytes and bytearray share. Each is written once over a receiver of either
// class; the macros at the end give it its two bound names.
#include "runtime/object/bytes_methods.h"

#include "runtime/object/bytearray_methods.h"
#include "runtime/object/bytes_run.h"
#include "runtime/object/class.h"
#include "runtime/object/codecs.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/int.h"
#include "runtime/object/memoryview_methods.h"
#include "runtime/object/protocol.h"
#include "runtime/object/str.h"
#include "runtime/object/str_search.h"

#include <algorithm>

namespace krait {

namespace {

bool isUpper(uint8_t c) { return c >= 'A' && c <= 'Z'; }
bool isLower(uint8_t c) { return c >= 'a' && c <= 'z'; }
bool isAlpha(uint8_t c) { return isUpper(c & ~0x20); }
bool isDigit(uint8_t c) { return c >= '0' && c <= '9'; }
bool isSpace(uint8_t c) { return c == ' ' || (c >= 9 && c <= 13); }
uint8_t toLower(uint8_t c) { return isUpper(c) ? c + 32 : c; }
uint8_t toUpper(uint8_t c) { return isLower(c) ? c - 32 : c; }

// ---- Case ---------------------------------------------------------------------------------------------

template <typename F> Value mapped(Value self, F map) {
  ByteRun run = runOf(self);
  Value result = TRY(likeReceiver(self, run.data, static_cast<size_t>(run.size)));
  if (run.size <= 1) { // may be a shared object: made anew from the mapped byte
    uint8_t c = run.size ? map(run.data[0], int64_t{0}) : 0;
    return likeReceiver(self, &c, static_cast<size_t>(run.size));
  }
  uint8_t *out = runOf(result).data;
  for (int64_t i = 0; i < run.size; i++)
    out[i] = map(run.data[i], i);
  return result;
}
Value lower(Value self) {
  return mapped(self, [](uint8_t c, int64_t) { return toLower(c); });
}
Value upper(Value self) {
  return mapped(self, [](uint8_t c, int64_t) { return toUpper(c); });
}
Value swapcase(Value self) {
  return mapped(self, [](uint8_t c, int64_t) { return isUpper(c) ? toLower(c) : toUpper(c); });
}
Value capitalize(Value self) {
  return mapped(self, [](uint8_t c, int64_t i) { return i ? toLower(c) : toUpper(c); });
}
Value title(Value self) {
  bool inWord = false;
  return mapped(self, [&](uint8_t c, int64_t) {
    uint8_t result = inWord ? toLower(c) : toUpper(c);
    inWord = isAlpha(c);
    return result;
  });
}

// ---- Tests -----------------------------------------------------------------------------------------------

template <typename Test> bool all(Value self, Test test) {
  ByteRun run = runOf(self);
  return run.size > 0 && std::all_of(run.data, run.data + run.size, test);
}
bool isalnum(Value self) {
  return all(self, [](uint8_t c) { return isAlpha(c) || isDigit(c); });
}
bool isalpha(Value self) { return all(self, isAlpha); }
bool isascii(Value self) {
  ByteRun run = runOf(self);
  return run.size == 0 || all(self, [](uint8_t c) { return c < 128; });
}
bool isdigit(Value self) { return all(self, isDigit); }
bool isspace(Value self) { return all(self, isSpace); }
bool islower(Value self) {
  bool seen = false;
  return all(self,
             [&](uint8_t c) {
               seen |= isLower(c);
               return !isUpper(c);
             }) &&
         seen;
}
bool isupper(Value self) {
  bool seen = false;
  return all(self,
             [&](uint8_t c) {
               seen |= isUpper(c);
               return !isLower(c);
             }) &&
         seen;
}
bool istitle(Value self) {
  bool inWord = false, seen = false;
  return all(self,
             [&](uint8_t c) {
               bool good = isUpper(c) ? !inWord : isLower(c) ? inWord : true;
               inWord = isAlpha(c);
               seen |= inWord;
               return good;
             }) &&
         seen;
}

// ---- Padding ----------------------------------------------------------------------------------------

Value padded(Value self, int64_t before, int64_t after, uint8_t fill) {
  ByteRun run = runOf(self);
  if (before <= 0 && after <= 0)
    return isExact(self, krt_bytes_class) ? self
                                          : likeReceiver(self, run.data, static_cast<size_t>(run.size));
  before = std::max<int64_t>(before, 0);
  after = std::max<int64_t>(after, 0);
  if (before > INT64_MAX / 2 - run.size || after > INT64_MAX / 2 - run.size - before)
    return krt_raise_memory();
  auto size = static_cast<size_t>(before + run.size + after);
  auto *data = static_cast<uint8_t *>(krt_gc_try(size, true));
  if (!data)
    return krt_raise_memory();
  std::memset(data, fill, static_cast<size_t>(before));
  if (run.size)
    std::memcpy(data + before, run.data, static_cast<size_t>(run.size));
  std::memset(data + before + run.size, fill, static_cast<size_t>(after));
  return likeReceiver(self, data, size);
}
/// -1: error.
int fillOf(Value fillchar, const char *method) {
  if (!fillchar)
    return ' ';
  if ((bytesCheck(fillchar) || byteArrayCheck(fillchar)) && runOf(fillchar).size == 1)
    return runOf(fillchar).data[0];
  return raiseInt(kTypeError, "%s() argument 2 must be a byte string of length 1, not %.50T", method,
                  fillchar);
}
Value center(Value self, int64_t width, Value fillchar) {
  int fill = TRY_INT(fillOf(fillchar, "center"));
  int64_t pad = std::max<int64_t>(width - runOf(self).size, 0), before = pad / 2 + (pad & width & 1);
  return padded(self, before, pad - before, static_cast<uint8_t>(fill));
}
Value ljust(Value self, int64_t width, Value fillchar) {
  int fill = TRY_INT(fillOf(fillchar, "ljust"));
  return padded(self, 0, std::max<int64_t>(width - runOf(self).size, 0), static_cast<uint8_t>(fill));
}
Value rjust(Value self, int64_t width, Value fillchar) {
  int fill = TRY_INT(fillOf(fillchar, "rjust"));
  return padded(self, std::max<int64_t>(width - runOf(self).size, 0), 0, static_cast<uint8_t>(fill));
}
Value zfill(Value self, int64_t width) {
  ByteRun run = runOf(self);
  int64_t pad = width - run.size;
  Value result = TRY(padded(self, std::max<int64_t>(pad, 0), 0, '0'));
  if (pad > 0 && run.size && (run.data[0] == '+' || run.data[0] == '-') && runOf(result).size > 1)
    std::swap(runOf(result).data[0], runOf(result).data[pad]);
  return result;
}
Value expandtabs(Value self, int tabsize) {
  ByteRun run = runOf(self);
  BytesBuilder out;
  int64_t column = 0;
  for (int64_t i = 0; i < run.size; i++) {
    uint8_t c = run.data[i];
    if (c != '\t') {
      out.append(c);
      column = c == '\n' || c == '\r' ? 0 : column + 1;
      continue;
    }
    for (int64_t spaces = tabsize > 0 ? tabsize - column % tabsize : 0; spaces > 0; spaces--, column++)
      out.append(' ');
  }
  return likeReceiver(self, out.data(), out.length());
}

// ---- Searching --------------------------------------------------------------------------------------

/// What is searched for: bytes-like, or one byte given as an integer.
class Needle {
public:
  bool take_py(Value sub) {
    if (krt_int_check(sub) || (!krt_buffer_check(sub) && classOf(sub)->slots.index)) {
      int byte = byteValue_py(sub);
      if (byte < 0)
        return false;
      byte_ = static_cast<uint8_t>(byte);
      data = &byte_;
      size = 1;
      return true;
    }
    if (!krt_buffer_check(sub)) {
      krt_raise(kTypeError, "argument should be integer or bytes-like object, not '%.200T'", sub);
      return false;
    }
    if (!bytes_.acquire_py(sub))
      return false;
    data = bytes_.data();
    size = bytes_.size();
    return true;
  }
  const uint8_t *data = nullptr;
  int64_t size = 0;

private:
  BytesLike bytes_;
  uint8_t byte_ = 0;
};

/// -1 not found, -2 error.
int64_t findIn_py(Value self, Value sub, Value start, Value end, bool back) {
  int64_t from, to;
  Needle needle;
  if (!needle.take_py(sub) || !sliceBounds_py(start, end, runOf(self).size, &from, &to))
    return -2;
  ByteRun run = runOf(self);
  to = std::min(to, run.size);
  if (from > to)
    return -1;
  int64_t at = back ? findRunBack(run.data + from, to - from, needle.data, needle.size)
                    : findRun(run.data + from, to - from, needle.data, needle.size);
  return at < 0 ? -1 : at + from;
}
Value find_py(Value self, Value sub, Value start, Value end) {
  int64_t at = findIn_py(self, sub, start, end, false);
  return at == -2 ? Value() : smallInt(at);
}
Value rfind_py(Value self, Value sub, Value start, Value end) {
  int64_t at = findIn_py(self, sub, start, end, true);
  return at == -2 ? Value() : smallInt(at);
}
Value indexOr(int64_t at) {
  if (at >= 0)
    return smallInt(at);
  return at == -2 ? Value() : krt_raise(kValueError, "subsection not found");
}
Value index_py(Value self, Value sub, Value start, Value end) {
  return indexOr(findIn_py(self, sub, start, end, false));
}
Value rindex_py(Value self, Value sub, Value start, Value end) {
  return indexOr(findIn_py(self, sub, start, end, true));
}
Value count_py(Value self, Value sub, Value start, Value end) {
  int64_t from, to;
  Needle needle;
  if (!needle.take_py(sub) || !sliceBounds_py(start, end, runOf(self).size, &from, &to))
    return {};
  ByteRun run = runOf(self);
  if (from > to)
    return smallInt(0);
  if (needle.size == 0)
    return smallInt(to - from + 1);
  return smallInt(countRun(run.data + from, to - from, needle.data, needle.size));
}

Value affix_py(Value self, Value what, Value start, Value end, bool atEnd) {
  int64_t from, to;
  if (!sliceBounds_py(start, end, runOf(self).size, &from, &to))
    return {};
  auto matches = [&](Value affix) -> int {
    BytesLike bytes;
    if (!bytes.acquire_py(affix))
      return -1;
    if (from > to || to - from < bytes.size())
      return 0;
    int64_t at = atEnd ? to - bytes.size() : from;
    return bytes.size() == 0 ||
           std::memcmp(runOf(self).data + at, bytes.data(), static_cast<size_t>(bytes.size())) == 0;
  };
  if (hasClassFlag(what, kClassTupleSub)) {
    auto *tuple = what.as<Tuple>();
    for (int64_t i = 0; i < tuple->length; i++) {
      int found = TRY_INT(matches(tuple->items[i]));
      if (found)
        return kTrue;
    }
    return kFalse;
  }
  if (!krt_buffer_check(what))
    return krt_raise(kTypeError, "%s first arg must be bytes or a tuple of bytes, not %.100T",
                     atEnd ? "endswith" : "startswith", what);
  return boolean(TRY_INT(matches(what)));
}
Value startswith_py(Value self, Value what, Value start, Value end) {
  return affix_py(self, what, start, end, false);
}
Value endswith_py(Value self, Value what, Value start, Value end) {
  return affix_py(self, what, start, end, true);
}

Value part(Value self, int64_t start, int64_t end) {
  ByteRun run = runOf(self);
  if (start == 0 && end == run.size && isExact(self, krt_bytes_class))
    return self;
  return likeReceiver(self, run.data + start, static_cast<size_t>(end - start));
}
Value removeprefix_py(Value self, Value prefix) {
  BytesLike bytes;
  if (!bytes.acquire_py(prefix))
    return {};
  return part(self, runOf(self).view().starts_with(bytes.view()) ? bytes.size() : 0, runOf(self).size);
}
Value removesuffix_py(Value self, Value suffix) {
  BytesLike bytes;
  if (!bytes.acquire_py(suffix))
    return {};
  return part(self, 0, runOf(self).size - (runOf(self).view().ends_with(bytes.view()) ? bytes.size() : 0));
}

// ---- Stripping and splitting ------------------------------------------------------------------------

Value strip_py(Value self, Value chars, bool front, bool back) {
  bool member[256] = {};
  if (chars == kNone) {
    for (unsigned c = 0; c < 256; c++)
      member[c] = isSpace(static_cast<uint8_t>(c));
  } else {
    BytesLike bytes;
    if (!bytes.acquire_py(chars))
      return {};
    for (int64_t i = 0; i < bytes.size(); i++)
      member[bytes.data()[i]] = true;
  }
  ByteRun run = runOf(self);
  int64_t start = 0, end = run.size;
  while (front && start < end && member[run.data[start]])
    start++;
  while (back && end > start && member[run.data[end - 1]])
    end--;
  return part(self, start, end);
}
Value stripBoth_py(Value self, Value chars) { return strip_py(self, chars, true, true); }
Value lstrip_py(Value self, Value chars) { return strip_py(self, chars, true, false); }
Value rstrip_py(Value self, Value chars) { return strip_py(self, chars, false, true); }

void push(List *list, Value self, int64_t start, int64_t end) {
  krt_list_append(list, part(self, start, end));
}

void splitSpace(List *list, Value self, int64_t max) {
  ByteRun run = runOf(self);
  int64_t at = 0;
  for (;;) {
    while (at < run.size && isSpace(run.data[at]))
      at++;
    if (at == run.size)
      return;
    if (max-- <= 0) {
      push(list, self, at, run.size);
      return;
    }
    int64_t start = at;
    while (at < run.size && !isSpace(run.data[at]))
      at++;
    push(list, self, start, at);
  }
}
void splitSpaceBack(List *list, Value self, int64_t max) {
  ByteRun run = runOf(self);
  int64_t end = run.size;
  for (;;) {
    while (end > 0 && isSpace(run.data[end - 1]))
      end--;
    if (end == 0)
      return;
    if (max-- <= 0) {
      push(list, self, 0, end);
      return;
    }
    int64_t stop = end;
    while (end > 0 && !isSpace(run.data[end - 1]))
      end--;
    push(list, self, end, stop);
  }
}
void reverseList(List *list) { std::reverse(list->items, list->items + list->length); }

/// False with an exception pending.
bool separator_py(Value sep, BytesLike &bytes) {
  if (!bytes.acquire_py(sep))
    return false;
  if (bytes.size() == 0) {
    krt_raise(kValueError, "empty separator");
    return false;
  }
  return true;
}

Value split_py(Value self, Value sep, int64_t maxsplit) {
  int64_t max = maxsplit < 0 ? INT64_MAX : maxsplit;
  List *list = krt_list_new(0);
  if (sep == kNone) {
    splitSpace(list, self, max);
    return list;
  }
  BytesLike by;
  if (!separator_py(sep, by))
    return {};
  ByteRun run = runOf(self);
  int64_t at = 0;
  while (max-- > 0) {
    int64_t next = findRun(run.data + at, run.size - at, by.data(), by.size());
    if (next < 0)
      break;
    push(list, self, at, at + next);
    at += next + by.size();
  }
  push(list, self, at, run.size);
  return list;
}
Value rsplit_py(Value self, Value sep, int64_t maxsplit) {
  int64_t max = maxsplit < 0 ? INT64_MAX : maxsplit;
  List *list = krt_list_new(0);
  if (sep == kNone) {
    splitSpaceBack(list, self, max);
  } else {
    BytesLike by;
    if (!separator_py(sep, by))
      return {};
    ByteRun run = runOf(self);
    int64_t end = run.size;
    while (max-- > 0) {
      int64_t at = findRunBack(run.data, end, by.data(), by.size());
      if (at < 0)
        break;
      push(list, self, at + by.size(), end);
      end = at;
    }
    push(list, self, 0, end);
  }
  reverseList(list);
  return list;
}
Value splitlines(Value self, bool keepends) {
  ByteRun run = runOf(self);
  List *list = krt_list_new(0);
  int64_t start = 0;
  for (int64_t i = 0; i < run.size; i++) {
    if (run.data[i] != '\n' && run.data[i] != '\r')
      continue;
    int64_t end = i;
    if (run.data[i] == '\r' && i + 1 < run.size && run.data[i + 1] == '\n')
      i++;
    push(list, self, start, keepends ? i + 1 : end);
    start = i + 1;
  }
  if (start < run.size)
    push(list, self, start, run.size);
  return list;
}
Value partitioned_py(Value self, Value sep, bool back) {
  BytesLike by;
  if (!separator_py(sep, by))
    return {};
  ByteRun run = runOf(self);
  int64_t at = back ? findRunBack(run.data, run.size, by.data(), by.size())
                    : findRun(run.data, run.size, by.data(), by.size());
  Value whole = part(self, 0, run.size), empty = TRY(likeReceiver(self, nullptr, 0));
  Value parts[3] = {whole, empty, TRY(likeReceiver(self, nullptr, 0))};
  if (at >= 0) {
    parts[0] = part(self, 0, at);
    parts[1] = bytesCheck(self) && isExact(sep, krt_bytes_class)
                   ? sep
                   : likeReceiver(self, by.data(), static_cast<size_t>(by.size()));
    parts[2] = part(self, at + by.size(), run.size);
  } else if (back) {
    std::swap(parts[0], parts[2]);
  }
  return krt_tuple_from(parts, 3);
}
Value partition_py(Value self, Value sep) { return partitioned_py(self, sep, false); }
Value rpartition_py(Value self, Value sep) { return partitioned_py(self, sep, true); }

// ---- Replacing, joining, translating ----------------------------------------------------------------

Value replace_py(Value self, Value old, Value replacement, int64_t count) {
  BytesLike from, to;
  if (!from.acquire_py(old) || !to.acquire_py(replacement))
    return {};
  ByteRun run = runOf(self);
  int64_t max = count < 0 ? INT64_MAX : count, at = 0;
  BytesBuilder out;
  if (from.size() == 0) {
    for (; at < run.size && max > 0; at++, max--) {
      out.append(to.view());
      out.append(run.data[at]);
    }
    if (max > 0)
      out.append(to.view());
  } else {
    for (; max > 0; max--) {
      int64_t next = findRun(run.data + at, run.size - at, from.data(), from.size());
      if (next < 0)
        break;
      out.append(run.data + at, static_cast<size_t>(next));
      out.append(to.view());
      at += next + from.size();
    }
    if (at == 0)
      return part(self, 0, run.size);
  }
  out.append(run.data + at, static_cast<size_t>(run.size - at));
  return likeReceiver(self, out.data(), out.length());
}

Value join_py(Value self, Value iterable) {
  List *items = krt_list_from_py(iterable);
  if (!items) {
    if (krt_error_matches(kTypeError) && !classOf(iterable)->slots.iter) {
      krt_error_clear();
      krt_raise(kTypeError, "can only join an iterable");
    }
    return {};
  }
  if (items->length == 1 && isExact(self, krt_bytes_class) && isExact(items->items[0], krt_bytes_class))
    return items->items[0];
  ByteRun run = runOf(self);
  BytesBuilder out;
  for (int64_t i = 0; i < items->length; i++) {
    BytesLike item;
    if (!krt_buffer_check(items->items[i]))
      return krt_raise(kTypeError, "sequence item %lld: expected a bytes-like object, %.80T found",
                       static_cast<long long>(i), items->items[i]);
    if (!item.acquire_py(items->items[i]))
      return {};
    if (i)
      out.append(run.view());
    out.append(item.view());
  }
  return likeReceiver(self, out.data(), out.length());
}

Value translate_py(Value self, Value table, Value del) {
  BytesLike map, deleted;
  if (table != kNone) {
    if (!map.acquire_py(table))
      return {};
    if (map.size() != 256)
      return krt_raise(kValueError, "translation table must be 256 characters long");
  }
  bool gone[256] = {};
  if (del) {
    if (!deleted.acquire_py(del))
      return {};
    for (int64_t i = 0; i < deleted.size(); i++)
      gone[deleted.data()[i]] = true;
  }
  ByteRun run = runOf(self);
  BytesBuilder out;
  for (int64_t i = 0; i < run.size; i++)
    if (!gone[run.data[i]])
      out.append(table == kNone ? run.data[i] : map.data()[run.data[i]]);
  return likeReceiver(self, out.data(), out.length());
}

Value maketrans_py(Value frm, Value to) {
  BytesLike from, onto;
  if (!from.acquire_py(frm) || !onto.acquire_py(to))
    return {};
  if (from.size() != onto.size())
    return krt_raise(kValueError, "maketrans arguments must have same length");
  uint8_t table[256];
  for (unsigned c = 0; c < 256; c++)
    table[c] = static_cast<uint8_t>(c);
  for (int64_t i = 0; i < from.size(); i++)
    table[from.data()[i]] = onto.data()[i];
  return krt_bytes_new(table, 256);
}

// ---- Hexadecimal and decoding -----------------------------------------------------------------------

Value hex_py(Value self, Value sep, int bytesPerSep) {
  ByteRun run = runOf(self);
  return krt_buffer_hex_py(run.data, run.size, sep, bytesPerSep);
}

Value decode_py(Value self, Str *encoding, Str *errors) {
  const char *names[2] = {nullptr, nullptr};
  Str *given[2] = {encoding, errors};
  for (int i = 0; i < 2; i++) {
    size_t size;
    if (!given[i])
      continue;
    names[i] = TRY(krt_str_utf8(given[i], &size));
    if (std::strlen(names[i]) != size)
      return krt_raise(kValueError, "embedded null character");
  }
  return krt_codec_decode_py(self, names[0], names[1]);
}

int hexDigit(uint32_t c) {
  if (c - '0' < 10)
    return static_cast<int>(c - '0');
  c |= 0x20;
  return c - 'a' < 6 ? static_cast<int>(c - 'a') + 10 : -1;
}

} // namespace

Value krt_buffer_hex_py(const uint8_t *data, int64_t size, Value sep, int bytesPerSep) {
  uint32_t separator = 0;
  bool separated = false;
  if (sep) {
    int64_t length;
    if (strCheck(sep)) {
      length = sep.as<Str>()->length();
      separator = length == 1 ? sep.as<Str>()->at(0) : 0;
    } else if (bytesCheck(sep)) {
      length = sep.as<Bytes>()->length;
      separator = length == 1 ? sep.as<Bytes>()->data[0] : 0;
    } else {
      TRY_INT(krt_length_py(sep));
      return krt_raise(kTypeError, "sep must be str or bytes.");
    }
    if (length != 1)
      return krt_raise(kValueError, "sep must be length 1.");
    if (separator > 127)
      return krt_raise(kValueError, "sep must be ASCII.");
    separated = bytesPerSep != 0;
  }
  int64_t group = std::abs(static_cast<int64_t>(bytesPerSep));
  StrBuilder out;
  for (int64_t i = 0; i < size; i++) {
    bool boundary = separated && i && (bytesPerSep > 0 ? (size - i) % group == 0 : i % group == 0);
    if (boundary)
      out.append(separator);
    out.append(static_cast<uint8_t>("0123456789abcdef"[data[i] >> 4]));
    out.append(static_cast<uint8_t>("0123456789abcdef"[data[i] & 15]));
  }
  return out.finish();
}

/// Bytes from hexadecimal text; null with ValueError pending.
static Bytes *bytesFromHex(Value text) {
  if (!strCheck(text)) {
    krt_raise(kTypeError, "fromhex() argument must be str, not %.50T", text);
    return nullptr;
  }
  Str *hexText = text.as<Str>();
  BytesBuilder out;
  int64_t length = hexText->length();
  for (int64_t i = 0; i < length;) {
    uint32_t c = hexText->at(i);
    if (c < 128 && isSpace(static_cast<uint8_t>(c))) {
      i++;
      continue;
    }
    int high = hexDigit(c), low = high >= 0 && i + 1 < length ? hexDigit(hexText->at(i + 1)) : -1;
    if (high < 0 || low < 0) {
      krt_raise(kValueError, "non-hexadecimal number found in fromhex() arg at position %lld",
                static_cast<long long>(high < 0 ? i : i + 1));
      return nullptr;
    }
    out.append(static_cast<uint8_t>(high << 4 | low));
    i += 2;
  }
  return out.finish();
}

// ---- Construction -----------------------------------------------------------------------------------

Bytes *krt_bytes_of_py(Value object) {
  if (isExact(object, krt_bytes_class))
    return object.as<Bytes>();
  if (isExact(object, krt_memoryview_class)) { // may have gaps
    Value gathered = krt_memoryview_tobytes(object, kNone);
    return gathered ? gathered.as<Bytes>() : nullptr;
  }
  if (krt_buffer_check(object)) {
    BytesLike bytes;
    if (!bytes.acquire_py(object))
      return nullptr;
    return krt_bytes_new(bytes.data(), static_cast<size_t>(bytes.size()));
  }
  if (strCheck(object)) {
    krt_raise(kTypeError, "cannot convert '%.200T' object to bytes", object);
    return nullptr;
  }
  Value iterator = krt_iter_py(object);
  if (!iterator) {
    if (krt_error_matches(kTypeError) && !classOf(object)->slots.iter) {
      krt_error_clear();
      krt_raise(kTypeError, "cannot convert '%.200T' object to bytes", object);
    }
    return nullptr;
  }
  BytesBuilder out;
  while (Value item = krt_next_py(iterator)) {
    Value plain = krt_index_py(item);
    if (!plain)
      return nullptr;
    if (!plain.isInt() || plain.asInt() < 0 || plain.asInt() > 255) {
      krt_raise(kValueError, "bytes must be in range(0, 256)");
      return nullptr;
    }
    out.append(static_cast<uint8_t>(plain.asInt()));
  }
  return errorPending() ? nullptr : out.finish();
}

/// The last step of bytes() and bytearray(), with the words of the class.
static Bytes *fromIterable_py(Value source, bool isBytes) {
  Bytes *bytes = krt_bytes_of_py(source);
  if (bytes || isBytes)
    return bytes;
  if (krt_error_matches(kTypeError) && !classOf(source)->slots.iter) {
    krt_error_clear();
    krt_raise(kTypeError, "cannot convert '%.200T' object to bytearray", source);
  } else if (krt_error_matches(kValueError)) {
    krt_error_clear();
    krt_raise(kValueError, "byte must be in range(0, 256)");
  }
  return nullptr;
}

/// The bytes for the arguments of bytes() and bytearray(); null with an exception pending.
static Bytes *sourceBytes_py(Value source, Value encoding, Value errors, bool useBytesMethod) {
  auto fail = [](const char *message) -> Bytes * {
    krt_raise(kTypeError, "%s", message);
    return nullptr;
  };
  if (!source)
    return encoding || errors
               ? fail(encoding ? "encoding without a string argument" : "errors without a string argument")
               : krt_bytes_empty;
  if (encoding || errors) {
    if (!encoding && strCheck(source))
      return fail("string argument without an encoding");
    if (!strCheck(source))
      return fail(encoding ? "encoding without a string argument" : "errors without a string argument");
    const char *names[2] = {nullptr, nullptr};
    Value given[2] = {encoding, errors};
    for (int i = 0; i < 2; i++) {
      if (!given[i])
        continue;
      if (!strCheck(given[i])) {
        krt_raise(kTypeError, "%s() argument '%s' must be str, not %.50T",
                  useBytesMethod ? "bytes" : "bytearray", i ? "errors" : "encoding", given[i]);
        return nullptr;
      }
      size_t size;
      names[i] = krt_str_utf8(given[i].as<Str>(), &size);
      if (!names[i])
        return nullptr;
    }
    Value encoded = krt_codec_encode_py(source.as<Str>(), names[0] ? names[0] : "utf-8", names[1]);
    return encoded ? encoded.as<Bytes>() : nullptr;
  }
  if (useBytesMethod && !isExact(source, krt_bytes_class)) {
    Value self;
    Value method = krt_special_lookup_py(source, KSTR(__bytes__), &self);
    if (!method && errorPending())
      return nullptr;
    if (method) {
      Value result = krt_call_with_self_py(method, self, nullptr, 0, nullptr);
      if (!result)
        return nullptr;
      if (!bytesCheck(result)) {
        krt_raise(kTypeError, "__bytes__ returned non-bytes (type %.200T)", result);
        return nullptr;
      }
      return result.as<Bytes>();
    }
  }
  if (strCheck(source))
    return fail("string argument without an encoding");
  if (krt_int_check(source) || (classOf(source)->slots.index && !krt_buffer_check(source))) {
    int64_t count = krt_index_i64_py(source, kOverflowError);
    if (count == -1 && errorPending()) {
      if (!krt_error_matches(kTypeError))
        return nullptr;
      krt_error_clear();
    } else {
      if (count < 0) {
        krt_raise(kValueError, "negative count");
        return nullptr;
      }
      if (count == 0)
        return krt_bytes_empty;
      Bytes *zeros = krt_bytes_raw(static_cast<size_t>(count));
      if (zeros)
        std::memset(zeros->data, 0, static_cast<size_t>(count));
      return zeros;
    }
  }
  return fromIterable_py(source, useBytesMethod);
}

/// An instance of [cls] (bytes or a subclass) with the given bytes.
static Value bytesInstance(Class *cls, Bytes *bytes) {
  if (!bytes)
    return {};
  if (cls == &krt_bytes_class)
    return isExact(bytes, krt_bytes_class)
               ? Value(bytes)
               : Value(krt_bytes_new(bytes->data, static_cast<size_t>(bytes->length)));
  auto *object = static_cast<Bytes *>(krt_instance_new(cls, static_cast<size_t>(bytes->length) + 1));
  if (!object)
    return {};
  object->hash = -1;
  object->length = bytes->length;
  std::memcpy(object->data, bytes->data, static_cast<size_t>(bytes->length) + 1);
  return object;
}

Value krt_bytes_create_py(Class *cls, Value source, Value encoding, Value errors) {
  Bytes *bytes = sourceBytes_py(source, encoding, errors, true);
  // What __bytes__ gives stays what it is, an instance of a subclass as well.
  return bytes && cls == &krt_bytes_class ? Value(bytes) : bytesInstance(cls, bytes);
}
Value krt_bytes_getNewArgs(Value self) {
  Value bytes = bytesInstance(&krt_bytes_class, self.as<Bytes>());
  return krt_tuple_from(&bytes, 1);
}
Value krt_bytes_toBytes(Value self) { return bytesInstance(&krt_bytes_class, self.as<Bytes>()); }
Value krt_bytes_fromhex_py(Class *cls, Value text) {
  Value bytes = TRY(bytesFromHex(text));
  return cls == &krt_bytes_class ? bytes : krt_call1_py(Value(cls), bytes);
}

// ---- bytearray only ---------------------------------------------------------------------------------

Value krt_bytearray_create_py(Class *cls, ArgSpan, Dict *) {
  if (cls == &krt_bytearray_class)
    return gcNew<ByteArray>(krt_bytearray_class);
  return krt_instance_new(cls, 0);
}

int byteArrayInit_py(Value self, const Value *args, size_t nargs, Tuple *kwnames) {
  // bytearray(source, encoding, errors): all may be given by name.
  Value given[3] = {};
  const char *const names[3] = {"source", "encoding", "errors"};
  size_t named = kwnames ? static_cast<size_t>(kwnames->length) : 0;
  if (nargs + named > 3)
    return raiseInt(kTypeError, "bytearray() takes at most 3 arguments (%zu given)", nargs + named);
  for (size_t i = 0; i < nargs; i++)
    given[i] = args[i];
  for (size_t i = 0; i < named; i++) {
    std::string_view name = strView(kwnames->items[i].as<Str>());
    size_t at = 0;
    while (at < 3 && name != names[at])
      at++;
    if (at == 3)
      return raiseInt(kTypeError, "'%S' is an invalid keyword argument for bytearray()", kwnames->items[i]);
    if (given[at])
      return raiseInt(kTypeError, "argument for bytearray() given by name ('%s') and position (%zu)",
                      names[at], at + 1);
    given[at] = args[nargs + i];
  }
  auto *array = self.as<ByteArray>();
  if (array->length && krt_bytearray_resize(array, 0) < 0)
    return -1;
  Bytes *bytes = sourceBytes_py(given[0], given[1], given[2], false);
  if (!bytes)
    return -1;
  return byteArrayReplace(array, 0, 0, bytes->data, bytes->length);
}

Value krt_bytearray_fromhex_py(Class *cls, Value text) {
  Bytes *bytes = TRY(bytesFromHex(text));
  if (cls == &krt_bytearray_class)
    return krt_bytearray_new(bytes->data, static_cast<size_t>(bytes->length));
  return krt_call1_py(Value(cls), bytes);
}

Value krt_bytearray_append_py(ByteArray *self, Value item) {
  auto byte = static_cast<uint8_t>(TRY_INT(byteValue_py(item)));
  if (krt_bytearray_resize(self, self->length + 1) < 0)
    return {};
  self->data[self->length - 1] = byte;
  return kNone;
}
Value krt_bytearray_extend_py(ByteArray *self, Value iterable) {
  if (!krt_buffer_check(iterable) && !classOf(iterable)->slots.iter && !classOf(iterable)->slots.getitem)
    return krt_raise(kTypeError, "can't extend bytearray with %.100T", iterable);
  if (strCheck(iterable))
    return iterable.as<Str>()->length()
               ? krt_raise(kTypeError, "'str' object cannot be interpreted as an integer")
               : kNone;
  Bytes *bytes;
  if (krt_buffer_check(iterable)) {
    bytes = TRY(krt_bytes_of_py(iterable));
  } else {
    if (krt_length_hint_py(iterable, 32) < 0)
      return {};
    bytes = krt_bytes_of_py(iterable);
    if (!bytes) {
      if (krt_error_matches(kValueError)) { // the wording of bytearray
        krt_error_clear();
        krt_raise(kValueError, "byte must be in range(0, 256)");
      }
      return {};
    }
  }
  return byteArrayReplace(self, self->length, self->length, bytes->data, bytes->length) < 0 ? Value() : kNone;
}
Value krt_bytearray_insert_py(ByteArray *self, int64_t index, Value item) {
  auto byte = static_cast<uint8_t>(TRY_INT(byteValue_py(item)));
  if (index < 0)
    index = std::max<int64_t>(index + self->length, 0);
  index = std::min(index, self->length);
  return byteArrayReplace(self, index, index, &byte, 1) < 0 ? Value() : kNone;
}
Value krt_bytearray_pop(ByteArray *self, int64_t index) {
  if (self->length == 0)
    return krt_raise(kIndexError, "pop from empty bytearray");
  if (index < 0)
    index += self->length;
  if (index < 0 || index >= self->length)
    return krt_raise(kIndexError, "pop index out of range");
  uint8_t byte = self->data[index];
  return byteArrayReplace(self, index, index + 1, nullptr, 0) < 0 ? Value() : smallInt(byte);
}
Value krt_bytearray_remove_py(ByteArray *self, Value value) {
  int byte = TRY_INT(byteValue_py(value));
  int64_t at = findChar(self->data, self->length, static_cast<uint32_t>(byte));
  if (at < 0)
    return krt_raise(kValueError, "value not found in bytearray");
  return byteArrayReplace(self, at, at + 1, nullptr, 0) < 0 ? Value() : kNone;
}
void krt_bytearray_reverse(ByteArray *self) { std::reverse(self->data, self->data + self->length); }
Value krt_bytearray_clear(ByteArray *self) { return krt_bytearray_resize(self, 0) < 0 ? Value() : kNone; }
Value krt_bytearray_copy(ByteArray *self) {
  return krt_bytearray_new(self->data, static_cast<size_t>(self->length));
}
int64_t krt_bytearray_alloc(ByteArray *self) { return self->capacity; }
int64_t krt_bytearray_sizeOf(ByteArray *self) {
  return static_cast<int64_t>(sizeof(ByteArray)) + self->capacity;
}

Value krt_bytearray_reduceEx_py(Value self, int proto) {
  auto *array = self.as<ByteArray>();
  Value state = TRY(krt_call_method_py(self, KSTR(__getstate__), nullptr, 0));
  Value args[2], inner;
  size_t count = 0;
  if (proto < 3) { // old protocols know text only
    if (array->length) {
      args[0] = TRY(krt_str_from_latin1(array->data, static_cast<size_t>(array->length)));
      args[1] = strIntern("latin-1");
      count = 2;
    }
  } else if (array->length) {
    args[0] = TRY(krt_bytes_new(array->data, static_cast<size_t>(array->length)));
    count = 1;
  }
  inner = krt_tuple_from(args, count);
  Value all[3] = {Value(classOf(self)), inner, state};
  return krt_tuple_from(all, 3);
}
Value krt_bytearray_reduce_py(Value self) { return krt_bytearray_reduceEx_py(self, 2); }

// ---- The two names of each shared method ------------------------------------------------------------

#define BOTH0(name)                                                                                          \
  Value krt_bytes_##name(Value self) { return name(self); }                                                  \
  Value krt_bytearray_##name(Value self) { return name(self); }
#define TEST(name)                                                                                           \
  bool krt_bytes_##name(Value self) { return name(self); }                                                   \
  bool krt_bytearray_##name(Value self) { return name(self); }
#define BOTH(name, function, parameters, ...)                                                                \
  Value krt_bytes_##name parameters { return function(__VA_ARGS__); }                                        \
  Value krt_bytearray_##name parameters { return function(__VA_ARGS__); }
#define SEARCH(name)                                                                                         \
  BOTH(name##_py, name##_py, (Value self, Value sub, Value start, Value end), self, sub, start, end)

BOTH0(capitalize)
BOTH0(title)
BOTH0(lower)
BOTH0(upper)
BOTH0(swapcase)
TEST(isalnum)
TEST(isalpha)
TEST(isascii)
TEST(isdigit)
TEST(islower)
TEST(isspace)
TEST(istitle)
TEST(isupper)
BOTH(center, center, (Value self, int64_t width, Value fillchar), self, width, fillchar)
BOTH(ljust, ljust, (Value self, int64_t width, Value fillchar), self, width, fillchar)
BOTH(rjust, rjust, (Value self, int64_t width, Value fillchar), self, width, fillchar)
BOTH(zfill, zfill, (Value self, int64_t width), self, width)
SEARCH(count)
SEARCH(find)
SEARCH(rfind)
SEARCH(index)
SEARCH(rindex)
SEARCH(startswith)
SEARCH(endswith)
BOTH(decode_py, decode_py, (Value self, Str *encoding, Str *errors), self, encoding, errors)
BOTH(expandtabs, expandtabs, (Value self, int tabsize), self, tabsize)
BOTH(hex_py, hex_py, (Value self, Value sep, int bytesPerSep), self, sep, bytesPerSep)
BOTH(join_py, join_py, (Value self, Value iterable), self, iterable)
BOTH(strip_py, stripBoth_py, (Value self, Value bytes), self, bytes)
BOTH(lstrip_py, lstrip_py, (Value self, Value bytes), self, bytes)
BOTH(rstrip_py, rstrip_py, (Value self, Value bytes), self, bytes)
BOTH(partition_py, partition_py, (Value self, Value sep), self, sep)
BOTH(rpartition_py, rpartition_py, (Value self, Value sep), self, sep)
BOTH(removeprefix_py, removeprefix_py, (Value self, Value prefix), self, prefix)
BOTH(removesuffix_py, removesuffix_py, (Value self, Value suffix), self, suffix)
BOTH(replace_py, replace_py, (Value self, Value old, Value replacement, int64_t count), self, old,
     replacement, count)
BOTH(split_py, split_py, (Value self, Value sep, int64_t maxsplit), self, sep, maxsplit)
BOTH(rsplit_py, rsplit_py, (Value self, Value sep, int64_t maxsplit), self, sep, maxsplit)
BOTH(splitlines, splitlines, (Value self, bool keepends), self, keepends)
BOTH(translate_py, translate_py, (Value self, Value table, Value del), self, table, del)
BOTH(maketrans_py, maketrans_py, (Value frm, Value to), frm, to)

} // namespace krait

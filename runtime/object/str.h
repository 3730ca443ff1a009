// str.h - making, reading and joining text.
//
// Strings are always flat. `s += x` in a loop is linear all the same: the result of such a concatenation lies in a
// StrBuffer with room behind it, and the next concatenation to the string that ends the buffer continues in place.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"
#include "runtime/gc/gc.h"

#include <string_view>

namespace krait {

extern "C" {
KRT_RT_BEGIN(KRT_RAISES, KRT_COLLECTS)
extern Class krt_str_class;
extern Shape krt_str_shape; // root shape of str
extern Str *const krt_str_empty;
/// From UTF-8 (surrogates as WTF-8 allowed; must be valid).
Str *krt_str_from_utf8(const char *text, size_t size);
Str *krt_str_from_latin1(const uint8_t *text, size_t size);
/// From code points; the narrowest kind is chosen.
Str *krt_str_from_ucs4(const uint32_t *text, size_t length);
KRT_RT(KRT_RAISES, KRT_COLLECTS, KRT_PURE) Str *krt_str_from_char(uint32_t c);
/// An uninitialised inline string of [length] characters of [kind] bytes (the caller fills it; [ascii] for kind 1).
Str *krt_str_new_raw(size_t length, unsigned kind, bool ascii);
/// The one object for this text; made immortal.
Str *krt_str_intern(Str *text);
Str *krt_str_intern_utf8(const char *text, size_t size);
/// a + b; in place behind a when a ends a buffer with room.
KRT_RT(KRT_RAISES, KRT_COLLECTS, KRT_PURE) Str *krt_str_concat(Str *a, Str *b);
Str *krt_str_substring(Str *text, int64_t start, int64_t end);
KRT_RT(KRT_PURE) int64_t krt_str_hash(Str *text);
/// The hash of text and bytes: SipHash-1-3 with the process's key (PYTHONHASHSEED), never -1; 0 if empty.
KRT_RT(KRT_PURE) int64_t krt_hash_bytes(const void *data, size_t size);
KRT_RT(KRT_PURE) bool krt_str_equal(Str *a, Str *b);
KRT_RT(KRT_PURE) int krt_str_compare(Str *a, Str *b); // by code point: negative, 0, positive
/// First position of [needle] in [start, end), or -1.
KRT_RT(KRT_PURE) int64_t krt_str_find(Str *text, Str *needle, int64_t start, int64_t end);
KRT_RT(KRT_PURE) int64_t krt_str_rfind(Str *text, Str *needle, int64_t start, int64_t end);
Str *krt_str_repeat(Str *text, int64_t n);
Str *krt_str_join_py(Str *separator, Value iterable);
/// printf-like, formats as krt_raise.
Str *krt_str_format(const char *format, ...);
/// UTF-8 text of the string, NUL-terminated, in collected memory (or the string's own characters); size without NUL. Lone
/// surrogates raise UnicodeEncodeError (null), or are written as WTF-8 by the _lossy form, which never fails.
const char *krt_str_utf8(Str *text, size_t *size);
const char *krt_str_utf8_lossy(Str *text, size_t *size);
KRT_RT_END
}
inline bool strCheck(Value v) { return hasClassFlag(v, kClassStrSub); }
inline Str *strFrom(std::string_view text) { return krt_str_from_utf8(text.data(), text.size()); }
inline Str *strIntern(std::string_view text) { return krt_str_intern_utf8(text.data(), text.size()); }
inline std::string_view strView(Str *text) { // WTF-8; valid as long as the string (or the returned copy) is reachable
  size_t size;
  const char *data = krt_str_utf8_lossy(text, &size);
  return {data, size};
}
/// Interned name usable in static contexts: KSTR(__init__) is a Str*.
#define KSTR(name)                                                                                           \
  ({                                                                                                         \
    static ::krait::Str *kstr_;                                                                              \
    if (__builtin_expect(!kstr_, 0))                                                                         \
      kstr_ = ::krait::krt_str_intern_utf8(#name, sizeof(#name) - 1);                                        \
    kstr_;                                                                                                   \
  })

/// An exact str with the text of [text]: itself unless it is an instance of a subclass.
Str *strPlain(Str *text);
/// Gives a fresh instance of a subclass the characters of [text].
void strAdopt(Str *instance, Str *text);
/// separator.join(items).
Str *strJoin(Str *separator, const Value *items, int64_t count);
/// Copies [length] characters of [from] to position [at] of an array of [kind] bytes per character.
void strCopyChars(void *to, unsigned kind, int64_t at, const Str *from, int64_t start, int64_t length);
/// At least the or of the characters, in the same class (below 0x80, 0x100, 0x10000) as their maximum.
uint32_t strMaxBits(const Str *text, int64_t start, int64_t end);
/// UnicodeEncodeError; returns null.
Value raiseEncodeError(const char *encoding, Str *text, int64_t start, int64_t end, const char *reason);

/// Builds text piece by piece; widens as needed.
class StrBuilder {
public:
  StrBuilder() : data_(local_) {}
  StrBuilder(const StrBuilder &) = delete;
  void append(uint32_t c) {
    if (__builtin_expect(length_ == capacity_ || c > limit(), 0))
      prepare(1, c);
    put(length_++, c);
    max_ |= c;
  }
  void append(Str *text);
  void append(std::string_view utf8); // valid UTF-8
  void append(Str *text, int64_t start, int64_t end);
  void fill(uint32_t c, int64_t count);
  int64_t length() const { return length_; }
  void clear() {
    release();
    data_ = local_;
    length_ = 0;
    capacity_ = kLocal;
    kind_ = 1;
    max_ = 0;
  }
  Str *finish();

private:
  static constexpr int64_t kLocal = 96;
  void *data_; // local_, or collector-owned atomic memory
  int64_t length_ = 0, capacity_ = kLocal;
  unsigned kind_ = 1;
  uint32_t max_ = 0; // or of all characters: tells kind and asciiness
  uint8_t local_[kLocal];
  uint32_t limit() const { return kind_ == 1 ? 0xff : kind_ == 2 ? 0xffff : 0x10ffff; }
  void put(int64_t i, uint32_t c) {
    if (kind_ == 1)
      static_cast<uint8_t *>(data_)[i] = static_cast<uint8_t>(c);
    else if (kind_ == 2)
      static_cast<uint16_t *>(data_)[i] = static_cast<uint16_t>(c);
    else
      static_cast<uint32_t *>(data_)[i] = c;
  }
  void release();
  /// Room for [more] characters up to [max].
  void prepare(int64_t more, uint32_t max);
};

} // namespace krait

// codecs.cpp - str.encode and bytes.decode: the built-in codecs by name, all others through the registry of
// search functions that the encodings package fills.
#include "runtime/object/codecs.h"

#include "runtime/object/class.h"
#include "runtime/object/codec_state.h"
#include "runtime/object/containers.h"
#include "runtime/object/exception_classes.h"
#include "runtime/object/exceptions.h"
#include "runtime/object/protocol.h"
#include "runtime/object/state.h"

namespace krait {

namespace {

enum class Builtin : uint8_t {
  None,
  Utf8,
  Latin1,
  Ascii,
  Utf16,
  Utf16Le,
  Utf16Be,
  Utf32,
  Utf32Le,
  Utf32Be,
  Utf8Sig,
  Utf7,
  UnicodeEscape,
  RawUnicodeEscape
};

struct BuiltinName {
  std::string_view name; // lower case, no separators
  Builtin codec;
  const char *shown;
};
constexpr BuiltinName kBuiltins[] = {
    {"utf8", Builtin::Utf8, "utf-8"},
    {"latin1", Builtin::Latin1, "latin-1"},
    {"iso88591", Builtin::Latin1, "latin-1"},
    {"8859", Builtin::Latin1, "latin-1"},
    {"ascii", Builtin::Ascii, "ascii"},
    {"usascii", Builtin::Ascii, "ascii"},
    {"utf16", Builtin::Utf16, "utf-16"},
    {"utf16le", Builtin::Utf16Le, "utf-16-le"},
    {"utf16be", Builtin::Utf16Be, "utf-16-be"},
    {"utf32", Builtin::Utf32, "utf-32"},
    {"utf32le", Builtin::Utf32Le, "utf-32-le"},
    {"utf32be", Builtin::Utf32Be, "utf-32-be"},
    {"utf8sig", Builtin::Utf8Sig, "utf-8"},
    {"utf7", Builtin::Utf7, "utf7"},
    {"unicodeescape", Builtin::UnicodeEscape, "unicodeescape"},
    {"rawunicodeescape", Builtin::RawUnicodeEscape, "rawunicodeescape"},
};

const BuiltinName *builtinOf(const char *encoding) {
  char name[16];
  size_t size = 0;
  for (const char *p = encoding; *p; p++) {
    char c = *p;
    if (c == '-' || c == '_' || c == ' ')
      continue;
    if (size == sizeof name)
      return nullptr;
    name[size++] = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  }
  for (const BuiltinName &row : kBuiltins)
    if (row.name == std::string_view(name, size))
      return &row;
  return nullptr;
}

// Collected lists and dicts, made at first use.
constinit List *searchFunctions = nullptr;
constinit Dict *searchCache = nullptr;
constinit Dict *errorHandlers = nullptr;
bool encodingsLoaded = false;

} // namespace

extern "C" {
constinit Value (*krt_codec_builtin_error)(const char *name) = nullptr;
}

// ---- Registry ---------------------------------------------------------------------------------------

int krt_codec_register_py(Value searchFunction) {
  if (!krt_callable(searchFunction))
    return raiseInt(kTypeError, "argument must be callable");
  if (!searchFunctions)
    searchFunctions = krt_list_new(4);
  krt_list_append(searchFunctions, searchFunction);
  return 0;
}

int krt_codec_unregister_py(Value searchFunction) {
  for (int64_t i = 0; searchFunctions && i < searchFunctions->length; i++)
    if (searchFunctions->items[i] == searchFunction) {
      if (searchCache)
        krt_dict_clear(searchCache);
      for (int64_t k = i + 1; k < searchFunctions->length; k++)
        searchFunctions->items[k - 1] = searchFunctions->items[k];
      searchFunctions->items[--searchFunctions->length] = {};
      return 0;
    }
  return 0;
}

/// Lower case, and an underscore for each run of what is neither letter nor digit nor dot, but at the ends;
/// interned.
static Str *normalName(const char *encoding) {
  std::string normal;
  bool gap = false;
  for (const char *p = encoding; *p; p++) {
    char c = *p >= 'A' && *p <= 'Z' ? static_cast<char>(*p + 32) : *p;
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.')) {
      gap = true;
      continue;
    }
    if (gap && !normal.empty())
      normal += '_';
    gap = false;
    normal += c;
  }
  return krt_str_intern_utf8(normal.data(), normal.size());
}

void krt_codec_forget(const char *encoding) {
  if (searchCache)
    krt_dict_delete_str(searchCache, normalName(encoding));
}

Value krt_codec_lookup_py(const char *encoding) {
  Str *name = normalName(encoding);
  if (!searchCache)
    searchCache = krt_dict_new();
  if (Value cached = krt_dict_get_str(searchCache, name))
    return cached;
  if (!encodingsLoaded) { // importing the package registers its search function
    encodingsLoaded = true;
    Value import = krt_dict_get_str(krt_builtins_dict(), KSTR(__import__));
    if (import && !krt_call1_py(import, KSTR(encodings))) {
      encodingsLoaded = false;
      return {};
    }
  }
  for (int64_t i = 0; searchFunctions && i < searchFunctions->length; i++) {
    Value found = TRY(krt_call1_py(searchFunctions->items[i], name));
    if (found == kNone)
      continue;
    if (!hasClassFlag(found, kClassTupleSub) || found.as<Tuple>()->length != 4)
      return krt_raise(kTypeError, "codec search functions must return 4-tuples");
    krt_dict_set_str(searchCache, name, found);
    return found;
  }
  return krt_raise(kLookupError, "unknown encoding: %s", encoding);
}

int krt_codec_register_error(const char *name, Value handler) {
  if (!krt_callable(handler))
    return raiseInt(kTypeError, "handler must be callable");
  if (!errorHandlers)
    errorHandlers = krt_dict_new();
  krt_dict_set_str(errorHandlers, krt_str_intern_utf8(name, std::strlen(name)), handler);
  return 0;
}

Value krt_codec_lookup_error(const char *name) {
  Str *key = krt_str_intern_utf8(name, std::strlen(name));
  if (errorHandlers)
    if (Value handler = krt_dict_get_str(errorHandlers, key))
      return handler;
  if (errorModeOf(name) != ErrorMode::Custom && krt_codec_builtin_error)
    return krt_codec_builtin_error(name);
  return krt_raise(kLookupError, "unknown error handler name '%.400s'", name);
}

bool krt_codec_checks = false;
bool krt_codec_names_known_py(const char *encoding, const char *errors) {
  if (encoding && !builtinOf(encoding) && !krt_codec_lookup_py(encoding))
    return false;
  return !errors || errorModeOf(errors) != ErrorMode::Custom || krt_codec_lookup_error(errors);
}

// ---- By registry ------------------------------------------------------------------------------------

void krt_codec_wrap_error_py(bool decoding, const char *encoding) {
  auto *caught = krt_thread.pending.as<Exception>();
  Class *cls = classOf(caught);
  const TypeSlots &plain = krt_BaseException_class.slots;
  Tuple *args = caught->args;
  if (cls->slots.init != plain.init || cls->slots.make != plain.make || args->length > 1 ||
      (args->length && !strCheck(args->items[0])))
    return;
  if (Dict *own = krt_instance_dict_copy(caught); own && own->used)
    return;
  Value cause = krt_error_take();
  Str *text = krt_str_of_py(cause);
  if (!text) {
    krt_error_clear();
    krt_error_restore(cause);
    return;
  }
  krt_raise(cls, "%s with '%s' codec failed (%N: %S)", decoding ? "decoding" : "encoding", encoding, cls,
            Value(text));
  krt_error_set_cause(cause);
}

/// Part [which] of the codec (0 encoder, 1 decoder) called; the first item of its result.
static Value callCodec_py(const char *encoding, const char *errors, int which, Value input) {
  Value codec = TRY(krt_codec_lookup_py(encoding));
  Value isText = krt_getattr_optional_py(codec, KSTR(_is_text_encoding));
  if (!isText && errorPending())
    return {};
  if (isText == kFalse)
    return krt_raise(kLookupError,
                     "'%.400s' is not a text encoding; use codecs.%s() to handle arbitrary codecs", encoding,
                     which ? "decode" : "encode");
  Value args[2] = {input, errors ? Value(strFrom(errors)) : Value()};
  Value result = krt_call_py(codec.as<Tuple>()->items[which], args, errors ? 2 : 1, nullptr);
  if (!result)
    return krt_codec_wrap_error_py(which == 1, encoding), Value();
  if (!hasClassFlag(result, kClassTupleSub) || result.as<Tuple>()->length != 2)
    return krt_raise(kTypeError, "%s must return a tuple (object, integer)", which ? "decoder" : "encoder");
  return result.as<Tuple>()->items[0];
}

// ---- Encoding and decoding --------------------------------------------------------------------------

Value krt_codec_encode_py(Str *text, const char *encoding, const char *errors) {
  if (__builtin_expect(krt_codec_checks, 0) && !krt_codec_names_known_py(encoding, errors))
    return {};
  const BuiltinName *row = encoding ? builtinOf(encoding) : &kBuiltins[0];
  if (!row) {
    Value result = TRY(callCodec_py(encoding, errors, 0, text));
    if (isExact(result, krt_bytearray_class))
      return krt_bytes_new(result.as<ByteArray>()->data, static_cast<size_t>(result.as<ByteArray>()->length));
    if (!bytesCheck(result))
      return krt_raise(kTypeError,
                       "'%.400s' encoder returned '%.400T' instead of 'bytes'; use codecs.encode() to encode "
                       "to arbitrary types",
                       encoding, result);
    return result;
  }
  if (text->isAscii() && row->codec <= Builtin::Ascii)
    return krt_bytes_new(text->data1(), static_cast<size_t>(text->length()));
  if (row->codec == Builtin::Utf8)
    if (Bytes *bytes = encodeCleanUtf8(text))
      return bytes;
  Encoder e(text, row->shown, errors);
  bool good = false;
  switch (row->codec) {
  case Builtin::Utf8:
    good = encodeUtf8_py(e);
    break;
  case Builtin::Latin1:
    good = encodeLatin1_py(e, 256);
    break;
  case Builtin::Ascii:
    good = encodeLatin1_py(e, 128);
    break;
  case Builtin::Utf16:
  case Builtin::Utf16Le:
  case Builtin::Utf16Be:
    good = encodeUtf16_py(e, row->codec == Builtin::Utf16 ? 0 : row->codec == Builtin::Utf16Le ? -1 : 1);
    break;
  case Builtin::Utf32:
  case Builtin::Utf32Le:
  case Builtin::Utf32Be:
    good = encodeUtf32_py(e, row->codec == Builtin::Utf32 ? 0 : row->codec == Builtin::Utf32Le ? -1 : 1);
    break;
  case Builtin::Utf8Sig:
    e.out.append("\xef\xbb\xbf");
    good = encodeUtf8_py(e);
    break;
  case Builtin::Utf7:
    good = encodeUtf7_py(e);
    break;
  case Builtin::UnicodeEscape:
    good = encodeUnicodeEscape(e);
    break;
  case Builtin::RawUnicodeEscape:
    good = encodeRawUnicodeEscape(e);
    break;
  case Builtin::None:
    break;
  }
  return good ? Value(e.out.finish()) : Value();
}

Value krt_codec_decode_py(Value object, const char *encoding, const char *errors) {
  if (__builtin_expect(krt_codec_checks, 0) && !krt_codec_names_known_py(encoding, errors))
    return {};
  const BuiltinName *row = encoding ? builtinOf(encoding) : &kBuiltins[0];
  if (!row) {
    Value result = TRY(callCodec_py(encoding, errors, 1, object));
    if (!strCheck(result))
      return krt_raise(kTypeError,
                       "'%.400s' decoder returned '%.400T' instead of 'str'; use codecs.decode() to decode "
                       "to arbitrary types",
                       encoding, result);
    return result;
  }
  BytesLike bytes;
  if (!bytes.acquire_py(object))
    return {};
  if (row->codec == Builtin::Utf8)
    if (Str *text = decodeValidUtf8(bytes.data(), bytes.size()))
      return text;
  Decoder d(object, bytes.data(), bytes.size(), row->shown, errors);
  bool good = false;
  int order = -1;
  switch (row->codec) {
  case Builtin::Utf8:
    good = decodeUtf8_py(d);
    break;
  case Builtin::Latin1:
    return krt_str_from_latin1(bytes.data(), static_cast<size_t>(bytes.size()));
  case Builtin::Ascii:
    good = decodeAscii_py(d);
    break;
  case Builtin::Utf16:
  case Builtin::Utf16Le:
  case Builtin::Utf16Be:
    order = row->codec == Builtin::Utf16 ? 0 : row->codec == Builtin::Utf16Le ? -1 : 1;
    good = decodeUtf16_py(d, &order);
    break;
  case Builtin::Utf32:
  case Builtin::Utf32Le:
  case Builtin::Utf32Be:
    order = row->codec == Builtin::Utf32 ? 0 : row->codec == Builtin::Utf32Le ? -1 : 1;
    good = decodeUtf32_py(d, &order);
    break;
  case Builtin::Utf8Sig:
    if (bytes.view().starts_with("\xef\xbb\xbf")) {
      d.data += 3;
      d.size -= 3;
    }
    good = decodeUtf8_py(d);
    break;
  case Builtin::Utf7:
    good = decodeUtf7_py(d);
    break;
  case Builtin::UnicodeEscape: {
    int64_t bad;
    good = decodeUnicodeEscape_py(d, &bad);
    if (good && bad >= 0 && bad + 1 < d.size &&
        krt_warn_py(kDeprecationWarning, 1, "invalid escape sequence '\\%c'",
                    static_cast<int>(d.data[bad + 1])) < 0)
      return {};
    break;
  }
  case Builtin::RawUnicodeEscape:
    good = decodeRawUnicodeEscape_py(d);
    break;
  case Builtin::None:
    break;
  }
  return good ? Value(d.out.finish()) : Value();
}

} // namespace krait

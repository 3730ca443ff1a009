// _codecs.cpp - the module _codecs. The codecs themselves are in runtime/object/codecs_*.cpp.
#include "stdlib/native/_codecs.h"

#include "runtime/object/class.h"
#include "runtime/object/codec_state.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/format.h"
#include "runtime/object/function.h"
#include "runtime/object/int.h"
#include "runtime/object/protocol.h"
#include "stdlib/native/_codecs.bind.inc"

#include <algorithm>

namespace krait {

// ---- Registry ---------------------------------------------------------------------------------------

static Value builtinError(const char *name) {
  std::string wanted = std::string(name) + "_errors";
  for (const NativeDef *def = krt__codecs_defs; def->name; def++)
    if (wanted == def->name || std::string_view(name) == def->name)
      return krt_native_function_new(def, Value(), KSTR(_codecs));
  return krt_raise(kLookupError, "unknown error handler name '%.400s'", name);
}

bool krt__codecs_init(Module *) {
  krt_codec_builtin_error = builtinError;
  return true;
}

/// UTF-8 of an optional name; null and an exception on error, null and none when left out.
static const char *nameOf(Str *name) {
  size_t size;
  return name ? krt_str_utf8(name, &size) : nullptr;
}

static Value noneOr(int status) { return status < 0 ? Value() : kNone; }
Value krt__codecs_register_py(Value searchFunction) { return noneOr(krt_codec_register_py(searchFunction)); }
Value krt__codecs_unregister_py(Value searchFunction) {
  return noneOr(krt_codec_unregister_py(searchFunction));
}
Value krt__codecs_lookup_py(Str *encoding) { return krt_codec_lookup_py(TRY(nameOf(encoding))); }
Value krt__codecs__forget_codec_py(Str *encoding) {
  krt_codec_forget(TRY(nameOf(encoding)));
  return kNone;
}
Value krt__codecs_register_error_py(Str *errors, Value handler) {
  return noneOr(krt_codec_register_error(TRY(nameOf(errors)), handler));
}
Value krt__codecs_lookup_error_py(Str *name) { return krt_codec_lookup_error(TRY(nameOf(name))); }

/// Part [which] of the named codec called with the object.
static Value throughCodec_py(Value obj, Str *encoding, Str *errors, int which) {
  const char *name = encoding ? TRY(nameOf(encoding)) : "utf-8";
  Value codec = TRY(krt_codec_lookup_py(name));
  Value args[2] = {obj, errors ? Value(errors) : Value()};
  Value result = krt_call_py(codec.as<Tuple>()->items[which], args, errors ? 2 : 1, nullptr);
  if (!result)
    return krt_codec_wrap_error_py(which == 1, name), Value();
  if (!hasClassFlag(result, kClassTupleSub) || result.as<Tuple>()->length != 2)
    return krt_raise(kTypeError, "%s must return a tuple (object, integer)", which ? "decoder" : "encoder");
  return result.as<Tuple>()->items[0];
}
Value krt__codecs_encode_py(Value obj, Str *encoding, Str *errors) {
  return throughCodec_py(obj, encoding, errors, 0);
}
Value krt__codecs_decode_py(Value obj, Str *encoding, Str *errors) {
  return throughCodec_py(obj, encoding, errors, 1);
}

// ---- Encoders ---------------------------------------------------------------------------------------

static Value pairOf(Value a, int64_t n) {
  Value both[2] = {a, smallInt(n)};
  return krt_tuple_from(both, 2);
}

template <typename F>
static Value encoded_py(Value str, Str *errors, const char *encoding, const char *function, F run) {
  if (!strCheck(str))
    return krt_raise(kTypeError, "%s() argument 1 must be str, not %.50T", function, str);
  const char *errorName = errors ? TRY(nameOf(errors)) : nullptr;
  Encoder e(str.as<Str>(), encoding, errorName);
  if (!run(e))
    return {};
  return pairOf(TRY(e.out.finish()), str.as<Str>()->length());
}

#define ENCODER(name, encoding, call)                                                                        \
  Value krt__codecs_##name##_encode_py(Value str, Str *errors) {                                             \
    return encoded_py(str, errors, encoding, #name "_encode", [](Encoder &e) { return call; });              \
  }
ENCODER(utf_8, "utf-8", encodeUtf8_py(e))
ENCODER(utf_7, "utf7", encodeUtf7_py(e))
ENCODER(latin_1, "latin-1", encodeLatin1_py(e, 256))
ENCODER(ascii, "ascii", encodeLatin1_py(e, 128))
ENCODER(unicode_escape, "unicodeescape", encodeUnicodeEscape(e))
ENCODER(raw_unicode_escape, "rawunicodeescape", encodeRawUnicodeEscape(e))
ENCODER(utf_16_le, "utf-16-le", encodeUtf16_py(e, -1))
ENCODER(utf_16_be, "utf-16-be", encodeUtf16_py(e, 1))
ENCODER(utf_32_le, "utf-32-le", encodeUtf32_py(e, -1))
ENCODER(utf_32_be, "utf-32-be", encodeUtf32_py(e, 1))

Value krt__codecs_utf_16_encode_py(Value str, Str *errors, int byteorder) {
  const char *name = byteorder == 0 ? "utf-16" : byteorder < 0 ? "utf-16-le" : "utf-16-be";
  return encoded_py(str, errors, name, "utf_16_encode",
                    [&](Encoder &e) { return encodeUtf16_py(e, byteorder); });
}
Value krt__codecs_utf_32_encode_py(Value str, Str *errors, int byteorder) {
  const char *name = byteorder == 0 ? "utf-32" : byteorder < 0 ? "utf-32-le" : "utf-32-be";
  return encoded_py(str, errors, name, "utf_32_encode",
                    [&](Encoder &e) { return encodeUtf32_py(e, byteorder); });
}
Value krt__codecs_charmap_encode_py(Value str, Str *errors, Value mapping) {
  return encoded_py(str, errors, "charmap", "charmap_encode",
                    [&](Encoder &e) { return encodeCharmap_py(e, mapping); });
}

// ---- Decoders ---------------------------------------------------------------------------------------

template <typename F>
static Value decoded_py(Value data, Str *errors, const char *encoding, bool final, F run) {
  const char *errorName = errors ? TRY(nameOf(errors)) : nullptr;
  Str *text = strCheck(data) ? data.as<Str>() : nullptr; // text counts as its UTF-8 for some codecs
  BytesLike bytes;
  const uint8_t *start;
  int64_t size;
  if (text) {
    size_t length;
    start = reinterpret_cast<const uint8_t *>(TRY(krt_str_utf8(text, &length)));
    size = static_cast<int64_t>(length);
  } else {
    if (!bytes.acquire_py(data))
      return {};
    start = bytes.data();
    size = bytes.size();
  }
  Decoder d(data, start, size, encoding, errorName);
  d.final = final;
  if (!run(d))
    return {};
  return pairOf(TRY(d.out.finish()), d.final ? size : d.consumed);
}
static Value needBytes(Value data) {
  if (strCheck(data))
    return krt_raise(kTypeError, "a bytes-like object is required, not 'str'");
  return data;
}

#define DECODER(name, encoding, call)                                                                        \
  Value krt__codecs_##name##_decode_py(Value data, Str *errors, bool final) {                                \
    TRY(needBytes(data));                                                                                    \
    return decoded_py(data, errors, encoding, final, [](Decoder &d) { return call; });                       \
  }
static bool utf16(Decoder &d, int order) { return decodeUtf16_py(d, &order); }
static bool utf32(Decoder &d, int order) { return decodeUtf32_py(d, &order); }
DECODER(utf_8, "utf-8", decodeUtf8_py(d))
DECODER(utf_7, "utf7", decodeUtf7_py(d))
DECODER(utf_16, "utf-16", utf16(d, 0))
DECODER(utf_16_le, "utf-16-le", utf16(d, -1))
DECODER(utf_16_be, "utf-16-be", utf16(d, 1))
DECODER(utf_32, "utf-32", utf32(d, 0))
DECODER(utf_32_le, "utf-32-le", utf32(d, -1))
DECODER(utf_32_be, "utf-32-be", utf32(d, 1))

Value krt__codecs_unicode_escape_decode_py(Value data, Str *errors, bool final) {
  int64_t bad = -1;
  Value result = decoded_py(data, errors, "unicodeescape", final,
                            [&](Decoder &d) { return decodeUnicodeEscape_py(d, &bad); });
  if (result && bad >= 0) {
    Str *text = strCheck(data) ? data.as<Str>() : nullptr;
    BytesLike bytes;
    uint32_t c = 0;
    if (text)
      c = bad + 1 < text->length() ? text->at(bad + 1) : 0;
    else if (bytes.acquire_py(data) && bad + 1 < bytes.size())
      c = bytes.data()[bad + 1];
    bool octal = c >= '4' && c <= '7';
    int status =
        octal ? krt_warn_py(kDeprecationWarning, 1, "invalid octal escape sequence '\\%.3s'",
                            bytes.data() ? reinterpret_cast<const char *>(bytes.data() + bad + 1) : "400")
              : krt_warn_py(kDeprecationWarning, 1, "invalid escape sequence '\\%c'", static_cast<int>(c));
    if (status < 0)
      return {};
  }
  return result;
}
Value krt__codecs_raw_unicode_escape_decode_py(Value data, Str *errors, bool final) {
  return decoded_py(data, errors, "rawunicodeescape", final,
                    [](Decoder &d) { return decodeRawUnicodeEscape_py(d); });
}
Value krt__codecs_latin_1_decode_py(Value data, Str *errors) {
  TRY(needBytes(data));
  return decoded_py(data, errors, "latin-1", true, [](Decoder &d) { return decodeLatin1(d); });
}
Value krt__codecs_ascii_decode_py(Value data, Str *errors) {
  TRY(needBytes(data));
  return decoded_py(data, errors, "ascii", true, [](Decoder &d) { return decodeAscii_py(d); });
}
Value krt__codecs_charmap_decode_py(Value data, Str *errors, Value mapping) {
  TRY(needBytes(data));
  return decoded_py(data, errors, "charmap", true, [&](Decoder &d) { return decodeCharmap_py(d, mapping); });
}

/// Text, bytes read and byte order: -1, 0 or 1.
static Value withOrder(Value result, int order) {
  Value items[3] = {TRY(result).as<Tuple>()->items[0], result.as<Tuple>()->items[1], smallInt(order)};
  return krt_tuple_from(items, 3);
}
/// The order to report: 0 while there were too few bytes to tell.
static int reported(int given, int found, Value data, int64_t markSize) {
  if (given)
    return given;
  BytesLike bytes;
  if (!bytes.acquire_py(data) || bytes.size() < markSize)
    return 0;
  const uint8_t *p = bytes.data();
  bool little = p[0] == 0xff && p[1] == 0xfe && (markSize == 2 || (p[2] == 0 && p[3] == 0));
  bool big =
      markSize == 2 ? p[0] == 0xfe && p[1] == 0xff : p[0] == 0 && p[1] == 0 && p[2] == 0xfe && p[3] == 0xff;
  return little || big ? found : 0;
}
Value krt__codecs_utf_16_ex_decode_py(Value data, Str *errors, int byteorder, bool final) {
  TRY(needBytes(data));
  int order = byteorder;
  Value result =
      decoded_py(data, errors, "utf-16", final, [&](Decoder &d) { return decodeUtf16_py(d, &order); });
  return withOrder(result, reported(byteorder, order, data, 2));
}
Value krt__codecs_utf_32_ex_decode_py(Value data, Str *errors, int byteorder, bool final) {
  TRY(needBytes(data));
  int order = byteorder;
  Value result =
      decoded_py(data, errors, "utf-32", final, [&](Decoder &d) { return decodeUtf32_py(d, &order); });
  return withOrder(result, reported(byteorder, order, data, 4));
}

// ---- Odds and ends ----------------------------------------------------------------------------------

Value krt__codecs_charmap_build_py(Str *map) {
  Dict *dict = krt_dict_new();
  for (int64_t i = 0; i < std::min<int64_t>(map->length(), 256); i++)
    if (map->at(i) != 0xfffe && krt_dict_set_py(dict, smallInt(map->at(i)), smallInt(i)) < 0)
      return {};
  return dict;
}

Value krt__codecs_readbuffer_encode_py(Value data, Str *) {
  if (strCheck(data)) {
    size_t size;
    const char *text = TRY(krt_str_utf8(data.as<Str>(), &size));
    return pairOf(TRY(krt_bytes_new(text, size)), static_cast<int64_t>(size));
  }
  BytesLike bytes;
  if (!bytes.acquire_py(data))
    return {};
  return pairOf(TRY(krt_bytes_new(bytes.data(), static_cast<size_t>(bytes.size()))), bytes.size());
}

Value krt__codecs_escape_encode_py(Value data, Str *) {
  if (!bytesCheck(data))
    return krt_raise(kTypeError, "escape_encode() argument 1 must be bytes, not %.50T", data);
  auto *bytes = data.as<Bytes>();
  BytesBuilder out;
  for (int64_t i = 0; i < bytes->length; i++) {
    uint8_t c = bytes->data[i];
    if (c == '\\' || c == '\'') {
      out.append('\\');
      out.append(c);
    } else if (c == '\t' || c == '\n' || c == '\r') {
      out.append('\\');
      out.append(c == '\t' ? 't' : c == '\n' ? 'n' : 'r');
    } else if (c < 32 || c > 126) {
      out.append("\\x");
      out.append(static_cast<uint8_t>("0123456789abcdef"[c >> 4]));
      out.append(static_cast<uint8_t>("0123456789abcdef"[c & 15]));
    } else {
      out.append(c);
    }
  }
  return pairOf(TRY(out.finish()), bytes->length);
}

static int hexValue(uint8_t c) {
  if (c - '0' < 10u)
    return c - '0';
  c |= 0x20;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/// The escapes of bytes literals. [errors]: null or strict, ignore, replace.
static Value unescape_py(const uint8_t *p, int64_t size, const char *errors) {
  BytesBuilder out;
  for (int64_t i = 0; i < size;) {
    uint8_t c = p[i++];
    if (c != '\\') {
      out.append(c);
      continue;
    }
    if (i >= size)
      return krt_raise(kValueError, "Trailing \\ in string");
    c = p[i++];
    constexpr std::string_view kLetters = "\\'\"abfnrtv", kMeaning = "\\'\"\a\b\f\n\r\t\v";
    size_t simple = kLetters.find(static_cast<char>(c));
    if (simple != std::string_view::npos) {
      out.append(static_cast<uint8_t>(kMeaning[simple]));
    } else if (c == '\n') {
      continue;
    } else if (c >= '0' && c <= '7') {
      unsigned value = c - '0';
      for (int k = 0; k < 2 && i < size && p[i] - '0' < 8u; k++)
        value = value * 8 + (p[i++] - '0');
      if (value > 0377 && krt_warn_py(kDeprecationWarning, 1, "invalid octal escape sequence '\\%.3s'",
                                      reinterpret_cast<const char *>(p + i - 3)) < 0)
        return {};
      out.append(static_cast<uint8_t>(value));
    } else if (c == 'x') {
      int high = i < size ? hexValue(p[i]) : -1, low = i + 1 < size ? hexValue(p[i + 1]) : -1;
      if (high >= 0 && low >= 0) {
        out.append(static_cast<uint8_t>(high << 4 | low));
        i += 2;
        continue;
      }
      std::string_view mode = errors ? errors : "strict";
      if (mode == "strict")
        return krt_raise(kValueError, "invalid \\x escape at position %lld", static_cast<long long>(i - 2));
      if (mode == "replace")
        out.append('?');
      else if (mode != "ignore")
        return krt_raise(kValueError, "decoding error; unknown error handling code: %.400s", errors);
      if (high >= 0)
        i++;
    } else {
      if (krt_warn_py(kDeprecationWarning, 1, "invalid escape sequence '\\%c'", static_cast<int>(c)) < 0)
        return {};
      out.append('\\');
      out.append(c);
    }
  }
  return out.finish();
}
Value krt__codecs_escape_decode_py(Value data, Str *errors) {
  const char *errorName = errors ? TRY(nameOf(errors)) : nullptr;
  if (strCheck(data)) {
    size_t size;
    auto *text = reinterpret_cast<const uint8_t *>(TRY(krt_str_utf8(data.as<Str>(), &size)));
    return pairOf(TRY(unescape_py(text, static_cast<int64_t>(size), errorName)), static_cast<int64_t>(size));
  }
  BytesLike bytes;
  if (!bytes.acquire_py(data))
    return {};
  return pairOf(TRY(unescape_py(bytes.data(), bytes.size(), errorName)), bytes.size());
}

// ---- Error handlers as functions --------------------------------------------------------------------

namespace {

/// What an error handler looks at in its exception.
struct Fault {
  enum Kind { Encode, Decode, Translate } kind;
  Str *text = nullptr;     // encode, translate
  Bytes *bytes = nullptr;  // decode
  Str *encoding = nullptr; // not for translate
  int64_t start, end;
};

bool faultOf_py(Value exc, Fault *out) {
  if (krt_instance(exc, kUnicodeEncodeError)) {
    out->kind = Fault::Encode;
  } else if (krt_instance(exc, kUnicodeDecodeError)) {
    out->kind = Fault::Decode;
  } else if (krt_instance(exc, kUnicodeTranslateError)) {
    out->kind = Fault::Translate;
  } else {
    krt_raise(kTypeError, "don't know how to handle %.200T in error callback", exc);
    return false;
  }
  Value object = krt_getattr_py(exc, KSTR(object)),
        start = object ? krt_getattr_py(exc, KSTR(start)) : Value();
  Value end = start ? krt_getattr_py(exc, KSTR(end)) : Value();
  if (!end)
    return false;
  int64_t length;
  if (out->kind == Fault::Decode) {
    if (!bytesCheck(object)) {
      krt_raise(kTypeError, "object attribute must be bytes");
      return false;
    }
    out->bytes = object.as<Bytes>();
    length = out->bytes->length;
  } else {
    if (!strCheck(object)) {
      krt_raise(kTypeError, "object attribute must be unicode");
      return false;
    }
    out->text = object.as<Str>();
    length = out->text->length();
  }
  if (out->kind != Fault::Translate) {
    Value encoding = krt_getattr_py(exc, KSTR(encoding));
    if (!encoding)
      return false;
    out->encoding = strCheck(encoding) ? encoding.as<Str>() : krt_str_empty;
  }
  out->start = std::clamp<int64_t>(krt_index_i64_py(start, nullptr), 0, std::max<int64_t>(length - 1, 0));
  out->end = std::clamp<int64_t>(krt_index_i64_py(end, nullptr), std::min<int64_t>(1, length), length);
  out->end = std::max(out->end, out->start);
  return !errorPending();
}
Value raiseGiven(Value exc) {
  krt_raise_value(exc);
  return {};
}
Value wrongKind(Value exc) {
  return krt_raise(kTypeError, "don't know how to handle %.200T in error callback", exc);
}

} // namespace

Value krt__codecs_strict_errors_py(Value exc) {
  if (!krt_instance(exc, kBaseException))
    return krt_raise(kTypeError, "codec must pass exception instance");
  return raiseGiven(exc);
}
Value krt__codecs_ignore_errors_py(Value exc) {
  Fault fault;
  return faultOf_py(exc, &fault) ? pairOf(krt_str_empty, fault.end) : Value();
}
Value krt__codecs_replace_errors_py(Value exc) {
  Fault fault;
  if (!faultOf_py(exc, &fault))
    return {};
  StrBuilder out;
  if (fault.kind == Fault::Decode)
    out.append(0xfffd);
  else
    out.fill(fault.kind == Fault::Encode ? '?' : 0xfffd, fault.end - fault.start);
  return pairOf(TRY(out.finish()), fault.end);
}
Value krt__codecs_backslashreplace_errors_py(Value exc) {
  Fault fault;
  if (!faultOf_py(exc, &fault))
    return {};
  StrBuilder out;
  for (int64_t i = fault.start; i < fault.end; i++)
    appendHexEscape(out, fault.bytes ? fault.bytes->data[i] : fault.text->at(i));
  return pairOf(TRY(out.finish()), fault.end);
}
Value krt__codecs_xmlcharrefreplace_errors_py(Value exc) {
  Fault fault;
  if (!faultOf_py(exc, &fault))
    return {};
  if (fault.kind != Fault::Encode)
    return wrongKind(exc);
  StrBuilder out;
  for (int64_t i = fault.start; i < fault.end; i++)
    appendXmlCharRef(out, fault.text->at(i));
  return pairOf(TRY(out.finish()), fault.end);
}
Value krt__codecs_namereplace_errors_py(Value exc) {
  Fault fault;
  if (!faultOf_py(exc, &fault))
    return {};
  if (fault.kind != Fault::Encode)
    return wrongKind(exc);
  StrBuilder out;
  for (int64_t i = fault.start; i < fault.end; i++)
    appendNameEscape(out, fault.text->at(i));
  return pairOf(TRY(out.finish()), fault.end);
}
Value krt__codecs_surrogateescape_py(Value exc) {
  Fault fault;
  if (!faultOf_py(exc, &fault))
    return {};
  if (fault.kind == Fault::Encode) {
    BytesBuilder out;
    for (int64_t i = fault.start; i < fault.end; i++) {
      uint32_t c = fault.text->at(i);
      if (c < 0xdc80 || c > 0xdcff)
        return raiseGiven(exc);
      out.append(static_cast<uint8_t>(c - 0xdc00));
    }
    return pairOf(TRY(out.finish()), fault.end);
  }
  if (fault.kind != Fault::Decode)
    return wrongKind(exc);
  StrBuilder out;
  int64_t i = fault.start;
  for (; i < std::min(fault.end, fault.start + 4) && fault.bytes->data[i] >= 128; i++)
    out.append(0xdc00u + fault.bytes->data[i]);
  return i == fault.start ? raiseGiven(exc) : pairOf(TRY(out.finish()), i);
}
Value krt__codecs_surrogatepass_py(Value exc) {
  Fault fault;
  if (!faultOf_py(exc, &fault))
    return {};
  if (fault.kind == Fault::Translate)
    return wrongKind(exc);
  bool big;
  int width = surrogatePassWidth(strView(fault.encoding), &big);
  if (!width)
    return raiseGiven(exc);
  if (fault.kind == Fault::Encode) {
    BytesBuilder out;
    for (int64_t i = fault.start; i < fault.end; i++) {
      if (!isSurrogate(fault.text->at(i)))
        return raiseGiven(exc);
      appendPassedSurrogate(out, fault.text->at(i), width, big);
    }
    return pairOf(TRY(out.finish()), fault.end);
  }
  uint32_t c = passedSurrogate(fault.bytes->data, fault.bytes->length, fault.start, width, big);
  if (!c)
    return raiseGiven(exc);
  return pairOf(krt_str_from_char(c), fault.start + (width == 1 ? 3 : width));
}

} // namespace krait

// codec_errors.cpp - error handlers of codecs: the built-in ones natively, registered ones by calling them.
#include "runtime/object/codec_state.h"
#include "runtime/object/containers.h"
#include "runtime/object/format.h"
#include "runtime/object/int.h"
#include "runtime/object/protocol.h"
#include "runtime/unicode/names.h"

#include <algorithm>
#include <charconv>

namespace krait {

ErrorMode errorModeOf(const char *errors) {
  if (!errors)
    return ErrorMode::Strict;
  std::string_view name(errors);
  if (name == "strict")
    return ErrorMode::Strict;
  if (name == "ignore")
    return ErrorMode::Ignore;
  if (name == "replace")
    return ErrorMode::Replace;
  if (name == "backslashreplace")
    return ErrorMode::BackslashReplace;
  if (name == "xmlcharrefreplace")
    return ErrorMode::XmlCharRefReplace;
  if (name == "namereplace")
    return ErrorMode::NameReplace;
  if (name == "surrogateescape")
    return ErrorMode::SurrogateEscape;
  if (name == "surrogatepass")
    return ErrorMode::SurrogatePass;
  return ErrorMode::Custom;
}

// ---- Replacement texts of the built-in handlers -----------------------------------------------------

void appendXmlCharRef(StrBuilder &out, uint32_t c) {
  char digits[12];
  auto end = std::to_chars(digits, digits + sizeof digits, c);
  out.append("&#");
  out.append(std::string_view(digits, static_cast<size_t>(end.ptr - digits)));
  out.append(';');
}
void appendNameEscape(StrBuilder &out, uint32_t c) {
  std::string name;
  if (unicodeName(c, &name)) {
    out.append("\\N{");
    out.append(std::string_view(name));
    out.append('}');
  } else {
    appendHexEscape(out, c);
  }
}

int surrogatePassWidth(std::string_view encoding, bool *big) {
  std::string name;
  for (char c : encoding)
    name += c == '_' ? '-' : static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  *big = name.ends_with("-be") || name.ends_with("be");
  if (name == "utf-8" || name == "utf8" || name == "cp-utf8")
    return 1;
  if (name.starts_with("utf-16") || name.starts_with("utf16"))
    return 2;
  if (name.starts_with("utf-32") || name.starts_with("utf32"))
    return 4;
  return 0;
}

// ---- Calling a registered handler -------------------------------------------------------------------

/// The exception that would be raised, taken back for the handler.
static Value encodeError(const Encoder &e, int64_t start, int64_t end, const char *reason) {
  raiseEncodeError(e.encoding, e.text, start, end, reason);
  return krt_error_take();
}
static Value decodeError(Decoder &d, int64_t start, int64_t end, const char *reason) {
  Value bytes = d.object;
  if (!isExact(bytes, krt_bytes_class) || bytes.as<Bytes>()->data != d.data)
    bytes = krt_bytes_new(d.data, static_cast<size_t>(d.size));
  Value args[5] = {strIntern(d.encoding), bytes, smallInt(start), smallInt(end), strFrom(reason)};
  krt_raise_args(kUnicodeDecodeError, args, 5);
  return krt_error_take();
}

/// Calls a handler; its result's two parts, checked. False with an exception pending.
static bool callHandler_py(Value handler, Value exception, int64_t length, bool bytesAllowed,
                           Value *replacement, int64_t *at) {
  Value result = krt_call1_py(handler, exception);
  if (!result)
    return false;
  auto wrong = [&] {
    krt_raise(kTypeError, bytesAllowed ? "encoding error handler must return (str/bytes, int) tuple"
                                       : "decoding error handler must return (str, int) tuple");
    return false;
  };
  if (!hasClassFlag(result, kClassTupleSub) || result.as<Tuple>()->length != 2)
    return wrong();
  *replacement = result.as<Tuple>()->items[0];
  Value position = result.as<Tuple>()->items[1];
  if (!(strCheck(*replacement) || (bytesAllowed && bytesCheck(*replacement))) || !krt_int_check(position))
    return wrong();
  if (!krt_int_to_i64(krt_int_plain(position), at))
    *at = INT64_MAX;
  int64_t given = *at;
  if (given < 0)
    *at += length;
  if (*at < 0 || *at > length) {
    krt_raise(kIndexError, "position %lld from error handler out of bounds", static_cast<long long>(given));
    return false;
  }
  return true;
}

// ---- Encoding ---------------------------------------------------------------------------------------

void appendPassedSurrogate(BytesBuilder &out, uint32_t c, int width, bool big) {
  if (width == 1) {
    out.append(static_cast<uint8_t>(0xe0 | c >> 12));
    out.append(static_cast<uint8_t>(0x80 | (c >> 6 & 0x3f)));
    out.append(static_cast<uint8_t>(0x80 | (c & 0x3f)));
    return;
  }
  for (int i = 0; i < width; i++)
    out.append(static_cast<uint8_t>(c >> 8 * (big ? width - 1 - i : i)));
}

bool Encoder::fail_py(int64_t start, int64_t end, const char *reason, int64_t *at) {
  *at = end;
  StrBuilder replacement;
  switch (mode) {
  case ErrorMode::Ignore:
    return true;
  case ErrorMode::Replace:
    replacement.fill('?', end - start);
    break;
  case ErrorMode::BackslashReplace:
    for (int64_t i = start; i < end; i++)
      appendHexEscape(replacement, text->at(i));
    break;
  case ErrorMode::XmlCharRefReplace:
    for (int64_t i = start; i < end; i++)
      appendXmlCharRef(replacement, text->at(i));
    break;
  case ErrorMode::NameReplace:
    for (int64_t i = start; i < end; i++)
      appendNameEscape(replacement, text->at(i));
    break;
  case ErrorMode::SurrogateEscape: {
    bool big;
    int width = surrogatePassWidth(encoding, &big);
    int64_t i = width && (end - start) % width ? end + 1 : start;
    for (; i < end && text->at(i) >= 0xdc80 && text->at(i) <= 0xdcff; i++)
      out.append(static_cast<uint8_t>(text->at(i) - 0xdc00));
    if (i == end)
      return true;
    raiseEncodeError(encoding, text, i > end ? start : i, end, reason);
    return false;
  }
  case ErrorMode::SurrogatePass: {
    bool big;
    int width = surrogatePassWidth(encoding, &big);
    int64_t i = start;
    for (; width && i < end && isSurrogate(text->at(i)); i++)
      appendPassedSurrogate(out, text->at(i), width, big);
    if (i == end)
      return true;
    raiseEncodeError(encoding, text, start, end, reason);
    return false;
  }
  case ErrorMode::Strict:
    raiseEncodeError(encoding, text, start, end, reason);
    return false;
  case ErrorMode::Custom: {
    if (!handler)
      handler = krt_codec_lookup_error(errors);
    Value given;
    if (!handler ||
        !callHandler_py(handler, encodeError(*this, start, end, reason), text->length(), true, &given, at))
      return false;
    // Of the UTF encodings bytes must be whole code units, and text ASCII.
    bool big;
    int width = surrogatePassWidth(encoding, &big);
    if (bytesCheck(given) ? width && given.as<Bytes>()->length % width
                          : width && !given.as<Str>()->isAscii()) {
      raiseEncodeError(encoding, text, start, end, reason);
      return false;
    }
    if (bytesCheck(given)) {
      out.append(bytesView(given.as<Bytes>()));
      return true;
    }
    replacement.append(given.as<Str>());
  }
  }
  Str *result = replacement.finish();
  for (int64_t i = 0; i < result->length(); i++)
    if (!put(*this, result->at(i))) {
      if (!errorPending())
        raiseEncodeError(encoding, text, start, end, reason);
      return false;
    }
  return true;
}

// ---- Decoding ---------------------------------------------------------------------------------------

uint32_t passedSurrogate(const uint8_t *data, int64_t size, int64_t start, int width, bool big) {
  int need = width == 1 ? 3 : width;
  if (!width || start + need > size)
    return 0;
  const uint8_t *p = data + start;
  uint32_t c = 0;
  if (width == 1) {
    if ((p[0] & 0xf0) != 0xe0 || (p[1] & 0xc0) != 0x80 || (p[2] & 0xc0) != 0x80)
      return 0;
    c = (p[0] & 0x0fu) << 12 | (p[1] & 0x3fu) << 6 | (p[2] & 0x3fu);
  } else {
    for (int i = 0; i < width; i++)
      c |= static_cast<uint32_t>(p[i]) << 8 * (big ? width - 1 - i : i);
  }
  return isSurrogate(c) ? c : 0;
}

bool Decoder::fail_py(int64_t start, int64_t end, const char *reason, int64_t *at) {
  *at = end;
  switch (mode) {
  case ErrorMode::Ignore:
    return true;
  case ErrorMode::Replace:
    out.append(0xfffd);
    return true;
  case ErrorMode::BackslashReplace:
    for (int64_t i = start; i < end; i++)
      appendHexEscape(out, data[i]);
    return true;
  case ErrorMode::SurrogateEscape: {
    int64_t i = start;
    for (; i < std::min(end, start + 4) && data[i] >= 128; i++)
      out.append(0xdc00u + data[i]);
    *at = i;
    if (i > start)
      return true;
    break;
  }
  case ErrorMode::SurrogatePass: {
    bool big;
    int width = surrogatePassWidth(encoding, &big);
    if (uint32_t c = passedSurrogate(data, size, start, width, big)) {
      out.append(c);
      *at = start + (width == 1 ? 3 : width);
      return true;
    }
    break;
  }
  case ErrorMode::XmlCharRefReplace:
  case ErrorMode::NameReplace:
    krt_raise(kTypeError, "don't know how to handle UnicodeDecodeError in error callback");
    return false;
  case ErrorMode::Strict:
    break;
  case ErrorMode::Custom: {
    if (!handler)
      handler = krt_codec_lookup_error(errors);
    if (!handler)
      return false;
    Value given, exception = decodeError(*this, start, end, reason);
    if (!exception)
      return false;
    Value result = krt_call1_py(handler, exception);
    if (!result)
      return false;
    // The handler may have put other bytes into the exception: they are decoded from here on.
    Value bytes = krt_getattr_py(exception, KSTR(object));
    if (!bytes)
      return false;
    if (!bytesCheck(bytes)) {
      krt_raise(kTypeError, "exception attribute object must be bytes");
      return false;
    }
    object = bytes;
    data = bytes.as<Bytes>()->data;
    size = bytes.as<Bytes>()->length;
    if (!hasClassFlag(result, kClassTupleSub) || result.as<Tuple>()->length != 2 ||
        !strCheck(result.as<Tuple>()->items[0]) || !krt_int_check(result.as<Tuple>()->items[1])) {
      krt_raise(kTypeError, "decoding error handler must return (str, int) tuple");
      return false;
    }
    given = result.as<Tuple>()->items[0];
    int64_t position;
    if (!krt_int_to_i64(krt_int_plain(result.as<Tuple>()->items[1]), &position))
      position = INT64_MAX;
    *at = position < 0 ? position + size : position;
    if (*at < 0 || *at > size) {
      krt_raise(kIndexError, "position %lld from error handler out of bounds",
                static_cast<long long>(position));
      return false;
    }
    out.append(given.as<Str>());
    return true;
  }
  }
  krt_error_restore(decodeError(*this, start, end, reason));
  return false;
}

} // namespace krait

// system_calls.cpp - see system_calls.h.
#include "stdlib/native/system_calls.h"

#include "runtime/object/codecs.h"
#include "runtime/object/system_text.h"

namespace krait {

Value fsDecode(const char *text, size_t size) {
  bool ascii = true;
  for (size_t i = 0; i < size && ascii; i++)
    ascii = static_cast<signed char>(text[i]) >= 0;
  if (ascii)
    return krt_str_from_latin1(reinterpret_cast<const uint8_t *>(text), size);
  return krt_codec_decode_py(krt_bytes_new(text, size), krt_system_text.fileNames, "surrogateescape");
}

/// An int of 32 bits; else one of the two texts. What is beyond 64 bits comes as the nearest of those.
static bool int32_py(Value given, int64_t *out, const char *tooSmall, const char *tooLarge) {
  Value number = krt_index_py(given);
  if (!number)
    return false;
  *out = number.isInt() ? number.asInt() : krt_int_sign(number) < 0 ? INT64_MIN : INT64_MAX;
  if (*out == static_cast<int32_t>(*out))
    return true;
  krt_raise(kOverflowError, "%s", *out < 0 ? tooSmall : tooLarge);
  return false;
}

bool FsPath::parse_py(Value path, const char *function, const char *argument, int allow) {
  given = path;
  if ((allow & kNothing) && path == kNone) {
    text = ".";
    return true;
  }
  if (strCheck(path) || bytesCheck(path)) {
    bytes = bytesCheck(path);
    size_t size;
    if (!bytes && path.as<Str>()->isAscii()) {
      text = krt_str_utf8(path.as<Str>(), &size);
    } else {
      Value encoded =
          bytes ? path : krt_codec_encode_py(path.as<Str>(), krt_system_text.fileNames, "surrogateescape");
      if (!encoded)
        return false;
      text = reinterpret_cast<const char *>(encoded.as<Bytes>()->data);
      size = static_cast<size_t>(encoded.as<Bytes>()->length);
    }
    if (std::memchr(text, 0, size)) {
      krt_raise(kValueError, "embedded null byte");
      return false;
    }
    return true;
  }
  if ((allow & kDescriptor) && (krt_int_check(path) || classOf(path)->slots.index)) {
    int64_t number;
    if (!int32_py(path, &number, "fd is less than minimum", "fd is greater than maximum"))
      return false;
    fd = static_cast<int>(number);
    return true;
  }
  Value self, method = krt_special_lookup_py(path, KSTR(__fspath__), &self);
  if (!method && !errorPending() &&
      krt_buffer_check(path)) { // memory that is no bytes: taken, with a warning
    Value copy;
    if (krt_warn_py(kDeprecationWarning, 1, "%s: %s should be %s, not %.200T", function, argument,
                    allow == (kDescriptor | kNothing) ? "string, bytes, os.PathLike, integer or None"
                    : allow == kDescriptor            ? "string, bytes, os.PathLike or integer"
                    : allow == kNothing               ? "string, bytes, os.PathLike or None"
                                                      : "string, bytes or os.PathLike",
                    path) < 0 ||
        !(copy = krt_bytes_of_py(path)))
      return false;
    return parse_py(copy, function, argument, kPlain);
  }
  if (!method) {
    if (!errorPending())
      krt_raise(kTypeError, "%s: %s should be %s, not %.200T", function, argument,
                allow == (kDescriptor | kNothing) ? "string, bytes, os.PathLike, integer or None"
                : allow == kDescriptor            ? "string, bytes, os.PathLike or integer"
                : allow == kNothing               ? "string, bytes, os.PathLike or None"
                                                  : "string, bytes or os.PathLike",
                path);
    return false;
  }
  Value plain = krt_call_with_self_py(method, self, nullptr, 0, nullptr);
  if (!plain)
    return false;
  if (!strCheck(plain) && !bytesCheck(plain)) {
    krt_raise(kTypeError, "expected %.200T.__fspath__() to return str or bytes, not %.200T", path, plain);
    return false;
  }
  if (!parse_py(plain, function, argument, kPlain))
    return false;
  return true;
}

bool longArgument_py(Value given, int64_t *out) {
  Value index = krt_index_py(given);
  if (!index)
    return false;
  if (krt_int_to_i64(index, out))
    return true;
  krt_raise(kOverflowError, "Python int too large to convert to C long");
  return false;
}

bool intArgument_py(Value given, int64_t *out) {
  if (!longArgument_py(given, out))
    return false;
  if (*out == static_cast<int32_t>(*out))
    return true;
  krt_raise(kOverflowError,
            *out < 0 ? "signed integer is less than minimum" : "signed integer is greater than maximum");
  return false;
}

bool descriptor_py(Value given, int64_t *fd) {
  if (!krt_int_check(given)) {
    Value method = krt_getattr_optional_py(given, KSTR(fileno));
    if (!method) {
      if (!errorPending())
        krt_raise(kTypeError, "argument must be an int, or have a fileno() method.");
      return false;
    }
    given = krt_call0_py(method);
    if (!given)
      return false;
    if (!krt_int_check(given)) {
      krt_raise(kTypeError, "fileno() returned a non-integer");
      return false;
    }
  }
  constexpr const char *kTooLarge = "Python int too large to convert to C int"; // either way
  if (!int32_py(given, fd, kTooLarge, kTooLarge))
    return false;
  if (*fd < 0) {
    krt_raise(kValueError, "file descriptor cannot be a negative integer (%lld)",
              static_cast<long long>(*fd));
    return false;
  }
  return true;
}

int fileDescriptor_py(Value given) {
  int64_t fd;
  return descriptor_py(given, &fd) ? static_cast<int>(fd) : -1;
}

int dirDescriptor_py(Value given) {
  if (!given || given == kNone)
    return AT_FDCWD;
  if (!krt_int_check(given) && !classOf(given)->slots.index) {
    krt_raise(kTypeError, "argument should be integer or None, not %.200T", given);
    return -1;
  }
  int64_t fd;
  if (!int32_py(given, &fd, "fd is less than minimum", "fd is greater than maximum"))
    return -1;
  return static_cast<int>(fd);
}

bool idArgument_py(Value given, const char *what, uint32_t *out) {
  if (!krt_int_check(given) && !classOf(given)->slots.index) {
    krt_raise(kTypeError, "%s should be integer, not %.200T", what, given);
    return false;
  }
  int64_t id = krt_index_i64_py(given, kOverflowError);
  if (id == -1 && errorPending())
    return false;
  if (id < -1 || id > 0xffffffffll) {
    krt_raise(kOverflowError, id < 0 ? "%s is less than minimum" : "%s is greater than maximum", what);
    return false;
  }
  *out = static_cast<uint32_t>(id);
  return true;
}

} // namespace krait

// binascii.cpp - the module binascii: hexadecimal, base64, uuencode, quoted-printable, checksums.
#include "stdlib/native/binascii.h"

#include "runtime/object/bytes.h"
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/int.h"
#include "runtime/object/protocol.h"
#include "runtime/object/str.h"
#include "stdlib/native/binascii.bind.inc"

#include <array>

namespace krait {

static constinit Class *errorClass = nullptr, *incompleteClass = nullptr;

static Value newException(const char *name, Value base) {
  Dict *ns = krt_dict_new();
  krt_dict_set_str(ns, KSTR(__module__), KSTR(binascii));
  return krt_class_make_py(&krt_type_class, strIntern(name), krt_tuple_from(&base, 1), ns, nullptr, nullptr);
}
bool krt_binascii_init(Module *module) {
  if (!errorClass) {
    Value error = newException("Error", Value(kValueError)), incomplete = error ? newException("Incomplete", Value(kException)) : Value();
    if (!incomplete)
      return false;
    errorClass = error.as<Class>();
    incompleteClass = incomplete.as<Class>();
  }
  krt_dict_set_str(module->dict, KSTR(Error), Value(errorClass));
  krt_dict_set_str(module->dict, KSTR(Incomplete), Value(incompleteClass));
  return true;
}

/// Bytes of a bytes-like object or of ASCII text; the bytes are copied if the object could change.
static bool asciiBytes_py(Value data, BytesLike &holder, const uint8_t **out, int64_t *size) {
  if (strCheck(data)) {
    if (!data.as<Str>()->isAscii()) {
      krt_raise(kValueError, "string argument should contain only ASCII characters");
      return false;
    }
    *out = data.as<Str>()->data1();
    *size = data.as<Str>()->length();
    return true;
  }
  if (!krt_buffer_check(data)) {
    krt_raise(kTypeError, "argument should be bytes, buffer or ASCII string, not '%.100T'", data);
    return false;
  }
  if (!holder.acquire_py(data))
    return false;
  *out = holder.data();
  *size = holder.size();
  return true;
}

// ---- Hexadecimal ----------------------------------------------------------------------------------------------

Value krt_binascii_hexlify_py(Value data, Value sep, int bytesPerSep) {
  BytesLike bytes;
  if (!bytes.acquire_py(data))
    return {};
  Value text = TRY(krt_buffer_hex_py(bytes.data(), bytes.size(), sep, bytesPerSep));
  return krt_bytes_new(text.as<Str>()->data1(), static_cast<size_t>(text.as<Str>()->length()));
}
Value krt_binascii_b2aHex_py(Value data, Value sep, int bytesPerSep) { return krt_binascii_hexlify_py(data, sep, bytesPerSep); }

static int hexValue(uint8_t c) {
  if (c - '0' < 10u)
    return c - '0';
  c |= 0x20;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}
Value krt_binascii_unhexlify_py(Value hexstr) {
  BytesLike holder;
  const uint8_t *p;
  int64_t size;
  if (!asciiBytes_py(hexstr, holder, &p, &size))
    return {};
  if (size % 2)
    return krt_raise(errorClass, "Odd-length string");
  BytesBuilder out;
  for (int64_t i = 0; i < size; i += 2) {
    int high = hexValue(p[i]), low = hexValue(p[i + 1]);
    if (high < 0 || low < 0)
      return krt_raise(errorClass, "Non-hexadecimal digit found");
    out.append(static_cast<uint8_t>(high << 4 | low));
  }
  return TRY(out.finish());
}
Value krt_binascii_a2bHex_py(Value hexstr) { return krt_binascii_unhexlify_py(hexstr); }

// ---- Base64 -----------------------------------------------------------------------------------------------------

static const char kBase64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr auto kBase64Values = [] {
  std::array<int8_t, 256> values{};
  for (auto &v : values)
    v = -1;
  for (int i = 0; i < 64; i++)
    values[static_cast<uint8_t>(kBase64[i])] = static_cast<int8_t>(i);
  return values;
};

Value krt_binascii_b2aBase64_py(Value data, bool newline) {
  BytesLike bytes;
  if (!bytes.acquire_py(data))
    return {};
  BytesBuilder out;
  const uint8_t *p = bytes.data();
  int64_t left = bytes.size();
  for (; left > 0; p += 3, left -= 3) {
    uint32_t bits = static_cast<uint32_t>(p[0]) << 16 | (left > 1 ? static_cast<uint32_t>(p[1]) << 8 : 0) | (left > 2 ? p[2] : 0u);
    out.append(static_cast<uint8_t>(kBase64[bits >> 18]));
    out.append(static_cast<uint8_t>(kBase64[bits >> 12 & 63]));
    out.append(static_cast<uint8_t>(left > 1 ? kBase64[bits >> 6 & 63] : '='));
    out.append(static_cast<uint8_t>(left > 2 ? kBase64[bits & 63] : '='));
  }
  if (newline)
    out.append('\n');
  return TRY(out.finish());
}

Value krt_binascii_a2bBase64_py(Value data, bool strict) {
  static const auto values = kBase64Values();
  BytesLike holder;
  const uint8_t *p;
  int64_t size;
  if (!asciiBytes_py(data, holder, &p, &size))
    return {};
  if (strict && size > 0 && p[0] == '=')
    return krt_raise(errorClass, "Leading padding not allowed");
  BytesBuilder out;
  int quad = 0, pads = 0;
  uint32_t left = 0;
  bool padded = false;
  for (int64_t i = 0; i < size; i++) {
    uint8_t c = p[i];
    if (c == '=') {
      padded = true;
      pads++;
      if (quad >= 2 && quad + pads >= 4) { // a whole group: what follows is excess
        if (strict && i + 1 < size)
          return krt_raise(errorClass, "Excess data after padding");
        return TRY(out.finish());
      }
      continue;
    }
    int value = values[c];
    if (value < 0) {
      if (strict)
        return krt_raise(errorClass, "Only base64 data is allowed");
      continue;
    }
    if (strict && padded)
      return krt_raise(errorClass, "Discontinuous padding not allowed");
    pads = 0;
    switch (quad) {
    case 0:
      left = static_cast<uint32_t>(value);
      break;
    case 1:
      out.append(static_cast<uint8_t>(left << 2 | static_cast<uint32_t>(value) >> 4));
      left = value & 15;
      break;
    case 2:
      out.append(static_cast<uint8_t>(left << 4 | static_cast<uint32_t>(value) >> 2));
      left = value & 3;
      break;
    default:
      out.append(static_cast<uint8_t>(left << 6 | static_cast<uint32_t>(value)));
      left = 0;
    }
    quad = (quad + 1) & 3;
  }
  if (quad == 1)
    return krt_raise(errorClass, "Invalid base64-encoded string: number of data characters (%lld) cannot be 1 more than a multiple of 4",
                     static_cast<long long>(out.length() / 3 * 4 + 1));
  if (quad != 0)
    return krt_raise(errorClass, "Incorrect padding");
  return TRY(out.finish());
}

// ---- uuencode ------------------------------------------------------------------------------------------------------

Value krt_binascii_b2aUu_py(Value data, bool backtick) {
  BytesLike bytes;
  if (!bytes.acquire_py(data))
    return {};
  if (bytes.size() > 45)
    return krt_raise(errorClass, "At most 45 bytes at once");
  auto shown = [&](uint32_t six) { return static_cast<uint8_t>(six || !backtick ? six + ' ' : '`'); };
  BytesBuilder out;
  out.append(shown(static_cast<uint32_t>(bytes.size())));
  for (int64_t i = 0; i < bytes.size(); i += 3) {
    uint32_t bits = 0;
    for (int64_t k = 0; k < 3; k++)
      bits = bits << 8 | (i + k < bytes.size() ? bytes.data()[i + k] : 0u);
    for (int shift = 18; shift >= 0; shift -= 6)
      out.append(shown(bits >> shift & 63));
  }
  out.append('\n');
  return TRY(out.finish());
}

Value krt_binascii_a2bUu_py(Value data) {
  BytesLike holder;
  const uint8_t *p;
  int64_t size;
  if (!asciiBytes_py(data, holder, &p, &size))
    return {};
  int64_t want = size ? (p[0] - ' ') & 63 : 0, at = 1;
  BytesBuilder out;
  uint32_t bits = 0;
  int count = 0;
  for (; want > 0; at++) {
    uint8_t c = at < size ? p[at] : 0;
    uint32_t six;
    if (c == '\n' || c == '\r' || at >= size) {
      six = 0; // trailing blanks may have been lost
    } else {
      if (c < ' ' || c > ' ' + 64)
        return krt_raise(errorClass, "Illegal char");
      six = (c - ' ') & 63;
    }
    bits = bits << 6 | six;
    count += 6;
    if (count >= 8) {
      count -= 8;
      out.append(static_cast<uint8_t>(bits >> count));
      want--;
    }
  }
  for (; at < size; at++)
    if (p[at] != ' ' && p[at] != ' ' + 64 && p[at] != '\n' && p[at] != '\r')
      return krt_raise(errorClass, "Trailing garbage");
  return TRY(out.finish());
}

// ---- Quoted-printable -------------------------------------------------------------------------------------------------

Value krt_binascii_a2bQp_py(Value data, bool header) {
  BytesLike holder;
  const uint8_t *p;
  int64_t size;
  if (!asciiBytes_py(data, holder, &p, &size))
    return {};
  BytesBuilder out;
  for (int64_t i = 0; i < size;) {
    if (p[i] == '=') {
      if (++i >= size)
        break;
      if (p[i] == '\n' || p[i] == '\r') { // soft line break
        while (i < size && p[i] != '\n')
          i++;
        i += i < size;
      } else if (p[i] == '=') { // a broken case from broken Python qp
        out.append('=');
        i++;
      } else if (i + 1 < size && hexValue(p[i]) >= 0 && hexValue(p[i + 1]) >= 0) {
        out.append(static_cast<uint8_t>(hexValue(p[i]) << 4 | hexValue(p[i + 1])));
        i += 2;
      } else {
        out.append('=');
      }
    } else if (header && p[i] == '_') {
      out.append(' ');
      i++;
    } else {
      out.append(p[i++]);
    }
  }
  return TRY(out.finish());
}

Value krt_binascii_b2aQp_py(Value data, bool quotetabs, bool istext, bool header) {
  BytesLike bytes;
  if (!bytes.acquire_py(data))
    return {};
  const uint8_t *p = bytes.data();
  int64_t size = bytes.size(), line = 0;
  constexpr int64_t kMaxLine = 76;
  auto *lf = static_cast<const uint8_t *>(std::memchr(p, '\n', static_cast<size_t>(size)));
  bool crlf = lf && lf > p && lf[-1] == '\r';
  BytesBuilder out;
  auto softBreak = [&] {
    out.append('=');
    if (crlf)
      out.append('\r');
    out.append('\n');
    line = 0;
  };
  for (int64_t i = 0; i < size;) {
    uint8_t c = p[i];
    bool last = i + 1 == size;
    bool quote = c > 126 || c == '=' || (header && c == '_') || (c == '.' && line == 0 && (last || p[i + 1] == '\n' || p[i + 1] == '\r' || p[i + 1] == 0)) ||
                 (!istext && (c == '\r' || c == '\n')) || ((c == '\t' || c == ' ') && last) ||
                 (c < 33 && c != '\r' && c != '\n' && c != '\t' && c != ' ') || (c < 33 && c != '\r' && c != '\n' && quotetabs);
    if (quote) {
      if (line + 3 >= kMaxLine)
        softBreak();
      out.append('=');
      out.append(static_cast<uint8_t>("0123456789ABCDEF"[c >> 4]));
      out.append(static_cast<uint8_t>("0123456789ABCDEF"[c & 15]));
      i++;
      line += 3;
      continue;
    }
    if (istext && (c == '\n' || (c == '\r' && !last && p[i + 1] == '\n'))) {
      line = 0;
      // White space before the end of a line is quoted.
      uint8_t before = out.length() ? out.data()[out.length() - 1] : 0;
      if (before == ' ' || before == '\t') {
        out.data()[out.length() - 1] = '=';
        out.append(static_cast<uint8_t>("0123456789ABCDEF"[before >> 4]));
        out.append(static_cast<uint8_t>("0123456789ABCDEF"[before & 15]));
      }
      if (crlf)
        out.append('\r');
      out.append('\n');
      i += c == '\r' ? 2 : 1;
      continue;
    }
    if (!last && p[i + 1] != '\n' && line + 1 >= kMaxLine)
      softBreak();
    line++;
    out.append(header && c == ' ' ? '_' : c);
    i++;
  }
  return TRY(out.finish());
}

// ---- Checksums ------------------------------------------------------------------------------------------------------------

static bool startValue_py(Value crc, uint32_t *out) {
  Value plain = krt_index_py(crc);
  if (!plain)
    return false;
  Value low = krt_int_and(plain, smallInt(0xffffffff));
  *out = static_cast<uint32_t>(low.asInt());
  return true;
}
Value krt_binascii_crc32_py(Value data, Value start) {
  static const auto table = [] {
    std::array<uint32_t, 256> rows{};
    for (uint32_t i = 0; i < 256; i++) {
      uint32_t c = i;
      for (int k = 0; k < 8; k++)
        c = c & 1 ? c >> 1 ^ 0xedb88320u : c >> 1;
      rows[i] = c;
    }
    return rows;
  }();
  BytesLike bytes;
  uint32_t crc;
  if (!bytes.acquire_py(data) || !startValue_py(start, &crc))
    return {};
  crc = ~crc;
  for (int64_t i = 0; i < bytes.size(); i++)
    crc = table[(crc ^ bytes.data()[i]) & 0xff] ^ crc >> 8;
  return smallInt(~crc);
}
Value krt_binascii_crcHqx_py(Value data, Value start) {
  BytesLike bytes;
  uint32_t crc;
  if (!bytes.acquire_py(data) || !startValue_py(start, &crc))
    return {};
  crc &= 0xffff;
  for (int64_t i = 0; i < bytes.size(); i++) {
    crc ^= static_cast<uint32_t>(bytes.data()[i]) << 8;
    for (int k = 0; k < 8; k++)
      crc = crc & 0x8000 ? (crc << 1 ^ 0x1021) & 0xffff : crc << 1 & 0xffff;
  }
  return smallInt(crc);
}

} // namespace krait

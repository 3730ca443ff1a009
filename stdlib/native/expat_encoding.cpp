// expat_encoding.cpp - see expat_encoding.h.
#include "stdlib/native/expat_encoding.h"

#include "runtime/object/bytes.h"
#include "runtime/object/codecs.h"
#include "runtime/object/errors.h"
#include "runtime/object/str.h"

namespace krait {

bool expatEncoding_py(const char *name, XML_Encoding *info) {
  uint8_t all[256];
  for (int i = 0; i < 256; ++i)
    all[i] = static_cast<uint8_t>(i);
  Value decoded = krt_codec_decode_py(krt_bytes_new(all, sizeof all), name, "replace");
  if (decoded && (!strCheck(decoded) || decoded.as<Str>()->length() != 256))
    decoded = krt_raise(kValueError, "multi-byte encodings are not supported");
  if (!decoded)
    return false;
  for (int i = 0; i < 256; ++i) {
    uint32_t c = decoded.as<Str>()->at(i);
    info->map[i] = c == 0xfffd ? -1 : static_cast<int>(c);
  }
  info->data = nullptr;
  info->convert = nullptr;
  info->release = nullptr;
  return true;
}

} // namespace krait

// _ssl_certificate.h - certificates of _ssl.
#pragma once

#include "stdlib/native/_ssl.h"

namespace krait {

extern "C" {
KRT_METHOD(ssl_certificate, "get_info(self, /)", KRT_RUNS_PY) Value krt_ssl_certificate_getInfo_py(Value self);
KRT_METHOD(ssl_certificate, "public_bytes(self, /, format=1)", KRT_RAISES, KRT_COLLECTS)
Value krt_ssl_certificate_publicBytes(Value self, int format);
}

} // namespace krait

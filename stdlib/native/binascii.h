// binascii.h - the module binascii.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(binascii, "Conversion between bytes and their forms as ASCII text.");

extern "C" {
KRT_MODULE_INIT(binascii)
bool krt_binascii_init(Module *module);

/// Hexadecimal digits of data.
KRT_FUNCTION(binascii, "hexlify(data, sep=<null>, bytes_per_sep=1)", KRT_RUNS_PY)
Value krt_binascii_hexlify_py(Value data, Value sep, int bytesPerSep);
/// Hexadecimal digits of data.
KRT_FUNCTION(binascii, "b2a_hex(data, sep=<null>, bytes_per_sep=1)", KRT_RUNS_PY)
Value krt_binascii_b2aHex_py(Value data, Value sep, int bytesPerSep);
/// Bytes from hexadecimal digits.
KRT_FUNCTION(binascii, "unhexlify(hexstr, /)", KRT_RUNS_PY)
Value krt_binascii_unhexlify_py(Value hexstr);
/// Bytes from hexadecimal digits.
KRT_FUNCTION(binascii, "a2b_hex(hexstr, /)", KRT_RUNS_PY)
Value krt_binascii_a2bHex_py(Value hexstr);
/// A line of base64.
KRT_FUNCTION(binascii, "b2a_base64(data, /, *, newline=True)", KRT_RUNS_PY)
Value krt_binascii_b2aBase64_py(Value data, bool newline);
/// Bytes from base64.
KRT_FUNCTION(binascii, "a2b_base64(data, /, *, strict_mode=False)", KRT_RUNS_PY)
Value krt_binascii_a2bBase64_py(Value data, bool strictMode);
/// A line of uuencoded data.
KRT_FUNCTION(binascii, "b2a_uu(data, /, *, backtick=False)", KRT_RUNS_PY)
Value krt_binascii_b2aUu_py(Value data, bool backtick);
/// Bytes from a line of uuencoded data.
KRT_FUNCTION(binascii, "a2b_uu(data, /)", KRT_RUNS_PY)
Value krt_binascii_a2bUu_py(Value data);
/// Quoted-printable text of data.
KRT_FUNCTION(binascii, "b2a_qp(data, quotetabs=False, istext=True, header=False)", KRT_RUNS_PY)
Value krt_binascii_b2aQp_py(Value data, bool quotetabs, bool istext, bool header);
/// Bytes from quoted-printable text.
KRT_FUNCTION(binascii, "a2b_qp(data, header=False)", KRT_RUNS_PY)
Value krt_binascii_a2bQp_py(Value data, bool header);
/// CRC-32 of data, going on from value.
KRT_FUNCTION(binascii, "crc32(data, crc=0, /)", KRT_RUNS_PY)
Value krt_binascii_crc32_py(Value data, Value crc);
/// CRC-CCITT of data, going on from value.
KRT_FUNCTION(binascii, "crc_hqx(data, crc, /)", KRT_RUNS_PY)
Value krt_binascii_crcHqx_py(Value data, Value crc);
}

} // namespace krait

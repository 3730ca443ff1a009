// _krait_multibyte.h - the module _krait_multibyte: East Asian encodings by table, up to the first fault.
// stdlib/python/_multibytecodec.py makes codecs of it, with the handling of errors, the incremental classes
// and the streams.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(_krait_multibyte, "East Asian encodings by table.");

extern "C" {
/// Return whether there is a table for the encoding.
KRT_FUNCTION(_krait_multibyte, "has(encoding, /)") bool krt__krait_multibyte_has(Str *encoding);
/// Decode data from start on: (text, where it ends, 0 at the end of data, 1 at illegal and 2 at incomplete
/// bytes).
KRT_FUNCTION(_krait_multibyte, "decode(encoding, data, start, /)", KRT_RUNS_PY)
Value krt__krait_multibyte_decode_py(Str *encoding, Value data, int64_t start);
/// Encode text from start on: (bytes, where it ends, 0 at the end of the text, 1 at a character that cannot
/// be encoded, 2 at a last one that would make a pair with a certain next one, unless this is final).
KRT_FUNCTION(_krait_multibyte, "encode(encoding, text, start, final, /)", KRT_RAISES, KRT_COLLECTS)
Value krt__krait_multibyte_encode(Str *encoding, Str *text, int64_t start, bool final);
}

} // namespace krait

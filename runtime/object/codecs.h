// codecs.h - text to bytes and back: built-in codecs, error handlers, the registry of codecs written in
// Python.
#pragma once

#include "runtime/object/bytes.h"
#include "runtime/object/str.h"

namespace krait {

extern "C" {
/// text.encode(encoding, errors); null names mean utf-8 and strict. Bytes, or null.
Value krt_codec_encode_py(Str *text, const char *encoding, const char *errors);
/// Decodes a bytes-like object. A str, or null.
Value krt_codec_decode_py(Value bytes, const char *encoding, const char *errors);

/// -X dev: names of codecs and error handlers are looked up even where they are not needed.
extern bool krt_codec_checks;
/// Whether both (or null) are known; LookupError.
bool krt_codec_names_known_py(const char *encoding, const char *errors);

/// codecs.register, unregister, lookup (a CodecInfo tuple), register_error, lookup_error.
int krt_codec_register_py(Value searchFunction);
int krt_codec_unregister_py(Value searchFunction);
Value krt_codec_lookup_py(const char *encoding);
/// Names the codec in the exception pending from its encoder (or decoder), if its class can be made from a
/// text alone.
void krt_codec_wrap_error_py(bool decoding, const char *encoding);
/// Drops the codec from the cache of those found.
void krt_codec_forget(const char *encoding);
int krt_codec_register_error(const char *name, Value handler);
Value krt_codec_lookup_error(const char *name);
/// Set by the _codecs module: the function object of a built-in error handler.
extern Value (*krt_codec_builtin_error)(const char *name);
}

} // namespace krait

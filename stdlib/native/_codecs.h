// _codecs.h - the module _codecs: the registry of codecs and the built-in ones as functions.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(_codecs, "Registry of codecs, and the built-in codecs.");

extern "C" {
KRT_MODULE_INIT(_codecs)
bool krt__codecs_init(Module *module);

/// Add a function that finds codecs by name.
KRT_FUNCTION(_codecs, "register(search_function, /)", KRT_RUNS_PY)
Value krt__codecs_register_py(Value searchFunction);

/// Remove a search function and forget the codecs found.
KRT_FUNCTION(_codecs, "unregister(search_function, /)", KRT_RUNS_PY)
Value krt__codecs_unregister_py(Value searchFunction);

/// The codec of that name, as a CodecInfo tuple.
KRT_FUNCTION(_codecs, "lookup(encoding, /)", KRT_RUNS_PY)
Value krt__codecs_lookup_py(Str *encoding);

/// Forget the codec found under that name.
KRT_FUNCTION(_codecs, "_forget_codec(encoding, /)", KRT_RUNS_PY)
Value krt__codecs__forget_codec_py(Str *encoding);

/// The object encoded by the named codec.
KRT_FUNCTION(_codecs, "encode(obj, encoding='utf-8', errors='strict')", KRT_RUNS_PY)
Value krt__codecs_encode_py(Value obj, Str *encoding, Str *errors);

/// The object decoded by the named codec.
KRT_FUNCTION(_codecs, "decode(obj, encoding='utf-8', errors='strict')", KRT_RUNS_PY)
Value krt__codecs_decode_py(Value obj, Str *encoding, Str *errors);

/// Register a handler of encoding errors under a name.
KRT_FUNCTION(_codecs, "register_error(errors, handler, /)", KRT_RUNS_PY)
Value krt__codecs_register_error_py(Str *errors, Value handler);

/// The error handler of that name.
KRT_FUNCTION(_codecs, "lookup_error(name, /)", KRT_RUNS_PY)
Value krt__codecs_lookup_error_py(Str *name);

/// The encoded bytes and the number of characters read.
KRT_FUNCTION(_codecs, "utf_8_encode(str, errors=None, /)", KRT_RUNS_PY)
Value krt__codecs_utf_8_encode_py(Value str, Str *errors);

/// The encoded bytes and the number of characters read.
KRT_FUNCTION(_codecs, "utf_7_encode(str, errors=None, /)", KRT_RUNS_PY)
Value krt__codecs_utf_7_encode_py(Value str, Str *errors);

/// The encoded bytes and the number of characters read.
KRT_FUNCTION(_codecs, "latin_1_encode(str, errors=None, /)", KRT_RUNS_PY)
Value krt__codecs_latin_1_encode_py(Value str, Str *errors);

/// The encoded bytes and the number of characters read.
KRT_FUNCTION(_codecs, "ascii_encode(str, errors=None, /)", KRT_RUNS_PY)
Value krt__codecs_ascii_encode_py(Value str, Str *errors);

/// The encoded bytes and the number of characters read.
KRT_FUNCTION(_codecs, "unicode_escape_encode(str, errors=None, /)", KRT_RUNS_PY)
Value krt__codecs_unicode_escape_encode_py(Value str, Str *errors);

/// The encoded bytes and the number of characters read.
KRT_FUNCTION(_codecs, "raw_unicode_escape_encode(str, errors=None, /)", KRT_RUNS_PY)
Value krt__codecs_raw_unicode_escape_encode_py(Value str, Str *errors);

/// The encoded bytes and the number of characters read.
KRT_FUNCTION(_codecs, "utf_16_le_encode(str, errors=None, /)", KRT_RUNS_PY)
Value krt__codecs_utf_16_le_encode_py(Value str, Str *errors);

/// The encoded bytes and the number of characters read.
KRT_FUNCTION(_codecs, "utf_16_be_encode(str, errors=None, /)", KRT_RUNS_PY)
Value krt__codecs_utf_16_be_encode_py(Value str, Str *errors);

/// The encoded bytes and the number of characters read.
KRT_FUNCTION(_codecs, "utf_32_le_encode(str, errors=None, /)", KRT_RUNS_PY)
Value krt__codecs_utf_32_le_encode_py(Value str, Str *errors);

/// The encoded bytes and the number of characters read.
KRT_FUNCTION(_codecs, "utf_32_be_encode(str, errors=None, /)", KRT_RUNS_PY)
Value krt__codecs_utf_32_be_encode_py(Value str, Str *errors);

/// The encoded bytes and the number of characters read.
KRT_FUNCTION(_codecs, "utf_16_encode(str, errors=None, byteorder=0, /)", KRT_RUNS_PY)
Value krt__codecs_utf_16_encode_py(Value str, Str *errors, int byteorder);

/// The encoded bytes and the number of characters read.
KRT_FUNCTION(_codecs, "utf_32_encode(str, errors=None, byteorder=0, /)", KRT_RUNS_PY)
Value krt__codecs_utf_32_encode_py(Value str, Str *errors, int byteorder);

/// The text and the number of bytes read.
KRT_FUNCTION(_codecs, "utf_8_decode(data, errors=None, final=False, /)", KRT_RUNS_PY)
Value krt__codecs_utf_8_decode_py(Value data, Str *errors, bool final);

/// The text and the number of bytes read.
KRT_FUNCTION(_codecs, "utf_7_decode(data, errors=None, final=False, /)", KRT_RUNS_PY)
Value krt__codecs_utf_7_decode_py(Value data, Str *errors, bool final);

/// The text and the number of bytes read.
KRT_FUNCTION(_codecs, "utf_16_decode(data, errors=None, final=False, /)", KRT_RUNS_PY)
Value krt__codecs_utf_16_decode_py(Value data, Str *errors, bool final);

/// The text and the number of bytes read.
KRT_FUNCTION(_codecs, "utf_16_le_decode(data, errors=None, final=False, /)", KRT_RUNS_PY)
Value krt__codecs_utf_16_le_decode_py(Value data, Str *errors, bool final);

/// The text and the number of bytes read.
KRT_FUNCTION(_codecs, "utf_16_be_decode(data, errors=None, final=False, /)", KRT_RUNS_PY)
Value krt__codecs_utf_16_be_decode_py(Value data, Str *errors, bool final);

/// The text and the number of bytes read.
KRT_FUNCTION(_codecs, "utf_32_decode(data, errors=None, final=False, /)", KRT_RUNS_PY)
Value krt__codecs_utf_32_decode_py(Value data, Str *errors, bool final);

/// The text and the number of bytes read.
KRT_FUNCTION(_codecs, "utf_32_le_decode(data, errors=None, final=False, /)", KRT_RUNS_PY)
Value krt__codecs_utf_32_le_decode_py(Value data, Str *errors, bool final);

/// The text and the number of bytes read.
KRT_FUNCTION(_codecs, "utf_32_be_decode(data, errors=None, final=False, /)", KRT_RUNS_PY)
Value krt__codecs_utf_32_be_decode_py(Value data, Str *errors, bool final);

/// The text, the number of bytes read, and the byte order.
KRT_FUNCTION(_codecs, "utf_16_ex_decode(data, errors=None, byteorder=0, final=False, /)", KRT_RUNS_PY)
Value krt__codecs_utf_16_ex_decode_py(Value data, Str *errors, int byteorder, bool final);

/// The text, the number of bytes read, and the byte order.
KRT_FUNCTION(_codecs, "utf_32_ex_decode(data, errors=None, byteorder=0, final=False, /)", KRT_RUNS_PY)
Value krt__codecs_utf_32_ex_decode_py(Value data, Str *errors, int byteorder, bool final);

/// The text and the number of bytes read.
KRT_FUNCTION(_codecs, "unicode_escape_decode(data, errors=None, final=True, /)", KRT_RUNS_PY)
Value krt__codecs_unicode_escape_decode_py(Value data, Str *errors, bool final);

/// The text and the number of bytes read.
KRT_FUNCTION(_codecs, "raw_unicode_escape_decode(data, errors=None, final=True, /)", KRT_RUNS_PY)
Value krt__codecs_raw_unicode_escape_decode_py(Value data, Str *errors, bool final);

/// The text and the number of bytes read.
KRT_FUNCTION(_codecs, "latin_1_decode(data, errors=None, /)", KRT_RUNS_PY)
Value krt__codecs_latin_1_decode_py(Value data, Str *errors);

/// The text and the number of bytes read.
KRT_FUNCTION(_codecs, "ascii_decode(data, errors=None, /)", KRT_RUNS_PY)
Value krt__codecs_ascii_decode_py(Value data, Str *errors);

/// The text encoded through a mapping.
KRT_FUNCTION(_codecs, "charmap_encode(str, errors=None, mapping=None, /)", KRT_RUNS_PY)
Value krt__codecs_charmap_encode_py(Value str, Str *errors, Value mapping);

/// The bytes decoded through a mapping.
KRT_FUNCTION(_codecs, "charmap_decode(data, errors=None, mapping=None, /)", KRT_RUNS_PY)
Value krt__codecs_charmap_decode_py(Value data, Str *errors, Value mapping);

/// A mapping for charmap_encode from a decoding table.
KRT_FUNCTION(_codecs, "charmap_build(map, /)", KRT_RUNS_PY)
Value krt__codecs_charmap_build_py(Str *map);

/// Bytes with escapes as in a literal.
KRT_FUNCTION(_codecs, "escape_encode(data, errors=None, /)", KRT_RUNS_PY)
Value krt__codecs_escape_encode_py(Value data, Str *errors);

/// Bytes from the escapes of a literal.
KRT_FUNCTION(_codecs, "escape_decode(data, errors=None, /)", KRT_RUNS_PY)
Value krt__codecs_escape_decode_py(Value data, Str *errors);

/// The bytes of an object.
KRT_FUNCTION(_codecs, "readbuffer_encode(data, errors=None, /)", KRT_RUNS_PY)
Value krt__codecs_readbuffer_encode_py(Value data, Str *errors);

/// Raise the exception.
KRT_FUNCTION(_codecs, "strict_errors(exc, /)", KRT_RUNS_PY)
Value krt__codecs_strict_errors_py(Value exc);

/// Leave out what cannot be handled.
KRT_FUNCTION(_codecs, "ignore_errors(exc, /)", KRT_RUNS_PY)
Value krt__codecs_ignore_errors_py(Value exc);

/// Put a replacement character.
KRT_FUNCTION(_codecs, "replace_errors(exc, /)", KRT_RUNS_PY)
Value krt__codecs_replace_errors_py(Value exc);

/// Put XML character references.
KRT_FUNCTION(_codecs, "xmlcharrefreplace_errors(exc, /)", KRT_RUNS_PY)
Value krt__codecs_xmlcharrefreplace_errors_py(Value exc);

/// Put backslash escapes.
KRT_FUNCTION(_codecs, "backslashreplace_errors(exc, /)", KRT_RUNS_PY)
Value krt__codecs_backslashreplace_errors_py(Value exc);

/// Put \\N{...} escapes.
KRT_FUNCTION(_codecs, "namereplace_errors(exc, /)", KRT_RUNS_PY)
Value krt__codecs_namereplace_errors_py(Value exc);

/// Let single bytes through as lone surrogates.
KRT_FUNCTION(_codecs, "surrogateescape(exc, /)", KRT_RUNS_PY)
Value krt__codecs_surrogateescape_py(Value exc);

/// Let lone surrogates through.
KRT_FUNCTION(_codecs, "surrogatepass(exc, /)", KRT_RUNS_PY)
Value krt__codecs_surrogatepass_py(Value exc);
}

} // namespace krait

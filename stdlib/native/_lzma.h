// _lzma.h - the module _lzma: compression of the LZMA kinds, on liblzma.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(_lzma, "Compression and decompression of data in the .xz and .lzma formats.");
KRT_CLASS(lzma_compressor, "LZMACompressor(format=FORMAT_XZ, check=-1, preset=None, filters=None)\n\nCreate a compressor object for compressing data incrementally.\n\n"
                           "format: FORMAT_XZ (.xz), FORMAT_ALONE (.lzma) or FORMAT_RAW (no container).\ncheck: the integrity check of FORMAT_XZ.\n"
                           "preset: a level of 0 to 9, possibly with PRESET_EXTREME; or\nfilters: a chain of filters, as dicts.");
KRT_CLASS(lzma_decompressor, "Create a decompressor object for decompressing data incrementally.\n\n  format\n    Specifies the container format of the input stream.\n"
                             "  memlimit\n    Limit the amount of memory used by the decompressor.\n  filters\n    A custom filter chain, required for FORMAT_RAW and accepted for no other format.\n\n"
                             "For one-shot decompression, use the decompress() function instead.");

extern "C" {
extern Class krt_lzma_compressor_class, krt_lzma_decompressor_class;
KRT_MODULE_INIT(_lzma, KRT_RAISES, KRT_COLLECTS) bool krt__lzma_init(Module *module);
/// Test whether the given integrity check is supported.
/// 
/// Always returns True for CHECK_NONE and CHECK_CRC32.
KRT_FUNCTION(_lzma, "is_check_supported(check_id, /)") bool krt__lzma_isCheckSupported(int check);
/// Return a bytes object encoding the options (properties) of the filter specified by *filter* (a dict).
/// 
/// The result does not include the filter ID itself, only the options.
KRT_FUNCTION(_lzma, "_encode_filter_properties(filter, /)", KRT_RUNS_PY) Value krt__lzma_encodeFilterProperties_py(Value filter);
/// Return a bytes object encoding the options (properties) of the filter specified by *filter* (a dict).
/// 
/// The result does not include the filter ID itself, only the options.
KRT_FUNCTION(_lzma, "_decode_filter_properties(filter_id, encoded_props, /)", KRT_RUNS_PY) Value krt__lzma_decodeFilterProperties_py(Value id, Value properties);

KRT_NEW(lzma_compressor, "LZMACompressor(format=1, check=-1, preset=None, filters=None)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_lzma_compressor_create_py(Class *cls, int format, int check, Value preset, Value filters);
/// Provide data to the compressor object; return compressed data that is ready.
KRT_METHOD(lzma_compressor, "compress(self, data, /)", KRT_RUNS_PY) Value krt_lzma_compressor_compress_py(Value self, Value data);
/// Finish the compression process; return the rest of the compressed data. The object cannot be used afterwards.
KRT_METHOD(lzma_compressor, "flush(self, /)", KRT_RAISES, KRT_COLLECTS) Value krt_lzma_compressor_flush(Value self);
KRT_NEW(lzma_decompressor, "LZMADecompressor(format=0, memlimit=None, filters=None)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_lzma_decompressor_create_py(Class *cls, int format, Value memlimit, Value filters);
/// Decompress data; return at most max_length bytes if that is not negative.
KRT_METHOD(lzma_decompressor, "decompress(self, /, data, max_length=-1)", KRT_RUNS_PY) Value krt_lzma_decompressor_decompress_py(Value self, Value data, int64_t max_length);
/// ID of the integrity check used by the input stream.
KRT_GETTER(lzma_decompressor, "check") int64_t krt_lzma_decompressor_check(Value self);
/// True if the end-of-stream marker has been reached.
KRT_GETTER(lzma_decompressor, "eof") bool krt_lzma_decompressor_eof(Value self);
/// True if more input is needed before more decompressed data can be produced.
KRT_GETTER(lzma_decompressor, "needs_input") bool krt_lzma_decompressor_needsInput(Value self);
/// Data found after the end of the compressed stream.
KRT_GETTER(lzma_decompressor, "unused_data") Value krt_lzma_decompressor_unusedData(Value self);
}

} // namespace krait

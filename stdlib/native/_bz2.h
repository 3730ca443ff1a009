// _bz2.h - the module _bz2: compression of the bzip2 kind, on libbz2.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(_bz2, "Compression and decompression of data in bzip2's format.");
KRT_CLASS(bz2_compressor, "Create a compressor object for compressing data incrementally.\n\n  compresslevel\n    Compression level, as a number between 1 and 9.\n\n"
                          "For one-shot compression, use the compress() function instead.");
KRT_CLASS(bz2_decompressor, "Create a decompressor object for decompressing data incrementally.\n\nFor one-shot decompression, use the decompress() function instead.");

extern "C" {
extern Class krt_bz2_compressor_class, krt_bz2_decompressor_class;
KRT_MODULE_INIT(_bz2) bool krt__bz2_init(Module *module);
KRT_NEW(bz2_compressor, "BZ2Compressor(compresslevel=9, /)", KRT_RAISES, KRT_COLLECTS) Value krt_bz2_compressor_create(Class *cls, int compresslevel);
/// Provide data to the compressor object; return compressed data that is ready.
KRT_METHOD(bz2_compressor, "compress(self, data, /)", KRT_RUNS_PY) Value krt_bz2_compressor_compress_py(Value self, Value data);
/// Finish the compression process; return the rest of the compressed data. The object cannot be used afterwards.
KRT_METHOD(bz2_compressor, "flush(self, /)", KRT_RAISES, KRT_COLLECTS) Value krt_bz2_compressor_flush(Value self);
KRT_NEW(bz2_decompressor, "BZ2Decompressor()", KRT_RAISES, KRT_COLLECTS) Value krt_bz2_decompressor_create(Class *cls);
/// Decompress data; return at most max_length bytes if that is not negative.
KRT_METHOD(bz2_decompressor, "decompress(self, /, data, max_length=-1)", KRT_RUNS_PY) Value krt_bz2_decompressor_decompress_py(Value self, Value data, int64_t max_length);
/// True if the end-of-stream marker has been reached.
KRT_GETTER(bz2_decompressor, "eof") bool krt_bz2_decompressor_eof(Value self);
/// True if more input is needed before more decompressed data can be produced.
KRT_GETTER(bz2_decompressor, "needs_input") bool krt_bz2_decompressor_needsInput(Value self);
/// Data found after the end of the compressed stream.
KRT_GETTER(bz2_decompressor, "unused_data") Value krt_bz2_decompressor_unusedData(Value self);
}

} // namespace krait

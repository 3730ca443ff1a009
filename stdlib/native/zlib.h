// zlib.h - the module zlib: deflate compression, on the library of that name.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(zlib, "The functions in this module allow compression and decompression using the\nzlib library, which is based on GNU zip.\n\n"
                 "adler32(string[, start]) -- Compute an Adler-32 checksum.\ncompress(data[, level]) -- Compress data, with compression level 0-9 or -1.\n"
                 "compressobj([level[, ...]]) -- Return a compressor object.\ncrc32(string[, start]) -- Compute a CRC-32 checksum.\n"
                 "decompress(string,[wbits],[bufsize]) -- Decompresses a compressed string.\ndecompressobj([wbits[, zdict]]) -- Return a decompressor object.\n\n"
                 "'wbits' is window buffer size and container format.\nCompressor objects support compress() and flush() methods; decompressor\nobjects support decompress() and flush().");

extern "C" {
extern Class krt_zlib_compress_class, krt_zlib_decompress_class;
KRT_MODULE_INIT(zlib, KRT_RAISES, KRT_COLLECTS) bool krt_zlib_init(Module *module);
/// Compute an Adler-32 checksum of data, starting from value.
KRT_FUNCTION(zlib, "adler32(data, value=1, /)", KRT_RUNS_PY) Value krt_zlib_adler32_py(Value data, Value value);
/// Compute a CRC-32 checksum of data, starting from value.
KRT_FUNCTION(zlib, "crc32(data, value=0, /)", KRT_RUNS_PY) Value krt_zlib_crc32_py(Value data, Value value);
/// Return the bytes of data, compressed at a level of 0 to 9 (or -1: the usual one).
KRT_FUNCTION(zlib, "compress(data, /, level=-1, wbits=15)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_zlib_compress_py(Value data, int level, int wbits);
/// Return the uncompressed bytes of data; bufsize is the initial size of the output buffer.
KRT_FUNCTION(zlib, "decompress(data, /, wbits=15, bufsize=16384)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_zlib_decompress_py(Value data, int wbits, int64_t bufsize);
/// Return a compressor object.
KRT_FUNCTION(zlib, "compressobj(level=-1, method=8, wbits=15, memLevel=8, strategy=0, zdict=None)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_zlib_compressobj_py(int level, int method, int wbits, int memLevel, int strategy, Value zdict);
/// Return a decompressor object.
KRT_FUNCTION(zlib, "decompressobj(wbits=15, zdict=<null>)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_zlib_decompressobj_py(int wbits, Value zdict);

/// Return compressed data that is ready, of the data given so far.
KRT_METHOD(zlib_compress, "compress(self, data, /)", KRT_RUNS_PY) Value krt_zlib_compress_compress_py(Value self, Value data);
/// Return the rest of the compressed data.
KRT_METHOD(zlib_compress, "flush(self, mode=4, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_zlib_compress_flush(Value self, int mode);
/// Return a copy of the compression object.
KRT_METHOD(zlib_compress, "copy(self, /)", KRT_RAISES, KRT_COLLECTS) KRT_METHOD(zlib_compress, "__copy__(self, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_zlib_compress_copy(Value self);
KRT_METHOD(zlib_compress, "__deepcopy__(self, memo, /)", KRT_RAISES, KRT_COLLECTS) Value krt_zlib_compress_deepcopy(Value self, Value memo);

/// Return decompressed data, at most max_length bytes if that is not 0; what was not looked at is in unconsumed_tail then.
KRT_METHOD(zlib_decompress, "decompress(self, data, /, max_length=0)", KRT_RUNS_PY) Value krt_zlib_decompress_decompress_py(Value self, Value data, int64_t max_length);
/// Return what remains of the data; length is the initial size of the output buffer.
KRT_METHOD(zlib_decompress, "flush(self, length=16384, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_zlib_decompress_flush(Value self, int64_t length);
/// Return a copy of the decompression object.
KRT_METHOD(zlib_decompress, "copy(self, /)", KRT_RAISES, KRT_COLLECTS) KRT_METHOD(zlib_decompress, "__copy__(self, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_zlib_decompress_copy(Value self);
KRT_METHOD(zlib_decompress, "__deepcopy__(self, memo, /)", KRT_RAISES, KRT_COLLECTS) Value krt_zlib_decompress_deepcopy(Value self, Value memo);
KRT_GETTER(zlib_decompress, "unused_data") Value krt_zlib_decompress_unusedData(Value self);
KRT_GETTER(zlib_decompress, "unconsumed_tail") Value krt_zlib_decompress_unconsumedTail(Value self);
KRT_GETTER(zlib_decompress, "eof") bool krt_zlib_decompress_eof(Value self);
}

} // namespace krait

# Compressors that are dropped give their memory back before there is none left: 60 of 94 MB each within 3 GB.
import bz2, lzma, resource, zlib

resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
total = 0
for i in range(60):
    total += len(lzma.LZMACompressor().compress(b"%d" % i))
print(total)
kept = [zlib.compressobj() for i in range(100)]
for i in range(100):
    total += len(bz2.BZ2Compressor().compress(b"%d" % i))
print(total, len(kept))
packed = lzma.compress(b"spam" * 1000)
for i in range(60):
    total += len(lzma.LZMADecompressor().decompress(packed))
print(total)

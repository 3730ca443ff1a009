# A decompressor that met damaged data says so when it is used again; a chain of filters is a sequence.
import bz2
import lzma

decompressor = bz2.BZ2Decompressor()
whole = bz2.compress(b"some text" * 50)
damaged = whole[:20] + bytes(len(whole) - 20)
for _ in range(2):
    try:
        decompressor.decompress(damaged)
    except (OSError, ValueError) as error:
        print(type(error).__name__, error, decompressor.needs_input, decompressor.eof)
try:
    lzma.LZMADecompressor(lzma.FORMAT_RAW, None, {})
except TypeError as error:
    print(error)

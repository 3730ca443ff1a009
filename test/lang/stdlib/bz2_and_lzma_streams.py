# bz2 and lzma: one-shot and piecewise, limits of output, filters, errors.
import bz2, lzma, _lzma

data = b"".join(b"line %d of the text\n" % i for i in range(3000))

def t(f, *args, **kwargs):
    try:
        r = f(*args, **kwargs)
        print(len(r) if isinstance(r, bytes) and len(r) > 60 else r)
    except Exception as e:
        print(type(e).__module__, type(e).__name__, e)

for module, decompressor in ((bz2, bz2.BZ2Decompressor), (lzma, lzma.LZMADecompressor)):
    packed = module.compress(data)
    print(module.decompress(packed) == data, module.decompress(packed + packed) == data * 2, len(packed) < len(data) // 4)
    d = decompressor()
    out = b""
    source = packed + b"tail"
    while not d.eof:
        part = source[:100] if d.needs_input else b""
        source = source[len(part):]
        out += d.decompress(part, 1000)
    print(out == data, d.eof, (d.unused_data + source)[-4:], d.needs_input)
    t(d.decompress, b"x")
    t(module.decompress, b"garbage that is long enough to be looked at")
    t(module.decompress, packed[:-10])
    t(decompressor().decompress, "text")
c = bz2.BZ2Compressor(1)
print(c.compress(b"") + c.flush())
t(c.flush)
t(c.compress, b"x")
t(bz2.BZ2Compressor, 10)
c = lzma.LZMACompressor(lzma.FORMAT_ALONE)
packed = c.compress(data) + c.flush()
print(lzma.decompress(packed) == data, lzma.LZMADecompressor().check)
t(c.flush)
filters = [{"id": lzma.FILTER_DELTA, "dist": 5}, {"id": lzma.FILTER_LZMA2, "preset": 7, "lc": 3}]
raw = lzma.compress(data, lzma.FORMAT_RAW, filters=filters)
print(lzma.decompress(raw, lzma.FORMAT_RAW, filters=filters) == data)
print(_lzma._encode_filter_properties({"id": lzma.FILTER_LZMA2}), _lzma._decode_filter_properties(lzma.FILTER_LZMA2, b"\x16"))
for arguments in ({"preset": 3, "filters": filters}, {"format": 9}, {"format": lzma.FORMAT_RAW}, {"format": lzma.FORMAT_ALONE, "check": lzma.CHECK_CRC32},
                  {"filters": [{}]}, {"filters": [{"id": 1234}]}, {"filters": [{"id": lzma.FILTER_DELTA, "foo": 1}]}, {"filters": 5}, {"filters": ["x"]}, {"preset": 99}):
    t(lambda **k: type(lzma.LZMACompressor(**k)), **arguments)
for arguments in ({"format": lzma.FORMAT_RAW}, {"filters": filters}, {"format": lzma.FORMAT_RAW, "memlimit": 1, "filters": filters}, {"format": 7}):
    t(lambda **k: type(lzma.LZMADecompressor(**k)), **arguments)
t(lzma.decompress, lzma.compress(data), memlimit=1000)
print(lzma.is_check_supported(lzma.CHECK_CRC64), lzma.is_check_supported(lzma.CHECK_UNKNOWN))

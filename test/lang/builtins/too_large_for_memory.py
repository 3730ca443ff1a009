# What is asked to be larger than memory raises MemoryError (or what CPython raises instead), wherever sizes come from.
import io
import itertools
import random

N, M = 10**12, 2**62 - 1
WAYS = [
    lambda: "a" * N, lambda: "ab" * M, lambda: b"a" * N, lambda: [0] * N, lambda: (0, 1) * M, lambda: bytearray(N), lambda: bytes(N), lambda: 1 << 10**11,
    lambda: 1 << 2**62, lambda: 1 << 2**64, lambda: 1 << 2**70, lambda: 0 << 2**64, lambda: "a".ljust(N), lambda: "a".center(N), lambda: "a".zfill(N),
    lambda: b"a".ljust(N), lambda: b"a".center(N), lambda: b"-1".zfill(N), lambda: format(1, "100000000000"),
    lambda: format("a", str(2**62)), lambda: format(1, str(2**64)), lambda: "%100000000000d" % 1, lambda: "%*d" % (2**62, 1), lambda: "%-*s" % (M, "a"),
    lambda: "%.1000000000000f" % 1.0, lambda: "%99999999999999999999d" % 1, lambda: (1).to_bytes(N, "big"),
    lambda: itertools.product(range(10), repeat=N), lambda: random.getrandbits(N), lambda: io.BytesIO().seek(-1),
    lambda: [1].__getitem__(2**64), lambda: 1 >> 2**70,
]  # fmt: skip


def beyond(stream):
    stream.seek(2**63 - 1)
    stream.write(b"abc")


WAYS.append(lambda: beyond(io.BytesIO()))
for number, way in enumerate(WAYS):
    try:
        print(number, type(way()).__name__)
    except (MemoryError, OverflowError, ValueError, IndexError) as error:
        print(number, type(error).__name__, error)

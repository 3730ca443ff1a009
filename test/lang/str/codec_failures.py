# An unknown error handler is a LookupError; what a codec raises names the codec.
import codecs
import io

try:
    b"\xff".decode("ascii", "no.such.handler")
except LookupError as error:
    print(error)
try:
    codecs.decode(b"abc", "hex_codec")
except Exception as error:
    print(type(error).__name__, error, repr(error.__cause__))
for target in (b"", memoryview(b"abc")):
    try:
        io.BytesIO(b"abc").readinto(target)
    except TypeError as error:
        print("TypeError")

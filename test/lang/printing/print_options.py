import io
import sys

print(1, 2, 3, sep="")
print("a", "b", sep="-", end="!\n")
print()
print(*[1, 2], sep="\n")
print("x", end="")
print()
print(None, sep=None, end=None)
out = io.StringIO()
print("to", "file", file=out, end=".")
print(repr(out.getvalue()))
print("flush", flush=True)


class W:
    def write(self, text):
        sys.stdout.write("<%s>" % text)


print("a", 1, file=W(), end="")
sys.stdout.write("\n")
for kw in ({"sep": 5}, {"end": 1}, {"bad": 1}):
    try:
        print(1, **kw)
    except TypeError as error:
        print(error)
print(1, 2.0, "s", b"b", [3], (4,), {5: 6}, None, True, 1j)

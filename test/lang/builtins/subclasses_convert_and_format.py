"""Subclasses of str, int, float, complex and bytes: their own __str__, __float__, __int__ and __bytes__ count."""


class Text(str):
    def __str__(self):
        return "over"

    def __float__(self):
        return 9.5

    def __int__(self):
        return 7


class Number(complex):
    def __str__(self):
        return "number"


class Octets(bytes):
    pass


class Source:
    def __bytes__(self):
        return Octets(b"x")


text = Text("xxx")
print("{}".format(text), f"{text}", "{0:s}".format(text), format(text), format(text, ">5"))
print(float(text), int(text))
print(f"{Number(1)}", format(Number(1), ".1f"))
print(type(bytes(Source())).__name__, type(Octets(Source())).__name__)
print(len(range(2**63 - 1)), len(range(-(2**62), 2**62 - 1)))
for field in "{0[{1}]}", "{0[{1}", "{0[a{}b]}":
    try:
        print(field.format({"a": 1, "a{}b": 2, "{1}": 3}, 4))
    except (ValueError, KeyError) as error:
        print(type(error).__name__, error)
data = bytearray(range(10))
view = memoryview(data)
try:
    data[1:-1:2] = b""
except BufferError as error:
    print(error)
head, middle, tail = bytearray(b"abc").partition(b"x")
print(middle is tail)

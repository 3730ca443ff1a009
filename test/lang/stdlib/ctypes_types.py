# Simple C types, arrays and pointers of ctypes: values, sizes, slices, text, what is kept alive, buffers, errors.
import copy
import pickle
from ctypes import *
import ctypes


def error(function, *args, **kwargs):
    try:
        print("no error", function(*args, **kwargs))
    except (Exception, BufferError) as e:
        print(type(e).__name__, e)


names = ["c_byte", "c_ubyte", "c_short", "c_ushort", "c_int", "c_uint", "c_long", "c_ulong", "c_float", "c_double",
         "c_longdouble", "c_char", "c_wchar", "c_char_p", "c_wchar_p", "c_void_p", "c_bool", "py_object"]
for name in names:
    cls = getattr(ctypes, name)
    view = memoryview(cls())
    print(name, sizeof(cls), alignment(cls), view.format, view.itemsize, view.shape, repr(cls()), getattr(cls, "__ctype_be__", cls).__name__)

print(c_short(70000), c_ubyte(-1), c_bool("x"), c_int(1 << 80), c_longlong(-1 << 70), c_ulong(-1), c_char(255), c_char(b"x"), c_float(0.1).value)
print(c_char_p(b"text").value, c_wchar_p("t\u00e9xt").value, c_void_p(5).value, c_void_p(0).value, c_char_p(None).value, py_object([1]).value)
for cls, value in ((c_int, "x"), (c_int, 1.5), (c_char, "a"), (c_char, 300), (c_wchar, b"a"), (c_wchar, "ab"), (c_char_p, 1.5),
                   (c_wchar_p, b"a"), (c_void_p, "x"), (c_float, "x")):
    error(cls, value)
error(c_int, 1, 2)
error(lambda: py_object().value)
error(hash, c_int())
big = c_int.__ctype_be__(1)
print(bytes(big), big.value, bytes(c_double.__ctype_be__(1.0)))
big.value = -2
print(bytes(big), bool(big), bool(c_int()))


class Mine(c_int):
    pass


print(type(Mine.from_param(Mine(4))).__name__, type((Mine * 2)()[0]).__name__, Mine(5).value)

# Arrays
three = (c_int * 3)(1, 2, 3)
three[1:3] = [7, 8]
print(three[:], three[::-1], len(three), three[-1], list(three), (c_int * 3) is (c_int * 3), (c_int * 3 * 2).__name__)
print((c_int * 3 * 2)((1, 2, 3), (4, 5, 6))[1][2], memoryview((c_int * 3 * 2)()).shape, memoryview((c_int * 3 * 2)()).strides)
error(lambda: three[5])
error(lambda: three["a"])
error(c_int * 3, 1, 2, 3, 4)
error(c_int * 3, "x")
error(lambda: c_int * -1)
error(lambda: c_int * (1 << 62))
error(three.__setitem__, slice(0, 2), [1])
error(three.__delitem__, 0)
text = (c_char * 5)()
text.value = b"ab"
print(text.raw, text.value, text[0:2], text[::-1])
error(setattr, text, "value", 5)
error(setattr, text, "value", b"123456")
error(setattr, text, "raw", b"123456")
wide = (c_wchar * 3)("a", "\U0001f600")
print(ascii(wide[:]), ascii(wide.value), ascii(wide[::2]))
buffer = create_string_buffer(b"hello", 10)
print(buffer.raw, sizeof(buffer), create_unicode_buffer("hi").value)
resize(buffer, 20)
print(sizeof(buffer))
error(resize, buffer, 5)
view = memoryview(three).cast("B")
view[0] = 9
print(three[0], view.nbytes, bytes(three))

# Pointers
number = c_int(42)
pointer_to = pointer(number)
pointer_to[0] = 43
pointer_to.contents.value += 1
print(number, pointer_to.contents, pointer_to[0], bool(pointer_to), bool(POINTER(c_int)()), POINTER(c_int).__name__)
pointer_to.contents = c_int(7)
print(pointer_to[0], number, pointer_to._objects)
as_array = cast(three, POINTER(c_int))
print(as_array[0:3], as_array[2], as_array[2:0:-1], as_array._objects == {id(three): three})
print(cast(as_array, POINTER(c_byte))[0:5], string_at(three, 4), wstring_at("abc", 2), cast(b"xyz", c_char_p).value)
error(lambda: POINTER(c_int)()[0])
error(lambda: POINTER(c_int)().contents)
error(lambda: pointer_to[::1])
error(POINTER(c_int), 5)
error(cast, c_int(4), c_int)
error(pointer, 5)
error(POINTER, 5)
words = (c_char_p * 3)(b"one", b"two")
print(words[:], words._objects)
memmove(text, b"wxyz", 4)
memset(addressof(text) + 1, ord("-"), 2)
print(text.raw)

# Memory of others
store = bytearray(12)
shared = (c_int * 2).from_buffer(store, 4)
shared[0] = -1
print(store, c_int.from_buffer_copy(b"\1\0\0\0"), c_int.from_address(addressof(shared)))
error(store.append, 1)
error(c_int.from_buffer, b"abcd")
error(c_int.from_buffer, bytearray(2))
error(c_int.from_buffer, bytearray(4), -1)
error(c_int.from_buffer_copy, b"a")
for value in (c_int(5), c_long(-1), c_double(2.5)):
    again = pickle.loads(pickle.dumps(value))
    print(type(again).__name__, bytes(again) == bytes(value), bytes(copy.copy(value)) == bytes(value))
error(pickle.dumps, c_char_p(b"x"))

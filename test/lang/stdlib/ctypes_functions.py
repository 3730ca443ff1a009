# Calls of C functions by ctypes: types of arguments and results, by reference and by value, parameter flags, errno, callbacks, threads, errors.
import gc
import sys
import threading
from ctypes import *

libc = CDLL(None)
libm = CDLL("libm.so.6")


def error(function, *args, **kwargs):
    try:
        print("no error", function(*args, **kwargs))
    except Exception as e:
        print(type(e).__name__, str(e).split("/")[-1].split("undefined")[-1])


sqrt = libm.sqrt
error(sqrt, 2.0)
sqrt.argtypes, sqrt.restype = [c_double], c_double
print(sqrt(2.0), sqrt(4), sqrt(c_double(9)), sum(sqrt(i) for i in range(1000)))
error(sqrt, "x")
error(sqrt)
print(sqrt(16.0, 1), sqrt.argtypes, sqrt.restype)
print(libc.abs(-5), libc.atoi(b"42"), libc.strlen(b"abc"), libc.wcslen("abcd"), libc.toupper(ord("a")))
error(libc.atoi, 1.5)
error(libc.abs, 1 << 80)
error(lambda: libc.no_such_function)
error(c_int.in_dll, libc, "no_such_variable")
error(CDLL, "no_such_library.so")
error(setattr, sqrt, "argtypes", 5)
error(setattr, sqrt, "argtypes", [5])
error(setattr, sqrt, "restype", 5)
error(setattr, sqrt, "errcheck", 5)

frexp = libm.frexp
frexp.argtypes, frexp.restype = [c_double, POINTER(c_int)], c_double
exponent = c_int()
print(frexp(10.0, byref(exponent)), exponent, frexp(0.25, pointer(exponent)), exponent, frexp(3.0, exponent), exponent)
error(frexp, 1.0, byref(c_short()))
error(frexp, 1.0, 5)
prototype = CFUNCTYPE(c_double, c_double, POINTER(c_int))
out = prototype(("frexp", libm), ((1, "x", 1.0), (2, "exp")))
print(out(10.0), out(x=5.0), out())
error(out, 1, 2)
error(out, y=1)
error(prototype, ("frexp", libm), ((1, "x"),))
error(prototype, ("frexp", libm), ((2, "x"), (1, "y")))
out.errcheck = lambda result, function, args: (result, args[0])
print(out(10.0))

buffer = create_string_buffer(40)
libc.snprintf(buffer, 40, b"%d %s %.2f %ld", 5, b"text", c_double(1.5), c_long(1 << 40))
print(buffer.value)
strchr = libc.strchr
strchr.restype, strchr.argtypes = c_char_p, [c_char_p, c_char]
print(strchr(b"abcdef", b"d"), strchr(b"abcdef", b"x"))
strtol = CDLL(None, use_errno=True).strtol
strtol.restype, strtol.argtypes = c_long, [c_char_p, POINTER(c_char_p), c_int]
set_errno(0)
print(strtol(b"99999999999999999999", None, 10), get_errno(), set_errno(3), get_errno())


class Division(Structure):
    _fields_ = [("quot", c_int), ("rem", c_int)]


class LongDivision(Structure):
    _fields_ = [("quot", c_long), ("rem", c_long)]


libc.div.restype, libc.ldiv.restype = Division, LongDivision
small, large = libc.div(17, 5), libc.ldiv(c_long(-(1 << 40)), c_long(7))
print(small.quot, small.rem, large.quot, large.rem)


class Mixed(Structure):
    _fields_ = [("a", c_float), ("b", c_float), ("c", c_int), ("d", c_short * 2)]


class Large(Structure):
    _fields_ = [("a", c_double * 4), ("b", c_byte)]


@CFUNCTYPE(c_double, Mixed, Large, c_double, c_byte)
def by_value(mixed, large, x, y):
    mixed.c += 1
    return mixed.a + mixed.b + mixed.c + mixed.d[1] + sum(large.a) + large.b + x + y


print(by_value(Mixed(1.5, 2.5, 3, (4, 5)), Large((1, 2, 3, 4), -1), 100.0, -3))


class Param:
    def __init__(self, value):
        self._as_parameter_ = value


print(libc.abs(Param(-9)), sqrt(Param(25.0)))
libc.labs.restype = lambda value: "result %d" % value
print(libc.labs(-3))

# Callbacks
compared = 0


@CFUNCTYPE(c_int, POINTER(c_int), POINTER(c_int))
def compare(a, b):
    global compared
    compared += 1
    return a[0] - b[0]


numbers = (c_int * 200)(*[(i * 7919) % 1000 for i in range(200)])
libc.qsort(numbers, len(numbers), sizeof(c_int), compare)
print(list(numbers) == sorted(numbers), compared > 200)
for code, value in ((c_byte, -5), (c_ushort, 65535), (c_longlong, -1 << 62), (c_float, 1.5), (c_double, 2.5), (c_bool, True), (c_char, b"q"),
                    (c_void_p, 12345), (py_object, [1, 2])):
    print(code.__name__, CFUNCTYPE(code, code)(lambda x: x)(value))
reports = []
sys.unraisablehook = lambda info: reports.append((info.exc_type.__name__, info.err_msg, getattr(info.object, "__name__", None)))


@CFUNCTYPE(c_int, c_int)
def failing(x):
    return {}[x] if x else "no number"


failing(1), failing(0)
for report in reports:
    print(*report)
sys.unraisablehook = sys.__unraisablehook__
error(CFUNCTYPE(Division), lambda: 1)
error(CFUNCTYPE(c_int), "x")
error(CFUNCTYPE, 5)

# Callbacks outlive collections, and threads call at the same time.
held = [CFUNCTYPE(c_int, c_int)(lambda x, i=i: x + i) for i in range(50)]
gc.collect()
print(sum(function(1) for function in held))
totals = []


def work():
    totals.append(sum(held[i % 50](i) + int(sqrt(i * i)) for i in range(300)))


threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(totals)

# A thread that Python did not start.
ran = []


@CFUNCTYPE(c_void_p, c_void_p)
def body(argument):
    ran.append((argument, type(threading.current_thread()).__name__))
    return argument + 1


libc.pthread_create.argtypes = [POINTER(c_ulong), c_void_p, type(body), c_void_p]
libc.pthread_join.argtypes = [c_ulong, POINTER(c_void_p)]
for i in range(3):
    thread, result = c_ulong(), c_void_p()
    print(libc.pthread_create(byref(thread), None, body, 10 + i), libc.pthread_join(thread, byref(result)), result.value)
print(ran)

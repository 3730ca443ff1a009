# multiprocessing.sharedctypes: values and arrays in memory that processes share.
import ctypes
import multiprocessing
from multiprocessing.sharedctypes import Array, RawArray, RawValue, Value, copy


class Point(ctypes.Structure):
    _fields_ = [("x", ctypes.c_double), ("y", ctypes.c_double)]


def work(number, plain, items, raw, points):
    for _ in range(100):
        with number.get_lock():
            number.value += 1
    plain.value += 5
    for i in range(len(items)):
        items[i] = i * i
    raw[0] = -1
    for point in points:
        point.x **= 2


context = multiprocessing.get_context("fork")
number, plain = Value("i", 7, ctx=context), RawValue(ctypes.c_double, 1.5)
items, raw = Array("d", 4, ctx=context), RawArray("h", [1, 2, 3])
points = Array(Point, [(1.5, 2), (3, 4)], lock=False, ctx=context)
text = Array("c", b"hello", ctx=context)
workers = [context.Process(target=work, args=(number, plain, items, raw, points)) for _ in range(1)]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()
print(number.value, plain.value, items[:], raw[:], [(point.x, point.y) for point in points], text.value, len(text))
text.value = b"bye"
print(text.raw, copy(points[0]).y, type(number).__name__, number.get_obj())

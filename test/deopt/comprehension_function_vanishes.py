# The function of a comprehension that was copied into its caller exists only when the code is left in its middle.
import sys


def pick(items, limit):
    return [item * 2 for item in items if item < limit]


def nested(rows, k):
    return [[cell + k for cell in row if cell is not k] for row in rows]


def tell(x):
    if x == 400:
        frame = sys._getframe(1)
        print(frame.f_code.co_name, frame.f_lineno, sorted(frame.f_locals))
    return x


def told(items, offset=0):
    return {tell(item + offset): offset for item in items}


total = 0
for i in range(300):
    total += len(pick(range(i), i // 2)) + sum(map(sum, nested([[i, 1], [2]], i)))
print(total)
print(pick([1, 2.5, 3, 1 << 70], 9.5), nested([[0.5], [1 << 62, True]], 1))
print(pick([1, "x"], 9) if total < 0 else "no")
for i in range(5):
    print(len(told(range(i * 100), i)))
try:
    pick([1, 2, "x"], 9)
except TypeError as e:
    tb = e.__traceback__
    while tb:
        print(tb.tb_frame.f_code.co_name, tb.tb_lineno)
        tb = tb.tb_next


def makers(n):
    made = []
    for i in range(n):
        def adder(x, i=i):
            return x + i + n
        made.append(adder)
        if adder(1) < 0:
            made.clear()
    return made


print([f(10) for f in makers(200)][-3:], makers(3)[0] is makers(3)[0])
for n in range(200):
    squares = [m * n for m in range(3) if m is not n]
    twice = lambda x: x + n
    if twice(1) > 199:
        print(squares, twice(2), twice.__globals__ is globals())

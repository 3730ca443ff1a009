x = 1; y = 2; print(x, y);
if x: print("one line"); z = 3
else: z = 4
for i in range(2): print(i); w = i
while z > 2: z -= 1; print("z", z)
def f(a, b): # type: (int, int) -> int
    return a + b  # type: ignore
class C: pass; v = 5
try: 1 / 0
except ZeroDivisionError: print("caught")
finally: print("finally")
with open("/dev/null") as n: print(n.read() == "")
print(f(1, 2), C.v, w); x = (1,
  2); print(x)
lst = [
    1,  # comment

    2,
]
print(lst, \
    "continued")
if (x and
        y): print("multi")

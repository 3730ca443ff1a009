n = 3 ** 500
s = str(n)
print(len(s), s[:20], s[-20:], int(s) == n, int("-" + s) == -n)
print(hex(n)[:20], int(hex(n), 16) == n, int(bin(n), 2) == n, int(oct(n), 8) == n, eval(hex(n)) == n)
for k in (18, 19, 20, 36, 37, 38, 100):
    assert int(str(10 ** k)) == 10 ** k and str(10 ** k - 1) == "9" * k
    print(k, str(10 ** k)[:3], str(-(10 ** k - 1))[:4])
import sys

try:
    str(10 ** 5000)
except ValueError as error:
    print(error)
try:
    int("1" * 5000)
except ValueError as error:
    print(error)
print(sys.get_int_max_str_digits(), len(hex(10 ** 5000)))

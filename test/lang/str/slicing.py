s = "abcdefghij"
print(s[2:5], s[:3], s[7:], s[-3:], s[:-3], s[::2], s[::-1], s[8:2:-2], s[-100:100], s[5:2], s[100:], s[3:3])
print(s[-1], s[0], s[-10], s[True], s[None:None:None])
for bad in (lambda: s[10], lambda: s[-11], lambda: s[1.5], lambda: s["a"], lambda: s[::0], lambda: s[None]):
    try:
        bad()
    except (IndexError, TypeError, ValueError) as error:
        print(error)
u = "aé日😀"
print([len(u[i:]) for i in range(5)], u[::-1], u[3], u[1:3])
try:
    s[0] = "x"
except TypeError as error:
    print(error)

def grade(n):
    return "A" if n > 90 else "B" if n > 80 else "C" if n > 70 else "F"


print([grade(n) for n in (95, 85, 75, 5)])
f = (lambda: 1) if [] else lambda: 2
print(f())
print((1 if True else 2, 3) if 0 else "no")
print([x if x % 2 else -x for x in range(5)])

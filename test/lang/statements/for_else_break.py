for n in range(2, 12):
    for d in range(2, n):
        if n % d == 0:
            break
    else:
        print(n, "prime")
        continue
    print(n, "=", d, "*", n // d)
for _ in []:
    pass
else:
    print("empty else")
while True:
    break
else:
    print("never")

def mixed(n):
    x = 0
    history = []
    for i in range(n):
        if i == n // 2:
            x = float(x)
        elif i == n - 5:
            x = str(x)
        if isinstance(x, str):
            x = x + "."
        else:
            x = x + 1
        if i % (n // 4) == 0:
            history.append((i, x))
    return x, history


for n in (40, 400, 4000):
    print(mixed(n))

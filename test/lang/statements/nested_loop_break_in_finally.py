def f():
    for i in range(3):
        try:
            if i == 1:
                continue
            print("body", i)
        finally:
            print("finally", i)
            if i == 2:
                break
    else:
        print("else")
    return "end"


print(f())


def g():
    while True:
        try:
            return "try"
        finally:
            break
    return "after"


print(g())

def make():
    count = 0
    names = []

    def inc(step=1):
        nonlocal count
        count += step

        def deeper():
            nonlocal count, names
            count *= 2
            names = names + ["deep"]

        deeper()
        return count

    return inc, lambda: (count, names)


inc, get = make()
print(inc(), inc(5), get())
inc2, get2 = make()
print(inc2(3), get2(), get())

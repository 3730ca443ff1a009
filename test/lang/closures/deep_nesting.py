def a(x):
    def b(y):
        def c(z):
            def d(w):
                return x, y, z, w, lambda: x + w
            return d
        return c
    return b


r = a(1)(2)(3)(4)
print(r[:4], r[4]())
print(a(1)(2)(3).__closure__ is not None, len(a(1)(2)(3).__closure__))


def accumulate():
    total = 0

    def level1():
        def level2():
            nonlocal total
            total += 1
            return total
        return level2
    return level1


l1 = accumulate()
print(l1()(), l1()(), l1()())

def integrate(n):
    s = 0.0
    h = 1.0 / n
    x = h * 0.5
    i = 0.0
    while i < n:
        s += 4.0 / (1.0 + x * x)
        x += h
        i += 1.0
    return s * h

def mandel(cx, cy):
    x = 0.0
    y = 0.0
    k = 0.0
    while k < 60.0:
        xx = x * x
        yy = y * y
        if xx + yy > 4.0:
            return k
        y = 2.0 * x * y + cy
        x = xx - yy + cx
        k += 1.0
    return -k

def picture(step):
    t = 0.0
    y = -1.5
    while y < 1.5:
        x = -2.0
        while x < 1.0:
            t = t * 0.5 + mandel(x, y)
            x += step
        y += step
    return t

def newton(a):
    x = a
    last = 0.0
    while abs(x - last) > 0.0000001:
        last = x
        x = (x + a / x) / 2.0
    return x

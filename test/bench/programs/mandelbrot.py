# group: numeric; quick: 60
# The Mandelbrot set on a square grid; prints how many points stay and a checksum of the escape times.
import sys


def escape_time(cr, ci, limit):
    zr = zi = 0.0
    for step in range(limit):
        rr = zr * zr
        ii = zi * zi
        if rr + ii > 4.0:
            return step
        zi = 2.0 * zr * zi + ci
        zr = rr - ii + cr
    return limit


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 850
    limit = 100
    inside = 0
    checksum = 0
    for y in range(size):
        ci = 2.0 * y / size - 1.0
        for x in range(size):
            cr = 3.0 * x / size - 2.0
            steps = escape_time(cr, ci, limit)
            if steps == limit:
                inside += 1
            checksum = (checksum * 31 + steps) % 1000003
    print(inside, checksum)


main()

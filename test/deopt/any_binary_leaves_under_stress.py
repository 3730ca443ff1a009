# A binary built without --stress-deopt: loops leave at their polls, calls at their cells, bodies at their entries; the outcome stays.
# RUN: %krait record --output %t.kprof %s > %t.expected
# RUN: %krait build %s --profile %t.kprof -o %t.exe
# RUN: env KRAIT_STRESS=deopt:all KRAIT_STATS=1 %t.exe > %t.out 2> %t.left
# RUN: diff %t.expected %t.out
# RUN: %FileCheck %s < %t.left
# RUN: env KRAIT_STRESS=deopt:2 %t.exe > %t.out
# RUN: diff %t.expected %t.out
# RUN: env KRAIT_STRESS=deopt:3 %t.exe > %t.out
# RUN: diff %t.expected %t.out
# RUN: env KRAIT_STRESS=deopt:seed=1 %t.exe > %t.out
# RUN: diff %t.expected %t.out
# RUN: env KRAIT_STRESS=deopt:seed=2 %t.exe > %t.out
# RUN: diff %t.expected %t.out
# CHECK-DAG: Poll at line {{[0-9]+}} of scale
# CHECK-DAG: GlobalRebound at line {{[0-9]+}} of {{.*}}


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def size(self):
        return self.x * self.x + self.y * self.y


def scale(points, by):
    number = 0
    while number < len(points):
        points[number] = Point(points[number].x * by, points[number].y + by)
        number += 1


def total(points):
    result = 0.0
    for point in points:
        result += point.size()
    return result


def squares(n):
    for i in range(n):
        yield i * i


points = [Point(float(i), i) for i in range(300)]
for turn in range(20):
    scale(points, 1.5)
    print(total(points), sum(squares(turn + 5)))

# group: object; quick: 40
# A small ray tracer: spheres and a chequered floor, one light, shadows and reflections. Prints a digest of the picture,
# or writes it as PGM with a second argument.
import sys
from math import sqrt


class Vector:
    __slots__ = ("x", "y", "z")

    def __init__(self, x, y, z):
        self.x = x
        self.y = y
        self.z = z

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y, self.z + other.z)

    def __sub__(self, other):
        return Vector(self.x - other.x, self.y - other.y, self.z - other.z)

    def __mul__(self, factor):
        return Vector(self.x * factor, self.y * factor, self.z * factor)

    def dot(self, other):
        return self.x * other.x + self.y * other.y + self.z * other.z

    def unit(self):
        return self * (1.0 / sqrt(self.dot(self)))

    def mirrored(self, normal):
        return self - normal * (2.0 * self.dot(normal))


class Ray:
    def __init__(self, origin, direction):
        self.origin = origin
        self.direction = direction

    def at(self, distance):
        return self.origin + self.direction * distance


class Sphere:
    def __init__(self, centre, radius, brightness, shine):
        self.centre = centre
        self.radius = radius
        self.brightness = brightness
        self.shine = shine

    def meets(self, ray):
        to_centre = self.centre - ray.origin
        along = to_centre.dot(ray.direction)
        under = self.radius * self.radius - to_centre.dot(to_centre) + along * along
        if under <= 0.0:
            return None
        root = sqrt(under)
        near = along - root
        if near > 1e-4:
            return near
        far = along + root
        return far if far > 1e-4 else None

    def normal(self, point):
        return (point - self.centre).unit()

    def shade(self, point):
        return self.brightness


class Floor:
    def __init__(self, height, shine):
        self.height = height
        self.shine = shine

    def meets(self, ray):
        slope = ray.direction.y
        if -1e-6 < slope < 1e-6:
            return None
        distance = (self.height - ray.origin.y) / slope
        return distance if distance > 1e-4 else None

    def normal(self, point):
        return Vector(0.0, 1.0, 0.0)

    def shade(self, point):
        return 0.9 if (int(point.x + 1000.0) + int(point.z + 1000.0)) % 2 else 0.3


class Scene:
    def __init__(self):
        self.things = [Floor(-1.0, 0.2)]
        for i in range(5):
            centre = Vector(-3.0 + 1.5 * i, -0.4 + 0.2 * (i % 3), 5.0 + (i % 2))
            self.things.append(Sphere(centre, 0.6 + 0.05 * i, 0.4 + 0.1 * i, 0.5 if i % 2 else 0.1))
        self.light = Vector(-4.0, 6.0, -2.0)

    def nearest(self, ray):
        best = None
        thing = None
        for candidate in self.things:
            distance = candidate.meets(ray)
            if distance is not None and (best is None or distance < best):
                best = distance
                thing = candidate
        return best, thing

    def lit(self, point):
        to_light = self.light - point
        length = sqrt(to_light.dot(to_light))
        ray = Ray(point, to_light * (1.0 / length))
        for thing in self.things:
            distance = thing.meets(ray)
            if distance is not None and distance < length:
                return None
        return ray.direction

    def trace(self, ray, depth):
        distance, thing = self.nearest(ray)
        if thing is None:
            return 0.2 + 0.3 * max(0.0, ray.direction.y)
        point = ray.at(distance)
        normal = thing.normal(point)
        value = 0.1 * thing.shade(point)
        towards = self.lit(point)
        if towards is not None:
            value += thing.shade(point) * max(0.0, normal.dot(towards))
        if depth > 0 and thing.shine > 0.0:
            bounced = Ray(point, ray.direction.mirrored(normal).unit())
            value += thing.shine * self.trace(bounced, depth - 1)
        return value


def render(size):
    scene = Scene()
    eye = Vector(0.0, 0.5, -3.0)
    rows = []
    for y in range(size):
        row = []
        for x in range(size):
            direction = Vector((x - size / 2) / size, (size / 2 - y) / size, 1.0).unit()
            value = scene.trace(Ray(eye, direction), 3)
            row.append(min(255, int(value * 255)))
        rows.append(row)
    return rows


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 340
    rows = render(size)
    if len(sys.argv) > 2:
        with open(sys.argv[2], "wb") as file:
            file.write(b"P5 %d %d 255\n" % (size, size))
            for row in rows:
                file.write(bytes(row))
    digest = 0
    for row in rows:
        for value in row:
            digest = (digest * 257 + value) % 2147483647
    print(size, sum(map(sum, rows)), digest)


main()

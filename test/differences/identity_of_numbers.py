# Identity of numbers: ints up to 62 bits and nearly all floats are no objects in memory but the value itself, so that equal ones are always
# identical and have one id(). On CPython this holds for ints from -5 to 256 only, and a program that relies on two equal floats being
# different objects (a sentinel `float("inf")` compared by `is`) is mistaken there too sooner or later: use object() for sentinels.
# An id() is not used again while its object could be reached; CPython often gives the id of a dead object to the next one.
a, b = 1000, 1.5
c, d = int("1000"), float("1.5")
print(a is c, id(a) == id(c), b is d, id(b) == id(d))
print(id([]) == id([]))

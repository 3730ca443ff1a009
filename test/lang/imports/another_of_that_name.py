# A module of the same name from elsewhere, with functions and classes of the same names, is not taken for the one that was compiled.
import os
import sys
import tempfile

import _shapes


def total(module, n):
    result = 0
    for i in range(n):
        result += module.area(module.Square(i)) + module.LIMIT
    return result


def use(n):
    result = 0
    for i in range(n):
        result += _shapes.area(_shapes.Square(i)) + _shapes.LIMIT
    return result


print(total(_shapes, 3000), use(3000))
first = _shapes

with tempfile.TemporaryDirectory() as new:
    with open(os.path.join(new, "_shapes.py"), "w") as file:
        file.write("""
LIMIT = 0.5

class Square:
    def __init__(self, side):
        self.name = "square"
        self.side = float(side)

    def size(self):
        return self.side * 3

def area(shape):
    return shape.size() + len(shape.name)
""")
    sys.path.insert(0, new)
    del sys.modules["_shapes"]
    import _shapes

print(total(_shapes, 3000), use(3000), total(first, 3000))
square = _shapes.Square(2)
print(square.__dict__, first.Square(2).__dict__, first.area(square), _shapes.area(square))
_shapes = first
print(use(3000))

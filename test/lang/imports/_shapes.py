"""A helper for tests of import: a class, and a function that is worth compiling."""
LIMIT = 7


class Square:
    def __init__(self, side):
        self.side = side

    def size(self):
        return self.side * self.side


def area(shape):
    return shape.size()

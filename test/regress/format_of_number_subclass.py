# An empty format specification means str(), which subclasses may define.
class I(int):
    def __repr__(self):
        return "I"


class F(float):
    def __str__(self):
        return "F"


print(f"{I(5)} {F(1.5)} {I(5):d} {F(1.5):.1f}", "%d" % I(5))

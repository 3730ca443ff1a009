print([1, 2] < [1, 3], [1, 2] < [1, 2, 0], [] < [0], [1, 2] == [1, 2.0], [1] != (1,), [2] > [1, 99], [[1]] < [[2]], ["a", 5] < ["b", None])
try:
    [1, "a"] < [1, 2]
except TypeError as error:
    print(error)
print([1, None] == [1, None], [1, "a"] < [2, 3])


class Eq:
    def __eq__(self, other):
        print("eq called")
        return True


e = Eq()
print([e] == [e], [e] == [5], [5, e] == [5, 6], [e] < [e], [1] == [e])
nan = float("nan")
print([nan] == [nan], [nan] == [float("nan")], nan in [nan], [nan].count(nan))

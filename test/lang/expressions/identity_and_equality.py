a = []
b = a
print(a is b, a is not [], a == [], [] is [])
print(None is None, None == 0, True == 1, True is (1 == 1))
nan = float("nan")
print(nan == nan, nan is nan, nan in [nan], [nan] == [nan], nan != nan)
print((1, 2) == (1, 2), (1, 2) == [1, 2], {1: 2} == {1: 2.0})
print(1 == 1.0, "1" == 1, b"a" == "a")


class Eq:
    def __eq__(self, other):
        return "yes"


print(Eq() == 1, Eq() != 1, 1 == Eq(), not (Eq() != 1))

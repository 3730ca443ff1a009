class Wrong:
    def __bool__(self):
        return 1


class Length:
    def __init__(self, n):
        self.n = n

    def __len__(self):
        return self.n


for thing in (Length(0), Length(3)):
    print(bool(thing))
for make in (lambda: bool(Wrong()), lambda: bool(Length(-1)), lambda: not Length("x")):
    try:
        print(make())
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)

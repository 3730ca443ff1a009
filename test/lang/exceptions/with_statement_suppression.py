class Suppress:
    def __init__(self, *kinds):
        self.kinds = kinds

    def __enter__(self):
        return self

    def __exit__(self, kind, value, tb):
        print("exit", kind.__name__ if kind else None, value, tb is not None)
        return kind is not None and issubclass(kind, self.kinds)


with Suppress(ValueError) as s:
    raise ValueError("hidden")
with Suppress():
    print("quiet")
try:
    with Suppress(KeyError):
        raise ValueError("seen")
except ValueError as error:
    print("outside", error)


def f():
    with Suppress():
        return "from with"


print(f())
for i in range(3):
    with Suppress():
        if i == 1:
            continue
        break

# A test that a pass had replaced was taken for a constant of the same value, and a branch took the other way. Shows with a
# profile in which all types are wrong.
class Pair:
    def __init__(self, x, y):
        self.x = x
        self.y = y


def generate(p):
    for i in range(5):
        for item in ({} if i != i else {"a": 1}).values():
            for number in (4, p.y):
                pass
            for other in range(number % 3):
                yield {str(number): other}.get("a", item)
        first, second = item - item, item
        p = Pair(first, second)


def attempt(function):
    try:
        return [x for x, _ in zip(function(), range(20))]
    except Exception as error:
        return str(error)


def drive():
    for i in range(250):
        result = attempt(lambda: generate(Pair(4, i)))
    print(result)


drive()

# setdefault() asks keys for equality once, whether it finds the key or not.
class Key:
    asked = 0

    def __hash__(self):
        return 7

    def __eq__(self, other):
        Key.asked += 1
        return self is other


first, second = Key(), Key()
table = {first: 1}
print(table.setdefault(second, 2), Key.asked)
print(table.setdefault(second, 3), Key.asked, len(table))


class Grumpy(Key):
    def __eq__(self, other):
        raise ValueError("no")


try:
    table.setdefault(Grumpy())
except ValueError as error:
    print(error, len(table))

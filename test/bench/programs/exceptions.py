# group: general; quick: 10000
# Exceptions as control flow in hot loops: raised near and far, caught by class, with finally and else.
import sys


class Shortage(Exception):
    def __init__(self, wanted, had):
        super().__init__(wanted, had)
        self.wanted = wanted
        self.had = had


class Account:
    def __init__(self, balance):
        self.balance = balance
        self.log = 0

    def withdraw(self, amount):
        if amount > self.balance:
            raise Shortage(amount, self.balance)
        self.balance -= amount

    def transfer(self, other, amount):
        try:
            self.withdraw(amount)
        except Shortage as shortage:
            other.balance += shortage.had
            self.balance = 100
            return False
        else:
            other.balance += amount
            return True
        finally:
            self.log += 1


def parse(text):
    try:
        return int(text)
    except ValueError:
        return -1


def deep(level, n):
    if level == 0:
        if n % 2:
            raise KeyError(n)
        return n
    return deep(level - 1, n) + 1


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 1600000
    a, b = Account(500), Account(0)
    moved = 0
    for n in range(rounds):
        if a.transfer(b, n % 37):
            moved += 1
    print(moved, a.balance, b.balance, a.log)

    texts = ["12", "x", "77", "3.5", "-4", ""]
    total = 0
    for n in range(rounds // 2):
        total += parse(texts[n % 6])
    print(total)

    table = {n: n * n for n in range(0, 100, 2)}
    missing = found = 0
    for n in range(rounds):
        try:
            found += table[n % 100]
        except KeyError:
            missing += 1
    print(missing, found)

    caught = 0
    for n in range(rounds // 4):
        try:
            caught += deep(5, n)
        except LookupError as error:
            caught -= error.args[0] & 3
    print(caught)


main()

class Account:
    def __init__(self):
        self.balance = 10


def sum_balances(accounts, rounds):
    total = 0
    for r in range(rounds):
        for a in accounts:
            total += a.balance
    return total


accounts = [Account() for _ in range(10)]
print(sum_balances(accounts, 100))
Account.balance = property(lambda self: 99)
print(sum_balances(accounts, 2))
del Account.balance
print(sum_balances(accounts, 1))
Account.balance = 5
print(sum_balances(accounts, 1))
del accounts[0].balance
print(sum_balances(accounts, 1))
Account.__getattribute__ = lambda self, name: 1
print(sum_balances(accounts, 1))

class InsufficientFunds(Exception):
    def __init__(self, need, have):
        self.need, self.have = need, have
        super().__init__("need %s, have %s" % (need, have))


class Transaction:
    def __init__(self, bank):
        self.bank = bank

    def __enter__(self):
        self.saved = dict(self.bank.accounts)
        return self.bank

    def __exit__(self, kind, value, tb):
        if kind is not None:
            self.bank.accounts = self.saved
            self.bank.log.append("rolled back: %s" % value)
        return kind is InsufficientFunds


class Bank:
    def __init__(self, **accounts):
        self.accounts, self.log = accounts, []

    def move(self, a, b, amount):
        self.accounts[b] += amount
        if self.accounts[a] < amount:
            raise InsufficientFunds(amount, self.accounts[a])
        self.accounts[a] -= amount
        self.log.append("%s->%s %s" % (a, b, amount))


bank = Bank(ann=100, bob=20)
with Transaction(bank) as b:
    b.move("ann", "bob", 50)
with Transaction(bank) as b:
    b.move("bob", "ann", 60)
    b.move("bob", "ann", 60)
print(bank.accounts, bank.log)
try:
    with Transaction(bank) as b:
        b.move("ann", "zoe", 5)
except KeyError as error:
    print("KeyError", error, bank.accounts)
for i in range(200):
    with Transaction(bank):
        bank.move("ann", "bob", i % 7)
print(bank.accounts, len(bank.log), sum(bank.accounts.values()))

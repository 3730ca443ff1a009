# uncaught
class Engine:
    def __init__(self, level):
        self.level = level

    def __getattr__(self, name):
        raise AttributeError("no part %r" % name)

    @property
    def power(self):
        return self.compute(self.level)

    def compute(self, n):
        return n if n == 3 else self.compute(n + 1) + self.helper(n)

    @staticmethod
    def helper(n):
        return [Engine.deep(k) for k in range(n)]

    @classmethod
    def deep(cls, k):
        return cls(k).missing_part


print(Engine(3).power)
Engine(1).power

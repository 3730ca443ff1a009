class C:
    @property
    def p(self):
        raise AttributeError("inside property")

    def __getattr__(self, name):
        return "fallback for " + name


class D:
    @property
    def p(self):
        return self.missing

    @property
    def v(self):
        raise ValueError("not hidden")


print(C().p)
try:
    D().p
except AttributeError as error:
    print(error)
print(hasattr(D(), "p"), getattr(D(), "p", "default"))
try:
    hasattr(D(), "v")
except ValueError as error:
    print(error)

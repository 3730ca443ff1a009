class T:
    def __init__(self):
        self._v = 0

    @property
    def v(self):
        "the value"
        return self._v

    @v.setter
    def v(self, new):
        if new < 0:
            raise ValueError("negative")
        self._v = new

    @v.deleter
    def v(self):
        self._v = None

    @property
    def read_only(self):
        return 1


t = T()
t.v = 5
print(t.v, T.v.__doc__, T.v.fget(t))
for bad in (lambda: setattr(t, "v", -1), lambda: setattr(t, "read_only", 2), lambda: delattr(t, "read_only")):
    try:
        bad()
    except (ValueError, AttributeError) as error:
        print(type(error).__name__, error)
del t.v
print(t.v, vars(t))
t.__dict__["v"] = "instance dict loses"
print(t.v)

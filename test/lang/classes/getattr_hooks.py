class G:
    def __init__(self):
        self.real = 1

    def __getattr__(self, name):
        if name.startswith("x_"):
            return name[2:]
        raise AttributeError("no " + name)


g = G()
print(g.real, g.x_abc, hasattr(g, "zzz"), getattr(g, "zzz", "default"))
try:
    g.other
except AttributeError as error:
    print(error)


class Every:
    def __getattribute__(self, name):
        if name == "secret":
            raise AttributeError(name)
        return "got " + name

    def __getattr__(self, name):
        return "fallback " + name


e = Every()
print(e.a, e.secret, e.__dict__)

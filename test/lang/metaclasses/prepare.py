class Recording(dict):
    def __setitem__(self, key, value):
        if not key.startswith("__"):
            print("define", key)
        super().__setitem__(key, value)


class Meta(type):
    @classmethod
    def __prepare__(mcls, name, bases, **kw):
        print("prepare", name, kw)
        ns = Recording()
        ns["injected"] = 7
        return ns

    def __new__(mcls, name, bases, ns, **kw):
        return super().__new__(mcls, name, bases, dict(ns))


class C(metaclass=Meta, flag=True):
    a = injected + 1

    def m(self):
        pass

    a = a * 2


print(C.a, C.injected)

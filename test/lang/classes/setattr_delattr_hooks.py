class Log:
    def __setattr__(self, name, value):
        print("set", name, value)
        object.__setattr__(self, name, value)

    def __delattr__(self, name):
        print("del", name)
        super().__delattr__(name)


o = Log()
o.a = 1
o.a += 5
setattr(o, "b", 2)
del o.a
print(vars(o))
try:
    del o.a
except AttributeError as error:
    print("error", error)

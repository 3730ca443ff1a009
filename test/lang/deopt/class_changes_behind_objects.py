# A class that changes while an instance is alive changes what the instance's attributes are, also of instances that compiled code never makes.


class Number:
    def __init__(self):
        self.x = 1


class Other:
    def __init__(self):
        self.y, self.x = 5, 2


def read(o):
    return o.x


def property_added(flag):
    o, n = Number(), 0
    for i in range(30):
        n += read(o)
    if flag:
        Number.x = property(lambda self: 1000)
    return n + read(o)


def one_of_two(flag):
    n = 0
    for i in range(30):
        o = Other()
        if flag and i == 20:
            Other.x = property(lambda self: 2000)
        n += read(o) if flag else read(o) + read(Number())
    return n


class Descriptor:
    pass


class Described:
    x = Descriptor()

    def __init__(self):
        self.x = 1


def descriptor_grows(flag):
    o, n = Described(), 0
    for i in range(30):
        n += read(o)
    if flag:
        Descriptor.__get__ = lambda self, instance, owner: 100
        Descriptor.__set__ = lambda *args: None
    return n + read(o)


class Left:
    def __init__(self):
        self.x = 1


class Right:
    def __init__(self):
        self.y = self.x = 2


def read_either(o):
    return o.x


def tested(flag):
    o, p, n = Left(), Right(), 0
    for i in range(30):
        n += read_either(o) + read_either(p)
    if flag:
        Left.x = property(lambda self: 500)
    return n + read_either(o) + read_either(p)


for _ in range(60):
    tested(False)
print(tested(True))
for _ in range(60):
    descriptor_grows(False)
print(descriptor_grows(True))
for _ in range(60):
    one_of_two(False)
    property_added(False)
print(property_added(True))
del Number.x
try:
    print(one_of_two(True))
except AttributeError as error:
    print(error)

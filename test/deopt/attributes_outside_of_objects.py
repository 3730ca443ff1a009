# A class learns while compiled code runs that its objects need more room: the shapes that cells named are those of later objects.
def pair():
    class C:
        def __init__(self, value):
            self.attribute = value

    first, second = C(1), C(2)
    first.other = second
    second.other = first
    first.third = 3
    second.third = first.third
    first.fourth = [4]
    second.fifth = 5
    third = C(3)
    third.other = third.third = third.fourth = third.fifth = third.sixth = third.seventh = 7
    first.fifth = first.sixth = first.seventh = first.eighth = second
    print(first.other is second, second.other is first, second.attribute, first.third, second.third)
    print(sorted(vars(first)), sorted(vars(second)), vars(third))
    return first, second, third


class Global:
    pass


def fill(object, n):
    object.a = n
    object.b = n
    object.c = n
    object.d = n
    object.e = n
    object.f = n
    object.g = n
    return object.a + object.b + object.c + object.d + object.e + object.f + object.g


for n in range(5):
    pair()
    objects = [Global() for i in range(4)]
    print([fill(object, n) for object in objects], vars(objects[0]), vars(objects[3]))

class Box:
    def __class_getitem__(cls, item):
        return "%s[%s]" % (cls.__name__, item)


print(Box[int], Box["x", 1])
print(list[int], dict[str, int], tuple[int, ...], list[int]([1, 2]))
print(list[int].__origin__, dict[str, int].__args__, list[int] == list[int])
try:
    int[5]
except TypeError as error:
    print(error)
print(int | str, int | None, isinstance(5, int | str), isinstance("s", int | None))

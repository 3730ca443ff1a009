def make():
    value = 0

    def set_(v):
        nonlocal value
        value = v

    def get():
        return value

    return set_, get


set_a, get_a = make()
set_b, get_b = make()
set_a(5)
print(get_a(), get_b())
print(get_a.__closure__[0].cell_contents)
get_a.__closure__[0].cell_contents = 99
print(get_a())
print(get_a.__code__.co_freevars, set_a.__closure__[0] is get_a.__closure__[0] if len(set_a.__closure__) == 1 else "")

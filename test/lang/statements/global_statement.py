counter = 0


def bump():
    global counter, created
    counter += 1
    created = "by function"


bump()
bump()
print(counter, created)


def outer():
    counter = "local"

    def inner():
        global counter
        counter = "global again"
        return counter

    return inner(), counter


print(outer(), counter)
class C:
    global made_in_class
    made_in_class = 1
print(made_in_class, hasattr(C, "made_in_class"))

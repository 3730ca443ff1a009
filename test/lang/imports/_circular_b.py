import _circular_a

print("half made:", hasattr(_circular_a, "name"))
name = "b"


def back():
    return _circular_a.name

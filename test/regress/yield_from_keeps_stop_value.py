# The slot of a class written in Python consumed StopIteration together with its value.
class Once:
    def __iter__(self):
        return self

    def __next__(self):
        raise StopIteration("result")


def delegate():
    print((yield from Once()))


list(delegate())

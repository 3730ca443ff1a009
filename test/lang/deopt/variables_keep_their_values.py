# A variable keeps its object until it is assigned, deleted or its function returns, whether or not anything reads it again.
import os
import tempfile
import weakref


class Kept:
    def __init__(self, number):
        self.number = number


def work(count):
    return [[str(i) for i in range(count)] for _ in range(10)]


def folder():
    temporary = tempfile.TemporaryDirectory()
    name = temporary.name
    for i in range(30):
        with open(os.path.join(name, "file%d" % i), "w") as file:
            file.write("text")
        work(2000)
    return len(os.listdir(name))


def plain(number):
    kept = Kept(number)
    seen = weakref.ref(kept)
    count = kept.number
    for _ in range(3):
        count += len(work(300))
    return seen() is not None


def branches(number):
    kept = Kept(number)
    seen = weakref.ref(kept)
    try:
        if number % 2:
            count = len(work(300))
        else:
            count = kept.number
            work(300)
    finally:
        work(300)
    return seen() is not None and count >= 0


def either(number):
    if number % 3:
        kept = Kept(number)
        seen = weakref.ref(kept)
    else:
        kept = Kept(str(number))
        seen = weakref.ref(kept)
    work(300)
    return seen() is not None


def perhaps(number):
    kept, seen = None, lambda: 1
    if number % 2:
        kept = Kept(number)
        seen = weakref.ref(kept)
    work(300)
    return seen() is not None


def tried(number):
    try:
        kept = Kept(1 // (number % 3))
        seen = weakref.ref(kept)
    except ZeroDivisionError:
        kept = Kept(None)
        seen = weakref.ref(kept)
    work(300)
    return seen() is not None


def parameter(kept):
    seen = weakref.ref(kept)
    work(300)
    return seen() is not None


def generator(number):
    kept = Kept(number)
    seen = weakref.ref(kept)
    for _ in range(3):
        work(300)
        yield seen() is not None


print(folder())
print(sum(plain(n) for n in range(60)))
print(sum(branches(n) for n in range(60)))
print(sum(either(n) for n in range(60)))
print(sum(perhaps(n) for n in range(60)))
print(sum(tried(n) for n in range(60)))
print(sum(parameter(Kept(n)) for n in range(60)))
print(sum(sum(generator(n)) for n in range(20)))

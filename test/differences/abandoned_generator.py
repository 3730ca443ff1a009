# A generator that is dropped before it ends: CPython runs its `finally` clauses at once, because the last reference went away.
# Krait's collector finds out later, at a collection or at the end of the program. The same holds for `__del__` and for files that
# are never closed (their data is written at the end of the program). What has to happen at a known time belongs into `with`; a
# generator is closed by its close(), or by contextlib.closing.
import contextlib


def numbers():
    try:
        yield 1
        yield 2
    finally:
        print("closed")


def first(iterator):
    for number in iterator:
        return number


def drop():
    print(first(numbers()))


drop()
print("dropped")
with contextlib.closing(numbers()) as iterator:
    print(first(iterator))
print("behind the with statement")

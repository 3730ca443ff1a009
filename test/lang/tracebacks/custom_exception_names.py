# uncaught
import traceback


class Outer:
    class Inner(Exception):
        pass


class Empty(Exception):
    def __str__(self):
        return ""


class Multi(Exception):
    def __str__(self):
        return "line one\nline two"


class Broken(Exception):
    def __str__(self):
        raise ValueError


def local():
    class Local(Exception):
        pass
    return Local


for e in (Outer.Inner("x"), Empty(1), Multi(), Broken(), local()("l"), Exception(), KeyError("k"), OSError(2, "gone", "file.txt")):
    traceback.print_exception(e)
raise Outer.Inner("uncaught", 5)

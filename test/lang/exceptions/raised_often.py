# Exceptions as control flow: made, raised and caught in compiled code; tracebacks and frames as if interpreted.
import sys
import traceback


class Shortage(Exception):
    def __init__(self, wanted, had):
        super().__init__(wanted, had)
        self.wanted = wanted
        self.had = had


class Plain(ValueError):
    pass


class Nested(Shortage):
    def __init__(self, wanted):
        super().__init__(wanted, 0)
        self.more = wanted * 2


def take(wanted, had):
    if wanted > had:
        raise Shortage(wanted, had)
    return had - wanted


def number(text):
    try:
        return int(text)
    except ValueError as error:
        return str(error)


def deep(level, n):
    local = level * 10
    if level == 0:
        if n % 2:
            raise KeyError(n)
        return n
    return deep(level - 1, n) + 1


def plain(n):
    if n % 3 == 0:
        raise Plain("three", n)
    if n % 3 == 1:
        raise Nested(n)
    return n


def run(rounds):
    total = 0
    for n in range(rounds):
        try:
            total += take(n % 7, 3)
        except Shortage as shortage:
            total += shortage.wanted * 100 + shortage.had
            if shortage.args != (n % 7, 3):
                print("args", shortage.args)
    table = {n: n for n in range(0, 20, 2)}
    items = [1, 2, 3]
    missing = outside = 0
    for n in range(rounds):
        try:
            total += table[n % 20]
        except KeyError as error:
            missing += error.args[0]
        try:
            total += items[n % 5]
        except IndexError:
            outside += 1
    for n in range(rounds):
        try:
            total += plain(n)
        except (Plain, Nested) as error:
            total += len(error.args)
            if type(error) is Nested:
                total += error.more + error.wanted
    return total, missing, outside


print(run(300))
print(run(300))
for text in ("12", "x", "", "3.5", "it's", "a\\b", " 7 ", "1_0", "+", "__", "é"):
    for _ in range(40):
        result = number(text)
    print(repr(text), result)


def show(n):
    try:
        deep(3, n)
    except LookupError as error:
        tb = error.__traceback__
        while tb:
            frame = tb.tb_frame
            print(frame.f_code.co_name, tb.tb_lineno - show.__code__.co_firstlineno, frame.f_lineno - show.__code__.co_firstlineno,
                  {k: v for k, v in frame.f_locals.items() if k in ("level", "n")})
            tb = tb.tb_next
        return traceback.format_exc()
    return None


for n in range(60):
    text = show(n % 2) if n > 57 else None
    try:
        deep(2, n)
    except KeyError as error:
        kept = error
print(text)
print([e.name for e in traceback.extract_tb(kept.__traceback__)])


def context(n):
    try:
        take(5, 1)
    except Shortage as first:
        try:
            raise Plain(n)
        except Plain as second:
            return second.__context__ is first, second.__cause__, sys.exc_info()[1] is second


for n in range(60):
    seen = context(n)
print(seen, sys.exc_info())

# The class changes while compiled code that makes it exists.
Shortage.__init__ = lambda self, wanted, had: Exception.__init__(self, "other")
try:
    take(5, 1)
except Shortage as error:
    print(error.args, hasattr(error, "wanted"))
Plain.__new__ = lambda cls, *args: ValueError.__new__(cls, "made")
Plain.__init__ = lambda self, *args: None
for n in range(30):
    try:
        plain(n)
    except Plain as error:
        made = error.args
    except Shortage as error:
        other = error.args
print(made, other)

# A library function may look at frames further out than its own caller: past functions of the library that are
# compiled, as they ran often, and at the module or line that called it.
import re
import warnings
from enum import Enum

Early = Enum("Early", "one two")
print(Early.__module__)


def warned_line(pattern):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        re.compile(pattern)
    return [(w.filename == __file__, w.lineno) for w in caught]


def warned_in_match(pattern):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        re.match(pattern, "")
    return [(w.filename == __file__, w.lineno) for w in caught]


def warned_in_template(template):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        re.sub("(x)", template, "xx")
        re.sub("(x)", template, "xy")
    return [(w.filename == __file__, w.lineno) for w in caught]


def make():
    return Enum("Made", "a b c")


for i in range(250):
    re.compile("(x%d)|y*|[a-%s]" % (i, "bcd"[i % 3]))
    re.purge()
    made = make()
print(made.__module__)
print(warned_line("()(?(+1)a|b)"))
print(warned_in_match("()(?(+1)c|d)"))
print(warned_in_match("[[a]"))
print(warned_line("((((?( 1 )a|b))))"))
print(warned_in_template("\\g<+1>"))

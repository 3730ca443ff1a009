import sys

sys.path.insert(0, __file__.rsplit("/", 1)[0] if "/" in __file__ else ".")
import _helper
from _helper import value, double as twice
import _helper as h

print(_helper.value, value, twice(4), h is _helper, _helper.__name__, h.get(), __name__)
value = 99
print(_helper.value, h.get())
_helper.value = 7
print(h.get(), value)
print("_helper" in sys.modules, sys.modules["_helper"] is h, _helper.__doc__)
import _helper

try:
    from _helper import missing
except ImportError as error:
    print(str(error).split(" (")[0])
try:
    _helper.missing
except AttributeError as error:
    print(error)
print(sorted(n for n in dir(_helper) if not n.startswith("__")))

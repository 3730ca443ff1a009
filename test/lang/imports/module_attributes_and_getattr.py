import sys
import types

m = types.ModuleType("made", "its doc")
m.x = 5
exec("def __getattr__(name): return 'dynamic ' + name\ndef __dir__(): return ['b', 'a']", m.__dict__)
print(m.x, m.y, m.__name__, m.__doc__, dir(m), repr(m))
sys.modules["made"] = m
from made import x, zzz

print(x, zzz)
import made

made.x = 6
print(m.x, x, type(made).__name__, vars(made) is m.__dict__)
del made.x
print(made.x)
print(__name__, __doc__, __spec__, __package__, type(__builtins__).__name__ in ("module", "dict"))


class Sub(types.ModuleType):
    @property
    def prop(self):
        return "property on a module"


s = Sub("s")
print(s.prop, s)

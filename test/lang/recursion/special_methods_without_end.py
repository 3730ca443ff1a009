# Special methods and descriptors that ask for themselves again: RecursionError, in threads too.
import copy
import operator
import pickle

from _ways import try_all


class Self:
    """Every special method asks for itself again."""

    def __repr__(self): return repr(self)
    def __str__(self): return str(self)
    def __eq__(self, other): return self == other
    def __ne__(self, other): return self != other
    def __lt__(self, other): return self < other
    def __hash__(self): return hash(self)
    def __len__(self): return len(self)
    def __bool__(self): return bool(self)
    def __getattr__(self, name): return getattr(self, name)
    def __add__(self, other): return self + other
    def __radd__(self, other): return other + self
    def __iadd__(self, other): self += other; return self
    def __neg__(self): return -self
    def __call__(self, *rest, **named): return self(*rest, **named)
    def __getitem__(self, index): return self[index]
    def __setitem__(self, index, value): self[index] = value
    def __delitem__(self, index): del self[index]
    def __contains__(self, item): return item in self
    def __iter__(self): return iter(self)
    def __next__(self): return next(self)
    def __reversed__(self): return reversed(self)
    def __int__(self): return int(self)
    def __index__(self): return operator.index(self)
    def __float__(self): return float(self)
    def __complex__(self): return complex(self)
    def __format__(self, spec): return format(self, spec)
    def __bytes__(self): return bytes(self)
    def __enter__(self):
        with self: pass
    def __exit__(self, *rest): pass
    def __dir__(self): return dir(self)
    def __round__(self, digits=None): return round(self)
    def __pow__(self, other): return self ** other
    def __divmod__(self, other): return divmod(self, other)
    def __abs__(self): return abs(self)
    def __copy__(self): return copy.copy(self)
    def __deepcopy__(self, memo): return copy.deepcopy(self)
    def __reduce__(self): return pickle.dumps(self)
    def __length_hint__(self): return operator.length_hint(self)
    def __fspath__(self): return open(self)


class Setter:
    def __setattr__(self, name, value): setattr(self, name, value)
    def __delattr__(self, name): delattr(self, name)
    def __getattribute__(self, name): return self.missing
    def __instancecheck__(self, instance): return isinstance(instance, self)
    def __subclasscheck__(self, sub): return issubclass(sub, self)


class Descriptor:
    def __get__(self, instance, owner): return instance.it
    def __set__(self, instance, value): instance.it = value


class Owner:
    it = Descriptor()

    @property
    def size(self): return self.size

    def method(self): return self.method()

    @classmethod
    def of_class(cls): return cls.of_class()

    @staticmethod
    def of_none(): return Owner.of_none()


class Made:
    def __new__(cls): return cls()


class Init:
    def __init__(self): Init()


class Meta(type):
    def __call__(cls): return cls()
    def __getattr__(cls, name): return getattr(cls, name)


class OfMeta(metaclass=Meta):
    pass


s, owner = Self(), Owner()
WAYS = {
    "repr": lambda: repr(s), "str": lambda: str(s), "==": lambda: s == 1, "!=": lambda: s != 1, "<": lambda: s < 1, "hash": lambda: hash(s),
    "len": lambda: len(s), "bool": lambda: bool(s), "not": lambda: not s, "getattr": lambda: s.what, "+": lambda: s + 1, "r+": lambda: 1 + s, "neg": lambda: -s,
    "call": lambda: s(), "call *": lambda: s(1, 2, k=3), "getitem": lambda: s[0], "in": lambda: 1 in s, "iter": lambda: iter(s), "for": lambda: [x for x in s],
    "next": lambda: next(s), "reversed": lambda: reversed(s), "int": lambda: int(s), "index": lambda: [1][s], "float": lambda: float(s), "complex": lambda: complex(s),
    "format": lambda: format(s), "f-string": lambda: f"{s}", "f-string !r": lambda: f"{s!r}", "%s": lambda: "%s" % s, "%r": lambda: "%r" % (s,), "bytes": lambda: bytes(s),
    "with": s.__enter__, "dir": lambda: dir(s), "round": lambda: round(s), "**": lambda: s ** 2, "divmod": lambda: divmod(s, 1), "abs": lambda: abs(s),
    "copy": lambda: copy.copy(s), "deepcopy": lambda: copy.deepcopy(s), "pickle": lambda: pickle.dumps(s), "length_hint": lambda: operator.length_hint(s), "open": lambda: open(s),
    "list of": lambda: repr([s]), "tuple ==": lambda: (s,) == (1,), "dict key": lambda: {s: 1}, "set of": lambda: {s}, "sorted": lambda: sorted([s, s]),
    "setattr": lambda: setattr(Setter(), "a", 1), "delattr": lambda: delattr(Setter(), "a"), "getattribute": lambda: Setter().a,
    "isinstance": lambda: isinstance(1, Setter()), "issubclass": lambda: issubclass(int, Setter()), "descriptor": lambda: owner.it, "descriptor set": lambda: setattr(owner, "it", 1),
    "property": lambda: owner.size, "method": owner.method, "classmethod": owner.of_class, "staticmethod": owner.of_none, "__new__": Made, "__init__": Init, "metaclass": OfMeta,
    "metaclass getattr": lambda: OfMeta.what,
}


try_all(WAYS)

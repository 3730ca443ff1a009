#!/usr/bin/python3.11
"""Random programs, by seed, in all configurations of Krait against CPython.

usage: random_programs.py [--build DIR] [--seed FIRST] [--count N] [--seconds S] [-j N] [--print] [CONFIGURATION...]

Each program has classes, generators, closures and functions full of loops, arithmetic, containers and exceptions; each
function is driven warm with arguments of one kind, then with others, then while classes, globals and functions are replaced.
All that is raised is caught and printed. A program that differs is kept in DIR/test/random together with the smallest version
of it that still differs (units are taken away, then statements), and the difference is shown. `--print` only prints the program
of the first seed.
"""

import argparse
import ast
import concurrent.futures
import os
import random
import sys
import time
import warnings

import programs

PROLOGUE = '''\
import sys
sys.set_int_max_str_digits(0)


def show(name, out):
    text = repr(out)
    print(name, len(out), sum(map(ord, text)) % 65521, text if len(text) < 400 else text[:150] + "..." + text[-150:])


def attempt(out, function):
    try:
        result = function()
        out.append(result if not hasattr(result, "__next__") else [x for x, _ in zip(result, range(20))])
    except Exception as error:
        out.append((type(error).__name__, str(error)))


class Manager:
    def __init__(self, log, swallow):
        self.log, self.swallow = log, swallow

    def __enter__(self):
        self.log.append(1)
        return len(self.log)

    def __exit__(self, kind, error, trace):
        self.log.append(2 if kind is None else 3)
        return self.swallow


class Custom(ValueError):
    pass


class Point:
    __slots__ = ("a", "b", "_c")
    made = 0

    def __init__(self, a, b=2, *, c=3):
        self.a = a
        self.b = b
        self._c = c
        Point.made += 1

    @property
    def c(self):
        return self._c

    @c.setter
    def c(self, value):
        if value == 13:
            raise Custom("thirteen")
        self._c = value

    @classmethod
    def origin(cls, *rest):
        return cls(0, len(rest))

    @staticmethod
    def plus(m, n=1):
        return m + n

    def moved(self, n):
        self.a, self.b = self.b, n
        return self

    def __lt__(self, other):
        return self.a < other.a

    def __getitem__(self, i):
        return (self.a, self.b, self._c)[i]

    def __contains__(self, x):
        return x == self.a or x == self.b

    def __call__(self, x, *more, k=0, **named):
        return x + len(more) + k + len(named)

    def __hash__(self):
        return hash(self.a)

    def __repr__(self):
        return "P(%r, %r, %r)" % tuple(self)


class Loose:
    """Attributes on demand."""

    def __init__(self, **given):
        self.__dict__.update(given)

    def __getattr__(self, name):
        if name.startswith("q"):
            return len(name)
        raise AttributeError(name)

    def __bool__(self):
        return "a" in self.__dict__

    def __repr__(self):
        return "L(%r)" % sorted(self.__dict__.items())


def star(a, b=1, *rest, k=2, **named):
    return a + b + len(rest) * 10 + k + len(named) * 100


def counting(log, n, m=0):
    try:
        for i in range(n):
            got = yield i + m
            if got:
                log.append(got)
    except Custom as error:
        log.append(str(error))
        yield -1
    finally:
        log.append("end")


def swapped(function, *arguments):
    """Calls [function] while the built-in len is another."""
    global len
    len = lambda x: 77
    try:
        return function(*arguments)
    finally:
        del len


async def waits(n):
    return n if n <= 0 else 1 + await waits(n - 2)


def driven(coroutine):
    try:
        coroutine.send(None)
    except StopIteration as stop:
        return stop.value


G0, G1, G2 = 3, 10, -7
'''

KINDS = ["int", "int", "int", "float", "str", "bool", "list", "dict", "tuple", "object"]
BOUNDARIES = ["4611686018427387903", "-4611686018427387904", "4611686018427387904", "9223372036854775807", "2147483648",
              "-9223372036854775809", "255", "65536"]  # fmt: skip
FLOATS = ["0.0", "(-0.0)", "0.5", "1.5", "(-2.25)", "1e16", "1e-3", "3.0", "1e300", "float('inf')", "float('nan')"]
ERRORS = ["ValueError", "KeyError", "IndexError", "TypeError", "ZeroDivisionError", "Custom", "LookupError", "ArithmeticError",
          "AttributeError", "Exception"]  # fmt: skip
RAISED = ["ValueError", "KeyError", "Custom", "TypeError", "StopIteration", "RuntimeError"]


class Generator:
    """Writes one program. A scope is a list of (name, kind) of the variables that are probably bound."""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.lines = []
        self.level = 0
        self.names = 0
        self.functions = []  # (name, kinds of parameters, kind of the result)
        self.makers = []  # generator functions: (name, kinds of parameters)
        self.classes = []
        self.loops = 0  # depth of loops here
        self.can_yield = False
        self.in_function = False
        self.in_comprehension = False

    # ---- Small things

    def line(self, text):
        self.lines.append("    " * self.level + text)

    def chance(self, p):
        return self.rng.random() < p

    def pick(self, items):
        return self.rng.choice(items)

    def fresh(self, front="v"):
        self.names += 1
        return "%s%d" % (front, self.names)

    def variable(self, scope, kind):
        found = [name for name, k in scope if k == kind]
        return self.pick(found) if found else None

    # ---- Expressions

    def expression(self, kind, scope, depth=3):
        if self.chance(0.003):
            kind = self.pick(KINDS)  # what should not be here
        name = self.variable(scope, kind)
        if name and self.chance(0.25 if depth else 0.8):
            return name
        if depth and self.chance(0.05):
            return "(%s if %s else %s)" % (
                self.expression(kind, scope, depth - 1), self.condition(scope, depth - 1), self.expression(kind, scope, depth - 1)
            )  # fmt: skip
        return getattr(self, "make_" + kind)(scope, depth)

    def simple(self, kind, scope):
        return self.expression(kind, scope, 0)

    def choose(self, choices):
        """One of [(weight, function)], called."""
        return self.rng.choices([f for _, f in choices], [w for w, _ in choices])[0]()

    def make_int(self, scope, depth):
        if depth == 0:
            return self.pick([str(self.rng.randrange(-3, 12)), str(self.rng.randrange(100)), "G0", "G1"] + ([self.pick(BOUNDARIES)] if self.chance(0.2) else []))
        e = lambda kind="int": self.expression(kind, scope, depth - 1)
        choices = [
            (6, lambda: "(%s %s %s)" % (e(), self.pick("+-"), e())),
            (3, lambda: "(%s * %s)" % (e(), self.rng.randrange(-3, 8))),
            (2, lambda: "(%s * %s %% 99991)" % (e(), e())),
            (2, lambda: "(%s * %s & 65535)" % (e(), e())),
            (3, lambda: "(%s %s %s)" % (e(), self.pick(["//", "%"]), self.pick([str(self.rng.randrange(1, 9)), "-3", "(%s | 1)" % e(), e()]))),
            (3, lambda: "(%s %s %s)" % (e(), self.pick("&|^"), e())),
            (2, lambda: "(%s << %d)" % (e(), self.rng.randrange(0, 9))),
            (2, lambda: "(%s >> %d)" % (e(), self.rng.randrange(0, 9))),
            (1, lambda: "(%s%s)" % (self.pick("-~+"), e())),
            (1, lambda: "abs(%s)" % e()),
            (1, lambda: "%s(%s, %s)" % (self.pick(["min", "max"]), e(), e())),
            (2, lambda: "len(%s)" % e(self.pick(["list", "str", "dict", "tuple"]))),
            (1, lambda: "sum(%s)" % e("list")),
            (1, lambda: "%s[%s]" % (e("list"), self.pick(["0", "-1", self.simple("int", scope)]))),
            (3, lambda: "(%s or [1])[%s %% 1]" % (e("list"), self.simple("int", scope))),
            (2, lambda: self.element(scope)),
            (0.5, lambda: "%s[%s]" % (e("dict"), self.key(scope))),
            (2, lambda: "%s.get(%s, %s)" % (e("dict"), self.key(scope), self.simple("int", scope))),
            (1, lambda: "%s[%d]" % (e("tuple"), self.rng.randrange(-2, 3))),
            (1, lambda: "int(%s)" % e(self.pick(["float", "bool", "int"]))),
            (1, lambda: "int(%s %% 100)" % e("float")),
            (1, lambda: "ord((%s or 'q')[0])" % e("str")),
            (1, lambda: "%s.count(%s)" % (e("list"), self.simple("int", scope))),
            (1, lambda: "divmod(%s, %s)[%d]" % (e(), self.pick(["7", "-5", e()]), self.rng.randrange(2))),
            (1, lambda: "(%s ** %d %% 1000003)" % (self.simple("int", scope), self.rng.randrange(5))),
            (1, lambda: "round(%s)" % e("float")),
            (1, lambda: "sum([%s for %s in %s])" % self.comprehension("int", scope)),
            (1, lambda: "sum(%s for %s in %s)" % self.comprehension("int", scope)),
            (3, lambda: "%s.%s" % (e("object"), self.pick(["x", "y", "size"]))),
            (4, lambda: "%s.%s(%s)" % (e("object"), self.pick(["step", "step", "other"]), self.simple("int", scope))),
            (1, lambda: "len(%s)" % e("object")),
            (1, lambda: "(lambda q: q + %s)(%s)" % (self.simple("int", scope), self.simple("int", scope))),
            (1.5, lambda: "star(%s)" % self.star_arguments(scope)),
            (1, lambda: "Point(%s, c=%s)%s" % (e(), e(), self.pick([".a", ".c", "[1]", "[-1]", ".moved(%s).b" % self.simple("int", scope)]))),
            (1, lambda: "Point.%s" % self.pick(["made", "plus(%s)" % e(), "plus(m=%s, n=2)" % e(), "origin(%s).b" % e(), "origin(*%s).b" % self.simple("list", scope)])),
            (1, lambda: "Point(1)(%s)" % self.star_arguments(scope)),
            (0.5, lambda: "Loose(a=%s).%s" % (e(), self.pick(["a", "qq", "zz"]))),
            (0.7, lambda: "driven(waits(%s %% 7))" % e()),
            (0.7, lambda: "(%s ** %d)" % (self.simple("int", scope), self.rng.randrange(3, 30))),
            (0.5, lambda: "int(%s)" % e("str")),
            (0.5, lambda: "pow(%s, %d, %s)" % (e(), self.rng.randrange(9), self.pick(["97", "1 << 40", e()]))),
            (0.5, lambda: "(%s).bit_length()" % e()),
            (0.5, lambda: "len({%s for %s in %s})" % self.comprehension("int", scope)),
            (0.5, lambda: "hash(%s)" % e(self.pick(["int", "float", "bool"]))),
            (0.5, lambda: "any(%s for %s in %s)" % self.comprehension("bool", scope)),
            (0.5, lambda: "next((%s for %s in %s), -5)" % self.comprehension("int", scope)),
            (0.5, lambda: "next(iter(%s))" % e(self.pick(["list", "dict", "tuple"]))),
            (0.5, lambda: "sum(%s for %s in %s for q in range(%s %% 4))" % (*self.comprehension("int", scope), self.simple("int", scope))),
            (0.5, lambda: "max(%s, key=lambda q: (q * 7 %% 5, q), default=%s)" % (e("list"), e())),
            (0.3, lambda: "%s.index(%s)" % (e(self.pick(["list", "tuple"])), e())),
            (0.3, lambda: "swapped(lambda: len(%s) + %s)" % (e("list"), e())),
            (0.4, lambda: "sum(counting([], %s %% 5, m=%s))" % (e(), self.simple("int", scope))),
            (0.4, lambda: "(%s := %s)" % (self.variable(scope, "int") or "w0", e()) if self.in_function and not self.in_comprehension else e()),
        ]
        calls = [f for f in self.functions if f[2] == "int"]
        if calls and self.loops < 2:
            choices.append((3, lambda: self.call(self.pick(calls), scope, depth)))
        if self.makers and self.loops < 2:
            choices.append((1, lambda: "sum(%s)" % self.call(self.pick(self.makers), scope, depth)))
        return self.choose(choices)

    def element(self, scope):
        name = self.variable(scope, "list")
        if not name:
            return self.simple("int", scope)
        return "(%s[%s %% len(%s)] if %s else 0)" % (name, self.simple("int", scope), name, name)

    def star_arguments(self, scope):
        simple = lambda kind="int": self.simple(kind, scope)
        return self.pick([
            simple(), "%s, %s" % (simple(), simple()), "*%s" % simple("list"), "%s, *%s, k=%s" % (simple(), simple("list"), simple()),
            "a=%s" % simple(), "%s, k=1, z=2" % simple(), "1, **%s" % simple("dict"), "*%s, **%s" % (simple("tuple"), simple("dict")), "*%s, *%s" % (simple("tuple"), simple("list")),
        ])  # fmt: skip

    def call(self, function, scope, depth):
        return "%s(%s)" % (function[0], ", ".join(self.expression(kind, scope, max(depth - 2, 0)) for kind in function[1]))

    def key(self, scope):
        return self.pick(["'a'", "'b'", "'key'", "str(%s)" % self.simple("int", scope), self.simple("str", scope)])

    def comprehension(self, kind, scope):
        name = self.fresh("c")
        source = self.pick(["range(%d)" % self.rng.randrange(7), self.expression("list", scope, 1)])
        inner = scope + [(name, "int")]
        within, self.in_comprehension = self.in_comprehension, True
        text = self.expression(kind, inner, 1)
        if self.chance(0.3):
            source += " if " + self.condition(inner, 1)
        self.in_comprehension = within
        return text, name, source

    def make_float(self, scope, depth):
        if depth == 0:
            return self.pick(FLOATS[: len(FLOATS) if self.chance(0.2) else 8])
        e = lambda kind="float": self.expression(kind, scope, depth - 1)
        return self.choose([
            (5, lambda: "(%s %s %s)" % (e(), self.pick("+-*"), e())),
            (3, lambda: "(%s %s %s)" % (e(), self.pick("+-*"), e("int"))),
            (3, lambda: "(%s / %s)" % (e("int"), self.pick(["2", "7", "-4", e("int")]))),
            (1, lambda: "(%s / %s)" % (e(), self.pick(["2", "0.1", e()]))),
            (1, lambda: "(%s %s %s)" % (e(), self.pick(["//", "%"]), self.pick(["2.5", e()]))),
            (1, lambda: "(-%s)" % e()),
            (1, lambda: "abs(%s)" % e()),
            (1, lambda: "(%s ** %s)" % (self.simple("float", scope), self.pick(["2", "0.5", "-1"]))),
            (1, lambda: "float(%s)" % e("int")),
            (1, lambda: "max(%s, %s)" % (e(), e())),
            (1, lambda: "round(%s, %d)" % (e(), self.rng.randrange(4))),
            (1, lambda: "sum([%s for %s in %s])" % self.comprehension("float", scope)),
            (1, lambda: "%s.w" % e("object")),
            (0.7, lambda: "float(%s)" % e("str")),
            (0.7, lambda: "sum(%s, %s)" % (e("list"), e())),
            (0.7, lambda: "(%s if %s > %s else %s)" % (e(), e(), e("int"), e("int"))),
            (0.5, lambda: "divmod(%s, %s)[%d]" % (e(), e(), self.rng.randrange(2))),
            (0.5, lambda: "float(%s) * %s" % (self.pick(BOUNDARIES), e())),
            (0.5, lambda: "min([%s, %s, %s])" % (e(), e("int"), e())),
        ])  # fmt: skip

    def make_str(self, scope, depth):
        if depth == 0:
            return self.pick(["'a'", "'b'", "''", "'key'", "'xyz'", "'\\u00e9\\u4e2d'"])
        e = lambda kind="str": self.expression(kind, scope, depth - 1)
        return self.choose([
            (3, lambda: "(%s + %s)[:20]" % (e(), e())),
            (3, lambda: "str(%s)" % e(self.pick(["int", "float", "bool", "tuple", "list"]))),
            (1, lambda: "repr(%s)" % e(self.pick(["str", "float", "object"]))),
            (2, lambda: "%s[%s:%s]" % (e(), self.pick(["", "1", "-2"]), self.pick(["", "3", "-1", self.simple("int", scope)]))),
            (0.3, lambda: "%s[%s]" % (e(), self.simple("int", scope))),
            (1, lambda: "%s.%s()" % (e(), self.pick(["upper", "strip", "title", "lower", "swapcase"]))),
            (1, lambda: "%s.replace(%s, %s)[:30]" % (e(), self.simple("str", scope), self.simple("str", scope))),
            (1, lambda: "%s.join([str(%s) for %s in %s])[:40]" % ((self.simple("str", scope),) + self.comprehension("int", scope))),
            (2, lambda: 'f"{%s}:{%s!r:>6}"' % (self.unquoted("int", scope), self.unquoted("int", scope))),
            (1, lambda: "'%%s-%%d' %% (%s, %s)" % (e(self.pick(["int", "float", "str"])), e("int"))),
            (1, lambda: "(%s * %d)" % (self.simple("str", scope), self.rng.randrange(4))),
            (1, lambda: "chr(97 + %s %% 26)" % e("int")),
            (1, lambda: 'f"{%s:{%s}}|{%s:.2f}|{%s:,}"' % (self.unquoted("int", scope), self.pick(["8", "'>5'", "3"]), self.unquoted("float", scope), self.unquoted("int", scope))),
            (1, lambda: "'%%5.2f|%%x|%%r' %% (%s, %s, %s)" % (self.simple("float", scope), self.simple("int", scope), self.simple(self.pick(KINDS), scope))),
            (1, lambda: "'{0}{1!r:>4}{k}'.format(%s, %s, k=%s)" % (e("int"), e("str"), e("bool"))),
            (0.7, lambda: "repr(%s)" % self.pick(["Point(%s)" % e("int"), "Loose(a=%s)" % e("int"), e("dict"), e("list")])),
            (0.7, lambda: "%s[%s:%s:%s]" % (e(), self.pick(["", "1", "-1"]), self.pick(["", "0", "-3"]), self.pick(["1", "-1", "2", "-2"]))),
            (0.7, lambda: "%s.split(%s)[%s]" % (e(), self.simple("str", scope), self.pick(["0", "-1", "1"]))),
            (0.5, lambda: "','.join(%s)" % self.pick(["sorted(%s)" % e("dict"), "map(str, %s)" % e("list"), e("dict")])),
            (0.5, lambda: "str.%s(%s)" % (self.pick(["upper", "title"]), e())),
            (0.5, lambda: "max(%s, %s)" % (e(), e())),
        ])  # fmt: skip

    def unquoted(self, kind, scope):
        name = self.variable(scope, kind)
        return name or str(self.rng.randrange(50))

    def make_bool(self, scope, depth):
        return self.pick(["True", "False"]) if depth == 0 else "(%s)" % self.condition(scope, depth - 1)

    def condition(self, scope, depth):
        e = lambda kind: self.expression(kind, scope, depth - 1 if depth else 0)
        compare = lambda kind: "%s %s %s" % (e(kind), self.pick(["<", "<=", ">", ">=", "==", "!="]), e(kind))
        return self.choose([
            (5, lambda: compare("int")),
            (2, lambda: compare("float")),
            (1, lambda: compare(self.pick(["str", "tuple", "list"]))),
            (1, lambda: "%s < %s <= %s" % (e("int"), e("int"), e("int"))),
            (2, lambda: "%s %% %d == 0" % (e("int"), self.rng.randrange(2, 5))),
            (1, lambda: "not %s" % e(self.pick(KINDS))),
            (1, lambda: "%s %s %s" % (e("bool"), self.pick(["and", "or", "==", "is"]), e("bool"))),
            (1, lambda: "%s in %s" % (e("int"), e("list"))),
            (1, lambda: "%s not in %s" % (self.key(scope), e("dict"))),
            (1, lambda: "isinstance(%s, %s)" % (e(self.pick(KINDS)), self.pick(["int", "float", "str", "(list, tuple)", "Base"]))),
            (1, lambda: "G%d is %sNone" % (self.rng.randrange(2), self.pick(["", "not "]))),
            (1, lambda: "%s == %s" % (e("object"), e("object"))),
        ])  # fmt: skip

    def make_list(self, scope, depth):
        if depth == 0:
            return self.pick(["[]", "[1, 2, 3]", "[5, -1]", "[0, 4, 2, 9]", "list(range(5))"])
        e = lambda kind="list": self.expression(kind, scope, depth - 1)
        return self.choose([
            (3, lambda: "[%s]" % ", ".join(self.expression("int", scope, depth - 1) for _ in range(self.rng.randrange(5)))),
            (2, lambda: "[%s for %s in %s]" % self.comprehension("int", scope)),
            (1, lambda: "[%s for %s in %s]" % self.comprehension(self.pick(KINDS), scope)),
            (2, lambda: "%s[%s:%s]" % (e(), self.pick(["", "1", "-3"]), self.pick(["", "4", "-1", self.simple("int", scope)]))),
            (1, lambda: "%s[::%s]" % (e(), self.pick(["-1", "2"]))),
            (1, lambda: "sorted(%s%s)" % (e(), self.pick(["", ", reverse=True", ", key=lambda q: -q", ", key=str"]))),
            (1, lambda: "(%s + %s)[-12:]" % (e(), e())),
            (1, lambda: "list(map(%s, %s))" % (self.pick(["abs", "str", "lambda q: q * 2", "float"]), e())),
            (1, lambda: "[q for p in (%s, %s) for q in p][:9]" % (e(), e())),
            (1, lambda: "list(%s)" % e(self.pick(["tuple", "str", "dict"]))),
            (1, lambda: "sorted({*%s})" % e()),
            (1, lambda: "[*%s, *%s]" % (e(), e(self.pick(["tuple", "str", "dict", "object"])))),
            (0.7, lambda: "list(zip(%s, %s))" % (e(), e("str"))),
            (0.7, lambda: "list(filter(%s, %s))" % (self.pick(["None", "lambda q: q > 1", "bool"]), e())),
            (0.7, lambda: "list(counting([], %s %% 4))" % e("int")),
            (0.7, lambda: "%s[%s:%s:%s]" % (e(), self.pick(["", "1", "-1", "9"]), self.pick(["", "0", "-3"]), self.pick(["1", "-1", "2", "-2", self.simple("int", scope)]))),
            (0.7, lambda: "(%s * %s)[:7]" % (e(), self.pick(["2", "0", "-1", "3"]))),
            (0.7, lambda: "[(%s, %s) for %s in %s]" % (lambda c: (c[1], *c))(self.comprehension("int", scope))),
            (0.7, lambda: "[%s for %s in %s for q in (%s, 1)]" % (*self.comprehension("int", scope), self.simple("int", scope))),
            (0.5, lambda: "sorted({%s for %s in %s})" % self.comprehension("int", scope)),
            (0.5, lambda: "list(%s.values())" % e("dict")),
        ])  # fmt: skip

    def make_dict(self, scope, depth):
        if depth == 0:
            return self.pick(["{}", "{'a': 1}", "{'a': 1, 'b': 2, 'key': 3}"])
        return self.choose([
            (3, lambda: "{%s}" % ", ".join("%s: %s" % (self.key(scope), self.expression("int", scope, depth - 1)) for _ in range(self.rng.randrange(4)))),
            (1, lambda: "{str(%s): %s for %s in %s}" % (lambda c: (c[1], *c))(self.comprehension("int", scope))),
            (1, lambda: "{**%s, 'z': %s}" % (self.expression("dict", scope, depth - 1), self.simple("int", scope))),
            (1, lambda: "dict(zip('abc', %s))" % self.expression("list", scope, depth - 1)),
            (0.7, lambda: "dict(z9=%s, **%s)" % (self.expression("int", scope, depth - 1), self.simple("dict", scope))),
            (0.7, lambda: "(%s | %s)" % (self.expression("dict", scope, depth - 1), self.expression("dict", scope, depth - 1))),
            (0.7, lambda: "{k: v + 1 for k, v in %s.items()}" % self.expression("dict", scope, depth - 1)),
        ])  # fmt: skip

    def make_tuple(self, scope, depth):
        if depth == 0:
            return self.pick(["(1, 2)", "(0, 0)", "(3, -4)"])
        return "(%s, %s)" % (self.expression("int", scope, depth - 1), self.expression("int", scope, depth - 1))

    def make_object(self, scope, depth):
        name = self.pick(self.classes) if self.classes else "Base"
        make = "%s(%s, %s)" % (name, self.simple("int", scope), self.simple("int", scope))
        return "(%s + %s)" % (make, self.simple("object", scope)) if depth and self.chance(0.15) else make

    # ---- Statements

    def block(self, scope, depth, count=None):
        self.level += 1
        before = len(self.lines)
        inner = list(scope)
        for _ in range(count or self.rng.randrange(1, 4)):
            self.statement(inner, depth)
        if len(self.lines) == before:
            self.line("pass")
        self.level -= 1
        # What a block binds may be unbound afterwards; now and then it is used all the same.
        if self.chance(0.07):
            scope.extend(v for v in inner if v not in scope)

    def statement(self, scope, depth):
        choices = [(8, self.assign), (5, self.augment), (3, self.container_statement), (1, self.unpack), (2, self.attribute_statement)]
        if depth:
            choices += [(4, self.if_statement), (4, self.for_statement), (2, self.while_statement), (3, self.try_statement), (1, self.with_statement)]
            choices += [(1, self.match_statement), (0.7, self.closure), (0.8, self.point_statement), (0.6, self.generator_statement), (0.5, self.mutating_loop)]
            choices += [(0.5, self.slice_statement), (0.4, self.counter_closure), (0.4, self.rebinding_statement), (0.3, self.local_class), (0.4, self.nested_with), (0.4, self.nested_try)]
        if self.loops:
            choices.append((0.7, self.leave_loop))
        if self.in_function:
            choices += [(0.4, self.return_statement), (0.5, self.raise_statement), (0.3, self.delete), (0.5, self.global_statement)]
        if self.can_yield:
            choices.append((5, self.yield_statement))
        self.rng.choices([f for _, f in choices], [w for w, _ in choices])[0](scope, depth)

    def assign(self, scope, depth):
        kind = self.pick(KINDS)
        name = self.variable(scope, kind) if self.chance(0.5) else None
        text = self.expression(kind, scope)
        name = name or self.fresh()
        self.line("%s = %s" % (name, text))
        scope.append((name, kind))

    def augment(self, scope, depth):
        kind = self.pick(["int", "int", "float", "list"])
        name = self.variable(scope, kind)
        if not name:
            return self.assign(scope, depth)
        if kind == "list":
            return self.line("%s += %s" % (name, self.pick(["[%s]" % self.expression("int", scope, 1), "(%s,)" % self.simple("int", scope)])))
        operator = self.pick(["+=", "-=", "+=", "^=", "|=", "&="] if kind == "int" else ["+=", "-=", "*="])
        self.line("%s %s %s" % (name, operator, self.expression(kind, scope, 2)))

    def container_statement(self, scope, depth):
        kind = self.pick(["list", "list", "dict"])
        name = self.variable(scope, kind)
        if not name:
            return self.assign(scope, depth)
        value = self.expression("int", scope, 2)
        if kind == "dict":
            return self.line(self.pick(["%s[%s] = %s", "%s[%s] = %s", "%s.setdefault(%s, %s)", "%s.pop(%s, %s)"]) % (name, self.key(scope), value))
        index = self.pick(["0", "-1", self.simple("int", scope)])
        if self.chance(0.5):
            return self.line("%s.append(%s)" % (name, value))
        if self.chance(0.5):
            return self.line("if %s: %s[-1] %s %s" % (name, name, self.pick(["=", "+="]), value))
        self.line(self.pick([
            "%s.append(%s)" % (name, value), "%s.append(%s)" % (name, value), "%s[%s] = %s" % (name, index, value),
            "%s[%s] += %s" % (name, index, value), "del %s[%s]" % (name, index), "%s.insert(%s, %s)" % (name, index, value),
            "%s.pop()" % name, "%s.reverse()" % name, "%s.sort()" % name, "%s[1:2] = [%s]" % (name, value), "%s.extend(%s)" % (name, self.simple("list", scope)),
        ]))  # fmt: skip

    def unpack(self, scope, depth):
        first, second = self.fresh(), self.fresh()
        source = self.pick([self.expression("tuple", scope), "%s, %s" % (self.expression("int", scope, 1), self.expression("int", scope, 1)), "divmod(%s, 5)" % self.simple("int", scope)])
        self.line("%s, %s%s = %s" % (first, self.pick(["", "", "", "*"]), second, source))
        scope += [(first, "int"), (second, "int")]
        if self.chance(0.3):
            self.line("%s, %s = %s, %s" % (first, second, second, first))

    def attribute_statement(self, scope, depth):
        name = self.variable(scope, "object")
        if not name:
            return self.assign(scope, depth)
        target = self.pick(["x =", "x +=", "y =", "y -=", "x =", "extra ="])
        self.line("%s.%s %s" % (name, target, self.expression("int", scope, 2)))

    def if_statement(self, scope, depth):
        self.line("if %s:" % self.condition(scope, 2))
        self.block(scope, depth - 1)
        if self.chance(0.3):
            self.line("elif %s:" % self.condition(scope, 2))
            self.block(scope, depth - 1)
        if self.chance(0.5):
            self.line("else:")
            self.block(scope, depth - 1)

    def for_statement(self, scope, depth):
        name, other = self.fresh("i"), self.fresh("j")
        limit = 8 if self.loops else 25
        sources = [
            ("range(%d)" % self.rng.randrange(limit), [(name, "int")]),
            ("range(%d)" % self.rng.randrange(limit), [(name, "int")]),
            ("range(%d, %d, %d)" % (self.rng.randrange(-5, 20), self.rng.randrange(-5, 20), self.pick([1, 2, -1, -3])), [(name, "int")]),
            ("range(%s %% 9)" % self.expression("int", scope, 1), [(name, "int")]),
            ("%s[:9]" % self.expression("list", scope, 2), [(name, "int")]),
            (self.expression("tuple", scope, 1), [(name, "int")]),
            ("enumerate(%s[:7])" % self.expression("list", scope, 1), [(name, "int"), (other, "int")]),
            ("zip(%s[:7], range(5))" % self.expression("list", scope, 1), [(name, "int"), (other, "int")]),
            ("list(%s.items())" % self.expression("dict", scope, 1), [(name, "str"), (other, "int")]),
            ("%s.values()" % self.expression("dict", scope, 1), [(name, "int")]),
            ("%s[:9]" % self.expression("str", scope, 1), [(name, "str")]),
            ("reversed(%s[:9])" % self.expression("list", scope, 1), [(name, "int")]),
            ("[%s, %s]" % (self.simple("object", scope), self.simple("object", scope)), [(name, "object")]),
            (self.simple("object", scope), [(name, "int")]),
        ]  # fmt: skip
        if self.makers:
            sources.append((self.call(self.pick(self.makers), scope, 2), [(name, "int")]))
            sources.append((self.call(self.pick(self.makers), scope, 2), [(name, "int")]))
        source, bound = self.pick(sources)
        self.line("for %s in %s:" % (", ".join(n for n, _ in bound), source))
        scope.extend(bound)
        self.loops += 1
        self.block(scope, depth - 1)
        self.loops -= 1
        if self.chance(0.1):
            self.line("else:")
            self.block(scope, depth - 1, 1)

    def while_statement(self, scope, depth):
        name = self.fresh("n")
        self.line("%s = %d" % (name, self.rng.randrange(1, 6 if self.loops else 16)))
        self.line("while %s > 0%s:" % (name, self.pick(["", "", " and " + self.condition(scope, 1)])))
        self.level += 1
        self.line("%s -= 1" % name)
        self.level -= 1
        self.loops += 1
        self.block(scope + [(name, "bool")], depth - 1)
        self.loops -= 1

    def leave_loop(self, scope, depth):
        self.line("if %s:" % self.condition(scope, 1))
        self.level += 1
        self.line(self.pick(["break", "continue"]))
        self.level -= 1

    def try_statement(self, scope, depth):
        self.line("try:")
        self.block(scope, depth - 1)
        handled = self.chance(0.85)
        if handled:
            name = self.fresh("e")
            self.line("except %s as %s:" % (self.pick([self.pick(ERRORS), "(%s, %s)" % (self.pick(ERRORS), self.pick(ERRORS))]), name))
            self.level += 1
            log = self.variable(scope, "list")
            if log:
                self.line("%s.append(len(str(%s)))" % (log, name))
            else:
                self.line("str(%s)" % name)
            if self.chance(0.2):
                self.line(self.pick(["raise", "raise Custom('again') from %s" % name, "raise KeyError(1)"]))
            self.level -= 1
            if self.chance(0.4):
                self.line("except Exception:")
                self.block(scope, depth - 1, 1)
            if self.chance(0.2):
                self.line("else:")
                self.block(scope, depth - 1, 1)
        if not handled or self.chance(0.25):
            self.line("finally:")
            loops, self.loops = self.loops, 0  # no break or continue out of it
            function, self.in_function = self.in_function, False
            self.block(scope, 0, 1)
            self.loops, self.in_function = loops, function

    def with_statement(self, scope, depth):
        log = self.variable(scope, "list")
        name = self.fresh()
        self.line("with Manager(%s, %s) as %s:" % (log or "[]", self.pick(["True", "False"]), name))
        self.block(scope + [(name, "int")], depth - 1)

    def match_statement(self, scope, depth):
        kind = self.pick(["int", "tuple", "list", "object", "str", "dict"])
        self.line("match %s:" % self.expression(kind, scope, 2))
        name, other = self.fresh(), self.fresh()
        patterns = {
            "int": ["0 | 1 | 2", "%s if %s > 5" % (name, name), "bool()", "float(%s)" % name],
            "dict": ["{'a': 1}", "{'a': %s, **%s}" % (name, other), "{}"],
            "tuple": ["(0, %s)" % name, "(%s, 2)" % name, "[%s, %s]" % (name, other)],
            "list": ["[]", "[%s]" % name, "[%s, *_]" % name, "[_, %s, *%s]" % (name, other)],
            "object": ["Base(x=0)", "Base(x=%s, y=%s)" % (name, other)],
            "str": ["'a'", "'' | 'b'", "str(%s)" % name],
        }[kind]
        self.level += 1
        for pattern in patterns[: self.rng.randrange(1, len(patterns) + 1)]:
            self.line("case %s:" % pattern)
            self.block(scope, depth - 1, 1)
        if self.chance(0.7):
            self.line("case _:")
            self.block(scope, depth - 1, 1)
        self.level -= 1

    def closure(self, scope, depth):
        name, variable = self.fresh("inner"), self.variable(scope, "int")
        if not variable or not self.in_function:
            return
        self.line("def %s(p, q=%s):" % (name, self.simple("int", scope)))
        keep = self.loops, self.can_yield
        self.loops, self.can_yield = 2, False
        self.level += 1
        if self.chance(0.5):
            self.line("nonlocal %s" % variable)
            self.line("%s += p" % variable)
        inner = [(n, k) for n, k in scope if k in ("int", "float")][:3] + [("p", "int"), ("q", "int")]
        self.line("return %s" % self.expression("int", inner, 2))
        self.level -= 1
        self.loops, self.can_yield = keep
        result = self.fresh()
        self.line("%s = [%s(r) for r in range(%d)]" % (result, name, self.rng.randrange(6)))
        scope.append((result, "list"))
        if self.chance(0.5):
            self.line("%s = %s(%s, q=1)" % (self.variable(scope, "int"), name, self.simple("int", scope)))

    def point_statement(self, scope, depth):
        name = self.fresh("o")
        e = lambda: self.expression("int", scope, 1)
        self.line("%s = %s" % (name, self.pick(["Point(%s)" % e(), "Point(%s, %s)" % (e(), e()), "Point(b=1, a=%s)" % e(), "Loose(a=%s, b=2, c=%s)" % (e(), e()), "Point.origin(1)"])))
        for _ in range(self.rng.randrange(1, 4)):
            self.line(self.pick(["%s.a += %s", "%s.c = %s", "%s.b -= %s", "%s.c += %s", "%s.a = %s", "%s.z = %s"]) % (name, e()))
        if self.chance(0.3):
            self.line("del %s.%s" % (name, self.pick(["a", "b", "z"])))
        result = self.fresh()
        self.line("%s = %s.a + %s.c" % (result, name, name))
        scope.append((result, "int"))
        log = self.variable(scope, "list")
        if log and self.chance(0.5):
            self.line("%s.append(%s in %s)" % (log, e(), name))

    def generator_statement(self, scope, depth):
        name, log, got = self.fresh("g"), self.variable(scope, "list"), self.fresh()
        self.line("%s = counting(%s, %s %% 6, m=%s)" % (name, log or "[]", self.expression("int", scope, 1), self.simple("int", scope)))
        self.line("%s = %s" % (got, self.pick(["next(%s, -2)" % name, "next(%s)" % name, "%s.send(None)" % name])))
        scope.append((got, "int"))
        for _ in range(self.rng.randrange(3)):
            self.line("%s = %s" % (got, self.pick(["%s.send(%s)" % (name, self.simple("int", scope)), "next(%s, -3)" % name, "%s.throw(Custom('in'))" % name, "%s.throw(KeyError(1))" % name])))
        self.line(self.pick(["%s.close()" % name, "for %s in %s: pass" % (got, name), "%s = sum(%s)" % (got, name)]))

    def mutating_loop(self, scope, depth):
        kind = self.pick(["list", "dict"])
        name, turn = self.fresh(), self.fresh("i")
        self.line("%s = %s" % (name, self.expression(kind, scope, 1)))
        scope.append((name, kind))
        self.line("for %s in %s:" % (turn, name))
        self.level += 1
        self.line("if %s: break" % ("len(%s) > 9" % name))
        self.line("if %s:" % self.condition(scope, 1))
        if kind == "list":
            self.line("    " + self.pick(["%s.append(1)", "%s.pop()", "%s.insert(0, 2)", "%s.clear()", "del %s[0]", "%s[:] = [7]", "%s += [1]"]) % name)
        else:
            self.line("    " + self.pick(["%s['n'] = 1", "%s.pop('a', 0)", "%s.clear()", "del %s['b']", "%s.update(a=2)", "%s['a'] = 5"]) % name)
        if self.chance(0.5):
            self.statement(scope + [(turn, "int" if kind == "list" else "str")], 0)
        self.level -= 1

    def slice_statement(self, scope, depth):
        name = self.variable(scope, "list")
        if not name:
            return self.assign(scope, depth)
        piece = "%s[%s:%s%s]" % (name, self.pick(["", "0", "1", "-2", "5"]), self.pick(["", "2", "-1", "0"]), self.pick(["", "", ":2", ":-1"]))
        self.line(self.pick(["%s = %s" % (piece, self.expression("list", scope, 1)), "del %s" % piece, "%s = ()" % piece, "%s += [1, 2]" % piece, "%s = %s" % (piece, self.simple("tuple", scope))]))

    def counter_closure(self, scope, depth):
        if not self.in_function:
            return self.assign(scope, depth)
        name, inner, held = self.fresh("make"), self.fresh("inner"), self.fresh()
        self.line("def %s(n):" % name)
        self.line("    total = %s" % self.simple("int", scope))
        self.line("    def %s(x, step=1):" % inner)
        self.line("        nonlocal total, n")
        self.line("        total += x * step")
        self.line("        if total %% 5 == %d: n += 1" % self.rng.randrange(5))
        self.line("        return total + n")
        self.line("    return %s, lambda: (total, n)" % inner)
        self.line("%s, peek%s = %s(%s)" % (inner, inner, name, self.expression("int", scope, 1)))
        self.line("%s = [%s(q) for q in range(%d)]" % (held, inner, self.rng.randrange(8)))
        scope.append((held, "list"))
        self.line("%s += peek%s()" % (held, inner))

    def rebinding_statement(self, scope, depth):
        """A class attribute, method or built-in is another for a while."""
        name, turn = self.fresh(), self.fresh("i")
        self.line("%s = 0" % name)
        scope.append((name, "int"))
        self.line("for %s in range(%d):" % (turn, self.rng.randrange(2, 12)))
        at = self.rng.randrange(9)
        which = self.rng.randrange(4)
        loop = scope + [(turn, "int")]
        if which == 0:
            self.line("    if %s == %d: Point.plus = staticmethod(lambda m, n=1: m - n)" % (turn, at))
            self.line("    %s += Point.plus(%s)" % (name, self.simple("int", loop)))
            self.line("Point.plus = staticmethod(lambda m, n=1: m + n)")
        elif which == 1:
            self.line("    %s += len(%s)" % (name, self.simple("list", loop)))
            self.line("    if %s == %d: %s = swapped(lambda: len([]) + %s)" % (turn, at, name, name))
        elif which == 2:
            self.line("    if %s == %d: Point.k = property(lambda self: self.a * 2)" % (turn, at))
            self.line("    else: Point.k = %s" % turn)
            self.line("    %s += Point(%s).k" % (name, self.simple("int", loop)))
        else:
            self.line("    if %s == %d: Base.w = %s" % (turn, at, self.simple("int", loop)))
            self.line("    %s += Base(1, %s).w" % (name, self.simple("int", loop)))
            self.line("Base.w = 0.5")

    def local_class(self, scope, depth):
        if not self.in_function:
            return self.assign(scope, depth)
        name, base, item = self.fresh("K"), self.pick(["Base", "Point", "list", "dict", "int", "object"]), self.fresh()
        self.line("class %s(%s):" % (name, base))
        self.line("    field = %s" % self.simple("int", []))
        self.line("    def get(self, n=%s): return self.field + n" % self.simple("int", scope))
        self.line("    def __add__(self, other): return %s" % self.pick(["self.field", "NotImplemented", "5"]))
        arguments = {"Base": "1, 2", "Point": "3", "list": "[4, 5]", "dict": "a=1", "int": "6", "object": ""}[base]
        self.line("%s = %s(%s)" % (item, name, arguments))
        result = self.fresh()
        self.line("%s = [%s.get(), %s.get(%s)]" % (result, item, item, self.simple("int", scope)))
        scope.append((result, "list"))
        if self.chance(0.5):
            self.line("%s.append(%s)" % (result, self.pick(["%s + 1" % item, "isinstance(%s, %s)" % (item, base), "type(%s).field" % item, "%s.field" % name])))

    def nested_with(self, scope, depth):
        log = self.variable(scope, "list")
        if not log:
            return self.assign(scope, depth)
        name, other = self.fresh(), self.fresh()
        self.line("with Manager(%s, %s) as %s, Manager(%s, %s) as %s:" % (log, self.pick(["True", "False"]), name, log, self.pick(["True", "False"]), other))
        inner = scope + [(name, "int"), (other, "int")]
        self.level += 1
        self.line("if %s: raise %s(%s)" % (self.condition(inner, 1), self.pick(RAISED), self.simple("int", inner)))
        if self.chance(0.4) and self.in_function and not self.can_yield:
            self.line("if %s: return %s" % (self.condition(inner, 1), self.expression(self.result, inner, 1)))
        if self.loops and self.chance(0.4):
            self.line("if %s: %s" % (self.condition(inner, 1), self.pick(["break", "continue"])))
        self.level -= 1
        self.block(inner, depth - 1, 1)

    def nested_try(self, scope, depth):
        """Exceptions that are handled while another one is, with contexts that are seen."""
        log, name = self.variable(scope, "list"), self.fresh("e")
        if not log:
            return self.assign(scope, depth)
        self.line("try:")
        self.line("    try:")
        self.level += 1
        self.block(scope, depth - 1, 1)
        self.line("    raise %s(%s)" % (self.pick(RAISED), self.simple("int", scope)))
        self.line("except %s:" % self.pick(ERRORS))
        self.block(scope, 0, 1)
        self.line("    " + self.pick(["raise", "{}['gone']".format("{}"), "raise Custom(1)", "pass", "raise Custom(2) from None"]))
        if self.chance(0.5):
            self.line("finally:")
            self.line("    %s.append(0)" % log)
            if self.loops and self.chance(0.3):
                self.line("    if %s: %s" % (self.condition(scope, 1), self.pick(["break", "continue"])))
            elif self.in_function and not self.can_yield and self.chance(0.3):
                self.line("    if %s: return %s" % (self.condition(scope, 1), self.expression(self.result, scope, 1)))
        self.level -= 1
        self.line("except Exception as %s:" % name)
        self.line("    %s.append(type(%s.__context__).__name__ == type(%s).__name__)" % (log, name, name))
        self.line("    %s.append(str(type(%s.__cause__)) + str(sys.exc_info()[1] is %s))" % (log, name, name))

    def return_statement(self, scope, depth):
        self.line("if %s:" % self.condition(scope, 1))
        self.level += 1
        self.line("return" if self.can_yield else "return %s" % self.expression(self.result, scope, 2))
        self.level -= 1

    def raise_statement(self, scope, depth):
        self.line("if %s:" % self.condition(scope, 1))
        self.level += 1
        self.line("raise %s(%s)" % (self.pick(RAISED), self.simple(self.pick(["int", "str"]), scope)))
        self.level -= 1

    def delete(self, scope, depth):
        name = self.variable(scope, self.pick(["int", "list"]))
        if name and not name.startswith("p"):
            self.line("if %s:" % self.condition(scope, 1))
            self.line("    del %s" % name)

    def global_statement(self, scope, depth):
        self.line("set_global(%s)" % self.expression("int", scope, 1))

    def yield_statement(self, scope, depth):
        if self.chance(0.15):
            return self.line("yield from %s" % self.pick(["range(3)", self.expression("list", scope, 1)] + [self.call(m, scope, 1) for m in self.makers[-1:]]))
        if self.chance(0.15):
            name = self.fresh()
            self.line("%s = (yield %s) or 1" % (name, self.expression("int", scope, 2)))
            return scope.append((name, "int"))
        self.line("yield %s" % self.expression("int", scope, 2))

    # ---- Units

    def function_body(self, scope, result, statements):
        self.in_function, self.result = True, result
        self.level += 1
        for _ in range(statements):
            self.statement(scope, 3)
        if not self.can_yield:
            self.line("return %s" % self.expression(result, scope, 2))
        self.level -= 1
        self.in_function = False

    def function(self):
        kinds = [self.pick(KINDS) for _ in range(self.rng.randrange(1, 4))]
        result = self.pick(["int", "int", "int", "float", "str", "list", "tuple", "object"])
        name = self.fresh("f")
        parameters = ["p%d" % i for i in range(len(kinds))]
        self.line("def %s(%s):" % (name, ", ".join(parameters)))
        scope = list(zip(parameters, kinds))
        self.level += 1
        for kind in ("int", "list", "int"):
            variable = self.fresh()
            self.line("%s = %s" % (variable, self.simple(kind, [])))
            scope.append((variable, kind))
        self.level -= 1
        self.function_body(scope, result, self.rng.randrange(3, 9))
        self.line("")
        self.functions.append((name, kinds, result))

    def maker(self):
        kinds = [self.pick(["int", "list", "object"]) for _ in range(self.rng.randrange(1, 3))]
        name = self.fresh("g")
        parameters = ["p%d" % i for i in range(len(kinds))]
        self.line("def %s(%s):" % (name, ", ".join(parameters)))
        self.can_yield, self.loops = True, 1
        self.level += 1
        self.line("for i in range(%d):" % self.rng.randrange(1, 6))
        self.level -= 1
        self.level += 1
        self.function_body(list(zip(parameters, kinds)) + [("i", "int")], "int", self.rng.randrange(2, 5))
        self.level -= 1
        self.line("    yield %d" % self.rng.randrange(9))
        self.line("")
        self.can_yield, self.loops = False, 0
        self.makers.append((name, kinds))

    def base_class(self):
        self.lines += '''\
class Base:
    w = 0.5

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def step(self, n):
        self.x += n
        return self.x - self.y

    def other(self, n):
        return self.step(n) + self.step(-n)

    @property
    def size(self):
        return self.x * self.x + self.y * self.y & 4095

    def __add__(self, that):
        return type(self)(self.x + that.x, self.y - that.y)

    def __eq__(self, that):
        return isinstance(that, Base) and self.x == that.x

    def __len__(self):
        return abs(self.x) % 5

    def __iter__(self):
        return iter((self.x, self.y))

    def __repr__(self):
        return f"{type(self).__name__}({self.x}, {self.y})"


def set_global(value):
    global G0, G1
    if value % 3 == 0:
        G0 = value % 100
    elif value % 97 == 1:
        G1 = [1, 2.5, 1 << 70, "s"][value % 4]

'''.splitlines()
        self.classes.append("Base")

    def derived_class(self):
        name = self.fresh("C")
        self.line("class %s(%s):" % (name, self.pick(self.classes)))
        self.level += 1
        if self.chance(0.3):
            self.line("__slots__ = ('s',)")
        scope = [("self", "object"), ("n", "int")]
        self.classes.append(name)
        self.loops = 2  # methods are called from everywhere
        for method in ("step", "other", "size", "__init__"):
            if self.chance(0.5):
                continue
            if method == "__init__":
                self.line("def __init__(self, x, y):")
                self.level += 1
                self.line(self.pick(["super().__init__(x, y)", "Base.__init__(self, y, x)", "self.x, self.y = x, y"]))
                self.line("self.%s = %s" % (self.pick(["w", "z"]), self.pick(["x * 0.5", "y", "1.5"])))
                self.level -= 1
                continue
            if method == "size":
                self.line("@property")
            self.line("def %s(self%s):" % (method, "" if method == "size" else ", n"))
            here = scope[:1] if method == "size" else scope
            saved = self.functions, self.makers
            self.functions, self.makers = [], []
            self.level += 1
            self.line("m = %s" % self.pick(["self.x", "self.y", "1", "super().%s%s" % (method, "" if method == "size" else "(n)")]))
            self.line("if m %% 7 == %d: m = %s" % (self.rng.randrange(7), self.pick(["self.x", "0", "-1", "m // 3", "self.y + 1"])))
            self.line("return m + %s" % self.pick(["self.x", "self.y", "1", "G0", "len(self)"]))
            self.level -= 1
            self.functions, self.makers = saved
        self.line("def extra_method(self): return self.x")
        self.loops = 0
        self.level -= 1
        self.line("")

    def driver(self, function):
        name, kinds = function[:2]
        rounds = self.pick([30, 100, 250])
        call = lambda kinds: "lambda: %s(%s)" % (name, ", ".join(self.expression(kind, [("i", "int")], 1) for kind in kinds))
        self.line("def drive_%s():" % name)
        self.level += 1
        self.line("global %s" % name)
        self.line("out = []")
        self.line("for i in range(%d):" % rounds)
        self.line("    attempt(out, %s)" % call(kinds))
        self.line("show('%s warm', out[-5:])" % name)
        self.line("out = []")
        for _ in range(3):
            self.line("for i in range(4):")
            self.line("    attempt(out, %s)" % call([self.pick(KINDS) if self.chance(0.4) else k for k in kinds]))
        self.line("show('%s other', out)" % name)
        if self.chance(0.4):
            victim = self.pick(self.classes)
            self.line("out, saved = [], %s.step" % victim)
            self.line("for i in range(40):")
            self.line("    if i == 20: %s.step = lambda self, n: n - self.x" % victim)
            self.line("    attempt(out, %s)" % call(kinds))
            self.line("%s.step = saved" % victim)
            self.line("show('%s replaced', out[-30:])" % name)
        self.level -= 1
        self.line("")
        self.line("drive_%s()" % name)
        self.line("")

    def program(self):
        self.lines = PROLOGUE.splitlines()
        self.base_class()
        for _ in range(self.rng.randrange(1, 4)):
            self.derived_class()
        for _ in range(self.rng.randrange(0, 2)):
            self.maker()
        for _ in range(self.rng.randrange(1, 4)):
            self.function()
        for function in [*self.functions, *self.makers]:
            self.driver(function)
        if self.chance(0.2):
            self.line(self.call(self.pick(self.functions), [], 2))
            self.line("raise Custom('at the end')")
        return "\n".join(self.lines) + "\n"


# ---- Trying and reducing -------------------------------------------------------------------------------


class Trial:
    def __init__(self, options):
        self.build = os.path.abspath(options.build)
        self.folder = os.path.join(self.build, "test", "random")
        self.configurations = options.configurations or programs.QUICK
        os.makedirs(self.folder, exist_ok=True)

    def differences(self, name, source, configurations):
        """{configuration: difference} of the program; None where CPython is no oracle (too slow, too much memory)."""
        path = os.path.join(self.folder, name + ".py")
        with open(path, "w") as file:
            file.write(source)
        runner = programs.Runner(self.build, path, os.path.join(self.folder, name))
        began = time.monotonic()
        answer = runner.run([programs.PYTHON, path])
        if time.monotonic() - began > 8 or "MemoryError" in answer["err"] or "timeout" in str(answer["code"]):
            return None
        # Addresses; a traceback whose line CPython's merged instructions LOAD_FAST and STORE_FAST get wrong; a warning that
        # CPython gives for each copy of a loop's condition.
        if " at 0x" in answer["out"] or "UnboundLocalError" in answer["err"] or "Warning" in answer["err"]:
            return None
        runner.oracle = lambda arguments=(): answer
        found = {}
        for configuration in configurations:
            outcome = runner.run_one(configuration)
            if not outcome["ok"]:
                found[configuration] = outcome["text"]
        return found

    def one(self, seed):
        """The differences of the program of [seed] after reduction, as text; empty if there are none."""
        name = "seed%d" % seed
        source = Generator(seed).program()
        found = self.differences(name, source, self.configurations)
        if not found:
            self.clean(name)
            return ""
        configuration = next(iter(found))
        small, text = self.reduced(name, source, configuration, found[configuration])
        with open(os.path.join(self.folder, name + ".small.py"), "w") as file:
            file.write(small)
        self.differences(name, source, [])
        return "seed %d, %s:\n%s\n%s" % (seed, ", ".join(found), small, text)

    def clean(self, name):
        os.remove(os.path.join(self.folder, name + ".py"))

    def reduced(self, name, source, configuration, text):
        """Takes statements away, largest first, as long as [configuration] still differs."""
        deadline = time.monotonic() + 120
        tree = ast.parse(source)
        progress = True
        while progress and time.monotonic() < deadline:
            progress = False
            bodies = [
                (node, field)
                for node in ast.walk(tree)
                for field in ("body", "orelse", "finalbody", "handlers")
                if isinstance(getattr(node, field, None), list)
            ]
            for node, field in bodies:
                size = len(getattr(node, field))
                while size and time.monotonic() < deadline:
                    at = 0
                    while at < len(getattr(node, field)) and time.monotonic() < deadline:
                        whole = list(getattr(node, field))
                        rest = whole[:at] + whole[at + size:]
                        needed = field == "body" and not isinstance(node, ast.Module)
                        setattr(node, field, rest or ([ast.Pass()] if needed else []))
                        if [type(s) for s in whole] == [ast.Pass]:
                            setattr(node, field, whole)
                            break
                        now = self.differing(name, tree, configuration)
                        if now:
                            text, progress = now, True
                        else:
                            setattr(node, field, whole)
                            at += size
                    size //= 2
        return ast.unparse(tree) + "\n", text

    def differing(self, name, tree, configuration):
        try:
            source = ast.unparse(ast.fix_missing_locations(tree)) + "\n"
            compile(source, "small", "exec")
        except (SyntaxError, ValueError):
            return None
        found = self.differences(name + "_small", source, [configuration])
        return found.get(configuration) if found else None


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("\n\n")[1])
    parser.add_argument("--build", default="build")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=float("inf"))
    parser.add_argument("-j", type=int, default=os.cpu_count())
    parser.add_argument("--print", action="store_true", dest="only_print")
    parser.add_argument("configurations", nargs="*")
    options = parser.parse_args()
    warnings.simplefilter("ignore")  # of compiling reduced programs
    if options.only_print:
        print(Generator(options.seed).program(), end="")
        return
    trial = Trial(options)
    end = time.monotonic() + options.seconds
    ran = failed = 0

    def one(seed):
        return trial.one(seed) if time.monotonic() < end else None

    with concurrent.futures.ThreadPoolExecutor(options.j) as pool:
        for text in pool.map(one, range(options.seed, options.seed + options.count)):
            ran += text is not None
            if text:
                failed += 1
                print(text + "\n", flush=True)
    print("%d programs from seed %d, %d differ" % (ran, options.seed, failed))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()

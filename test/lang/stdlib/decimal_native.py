# Decimals: arithmetic, rounding, contexts and their signals, conversions, formats; small, at 28 digits and with thousands.
import copy
import pickle
from decimal import *
from fractions import Fraction

a, b = Decimal("1234.5678"), Decimal("-98.7654")
print(a + b, a - b, a * b, a / b, a // b, a % b, divmod(a, b), -a, abs(b), a ** 3, a ** Decimal("0.5"))
print(a + 5, 5 - a, a < b, a == 5, a > 1.5, Decimal("0.5") == Fraction(1, 2) == 0.5)
print(hash(Decimal("0.5")) == hash(0.5), hash(Decimal(10) ** 30) == hash(10**30), {Decimal("1.0"): 1}[1])
print(a.sqrt(), a.exp(), a.ln(), a.log10(), a.fma(2, 3), a.quantize(Decimal("0.01"), ROUND_UP))
print(a.as_tuple(), a.as_integer_ratio(), int(a), float(b), round(a), round(a, 2), a.adjusted())
for text in ("0", "-0E+5", "1E-7", "123E+5", "NaN12", "-sNaN", "Infinity", " 1_000.50 ", "\u0661\u0662", "1..2", "", "1e9999999999999999999"):
    try:
        d = Decimal(text)
        print(d, d.to_eng_string(), d.number_class(), d.is_signed(), repr(d))
    except InvalidOperation as e:
        print("invalid", e)
for spec in ("", ",.2f", "015,.1f", ".3e", "g", ".2g", "%", "*^20.1f", "z.0f", "+", "x"):
    try:
        print(format(a, spec), format(Decimal("-0.04"), spec), format(Decimal("nan"), spec))
    except ValueError as e:
        print(e)

for rounding in (ROUND_UP, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_05UP):
    c = Context(prec=3, Emax=9, Emin=-9, rounding=rounding, traps=[])
    print([str(c.divide(x, y)) for x, y in ((2, 3), (-2, 3), (10015, 10), (-10025, 10), (10**9, 7), (1, 10**11))])
    print(c.multiply(10**5, 10**6), c.plus(Decimal("1.2345E-10")), c)
with localcontext(prec=5) as c:
    c.traps[Inexact] = True
    try:
        Decimal(1) / 3
    except Inexact as e:
        print(type(e).__mro__[1:4], e.args, c.flags[Rounded], c.prec)
for bad in (lambda: Decimal(1) / 0, lambda: Decimal(0) / 0, lambda: Decimal("inf") - Decimal("inf"), lambda: Decimal("snan") + 1,
            lambda: Decimal(1) + 1.5, lambda: Decimal([]), lambda: Context(prec=0), lambda: Context(rounding="x"),
            lambda: Decimal("nan") < 1, lambda: int(Decimal("inf")), lambda: hash(Decimal("snan")), lambda: Decimal(1).quantize(Decimal("1e-40"))):
    try:
        bad()
    except Exception as e:
        print(type(e).__name__, e)
print(getcontext().prec, getcontext().flags[DivisionByZero])

getcontext().prec = 3000
third = Decimal(1) / 3
print(hash(str(third * 3)) == hash("0." + "9" * 3000), (third * third).adjusted(), (1 / third).normalize() == 3)
x, y = Decimal(7) ** 3000, Decimal(3) ** 2500
q, r = divmod(x, y)
print((int(q), int(r)) == divmod(7**3000, 3**2500), str(x) == str(7**3000), int(x.sqrt()) == int(Decimal(7) ** 1500))
getcontext().prec = 50
print(Decimal(2).ln(), Decimal(10).log10(), pow(Decimal(3), 10**20, 10**9 + 7))


class Money(Decimal):
    pass


m = Money("12.50")
m.note = "tip"
print(type(m + 1), type(-m), m.note, type(copy.copy(m)), type(pickle.loads(pickle.dumps(m))), pickle.loads(pickle.dumps(a)) == a)
c = pickle.loads(pickle.dumps(Context(prec=7, traps=[Overflow], flags=[Rounded])))
print(c, c.flags == Context(flags=[Rounded]).flags)
getcontext().prec = MAX_PREC
getcontext().Emax = MAX_EMAX
getcontext().Emin = MIN_EMIN
print(Decimal(10) / 4, Decimal("2.25").sqrt())
try:
    Decimal(1) / 3
except MemoryError:
    print("no memory")

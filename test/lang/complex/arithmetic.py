a, b = 1 + 2j, 3 - 4j
print(a + b, a - b, a * b, a / b, a ** 2, a ** -1, -a, +a, abs(b), a.conjugate(), a.real, a.imag, a == 1 + 2j, a != b, a * 2, 2.5 + a, a - 1, 1 / a)
print(complex(), complex(1), complex(1, 2), complex("1+2j"), complex(" -1e3j "), complex("nan+infj"), complex("(1+2j)"), complex(1.5, -0.0), complex(1j, 1j), complex("j"))
print(0j, -0j, 1j * 1j, (0 + 0j) ** 0, 1e400j, complex(-0.0, -0.0), [1j], str(1.5j), repr(complex(2, float("nan"))), hash(1 + 0j) == hash(1), 1 + 0j == 1, bool(0j), {1: "x"}[1 + 0j])
print(f"{1+2j:.2f} {1.5-2.25j:+.1f} {3j} {1e20+1j:g}", format(1 + 1j, ">12"))
for bad in (lambda: a < b, lambda: a // b, lambda: a % b, lambda: 1j / 0, lambda: complex("1 + 2j"), lambda: complex("x"), lambda: complex("1", 2), lambda: 0j ** -1, lambda: divmod(a, b), lambda: int(a), lambda: round(a)):
    try:
        bad()
    except (TypeError, ValueError, ZeroDivisionError) as error:
        print(type(error).__name__, error)

# record: train
import sys


def search(items, want):
    i = 0
    while i < len(items):
        x = items[i]
        if x == want:
            return ("found", i)
        if x is None:
            break
        if isinstance(x, list):
            items = x
            i = 0
            continue
        if x == "raise":
            raise LookupError(i)
        i += 1
    else:
        return ("exhausted", i)
    return ("stopped", i)


plain = list(range(50))
for _ in range(50):
    search(plain, 49)
if len(sys.argv) > 1:
    sys.exit()
print(search(plain, 49), search(plain, -1), search([1, None], 9), search([1, [2, [3, 4]], 5], 4), search("abc", "c"), search([1.5, 2 ** 70, "s"], "s"))
try:
    search([0, "raise"], 1)
except LookupError as error:
    print(repr(error))

# record: train
import sys


def parse_all(items):
    good = bad = 0
    for item in items:
        try:
            good += int(item)
        except ValueError:
            bad += 1
        except TypeError as error:
            bad += 100
        else:
            good += 1
        finally:
            good += 0
    return good, bad


clean = ["1", "2", "3"] * 20
for _ in range(30):
    parse_all(clean)
if len(sys.argv) > 1:
    sys.exit()
print(parse_all(clean), parse_all(["1", "x", None, "4", [], "5.5"]), parse_all(["x"] * 50))


def nested(n):
    hits = 0
    for i in range(n):
        try:
            try:
                if i % 3 == 0:
                    raise KeyError(i)
                if i % 7 == 0:
                    raise IndexError(i)
            except KeyError as e:
                hits += e.args[0]
        except LookupError as e:
            hits -= e.args[0]
    return hits


print(nested(50), nested(1000))

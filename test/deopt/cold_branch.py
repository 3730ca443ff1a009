# record: train
import sys


def scan(items, rare):
    count = 0
    note = "none"
    for i, x in enumerate(items):
        count += 1
        if x == rare:
            note = f"saw {x} at {i} with {count}"
            count += [100, 200][i % 2]
            for y in range(3):
                count += y
        elif x is None and count > 2:
            raise ValueError((i, count, note))
        else:
            continue
        if count > 250:
            break
    else:
        note += " (end)"
    return count, note, i


for _ in range(300):
    scan([1, 2, 3, 4], 99)
print(scan([1, 2, 3, 4], 99))
if len(sys.argv) == 1:
    print(scan([1, 99, 3, 99, 5], 99), scan([99], 99), scan([1, 2, 3, None, 99], None), scan([None, None], 5))
    try:
        scan([1, 2, 3, None], 99)
    except ValueError as error:
        print(error)
    print(scan([1, 2, 3, 4], 99))

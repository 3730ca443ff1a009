def outer():
    total = 0
    partial = [total := total + n for n in range(1, 6)]
    return partial, total


print(outer())


def shadow():
    found = None
    result = [item for item in "abc" if (found := item) != "b"]
    return result, found


print(shadow())
print({(k := c): k * 2 for c in "xy"}, k)

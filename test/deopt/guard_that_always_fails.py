# A sum that starts with an int and goes on with floats: the recorded guard fails whenever the loop is entered, and must not be
# dropped as one that nobody uses.
def total(values):
    result = 0
    for value in values:
        result += value
    return result


print(total([1.0, 2.0, 3.0] * 100))


def moments(values, mean):
    first = second = 0
    for value in values:
        first += value
        second += (value - mean) ** 2
    return first, second


for n in range(3):
    print(moments([1.0, 2.0, 3.0] * 100, 2.5))
print(total([]), total([1, 2, 3]))

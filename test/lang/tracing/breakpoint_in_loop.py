# breakpoint() in the middle of a loop, commands from standard input: stepping, variables, callers, leaving the
# function for callers that ran compiled until then.
import sys


def weigh(items, limit):
    total = 0
    for i, item in enumerate(items):
        total += item * i
        if total > limit:
            halt(total)
            total -= limit
        label = "%d/%d" % (i, total)
    return total, label


def halt(amount):
    note = "at %d" % amount
    breakpoint()
    note += "!"
    return note


def middle(n):
    factor = 3
    found = weigh(list(range(n)), 50)
    text = "middle %s" % (found,)
    return text, factor


def outer(n):
    first = "before"
    result = middle(n)
    second = "after"
    return result, first, second


def shown(text):
    sys.stdout.write(text + "\n")


shown(str([weigh([1, 2], 100) for _ in range(300)][-1]))
shown(str(outer(9)))
shown(str(outer(4)))

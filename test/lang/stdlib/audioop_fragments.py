# Every function of audioop on samples of all widths, and what it says of arguments that do not fit.
import hashlib
import random
import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import audioop

numbers = random.Random(5)
seen = hashlib.sha256()


def say(name, *arguments):
    try:
        result = getattr(audioop, name)(*arguments)
    except Exception as error:
        result = type(error).__name__, str(error)
    seen.update(repr(result).encode())
    return result


ONE = "alaw2lin avg avgpp byteswap cross lin2alaw lin2ulaw max maxpp minmax reverse rms ulaw2lin".split()
for round in range(120):
    width = numbers.choice([1, 2, 3, 4])
    count = numbers.choice([0, 1, 2, 7, 20, 64])
    first, second = (numbers.randbytes(count * width * 2) for _ in range(2))
    for name in ONE:
        say(name, first, width)
    say("add", first, second, width)
    say("bias", first, width, numbers.randrange(-(2**31), 2**31))
    say("mul", first, width, numbers.uniform(-3, 3))
    say("tomono", first, width, numbers.uniform(-1, 1), 0.5)
    say("tostereo", first, width, numbers.uniform(-2, 2), 0.5)
    say("lin2lin", first, width, numbers.randrange(1, 5))
    coded = say("lin2adpcm", first, width, None)
    coded = say("lin2adpcm", second, width, coded[1])
    say("adpcm2lin", first, width, coded[1])
    shorts = numbers.randbytes(2 * count)
    say("findfactor", shorts, numbers.randbytes(2 * count))
    if count:
        say("findfit", shorts, numbers.randbytes(2 * numbers.randrange(1, count + 1)))
        say("findmax", shorts, numbers.randrange(count + 1))
    channels = numbers.choice([1, 2])
    rates = [numbers.randrange(1, 50) for _ in range(2)]
    made = say("ratecv", first, width, channels, *rates, None, numbers.randrange(1, 5), numbers.randrange(3))
    say("ratecv", second, width, channels, *rates, made[1])
    if round % 40 == 39:
        print(round, seen.hexdigest())

for name, arguments in [
    ("max", (b"abc", 2)), ("max", (b"ab", 5)), ("max", ("a", 2)), ("add", (b"ab", b"abcd", 2)), ("findfit", (b"abcd", b"abcdef")),
    ("findfit", (b"abc", b"ab")), ("findfactor", (b"ab", b"abcd")), ("findmax", (b"abcd", -1)), ("findmax", (b"abcd", 9)),
    ("getsample", (b"abcd", 2, 2)), ("getsample", (b"abcd", 2, -1)), ("getsample", (b"abcd", 2, 1)), ("tomono", (b"abc", 1, 1, 1)),
    ("lin2lin", (b"abcd", 4, 5)), ("bias", (b"a", 1, 2**32)), ("adpcm2lin", (b"ab", 2, (1, 1000))), ("adpcm2lin", (b"ab", 2, 3)),
    ("ratecv", (b"ab", 2, 0, 8000, 8000, None)), ("ratecv", (b"ab", 2, 1, 0, 8000, None)), ("ratecv", (b"ab", 2, 2, 8, 8, None)),
    ("ratecv", (b"ab", 2, 1, 8, 8, None, 0)), ("ratecv", (b"ab", 2, 1, 8, 8, 3)), ("ratecv", (b"ab", 2, 1, 8, 8, (1,))),
    ("ratecv", (b"", 2, 1, 8, 4, None)), ("minmax", (b"", 2)), ("cross", (b"", 2)),
]:
    print(name, arguments, say(name, *arguments))
print(audioop.error, audioop.error.__mro__)

import random

r = random.Random(12345)
print(r.random(), r.randint(1, 100), r.randrange(0, 100, 7), r.choice("abcdef"), r.uniform(1, 2), r.getrandbits(40), r.getrandbits(100), r.sample(range(50), 5), r.choices("ab", k=5), r.choices([1, 2, 3], weights=[1, 5, 1], k=4))
l = list(range(10))
r.shuffle(l)
print(l, r.gauss(0, 1), r.normalvariate(0, 1), r.expovariate(2), r.betavariate(1, 2), r.triangular(), r.randbytes(4), r.vonmisesvariate(0, 1), r.lognormvariate(0, 0.5))
state = r.getstate()
a = [r.random() for _ in range(3)]
r.setstate(state)
print(a == [r.random() for _ in range(3)], random.Random("text seed").random(), random.Random(2.5).random(), random.Random(-7).random(), random.Random(2 ** 100).randint(0, 10 ** 30), random.Random(b"bytes").random())
random.seed(1)
print(random.random(), random.randrange(5), sum(random.random() for _ in range(1000)))
for bad in (lambda: r.randint(5, 1), lambda: r.choice([]), lambda: r.sample([1], 2), lambda: r.randrange(0), lambda: r.choices([], k=1), lambda: random.Random([1]), lambda: r.getrandbits(-1)):
    try:
        bad()
    except (ValueError, IndexError, TypeError) as error:
        print(type(error).__name__, error)

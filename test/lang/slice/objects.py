s = slice(1, 10, 2)
print(s, s.start, s.stop, s.step, slice(5), slice(None), s == slice(1, 10, 2), s.indices(5), slice(-3, None).indices(10), slice(None, None, -1).indices(4), slice(100, 0, -3).indices(10))
print("abcdefghijk"[s], list(range(20))[s], slice(1, 2) < slice(1, 3))


class Show:
    def __getitem__(self, k):
        return k

    def __setitem__(self, k, v):
        print("set", k, v)

    def __delitem__(self, k):
        print("del", k)


w = Show()
print(w[1:2], w[1:2, 3], w[:], w["a":"b"], w[::, ...])
w[1:] = 5
w[:, 0] += ()
del w[::2]


class Idx:
    def __index__(self):
        return 2


print("abcdef"[Idx():], [1, 2, 3][:Idx()], slice(Idx()).indices(9))
for bad in (lambda: hash(s), lambda: [1]["a":], lambda: slice(), lambda: s.indices(-1), lambda: slice(1, 2, 0).indices(5), lambda: setattr(s, "start", 1)):
    try:
        bad()
    except (TypeError, ValueError, AttributeError) as error:
        print(type(error).__name__, error)

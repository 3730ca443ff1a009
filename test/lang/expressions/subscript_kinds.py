class Probe:
    def __getitem__(self, key):
        return key


p = Probe()
print(p[1], p[1, 2], p[()], p[1:2], p[::], p[1:2:3, 4], p[...], p[:, None], p[-1], p["s"])
print(p[1:2].start, p[lambda: 3]())
print(p[(1, 2)] == p[1, 2], p[1,])
a = 3
print(p[a := 4], a, p[*[1, 2], 3])

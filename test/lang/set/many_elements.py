s = set()
for i in range(3000):
    s.add(i * 7 % 1009)
print(len(s), sum(s), 5 in s, 1009 in s)
for i in range(0, 1009, 3):
    s.discard(i)
print(len(s), min(s), max(s), sum(s))
t = {str(i) for i in range(500)}
t2 = {str(i) for i in range(250, 750)}
print(len(t & t2), len(t | t2), len(t - t2), len(t ^ t2), sorted(t & t2)[:3])
n = 0
while s:
    n += s.pop()
print(n, s)

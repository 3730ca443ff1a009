l = [1, 2, 3, 4]
for x in l:
    if x < 3:
        l.append(x + 10)
    if x == 2:
        l.remove(1)
    print(x, end=" ")
print(l)
d = {1: 1}
try:
    for k in d:
        d[k + 1] = 1
except RuntimeError as error:
    print(error)
s = {1}
try:
    for k in s:
        s.add(k + 1)
except RuntimeError as error:
    print(error)
d = {1: 1, 2: 2}
try:
    for k in d:
        del d[k]
except RuntimeError as error:
    print(error)

# record: train
import sys


import builtins


def sizes(items):
    total = 0
    for item in items:
        total += len(item)
    return total


items = ["a", "bb", "ccc"] * 30
for _ in range(100):
    sizes(items)
print(sizes(items))
if len(sys.argv) > 1:
    sys.exit()
real = builtins.len
builtins.len = lambda x: 7
print(sizes(items))
builtins.len = real
print(sizes(items))
len = lambda x: -1
print(sizes(items))
del len
print(sizes(items))

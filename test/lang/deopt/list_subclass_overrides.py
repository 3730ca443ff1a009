class L(list):
    def __getitem__(self, i):
        return "hooked"

    def __len__(self):
        return 2

    def __iter__(self):
        return iter([7, 8, 9])

    def append(self, x):
        super().append([x])


def use(seq):
    seq.append(1)
    out = [len(seq), seq[0]]
    for x in seq:
        out.append(x)
    return out


for _ in range(100):
    use([1, 2, 3])
l = L([0])
print(use([1, 2]), use(l), list.__len__(l), list.__getitem__(l, 1), bytes(use(bytearray(b"a"))))
from collections import deque, UserList

print(use(deque([5])), use(UserList([4])))

# record: train
import sys


def fold(items):
    out = []
    for x in items:
        out.append(x)
    out.append(len(items))
    out.append(items[0])
    return out


for _ in range(300):
    fold([1, 2, 3])
print(fold([1, 2]))
if len(sys.argv) == 1:
    class L(list):
        def __iter__(self):
            return iter("hooked")

        def __len__(self):
            return 42

    print(fold((1, 2)), fold("ab"), fold({0: "zero"}), fold(range(3)), fold(b"x"), fold(L([9])), fold(bytearray(b"q")))
    for bad in ({1, 2}, 5, None, [], iter([1])):
        try:
            fold(bad)
        except (TypeError, IndexError) as error:
            print(type(error).__name__, error)
    print(fold([1, 2]))

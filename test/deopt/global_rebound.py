# record: train
import builtins
import sys

step = 1


def helper(x):
    return x + step


def run(n, at=None, action=None):
    t = 0
    for i in range(n):
        t += helper(i) + len("ab")
        if i == at:
            action()
    return t


for _ in range(300):
    run(10)
print(run(10))
if len(sys.argv) == 1:
    def change_step():
        global step
        step = 0.5

    def change_helper():
        global helper
        helper = lambda x: 1000

    def shadow_len():
        global len
        len = lambda s: 7

    def patch_builtin():
        builtins.len = lambda s: 70

    real = builtins.len
    print(run(10, 4, change_step), run(4), run(10, 8, change_helper), run(4), run(5, 2, shadow_len), run(2))
    del len
    print(run(2), run(5, 2, patch_builtin), run(2))
    builtins.len = real
    del helper
    try:
        run(1)
    except NameError as error:
        print(error)

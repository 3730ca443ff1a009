# The collector's look for dead registers finds none in a compiled caller: what follows its frame is the next frame.
import gc
import sys

space = {"answer": 42}
exec("""
def collect():
    import gc
    gc.collect()
    return answer
""", space)
collect = space["collect"]


def caller():
    return [collect(), (collect(), [str(1), str(2), str(3), {str(4): str(5), str(6): str(7)}])]


for n in range(3):
    print(caller())
print(sys._getframe().f_lineno)  # a program that looks at frames: compiled code makes its own where they can be seen

# pdb driven through a file: steps into functions, changes a variable, jumps, looks at callers, post mortem.
import io
import os
import pdb
import sys

shown = io.StringIO()


def show():
    """What pdb said, without the folder of this file."""
    print(shown.getvalue().replace(os.path.dirname(inner.__code__.co_filename) + os.sep, ""))


def inner(n):
    total = 0
    for i in range(n):
        total += i
    return total

def middle(n):
    value = inner(n)
    value *= 2
    return value

def outer():
    pdb.Pdb(stdin=commands, stdout=shown, nosigint=True, readrc=False).set_trace()
    result = middle(3)
    result += 1
    return result

def hot(n):
    s = 0
    for i in range(n):
        s += i * 2
    return s

print(hot(1000))
commands = io.StringIO("step\nstep\nstep\nwhere\nstep\nnext\nnext\np total, i\n!total = 50\nuntil 19\nreturn\nnext\np value\nup\np result if 'result' in locals() else 'none yet'\ndown\njump 24\nreturn\nnext\nnext\nnext\ncontinue\n")
print(outer())
def boom():
    x = 5
    return 1 / (x - 5)
try:
    boom()
except ZeroDivisionError:
    p = pdb.Pdb(stdin=io.StringIO("where\np x\nup\nargs\nquit\n"), stdout=shown, nosigint=True, readrc=False)
    p.reset()
    try:
        p.interaction(None, sys.exc_info()[2])
    except Exception as e:
        print(repr(e))
show()

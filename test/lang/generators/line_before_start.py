# The frame of a generator that has not begun is at the line of its definition.
def deco(f):
    return f


@deco
def gen():

    yield 1


async def co():

    return 1


g, c = gen(), co()
print(g.gi_frame.f_lineno, c.cr_frame.f_lineno)
next(g)
print(g.gi_frame.f_lineno)
c.close()
print(c.cr_frame)

class A:
    __match_args__ = ("x",)
    x = 1


class B:
    __match_args__ = ["not a tuple"]


class C:
    __match_args__ = (5,)


not_class = 5


def run(code):
    try:
        exec(code, globals())
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)


run("match A():\n case A(1, 2): pass")
run("match B():\n case B(1): pass")
run("match C():\n case C(1): pass")
run("match 5:\n case not_class(): pass")
run("match A():\n case A(1, x=2): pass")
run("match object():\n case object(1): pass")
run("match 5:\n case int(1, 2): pass")
run("match A():\n case A(missing=1): pass\n case _: print('fell through')")

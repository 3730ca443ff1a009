e = "before"
try:
    raise ValueError("x")
except ValueError as e:
    print(e)
try:
    print(e)
except NameError as error:
    print(error)


def f():
    err = None
    try:
        1 / 0
    except ZeroDivisionError as err:
        kept = err
    try:
        return err
    except UnboundLocalError as error:
        return str(error), str(kept)


print(f())

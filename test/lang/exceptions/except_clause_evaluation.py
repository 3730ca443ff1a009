def kinds():
    print("evaluated")
    return (KeyError, ValueError)


try:
    raise ValueError("v")
except kinds() as error:
    print("caught", error)
try:
    try:
        raise ValueError("v")
    except "not a class":
        pass
except TypeError as error:
    print(error, repr(error.__context__))
try:
    pass
except undefined_name_is_not_looked_up:
    pass
try:
    try:
        raise KeyError
    except (ValueError, (KeyError, IndexError)):
        print("nested tuple")
except TypeError as error:
    print(error)
except KeyError:
    print("not matched by nested tuple")

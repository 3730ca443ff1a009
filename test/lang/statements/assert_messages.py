assert True
for make in ("assert False", "assert 0, 'message'", "assert [], (1, 2)", "assert None, [x for x in range(3)]"):
    try:
        exec(make)
    except AssertionError as error:
        print(repr(error), error.args)

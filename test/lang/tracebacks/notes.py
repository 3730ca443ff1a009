# uncaught
error = ValueError("with notes")
error.add_note("first note")
error.add_note("second note\nover two lines")
error.add_note("")


def f():
    raise error


f()

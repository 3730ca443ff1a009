# Catching groups by their own class with except* is an error of its own.
try:
    try:
        raise ValueError
    except* ExceptionGroup:
        pass
except TypeError as error:
    print(error)

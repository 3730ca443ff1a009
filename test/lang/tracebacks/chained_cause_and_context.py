# uncaught
def low():
    raise KeyError("low")


def middle():
    try:
        low()
    except KeyError as error:
        raise ValueError("middle") from error


try:
    middle()
except ValueError:
    undefined

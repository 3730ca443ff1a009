# A module's name with a null character is another name.
import string


def load():
    try:
        print(__import__("string\0"))
    except ModuleNotFoundError as e:
        print(ascii(str(e)))


load()

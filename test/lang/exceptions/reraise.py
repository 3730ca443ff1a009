import traceback


def f():
    try:
        g()
    except ValueError:
        raise


def g():
    raise ValueError("from g")


try:
    f()
except ValueError as error:
    print([frame.name for frame in traceback.extract_tb(error.__traceback__)])
    saved = error
try:
    raise saved
except ValueError as again:
    print(again is saved, len(traceback.extract_tb(again.__traceback__)))
try:
    try:
        raise KeyError("a")
    finally:
        print("finally sees nothing lost")
except KeyError as error:
    print(error)
try:
    raise saved.with_traceback(None)
except ValueError as again:
    print(len(traceback.extract_tb(again.__traceback__)))

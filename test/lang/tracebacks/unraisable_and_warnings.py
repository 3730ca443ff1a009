# stderr: warnings
import warnings

warnings.warn("plain")
warnings.warn("deprecated", DeprecationWarning)


def f():
    warnings.warn("level two", RuntimeWarning, stacklevel=2)


f()
f()
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    warnings.warn("caught", UserWarning)
    print(len(caught), caught[0].message, caught[0].category.__name__)
with warnings.catch_warnings():
    warnings.simplefilter("error")
    try:
        warnings.warn("as error")
    except UserWarning as error:
        print("raised", error)

# stderr
import warnings


def old(level=2):
    warnings.warn("old is old", DeprecationWarning, level)


old()
for i in range(3):
    warnings.warn("once per place")
warnings.simplefilter("error")
try:
    warnings.warn("now an error", RuntimeWarning)
except RuntimeWarning as error:
    print(repr(error))
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    old()
    old()
    warnings.warn(UserWarning("made by hand"))
for item in caught:
    print(item.category.__name__, item.message, item.lineno)
warnings.resetwarnings()
warnings.filterwarnings("ignore", "quiet.*")
warnings.warn("quiet please")
warnings.warn_explicit("elsewhere", SyntaxWarning, "no_such_file.py", 12)
for bad in (lambda: warnings.warn("x", int), lambda: warnings.warn_explicit("x", UserWarning, "f", 1, registry=[])):
    try:
        bad()
    except TypeError as error:
        print(error)

class C:
    pass


try:
    C().missing
except AttributeError as error:
    print(error.name, type(error.obj).__name__, error)
try:
    undefined
except NameError as error:
    print(error.name, error)
try:
    import nothing_like_this
except ImportError as error:
    print(type(error).__name__, error.name, error.path, error)
try:
    from math import nothing_here
except ImportError as error:
    print(error.name, error)
try:
    [].length
except AttributeError as error:
    print(error.name, error.obj)
try:
    {}["k"]
except KeyError as error:
    print(error.args)

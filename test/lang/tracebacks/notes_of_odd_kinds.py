e = ValueError(); e.__notes__ = 5
try: raise e
except ValueError as x:
    f = KeyError("a"); f.__notes__ = ["one", 2, "three\nfour"]
    raise f

def raiser(kind):
    raise kind("x")


for kind in (KeyError, IndexError, ValueError, UnicodeError, ZeroDivisionError, OverflowError, FileNotFoundError, ModuleNotFoundError, RecursionError,
             NotImplementedError, UnboundLocalError, TabError, BlockingIOError, StopIteration, KeyboardInterrupt):
    try:
        raiser(kind)
    except LookupError:
        print(kind.__name__, "LookupError")
    except (ValueError, ArithmeticError) as error:
        print(kind.__name__, "value or arithmetic", error)
    except OSError:
        print(kind.__name__, "OSError")
    except Exception as error:
        print(kind.__name__, "Exception", kind.__mro__[1].__name__)
    except BaseException:
        print(kind.__name__, "Base")

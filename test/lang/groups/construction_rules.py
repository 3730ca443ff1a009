for make in (lambda: ExceptionGroup("m", []), lambda: ExceptionGroup("m", [5]), lambda: ExceptionGroup(5, [ValueError()]), lambda: ExceptionGroup("m"),
             lambda: ExceptionGroup("m", [KeyboardInterrupt()]), lambda: ExceptionGroup("m", ValueError())):
    try:
        make()
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
print(type(BaseExceptionGroup("b", [ValueError()])).__name__, type(BaseExceptionGroup("b", [KeyboardInterrupt()])).__name__)


class MyGroup(ExceptionGroup):
    def derive(self, excs):
        return MyGroup(self.message + "*", excs)


g = MyGroup("mine", [ValueError(1), TypeError(2)])
a, b = g.split(ValueError)
print(repr(a), repr(b))
try:
    try:
        raise g
    except* ValueError as part:
        print(repr(part))
except MyGroup as rest:
    print(repr(rest))

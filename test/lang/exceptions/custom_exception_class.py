class AppError(Exception):
    code = 1

    def __init__(self, message, *, detail=None):
        super().__init__(message)
        self.detail = detail

    def __str__(self):
        return "[%d] %s (%s)" % (self.code, self.args[0], self.detail)


class NotFound(AppError):
    code = 404


try:
    raise NotFound("page", detail="/x")
except AppError as error:
    print(error, repr(error), error.detail, error.args, error.code)


class WithNew(Exception):
    def __new__(cls, *args):
        self = super().__new__(cls, *args)
        self.made = len(args)
        return self


print(WithNew(1, 2).made, WithNew(1, 2).args)
class Weird(Exception):
    def __str__(self): raise RuntimeError("str fails")
try:
    str(Weird())
except RuntimeError as error:
    print(error)

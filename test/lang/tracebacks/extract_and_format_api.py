import sys
import traceback


def inner():
    raise ValueError("api")


def outer():
    inner()


try:
    outer()
except ValueError as error:
    for frame in traceback.extract_tb(error.__traceback__):
        print(frame.name, frame.lineno, frame.line, frame.colno, frame.end_colno)
    print(traceback.format_exception_only(error))
    tb = error.__traceback__
    names = []
    while tb:
        names.append((tb.tb_frame.f_code.co_name, tb.tb_lineno))
        tb = tb.tb_next
    print(names)
    print(sys.exc_info()[1] is error, len(traceback.format_exc().splitlines()))
    print(len(traceback.format_exception(error, limit=1)), traceback.format_tb(error.__traceback__)[-1].splitlines()[1])
print([f.name for f in traceback.extract_stack()])

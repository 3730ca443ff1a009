# Keys of ** that are no strings, and given twice.


def f(**k):
    return k


def attempt(text):
    try:
        print(eval(text))
    except Exception as e:
        print(type(e).__name__, e)


attempt("f(**{1: 3}, **{1: 5})")
attempt("f(**{1: 3})")
attempt("f(**{1: 3}, **{2: 5})")
attempt("f(**{'a': 3}, **{'a': 5})")
attempt("f(x=1, **{1: 5})")
attempt("f(**{1: 5}, x=1)")
attempt("print(**{1: 5}, **{1: 2})")
attempt("eval(compile(memoryview(b'1+1'), 'x', 'eval'))")
attempt("eval(memoryview(b'1+2'))")
attempt("eval(bytearray(b'1+2'))")
attempt("exec(memoryview(b'print(5)'))")
attempt("compile(memoryview(b'abcd')[::2], 'x', 'eval')")
attempt("compile(5, 'x', 'eval')")

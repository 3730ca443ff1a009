# uncaught
import traceback

for source in ("x = (1,\ny = 2", "def f(:\n pass", "if True\n  pass", "a b", "for", "'unclosed", "x = 1 +", "return 5", "f(a=1, 2)", "1 = x", "def f():\nx", "  indented", "print 'x'", "break", "f'{'", "if x = 1: pass"):
    try:
        exec(source)
    except SyntaxError:
        print(traceback.format_exc().split("\n", 3)[3])
exec("valid = 1\ninvalid = = 2\n")

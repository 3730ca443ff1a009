# uncaught
def f():
    raise KeyboardInterrupt("typed")


try:
    f()
except Exception:
    print("not an Exception")

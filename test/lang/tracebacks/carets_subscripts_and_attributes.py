# uncaught
import traceback


def show(f, *args):
    try:
        f(*args)
    except Exception:
        traceback.print_exc()


d = {"k": [1, {"x": None}]}
show(lambda: d["k"][1]["x"]["y"])
show(lambda: d["nope"]["deeper"])
show(lambda: d["k"][1].items.missing)
show(lambda: d.keys().nothing.more)
show(lambda: (d)["k"] [5])
show(lambda: d["k"][0].real.imag.foo)
d["k"][2]["z"]

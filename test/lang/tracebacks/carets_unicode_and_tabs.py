# uncaught
import traceback


def show(f):
    try:
        f()
    except Exception:
        traceback.print_exc()


é, 日本 = 1, None
show(lambda: "日本語" + é)
show(lambda: é + 日本 + 1)


def tabbed():
	x = 1
	return	x + 日本


show(tabbed)
"ü" * "ö"

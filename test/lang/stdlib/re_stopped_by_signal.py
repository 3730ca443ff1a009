# A match that would take ages is ended by what a signal's handler raises; a handler may use regular expressions itself.
import re
import signal


class Enough(Exception):
    pass


calls = []


def handler(number, frame):
    calls.append(re.sub(r"(\w)(\w)", r"\2\1", "abcd"))
    if len(calls) == 3:
        raise Enough(re.search(r"(x+x+)+y", "xxxxxxy").group())


signal.signal(signal.SIGALRM, handler)
for pattern, text, search in ((r"(a+)+b", "a" * 60, re.match), (r"(?:a|aa)+$", b"a" * 80 + b"b", None), (r"(?:a*)*c", "\u0104" + "a" * 60, re.search)):
    calls.clear()
    signal.setitimer(signal.ITIMER_REAL, 0.02, 0.02)
    try:
        if search:
            print(search(pattern, text))
        else:
            print(re.match(pattern.encode(), text))
    except Enough as error:
        print("enough", error, calls)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
print(re.match(r"(a+)+b", "aaab"))

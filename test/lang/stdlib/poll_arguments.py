# Arguments of poll() that are out of range, and a second thread that polls the same object.
import select
import threading
import time
import os

poll = select.poll()
for text in [
    "poll.register(-1)", "poll.register(2**65)", "poll.register(0, 2**65)", "poll.register(0, -1)", "poll.register(0, -2**70)",
    "poll.register(0, 65536)", "poll.register(0, 65535)", "poll.modify(0, -1)", "poll.modify(1972, 1)", "poll.unregister(12)",
    "poll.poll('x')", "poll.poll(2**70)", "poll.poll(2**31)", "poll.poll(-2**70)", "poll.poll(float('nan'))", "poll.poll(float('inf'))",
    "select.epoll().poll(1e10)", "select.epoll().poll(1e20)", "select.select([], [], [], 1e20)", "select.select([], [], [], -1)",
]:
    try:
        print(text, eval(text))
    except Exception as error:
        print(text, type(error).__name__, error)

reader, writer = os.pipe()
poll = select.poll()
poll.register(reader, select.POLLIN)
waiting = threading.Thread(target=poll.poll)
waiting.start()
for _ in range(1000):
    try:
        poll.poll(0)
    except RuntimeError as error:
        print(error)
        break
    time.sleep(0.001)
os.write(writer, b"x")
waiting.join()
print(poll.poll(0) == [(reader, select.POLLIN)])

for number in (2**40, 2**70, -(2**40)):
    for call in (os.fstat, os.stat, os.fsync, os.close, os.listdir, os.isatty, select.poll().register):
        try:
            call(number)
        except Exception as error:
            print(number, type(error).__name__, error)


class Shrinking:
    def fileno(self):
        del several[-1]
        return 1


several = [Shrinking() for _ in range(10)]
print(select.select([], several, [])[1] == several, len(several), select.select((), (1,), ()))

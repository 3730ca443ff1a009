# record: train
import signal
import sys
import time

ticks = []


def handler(number, frame):
    ticks.append(frame.f_code.co_name)


def busy(until):
    n = 0
    x = 1
    while len(ticks) < until:
        n += 1
        x = (x * 5 + n) % 1000003
    return n > 0


for _ in range(100):
    busy(0)
if len(sys.argv) == 1:
    signal.signal(signal.SIGALRM, handler)
    signal.setitimer(signal.ITIMER_REAL, 0.02, 0.02)
    print(busy(3))
    signal.setitimer(signal.ITIMER_REAL, 0)
    print(ticks[:3])

    def interrupt(number, frame):
        raise KeyboardInterrupt("from the handler")

    signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.02)
    try:
        busy(10 ** 9)
    except KeyboardInterrupt as error:
        print("interrupted:", error)
print("end")

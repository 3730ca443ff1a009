# A signal that comes just before a sleep is handled before it.
import signal
import time

seen = []
signal.signal(signal.SIGALRM, lambda number, frame: seen.append(time.monotonic() - start < 0.4))
start = time.monotonic()
signal.setitimer(signal.ITIMER_REAL, 1e-6)
time.sleep(0.5)
late = list(seen)
print(late)

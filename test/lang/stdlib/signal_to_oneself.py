# A signal that the main thread sends to itself is handled before the call returns to it.
import _thread
import os
import signal


def handler(number, frame):
    raise KeyboardInterrupt(number)


signal.signal(signal.SIGINT, handler)
descriptor = os.pidfd_open(os.getpid())
for send in (
    lambda: signal.pidfd_send_signal(descriptor, signal.SIGINT),
    lambda: _thread.interrupt_main(),
    lambda: os.kill(os.getpid(), signal.SIGINT),
    lambda: signal.raise_signal(signal.SIGINT),
):
    try:
        send()
    except KeyboardInterrupt as error:
        print("interrupted", error)
    else:
        print("missed")
for mask in [0], [signal.NSIG], [1 << 1000]:
    try:
        signal.pthread_sigmask(signal.SIG_BLOCK, mask)
    except ValueError as error:
        print(type(error).__name__)
before = _thread.stack_size(262144)
print(_thread.stack_size(before))

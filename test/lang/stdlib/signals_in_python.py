import _signal as signal

got = []
print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)
print(signal.signal(signal.SIGUSR1, lambda number, frame: got.append((number, frame.f_code.co_name))))
signal.raise_signal(signal.SIGUSR1)
print(got)
try:
    signal.raise_signal(signal.SIGINT)
except KeyboardInterrupt as error:
    print("interrupted", error.args)
signal.signal(signal.SIGALRM, lambda number, frame: got.append("alarm"))
print(signal.setitimer(signal.ITIMER_REAL, 0.02))
while "alarm" not in got:
    pass
print(signal.strsignal(signal.SIGSEGV), signal.pthread_sigmask(signal.SIG_BLOCK, []))
for action in (lambda: signal.signal(99, signal.SIG_DFL), lambda: signal.signal(signal.SIGTERM, "x")):
    try:
        action()
    except (ValueError, TypeError) as error:
        print(error)


def fail(number, frame):
    raise LookupError(number)


signal.signal(signal.SIGUSR2, fail)
try:
    signal.raise_signal(signal.SIGUSR2)
except LookupError as error:
    print(repr(error))

# cProfile counts calls of functions, native ones too, from where they are called; timers of one's own; syslog, crypt, memory in use.
import cProfile
import crypt
import io
import pstats
import sys
import syslog
import tracemalloc


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


profiler = cProfile.Profile()
profiler.enable()
fib(10)
sorted([3, 1], key=lambda x: -x)
[].append(1)
profiler.disable()


def name(code):
    return code if isinstance(code, str) else code.co_name


for entry in sorted(profiler.getstats(), key=lambda entry: name(entry.code)):
    calls = sorted((name(sub.code), sub.callcount, sub.reccallcount) for sub in entry.calls or [])
    print(name(entry.code), entry.callcount, entry.reccallcount, entry.totaltime >= entry.inlinetime >= 0, calls)

ticks = iter(range(1000))
with cProfile.Profile(lambda: next(ticks), 0.5) as timed:
    print(sys.getprofile() is timed)
    fib(3)
print(sys.getprofile())
for entry in timed.getstats():
    if name(entry.code) == "fib":
        print(entry.callcount, entry.reccallcount, entry.totaltime, entry.inlinetime)
out = io.StringIO()
pstats.Stats(profiler, stream=out).strip_dirs().print_callers("fib")
print("fib" in out.getvalue())

print(crypt.crypt("word", "$6$saltsalt$"), crypt.crypt("word", "$5$saltsalt$")[:12])
print(syslog.LOG_UPTO(syslog.LOG_ERR), syslog.LOG_MASK(2), syslog.setlogmask(255))
for bad in [(), (1, 2, 3), (3,)]:
    try:
        syslog.syslog(*bad)
    except TypeError as error:
        print(error)
tracemalloc.start()
kept = [object() for _ in range(10000)]
now, peak = tracemalloc.get_traced_memory()
print(now > 100000, peak >= now, tracemalloc.is_tracing())
tracemalloc.stop()
print(tracemalloc.is_tracing(), tracemalloc.get_traced_memory())

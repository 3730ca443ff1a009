import sys
import time

a = time.perf_counter()
b = time.monotonic()
print(time.perf_counter() >= a, time.monotonic() >= b, time.time() > 1.7e9, isinstance(time.time_ns(), int), time.sleep(0), time.gmtime(0)[:6], time.strftime("%Y-%m-%d", time.gmtime(86400)), time.struct_time(range(9)).tm_hour, time.process_time() >= 0)
print(sys.version_info[:2], sys.version_info >= (3, 11), sys.maxsize, sys.byteorder, sys.maxunicode, sys.float_info.max, sys.int_info.bits_per_digit > 0, sys.getrecursionlimit(), len(sys.argv), isinstance(sys.path, list), "sys" in sys.modules, sys.implementation.name != "", sys.getdefaultencoding(), sys.getfilesystemencoding(), sys.platform, sys.float_info.epsilon, sys.hash_info.modulus)
try:
    time.sleep(-1)
except ValueError as error:
    print(error)

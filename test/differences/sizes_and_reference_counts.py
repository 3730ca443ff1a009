# There are no reference counts: sys.getrefcount() is always 2, sys.getsizeof() tells Krait's sizes, and of module gc collect(), enable(),
# disable(), isenabled() and freeze() mean something; thresholds are kept and ignored, and get_objects(), get_referrers() and get_referents()
# do not list what CPython would. Programs that look for leaks this way have to use the operating system's figures.
import gc
import sys

value = []
more = [value] * 10
print(sys.getrefcount(value), sys.getrefcount(value) == sys.getrefcount(more))
print(gc.get_threshold(), gc.get_count())
print(sys.getsizeof(1) < 28, hasattr(sys, "gettotalrefcount"))

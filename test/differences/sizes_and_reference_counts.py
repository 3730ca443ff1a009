# There are no reference counts: sys.getrefcount() is always 2, sys.getsizeof() tells Krait's sizes, and of module gc collect(), enable(),
# disable(), isenabled() and freeze() mean something; thresholds are kept and ignored. get_objects() and get_referrers() know what can be
# reached from modules, classes and interpreted activations, not what only compiled code or a native object holds. Programs that look for leaks this
# way have to use the operating system's figures.
import gc
import sys

value = []
more = [value] * 10
print(sys.getrefcount(value), sys.getrefcount(value) == sys.getrefcount(more))
print(gc.get_threshold(), gc.get_count())
print(sys.getsizeof(1) < 28, hasattr(sys, "gettotalrefcount"))

# There is no C API: extension modules compiled for CPython (.so files, numpy among them), ctypes, cffi and _testcapi cannot be imported.
# What CPython's own library has in C is part of Krait. sys.implementation.name is "krait", so that packages that have a version in pure
# Python choose it.
import sys

for name in ("_testcapi", "ctypes"):
    try:
        __import__(name)
    except ImportError as error:
        print(type(error).__name__)
print(sys.implementation.name, sys.version_info[:2], sys.abiflags == "")
